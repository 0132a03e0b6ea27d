import { resourceGroup, userAssigned } from './company-parts.ts';
import { guidOf } from './guid.ts';

const production = guidOf('subscription Demo Toys Production');
const development = guidOf('subscription Demo Toys Development');
const partner = guidOf('subscription Demo Partner');

export const demoToys = {
  home: guidOf('tenant Keyless demo tenant'),
  guest: guidOf('tenant Keyless demo partner'),
  production,
  development,
  partner,
  managementGroup: '/providers/Microsoft.Management/managementGroups/demo-toys',
} as const;

export const groups = {
  shop: resourceGroup(production, 'rg-demo-shop'),
  shared: resourceGroup(production, 'rg-demo-shared'),
  lab: resourceGroup(development, 'rg-demo-lab'),
  partner: resourceGroup(partner, 'rg-demo-partner'),
} as const;

const storage = `${groups.shared}/providers/Microsoft.Storage/storageAccounts/stdemotoys`;
const serviceBus = `${groups.shared}/providers/Microsoft.ServiceBus/namespaces/sb-demo-toys`;

export const resources = {
  storage,
  invoices: `${storage}/blobServices/default/containers/invoices`,
  vault: `${groups.shared}/providers/Microsoft.KeyVault/vaults/kv-demo-toys`,
  oldVault: `${groups.shared}/providers/Microsoft.KeyVault/vaults/kv-demo-old`,
  serviceBus,
  orderQueue: `${serviceBus}/queues/orders`,
  openAi: `${groups.shared}/providers/Microsoft.CognitiveServices/accounts/oai-demo-toys`,
  cosmos: `${groups.shared}/providers/Microsoft.DocumentDB/databaseAccounts/cosmos-demo-toys`,
  search: `${groups.shared}/providers/Microsoft.Search/searchServices/srch-demo-toys`,
  registry: `${groups.shared}/providers/Microsoft.ContainerRegistry/registries/crdemotoys`,
  labStorage: `${groups.lab}/providers/Microsoft.Storage/storageAccounts/stdemolab`,
  partnerStorage: `${groups.partner}/providers/Microsoft.Storage/storageAccounts/stdemopartner`,
} as const;

export const identities = {
  shop: userAssigned(groups.shop, 'id-demo-shop'),
  mail: userAssigned(groups.shared, 'id-demo-mail'),
  idle: userAssigned(groups.shared, 'id-demo-idle'),
  deploy: userAssigned(groups.shared, 'id-demo-deploy'),
} as const;
