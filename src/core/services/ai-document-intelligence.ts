import { documentIntelligenceClients } from './clients/ai-services.ts';
import { cognitiveServices, cognitiveServicesUser } from './clients/ai-services-forms.ts';
import type { Service } from './service.ts';

/** Its keys are those of any Azure AI services resource: see ai-services.ts. */
export const documentIntelligence: Service = {
  ...cognitiveServices,
  id: 'ai-document-intelligence',
  name: 'Azure AI Document Intelligence',
  documentation:
    'https://learn.microsoft.com/azure/ai-services/document-intelligence/authentication/managed-identities',
  clients: documentIntelligenceClients,
  sdk: { go: 'none' },
  operations: [
    {
      languages: {
        typescript: ['beginAnalyzeDocument', 'beginAnalyzeDocumentFromUrl'],
        python: ['begin_analyze_document', 'begin_analyze_document_from_url'],
        csharp: ['AnalyzeDocument', 'AnalyzeDocumentAsync', 'AnalyzeDocumentFromUri', 'AnalyzeDocumentFromUriAsync'],
        java: ['beginAnalyzeDocument', 'beginAnalyzeDocumentFromUrl'],
      },
      dataActions: ['Microsoft.CognitiveServices/accounts/FormRecognizer/documentmodels:analyze/action'],
    },
  ],
  roles: [cognitiveServicesUser],
};
