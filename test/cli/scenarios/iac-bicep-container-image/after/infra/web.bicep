param location string = resourceGroup().location

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' = {
  name: 'cr${uniqueString(resourceGroup().id)}'
  location: location
  sku: { name: 'Basic' }
  properties: {
    adminUserEnabled: false
  }
}

resource web 'Microsoft.Web/sites@2023-12-01' = {
  name: 'web-shop'
  location: location
  kind: 'app,linux,container'
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    siteConfig: {
      acrUseManagedIdentityCreds: true
      linuxFxVersion: 'DOCKER|${registry.properties.loginServer}/shop:latest'
      appSettings: [
        { name: 'DOCKER_REGISTRY_SERVER_URL', value: 'https://${registry.properties.loginServer}' }
        { name: 'WEBSITES_PORT', value: '8080' } // inside
      ]
      connectionStrings: [
        {
          name: 'Shop'
          type: 'SQLAzure'
          connectionString: 'Server=tcp:shop${environment().suffixes.sqlServerHostname};Database=shop;Authentication=Active Directory Default;Encrypt=True'
        }
      ]
    }
  }
}

resource webAcrPull 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(registry.id, web.id, '7f951dda-4ed3-4680-a7ca-43fe172d538d')
  scope: registry
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '7f951dda-4ed3-4680-a7ca-43fe172d538d') // AcrPull
    principalId: web.identity.principalId
    principalType: 'ServicePrincipal'
  }
}

@secure()
param sqlPassword string
