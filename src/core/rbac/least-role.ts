import { builtInRoleName } from './builtin-roles.ts';
import { allows, overlaps, type Permissions } from './permissions.ts';
import { scopeLevel } from './resource-id.ts';
import { builtInPermissions, rolesWithKnownPermissions } from './role-permissions.ts';

export interface RoleChoice {
  /** Role definition GUID. */
  readonly id: string;
  readonly name: string;
  /** How many known actions the role allows beyond the needed ones: the smaller, the less a stolen token can do. */
  readonly excess: number;
}

/**
 * The built-in roles that allow every one of the data actions, least first.
 * @param dataActions e.g. `Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read`
 * @param among GUIDs to choose from; all roles with known permissions when absent
 */
export function rolesThatAllow(
  dataActions: readonly string[],
  among: readonly string[] = rolesWithKnownPermissions(),
): readonly RoleChoice[] {
  if (dataActions.length === 0) return [];
  const choices: RoleChoice[] = [];
  for (const id of among) {
    const role = builtInPermissions(id);
    const name = builtInRoleName(id);
    if (!role || name === undefined || !dataActions.every(action => allows(role, action, 'data'))) continue;
    choices.push({ id, name, excess: breadthOf(role, id) - dataActions.length });
  }
  return choices.sort((a, b) => a.excess - b.excess || (a.name < b.name ? -1 : 1));
}

/**
 * The least role for the data actions, or the fewest roles that allow them together. Roles of `preferred` come first:
 * other services have roles of their own that happen to allow the same.
 * @returns `undefined` when some action is in none of the known roles
 */
export function leastRoles(
  dataActions: readonly string[],
  preferred: readonly string[] = [],
): readonly RoleChoice[] | undefined {
  const single = rolesThatAllow(dataActions, preferred)[0] ?? rolesThatAllow(dataActions)[0];
  if (single) return [single];
  const missing = new Set(dataActions);
  const chosen: RoleChoice[] = [];
  while (missing.size > 0) {
    const best = bestFor(missing, preferred) ?? bestFor(missing);
    if (!best) return undefined;
    chosen.push(best.choice);
    for (const action of best.allowed) missing.delete(action);
  }
  return chosen;
}

/** A role that the catalogue knows to be meant for apps. */
export interface AppRole {
  readonly id: string;
  /** Type of the resource that it is for. */
  readonly resourceType?: string;
}

/**
 * The built-in roles for the data in a scope, least first: those that are meant for apps, and those that other services
 * have for themselves. Of a container, queue or topic only the roles for such are offered, where there are any.
 */
export function rolesForScope(
  scope: string,
  forApps: readonly AppRole[],
): { readonly meant: readonly RoleChoice[]; readonly others: readonly RoleChoice[] } {
  const preferred = new Set(forApps.map(({ id }) => id));
  const types = resourceTypesOf(scope);
  for (const type of types.length > 0 ? types : [undefined]) {
    const choices = rolesForData(type, forApps);
    const meant = choices.filter(({ id }) => preferred.has(id));
    if (meant.length > 0 || type === undefined || type === types.at(-1))
      return { meant, others: choices.filter(({ id }) => !preferred.has(id)) };
  }
  return { meant: [], others: [] };
}

/** `Microsoft.Storage/storageAccounts/blobServices/containers`, then the types that it is in; none above a resource. */
function resourceTypesOf(scope: string): string[] {
  const parts = scope.replace(/\/+$/, '').split('/');
  const [namespace, ...pairs] = parts.slice(parts.findLastIndex(part => part.toLowerCase() === 'providers') + 1);
  const level = scopeLevel(scope);
  if (namespace === undefined || (level !== 'resource' && level !== 'subResource')) return [];
  const names = pairs.filter((_, i) => i % 2 === 0);
  return names.map((_, i) => [namespace, ...names.slice(0, names.length - i)].join('/'));
}

function rolesForData(resourceType: string | undefined, forApps: readonly AppRole[]): RoleChoice[] {
  const below = resourceType === undefined ? '*' : `${resourceType}/*`;
  const own = new Set(
    forApps
      .filter(role => resourceType !== undefined && role.resourceType?.toLowerCase() === resourceType.toLowerCase())
      .map(({ id }) => id),
  );
  const choices: RoleChoice[] = [];
  for (const id of rolesWithKnownPermissions()) {
    const role = builtInPermissions(id);
    const name = builtInRoleName(id);
    if (!role || name === undefined || !(own.has(id) || overlaps(role, below, 'data'))) continue;
    choices.push({ id, name, excess: breadthOf(role, id) });
  }
  return choices.sort((a, b) => a.excess - b.excess || (a.name < b.name ? -1 : 1));
}

/** The role that allows most of the actions; of several the least. */
function bestFor(
  actions: ReadonlySet<string>,
  among?: readonly string[],
): { readonly choice: RoleChoice; readonly allowed: readonly string[] } | undefined {
  let best: { choice: RoleChoice; allowed: readonly string[] } | undefined;
  for (const id of among ?? rolesWithKnownPermissions()) {
    const role = builtInPermissions(id);
    const name = builtInRoleName(id);
    if (!role || name === undefined) continue;
    const allowed = [...actions].filter(action => allows(role, action, 'data'));
    if (allowed.length === 0) continue;
    const choice = { id, name, excess: breadthOf(role, id) - allowed.length };
    const more = allowed.length - (best?.allowed.length ?? 0);
    if (more > 0 || (more === 0 && choice.excess < (best?.choice.excess ?? Infinity))) best = { choice, allowed };
  }
  return best;
}

const breadths = new Map<string, number>();

/**
 * How many of the actions that any known role names the role allows, on both planes. A role within another is never the
 * broader one, however its permissions are written down.
 */
function breadthOf(role: Permissions, id: string): number {
  const known = breadths.get(id);
  if (known !== undefined) return known;
  const { control, data } = namedActions();
  const breadth =
    control.filter(action => allows(role, action, 'control')).length +
    // What a token can do to data weighs more than seeing that the resource exists.
    data.filter(action => allows(role, action, 'data')).length * 10;
  breadths.set(id, breadth);
  return breadth;
}

let named: { readonly control: readonly string[]; readonly data: readonly string[] } | undefined;

/** With what no role names: an action of each kind that some wildcard stands for. */
function namedActions(): { readonly control: readonly string[]; readonly data: readonly string[] } {
  if (named) return named;
  const control = new Set<string>();
  const data = new Set<string>();
  const other = (pattern: string): string => pattern.toLowerCase().replaceAll('*', 'other');
  for (const id of rolesWithKnownPermissions()) {
    const role = builtInPermissions(id);
    for (const action of [...(role?.actions ?? []), ...(role?.notActions ?? [])]) control.add(other(action));
    for (const action of [...(role?.dataActions ?? []), ...(role?.notDataActions ?? [])]) data.add(other(action));
  }
  named = { control: [...control], data: [...data] };
  return named;
}
