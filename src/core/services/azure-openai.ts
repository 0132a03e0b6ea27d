import { hasValidCaskChecksum } from '../secrets/checksums.ts';
import { cognitiveServiceOf } from '../secrets/cognitive-keys.ts';
import { gradeChecksum } from '../secrets/grading.ts';
import { ofAnnotatedKey } from '../secrets/identifiable-key-patterns.ts';
import { isFiller } from '../secrets/placeholder.ts';
import { azureOpenAiGuides } from './clients/azure-openai-protocol.ts';
import { azureOpenAiClients } from './clients/azure-openai.ts';
import type { CredentialFormat, CredentialMatch, Service } from './service.ts';

const resourceHost = /(?<![a-z0-9-])([a-z0-9-]+)\.(?:openai|cognitiveservices|services\.ai)\.azure\.(?:com|us|cn)/iu;

function resourceNear(match: CredentialMatch): string | undefined {
  const near = match.text.slice(Math.max(0, match.span.start - 300), match.span.end + 300);
  return resourceHost.exec(near)?.[1];
}

/** What names and calls that a key stands behind begin with. */
const nameBegins = [
  ...['', 'azure', 'azure_', 'azure-'].flatMap(first =>
    ['openai', 'open_ai', 'open-ai', 'aoai'].map(name => first + name),
  ),
  ...['api', 'subscription'].flatMap(name => ['key', '_key', '-key'].map(key => name + key)),
  ...['azurekeycredential', 'newkeycredential', 'keycredential'],
];

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'azure-openai-key',
    title: 'Azure OpenAI or Azure AI services key',
    message: 'An Azure OpenAI or Azure AI services key[ of {resource}] is embedded here[ ({note})].',
    leak: 'Whoever reads it can call every deployed model at your cost, read files and fine-tuned models of the resource, and use up its quota.',
    remedy:
      'Pass a token provider made from DefaultAzureCredential, grant Cognitive Services OpenAI User, regenerate the key, then set disableLocalAuth to true.',
    severity: 'error',
    keywords: ['JQQJ9', 'openai', 'azurekeycredential', 'cognitiveservices'],
    patterns: [
      {
        hint: ofAnnotatedKey,
        regex:
          /(?<![A-Za-z0-9+/])(?<secret>[A-Za-z0-9]{52}JQQJ9[9DH][A-Za-z0-9][A-L][A-Za-z0-9+/]{16}ACOG[A-Za-z0-9]{4}(?:[A-Za-z0-9]{2}==)?)(?![A-Za-z0-9+/=])/dgu,
        grade: match =>
          cognitiveServiceOf(match.secret) === undefined
            ? gradeChecksum(match.secret, hasValidCaskChecksum(match.secret), { resource: resourceNear(match) })
            : undefined,
      },
      {
        begins: nameBegins,
        regex:
          /(?<![A-Z0-9])(?<name>(?:azure[_-]?)?(?:open[_-]?ai|aoai)[\w.:-]{0,30}?key|api[_-]?key|subscription[_-]?key|(?:Azure|Api)KeyCredential|KeyCredential|NewKeyCredential)\d?["'\]]{0,2}\s{0,8}(?:=>|:=|[:=(,]|\?\?|\|\|)\s{0,8}(?:new\s)?@?["'`]?(?<secret>[a-f0-9]{32})(?![A-Z0-9-])/dgiu,
        grade(match) {
          if (isFiller(match.secret)) return undefined;
          // Named for it, or an argument of its client.
          const call = /AzureOpenAI\w{0,20}\s{0,4}\([^;]{0,300}$/u;
          const named =
            /open[_-]?ai|aoai/iu.test(match.groups['name'] ?? '') ||
            call.test(match.text.slice(Math.max(0, match.span.start - 320), match.span.start));
          const hosted = match.mentions(resourceHost);
          if (!hosted && !match.mentions(/azure[\s_-]?open[_-]?ai/iu)) return undefined;
          return {
            severity: named && hosted ? 'error' : 'warning',
            confidence: 'medium',
            args: { resource: resourceNear(match) },
          };
        },
      },
    ],
    examples: {
      found: [
        { languageId: 'dotenv', text: s => `AZURE_OPENAI_API_KEY=«${s.azureOpenAIKey()}»` },
        {
          languageId: 'typescript',
          text: s => `new AzureOpenAI({ endpoint, apiKey: '«${s.azureOpenAIKey()}»', apiVersion })`,
        },
        {
          languageId: 'dotenv',
          text: s =>
            `AZURE_OPENAI_ENDPOINT=https://contoso.openai.azure.com/\nAZURE_OPENAI_API_KEY=«${s.legacyHexKey()}»\n`,
        },
        {
          languageId: 'csharp',
          text: s =>
            `new AzureOpenAIClient(new Uri("https://contoso.openai.azure.com/"), new AzureKeyCredential("«${s.legacyHexKey()}»"))`,
        },
        {
          languageId: 'python',
          text: s =>
            `client = AzureOpenAI(azure_endpoint="https://contoso.openai.azure.com", api_key="«${s.legacyHexKey()}»", api_version="2024-10-21")`,
        },
        {
          languageId: 'yaml',
          severity: 'warning',
          text: s => `ai:\n  endpoint: https://contoso.openai.azure.com/\n  apiKey: «${s.legacyHexKey()}»\n`,
        },
      ],
      silent: [
        { languageId: 'dotenv', text: () => `AZURE_OPENAI_API_KEY=${'0'.repeat(32)}`, why: 'filler' },
        { languageId: 'dotenv', text: () => 'AZURE_OPENAI_API_KEY=<your-key>', why: 'placeholder' },
        {
          languageId: 'python',
          text: () => 'AzureOpenAI(api_key=os.environ["AZURE_OPENAI_API_KEY"])',
          why: 'environment',
        },
        {
          languageId: 'python',
          text: s => `# AzureOpenAI model cache\nchecksum_md5 = "${s.legacyHexKey()}"`,
          why: 'a hash by its name',
        },
        { languageId: 'yaml', text: s => `apiKey: ${s.legacyHexKey()}`, why: 'nothing in the file speaks of Azure AI' },
        {
          languageId: 'typescript',
          text: s => `new AzureOpenAI({ apiKey: "${'x'.repeat(20)}" }); const id = "${s.legacyHexKey()}";`,
          why: 'an id',
        },
      ],
    },
  },
];

