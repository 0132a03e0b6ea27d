import type { ClientMigration } from '../service.ts';

const shared = { secret: { capture: 'KEY', form: 'key' }, endpoint: { from: 'capture' } } as const;

/** Whatever takes the credential takes `DefaultAzureCredential` as well: both are token credentials. */
export const entraIdClients: readonly ClientMigration[] = [
  {
    ...shared,
    language: 'typescript',
    module: '@azure/identity',
    package: '@azure/identity',
    before: 'new ClientSecretCredential($TENANT, $CLIENT, $KEY, $$$OPTIONS)',
    after: '$CREDENTIAL',
    examples: [
      {
        before: standIns => `import { ClientSecretCredential } from '@azure/identity';
import { BlobServiceClient } from '@azure/storage-blob';
import { SecretClient } from '@azure/keyvault-secrets';

const credential: ClientSecretCredential = new ClientSecretCredential(
  process.env.AZURE_TENANT_ID!,
  process.env.AZURE_CLIENT_ID!,
  '${standIns.entraClientSecret()}',
);

export const secrets = new SecretClient('https://contoso.vault.azure.net', credential);
export const blobs = new BlobServiceClient('https://contoso.blob.core.windows.net', credential);
`,
        after: `import { DefaultAzureCredential } from '@azure/identity';
import { BlobServiceClient } from '@azure/storage-blob';
import { SecretClient } from '@azure/keyvault-secrets';

const credential: DefaultAzureCredential = new DefaultAzureCredential();

export const secrets = new SecretClient('https://contoso.vault.azure.net', credential);
export const blobs = new BlobServiceClient('https://contoso.blob.core.windows.net', credential);
`,
      },
    ],
  },
  {
    ...shared,
    language: 'python',
    module: 'azure.identity',
    package: 'azure-identity',
    before: 'ClientSecretCredential(tenant_id=$TENANT, client_id=$CLIENT, client_secret=$KEY, $$$OPTIONS)',
    after: '$CREDENTIAL',
    examples: [
      {
        before: standIns => `from azure.identity.aio import (
    ClientSecretCredential,
    ManagedIdentityCredential,
)

TENANT = "00000000-1111-2222-3333-444444444444"
fallback = ManagedIdentityCredential


def sign_in(client):
    return ClientSecretCredential(TENANT, client, client_secret="${standIns.entraClientSecret()}")
`,
        after: `from azure.identity.aio import (
    DefaultAzureCredential,
    ManagedIdentityCredential,
)

TENANT = "00000000-1111-2222-3333-444444444444"
fallback = ManagedIdentityCredential


def sign_in(client):
    return DefaultAzureCredential()
`,
      },
    ],
  },
  {
    ...shared,
    language: 'csharp',
    module: 'Azure.Identity',
    package: 'Azure.Identity',
    before: 'new ClientSecretCredential(tenantId: $TENANT, clientId: $CLIENT, clientSecret: $KEY, $$$OPTIONS)',
    after: '$CREDENTIAL',
    examples: [
      {
        before: standIns => `using Azure.Core;
using Azure.Identity;

internal static class SignIn
{
    internal static TokenCredential Create(string tenant, string client) =>
        new ClientSecretCredential(tenant, client, "${standIns.entraClientSecret()}");
}
`,
        after: `using Azure.Core;
using Azure.Identity;

internal static class SignIn
{
    internal static TokenCredential Create(string tenant, string client) =>
        new DefaultAzureCredential();
}
`,
      },
    ],
  },
  {
    ...shared,
    language: 'java',
    module: 'com.azure.identity',
    package: 'com.azure:azure-identity',
    before:
      'new ClientSecretCredentialBuilder().tenantId($TENANT).clientId($CLIENT).clientSecret($KEY).$$$OPTIONS().build()',
    after: '$CREDENTIAL',
    examples: [
      {
        before: standIns => `package com.contoso;

import com.azure.core.credential.TokenCredential;
import com.azure.identity.ClientSecretCredential;
import com.azure.identity.ClientSecretCredentialBuilder;

class SignIn {
    private static final String SECRET = "${standIns.entraClientSecret()}";

    void run(String tenant, String client) {
        ClientSecretCredential credential = new ClientSecretCredentialBuilder()
            .tenantId(tenant)
            .clientId(client)
            .clientSecret(SECRET)
            .build();
        connect(credential);
    }

    private void connect(TokenCredential credential) {
    }
}
`,
        after: `package com.contoso;

import com.azure.core.credential.TokenCredential;
import com.azure.identity.DefaultAzureCredentialBuilder;

class SignIn {
    void run(String tenant, String client) {
        TokenCredential credential = new DefaultAzureCredentialBuilder().build();
        connect(credential);
    }

    private void connect(TokenCredential credential) {
    }
}
`,
      },
    ],
  },
  {
    ...shared,
    language: 'go',
    module: 'github.com/Azure/azure-sdk-for-go/sdk/azidentity',
    package: 'github.com/Azure/azure-sdk-for-go/sdk/azidentity',
    before: 'azidentity.NewClientSecretCredential($TENANT, $CLIENT, $KEY, nil)',
    after: '$CREDENTIAL',
    examples: [
      {
        before: standIns => `package signin

import (
	"os"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
)

func Credential(tenant string) (azcore.TokenCredential, error) {
	client := os.Getenv("AZURE_CLIENT_ID")
	return azidentity.NewClientSecretCredential(tenant, client, "${standIns.entraClientSecret()}", nil)
}
`,
        after: `package signin

import (
	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
)

func Credential(tenant string) (azcore.TokenCredential, error) {
	return azidentity.NewDefaultAzureCredential(nil)
}
`,
      },
    ],
  },
];
