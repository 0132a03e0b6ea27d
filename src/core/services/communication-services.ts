import { connectionStringKey, hostNear } from '../secrets/connection-string-key.ts';
import { annotatedKeyPattern } from '../secrets/identifiable-key-patterns.ts';
import { communicationServicesClients } from './clients/communication-services.ts';
import type { CredentialFormat, Service } from './service.ts';

const resourceHost = /(?<![a-z0-9-])([a-z0-9-]+)(?:\.[a-z0-9-]+)?\.communication\.azure\.(?:com|us)/iu;

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'communication-services-key',
    title: 'Azure Communication Services access key',
    message: 'An access key of Azure Communication Services[ resource {resource}] is embedded here[ ({note})].',
    leak: 'Whoever reads it can send mail and text messages in your name and at your cost, place calls and issue user tokens.',
    remedy:
      'Connect with the endpoint and DefaultAzureCredential, grant Communication and Email Service Owner (or a custom role), and regenerate the key.',
    severity: 'error',
    keywords: ['JQQJ9', '.communication.azure.'],
    patterns: [
      annotatedKeyPattern('AZCS', match => ({ resource: hostNear(match, resourceHost) })),
      connectionStringKey({
        key: 'AccessKey',
        value: '[A-Z0-9+/]{84,88}={0,2}',
        endpoint: ['endpoint'],
        host: resourceHost,
        args: resource => ({ resource }),
      }),
    ],
    examples: {
      found: [
        { languageId: 'typescript', text: s => `const key = "«${s.annotatedKey('AZCS')}»";` },
        {
          languageId: 'dotenv',
          text: s => `ACS=endpoint=https://contoso.europe.communication.azure.com/;accesskey=«${s.legacyKey64()}»`,
        },
        {
          languageId: 'python',
          text: s =>
            `EmailClient.from_connection_string("accesskey=«${s.annotatedKey('AZCS')}»;endpoint=https://contoso.communication.azure.com/")`,
        },
        {
          languageId: 'json',
          severity: 'warning',
          text: s => `{"k":"«${s.annotatedKey('AZCS').replace(/^./u, first => (first === 'a' ? 'b' : 'a'))}»"}`,
        },
      ],
      silent: [
        {
          languageId: 'dotenv',
          text: () => 'ACS=endpoint=https://contoso.communication.azure.com/;accesskey=<access-key>',
          why: 'placeholder',
        },
        { languageId: 'plaintext', text: s => `key: ${s.annotatedKey('AZCS').slice(0, 70)}`, why: 'cut short' },
      ],
    },
  },
];

export const communicationServices: Service = {
  id: 'communication-services',
  name: 'Azure Communication Services',
  documentation: 'https://learn.microsoft.com/azure/communication-services/how-tos/managed-identity',
  credentials,
  settings: [],
  template: {
    type: 'Microsoft.Communication/communicationServices',
    terraform: {
      types: ['azurerm_communication_service'],
      secrets: ['primary_key', 'secondary_key', 'primary_connection_string', 'secondary_connection_string'],
    },
    endpoint: {
      bicep: "'https://${$.properties.hostName}'",
      arm: "concat('https://', reference($id, '2023-04-01').hostName)",
      terraform: '"https://${$.hostname}"',
    },
    grants: ['09976791-48a7-449e-bb21-39d1a415f350'],
  },
  sdk: { go: 'none' },
  operations: [],
  rotation: {
    command: 'az communication regenerate-key --resource-group <resource-group> --name <name> --key-type primary',
  },
  roles: [
    {
      name: 'Communication and Email Service Owner',
      id: '09976791-48a7-449e-bb21-39d1a415f350',
      grants: 'uses and manages the resource',
    },
  ],
  clients: communicationServicesClients,
};
