import { contentSafetyClients } from './clients/ai-services.ts';
import { cognitiveServices, cognitiveServicesUser } from './clients/ai-services-forms.ts';
import type { Service } from './service.ts';

/** Its keys are those of any Azure AI services resource: see ai-services.ts. */
export const contentSafety: Service = {
  ...cognitiveServices,
  id: 'ai-content-safety',
  name: 'Azure AI Content Safety',
  documentation: 'https://learn.microsoft.com/azure/ai-services/content-safety/overview',
  clients: contentSafetyClients,
  sdk: { go: 'none' },
  operations: [
    {
      languages: {
        python: ['analyze_text'],
        csharp: ['AnalyzeText', 'AnalyzeTextAsync'],
        java: ['analyzeText'],
      },
      dataActions: ['Microsoft.CognitiveServices/accounts/ContentSafety/text:analyze/action'],
    },
    {
      languages: {
        python: ['analyze_image'],
        csharp: ['AnalyzeImage', 'AnalyzeImageAsync'],
        java: ['analyzeImage'],
      },
      dataActions: ['Microsoft.CognitiveServices/accounts/ContentSafety/image:analyze/action'],
    },
  ],
  roles: [cognitiveServicesUser],
};
