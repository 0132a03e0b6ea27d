import { registration } from './clients/azure-clients.ts';
import { connectionString, fromString } from './clients/event-hubs-forms.ts';
import { eventHubsGuides } from './clients/event-hubs-guides.ts';
import { eventHubsClients } from './clients/event-hubs.ts';
import { identifiableKeyPattern } from '../secrets/identifiable-key-patterns.ts';
import { messagingArgs, messagingHost, messagingKey, sharedAccessSignature, speaksOf } from '../secrets/messaging.ts';
import { messagingConnection, namespaceExpressions } from './settings/messaging-connections.ts';
import { springEventHubs, springServiceBus } from './settings/spring-messaging.ts';
import type { CredentialFormat, Service, SettingMigration } from './service.ts';

const word = /event[\s_-]?hub/iu;

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'event-hubs-access-key',
    title: 'Azure Event Hubs access key',
    message:
      'The Azure Event Hubs access key[ {policy}][ of namespace {namespace}] is embedded here[; it {kind}][ ({note})].',
    leak: 'Whoever reads it can send events or read every event in the hub, and with the manage right change hubs and consumer groups.',
    remedy:
      'Connect with the namespace host name and DefaultAzureCredential, grant Azure Event Hubs Data Sender or Receiver, rotate the key, then set disableLocalAuth to true.',
    severity: 'error',
    keywords: ['+AEh', 'sharedaccesskey='],
    patterns: [identifiableKeyPattern('eventHubs', messagingArgs), messagingKey(match => speaksOf(match, word))],
    examples: {
      found: [
        {
          languageId: 'dotenv',
          text: s =>
            `CS=Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=«${s.identifiableKey('eventHubs')}»;EntityPath=telemetry`,
        },
        { languageId: 'plaintext', text: s => `key «${s.identifiableKey('eventHubs', 'Listen00')}»` },
        {
          languageId: 'typescript',
          text: s =>
            `new EventHubProducerClient("SharedAccessKey=«${s.legacyKey32()}»;EntityPath=t;Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=x", "t")`,
        },
        {
          languageId: 'json',
          text: s =>
            `{"EventHub":"Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=x;SharedAccessKey=«${s.legacyKey32()}»"}`,
        },
        {
          languageId: 'python',
          severity: 'warning',
          text: s => {
            const key = s.identifiableKey('eventHubs');
            return `key = "«${key.startsWith('a') ? 'b' : 'a'}${key.slice(1)}»"`;
          },
        },
      ],
      silent: [
        {
          languageId: 'dotenv',
          text: s =>
            `EVENTHUB=Endpoint=sb://localhost;SharedAccessKeyName=Root;SharedAccessKey=${s.legacyKey32()};UseDevelopmentEmulator=true;`,
          why: 'Event Hubs emulator',
        },
        {
          languageId: 'dotenv',
          text: () =>
            'EVENTHUB=Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=x;SharedAccessKey=<key>',
          why: 'placeholder',
        },
        {
          languageId: 'json',
          text: () => '{"EventHub__fullyQualifiedNamespace":"contoso.servicebus.windows.net"}',
          why: 'keyless already',
        },
      ],
    },
  },
  {
    id: 'event-hubs-sas-token',
    title: 'Azure Event Hubs shared access signature',
    message: 'An Azure Event Hubs shared access signature[ for namespace {namespace}] is embedded here[ ({note})].',
    leak: 'Whoever reads it may send or read events until it expires; it cannot be revoked without rotating the key that signed it.',
    remedy:
      'Use DefaultAzureCredential with Azure Event Hubs Data Sender or Receiver, and rotate the key that signed it.',
    severity: 'error',
    keywords: ['sharedaccesssignature'],
    patterns: [sharedAccessSignature(messagingHost, match => speaksOf(match, word))],
    examples: {
      found: [
        {
          languageId: 'python',
          text: s =>
            `# event hub\ntoken = "SharedAccessSignature «sr=https%3A%2F%2Fcontoso.servicebus.windows.net%2Ftelemetry&sig=${s.sasSignature()}&se=32503680000&skn=send»"`,
        },
        {
          languageId: 'plaintext',
          severity: 'information',
          text: s =>
            `EventHub: SharedAccessSignature «skn=send&se=1500000000&sr=contoso.servicebus.windows.net&sig=${s.sasSignature()}»`,
        },
      ],
      silent: [
        {
          languageId: 'markdown',
          text: () =>
            'event hub: SharedAccessSignature sr=contoso.servicebus.windows.net&sig=<signature>&se=1&skn=send',
          why: 'placeholder',
        },
      ],
    },
  },
];

