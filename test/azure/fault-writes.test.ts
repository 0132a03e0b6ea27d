import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  assignRole,
  type AzureConnection,
  AzureReadError,
  connect,
  enableSystemIdentity,
  readIdentityModel,
  removeRoleAssignment,
} from '../../src/azure/index.ts';
import { builtInRoleGuid } from '../../src/core/rbac/builtin-roles.ts';
import type { AppModel, Problem, ProblemKind } from '../../src/core/rbac/identity-model.ts';
import { roleGrant } from '../../src/core/rbac/role-grant.ts';
import { type DemoServer, type Fault, startDemoTenant } from '../../src/demo/index.ts';
import { connectDemo, forwardTo, impatient } from './harness.ts';

const quick = { ...impatient, deadline: 4000, longestWait: 300 };
/** For answers that come too late: they need not be waited for. */
const hasty = { ...quick, deadline: 250 };

/** Something that is changed in Azure, and the request that changes it. */
interface Write {
  readonly name: string;
  readonly path: RegExp;
  /** The role that allows it. */
  readonly role: RegExp;
  readonly run: (connection: AzureConnection, apps: readonly AppModel[], signal?: AbortSignal) => Promise<unknown>;
}

const named = (apps: readonly AppModel[], name: string): AppModel => {
  const found = apps.find(app => app.name === name && app.slot === undefined);
  if (!found) throw new Error(`no ${name}`);
  return found;
};

const writes: readonly Write[] = [
  {
    name: 'turning on an identity',
    path: /^PATCH/,
    role: /Website Contributor/,
    run: (connection, apps, signal) =>
      enableSystemIdentity(connection, named(apps, 'demo-toys-legacy').id, signal ? { signal } : {}),
  },
  {
    name: 'assigning a role',
    path: /^PUT/,
    role: /Role Based Access Control Administrator/,
    run(connection, apps, signal) {
      const shop = named(apps, 'demo-toys-shop');
      const grant = roleGrant(shop.id, shop.identities[0]?.principalId ?? '', builtInRoleGuid('Reader') ?? '');
      return assignRole(connection, grant, signal ? { signal } : {});
    },
  },
  {
    name: 'removing a role assignment',
    path: /^DELETE/,
    role: /Role Based Access Control Administrator/,
    run(connection, apps, signal) {
      const id = named(apps, 'demo-toys-lab').identities[0]?.assignments?.[0]?.id ?? '';
      return removeRoleAssignment(connection, id, signal ? { signal } : {});
    },
  },
];

interface Row {
  readonly name: string;
  readonly effect: Omit<Fault, 'path'>;
  readonly kind: ProblemKind;
  readonly says: RegExp;
}

/** Where the request may have arrived, nobody may be told that nothing happened. */
const notKnown = /Whether that was done is not known: refresh and look/;

const faults: readonly Row[] = [
  { name: '400', effect: { status: 400, code: 'BadRequestFormat' }, kind: 'malformed', says: /400, BadRequestFormat/ },
  { name: '401', effect: { status: 401 }, kind: 'notSignedIn', says: /Sign in again/ },
  { name: '401 with claims', effect: { claims: true }, kind: 'claimsChallenge', says: /Sign in again/ },
  { name: '403', effect: { status: 403 }, kind: 'forbidden', says: /needs the role/ },
  { name: '404', effect: { status: 404 }, kind: 'notFound', says: /deleted or renamed/ },
  { name: '409', effect: { status: 409 }, kind: 'unavailable', says: /another change.*409.*try again/ },
  {
    name: '409 of a lock',
    effect: { status: 409, code: 'ScopeLocked' },
    kind: 'forbidden',
    says: /lock.*Remove the lock/,
  },
  { name: '429 that stays', effect: { status: 429, retryAfter: 0 }, kind: 'throttled', says: /[Nn]othing was changed/ },
  {
    name: '429 with a long pause',
    effect: { status: 429, retryAfter: 77 },
    kind: 'throttled',
    says: /Nothing was changed.*77 s/,
  },
  { name: '500', effect: { status: 500 }, kind: 'unavailable', says: notKnown },
  { name: '503', effect: { status: 503 }, kind: 'unavailable', says: notKnown },
  { name: 'a connection that is reset', effect: { reset: true }, kind: 'network', says: notKnown },
  { name: 'a body that stalls', effect: { stall: true }, kind: 'network', says: notKnown },
  { name: 'an answer too late', effect: { delayMilliseconds: 900 }, kind: 'network', says: notKnown },
];

/** An answer that says yes, and no more that can be understood. */
const unclear: readonly (readonly [string, Omit<Fault, 'path'>])[] = [
  ['malformed JSON', { malformed: true }],
  ['null', { body: null }],
  ['a list', { body: [1] }],
  ['an empty object', { body: {} }],
  ['null in place of every value', { body: { id: null, name: null, identity: null, properties: null } }],
];

