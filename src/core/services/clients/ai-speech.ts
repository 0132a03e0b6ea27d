import type { ClientMigration, GuidedClient, KeyBoundCalls } from '../service.ts';
import { speechEndpoint } from './ai-services-forms.ts';
import { withSample, type Sample } from './sample-file.ts';

const secret = { capture: 'KEY', form: 'key' } as const;
const shared = { secret, endpoint: { from: 'setting', setting: speechEndpoint } } as const;

const sample: Sample = { secret: standIns => standIns.annotatedKey('ACOG'), values: { REGION: `'westeurope'` } };
const doubleQuoted: Sample = { ...sample, values: { REGION: '"westeurope"' } };

const typescript = {
  ...shared,
  language: 'typescript',
  module: 'microsoft-cognitiveservices-speech-sdk',
  package: 'microsoft-cognitiveservices-speech-sdk',
  since: '1.44.0',
} as const;
const csharp = {
  ...shared,
  language: 'csharp',
  module: 'Microsoft.CognitiveServices.Speech',
  package: 'Microsoft.CognitiveServices.Speech',
  since: '1.43.0',
} as const;
const java = {
  ...shared,
  language: 'java',
  package: 'com.microsoft.cognitiveservices.speech:client-sdk',
  imports: { URI: 'java.net' },
  since: '1.45.0',
} as const;

/** A key goes with a region, a token with the resource's own endpoint, which nothing in the code says. */
export const aiSpeechClients: readonly ClientMigration[] = [
  ...['SpeechConfig', 'SpeechTranslationConfig'].map(config =>
    withSample(
      {
        ...typescript,
        before: `${config}.fromSubscription($KEY, $REGION)`,
        after: `${config}.fromEndpoint(new URL($SETTING), $CREDENTIAL)`,
      },
      { ...sample, values: { ...sample.values, SETTING: 'process.env.AZURE_SPEECH_ENDPOINT!' } },
      [
        {
          languageId: 'javascript',
          cursor: 'SPEECH_KEY',
          before: () => `const sdk = require("microsoft-cognitiveservices-speech-sdk");

const region = "westeurope";
const speechConfig = sdk.${config}.fromSubscription(process.env.SPEECH_KEY ?? "", region);
speechConfig.speechRecognitionLanguage = "nl-NL";
`,
          after: `const { DefaultAzureCredential } = require("@azure/identity");
const sdk = require("microsoft-cognitiveservices-speech-sdk");

const speechConfig = sdk.${config}.fromEndpoint(new URL(process.env.AZURE_SPEECH_ENDPOINT ?? ''), new DefaultAzureCredential());
speechConfig.speechRecognitionLanguage = "nl-NL";
`,
        },
      ],
    ),
  ),
  withSample(
    {
      ...typescript,
      endpoint: { from: 'capture' },
      before: 'SpeechConfig.fromEndpoint($URL, $KEY)',
      after: 'SpeechConfig.fromEndpoint($URL, $CREDENTIAL)',
    },
    { ...sample, values: { URL: `new URL('https://contoso-voice.cognitiveservices.azure.com/')` } },
  ),
  ...(
    [
      ['SpeechConfig', 'azure.cognitiveservices.speech'],
      ['SpeechTranslationConfig', 'azure.cognitiveservices.speech.translation'],
    ] as const
  ).map(([config, module]): ClientMigration => ({
    ...shared,
    language: 'python',
    module,
    package: 'azure-cognitiveservices-speech',
    since: '1.45.0',
    before: `${config}(subscription=$KEY, region=$REGION, $$$OPTIONS)`,
    after: `${config}(token_credential=$CREDENTIAL, endpoint=$SETTING, $$$OPTIONS)`,
    examples: [
      {
        before: standIns => `import os

import ${module} as speech

SPEECH_KEY = "${standIns.annotatedKey('ACOG')}"


def recognizer_config(region: str):
    config = speech.${config}(subscription=SPEECH_KEY, region=region)
    config.speech_recognition_language = os.environ.get("LANGUAGE", "nl-NL")
    return config
`,
        after: `import os

import ${module} as speech
from azure.identity import DefaultAzureCredential

credential = DefaultAzureCredential()


def recognizer_config(region: str):
    config = speech.${config}(token_credential=credential, endpoint=os.environ["AZURE_SPEECH_ENDPOINT"])
    config.speech_recognition_language = os.environ.get("LANGUAGE", "nl-NL")
    return config
`,
      },
    ],
  })),
  ...['SpeechConfig', 'SpeechTranslationConfig'].map(config =>
    withSample(
      {
        ...csharp,
        before: `${config}.FromSubscription(subscriptionKey: $KEY, region: $REGION)`,
        after: `${config}.FromEndpoint(endpoint: new Uri($SETTING), credential: $CREDENTIAL)`,
        imports: { Uri: 'System' },
      },
      {
        ...doubleQuoted,
        values: { ...doubleQuoted.values, SETTING: 'Environment.GetEnvironmentVariable("AZURE_SPEECH_ENDPOINT")' },
      },
    ),
  ),
  ...(
    [
      ['SpeechConfig', 'com.microsoft.cognitiveservices.speech'],
      ['SpeechTranslationConfig', 'com.microsoft.cognitiveservices.speech.translation'],
    ] as const
  ).map(([config, module]) =>
    withSample(
      {
        ...java,
        module,
        before: `${config}.fromSubscription($KEY, $REGION)`,
        after: `${config}.fromEndpoint(URI.create($SETTING), $CREDENTIAL)`,
      },
      {
        ...doubleQuoted,
        values: { ...doubleQuoted.values, SETTING: 'System.getenv("AZURE_SPEECH_ENDPOINT")' },
        importsAfter: ['import java.net.URI;'],
      },
    ),
  ),
];

