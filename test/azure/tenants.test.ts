import { type PipelineRequest, type PipelineResponse, RestError } from '@azure/core-rest-pipeline';
import { describe, expect, it } from 'vitest';
import {
  type AzureConnection,
  connect,
  listTenants,
  readAcross,
  readIdentityModel,
  tenantOfSubscription,
} from '../../src/azure/index.ts';
import { parseSiteId } from '../../src/core/rbac/resource-id.ts';
import { demoCompany, type DemoServer } from '../../src/demo/index.ts';
import { connectDemo, demoTenant, forwardTo, impatient, type Recorder, respond, standInToken } from './harness.ts';

const company = demoCompany();
const [guest] = company.otherTenants ?? [];
const home = company.tenantId;
const tenantOf = (subscriptionId: string): string =>
  company.subscriptions.find(each => each.subscriptionId === subscriptionId)?.tenantId ?? home;
const subscriptionOf = (id: string): string => parseSiteId(id)?.subscriptionId ?? '';
/** Apps of both tenants. */
const apps = company.sites.filter(({ id }) => !parseSiteId(id)?.slot).map(({ id }) => id);

/** One tenant of the company, which knows nothing of the other. */
async function oneTenant(tenantId: string | undefined): Promise<DemoServer> {
  const sites = company.sites.filter(({ id }) => tenantOf(subscriptionOf(id)) === tenantId);
  return demoTenant({ tenant: { ...company, sites } });
}

interface Account {
  readonly connection: AzureConnection;
  readonly recorder: Recorder;
}

function accountOf(demo: DemoServer, tenantId: string | undefined, signedIn = true): Account {
  const recorder = forwardTo(demo);
  const token = standInToken();
  const connection = connect({
    signIn: 'vscode',
    ...(tenantId === undefined ? {} : { tenantId }),
    getToken: async () => (signedIn ? { token, expiresOnTimestamp: Date.now() + 3_600_000 } : undefined),
    httpClient: recorder.httpClient,
    retry: impatient,
  });
  return { connection, recorder };
}

describe('the tenant of a subscription', () => {
  const tenant = '0F0F0F0F-1111-4222-8333-444444444444';

  async function lookUp(answer: (request: PipelineRequest) => Promise<PipelineResponse>): Promise<{
    found: string | undefined;
    requests: Recorder['requests'];
  }> {
    const { httpClient, requests } = forwardTo(await demoTenant(), answer);
    const getToken = async () => ({ token: standInToken(), expiresOnTimestamp: Date.now() + 3_600_000 });
    const connection = connect({ signIn: 'vscode', getToken, httpClient, retry: impatient });
    return { found: await tenantOfSubscription(connection, 'sub'), requests };
  }

  it('is asked for without a token', async () => {
    const challenge = `Bearer authorization_uri="https://login.windows.net/${tenant}", error="invalid_token"`;
    const { found, requests } = await lookUp(request => respond(request, 401, {}, { 'WWW-Authenticate': challenge }));
    expect(found).toBe(tenant.toLowerCase());
    expect(requests).toEqual([
      {
        url: 'https://management.azure.com/subscriptions/sub?api-version=2022-12-01',
        authorization: undefined,
      },
    ]);
  });

  it.each([
    ['an unknown subscription', (request: PipelineRequest) => respond(request, 404, {})],
    ['a challenge that names none', (request: PipelineRequest) => respond(request, 401, {})],
    [
      'a challenge of another form',
      (request: PipelineRequest) =>
        respond(request, 401, {}, { 'WWW-Authenticate': 'Bearer authorization_uri="https://login.example/common"' }),
    ],
    [
      'a broken connection',
      (request: PipelineRequest) => Promise.reject(new RestError('reset', { code: 'ECONNRESET', request })),
    ],
  ])('is unknown after %s', async (_, answer) => {
    expect((await lookUp(answer)).found).toBeUndefined();
  });

  it('is not looked up at a loopback server, and no longer once cancelled', async () => {
    const demo = await demoTenant();
    expect(await tenantOfSubscription(connectDemo(demo), 'sub')).toBeUndefined();
    const never = forwardTo(demo, () => new Promise(() => undefined));
    const connection = connect({ signIn: 'vscode', httpClient: never.httpClient, retry: impatient });
    await expect(tenantOfSubscription(connection, 'sub', AbortSignal.timeout(20))).rejects.toThrow();
  });
});

