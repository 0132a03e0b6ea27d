import { isInheritedBy, normalizeResourceId, roleDefinitionGuid, scopeLevel } from '../core/rbac/resource-id.ts';
import { builtInRoleName } from '../core/rbac/builtin-roles.ts';
import type { AppModel, Problem, RoleAssignment } from '../core/rbac/identity-model.ts';
import { abortable, eachPage, forEachLimited } from './abort.ts';
import { type AzureClients, withoutLeadingSlash } from './clients.ts';
import type { AzureConnection } from './connection.ts';
import { isForbidden, MalformedAnswerError, problemOf } from './problems.ts';
import { queryPages, textOf } from './resource-graph.ts';
import { roleAssignmentsQuery } from './queries.ts';

/** An assignment as read, before it is seen from an app. */
export interface AssignmentFacts {
  readonly id: string;
  readonly principalId: string;
  readonly principalType?: string;
  readonly scope: string;
  /** Role definition id with the prefix that Azure used. */
  readonly roleDefinitionId: string;
  readonly roleName?: string;
  readonly condition?: string;
}

/** Assignments by principal id in lower case. A principal that is not there could not be read. */
export type AssignmentsByPrincipal = Map<string, AssignmentFacts[]>;

/** Reads the direct assignments of all principals with one query, a thousand rows a page. */
export async function readAssignmentsFromResourceGraph(
  clients: AzureClients,
  principalIds: readonly string[],
  problems: Problem[],
  signal?: AbortSignal,
): Promise<AssignmentsByPrincipal> {
  const found = new Map<string, AssignmentFacts>();
  let unreadable = 0;
  for await (const rows of queryPages(clients, roleAssignmentsQuery(principalIds), signal)) {
    for (const row of rows) {
      const facts = assignmentFacts(row);
      if (!facts) unreadable++;
      else if (!found.has(normalizeResourceId(facts.id))) found.set(normalizeResourceId(facts.id), facts);
    }
  }
  if (unreadable > 0) problems.push(unreadableAssignments(unreadable));
  return byPrincipal(principalIds, found.values());
}

/**
 * Reads the direct assignments of each principal from Azure Resource Manager: in the subscriptions of its apps, or
 * where that is forbidden, in their resource groups.
 */
export async function readAssignmentsFromArm(
  clients: AzureClients,
  apps: Iterable<AppModel>,
  problems: Problem[],
  signal?: AbortSignal,
): Promise<AssignmentsByPrincipal> {
  const result: AssignmentsByPrincipal = new Map();
  const byId = new Map<string, { principalId: string; apps: AppModel[] }>();
  for (const app of apps) {
    for (const { principalId } of app.identities) {
      const key = principalId.toLowerCase();
      const holder = byId.get(key) ?? { principalId, apps: [] };
      holder.apps.push(app);
      byId.set(key, holder);
    }
  }
  await forEachLimited([...byId.entries()], 6, async ([key, holder]) => {
    const found = new Map<string, AssignmentFacts>();
    try {
      const subscriptions = new Set(holder.apps.map(app => app.subscriptionId));
      for (const subscriptionId of subscriptions) {
        const groups = new Set(
          holder.apps.filter(app => app.subscriptionId === subscriptionId).map(app => app.resourceGroup),
        );
        await listForSubscription(clients, subscriptionId, groups, holder.principalId, found, signal);
      }
      result.set(key, [...found.values()]);
    } catch (error) {
      problems.push(
        problemOf(error, holder.apps[0]?.id ?? '', `the role assignments of principal ${holder.principalId}`),
      );
    }
  });
  return result;
}

async function listForSubscription(
  clients: AzureClients,
  subscriptionId: string,
  resourceGroups: Iterable<string>,
  principalId: string,
  found: Map<string, AssignmentFacts>,
  signal?: AbortSignal,
): Promise<void> {
  const subscription = `/subscriptions/${subscriptionId}`;
  try {
    await listForScope(clients, subscription, principalId, found, signal);
  } catch (error) {
    if (!isForbidden(error)) throw error;
    for (const group of resourceGroups) {
      await listForScope(clients, `${subscription}/resourceGroups/${group}`, principalId, found, signal);
    }
  }
}