const settings: readonly SettingMigration[] = [
  messagingConnection({
    service: 'Event Hubs',
    cures: ['event-hubs-access-key'],
    entity: 'name of the hub',
    extension: 'EventHubs',
    examples: [
      {
        path: 'local.settings.json',
        before: s =>
          `{\n  "Values": {\n    "TelemetryEventHub": "Endpoint=sb://contoso-telemetry.servicebus.windows.net/;SharedAccessKeyName=listen;SharedAccessKey=«${s.identifiableKey('eventHubs')}»"\n  }\n}\n`,
        after: `{\n  "Values": {\n    "TelemetryEventHub__fullyQualifiedNamespace": "contoso-telemetry.servicebus.windows.net"\n  }\n}\n`,
      },
      {
        path: 'local.settings.json',
        before: s =>
          `{ "Values": { "EventHub": "Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=k;SharedAccessKey=«${s.identifiableKey('eventHubs')}»;EntityPath=telemetry" } }`,
        after: { refusal: /EntityPath/u },
      },
    ],
  }),
];

/** The provider tells no host name of the namespace. */
const namespaceInTemplates = namespaceExpressions('2024-01-01', {
  public: '"${$.name}.servicebus.windows.net"',
  usGovernment: '"${$.name}.servicebus.usgovcloudapi.net"',
  china: '"${$.name}.servicebus.chinacloudapi.cn"',
});

export const eventHubs: Service = {
  id: 'event-hubs',
  name: 'Azure Event Hubs',
  documentation: 'https://learn.microsoft.com/azure/event-hubs/authenticate-managed-identity',
  credentials,
  settings: [...settings, ...springEventHubs, ...springServiceBus],
  template: {
    type: 'Microsoft.EventHub/namespaces',
    terraform: {
      types: ['azurerm_eventhub_namespace'],
      secrets: [
        'default_primary_key',
        'default_secondary_key',
        'default_primary_connection_string',
        'default_secondary_connection_string',
        'primary_key',
        'secondary_key',
        'primary_connection_string',
        'secondary_connection_string',
      ],
      children: {
        azurerm_eventhub_namespace_authorization_rule: 'namespace_name',
        azurerm_eventhub_authorization_rule: 'namespace_name',
      },
    },
    connection: { fullyQualifiedNamespace: namespaceInTemplates },
    endpoint: namespaceInTemplates,
    grants: ['a638d3c7-ab3a-418d-83e6-5f17a39d4fde', '2b629674-e913-4c01-ae53-ef4638d8f975'],
  },
  operations: [
    {
      languages: {
        typescript: ['sendBatch', 'enqueueEvent', 'enqueueEvents'],
        python: ['send_batch', 'send_event'],
        csharp: ['SendAsync', 'EnqueueEventAsync', 'EnqueueEventsAsync'],
        java: ['send', 'enqueueEvent', 'enqueueEvents'],
        go: ['SendEventDataBatch'],
      },
      dataActions: ['Microsoft.EventHub/namespaces/messages/send/action'],
    },
    {
      languages: {
        typescript: ['subscribe'],
        python: ['receive', 'receive_batch'],
        csharp: ['ReadEventsAsync', 'ReadEventsFromPartitionAsync', 'StartProcessingAsync', 'StartProcessing'],
        java: ['receiveFromPartition', 'start'],
        go: ['ReceiveEvents', 'NewPartitionClient', 'NextPartitionClient'],
      },
      dataActions: ['Microsoft.EventHub/namespaces/messages/receive/action'],
    },
  ],
  roles: [
    { name: 'Azure Event Hubs Data Sender', id: '2b629674-e913-4c01-ae53-ef4638d8f975', grants: 'sends events' },
    { name: 'Azure Event Hubs Data Receiver', id: 'a638d3c7-ab3a-418d-83e6-5f17a39d4fde', grants: 'reads events' },
    {
      name: 'Azure Event Hubs Data Owner',
      id: 'f526a384-b230-433a-b45c-95f59c4a2dec',
      grants: 'sends, reads and manages',
    },
  ],
  rotation: {
    command:
      'az eventhubs namespace authorization-rule keys renew --resource-group <resource-group> --namespace-name <name> --name RootManageSharedAccessKey --key PrimaryKey',
  },
  keysOff: {
    resourceType: 'Microsoft.EventHub/namespaces',
    property: 'disableLocalAuth',
    value: true,
    terraform: { resource: 'azurerm_eventhub_namespace', property: 'local_authentication_enabled', value: false },
  },
  clients: [
    ...eventHubsClients,
    registration(fromString, {
      package: 'Azure.Messaging.EventHubs',
      before: 'AddEventHubConsumerClient($GROUP, $CS, $HUB)',
      after: 'AddEventHubConsumerClientWithNamespace($GROUP, $ENDPOINT, $HUB)',
      connectionString,
      endpoint: 'contoso-telemetry.servicebus.windows.net',
    }),
    registration(fromString, {
      package: 'Azure.Messaging.EventHubs',
      before: 'AddEventHubProducerClient($CS, $HUB)',
      after: 'AddEventHubProducerClientWithNamespace($ENDPOINT, $HUB)',
      connectionString,
      endpoint: 'contoso-telemetry.servicebus.windows.net',
    }),
  ],
  guided: eventHubsGuides,
};
