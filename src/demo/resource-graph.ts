import { builtInRoles } from '../core/rbac/builtin-roles.ts';
import { parseSiteId } from '../core/rbac/resource-id.ts';
import { type ArmResponse, decodeOffset, encodeOffset, ok } from './arm-response.ts';
import { KqlError } from './kql/parse.ts';
import { type Row, runQuery, type Tables } from './kql/evaluate.ts';
import { type DemoRoleDefinition, type DemoTenant, roleAssignmentId } from './tenant.ts';

const LARGEST_PAGE = 1000;

interface QueryBody {
  readonly query?: unknown;
  readonly subscriptions?: readonly string[] | null;
  readonly managementGroups?: readonly string[] | null;
  readonly options?: {
    readonly $top?: number;
    readonly $skip?: number;
    readonly $skipToken?: string;
    readonly resultFormat?: string;
    readonly authorizationScopeFilter?: string;
  } | null;
}

/** `POST /providers/Microsoft.ResourceGraph/resources`: evaluates the query over the tenant's tables. */
export function queryResources(tenant: DemoTenant, body: unknown, pageSize: number): ArmResponse {
  const { query, managementGroups, options } = (body ?? {}) as QueryBody;
  const subscriptions = (body as QueryBody | null)?.subscriptions ?? subscriptionsOf(tenant, managementGroups);
  if (typeof query !== 'string' || query.trim() === '') return invalid('InvalidPayload', 'The query is missing.');
  const top = options?.$top ?? LARGEST_PAGE;
  if (!Number.isInteger(top) || top < 1 || top > LARGEST_PAGE) {
    return invalid('InvalidPayload', `$top must be between 1 and ${LARGEST_PAGE}.`);
  }
  const offset = options?.$skipToken === undefined ? (options?.$skip ?? 0) : decodeOffset(options.$skipToken);
  if (offset === undefined) return invalid('InvalidPayload', 'The skip token is not valid.');
  let rows: Row[];
  try {
    rows = rowsOf(tenant, query, offset > 0, subscriptions ?? undefined, options?.authorizationScopeFilter);
  } catch (error) {
    if (!(error instanceof KqlError)) throw error;
    return invalid('InvalidQuery', `Query is invalid: ${error.message}.`);
  }
  const size = Math.min(top, pageSize);
  const data = rows.slice(offset, offset + size);
  const more = offset + size < rows.length;
  return ok(
    {
      totalRecords: rows.length,
      count: data.length,
      resultTruncated: 'false',
      facets: [],
      ...(more ? { $skipToken: encodeOffset(offset + size) } : undefined),
      data: options?.resultFormat === 'table' ? asTable(data) : data,
    },
    { 'x-ms-user-quota-remaining': '14', 'x-ms-user-quota-resets-after': '00:00:05' },
  );
}

function subscriptionsOf(
  tenant: DemoTenant,
  names: readonly string[] | null | undefined,
): readonly string[] | undefined {
  if (!names) return undefined;
  const wanted = names.map(name => name.toLowerCase());
  return tenant.managementGroups
    .filter(({ name }) => wanted.includes(name.toLowerCase()))
    .flatMap(({ subscriptionIds }) => subscriptionIds);
}

/** Results of each tenant by query, as their later pages will be asked for: those of several queries in turn. */
const pagedResults = new WeakMap<DemoTenant, Map<string, Row[]>>();
const keptResults = 4;
/** Rows of role assignments, which a large company has hundreds of thousands of. */
const assignmentRowsOf = new WeakMap<DemoTenant, Row[]>();

/** What was answered before a change says nothing after it. */
export function forgetResults(tenant: DemoTenant): void {
  pagedResults.delete(tenant);
  assignmentRowsOf.delete(tenant);
}

/** A first page is computed anew; later ones come from the result that the first one began. */
function rowsOf(
  tenant: DemoTenant,
  query: string,
  later: boolean,
  subscriptions?: readonly string[],
  scopeFilter?: string,
): Row[] {
  const results = pagedResults.get(tenant) ?? new Map<string, Row[]>();
  pagedResults.set(tenant, results);
  const key = JSON.stringify([query, subscriptions, scopeFilter]);
  const known = later ? results.get(key) : undefined;
  if (known) return known;
  const rows = runQuery(query, tablesOf(tenant, subscriptions, scopeFilter));
  results.delete(key);
  const [oldest] = results.keys();
  if (results.size >= keptResults && oldest !== undefined) results.delete(oldest);
  results.set(key, rows);
  return rows;
}

function invalid(code: string, message: string): ArmResponse {
  return {
    status: 400,
    body: { error: { code: 'BadRequest', message: 'The query could not be run.', details: [{ code, message }] } },
  };
}

function asTable(rows: readonly Row[]): unknown {
  const names = Object.keys(rows[0] ?? {});
  return { columns: names.map(name => ({ name, type: 'string' })), rows: rows.map(row => names.map(n => row[n])) };
}

function tablesOf(tenant: DemoTenant, subscriptions: readonly string[] | undefined, scopeFilter?: string): Tables {
  const inScope = (subscriptionId: string | undefined): boolean =>
    !subscriptions || subscriptions.some(id => id.toLowerCase() === subscriptionId?.toLowerCase());
  // Above the subscriptions asked for lie the management groups and the root.
  const above = !subscriptions || scopeFilter === 'AtScopeAndAbove' || scopeFilter === 'AtScopeAboveAndBelow';
  const scopeVisible = (scope: string): boolean => {
    const subscriptionId = /^\/subscriptions\/([^/]+)/i.exec(scope)?.[1];
    return subscriptionId ? inScope(subscriptionId) : above;
  };
  return {
    resources: () => [
      ...siteRows(tenant).filter(row => inScope(String(row.subscriptionId))),
      ...identityRows(tenant).filter(row => inScope(String(row.subscriptionId))),
      ...otherRows(tenant).filter(row => inScope(String(row.subscriptionId))),
    ],
    resourcecontainers: () => tenant.subscriptions.filter(s => inScope(s.subscriptionId)).map(subscriptionRow(tenant)),
    authorizationresources: () => {
      const assignments = assignmentRows(tenant);
      const visible = subscriptions
        ? assignments.filter(row => scopeVisible((row.properties as { scope: string }).scope))
        : assignments;
      return [...visible, ...definitionRows(tenant)];
    },
  };
}

