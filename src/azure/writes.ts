import { get, getSlot, update, updateSlot } from '@azure/arm-appservice/api/webApps';
import type { ManagedServiceIdentity } from '@azure/arm-appservice';
import { isRestError } from '@azure/core-rest-pipeline';
import { setTimeout as wait } from 'node:timers/promises';
import type { Problem } from '../core/rbac/identity-model.ts';
import { parseSiteId } from '../core/rbac/resource-id.ts';
import type { RoleGrant } from '../core/rbac/role-grant.ts';
import { abortable, eachPage } from './abort.ts';
import { azureClients, withoutLeadingSlash } from './clients.ts';
import type { AzureConnection } from './connection.ts';
import { AzureReadError, MalformedAnswerError, problemOf } from './problems.ts';
import { textOf } from './resource-graph.ts';

export interface WriteOptions {
  readonly signal?: AbortSignal;
  /** Told in words what is going on while Azure takes its time. */
  readonly onProgress?: (what: string) => void;
}

/** How long Azure is given to get to know a new principal, and to show a new assignment. */
const patience = { tries: 12, pause: 5000 } as const;

/**
 * Turns on the system-assigned identity of an app or slot; user-assigned ones stay. One that is on stays as it is.
 * @returns the principal id of the identity
 * @throws AzureReadError with what went wrong and what to do
 */
export async function enableSystemIdentity(
  connection: AzureConnection,
  appId: string,
  { signal }: WriteOptions = {},
): Promise<string> {
  const id = parseSiteId(appId);
  if (!id) throw refused({ kind: 'malformed', scope: appId, message: 'This is not the id of an App Service.' });
  const context = azureClients(connection, signal).webSites(id.subscriptionId);
  const { resourceGroup, site, slot } = id;
  try {
    const current = await abortable(
      slot === undefined ? get(context, resourceGroup, site) : getSlot(context, resourceGroup, site, slot),
      signal,
    );
    const held = current.identity;
    const principal = textOf(held?.principalId);
    if (principal !== undefined && /SystemAssigned/i.test(held?.type ?? '')) return principal;
    const identity = withSystemIdentity(held);
    const changed = await abortable(
      slot === undefined
        ? update(context, resourceGroup, site, { identity })
        : updateSlot(context, resourceGroup, site, slot, { identity }),
      signal,
    );
    const made = textOf(changed.identity?.principalId);
    if (made === undefined) throw new MalformedAnswerError('an identity without a principal');
    return made;
  } catch (error) {
    throw refused(writeProblemOf(error, appId, 'turn on the identity of this app', 'Website Contributor'));
  }
}

/** What is sent must name every user-assigned identity that is to stay. */
function withSystemIdentity(held: ManagedServiceIdentity | undefined): ManagedServiceIdentity {
  const others = Object.keys(held?.userAssignedIdentities ?? {});
  if (others.length === 0) return { type: 'SystemAssigned' };
  return {
    type: 'SystemAssigned, UserAssigned',
    userAssignedIdentities: Object.fromEntries(others.map(each => [each, {}])),
  };
}

/**
 * Assigns a role. The name of the assignment follows from what it says, so that asking twice assigns once; a principal
 * that was made a moment ago is waited for. Resolves when Azure lists the assignment: until services honour it, minutes
 * may pass.
 * @returns `exists` where the principal has the role in this scope already
 * @throws AzureReadError with what went wrong and what to do
 */
export async function assignRole(
  connection: AzureConnection,
  { id, name, scope, principalId, roleDefinitionId }: RoleGrant,
  { signal, onProgress }: WriteOptions = {},
): Promise<'assigned' | 'exists'> {
  const { roleAssignments } = azureClients(connection, signal).authorization();
  const at = withoutLeadingSlash(scope);
  const parameters = { roleDefinitionId, principalId, principalType: 'ServicePrincipal' };
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        await abortable(roleAssignments.create(at, name, parameters), signal);
        break;
      } catch (error) {
        if (codeOf(error) === 'RoleAssignmentExists') return 'exists';
        if (codeOf(error) !== 'PrincipalNotFound' || attempt === patience.tries) throw error;
        onProgress?.('Azure does not know the new identity yet; trying again');
        await pause(connection, signal);
      }
    }
    for (let attempt = 1; attempt <= patience.tries; attempt++) {
      const pages = roleAssignments.listForScope(at, { filter: `principalId eq '${principalId}'` }).byPage();
      for await (const items of eachPage(pages, signal)) {
        if (items.some(item => item.id?.toLowerCase() === id.toLowerCase())) return 'assigned';
      }
      onProgress?.('waiting until Azure lists the role assignment');
      await pause(connection, signal);
    }
    return 'assigned';
  } catch (error) {
    throw refused(
      writeProblemOf(error, scope, 'assign roles in this scope', 'Role Based Access Control Administrator'),
    );
  }
}

/**
 * Removes a role assignment; one that is gone already is fine.
 * @throws AzureReadError with what went wrong and what to do
 */
export async function removeRoleAssignment(
  connection: AzureConnection,
  assignmentId: string,
  { signal }: WriteOptions = {},
): Promise<void> {
  const { roleAssignments } = azureClients(connection, signal).authorization();
  try {
    await abortable(roleAssignments.deleteById(withoutLeadingSlash(assignmentId)), signal);
  } catch (error) {
    throw refused(
      writeProblemOf(error, assignmentId, 'remove this role assignment', 'Role Based Access Control Administrator'),
    );
  }
}

/** Shorter where retries are: a test server needs no minute. */
function pause({ retry }: AzureConnection, signal: AbortSignal | undefined): Promise<unknown> {
  return abortable(wait(Math.min(patience.pause, retry.pause * 5)), signal);
}

function codeOf(error: unknown): string | undefined {
  return isRestError(error) ? error.code : undefined;
}

function refused(problem: Problem): AzureReadError {
  return new AzureReadError(problem);
}

/** What went wrong with a change: a refusal names the role that allows it. */
function writeProblemOf(error: unknown, scope: string, what: string, role: string): Problem {
  const problem = problemOf(error, scope, 'the answer');
  if (problem.kind === 'forbidden') {
    const message = `The signed-in account may not ${what} (403). It needs the role ${role} there, or one that includes it.`;
    return { ...problem, message };
  }
  if (isRestError(error) && error.statusCode === 409) {
    const message = `Azure is busy with another change here and did not ${what} (409). Refresh, look, and try again.`;
    return { ...problem, kind: 'unavailable', message };
  }
  if (problem.kind === 'network' || problem.kind === 'unavailable' || problem.kind === 'cancelled') {
    const why =
      problem.kind === 'cancelled' ? 'The request was stopped' : 'The connection to Azure failed, or Azure did';
    const message = `${why} while it was asked to ${what}. Whether that was done is not known: refresh and look before trying again.`;
    return { ...problem, message };
  }
  return problem;
}
