import type { ClientMigration } from '../service.ts';
import { fromKey } from './ai-services-forms.ts';
import { azureOpenAiProtocolClients, environmentKey, scope } from './azure-openai-protocol.ts';
import { keyRegistration } from './azure-clients.ts';
import { withSample } from './sample-file.ts';

export const azureOpenAiClients: readonly ClientMigration[] = [
  {
    ...fromKey,
    ...environmentKey,
    language: 'typescript',
    module: 'openai',
    package: 'openai',
    before: 'new AzureOpenAI({ apiKey: $KEY, $$$OPTIONS })',
    after: `new AzureOpenAI({ azureADTokenProvider: getBearerTokenProvider($CREDENTIAL, '${scope}'), $$$OPTIONS })`,
    imports: { getBearerTokenProvider: '@azure/identity' },
    examples: [
      {
        cursor: 'AzureOpenAI(',
        before: () => `import { AzureOpenAI } from 'openai';

const apiKey = process.env.AZURE_OPENAI_API_KEY;
export const client = new AzureOpenAI({ apiKey, apiVersion: '2024-10-21' });
`,
        after: `import { DefaultAzureCredential, getBearerTokenProvider } from '@azure/identity';
import { AzureOpenAI } from 'openai';

export const client = new AzureOpenAI({ azureADTokenProvider: getBearerTokenProvider(new DefaultAzureCredential(), '${scope}'), apiVersion: '2024-10-21' });
`,
      },
      {
        before: standIns => `import { AzureOpenAI } from 'openai';

const apiKey = '${standIns.azureOpenAIKey()}';

export const client = new AzureOpenAI({
  endpoint: 'https://contoso-chat.openai.azure.com',
  apiKey, // of the east resource
  apiVersion: '2024-10-21',
});
`,
        after: `import { DefaultAzureCredential, getBearerTokenProvider } from '@azure/identity';
import { AzureOpenAI } from 'openai';

export const client = new AzureOpenAI({
  endpoint: 'https://contoso-chat.openai.azure.com',
  azureADTokenProvider: getBearerTokenProvider(new DefaultAzureCredential(), '${scope}'), // of the east resource
  apiVersion: '2024-10-21',
});
`,
      },
    ],
  },
  ...(
    [
      ['AzureOpenAI', 'azure.identity', {}],
      ['AsyncAzureOpenAI', 'azure.identity.aio', { asyncCredential: true }],
    ] as const
  ).map(([client, identity, mode]): ClientMigration => ({
    ...fromKey,
    ...environmentKey,
    ...mode,
    language: 'python',
    module: 'openai',
    package: 'openai',
    before: `${client}($$$OPTIONS, api_key=$KEY)`,
    after: `${client}($$$OPTIONS, azure_ad_token_provider=get_bearer_token_provider($CREDENTIAL, "${scope}"))`,
    imports: { get_bearer_token_provider: 'azure.identity' },
    examples: [
      {
        before: standIns => `import openai
import os

client = openai.${client}(
    api_key="${standIns.azureOpenAIKey()}",
    azure_endpoint=os.environ["AZURE_OPENAI_ENDPOINT"],
    api_version="2024-10-21",
)
`,
        after: `import openai
import os
from ${identity} import DefaultAzureCredential, get_bearer_token_provider

client = openai.${client}(
    azure_ad_token_provider=get_bearer_token_provider(DefaultAzureCredential(), "${scope}"),
    azure_endpoint=os.environ["AZURE_OPENAI_ENDPOINT"],
    api_version="2024-10-21",
)
`,
      },
    ],
  })),
  ...azureOpenAiProtocolClients,
  keyRegistration(fromKey, {
    package: 'Azure.AI.OpenAI',
    method: 'AddOpenAIClient',
    endpoint: 'https://contoso-chat.openai.azure.com',
    key: standIns => standIns.azureOpenAIKey(),
  }),
  withSample(
    {
      ...fromKey,
      language: 'csharp',
      module: 'Azure.AI.OpenAI',
      package: 'Azure.AI.OpenAI',
      before: 'new OpenAIClient(endpoint: $URI, keyCredential: new AzureKeyCredential($KEY), $$$OPTIONS)',
      after: 'new OpenAIClient(endpoint: $URI, tokenCredential: $CREDENTIAL, $$$OPTIONS)',
    },
    {
      secret: standIns => standIns.azureOpenAIKey(),
      values: { URI: 'new Uri("https://contoso-chat.openai.azure.com")' },
    },
  ),
  ...['AzureKeyCredential', 'ApiKeyCredential'].map((credential): ClientMigration => ({
    ...fromKey,
    language: 'csharp',
    module: 'Azure.AI.OpenAI',
    package: 'Azure.AI.OpenAI',
    before: `new AzureOpenAIClient(endpoint: $URI, credential: new ${credential}($KEY), $$$OPTIONS)`,
    after: 'new AzureOpenAIClient(endpoint: $URI, credential: $CREDENTIAL, $$$OPTIONS)',
    examples: [
      {
        before: standIns => `using Azure.AI.OpenAI;
using OpenAI.Chat;

namespace Contoso.Chat;

public class Assistant
{
    private readonly AzureOpenAIClient _client = new(
        new Uri("https://contoso-chat.openai.azure.com"),
        new ${credential}("${standIns.azureOpenAIKey()}"));

    public ChatClient Chat => _client.GetChatClient("gpt-4o");
}
`,
        after: `using Azure.AI.OpenAI;
using Azure.Identity;
using OpenAI.Chat;

namespace Contoso.Chat;

public class Assistant
{
    private readonly AzureOpenAIClient _client = new(
        new Uri("https://contoso-chat.openai.azure.com"),
        new DefaultAzureCredential());

    public ChatClient Chat => _client.GetChatClient("gpt-4o");
}
`,
      },
    ],
  })),
  ...['AzureKeyCredential', 'KeyCredential'].map((credential): ClientMigration => ({
    ...fromKey,
    language: 'java',
    module: 'com.azure.ai.openai',
    package: 'com.azure:azure-ai-openai',
    // Without an endpoint the key is one of api.openai.com.
    before: `new OpenAIClientBuilder().endpoint($URI).credential(new ${credential}($KEY)).$$$CALLS()`,
    after: 'new OpenAIClientBuilder().endpoint($URI).credential($CREDENTIAL).$$$CALLS()',
    examples: [
      {
        before: standIns => `package com.contoso.chat;

import com.azure.ai.openai.OpenAIClient;
import com.azure.ai.openai.OpenAIClientBuilder;
import com.azure.core.credential.${credential};

public class Assistant {
    private final OpenAIClient client = new OpenAIClientBuilder()
            .credential(new ${credential}("${standIns.azureOpenAIKey()}"))
            .endpoint("https://contoso-chat.openai.azure.com")
            .buildClient();
}
`,
        after: `package com.contoso.chat;

import com.azure.ai.openai.OpenAIClient;
import com.azure.ai.openai.OpenAIClientBuilder;
import com.azure.identity.DefaultAzureCredentialBuilder;

public class Assistant {
    private final OpenAIClient client = new OpenAIClientBuilder()
            .credential(new DefaultAzureCredentialBuilder().build())
            .endpoint("https://contoso-chat.openai.azure.com")
            .buildClient();
}
`,
      },
    ],
  })),
  {
    ...fromKey,
    language: 'go',
    module: 'github.com/Azure/azure-sdk-for-go/sdk/ai/azopenai',
    package: 'github.com/Azure/azure-sdk-for-go/sdk/ai/azopenai',
    before: 'azopenai.NewClientWithKeyCredential($URI, azcore.NewKeyCredential($KEY), $$$OPTIONS)',
    after: 'azopenai.NewClient($URI, $CREDENTIAL, $$$OPTIONS)',
    examples: [
      {
        before: standIns => `package chat

import (
	"os"

	"github.com/Azure/azure-sdk-for-go/sdk/ai/azopenai"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
)

func open() (*azopenai.Client, error) {
	keyCredential := azcore.NewKeyCredential("${standIns.azureOpenAIKey()}")

	client, err := azopenai.NewClientWithKeyCredential(os.Getenv("AZURE_OPENAI_ENDPOINT"), keyCredential, nil)
	if err != nil {
		return nil, err
	}
	return client, nil
}
`,
        after: `package chat

import (
	"os"

	"github.com/Azure/azure-sdk-for-go/sdk/ai/azopenai"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
)

func open() (*azopenai.Client, error) {
	keyCredential, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		return nil, err
	}

	client, err := azopenai.NewClient(os.Getenv("AZURE_OPENAI_ENDPOINT"), keyCredential, nil)
	if err != nil {
		return nil, err
	}
	return client, nil
}
`,
      },
      {
        cursor: 'AZURE_OPENAI_API_KEY',
        before: () => `package chat

import (
	"os"

	"github.com/Azure/azure-sdk-for-go/sdk/ai/azopenai"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
)

func open(endpoint string) *azopenai.Client {
	client, err := azopenai.NewClientWithKeyCredential(endpoint, azcore.NewKeyCredential(os.Getenv("AZURE_OPENAI_API_KEY")), nil)
	if err != nil {
		panic(err)
	}
	return client
}
`,
        after: `package chat

import (
	"github.com/Azure/azure-sdk-for-go/sdk/ai/azopenai"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
)

func open(endpoint string) *azopenai.Client {
	cred, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		panic(err)
	}
	client, err := azopenai.NewClient(endpoint, cred, nil)
	if err != nil {
		panic(err)
	}
	return client
}
`,
      },
    ],
  },
  {
    ...fromKey,
    language: 'go',
    module: 'github.com/openai/openai-go/azure',
    alsoFrom: ['github.com/openai/openai-go/v2/azure', 'github.com/openai/openai-go/v3/azure'],
    package: 'github.com/openai/openai-go',
    before: 'azure.WithAPIKey($KEY)',
    after: 'azure.WithTokenCredential($CREDENTIAL)',
    examples: [
      {
        before: standIns => `package main

import (
	"log"

	"github.com/openai/openai-go/v2"
	"github.com/openai/openai-go/v2/azure"
)

func main() {
	client := openai.NewClient(
		azure.WithEndpoint("https://contoso-chat.openai.azure.com", "2024-10-21"),
		azure.WithAPIKey("${standIns.azureOpenAIKey()}"),
	)
	if err := chat(client); err != nil {
		log.Panic(err)
	}
}
`,
        after: `package main

import (
	"log"

	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/openai/openai-go/v2"
	"github.com/openai/openai-go/v2/azure"
)

func main() {
	cred, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		log.Panic(err)
	}
	client := openai.NewClient(
		azure.WithEndpoint("https://contoso-chat.openai.azure.com", "2024-10-21"),
		azure.WithTokenCredential(cred),
	)
	if err := chat(client); err != nil {
		log.Panic(err)
	}
}
`,
      },
    ],
  },
];