describe.each(writes)('$name', write => {
  let demo: DemoServer;
  let apps: readonly AppModel[];
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);

  beforeAll(() => void process.on('unhandledRejection', note));
  afterAll(() => {
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });
  beforeEach(async () => {
    demo = await startDemoTenant();
    apps = (await readIdentityModel(connectDemo(demo), demo.apps)).apps;
  });
  afterEach(() => demo.close());

  it.each(faults)('says what happened and what to do after $name', async ({ effect, kind, says }) => {
    demo.faults.set({ path: write.path, ...effect });
    const problem = await refusalOf(write.run(connectDemo(demo, isSlow(effect) ? hasty : quick), apps));
    expect(problem.kind).toBe(kind);
    expect(problem.message).toMatch(says);
    if (kind === 'forbidden' && effect.status === 403) expect(problem.message).toMatch(write.role);
    expect(problem.message).not.toMatch(/undefined|the answer|Refresh to read|told to fail/);
  });

  it.each(unclear)('never tells a yes that says %s to be a no', async (_, effect) => {
    demo.faults.set({ path: write.path, ...effect });
    const outcome = await write.run(connectDemo(demo, quick), apps).then(
      () => 'done',
      (error: unknown) => (error as AzureReadError).problem,
    );
    if (typeof outcome !== 'string') expect(outcome.message).toMatch(notKnown);
  });

  it('sends nothing while nobody is signed in', async () => {
    const { httpClient, requests } = forwardTo(demo);
    const connection = connect({
      endpoint: 'https://management.azure.com',
      signIn: 'vscode',
      getToken: () => Promise.resolve(undefined),
      retry: quick,
      httpClient,
    });
    const problem = await refusalOf(write.run(connection, apps));
    expect(problem).toMatchObject({
      kind: 'notSignedIn',
      message: expect.stringMatching(/^Nobody is signed in.*Sign in to/) as string,
    });
    expect(requests).toEqual([]);
  });

  it('stops at once when it is cancelled, and says that Azure may have done it', async () => {
    const held = 4000;
    demo.faults.set({ path: write.path, delayMilliseconds: held });
    const abort = new AbortController();
    const done = refusalOf(write.run(connectDemo(demo, { ...quick, deadline: 20_000 }), apps, abort.signal));
    await wait(150);
    const started = performance.now();
    abort.abort();
    const problem = await done;
    expect(performance.now() - started).toBeLessThan(held / 8);
    expect(problem).toMatchObject({ kind: 'cancelled', message: expect.stringMatching(notKnown) as string });
  });

  it('is done in spite of a fault that passes, once', async () => {
    for (const effect of [{ status: 503 }, { status: 429, retryAfter: 0 }, { reset: true }]) {
      demo.faults.set({ path: write.path, ...effect, times: 1 });
      await write.run(connectDemo(demo, quick), apps);
    }
  });
});

describe('what Azure did', () => {
  it('is told to be done though it cannot be watched afterwards', async () => {
    for (const effect of [{ status: 403 }, { status: 500 }, { malformed: true }, { reset: true }]) {
      const demo = await startDemoTenant();
      try {
        const { apps } = await readIdentityModel(connectDemo(demo), demo.apps);
        demo.faults.set({ path: /^GET .*roleAssignments/, ...effect });
        expect(await writes[1]?.run(connectDemo(demo, quick), apps)).toBe('assigned');
      } finally {
        await demo.close();
      }
    }
  });

  it('is told to be done when only the watching is stopped', async () => {
    const demo = await startDemoTenant();
    try {
      const { apps } = await readIdentityModel(connectDemo(demo), demo.apps);
      demo.faults.set({ path: /^GET .*roleAssignments/, delayMilliseconds: 3000 });
      const abort = new AbortController();
      setTimeout(() => abort.abort(), 250);
      expect(await writes[1]?.run(connectDemo(demo, { ...quick, deadline: 9000 }), apps, abort.signal)).toBe(
        'assigned',
      );
    } finally {
      await demo.close();
    }
  });

  it('is told to be there already where the same role is held by another assignment', async () => {
    const demo = await startDemoTenant();
    try {
      demo.faults.set({ path: /^PUT/, status: 409, code: 'RoleAssignmentExists' });
      const { apps } = await readIdentityModel(connectDemo(demo), demo.apps);
      expect(await writes[1]?.run(connectDemo(demo, quick), apps)).toBe('exists');
    } finally {
      await demo.close();
    }
  });

  it.each([
    ['PrincipalNotFound', 400, /does not know the identity.*minute/],
    ['RoleDefinitionDoesNotExist', 404, /role.*deleted/],
    ['RoleAssignmentLimitExceeded', 400, /limit.*remove/i],
  ])('is explained for %s', async (code, status, says) => {
    const demo = await startDemoTenant();
    try {
      const { apps } = await readIdentityModel(connectDemo(demo), demo.apps);
      demo.faults.set({ path: /^PUT/, status, code });
      const run = writes[1]?.run(connectDemo(demo, quick), apps) ?? Promise.resolve();
      expect((await refusalOf(run)).message).toMatch(says);
    } finally {
      await demo.close();
    }
  });
});

function isSlow({ delayMilliseconds, stall }: Omit<Fault, 'path'>): boolean {
  return stall === true || delayMilliseconds !== undefined;
}

async function refusalOf(work: Promise<unknown>): Promise<Problem> {
  const hanging = wait(6000, undefined, { ref: false }).then(() => Promise.reject(new Error('it hangs')));
  const error: unknown = await Promise.race([work, hanging]).then(
    () => new Error('it was done'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof AzureReadError)) throw error;
  return error.problem;
}
