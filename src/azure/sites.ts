import { get, getSlot, listSlots } from '@azure/arm-appservice/api/webApps';
import type { AppModel, ManagedIdentity, Problem } from '../core/rbac/identity-model.ts';
import { normalizeResourceId, parseSiteId, type SiteId } from '../core/rbac/resource-id.ts';
import { abortable, eachPage, forEachLimited } from './abort.ts';
import type { AzureClients } from './clients.ts';
import { problemOf } from './problems.ts';
import { textOf } from './resource-graph.ts';

/** What Resource Graph and App Service both tell about a site or slot. */
export interface SiteFacts {
  readonly id?: unknown;
  readonly kind?: unknown;
  readonly location?: unknown;
  readonly tenantId?: unknown;
  readonly identity?: unknown;
}

/** Sites read so far by normalized id, and what could not be read. */
export interface SiteCollection {
  readonly apps: Map<string, AppModel>;
  readonly problems: Problem[];
}

/** Adds a site or slot; one that is there already, in whatever case, is kept as it is. */
export function addSite(collection: SiteCollection, facts: SiteFacts): void {
  const id = textOf(facts.id);
  const siteId = id === undefined ? undefined : parseSiteId(id);
  if (id === undefined || !siteId) {
    collection.problems.push({
      kind: 'malformed',
      scope: '',
      message: "Azure's answer held an app without a readable id, which was left out. Refresh to try again.",
    });
    return;
  }
  const key = normalizeResourceId(id);
  if (collection.apps.has(key)) return;
  const kind = textOf(facts.kind);
  const location = textOf(facts.location);
  const tenantId = textOf(facts.tenantId);
  collection.apps.set(key, {
    id,
    name: siteId.site,
    ...(siteId.slot ? { slot: siteId.slot } : undefined),
    ...(kind ? { kind } : undefined),
    ...(location ? { location } : undefined),
    resourceGroup: siteId.resourceGroup,
    subscriptionId: siteId.subscriptionId,
    ...(tenantId ? { tenantId } : undefined),
    identities: identitiesOf(id, facts.identity, collection.problems),
  });
}

/** Reads ARM's `identity` object. A part of it that cannot be used becomes a problem; the rest is kept. */
function identitiesOf(appId: string, identity: unknown, problems: Problem[]): ManagedIdentity[] {
  if (identity === null || identity === undefined) return [];
  const malformed = (message: string): void => void problems.push({ kind: 'malformed', scope: appId, message });
  if (typeof identity !== 'object') {
    malformed("Azure's answer about this app's identity could not be understood. Refresh to try again.");
    return [];
  }
  const { type, principalId, userAssignedIdentities } = identity as Readonly<Record<string, unknown>>;
  const identities: ManagedIdentity[] = [];
  const types = (textOf(type) ?? '').split(',').map(part => part.trim().toLowerCase());
  const unknown = types.filter(part => !['', 'none', 'systemassigned', 'userassigned'].includes(part));
  const systemPrincipal = textOf(principalId);
  if (systemPrincipal) identities.push({ kind: 'systemAssigned', principalId: systemPrincipal });
  else if (types.includes('systemassigned')) {
    malformed('Azure names no principal for the system-assigned identity of this app yet. Refresh in a minute.');
  }
  const userAssigned = typeof userAssignedIdentities === 'object' && userAssignedIdentities !== null;
  for (const [resourceId, value] of userAssigned ? Object.entries(userAssignedIdentities) : []) {
    const facts = (value ?? {}) as { readonly principalId?: unknown; readonly clientId?: unknown };
    const principal = textOf(facts.principalId);
    const clientId = textOf(facts.clientId);
    if (principal) {
      const known = { kind: 'userAssigned', principalId: principal, resourceId } as const;
      identities.push(clientId ? { ...known, clientId } : known);
    } else {
      problems.push({
        kind: 'notFound',
        scope: resourceId,
        message:
          'This user-assigned identity names no principal. It may have been deleted: assign the app another one.',
      });
    }
  }
  if (unknown.length > 0) {
    malformed('This app has a kind of identity that is not known here; what could be read of it is shown.');
  }
  return identities;
}

/** Reads apps one by one from App Service, each with its slots unless a slot itself is named. */
export async function readSitesFromArm(
  clients: AzureClients,
  appIds: readonly string[],
  collection: SiteCollection,
  signal?: AbortSignal,
): Promise<void> {
  await forEachLimited(appIds, 6, async appId => {
    const siteId = parseSiteId(appId);
    if (!siteId) return;
    try {
      await readSiteFromArm(clients, siteId, collection, signal);
    } catch (error) {
      collection.problems.push(problemOf(error, appId, `the app ${displayName(siteId)}`));
    }
  });
}

async function readSiteFromArm(
  clients: AzureClients,
  { subscriptionId, resourceGroup, site, slot }: SiteId,
  collection: SiteCollection,
  signal?: AbortSignal,
): Promise<void> {
  const context = clients.webSites(subscriptionId);
  if (slot !== undefined) {
    addSite(collection, await abortable(getSlot(context, resourceGroup, site, slot), signal));
    return;
  }
  addSite(collection, await abortable(get(context, resourceGroup, site), signal));
  for await (const slots of eachPage(listSlots(context, resourceGroup, site).byPage(), signal)) {
    for (const item of slots) addSite(collection, item);
  }
}

export function displayName({ site, slot }: SiteId): string {
  return slot === undefined ? site : `${site}/${slot}`;
}
