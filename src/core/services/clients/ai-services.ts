import type { ClientMigration } from '../service.ts';
import { fromKey } from './ai-services-forms.ts';
import { aiSpeechClients } from './ai-speech.ts';
import { aiTranslatorClients } from './ai-translator.ts';
import { withSample, type Sample } from './sample-file.ts';

const sample: Sample = {
  secret: standIns => standIns.annotatedKey('ACOG'),
  values: { URL: `'https://contoso-docs.cognitiveservices.azure.com'` },
};
const doubleQuoted: Sample = { ...sample, values: { URL: '"https://contoso-docs.cognitiveservices.azure.com"' } };
const withUri: Sample = { ...sample, values: { URL: 'new Uri("https://contoso-docs.cognitiveservices.azure.com")' } };
const withBuilder: Sample = {
  ...sample,
  build: 'endpoint("https://contoso-docs.cognitiveservices.azure.com").buildClient',
};

const typescriptClasses = [
  ['@azure/ai-form-recognizer', 'DocumentAnalysisClient'],
  ['@azure/ai-form-recognizer', 'DocumentModelAdministrationClient'],
  ['@azure/ai-text-analytics', 'TextAnalyticsClient'],
  ['@azure/ai-language-text', 'TextAnalysisClient'],
] as const;

/** Functions that the packages of generated REST clients export by default. */
const typescriptFunctions = [
  ['@azure-rest/ai-document-intelligence', 'DocumentIntelligence'],
  ['@azure-rest/ai-content-safety', 'ContentSafetyClient'],
  ['@azure-rest/ai-vision-image-analysis', 'createImageAnalysisClient'],
] as const;

const pythonClients = [
  ['azure.ai.formrecognizer', 'azure-ai-formrecognizer', 'DocumentAnalysisClient'],
  ['azure.ai.formrecognizer', 'azure-ai-formrecognizer', 'DocumentModelAdministrationClient'],
  ['azure.ai.formrecognizer', 'azure-ai-formrecognizer', 'FormRecognizerClient'],
  ['azure.ai.formrecognizer', 'azure-ai-formrecognizer', 'FormTrainingClient'],
  ['azure.ai.documentintelligence', 'azure-ai-documentintelligence', 'DocumentIntelligenceClient'],
  ['azure.ai.documentintelligence', 'azure-ai-documentintelligence', 'DocumentIntelligenceAdministrationClient'],
  ['azure.ai.textanalytics', 'azure-ai-textanalytics', 'TextAnalyticsClient'],
  ['azure.ai.language.conversations', 'azure-ai-language-conversations', 'ConversationAnalysisClient'],
  ['azure.ai.language.questionanswering', 'azure-ai-language-questionanswering', 'QuestionAnsweringClient'],
  ['azure.ai.vision.imageanalysis', 'azure-ai-vision-imageanalysis', 'ImageAnalysisClient'],
  ['azure.ai.vision.face', 'azure-ai-vision-face', 'FaceClient'],
  ['azure.ai.contentsafety', 'azure-ai-contentsafety', 'ContentSafetyClient'],
  ['azure.ai.contentsafety', 'azure-ai-contentsafety', 'BlocklistClient'],
] as const;

const csharpClients = [
  ['Azure.AI.FormRecognizer.DocumentAnalysis', 'Azure.AI.FormRecognizer', 'DocumentAnalysisClient'],
  ['Azure.AI.FormRecognizer.DocumentAnalysis', 'Azure.AI.FormRecognizer', 'DocumentModelAdministrationClient'],
  ['Azure.AI.DocumentIntelligence', 'Azure.AI.DocumentIntelligence', 'DocumentIntelligenceClient'],
  ['Azure.AI.DocumentIntelligence', 'Azure.AI.DocumentIntelligence', 'DocumentIntelligenceAdministrationClient'],
  ['Azure.AI.TextAnalytics', 'Azure.AI.TextAnalytics', 'TextAnalyticsClient'],
  ['Azure.AI.Language.Conversations', 'Azure.AI.Language.Conversations', 'ConversationAnalysisClient'],
  ['Azure.AI.Language.QuestionAnswering', 'Azure.AI.Language.QuestionAnswering', 'QuestionAnsweringClient'],
  ['Azure.AI.Vision.ImageAnalysis', 'Azure.AI.Vision.ImageAnalysis', 'ImageAnalysisClient'],
  ['Azure.AI.Vision.Face', 'Azure.AI.Vision.Face', 'FaceClient'],
  ['Azure.AI.ContentSafety', 'Azure.AI.ContentSafety', 'ContentSafetyClient'],
  ['Azure.AI.ContentSafety', 'Azure.AI.ContentSafety', 'BlocklistClient'],
] as const;