async function listForScope(
  clients: AzureClients,
  scope: string,
  principalId: string,
  found: Map<string, AssignmentFacts>,
  signal?: AbortSignal,
): Promise<void> {
  const { roleAssignments } = clients.authorization();
  const filter = `principalId eq '${principalId}'`;
  const pages = roleAssignments.listForScope(withoutLeadingSlash(scope), { filter }).byPage();
  for await (const items of eachPage(pages, signal)) {
    if (!Array.isArray(items)) throw new MalformedAnswerError('no list');
    for (const item of items) {
      const facts = assignmentFacts(item);
      if (!facts) throw new MalformedAnswerError('an assignment without its parts');
      const key = normalizeResourceId(facts.id);
      if (facts.principalId.toLowerCase() === principalId.toLowerCase() && !found.has(key)) found.set(key, facts);
    }
  }
}

export function assignmentFacts(row: { readonly [Key in keyof AssignmentFacts]?: unknown }):
  AssignmentFacts | undefined {
  const id = textOf(row.id);
  const principalId = textOf(row.principalId);
  const scope = textOf(row.scope);
  const roleDefinitionId = textOf(row.roleDefinitionId);
  if (!id || !principalId || !scope || !roleDefinitionId) return undefined;
  const principalType = textOf(row.principalType);
  const roleName = textOf(row.roleName);
  const condition = textOf(row.condition);
  return {
    id,
    principalId,
    scope,
    roleDefinitionId,
    ...(principalType ? { principalType } : undefined),
    ...(roleName ? { roleName } : undefined),
    ...(condition ? { condition } : undefined),
  };
}

function byPrincipal(principalIds: readonly string[], facts: Iterable<AssignmentFacts>): AssignmentsByPrincipal {
  const result: AssignmentsByPrincipal = new Map(principalIds.map(id => [id.toLowerCase(), []]));
  for (const assignment of facts) result.get(assignment.principalId.toLowerCase())?.push(assignment);
  return result;
}

function unreadableAssignments(count: number): Problem {
  return {
    kind: 'malformed',
    scope: '',
    message: `${count} role assignment(s) in Azure's answer could not be understood and are not shown. Refresh to try again.`,
  };
}

/** Names of the roles that are not built in and that no query named, read once per connection. */
const namesByConnection = new WeakMap<AzureConnection, Map<string, string>>();

/**
 * Finds the name of every role in use: built-in ones cost no call, named rows none either, the rest one each.
 * @returns role names by role definition GUID; one that Azure would not tell is missing
 */
export async function readRoleNames(
  connection: AzureConnection,
  clients: AzureClients,
  facts: Iterable<AssignmentFacts>,
  problems: Problem[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const cache = namesByConnection.get(connection) ?? new Map<string, string>();
  namesByConnection.set(connection, cache);
  const names = new Map<string, string>();
  const unknown = new Map<string, string>();
  for (const { roleDefinitionId, roleName } of facts) {
    const guid = roleDefinitionGuid(roleDefinitionId);
    const name = builtInRoleName(guid) ?? roleName ?? cache.get(guid);
    if (name) names.set(guid, name);
    else unknown.set(guid, roleDefinitionId);
  }
  const missing = [...unknown].filter(([guid]) => !names.has(guid));
  await forEachLimited(missing, 6, async ([guid, roleDefinitionId]) => {
    try {
      const definition = await abortable(
        clients.authorization().roleDefinitions.getById(withoutLeadingSlash(roleDefinitionId)),
        signal,
      );
      const name = textOf(definition.roleName);
      if (!name) throw new MalformedAnswerError('a role without a name');
      cache.set(guid, name);
      names.set(guid, name);
    } catch (error) {
      problems.push(problemOf(error, roleDefinitionId, `the name of role ${guid}`));
    }
  });
  return names;
}

/** The assignment as it looks from one app. */
export function assignmentOf(
  facts: AssignmentFacts,
  app: AppModel,
  names: ReadonlyMap<string, string>,
): RoleAssignment {
  const guid = roleDefinitionGuid(facts.roleDefinitionId);
  return {
    id: facts.id,
    role: names.get(guid) ?? guid,
    roleDefinitionId: guid,
    scope: facts.scope,
    scopeLevel: scopeLevel(facts.scope),
    inherited: isInheritedBy(facts.scope, app.id),
    ...(facts.condition ? { condition: facts.condition } : undefined),
    ...(facts.principalType ? { principalType: facts.principalType } : undefined),
  };
}
