import type { ScopeLevel } from '../../core/rbac/identity-model.ts';

const levels: Readonly<Record<ScopeLevel, { words: string; breadth: number }>> = {
  root: { words: 'tenant root', breadth: 6 },
  managementGroup: { words: 'management group', breadth: 5 },
  subscription: { words: 'subscription', breadth: 4 },
  resourceGroup: { words: 'resource group', breadth: 3 },
  resource: { words: 'resource', breadth: 2 },
  subResource: { words: 'sub-resource', breadth: 1 },
  unknown: { words: 'scope', breadth: 0 },
};

/** Number that grows with what a scope takes in. */
export function breadthOf(level: ScopeLevel): number {
  return levels[level].breadth;
}

/** `resource group`, `subscription`, … */
export function levelWords(level: ScopeLevel): string {
  return levels[level].words;
}

/** `rg-shop (resource group)`, `stshop (storage account)`, `mg-corp (management group)`, …: the name first, as rows are narrow. */
export function describeScope(scope: string, level: ScopeLevel): string {
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
export function resourceType(scope: string): string {
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
