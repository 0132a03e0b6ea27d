import type { CredentialExamples, SettingExample } from '../../services/service.ts';

export const keyInAppSettingsExamples: CredentialExamples = {
  found: [
    {
      languageId: 'bicep',
      text: () => `resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: storageName
  location: location
  sku: { name: 'Standard_LRS' }
  kind: 'StorageV2'
}

resource functionApp 'Microsoft.Web/sites@2023-12-01' = {
  name: appName
  location: location
  kind: 'functionapp,linux'
  properties: {
    serverFarmId: plan.id
    siteConfig: {
      appSettings: [
        { name: 'FUNCTIONS_EXTENSION_VERSION', value: '~4' }
        // the host's own account
        {
          name: «'AzureWebJobsStorage'»
          value: 'DefaultEndpointsProtocol=https;AccountName=\${storage.name};EndpointSuffix=\${environment().suffixes.storage};AccountKey=\${storage.listKeys().keys[0].value}'
        }
      ]
    }
  }
}
`,
    },
    {
      languageId: 'terraform',
      text: () => `resource "azurerm_storage_account" "main" {
  name = "stmain"
}

resource "azurerm_linux_function_app" "orders" {
  name                = "func-orders"
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
  service_plan_id     = azurerm_service_plan.main.id

  storage_account_name       = azurerm_storage_account.main.name
  «storage_account_access_key» = azurerm_storage_account.main.primary_access_key

  site_config {} # defaults
}
`,
    },
    {
      languageId: 'json',
      text: () => `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": { "app": { "type": "string" } },
  "resources": [
    {
      "type": "Microsoft.Storage/storageAccounts",
      "apiVersion": "2023-05-01",
      "name": "stjobs",
      "kind": "StorageV2"
    },
    {
      "type": "Microsoft.Web/sites",
      "apiVersion": "2023-12-01",
      "name": "[parameters('app')]",
      "kind": "functionapp",
      "properties": {
        "siteConfig": {
          "appSettings": [
            { "name": "FUNCTIONS_EXTENSION_VERSION", "value": "~4" },
            { "name": «"AzureWebJobsStorage"», "value": "[concat('DefaultEndpointsProtocol=https;AccountName=stjobs;AccountKey=', listKeys(resourceId('Microsoft.Storage/storageAccounts', 'stjobs'), '2023-05-01').keys[0].value)]" }
          ]
        }
      }
    }
  ]
}
`,
    },
    {
      languageId: 'bicep',
      text: () => `resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: storageName
  location: location
  sku: { name: 'Standard_LRS' }
  kind: 'StorageV2'
}
resource web 'Microsoft.Web/sites@2023-12-01' = {
  name: 'web'
  properties: {
    siteConfig: {
      appSettings: [
        { name: «'STORAGE_KEY'», value: storage.listKeys().keys[0].value }
      ]
    }
  }
}
`,
    },
    {
      languageId: 'bicep',
      text: () => `resource ai 'Microsoft.CognitiveServices/accounts@2023-05-01' existing = {
  name: 'ai'
}
resource chat 'Microsoft.App/containerApps@2024-03-01' = {
  name: 'chat'
  properties: {
    template: {
      containers: [
        { name: 'main', image: image, env: [ { name: «'AZURE_OPENAI_API_KEY'», value: ai.listKeys().key1 } ] }
      ]
    }
  }
}
`,
    },
  ],
  silent: [
    {
      languageId: 'bicep',
      text: () => `resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: storageName
  location: location
  sku: { name: 'Standard_LRS' }
  kind: 'StorageV2'
}

resource functionApp 'Microsoft.Web/sites@2023-12-01' = {
  name: appName
  location: location
  kind: 'functionapp,linux'
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    serverFarmId: plan.id
    siteConfig: {
      appSettings: [
        { name: 'FUNCTIONS_EXTENSION_VERSION', value: '~4' }
        // the host's own account
        {
          name: 'AzureWebJobsStorage__accountName'
          value: storage.name
        }
      ]
    }
  }
}
`,
      why: 'identity-based',
    },
    {
      languageId: 'bicep',
      text: () => `resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: storageName
  location: location
  sku: { name: 'Standard_LRS' }
  kind: 'StorageV2'
}

resource functionApp 'Microsoft.Web/sites@2023-12-01' = {
  name: appName
  location: location
  kind: 'functionapp,linux'
  properties: {
    serverFarmId: plan.id
    siteConfig: {
      appSettings: [
        { name: 'FUNCTIONS_EXTENSION_VERSION', value: '~4' }
        // the host's own account
        { name: 'WEBSITE_CONTENTAZUREFILECONNECTIONSTRING', value: 'AccountName=\${storage.name};AccountKey=\${storage.listKeys().keys[0].value}' }
      ]
    }
  }
}
`,
      why: 'the content share has no other form',
    },
    {
      languageId: 'bicep',
      text: () => `resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: 'i'
}

resource functionApp 'Microsoft.Web/sites@2023-12-01' = {
  name: appName
  location: location
  kind: 'functionapp,linux'
  properties: {
    serverFarmId: plan.id
    siteConfig: {
      appSettings: [
        { name: 'FUNCTIONS_EXTENSION_VERSION', value: '~4' }
        // the host's own account
        { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: insights.properties.ConnectionString }
      ]
    }
  }
}
`,
      why: 'opens nothing that can be read',
    },
    {
      languageId: 'terraform',
      text: () => `resource "azurerm_linux_web_app" "web" {
  app_settings = {
    KEY = azurerm_key_vault_secret.key.id
    "APPINSIGHTS" = azurerm_application_insights.main.connection_string
  }
}
`,
      why: 'no key',
    },
    {
      languageId: 'terraform',
      text: () => `resource "azurerm_key_vault_secret" "key" {
  value = azurerm_storage_account.main.primary_access_key
}
`,
      why: 'goes into Key Vault',
    },
  ],
};

