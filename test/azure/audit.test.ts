import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readAppDetails, readIdentityDetails, readIdentityModel } from '../../src/azure/index.ts';
import { audit } from '../../src/cli/audit.ts';
import { UsageError } from '../../src/cli/io.ts';
import { secretKindOf } from '../../src/core/engine/secret-kind.ts';
import type { AppDetails, IdentityDetails } from '../../src/core/rbac/identity-model.ts';
import { type AuditReport, auditReport } from '../../src/core/report/audit-json.ts';
import { auditText } from '../../src/core/report/audit-text.ts';
import { demoCompany } from '../../src/demo/index.ts';
import { closeAfterTest, connectDemo, demoTenant } from './harness.ts';

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly folder: string;
}

async function run(args: readonly string[], settings?: string): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'keyless-audit-'));
  closeAfterTest(() => rm(folder, { recursive: true }));
  if (settings !== undefined) {
    await mkdir(join(folder, '.vscode'));
    await writeFile(join(folder, '.vscode', 'settings.json'), settings);
  }
  let [stdout, stderr] = ['', ''];
  const code = await audit(args, {
    stdout: { write: text => (stdout += text) },
    stderr: { write: text => (stderr += text) },
    cwd: folder,
    env: {},
    signal: new AbortController().signal,
  });
  return { code, stdout, stderr, folder };
}

const report = ({ stdout }: Outcome): AuditReport => JSON.parse(stdout) as AuditReport;
const [shop = '', , orders = ''] = demoCompany().sites.map(({ id }) => id);
const elsewhere = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/sites/elsewhere';

