import type {
  AppModel,
  IdentityModel,
  ManagedIdentity,
  Problem,
  RoleAssignment,
} from '../../../src/core/rbac/identity-model.ts';
import { parseSiteId, scopeLevel } from '../../../src/core/rbac/resource-id.ts';
import type { ExplorerState } from '../../../src/vscode/identity/describe.ts';
import type { LinkGroup } from '../../../src/core/rbac/links.ts';
import { mergeSnapshot } from '../../../src/vscode/identity/snapshot.ts';
import type { TreeNode } from '../../../src/vscode/identity/tree-node.ts';

export const subscription = '/subscriptions/00000000-0000-4000-8000-00000000000a';
export const group = `${subscription}/resourceGroups/rg-shop`;
export const shop = `${group}/providers/Microsoft.Web/sites/shop`;
export const staging = `${shop}/slots/staging`;
export const mailer = `${subscription}/resourceGroups/rg-mail/providers/Microsoft.Web/sites/mailer`;
export const readAt = Date.parse('2026-03-04T05:06:07Z');

export function app(id: string, identities: readonly ManagedIdentity[] = [], rest: Partial<AppModel> = {}): AppModel {
  const { site, slot, resourceGroup, subscriptionId } = parseSiteId(id)!;
  return { id, name: site, ...(slot ? { slot } : {}), resourceGroup, subscriptionId, identities, ...rest };
}

export function systemIdentity(assignments?: readonly RoleAssignment[], principalId = 'principal-1'): ManagedIdentity {
  return { kind: 'systemAssigned', principalId, ...(assignments ? { assignments } : {}) };
}

export function userIdentity(assignments?: readonly RoleAssignment[]): ManagedIdentity {
  const resourceId = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-shop`;
  const ids = { principalId: 'principal-2', clientId: 'client-2', resourceId };
  return { kind: 'userAssigned', ...ids, ...(assignments ? { assignments } : {}) };
}

export function role(name: string, scope: string, rest: Partial<RoleAssignment> = {}): RoleAssignment {
  return {
    id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${name.toLowerCase().replaceAll(' ', '-')}`,
    role: name,
    roleDefinitionId: '00000000-0000-4000-8000-0000000000d0',
    scope,
    scopeLevel: scopeLevel(scope),
    inherited: !scope.toLowerCase().includes('/resourcegroups/'),
    ...rest,
  };
}

export function model(apps: readonly AppModel[], problems: readonly Problem[] = []): IdentityModel {
  return { apps, problems, asOf: new Date(readAt).toISOString() };
}

export function links(ids: readonly string[], folder = 'file:///work', name = 'work'): LinkGroup {
  return { folder, name, broken: [], links: ids.map(resourceId => ({ resourceId, origin: 'keyless.linkedApps' })) };
}

/** The state after reading `read` for one folder that links `ids`, a minute later. */
export function state(
  ids: readonly string[],
  read: IdentityModel | undefined,
  rest: Partial<ExplorerState> = {},
): ExplorerState {
  const snapshot = read && mergeSnapshot(undefined, read);
  const known = { now: readAt + 60_000, connection: 'vscode', groups: [links(ids)], reading: false } as const;
  return { ...known, ...(snapshot ? { snapshot } : {}), ...rest };
}

/** The tree as indented lines `label | description`. */
export function outline(nodes: readonly TreeNode[], indent = ''): string[] {
  return nodes.flatMap(node => [
    indent + [node.label, node.description].filter(Boolean).join(' | '),
    ...outline(node.children, `${indent}  `),
  ]);
}

export function allNodes(nodes: readonly TreeNode[]): TreeNode[] {
  return nodes.flatMap(node => [node, ...allNodes(node.children)]);
}
