import { aiSpeechClients, aiSpeechGuides, aiSpeechKeyOnly } from './clients/ai-speech.ts';
import { cognitiveServices, cognitiveServicesUser } from './clients/ai-services-forms.ts';
import type { Service } from './service.ts';

/** Its keys are those of any Azure AI services resource: see ai-services.ts. */
export const speech: Service = {
  ...cognitiveServices,
  id: 'ai-speech',
  name: 'Azure AI Speech',
  documentation: 'https://learn.microsoft.com/azure/ai-services/speech-service/how-to-configure-azure-ad-auth',
  clients: aiSpeechClients,
  guided: aiSpeechGuides,
  keyOnly: aiSpeechKeyOnly,
  operations: [
    {
      languages: {
        typescript: ['recognizeOnceAsync', 'startContinuousRecognitionAsync'],
        python: ['recognize_once', 'recognize_once_async', 'start_continuous_recognition'],
        csharp: ['RecognizeOnceAsync', 'StartContinuousRecognitionAsync'],
        java: ['recognizeOnceAsync', 'startContinuousRecognitionAsync'],
        go: ['RecognizeOnceAsync', 'StartContinuousRecognitionAsync'],
      },
      dataActions: ['Microsoft.CognitiveServices/accounts/SpeechServices/unified-speech/frontend/action'],
    },
  ],
  roles: [
    {
      name: 'Cognitive Services Speech User',
      id: 'f2dc8367-1007-4938-bd23-fe263f013447',
      grants: 'recognizes and synthesizes speech',
    },
    cognitiveServicesUser,
  ],
};
