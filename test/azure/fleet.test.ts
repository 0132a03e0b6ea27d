import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { connect, readFleet, readIdentityModel } from '../../src/azure/index.ts';
import { audit } from '../../src/cli/audit.ts';
import type { IdentityModel } from '../../src/core/rbac/identity-model.ts';
import { auditReport, type AuditReport } from '../../src/core/report/audit-json.ts';
import { type DemoServer, demoCompany, largeCompany } from '../../src/demo/index.ts';
import { closeAfterTest, connectDemo, demoTenant } from './harness.ts';

async function all(demo: DemoServer, scope = {}): Promise<IdentityModel[]> {
  const models: IdentityModel[] = [];
  for await (const model of readFleet(connectDemo(demo), { scope })) models.push(model);
  return models;
}

async function run(argv: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  let [stdout, stderr] = ['', ''];
  const code = await audit(argv, {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
    cwd: tmpdir(),
    env: {},
    signal: new AbortController().signal,
  });
  return { code, stdout, stderr };
}

describe('readFleet', () => {
  it('reads every app with its roles, a page at a time, by Resource Graph alone', async () => {
    const demo = await demoTenant({ pageSize: 5 });
    const models = await all(demo);
    expect(models.map(({ apps }) => apps.length)).toEqual([5, 5, 5, 3]);
    const whole = await readIdentityModel(connectDemo(await demoTenant()), demo.apps);
    const byId = (model: Pick<IdentityModel, 'apps'>): IdentityModel['apps'] =>
      model.apps.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    expect(byId({ apps: models.flatMap(({ apps }) => apps) })).toEqual(byId(whole));
    expect([...demo.requests.keys()]).toEqual(['POST /providers/Microsoft.ResourceGraph/resources 200']);
  });

  it('keeps to subscriptions or management groups', async () => {
    const demo = await demoTenant();
    const lab = demo.apps.find(id => id.includes('demo-toys-lab')) ?? '';
    const subscriptions = [lab.split('/')[2] ?? ''];
    const names = (models: IdentityModel[]): string[] => models.flatMap(({ apps }) => apps.map(({ name }) => name));
    expect(names(await all(demo, { subscriptions }))).toEqual(['demo-toys-lab', 'demo-toys-lab']);
    const company = names(await all(demo, { managementGroups: ['demo-toys'] }));
    expect(company).toHaveLength(15);
    expect(company.some(name => name.startsWith('demo-partner'))).toBe(false);
  });

  it('asks no more for each further app than one page more of apps and of roles', async () => {
    const demo = await demoTenant({ tenant: largeCompany(2500, 4) });
    const models = await all(demo);
    expect(models.map(({ apps }) => apps.length)).toEqual([1000, 1000, 500]);
    for (const { apps } of models)
      expect(apps.every(({ identities }) => identities[0]?.assignments?.length === 4)).toBe(true);
    expect([...demo.requests.values()]).toEqual([3 + 4 + 4 + 2]);
  });

  it('holds no more of a large fleet than of a small one', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    // In a process of its own, whose memory is not counted.
    const script = fileURLToPath(new URL('../../src/dev/demo-server.ts', import.meta.url));
    const server = fork(script, ['--apps', '12000', '--assignments', '2'], { execArgv: [] });
    closeAfterTest(async () => void server.kill());
    const [{ url }] = (await once(server, 'message')) as [{ url: string }];
    const used: number[] = [];
    for await (const { apps } of readFleet(connect({ endpoint: url, signIn: 'demo' }))) {
      expect(apps).toHaveLength(1000);
      collect();
      used.push(process.memoryUsage().heapUsed);
    }
    expect(used).toHaveLength(12);
    // Eight pages of a thousand apps lie between the two.
    const [early = 0, late = 0] = [used[3], used.at(-1)];
    expect(late - early).toBeLessThan(2e6);
  }, 60_000);

  it('goes on where roles of a page cannot be read, and shows them as unread', async () => {
    const demo = await demoTenant({ pageSize: 6 });
    demo.faults.set({ path: /ResourceGraph/, requestBody: /roleassignments/i, status: 403, times: 1 });
    const [first, ...rest] = await all(demo);
    expect(first?.problems).toMatchObject([{ kind: 'forbidden' }]);
    expect(
      first?.apps.every(({ identities }) => identities.every(({ assignments }) => assignments === undefined)),
    ).toBe(true);
    expect(rest.flatMap(({ problems }) => problems)).toEqual([]);
  });

  it('says why when the apps cannot be listed', async () => {
    const demo = await demoTenant();
    demo.faults.set({ path: /ResourceGraph/, status: 403 });
    await expect(all(demo)).rejects.toMatchObject({ name: 'AzureReadError', problem: { kind: 'forbidden' } });
  });
});

