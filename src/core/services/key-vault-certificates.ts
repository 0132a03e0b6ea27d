import { keyVaultClients } from './clients/key-vault.ts';
import type { Service } from './service.ts';

const certificates = 'Microsoft.KeyVault/vaults/certificates';

/** The vault's data plane has no keys of its own: what leaks here is the client secret that opens it, see entra-id.ts. */
export const keyVaultCertificates: Service = {
  id: 'key-vault-certificates',
  name: 'Azure Key Vault certificates',
  documentation: 'https://learn.microsoft.com/azure/key-vault/general/rbac-guide',
  credentials: [],
  settings: [],
  operations: [
    {
      languages: {
        typescript: ['getCertificate', 'getCertificateVersion', 'listPropertiesOfCertificates'],
        python: ['get_certificate', 'get_certificate_version', 'list_properties_of_certificates'],
        csharp: [
          'GetCertificate',
          'GetCertificateAsync',
          'GetCertificateVersionAsync',
          'GetPropertiesOfCertificatesAsync',
        ],
        java: ['getCertificate', 'getCertificateVersion', 'listPropertiesOfCertificates'],
        go: ['GetCertificate', 'NewListCertificatePropertiesPager'],
      },
      dataActions: [`${certificates}/read`],
    },
    {
      languages: { csharp: ['DownloadCertificate', 'DownloadCertificateAsync'] },
      dataActions: [`${certificates}/read`, 'Microsoft.KeyVault/vaults/secrets/getSecret/action'],
    },
    {
      languages: {
        typescript: ['beginCreateCertificate'],
        python: ['begin_create_certificate'],
        csharp: ['StartCreateCertificate', 'StartCreateCertificateAsync'],
        java: ['beginCreateCertificate'],
        go: ['CreateCertificate'],
      },
      dataActions: [`${certificates}/create/action`],
    },
    {
      languages: {
        typescript: ['importCertificate'],
        python: ['import_certificate'],
        csharp: ['ImportCertificate', 'ImportCertificateAsync'],
        java: ['importCertificate'],
        go: ['ImportCertificate'],
      },
      dataActions: [`${certificates}/import/action`],
    },
    {
      languages: {
        typescript: ['beginDeleteCertificate'],
        python: ['begin_delete_certificate'],
        csharp: ['StartDeleteCertificate', 'StartDeleteCertificateAsync'],
        java: ['beginDeleteCertificate'],
        go: ['DeleteCertificate'],
      },
      dataActions: [`${certificates}/delete`],
    },
  ],
  resourceType: 'Microsoft.KeyVault/vaults',
  rotation: {
    what: 'the client secret that signed in to Key Vault',
    command: 'az ad app credential delete --id <app-registration-client-id> --key-id <key-id>',
  },
  roles: [
    {
      name: 'Key Vault Certificate User',
      id: 'db79e9a7-68ee-4b58-9aeb-b90e7c24fcba',
      grants: 'reads certificates with their private keys',
    },
    {
      name: 'Key Vault Certificates Officer',
      id: 'a4417e6f-fecd-4de8-b567-7b0420556985',
      grants: 'creates, imports, changes and deletes certificates',
    },
  ],
  clients: keyVaultClients({
    client: 'CertificateClient',
    typescript: '@azure/keyvault-certificates',
    python: { module: 'azure.keyvault.certificates', package: 'azure-keyvault-certificates' },
    csharp: { module: 'Azure.Security.KeyVault.Certificates' },
    java: {
      module: 'com.azure.security.keyvault.certificates',
      package: 'com.azure:azure-security-keyvault-certificates',
    },
    go: 'github.com/Azure/azure-sdk-for-go/sdk/security/keyvault/azcertificates',
  }),
};
