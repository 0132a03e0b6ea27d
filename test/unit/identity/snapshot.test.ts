import { describe, expect, it } from 'vitest';
import type { IdentityModel, Problem } from '../../../src/core/rbac/identity-model.ts';
import { describeExplorer } from '../../../src/vscode/identity/describe.ts';
import { createSnapshotStore, mergeSnapshot, userAssignedIdentities } from '../../../src/vscode/identity/snapshot.ts';
import {
  allNodes,
  app,
  mailer,
  model,
  outline,
  readAt,
  role,
  shop,
  state,
  systemIdentity,
  userIdentity,
} from './sample-model.ts';

const later = (read: IdentityModel): IdentityModel => ({ ...read, asOf: new Date(readAt + 600_000).toISOString() });
const network: Problem = { kind: 'network', scope: '', message: 'No network.' };
const first = model([app(shop, [systemIdentity([role('Reader', shop)])]), app(mailer)]);

describe('mergeSnapshot', () => {
  it('keeps apps with their age when a later read could not reach them', () => {
    const merged = mergeSnapshot(mergeSnapshot(undefined, first), later(model([], [network])));
    expect(merged.apps.map(({ app: { id }, readAt: at }) => [id, at])).toEqual([
      [shop, readAt],
      [mailer, readAt],
    ]);
    const rows = describeExplorer({ ...state([shop], undefined), snapshot: merged, now: readAt + 660_000 });
    expect(outline(rows).slice(0, 5)).toEqual([
      'Azure could not be reached | No network.',
      '  Try again',
      '  Check the Azure endpoint setting',
      'shop | as of 11 minutes ago · rg-shop',
      '  System-assigned identity | 1 role',
    ]);
  });

  it('drops an app that Azure no longer has, and one that nothing is said about', () => {
    const gone: Problem = { kind: 'notFound', scope: shop, message: 'Gone.' };
    expect(mergeSnapshot(mergeSnapshot(undefined, first), later(model([], [gone]))).apps).toEqual([]);
  });

  it('keeps roles that could not be read again, and dates the app by them', () => {
    const merged = mergeSnapshot(
      mergeSnapshot(undefined, first),
      later(model([app(shop, [systemIdentity()])], [{ ...network, scope: shop }])),
    );
    expect(merged.apps[0]?.app.identities[0]?.assignments).toHaveLength(1);
    expect(merged.apps[0]?.readAt).toBe(readAt);
  });

  it('replaces what was read anew', () => {
    const merged = mergeSnapshot(mergeSnapshot(undefined, first), later(model([app(shop, [systemIdentity([])])])));
    expect(merged.apps).toHaveLength(1);
    expect(merged.apps[0]?.app.identities[0]?.assignments).toEqual([]);
  });
});

/** A source whose reads end when the test says so. */
function controlled() {
  const reads: {
    signal: AbortSignal;
    report(known: IdentityModel): void;
    end(read: IdentityModel): void;
    fail(error: Error): void;
  }[] = [];
  let changes = 0;
  const store = createSnapshotStore({
    read: (signal, report) =>
      new Promise((end, fail) => {
        reads.push({ signal, report, end, fail });
      }),
    explain: error => ({ ...network, message: (error as Error).message }),
    changed: () => changes++,
  });
  return { store, reads, changes: () => changes };
}
const tick = () => new Promise(resolve => setImmediate(resolve));

describe('the snapshot store', () => {
  it('reads once for any number of callers, and not again before it is asked to', async () => {
    const { store, reads } = controlled();
    const callers = [store.load(), store.load(), store.load()];
    await tick();
    expect(reads).toHaveLength(1);
    expect(store.isReading()).toBe(true);
    reads[0]?.end(first);
    await Promise.all(callers);
    await store.load();
    expect(reads).toHaveLength(1);
    expect(store.snapshot()?.apps).toHaveLength(2);
    expect(store.isReading()).toBe(false);
  });

  it('shows what is known before a read is done', async () => {
    const { store, reads, changes } = controlled();
    void store.load();
    await tick();
    const before = changes();
    reads[0]?.report(model([app(shop, [systemIdentity()])]));
    expect(changes()).toBe(before + 1);
    expect(store.snapshot()?.apps).toHaveLength(1);
    expect(store.isReading()).toBe(true);
  });

  it('abandons a read for a newer one, whatever the older still says', async () => {
    const { store, reads } = controlled();
    const old = store.load();
    await tick();
    const young = store.refresh();
    await tick();
    expect(reads[0]?.signal.aborted).toBe(true);
    reads[1]?.end(model([app(mailer)]));
    await young;
    reads[0]?.report(first);
    reads[0]?.end(first);
    await old;
    expect(store.snapshot()?.apps.map(({ app: { id } }) => id)).toEqual([mailer]);
  });

  it('keeps what it knew when a read is stopped or fails', async () => {
    const { store, reads } = controlled();
    void store.load();
    await tick();
    reads[0]?.end(first);
    await tick();
    const again = store.refresh();
    await tick();
    store.cancel();
    expect(reads[1]?.signal.aborted).toBe(true);
    reads[1]?.fail(new Error('It broke.'));
    await again;
    expect(store.snapshot()?.apps).toHaveLength(2);
    expect(store.snapshot()?.problems.map(({ message }) => message)).toEqual(['It broke.']);
    const rows = allNodes(describeExplorer({ ...state([shop], undefined), ...{ snapshot: store.snapshot()! } }));
    expect(rows.map(({ label }) => label)).toContain('System-assigned identity');
  });

  it('forgets everything for another account', async () => {
    const { store, reads } = controlled();
    void store.load();
    await tick();
    store.clear();
    reads[0]?.end(first);
    await tick();
    expect(store.snapshot()).toBeUndefined();
    expect(store.isReading()).toBe(false);
  });
});

it('names the user-assigned identities of all apps once each', () => {
  const read = model([app(shop, [systemIdentity(), userIdentity()]), app(mailer, [userIdentity()])]);
  expect(userAssignedIdentities(mergeSnapshot(undefined, read))).toEqual([{ name: 'id-shop', clientId: 'client-2' }]);
  expect(userAssignedIdentities(undefined)).toEqual([]);
});