const javaBuilders = [
  ['com.azure.ai.formrecognizer.documentanalysis', 'azure-ai-formrecognizer', 'DocumentAnalysisClientBuilder'],
  ['com.azure.ai.documentintelligence', 'azure-ai-documentintelligence', 'DocumentIntelligenceClientBuilder'],
  [
    'com.azure.ai.documentintelligence',
    'azure-ai-documentintelligence',
    'DocumentIntelligenceAdministrationClientBuilder',
  ],
  ['com.azure.ai.textanalytics', 'azure-ai-textanalytics', 'TextAnalyticsClientBuilder'],
  ['com.azure.ai.vision.imageanalysis', 'azure-ai-vision-imageanalysis', 'ImageAnalysisClientBuilder'],
  ['com.azure.ai.vision.face', 'azure-ai-vision-face', 'FaceClientBuilder'],
  ['com.azure.ai.contentsafety', 'azure-ai-contentsafety', 'ContentSafetyClientBuilder'],
  ['com.azure.ai.contentsafety', 'azure-ai-contentsafety', 'BlocklistClientBuilder'],
] as const;

export const aiServicesClients: readonly ClientMigration[] = [
  ...typescriptClasses.map(([module, client]) =>
    withSample(
      {
        ...fromKey,
        language: 'typescript',
        module,
        package: module,
        before: `new ${client}($URL, new AzureKeyCredential($KEY), $$$OPTIONS)`,
        after: `new ${client}($URL, $CREDENTIAL, $$$OPTIONS)`,
      },
      sample,
    ),
  ),
  ...typescriptFunctions.flatMap(([module, create]) =>
    ['{ key: $KEY }', 'new AzureKeyCredential($KEY)'].map(key =>
      withSample(
        {
          ...fromKey,
          language: 'typescript',
          module,
          package: module,
          defaultExport: true,
          before: `${create}($URL, ${key}, $$$OPTIONS)`,
          after: `${create}($URL, $CREDENTIAL, $$$OPTIONS)`,
        },
        sample,
      ),
    ),
  ),
  ...pythonClients.map(([module, name, client]) =>
    withSample(
      {
        ...fromKey,
        language: 'python',
        module,
        package: name,
        before: `${client}(endpoint=$URL, credential=AzureKeyCredential($KEY), $$$OPTIONS)`,
        after: `${client}(endpoint=$URL, credential=$CREDENTIAL, $$$OPTIONS)`,
      },
      doubleQuoted,
    ),
  ),
  ...csharpClients.map(([module, name, client]) =>
    withSample(
      {
        ...fromKey,
        language: 'csharp',
        module,
        package: name,
        before: `new ${client}(endpoint: $URL, credential: new AzureKeyCredential($KEY), $$$OPTIONS)`,
        after: `new ${client}(endpoint: $URL, credential: $CREDENTIAL, $$$OPTIONS)`,
      },
      withUri,
    ),
  ),
  ...javaBuilders.flatMap(([module, name, builder]) =>
    ['AzureKeyCredential', 'KeyCredential'].map(key =>
      withSample(
        {
          ...fromKey,
          language: 'java',
          module,
          package: `com.azure:${name}`,
          before: `new ${builder}().credential(new ${key}($KEY)).$$$CALLS()`,
          after: `new ${builder}().credential($CREDENTIAL).$$$CALLS()`,
        },
        withBuilder,
      ),
    ),
  ),
  ...aiSpeechClients,
  ...aiTranslatorClients,
];
