import { builtInRoleGuid } from '../core/rbac/builtin-roles.ts';
import { guidOf } from './guid.ts';
import type { DemoRoleAssignment, DemoSite, DemoTenant } from './tenant.ts';

/** What an app of a large company is given, over and over. */
const roles = [
  'Storage Blob Data Reader',
  'Storage Blob Data Contributor',
  'Storage Queue Data Contributor',
  'Key Vault Secrets User',
  'Azure Service Bus Data Sender',
  'Azure Service Bus Data Receiver',
  'Azure Event Hubs Data Sender',
  'Cognitive Services OpenAI User',
  'App Configuration Data Reader',
  'Reader',
].map(name => builtInRoleGuid(name) ?? '');

/**
 * A company of any size: so many apps with a system-assigned identity each, so many role assignments of each, a hundred
 * apps to a resource group and two thousand to a subscription.
 */
export function largeCompany(apps: number, assignmentsOfEach: number): DemoTenant {
  const tenantId = guidOf('tenant Keyless large demo tenant');
  const subscriptions = Array.from({ length: Math.ceil(apps / 2000) }, (_, i) => ({
    subscriptionId: guidOf(`large subscription ${i}`),
    displayName: `Large subscription ${i} (demo)`,
  }));
  const sites: DemoSite[] = [];
  const roleAssignments: DemoRoleAssignment[] = [];
  for (let i = 0; i < apps; i++) {
    const subscriptionId = subscriptions[Math.floor(i / 2000)]?.subscriptionId ?? '';
    const group = `/subscriptions/${subscriptionId}/resourceGroups/rg-${Math.floor(i / 100)}`;
    const principalId = numbered('a', i);
    sites.push({
      id: `${group}/providers/Microsoft.Web/sites/app-${i}`,
      kind: 'app,linux',
      location: 'West Europe',
      identity: { type: 'SystemAssigned', principalId, tenantId },
      properties: { httpsOnly: true, publicNetworkAccess: 'Enabled', sku: 'PremiumV3' },
    });
    for (let k = 0; k < assignmentsOfEach; k++) {
      roleAssignments.push({
        guid: numbered('b', i * assignmentsOfEach + k),
        scope: `${group}/providers/Microsoft.Storage/storageAccounts/st${i}x${k}`,
        roleDefinitionId: `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${roles[k % roles.length] ?? ''}`,
        principalId,
        principalType: 'ServicePrincipal',
      });
    }
  }
  return {
    tenantId,
    displayName: 'Keyless demo tenant, large',
    managementGroups: [
      {
        name: 'large',
        displayName: 'Large',
        subscriptionIds: subscriptions.map(({ subscriptionId }) => subscriptionId),
      },
    ],
    subscriptions,
    sites,
    userAssignedIdentities: [],
    roleDefinitions: [],
    roleAssignments,
  };
}

/** A GUID that a number gives at once: hashing hundreds of thousands of names would take longer than serving them. */
function numbered(kind: string, number: number): string {
  return `${kind.repeat(8)}-0000-4000-a000-${number.toString(16).padStart(12, '0')}`;
}
