import type { AppModel, IdentityModel, ManagedIdentity, Problem } from '../../core/rbac/identity-model.ts';
import { normalizeResourceId, sameResource } from '../../core/rbac/resource-id.ts';

/** What is known about the linked apps, each with the moment (milliseconds since 1970) it was read. */
export interface Snapshot {
  readonly apps: readonly DatedApp[];
  /** Problems of the latest read alone. */
  readonly problems: readonly Problem[];
  readonly readAt: number;
}

export interface DatedApp {
  readonly app: AppModel;
  readonly readAt: number;
}

/** True when a problem's scope is the resource, lies above it or stands for the whole connection. */
export function concerns(problem: Problem, resourceId: string): boolean {
  const scope = normalizeResourceId(problem.scope);
  return scope === '/' || `${normalizeResourceId(resourceId)}/`.startsWith(`${scope}/`);
}

/**
 * The new model, with what an earlier read knew where the new one met a problem: data that was read stays, with its age,
 * until Azure says otherwise.
 */
export function mergeSnapshot(previous: Snapshot | undefined, model: IdentityModel): Snapshot {
  const parsed = Date.parse(model.asOf);
  const readAt = Number.isNaN(parsed) ? Date.now() : parsed;
  const { problems } = model;
  const earlier = previous?.apps ?? [];
  const fresh = model.apps.map(app => keepRoles(app, readAt, earlier.find(old => sameResource(old.app.id, app.id))));
  const kept = earlier.filter(
    old =>
      !model.apps.some(app => sameResource(app.id, old.app.id)) &&
      problems.some(problem => concerns(problem, old.app.id)) &&
      !problems.some(problem => problem.kind === 'notFound' && sameResource(problem.scope, old.app.id)),
  );
  return { apps: [...fresh, ...kept], problems, readAt };
}

function keepRoles(app: AppModel, readAt: number, old: DatedApp | undefined): DatedApp {
  let oldest = readAt;
  const identities = app.identities.map((identity): ManagedIdentity => {
    if (identity.assignments) return identity;
    const known = old?.app.identities.find(other => other.principalId === identity.principalId)?.assignments;
    if (!old || !known) return identity;
    oldest = Math.min(oldest, old.readAt);
    return { ...identity, assignments: known };
  });
  return { app: { ...app, identities }, readAt: oldest };
}

export interface SnapshotStore {
  snapshot(): Snapshot | undefined;
  isReading(): boolean;
  /** Reads unless something was read already; joins a read under way. */
  load(): Promise<void>;
  /** Reads anew; a read under way is abandoned. */
  refresh(): Promise<void>;
  /** Stops a read under way; what was known stays. */
  cancel(): void;
  /** Forgets everything, for another account or tenant. */
  clear(): void;
}

/**
 * Keeps the latest snapshot. One read at a time; `changed` is called when a read begins and when it ends.
 * `read` may reject: `explain` turns what it threw into a problem.
 */
export function createSnapshotStore(
  read: (signal: AbortSignal) => Promise<IdentityModel>,
  explain: (error: unknown) => Problem,
  changed: () => void,
): SnapshotStore {
  let snapshot: Snapshot | undefined;
  let flight: { readonly abort: AbortController; readonly done: Promise<void> } | undefined;

  const start = (): Promise<void> => {
    const abort = new AbortController();
    const done = settle(abort);
    flight = { abort, done };
    changed();
    return done;
  };
  const settle = async (abort: AbortController): Promise<void> => {
    const result = await stoppable(read, abort.signal).catch((error: unknown) => failed(explain(error)));
    // A read that was abandoned for a newer one has nothing to say any more.
    if (flight?.abort !== abort) return flight?.done;
    flight = undefined;
    snapshot = mergeSnapshot(snapshot, result);
    changed();
  };
  const failed = (problem: Problem): IdentityModel => ({
    apps: [],
    problems: [problem],
    asOf: new Date(snapshot?.readAt ?? Date.now()).toISOString(),
  });

  return {
    snapshot: () => snapshot,
    isReading: () => flight !== undefined,
    load: () => flight?.done ?? (snapshot ? Promise.resolve() : start()),
    refresh: () => {
      const old = flight;
      const done = start();
      old?.abort.abort();
      return done;
    },
    cancel: () => flight?.abort.abort(),
    clear: () => {
      snapshot = undefined;
      flight?.abort.abort();
      flight = undefined;
    },
  };
}

/** Ends at once on abort, even where the read itself is slow to notice. */
async function stoppable(
  read: (signal: AbortSignal) => Promise<IdentityModel>,
  signal: AbortSignal,
): Promise<IdentityModel> {
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new DOMException('Reading was stopped', 'AbortError')), { once: true });
  });
  return Promise.race([read(signal), stopped]);
}
