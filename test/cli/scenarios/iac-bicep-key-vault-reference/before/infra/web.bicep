param location string = resourceGroup().location
param smtpPassword string

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: 'kv-${uniqueString(resourceGroup().id)}'
  location: location
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
  }
}

resource web 'Microsoft.Web/sites@2023-12-01' = {
  name: 'web-shop'
  location: location
  properties: {
    siteConfig: {
      appSettings: [
        { name: 'Payments__ApiKey', value: '@@characters 40 abcdefghijkmnopqrstuvwxyz23456789@@' } // live
        { name: 'Mail__Password', value: '@@password@@' }
      ]
    }
  }
}
