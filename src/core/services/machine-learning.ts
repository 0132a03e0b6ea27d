import { alphanumeric } from '../secrets/alphabets.ts';
import { assignmentOf } from '../secrets/assignment.ts';
import { hostNear } from '../secrets/connection-string-key.ts';
import { identifiableKeyPattern } from '../secrets/identifiable-key-patterns.ts';
import { isFiller, isPlaceholder } from '../secrets/placeholder.ts';
import { longRun } from '../secrets/long-runs.ts';
import type { CredentialFormat, Service } from './service.ts';

const endpointHost =
  /(?<![a-z0-9-])([a-z0-9-]+)\.[a-z0-9]+\.(?:inference\.ml\.azure\.(?:com|us|cn)|(?:inference|models)\.ai\.azure\.com)/iu;

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'machine-learning-endpoint-key',
    title: 'Azure Machine Learning endpoint key',
    message: 'A key of an Azure Machine Learning endpoint[, {endpoint},] is embedded here[ ({note})].',
    leak: 'Whoever reads it can call the model at your cost and learn from its answers what it was trained on.',
    remedy:
      'Set the endpoint to Microsoft Entra tokens (auth_mode aad_token), call it with DefaultAzureCredential and AzureML Data Scientist, and regenerate the key.',
    severity: 'error',
    keywords: ['+AMC', '.inference.ml.azure.', '.models.ai.azure.com', '.inference.ai.azure.com'],
    patterns: [
      identifiableKeyPattern('machineLearning'),
      {
        hint: longRun(`${alphanumeric}+/`, 32),
        regex: assignmentOf(
          '(?:Authorization["\']?\\s{0,4}[:=,]\\s{0,4}["\']?Bearer\\s)|key\\d?|KeyCredential|token',
          '[A-Z0-9+/]{32,88}={0,2}',
        ),
        grade(match) {
          const endpoint = hostNear(match, endpointHost, 400);
          if (isPlaceholder(match.secret) || isFiller(match.secret) || !/\d/u.test(match.secret)) return undefined;
          return endpoint === undefined ? undefined : { severity: 'error', confidence: 'medium', args: { endpoint } };
        },
      },
    ],
    examples: {
      found: [
        {
          languageId: 'python',
          text: s => `headers = {"Authorization": "Bearer «${s.identifiableKey('machineLearning')}»"}`,
        },
        {
          languageId: 'python',
          text: s =>
            `url = 'https://contoso.westus.inference.ml.azure.com/score'\napi_key = '«${s.characters(31, alphanumeric)}7»'`,
        },
        {
          languageId: 'python',
          severity: 'warning',
          text: s =>
            `k = "«${s.identifiableKey('machineLearning').replace(/^./u, first => (first === 'a' ? 'b' : 'a'))}»"`,
        },
      ],
      silent: [
        {
          languageId: 'python',
          text: () => "url = 'https://contoso.westus.inference.ml.azure.com/score'\napi_key = ''",
          why: 'empty',
        },
        {
          languageId: 'python',
          text: () =>
            "url = 'https://contoso.westus.inference.ml.azure.com/score'\napi_key = os.environ['ENDPOINT_KEY']",
          why: 'environment',
        },
        {
          languageId: 'python',
          text: s => `api_key = '${s.characters(31, alphanumeric)}7'.upper() # no host`,
          why: 'no endpoint near',
        },
      ],
    },
  },
];

export const machineLearning: Service = {
  id: 'machine-learning',
  name: 'Azure Machine Learning',
  documentation: 'https://learn.microsoft.com/azure/machine-learning/how-to-authenticate-online-endpoint',
  credentials,
  settings: [],
  operations: [],
  roles: [
    {
      name: 'AzureML Data Scientist',
      id: 'f6c7c914-8db3-469d-8ca1-694a8f32e121',
      grants: 'calls endpoints and works in the workspace',
    },
  ],
  clients: [],
};
