import { demoToys, groups, identities, resources } from './company-names.ts';
import { assign } from './company-parts.ts';
import { guidOf } from './guid.ts';
import type { DemoResource, DemoRoleDefinition, DemoTenant } from './tenant.ts';

const { production, development, managementGroup } = demoToys;
const { storage, invoices, vault, oldVault, serviceBus, orderQueue, openAi, cosmos, search, registry } = resources;

const ordersReader: DemoRoleDefinition = {
  guid: guidOf('role Demo Toys Orders Reader'),
  roleName: 'Demo Toys Orders Reader',
  type: 'CustomRole',
  description: 'Reads the order queue of the demo company.',
  assignableScopes: [`/subscriptions/${production}`],
  actions: ['Microsoft.ServiceBus/namespaces/queues/read'],
  dataActions: ['Microsoft.ServiceBus/namespaces/messages/receive/action'],
};

/** Reads only the invoices container, whatever the role allows elsewhere in the account. */
const invoicesOnly =
  "((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})) OR " +
  "(@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'invoices'))";

const reportReaders = guidOf('group Demo Toys report readers');
const principal = (name: string): string => guidOf(`principal ${name}`);

/** Who may touch what: identities, roles at every level, groups, denials and what stands outside Azure RBAC. */
export function companyAccess(): Omit<
  DemoTenant,
  'tenantId' | 'displayName' | 'otherTenants' | 'managementGroups' | 'subscriptions' | 'sites'
> {
  return {
    userAssignedIdentities: Object.values(identities),
    roleDefinitions: [ordersReader],
    roleAssignments: [
      assign('demo-toys-shop', 'Storage Blob Data Contributor', storage),
      assign('demo-toys-shop', 'Key Vault Secrets User', vault),
      assign('demo-toys-shop', 'Azure Service Bus Data Sender', orderQueue),
      assign('demo-toys-shop', 'Reader', managementGroup),
      assign('demo-toys-shop/staging', 'Storage Blob Data Reader', storage, { condition: invoicesOnly }),
      assign('demo-toys-shop/staging', 'Contributor', groups.shop),
      assign('demo-toys-orders', 'Azure Service Bus Data Receiver', serviceBus),
      assign('demo-toys-orders', ordersReader, orderQueue),
      assign('demo-toys-orders', 'Contributor', groups.shop),
      assign('demo-toys-orders/staging', 'Azure Service Bus Data Owner', serviceBus),
      assign(identities.shop, 'Storage Blob Data Reader', invoices),
      assign(identities.shop, 'Key Vault Secrets User', vault),
      assign(identities.shop, 'Cognitive Services OpenAI User', openAi),
      assign(identities.mail, 'Azure Service Bus Data Receiver', orderQueue),
      assign('demo-toys-api', 'AcrPull', registry),
      assign('demo-toys-api', 'Storage Blob Data Reader', groups.shared),
      assign('demo-toys-mailer', 'Storage Blob Data Owner', storage),
      assign('demo-toys-mailer', 'Storage Queue Data Contributor', storage),
      assign('demo-toys-search', 'Search Index Data Reader', search),
      assign('demo-toys-lab', 'Owner', `/subscriptions/${development}`),
      assign('demo-toys-lab', 'Storage Blob Data Reader', resources.labStorage),
      assign('demo-toys-lab/canary', 'Reader', groups.lab),
      assign('demo-partner-portal', 'Storage Blob Data Reader', resources.partnerStorage),
      assign(identities.idle, 'Contributor', groups.shared),
      assign(identities.deploy, 'Website Contributor', groups.shop),
      assign(reportReaders, 'Storage Blob Data Reader', invoices, { principalType: 'Group' }),
      // The principal of this one was deleted with its app: an orphaned assignment, which Azure keeps as it was made.
      assign('demo-toys-retired', 'Owner', groups.shared),
      assign('Demo Toys former contractor', 'Reader', storage, { principalType: 'User' }),
      assign('Ada of Demo Toys', 'Owner', `/subscriptions/${production}`, { principalType: 'User' }),
      assign('demo-toys-pipeline', 'Website Contributor', groups.shop),
    ],
    groups: [
      {
        principalId: principal(reportReaders),
        displayName: 'Demo Toys report readers',
        members: [principal('demo-toys-reports')],
      },
    ],
    directory: [
      { id: principal('Ada of Demo Toys'), kind: 'user', displayName: 'Ada of Demo Toys' },
      { id: principal('demo-toys-pipeline'), kind: 'servicePrincipal', displayName: 'demo-toys-pipeline' },
    ],
    eligibleRoles: [assign('demo-toys-reports', 'Storage Blob Data Contributor', storage)],
    denyAssignments: [
      {
        guid: guidOf('deny deletes in the shop'),
        name: 'Deny deletes made by the deployment stack of the shop',
        scope: groups.shop,
        actions: ['*/delete'],
        dataActions: [],
        principals: [{ id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' }],
        excludePrincipals: [{ id: identities.deploy.principalId, type: 'ServicePrincipal' }],
      },
    ],
    federatedCredentials: [
      {
        identityId: identities.deploy.id,
        name: 'github-main',
        issuer: 'https://token.actions.githubusercontent.com',
        subject: 'repo:demo-toys/shop:ref:refs/heads/main',
      },
      {
        identityId: identities.shop.id,
        name: 'cluster',
        issuer: 'https://westeurope.oic.prod-aks.azure.com/demo/',
        subject: 'system:serviceaccount:shop:web',
      },
    ],
    vaults: [
      { id: vault, location: 'westeurope', enableRbacAuthorization: true, accessPolicies: [] },
      {
        id: oldVault,
        location: 'westeurope',
        enableRbacAuthorization: false,
        accessPolicies: [
          { objectId: principal('demo-toys-orders'), permissions: { secrets: ['Get', 'List'], keys: [] } },
        ],
      },
    ],
    cosmosAccounts: [
      {
        id: cosmos,
        location: 'westeurope',
        roleAssignments: [
          {
            guid: guidOf('cosmos api'),
            principalId: principal('demo-toys-api'),
            roleDefinition: '00000000-0000-0000-0000-000000000002',
            below: '/dbs/shop',
          },
        ],
      },
    ],
    otherResources: [
      plain(storage, 'microsoft.storage/storageaccounts'),
      plain(serviceBus, 'microsoft.servicebus/namespaces'),
      plain(openAi, 'microsoft.cognitiveservices/accounts'),
      plain(search, 'microsoft.search/searchservices'),
      plain(registry, 'microsoft.containerregistry/registries'),
      plain(resources.labStorage, 'microsoft.storage/storageaccounts'),
      plain(resources.partnerStorage, 'microsoft.storage/storageaccounts'),
      {
        id: `${groups.shared}/providers/Microsoft.App/containerApps/demo-toys-mail-queue`,
        type: 'microsoft.app/containerapps',
        location: 'westeurope',
        identity: {
          type: 'UserAssigned',
          userAssignedIdentities: {
            [identities.mail.id]: { principalId: identities.mail.principalId, clientId: identities.mail.clientId },
          },
        },
      },
    ],
  };
}

/** A resource without an identity of its own. */
function plain(id: string, type: string): DemoResource {
  return { id, type, location: 'westeurope', identity: null };
}