describe('keyless audit', () => {
  it('prints the demo tenant as JSON whose keys are always there', async () => {
    const outcome = await run(['--demo', '--format', 'json']);
    expect(outcome.code).toBe(0);
    expect(outcome.stderr).toContain('Keyless demo tenant');
    const { apps, problems, asOf } = report(outcome);
    expect(Object.keys(JSON.parse(outcome.stdout) as object)).toEqual(['apps', 'orphans', 'problems', 'asOf']);
    expect(problems).toEqual([]);
    expect(new Date(asOf).toISOString()).toBe(asOf);
    expect(apps).toHaveLength(18);
    for (const app of apps) {
      expect(Object.keys(app)).toEqual(['id', 'name', 'slot', 'identities', 'checks', 'swapGaps', 'details']);
      for (const identity of app.identities) {
        expect(Object.keys(identity)).toEqual([
          'kind',
          'principalId',
          'clientId',
          'resourceId',
          'assignments',
          'details',
        ]);
        for (const assignment of identity.assignments ?? []) {
          expect(Object.keys(assignment)).toEqual([
            'role',
            'roleDefinitionId',
            'scope',
            'scopeLevel',
            'inherited',
            'condition',
            'excess',
          ]);
        }
      }
    }
    expect(apps[0]).toMatchObject({ id: shop, name: 'demo-toys-shop', slot: null });
    expect(apps[1]).toMatchObject({ name: 'demo-toys-shop', slot: 'staging' });
    expect(apps[1]?.swapGaps?.map(({ role }) => role)).toContain('Key Vault Secrets User');
    expect(apps.find(({ name }) => name === 'demo-toys-legacy')?.checks).toContainEqual({
      id: 'https-only',
      outcome: 'fail',
      severity: 'high',
      detail: 'plain HTTP is answered',
    });
    expect(apps[0]?.identities[0]).toMatchObject({ kind: 'systemAssigned', clientId: null, resourceId: null });
  });

  it('prints the same model that the tree shows', async () => {
    const demo = await demoTenant();
    const outcome = await run(['--endpoint', demo.url, '--app', orders, '--app', shop, '--format', 'json']);
    const model = await readIdentityModel(connectDemo(demo), [orders, shop]);
    expect({ ...report(outcome), asOf: '' }).toEqual({ ...auditReport(model), asOf: '' });
    expect(demo.sawCredential).toBe(false);
  });

  it('takes with --details the look that the tree takes when its rows are opened', async () => {
    const demo = await demoTenant();
    const outcome = await run([
      '--endpoint',
      demo.url,
      '--app',
      orders,
      '--app',
      shop,
      '--details',
      '--format',
      'json',
    ]);
    expect(outcome.code).toBe(0);
    const connection = connectDemo(demo);
    const model = await readIdentityModel(connection, [orders, shop]);
    const apps = new Map<string, AppDetails>();
    const identities = new Map<string, IdentityDetails>();
    for (const app of model.apps) {
      apps.set(app.id, await readAppDetails(connection, app.id, { classify: secretKindOf }));
      for (const identity of app.identities)
        identities.set(app.id + identity.principalId, await readIdentityDetails(connection, app, identity));
    }
    const expected = auditReport(model, {
      app: ({ id }) => apps.get(id),
      identity: ({ id }, { principalId }) => identities.get(id + principalId),
    });
    const timeless = (value: AuditReport): unknown =>
      JSON.parse(JSON.stringify(value, (key, each: unknown) => (key === 'asOf' ? '' : each)));
    expect(timeless(report(outcome))).toEqual(timeless(expected));
    const [first] = report(outcome).apps;
    expect(first?.details?.settings).toContainEqual(
      expect.objectContaining({ name: 'OrdersDatabase', kind: 'secret', secret: expect.any(String) as string }),
    );
    expect(first?.identities[0]?.details?.dataPlaneRoles).toMatchObject([{ role: 'secrets: get, list' }]);
    expect(first?.identities[0]?.clientId).toMatch(/^[0-9a-f-]{36}$/);
    expect(first?.checks.find(({ id }) => id === 'appsetting-secret')?.outcome).toBe('fail');
    for (const { details } of demoCompany().sites) {
      for (const { value } of Object.values(details?.connectionStrings ?? {}))
        expect(outcome.stdout).not.toContain(/Password=([^;]+)/.exec(value)?.[1]);
    }
  });

  it('says what a close look could not read, and exits with 1', async () => {
    const demo = await demoTenant();
    demo.faults.set({ path: /config\/web/, status: 403 });
    const args = ['--endpoint', demo.url, '--app', orders, '--details'];
    const [text, json, page] = [
      await run(args),
      await run([...args, '--format', 'json']),
      await run([...args, '--format', 'markdown']),
    ];
    expect([text.code, json.code, page.code]).toEqual([1, 1, 1]);
    expect(text.stdout).toMatch(/Could not be read.*the configuration of demo-toys-orders/s);
    expect(page.stdout).toMatch(/## Could not be read.*the configuration of demo-toys-orders/s);
    expect(report(json).apps[0]?.details).toMatchObject({ configuration: null, problems: [{ kind: 'forbidden' }] });
  });

  it.each(['text', 'json', 'markdown'])('flags orphaned role assignments as %s', async format => {
    const { stdout, code } = await run(['--demo', '--format', format]);
    expect(code).toBe(0);
    const group = '/subscriptions/[0-9a-f-]+/resourceGroups/rg-demo-shared';
    const shapes: Readonly<Record<string, string>> = {
      text: `Orphaned role assignments \\(2\\):.* {2}Owner {2}resource group ${group}\\n +! .* no longer exists`,
      json: `"orphans": \\[.*"role": "Owner",.*"scope": "${group}"`,
      markdown: `## Orphaned role assignments\\n.*\\n\\| Owner \\| .${group}. \\|`,
    };
    expect(stdout).toMatch(new RegExp(shapes[format] ?? '', 's'));
  });

  it('asks Microsoft Graph only when it is told to', async () => {
    const demo = await demoTenant();
    const args = ['--endpoint', demo.url, '--app', shop, '--format', 'json'];
    expect(report(await run(args)).orphans).toBeNull();
    expect([...demo.requests.keys()].some(request => request.includes('/v1.0/'))).toBe(false);
    expect(report(await run([...args, '--microsoft-graph'])).orphans).toHaveLength(2);
    demo.faults.set({ path: /v1\.0/, status: 403 });
    const refused = await run([...args, '--microsoft-graph']);
    expect(refused.code).toBe(1);
    expect(report(refused)).toMatchObject({ orphans: null, problems: [{ kind: 'forbidden' }] });
  });

  it('prints a page to hand on', async () => {
    const { stdout } = await run(['--demo', '--details', '--format', 'markdown']);
    expect(stdout).toMatch(/^# Identities of App Services\n/);
    expect(stdout).toContain('## demo-toys-shop / staging');
    expect(stdout).toMatch(
      /\| System-assigned \| Owner \| `\/subscriptions\/\S+` \| inherited; can grant itself any role/,
    );
    expect(stdout).toMatch(/\| Storage Blob Data Reader \| `\S+` \| through group Demo Toys report readers/);
    expect(stdout).toMatch(/\| Storage Blob Data Contributor \| `\S+` \| eligible, not active/);
    expect(stdout).toMatch(/\| Cosmos DB Built-in Data Contributor \| `\S+` \| data role of Cosmos DB/);
    expect(stdout).toMatch(/\| denied: \\\*\/delete \|/);
    expect(stdout).toContain('- No setting holds a secret: no (');
    expect(stdout).toContain('Lacks of production: ');
  });

  it('serves a demo tenant of any size', async () => {
    const { stdout, code, stderr } = await run(['--demo', '--demo-apps', '30', '--all', '--format', 'json']);
    expect(code).toBe(0);
    expect(stderr).toContain('large');
    expect((JSON.parse(stdout) as AuditReport).apps).toHaveLength(30);
    expect((JSON.parse(stdout) as AuditReport).orphans).toEqual([]);
  });

  it('prints a tree of text', async () => {
    const { stdout, code } = await run(['--demo']);
    expect(code).toBe(0);
    expect(stdout).toContain('demo-toys-shop, slot staging (app,linux, westeurope, rg-demo-shop)');
    expect(stdout).toContain('  system-assigned identity (principal ');
    expect(stdout).toContain('  user-assigned identity id-demo-shop (principal ');
    expect(stdout).toMatch(/ {4}Owner +subscription \/subscriptions\/\S+ \(inherited by the app\)\n/);
    expect(stdout).toMatch(/\n {30}if \(\(!\(ActionMatches/);
    expect(stdout).toMatch(/demo-toys-legacy .*\n.*\n {2}no managed identity\n/);
    expect(stdout).not.toContain('Could not be read');
  });

  it('says what could not be read and exits with 1', async () => {
    const demo = await demoTenant();
    demo.faults.set({ path: /ResourceGraph/, requestBody: /authorizationresources/, status: 500 });
    const args = ['--endpoint', demo.url, '--app', shop];
    const text = await run(args);
    expect(text.code).toBe(1);
    expect(text.stdout).toContain('role assignments could not be read');
    expect(text.stdout).toContain('Could not be read (1):');
    const json = await run([...args, '--format', 'json']);
    expect(json.code).toBe(1);
    expect(report(json).apps[0]?.identities[0]?.assignments).toBeNull();
    expect(report(json).problems).toMatchObject([{ kind: 'unavailable', scope: '' }]);
  });

  it('sends no credential to a loopback http endpoint', async () => {
    const seen: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(404, { 'Content-Type': 'application/json' }).end('{}');
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    closeAfterTest(async () => void server.close());
    const { port } = server.address() as AddressInfo;
    const outcome = await run(['--endpoint', `http://127.0.0.1:${port}`, '--app', shop, '--format', 'json']);
    expect(outcome.code).toBe(1);
    expect(report(outcome).problems).toMatchObject([{ kind: 'notFound' }, { kind: 'notFound', scope: shop }]);
    expect(seen).toEqual([undefined, undefined]);
  });

  it('writes to a file', async () => {
    const { code, stdout, folder } = await run(['--demo', '--format', 'json', '--output', 'audit.json']);
    expect([code, stdout]).toEqual([0, '']);
    const written = JSON.parse(await readFile(join(folder, 'audit.json'), 'utf8')) as AuditReport;
    expect(written.apps).toHaveLength(18);
  });

  it('takes the linked apps of the folder', async () => {
    const settings = `{
      // as VS Code writes it
      "keyless.linkedApps": ["${shop}", "${shop.toUpperCase()}"],
      "appService.defaultWebAppToDeploy": "${orders}",
    }`;
    const linked = report(await run(['--demo', '--format', 'json'], settings));
    expect(linked.apps.map(({ name, slot }) => [name, slot])).toEqual([
      ['demo-toys-shop', null],
      ['demo-toys-shop', 'staging'],
      ['demo-toys-orders', null],
      ['demo-toys-orders', 'staging'],
    ]);
    const named = report(await run(['--demo', '--format', 'json', '--app', `${shop}/slots/staging`], settings));
    expect(named.apps.map(({ slot }) => slot)).toEqual(['staging']);
    const none = report(await run(['--demo', '--format', 'json'], '{ "appService.defaultWebAppToDeploy": "None" }'));
    expect(none.apps).toHaveLength(18);
  });

  it('shows no assignment of another app', async () => {
    const outcome = await run(['--demo', '--app', elsewhere, '--format', 'json']);
    expect(outcome.code).toBe(1);
    expect(report(outcome)).toMatchObject({ apps: [], problems: [{ kind: 'notFound', scope: elsewhere }] });
  });

  it.each<[string, readonly string[], string | undefined, RegExp]>([
    ['no app anywhere', [], undefined, /--app RESOURCE_ID.*--demo/],
    ['an empty settings file', [], '', /--app RESOURCE_ID/],
    ['a name instead of an id', ['--app', 'shop'], undefined, /resource id/],
    ['an unknown format', ['--demo', '--format', 'sarif'], undefined, /text, json or markdown/],
    ['a fleet as a page', ['--demo', '--all', '--format', 'markdown'], undefined, /text or json/],
    ['a close look at a fleet', ['--demo', '--all', '--details'], undefined, /--app/],
    ['a size without the demo', ['--demo-apps', '5'], undefined, /goes with --demo/],
    ['a size that is none', ['--demo', '--demo-apps', '1e9'], undefined, /1 to 200000/],
    ['http elsewhere', ['--app', elsewhere, '--endpoint', 'http://example.org'], undefined, /https/],
    ['demo and endpoint', ['--demo', '--endpoint', 'http://127.0.0.1:1'], undefined, /--endpoint/],
    ['a broken settings file', [], '{ "keyless.linkedApps": [', /not valid JSON/],
    ['a broken link', [], '{ "keyless.linkedApps": ["shop"] }', /Entry 1 of keyless.linkedApps/],
    ['a link of the wrong type', [], '{ "keyless.linkedApps": "shop" }', /not a list/],
    ['an unwritable file', ['--demo', '--output', 'no/such/folder.json'], undefined, /Cannot write no\/such/],
  ])('refuses %s', async (_, args, settings, message) => {
    const error: unknown = await run(args, settings).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UsageError);
    expect((error as Error).message).toMatch(message);
  });

  it.each([['--nosuch'], ['positional'], ['--app']])('refuses the argument %s', async argument => {
    await expect(run([argument])).rejects.toMatchObject({ code: expect.stringMatching(/^ERR_PARSE_ARGS_/) as string });
  });
});

describe('the text report', () => {
  it('keeps control characters from the terminal', () => {
    const text = auditText({
      apps: [],
      problems: [{ kind: 'malformed', scope: '\u001b[2J/x', message: 'a\rb\u0007' }],
      asOf: '2026-01-01T00:00:00.000Z',
    });
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(text).toContain('[2J/x');
  });

  it('says that there is nothing', () => {
    expect(auditText({ apps: [], problems: [], asOf: 'now' })).toBe('No apps.\n\nAs of now\n');
  });
});