export const azureOpenAI: Service = {
  id: 'azure-openai',
  name: 'Azure OpenAI',
  documentation: 'https://learn.microsoft.com/azure/ai-foundry/openai/how-to/managed-identity',
  credentials,
  settings: [],
  template: {
    type: 'Microsoft.CognitiveServices/accounts',
    kind: /^OpenAI$/iu,
    terraform: {
      types: ['azurerm_cognitive_account'],
      secrets: ['primary_access_key', 'secondary_access_key'],
    },
    endpoint: {
      bicep: '$.properties.endpoint',
      arm: "reference($id, '2023-05-01').endpoint",
      terraform: '$.endpoint',
    },
    grants: ['5e0bd9bd-7b93-4f28-af87-19fc36ad61bd'],
  },
  operations: [
    {
      languages: {
        typescript: ['chat.completions.create', 'completions.create'],
        python: ['chat.completions.create', 'completions.create'],
        csharp: ['CompleteChat', 'CompleteChatAsync', 'CompleteChatStreamingAsync'],
        java: ['getChatCompletions', 'getChatCompletionsStream'],
        go: ['GetChatCompletions'],
      },
      dataActions: ['Microsoft.CognitiveServices/accounts/OpenAI/deployments/chat/completions/action'],
    },
    {
      languages: {
        typescript: ['embeddings.create'],
        python: ['embeddings.create'],
        csharp: ['GenerateEmbedding', 'GenerateEmbeddingAsync', 'GenerateEmbeddingsAsync'],
        java: ['getEmbeddings'],
        go: ['GetEmbeddings'],
      },
      dataActions: ['Microsoft.CognitiveServices/accounts/OpenAI/deployments/embeddings/action'],
    },
    {
      languages: {
        typescript: ['images.generate'],
        python: ['images.generate'],
        csharp: ['GenerateImage', 'GenerateImageAsync'],
        java: ['getImageGenerations'],
      },
      dataActions: ['Microsoft.CognitiveServices/accounts/OpenAI/images/generations/action'],
    },
    {
      languages: { typescript: ['responses.create'], python: ['responses.create'], csharp: ['CreateResponseAsync'] },
      dataActions: ['Microsoft.CognitiveServices/accounts/OpenAI/responses/write'],
    },
  ],
  roles: [
    {
      name: 'Cognitive Services OpenAI User',
      id: '5e0bd9bd-7b93-4f28-af87-19fc36ad61bd',
      grants: 'calls deployed models',
    },
    {
      name: 'Cognitive Services OpenAI Contributor',
      id: 'a001fd3d-188f-4b5d-821b-7da978bf7442',
      grants: 'calls, deploys and fine-tunes models',
    },
  ],
  rotation: {
    command:
      'az cognitiveservices account keys regenerate --resource-group <resource-group> --name <name> --key-name key1',
  },
  keysOff: {
    resourceType: 'Microsoft.CognitiveServices/accounts',
    property: 'disableLocalAuth',
    value: true,
    terraform: { resource: 'azurerm_cognitive_account', property: 'local_auth_enabled', value: false },
  },
  clients: azureOpenAiClients,
  guided: azureOpenAiGuides,
};
