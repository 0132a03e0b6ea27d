import { builtInRoleGuid } from '../core/rbac/builtin-roles.ts';
import { guidOf } from './guid.ts';
import type {
  DemoRoleAssignment,
  DemoRoleDefinition,
  DemoSite,
  DemoTenant,
  DemoUserAssignedIdentity,
} from './tenant.ts';

const LOCATION = 'West Europe';
const PRODUCTION = guidOf('subscription Demo Toys Production');
const DEVELOPMENT = guidOf('subscription Demo Toys Development');
const ROOT_GROUP = '/providers/Microsoft.Management/managementGroups/demo-toys';

const shopGroup = resourceGroup(PRODUCTION, 'rg-demo-shop');
const sharedGroup = resourceGroup(PRODUCTION, 'rg-demo-shared');
const labGroup = resourceGroup(DEVELOPMENT, 'rg-demo-lab');

const storage = `${sharedGroup}/providers/Microsoft.Storage/storageAccounts/stdemotoys`;
const invoices = `${storage}/blobServices/default/containers/invoices`;
const vault = `${sharedGroup}/providers/Microsoft.KeyVault/vaults/kv-demo-toys`;
const serviceBus = `${sharedGroup}/providers/Microsoft.ServiceBus/namespaces/sb-demo-toys`;
const orderQueue = `${serviceBus}/queues/orders`;
const openAi = `${sharedGroup}/providers/Microsoft.CognitiveServices/accounts/oai-demo-toys`;
const labStorage = `${labGroup}/providers/Microsoft.Storage/storageAccounts/stdemolab`;

const shopIdentity = userAssigned(shopGroup, 'id-demo-shop');
const mailIdentity = userAssigned(sharedGroup, 'id-demo-mail');
const idleIdentity = userAssigned(sharedGroup, 'id-demo-idle');

const ordersReader: DemoRoleDefinition = {
  guid: guidOf('role Demo Toys Orders Reader'),
  roleName: 'Demo Toys Orders Reader',
  type: 'CustomRole',
  description: 'Reads the order queue of the demo company.',
  assignableScopes: [`/subscriptions/${PRODUCTION}`],
  actions: ['Microsoft.ServiceBus/namespaces/queues/read'],
  dataActions: ['Microsoft.ServiceBus/namespaces/messages/receive/action'],
};

/** Reads only the invoices container, whatever the role allows elsewhere in the account. */
const invoicesOnly =
  "((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})) OR " +
  "(@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'invoices'))";

/**
 * A believable small company: two subscriptions under one management group, apps with slots, a Function App, all kinds
 * of managed identity, and role assignments at every level, good and bad ones.
 */
export function demoCompany(): DemoTenant {
  const sites: DemoSite[] = [
    site(shopGroup, 'demo-toys-shop', { system: true, userAssigned: [shopIdentity], kind: 'app,linux' }),
    site(shopGroup, 'demo-toys-shop/staging', { system: true, kind: 'app,linux' }),
    site(shopGroup, 'demo-toys-orders', { system: true }),
    site(shopGroup, 'demo-toys-orders/staging', { system: true, userAssigned: [shopIdentity] }),
    site(shopGroup, 'demo-toys-invoices', { userAssigned: [shopIdentity, mailIdentity] }),
    site(sharedGroup, 'demo-toys-mailer', { system: true, userAssigned: [mailIdentity], kind: 'functionapp,linux' }),
    site(sharedGroup, 'demo-toys-legacy', {}),
    site(labGroup, 'demo-toys-lab', { system: true, kind: 'app,linux' }),
    site(labGroup, 'demo-toys-lab/canary', { system: true, kind: 'app,linux' }),
  ];
  const roleAssignments: DemoRoleAssignment[] = [
    assign('demo-toys-shop', 'Storage Blob Data Contributor', storage),
    assign('demo-toys-shop', 'Key Vault Secrets User', vault),
    assign('demo-toys-shop', 'Azure Service Bus Data Sender', orderQueue),
    assign('demo-toys-shop', 'Reader', ROOT_GROUP),
    assign('demo-toys-shop/staging', 'Storage Blob Data Reader', storage, { condition: invoicesOnly }),
    assign('demo-toys-shop/staging', 'Contributor', shopGroup),
    assign('demo-toys-orders', 'Azure Service Bus Data Receiver', serviceBus),
    assign('demo-toys-orders', ordersReader, orderQueue),
    assign('demo-toys-orders', 'Contributor', shopGroup),
    assign('demo-toys-orders/staging', 'Azure Service Bus Data Owner', serviceBus),
    assign(shopIdentity, 'Storage Blob Data Reader', invoices),
    assign(shopIdentity, 'Key Vault Secrets User', vault),
    assign(shopIdentity, 'Cognitive Services OpenAI User', openAi),
    assign(mailIdentity, 'Azure Service Bus Data Receiver', orderQueue),
    assign('demo-toys-mailer', 'Storage Blob Data Owner', storage),
    assign('demo-toys-mailer', 'Storage Queue Data Contributor', storage),
    assign('demo-toys-lab', 'Owner', `/subscriptions/${DEVELOPMENT}`),
    assign('demo-toys-lab', 'Storage Blob Data Reader', labStorage),
    assign('demo-toys-lab/canary', 'Reader', labGroup),
    assign(idleIdentity, 'Contributor', sharedGroup),
    // The principal of this one was deleted with its app: an orphaned assignment.
    assign('demo-toys-retired', 'Owner', sharedGroup, { principalType: 'Unknown' }),
  ];
  return {
    tenantId: guidOf('tenant Keyless demo tenant'),
    displayName: 'Keyless demo tenant',
    managementGroups: [{ name: 'demo-toys', displayName: 'Demo Toys', subscriptionIds: [PRODUCTION, DEVELOPMENT] }],
    subscriptions: [
      { subscriptionId: PRODUCTION, displayName: 'Demo Toys Production (demo)' },
      { subscriptionId: DEVELOPMENT, displayName: 'Demo Toys Development (demo)' },
    ],
    sites,
    userAssignedIdentities: [shopIdentity, mailIdentity, idleIdentity],
    roleDefinitions: [ordersReader],
    roleAssignments,
  };
}

