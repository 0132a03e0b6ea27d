import { annotatedKeyPattern } from '../secrets/identifiable-key-patterns.ts';
import type { CredentialFormat, Service } from './service.ts';

/** Issuers whose services have no file of their own; one that is not named here is reported all the same. */
const issuers: Readonly<Record<string, string>> = {
  AZFR: 'Fluid Relay',
  AZMR: 'Mixed Reality',
};
/** Connection strings of services that tell by their host what the key is for. */
const namedByHost = /\.service\.signalr\.|\.signalr\.azure\.|\.webpubsub\.azure\.|\.azconfig\./iu;

const anyOther = annotatedKeyPattern('(?!ACOG|NUGT|AZ(?:AC|EG|DO|MP|CS|CR))[A-Za-z][A-Za-z0-9]{3}');

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'azure-identifiable-key',
    title: 'Azure key with an identifiable signature',
    message: 'A key[ of {service}] in the format that Azure issues is embedded here[ ({note})].',
    leak: 'Whoever reads it can use the resource it belongs to as the application does, from anywhere.',
    remedy:
      'Connect with DefaultAzureCredential where the service takes Microsoft Entra tokens, keep the key in Key Vault where it does not, and regenerate it.',
    severity: 'error',
    keywords: ['JQQJ9'],
    patterns: [
      {
        ...anyOther,
        grade(match) {
          const grade = anyOther.grade(match);
          if (grade === undefined || namedByHost.test(match.connectionString().values.get('endpoint') ?? ''))
            return undefined;
          return { ...grade, args: { ...grade.args, service: issuers[match.groups['signature'] ?? ''] } };
        },
      },
    ],
    examples: {
      found: [
        { languageId: 'typescript', text: s => `const key = "«${s.annotatedKey('AZFR')}»";` },
        { languageId: 'dotenv', text: s => `KEY=«${s.annotatedKey('AZMR')}»` },
        { languageId: 'plaintext', text: s => `a service of the future: «${s.annotatedKey('TEST')}»` },
        {
          languageId: 'yaml',
          severity: 'warning',
          text: s => `k: «${s.annotatedKey('TEST').replace(/^./u, first => (first === 'a' ? 'b' : 'a'))}»`,
        },
      ],
      silent: [
        { languageId: 'plaintext', text: s => `key: ${s.annotatedKey('AZFR').slice(0, 70)}`, why: 'cut short' },
        { languageId: 'markdown', text: () => `key: ${'x'.repeat(52)}JQQJ99${'x'.repeat(26)}`, why: 'mask' },
      ],
    },
  },
];

/** What Azure issues for services that have no file of their own in this folder. */
export const azurePlatform: Service = {
  id: 'azure-platform',
  name: 'Azure',
  documentation: 'https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/overview',
  credentials,
  settings: [],
  operations: [],
  roles: [],
  clients: [],
};
