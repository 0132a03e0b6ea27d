import { describe, expect, it } from 'vitest';
import { connect, findOrphans, readIdentityDetails, readIdentityModel, readOrphans } from '../../src/azure/index.ts';
import type { AppModel, OrphanReport } from '../../src/core/rbac/identity-model.ts';
import { demoCompany, type DemoServer, guidOf } from '../../src/demo/index.ts';
import { connectDemo, demoTenant, forwardTo, impatient, standInToken } from './harness.ts';

const graph = '/v1.0/directoryObjects/getByIds';

function connectWithDirectory(demo: DemoServer) {
  return connect({ endpoint: demo.url, signIn: 'demo', retry: impatient, directory: true });
}

async function appsOf(demo: DemoServer): Promise<readonly AppModel[]> {
  return (await readIdentityModel(connectDemo(demo), demo.apps)).apps;
}

async function reportOf(demo: DemoServer, change: (apps: readonly AppModel[]) => readonly AppModel[] = apps => apps) {
  return readOrphans(connectWithDirectory(demo), change(await appsOf(demo)));
}

const named = ({ orphans }: OrphanReport) =>
  orphans?.map(({ role, scopeLevel, principalId, principalType }) => [role, scopeLevel, principalId, principalType]);

describe('orphaned role assignments', () => {
  it('are those whose principal the directory does not know', async () => {
    const demo = await demoTenant();
    const report = await reportOf(demo);
    expect(report.problems).toEqual([]);
    expect(named(report)?.toSorted()).toEqual(
      [
        ['Owner', 'resourceGroup', guidOf('principal demo-toys-retired'), 'ServicePrincipal'],
        ['Reader', 'resource', guidOf('principal Demo Toys former contractor'), 'User'],
      ].toSorted(),
    );
    expect(demo.requests.get(`POST ${graph} 200`)).toBe(2);
    expect(demo.sawCredential).toBe(false);
  });

  it('are the same however small the pages', async () => {
    const [small, whole] = [await demoTenant({ pageSize: 3 }), await demoTenant()];
    expect(named(await reportOf(small))).toEqual(named(await reportOf(whole)));
  });

  it('are not looked for, and not said to be none, where nobody agreed to ask Microsoft Graph', async () => {
    const demo = await demoTenant();
    const report = await readOrphans(connectDemo(demo), await appsOf(demo));
    expect(report.orphans).toBeUndefined();
    expect(report.problems).toEqual([]);
    expect([...demo.requests.keys()].some(request => request.includes('/v1.0/'))).toBe(false);
  });

  it('are not told of a tenant whose directory was not asked', async () => {
    const demo = await demoTenant();
    // To the directory of the home tenant every principal of the partner's looks as if it were gone.
    expect((await reportOf(demo)).orphans?.some(({ scope }) => scope.includes('partner'))).toBe(false);
    const partner = await reportOf(demo, apps => apps.filter(({ name }) => name.startsWith('demo-partner')));
    expect(partner.orphans).toBeUndefined();
    expect(partner.problems).toMatchObject([
      { kind: 'notFound', message: expect.stringMatching(/another tenant.*Sign in/) as string },
    ]);
  });

  it('are not told where the directory does not even know an identity that exists', async () => {
    const demo = await demoTenant();
    demo.faults.set({ path: /v1\.0/, body: { value: [] } });
    expect((await reportOf(demo)).orphans).toBeUndefined();
  });

  it('do not include what was assigned a moment ago: the directory may not have heard of its principal', async () => {
    const demo = await demoTenant();
    demo.faults.set({
      path: /ResourceGraph/,
      requestBody: /createdOn/,
      change(body) {
        const now = new Date().toISOString();
        const { data } = body as { data: { createdOn: string }[] };
        return { ...(body as object), data: data.map((row, i) => ({ ...row, createdOn: i % 2 ? now : 'no date' })) };
      },
    });
    expect((await reportOf(demo)).orphans).toEqual([]);
  });

  it('do not include principals of kinds that another tenant may hold', async () => {
    const company = demoCompany();
    const [first] = company.roleAssignments;
    const foreign = {
      ...first!,
      guid: guidOf('foreign'),
      principalId: guidOf('nobody'),
      principalType: 'ForeignGroup',
    };
    const demo = await demoTenant({ tenant: { ...company, roleAssignments: [foreign] } });
    expect((await reportOf(demo)).orphans).toEqual([]);
  });

  it.each([
    [{ status: 403 }, 'forbidden', /Directory Readers/],
    [{ status: 401 }, 'notSignedIn', /Sign in again/],
    [{ claims: true }, 'claimsChallenge', /Sign in again/],
    [{ status: 429, retryAfter: 90 }, 'throttled', /90 s/],
    [{ status: 503 }, 'unavailable', /503/],
    [{ reset: true }, 'network', /Check the network/],
    [{ stall: true }, 'network', /in time/],
    [{ malformed: true }, 'malformed', /understood/],
    [{ body: { value: 'none' } }, 'malformed', /understood/],
    [{ body: null }, 'malformed', /understood/],
  ] as const)('are unknown, with the reason, after %j from Microsoft Graph', async (fault, kind, says) => {
    const demo = await demoTenant();
    demo.faults.set({ path: /v1\.0/, ...fault });
    const report = await reportOf(demo);
    expect(report.orphans).toBeUndefined();
    expect(report.problems).toMatchObject([{ kind, message: expect.stringMatching(says) as string }]);
  });

  it('end at once when they are cancelled', async () => {
    const demo = await demoTenant();
    const apps = await appsOf(demo);
    demo.faults.set({ path: /v1\.0/, delayMilliseconds: 3000 });
    const abort = new AbortController();
    const reading = readOrphans(connectWithDirectory(demo), apps, { signal: abort.signal });
    setTimeout(() => abort.abort(), 100);
    const started = performance.now();
    expect((await reading).problems).toMatchObject([{ kind: 'cancelled' }]);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('Microsoft Graph', () => {
  it('names the groups that an identity has roles through, when it may be asked', async () => {
    const demo = await demoTenant();
    const app = (await appsOf(demo)).find(({ name }) => name === 'demo-toys-reports')!;
    const details = await readIdentityDetails(connectWithDirectory(demo), app, app.identities[0]!);
    expect(details.groupAssignments).toMatchObject([{ viaGroupName: 'Demo Toys report readers' }]);
    const without = await readIdentityDetails(connectDemo(demo), app, app.identities[0]!);
    expect(without.groupAssignments?.[0]).not.toHaveProperty('viaGroupName');
    demo.faults.set({ path: /v1\.0/, status: 403 });
    const refused = await readIdentityDetails(connectWithDirectory(demo), app, app.identities[0]!);
    expect(refused.groupAssignments).toHaveLength(1);
    expect(refused.problems).toMatchObject([{ kind: 'forbidden' }]);
  });

  it.each([
    ['https://management.azure.com', 'https://graph.microsoft.com'],
    ['https://management.usgovcloudapi.net', 'https://graph.microsoft.us'],
    ['https://management.chinacloudapi.cn', 'https://microsoftgraph.chinacloudapi.cn'],
  ])('of the cloud of %s gets tokens of its own, and no other', async (endpoint, url) => {
    const demo = await demoTenant();
    const apps = await appsOf(demo);
    const { httpClient, requests } = forwardTo(demo);
    const tokens = new Map<string, string>();
    const connection = connect({
      endpoint,
      signIn: 'vscode',
      directory: true,
      retry: impatient,
      httpClient,
      getToken(scopes) {
        const [scope = ''] = scopes;
        tokens.set(scope, tokens.get(scope) ?? standInToken());
        return Promise.resolve({ token: tokens.get(scope) ?? '', expiresOnTimestamp: Date.now() + 3_600_000 });
      },
    });
    expect((await readOrphans(connection, apps)).orphans).toHaveLength(2);
    expect([...tokens.keys()].toSorted()).toEqual([`${endpoint}/.default`, `${url}/.default`].toSorted());
    for (const request of requests) {
      const { origin } = new URL(request.url);
      expect([endpoint, url]).toContain(origin);
      expect(request.authorization).toBe(`Bearer ${tokens.get(`${origin}/.default`) ?? ''}`);
    }
  });

  it('is not asked on clouds whose address nobody knows', () => {
    const connection = connect({
      endpoint: 'https://management.local.azurestack.external',
      signIn: 'vscode',
      directory: true,
    });
    expect(connection.directory).toBeUndefined();
  });

  it('is given nothing but ids', async () => {
    const demo = await demoTenant();
    const seen: string[] = [];
    demo.faults.set({ path: /v1\.0/, requestBody: { test: (body: string) => (seen.push(body), false) } as RegExp });
    const pages = findOrphans(connectWithDirectory(demo), {
      witnesses: new Map([[demo.tenantId, guidOf('principal demo-toys-shop')]]),
      problems: [],
    });
    for await (const page of pages) expect(page.length).toBeGreaterThan(0);
    for (const body of seen) {
      const sent = JSON.parse(body) as { ids: string[] };
      expect(Object.keys(sent)).toEqual(['ids', 'types']);
      expect(sent.ids.every(id => /^[0-9a-f-]{36}$/.test(id))).toBe(true);
    }
    expect(seen.length).toBeGreaterThan(1);
  });
});
