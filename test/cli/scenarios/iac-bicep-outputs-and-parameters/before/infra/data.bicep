param location string = resourceGroup().location
@description('Of the database administrator')
@minLength(12)
param administratorPassword string

resource cosmos 'Microsoft.DocumentDB/databaseAccounts@2024-05-15' = {
  name: 'cosmos-catalog'
  location: location
  properties: {
    databaseAccountOfferType: 'Standard'
    locations: [ { locationName: location } ]
  }
}

output endpoint string = cosmos.properties.documentEndpoint
output connection string = cosmos.listConnectionStrings().connectionStrings[0].connectionString // for the app
