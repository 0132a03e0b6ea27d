// Functions with settings in a module of their own
param storageName string
param busName string
param eventHubName string
resource st 'Microsoft.Storage/storageAccounts@2023-05-01' existing = { name: storageName }
resource sb 'Microsoft.ServiceBus/namespaces@2022-10-01-preview' existing = {
  name: busName
  resource rule 'AuthorizationRules' existing = { name: 'RootManageSharedAccessKey' }
}
resource eh 'Microsoft.EventHub/namespaces@2024-01-01' existing = { name: eventHubName }
resource ehRule 'Microsoft.EventHub/namespaces/authorizationRules@2024-01-01' existing = { parent: eh, name: 'listen' }
resource fn 'Microsoft.Web/sites@2023-12-01' = {
  name: 'fn'
  location: resourceGroup().location
  kind: 'functionapp,linux'
  identity: { type: 'SystemAssigned' }
  properties: {
    httpsOnly: true
  }
}

resource fnAzureEventHubsDataReceiver 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(eh.id, fn.id, 'a638d3c7-ab3a-418d-83e6-5f17a39d4fde')
  scope: eh
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'a638d3c7-ab3a-418d-83e6-5f17a39d4fde') // Azure Event Hubs Data Receiver
    principalId: fn.identity.principalId
    principalType: 'ServicePrincipal'
  }
}

resource fnAzureEventHubsDataSender 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(eh.id, fn.id, '2b629674-e913-4c01-ae53-ef4638d8f975')
  scope: eh
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '2b629674-e913-4c01-ae53-ef4638d8f975') // Azure Event Hubs Data Sender
    principalId: fn.identity.principalId
    principalType: 'ServicePrincipal'
  }
}

resource fnAzureServiceBusDataReceiver 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(sb.id, fn.id, '4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0')
  scope: sb
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0') // Azure Service Bus Data Receiver
    principalId: fn.identity.principalId
    principalType: 'ServicePrincipal'
  }
}

resource fnAzureServiceBusDataSender 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(sb.id, fn.id, '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39')
  scope: sb
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39') // Azure Service Bus Data Sender
    principalId: fn.identity.principalId
    principalType: 'ServicePrincipal'
  }
}

resource fnStorageBlobDataOwner 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(st.id, fn.id, 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b')
  scope: st
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b') // Storage Blob Data Owner
    principalId: fn.identity.principalId
    principalType: 'ServicePrincipal'
  }
}
var storageConnection = 'DefaultEndpointsProtocol=https;AccountName=${st.name};AccountKey=${st.listKeys().keys[0].value};EndpointSuffix=${environment().suffixes.storage}'
resource settings 'Microsoft.Web/sites/config@2023-12-01' = {
  parent: fn
  name: 'appsettings'
  properties: union({
    FUNCTIONS_WORKER_RUNTIME: 'node'
    AzureWebJobsStorage__blobServiceUri: st.properties.primaryEndpoints.blob
    AzureWebJobsStorage__queueServiceUri: st.properties.primaryEndpoints.queue
    AzureWebJobsStorage__tableServiceUri: st.properties.primaryEndpoints.table
    WEBSITE_CONTENTAZUREFILECONNECTIONSTRING: storageConnection
    Bus__fullyQualifiedNamespace: replace(replace(sb.properties.serviceBusEndpoint, 'https://', ''), ':443/', '')
    Telemetry__fullyQualifiedNamespace: replace(replace(eh.properties.serviceBusEndpoint, 'https://', ''), ':443/', '')
  }, {
    EXTRA: '1'
  })
}
