import type {
  AppDetails,
  AppModel,
  CloseLook,
  IdentityDetails,
  OrphanedAssignment,
  OrphanReport,
  Problem,
} from '../core/rbac/identity-model.ts';
import { normalizeResourceId } from '../core/rbac/resource-id.ts';
import { forEachLimited } from './abort.ts';
import { type AppDetailsOptions, readAppDetails } from './app-details.ts';
import type { AzureConnection } from './connection.ts';
import { readIdentityDetails } from './identity-details.ts';
import { readOrphans } from './orphans.ts';
import { problemOf } from './problems.ts';

export interface CloseLookOptions extends AppDetailsOptions {
  readonly connectionOf: ConnectionOf;
}

/** The connection by which a subscription is read; the same object for those that share one. */
export type ConnectionOf = (subscriptionId: string) => Promise<AzureConnection>;

/** Apps that are looked at closely at a time: each takes about ten requests. */
const atOnce = 4;

/**
 * Takes the look at every app and identity that the tree takes when a row is opened. Never rejects: what could not be
 * read stands in the problems of its part.
 */
export async function readCloseLook(
  apps: readonly AppModel[],
  { connectionOf, classify, signal }: CloseLookOptions,
): Promise<Pick<CloseLook, 'app' | 'identity'>> {
  const stop = signal ? { signal } : {};
  const ofApps = new Map<string, AppDetails>();
  const ofIdentities = new Map<string, IdentityDetails>();
  const keyOf = (app: AppModel, principalId = ''): string => `${normalizeResourceId(app.id)} ${principalId}`;
  await forEachLimited(apps, atOnce, async app => {
    let connection: AzureConnection;
    try {
      connection = await connectionOf(app.subscriptionId);
    } catch (error) {
      const problems = [problemOf(error, app.id, `the details of ${app.name}`)];
      ofApps.set(keyOf(app), { appId: app.id, problems, asOf: new Date().toISOString() });
      return;
    }
    const identities = app.identities.map(async identity => {
      const details = await readIdentityDetails(connection, app, identity, stop);
      ofIdentities.set(keyOf(app, identity.principalId), details);
    });
    ofApps.set(keyOf(app), await readAppDetails(connection, app.id, { classify, ...stop }));
    await Promise.all(identities);
  });
  return {
    app: app => ofApps.get(keyOf(app)),
    identity: (app, { principalId }) => ofIdentities.get(keyOf(app, principalId)),
  };
}

/** The orphaned role assignments of all subscriptions of the apps, whichever connections they are read by. */
export async function readOrphansAcross(
  apps: readonly AppModel[],
  connectionOf: ConnectionOf,
  signal?: AbortSignal,
): Promise<OrphanReport> {
  const groups = new Map<AzureConnection, AppModel[]>();
  try {
    for (const app of apps) {
      const connection = await connectionOf(app.subscriptionId);
      const group = groups.get(connection);
      if (group) group.push(app);
      else groups.set(connection, [app]);
    }
  } catch (error) {
    return { problems: [problemOf(error, '', 'orphaned role assignments')], asOf: new Date().toISOString() };
  }
  const reports = await Promise.all(
    Array.from(groups, ([connection, group]) => readOrphans(connection, group, signal ? { signal } : {})),
  );
  const orphans = new Map<string, OrphanedAssignment>();
  const problems: Problem[] = [];
  for (const report of reports) {
    problems.push(...report.problems);
    for (const orphan of report.orphans ?? []) orphans.set(normalizeResourceId(orphan.id), orphan);
  }
  return {
    ...(reports.some(report => report.orphans) ? { orphans: [...orphans.values()] } : {}),
    problems,
    asOf: new Date().toISOString(),
  };
}
