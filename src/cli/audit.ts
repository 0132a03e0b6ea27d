import { parseArgs } from 'node:util';
import { resolveArmEndpoint } from '../core/rbac/arm-endpoint.ts';
import type { AzureConnection, ConnectOptions } from '../azure/index.ts';
import type { IdentityModel } from '../core/rbac/identity-model.ts';
import { parseSiteId } from '../core/rbac/resource-id.ts';
import { auditJson } from '../core/report/audit-json.ts';
import { auditText } from '../core/report/audit-text.ts';
import { auditFleet, type FleetAudit } from './audit-fleet.ts';
import { type CommandIo, EXIT, UsageError } from './io.ts';
import { linkedApps } from './linked-apps.ts';
import { write } from './output.ts';

/**
 * `keyless audit`: which identities the apps have and what these may touch.
 * @returns 0 when everything was read, 1 when something could not be read
 * @throws UsageError for a command line or a file that cannot be used
 */
export async function audit(argv: readonly string[], io: CommandIo): Promise<number> {
  const options = parseCommandLine(argv);
  if (options.fleet)
    return options.demo ? auditDemoFleet(options, options.fleet, io) : auditFleetOf(options, options.fleet, io);
  const model = options.demo ? await auditDemo(options, io) : await auditAzure(options, io);
  await write(options.format === 'json' ? auditJson(model) : auditText(model), options.output, io);
  return model.problems.length > 0 ? EXIT.findings : EXIT.clean;
}

interface AuditOptions {
  readonly apps: readonly string[];
  readonly endpoint: string | undefined;
  readonly demo: boolean;
  /** A fleet instead of named apps. */
  readonly fleet: FleetAudit['scope'] | undefined;
  readonly format: 'text' | 'json';
  readonly output: string | undefined;
}

function parseCommandLine(argv: readonly string[]): AuditOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      app: { type: 'string', multiple: true, default: [] },
      endpoint: { type: 'string' },
      demo: { type: 'boolean', default: false },
      subscription: { type: 'string', multiple: true },
      'management-group': { type: 'string', multiple: true },
      all: { type: 'boolean', default: false },
      format: { type: 'string', default: 'text' },
      output: { type: 'string' },
    },
  });
  const { app, endpoint, demo, format, output, subscription: subscriptions, all } = values;
  const managementGroups = values['management-group'];
  const kinds = [app.length > 0, subscriptions !== undefined, managementGroups !== undefined, all].filter(Boolean);
  if (kinds.length > 1) throw new UsageError('Choose one of --app, --subscription, --management-group and --all.');
  if (format !== 'text' && format !== 'json') throw new UsageError('--format is text or json.');
  if (demo && endpoint !== undefined) throw new UsageError('--demo brings its own endpoint: leave out --endpoint.');
  if (!app.every(id => parseSiteId(id))) {
    throw new UsageError(
      '--app takes a resource id: /subscriptions/<id>/resourceGroups/<name>/providers/Microsoft.Web/sites/<name>.',
    );
  }
  const resolution = resolveArmEndpoint(endpoint);
  if (!resolution.ok) throw new UsageError(`--endpoint: ${resolution.reason}`);
  const fleet =
    subscriptions || managementGroups || all
      ? { ...(subscriptions ? { subscriptions } : undefined), ...(managementGroups ? { managementGroups } : undefined) }
      : undefined;
  return { apps: app, endpoint, demo, fleet, format, output };
}

async function auditDemo({ apps }: AuditOptions, io: CommandIo): Promise<IdentityModel> {
  const [{ connect, readIdentityModel }, { startDemoTenant }] = await Promise.all([
    import('../azure/index.ts'),
    import('../demo/index.ts'),
  ]);
  const demo = await startDemoTenant();
  try {
    io.stderr.write(`${demo.displayName}: invented apps and identities, nothing is read from Azure.\n`);
    const connection = connect({ endpoint: demo.url, signIn: 'demo' });
    return await readIdentityModel(connection, await chooseApps(apps, io, demo.apps), { signal: io.signal });
  } finally {
    await demo.close();
  }
}

async function auditFleetOf(
  { endpoint, format, output }: AuditOptions,
  scope: FleetAudit['scope'],
  io: CommandIo,
): Promise<number> {
  const { connect } = await import('../azure/index.ts');
  const connection = connect({ signIn: 'default', ...(endpoint === undefined ? undefined : { endpoint }) });
  return auditFleet({ connection, scope, format, output }, io);
}

async function auditDemoFleet(
  { format, output }: AuditOptions,
  scope: FleetAudit['scope'],
  io: CommandIo,
): Promise<number> {
  const [{ connect }, { startDemoTenant }] = await Promise.all([
    import('../azure/index.ts'),
    import('../demo/index.ts'),
  ]);
  const demo = await startDemoTenant();
  try {
    io.stderr.write(`${demo.displayName}: invented apps and identities, nothing is read from Azure.\n`);
    return await auditFleet({ connection: connect({ endpoint: demo.url, signIn: 'demo' }), scope, format, output }, io);
  } finally {
    await demo.close();
  }
}

async function auditAzure({ apps, endpoint }: AuditOptions, io: CommandIo): Promise<IdentityModel> {
  const chosen = await chooseApps(apps, io, []);
  const { connect, readAcross, tenantOfSubscription } = await import('../azure/index.ts');
  const said = new Set<string>();
  const options: ConnectOptions = {
    signIn: 'default',
    ...(endpoint === undefined ? undefined : { endpoint }),
    onAccount(account) {
      if (!said.has(account)) io.stderr.write(`Signed in as ${account}.\n`);
      said.add(account);
    },
  };
  const home = connect(options);
  const byTenant = new Map<string, AzureConnection>();
  return readAcross(chosen, {
    signal: io.signal,
    async connectionsOf(subscriptionId, signal) {
      const tenantId = await tenantOfSubscription(home, subscriptionId, signal);
      if (tenantId === undefined) return [home];
      const connection = byTenant.get(tenantId) ?? connect({ ...options, tenantId });
      byTenant.set(tenantId, connection);
      return [connection];
    },
  });
}

async function chooseApps(
  named: readonly string[],
  io: CommandIo,
  others: readonly string[],
): Promise<readonly string[]> {
  if (named.length > 0) return named;
  const linked = await linkedApps(io.cwd);
  const chosen = linked.length > 0 ? linked : others;
  if (chosen.length > 0) return chosen;
  throw new UsageError(
    'No app is linked in .vscode/settings.json. Name one with --app RESOURCE_ID, or try --demo with the demo tenant.',
  );
}
