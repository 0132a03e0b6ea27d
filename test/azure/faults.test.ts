import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, readAcross, readIdentityModel } from '../../src/azure/index.ts';
import type { Problem, ProblemKind } from '../../src/core/rbac/identity-model.ts';
import { type DemoServer, type Fault, startDemoTenant } from '../../src/demo/index.ts';
import { describeProblem } from '../../src/vscode/identity/describe-problem.ts';
import { busyCompany } from './busy-company.ts';
import { type Outcome, type Read, reads, type Subject } from './fault-reads.ts';
import { connectDemo, forwardTo, impatient } from './harness.ts';

/** More than the largest number of pages that is worth a request each, so that no page is forgotten. */
const many = 31;
const quick = { ...impatient, deadline: 4000, longestWait: 300 };
/** For answers that come too late: they need not be waited for. */
const hasty = { ...quick, deadline: 250 };

interface Row {
  readonly name: string;
  readonly effect: Omit<Fault, 'path'>;
  readonly kind: ProblemKind;
  readonly says: RegExp;
}

/** What Azure may do to any request, and what then has to be said. */
const faults: readonly Row[] = [
  { name: '401', effect: { status: 401 }, kind: 'notSignedIn', says: /Sign in again/ },
  { name: '401 with claims', effect: { claims: true }, kind: 'claimsChallenge', says: /Sign in again/ },
  { name: '403', effect: { status: 403 }, kind: 'forbidden', says: /Ask for the Reader role|Ask for/ },
  { name: '404', effect: { status: 404 }, kind: 'notFound', says: /deleted or renamed|other subscriptions/ },
  { name: '409', effect: { status: 409 }, kind: 'malformed', says: /409, Conflict.*Refresh/ },
  { name: '429 that stays', effect: { status: 429, retryAfter: 0 }, kind: 'throttled', says: /Refresh in/ },
  { name: '429 with a long pause', effect: { status: 429, retryAfter: 77 }, kind: 'throttled', says: /wait 77 s/ },
  { name: '500', effect: { status: 500 }, kind: 'unavailable', says: /500.*Refresh/ },
  { name: '503', effect: { status: 503 }, kind: 'unavailable', says: /503.*Refresh/ },
  { name: 'a connection that is reset', effect: { reset: true }, kind: 'network', says: /Check the network/ },
  { name: 'a body that stalls', effect: { stall: true }, kind: 'network', says: /in time.*Refresh/ },
  { name: 'an answer too late', effect: { delayMilliseconds: 900 }, kind: 'network', says: /in time.*Refresh/ },
  { name: 'malformed JSON', effect: { malformed: true }, kind: 'malformed', says: /understood.*Refresh/ },
  { name: 'null', effect: { body: null }, kind: 'malformed', says: /understood.*Refresh/ },
  { name: 'a list in place of an object', effect: { body: [1, 2] }, kind: 'malformed', says: /understood.*Refresh/ },
  { name: 'a text in place of an object', effect: { body: 'no' }, kind: 'malformed', says: /understood.*Refresh/ },
  { name: 'an empty object', effect: { body: {} }, kind: 'malformed', says: /understood.*Refresh/ },
  {
    name: 'parts of the wrong kind',
    effect: { body: { data: 'none', value: 'none', properties: 'none' } },
    kind: 'malformed',
    says: /understood.*Refresh/,
  },
];

