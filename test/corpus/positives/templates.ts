import { type CorpusEntry, positive } from '../entry.ts';

const schema = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';

/** Templates that hand secrets out or take them in the open. */
export function templateMistakes(): CorpusEntry[] {
  const bicepNames = ['adminPassword', 'sqlAdministratorLoginPassword', 'vmPassword', 'clientSecret', 'jwtSecret', 'apiKey', 'storageAccountKey', 'dbConnectionString', 'githubToken', 'sslPrivateKey'];
  const terraformNames = ['db_password', 'admin_password', 'client_secret', 'api_key', 'sendgrid_api_key', 'postgres_password', 'smtp_password', 'redis_connection_string', 'github_token', 'registry_password'];
  return [
    ...bicepNames.map((name, i) =>
      positive(`secure-parameter/bicep/${name}`, `infra/${name}.bicep`, ['secure-parameter-missing'], () =>
        `param location string = resourceGroup().location\n${i % 2 === 0 ? "@description('Handed over by the pipeline')\n@minLength(8)\n" : ''}param «${name}» string${i % 3 === 0 ? " = ''" : ''}\n\nresource plan 'Microsoft.Web/serverfarms@2023-12-01' = {\n  name: 'plan'\n  location: location\n}\n`),
    ),
    ...terraformNames.map((name, i) =>
      positive(`secure-parameter/terraform/${name}`, `infra/${name}/variables.tf`, ['secure-parameter-missing'], () =>
        `variable "location" {\n  default = "westeurope"\n}\n\nvariable "«${name}»" {\n${i % 2 === 0 ? '  type        = string\n' : ''}  description = "See the wiki"\n}\n`),
    ),
    ...['adminPassword', 'sqlPassword', 'clientSecret', 'webhookSecret', 'apiKey'].map(name =>
      positive(`secure-parameter/arm/${name}`, `infra/${name}/azuredeploy.json`, ['secure-parameter-missing'], () =>
        JSON.stringify({ $schema: schema, contentVersion: '1.0.0.0', parameters: { location: { type: 'string' }, [name]: { type: 'string', metadata: { description: 'x' } } }, resources: [] }, null, 2).replace(`"${name}"`, `«"${name}"»`)),
    ),
    ...(
      [
        ['storage', 'Microsoft.Storage/storageAccounts@2023-05-01', 'res.listKeys().keys[0].value'],
        ['storage-old', 'Microsoft.Storage/storageAccounts@2022-09-01', 'listKeys(res.id, res.apiVersion).keys[0].value'],
        ['storage-string', 'Microsoft.Storage/storageAccounts@2023-05-01', "'DefaultEndpointsProtocol=https;AccountName=${res.name};AccountKey=${res.listKeys().keys[0].value}'"],
        ['cosmos', 'Microsoft.DocumentDB/databaseAccounts@2024-05-15', 'res.listConnectionStrings().connectionStrings[0].connectionString'],
        ['openai', 'Microsoft.CognitiveServices/accounts@2023-05-01', 'res.listKeys().key1'],
        ['search', 'Microsoft.Search/searchServices@2023-11-01', 'res.listAdminKeys().primaryKey'],
        ['redis', 'Microsoft.Cache/redis@2023-08-01', 'res.listKeys().primaryKey'],
        ['registry', 'Microsoft.ContainerRegistry/registries@2023-07-01', 'res.listCredentials().passwords[0].value'],
        ['bus', 'Microsoft.ServiceBus/namespaces@2022-10-01-preview', "listKeys('${res.id}/AuthorizationRules/RootManageSharedAccessKey', res.apiVersion).primaryConnectionString"],
        ['callback', 'Microsoft.Logic/workflows@2019-05-01', "listCallbackUrl('${res.id}/triggers/manual', '2019-05-01').value"],
      ] as const
    ).map(([id, type, value]) =>
      positive(`secret-output/bicep/${id}`, `infra/${id}.bicep`, ['secret-in-output'], () =>
        `resource res '${type}' existing = {\n  name: '${id}'\n}\n\noutput id string = res.id\noutput «${id.replaceAll('-', '_')}Secret» string = ${value}\n`),
    ),
    ...(
      [
        ['azurerm_storage_account', 'primary_access_key'],
        ['azurerm_storage_account', 'secondary_connection_string'],
        ['azurerm_servicebus_namespace', 'default_primary_connection_string'],
        ['azurerm_eventhub_namespace_authorization_rule', 'primary_connection_string'],
        ['azurerm_cosmosdb_account', 'primary_key'],
        ['azurerm_redis_cache', 'primary_connection_string'],
        ['azurerm_container_registry', 'admin_password'],
        ['azurerm_cognitive_account', 'primary_access_key'],
        ['azurerm_search_service', 'primary_key'],
        ['azurerm_signalr_service', 'primary_connection_string'],
      ] as const
    ).map(([type, attribute], i) =>
      positive(`secret-output/terraform/${type}.${attribute}`, `infra/${type}/${attribute}/outputs.tf`, ['secret-in-output'], () =>
        `output "name" {\n  value = ${type}.main.name\n}\n\noutput "«secret»" {\n  value = ${i % 2 === 0 ? `${type}.main.${attribute}` : `"x=\${${type}.main.${attribute}}"`}\n}\n`),
    ),
    positive('secret-output/arm', 'infra/outputs/azuredeploy.json', ['secret-in-output'], () =>
      JSON.stringify({ $schema: schema, parameters: { password: { type: 'secureString' } }, variables: { id: "[resourceId('Microsoft.Storage/storageAccounts', 'st')]" }, resources: [], outputs: { name: { type: 'string', value: 'st' }, MARK1: { type: 'string', value: "[listKeys(variables('id'), '2023-05-01').keys[0].value]" }, MARK2: { type: 'string', value: "[concat('x', parameters('password'))]" } } }, null, 2).replace('"MARK1"', '«"key"»').replace('"MARK2"', '«"echo"»')),
    ...keysInSettings(),
  ];
}

