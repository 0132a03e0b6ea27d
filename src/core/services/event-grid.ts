import { assignmentOf } from '../secrets/assignment.ts';
import { hostNear } from '../secrets/connection-string-key.ts';
import { endOf32Bytes, expiredOn, isPlausibleLegacyKey } from '../secrets/grading.ts';
import { annotatedKeyPattern, identifiableKeyPattern } from '../secrets/identifiable-key-patterns.ts';
import { isSignature, queryParameters } from '../secrets/shared-access-signature.ts';
import { eventGridClients, eventGridKeyOnly } from './clients/event-grid.ts';
import type { CredentialFormat, Service } from './service.ts';

const topicHost = /(?<![a-z0-9-])([a-z0-9-]+)\.[a-z0-9-]+\.eventgrid\.azure\.(?:net|us|cn)/iu;

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'event-grid-access-key',
    title: 'Azure Event Grid access key',
    message: 'An access key of Azure Event Grid[ topic {topic}] is embedded here[ ({note})].',
    leak: 'Whoever reads it can publish events that your subscribers will take for genuine.',
    remedy:
      'Publish with DefaultAzureCredential, grant EventGrid Data Sender, regenerate the key, then set disableLocalAuth to true.',
    severity: 'error',
    keywords: ['AZEG', 'aeg-sas-key', 'eventgrid', 'event_grid'],
    patterns: [
      identifiableKeyPattern('eventGrid', match => ({ topic: hostNear(match, topicHost) })),
      annotatedKeyPattern('AZEG', match => ({ topic: hostNear(match, topicHost) })),
      {
        hint: endOf32Bytes,
        regex: assignmentOf(
          'aeg-sas-key|(?:event[_-]?grid|topic|domain)[\\w.:-]{0,30}key\\d?|(?:Azure|EventGridSharedAccess)?KeyCredential|(?<![\\w])(?:access_?)?key',
          '[A-Z0-9+/]{43}=',
        ),
        grade(match) {
          const name = match.groups['name'] ?? '';
          const named = /aeg-sas-key|event[_-]?grid/iu.test(name);
          return isPlausibleLegacyKey(match.secret) && (named || match.mentions(/\.eventgrid\.azure\./iu))
            ? { severity: 'error', confidence: 'medium', args: { topic: hostNear(match, topicHost) } }
            : undefined;
        },
      },
    ],
    examples: {
      found: [
        { languageId: 'typescript', text: s => `new AzureKeyCredential("«${s.identifiableKey('eventGrid')}»")` },
        { languageId: 'dotenv', text: s => `EVENTGRID_KEY=«${s.annotatedKey('AZEG')}»` },
        { languageId: 'typescript', text: s => `headers: { "aeg-sas-key": "«${s.legacyKey32()}»" }` },
        {
          languageId: 'csharp',
          text: s =>
            `new EventGridPublisherClient(new Uri("https://orders.westus2-1.eventgrid.azure.net/api/events"), new AzureKeyCredential("«${s.legacyKey32()}»"))`,
        },
        {
          languageId: 'python',
          severity: 'warning',
          text: s => `k = "«${s.identifiableKey('eventGrid').replace(/^./u, first => (first === 'a' ? 'b' : 'a'))}»"`,
        },
      ],
      silent: [
        { languageId: 'typescript', text: () => 'headers: { "aeg-sas-key": "<key>" }', why: 'placeholder' },
        {
          languageId: 'json',
          text: s => `{"topic":"orders.westus2-1.eventgrid.azure.net","hash":"sha256-${s.legacyKey32()}"}`,
          why: 'hash',
        },
      ],
    },
  },
  {
    id: 'event-grid-sas-token',
    title: 'Azure Event Grid shared access signature',
    message: 'A shared access signature for Azure Event Grid[ topic {topic}] is embedded here[ ({note})].',
    leak: 'Whoever reads it can publish events to the topic until it expires.',
    remedy: 'Publish with DefaultAzureCredential and EventGrid Data Sender, and regenerate the key that signed it.',
    severity: 'error',
    keywords: ['aeg-sas-token', '.eventgrid.azure.'],
    patterns: [
      {
        begins: ['r=http'],
        regex:
          /(?<![\w%])(?<secret>r=https?(?:%3A|:)[^\s"'`<>\uE022\uE027&]{10,300}&e=[^\s"'`<>\uE022\uE027&]{4,80}&s=[A-Z0-9%+/]{43,70}={0,2})/dgiu,
        grade(match) {
          const parameters = queryParameters(match.secret);
          const topic = topicHost.exec(parameters.get('r') ?? '')?.[1];
          if (topic === undefined || !isSignature(parameters.get('s') ?? '')) return undefined;
          const expired = expiredOn((parameters.get('e') ?? '').replaceAll('+', ' '), match.now);
          return {
            severity: expired === undefined ? 'error' : 'information',
            confidence: 'high',
            args: { topic, note: expired === undefined ? undefined : `expired on ${expired}` },
          };
        },
      },
    ],
    examples: {
      found: [
        {
          languageId: 'http',
          text: s =>
            `aeg-sas-token: «r=https%3A%2F%2Forders.westus2-1.eventgrid.azure.net%2Fapi%2Fevents&e=1%2F1%2F2999+12%3A00%3A00+AM&s=${s.sasSignature()}»`,
        },
        {
          languageId: 'http',
          severity: 'information',
          text: s =>
            `aeg-sas-token: «r=https%3A%2F%2Forders.westus2-1.eventgrid.azure.net%2Fapi%2Fevents&e=2019-06-01T00%3A00%3A00Z&s=${s.sasSignature()}»`,
        },
      ],
      silent: [
        {
          languageId: 'csharp',
          text: () => '$"r={resource}&e={expiration}&s={signature}" // aeg-sas-token',
          why: 'format',
        },
      ],
    },
  },
];

export const eventGrid: Service = {
  id: 'event-grid',
  name: 'Azure Event Grid',
  documentation: 'https://learn.microsoft.com/azure/event-grid/authenticate-with-microsoft-entra-id',
  credentials,
  settings: [],
  template: {
    type: 'Microsoft.EventGrid/topics',
    terraform: {
      types: ['azurerm_eventgrid_topic', 'azurerm_eventgrid_domain'],
      secrets: ['primary_access_key', 'secondary_access_key'],
    },
    endpoint: {
      bicep: '$.properties.endpoint',
      arm: "reference($id, '2022-06-15').endpoint",
      terraform: '$.endpoint',
    },
    grants: ['d5a91429-5739-47e2-a06b-3470a27159e7'],
  },
  operations: [
    {
      languages: {
        python: ['send'],
        csharp: ['Send', 'SendAsync', 'SendEvent', 'SendEventAsync', 'SendEvents', 'SendEventsAsync'],
        java: ['send', 'sendEvent', 'sendEvents', 'sendEventGridEvent', 'sendEventGridEvents'],
        go: ['PublishCloudEvents', 'PublishEvents', 'Send', 'SendEvents'],
      },
      dataActions: ['Microsoft.EventGrid/events/send/action'],
    },
    {
      languages: {
        python: ['receive', 'acknowledge', 'release', 'reject', 'renew_locks'],
        csharp: [
          'Receive',
          'ReceiveAsync',
          'Acknowledge',
          'AcknowledgeAsync',
          'Release',
          'ReleaseAsync',
          'Reject',
          'RejectAsync',
          'RenewLocks',
          'RenewLocksAsync',
        ],
        java: ['receive', 'acknowledge', 'release', 'reject', 'renewLocks'],
        go: ['Receive', 'Acknowledge', 'Release', 'Reject', 'RenewLocks'],
      },
      dataActions: ['Microsoft.EventGrid/events/receive/action'],
    },
  ],
  roles: [
    { name: 'EventGrid Data Sender', id: 'd5a91429-5739-47e2-a06b-3470a27159e7', grants: 'publishes events' },
    { name: 'EventGrid Data Receiver', id: '78cbd9e7-9798-4e2e-9b5a-547d9ebb31fb', grants: 'receives events' },
  ],
  rotation: {
    command: 'az eventgrid topic key regenerate --resource-group <resource-group> --name <name> --key-name key1',
  },
  keysOff: {
    resourceType: 'Microsoft.EventGrid/topics',
    property: 'disableLocalAuth',
    value: true,
    terraform: { resource: 'azurerm_eventgrid_topic', property: 'local_auth_enabled', value: false },
  },
  clients: eventGridClients,
  keyOnly: eventGridKeyOnly,
};
