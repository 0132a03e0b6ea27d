import { builtInRoleName } from '../core/rbac/builtin-roles.ts';
import { normalizeResourceId, parseSiteId, roleDefinitionGuid, sameResource } from '../core/rbac/resource-id.ts';
import { armError, type ArmRequest, type ArmResponse, ok, page } from './arm-response.ts';
import {
  isWithin,
  listCosmosRoleAssignments,
  listDenyAssignments,
  listEligibleRoles,
  listFederatedCredentials,
  principalsOf,
} from './access-routes.ts';
import { getDirectoryObjects } from './directory.ts';
import { queryResources } from './resource-graph.ts';
import { siteConfiguration } from './site-routes.ts';
import { deleteRoleAssignment, patchSite, putRoleAssignment } from './writes.ts';
import { type DemoRoleAssignment, type DemoSite, type DemoTenant, roleAssignmentId } from './tenant.ts';

type Handler = (
  tenant: DemoTenant,
  request: ArmRequest,
  parameters: readonly string[],
  pageSize: number,
) => ArmResponse;

const SITES = '/subscriptions/([^/]+)/resourceGroups/([^/]+)/providers/Microsoft\\.Web/sites';

const ROUTES: readonly (readonly [method: string, path: RegExp, handler: Handler])[] = [
  ['POST', route('/providers/Microsoft\\.ResourceGraph/resources'), resourceGraph],
  ['GET', route('/tenants'), listTenants],
  ['GET', route('/subscriptions'), listSubscriptions],
  ['GET', route('/subscriptions/([^/]+)'), getSubscription],
  ['GET', route('/subscriptions/([^/]+)/providers/Microsoft\\.Web/sites'), listSites],
  ['GET', route(SITES), listSitesOfGroup],
  ['GET', route(SITES + '/([^/]+)'), getSite],
  ['GET', route(SITES + '/([^/]+)/slots'), listSlots],
  ['GET', route(SITES + '/([^/]+)/slots/([^/]+)'), getSite],
  [
    'GET',
    route(
      '/subscriptions/([^/]+)/resourceGroups/([^/]+)/providers/Microsoft\\.ManagedIdentity/userAssignedIdentities/([^/]+)',
    ),
    getUserAssignedIdentity,
  ],
  ['GET', route('(.*)/providers/Microsoft\\.ManagedIdentity/identities/default'), getSystemAssignedIdentity],
  ...['GET', 'POST'].map(
    method =>
      [
        method,
        route(`(${SITES}/[^/]+(?:/slots/[^/]+)?)/(config/.+|basicPublishingCredentialsPolicies)`),
        (tenant, request, [siteId = '', , , rest = ''], pageSize) =>
          siteConfiguration(tenant, request, [siteId, rest], pageSize),
      ] as const satisfies (typeof ROUTES)[number],
  ),
  ['GET', route('(.*/userAssignedIdentities/[^/]+)/federatedIdentityCredentials'), listFederatedCredentials],
  ['GET', route('(.*/databaseAccounts/[^/]+)/sqlRoleAssignments'), listCosmosRoleAssignments],
  ['GET', route('(.*)/providers/Microsoft\\.Authorization/denyAssignments'), listDenyAssignments],
  ['GET', route('(.*)/providers/Microsoft\\.Authorization/roleEligibilityScheduleInstances'), listEligibleRoles],
  ['GET', route('(.*)/providers/Microsoft\\.Authorization/roleAssignments'), listRoleAssignments],
  ['GET', route('(.*)/providers/Microsoft\\.Authorization/roleDefinitions/([^/]+)'), getRoleDefinition],
  ['PUT', route('(.*)/providers/Microsoft\\.Authorization/roleAssignments/([^/]+)'), putRoleAssignment],
  ['DELETE', route('(.*)/providers/Microsoft\\.Authorization/roleAssignments/([^/]+)'), deleteRoleAssignment],
  ['PATCH', route(SITES + '/([^/]+)(?:/slots/([^/]+))?'), changeSite],
];

