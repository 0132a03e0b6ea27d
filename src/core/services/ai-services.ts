import { assignmentOf } from '../secrets/assignment.ts';
import { around, hostNear } from '../secrets/connection-string-key.ts';
import { cognitiveServiceOf } from '../secrets/cognitive-keys.ts';
import { sixteenBytesInHex } from '../secrets/grading.ts';
import { annotatedKeyPattern } from '../secrets/identifiable-key-patterns.ts';
import { isFiller } from '../secrets/placeholder.ts';
import type { CredentialFormat, Service } from './service.ts';

const resourceHost =
  /(?<![a-z0-9-])([a-z0-9-]+)\.(?:cognitiveservices\.azure\.(?:com|us|cn)|api\.cognitive\.microsoft\.(?:com|us)|cognitive\.microsofttranslator\.com|(?:stt|tts)\.speech\.microsoft\.com)/iu;
/** The services behind the one kind of key, by the names of their settings, clients and addresses. */
const kinds =
  /speech|vision|(?<![a-z])face(?:api|_|client|-)|translat|text_?analytics|language_?(?:service|key|endpoint|api)|cognitive_?services?|form_?recognizer|document_?intelligence|content_?(?:safety|moderator|understanding)|(?<![a-z])luis|qna_?maker|anomaly_?detector|immersive_?reader|personalizer|bing_?(?:search|maps)/iu;
const openAi = /open_?ai/iu;
const name =
  '(?:speech|vision|face|translat(?:or|ion)|text_?analytics|language|cognitive(?:_?services?)?|form_?recognizer|document_?intelligence|content_?(?:safety|moderator|understanding)|luis|qna_?maker|anomaly_?detector|personalizer|bing(?:_?search)?)[\\w.:-]{0,40}key\\d?';

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'ai-services-key',
    title: 'Azure AI services key',
    message:
      'An Azure AI services key (Speech, Vision, Language, Translator and others)[, for {kind},][ of {resource}] is embedded here[ ({note})].',
    leak: 'Whoever reads it can use every API of the resource at your cost, and read what is stored in it: custom models, their training data, recognized faces.',
    remedy:
      'Use the resource’s own host name with DefaultAzureCredential, grant Cognitive Services User, regenerate the key, then set disableLocalAuth to true.',
    severity: 'error',
    keywords: [
      'JQQJ9',
      'cognitiveservices',
      'cognitive.microsoft',
      'speech.microsoft.com',
      'microsofttranslator',
      'speech_key',
      'speechkey',
      'vision_key',
      'visionkey',
      'translator',
      'text_analytics',
      'textanalytics',
      'language_key',
      'cognitive_services',
      'form_recognizer',
      'formrecognizer',
      'document_intelligence',
      'documentintelligence',
      'content_safety',
      'contentsafety',
      'speechconfig',
      'ocp-apim',
    ],
    patterns: [
      {
        ...annotatedKeyPattern('ACOG'),
        grade(match) {
          const before = around(match, 140);
          const kind = cognitiveServiceOf(match.secret);
          if (
            kind === undefined &&
            (openAi.test(before) || !(kinds.test(before) || hostNear(match, resourceHost) !== undefined))
          )
            return undefined;
          return annotatedKeyPattern('ACOG', each => ({ kind, resource: hostNear(each, resourceHost) })).grade(match);
        },
      },
      {
        hint: sixteenBytesInHex,
        regex: assignmentOf(
          `${name}|ocp-apim-subscription-key|(?:subscription|api)_?key|fromSubscription|speech_?config(?:\\s?\\(\\s{0,16}subscription)?|(?:Azure|Api)?KeyCredential|CognitiveServicesCredentials|ApiKeyServiceClientCredentials|(?<![\\w.-])key`,
          '[a-f0-9]{32}',
        ),
        grade(match) {
          if (isFiller(match.secret)) return undefined;
          const found = match.groups['name'] ?? '';
          const named =
            kinds.test(found) || /fromSubscription|speech|CognitiveServices|ServiceClientCredentials/iu.test(found);
          const hosted = match.mentions(resourceHost);
          if (openAi.test(found)) return undefined;
          if (/^key$/iu.test(found))
            return hostNear(match, resourceHost) === undefined
              ? undefined
              : { severity: 'error', confidence: 'medium', args: { resource: hostNear(match, resourceHost) } };
          const ofSpeechSdk = /speech(?:sdk|config)\W/iu.test(around(match, 40));
          // A name alone fits others' services too; the file must speak of Azure or of a client of these services.
          if (
            named ? !hosted && !ofSpeechSdk && !match.mentions(/azure|cognitive|microsoft|speech_?region/iu) : !hosted
          )
            return undefined;
          return { severity: 'error', confidence: 'medium', args: { resource: hostNear(match, resourceHost) } };
        },
      },
    ],
    examples: {
      found: [
        { languageId: 'dotenv', text: s => `SPEECH_KEY=«${s.annotatedKey('ACOG')}»` },
        {
          languageId: 'csharp',
          text: s =>
            `new DocumentIntelligenceClient(new Uri("https://contoso.cognitiveservices.azure.com/"), new AzureKeyCredential("«${s.annotatedKey('ACOG')}»"))`,
        },
        { languageId: 'plaintext', text: s => `key: «${s.annotatedKey('ACOG', 'AAAL')}»` },
        { languageId: 'dotenv', text: s => `AZURE_TRANSLATOR_KEY=«${s.legacyHexKey()}»` },
        {
          languageId: 'http',
          text: s =>
            `POST https://westus.api.cognitive.microsoft.com/vision/v3.2/analyze\nOcp-Apim-Subscription-Key: «${s.legacyHexKey()}»`,
        },
        {
          languageId: 'typescript',
          text: s =>
            `import * as sdk from 'microsoft-cognitiveservices-speech-sdk';\nsdk.SpeechConfig.fromSubscription('«${s.legacyHexKey()}»', 'westus');`,
        },
        {
          languageId: 'yaml',
          severity: 'warning',
          text: s => `visionKey: «${s.annotatedKey('ACOG').replace(/^./u, first => (first === 'a' ? 'b' : 'a'))}»`,
        },
      ],
      silent: [
        { languageId: 'http', text: () => 'Ocp-Apim-Subscription-Key: {subscription-key}', why: 'placeholder' },
        {
          languageId: 'typescript',
          text: s => `// cognitiveservices\nconst etag = "${s.legacyHexKey()}";`,
          why: 'not a key by its name',
        },
        { languageId: 'dotenv', text: () => `SPEECH_KEY=${'0'.repeat(32)} # azure`, why: 'filler' },
        {
          languageId: 'python',
          text: s => `# content_safety\nvision_cache_key = "${s.legacyHexKey()}"`,
          why: 'nothing speaks of Azure',
        },
      ],
    },
  },
];

