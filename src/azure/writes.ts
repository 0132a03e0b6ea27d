import { get, getSlot, update, updateSlot } from '@azure/arm-appservice/api/webApps';
import type { ManagedServiceIdentity } from '@azure/arm-appservice';
import { setTimeout as wait } from 'node:timers/promises';
import type { Problem } from '../core/rbac/identity-model.ts';
import { parseSiteId } from '../core/rbac/resource-id.ts';
import type { RoleGrant } from '../core/rbac/role-grant.ts';
import { abortable, eachPage } from './abort.ts';
import { azureClients, withoutLeadingSlash } from './clients.ts';
import type { AzureConnection } from './connection.ts';
import { AzureReadError, MalformedAnswerError, problemOf } from './problems.ts';
import { textOf } from './resource-graph.ts';
import { codeOf, writeProblemOf } from './write-problems.ts';

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
  let held: ManagedServiceIdentity | undefined;
  try {
    const asked = slot === undefined ? get(context, resourceGroup, site) : getSlot(context, resourceGroup, site, slot);
    held = (await abortable(asked, signal)).identity;
  } catch (error) {
    throw refused(problemOf(error, appId, `the identities of ${site}`));
  }
  try {
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
    const change = { scope: appId, what: 'turn on the identity of this app', role: 'Website Contributor' };
    throw refused(writeProblemOf(error, change));
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
  grant: RoleGrant,
  { signal, onProgress }: WriteOptions = {},
): Promise<'assigned' | 'exists'> {
  const { name, scope, principalId, roleDefinitionId } = grant;
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
  } catch (error) {
    throw refused(writeProblemOf(error, { scope, what: 'assign the role', role: accessAdministrator }));
  }
  try {
    await untilListed(connection, grant, { ...(signal ? { signal } : {}), ...(onProgress ? { onProgress } : {}) });
  } catch {
    // Azure has said yes; that it does not tell more, or that nobody waits for it, takes nothing back.
  }
  return 'assigned';
}

/** Waits until Azure lists the assignment, or for a while. */
async function untilListed(
  connection: AzureConnection,
  { id, scope, principalId }: RoleGrant,
  { signal, onProgress }: WriteOptions,
): Promise<void> {
  const { roleAssignments } = azureClients(connection, signal).authorization();
  const at = withoutLeadingSlash(scope);
  for (let attempt = 1; attempt <= patience.tries; attempt++) {
    const pages = roleAssignments.listForScope(at, { filter: `principalId eq '${principalId}'` }).byPage();
    for await (const items of eachPage(pages, signal)) {
      if (items.some(item => item.id?.toLowerCase() === id.toLowerCase())) return;
    }
    onProgress?.('waiting until Azure lists the role assignment');
    await pause(connection, signal);
  }
}

const accessAdministrator = 'Role Based Access Control Administrator';

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
    const change = { scope: assignmentId, what: 'remove this role assignment', role: accessAdministrator };
    throw refused(writeProblemOf(error, change));
  }
}

/** Shorter where retries are: a test server needs no minute. */
function pause({ retry }: AzureConnection, signal: AbortSignal | undefined): Promise<unknown> {
  return abortable(wait(Math.min(patience.pause, retry.pause * 5)), signal);
}

function refused(problem: Problem): AzureReadError {
  return new AzureReadError(problem);
}
