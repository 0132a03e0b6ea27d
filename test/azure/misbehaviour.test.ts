import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { connect, readIdentityModel } from '../../src/azure/index.ts';
import type { IdentityModel, ProblemKind } from '../../src/core/rbac/identity-model.ts';
import { demoCompany, type Fault } from '../../src/demo/index.ts';
import { closeAfterTest, connectDemo, demoTenant, impatient } from './harness.ts';

const graph = /POST .*ResourceGraph/;
const assignmentsQuery = /authorizationresources/;
const identitiesOf = (model: IdentityModel) => model.apps.flatMap(app => app.identities);

describe('when Azure misbehaves', () => {
  it.each<[string, Omit<Fault, 'path'>, ProblemKind, RegExp]>([
    ['401', { status: 401 }, 'notSignedIn', /Sign in again/],
    ['401 with claims', { claims: true }, 'claimsChallenge', /stronger sign-in/],
    ['409', { status: 409 }, 'malformed', /409, Conflict/],
    ['429 that stays', { status: 429, retryAfter: 0 }, 'throttled', /limits the requests/],
    ['429 with a long pause', { status: 429, retryAfter: 3600 }, 'throttled', /wait 3600 s/],
    [
      '429 with a date',
      { status: 429, retryAfter: new Date(Date.now() + 600_000).toUTCString() },
      'throttled',
      /wait (?:59\d|600) s/,
    ],
    ['500 that stays', { status: 500 }, 'unavailable', /500, InternalServerError/],
    ['503 that stays', { status: 503 }, 'unavailable', /503, ServiceUnavailable/],
    ['503 with a long pause', { status: 503, retryAfter: 120 }, 'unavailable', /wait 120 s/],
    ['connection reset', { reset: true }, 'network', /could not be reached/],
    ['body that stalls', { stall: true }, 'network', /did not answer in time/],
    ['answer that is too late', { delayMilliseconds: 4000 }, 'network', /did not answer in time/],
    ['malformed JSON', { malformed: true }, 'malformed', /could not be understood/],
    ['a body of the wrong shape', { body: [1, 2] }, 'malformed', /could not be understood/],
    ['rows that are no list', { body: { data: 'none' } }, 'malformed', /could not be understood/],
    ['an empty body', { body: null }, 'malformed', /could not be understood/],
    [
      'redirect to another host',
      { status: 307, headers: { Location: 'https://example.org/' } },
      'malformed',
      /another server/,
    ],
  ])('%s becomes a problem of its kind', async (_, effect, kind, message) => {
    const demo = await demoTenant();
    demo.faults.set({ path: graph, ...effect });
    const model = await readIdentityModel(connectDemo(demo, impatient), demo.apps);
    expect(model.apps).toEqual([]);
    expect(model.problems).toHaveLength(1);
    expect(model.problems[0]).toMatchObject({ kind, scope: '' });
    expect(model.problems[0]?.message).toMatch(message);
  });

  it.each<[string, Omit<Fault, 'path'>, ProblemKind]>([
    ['401', { status: 401 }, 'notSignedIn'],
    ['429', { status: 429, retryAfter: 3600 }, 'throttled'],
    ['500', { status: 500 }, 'unavailable'],
    ['reset', { reset: true }, 'network'],
    ['malformed JSON', { malformed: true }, 'malformed'],
  ])('%s on the role query keeps the apps, and shows their roles as unread', async (_, effect, kind) => {
    const demo = await demoTenant();
    demo.faults.set({ path: graph, requestBody: assignmentsQuery, ...effect });
    const model = await readIdentityModel(connectDemo(demo), demo.apps);
    expect(model.apps).toHaveLength(18);
    expect(identitiesOf(model).length).toBeGreaterThan(0);
    expect(identitiesOf(model).every(({ assignments }) => assignments === undefined)).toBe(true);
    expect(model.problems).toMatchObject([{ kind }]);
  });

  it('shows no half list of roles when a later page fails', async () => {
    const demo = await demoTenant({ pageSize: 4 });
    demo.faults.set({ path: graph, requestBody: /authorizationresources.*skipToken/s, status: 500 });
    const model = await readIdentityModel(connectDemo(demo), demo.apps);
    expect(identitiesOf(model).every(({ assignments }) => assignments === undefined)).toBe(true);
    expect(model.problems).toMatchObject([{ kind: 'unavailable' }]);
  });

  it.each<[string, Omit<Fault, 'path'>]>([
    ['429', { status: 429, retryAfter: 0 }],
    ['500', { status: 500 }],
    ['503', { status: 503, retryAfter: 0 }],
    ['503 without a pause', { status: 503 }],
    ['connection reset', { reset: true }],
  ])('%s is tried again', async (_, effect) => {
    const demo = await demoTenant();
    demo.faults.set({ path: graph, times: 2, ...effect });
    const model = await readIdentityModel(connectDemo(demo), demo.apps);
    expect(model.problems).toEqual([]);
    expect(model.apps).toHaveLength(18);
  });

  it('waits for as long as Retry-After says', async () => {
    const demo = await demoTenant();
    demo.faults.set({ path: graph, times: 1, status: 429, retryAfter: 1 });
    const start = performance.now();
    const model = await readIdentityModel(connectDemo(demo), demo.apps);
    expect(performance.now() - start).toBeGreaterThanOrEqual(990);
    expect(model.problems).toEqual([]);
  });

  it('does not try again what will not get better', async () => {
    for (const status of [400, 401, 409]) {
      const demo = await demoTenant();
      demo.faults.set({ path: graph, status });
      await readIdentityModel(connectDemo(demo), demo.apps);
      expect([...demo.requests.values()]).toEqual([1]);
    }
  });

  it('says that nothing listens at the endpoint', async () => {
    const demo = await demoTenant();
    await demo.close();
    const model = await readIdentityModel(connectDemo(demo), demo.apps);
    expect(model.problems).toMatchObject([
      { kind: 'network', message: expect.stringContaining('ECONNREFUSED') as string },
    ]);
  });

  it('understands an endpoint that is no Azure at all', async () => {
    const server = createServer((_, response) => response.end('<html>hello</html>'));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    closeAfterTest(async () => void server.close());
    const { port } = server.address() as AddressInfo;
    const connection = connect({ endpoint: `http://127.0.0.1:${port}`, signIn: 'demo', retry: impatient });
    const demo = await demoTenant();
    const model = await readIdentityModel(connection, demo.apps);
    expect(model.problems).toMatchObject([{ kind: 'malformed' }]);
  });
});