export const aiServices: Service = {
  id: 'ai-services',
  name: 'Azure AI services',
  documentation: 'https://learn.microsoft.com/azure/ai-services/authentication',
  credentials,
  settings: [],
  template: {
    type: 'Microsoft.CognitiveServices/accounts',
    kind: /^(?!OpenAI$)/iu,
    terraform: {
      types: ['azurerm_cognitive_account', 'azurerm_ai_services'],
      secrets: ['primary_access_key', 'secondary_access_key'],
    },
    endpoint: {
      bicep: '$.properties.endpoint',
      arm: "reference($id, '2023-05-01').endpoint",
      terraform: '$.endpoint',
    },
    grants: ['a97b65f3-24c7-4388-baec-2e87135dc908'],
  },
  operations: [],
  roles: [
    {
      name: 'Cognitive Services User',
      id: 'a97b65f3-24c7-4388-baec-2e87135dc908',
      grants: 'calls every API of the resource',
    },
  ],
  rotation: {
    command:
      'az cognitiveservices account keys regenerate --resource-group <resource-group> --name <name> --key-name key1',
  },
  keysOff: {
    resourceType: 'Microsoft.CognitiveServices/accounts',
    property: 'disableLocalAuth',
    value: true,
    terraform: { resource: 'azurerm_cognitive_account', property: 'local_auth_enabled', value: false },
  },
  clients: [],
};
