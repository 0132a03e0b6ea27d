import { keyVaultClients } from './clients/key-vault.ts';
import type { Service } from './service.ts';

const keys = 'Microsoft.KeyVault/vaults/keys';

/** The vault's data plane has no keys of its own: what leaks here is the client secret that opens it, see entra-id.ts. */
export const keyVaultKeys: Service = {
  id: 'key-vault-keys',
  name: 'Azure Key Vault keys',
  documentation: 'https://learn.microsoft.com/azure/key-vault/general/rbac-guide',
  credentials: [],
  settings: [],
  operations: [
    {
      languages: {
        typescript: ['getKey', 'listPropertiesOfKeys', 'listPropertiesOfKeyVersions'],
        python: ['get_key', 'list_properties_of_keys', 'list_properties_of_key_versions'],
        csharp: ['GetKey', 'GetKeyAsync', 'GetPropertiesOfKeys', 'GetPropertiesOfKeysAsync'],
        java: ['getKey', 'listPropertiesOfKeys', 'listPropertiesOfKeyVersions'],
        go: ['GetKey', 'NewListKeyPropertiesPager', 'NewListKeyPropertiesVersionsPager'],
      },
      dataActions: [`${keys}/read`],
    },
    ...(
      [
        ['encrypt', ['Encrypt']],
        ['decrypt', ['Decrypt']],
        ['wrap', ['WrapKey', 'UnwrapKey']],
        ['sign', ['Sign', 'SignData']],
        ['verify', ['Verify', 'VerifyData']],
      ] as const
    ).map(([action, methods]) => ({
      languages: {
        typescript: methods.map(method => method.charAt(0).toLowerCase() + method.slice(1)),
        python: methods
          .filter(method => !method.endsWith('Data'))
          .map(method => method.replace(/(?!^)[A-Z]/gu, letter => `_${letter}`).toLowerCase()),
        csharp: methods.flatMap(method => [method, `${method}Async`]),
        java: methods.map(method => method.charAt(0).toLowerCase() + method.slice(1)),
        go: methods.filter(method => !method.endsWith('Data')),
      },
      dataActions: action === 'wrap' ? [`${keys}/wrap/action`, `${keys}/unwrap/action`] : [`${keys}/${action}/action`],
    })),
    {
      languages: {
        typescript: ['createKey', 'createRsaKey', 'createEcKey', 'createOctKey'],
        python: ['create_key', 'create_rsa_key', 'create_ec_key', 'create_oct_key'],
        csharp: ['CreateKey', 'CreateKeyAsync', 'CreateRsaKeyAsync', 'CreateEcKeyAsync'],
        java: ['createKey', 'createRsaKey', 'createEcKey', 'createOctKey'],
        go: ['CreateKey'],
      },
      dataActions: [`${keys}/create/action`],
    },
    {
      languages: {
        typescript: ['beginDeleteKey'],
        python: ['begin_delete_key'],
        csharp: ['StartDeleteKey', 'StartDeleteKeyAsync'],
        java: ['beginDeleteKey'],
        go: ['DeleteKey'],
      },
      dataActions: [`${keys}/delete`],
    },
  ],
  resourceType: 'Microsoft.KeyVault/vaults',
  rotation: {
    what: 'the client secret that signed in to Key Vault',
    command: 'az ad app credential delete --id <app-registration-client-id> --key-id <key-id>',
  },
  roles: [
    {
      name: 'Key Vault Crypto User',
      id: '12338af0-0e69-4776-bea7-57ae8d297424',
      grants: 'encrypts, decrypts, wraps, signs and verifies with keys',
    },
    {
      name: 'Key Vault Crypto Officer',
      id: '14b46e9e-c2b7-41b4-b07b-48a6ebf60603',
      grants: 'creates, changes, deletes and uses keys',
    },
  ],
  clients: [
    ...keyVaultClients({
      client: 'KeyClient',
      typescript: '@azure/keyvault-keys',
      python: { module: 'azure.keyvault.keys', package: 'azure-keyvault-keys' },
      csharp: { module: 'Azure.Security.KeyVault.Keys' },
      java: { module: 'com.azure.security.keyvault.keys', package: 'com.azure:azure-security-keyvault-keys' },
      go: 'github.com/Azure/azure-sdk-for-go/sdk/security/keyvault/azkeys',
    }),
    ...keyVaultClients({
      client: 'CryptographyClient',
      typescript: '@azure/keyvault-keys',
      python: { module: 'azure.keyvault.keys.crypto', package: 'azure-keyvault-keys', address: 'key' },
      csharp: { module: 'Azure.Security.KeyVault.Keys.Cryptography', address: 'keyId' },
      java: {
        module: 'com.azure.security.keyvault.keys.cryptography',
        package: 'com.azure:azure-security-keyvault-keys',
        address: 'keyIdentifier',
      },
    }),
  ],
};