describe('keyless audit of a fleet', () => {
  it('prints the report of all apps as they come', async () => {
    const demo = await demoTenant({ pageSize: 7 });
    const { code, stdout } = await run(['--all', '--endpoint', demo.url, '--format', 'json']);
    expect(code).toBe(0);
    const { apps, problems } = JSON.parse(stdout) as AuditReport;
    const whole = auditReport(await readIdentityModel(connectDemo(demo), demo.apps));
    const byId = (list: AuditReport['apps']): AuditReport['apps'] => list.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    expect(byId(apps)).toEqual(byId(whole.apps));
    expect(problems).toEqual([]);
    expect(stdout).toContain('\n    {\n      "id": "/subscriptions/');
    expect(demo.sawCredential).toBe(false);
  });

  it('writes valid JSON for no app, for a failure, and into a file', async () => {
    const none = await demoTenant({ tenant: { ...demoCompany(), sites: [] } });
    expect(JSON.parse((await run(['--all', '--endpoint', none.url, '--format', 'json'])).stdout)).toMatchObject({
      apps: [],
      problems: [],
    });
    none.faults.set({ path: /./, status: 403 });
    const failed = await run(['--all', '--endpoint', none.url, '--format', 'json']);
    expect(failed.code).toBe(1);
    expect(JSON.parse(failed.stdout)).toMatchObject({ apps: [], problems: [{ kind: 'forbidden' }] });
    const folder = await mkdtemp(join(tmpdir(), 'keyless-fleet-'));
    closeAfterTest(() => rm(folder, { recursive: true }));
    const file = join(folder, 'fleet.json');
    const demo = await demoTenant();
    expect(await run(['--all', '--endpoint', demo.url, '--format', 'json', '--output', file])).toMatchObject({
      code: 0,
      stdout: '',
    });
    expect((JSON.parse(await readFile(file, 'utf8')) as AuditReport).apps).toHaveLength(18);
    await expect(run(['--all', '--endpoint', demo.url, '--output', join(folder, 'no', 'way')])).rejects.toThrow(
      /Cannot write/,
    );
  });

  it('tells orphans of the whole fleet at the end, where Microsoft Graph may be asked', async () => {
    const demo = await demoTenant({ pageSize: 7 });
    const args = ['--all', '--endpoint', demo.url, '--format', 'json'];
    expect((JSON.parse((await run(args)).stdout) as AuditReport).orphans).toBeNull();
    const { orphans } = JSON.parse((await run([...args, '--microsoft-graph'])).stdout) as AuditReport;
    expect(orphans?.map(({ role }) => role).toSorted()).toEqual(['Owner', 'Reader']);
    const text = await run(['--demo', '--management-group', 'demo-toys']);
    expect(text.stdout).toMatch(/Orphaned role assignments \(2\):\n/);
    demo.faults.set({ path: /v1\.0/, status: 503 });
    const failed = await run([...args, '--microsoft-graph']);
    expect(failed.code).toBe(1);
    expect(JSON.parse(failed.stdout)).toMatchObject({ orphans: null, problems: [{ kind: 'unavailable' }] });
  });

  it('prints text with what is too much, and takes one way of choosing apps', async () => {
    const { code, stdout, stderr } = await run(['--demo', '--management-group', 'demo-toys']);
    expect(code).toBe(0);
    expect(stderr).toContain('invented');
    expect(stdout).toMatch(/^demo-toys-lab \(/m);
    expect(stdout).toMatch(/! can grant itself any role in this scope/);
    expect(stdout).toMatch(/^15 apps$/m);
    await expect(run(['--demo', '--all', '--subscription', 'x'])).rejects.toThrow(/Choose one/);
  });
});
