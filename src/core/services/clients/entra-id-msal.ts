import type { FollowUp } from '../../rewrite/fix.ts';
import type { ClientMigration } from '../service.ts';

/** What a managed identity asks for to speak for an app registration. */
export const exchangeScope = 'api://AzureADTokenExchange/.default';

export const federation: readonly FollowUp[] = [
  {
    kind: 'grantRole',
    message:
      'Let the app registration trust a user-assigned managed identity of the app: add it as a federated credential. The registration keeps its permissions.',
    copyable: `az ad app federated-credential create --id <app-registration-client-id> --parameters '{"name":"managed-identity","issuer":"https://login.microsoftonline.com/<tenant-id>/v2.0","subject":"<principal-id>","audiences":["api://AzureADTokenExchange"]}'`,
  },
  {
    kind: 'rotateSecret',
    message: 'Once the app signs in without it, delete the client secret from the app registration.',
    copyable: 'az ad app credential delete --id <app-registration-client-id> --key-id <key-id>',
  },
  {
    kind: 'checkOtherUses',
    message:
      'A managed identity exists in Azure alone: on your own machine sign in with a certificate, or with a secret from Key Vault.',
  },
];

const assertion = (identity: string): string =>
  `confidential.NewCredFromAssertionCallback(func(ctx context.Context, _ confidential.AssertionRequestOptions) (string, error) {
	token, err := ${identity}.GetToken(ctx, policy.TokenRequestOptions{Scopes: []string{"${exchangeScope}"}})
	return token.Token, err
})`;

const shared = {
  secret: { capture: 'KEY', form: 'key' },
  endpoint: {
    from: 'setting',
    setting: {
      name: 'AZURE_MANAGED_IDENTITY_CLIENT_ID',
      shortName: 'ManagedIdentityClientId',
      holds: '<client id of the user-assigned managed identity>',
    },
  },
  title: 'Prove the app registration with a managed identity instead of the client secret',
  followUps: federation,
} as const satisfies Partial<ClientMigration>;

const setting = 'AZURE_MANAGED_IDENTITY_CLIENT_ID';

/**
 * Applications that sign users in keep their registration. What proves it is no secret any more but a token of the
 * app's managed identity, which the registration trusts.
 */
