import type { ClientMigration, GuidedClient } from '../service.ts';
import { fromKey } from './ai-services-forms.ts';

export const scope = 'https://cognitiveservices.azure.com/.default';

export const environmentKey = { conflictingSetting: 'AZURE_OPENAI_API_KEY' } as const;

/** Keys of api.openai.com and of others that speak its protocol are no business of an Azure identity. */
function isAzure(constants: ReadonlyMap<string, string>): boolean {
  const url = constants.get('URL');
  if (url !== undefined)
    return /\.(?:openai|cognitiveservices|services\.ai)\.azure\.(?:com|us|cn)(?:[:/]|$)/iu.test(url);
  return /ACOG|^[a-f\d]{32}$/u.test(constants.get('KEY') ?? '');
}

/** Methods of Semantic Kernel that take a key, and what each calls the credential in its place. */
const kernelMethods = {
  AddAzureOpenAIChatCompletion: 'credentials',
  AddAzureOpenAIChatClient: 'credentials',
  AddAzureOpenAITextEmbeddingGeneration: 'credential',
};

/** Clients of OpenAI's own protocol whose base address is that of an Azure resource, and libraries built on them. */
export const azureOpenAiProtocolClients: readonly ClientMigration[] = [
  {
    ...fromKey,
    language: 'typescript',
    module: 'openai',
    package: 'openai',
    since: '6.0.0',
    onlyWhen: isAzure,
    before: 'new OpenAI({ baseURL: $URL, apiKey: $KEY, $$$OPTIONS })',
    after: `new OpenAI({ baseURL: $URL, apiKey: getBearerTokenProvider($CREDENTIAL, '${scope}'), $$$OPTIONS })`,
    imports: { getBearerTokenProvider: '@azure/identity' },
    examples: [
      {
        before: standIns => `import { OpenAI } from 'openai';

export const client = new OpenAI({
  baseURL: 'https://contoso-chat.openai.azure.com/openai/v1/',
  apiKey: '${standIns.azureOpenAIKey()}',
  maxRetries: 3,
});
`,
        after: `import { DefaultAzureCredential, getBearerTokenProvider } from '@azure/identity';
import { OpenAI } from 'openai';

export const client = new OpenAI({
  baseURL: 'https://contoso-chat.openai.azure.com/openai/v1/',
  apiKey: getBearerTokenProvider(new DefaultAzureCredential(), '${scope}'),
  maxRetries: 3,
});
`,
      },
    ],
  },
  {
    ...fromKey,
    language: 'typescript',
    module: 'openai',
    package: 'openai',
    since: '6.0.0',
    defaultExport: true,
    onlyWhen: isAzure,
    before: 'new OpenAI({ baseURL: $URL, apiKey: $KEY, $$$OPTIONS })',
    after: `new OpenAI({ baseURL: $URL, apiKey: getBearerTokenProvider($CREDENTIAL, '${scope}'), $$$OPTIONS })`,
    imports: { getBearerTokenProvider: '@azure/identity' },
    examples: [
      {
        cursor: 'OPENAI_KEY',
        before: () => `import OpenAI from "openai";

const resource = "https://contoso-chat.openai.azure.com";

export const ai = new OpenAI({ baseURL: \`\${resource}/openai/v1/\`, apiKey: process.env.OPENAI_KEY });
`,
        after: `import { DefaultAzureCredential, getBearerTokenProvider } from "@azure/identity";
import OpenAI from "openai";

const resource = "https://contoso-chat.openai.azure.com";

export const ai = new OpenAI({ baseURL: \`\${resource}/openai/v1/\`, apiKey: getBearerTokenProvider(new DefaultAzureCredential(), "${scope}") });
`,
      },
    ],
  },
  ...(
    [
      ['OpenAI', 'azure.identity', {}],
      ['AsyncOpenAI', 'azure.identity.aio', { asyncCredential: true }],
    ] as const
  ).map(([client, identity, mode]): ClientMigration => ({
    ...fromKey,
    ...mode,
    language: 'python',
    module: 'openai',
    package: 'openai',
    since: '1.106.0',
    onlyWhen: isAzure,
    before: `${client}($$$OPTIONS, base_url=$URL, api_key=$KEY)`,
    after: `${client}($$$OPTIONS, base_url=$URL, api_key=get_bearer_token_provider($CREDENTIAL, "${scope}"))`,
    imports: { get_bearer_token_provider: 'azure.identity' },
    examples: [
      {
        before: standIns => `from openai import ${client}

ENDPOINT = "https://contoso-chat.openai.azure.com"

client = ${client}(
    base_url=f"{ENDPOINT}/openai/v1/",
    api_key="${standIns.azureOpenAIKey()}",  # of the east resource
)
`,
        after: `from ${identity} import DefaultAzureCredential, get_bearer_token_provider
from openai import ${client}

ENDPOINT = "https://contoso-chat.openai.azure.com"

client = ${client}(
    base_url=f"{ENDPOINT}/openai/v1/",
    api_key=get_bearer_token_provider(DefaultAzureCredential(), "${scope}"),  # of the east resource
)
`,
      },
    ],
  })),
  ...['AzureChatOpenAI', 'AzureOpenAIEmbeddings'].flatMap(model =>
    ['api_key', 'openai_api_key'].map((argument): ClientMigration => ({
      ...fromKey,
      ...environmentKey,
      language: 'python',
      module: 'langchain_openai',
      package: 'langchain-openai',
      before: `${model}($$$OPTIONS, ${argument}=$KEY)`,
      after: `${model}($$$OPTIONS, azure_ad_token_provider=get_bearer_token_provider($CREDENTIAL, "${scope}"))`,
      imports: { get_bearer_token_provider: 'azure.identity' },
      examples: [
        {
          before: standIns => `from langchain_openai import ${model}

model = ${model}(
    azure_endpoint="https://contoso-chat.openai.azure.com",
    azure_deployment="shop",
    ${argument}="${standIns.azureOpenAIKey()}",
)
`,
          after: `from azure.identity import DefaultAzureCredential, get_bearer_token_provider
from langchain_openai import ${model}

model = ${model}(
    azure_endpoint="https://contoso-chat.openai.azure.com",
    azure_deployment="shop",
    azure_ad_token_provider=get_bearer_token_provider(DefaultAzureCredential(), "${scope}"),
)
`,
        },
      ],
    })),
  ),
  ...Object.entries(kernelMethods).map(([method, parameter]): ClientMigration => ({
    ...fromKey,
    language: 'csharp',
    module: 'Microsoft.SemanticKernel',
    package: 'Microsoft.SemanticKernel',
    before: `$BUILDER.${method}(deploymentName: $DEPLOYMENT, endpoint: $URL, apiKey: $KEY, $$$OPTIONS)`,
    after: `$BUILDER.${method}(deploymentName: $DEPLOYMENT, endpoint: $URL, ${parameter}: $CREDENTIAL, $$$OPTIONS)`,
    examples: [
      {
        before: standIns => `using Microsoft.SemanticKernel;

var builder = Kernel.CreateBuilder();
builder.${method}("small", "https://contoso-chat.openai.azure.com", "${standIns.azureOpenAIKey()}");
var kernel = builder.Build();
`,
        after: `using Azure.Identity;
using Microsoft.SemanticKernel;

var builder = Kernel.CreateBuilder();
builder.${method}("small", "https://contoso-chat.openai.azure.com", new DefaultAzureCredential());
var kernel = builder.Build();
`,
      },
      {
        before: standIns => `using Microsoft.SemanticKernel;

var builder = Kernel.CreateBuilder();
builder.${method}(deploymentName: "small", endpoint: "https://contoso-chat.openai.azure.com", apiKey: "${standIns.azureOpenAIKey()}");
var kernel = builder.Build();
`,
        after: `using Azure.Identity;
using Microsoft.SemanticKernel;

var builder = Kernel.CreateBuilder();
builder.${method}(deploymentName: "small", endpoint: "https://contoso-chat.openai.azure.com", ${parameter}: new DefaultAzureCredential());
var kernel = builder.Build();
`,
      },
    ],
  })),
  {
    ...fromKey,
    language: 'csharp',
    module: 'Microsoft.SemanticKernel',
    package: 'Microsoft.SemanticKernel',
    // Named, the credential is another on a kernel's builder than on services: only the positions are the same.
    before: '$BUILDER.AddAzureOpenAIEmbeddingGenerator($DEPLOYMENT, $URL, $KEY, $$$OPTIONS)',
    after: '$BUILDER.AddAzureOpenAIEmbeddingGenerator($DEPLOYMENT, $URL, $CREDENTIAL, $$$OPTIONS)',
    examples: [
      {
        before: standIns => `using Microsoft.SemanticKernel;

var builder = Kernel.CreateBuilder();
builder.AddAzureOpenAIEmbeddingGenerator("vectors", "https://contoso-chat.openai.azure.com", "${standIns.azureOpenAIKey()}", dimensions: 256);
var kernel = builder.Build();
`,
        after: `using Azure.Identity;
using Microsoft.SemanticKernel;

var builder = Kernel.CreateBuilder();
builder.AddAzureOpenAIEmbeddingGenerator("vectors", "https://contoso-chat.openai.azure.com", new DefaultAzureCredential(), dimensions: 256);
var kernel = builder.Build();
`,
      },
    ],
  },
];

