import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { connect, readFleet, readIdentityModel } from '../azure/index.ts';
import { command } from './progress.ts';

/**
 * What reading identities costs at 10, 100 and 1,000 linked apps with 20 role assignments each, beside the plan of
 * tools that list every app and then ask for each; then fleets of 10,000 and 50,000 apps, and what they leave in memory.
 * Azure is the demo tenant in a process of its own.
 */
export async function benchIdentities(): Promise<string[][]> {
  const rows = [['', 'HTTP calls', 'MB', 'first paint', 'all', 'memory']];

  for (const apps of [10, 100, 1000]) {
    rows.push(await measured(`${apps} linked apps`, apps, readLinked));
    rows.push(await measured(`${apps} apps, listed and asked one by one`, apps, readOneByOne));
  }
  rows.push(await measured('fleet of 10,000 apps', 10_000, readAll));
  for (const [apps, assignments] of [
    [10_000, 20],
    [50_000, 2],
  ] as const) {
    const heap: number[] = [];
    const name = `fleet of ${apps.toLocaleString('en')} apps with ${assignments} roles each, heap in use`;
    await measured(name, apps, (demo, painted) => readAll(demo, painted, used => heap.push(used / 1e6)), assignments);
    const [first = 0, last = 0] = [heap[0], heap.at(-1)];
    rows.push([name, '', '', '', '', `${first.toFixed(1)} MB early, ${last.toFixed(1)} MB at the end`]);
  }
  return rows;
}

interface Started {
  readonly url: string;
  readonly apps: readonly string[];
}

/** Reads and calls `painted` as soon as there is something to show. */
type Plan = (demo: Started, painted: () => void) => Promise<number>;

async function measured(name: string, apps: number, plan: Plan, each = 20): Promise<string[]> {
  const size = ['--apps', String(apps), '--assignments', String(each)];
  const server = fork(join(import.meta.dirname, 'demo-server.ts'), size);
  try {
    const [demo] = (await once(server, 'message')) as [Started];
    const before = process.memoryUsage().rss;
    let peak = before;
    const sampling = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
    const started = performance.now();
    let firstPaint = 0;
    const assignments = await plan(demo, () => (firstPaint ||= performance.now() - started));
    const all = performance.now() - started;
    clearInterval(sampling);
    if (assignments !== apps * each) throw new Error(`${name}: ${assignments} assignments instead of ${apps * each}`);
    server.send('stop');
    const [{ calls, bytes }] = (await once(server, 'message')) as [{ calls: number; bytes: number }];
    return [
      name,
      String(calls),
      (bytes / 1e6).toFixed(1),
      `${firstPaint.toFixed(0)} ms`,
      `${(all / 1000).toFixed(2)} s`,
      `+${((peak - before) / 1e6).toFixed(0)} MB`,
    ];
  } finally {
    server.kill();
  }
}

async function readLinked({ url, apps }: Started, painted: () => void): Promise<number> {
  const model = await readIdentityModel(connect({ endpoint: url, signIn: 'demo' }), apps, { onProgress: painted });
  return model.apps.flatMap(({ identities }) => identities.flatMap(({ assignments = [] }) => assignments)).length;
}

/**
 * @param onHeap - told every few pages how many bytes of the heap are in use after a collection
 */
async function readAll({ url }: Started, painted: () => void, onHeap?: (bytes: number) => void): Promise<number> {
  let [assignments, pages] = [0, 0];
  for await (const { apps } of readFleet(connect({ endpoint: url, signIn: 'demo' }))) {
    painted();
    for (const { identities } of apps)
      for (const identity of identities) assignments += identity.assignments?.length ?? 0;
    pages++;
    if (pages % 3 === 0) onHeap?.(heapInUse());
  }
  return assignments;
}

function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

/** Every subscription's apps, then each app, then every role assignment of each subscription, filtered here. */
async function readOneByOne({ url }: Started, painted: () => void): Promise<number> {
  const subscriptions = await listed(`${url}/subscriptions?api-version=2022-12-01`);
  const principals = new Set<string>();
  let assignments = 0;
  for (const { subscriptionId } of subscriptions) {
    const root = `${url}/subscriptions/${String(subscriptionId)}/providers`;
    for (const { id } of await listed(`${root}/Microsoft.Web/sites?api-version=2025-05-01`)) {
      const site = (await json(`${url}${String(id)}?api-version=2025-05-01`)) as {
        identity?: { principalId?: string };
      };
      if (site.identity?.principalId !== undefined) principals.add(site.identity.principalId);
    }
    painted();
    for (const { properties } of await listed(
      `${root}/Microsoft.Authorization/roleAssignments?api-version=2022-04-01`,
    )) {
      if (principals.has((properties as { principalId: string }).principalId)) assignments++;
    }
  }
  return assignments;
}

async function listed(first: string): Promise<Readonly<Record<string, unknown>>[]> {
  const items: Readonly<Record<string, unknown>>[] = [];
  for (let next: string | undefined = first; next !== undefined;) {
    const page = (await json(next)) as { value: Readonly<Record<string, unknown>>[]; nextLink?: string };
    items.push(...page.value);
    next = page.nextLink;
  }
  return items;
}

async function json(url: string): Promise<unknown> {
  return (await fetch(url)).json();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  command(async () => {
    const rows = await benchIdentities();
    console.log(rows.map(row => `| ${row.join(' | ')} |`).join('\n'));
  });
}