describe('the tenants of an account', () => {
  it('are read page by page, each once', async () => {
    const pages: Readonly<Record<string, unknown>> = {
      '': {
        value: [{ tenantId: 'AAAA', displayName: 'Contoso', defaultDomain: 'contoso.example' }, null],
        nextLink: 'https://management.azure.com/tenants?api-version=2022-12-01&page=2',
      },
      '2': { value: [{ tenantId: 'aaaa' }, { tenantId: 'bbbb', defaultDomain: 'fabrikam.example' }, { tenantId: 7 }] },
    };
    const { httpClient } = forwardTo(await demoTenant(), request =>
      respond(request, 200, pages[new URL(request.url).searchParams.get('page') ?? '']),
    );
    const getToken = async () => ({ token: standInToken(), expiresOnTimestamp: Date.now() + 3_600_000 });
    const tenants = await listTenants(connect({ signIn: 'vscode', getToken, httpClient, retry: impatient }));
    expect(tenants).toEqual([
      { tenantId: 'aaaa', name: 'Contoso', domain: 'contoso.example' },
      { tenantId: 'bbbb', name: 'fabrikam.example', domain: 'fabrikam.example' },
    ]);
  });

  it.each([
    [200, { value: 'nonsense' }, 'malformed'],
    [403, {}, 'forbidden'],
    [503, {}, 'unavailable'],
  ])('that cannot be read (%d %j) are a problem of kind %s', async (status, body, kind) => {
    const { httpClient } = forwardTo(await demoTenant(), request => respond(request, status, body));
    const getToken = async () => ({ token: standInToken(), expiresOnTimestamp: Date.now() + 3_600_000 });
    await expect(
      listTenants(connect({ signIn: 'vscode', getToken, httpClient, retry: impatient })),
    ).rejects.toMatchObject({ problem: { kind } });
  });
});

describe('reading across tenants', () => {
  it('gives the model that one tenant with everything in it would, by two queries for each', async () => {
    const whole = await readIdentityModel(connectDemo(await demoTenant()), apps);
    const [ours, theirs] = [
      accountOf(await oneTenant(home), home),
      accountOf(await oneTenant(guest?.tenantId), guest?.tenantId),
    ];
    const served = new Map<string, AzureConnection>();
    const model = await readAcross(apps, {
      connectionsOf: async id => [tenantOf(id) === home ? ours.connection : theirs.connection],
      onServed: (subscriptionId, connection) => void served.set(subscriptionId, connection),
    });
    expect(model.apps.map(({ id }) => id)).toEqual(whole.apps.map(({ id }) => id));
    expect(model).toEqual({ ...whole, asOf: model.asOf });
    for (const { recorder } of [ours, theirs]) expect(recorder.requests).toHaveLength(2);
    expect(served.size).toBe(company.subscriptions.length);
  });

  it('asks the next account for what one does not see, and then has no problem', async () => {
    const [first, second] = [accountOf(await oneTenant(guest?.tenantId), home), accountOf(await oneTenant(home), home)];
    const own = apps.filter(id => tenantOf(subscriptionOf(id)) === home);
    const served = new Set<AzureConnection>();
    const model = await readAcross(own, {
      connectionsOf: async () => [first.connection, second.connection],
      onServed: (_, connection) => void served.add(connection),
    });
    expect(model.problems).toEqual([]);
    expect(model.apps.filter(({ slot }) => slot === undefined)).toHaveLength(own.length);
    expect([...served]).toEqual([second.connection]);
  });

  it('reads the other tenants where nobody is signed in to one, which it names', async () => {
    const [ours, theirs] = [
      accountOf(await oneTenant(home), home),
      accountOf(await oneTenant(guest?.tenantId), guest?.tenantId, false),
    ];
    const model = await readAcross(apps, {
      connectionsOf: async id => [tenantOf(id) === home ? ours.connection : theirs.connection],
    });
    expect(model.apps.length).toBeGreaterThan(0);
    expect(new Set(model.apps.map(({ subscriptionId }) => tenantOf(subscriptionId)))).toEqual(new Set([home]));
    expect(model.problems).toMatchObject([{ kind: 'notSignedIn', scope: '' }]);
    expect(model.problems[0]?.message).toContain(guest?.tenantId);
    expect(theirs.recorder.requests).toEqual([]);
  });

  it('tells what it knows so far, and ends when it is cancelled', async () => {
    const demo = await demoTenant();
    const { connection } = accountOf(demo, home);
    const partial: number[] = [];
    await readAcross(apps, {
      connectionsOf: async () => [connection],
      onProgress: model => void partial.push(model.apps.length),
    });
    expect(partial.at(-1)).toBe(18);
    const abort = new AbortController();
    const done = readAcross(apps, {
      connectionsOf: () => new Promise(() => undefined),
      signal: abort.signal,
    });
    abort.abort();
    expect((await done).problems).toMatchObject([{ kind: 'cancelled' }]);
  });

  it('says of what is no app id that it is none', async () => {
    const { connection } = accountOf(await demoTenant(), home);
    const model = await readAcross(['nonsense'], { connectionsOf: async () => [connection] });
    expect(model.problems).toMatchObject([{ kind: 'malformed', scope: 'nonsense' }]);
  });
});