function keysInSettings(): CorpusEntry[] {
  const bicepApp = (services: string, settings: string): string =>
    `${services}\nresource app 'Microsoft.Web/sites@2023-12-01' = {\n  name: 'app'\n  kind: 'app,linux'\n  properties: {\n    siteConfig: {\n      appSettings: [\n        { name: 'WEBSITE_RUN_FROM_PACKAGE', value: '1' }\n${settings}\n      ]\n    }\n  }\n}\n`;
  return [
    ...(
      [
        ['storage', 'Microsoft.Storage/storageAccounts@2023-05-01', "'DefaultEndpointsProtocol=https;AccountName=${svc.name};AccountKey=${svc.listKeys().keys[0].value}'"],
        ['redis', 'Microsoft.Cache/redis@2023-08-01', "'${svc.properties.hostName}:6380,password=${svc.listKeys().primaryKey},ssl=True'"],
        ['signalr', 'Microsoft.SignalRService/signalR@2023-02-01', 'svc.listKeys().primaryConnectionString'],
        ['pubsub', 'Microsoft.SignalRService/webPubSub@2023-02-01', 'svc.listKeys().primaryConnectionString'],
        ['config', 'Microsoft.AppConfiguration/configurationStores@2023-03-01', 'svc.listKeys().value[0].connectionString'],
        ['search', 'Microsoft.Search/searchServices@2023-11-01', 'svc.listQueryKeys().value[0].key'],
        ['communication', 'Microsoft.Communication/communicationServices@2023-04-01', 'svc.listKeys().primaryConnectionString'],
        ['topic', 'Microsoft.EventGrid/topics@2022-06-15', 'svc.listKeys().key1'],
        ['ai', 'Microsoft.CognitiveServices/accounts@2023-05-01', 'svc.listKeys().key1'],
      ] as const
    ).map(([id, type, value]) =>
      positive(`key-in-settings/bicep/${id}`, `infra/settings/${id}.bicep`, ['key-in-app-settings'], () =>
        bicepApp(`resource svc '${type}' existing = {\n  name: '${id}'\n}`, `        {\n          name: «'${id}Setting'»\n          value: ${value}\n        }`)),
    ),
    ...(
      [
        ['azurerm_linux_web_app', 'azurerm_redis_cache', 'primary_connection_string'],
        ['azurerm_windows_web_app', 'azurerm_storage_account', 'primary_connection_string'],
        ['azurerm_linux_function_app', 'azurerm_servicebus_namespace', 'default_primary_connection_string'],
        ['azurerm_linux_web_app_slot', 'azurerm_cosmosdb_account', 'primary_key'],
        ['azurerm_app_service', 'azurerm_container_registry', 'admin_password'],
        ['azurerm_function_app_flex_consumption', 'azurerm_cognitive_account', 'primary_access_key'],
      ] as const
    ).map(([app, type, attribute]) =>
      positive(`key-in-settings/terraform/${app}/${type}`, `infra/settings/${app}.tf`, ['key-in-app-settings'], () =>
        `resource "${app}" "main" {\n  name = "x"\n  app_settings = merge(local.common, {\n    MODE = "on"\n    «SERVICE_SECRET» = ${type}.main.${attribute}\n  })\n}\n`),
    ),
    positive('key-in-settings/arm', 'infra/settings/azuredeploy.json', ['key-in-app-settings'], () =>
      JSON.stringify({ $schema: schema, resources: [{ type: 'Microsoft.Web/sites/config', name: "[format('{0}/{1}', parameters('app'), 'appsettings')]", properties: { MODE: '1', MARK: "[listKeys(resourceId('Microsoft.DocumentDB/databaseAccounts', 'c'), '2024-05-15').primaryMasterKey]" } }] }, null, 2).replace('"MARK"', '«"COSMOS_KEY"»')),
  ];
}

const steps = (lines: string): string => `name: build\non: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n${lines}`;

