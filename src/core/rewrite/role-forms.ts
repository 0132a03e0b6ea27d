import type { ServiceRole } from '../services/service.ts';

/**
 * The id of a resource as an argument of a command. Where its name is known, another command looks it up: names of these
 * resources are unique, so that neither subscription nor resource group has to be filled in. Works in POSIX shells and in
 * PowerShell.
 */
export function resourceId(type: string | undefined, name: string | undefined): string {
  if (type === undefined) return '<resource-id>';
  return name === undefined
    ? `/subscriptions/<subscription-id>/resourceGroups/<resource-group>/providers/${type}/<name>`
    : `"$(az resource list --name ${name} --resource-type ${type} --query "[0].id" --output tsv)"`;
}

/** Released versions of the resource types, for what a template only refers to. */
const apiVersions: Readonly<Record<string, string>> = {
  'Microsoft.AppConfiguration/configurationStores': '2023-03-01',
  'Microsoft.Batch/batchAccounts': '2023-05-01',
  'Microsoft.CognitiveServices/accounts': '2023-05-01',
  'Microsoft.ContainerRegistry/registries': '2023-07-01',
  'Microsoft.Devices/IotHubs': '2023-06-30',
  'Microsoft.EventGrid/topics': '2022-06-15',
  'Microsoft.EventHub/namespaces': '2024-01-01',
  'Microsoft.KeyVault/vaults': '2023-07-01',
  'Microsoft.Maps/accounts': '2023-06-01',
  'Microsoft.Search/searchServices': '2023-11-01',
  'Microsoft.ServiceBus/namespaces': '2021-11-01',
  'Microsoft.SignalRService/signalR': '2023-02-01',
  'Microsoft.SignalRService/webPubSub': '2023-02-01',
  'Microsoft.Storage/storageAccounts': '2023-05-01',
};

/** Whole where the resource's type is known, so that it can be deployed as it is. */
export function bicepGrant({ id, name }: ServiceRole, type: string | undefined, resource: string | undefined): string {
  const version = type === undefined ? undefined : apiVersions[type];
  const target =
    version === undefined
      ? '// target: the resource'
      : `resource target '${type}@${version}' existing = {\n  name: '${resource ?? '<name>'}'\n}`;
  return `@description('Object id of the identity')
param principalId string

${target}

// ${name}
resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(target.id, principalId, '${id}')
  scope: target
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '${id}')
  }
}`;
}

/** For a configuration in which the resource and a user-assigned identity are called like this. */
export function terraformGrant({ name }: ServiceRole, type: string | undefined): string {
  return `resource "azurerm_role_assignment" "app" {
  scope                = ${type ?? 'azurerm_resource'}.target.id
  role_definition_name = "${name}"
  principal_id         = azurerm_user_assigned_identity.app.principal_id
}`;
}