const retiredClient: GuidedClient = {
  secret: { capture: 'KEY', form: 'key' },
  language: 'typescript',
  module: '@azure/openai',
  package: '@azure/openai',
  before: 'new OpenAIClient($URL, new AzureKeyCredential($KEY), $$$OPTIONS)',
  why: 'The client of @azure/openai is retired; the package openai, which takes its place, has another API.',
  steps: [
    'Replace `@azure/openai` by `openai` and `@azure/identity`.',
    'Make an `AzureOpenAI` client, as below; remove the setting `AZURE_OPENAI_API_KEY`, with which it would fail.',
    'Rename the calls: `getChatCompletions(deployment, messages)` is `chat.completions.create({ model: deployment, messages })`.',
  ],
  snippet: `import { DefaultAzureCredential, getBearerTokenProvider } from '@azure/identity';
import { AzureOpenAI } from 'openai';

export const client = new AzureOpenAI({
  endpoint: 'https://<resource>.openai.azure.com',
  azureADTokenProvider: getBearerTokenProvider(new DefaultAzureCredential(), '${scope}'),
  apiVersion: '2024-10-21',
});
`,
  examples: [
    {
      before: standIns => `import { AzureKeyCredential, OpenAIClient } from '@azure/openai';

const key = '${standIns.azureOpenAIKey()}';
export const client = new OpenAIClient('https://contoso-chat.openai.azure.com', new AzureKeyCredential(key));
`,
    },
    {
      languageId: 'javascript',
      cursor: 'AZURE_OPENAI_KEY',
      before: () => `const { AzureKeyCredential, OpenAIClient } = require("@azure/openai");

const client = new OpenAIClient(process.env.AZURE_OPENAI_ENDPOINT, new AzureKeyCredential(process.env.AZURE_OPENAI_KEY));
`,
    },
  ],
};

