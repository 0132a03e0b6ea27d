import { languageClients } from './clients/ai-services.ts';
import { cognitiveServices, cognitiveServicesUser } from './clients/ai-services-forms.ts';
import type { Service } from './service.ts';

/** Its keys are those of any Azure AI services resource: see ai-services.ts. */
export const language: Service = {
  ...cognitiveServices,
  id: 'ai-language',
  name: 'Azure AI Language',
  documentation: 'https://learn.microsoft.com/azure/ai-services/language-service/concepts/role-based-access-control',
  clients: languageClients,
  sdk: { go: 'none' },
  operations: [
    {
      languages: {
        typescript: ['analyzeSentiment', 'detectLanguage', 'extractKeyPhrases', 'recognizeEntities', 'analyze'],
        python: [
          'analyze_sentiment',
          'detect_language',
          'extract_key_phrases',
          'recognize_entities',
          'recognize_pii_entities',
        ],
        csharp: [
          'AnalyzeSentiment',
          'AnalyzeSentimentAsync',
          'DetectLanguageAsync',
          'ExtractKeyPhrasesAsync',
          'RecognizeEntitiesAsync',
          'RecognizePiiEntitiesAsync',
        ],
        java: ['analyzeSentiment', 'detectLanguage', 'extractKeyPhrases', 'recognizeEntities', 'recognizePiiEntities'],
      },
      dataActions: ['Microsoft.CognitiveServices/accounts/Language/analyze-text/action'],
    },
  ],
  roles: [
    {
      name: 'Cognitive Services Language Reader',
      id: '7628b7b8-a8b2-4cdc-b46f-e9b35248918e',
      grants: 'analyzes text and reads projects',
    },
    cognitiveServicesUser,
  ],
};
