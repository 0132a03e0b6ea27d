import { describe, expect, it } from 'vitest';
import { readAppDetails, readIdentityDetails, readIdentityModel } from '../../src/azure/index.ts';
import type { AppDetails, AppModel, IdentityDetails } from '../../src/core/rbac/identity-model.ts';
import { postureOf } from '../../src/core/rbac/posture.ts';
import type { DemoServer } from '../../src/demo/index.ts';
import { connectDemo, demoTenant } from './harness.ts';

/** Stands for the detection engine: which settings look like secrets is not the question here. */
function classify(_name: string, value: string): string | undefined {
  return /(?:AccountKey|SharedAccessKey|Password)=/.test(value) ? 'a connection string with a key' : undefined;
}

async function appsOf(demo: DemoServer): Promise<(name: string, slot?: string) => AppModel> {
  const { apps } = await readIdentityModel(connectDemo(demo), demo.apps);
  return (name, slot) => {
    const found = apps.find(app => app.name === name && app.slot === slot);
    if (!found) throw new Error(`no ${name}`);
    return found;
  };
}

async function detailsOf(demo: DemoServer, app: AppModel): Promise<AppDetails> {
  return readAppDetails(connectDemo(demo), app.id, { classify });
}

describe('readAppDetails', () => {
  it('tells names and kinds of settings, and no value', async () => {
    const demo = await demoTenant();
    const app = await appsOf(demo);
    const mailer = await detailsOf(demo, app('demo-toys-mailer'));
    expect(mailer.problems).toEqual([]);
    expect(mailer.settings?.map(({ name, kind }) => [name, kind])).toEqual([
      ['AzureWebJobsStorage__accountName', 'identityConnection'],
      ['OrdersQueue', 'secret'],
      ['FUNCTIONS_EXTENSION_VERSION', 'other'],
    ]);
    const orders = await detailsOf(demo, app('demo-toys-orders'));
    expect(orders.settings).toContainEqual({
      name: 'OrdersDatabase',
      source: 'connectionString',
      kind: 'secret',
      secret: 'a connection string with a key',
    });
    const written = JSON.stringify([mailer, orders]);
    for (const { details } of (await import('../../src/demo/index.ts')).demoCompany().sites) {
      const values = [
        ...Object.values(details?.connectionStrings ?? {}).map(({ value }) => value),
        ...Object.values(details?.appSettings ?? {}).filter(value => classify('', value)),
      ];
      for (const value of values) expect(written).not.toContain(value.slice(-12));
    }
  });

  it('tells client ids, sticky settings and the status of Key Vault references', async () => {
    const demo = await demoTenant();
    const app = await appsOf(demo);
    const shop = await detailsOf(demo, app('demo-toys-shop'));
    const [identity] = app('demo-toys-shop').identities.filter(({ kind }) => kind === 'userAssigned');
    expect(shop.settings?.[0]).toEqual({
      name: 'AZURE_CLIENT_ID',
      source: 'appSetting',
      kind: 'clientId',
      clientId: identity?.clientId,
      sticky: true,
    });
    expect(shop.keyVaultReferences).toEqual([
      {
        setting: 'PaymentProviderKey',
        source: 'appSetting',
        status: 'Resolved',
        vault: 'kv-demo-toys',
        secretName: 'payment-provider',
      },
    ]);
    expect(shop.authentication).toEqual({
      enabled: true,
      requireAuthentication: true,
      providers: ['azureActiveDirectory'],
    });
    const staging = await detailsOf(demo, app('demo-toys-shop', 'staging'));
    expect(staging.keyVaultReferences?.[0]?.status).toBe('AccessToKeyVaultDenied');
  });

  it.each([
    ['config/web', 'configuration'],
    ['basicPublishingCredentialsPolicies', 'basicPublishing'],
    ['config/authsettingsV2', 'authentication'],
    ['config/appsettings/list', 'settings'],
    ['config/configreferences', 'keyVaultReferences'],
  ] as const)('keeps the rest when %s is forbidden', async (path, part) => {
    const demo = await demoTenant();
    const app = await appsOf(demo);
    demo.faults.set({ path: new RegExp(path, 'i'), status: 403 });
    const details = await detailsOf(demo, app('demo-toys-shop'));
    expect(details[part]).toBeUndefined();
    expect(details.problems).toMatchObject([{ kind: 'forbidden', scope: app('demo-toys-shop').id }]);
    expect(details.problems[0]?.message).toMatch(/Ask for/);
    const parts = ['configuration', 'basicPublishing', 'authentication', 'settings', 'keyVaultReferences'] as const;
    for (const other of parts.filter(each => each !== part)) expect(details[other], other).toBeDefined();
  });

  it.each([
    ['null', null],
    ['a list', []],
    ['text', 'nonsense'],
    ['properties of the wrong kind', { properties: 'nonsense', value: 'nonsense' }],
    ['null properties', { properties: null, value: null }],
    ['null items', { value: [null], properties: { x: null } }],
  ])('ends with problems or nothing for an answer that is %s', async (_, body) => {
    const demo = await demoTenant();
    const app = await appsOf(demo);
    demo.faults.set({ path: /config|basicPublishing/, body });
    const details = await detailsOf(demo, app('demo-toys-shop'));
    for (const problem of details.problems)
      expect(problem.message).toMatch(/could not be understood|failed unexpectedly/);
  });

  it('stops within 100 ms when it is cancelled', async () => {
    const demo = await demoTenant();
    const app = await appsOf(demo);
    demo.faults.set({ path: /config|basicPublishing/, delayMilliseconds: 3000 });
    const abort = new AbortController();
    const reading = readAppDetails(connectDemo(demo), app('demo-toys-shop').id, { classify, signal: abort.signal });
    setTimeout(() => abort.abort(), 20);
    const started = performance.now();
    const { problems } = await reading;
    expect(performance.now() - started).toBeLessThan(120);
    expect(new Set(problems.map(({ kind }) => kind))).toEqual(new Set(['cancelled']));
  });
});

