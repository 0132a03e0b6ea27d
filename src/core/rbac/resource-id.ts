import type { ScopeLevel } from './identity-model.ts';

export interface SiteId {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly site: string;
  readonly slot?: string;
}

const SITE =
  /^\/?subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Web\/sites\/([^/]+)(?:\/slots\/([^/]+))?\/?$/i;

/** Reads an App Service site or slot id; `undefined` for any other resource. */
export function parseSiteId(id: string): SiteId | undefined {
  const match = SITE.exec(id.trim());
  if (!match) return undefined;
  const [, subscriptionId, resourceGroup, site, slot] = match;
  if (!subscriptionId || !resourceGroup || !site) return undefined;
  return { subscriptionId, resourceGroup, site, ...(slot ? { slot } : {}) };
}

/** ARM ids are case-insensitive, and some APIs drop the leading slash or add a trailing one. */
export function normalizeResourceId(id: string): string {
  return (
    '/' +
    id
      .trim()
      .replace(/^\/+|\/+$/g, '')
      .toLowerCase()
  );
}

export function sameResource(a: string, b: string): boolean {
  return normalizeResourceId(a) === normalizeResourceId(b);
}

/** The GUID at the end of a role definition id, whatever scope prefix it carries. */
export function roleDefinitionGuid(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1).toLowerCase();
}

/** Which level of the ARM hierarchy a role assignment's scope names. */
export function scopeLevel(scope: string): ScopeLevel {
  const normal = normalizeResourceId(scope);
  if (normal === '/') return 'root';
  const parts = normal.slice(1).split('/');
  if (normal.startsWith('/providers/microsoft.management/managementgroups/')) {
    return parts.length === 4 ? 'managementGroup' : 'unknown';
  }
  if (parts[0] !== 'subscriptions' || !parts[1]) return 'unknown';
  if (parts.length === 2) return 'subscription';
  const providers = parts.lastIndexOf('providers');
  if (parts[2] === 'resourcegroups' && providers === -1) return parts.length === 4 ? 'resourceGroup' : 'unknown';
  if (providers === -1) return 'unknown';
  // After "providers/<namespace>" come type/name pairs: one pair is a resource, more are children of it.
  const pairs = (parts.length - providers - 2) / 2;
  if (!Number.isInteger(pairs) || pairs < 1) return 'unknown';
  return pairs === 1 ? 'resource' : 'subResource';
}

/**
 * True when the scope lies above the app's resource group: its subscription, a management group or the root. An id does
 * not tell which management groups hold a subscription, so each of them counts as above.
 */
export function isInheritedBy(scope: string, siteId: string): boolean {
  const level = scopeLevel(scope);
  if (level === 'root' || level === 'managementGroup') return true;
  return level === 'subscription' && normalizeResourceId(siteId).startsWith(normalizeResourceId(scope) + '/');
}
