import { AzureKeyCredential, SearchClient } from '@azure/search-documents';
import { AzureOpenAI } from 'openai';

export interface Passage {
  readonly id: string;
  readonly text: string;
}

// One client of each kind serves all requests.
export const passages = new SearchClient<Passage>(
  'https://contoso-help.search.windows.net',
  'passages',
  new AzureKeyCredential('@@identifiableKey search@@'),
);

export const model = new AzureOpenAI({
  endpoint: 'https://contoso-help.openai.azure.com',
  apiKey: '@@azureOpenAIKey@@',
  apiVersion: '2024-10-21',
  deployment: 'gpt-4o', // the small one is too terse
});
