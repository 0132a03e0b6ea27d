import type { ClientExample, ClientMigration } from '../service.ts';
import { keyRegistration } from './azure-clients.ts';
import { fromKey } from './ai-services-forms.ts';
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

/** First versions whose clients take a token credential, of packages that had others before. */
const firstWithTokens: Readonly<Record<string, string>> = {
  'azure-ai-language-questionanswering': '1.1.0',
  'Azure.AI.Language.QuestionAnswering': '1.1.0',
};

/** Clients that `AddAzureClients` can register by an endpoint alone. */
const registered = new Set([
  'DocumentAnalysisClient',
  'DocumentIntelligenceClient',
  'DocumentIntelligenceAdministrationClient',
  'TextAnalyticsClient',
  'ContentSafetyClient',
  'ImageAnalysisClient',
]);

/** CommonJS, the key in a constant with the name of the member. */
function requiredByDefault(module: string): ClientExample {
  return {
    languageId: 'javascript',
    before: standIns => `const createClient = require("${module}").default;

const key = "${standIns.annotatedKey('ACOG')}";
const client = createClient(process.env.AI_ENDPOINT ?? "", { key }, { allowInsecureConnection: false });

module.exports = { client };
`,
    after: `const createClient = require("${module}").default;
const { DefaultAzureCredential } = require("@azure/identity");

const client = createClient(process.env.AI_ENDPOINT ?? "", new DefaultAzureCredential(), { allowInsecureConnection: false });

module.exports = { client };
`,
  };
}

export const documentIntelligenceClients: readonly ClientMigration[] = clientsOf({
  typescript: [
    ['@azure/ai-form-recognizer', 'DocumentAnalysisClient'],
    ['@azure/ai-form-recognizer', 'DocumentModelAdministrationClient'],
  ],
  typescriptFunctions: [['@azure-rest/ai-document-intelligence', 'DocumentIntelligence']],
  python: [
    ['azure.ai.formrecognizer', 'DocumentAnalysisClient'],
    ['azure.ai.formrecognizer', 'DocumentModelAdministrationClient'],
    ['azure.ai.formrecognizer', 'FormRecognizerClient'],
    ['azure.ai.formrecognizer', 'FormTrainingClient'],
    ['azure.ai.documentintelligence', 'DocumentIntelligenceClient'],
    ['azure.ai.documentintelligence', 'DocumentIntelligenceAdministrationClient'],
  ],
  csharp: [
    ['Azure.AI.FormRecognizer.DocumentAnalysis', 'DocumentAnalysisClient', 'Azure.AI.FormRecognizer'],
    ['Azure.AI.FormRecognizer.DocumentAnalysis', 'DocumentModelAdministrationClient', 'Azure.AI.FormRecognizer'],
    ['Azure.AI.DocumentIntelligence', 'DocumentIntelligenceClient'],
    ['Azure.AI.DocumentIntelligence', 'DocumentIntelligenceAdministrationClient'],
  ],
  java: [
    ['com.azure.ai.formrecognizer.documentanalysis', 'azure-ai-formrecognizer', 'DocumentAnalysisClientBuilder'],
    ['com.azure.ai.documentintelligence', 'azure-ai-documentintelligence', 'DocumentIntelligenceClientBuilder'],
    [
      'com.azure.ai.documentintelligence',
      'azure-ai-documentintelligence',
      'DocumentIntelligenceAdministrationClientBuilder',
    ],
  ],
});

export const languageClients: readonly ClientMigration[] = clientsOf({
  typescript: [
    ['@azure/ai-text-analytics', 'TextAnalyticsClient'],
    ['@azure/ai-language-text', 'TextAnalysisClient'],
  ],
  python: [
    ['azure.ai.textanalytics', 'TextAnalyticsClient'],
    ['azure.ai.language.conversations', 'ConversationAnalysisClient'],
    ['azure.ai.language.questionanswering', 'QuestionAnsweringClient'],
  ],
  csharp: [
    ['Azure.AI.TextAnalytics', 'TextAnalyticsClient'],
    ['Azure.AI.Language.Conversations', 'ConversationAnalysisClient'],
    ['Azure.AI.Language.QuestionAnswering', 'QuestionAnsweringClient'],
  ],
  java: [['com.azure.ai.textanalytics', 'azure-ai-textanalytics', 'TextAnalyticsClientBuilder']],
});

