import { visionClients } from './clients/ai-services.ts';
import { visionGuides } from './clients/ai-vision-guides.ts';
import { cognitiveServices, cognitiveServicesUser } from './clients/ai-services-forms.ts';
import type { Service } from './service.ts';

/** Its keys are those of any Azure AI services resource: see ai-services.ts. */
export const vision: Service = {
  ...cognitiveServices,
  id: 'ai-vision',
  name: 'Azure AI Vision',
  documentation: 'https://learn.microsoft.com/azure/ai-services/authentication',
  clients: visionClients,
  guided: visionGuides,
  sdk: { go: 'none' },
  operations: [
    {
      languages: {
        python: ['analyze', 'analyze_from_url'],
        csharp: ['Analyze', 'AnalyzeAsync'],
        java: ['analyze', 'analyzeFromUrl'],
      },
      dataActions: ['Microsoft.CognitiveServices/accounts/ComputerVision/imageanalysis:analyze/action'],
    },
  ],
  roles: [cognitiveServicesUser],
};
