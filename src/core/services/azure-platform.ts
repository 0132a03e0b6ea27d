import { hasValidCaskChecksum, hasValidHisChecksum } from '../secrets/checksums.ts';
import { gradeChecksum } from '../secrets/grading.ts';
import type { CredentialFormat, Service } from './service.ts';

/** Signatures of services without a file of their own yet: what the key opens, and the seeds it is issued under. */
const identifiable: Readonly<Record<string, { readonly service: string; readonly seeds: readonly string[] }>> = {
  '+ABa': { service: 'Batch', seeds: ['AbAcct00'] },
  '+AMC': { service: 'Machine Learning', seeds: ['Classic0'] },
  APIM: { service: 'API Management', seeds: ['Tenant00', 'IoTHub00', 'Gatewy00', 'GitKey00'] },
  '+AEh': { service: 'Event Hubs', seeds: ['Manage00', 'Send0000', 'Listen00'] },
  '+ARm': { service: 'Relay', seeds: ['Manage00', 'Send0000', 'Listen00'] },
};

const annotated: Readonly<Record<string, string>> = {
  AZAC: 'App Configuration',
  AZFR: 'Fluid Relay',
  AZEG: 'Event Grid',
  AZDO: 'Azure DevOps',
  AZMR: 'Mixed Reality',
  AZMP: 'Azure Maps',
  AZCS: 'Communication Services',
  AZCR: 'Container Registry',
};

const credentials: readonly CredentialFormat[] = [
  {
    id: 'azure-identifiable-key',
    title: 'Azure key with an identifiable signature',
    message: 'A key[ of {service}] in the format that Azure issues is embedded here[ ({note})].',
    leak: 'Whoever reads it can use the resource it belongs to as the application does, from anywhere.',
    remedy:
      'Connect with DefaultAzureCredential where the service takes Microsoft Entra tokens, keep the key in Key Vault where it does not, and regenerate it.',
    severity: 'error',
    keywords: ['JQQJ9', '+ABa', '+AMC', 'APIM', '+AEh', '+ARm'],
    patterns: [
      {
        hint: /JQQJ9/u,
        regex:
          /(?<![A-Za-z0-9+/])(?<secret>[A-Za-z0-9]{52}JQQJ9[9DH][A-Za-z0-9][A-L][A-Za-z0-9+/]{16}(?<signature>(?!ACOG)[A-Za-z][A-Za-z0-9]{3})[A-Za-z0-9]{4}(?:[A-Za-z0-9]{2}==)?)(?![A-Za-z0-9+/=])/dgu,
        grade: match =>
          gradeChecksum(match.secret, hasValidCaskChecksum(match.secret), {
            service: annotated[match.groups['signature'] ?? ''],
          }),
      },
      {
        hint: /\+A(?:Ba|MC|Eh|Rm)|APIM/u,
        regex:
          /(?<![\w+/-])(?<secret>[A-Za-z0-9+/]{76}(?<signature>\+ABa|\+AMC|APIM)[A-Za-z0-9+/]{5}[AQgw]==|[A-Za-z0-9+/]{33}(?<signature32>\+AEh|\+ARm)[A-P][A-Za-z0-9+/]{5}=)(?!=)/dgu,
        grade(match) {
          const kind = identifiable[match.groups['signature'] ?? match.groups['signature32'] ?? ''];
          if (kind === undefined) return undefined;
          return gradeChecksum(match.secret, hasValidHisChecksum(match.secret, kind.seeds), { service: kind.service });
        },
      },
    ],
    examples: {
      found: [
        { languageId: 'typescript', text: s => `const key = "«${s.annotatedKey('AZCS')}»";` },
        { languageId: 'dotenv', text: s => `MAPS_KEY=«${s.annotatedKey('AZMP')}»` },
        { languageId: 'plaintext', text: s => `a service of the future: «${s.annotatedKey('TEST')}»` },
      ],
      silent: [
        { languageId: 'plaintext', text: s => `key: ${s.annotatedKey('AZCS').slice(0, 70)}`, why: 'cut short' },
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
