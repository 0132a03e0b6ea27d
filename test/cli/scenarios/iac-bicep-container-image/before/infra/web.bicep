param location string = resourceGroup().location

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' = {
  name: 'cr${uniqueString(resourceGroup().id)}'
  location: location
  sku: { name: 'Basic' }
  properties: {
    adminUserEnabled: true
  }
}

resource web 'Microsoft.Web/sites@2023-12-01' = {
  name: 'web-shop'
  location: location
  kind: 'app,linux,container'
  properties: {
    siteConfig: {
      linuxFxVersion: 'DOCKER|${registry.properties.loginServer}/shop:latest'
      appSettings: [
        { name: 'DOCKER_REGISTRY_SERVER_URL', value: 'https://${registry.properties.loginServer}' }
        { name: 'DOCKER_REGISTRY_SERVER_USERNAME', value: registry.listCredentials().username }
        { name: 'DOCKER_REGISTRY_SERVER_PASSWORD', value: registry.listCredentials().passwords[0].value }
        { name: 'WEBSITES_PORT', value: '8080' } // inside
      ]
      connectionStrings: [
        {
          name: 'Shop'
          type: 'SQLAzure'
          connectionString: 'Server=tcp:shop${environment().suffixes.sqlServerHostname};Database=shop;User ID=shop;Password=${sqlPassword};Encrypt=True'
        }
      ]
    }
  }
}

@secure()
param sqlPassword string
