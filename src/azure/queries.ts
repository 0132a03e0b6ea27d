import { parseSiteId } from '../core/rbac/resource-id.ts';

const SITE_TYPES = "'microsoft.web/sites', 'microsoft.web/sites/slots'";

/** The named apps with all of their slots, and the slots that are named themselves. */
export function sitesQuery(appIds: readonly string[]): string {
  const ids = appIds.map(id => id.toLowerCase());
  const sites = ids.filter(id => !parseSiteId(id)?.slot);
  const slots = ids.filter(id => parseSiteId(id)?.slot);
  return `resources
| where type in~ (${SITE_TYPES})
| extend site = tostring(split(tolower(id), '/slots/')[0])
| where site in~ (${kqlList(sites)}) or tolower(id) in~ (${kqlList(slots)})
| project id, name, type, kind, location, resourceGroup, subscriptionId, tenantId, identity
| order by id asc`;
}

/** Every direct role assignment of the principals, at any scope, with the role's name. */
export function roleAssignmentsQuery(principalIds: readonly string[]): string {
  return `authorizationresources
| where type =~ 'microsoft.authorization/roleassignments'
| where tostring(properties.principalId) in~ (${kqlList(principalIds)})
| extend rd = tolower(tostring(properties.roleDefinitionId))
| join kind=leftouter (authorizationresources
    | where type =~ 'microsoft.authorization/roledefinitions'
    | project rd = tolower(id), roleName = tostring(properties.roleName)) on rd
| project id, principalId = tostring(properties.principalId), principalType = tostring(properties.principalType),
    scope = tostring(properties.scope), roleDefinitionId = rd, roleName, condition = tostring(properties.condition)
| order by id asc`;
}

/** Sites and slots that the account can see, by name or resource group. */
export function appsQuery(search: string): string {
  const text = kqlString(search);
  const filter = search === '' ? '' : `\n| where id contains ${text} or resourceGroup contains ${text}`;
  return `resources
| where type in~ (${SITE_TYPES})${filter}
| project id, kind, location
| order by id asc`;
}

function kqlList(values: readonly string[]): string {
  // An empty list is no valid Kusto; nothing equals the empty string here.
  return values.length > 0 ? values.map(kqlString).join(', ') : "''";
}

/** Quotes a text so that it stays one string literal whatever it holds. */
export function kqlString(text: string): string {
  const escaped = text.replace(/[\\']/g, '\\$&').replace(/\p{Cc}/gu, ' ');
  return `'${escaped}'`;
}
