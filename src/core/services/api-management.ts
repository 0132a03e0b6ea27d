import { assignmentOf } from '../secrets/assignment.ts';
import { hostNear } from '../secrets/connection-string-key.ts';
import { expiredOn, sixteenBytesInHex } from '../secrets/grading.ts';
import { identifiableKeyPattern } from '../secrets/identifiable-key-patterns.ts';
import { isFiller } from '../secrets/placeholder.ts';
import type { CredentialFormat, Service } from './service.ts';

const gatewayHost = /(?<![a-z0-9-])([a-z0-9-]+)(?:\.[a-z0-9-]+)?\.azure-api\.(?:net|us|cn)/iu;

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'api-management-key',
    title: 'Azure API Management key',
    message: 'A key of Azure API Management[ service {service}][, a {kind},] is embedded here[ ({note})].',
    leak: 'Whoever reads a subscription key can call the APIs of its product at your cost; the other keys open the gateway or the management interface.',
    remedy:
      'Let the gateway check Microsoft Entra tokens (validate-azure-ad-token) that callers get from DefaultAzureCredential, keep subscription keys in Key Vault, and regenerate this one.',
    severity: 'error',
    keywords: [
      'APIM',
      'subscription-key',
      'azure-api.',
      'apim_',
      'apimkey',
      'apim-key',
      'subscriptionkey',
      'apimsubscription',
    ],
    patterns: [
      identifiableKeyPattern('apiManagement', match => ({ service: hostNear(match, gatewayHost) })),
      {
        hint: sixteenBytesInHex,
        regex: assignmentOf(
          '(?:ocp-apim-)?subscription-key|(?:apim|azure-api)[\\w.:-]{0,30}key|subscription_?key',
          '[a-f0-9]{32}',
        ),
        grade(match) {
          if (isFiller(match.secret)) return undefined;
          const name = match.groups['name'] ?? '';
          // Azure AI takes its keys in the same header; Azure Maps has a parameter of the same name.
          const elsewhere = match.mentions(
            /\.cognitiveservices\.azure\.|\.api\.cognitive\.microsoft\.|atlas\.microsoft\.com/iu,
          );
          const hosted = match.mentions(gatewayHost);
          if ((elsewhere && !hosted) || (!hosted && !/ocp-apim|apim/iu.test(name))) return undefined;
          return {
            severity: 'error',
            confidence: 'medium',
            args: { service: hostNear(match, gatewayHost) },
          };
        },
      },
    ],
    examples: {
      found: [
        {
          languageId: 'yaml',
          text: s => `apimManagementKey: "«${s.identifiableKey('apiManagement')}»"`,
        },
        {
          languageId: 'http',
          text: s => `Ocp-Apim-Subscription-Key: «${s.identifiableKey('apiManagement', 'IoTHub00')}»`,
        },
        {
          languageId: 'plaintext',
          text: s => `https://contoso.azure-api.net/orders?subscription-key=«${s.legacyHexKey()}»`,
        },
        { languageId: 'json', text: s => `{"Ocp-Apim-Subscription-Key": "«${s.legacyHexKey()}»"}` },
        {
          languageId: 'csharp',
          text: s => `client.DefaultRequestHeaders.Add("Ocp-Apim-Subscription-Key", "«${s.legacyHexKey()}»");`,
        },
        {
          languageId: 'yaml',
          severity: 'warning',
          text: s =>
            `gatewayKey: «${s.identifiableKey('apiManagement', 'Gatewy00').replace(/^./u, first => (first === 'a' ? 'b' : 'a'))}»`,
        },
      ],
      silent: [
        {
          languageId: 'markdown',
          text: () => 'https://contoso.azure-api.net/x?subscription-key=YOUR_KEY',
          why: 'placeholder',
        },
        {
          languageId: 'json',
          text: () => '{"Ocp-Apim-Subscription-Key": "{{subscription-key}}"}',
          why: 'variable',
        },
        {
          languageId: 'json',
          text: () => '{"subscriptionId": "0f1e2d3c-4b5a-4697-8877-665544332211"}',
          why: 'a subscription id is no secret',
        },
      ],
    },
  },
  {
    id: 'api-management-sas-token',
    title: 'Azure API Management access token',
    message: 'An access token of Azure API Management is embedded here[ ({note})].',
    leak: 'Whoever reads it can manage the service, its APIs and their keys, or pose as a gateway, until it expires.',
    remedy:
      'Use the Azure Resource Manager API with DefaultAzureCredential, and regenerate the key that signed the token.',
    severity: 'error',
    keywords: ['sharedaccesssignature', 'gatewaykey'],
    patterns: [
      {
        begins: ['sharedaccesssignature', 'gatewaykey'],
        regex:
          /(?:SharedAccessSignature|GatewayKey)\s(?<secret>(?<id>[\w-]{1,60})&(?<expiry>20\d{10})&(?<signature>[A-Z0-9+/]{86}==))/dgiu,
        grade(match) {
          if (isFiller(match.groups['signature'] ?? '')) return undefined;
          const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)/u.exec(match.groups['expiry'] ?? '') ?? [];
          const expired = expiredOn(`${year ?? ''}-${month ?? ''}-${day ?? ''}`, match.now);
          return {
            severity: expired === undefined ? 'error' : 'information',
            confidence: 'high',
            args: { note: expired === undefined ? undefined : `expired on ${expired}` },
          };
        },
      },
    ],
    examples: {
      found: [
        {
          languageId: 'http',
          text: s => `Authorization: SharedAccessSignature «integration&209901010000&${s.legacyKey64()}»`,
        },
        { languageId: 'dotenv', text: s => `config.service.auth=GatewayKey «gw1&209901010000&${s.legacyKey64()}»` },
        {
          languageId: 'http',
          severity: 'information',
          text: s => `Authorization: SharedAccessSignature «integration&201901010000&${s.legacyKey64()}»`,
        },
      ],
      silent: [
        {
          languageId: 'http',
          text: () => 'Authorization: SharedAccessSignature integration&209901010000&<signature>',
          why: 'placeholder',
        },
      ],
    },
  },
];

export const apiManagement: Service = {
  id: 'api-management',
  name: 'Azure API Management',
  documentation: 'https://learn.microsoft.com/azure/api-management/api-management-howto-use-managed-service-identity',
  credentials,
  settings: [],
  operations: [],
  roles: [
    {
      name: 'API Management Service Reader Role',
      id: '71522526-b88f-4d52-b57f-d31fc3546d0d',
      grants: 'reads the service and its APIs',
    },
    {
      name: 'API Management Service Contributor',
      id: '312a565d-c81f-4fd8-895a-4e21e48d571c',
      grants: 'manages the service and its APIs',
    },
  ],
  clients: [],
};