describe.each(reads)('reading $name', read => {
  let demo: DemoServer;
  let subject: Subject;
  let healthy: Outcome;
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);

  beforeAll(async () => {
    process.on('unhandledRejection', note);
    demo = await startDemoTenant({ tenant: busyCompany(many) });
    const appIds = demo.apps.slice(0, 1);
    const { apps } = await readIdentityModel(connectDemo(demo), appIds);
    subject = { app: apps[0]!, appIds };
    prepare(demo, read);
    healthy = await read.run(connectDemo(demo, quick), subject);
  });

  afterAll(async () => {
    await demo.close();
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });

  it('gives the part and no problem while Azure is well', () => {
    expect(healthy.value).toBeDefined();
    expect(own(healthy.problems, read)).toEqual([]);
  });

  it.each(faults)('ends with what happened and what to do after $name', async ({ effect, kind, says }) => {
    prepare(demo, read);
    demo.faults.set({ ...read.at, ...effect });
    const connection = connectDemo(demo, isSlow(effect) ? hasty : quick);
    const outcome = await within(6000, read.run(connection, subject));
    if (read.fallsBack && (kind === 'forbidden' || kind === 'notFound')) {
      expect(outcome.value).toBeDefined();
      return;
    }
    const problems = own(outcome.problems, read);
    expect(problems.map(problem => problem.kind)).toContain(kind);
    expect(problems.map(({ message }) => message).join('\n')).toMatch(says);
    expect(outcome.value).toBeUndefined();
    for (const problem of problems) expectNode(problem);
  });

  it('says that nobody is signed in', async () => {
    prepare(demo, read);
    const { httpClient } = forwardTo(demo);
    // The other requests go unanswered as well: no token, no request.
    const connection = connect({
      endpoint: 'https://management.azure.com',
      signIn: 'vscode',
      getToken: () => Promise.resolve(undefined),
      retry: quick,
      httpClient,
    });
    const { value, problems } = await within(5000, read.run(connection, subject));
    expect(value).toBeUndefined();
    expect(new Set(problems.map(({ kind }) => kind))).toEqual(new Set(['notSignedIn']));
    problems.forEach(expectNode);
  });

  it('stops at once when it is cancelled, while the server still holds the answer', async () => {
    prepare(demo, read);
    const held = 4000;
    demo.faults.set({ ...read.at, delayMilliseconds: held });
    const abort = new AbortController();
    const reading = read.run(connectDemo(demo, { ...quick, deadline: 20_000 }), subject, abort.signal);
    await wait(250);
    const started = performance.now();
    abort.abort();
    const { problems } = await reading;
    const took = performance.now() - started;
    expect(took).toBeLessThan(held / 8);
    expect(problems.map(({ kind }) => kind)).toContain('cancelled');
  });

  it('recovers from a fault that passes', async () => {
    for (const effect of [{ status: 503 }, { status: 429, retryAfter: 0 }, { reset: true }]) {
      prepare(demo, read);
      demo.faults.set({ ...read.at, ...effect, times: 2 });
      expect(comparable(await read.run(connectDemo(demo, quick), subject))).toEqual(comparable(healthy));
    }
  });

  if (read.list) {
    it('reads more than thirty pages, empty ones among them', async () => {
      const paged = await startDemoTenant({ tenant: busyCompany(many), pageSize: 1 });
      try {
        prepare(paged, read);
        expect(comparable(await read.run(connectDemo(paged), subject))).toEqual(comparable(healthy));
        paged.faults.set({ ...read.at, times: 1, change: emptyFirst });
        expect(comparable(await read.run(connectDemo(paged), subject))).toEqual(comparable(healthy));
      } finally {
        await paged.close();
      }
    });

    it('takes what comes twice, in another case, once', async () => {
      prepare(demo, read);
      demo.faults.set({ ...read.at, change: body => changeItems(body, items => [...items, ...items.map(upperCase)]) });
      expect(comparable(await read.run(connectDemo(demo), subject))).toEqual(comparable(healthy));
    });

    it('passes over items that are none', async () => {
      prepare(demo, read);
      demo.faults.set({ ...read.at, change: body => changeItems(body, items => [null, 7, 'x', ...items]) });
      const { value, problems } = await read.run(connectDemo(demo), subject);
      // The client of one or the other list gives up at them.
      if (value === undefined) expect(problems.map(({ kind }) => kind)).toContain('malformed');
      else expect(comparable({ value, problems })).toEqual(comparable(healthy));
    });
  }

  it('survives null in place of every value, and says nothing that Azure did not', async () => {
    prepare(demo, read);
    demo.faults.set({ ...read.at, change: nullValues });
    const { value, problems } = await within(5000, read.run(connectDemo(demo, quick), subject));
    for (const problem of own(problems, read)) expectNode(problem);
    expect(JSON.stringify(value ?? '')).not.toMatch(/null|undefined|object/);
    // What could not be understood is not told to be none.
    if (read.list) expect(own(problems, read).map(({ kind }) => kind)).toContain('malformed');
  });

  it('survives kinds and types that nobody knows', async () => {
    prepare(demo, read);
    const unknown = (text: string): string =>
      text.replace(/"(?:ServicePrincipal|Group|SystemAssigned|UserAssigned|Resolved)"/g, '"Telepathic"');
    demo.faults.set({ ...read.at, change: body => JSON.parse(unknown(JSON.stringify(body))) as unknown });
    const { problems } = await within(5000, read.run(connectDemo(demo, quick), subject));
    for (const problem of own(problems, read)) expectNode(problem);
  });
});

