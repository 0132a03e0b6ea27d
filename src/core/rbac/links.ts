import { normalizeResourceId, parseSiteId, sameResource } from './resource-id.ts';

/** Settings in which a link to an App Service can stand. */
export type LinkSetting = 'keyless.linkedApps' | 'appService.defaultWebAppToDeploy';

/** Where a link comes from: a setting, or the demo tenant, which shows all its apps until some are linked. */
type LinkOrigin = LinkSetting | 'demo';

export interface AppLink {
  readonly resourceId: string;
  readonly origin: LinkOrigin;
}

/** A link that names no App Service. Does not repeat the value: nobody knows what was pasted there. */
export interface BrokenLink {
  readonly origin: LinkSetting;
  readonly reason: string;
}

/** The links of one workspace folder, or of the user's own settings. */
export interface LinkGroup {
  /** URI of the workspace folder; '' for the user's own settings. */
  readonly folder: string;
  readonly name: string;
  readonly links: readonly AppLink[];
  readonly broken: readonly BrokenLink[];
  /** The default app of the App Service extension, also where it is linked here as well. */
  readonly found?: string;
}

/** What one level of settings holds, as it came from disk. */
export interface LinkSettings {
  readonly folder: string;
  readonly name: string;
  readonly linkedApps: unknown;
  readonly defaultWebAppToDeploy: unknown;
}

const shape = '/subscriptions/…/resourceGroups/…/providers/Microsoft.Web/sites/…';

/** Reads the links that settings hold, each app once; found links that the user hid (normalized ids) are left out. */
export function readLinks(settings: LinkSettings, hidden: ReadonlySet<string> = new Set()): LinkGroup {
  const links: AppLink[] = [];
  const broken: BrokenLink[] = [];
  const add = (value: unknown, origin: LinkSetting, what: string): void => {
    if (typeof value !== 'string' || !parseSiteId(value)) {
      broken.push({
        origin,
        reason: `${what} is not the resource id of an App Service app or slot. It looks like ${shape}`,
      });
      return;
    }
    if (!links.some(link => sameResource(link.resourceId, value))) links.push({ resourceId: value.trim(), origin });
  };
  const { linkedApps, defaultWebAppToDeploy: found } = settings;
  if (Array.isArray(linkedApps)) {
    linkedApps.forEach((entry: unknown, i) => add(entry, 'keyless.linkedApps', `Entry ${i + 1} of keyless.linkedApps`));
  } else if (linkedApps !== undefined && linkedApps !== null) {
    broken.push({
      origin: 'keyless.linkedApps',
      reason: `keyless.linkedApps is not a list of resource ids such as ${shape}`,
    });
  }
  if (isSet(found) && !(typeof found === 'string' && hidden.has(normalizeResourceId(found)))) {
    add(found, 'appService.defaultWebAppToDeploy', 'appService.defaultWebAppToDeploy');
  }
  const isFound = typeof found === 'string' && parseSiteId(found) !== undefined;
  return { folder: settings.folder, name: settings.name, links, broken, ...(isFound ? { found } : {}) };
}

/** The App Service extension writes "None" when its user declined a default app. */
function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && !(typeof value === 'string' && /^(?:none)?$/i.test(value.trim()));
}

/** The entries of `keyless.linkedApps` with one app added; the list as it was when it already holds it. */
export function withLink(entries: unknown, resourceId: string): readonly unknown[] {
  const list: readonly unknown[] = Array.isArray(entries) ? entries : [];
  return list.some(entry => names(entry, resourceId)) ? list : [...list, resourceId];
}

/** The entries of `keyless.linkedApps` without one app; entries that name something else stay. */
export function withoutLink(entries: unknown, resourceId: string): readonly unknown[] {
  const list: readonly unknown[] = Array.isArray(entries) ? entries : [];
  return list.filter(entry => !names(entry, resourceId));
}

function names(entry: unknown, resourceId: string): boolean {
  return typeof entry === 'string' && sameResource(entry, resourceId);
}

/** Every linked id once, in order. */
export function linkedIds(groups: readonly LinkGroup[]): readonly string[] {
  const ids = new Map<string, string>();
  for (const { resourceId } of groups.flatMap(group => group.links)) {
    const key = normalizeResourceId(resourceId);
    if (!ids.has(key)) ids.set(key, resourceId);
  }
  return [...ids.values()];
}

/** The links as the demo tenant can show them. */
export interface DemoLinks {
  readonly groups: readonly LinkGroup[];
  /** How many linked apps are not part of the demo tenant. */
  readonly elsewhere: number;
}

/** Narrows links to the subscriptions of the demo tenant's apps, or offers all of these when none of them is linked. */
export function demoLinks(groups: readonly LinkGroup[], sites: readonly string[]): DemoLinks {
  const subscriptionOf = (resourceId: string): string => parseSiteId(resourceId)?.subscriptionId.toLowerCase() ?? '';
  const subscriptions = new Set(sites.map(subscriptionOf));
  const inDemo = (resourceId: string): boolean => subscriptions.has(subscriptionOf(resourceId));
  const elsewhere = linkedIds(groups).filter(resourceId => !inDemo(resourceId)).length;
  const known = groups.map(group => ({ ...group, links: group.links.filter(link => inDemo(link.resourceId)) }));
  if (known.some(group => group.links.length > 0)) return { groups: known, elsewhere };
  const all = sites.map((resourceId): AppLink => ({ resourceId, origin: 'demo' }));
  return { groups: [...known, { folder: '', name: 'Demo tenant', links: all, broken: [] }], elsewhere };
}
