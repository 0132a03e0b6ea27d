import { describe, expect, it } from 'vitest';
import type { SourceDocument } from '../../../src/core/engine/finding.ts';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';
import { fixText } from '../../harness/client-examples.ts';

const standIns = createStandIns(404);

type Result = Awaited<ReturnType<typeof fixText>>;

async function fixOf(languageId: string, text: string, secret: string): Promise<Result> {
  const start = text.indexOf(secret);
  expect(start).toBeGreaterThanOrEqual(0);
  const document: SourceDocument = { uri: `case.${languageId}`, languageId, text };
  return fixText(document, { start, end: start + secret.length });
}

async function refactoringOf(languageId: string, text: string, cursor: string): Promise<Result> {
  const at = text.indexOf(cursor);
  const document: SourceDocument = { uri: `case.${languageId}`, languageId, text };
  return fixText(document, { start: at, end: at }, 'cursor');
}

describe('what is left alone', () => {
  it.each([
    [
      'typescript',
      `import OpenAI from 'openai';\nexport const ai = new OpenAI({ apiKey: process.env.OPENAI_API_KEY });\n`,
    ],
    [
      'typescript',
      `import OpenAI from 'openai';\nexport const ai = new OpenAI({ baseURL: 'http://localhost:11434/v1', apiKey: process.env.OLLAMA_KEY });\n`,
    ],
    [
      'typescript',
      `import OpenAI from 'openai';\nexport const ai = new OpenAI({ baseURL: process.env.BASE_URL, apiKey: process.env.SOME_KEY });\n`,
    ],
    [
      'python',
      `import os\nfrom openai import OpenAI\nclient = OpenAI(base_url="https://openrouter.ai/api/v1", api_key=os.environ["ROUTER_KEY"])\n`,
    ],
    [
      'typescript',
      `import { ChatClient } from '@azure/communication-chat';\nimport { AzureCommunicationTokenCredential } from '@azure/communication-common';\nexport const chat = new ChatClient(process.env.ENDPOINT!, new AzureCommunicationTokenCredential(process.env.USER_TOKEN!));\n`,
    ],
  ])('%s: %s', async (languageId, text) => {
    for (const cursor of ['process.env', 'os.environ', 'new ', 'Client(', 'OpenAI(']) {
      if (!text.includes(cursor)) continue;
      expect(await refactoringOf(languageId, text, cursor)).toBeUndefined();
    }
  });
});

describe('refusals', () => {
  it('does not sign a device in with an identity', async () => {
    const key = standIns.identifiableKey('iotDevice');
    const text = `using Microsoft.Azure.Devices;\n\nvar registry = RegistryManager.CreateFromConnectionString("HostName=contoso.azure-devices.net;DeviceId=d1;SharedAccessKey=${key}");\n`;
    expect(await fixOf('csharp', text, key)).toMatchObject({
      refusal: expect.stringMatching(/device.*X\.509/isu) as string,
    });
  });

  it('does not send a token to an address that resources share', async () => {
    const key = standIns.annotatedKey('ACOG');
    const text = `from azure.ai.textanalytics import TextAnalyticsClient\nfrom azure.core.credentials import AzureKeyCredential\n\nclient = TextAnalyticsClient("https://westeurope.api.cognitive.microsoft.com/", AzureKeyCredential("${key}"))\n`;
    expect(await fixOf('python', text, key)).toMatchObject({
      refusal: expect.stringContaining('custom subdomain') as string,
    });
  });

  it.each([
    [
      'python',
      standIns.annotatedKey('ACOG'),
      (key: string) =>
        `from azure.ai.textanalytics import TextAnalyticsClient\nfrom azure.core.credentials import AzureKeyCredential\n\nclient = TextAnalyticsClient("https://contoso.cognitiveservices.azure.us/", AzureKeyCredential("${key}"))\n`,
    ],
    [
      'python',
      standIns.azureOpenAIKey(),
      (key: string) =>
        `from openai import AzureOpenAI\n\nclient = AzureOpenAI(azure_endpoint="https://contoso.openai.azure.us", api_key="${key}", api_version="2024-10-21")\n`,
    ],
    [
      'csharp',
      standIns.identifiableKey('search', 'PAdmin00'),
      (key: string) =>
        `using Azure;\nusing Azure.Search.Documents.Indexes;\n\nvar client = new SearchIndexClient(new Uri("https://contoso.search.azure.us"), new AzureKeyCredential("${key}"));\n`,
    ],
    [
      'csharp',
      standIns.annotatedKey('ACOG'),
      (key: string) =>
        `using Azure;\nusing Azure.AI.TextAnalytics;\n\nUri address = new("https://contoso.cognitiveservices.azure.cn");\nvar client = new TextAnalyticsClient(address, new AzureKeyCredential("${key}"));\n`,
    ],
    [
      'java',
      standIns.annotatedKey('ACOG'),
      (key: string) =>
        `import com.azure.ai.textanalytics.TextAnalyticsClientBuilder;\nimport com.azure.core.credential.AzureKeyCredential;\n\nclass C {\n    Object c = new TextAnalyticsClientBuilder().endpoint("https://contoso.cognitiveservices.azure.us").credential(new AzureKeyCredential("${key}")).buildClient();\n}\n`,
    ],
    [
      'csharp',
      standIns.identifiableKey('iotHub'),
      (key: string) =>
        `using Microsoft.Azure.Devices;\n\nvar registry = RegistryManager.CreateFromConnectionString("HostName=contoso.azure-devices.us;SharedAccessKeyName=service;SharedAccessKey=${key}");\n`,
    ],
    [
      'typescript',
      standIns.identifiableKey('batch'),
      (key: string) =>
        `import { BatchServiceClient, BatchSharedKeyCredentials } from '@azure/batch';\n\nexport const batch = new BatchServiceClient(new BatchSharedKeyCredentials('contoso', '${key}'), 'https://contoso.usgovvirginia.batch.usgovcloudapi.net');\n`,
    ],
  ])('does not ask for a token of the public cloud for another one: %s, %#', async (languageId, key, text) => {
    expect(await fixOf(languageId, text(key), key)).toMatchObject({
      refusal: expect.stringContaining('sovereign') as string,
    });
  });

  it('keeps the key of a configuration that speech is synthesized with', async () => {
    const key = standIns.annotatedKey('ACOG');
    const text = `import azure.cognitiveservices.speech as speechsdk\n\nconfig = speechsdk.SpeechConfig(subscription="${key}", region="westeurope")\nvoice = speechsdk.SpeechSynthesizer(speech_config=config)\n`;
    expect(await fixOf('python', text, key)).toMatchObject({
      refusal: expect.stringContaining('SpeechSynthesizer') as string,
    });
  });

  it('does not take a connection string with an address of its own for servers for a plain one', async () => {
    const key = standIns.legacyKey32();
    const text = `var builder = WebApplication.CreateBuilder(args);\nbuilder.Services.AddSignalR().AddAzureSignalR("Endpoint=https://contoso.service.signalr.net;AccessKey=${key};Version=1.0;ServerEndpoint=https://inner.contoso.com");\n`;
    expect(await fixOf('csharp', text, key)).toHaveProperty('refusal');
  });

  it('names no parameter that a kernel and its services call differently', async () => {
    const key = standIns.azureOpenAIKey();
    const text = `using Microsoft.SemanticKernel;\n\nbuilder.AddAzureOpenAIEmbeddingGenerator(deploymentName: "vectors", endpoint: "https://contoso.openai.azure.com", apiKey: "${key}");\n`;
    const result = await fixOf('csharp', text, key);
    expect(result === undefined || 'refusal' in result).toBe(true);
  });

  it('cannot tell a region from an endpoint by its place', async () => {
    const key = standIns.annotatedKey('ACOG');
    const text = `using Azure;\nusing Azure.AI.Translation.Text;\n\nvar client = new TextTranslationClient(new AzureKeyCredential("${key}"), place);\n`;
    expect(await fixOf('csharp', text, key)).toMatchObject({ refusal: expect.stringContaining('region') as string });
  });
});