export const entraIdMsal: readonly ClientMigration[] = [
  {
    ...shared,
    language: 'typescript',
    module: '@azure/msal-node',
    package: '@azure/msal-node',
    since: '2.9.0',
    before: 'new ConfidentialClientApplication({ auth: { clientSecret: $KEY, $$$AUTH }, $$$OPTIONS })',
    after: `new ConfidentialClientApplication({ auth: { clientAssertion: getBearerTokenProvider(new ManagedIdentityCredential({ clientId: $SETTING }), '${exchangeScope}'), $$$AUTH }, $$$OPTIONS })`,
    imports: { getBearerTokenProvider: '@azure/identity', ManagedIdentityCredential: '@azure/identity' },
    examples: [
      {
        before: s => `import { ConfidentialClientApplication } from '@azure/msal-node';

export const app = new ConfidentialClientApplication({
  auth: {
    clientId: 'b331f0df-8cd2-4a27-acc3-a2655a936b14',
    authority: 'https://login.microsoftonline.com/contoso.com',
    clientSecret: '${s.entraClientSecret()}',
  },
});
`,
        after: `import { ManagedIdentityCredential, getBearerTokenProvider } from '@azure/identity';
import { ConfidentialClientApplication } from '@azure/msal-node';

export const app = new ConfidentialClientApplication({
  auth: {
    clientId: 'b331f0df-8cd2-4a27-acc3-a2655a936b14',
    authority: 'https://login.microsoftonline.com/contoso.com',
    clientAssertion: getBearerTokenProvider(new ManagedIdentityCredential({ clientId: process.env.${setting}! }), '${exchangeScope}'),
  },
});
`,
      },
    ],
  },
  {
    ...shared,
    language: 'python',
    module: 'msal',
    package: 'msal',
    since: '1.13.0',
    before: 'ConfidentialClientApplication(client_id=$CLIENT, client_credential=$KEY, $$$OPTIONS)',
    after: `ConfidentialClientApplication(client_id=$CLIENT, client_credential={"client_assertion": get_bearer_token_provider(ManagedIdentityCredential(client_id=$SETTING), "${exchangeScope}")}, $$$OPTIONS)`,
    imports: { get_bearer_token_provider: 'azure.identity', ManagedIdentityCredential: 'azure.identity' },
    examples: [
      {
        before: s => `import os

import msal

SECRET = "${s.entraClientSecret()}"

app = msal.ConfidentialClientApplication(
    "b331f0df-8cd2-4a27-acc3-a2655a936b14",
    authority="https://login.microsoftonline.com/contoso.com",
    client_credential=SECRET,
)
`,
        after: `import os

import msal
from azure.identity import ManagedIdentityCredential, get_bearer_token_provider

app = msal.ConfidentialClientApplication(
    "b331f0df-8cd2-4a27-acc3-a2655a936b14",
    authority="https://login.microsoftonline.com/contoso.com",
    client_credential={"client_assertion": get_bearer_token_provider(ManagedIdentityCredential(client_id=os.environ["${setting}"]), "${exchangeScope}")},
)
`,
      },
    ],
  },
  {
    ...shared,
    language: 'csharp',
    module: 'Microsoft.Identity.Client',
    package: 'Microsoft.Identity.Client',
    identityPackage: false,
    // The assertion is kept until it expires, and made anew then.
    before: '$APP.WithClientSecret($KEY)',
    after: '$APP.WithClientAssertion(new ManagedIdentityClientAssertion($SETTING).GetSignedAssertionAsync)',
    imports: { ManagedIdentityClientAssertion: 'Microsoft.Identity.Web' },
    packages: [{ name: 'Microsoft.Identity.Web.Certificateless', version: '3.0.0' }],
    examples: [
      {
        before: s => `using System;
using Microsoft.Identity.Client;

var app = ConfidentialClientApplicationBuilder
    .Create("b331f0df-8cd2-4a27-acc3-a2655a936b14")
    .WithAuthority("https://login.microsoftonline.com/contoso.com")
    .WithClientSecret("${s.entraClientSecret()}")
    .Build();
`,
        after: `using System;
using Microsoft.Identity.Client;
using Microsoft.Identity.Web;

var app = ConfidentialClientApplicationBuilder
    .Create("b331f0df-8cd2-4a27-acc3-a2655a936b14")
    .WithAuthority("https://login.microsoftonline.com/contoso.com")
    .WithClientAssertion(new ManagedIdentityClientAssertion(Environment.GetEnvironmentVariable("${setting}")).GetSignedAssertionAsync)
    .Build();
`,
      },
    ],
  },
  {
    ...shared,
    language: 'java',
    module: 'com.microsoft.aad.msal4j',
    package: 'com.microsoft.azure:msal4j',
    before: 'ClientCredentialFactory.createFromSecret($KEY)',
    after: `ClientCredentialFactory.createFromCallback(() -> new ManagedIdentityCredentialBuilder().clientId($SETTING).build().getTokenSync(new TokenRequestContext().addScopes("${exchangeScope}")).getToken())`,
    imports: {
      ManagedIdentityCredentialBuilder: 'com.azure.identity',
      TokenRequestContext: 'com.azure.core.credential',
    },
    examples: [
      {
        before: s => `package com.contoso;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;

class SignIn {
    ConfidentialClientApplication open(String client) throws Exception {
        return ConfidentialClientApplication
            .builder(client, ClientCredentialFactory.createFromSecret("${s.entraClientSecret()}"))
            .authority("https://login.microsoftonline.com/contoso.com")
            .build();
    }
}
`,
        after: `package com.contoso;

import com.azure.core.credential.TokenRequestContext;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;

class SignIn {
    ConfidentialClientApplication open(String client) throws Exception {
        return ConfidentialClientApplication
            .builder(client, ClientCredentialFactory.createFromCallback(() -> new ManagedIdentityCredentialBuilder().clientId(System.getenv("${setting}")).build().getTokenSync(new TokenRequestContext().addScopes("${exchangeScope}")).getToken()))
            .authority("https://login.microsoftonline.com/contoso.com")
            .build();
    }
}
`,
      },
    ],
  },
  {
    ...shared,
    language: 'go',
    module: 'github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential',
    package: 'github.com/AzureAD/microsoft-authentication-library-for-go',
    before: 'confidential.NewCredFromSecret($KEY)',
    after:
      'azidentity.NewManagedIdentityCredential(&azidentity.ManagedIdentityCredentialOptions{ID: azidentity.ClientID($SETTING)})',
    becomes: { names: ['identity', 'managedIdentity'], value: assertion('$MADE') },
    imports: {
      context: 'context',
      azidentity: 'github.com/Azure/azure-sdk-for-go/sdk/azidentity',
      policy: 'github.com/Azure/azure-sdk-for-go/sdk/azcore/policy',
      confidential: 'github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential',
    },
    packages: [{ name: 'github.com/Azure/azure-sdk-for-go/sdk/azcore', version: '1.18.0' }],
    examples: [
      {
        before: s => `package signin

import "github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential"

func newApp(authority, client string) (confidential.Client, error) {
	cred, err := confidential.NewCredFromSecret("${s.entraClientSecret()}")
	if err != nil {
		return confidential.Client{}, err
	}
	return confidential.New(authority, client, cred)
}
`,
        after: `package signin

import "context"
import "github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
import "github.com/Azure/azure-sdk-for-go/sdk/azidentity"
import "github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential"
import "os"

func newApp(authority, client string) (confidential.Client, error) {
	identity, err := azidentity.NewManagedIdentityCredential(&azidentity.ManagedIdentityCredentialOptions{ID: azidentity.ClientID(os.Getenv("${setting}"))})
	if err != nil {
		return confidential.Client{}, err
	}
	cred := ${assertion('identity').replaceAll('\n', '\n\t')}
	return confidential.New(authority, client, cred)
}
`,
      },
    ],
  },
];