describe('when Resource Graph is forbidden', () => {
  it('reads the same model from Azure Resource Manager and says so', async () => {
    const demo = await demoTenant();
    const connection = connectDemo(demo);
    const expected = await readIdentityModel(connection, demo.apps);
    demo.faults.set({ path: graph, status: 403 });
    const model = await readIdentityModel(connection, demo.apps);
    expect(model.problems).toMatchObject([{ kind: 'forbidden', scope: '' }]);
    expect(comparable(model)).toEqual(comparable(expected));
    const doubled = [...demo.requests.keys()].filter(request => request.includes('//'));
    expect(doubled).toEqual([]);
  });

  it('reads it so too where there is no Resource Graph, as on Azure Stack Hub', async () => {
    const demo = await demoTenant();
    demo.faults.set({ path: graph, status: 404, code: 'InvalidResourceNamespace' });
    const model = await readIdentityModel(connectDemo(demo), demo.apps);
    expect(model.apps).toHaveLength(18);
    expect(identitiesOf(model).every(({ assignments }) => assignments !== undefined)).toBe(true);
    expect(model.problems).toMatchObject([{ kind: 'notFound', scope: '' }]);
    expect(model.problems[0]?.message).toContain('roles in other subscriptions are not shown');
  });

  it('reads it page by page too', async () => {
    const [small, whole] = [await demoTenant({ pageSize: 1 }), await demoTenant()];
    small.faults.set({ path: graph, status: 403 });
    const model = await readIdentityModel(connectDemo(small), small.apps);
    expect(comparable(model)).toEqual(comparable(await readIdentityModel(connectDemo(whole), whole.apps)));
  });

  it('falls back for the roles alone when only these are forbidden', async () => {
    const demo = await demoTenant();
    demo.faults.set({ path: graph, requestBody: assignmentsQuery, status: 403 });
    const model = await readIdentityModel(connectDemo(demo), demo.apps);
    expect(model.problems).toMatchObject([{ kind: 'forbidden', scope: '' }]);
    expect(identitiesOf(model).every(({ assignments }) => assignments !== undefined)).toBe(true);
    expect([...demo.requests.keys()].some(request => request.includes('/Microsoft.Web/'))).toBe(false);
  });

  it('asks the resource group when the subscription is forbidden', async () => {
    const demo = await demoTenant();
    demo.faults.set({ path: graph, status: 403 });
    demo.faults.set({
      path: /GET \/subscriptions\/[^/]+\/providers\/Microsoft.Authorization\/roleAssignments/,
      status: 403,
    });
    const model = await readIdentityModel(connectDemo(demo), demo.apps);
    expect(model.problems).toMatchObject([{ kind: 'forbidden', scope: '' }]);
    expect(identitiesOf(model).every(({ assignments }) => assignments !== undefined)).toBe(true);
  });

  it('leaves the roles unread, with a reason for each identity, when they are forbidden everywhere', async () => {
    const demo = await demoTenant();
    demo.faults.set({ path: graph, status: 403 });
    demo.faults.set({ path: /roleAssignments/, status: 403 });
    const model = await readIdentityModel(connectDemo(demo), [demo.apps[0]!]);
    expect(model.apps).toHaveLength(2);
    expect(identitiesOf(model).every(({ assignments }) => assignments === undefined)).toBe(true);
    const principals = new Set(identitiesOf(model).map(({ principalId }) => principalId));
    expect(model.problems.filter(({ kind }) => kind === 'forbidden')).toHaveLength(1 + principals.size);
  });

  it.each<[string, Omit<Fault, 'path'>, ProblemKind]>([
    ['403', { status: 403 }, 'forbidden'],
    ['404', { status: 404 }, 'notFound'],
    ['500', { status: 500 }, 'unavailable'],
    ['malformed JSON', { malformed: true }, 'malformed'],
    ['a list that is none', { body: { value: 'x' } }, 'malformed'],
    ['reset', { reset: true }, 'network'],
  ])('%s for one app leaves the others', async (_, effect, kind) => {
    const demo = await demoTenant();
    demo.faults.set({ path: graph, status: 403 });
    demo.faults.set({ path: /GET .*sites\/demo-toys-orders\b/, ...effect });
    const model = await readIdentityModel(connectDemo(demo), demo.apps);
    expect(model.apps.some(({ name }) => name === 'demo-toys-shop')).toBe(true);
    expect(model.problems.filter(problem => problem.scope !== '')).toMatchObject([{ kind, scope: demo.apps[1] }]);
  });
});