function resourceGroup(subscriptionId: string, name: string): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${name}`;
}

function userAssigned(group: string, name: string): DemoUserAssignedIdentity {
  return {
    id: `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`,
    location: 'westeurope',
    principalId: guidOf(`principal ${name}`),
    clientId: guidOf(`client ${name}`),
  };
}

interface SiteOptions {
  readonly system?: boolean;
  readonly userAssigned?: readonly DemoUserAssignedIdentity[];
  readonly kind?: string;
}

/** @param name - `site` or `site/slot` */
function site(group: string, name: string, { system, userAssigned = [], kind = 'app' }: SiteOptions): DemoSite {
  const [siteName = '', slot] = name.split('/');
  const id = `${group}/providers/Microsoft.Web/sites/${siteName}${slot ? `/slots/${slot}` : ''}`;
  const types = [system ? 'SystemAssigned' : '', userAssigned.length > 0 ? 'UserAssigned' : ''].filter(Boolean);
  const identity = {
    type: types.join(', '),
    ...(system
      ? { principalId: guidOf(`principal ${name}`), tenantId: guidOf('tenant Keyless demo tenant') }
      : undefined),
    ...(userAssigned.length > 0
      ? {
          userAssignedIdentities: Object.fromEntries(
            userAssigned.map(({ id, principalId, clientId }) => [id, { principalId, clientId }]),
          ),
        }
      : undefined),
  };
  return {
    id,
    kind,
    location: LOCATION,
    ...(types.length > 0 ? { identity } : undefined),
    tags: { purpose: 'demo' },
    properties: {
      state: 'Running',
      enabled: true,
      httpsOnly: siteName !== 'demo-toys-legacy',
      defaultHostName: `${name.replace('/', '-')}.azurewebsites.net`,
      keyVaultReferenceIdentity: 'SystemAssigned',
      publicNetworkAccess: 'Enabled',
    },
  };
}

/** @param holder - a user-assigned identity, or the name of the app whose system-assigned identity holds the role */
function assign(
  holder: DemoUserAssignedIdentity | string,
  role: string | DemoRoleDefinition,
  scope: string,
  more: { condition?: string; principalType?: string } = {},
): DemoRoleAssignment {
  const principalId = typeof holder === 'string' ? guidOf(`principal ${holder}`) : holder.principalId;
  const guid = typeof role === 'string' ? builtInRoleGuid(role) : role.guid;
  if (!guid) throw new Error(`"${JSON.stringify(role)}" is not a built-in role`);
  const subscription = /^\/subscriptions\/[^/]+/.exec(scope)?.[0] ?? '';
  return {
    guid: guidOf(`assignment ${principalId} ${guid} ${scope}`),
    scope,
    roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${guid}`,
    principalId,
    principalType: 'ServicePrincipal',
    ...more,
  };
}
