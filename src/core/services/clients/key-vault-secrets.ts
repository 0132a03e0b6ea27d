import type { ClientMigration } from '../service.ts';

const shared = { secret: { capture: 'KEY', form: 'key' }, endpoint: { from: 'capture' } } as const;

export const keyVaultSecretsClients: readonly ClientMigration[] = [
  {
    ...shared,
    language: 'typescript',
    module: '@azure/keyvault-secrets',
    package: '@azure/keyvault-secrets',
    before: 'new SecretClient($URL, new ClientSecretCredential($TENANT, $CLIENT, $KEY, $$$REST), $$$OPTIONS)',
    after: 'new SecretClient($URL, $CREDENTIAL, $$$OPTIONS)',
    examples: [
      {
        before: standIns => `import { SecretClient } from "@azure/keyvault-secrets";
import { ClientSecretCredential } from "@azure/identity";

const secret = "${standIns.entraClientSecret()}";

export const vault = (tenant: string, client: string) =>
  new SecretClient("https://contoso.vault.azure.net", new ClientSecretCredential(tenant, client, secret));
`,
        after: `import { SecretClient } from "@azure/keyvault-secrets";
import { DefaultAzureCredential } from "@azure/identity";

const credential = new DefaultAzureCredential();

export const vault = (tenant: string, client: string) =>
  new SecretClient("https://contoso.vault.azure.net", credential);
`,
      },
    ],
  },
  {
    ...shared,
    language: 'python',
    module: 'azure.keyvault.secrets',
    package: 'azure-keyvault-secrets',
    before:
      'SecretClient(vault_url=$URL, credential=ClientSecretCredential(tenant_id=$TENANT, client_id=$CLIENT, client_secret=$KEY, $$$REST), $$$OPTIONS)',
    after: 'SecretClient(vault_url=$URL, credential=$CREDENTIAL, $$$OPTIONS)',
    examples: [
      {
        before: standIns => `from azure.identity import ClientSecretCredential
from azure.keyvault.secrets import SecretClient

credential = ClientSecretCredential(
    "00000000-1111-2222-3333-444444444444",
    "11111111-2222-3333-4444-555555555555",
    "${standIns.entraClientSecret()}",
)
client = SecretClient(vault_url="https://contoso.vault.azure.net", credential=credential)
`,
        after: `from azure.identity import DefaultAzureCredential
from azure.keyvault.secrets import SecretClient

credential = DefaultAzureCredential()
client = SecretClient(vault_url="https://contoso.vault.azure.net", credential=credential)
`,
      },
    ],
  },
  {
    ...shared,
    language: 'csharp',
    module: 'Azure.Security.KeyVault.Secrets',
    package: 'Azure.Security.KeyVault.Secrets',
    before:
      'new SecretClient(vaultUri: $URI, credential: new ClientSecretCredential(tenantId: $TENANT, clientId: $CLIENT, clientSecret: $KEY, $$$REST), $$$OPTIONS)',
    after: 'new SecretClient(vaultUri: $URI, credential: $CREDENTIAL, $$$OPTIONS)',
    examples: [
      {
        before: standIns => `using System;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;

class Vault
{
    // Registered as "contoso-web".
    private ClientSecretCredential _credential = new ClientSecretCredential("tenant", "client", "${standIns.entraClientSecret()}");

    internal SecretClient Open(string name) => new SecretClient(new Uri($"https://{name}.vault.azure.net"), _credential);
}
`,
        after: `using System;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;

class Vault
{
    // Registered as "contoso-web".
    private DefaultAzureCredential _credential = new DefaultAzureCredential();

    internal SecretClient Open(string name) => new SecretClient(new Uri($"https://{name}.vault.azure.net"), _credential);
}
`,
      },
    ],
  },
  {
    ...shared,
    language: 'java',
    module: 'com.azure.security.keyvault.secrets',
    package: 'com.azure:azure-security-keyvault-secrets',
    before:
      'new SecretClientBuilder().credential(new ClientSecretCredentialBuilder().tenantId($TENANT).clientId($CLIENT).clientSecret($KEY).$$$OPTIONS().build()).$$$CALLS()',
    after: 'new SecretClientBuilder().credential($CREDENTIAL).$$$CALLS()',
    examples: [
      {
        before: standIns => `import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.SecretClientBuilder;

class Vault {
    static SecretClient open(String url, String tenant, String client) {
        return new SecretClientBuilder().vaultUrl(url)
            .credential(new ClientSecretCredentialBuilder()
                .clientId(client)
                .clientSecret("${standIns.entraClientSecret()}")
                .tenantId(tenant).build())
            .buildClient();
    }
}
`,
        after: `import com.azure.core.credential.TokenCredential;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.SecretClientBuilder;

class Vault {
    private static final TokenCredential CREDENTIAL = new DefaultAzureCredentialBuilder().build();

    static SecretClient open(String url, String tenant, String client) {
        return new SecretClientBuilder().vaultUrl(url)
            .credential(CREDENTIAL)
            .buildClient();
    }
}
`,
      },
    ],
  },
  {
    ...shared,
    language: 'go',
    module: 'github.com/Azure/azure-sdk-for-go/sdk/security/keyvault/azsecrets',
    package: 'github.com/Azure/azure-sdk-for-go/sdk/security/keyvault/azsecrets',
    before: 'azsecrets.NewClient($URL, azidentity.NewClientSecretCredential($TENANT, $CLIENT, $KEY, nil), $$$OPTIONS)',
    after: 'azsecrets.NewClient($URL, $CREDENTIAL, $$$OPTIONS)',
    examples: [
      {
        before: standIns => `package vault

import (
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/security/keyvault/azsecrets"
)

const clientSecret = "${standIns.entraClientSecret()}"

func open(url, tenant, client string) (*azsecrets.Client, error) {
	cred, err := azidentity.NewClientSecretCredential(tenant, client, clientSecret, nil)
	if err != nil {
		return nil, err
	}
	return azsecrets.NewClient(url, cred, nil)
}
`,
        after: `package vault

import (
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/security/keyvault/azsecrets"
)

func open(url, tenant, client string) (*azsecrets.Client, error) {
	cred, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		return nil, err
	}
	return azsecrets.NewClient(url, cred, nil)
}
`,
      },
    ],
  },
];
