import type { AppModel, ManagedIdentity, RoleAssignment, ScopeLevel } from '../../core/rbac/identity-model.ts';
import { normalizeResourceId } from '../../core/rbac/resource-id.ts';
import { count, markdownCode, markdownText, remarkRow, type TreeNode } from './tree-node.ts';

/**
 * Row of a managed identity: its role assignments, then its ids. `parent` is the id of the app's row; `reading` tells
 * roles that are on their way from roles that could not be read.
 */
export function describeIdentity(identity: ManagedIdentity, app: AppModel, parent: string, reading: boolean): TreeNode {
  const id = `${parent}/identity/${normalizeResourceId(identity.resourceId ?? identity.principalId)}`;
  const system = identity.kind === 'systemAssigned';
  const label = system ? 'System-assigned identity' : lastSegment(identity.resourceId ?? identity.principalId);
  const roles = identity.assignments;
  const holds = roles === undefined ? (reading ? 'reading roles…' : 'roles not read') : count(roles.length, 'role');
  const description = system ? holds : `user-assigned · ${holds}`;
  return {
    id,
    label,
    description,
    tooltipMarkdown: identityTooltip(identity, label),
    icon: { id: system ? 'shield' : 'account' },
    contextValue: [
      'identity',
      'principal',
      ...(identity.clientId ? ['client'] : []),
      ...(system ? [] : ['resource']),
    ].join(' '),
    collapsible: 'collapsed',
    children: [...roleRows(roles, app, id, reading), ...idRows(identity, id)],
    accessibilityLabel: `${system ? label : `User-assigned identity ${label}`}, ${holds}`,
    subject: {
      principalId: identity.principalId,
      ...(identity.clientId ? { clientId: identity.clientId } : {}),
      ...(identity.resourceId ? { resourceId: identity.resourceId } : {}),
    },
  };
}

function identityTooltip(identity: ManagedIdentity, label: string): string {
  const lines = [
    `**${markdownText(label)}** \\(${identity.kind === 'systemAssigned' ? 'system\\-assigned' : 'user\\-assigned'}\\)`,
    `Principal ID ${markdownCode(identity.principalId)}: what role assignments name`,
  ];
  if (identity.clientId)
    lines.push(`Client ID ${markdownCode(identity.clientId)}: what code passes to choose this identity`);
  if (identity.resourceId) lines.push(`Resource ${markdownCode(identity.resourceId)}`);
  return lines.join('\n\n');
}

function roleRows(
  roles: readonly RoleAssignment[] | undefined,
  app: AppModel,
  parent: string,
  reading: boolean,
): TreeNode[] {
  if (roles === undefined && reading) {
    return [remarkRow(`${parent}/roles`, 'Reading role assignments…', 'Azure has been asked.', 'loading~spin')];
  }
  if (roles === undefined) {
    const why =
      'Azure did not say which roles this identity holds. It may hold some: the reason stands beside the app.';
    return [remarkRow(`${parent}/roles`, 'Role assignments could not be read', why, 'question')];
  }
  if (roles.length === 0) {
    const why = 'No Azure role is assigned to this identity: calls with its token are refused until one is.';
    return [remarkRow(`${parent}/roles`, 'No role assignments', why, 'circle-slash')];
  }
  return [...roles]
    .sort((a, b) => breadth(b) - breadth(a) || a.role.localeCompare(b.role))
    .map(role => describeRole(role, app, parent));
}

const levels: Readonly<Record<ScopeLevel, { words: string; breadth: number }>> = {
  root: { words: 'tenant root', breadth: 6 },
  managementGroup: { words: 'management group', breadth: 5 },
  subscription: { words: 'subscription', breadth: 4 },
  resourceGroup: { words: 'resource group', breadth: 3 },
  resource: { words: 'resource', breadth: 2 },
  subResource: { words: 'sub-resource', breadth: 1 },
  unknown: { words: 'scope', breadth: 0 },
};

function breadth(role: RoleAssignment): number {
  return levels[role.scopeLevel].breadth;
}