function isSlow({ delayMilliseconds, stall }: Omit<Fault, 'path'>): boolean {
  return stall === true || delayMilliseconds !== undefined;
}

describe('an endpoint that may not be used', () => {
  it('is told as such where connecting is part of the read', async () => {
    const model = await readAcross(['/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/sites/x'], {
      connectionsOf: () => Promise.resolve([connect({ endpoint: 'http://azure.example', signIn: 'vscode' })]),
    });
    expect(model.problems).toMatchObject([
      { kind: 'network', message: expect.stringMatching(/not encrypted.*Use https/) as string },
    ]);
  });
});

function prepare({ faults: box }: DemoServer, { after = [] }: Read): void {
  box.clear();
  for (const fault of after) box.set(fault);
}

/** The problems besides those that the way to this request brings. */
function own(problems: readonly Problem[], { after = [] }: Read): readonly Problem[] {
  return after.length === 0 ? problems : problems.filter(({ message }) => !message.includes('app by app'));
}

/** Every problem becomes a row with words to read and to hear, and something to click. */
function expectNode(problem: Problem): void {
  const row = describeProblem(problem, { parent: 'x', connection: 'vscode' });
  expect(row.description).toBe(problem.message);
  expect(row.accessibilityLabel).toContain(problem.message);
  expect(row.children.length).toBeGreaterThan(0);
  expect(problem.message).not.toMatch(/undefined|\[object|told to fail/);
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  return Promise.race([
    work,
    wait(milliseconds, undefined, { ref: false }).then(() => Promise.reject(new Error('it hangs'))),
  ]);
}

/** Pages of other sizes may come in another order. */
function comparable({ value }: Outcome): unknown {
  return Array.isArray(value) ? value.map(each => JSON.stringify(each)).toSorted() : value;
}

type Items = readonly unknown[];

/** Both kinds of lists: ARM's `value`, and `data` of Resource Graph. */
function changeItems(body: unknown, change: (items: Items) => Items): unknown {
  const lists = body as { readonly value?: Items; readonly data?: Items };
  if (lists.value) return { ...lists, value: change(lists.value) };
  return lists.data ? { ...lists, data: change(lists.data) } : body;
}

/** An empty page whose link leads to the first one. */
function emptyFirst(body: unknown, url: URL): unknown {
  const start = Buffer.from(JSON.stringify({ offset: 0 })).toString('base64url');
  const next = new URL(url);
  next.searchParams.set('$skiptoken', start);
  const empty = changeItems(body, () => []) as object;
  return 'data' in empty ? { ...empty, count: 0, $skipToken: start } : { ...empty, nextLink: next.href };
}

function upperCase(item: unknown): unknown {
  const { id, ...rest } = item as { readonly id?: string };
  return id === undefined ? item : { ...rest, id: id.toUpperCase() };
}

/** Keeps lists and the way to what they hold; every value in them becomes null. */
function nullValues(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(nullValues);
  if (typeof body !== 'object' || body === null) return null;
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, nullValues(value)]));
}
