import { aiTranslatorClients, aiTranslatorGuides } from './clients/ai-translator.ts';
import { cognitiveServices, cognitiveServicesUser } from './clients/ai-services-forms.ts';
import type { Service } from './service.ts';

/** Its keys are those of any Azure AI services resource: see ai-services.ts. */
export const translator: Service = {
  ...cognitiveServices,
  id: 'ai-translator',
  name: 'Azure AI Translator',
  documentation: 'https://learn.microsoft.com/azure/ai-services/translator/how-to/microsoft-entra-id-auth',
  clients: aiTranslatorClients,
  guided: aiTranslatorGuides,
  sdk: { go: 'none' },
  operations: [],
  roles: [cognitiveServicesUser],
};