function describeRole(role: RoleAssignment, app: AppModel, parent: string): TreeNode {
  const scope = describeScope(role.scope, role.scopeLevel);
  const where = role.inherited ? `inherited from ${scope}` : scope;
  const condition = role.condition ? ' · conditional' : '';
  const lines = [
    `**${markdownText(role.role)}** ${markdownText(role.inherited ? where : `on ${where}`)}`,
    `Scope ${markdownCode(role.scope)}`,
    role.inherited
      ? `Assigned above resource group ${markdownCode(app.resourceGroup)}: it reaches everything below ${markdownText(scope)}\\.`
      : `Scope level: ${markdownText(levels[role.scopeLevel].words)}`,
    ...(role.principalType && role.principalType !== 'ServicePrincipal'
      ? [`Held through: ${markdownText(role.principalType)}`]
      : []),
    ...(role.condition ? [`Only under this condition:\n\n${markdownCode(role.condition)}`] : []),
    `Role definition ${markdownCode(role.roleDefinitionId)}`,
  ];
  return {
    id: `${parent}/role/${normalizeResourceId(role.id)}`,
    label: role.role,
    description: where + condition,
    tooltipMarkdown: lines.join('\n\n'),
    icon: { id: role.inherited ? 'type-hierarchy-super' : 'key' },
    contextValue: 'role resource',
    collapsible: 'none',
    children: [],
    accessibilityLabel: `Role ${role.role}, ${role.inherited ? where : `on ${where}`}${role.condition ? ', only under a condition' : ''}`,
    subject: { resourceId: role.scope },
  };
}

/** `rg-shop (resource group)`, `stshop (storage account)`, `mg-corp (management group)`, …: the name first, as rows are narrow. */
function describeScope(scope: string, level: ScopeLevel): string {
  if (level === 'root') return levels.root.words;
  if (level === 'unknown') return scope;
  if (level === 'subResource') return `${parentName(scope)}/${lastSegment(scope)} (${resourceType(scope)})`;
  return `${lastSegment(scope)} (${level === 'resource' ? resourceType(scope) : levels[level].words})`;
}

/** Name of the resource that a sub-resource belongs to. */
function parentName(scope: string): string {
  const parts = scopeParts(scope);
  const providers = parts.findLastIndex(part => part.toLowerCase() === 'providers');
  return parts[providers + 3] ?? '';
}

/** Words for resource types, by their full type in lower case. */
const typeWords: Readonly<Record<string, string>> = {
  'microsoft.appconfiguration/configurationstores': 'app configuration store',
  'microsoft.cognitiveservices/accounts': 'AI services account',
  'microsoft.containerregistry/registries': 'container registry',
  'microsoft.documentdb/databaseaccounts': 'Cosmos DB account',
  'microsoft.eventhub/namespaces': 'Event Hubs namespace',
  'microsoft.keyvault/vaults': 'key vault',
  'microsoft.managedidentity/userassignedidentities': 'managed identity',
  'microsoft.search/searchservices': 'search service',
  'microsoft.servicebus/namespaces': 'Service Bus namespace',
  'microsoft.servicebus/namespaces/topics/subscriptions': 'topic subscription',
  'microsoft.sql/servers': 'SQL server',
  'microsoft.storage/storageaccounts': 'storage account',
  'microsoft.web/sites': 'app',
};

/** The words for a resource id's type; for types without any, the last one as Azure spells it: `queue` for `…/queues/x`. */
function resourceType(scope: string): string {
  const parts = scopeParts(scope);
  const afterProviders = parts.slice(parts.findLastIndex(part => part.toLowerCase() === 'providers') + 1);
  const [namespace = '', ...pairs] = afterProviders;
  const type = [namespace, ...pairs.filter((_, i) => i % 2 === 0)].join('/').toLowerCase();
  const last = parts.at(-2) ?? 'resource';
  const spelled = last.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return typeWords[type] ?? spelled.replace(/ies$/, 'y').replace(/s$/, '');
}

function scopeParts(scope: string): string[] {
  return scope.replace(/\/+$/, '').split('/');
}

export function lastSegment(id: string): string {
  return id.replace(/\/+$/, '').split('/').at(-1) ?? id;
}

function idRows(identity: ManagedIdentity, parent: string): TreeNode[] {
  const row = (name: string, value: string, contextValue: string, subject: TreeNode['subject']): TreeNode => ({
    id: `${parent}/${contextValue}`,
    label: name,
    description: value,
    tooltipMarkdown: `${name} ${markdownCode(value)}`,
    icon: { id: 'tag' },
    contextValue,
    collapsible: 'none',
    children: [],
    accessibilityLabel: `${name} ${value}`,
    ...(subject ? { subject } : {}),
  });
  const { principalId, clientId } = identity;
  return [
    row('Principal ID', principalId, 'principal', { principalId }),
    ...(clientId ? [row('Client ID', clientId, 'client', { clientId })] : []),
  ];
}
