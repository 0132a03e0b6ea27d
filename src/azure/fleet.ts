import type { IdentityModel, Problem } from '../core/rbac/identity-model.ts';
import { azureClients } from './clients.ts';
import type { AzureConnection } from './connection.ts';
import { modelOf, type Reading } from './identity-model.ts';
import { AzureReadError, problemOf } from './problems.ts';
import { allSitesQuery } from './queries.ts';
import { type GraphScope, queryPages } from './resource-graph.ts';
import {
  type AssignmentFacts,
  type AssignmentsByPrincipal,
  readAssignmentsFromResourceGraph,
  readRoleNames,
} from './role-assignments.ts';
import { addSite, type SiteCollection } from './sites.ts';

export interface FleetOptions {
  readonly signal?: AbortSignal;
  /** Whole subscriptions or management groups; everything that the account can see when absent. */
  readonly scope?: GraphScope;
}

/**
 * Reads every app and slot of a fleet with its identities and their direct roles, by Resource Graph alone, in portions
 * of a page: however many apps there are, one portion is in memory. The next page of apps is asked for while the roles
 * of this one arrive.
 * @throws AzureReadError when the apps cannot be listed; roles that cannot be read stand in a portion's `problems`
 */
export async function* readFleet(
  connection: AzureConnection,
  { signal, scope }: FleetOptions = {},
): AsyncGenerator<IdentityModel> {
  const clients = azureClients(connection, signal);
  const pages = queryPages(clients, allSitesQuery(), signal, scope);
  let next = pages.next();
  // The ids of the page before: rows are in their order, so that one which comes twice is near.
  let earlier: ReadonlySet<string> = new Set();
  for (;;) {
    let page: Awaited<typeof next>;
    try {
      page = await next;
    } catch (error) {
      throw new AzureReadError(problemOf(error, '', 'the apps'));
    }
    if (page.done) return;
    next = pages.next();
    // Its failure is told when its turn comes.
    next.catch(() => undefined);
    const problems: Problem[] = [];
    const collection: SiteCollection = { apps: new Map(), problems };
    for (const row of page.value) addSite(collection, row);
    for (const key of collection.apps.keys()) if (earlier.has(key)) collection.apps.delete(key);
    earlier = new Set([...collection.apps.keys()]);
    const apps = [...collection.apps.values()];
    const principals = [...new Set(apps.flatMap(app => app.identities.map(({ principalId }) => principalId)))];
    const reading: Reading = { ...collection, assignments: new Map(), roleNames: new Map() };
    try {
      const assignments: AssignmentsByPrincipal =
        principals.length === 0
          ? new Map<string, AssignmentFacts[]>()
          : await readAssignmentsFromResourceGraph(clients, principals, problems, signal);
      const facts = [...assignments.values()].flat();
      const roleNames = await readRoleNames(connection, clients, facts, problems, signal);
      yield modelOf({ ...reading, assignments, roleNames }, []);
    } catch (error) {
      problems.push(problemOf(error, '', `the role assignments of ${apps.length} apps`));
      yield modelOf(reading, []);
    }
    if (signal?.aborted) return;
  }
}
