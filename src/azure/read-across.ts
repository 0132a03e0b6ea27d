import type { IdentityModel, Problem } from '../core/rbac/identity-model.ts';
import { normalizeResourceId, parseSiteId, sameResource } from '../core/rbac/resource-id.ts';
import { abortable, forEachLimited } from './abort.ts';
import type { AzureConnection } from './connection.ts';
import { readIdentityModel, type ReadOptions } from './identity-model.ts';
import { problemOf } from './problems.ts';

export interface AcrossOptions extends ReadOptions {
  /**
   * The connections by which a subscription may be read, the likeliest first; they differ in account or tenant. The same
   * object for subscriptions that share one, so that they are read together.
   */
  readonly connectionsOf: (
    subscriptionId: string,
    signal: AbortSignal | undefined,
  ) => Promise<readonly AzureConnection[]>;
  /** Told which connection gave an app of the subscription. */
  readonly onServed?: (subscriptionId: string, connection: AzureConnection) => void;
}

/** Subscriptions whose tenant is looked up at a time. */
const lookUps = 8;

/**
 * Reads apps that lie in several tenants, or are seen by several accounts, as one model: those that share a connection
 * together, and those that it cannot see by the next one that may. Like `readIdentityModel` it never rejects.
 */
export async function readAcross(appIds: readonly string[], options: AcrossOptions): Promise<IdentityModel> {
  const { signal } = options;
  let candidates: ReadonlyMap<string, readonly AzureConnection[]>;
  try {
    candidates = await abortable(findConnections(appIds, options), signal);
  } catch (error) {
    return { apps: [], problems: [problemOf(error, '', 'the identities')], asOf: new Date().toISOString() };
  }
  const models = new Map<AzureConnection, IdentityModel>();
  let waiting = appIds;
  for (let round = 0; waiting.length > 0; round++) {
    const groups = new Map<AzureConnection, string[]>();
    for (const id of waiting) {
      const connection = candidates.get(subscriptionOf(id))?.[round];
      if (connection) groups.set(connection, [...(groups.get(connection) ?? []), id]);
    }
    await Promise.all(
      Array.from(groups, async ([connection, ids]) => {
        const earlier = models.get(connection);
        const add = (model: IdentityModel): void => {
          models.set(connection, earlier ? together([earlier, model], appIds) : model);
        };
        const onProgress = (partial: IdentityModel): void => {
          add(partial);
          options.onProgress?.(together([...models.values()], appIds));
        };
        add(await readIdentityModel(connection, ids, { ...(signal ? { signal } : {}), onProgress }));
      }),
    );
    for (const [connection, { apps }] of models) {
      for (const { subscriptionId } of apps) options.onServed?.(subscriptionId.toLowerCase(), connection);
    }
    if (signal?.aborted) break;
    const all = [...models.values()];
    waiting = waiting.filter(id => candidates.get(subscriptionOf(id))?.[round + 1] && isMissing(id, all));
  }
  return together([...models.values()], appIds);
}

async function findConnections(
  appIds: readonly string[],
  { connectionsOf, signal }: AcrossOptions,
): Promise<ReadonlyMap<string, readonly AzureConnection[]>> {
  const found = new Map<string, readonly AzureConnection[]>();
  await forEachLimited([...new Set(appIds.map(subscriptionOf))], lookUps, async subscriptionId => {
    if (!signal?.aborted) found.set(subscriptionId, await connectionsOf(subscriptionId, signal));
  });
  return found;
}

/** Empty for what is no id of an app, which any connection can say. */
function subscriptionOf(id: string): string {
  return parseSiteId(id)?.subscriptionId.toLowerCase() ?? '';
}

/** True when nobody gave the app, for a reason that another account or tenant may not have. */
function isMissing(id: string, models: readonly IdentityModel[]): boolean {
  return (
    !models.some(({ apps }) => apps.some(app => sameResource(app.id, id))) &&
    models.some(({ problems }) => problems.some(problem => isOfAccount(problem) && isAbout(problem, id)))
  );
}

function isOfAccount({ kind }: Problem): boolean {
  return kind === 'forbidden' || kind === 'notFound' || kind === 'notSignedIn';
}

function isAbout({ scope }: Problem, id: string): boolean {
  return scope === '' || sameResource(scope, id);
}

/** One model of several; what one connection could not read and another did is no problem any more. */
function together(models: readonly IdentityModel[], appIds: readonly string[]): IdentityModel {
  const order = new Map(appIds.map((id, index) => [normalizeResourceId(id), index]));
  const placeOf = (id: string): number => {
    const key = normalizeResourceId(id);
    return order.get(key) ?? order.get(key.replace(/\/slots\/[^/]+$/, '')) ?? appIds.length;
  };
  const apps = new Map(models.flatMap(model => model.apps).map(app => [normalizeResourceId(app.id), app]));
  const problems = models
    .flatMap(model => model.problems)
    .filter(problem => !(isOfAccount(problem) && apps.has(normalizeResourceId(problem.scope))));
  const distinct = new Map(problems.map(problem => [`${problem.kind}\n${problem.scope}\n${problem.message}`, problem]));
  return {
    apps: [...apps.values()].sort((a, b) => placeOf(a.id) - placeOf(b.id)),
    problems: [...distinct.values()],
    asOf: models.map(({ asOf }) => asOf).sort()[0] ?? new Date().toISOString(),
  };
}
