import { normalizeResourceId, sameResource } from '../core/rbac/resource-id.ts';
import { armError, type ArmRequest, type ArmResponse, page } from './arm-response.ts';
import type { DemoDenyAssignment, DemoRoleAssignment, DemoTenant } from './tenant.ts';

/** Deny assignments at and above the scope. */
export function listDenyAssignments(
  tenant: DemoTenant,
  { url }: ArmRequest,
  [scope = '']: readonly string[],
  pageSize: number,
): ArmResponse {
  const here = normalizeResourceId(scope);
  const found = (tenant.denyAssignments ?? []).filter(({ scope: at }) => isWithin(here, normalizeResourceId(at)));
  return page(url, found.map(denyBody), pageSize);
}

function denyBody(deny: DemoDenyAssignment): unknown {
  const { guid, name, scope, actions, dataActions, principals, excludePrincipals } = deny;
  return {
    properties: {
      denyAssignmentName: name,
      description: null,
      permissions: [{ actions, notActions: [], dataActions, notDataActions: [] }],
      scope,
      doNotApplyToChildScopes: false,
      principals,
      excludePrincipals,
      isSystemProtected: true,
    },
    id: `${scope}/providers/Microsoft.Authorization/denyAssignments/${guid}`,
    type: 'Microsoft.Authorization/denyAssignments',
    name: guid,
  };
}

/** `assignedTo('…')`: the roles that the principal could activate, itself or through a group. */
export function listEligibleRoles(
  tenant: DemoTenant,
  { url }: ArmRequest,
  _: readonly string[],
  pageSize: number,
): ArmResponse {
  const filter = url.searchParams.get('$filter')?.trim() ?? '';
  const principalId = /^assignedTo\('([^']+)'\)$/i.exec(filter)?.[1];
  if (principalId === undefined) return armError(400, 'UnsupportedQuery', `The filter '${filter}' is not supported.`);
  const who = principalsOf(tenant, principalId);
  const found = (tenant.eligibleRoles ?? []).filter(role => who.has(role.principalId.toLowerCase()));
  return page(url, found.map(eligibleBody), pageSize);
}

function eligibleBody(role: DemoRoleAssignment): unknown {
  const { guid, scope, roleDefinitionId, principalId, principalType, condition } = role;
  return {
    properties: {
      scope,
      roleDefinitionId,
      principalId,
      principalType,
      status: 'Provisioned',
      roleEligibilityScheduleId: `${scope}/providers/Microsoft.Authorization/RoleEligibilitySchedules/${guid}`,
      startDateTime: '2026-01-15T21:08:45Z',
      endDateTime: null,
      memberType: 'Direct',
      createdOn: '2026-01-15T21:08:45Z',
      condition: condition ?? null,
      conditionVersion: condition ? '2.0' : null,
    },
    name: guid,
    id: `${scope}/providers/Microsoft.Authorization/RoleEligibilityScheduleInstances/${guid}`,
    type: 'Microsoft.Authorization/RoleEligibilityScheduleInstances',
  };
}

/** The principal and the groups that it is a member of, in lower case. */
export function principalsOf(tenant: DemoTenant, principalId: string): ReadonlySet<string> {
  const me = principalId.toLowerCase();
  const groups = (tenant.groups ?? []).filter(({ members }) => members.some(member => member.toLowerCase() === me));
  return new Set([me, ...groups.map(group => group.principalId.toLowerCase())]);
}

/** True when `inner` is `outer` or lies below it; both normalized. */
export function isWithin(inner: string, outer: string): boolean {
  return outer === '/' || `${inner}/`.startsWith(`${outer}/`);
}

export function listFederatedCredentials(
  tenant: DemoTenant,
  { url }: ArmRequest,
  [identityId = '']: readonly string[],
  pageSize: number,
): ArmResponse {
  if (!tenant.userAssignedIdentities.some(({ id }) => sameResource(id, identityId)))
    return armError(404, 'ResourceNotFound', 'The user-assigned identity was not found.');
  const found = (tenant.federatedCredentials ?? []).filter(credential =>
    sameResource(credential.identityId, identityId),
  );
  return page(
    url,
    found.map(({ identityId: id, name, issuer, subject }) => ({
      id: `${id}/federatedIdentityCredentials/${name}`,
      name,
      type: 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials',
      properties: { issuer, subject, audiences: ['api://AzureADTokenExchange'] },
    })),
    pageSize,
  );
}

export function listCosmosRoleAssignments(
  tenant: DemoTenant,
  { url }: ArmRequest,
  [accountId = '']: readonly string[],
  pageSize: number,
): ArmResponse {
  const account = tenant.cosmosAccounts?.find(({ id }) => sameResource(id, accountId));
  if (!account) return armError(404, 'ResourceNotFound', 'The Cosmos DB account was not found.');
  return page(
    url,
    account.roleAssignments.map(({ guid, principalId, roleDefinition, below }) => ({
      id: `${account.id}/sqlRoleAssignments/${guid}`,
      name: guid,
      type: 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments',
      properties: {
        roleDefinitionId: `${account.id}/sqlRoleDefinitions/${roleDefinition}`,
        scope: account.id + below,
        principalId,
      },
    })),
    pageSize,
  );
}