function siteRows(tenant: DemoTenant): Row[] {
  return tenant.sites.map(site => {
    const id = parseSiteId(site.id);
    return {
      id: site.id,
      name: id?.slot ?? id?.site ?? '',
      // Resource Graph spells types, locations and group names in lower case.
      type: id?.slot ? 'microsoft.web/sites/slots' : 'microsoft.web/sites',
      kind: site.kind,
      location: site.location.replaceAll(' ', '').toLowerCase(),
      resourceGroup: id?.resourceGroup.toLowerCase() ?? '',
      subscriptionId: id?.subscriptionId ?? '',
      tenantId: tenantOf(tenant, id?.subscriptionId),
      identity: site.identity ?? null,
      tags: site.tags ?? null,
      properties: site.properties ?? {},
    };
  });
}

function tenantOf(tenant: DemoTenant, subscriptionId: string | undefined): string {
  return tenant.subscriptions.find(s => s.subscriptionId === subscriptionId)?.tenantId ?? tenant.tenantId;
}

function identityRows(tenant: DemoTenant): Row[] {
  return tenant.userAssignedIdentities.map(({ id, location, principalId, clientId }) => {
    const [, , subscriptionId = '', , group = ''] = id.split('/');
    return {
      id,
      name: id.slice(id.lastIndexOf('/') + 1),
      type: 'microsoft.managedidentity/userassignedidentities',
      kind: '',
      location,
      resourceGroup: group.toLowerCase(),
      subscriptionId,
      tenantId: tenant.tenantId,
      identity: null,
      tags: null,
      properties: { principalId, clientId, tenantId: tenant.tenantId },
    };
  });
}

function otherRows(tenant: DemoTenant): Row[] {
  const row = (
    id: string,
    type: string,
    location: string,
    more: { identity?: unknown; properties?: unknown },
  ): Row => ({
    id,
    name: id.slice(id.lastIndexOf('/') + 1),
    type,
    kind: '',
    location,
    resourceGroup: id.split('/')[4]?.toLowerCase() ?? '',
    subscriptionId: id.split('/')[2] ?? '',
    tenantId: tenant.tenantId,
    identity: more.identity ?? null,
    tags: null,
    properties: more.properties ?? {},
  });
  return [
    ...(tenant.vaults ?? []).map(({ id, location, enableRbacAuthorization, accessPolicies }) =>
      row(id, 'microsoft.keyvault/vaults', location, {
        properties: {
          enableRbacAuthorization,
          accessPolicies: accessPolicies.map(policy => ({ tenantId: tenant.tenantId, ...policy })),
        },
      }),
    ),
    ...(tenant.cosmosAccounts ?? []).map(({ id, location }) =>
      row(id, 'microsoft.documentdb/databaseaccounts', location, {}),
    ),
    ...(tenant.otherResources ?? []).map(({ id, type, location, identity }) => row(id, type, location, { identity })),
  ];
}

function subscriptionRow(tenant: DemoTenant): (subscription: DemoTenant['subscriptions'][number]) => Row {
  return ({ subscriptionId, displayName }) => ({
    id: `/subscriptions/${subscriptionId}`,
    name: displayName,
    type: 'microsoft.resources/subscriptions',
    subscriptionId,
    tenantId: tenantOf(tenant, subscriptionId),
    properties: { state: 'Enabled' },
  });
}

function assignmentRows(tenant: DemoTenant): Row[] {
  const known = assignmentRowsOf.get(tenant);
  if (known?.length === tenant.roleAssignments.length) return known;
  const rows = tenant.roleAssignments.map((assignment): Row => ({
    id: roleAssignmentId(assignment),
    name: assignment.guid,
    type: 'microsoft.authorization/roleassignments',
    tenantId: tenantOf(tenant, /^\/subscriptions\/([^/]+)/i.exec(assignment.scope)?.[1]),
    properties: {
      roleDefinitionId: assignment.roleDefinitionId,
      principalId: assignment.principalId,
      principalType: assignment.principalType,
      scope: assignment.scope,
      condition: assignment.condition ?? null,
      createdOn: '2026-01-15T21:08:45.4904312Z',
    },
  }));
  assignmentRowsOf.set(tenant, rows);
  return rows;
}

function definitionRows(tenant: DemoTenant): Row[] {
  const row = (id: string, guid: string, roleName: string, type: string): Row => ({
    id,
    name: guid,
    type: 'microsoft.authorization/roledefinitions',
    tenantId: tenant.tenantId,
    properties: { roleName, type },
  });
  const custom = ({ guid, roleName, type, assignableScopes }: DemoRoleDefinition): Row[] =>
    assignableScopes.map(scope =>
      row(`${scope}/providers/Microsoft.Authorization/RoleDefinitions/${guid}`, guid, roleName, type),
    );
  return [
    ...builtInRoles().map(([guid, name]) =>
      row(`/providers/Microsoft.Authorization/RoleDefinitions/${guid}`, guid, name, 'BuiltInRole'),
    ),
    ...tenant.roleDefinitions.flatMap(custom),
  ];
}
