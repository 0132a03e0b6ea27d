import { armError, type ArmRequest, type ArmResponse, ok } from './arm-response.ts';
import type { DemoTenant } from './tenant.ts';

interface DirectoryBody {
  readonly '@odata.type': string;
  readonly id: string;
  readonly displayName: string;
}

const mostIds = 1000;

/** `POST /v1.0/directoryObjects/getByIds` of Microsoft Graph: those of the ids that the tenant's own directory knows. */
export function getDirectoryObjects(tenant: DemoTenant, { method, body }: ArmRequest): ArmResponse {
  if (method !== 'POST') return armError(405, 'Request_BadRequest', 'Specified HTTP method is not allowed.');
  const ids = idsOf(body);
  if (!ids) return armError(400, 'Request_BadRequest', 'The ids are missing.');
  if (ids.length > mostIds) return armError(400, 'Request_BadRequest', `No more than ${mostIds} ids can be asked for.`);
  const known = directoryOf(tenant);
  return ok({
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#directoryObjects',
    value: ids.flatMap(id => known.get(id.toLowerCase()) ?? []),
  });
}

function idsOf(body: string): readonly string[] | undefined {
  try {
    const { ids } = JSON.parse(body) as { readonly ids?: unknown };
    return Array.isArray(ids) && ids.every(id => typeof id === 'string') ? ids : undefined;
  } catch {
    return undefined;
  }
}

/** A directory does not change while nothing is written, and a large one is asked often. */
const directories = new WeakMap<DemoTenant, { readonly sites: number; readonly objects: Map<string, DirectoryBody> }>();

/** Groups, people, and the service principals of managed identities; those of guest tenants are known there alone. */
function directoryOf(tenant: DemoTenant): ReadonlyMap<string, DirectoryBody> {
  const identities = tenant.sites.filter(({ identity }) => principalOf(identity) !== undefined).length;
  const known = directories.get(tenant);
  if (known?.sites === identities) return known.objects;
  const objects = new Map<string, DirectoryBody>();
  const add = (kind: string, id: string | undefined, displayName: string): void => {
    if (id !== undefined) objects.set(id.toLowerCase(), { '@odata.type': `#microsoft.graph.${kind}`, id, displayName });
  };
  const guests = new Set(
    tenant.subscriptions
      .filter(each => (each.tenantId ?? tenant.tenantId) !== tenant.tenantId)
      .map(each => each.subscriptionId),
  );
  for (const { id, identity } of tenant.sites) {
    const parts = id.split('/');
    if (!guests.has(parts[2] ?? '')) add('servicePrincipal', principalOf(identity), parts.slice(8).join('/'));
  }
  for (const { id, principalId } of tenant.userAssignedIdentities) {
    add('servicePrincipal', principalId, id.slice(id.lastIndexOf('/') + 1));
  }
  for (const { principalId, displayName } of tenant.groups ?? []) add('group', principalId, displayName);
  for (const { id, kind, displayName } of tenant.directory ?? []) add(kind, id, displayName);
  directories.set(tenant, { sites: identities, objects });
  return objects;
}

function principalOf(identity: unknown): string | undefined {
  const { principalId } = (identity ?? {}) as { readonly principalId?: unknown };
  return typeof principalId === 'string' ? principalId : undefined;
}
