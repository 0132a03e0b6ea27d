import { parseArgs } from 'node:util';
import { secretKindOf } from '../core/engine/secret-kind.ts';
import { resolveArmEndpoint } from '../core/rbac/arm-endpoint.ts';
import type { AzureConnection, ConnectOptions } from '../azure/index.ts';
import type { CloseLook, IdentityModel } from '../core/rbac/identity-model.ts';
import { parseSiteId } from '../core/rbac/resource-id.ts';
import { auditJson, fromAfar } from '../core/report/audit-json.ts';
import { auditMarkdown } from '../core/report/audit-markdown.ts';
import { auditText } from '../core/report/audit-text.ts';
import { auditFleet, type FleetAudit } from './audit-fleet.ts';
import { type CommandIo, EXIT, UsageError } from './io.ts';
import { linkedApps } from './linked-apps.ts';
import { write } from './output.ts';

const writers = { text: auditText, json: auditJson, markdown: auditMarkdown } as const;

/**
 * `keyless audit`: which identities the apps have and what these may touch.
 * @returns 0 when everything was read, 1 when something could not be read
 * @throws UsageError for a command line or a file that cannot be used
 */
export async function audit(argv: readonly string[], io: CommandIo): Promise<number> {
  const options = parseCommandLine(argv);
  if (options.demo) return withDemo(options, io, source => auditFrom(source, options, io));
  return auditFrom(await azureSource(options, io), options, io);
}

/** Where an audit reads: Azure, or the demo tenant. */
interface Source {
  /** For what no subscription is named for. */
  readonly home: AzureConnection;
  readonly connectionOf: (subscriptionId: string, signal: AbortSignal | undefined) => Promise<AzureConnection>;
  /** What is audited where neither the command line nor the folder names an app. */
  readonly apps: readonly string[];
}

async function auditFrom(source: Source, options: AuditOptions, io: CommandIo): Promise<number> {
  const { fleet, format, output } = options;
  if (fleet && format !== 'markdown') return auditFleet({ connection: source.home, scope: fleet, format, output }, io);
  const chosen = await chooseApps(options.apps, io, source.apps);
  const { readAcross } = await import('../azure/index.ts');
  const model = await readAcross(chosen, {
    signal: io.signal,
    connectionsOf: async (subscriptionId, signal) => [await source.connectionOf(subscriptionId, signal)],
  });
  const look = await closeLook(model, source, options, io.signal);
  await write(writers[format](model, look), output, io);
  return hasProblem(model, look) ? EXIT.findings : EXIT.clean;
}

async function closeLook(
  { apps }: IdentityModel,
  { connectionOf }: Source,
  { details, microsoftGraph }: AuditOptions,
  signal: AbortSignal,
): Promise<CloseLook> {
  const { readCloseLook, readOrphansAcross } = await import('../azure/index.ts');
  const at = (subscriptionId: string): Promise<AzureConnection> => connectionOf(subscriptionId, signal);
  const [look, orphans] = await Promise.all([
    details ? readCloseLook(apps, { connectionOf: at, classify: secretKindOf, signal }) : fromAfar,
    microsoftGraph ? readOrphansAcross(apps, at, signal) : undefined,
  ]);
  return { ...look, ...(orphans ? { orphans } : {}) };
}

function hasProblem({ apps, problems }: IdentityModel, look: CloseLook): boolean {
  const parts = [
    look.orphans,
    ...apps.flatMap(app => [look.app(app), ...app.identities.map(identity => look.identity(app, identity))]),
  ];
  return problems.length > 0 || parts.some(part => part !== undefined && part.problems.length > 0);
}

interface AuditOptions {
  readonly apps: readonly string[];
  readonly endpoint: string | undefined;
  readonly demo: boolean;
  /** Size of the demo tenant; the sample company when absent. */
  readonly demoApps: number | undefined;
  /** Takes a close look at every app and identity. */
  readonly details: boolean;
  /** Microsoft Graph may be asked. */
  readonly microsoftGraph: boolean;
  /** A fleet instead of named apps. */
  readonly fleet: FleetAudit['scope'] | undefined;
  readonly format: keyof typeof writers;
  readonly output: string | undefined;
}

