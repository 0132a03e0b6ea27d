import type { AppModel, ManagedIdentity, RoleAssignment } from './identity-model.ts';
import { includes, overlaps, type Permissions } from './permissions.ts';
import type { Severity } from './posture.ts';
import { normalizeResourceId, sameResource } from './resource-id.ts';
import { builtInPermissions } from './role-permissions.ts';

/** A role that allows more than an app should have, told from what the role allows and where, not from its name. */
export interface ExcessivePrivilege {
  readonly id: 'rbac-owner' | 'rbac-broad' | 'rbac-control-for-data' | 'rbac-data-wide';
  readonly severity: Severity;
  /** What the identity could do with it. */
  readonly message: string;
  readonly advice: string;
}

/** What a role definition allows, by its GUID; `undefined` while unknown. Custom roles are read from Azure. */
export type PermissionsOf = (roleDefinitionId: string) => Permissions | undefined;

/**
 * What is excessive about a role assignment, the gravest first; nothing when the role's permissions are not known.
 * @param permissionsOf - the built-in roles alone when absent
 */
export function excessOf(
  assignment: RoleAssignment,
  permissionsOf: PermissionsOf = builtInPermissions,
): readonly ExcessivePrivilege[] {
  const role = permissionsOf(assignment.roleDefinitionId);
  if (!role) return [];
  const found: ExcessivePrivilege[] = [];
  const wide = isWide(assignment);
  const conditional = assignment.condition !== undefined;
  // A condition is how Azure limits whom such a role may be given to.
  if (overlaps(role, 'Microsoft.Authorization/roleAssignments/write', 'control') && !conditional) {
    found.push({
      id: 'rbac-owner',
      severity: 'critical',
      message: 'can grant itself any role in this scope',
      advice: 'An app never needs to grant access. Replace it by the data role that its code uses.',
    });
  }
  if (role.actions.some(isWideOpen) && wide) {
    found.push({
      id: 'rbac-broad',
      severity: 'high',
      message: 'can change every resource in this scope',
      advice: 'Give the role on the one resource that the app manages, or a data role if it manages none.',
    });
  }
  const keys = keyReaders.filter(action => isOf(action, assignment) && overlaps(role, action, 'control'));
  if (keys.length > 0 && !found.some(({ id }) => id === 'rbac-broad')) {
    found.push({
      id: 'rbac-control-for-data',
      severity: 'high',
      message: 'can read keys, which open the data without any role',
      advice: 'Use a data role, and turn keys off on the resource.',
    });
  }
  if (role.dataActions.length > 0 && !conditional && (wide || assignment.scopeLevel === 'resourceGroup')) {
    found.push({
      id: 'rbac-data-wide',
      severity: 'medium',
      message: `reaches the data of every resource in ${assignment.scopeLevel === 'resourceGroup' ? 'the resource group' : 'this scope'}`,
      advice: 'Assign the role on the resource that the app uses.',
    });
  }
  return found;
}

function isWide({ scopeLevel }: RoleAssignment): boolean {
  return scopeLevel === 'root' || scopeLevel === 'managementGroup' || scopeLevel === 'subscription';
}

function isWideOpen(action: string): boolean {
  return action === '*' || /^\*\/(?:write|action)$/i.test(action);
}

/** On one resource a role reaches the keys of that kind of resource alone. */
function isOf(action: string, { scope, scopeLevel }: RoleAssignment): boolean {
  if (scopeLevel !== 'resource' && scopeLevel !== 'subResource') return true;
  const type = /\/providers\/([^/]+\/[^/]+)\/[^/]+/i.exec(scope)?.[1];
  return type === undefined || action.toLowerCase().startsWith(`${type.toLowerCase()}/`);
}

/** Actions that hand out keys or connection strings of services that also take tokens. */
const keyReaders: readonly string[] = [
  'Microsoft.Storage/storageAccounts/listKeys/action',
  'Microsoft.Storage/storageAccounts/listAccountSas/action',
  'Microsoft.DocumentDB/databaseAccounts/listKeys/action',
  'Microsoft.DocumentDB/databaseAccounts/listConnectionStrings/action',
  'Microsoft.ServiceBus/namespaces/authorizationRules/listKeys/action',
  'Microsoft.EventHub/namespaces/authorizationRules/listKeys/action',
  'Microsoft.CognitiveServices/accounts/listKeys/action',
  'Microsoft.Search/searchServices/listAdminKeys/action',
  'Microsoft.AppConfiguration/configurationStores/listKeys/action',
  'Microsoft.SignalRService/SignalR/listKeys/action',
  'Microsoft.SignalRService/WebPubSub/listKeys/action',
  'Microsoft.Cache/redis/listKeys/action',
  'Microsoft.ContainerRegistry/registries/listCredentials/action',
  'Microsoft.Communication/CommunicationServices/listKeys/action',
  'Microsoft.Devices/iotHubs/listkeys/action',
  'Microsoft.Maps/accounts/listKeys/action',
  'Microsoft.Web/sites/config/list/action',
  'Microsoft.Web/sites/publishxml/action',
];

/** Roles that the production app holds and a slot's own identities do not: after a swap its code would be refused. */
export interface SwapGap {
  readonly role: string;
  readonly scope: string;
}

/** The site that a slot belongs to, among the apps at hand. */
export function productionOf(slot: AppModel, apps: readonly AppModel[]): AppModel | undefined {
  const site = slot.id.replace(/\/slots\/[^/]+\/?$/i, '');
  return apps.find(app => app.slot === undefined && sameResource(app.id, site));
}

/**
 * What a slot lacks beside its production app. Identities do not swap: each slot keeps its own. `undefined` when roles
 * of either were not read.
 */
export function swapGaps(production: AppModel, slot: AppModel): readonly SwapGap[] | undefined {
  const theirs = assignmentsOf(production.identities);
  const own = assignmentsOf(slot.identities);
  if (!theirs || !own) return undefined;
  const gaps = new Map<string, SwapGap>();
  for (const assignment of theirs) {
    if (own.some(held => standsFor(held, assignment))) continue;
    gaps.set(keyOf(assignment), { role: assignment.role, scope: assignment.scope });
  }
  return [...gaps.values()];
}

function assignmentsOf(identities: readonly ManagedIdentity[]): RoleAssignment[] | undefined {
  if (identities.some(({ assignments }) => assignments === undefined)) return undefined;
  return identities.flatMap(({ assignments = [] }) => assignments);
}

/** True when what is held allows at least the same: the role or a wider one, there or above, under no other condition. */
function standsFor(held: RoleAssignment, needed: RoleAssignment): boolean {
  if (held.condition !== undefined && held.condition !== needed.condition) return false;
  const [mine, theirs] = [builtInPermissions(held.roleDefinitionId), builtInPermissions(needed.roleDefinitionId)];
  const sameRole = held.roleDefinitionId === needed.roleDefinitionId;
  if (!sameRole && !(mine && theirs && includes(mine, theirs))) return false;
  // An id does not tell which management groups hold a subscription.
  if (held.scopeLevel === 'root' || held.scopeLevel === 'managementGroup') return true;
  return `${normalizeResourceId(needed.scope)}/`.startsWith(`${normalizeResourceId(held.scope)}/`);
}

function keyOf({ roleDefinitionId, scope, condition = '' }: RoleAssignment): string {
  return `${roleDefinitionId}|${normalizeResourceId(scope)}|${condition}`;
}
