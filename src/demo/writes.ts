import { builtInRoleName } from '../core/rbac/builtin-roles.ts';
import { normalizeResourceId, roleDefinitionGuid, sameResource } from '../core/rbac/resource-id.ts';
import { armError, type ArmRequest, type ArmResponse, ok } from './arm-response.ts';
import { guidOf } from './guid.ts';
import { forgetResults } from './resource-graph.ts';
import { type DemoRoleAssignment, type DemoSite, type DemoTenant, roleAssignmentId } from './tenant.ts';

/** Principals that were made just now, and how many more assignments to them fail: Azure takes a while to know them. */
const replicating = new WeakMap<DemoTenant, Map<string, number>>();

/** `PUT …/roleAssignments/{guid}`: makes the assignment, or refuses as Azure does. */
export function putRoleAssignment(
  tenant: DemoTenant,
  { body }: ArmRequest,
  [scope = '', guid = '']: readonly string[],
): ArmResponse {
  const { roleDefinitionId, principalId, principalType, condition } = propertiesOf(body);
  if (typeof roleDefinitionId !== 'string' || typeof principalId !== 'string') {
    return armError(400, 'InvalidRequestContent', 'The request content was invalid: role and principal are needed.');
  }
  const role = roleDefinitionGuid(roleDefinitionId);
  if (builtInRoleName(role) === undefined && !tenant.roleDefinitions.some(each => each.guid === role)) {
    return armError(
      404,
      'RoleDefinitionDoesNotExist',
      `The specified role definition with ID '${role}' does not exist.`,
    );
  }
  const waiting = replicating.get(tenant)?.get(principalId.toLowerCase()) ?? 0;
  if (waiting > 0) {
    replicating.get(tenant)?.set(principalId.toLowerCase(), waiting - 1);
    return armError(400, 'PrincipalNotFound', `Principal ${principalId} does not exist in the directory.`);
  }
  const at = `/${scope.replace(/^\/+/, '')}`;
  const same = tenant.roleAssignments.find(
    each =>
      sameResource(each.scope, at) &&
      each.principalId.toLowerCase() === principalId.toLowerCase() &&
      roleDefinitionGuid(each.roleDefinitionId) === role,
  );
  if (same && same.guid.toLowerCase() !== guid.toLowerCase()) {
    return armError(409, 'RoleAssignmentExists', 'The role assignment already exists.');
  }
  const assignment: DemoRoleAssignment = {
    guid,
    scope: at,
    roleDefinitionId,
    principalId,
    principalType: typeof principalType === 'string' ? principalType : 'ServicePrincipal',
    ...(typeof condition === 'string' ? { condition } : undefined),
  };
  if (!same) {
    (tenant.roleAssignments as DemoRoleAssignment[]).push(assignment);
    forgetResults(tenant);
  }
  return { status: 201, body: { id: roleAssignmentId(assignment), name: guid, properties: { ...assignment } } };
}

/** `DELETE …/roleAssignments/{guid}`; one that is not there is answered with 204. */
export function deleteRoleAssignment(
  tenant: DemoTenant,
  _: ArmRequest,
  [scope = '', guid = '']: readonly string[],
): ArmResponse {
  const id = normalizeResourceId(`${scope}/providers/Microsoft.Authorization/roleAssignments/${guid}`);
  const index = tenant.roleAssignments.findIndex(each => normalizeResourceId(roleAssignmentId(each)) === id);
  const [gone] = index < 0 ? [] : (tenant.roleAssignments as DemoRoleAssignment[]).splice(index, 1);
  if (!gone) return { status: 204, body: undefined };
  forgetResults(tenant);
  return ok({ id: roleAssignmentId(gone), name: gone.guid, properties: { ...gone } });
}

/** `PATCH` of a site: its `identity` alone is taken. */
export function patchSite(tenant: DemoTenant, { body, url }: ArmRequest): DemoSite | ArmResponse {
  const path = decodeURIComponent(url.pathname);
  const index = tenant.sites.findIndex(({ id }) => sameResource(id, path));
  const site = tenant.sites[index];
  if (!site) return armError(404, 'ResourceNotFound', `The Resource '${path}' was not found.`);
  const asked = (parsed(body) as { readonly identity?: IdentityBody }).identity;
  if (!asked) return site;
  const types = (asked.type ?? 'None').split(',').map(type => type.trim());
  const held = (site.identity ?? {}) as IdentityBody & { readonly principalId?: string };
  const wantsSystem = types.includes('SystemAssigned');
  const principalId = wantsSystem ? (held.principalId ?? guidOf(`principal of ${site.id} ${index}`)) : undefined;
  if (principalId !== undefined && held.principalId === undefined) {
    const known = replicating.get(tenant) ?? new Map<string, number>();
    known.set(principalId.toLowerCase(), 2);
    replicating.set(tenant, known);
  }
  const users = Object.keys(types.includes('UserAssigned') ? (asked.userAssignedIdentities ?? {}) : {});
  const identity = {
    type: types.join(', '),
    ...(principalId === undefined ? undefined : { principalId, tenantId: tenant.tenantId }),
    ...(users.length > 0
      ? {
          userAssignedIdentities: Object.fromEntries(
            users.map(id => {
              const known = tenant.userAssignedIdentities.find(each => sameResource(each.id, id));
              return [id, { principalId: known?.principalId, clientId: known?.clientId }];
            }),
          ),
        }
      : undefined),
  };
  const changed: DemoSite = { ...site, identity };
  (tenant.sites as DemoSite[])[index] = changed;
  forgetResults(tenant);
  return changed;
}

interface IdentityBody {
  readonly type?: string;
  readonly userAssignedIdentities?: Readonly<Record<string, unknown>>;
}

function propertiesOf(body: string): Readonly<Record<string, unknown>> {
  const { properties } = parsed(body) as { readonly properties?: unknown };
  return typeof properties === 'object' && properties !== null ? (properties as Record<string, unknown>) : {};
}

function parsed(body: string): object {
  try {
    const value = JSON.parse(body) as unknown;
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
