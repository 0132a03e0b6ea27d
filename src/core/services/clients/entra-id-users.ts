import type { FollowUp } from '../../rewrite/fix.ts';
import type { ClientMigration } from '../service.ts';

const followUps: readonly FollowUp[] = [
  {
    kind: 'grantRole',
    message:
      'Give the app’s identity the roles that the user held: the app signs in as itself from now on, not as that user.',
    copyable: 'az role assignment list --assignee <user> --all',
  },
  {
    kind: 'rotateSecret',
    message: 'Change the user’s password: it has been readable in this file and its history.',
  },
  {
    kind: 'checkOtherUses',
    message:
      'Whatever needs a signed-in person must ask one, with InteractiveBrowserCredential: a password in code cannot pass multi-factor authentication.',
  },
];

const shared = {
  secret: { capture: 'KEY', form: 'key' },
  endpoint: { from: 'capture' },
  title: 'Sign in with DefaultAzureCredential instead of the password',
  after: '$CREDENTIAL',
  followUps,
} as const satisfies Partial<ClientMigration>;

/** A service that signs in with a person's password: it gets an identity of its own. */
export const entraIdUsers: readonly ClientMigration[] = [
  {
    ...shared,
    language: 'typescript',
    module: '@azure/identity',
    package: '@azure/identity',
    before: 'new UsernamePasswordCredential($TENANT, $CLIENT, $USER, $KEY, $$$OPTIONS)',
    examples: [
      {
        before: s => `import { UsernamePasswordCredential } from '@azure/identity';
import { SecretClient } from '@azure/keyvault-secrets';

export const secrets = new SecretClient(
  'https://contoso.vault.azure.net',
  new UsernamePasswordCredential('contoso.com', 'b331f0df-8cd2-4a27-acc3-a2655a936b14', 'kim@contoso.com', '${s.password()}'),
);
`,
        after: `import { DefaultAzureCredential } from '@azure/identity';
import { SecretClient } from '@azure/keyvault-secrets';

export const secrets = new SecretClient(
  'https://contoso.vault.azure.net',
  new DefaultAzureCredential(),
);
`,
      },
    ],
  },
  {
    ...shared,
    language: 'python',
    module: 'azure.identity',
    package: 'azure-identity',
    before: 'UsernamePasswordCredential(client_id=$CLIENT, username=$USER, password=$KEY, $$$OPTIONS)',
    examples: [
      {
        before: s => `from azure.identity import UsernamePasswordCredential

credential = UsernamePasswordCredential("b331f0df-8cd2-4a27-acc3-a2655a936b14", "kim@contoso.com", password="${s.password()}")
`,
        after: `from azure.identity import DefaultAzureCredential

credential = DefaultAzureCredential()
`,
      },
    ],
  },
  {
    ...shared,
    language: 'csharp',
    module: 'Azure.Identity',
    package: 'Azure.Identity',
    before:
      'new UsernamePasswordCredential(username: $USER, password: $KEY, tenantId: $TENANT, clientId: $CLIENT, $$$OPTIONS)',
    examples: [
      {
        before: s => `using Azure.Core;
using Azure.Identity;

TokenCredential credential = new UsernamePasswordCredential("kim@contoso.com", "${s.password()}", "contoso.com", "b331f0df-8cd2-4a27-acc3-a2655a936b14");
`,
        after: `using Azure.Core;
using Azure.Identity;

TokenCredential credential = new DefaultAzureCredential();
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
      'new UsernamePasswordCredentialBuilder().clientId($CLIENT).username($USER).password($KEY).$$$OPTIONS().build()',
    examples: [
      {
        before: s => `package com.contoso;

import com.azure.core.credential.TokenCredential;
import com.azure.identity.UsernamePasswordCredentialBuilder;

class SignIn {
    private final TokenCredential credential = new UsernamePasswordCredentialBuilder()
        .clientId("b331f0df-8cd2-4a27-acc3-a2655a936b14")
        .username("kim@contoso.com")
        .password("${s.password()}")
        .build();
}
`,
        after: `package com.contoso;

import com.azure.core.credential.TokenCredential;
import com.azure.identity.DefaultAzureCredentialBuilder;

class SignIn {
    private final TokenCredential credential = new DefaultAzureCredentialBuilder().build();
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
    before: 'azidentity.NewUsernamePasswordCredential($TENANT, $CLIENT, $USER, $KEY, nil)',
    examples: [
      {
        before: s => `package signin

import (
	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
)

func Credential(tenant, client string) (azcore.TokenCredential, error) {
	return azidentity.NewUsernamePasswordCredential(tenant, client, "kim@contoso.com", "${s.password()}", nil)
}
`,
        after: `package signin

import (
	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
)

func Credential(tenant, client string) (azcore.TokenCredential, error) {
	return azidentity.NewDefaultAzureCredential(nil)
}
`,
      },
    ],
  },
];
