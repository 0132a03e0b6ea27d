import type { CredentialFormat, Service } from './service.ts';

const credentials: readonly CredentialFormat[] = [];

export const azureOpenAI: Service = {
  id: 'azure-openai',
  name: 'Azure OpenAI',
  documentation: 'https://learn.microsoft.com/azure/ai-foundry/openai/how-to/managed-identity',
  credentials,
  settings: [],
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
  keysOff: {
    resourceType: 'Microsoft.CognitiveServices/accounts',
    property: 'disableLocalAuth',
    value: true,
    terraform: { resource: 'azurerm_cognitive_account', property: 'local_auth_enabled', value: false },
  },
  clients: [],
};