describe('an app that Resource Graph does not show', () => {
  it('is told to be missing when App Service does not know it either', async () => {
    const demo = await demoTenant();
    const missing = `${demo.apps[0]!}-gone`;
    const model = await readIdentityModel(connectDemo(demo), [missing, demo.apps[1]!]);
    expect(model.apps.map(({ name }) => name)).toEqual(['demo-toys-orders', 'demo-toys-orders']);
    expect(model.problems).toMatchObject([{ kind: 'notFound', scope: missing }]);
    expect(model.problems[0]?.message).toContain('demo-toys-shop-gone');
  });

  it('is told to be forbidden when it is', async () => {
    const demo = await demoTenant();
    const hidden = `${demo.apps[0]!}-hidden`;
    demo.faults.set({ path: /-hidden/, status: 403 });
    const model = await readIdentityModel(connectDemo(demo), [hidden]);
    expect(model.problems).toMatchObject([{ kind: 'forbidden', scope: hidden }]);
  });

  it('is read from App Service when it exists: Resource Graph lags behind', async () => {
    const demo = await demoTenant();
    demo.faults.set({ path: graph, times: 1, body: { totalRecords: 0, count: 0, data: [] } });
    const model = await readIdentityModel(connectDemo(demo), [demo.apps[0]!]);
    expect(model.apps.map(({ slot }) => slot)).toEqual([undefined, 'staging']);
    expect(model.apps[0]?.identities[0]?.assignments).toHaveLength(4);
    expect(model.problems).toEqual([]);
  });
});