export const visionClients: readonly ClientMigration[] = clientsOf({
  typescriptFunctions: [['@azure-rest/ai-vision-image-analysis', 'createImageAnalysisClient']],
  python: [
    ['azure.ai.vision.imageanalysis', 'ImageAnalysisClient'],
    ['azure.ai.vision.face', 'FaceClient'],
  ],
  csharp: [
    ['Azure.AI.Vision.ImageAnalysis', 'ImageAnalysisClient'],
    ['Azure.AI.Vision.Face', 'FaceClient'],
  ],
  java: [
    ['com.azure.ai.vision.imageanalysis', 'azure-ai-vision-imageanalysis', 'ImageAnalysisClientBuilder'],
    ['com.azure.ai.vision.face', 'azure-ai-vision-face', 'FaceClientBuilder'],
  ],
});

export const contentSafetyClients: readonly ClientMigration[] = clientsOf({
  typescriptFunctions: [['@azure-rest/ai-content-safety', 'ContentSafetyClient']],
  python: [
    ['azure.ai.contentsafety', 'ContentSafetyClient'],
    ['azure.ai.contentsafety', 'BlocklistClient'],
  ],
  csharp: [
    ['Azure.AI.ContentSafety', 'ContentSafetyClient'],
    ['Azure.AI.ContentSafety', 'BlocklistClient'],
  ],
  java: [
    ['com.azure.ai.contentsafety', 'azure-ai-contentsafety', 'ContentSafetyClientBuilder'],
    ['com.azure.ai.contentsafety', 'azure-ai-contentsafety', 'BlocklistClientBuilder'],
  ],
});

/** Clients of one product that take an endpoint and a key credential; the keyless form differs in the credential alone. */
interface KeyCredentialClients {
  /** Module and class. */
  readonly typescript?: readonly (readonly [module: string, client: string])[];
  /** Modules of generated REST clients, with a name for the function that they export by default. */
  readonly typescriptFunctions?: readonly (readonly [module: string, create: string])[];
  readonly python: readonly (readonly [module: string, client: string])[];
  /** The package is called like the namespace unless told otherwise. */
  readonly csharp: readonly (readonly [namespace: string, client: string, packageName?: string])[];
  readonly java: readonly (readonly [module: string, artifact: string, builder: string])[];
}

function since(name: string): { readonly since?: string } {
  const version = firstWithTokens[name];
  return version === undefined ? {} : { since: version };
}

function clientsOf({
  typescript = [],
  typescriptFunctions = [],
  python,
  csharp,
  java,
}: KeyCredentialClients): ClientMigration[] {
  return [
    ...typescript.map(([module, client]) =>
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
          key.startsWith('{') ? [requiredByDefault(module)] : [],
        ),
      ),
    ),
    ...python.map(([module, client]) =>
      withSample(
        {
          ...fromKey,
          language: 'python',
          module,
          package: module.replaceAll('.', '-'),
          ...since(module.replaceAll('.', '-')),
          before: `${client}(endpoint=$URL, credential=AzureKeyCredential($KEY), $$$OPTIONS)`,
          after: `${client}(endpoint=$URL, credential=$CREDENTIAL, $$$OPTIONS)`,
        },
        doubleQuoted,
      ),
    ),
    ...csharp
      .filter(([, client]) => registered.has(client))
      .map(([module, client, packageName = module]) =>
        keyRegistration(fromKey, {
          package: packageName,
          method: `Add${client}`,
          endpoint: 'https://contoso-docs.cognitiveservices.azure.com',
          key: sample.secret,
        }),
      ),
    ...csharp.map(([module, client, packageName = module]) =>
      withSample(
        {
          ...fromKey,
          language: 'csharp',
          module,
          package: packageName,
          ...since(packageName),
          before: `new ${client}(endpoint: $URL, credential: new AzureKeyCredential($KEY), $$$OPTIONS)`,
          after: `new ${client}(endpoint: $URL, credential: $CREDENTIAL, $$$OPTIONS)`,
        },
        withUri,
      ),
    ),
    ...java.flatMap(([module, artifact, builder]) =>
      ['AzureKeyCredential', 'KeyCredential'].map(key =>
        withSample(
          {
            ...fromKey,
            language: 'java',
            module,
            package: `com.azure:${artifact}`,
            before: `new ${builder}().credential(new ${key}($KEY)).$$$CALLS()`,
            after: `new ${builder}().credential($CREDENTIAL).$$$CALLS()`,
          },
          withBuilder,
        ),
      ),
    ),
  ];
}
