import type { GuidedClient } from '../service.ts';

const documentation = 'https://learn.microsoft.com/azure/developer/intro/passwordless-overview';

/** Sign-ins of package generations whose clients take no token credential, and one that has another shape without its secret. */
export const entraIdGuides: readonly GuidedClient[] = [
  {
    language: 'typescript',
    before: 'loginWithServicePrincipalSecret($CLIENT, $KEY, $TENANT, $$$OPTIONS)',
    module: '@azure/ms-rest-nodeauth',
    package: '@azure/ms-rest-nodeauth',
    secret: { capture: 'KEY', form: 'key' },
    why: 'what is done once the sign-in ends would be done without waiting for one.',
    steps: [
      'Put `AzureIdentityCredentialAdapter` of `@azure/ms-rest-js` around a `DefaultAzureCredential`: there is nothing to wait for.',
      'Better still, move to the `@azure/arm-*` packages of today, whose clients take the credential itself.',
    ],
    snippet: `import { DefaultAzureCredential } from '@azure/identity';
import { AzureIdentityCredentialAdapter } from '@azure/ms-rest-js';

export const credentials = new AzureIdentityCredentialAdapter(new DefaultAzureCredential());
`,
    documentation,
    examples: [
      {
        before: s => `import { loginWithServicePrincipalSecret } from '@azure/ms-rest-nodeauth';

loginWithServicePrincipalSecret('b331f0df-8cd2-4a27-acc3-a2655a936b14', '${s.entraClientSecret()}', 'contoso.com').then(start);
`,
      },
    ],
  },
  {
    language: 'python',
    before: 'ServicePrincipalCredentials($$$OPTIONS, secret=$KEY)',
    module: 'azure.common.credentials',
    alsoFrom: ['msrestazure.azure_active_directory'],
    package: 'azure-common',
    secret: { capture: 'KEY', form: 'key' },
    why: 'the clients of its generation take no token credential.',
    steps: [
      'Update the `azure-mgmt-*` packages: clients of today take a credential of `azure-identity`.',
      'Make them with `DefaultAzureCredential()` and the subscription, by keyword.',
      'Calls that took time are named `begin_*` there.',
    ],
    snippet: `import os

from azure.identity import DefaultAzureCredential
from azure.mgmt.resource import ResourceManagementClient

client = ResourceManagementClient(
    credential=DefaultAzureCredential(),
    subscription_id=os.environ["AZURE_SUBSCRIPTION_ID"],
)
`,
    documentation,
    examples: [
      {
        before: s => `from azure.common.credentials import ServicePrincipalCredentials
from azure.mgmt.resource import ResourceManagementClient

credentials = ServicePrincipalCredentials(
    client_id="b331f0df-8cd2-4a27-acc3-a2655a936b14",
    secret="${s.entraClientSecret()}",
    tenant="contoso.com",
)
client = ResourceManagementClient(credentials, subscription)
`,
      },
    ],
  },
  {
    language: 'csharp',
    before: 'SdkContext.AzureCredentialsFactory.FromServicePrincipal($CLIENT, $KEY, $TENANT, $$$OPTIONS)',
    module: 'Microsoft.Azure.Management.ResourceManager.Fluent',
    package: 'Microsoft.Azure.Management.Fluent',
    secret: { capture: 'KEY', form: 'key' },
    why: 'the fluent management libraries take no token credential and are retired.',
    steps: [
      'Replace the `Microsoft.Azure.Management.*` packages with `Azure.ResourceManager.*`.',
      'Make one `ArmClient` with `DefaultAzureCredential` for the process.',
    ],
    snippet: `using Azure.Identity;
using Azure.ResourceManager;

var client = new ArmClient(new DefaultAzureCredential());
var subscription = await client.GetDefaultSubscriptionAsync();
`,
    documentation,
    examples: [
      {
        before: s => `using Microsoft.Azure.Management.ResourceManager.Fluent;

var credentials = SdkContext.AzureCredentialsFactory.FromServicePrincipal("b331f0df-8cd2-4a27-acc3-a2655a936b14", "${s.entraClientSecret()}", "contoso.com", AzureEnvironment.AzureGlobalCloud);
`,
      },
    ],
  },
  {
    language: 'java',
    before: 'new ApplicationTokenCredentials($CLIENT, $TENANT, $KEY, $CLOUD)',
    module: 'com.microsoft.azure.credentials',
    package: 'com.microsoft.azure:azure-client-authentication',
    secret: { capture: 'KEY', form: 'key' },
    why: 'the management libraries of its generation take no token credential and are retired.',
    steps: [
      'Replace `com.microsoft.azure:azure` with `com.azure.resourcemanager:azure-resourcemanager`.',
      'Authenticate with `DefaultAzureCredentialBuilder` and an `AzureProfile` of the cloud.',
    ],
    snippet: `package com.contoso;

import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.profile.AzureProfile;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.resourcemanager.AzureResourceManager;

class Resources {
    private final AzureResourceManager azure = AzureResourceManager
        .authenticate(new DefaultAzureCredentialBuilder().build(), new AzureProfile(AzureEnvironment.AZURE))
        .withDefaultSubscription();
}
`,
    documentation,
    examples: [
      {
        before: s => `package com.contoso;

import com.microsoft.azure.AzureEnvironment;
import com.microsoft.azure.credentials.ApplicationTokenCredentials;

class Resources {
    private final ApplicationTokenCredentials credentials =
        new ApplicationTokenCredentials("b331f0df-8cd2-4a27-acc3-a2655a936b14", "contoso.com", "${s.entraClientSecret()}", AzureEnvironment.AZURE);
}
`,
      },
    ],
  },
  {
    language: 'go',
    before: 'auth.NewClientCredentialsConfig($CLIENT, $KEY, $TENANT)',
    module: 'github.com/Azure/go-autorest/autorest/azure/auth',
    package: 'github.com/Azure/go-autorest',
    secret: { capture: 'KEY', form: 'key' },
    why: 'clients of autorest take an authorizer and no token credential, and are retired.',
    steps: [
      'Replace `services/*` of the Azure SDK for Go with the modules under `sdk/resourcemanager`.',
      'Make their clients with `azidentity.NewDefaultAzureCredential`.',
    ],
    snippet: `package resources

import (
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/resources/armresources"
)

func Groups(subscription string) (*armresources.ResourceGroupsClient, error) {
	cred, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		return nil, err
	}
	return armresources.NewResourceGroupsClient(subscription, cred, nil)
}
`,
    documentation,
    examples: [
      {
        before: s => `package resources

import "github.com/Azure/go-autorest/autorest/azure/auth"

func authorizer() (interface{}, error) {
	config := auth.NewClientCredentialsConfig("b331f0df-8cd2-4a27-acc3-a2655a936b14", "${s.entraClientSecret()}", "contoso.com")
	return config.Authorizer()
}
`,
      },
    ],
  },
];