export const aiSpeechKeyOnly: readonly KeyBoundCalls[] = [
  {
    languages: {
      python: ['SpeechSynthesizer', 'IntentRecognizer', 'speechsdk.SpeechSynthesizer'],
      csharp: ['SpeechSynthesizer', 'IntentRecognizer'],
      java: ['SpeechSynthesizer', 'IntentRecognizer'],
    },
    reason:
      'It takes no token credential, but an authorization token "aad#<resource id>#<token>" that the program fetches with DefaultAzureCredential and renews before it expires. Make its configuration apart from the recognizer’s.',
  },
];

const go = 'github.com/Microsoft/cognitive-services-speech-sdk-go/speech';

export const aiSpeechGuides: readonly GuidedClient[] = [
  {
    secret,
    language: 'go',
    module: go,
    package: 'github.com/Microsoft/cognitive-services-speech-sdk-go',
    before: 'speech.NewSpeechConfigFromSubscription($KEY, $REGION)',
    why: 'The Speech SDK for Go takes no token credential, but an authorization token that the program fetches and renews.',
    steps: [
      'Add `github.com/Azure/azure-sdk-for-go/sdk/azidentity`.',
      'Make the configuration with an authorization token of the form `aad#<resource id>#<token>`, as below.',
      'Before the token expires (about an hour), fetch a new one and set it on every recognizer with `SetAuthorizationToken`.',
    ],
    snippet: `package voice

import (
	"context"
	"fmt"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"${go}"
)

func speechConfig(ctx context.Context, cred azcore.TokenCredential, resourceID, region string) (*speech.SpeechConfig, error) {
	options := policy.TokenRequestOptions{Scopes: []string{"https://cognitiveservices.azure.com/.default"}}
	token, err := cred.GetToken(ctx, options)
	if err != nil {
		return nil, err
	}
	return speech.NewSpeechConfigFromAuthorizationToken(fmt.Sprintf("aad#%s#%s", resourceID, token.Token), region)
}
`,
    examples: [
      {
        before: standIns => `package voice

import "${go}"

func config() (*speech.SpeechConfig, error) {
	return speech.NewSpeechConfigFromSubscription("${standIns.annotatedKey('ACOG')}", "westeurope")
}
`,
      },
    ],
  },
];
