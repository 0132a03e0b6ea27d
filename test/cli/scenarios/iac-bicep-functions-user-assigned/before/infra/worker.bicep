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

var hubConnection = listKeys('${hubs.id}/AuthorizationRules/RootManageSharedAccessKey', hubs.apiVersion).primaryConnectionString

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

resource settings 'Microsoft.Web/sites/config@2023-12-01' = {
  parent: worker
  name: 'appsettings'
  properties: {
    FUNCTIONS_EXTENSION_VERSION: '~4'
    FUNCTIONS_WORKER_RUNTIME: 'python'
    // orders come in here
    OrdersBus: busRule.listKeys().primaryConnectionString
    Telemetry: hubConnection
  }
}
