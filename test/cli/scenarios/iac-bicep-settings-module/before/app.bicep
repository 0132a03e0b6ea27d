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
var storageConnection = 'DefaultEndpointsProtocol=https;AccountName=${st.name};AccountKey=${st.listKeys().keys[0].value};EndpointSuffix=${environment().suffixes.storage}'
resource settings 'Microsoft.Web/sites/config@2023-12-01' = {
  parent: fn
  name: 'appsettings'
  properties: union({
    FUNCTIONS_WORKER_RUNTIME: 'node'
    AzureWebJobsStorage: storageConnection
    WEBSITE_CONTENTAZUREFILECONNECTIONSTRING: storageConnection
    Bus: sb::rule.listKeys().primaryConnectionString
    Telemetry: ehRule.listKeys().primaryConnectionString
  }, {
    EXTRA: '1'
  })
}
