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
  ];
}
