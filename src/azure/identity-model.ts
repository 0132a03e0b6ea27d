import type { AppModel, IdentityModel, Problem, RoleAssignment, ScopeLevel } from '../core/rbac/identity-model.ts';
import { normalizeResourceId, parseSiteId } from '../core/rbac/resource-id.ts';
import { abortable } from './abort.ts';
import { azureClients } from './clients.ts';
import type { AzureConnection } from './connection.ts';
import { isWithoutResourceGraph, problemOf, withoutResourceGraph } from './problems.ts';
import { sitesQuery } from './queries.ts';
import { queryPages } from './resource-graph.ts';
import {
  assignmentOf,
  type AssignmentsByPrincipal,
  readAssignmentsFromArm,
  readAssignmentsFromResourceGraph,
  readRoleNames,
} from './role-assignments.ts';
import { addSite, readSitesFromArm, type SiteCollection } from './sites.ts';

export interface ReadOptions {
  readonly signal?: AbortSignal;
  /** Called once the apps and their identities are known, before their role assignments are read. */
  readonly onProgress?: (partial: IdentityModel) => void;
}

const SLOT = /\/slots\/[^/]+$/;

/** What has been read so far. */
export interface Reading extends SiteCollection {
  assignments: AssignmentsByPrincipal;
  roleNames: ReadonlyMap<string, string>;
}

/**
 * Reads the named apps with their slots, their managed identities and the direct role assignments of these: two
 * Resource Graph queries for any number of apps, or Azure Resource Manager app by app where Resource Graph is forbidden.
 *
 * Never rejects: whatever could not be read stands in `problems`, and an abort ends it within milliseconds with what
 * was read until then. Azure shows only assignments that the account may read, and leaves out others without a word.
 * @param appIds - ARM ids of sites or slots; the slots of a named site are included
 */
export async function readIdentityModel(
  connection: AzureConnection,
  appIds: readonly string[],
  options: ReadOptions = {},
): Promise<IdentityModel> {
  const reading: Reading = { apps: new Map(), problems: [], assignments: new Map(), roleNames: new Map() };
  try {
    await abortable(readInto(reading, connection, appIds, options), options.signal);
  } catch (error) {
    const problems = reading.problems.filter(problem => problem.kind !== 'cancelled');
    return modelOf({ ...reading, problems: [...problems, problemOf(error, '', 'the identities')] }, appIds);
  }
  return modelOf(reading, appIds);
}

async function readInto(
  reading: Reading,
  connection: AzureConnection,
  appIds: readonly string[],
  { signal, onProgress }: ReadOptions,
): Promise<void> {
  const clients = azureClients(connection, signal);
  const wanted = validIds(appIds, reading.problems);
  if (wanted.size === 0) return;

  let refused = false;
  try {
    for await (const rows of queryPages(clients, sitesQuery([...wanted.values()]), signal)) {
      for (const row of rows) {
        if (isWanted(row.id, wanted)) addSite(reading, row);
      }
    }
    // Resource Graph leaves out what is not there or not visible without a word, and lags behind new apps.
    const missing = [...wanted].filter(([key]) => !reading.apps.has(key)).map(([, id]) => id);
    await readSitesFromArm(clients, missing, reading, signal);
  } catch (error) {
    if (!isWithoutResourceGraph(error)) {
      reading.problems.push(problemOf(error, '', 'Azure Resource Graph'));
      return;
    }
    refused = true;
    reading.problems.push(withoutResourceGraph(error));
    await readSitesFromArm(clients, [...wanted.values()], reading, signal);
  }
  signal?.throwIfAborted();
  onProgress?.(modelOf(reading, appIds));

  const principalIds = [...new Set([...reading.apps.values()].flatMap(app => app.identities.map(i => i.principalId)))];
  if (principalIds.length === 0) return;
  try {
    reading.assignments = await readAssignmentsFromResourceGraph(clients, principalIds, reading.problems, signal);
  } catch (error) {
    if (!isWithoutResourceGraph(error)) {
      reading.problems.push(problemOf(error, '', 'the role assignments from Azure Resource Graph'));
      return;
    }
    if (!refused) reading.problems.push(withoutResourceGraph(error));
    reading.assignments = await readAssignmentsFromArm(clients, reading.apps.values(), reading.problems, signal);
  }
  const facts = [...reading.assignments.values()].flat();
  reading.roleNames = await readRoleNames(connection, clients, facts, reading.problems, signal);
}

/** The ids that can be read, by their normalized form. */
function validIds(appIds: readonly string[], problems: Problem[]): ReadonlyMap<string, string> {
  const wanted = new Map<string, string>();
  for (const id of appIds) {
    if (parseSiteId(id)) wanted.set(normalizeResourceId(id), id.trim());
    else {
      problems.push({
        kind: 'malformed',
        scope: id,
        message:
          'This is not the id of an App Service. Write /subscriptions/<id>/resourceGroups/<name>/providers/Microsoft.Web/sites/<name>.',
      });
    }
  }
  return wanted;
}

/** A named app or slot, or a slot of a named app. */
function isWanted(id: unknown, wanted: ReadonlyMap<string, string>): boolean {
  // An id that is none is for the collection to complain about.
  if (typeof id !== 'string') return true;
  const key = normalizeResourceId(id);
  return wanted.has(key) || wanted.has(key.replace(SLOT, ''));
}

/** What was read as a model; the apps in the order in which they were named, or were read where none was. */
export function modelOf(reading: Reading, appIds: readonly string[]): IdentityModel {
  const apps = sortApps([...reading.apps.values()], appIds).map(app => ({
    ...app,
    identities: app.identities.map(identity => {
      const facts = reading.assignments.get(identity.principalId.toLowerCase());
      if (!facts) return identity;
      return {
        ...identity,
        assignments: sortAssignments(facts.map(each => assignmentOf(each, app, reading.roleNames))),
      };
    }),
  }));
  return { apps, problems: [...reading.problems], asOf: new Date().toISOString() };
}

const BROADEST_FIRST: readonly ScopeLevel[] = [
  'root',
  'managementGroup',
  'subscription',
  'resourceGroup',
  'resource',
  'subResource',
  'unknown',
];

/** Broadest scope first, then by role and scope, so that the order does not depend on the way it was read. */
function sortAssignments(assignments: readonly RoleAssignment[]): RoleAssignment[] {
  const key = ({ scopeLevel, role, scope, id }: RoleAssignment): string =>
    [BROADEST_FIRST.indexOf(scopeLevel), role, scope, id].join('\n').toLowerCase();
  const keys = new Map(assignments.map(assignment => [assignment, key(assignment)]));
  return assignments.toSorted((a, b) => ((keys.get(a) ?? '') < (keys.get(b) ?? '') ? -1 : 1));
}

/** In the order in which the apps were named, each followed by its slots. */
function sortApps(apps: readonly AppModel[], appIds: readonly string[]): AppModel[] {
  const position = new Map(appIds.map((id, index) => [normalizeResourceId(id), index]));
  const rank = (app: AppModel): number => {
    const id = normalizeResourceId(app.id);
    return position.get(id) ?? position.get(id.replace(SLOT, '')) ?? appIds.length;
  };
  const slot = (app: AppModel): string => app.slot?.toLowerCase() ?? '';
  return apps.toSorted((a, b) => rank(a) - rank(b) || (slot(a) < slot(b) ? -1 : slot(a) > slot(b) ? 1 : 0));
}