/** Pipelines that sign in with a secret, and registries with one account for all. */
export function pipelineMistakes(): CorpusEntry[] {
  return [
    ...['v1', 'v2', 'v2.1.0', 'a65d910e8af852a8061c627c456678983e180302'].map(version =>
      positive(`workflow-login/${version}`, `.github/workflows/${version}.yml`, ['workflow-secret-login'], () =>
        steps(`      - name: Log in\n        uses: azure/login@${version}\n        with:\n          «creds»: \${{ secrets.AZURE_CREDENTIALS }}\n`)),
    ),
    positive('workflow-login/two-jobs', '.github/workflows/two.yml', ['workflow-secret-login'], () =>
      steps(`      - uses: Azure/login@v1\n        with:\n          «creds»: \${{ secrets.AZURE }}\n  test:\n    steps:\n      - uses: azure/login@v2\n        with:\n          «creds»: '\${{ secrets.AZURE }}'\n`)),
    ...['azure/webapps-deploy@v2', 'azure/webapps-deploy@v3', 'Azure/functions-action@v1'].map((action, i) =>
      positive(`publish-profile/${i}`, `.github/workflows/profile${i}.yml`, ['publish-profile-deploy'], () =>
        steps(`      - name: Deploy\n        uses: ${action}\n        with:\n          app-name: app\n          «publish-profile»: \${{ secrets.AZUREAPPSERVICE_PUBLISHPROFILE_${i} }}\n          package: .\n`)),
    ),
    positive('registry-admin/bicep', 'infra/registry/main.bicep', ['registry-admin-user'], () =>
      `resource acr 'Microsoft.ContainerRegistry/registries@2023-07-01' = {\n  name: 'acr'\n  location: location\n  sku: { name: 'Basic' }\n  properties: {\n    «adminUserEnabled: true»\n  }\n}\n`),
    positive('registry-admin/terraform', 'infra/registry/main.tf', ['registry-admin-user'], () =>
      `resource "azurerm_container_registry" "acr" {\n  name = "acr"\n  sku  = "Basic"\n  «admin_enabled = true»\n}\n`),
    positive('registry-admin/arm', 'infra/registry/azuredeploy.json', ['registry-admin-user'], () =>
      JSON.stringify({ $schema: schema, resources: [{ type: 'Microsoft.ContainerRegistry/registries', name: 'acr', properties: { adminUserEnabled: true } }] }, null, 2).replace('"adminUserEnabled": true', '«"adminUserEnabled": true»')),
    ...(
      [
        ['azure-pipelines.yml', 'steps:\n- bash: |\n    «az login» --service-principal --username $(id) --password $(secret) --tenant $(tenant)\n    az group list\n'],
        ['deploy.sh', '#!/bin/sh\nset -e\n«az login» --service-principal -u "$ARM_CLIENT_ID" -p="$ARM_CLIENT_SECRET" --tenant "$ARM_TENANT_ID" --output none\n'],
        ['push.ps1', '«docker login» contoso.azurecr.io --username contoso --password $env:ACR_PASSWORD\ndocker push contoso.azurecr.io/app\n'],
        ['Makefile', 'push:\n\t«docker login» $(REGISTRY).azurecr.io -u $(USER) -p $(PASSWORD)\n'],
      ] as const
    ).map(([path, text]) => positive(`sign-in-script/${path}`, `ci/${path}`, ['secret-sign-in-script'], () => text)),
  ];
}

/** Connection strings of databases whose password is filled in by a template. */
export function passwordMistakes(): CorpusEntry[] {
  const app = (value: string): string => `resource web 'Microsoft.Web/sites@2023-12-01' = {\n  name: 'web'\n  properties: {\n    siteConfig: {\n      appSettings: [\n        {\n          name: «'Database'»\n          value: '${value}'\n        }\n      ]\n    }\n  }\n}\n`;
  return [
    positive('password-in-settings/bicep-sql', 'infra/db/sql.bicep', ['password-in-app-settings'], () => app('Server=tcp:${server.name}${environment().suffixes.sqlServerHostname},1433;Database=shop;User ID=${login};Password=${password};Encrypt=True')),
    positive('password-in-settings/bicep-mysql', 'infra/db/mysql.bicep', ['password-in-app-settings'], () => app('Server=${name}.mysql.database.azure.com;Database=shop;Uid=shop;Pwd=${password}')),
    positive('password-in-settings/terraform-sql', 'infra/db/main.tf', ['password-in-app-settings'], () => `resource "azurerm_windows_web_app" "shop" {\n  connection_string {\n    name  = «"Shop"»\n    type  = "SQLAzure"\n    value = "Server=tcp:\${azurerm_mssql_server.main.fully_qualified_domain_name};Initial Catalog=shop;User ID=\${azurerm_mssql_server.main.administrator_login};Password=\${azurerm_mssql_server.main.administrator_login_password}"\n  }\n}\n`),
  ];
}