describe('readIdentityDetails', () => {
  async function read(name: string, slot?: string, index = 0): Promise<IdentityDetails> {
    const demo = await demoTenant();
    const app = (await appsOf(demo))(name, slot);
    const identity = app.identities[index];
    if (!identity) throw new Error('no identity');
    return readIdentityDetails(connectDemo(demo), app, identity);
  }

  it('tells roles through groups and eligible ones', async () => {
    const details = await read('demo-toys-reports');
    expect(details.problems).toEqual([]);
    expect(details.groupAssignments).toMatchObject([
      { role: 'Storage Blob Data Reader', scopeLevel: 'subResource', principalType: 'Group' },
    ]);
    expect(details.groupAssignments?.[0]?.viaGroup).toMatch(/^[0-9a-f-]{36}$/);
    expect(details.eligible).toMatchObject([{ role: 'Storage Blob Data Contributor', scopeLevel: 'resource' }]);
    expect(details.clientId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('tells deny assignments that do not spare the identity', async () => {
    const details = await read('demo-toys-shop');
    expect(details.deny).toMatchObject([{ scopeLevel: 'resourceGroup', actions: ['*/delete'], systemProtected: true }]);
    expect((await read('demo-toys-mailer')).deny).toEqual([]);
  });

  it('tells roles inside Cosmos DB and access policies of key vaults', async () => {
    expect((await read('demo-toys-api')).dataPlaneRoles).toMatchObject([
      {
        kind: 'cosmosSql',
        role: 'Cosmos DB Built-in Data Contributor',
        scope: expect.stringMatching(/dbs\/shop$/) as string,
      },
    ]);
    expect((await read('demo-toys-orders')).dataPlaneRoles).toMatchObject([
      {
        kind: 'keyVaultAccessPolicy',
        role: 'secrets: get, list',
        scope: expect.stringMatching(/kv-demo-old$/) as string,
      },
    ]);
  });

  it('tells who else uses a user-assigned identity and who may ask for its tokens from outside', async () => {
    const details = await read('demo-toys-shop', undefined, 1);
    expect(details.federatedCredentials).toMatchObject([
      { name: 'cluster', subject: 'system:serviceaccount:shop:web' },
    ]);
    expect(details.sharedWith?.map(id => id.slice(id.lastIndexOf('/') + 1)).sort()).toEqual([
      'demo-toys-invoices',
      'staging',
    ]);
    const mail = await read('demo-toys-worker');
    expect(mail.sharedWith?.some(id => id.endsWith('containerApps/demo-toys-mail-queue'))).toBe(true);
    expect((await read('demo-toys-lab')).federatedCredentials).toBeUndefined();
  });

  it.each([
    ['identities/default', 'clientId'],
    ['Authorization/roleAssignments', 'groupAssignments'],
    ['roleEligibilityScheduleInstances', 'eligible'],
    ['denyAssignments', 'deny'],
  ] as const)('keeps the rest when %s is forbidden', async (path, part) => {
    const demo = await demoTenant();
    const app = (await appsOf(demo))('demo-toys-reports');
    demo.faults.set({ path: new RegExp(path, 'i'), status: 403 });
    const details = await readIdentityDetails(connectDemo(demo), app, app.identities[0]!);
    expect(details[part]).toBeUndefined();
    expect(details.problems).toMatchObject([{ kind: 'forbidden' }]);
    expect(details.dataPlaneRoles).toBeDefined();
  });
});

describe('the posture of the demo company', () => {
  it('is told from what was read', async () => {
    const demo = await demoTenant();
    const app = await appsOf(demo);
    const failed = async (name: string, slot?: string): Promise<string[]> => {
      const one = app(name, slot);
      return postureOf(one, await detailsOf(demo, one))
        .filter(({ outcome, check }) => outcome === 'fail' && check.severity !== 'low')
        .map(({ check }) => check.id)
        .sort();
    };
    expect(await failed('demo-toys-shop')).toEqual([]);
    expect(await failed('demo-toys-shop', 'staging')).toEqual(['kvref-broken']);
    expect(await failed('demo-toys-legacy')).toEqual([
      'appsetting-secret',
      'basic-auth-ftp',
      'basic-auth-scm',
      'ftps',
      'https-only',
      'identity-none',
      'min-tls',
      'remote-debug',
    ]);
    expect(await failed('demo-toys-api')).toEqual(['acr-pull', 'cors-any']);
    expect(await failed('demo-toys-invoices')).toEqual(['kvref-broken', 'kvref-identity']);
  });

  it('is unknown, not failed, where nothing was read', async () => {
    const demo = await demoTenant();
    const app = (await appsOf(demo))('demo-toys-legacy');
    const unread = postureOf({ ...app, site: {} }, undefined).filter(({ check }) => check.id !== 'identity-none');
    const told = unread.filter(({ outcome }) => outcome !== 'unknown').map(({ check }) => check.id);
    expect(told).toEqual([]);
  });
});
