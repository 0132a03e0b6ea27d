import type { ClientMigration, GuidedClient } from '../service.ts';
import { scope } from './azure-openai-protocol.ts';
import { fromKey, refuseSharedHost, translatorResource } from './ai-services-forms.ts';
import { withSample, type Sample } from './sample-file.ts';

const module = '@azure-rest/ai-translation-text';

const secret = { capture: 'KEY', form: 'key' } as const;
/** On the global endpoint a token comes with the id of the resource that it is for. */
const withResource = { secret, endpoint: { from: 'setting', setting: translatorResource } } as const;

const sample: Sample = { secret: standIns => standIns.annotatedKey('ACOG') };

/** A region by position cannot be told from an endpoint by its place alone. */
function refuseUnknownRegion(constants: ReadonlyMap<string, string>): string | undefined {
  return constants.has('REGION')
    ? undefined
    : 'Whether the argument behind the key is a region or an endpoint cannot be seen here. Pass TokenCredential, resource id and region by hand.';
}

const csharpWithRegion = {
  ...withResource,
  refuse: refuseUnknownRegion,
  language: 'csharp',
  module: 'Azure.AI.Translation.Text',
  package: 'Azure.AI.Translation.Text',
} as const;

export const aiTranslatorClients: readonly ClientMigration[] = [
  withSample(
    {
      ...withResource,
      language: 'typescript',
      module,
      package: module,
      defaultExport: true,
      before: 'TextTranslationClient($URL, { key: $KEY, region: $REGION }, $$$OPTIONS)',
      after:
        'TextTranslationClient($URL, { tokenCredential: $CREDENTIAL, azureResourceId: $SETTING, region: $REGION }, $$$OPTIONS)',
    },
    {
      ...sample,
      values: {
        URL: `'https://api.cognitive.microsofttranslator.com'`,
        REGION: `'westeurope'`,
        SETTING: 'process.env.AZURE_TRANSLATOR_RESOURCE_ID!',
      },
    },
  ),
  withSample(
    {
      ...fromKey,
      refuse: refuseSharedHost,
      language: 'typescript',
      module,
      package: module,
      defaultExport: true,
      before: 'TextTranslationClient($URL, new AzureKeyCredential($KEY), $$$OPTIONS)',
      after: 'TextTranslationClient($URL, $CREDENTIAL, $$$OPTIONS)',
    },
    { ...sample, values: { URL: `'https://contoso-words.cognitiveservices.azure.com'` } },
  ),
  withSample(
    {
      ...withResource,
      language: 'python',
      module: 'azure.ai.translation.text',
      package: 'azure-ai-translation-text',
      before: 'TextTranslationClient(credential=AzureKeyCredential($KEY), region=$REGION, $$$OPTIONS)',
      after: 'TextTranslationClient(credential=$CREDENTIAL, resource_id=$SETTING, region=$REGION, $$$OPTIONS)',
    },
    {
      ...sample,
      values: { REGION: '"westeurope"', SETTING: 'environ["AZURE_TRANSLATOR_RESOURCE_ID"]' },
      importsAfter: ['from os import environ'],
    },
  ),
  {
    ...csharpWithRegion,
    // Behind the region stands the scope of the token, and the options after that.
    before: 'new TextTranslationClient(credential: new AzureKeyCredential($KEY), region: $REGION, options: $OPTIONS)',
    after: `new TextTranslationClient(credential: $CREDENTIAL, resourceId: $SETTING, region: $REGION, tokenScope: "${scope}", options: $OPTIONS)`,
    examples: [
      {
        before: standIns => `using Azure;
using Azure.AI.Translation.Text;

var options = new TextTranslationClientOptions();
var client = new TextTranslationClient(new AzureKeyCredential("${standIns.annotatedKey('ACOG')}"), "westeurope", options);
`,
        after: `using System;
using Azure;
using Azure.AI.Translation.Text;
using Azure.Identity;

var options = new TextTranslationClientOptions();
var client = new TextTranslationClient(new DefaultAzureCredential(), Environment.GetEnvironmentVariable("AZURE_TRANSLATOR_RESOURCE_ID"), "westeurope", "${scope}", options);
`,
      },
    ],
  },
  {
    ...csharpWithRegion,
    before: 'new TextTranslationClient(credential: new AzureKeyCredential($KEY), region: $REGION)',
    after: 'new TextTranslationClient(credential: $CREDENTIAL, resourceId: $SETTING, region: $REGION)',
    examples: [
      {
        before: standIns => `using Azure;
using Azure.AI.Translation.Text;

namespace Contoso.Words;

public static class Translator
{
    public static TextTranslationClient Create()
    {
        const string key = "${standIns.annotatedKey('ACOG')}";
        return new TextTranslationClient(new AzureKeyCredential(key), "westeurope");
    }
}
`,
        after: `using System;
using Azure;
using Azure.AI.Translation.Text;
using Azure.Identity;

namespace Contoso.Words;

public static class Translator
{
    private static readonly DefaultAzureCredential Credential = new DefaultAzureCredential();

    public static TextTranslationClient Create()
    {
        return new TextTranslationClient(Credential, Environment.GetEnvironmentVariable("AZURE_TRANSLATOR_RESOURCE_ID"), "westeurope");
    }
}
`,
      },
    ],
  },
];

export const aiTranslatorGuides: readonly GuidedClient[] = ['AzureKeyCredential', 'KeyCredential'].map(key => ({
  secret,
  language: 'java',
  module: 'com.azure.ai.translation.text',
  package: 'com.azure:azure-ai-translation-text',
  before: `new TextTranslationClientBuilder().credential(new ${key}($KEY)).$$$CALLS()`,
  why: 'A key goes with a region, a token with the endpoint of the resource itself, which nothing in the code says.',
  steps: [
    'Give the Translator resource a custom subdomain if it has none yet, and add `com.azure:azure-identity`.',
    'Build the client with that endpoint and `DefaultAzureCredential`, without `region`, as below.',
  ],
  snippet: `import com.azure.ai.translation.text.TextTranslationClient;
import com.azure.ai.translation.text.TextTranslationClientBuilder;
import com.azure.identity.DefaultAzureCredentialBuilder;

class Words {
    private final TextTranslationClient client = new TextTranslationClientBuilder()
        .endpoint("https://<custom-subdomain>.cognitiveservices.azure.com")
        .credential(new DefaultAzureCredentialBuilder().build())
        .buildClient();
}
`,
  examples: [
    {
      before: standIns => `import com.azure.ai.translation.text.TextTranslationClient;
import com.azure.ai.translation.text.TextTranslationClientBuilder;
import com.azure.core.credential.${key};

class Words {
    private final TextTranslationClient client = new TextTranslationClientBuilder()
        .credential(new ${key}("${standIns.annotatedKey('ACOG')}"))
        .region("westeurope")
        .buildClient();
}
`,
    },
  ],
}));
