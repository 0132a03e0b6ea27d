param location string = resourceGroup().location
param busName string
param hubNamespaceName string

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-worker'
  location: location
}

resource bus 'Microsoft.ServiceBus/namespaces@2022-10-01-preview' existing = {
  name: busName
}

resource busRule 'Microsoft.ServiceBus/namespaces/AuthorizationRules@2022-10-01-preview' existing = {
  parent: bus
  name: 'RootManageSharedAccessKey'
}

resource hubs 'Microsoft.EventHub/namespaces@2024-01-01' existing = {
  name: hubNamespaceName
}

resource worker 'Microsoft.Web/sites@2023-12-01' = {
  name: 'func-worker'
  location: location
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identity.id}': {}
    }
  }
  properties: {
    siteConfig: {
      linuxFxVersion: 'Python|3.12'
    }
  }
}

resource workerAzureEventHubsDataReceiver 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(hubs.id, worker.id, 'a638d3c7-ab3a-418d-83e6-5f17a39d4fde')
  scope: hubs
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'a638d3c7-ab3a-418d-83e6-5f17a39d4fde') // Azure Event Hubs Data Receiver
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource workerAzureEventHubsDataSender 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(hubs.id, worker.id, '2b629674-e913-4c01-ae53-ef4638d8f975')
  scope: hubs
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '2b629674-e913-4c01-ae53-ef4638d8f975') // Azure Event Hubs Data Sender
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource workerAzureServiceBusDataReceiver 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(bus.id, worker.id, '4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0')
  scope: bus
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0') // Azure Service Bus Data Receiver
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource workerAzureServiceBusDataSender 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(bus.id, worker.id, '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39')
  scope: bus
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39') // Azure Service Bus Data Sender
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource settings 'Microsoft.Web/sites/config@2023-12-01' = {
  parent: worker
  name: 'appsettings'
  properties: {
    FUNCTIONS_EXTENSION_VERSION: '~4'
    FUNCTIONS_WORKER_RUNTIME: 'python'
    // orders come in here
    OrdersBus__fullyQualifiedNamespace: replace(replace(bus.properties.serviceBusEndpoint, 'https://', ''), ':443/', '')
    OrdersBus__credential: 'managedidentity'
    OrdersBus__clientId: identity.properties.clientId
    Telemetry__fullyQualifiedNamespace: replace(replace(hubs.properties.serviceBusEndpoint, 'https://', ''), ':443/', '')
    Telemetry__credential: 'managedidentity'
    Telemetry__clientId: identity.properties.clientId
  }
}