describe('what remains to be done', () => {
  it('names the role and the prerequisite of the product, not of all products behind one key', async () => {
    const key = standIns.annotatedKey('ACOG');
    const text = `using Microsoft.CognitiveServices.Speech;\n\nvar config = SpeechConfig.FromSubscription("${key}", "westeurope");\n`;
    const result = await fixOf('csharp', text, key);
    if (result === undefined || 'refusal' in result) throw new Error(result?.refusal ?? 'nothing offered');
    const { followUps } = result.fix;
    expect(followUps.find(({ kind }) => kind === 'grantRole')?.message).toContain('Cognitive Services Speech User');
    expect(followUps.find(({ kind }) => kind === 'setEndpoint')?.copyable).toMatch(/^AZURE_SPEECH_ENDPOINT=https:/u);
    expect(followUps.some(({ copyable }) => copyable?.includes('--custom-domain'))).toBe(true);
  });

  it('says that a search service takes no tokens until it is told to', async () => {
    const key = standIns.identifiableKey('search');
    const text = `import { AzureKeyCredential, SearchClient } from '@azure/search-documents';\n\nconst client = new SearchClient('https://contoso.search.windows.net', 'hotels', new AzureKeyCredential('${key}'));\nclient.search('x');\n`;
    const result = await fixOf('typescript', text, key);
    if (result === undefined || 'refusal' in result) throw new Error(result?.refusal ?? 'nothing offered');
    expect(result.fix.followUps.some(({ copyable }) => copyable?.includes('aadOrApiKey'))).toBe(true);
  });

  it('tells operations apart whose calls end in the same name', async () => {
    const key = standIns.azureOpenAIKey();
    const text = `import { AzureOpenAI } from 'openai';\n\nconst client = new AzureOpenAI({ endpoint: 'https://contoso.openai.azure.com', apiKey: '${key}', apiVersion: '2024-10-21' });\nclient\n  .embeddings.create({ model: 'small', input: 'x' });\nother.create();\n`;
    const result = await fixOf('typescript', text, key);
    if (result === undefined || 'refusal' in result) throw new Error(result?.refusal ?? 'nothing offered');
    const role = result.fix.followUps.find(({ kind }) => kind === 'grantRole');
    expect(role?.message).toContain('embeddings.create needs it');
    expect(role?.message).not.toContain('chat.completions');
  });

  it('warns of calls that the data roles do not allow', async () => {
    const key = standIns.identifiableKey('search');
    const text = `from azure.core.credentials import AzureKeyCredential\nfrom azure.search.documents.indexes import SearchIndexClient\n\nindexes = SearchIndexClient("https://contoso.search.windows.net", AzureKeyCredential("${key}"))\nindexes.create_index(hotels)\n`;
    const result = await fixOf('python', text, key);
    if (result === undefined || 'refusal' in result) throw new Error(result?.refusal ?? 'nothing offered');
    expect(result.fix.followUps.some(({ message }) => message.includes('Search Service Contributor'))).toBe(true);
  });
});
