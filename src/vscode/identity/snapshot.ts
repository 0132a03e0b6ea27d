import type { AppModel, IdentityModel, ManagedIdentity, Problem } from '../../core/rbac/identity-model.ts';
import type { LinkedIdentity } from '../../core/rewrite/tools.ts';
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
  const fresh = model.apps.map(app =>
    keepRoles(
      app,
      readAt,
      earlier.find(old => sameResource(old.app.id, app.id)),
    ),
  );
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

/** The user-assigned identities of all apps, each once, that code can name by their client id. */
export function userAssignedIdentities(snapshot: Snapshot | undefined): readonly LinkedIdentity[] {
  const identities = (snapshot?.apps ?? []).flatMap(({ app }) => app.identities);
  const found = identities.flatMap(({ kind, clientId, resourceId }): LinkedIdentity[] => {
    const name = resourceId?.split('/').at(-1);
    return kind === 'userAssigned' && clientId !== undefined && name !== undefined ? [{ name, clientId }] : [];
  });
  return [...new Map(found.map(identity => [identity.clientId, identity])).values()];
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

export interface SnapshotSource {
  /** Reads everything; may report what it knows before it is done, and may reject. */
  readonly read: (signal: AbortSignal, onProgress: (partial: IdentityModel) => void) => Promise<IdentityModel>;
  /** Turns what `read` rejected with into a problem. */
  readonly explain: (error: unknown) => Problem;
  /** Called when a read begins, when more is known and when it ends. */
  readonly changed: () => void;
}

/** Keeps the latest snapshot: one read at a time, which stops at once when it is cancelled or overtaken. */
export function createSnapshotStore({ read, explain, changed }: SnapshotSource): SnapshotStore {
  /** What the reads that ended left behind. */
  let settled: Snapshot | undefined;
  let partial: Snapshot | undefined;
  let flight: { readonly abort: AbortController; readonly done: Promise<void> } | undefined;

  const start = (): Promise<void> => {
    flight?.abort.abort();
    const abort = new AbortController();
    partial = undefined;
    flight = { abort, done: run(abort) };
    changed();
    return flight.done;
  };
  const run = async (abort: AbortController): Promise<void> => {
    const isCurrent = (): boolean => flight?.abort === abort;
    // Leaves the caller first, so that the flight is known before its first report.
    await Promise.resolve();
    const model = await read(abort.signal, known => {
      if (!isCurrent()) return;
      partial = mergeSnapshot(settled, known);
      changed();
    }).catch((error: unknown) => failed(explain(error)));
    if (!isCurrent()) return flight?.done;
    settled = mergeSnapshot(settled, model);
    partial = undefined;
    flight = undefined;
    changed();
  };
  const failed = (problem: Problem): IdentityModel => ({
    apps: [],
    problems: [problem],
    asOf: new Date().toISOString(),
  });

  return {
    snapshot: () => partial ?? settled,
    isReading: () => flight !== undefined,
    load: () => flight?.done ?? (settled ? Promise.resolve() : start()),
    refresh: start,
    cancel: () => flight?.abort.abort(),
    clear() {
      flight?.abort.abort();
      settled = partial = flight = undefined;
    },
  };
}