function route(path: string): RegExp {
  return new RegExp(`^${path}$`, 'i');
}

/** Answers as Azure Resource Manager would. */
export function answer(tenant: DemoTenant, request: ArmRequest, pageSize: number): ArmResponse {
  const path = decodeURIComponent(request.url.pathname);
  if (path === '/v1.0/directoryObjects/getByIds') return getDirectoryObjects(tenant, request);
  const apiVersion = request.url.searchParams.get('api-version');
  if (!apiVersion) {
    return armError(
      400,
      'MissingApiVersionParameter',
      'The api-version query parameter (?api-version=) is required for all requests.',
    );
  }
  if (!/^\d{4}-\d{2}-\d{2}(?:-preview)?$/.test(apiVersion)) {
    return armError(400, 'InvalidApiVersionParameter', `The api-version '${apiVersion}' is invalid.`);
  }
  const matching = ROUTES.filter(([, pattern]) => pattern.test(path));
  const hit = matching.find(([method]) => method === request.method);
  if (!hit) {
    if (matching.length > 0) return armError(405, 'MethodNotAllowed', `${request.method} is not supported here.`);
    return armError(404, 'InvalidResourceType', `The demo tenant has nothing at '${path}'.`);
  }
  const [, pattern, handler] = hit;
  const parameters = pattern.exec(path)?.slice(1) ?? [];
  const missing = missingSubscription(tenant, path);
  if (missing) {
    return armError(404, 'SubscriptionNotFound', `The subscription '${missing}' could not be found.`);
  }
  return handler(tenant, request, parameters, pageSize);
}

function missingSubscription(tenant: DemoTenant, path: string): string | undefined {
  const named = /^\/subscriptions\/([^/]+)/i.exec(path)?.[1];
  if (!named) return undefined;
  const known = tenant.subscriptions.some(s => s.subscriptionId.toLowerCase() === named.toLowerCase());
  return known ? undefined : named;
}

function resourceGraph(tenant: DemoTenant, request: ArmRequest, _: readonly string[], pageSize: number): ArmResponse {
  let body: unknown;
  try {
    body = JSON.parse(request.body);
  } catch {
    return armError(400, 'BadRequest', 'The request body is not JSON.');
  }
  return queryResources(tenant, body, pageSize);
}

function listTenants(tenant: DemoTenant, { url }: ArmRequest, _: readonly string[], pageSize: number): ArmResponse {
  const tenants = [tenant, ...(tenant.otherTenants ?? [])].map(({ tenantId, displayName }, i) => ({
    id: `/tenants/${tenantId}`,
    tenantId,
    displayName,
    tenantCategory: i === 0 ? 'Home' : 'ProjectedBy',
    tenantType: 'AAD',
  }));
  return page(url, tenants, pageSize);
}

function subscriptionBody(tenant: DemoTenant, subscription: DemoTenant['subscriptions'][number]): unknown {
  return {
    id: `/subscriptions/${subscription.subscriptionId}`,
    authorizationSource: 'RoleBased',
    managedByTenants: [],
    subscriptionId: subscription.subscriptionId,
    tenantId: subscription.tenantId ?? tenant.tenantId,
    displayName: subscription.displayName,
    state: 'Enabled',
    subscriptionPolicies: { locationPlacementId: 'Public_2014-09-01', quotaId: 'Demo', spendingLimit: 'Off' },
  };
}

function listSubscriptions(tenant: DemoTenant, { url }: ArmRequest, _: readonly string[], size: number): ArmResponse {
  return page(
    url,
    tenant.subscriptions.map(subscription => subscriptionBody(tenant, subscription)),
    size,
  );
}

function getSubscription(tenant: DemoTenant, _: ArmRequest, [id = '']: readonly string[]): ArmResponse {
  const found = tenant.subscriptions.find(s => s.subscriptionId.toLowerCase() === id.toLowerCase());
  return found
    ? ok(subscriptionBody(tenant, found))
    : armError(404, 'SubscriptionNotFound', `No subscription '${id}'.`);
}

