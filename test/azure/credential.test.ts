import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type ClaimsChallenge,
  connect,
  type ConnectOptions,
  EndpointRefusedError,
  listApps,
  portalUrl,
  readIdentityModel,
} from '../../src/azure/index.ts';
import { closeAfterTest, demoTenant, forwardTo, impatient, respond, standInToken } from './harness.ts';

/** What DefaultAzureCredential was made with; the real one would start processes. */
const made: unknown[] = [];
let nextError: Error | undefined;
let nextToken: string | undefined;
let tokensGiven = 0;

vi.mock('@azure/identity', () => ({
  DefaultAzureCredential: class {
    constructor(options: unknown) {
      made.push(options);
    }
    getToken(): Promise<{ token: string; expiresOnTimestamp: number }> {
      if (nextError) return Promise.reject(nextError);
      tokensGiven++;
      return Promise.resolve({ token: nextToken ?? 'default-stand-in', expiresOnTimestamp: Date.now() + 3_600_000 });
    }
  },
}));

beforeEach(() => {
  made.length = 0;
  nextError = undefined;
  nextToken = undefined;
  tokensGiven = 0;
});
afterEach(() => vi.unstubAllEnvs());

interface Account {
  readonly token: string;
  readonly asked: { scopes: string[]; tenantId: string | undefined; claims: string | undefined }[];
  readonly getToken: NonNullable<ConnectOptions['getToken']>;
}

function account(token = standInToken()): Account {
  const asked: Account['asked'] = [];
  return {
    token,
    asked,
    getToken: async (scopes, tenantId, claims) => {
      asked.push({ scopes, tenantId, claims });
      return { token, expiresOnTimestamp: Date.now() + 3_600_000 };
    },
  };
}

