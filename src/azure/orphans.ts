import type { AppModel, OrphanedAssignment, OrphanReport, Problem } from '../core/rbac/identity-model.ts';
import { roleDefinitionGuid, scopeLevel } from '../core/rbac/resource-id.ts';
import { azureClients } from './clients.ts';
import type { AzureConnection } from './connection.ts';
import { directoryObjects, directoryProblem } from './directory.ts';
import { Understood } from './lists.ts';
import { AzureReadError, problemOf } from './problems.ts';
import { allAssignmentsQuery } from './queries.ts';
import { type GraphScope, queryPages, type Rows, textOf } from './resource-graph.ts';
import { type AssignmentFacts, assignmentFacts, readRoleNames } from './role-assignments.ts';

export interface FindOrphansOptions {
  readonly signal?: AbortSignal;
  /** Everything that the account can see when absent. */
  readonly scope?: GraphScope;
  /** Principals that exist, one for each tenant id in lower case: the directory's word counts only if it knows them. */
  readonly witnesses: ReadonlyMap<string, string>;
  readonly problems: Problem[];
}

/** A principal made a moment ago may not have reached every copy of the directory. */
const settledAfter = 3_600_000;

/**
 * Finds role assignments whose principal is gone, page by page. Azure Resource Manager alone does not tell: it keeps the
 * assignment as it was made. So Microsoft Graph is asked for every principal, and what it does not know is orphaned,
 * provided that it is the directory of that tenant at all: it must know a principal of which Azure says that it exists.
 * Of other tenants nothing is said.
 * @throws AzureReadError when either cannot be read; nothing is asked where the connection has no directory
 */
export async function* findOrphans(
  connection: AzureConnection,
  { signal, scope, witnesses, problems }: FindOrphansOptions,
): AsyncGenerator<readonly OrphanedAssignment[]> {
  const { directory } = connection;
  if (!directory) return;
  const clients = azureClients(connection, signal);
  const tenants = await knownTenants(connection, witnesses, signal);
  if (tenants.size === 0) throw new AzureReadError(otherTenant);
  try {
    for await (const rows of queryPages(clients, allAssignmentsQuery(), signal, scope)) {
      const old = rows.filter(row => tenants.has(textOf(row['tenantId'])?.toLowerCase() ?? '') && isSettled(row));
      const understood = new Understood<AssignmentFacts>();
      for (const row of old) {
        const facts = assignmentFacts(row);
        understood.add(facts?.id, facts);
      }
      const facts = understood.values(problems, '', 'role assignments');
      const principals = [...new Set(facts.map(({ principalId }) => principalId))];
      const there = await asked(() => directoryObjects(connection, directory, principals, signal));
      const orphaned = facts.filter(({ principalId }) => !there.has(principalId.toLowerCase()));
      const names = await readRoleNames(connection, clients, orphaned, problems, signal);
      yield orphaned.map(each => orphanOf(each, names));
    }
  } catch (error) {
    throw error instanceof AzureReadError
      ? error
      : new AzureReadError(problemOf(error, '', 'the role assignments of these subscriptions'));
  }
}

const otherTenant: Problem = {
  kind: 'notFound',
  scope: '',
  message:
    'Microsoft Graph answers for another tenant than that of these subscriptions, so that nothing is known of principals that are gone. Sign in to their tenant.',
};

/** Those tenants whose witness the directory knows: it is theirs. */
async function knownTenants(
  connection: AzureConnection,
  witnesses: ReadonlyMap<string, string>,
  signal: AbortSignal | undefined,
): Promise<ReadonlySet<string>> {
  const { directory } = connection;
  if (!directory || witnesses.size === 0) return new Set();
  const there = await asked(() => directoryObjects(connection, directory, [...witnesses.values()], signal));
  const known = [...witnesses].filter(([, principalId]) => there.has(principalId.toLowerCase()));
  return new Set(known.map(([tenantId]) => tenantId.toLowerCase()));
}

async function asked<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await question();
  } catch (error) {
    throw new AzureReadError(directoryProblem(error, '', 'which principals exist'));
  }
}

function isSettled(row: Rows[number]): boolean {
  const createdOn = Date.parse(textOf(row['createdOn']) ?? '');
  return Date.now() - createdOn > settledAfter;
}

function orphanOf(facts: AssignmentFacts, names: ReadonlyMap<string, string>): OrphanedAssignment {
  const { id, scope, principalId, principalType, condition, roleDefinitionId } = facts;
  const guid = roleDefinitionGuid(roleDefinitionId);
  return {
    id,
    role: names.get(guid) ?? guid,
    roleDefinitionId: guid,
    scope,
    scopeLevel: scopeLevel(scope),
    principalId,
    ...(principalType === undefined ? {} : { principalType }),
    ...(condition === undefined ? {} : { condition }),
  };
}

/** A principal that exists for each tenant of the apps: an identity that an app has is there. */
export function witnessesOf(apps: readonly AppModel[]): ReadonlyMap<string, string> {
  const witnesses = new Map<string, string>();
  for (const { tenantId, identities } of apps) {
    const [identity] = identities;
    if (tenantId !== undefined && identity) witnesses.set(tenantId.toLowerCase(), identity.principalId);
  }
  return witnesses;
}

/**
 * The orphaned role assignments in the subscriptions of the apps and above. Never rejects: where they could not be told
 * they are absent, and the reason stands in `problems`.
 */
export async function readOrphans(
  connection: AzureConnection,
  apps: readonly AppModel[],
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<OrphanReport> {
  const problems: Problem[] = [];
  const orphans = new Map<string, OrphanedAssignment>();
  const witnesses = witnessesOf(apps);
  const scope = { subscriptions: [...new Set(apps.map(({ subscriptionId }) => subscriptionId))] };
  const report = (known: boolean): OrphanReport => ({
    ...(known ? { orphans: [...orphans.values()] } : {}),
    problems,
    asOf: new Date().toISOString(),
  });
  if (!connection.directory || witnesses.size === 0) return report(false);
  try {
    const options = { scope, witnesses, problems, ...(signal ? { signal } : {}) };
    for await (const page of findOrphans(connection, options)) {
      for (const orphan of page) orphans.set(orphan.id.toLowerCase(), orphan);
    }
    return report(true);
  } catch (error) {
    problems.push(problemOf(error, '', 'orphaned role assignments'));
    return report(false);
  }
}