function siteBody(site: DemoSite): unknown {
  const id = parseSiteId(site.id);
  return {
    id: site.id,
    name: id?.slot ? `${id.site}/${id.slot}` : id?.site,
    type: id?.slot ? 'Microsoft.Web/sites/slots' : 'Microsoft.Web/sites',
    kind: site.kind,
    location: site.location,
    ...(site.tags ? { tags: site.tags } : undefined),
    properties: { resourceGroup: id?.resourceGroup, ...site.properties },
    ...(site.identity === undefined ? undefined : { identity: site.identity }),
  };
}

function listSites(tenant: DemoTenant, { url }: ArmRequest, [sub = '']: readonly string[], size: number): ArmResponse {
  const sites = tenant.sites.filter(site => {
    const id = parseSiteId(site.id);
    return id && !id.slot && id.subscriptionId.toLowerCase() === sub.toLowerCase();
  });
  return page(url, sites.map(siteBody), size);
}

function listSitesOfGroup(
  tenant: DemoTenant,
  { url }: ArmRequest,
  [subscription = '', group = '']: readonly string[],
  size: number,
): ArmResponse {
  const prefix = normalizeResourceId(`/subscriptions/${subscription}/resourceGroups/${group}`) + '/';
  const withSlots = url.searchParams.get('includeSlots')?.toLowerCase() === 'true';
  const sites = tenant.sites.filter(
    site => site.id.toLowerCase().startsWith(prefix) && (withSlots || !parseSiteId(site.id)?.slot),
  );
  return page(url, sites.map(siteBody), size);
}