export const keyInAppSettingsFixes: readonly SettingExample[] = [
  {
    path: 'infra/functions.bicep',
    before: () => `resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: storageName
  location: location
  sku: { name: 'Standard_LRS' }
  kind: 'StorageV2'
}

resource functionApp 'Microsoft.Web/sites@2023-12-01' = {
  name: appName
  location: location
  kind: 'functionapp,linux'
  properties: {
    serverFarmId: plan.id
    siteConfig: {
      appSettings: [
        { name: 'FUNCTIONS_EXTENSION_VERSION', value: '~4' }
        // the host's own account
        {
          name: «'AzureWebJobsStorage'»
          value: 'DefaultEndpointsProtocol=https;AccountName=\${storage.name};EndpointSuffix=\${environment().suffixes.storage};AccountKey=\${storage.listKeys().keys[0].value}'
        }
      ]
    }
  }
}
`,
    after: `resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: storageName
  location: location
  sku: { name: 'Standard_LRS' }
  kind: 'StorageV2'
}

resource functionApp 'Microsoft.Web/sites@2023-12-01' = {
  name: appName
  location: location
  kind: 'functionapp,linux'
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    serverFarmId: plan.id
    siteConfig: {
      appSettings: [
        { name: 'FUNCTIONS_EXTENSION_VERSION', value: '~4' }
        // the host's own account
        {
          name: 'AzureWebJobsStorage__blobServiceUri'
          value: storage.properties.primaryEndpoints.blob
        }
        {
          name: 'AzureWebJobsStorage__queueServiceUri'
          value: storage.properties.primaryEndpoints.queue
        }
        {
          name: 'AzureWebJobsStorage__tableServiceUri'
          value: storage.properties.primaryEndpoints.table
        }
      ]
    }
  }
}

resource functionAppStorageBlobDataOwner 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(storage.id, functionApp.id, 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b')
  scope: storage
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b') // Storage Blob Data Owner
    principalId: functionApp.identity.principalId
    principalType: 'ServicePrincipal'
  }
}
`,
  },
  {
    path: 'infra/worker.bicep',
    before: () => `resource runner 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'runner'
  location: location
}
resource bus 'Microsoft.ServiceBus/namespaces@2022-10-01-preview' existing = {
  name: busName
}

resource functionApp 'Microsoft.Web/sites@2023-12-01' = {
  name: appName
  location: location
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '\${runner.id}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    siteConfig: {
      appSettings: [
        { name: 'FUNCTIONS_EXTENSION_VERSION', value: '~4' }
        // the host's own account
        { name: «'OrdersBus'», value: listKeys('\${bus.id}/AuthorizationRules/RootManageSharedAccessKey', bus.apiVersion).primaryConnectionString }
      ]
    }
  }
}
`,
    after: `resource runner 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'runner'
  location: location
}
resource bus 'Microsoft.ServiceBus/namespaces@2022-10-01-preview' existing = {
  name: busName
}

resource functionApp 'Microsoft.Web/sites@2023-12-01' = {
  name: appName
  location: location
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '\${runner.id}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    siteConfig: {
      appSettings: [
        { name: 'FUNCTIONS_EXTENSION_VERSION', value: '~4' }
        // the host's own account
        { name: 'OrdersBus__fullyQualifiedNamespace', value: replace(replace(bus.properties.serviceBusEndpoint, 'https://', ''), ':443/', '') }
        { name: 'OrdersBus__credential', value: 'managedidentity' }
        { name: 'OrdersBus__clientId', value: runner.properties.clientId }
      ]
    }
  }
}

resource functionAppAzureServiceBusDataReceiver 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(bus.id, functionApp.id, '4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0')
  scope: bus
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0') // Azure Service Bus Data Receiver
    principalId: runner.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource functionAppAzureServiceBusDataSender 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(bus.id, functionApp.id, '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39')
  scope: bus
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39') // Azure Service Bus Data Sender
    principalId: runner.properties.principalId
    principalType: 'ServicePrincipal'
  }
}
`,
  },
  {
    path: 'infra/catalog.bicep',
    before: () => `resource cosmos 'Microsoft.DocumentDB/databaseAccounts@2024-05-15' = {
  name: 'catalog'
  location: location
  properties: {
    databaseAccountOfferType: 'Standard'
  }
}
var catalogConnection = cosmos.listConnectionStrings().connectionStrings[0].connectionString

resource app 'Microsoft.Web/sites@2023-12-01' = {
  name: 'catalog'
  kind: 'functionapp'
  properties: {}
}

resource settings 'Microsoft.Web/sites/config@2023-12-01' = {
  parent: app
  name: 'appsettings'
  properties: {
    FUNCTIONS_WORKER_RUNTIME: 'node'
    «CatalogConnection»: catalogConnection // trigger
  }
}
`,
    after: `resource cosmos 'Microsoft.DocumentDB/databaseAccounts@2024-05-15' = {
  name: 'catalog'
  location: location
  properties: {
    databaseAccountOfferType: 'Standard'
  }
}

resource app 'Microsoft.Web/sites@2023-12-01' = {
  name: 'catalog'
  kind: 'functionapp'
  identity: {
    type: 'SystemAssigned'
  }
  properties: {}
}

resource appCosmosDBBuiltInDataContributor 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2024-05-15' = {
  parent: cosmos
  name: guid(cosmos.id, app.id, '00000000-0000-0000-0000-000000000002')
  properties: {
    roleDefinitionId: '\${cosmos.id}/sqlRoleDefinitions/00000000-0000-0000-0000-000000000002' // Cosmos DB Built-in Data Contributor
    principalId: app.identity.principalId
    scope: cosmos.id
  }
}

resource settings 'Microsoft.Web/sites/config@2023-12-01' = {
  parent: app
  name: 'appsettings'
  properties: {
    FUNCTIONS_WORKER_RUNTIME: 'node'
    CatalogConnection__accountEndpoint: cosmos.properties.documentEndpoint // trigger
  }
}
`,
  },
  {
    path: 'infra/main.tf',
    before: () => `resource "azurerm_storage_account" "main" {
  name = "stmain"
}

resource "azurerm_linux_function_app" "orders" {
  name                = "func-orders"
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
  service_plan_id     = azurerm_service_plan.main.id

  storage_account_name       = azurerm_storage_account.main.name
  «storage_account_access_key» = azurerm_storage_account.main.primary_access_key

  site_config {} # defaults
}
`,
    after: `resource "azurerm_storage_account" "main" {
  name = "stmain"
}

resource "azurerm_linux_function_app" "orders" {
  name                = "func-orders"
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
  service_plan_id     = azurerm_service_plan.main.id

  storage_account_name       = azurerm_storage_account.main.name
  storage_uses_managed_identity = true

  site_config {} # defaults

  identity {
    type = "SystemAssigned"
  }
}

resource "azurerm_role_assignment" "orders_storage_blob_data_owner" {
  scope                = azurerm_storage_account.main.id
  role_definition_name = "Storage Blob Data Owner"
  principal_id         = azurerm_linux_function_app.orders.identity[0].principal_id
  principal_type       = "ServicePrincipal"
}
`,
  },
  {
    path: 'infra/ingest.tf',
    before: () => `provider "azurerm" {
  features {}
}
data "azurerm_eventhub_namespace" "telemetry" {
  name = "evh"
}
resource "azurerm_windows_function_app" "ingest" {
  name = "func-ingest"
  app_settings = {
    FUNCTIONS_WORKER_RUNTIME = "dotnet-isolated"
    «"Telemetry"» = data.azurerm_eventhub_namespace.telemetry.default_primary_connection_string # trigger
  }
  identity {
    type = "SystemAssigned"
  }
}
`,
    after: `provider "azurerm" {
  features {}
}
data "azurerm_eventhub_namespace" "telemetry" {
  name = "evh"
}
resource "azurerm_windows_function_app" "ingest" {
  name = "func-ingest"
  app_settings = {
    FUNCTIONS_WORKER_RUNTIME = "dotnet-isolated"
    "Telemetry__fullyQualifiedNamespace" = "\${data.azurerm_eventhub_namespace.telemetry.name}.servicebus.windows.net" # trigger
  }
  identity {
    type = "SystemAssigned"
  }
}

resource "azurerm_role_assignment" "ingest_azure_event_hubs_data_receiver" {
  scope                = data.azurerm_eventhub_namespace.telemetry.id
  role_definition_name = "Azure Event Hubs Data Receiver"
  principal_id         = azurerm_windows_function_app.ingest.identity[0].principal_id
  principal_type       = "ServicePrincipal"
}

resource "azurerm_role_assignment" "ingest_azure_event_hubs_data_sender" {
  scope                = data.azurerm_eventhub_namespace.telemetry.id
  role_definition_name = "Azure Event Hubs Data Sender"
  principal_id         = azurerm_windows_function_app.ingest.identity[0].principal_id
  principal_type       = "ServicePrincipal"
}
`,
  },
  {
    path: 'infra/ingest-china.tf',
    before: () => `provider "azurerm" {
  environment = "china"
  features {}
}
data "azurerm_eventhub_namespace" "telemetry" {
  name = "evh"
}
resource "azurerm_windows_function_app" "ingest" {
  name = "func-ingest"
  app_settings = {
    FUNCTIONS_WORKER_RUNTIME = "dotnet-isolated"
    «"Telemetry"» = data.azurerm_eventhub_namespace.telemetry.default_primary_connection_string # trigger
  }
  identity {
    type = "SystemAssigned"
  }
}
`,
    after: `provider "azurerm" {
  environment = "china"
  features {}
}
data "azurerm_eventhub_namespace" "telemetry" {
  name = "evh"
}
resource "azurerm_windows_function_app" "ingest" {
  name = "func-ingest"
  app_settings = {
    FUNCTIONS_WORKER_RUNTIME = "dotnet-isolated"
    "Telemetry__fullyQualifiedNamespace" = "\${data.azurerm_eventhub_namespace.telemetry.name}.servicebus.chinacloudapi.cn" # trigger
  }
  identity {
    type = "SystemAssigned"
  }
}

resource "azurerm_role_assignment" "ingest_azure_event_hubs_data_receiver" {
  scope                = data.azurerm_eventhub_namespace.telemetry.id
  role_definition_name = "Azure Event Hubs Data Receiver"
  principal_id         = azurerm_windows_function_app.ingest.identity[0].principal_id
  principal_type       = "ServicePrincipal"
}

resource "azurerm_role_assignment" "ingest_azure_event_hubs_data_sender" {
  scope                = data.azurerm_eventhub_namespace.telemetry.id
  role_definition_name = "Azure Event Hubs Data Sender"
  principal_id         = azurerm_windows_function_app.ingest.identity[0].principal_id
  principal_type       = "ServicePrincipal"
}
`,
  },
  {
    path: 'infra/ingest-somewhere.tf',
    before: () => `provider "azurerm" {
  environment = var.cloud
  features {}
}
data "azurerm_eventhub_namespace" "telemetry" {
  name = "evh"
}
resource "azurerm_windows_function_app" "ingest" {
  name = "func-ingest"
  app_settings = {
    FUNCTIONS_WORKER_RUNTIME = "dotnet-isolated"
    «"Telemetry"» = data.azurerm_eventhub_namespace.telemetry.default_primary_connection_string # trigger
  }
  identity {
    type = "SystemAssigned"
  }
}
`,
    after: { refusal: /which cloud/u },
  },
  {
    path: 'infra/photos-government.tf',
    before: () => `resource "azurerm_storage_account" "photos" {
  name     = "stphotos"
  location = "usgovvirginia"
}
resource "azurerm_linux_function_app" "photos" {
  name = "func-photos"
  app_settings = {
    FUNCTIONS_WORKER_RUNTIME = "node"
    «Photos» = azurerm_storage_account.photos.primary_connection_string
  }
  identity {
    type = "SystemAssigned"
  }
}
`,
    after: `resource "azurerm_storage_account" "photos" {
  name     = "stphotos"
  location = "usgovvirginia"
}
resource "azurerm_linux_function_app" "photos" {
  name = "func-photos"
  app_settings = {
    FUNCTIONS_WORKER_RUNTIME = "node"
    Photos__blobServiceUri = azurerm_storage_account.photos.primary_blob_endpoint
    Photos__queueServiceUri = azurerm_storage_account.photos.primary_queue_endpoint
    Photos__tableServiceUri = azurerm_storage_account.photos.primary_table_endpoint
  }
  identity {
    type = "SystemAssigned"
  }
}

resource "azurerm_role_assignment" "photos_storage_blob_data_contributor" {
  scope                = azurerm_storage_account.photos.id
  role_definition_name = "Storage Blob Data Contributor"
  principal_id         = azurerm_linux_function_app.photos.identity[0].principal_id
  principal_type       = "ServicePrincipal"
}
`,
  },
  {
    path: 'azuredeploy.json',
    before: () => `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": { "app": { "type": "string" } },
  "resources": [
    {
      "type": "Microsoft.Storage/storageAccounts",
      "apiVersion": "2023-05-01",
      "name": "stjobs",
      "kind": "StorageV2"
    },
    {
      "type": "Microsoft.Web/sites",
      "apiVersion": "2023-12-01",
      "name": "[parameters('app')]",
      "kind": "functionapp",
      "properties": {
        "siteConfig": {
          "appSettings": [
            { "name": "FUNCTIONS_EXTENSION_VERSION", "value": "~4" },
            { "name": «"AzureWebJobsStorage"», "value": "[concat('DefaultEndpointsProtocol=https;AccountName=stjobs;AccountKey=', listKeys(resourceId('Microsoft.Storage/storageAccounts', 'stjobs'), '2023-05-01').keys[0].value)]" }
          ]
        }
      }
    }
  ]
}
`,
    after: `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": { "app": { "type": "string" } },
  "resources": [
    {
      "type": "Microsoft.Storage/storageAccounts",
      "apiVersion": "2023-05-01",
      "name": "stjobs",
      "kind": "StorageV2"
    },
    {
      "type": "Microsoft.Web/sites",
      "apiVersion": "2023-12-01",
      "name": "[parameters('app')]",
      "kind": "functionapp",
      "identity": {
        "type": "SystemAssigned"
      },
      "properties": {
        "siteConfig": {
          "appSettings": [
            { "name": "FUNCTIONS_EXTENSION_VERSION", "value": "~4" },
            { "name": "AzureWebJobsStorage__accountName", "value": "stjobs" }
          ]
        }
      }
    },
    {
      "type": "Microsoft.Authorization/roleAssignments",
      "apiVersion": "2022-04-01",
      "scope": "[resourceId('Microsoft.Storage/storageAccounts', 'stjobs')]",
      "name": "[guid(resourceId('Microsoft.Storage/storageAccounts', 'stjobs'), resourceId('Microsoft.Web/sites', parameters('app')), 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b')]",
      "properties": {
        "roleDefinitionId": "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b')]",
        "principalId": "[reference(resourceId('Microsoft.Web/sites', parameters('app')), '2023-12-01', 'full').identity.principalId]",
        "principalType": "ServicePrincipal"
      },
      "dependsOn": [
        "[resourceId('Microsoft.Web/sites', parameters('app'))]",
        "[resourceId('Microsoft.Storage/storageAccounts', 'stjobs')]"
      ]
    }
  ]
}
`,
  },
  {
    path: 'infra/container.bicep',
    before: () => `resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = {
  name: 'contosoimages'
}

resource web 'Microsoft.Web/sites@2023-12-01' = {
  name: 'web'
  kind: 'app,linux,container'
  properties: {
    siteConfig: {
      linuxFxVersion: 'DOCKER|contosoimages.azurecr.io/web:1'
      appSettings: [
        { name: 'DOCKER_REGISTRY_SERVER_URL', value: 'https://contosoimages.azurecr.io' }
        { name: 'DOCKER_REGISTRY_SERVER_USERNAME', value: registry.name }
        { name: «'DOCKER_REGISTRY_SERVER_PASSWORD'», value: registry.listCredentials().passwords[0].value }
      ]
    }
  }
}
`,
    after: `resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = {
  name: 'contosoimages'
}

resource web 'Microsoft.Web/sites@2023-12-01' = {
  name: 'web'
  kind: 'app,linux,container'
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    siteConfig: {
      acrUseManagedIdentityCreds: true
      linuxFxVersion: 'DOCKER|contosoimages.azurecr.io/web:1'
      appSettings: [
        { name: 'DOCKER_REGISTRY_SERVER_URL', value: 'https://contosoimages.azurecr.io' }
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
`,
  },
  {
    path: 'infra/container.tf',
    before: () => `resource "azurerm_container_registry" "main" {
  name = "contosoimages"
}
resource "azurerm_linux_web_app" "web" {
  name = "web"
  app_settings = {
    DOCKER_REGISTRY_SERVER_USERNAME = azurerm_container_registry.main.admin_username
    «DOCKER_REGISTRY_SERVER_PASSWORD» = azurerm_container_registry.main.admin_password
    MODE = "on"
  }
  site_config {}
}
`,
    after: `resource "azurerm_container_registry" "main" {
  name = "contosoimages"
}
resource "azurerm_linux_web_app" "web" {
  name = "web"
  app_settings = {
    MODE = "on"
  }
  site_config {
    container_registry_use_managed_identity = true
  }

  identity {
    type = "SystemAssigned"
  }
}

resource "azurerm_role_assignment" "web_acrpull" {
  scope                = azurerm_container_registry.main.id
  role_definition_name = "AcrPull"
  principal_id         = azurerm_linux_web_app.web.identity[0].principal_id
  principal_type       = "ServicePrincipal"
}
`,
  },
  {
    path: 'infra/web.bicep',
    before: () => `resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: storageName
  location: location
  sku: { name: 'Standard_LRS' }
  kind: 'StorageV2'
}
resource web 'Microsoft.Web/sites@2023-12-01' = {
  name: 'web'
  properties: {
    siteConfig: {
      appSettings: [
        { name: «'STORAGE_KEY'», value: storage.listKeys().keys[0].value }
      ]
    }
  }
}
`,
    after: { refusal: /own code/u },
  },
  {
    path: 'infra/other.bicep',
    before: () => `
resource functionApp 'Microsoft.Web/sites@2023-12-01' = {
  name: appName
  location: location
  kind: 'functionapp,linux'
  properties: {
    serverFarmId: plan.id
    siteConfig: {
      appSettings: [
        { name: 'FUNCTIONS_EXTENSION_VERSION', value: '~4' }
        // the host's own account
        { name: «'AzureWebJobsStorage'», value: 'AccountName=st;AccountKey=\${listKeys(resourceId('Microsoft.Storage/storageAccounts', 'st'), '2023-05-01').keys[0].value}' }
      ]
    }
  }
}
`,
    after: { refusal: /not in this file/u },
  },
  {
    path: 'infra/many.tf',
    before: () => `resource "azurerm_storage_account" "main" {
  name = "stmain"
}

resource "azurerm_linux_function_app" "each" {
  for_each = var.apps
  «storage_account_access_key» = azurerm_storage_account.main.primary_access_key
}
`,
    after: { refusal: /repeatedly/u },
  },
];