function parseCommandLine(argv: readonly string[]): AuditOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      app: { type: 'string', multiple: true, default: [] },
      endpoint: { type: 'string' },
      demo: { type: 'boolean', default: false },
      'demo-apps': { type: 'string' },
      details: { type: 'boolean', default: false },
      'microsoft-graph': { type: 'boolean', default: false },
      subscription: { type: 'string', multiple: true },
      'management-group': { type: 'string', multiple: true },
      all: { type: 'boolean', default: false },
      format: { type: 'string', default: 'text' },
      output: { type: 'string' },
    },
  });
  const { app, endpoint, demo, details, format, output, subscription: subscriptions, all } = values;
  const managementGroups = values['management-group'];
  const kinds = [app.length > 0, subscriptions !== undefined, managementGroups !== undefined, all].filter(Boolean);
  if (kinds.length > 1) throw new UsageError('Choose one of --app, --subscription, --management-group and --all.');
  if (!isFormat(format)) throw new UsageError('--format is text, json or markdown.');
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
  if (fleet && format === 'markdown') throw new UsageError('A fleet is written as text or json, app by app.');
  if (fleet && details) {
    throw new UsageError('--details asks ten questions for each app: name the apps with --app, or link them.');
  }
  // Nothing leaves this machine for the demo tenant's directory.
  const microsoftGraph = demo || values['microsoft-graph'];
  const demoApps = demoSize(values['demo-apps'], demo);
  return { apps: app, endpoint, demo, demoApps, details, microsoftGraph, fleet, format, output };
}

function isFormat(format: string): format is keyof typeof writers {
  return Object.hasOwn(writers, format);
}

function demoSize(text: string | undefined, demo: boolean): number | undefined {
  if (text === undefined) return undefined;
  if (!demo) throw new UsageError('--demo-apps sets the size of the demo tenant: it goes with --demo.');
  const apps = Number(text);
  if (!Number.isInteger(apps) || apps < 1 || apps > 200_000) {
    throw new UsageError('--demo-apps takes a number of apps from 1 to 200000.');
  }
  return apps;
}

/** Role assignments of each app of a demo tenant of any size. */
const rolesOfEach = 20;

async function withDemo(
  { demoApps }: AuditOptions,
  io: CommandIo,
  run: (source: Source) => Promise<number>,
): Promise<number> {
  const [{ connect }, { largeCompany, startDemoTenant }] = await Promise.all([
    import('../azure/index.ts'),
    import('../demo/index.ts'),
  ]);
  const demo = await startDemoTenant(demoApps === undefined ? {} : { tenant: largeCompany(demoApps, rolesOfEach) });
  try {
    io.stderr.write(`${demo.displayName}: invented apps and identities, nothing is read from Azure.\n`);
    const home = connect({ endpoint: demo.url, signIn: 'demo', directory: true });
    return await run({ home, connectionOf: () => Promise.resolve(home), apps: demo.apps });
  } finally {
    await demo.close();
  }
}

async function azureSource({ apps, endpoint, microsoftGraph, fleet }: AuditOptions, io: CommandIo): Promise<Source> {
  // Says that no app is named before the libraries of Azure are loaded.
  if (!fleet) await chooseApps(apps, io, []);
  const { connect, tenantOfSubscription } = await import('../azure/index.ts');
  const said = new Set<string>();
  const options: ConnectOptions = {
    signIn: 'default',
    directory: microsoftGraph,
    ...(endpoint === undefined ? undefined : { endpoint }),
    onAccount(account) {
      if (!said.has(account)) io.stderr.write(`Signed in as ${account}.\n`);
      said.add(account);
    },
  };
  const home = connect(options);
  const byTenant = new Map<string, AzureConnection>();
  const tenants = new Map<string, Promise<string | undefined>>();
  return {
    home,
    apps: [],
    async connectionOf(subscriptionId, signal) {
      const asked = tenants.get(subscriptionId) ?? tenantOfSubscription(home, subscriptionId, signal);
      tenants.set(subscriptionId, asked);
      const tenantId = await asked;
      if (tenantId === undefined) return home;
      const connection = byTenant.get(tenantId) ?? connect({ ...options, tenantId });
      byTenant.set(tenantId, connection);
      return connection;
    },
  };
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