/** The client of OpenAI's own package with the address of an Azure resource. */
const tokenPolicies = (
  [
    ['OpenAIClient', 'OpenAI', ''],
    ['ChatClient', 'OpenAI.Chat', 'model: $MODEL, '],
    ['EmbeddingClient', 'OpenAI.Embeddings', 'model: $MODEL, '],
  ] as const
).map(([client, module, model]): GuidedClient => {
  const written = model === '' ? '' : '"gpt-4o", ';
  const using = module === 'OpenAI' ? '' : `using ${module};\n`;
  return {
    secret: { capture: 'KEY', form: 'key' },
    language: 'csharp',
    module,
    package: 'OpenAI',
    onlyWhen: isAzure,
    before: `new ${client}(${model}credential: new ApiKeyCredential($KEY), options: new OpenAIClientOptions { Endpoint = new Uri($URL) })`,
    why: 'The package OpenAI takes a token by a policy that is marked experimental and whose place among the arguments differs between versions.',
    steps: [
      'Add the package `Azure.Identity`.',
      'Pass a `BearerTokenPolicy` with `DefaultAzureCredential` in the place of the key, as below, and accept `OPENAI001`.',
      'Or take the package `Azure.AI.OpenAI`: its `AzureOpenAIClient` takes the credential directly.',
    ],
    snippet: `#pragma warning disable OPENAI001
using System;
using System.ClientModel.Primitives;
using Azure.Identity;
using OpenAI;
${using}
var policy = new BearerTokenPolicy(new DefaultAzureCredential(), "${scope}");
var options = new OpenAIClientOptions { Endpoint = new Uri("https://<resource>.openai.azure.com/openai/v1/") };
var client = new ${client}(${written}policy, options);
`,
    examples: [
      {
        before: standIns => `using System;
using System.ClientModel;
using OpenAI;
${using}
var options = new OpenAIClientOptions { Endpoint = new Uri("https://contoso-chat.openai.azure.com/openai/v1/") };
var client = new ${client}(${written}new ApiKeyCredential("${standIns.azureOpenAIKey()}"), options);
`,
      },
    ],
  };
});

export const azureOpenAiGuides: readonly GuidedClient[] = [retiredClient, ...tokenPolicies];