describe('cancelling', () => {
  it.each<[string, Fault[]]>([
    ['before the answer', [{ path: graph, delayMilliseconds: 3000 }]],
    ['in the middle of a body', [{ path: graph, stall: true }]],
    ['in the pause that Retry-After asks for', [{ path: graph, status: 429, retryAfter: 1 }]],
    ['between retries', [{ path: graph, status: 503 }]],
    ['in the role query', [{ path: graph, requestBody: assignmentsQuery, stall: true }]],
    [
      'in App Service',
      [
        { path: graph, status: 403 },
        { path: /sites/, stall: true },
      ],
    ],
    [
      'in a later page of slots',
      [
        { path: graph, status: 403 },
        { path: /slots.*skiptoken/, delayMilliseconds: 3000 },
      ],
    ],
    [
      'in the role assignments of ARM',
      [
        { path: graph, status: 403 },
        { path: /roleAssignments/, stall: true },
      ],
    ],
  ])('takes effect within 100 ms %s', async (_, faults) => {
    const company = demoCompany();
    const staging = company.sites[1]!;
    const sites = [...company.sites, { ...staging, id: staging.id.replace(/staging$/, 'second') }];
    const demo = await demoTenant({ pageSize: 1, tenant: { ...company, sites } });
    for (const fault of faults) demo.faults.set(fault);
    const controller = new AbortController();
    const retry = { maxRetries: 50, pause: 500, longestWait: 20_000, deadline: 20_000 };
    const reading = readIdentityModel(connectDemo(demo, retry), [demo.apps[0]!], { signal: controller.signal });
    await wait(250);
    const start = performance.now();
    controller.abort();
    const model = await reading;
    expect(performance.now() - start).toBeLessThan(100);
    expect(model.problems.filter(({ kind }) => kind === 'cancelled')).toHaveLength(1);
    expect(identitiesOf(model).every(({ assignments }) => assignments === undefined)).toBe(true);
  });

  it('ends the requests too, and begins no others', async () => {
    const demo = await demoTenant();
    demo.faults.set({ path: graph, status: 503 });
    const controller = new AbortController();
    const retry = { maxRetries: 50, pause: 20, longestWait: 100 };
    const reading = readIdentityModel(connectDemo(demo, retry), demo.apps, { signal: controller.signal });
    await wait(150);
    controller.abort();
    await reading;
    await wait(50);
    const sent = [...demo.requests.values()];
    expect(sent[0]).toBeGreaterThan(1);
    await wait(400);
    expect([...demo.requests.values()]).toEqual(sent);
  });

  it('reads nothing when it is cancelled before it starts', async () => {
    const demo = await demoTenant();
    const model = await readIdentityModel(connectDemo(demo), demo.apps, { signal: AbortSignal.abort() });
    expect(model.apps).toEqual([]);
    expect(model.problems).toMatchObject([{ kind: 'cancelled' }]);
    expect(demo.requests.size).toBe(0);
  });

  it('leaves no rejection unhandled', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', note);
    try {
      const demo = await demoTenant();
      demo.faults.set({ path: graph, delayMilliseconds: 200, reset: true });
      const controller = new AbortController();
      const reading = readIdentityModel(connectDemo(demo), demo.apps, { signal: controller.signal });
      await wait(20);
      controller.abort();
      await reading;
      await wait(400);
    } finally {
      process.off('unhandledRejection', note);
    }
    expect(unhandled).toEqual([]);
  });
});

/** What does not depend on the way it was read: the two APIs spell locations differently and only one names the tenant. */
function comparable(model: IdentityModel): unknown {
  return model.apps.map(({ id, name, slot, kind, resourceGroup, subscriptionId, identities }) => ({
    id,
    name,
    slot,
    kind,
    resourceGroup,
    subscriptionId,
    identities,
  }));
}