function getSite(tenant: DemoTenant, { url }: ArmRequest, [, group = '', name = '']: readonly string[]): ArmResponse {
  const path = decodeURIComponent(url.pathname);
  const site = tenant.sites.find(candidate => sameResource(candidate.id, path));
  if (site) return ok(siteBody(site));
  const prefix = path.slice(0, path.toLowerCase().indexOf('/providers/')).toLowerCase() + '/';
  if (!tenant.sites.some(candidate => candidate.id.toLowerCase().startsWith(prefix))) {
    return armError(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`);
  }
  return armError(
    404,
    'ResourceNotFound',
    `The Resource 'Microsoft.Web/sites/${name}' under resource group '${group}' was not found.`,
  );
}

function changeSite(tenant: DemoTenant, request: ArmRequest): ArmResponse {
  const changed = patchSite(tenant, request);
  return 'body' in changed ? changed : ok(siteBody(changed));
}

function listSlots(tenant: DemoTenant, request: ArmRequest, parameters: readonly string[], size: number): ArmResponse {
  const [subscription = '', group = '', name = ''] = parameters;
  const site = `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.Web/sites/${name}`;
  const slots = tenant.sites.filter(({ id }) => id.toLowerCase().startsWith(site.toLowerCase() + '/slots/'));
  return page(request.url, slots.map(siteBody), size);
}

function getUserAssignedIdentity(tenant: DemoTenant, { url }: ArmRequest, parts: readonly string[]): ArmResponse {
  const path = decodeURIComponent(url.pathname);
  const found = tenant.userAssignedIdentities.find(identity => sameResource(identity.id, path));
  if (!found) {
    return armError(404, 'ResourceNotFound', `The user-assigned identity '${parts[2] ?? ''}' was not found.`);
  }
  const { id, location, principalId, clientId } = found;
  return ok({
    id,
    name: id.slice(id.lastIndexOf('/') + 1),
    type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
    location,
    tags: {},
    properties: { tenantId: tenant.tenantId, principalId, clientId },
  });
}

function getSystemAssignedIdentity(tenant: DemoTenant, _: ArmRequest, [scope = '']: readonly string[]): ArmResponse {
  const site = tenant.sites.find(candidate => sameResource(candidate.id, scope));
  const principalId = (site?.identity as { principalId?: string } | undefined)?.principalId;
  if (!site || !principalId) return armError(404, 'ResourceNotFound', 'The resource has no system-assigned identity.');
  return ok({
    id: `${site.id}/providers/Microsoft.ManagedIdentity/identities/default`,
    name: 'default',
    type: 'Microsoft.ManagedIdentity/identities',
    location: site.location,
    properties: { tenantId: tenant.tenantId, principalId, clientId: clientIdOf(principalId) },
  });
}

/** A system-assigned identity has an application id too; here it is told from the principal. */
function clientIdOf(principalId: string): string {
  return principalId
    .split('')
    .reverse()
    .join('')
    .replace(/-/g, '')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function assignmentBody(assignment: DemoRoleAssignment): unknown {
  const { guid, scope, roleDefinitionId, principalId, principalType, condition } = assignment;
  return {
    properties: {
      roleDefinitionId,
      principalId,
      principalType,
      scope,
      condition: condition ?? null,
      conditionVersion: condition ? '2.0' : null,
      createdOn: '2026-01-15T21:08:45.4904312Z',
      updatedOn: '2026-01-15T21:08:45.4904312Z',
      createdBy: null,
      updatedBy: null,
      delegatedManagedIdentityResourceId: null,
      description: null,
    },
    id: roleAssignmentId(assignment),
    type: 'Microsoft.Authorization/roleAssignments',
    name: guid,
  };
}

/** Without a filter: at, above and below the scope. `atScope()`: at and above. With a principal: wherever it holds. */
function listRoleAssignments(
  tenant: DemoTenant,
  { url }: ArmRequest,
  [scope = '']: readonly string[],
  size: number,
): ArmResponse {
  const filter = url.searchParams.get('$filter')?.trim() ?? '';
  const principal = /^(?:assignedTo\('([^']+)'\)|principalId eq '?([^']+)'?)$/i.exec(filter);
  const principalId = principal?.[1] ?? principal?.[2];
  if (filter !== '' && !principalId && filter.toLowerCase() !== 'atscope()') {
    return armError(400, 'UnsupportedQuery', `The filter '${filter}' is not supported.`);
  }
  const here = normalizeResourceId(scope);
  const who = principal?.[1] === undefined ? new Set([principalId?.toLowerCase()]) : principalsOf(tenant, principal[1]);
  const applies = (assignment: DemoRoleAssignment): boolean => {
    const at = normalizeResourceId(assignment.scope);
    const above = isWithin(here, at) || at.startsWith('/providers/microsoft.management/');
    return filter.toLowerCase() === 'atscope()' ? above : above || isWithin(at, here);
  };
  const found = tenant.roleAssignments.filter(
    assignment => applies(assignment) && (!principalId || who.has(assignment.principalId.toLowerCase())),
  );
  return page(url, found.map(assignmentBody), size);
}

function getRoleDefinition(tenant: DemoTenant, { url }: ArmRequest, [, name = '']: readonly string[]): ArmResponse {
  const guid = roleDefinitionGuid(name);
  const custom = tenant.roleDefinitions.find(role => role.guid === guid);
  const roleName = custom?.roleName ?? builtInRoleName(guid);
  if (!roleName) {
    return armError(
      404,
      'RoleDefinitionDoesNotExist',
      `The specified role definition with ID '${guid}' does not exist.`,
    );
  }
  return ok({
    id: decodeURIComponent(url.pathname),
    type: 'Microsoft.Authorization/roleDefinitions',
    name: guid,
    properties: {
      roleName,
      type: custom?.type ?? 'BuiltInRole',
      description: custom?.description ?? '',
      assignableScopes: custom?.assignableScopes ?? ['/'],
      permissions: [
        { actions: custom?.actions ?? [], notActions: [], dataActions: custom?.dataActions ?? [], notDataActions: [] },
      ],
    },
  });
}
