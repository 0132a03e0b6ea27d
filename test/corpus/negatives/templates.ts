import { type CorpusEntry, negative } from '../entry.ts';

/** Templates that do it right, and files that only look like templates. */
export function templateEntries(): CorpusEntry[] {
  const names = ['keyVaultName', 'secretName', 'passwordSecretUri', 'sshPublicKey', 'keyVaultSecretUserRoleId', 'primaryKeyColumn', 'partitionKey', 'tokenIssuer', 'passwordPolicyId', 'secretExpiryDays', 'accessKeyRotationDays', 'connectionStringName', 'appInsightsConnectionString', 'instrumentationKey'];
  return [
    ...names.map(name => negative(`templates/bicep-name/${name}`, `infra/${name}.bicep`, 'name or identifier of a secret', () => `param ${name} string\nparam location string\n`)),
    ...['key_vault_id', 'password_length', 'ssh_public_key', 'secret_name', 'token_audience', 'kms_key_id'].map(name =>
      negative(`templates/terraform-name/${name}`, `infra/${name}/variables.tf`, 'name or identifier of a secret', () => `variable "${name}" {\n  type = string\n}\n`),
    ),
    negative('templates/secure-bicep', 'infra/secure.bicep', 'marked as secure', () => `@secure()\n@description('x')\nparam adminPassword string\n@sys.secure()\nparam token string?\nparam secrets array\nparam usePassword bool = true\n\noutput vaultUri string = vault.properties.vaultUri\n`),
    negative('templates/sensitive', 'infra/sensitive/main.tf', 'marked as sensitive', () => `variable "password" {\n  sensitive = true\n}\noutput "key" {\n  value     = azurerm_storage_account.a.primary_access_key\n  sensitive = true\n}\noutput "endpoint" {\n  value = azurerm_storage_account.a.primary_blob_endpoint\n}\noutput "insights" {\n  value = azurerm_application_insights.a.connection_string\n}\n`),
    negative('templates/parameters-file', 'infra/azuredeploy.parameters.json', 'values of parameters, not a template', () => JSON.stringify({ $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#', parameters: { adminPassword: { reference: { keyVault: { id: '/subscriptions/x' }, secretName: 'admin' } } } }, null, 2)),
    negative('templates/openapi', 'api/openapi.json', 'JSON of another kind', () => JSON.stringify({ openapi: '3.0.0', parameters: { password: { type: 'string' } }, outputs: { key: { value: "[listKeys('x')]" } } }, null, 2)),
    negative('templates/module-call', 'infra/modules.tf', 'hands a secret on inside the configuration', () => `module "app" {\n  source   = "./app"\n  password = random_password.db.result\n}\n`),
    negative('templates/generated-password', 'infra/output.bicep', 'endpoint of a service', () => `resource ai 'Microsoft.CognitiveServices/accounts@2023-05-01' existing = {\n  name: 'ai'\n}\noutput endpoint string = ai.properties.endpoint\noutput principalId string = ai.identity.principalId\n`),
    negative('templates/identity-settings', 'infra/settings.bicep', 'names of services, references to a vault, the content share', () => `resource st 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {\n  name: 'st'\n}\nresource fn 'Microsoft.Web/sites@2023-12-01' = {\n  name: 'fn'\n  kind: 'functionapp'\n  properties: {\n    siteConfig: {\n      appSettings: [\n        { name: 'AzureWebJobsStorage__accountName', value: st.name }\n        { name: 'WEBSITE_CONTENTAZUREFILECONNECTIONSTRING', value: 'AccountName=\${st.name};AccountKey=\${st.listKeys().keys[0].value}' }\n        { name: 'ApiKey', value: '@Microsoft.KeyVault(SecretUri=\${secret.properties.secretUri})' }\n      ]\n    }\n  }\n}\n`),
    negative('templates/vault-secret', 'infra/vault.bicep', 'goes into Key Vault', () => `resource st 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {\n  name: 'st'\n}\nresource secret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {\n  name: 'kv/storage'\n  properties: {\n    value: st.listKeys().keys[0].value\n  }\n}\n`),
    negative('templates/log-workspace', 'infra/environment.bicep', 'no identity form, and not handed to an app', () => `resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' existing = {\n  name: 'logs'\n}\nresource env 'Microsoft.App/managedEnvironments@2024-03-01' = {\n  name: 'env'\n  properties: {\n    appLogsConfiguration: {\n      destination: 'log-analytics'\n      logAnalyticsConfiguration: { customerId: logs.properties.customerId, sharedKey: logs.listKeys().primarySharedKey }\n    }\n  }\n}\n`),
  ];
}

/** Pipelines that sign in without a secret, and texts that only speak of it. */
export function pipelineEntries(): CorpusEntry[] {
  return [
    negative('pipelines/federated', '.github/workflows/ok.yml', 'OpenID Connect', () => `on: push\npermissions:\n  id-token: write\njobs:\n  deploy:\n    steps:\n      - uses: azure/login@v2\n        with:\n          client-id: \${{ vars.AZURE_CLIENT_ID }}\n          tenant-id: \${{ vars.AZURE_TENANT_ID }}\n          subscription-id: \${{ vars.AZURE_SUBSCRIPTION_ID }}\n      - uses: azure/webapps-deploy@v3\n        with:\n          app-name: web\n      - run: az acr login --name contoso\n`),
    negative('pipelines/action', 'action.yml', 'an action that takes an input, no workflow', () => `name: deploy\ninputs:\n  publish-profile:\n    required: false\nruns:\n  using: composite\n  steps:\n    - uses: azure/login@v2\n      with:\n        creds: \${{ inputs.creds }}\n`),
    negative('pipelines/service-connection', 'ci/azure-pipelines.yml', 'service connection', () => `steps:\n- task: AzureCLI@2\n  inputs:\n    azureSubscription: production\n    scriptType: bash\n    scriptLocation: inlineScript\n    inlineScript: |\n      az account show\n      az acr login --name contoso\n`),
    negative('pipelines/scripts', 'ci/login.sh', 'identity, person, federated token, other registries', () => `az login --identity\naz login --tenant "$TENANT"\naz login --service-principal -u "$ID" --tenant "$T" --federated-token "$TOKEN"\ndocker login ghcr.io -u "$USER" --password-stdin\n# az login --service-principal -u x -p y\n`),
    negative('pipelines/registry', 'infra/registry.bicep', 'off, or not known here', () => `param on bool\nresource a 'Microsoft.ContainerRegistry/registries@2023-07-01' = {\n  name: 'a'\n  properties: { adminUserEnabled: false }\n}\nresource b 'Microsoft.ContainerRegistry/registries@2023-07-01' = {\n  name: 'b'\n  properties: { adminUserEnabled: on }\n}\n`),
  ];
}