describe('a loopback http endpoint', () => {
  it.each(['vscode', 'default', 'demo'] as const)('gets no token, nor is one asked for (%s)', async signIn => {
    const received: IncomingMessage['headers'][] = [];
    const server = createServer((request, response) => {
      received.push(request.headers);
      response.setHeader('WWW-Authenticate', 'Bearer authorization_uri="https://login.example", error="invalid_token"');
      response.writeHead(401, { 'Content-Type': 'application/json' }).end('{}');
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    closeAfterTest(async () => void server.close());
    const { port } = server.address() as AddressInfo;
    const { getToken, asked } = account();
    const demo = await demoTenant();
    for (const host of ['127.0.0.1', 'localhost']) {
      const connection = connect({ endpoint: `http://${host}:${port}`, signIn, getToken, retry: impatient });
      const model = await readIdentityModel(connection, demo.apps);
      expect(model.problems).toMatchObject([{ kind: 'notSignedIn' }]);
      await expect(async () => {
        for await (const app of listApps(connection)) expect(app).toBeUndefined();
      }).rejects.toThrow(/did not accept/);
    }
    expect(received).toHaveLength(4);
    for (const headers of received) expect(headers.authorization).toBeUndefined();
    expect(asked).toEqual([]);
    expect(made).toEqual([]);
  });

  it('is reached directly even where the environment names a proxy', async () => {
    vi.stubEnv('HTTP_PROXY', 'http://127.0.0.1:9');
    vi.stubEnv('http_proxy', 'http://127.0.0.1:9');
    vi.stubEnv('ALL_PROXY', 'http://127.0.0.1:9');
    const demo = await demoTenant();
    const model = await readIdentityModel(connect({ endpoint: demo.url, signIn: 'demo', retry: impatient }), demo.apps);
    expect(model.problems).toEqual([]);
  });
});

describe('connect', () => {
  it.each(['http://management.azure.com', 'http://10.0.0.1', 'https://a:b@management.azure.com', 'nonsense'])(
    'refuses %s',
    endpoint => {
      expect(() => connect({ endpoint, signIn: 'vscode' })).toThrow(EndpointRefusedError);
    },
  );

  it('keeps the demo sign-in to loopback addresses', () => {
    expect(() => connect({ signIn: 'demo' })).toThrow(EndpointRefusedError);
    expect(() => connect({ signIn: 'demo', endpoint: 'https://127.0.0.1' })).toThrow(EndpointRefusedError);
  });

  it('makes no credential and asks for no token', () => {
    const { getToken, asked } = account();
    connect({ signIn: 'default' });
    const connection = connect({ signIn: 'vscode', getToken, tenantId: 'contoso.example' });
    expect(made).toEqual([]);
    expect(asked).toEqual([]);
    expect(portalUrl(connection, '/subscriptions/s')).toBe(
      'https://portal.azure.com/#@contoso.example/resource/subscriptions/s',
    );
  });
});

describe('a token', () => {
  it.each([
    [undefined, 'https://management.azure.com/.default'],
    ['https://management.usgovcloudapi.net/', 'https://management.usgovcloudapi.net/.default'],
    ['https://management.chinacloudapi.cn', 'https://management.chinacloudapi.cn/.default'],
    ['https://management.local.azurestack.external', 'https://management.local.azurestack.external/.default'],
  ])('for %s is asked for with its own audience by every client', async (endpoint, scope) => {
    const demo = await demoTenant();
    // All three clients take part: Resource Graph refuses, App Service and Authorization answer.
    demo.faults.set({ path: /ResourceGraph/, status: 403 });
    const { getToken, asked, token } = account();
    const { httpClient, requests } = forwardTo(demo);
    const connection = connect({
      ...(endpoint ? { endpoint } : undefined),
      signIn: 'vscode',
      getToken,
      tenantId: 'tenant',
      httpClient,
      retry: impatient,
    });
    const model = await readIdentityModel(connection, demo.apps);
    expect(model.apps).toHaveLength(18);
    expect(model.problems.map(({ kind }) => kind)).toEqual(['forbidden']);
    expect(asked.length).toBeGreaterThan(0);
    for (const each of asked) expect(each).toEqual({ scopes: [scope], tenantId: 'tenant', claims: undefined });
    expect(requests.length).toBeGreaterThan(10);
    for (const { url, authorization } of requests) {
      expect(url.startsWith(connection.endpoint.url + '/')).toBe(true);
      expect(url.slice('https://'.length)).not.toContain('//');
      expect(authorization).toBe(`Bearer ${token}`);
    }
    expect(JSON.stringify(model)).not.toContain(token);
  });

  it('is asked for anew, with the claims, when Azure challenges it, and serves from then on', async () => {
    const demo = await demoTenant();
    const { getToken: plainToken, asked, token: plain } = account();
    const strong = standInToken();
    const { httpClient, requests } = forwardTo(demo, request =>
      request.headers.get('authorization') === `Bearer ${strong}`
        ? undefined
        : respond(request, 401, {}, { 'WWW-Authenticate': `Bearer error="insufficient_claims", claims="${claims}"` }),
    );
    const claims = Buffer.from('{"mfa":true}').toString('base64');
    const getToken: NonNullable<ConnectOptions['getToken']> = async (scopes, tenantId, challenge) => {
      const given = await plainToken(scopes, tenantId, challenge);
      return challenge && given ? { ...given, token: strong } : given;
    };
    const connection = connect({ signIn: 'vscode', getToken, httpClient, retry: impatient });
    expect((await readIdentityModel(connection, demo.apps)).problems).toEqual([]);
    expect(asked.map(each => each.claims)).toEqual([undefined, '{"mfa":true}', undefined]);
    expect(requests.map(({ authorization }) => authorization)).toEqual(
      [plain, strong, strong].map(token => `Bearer ${token}`),
    );
  });

  it('that only a click can strengthen becomes a problem and a callback', async () => {
    const demo = await demoTenant();
    demo.faults.set({ path: /ResourceGraph/, claims: true });
    const { getToken } = account();
    const challenges: ClaimsChallenge[] = [];
    const { httpClient } = forwardTo(demo);
    const connection = connect({
      signIn: 'vscode',
      getToken: async (scopes, tenantId, claims) => (claims ? undefined : getToken(scopes, tenantId, claims)),
      onClaimsChallenge: challenge => challenges.push(challenge),
      httpClient,
      retry: impatient,
    });
    const model = await readIdentityModel(connection, demo.apps);
    expect(model.problems).toMatchObject([{ kind: 'claimsChallenge' }]);
    expect(challenges).toHaveLength(1);
    expect(challenges[0]?.scopes).toEqual(['https://management.azure.com/.default']);
    expect(challenges[0]?.claims).toContain('acrs');
  });

  it('that Azure goes on challenging ends as a problem, not in a circle', async () => {
    const demo = await demoTenant();
    demo.faults.set({ path: /ResourceGraph/, claims: true });
    const { getToken, asked } = account();
    const { httpClient } = forwardTo(demo);
    const model = await readIdentityModel(
      connect({ signIn: 'vscode', getToken, httpClient, retry: impatient }),
      demo.apps,
    );
    expect(model.problems).toMatchObject([{ kind: 'claimsChallenge' }]);
    expect(asked).toHaveLength(2);
  });

  it('is missing when nobody is signed in: no request is sent', async () => {
    const demo = await demoTenant();
    const { httpClient, requests } = forwardTo(demo);
    const connection = connect({ signIn: 'vscode', getToken: async () => undefined, httpClient, retry: impatient });
    const model = await readIdentityModel(connection, demo.apps);
    expect(model.problems).toMatchObject([
      { kind: 'notSignedIn', message: expect.stringContaining('Sign in') as string },
    ]);
    expect(requests).toEqual([]);
  });

  it('is the one of the account that is signed in now', async () => {
    const demo = await demoTenant();
    const { httpClient, requests } = forwardTo(demo);
    const [first, second] = [account(), account()];
    let current = first;
    const connection = connect({
      signIn: 'vscode',
      getToken: (...args) => current.getToken(...args),
      httpClient,
      retry: impatient,
    });
    await readIdentityModel(connection, [demo.apps[0]!]);
    current = second;
    await readIdentityModel(connection, [demo.apps[0]!]);
    const [a, b] = [`Bearer ${first.token}`, `Bearer ${second.token}`];
    expect(requests.map(({ authorization }) => authorization)).toEqual([a, a, b, b]);
  });

  it('that cannot be renewed is a problem, not an unhandled rejection', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', note);
    try {
      const demo = await demoTenant();
      const { httpClient } = forwardTo(demo);
      let tokens = 2;
      const getToken = async () =>
        tokens-- > 0 ? { token: standInToken(), expiresOnTimestamp: Date.now() + 1200 } : undefined;
      const connection = connect({ signIn: 'vscode', getToken, httpClient, retry: impatient });
      expect((await readIdentityModel(connection, [demo.apps[0]!])).problems).toEqual([]);
      expect((await readIdentityModel(connection, [demo.apps[0]!])).problems).toMatchObject([{ kind: 'notSignedIn' }]);
      await new Promise(resolve => setTimeout(resolve, 1500));
    } finally {
      process.off('unhandledRejection', note);
    }
    expect(unhandled).toEqual([]);
  });

  it('that takes forever does not hold up a cancellation', async () => {
    const demo = await demoTenant();
    const controller = new AbortController();
    const connection = connect({ signIn: 'vscode', getToken: () => new Promise(() => undefined), retry: impatient });
    const reading = readIdentityModel(connection, demo.apps, { signal: controller.signal });
    await new Promise(resolve => setTimeout(resolve, 50));
    const start = performance.now();
    controller.abort();
    expect((await reading).problems).toMatchObject([{ kind: 'cancelled' }]);
    expect(performance.now() - start).toBeLessThan(100);
  });

  it('never shows in a problem, whatever throws it about', async () => {
    const demo = await demoTenant();
    const token = standInToken();
    const { httpClient } = forwardTo(demo);
    const leaks: ConnectOptions['getToken'][] = [
      () => Promise.reject(new Error(`refused ${token}`)),
      () => Promise.reject(new TypeError(token)),
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- foreign code rejects with anything
      () => Promise.reject(token),
      async () => ({ token: `${token}\n`, expiresOnTimestamp: Date.now() + 3_600_000 }),
    ];
    for (const getToken of leaks) {
      const connection = connect({
        signIn: 'vscode',
        ...(getToken ? { getToken } : undefined),
        httpClient,
        retry: impatient,
      });
      expect(JSON.stringify(await readIdentityModel(connection, demo.apps))).not.toContain(token);
    }
    demo.faults.set({ path: /ResourceGraph/, status: 400, code: token, headers: { 'x-ms-request-id': `${token} ` } });
    const { getToken } = account(token);
    const model = await readIdentityModel(
      connect({ signIn: 'vscode', getToken, httpClient, retry: impatient }),
      demo.apps,
    );
    expect(model.problems).toHaveLength(1);
    expect(JSON.stringify(model)).not.toContain(token);
  });
});

describe('another host', () => {
  const elsewhere = 'https://elsewhere.example';

  it.each([301, 302, 303, 307, 308])('is not followed by a redirect with status %d', async status => {
    const demo = await demoTenant();
    const { getToken } = account();
    const { httpClient, requests } = forwardTo(demo, request =>
      respond(request, status, {}, { Location: `${elsewhere}/x` }),
    );
    const connection = connect({ signIn: 'vscode', getToken, httpClient, retry: impatient });
    const model = await readIdentityModel(connection, demo.apps);
    expect(model.problems).toMatchObject([{ kind: 'malformed' }]);
    expect(requests.filter(({ url }) => url.startsWith(elsewhere))).toEqual([]);
  });

  it.each(['sites/demo-toys-shop/slots', 'roleAssignments', '/subscriptions?'])(
    'is not followed by a page link in %s',
    async path => {
      const demo = await demoTenant();
      demo.faults.set({ path: /ResourceGraph/, status: 403 });
      const { getToken } = account();
      const { httpClient, requests } = forwardTo(demo, request =>
        request.url.includes(path) && !request.url.includes('stolen')
          ? respond(request, 200, { value: [], nextLink: `${elsewhere}/stolen` })
          : undefined,
      );
      const connection = connect({ signIn: 'vscode', getToken, httpClient, retry: impatient });
      const messages: string[] = [];
      if (path === '/subscriptions?') {
        await expect(async () => {
          for await (const app of listApps(connection)) messages.push(app.id);
        }).rejects.toThrow(/another server/);
      } else {
        const model = await readIdentityModel(connection, [demo.apps[0]!]);
        messages.push(...model.problems.map(({ message }) => message));
        expect(messages.some(message => message.includes('another server'))).toBe(true);
      }
      expect(requests.filter(({ url }) => url.startsWith(elsewhere))).toEqual([]);
    },
  );
});

describe('DefaultAzureCredential', () => {
  it('is made when the first token is needed, for the cloud of the endpoint', async () => {
    const demo = await demoTenant();
    const { httpClient, requests } = forwardTo(demo);
    const connection = connect({
      signIn: 'default',
      endpoint: 'https://management.usgovcloudapi.net',
      tenantId: 'tenant',
      httpClient,
      retry: impatient,
    });
    expect(made).toEqual([]);
    const model = await readIdentityModel(connection, demo.apps);
    expect(model.problems).toEqual([]);
    expect(tokensGiven).toBe(1);
    expect(made).toEqual([{ authorityHost: 'https://login.microsoftonline.us', tenantId: 'tenant' }]);
    expect(requests.map(({ authorization }) => authorization)).toEqual([
      'Bearer default-stand-in',
      'Bearer default-stand-in',
    ]);
  });

  it.each([
    [{ upn: 'ada@contoso.example', appid: 'cli' }, 'ada@contoso.example'],
    [{ preferred_username: 'grace@contoso.example' }, 'grace@contoso.example'],
    [{ appid: '1234', xms_mirid: '/subscriptions/s/userAssignedIdentities/id-shop' }, 'managed identity id-shop'],
    [{ appid: '1234' }, 'application 1234'],
    [{ upn: 7 }, undefined],
    [undefined, undefined],
  ])('tells whom it signed in as: %j', async (claims, account) => {
    const told: string[] = [];
    nextToken = claims && ['e30', Buffer.from(JSON.stringify(claims)).toString('base64url'), 'x'].join('.');
    const { httpClient } = forwardTo(await demoTenant());
    const connection = connect({
      signIn: 'default',
      httpClient,
      retry: impatient,
      onAccount: each => void told.push(each),
    });
    expect((await readIdentityModel(connection, [])).problems).toEqual([]);
    expect(told).toEqual([]);
    for await (const app of listApps(connection)) if (app.id) break;
    expect(told).toEqual(account === undefined ? [] : [account]);
  });

  it.each(['CredentialUnavailableError', 'AggregateAuthenticationError', 'AuthenticationError'])(
    'that fails with %s says how to sign in',
    async name => {
      nextError = Object.assign(new Error('long and chatty'), { name });
      const demo = await demoTenant();
      const { httpClient } = forwardTo(demo);
      const model = await readIdentityModel(connect({ signIn: 'default', httpClient, retry: impatient }), demo.apps);
      expect(model.problems).toMatchObject([
        { kind: 'notSignedIn', message: expect.stringContaining('az login') as string },
      ]);
      expect(model.problems[0]?.message).not.toContain('chatty');
    },
  );
});
