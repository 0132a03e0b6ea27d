import { keyVaultGuides } from './clients/key-vault-guides.ts';
import { keyVaultSecretsClients } from './clients/key-vault-secrets.ts';
import type { Service } from './service.ts';

/** The vault's data plane has no keys of its own: what leaks here is the client secret that opens it, see entra-id.ts. */
export const keyVaultSecrets: Service = {
  id: 'key-vault-secrets',
  name: 'Azure Key Vault secrets',
  documentation: 'https://learn.microsoft.com/azure/key-vault/general/authentication',
  credentials: [],
  settings: [],
  operations: [
    {
      languages: {
        typescript: ['getSecret'],
        python: ['get_secret'],
        csharp: ['GetSecret', 'GetSecretAsync'],
        java: ['getSecret'],
        go: ['GetSecret'],
      },
      dataActions: ['Microsoft.KeyVault/vaults/secrets/getSecret/action'],
    },
    {
      languages: {
        typescript: ['listPropertiesOfSecrets', 'listPropertiesOfSecretVersions'],
        python: ['list_properties_of_secrets', 'list_properties_of_secret_versions'],
        csharp: ['GetPropertiesOfSecrets', 'GetPropertiesOfSecretsAsync', 'GetPropertiesOfSecretVersionsAsync'],
        java: ['listPropertiesOfSecrets', 'listPropertiesOfSecretVersions'],
        go: ['NewListSecretPropertiesPager', 'NewListSecretPropertiesVersionsPager'],
      },
      dataActions: ['Microsoft.KeyVault/vaults/secrets/readMetadata/action'],
    },
    {
      languages: {
        typescript: ['setSecret'],
        python: ['set_secret'],
        csharp: ['SetSecret', 'SetSecretAsync'],
        java: ['setSecret'],
        go: ['SetSecret'],
      },
      dataActions: ['Microsoft.KeyVault/vaults/secrets/setSecret/action'],
    },
    {
      languages: {
        typescript: ['beginDeleteSecret'],
        python: ['begin_delete_secret'],
        csharp: ['StartDeleteSecret', 'StartDeleteSecretAsync'],
        java: ['beginDeleteSecret'],
        go: ['DeleteSecret'],
      },
      dataActions: ['Microsoft.KeyVault/vaults/secrets/delete'],
    },
  ],
  resourceType: 'Microsoft.KeyVault/vaults',
  rotation: {
    what: 'the client secret that signed in to Key Vault',
    command: 'az ad app credential delete --id <app-registration-client-id> --key-id <key-id>',
  },
  roles: [
    { name: 'Key Vault Secrets User', id: '4633458b-17de-408a-b874-0445c86b69e6', grants: 'reads secret values' },
    {
      name: 'Key Vault Secrets Officer',
      id: 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7',
      grants: 'reads, writes and deletes secrets',
    },
  ],
  clients: keyVaultSecretsClients,
  guided: keyVaultGuides,
};
