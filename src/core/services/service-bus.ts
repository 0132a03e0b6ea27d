import { registration } from './clients/azure-clients.ts';
import { connectionString, fromString } from './clients/service-bus-forms.ts';
import { expiredOn, gradeHis, isLocalHost, isPlausibleLegacyKey } from '../secrets/grading.ts';
import { isSignature, queryParameters } from '../secrets/shared-access-signature.ts';
import { serviceBusGuides } from './clients/service-bus-guides.ts';
import { serviceBusKeyClients } from './clients/service-bus-keys.ts';
import { serviceBusClients } from './clients/service-bus.ts';
import { messagingConnection, namespaceExpressions } from './settings/messaging-connections.ts';
import { springEventHubs, springServiceBus } from './settings/spring-messaging.ts';
import type { CredentialFormat, CredentialMatch, Service, SettingMigration } from './service.ts';

const accessKeySeeds = ['Manage00', 'Send0000', 'Listen00'];
const namespaceHost =
  /(?<![a-z0-9-])([a-z0-9-]+)\.servicebus\.(?:windows\.net|usgovcloudapi\.net|chinacloudapi\.cn|cloudapi\.de)/iu;

function namespaceNear(match: CredentialMatch): string | undefined {
  const { values } = match.connectionString();
  return namespaceHost.exec(values.get('endpoint') ?? '')?.[1];
}

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'service-bus-access-key',
    title: 'Azure Service Bus access key',
    message: 'The Azure Service Bus access key[ {policy}][ of namespace {namespace}] is embedded here[ ({note})].',
    leak: 'Whoever reads it can send, receive or swallow messages, and with the manage right create and delete queues, topics and subscriptions.',
    remedy:
      'Connect with the namespace host name and DefaultAzureCredential, grant Azure Service Bus Data Sender or Receiver, rotate the key, then set disableLocalAuth to true.',
    severity: 'error',
    keywords: ['+ASb', 'sharedaccesskey', 'servicebus', 'namedkeycredential'],
    patterns: [
      {
        hint: { words: ['+ASb'], expression: /(?<=[A-Za-z0-9+/]{33})\+ASb/u },
        regex: /(?<![\w+/-])(?<secret>[A-Za-z0-9+/]{33}\+ASb[A-P][A-Za-z0-9+/]{5}=)(?!=)/dgu,
        grade: match => gradeHis(match, accessKeySeeds, { namespace: namespaceNear(match), policy: policyNear(match) }),
      },
      {
        begins: ['sharedaccesskey'],
        regex: /(?<![\w-])SharedAccessKey\s{0,4}=\s{0,4}["']?(?<secret>[A-Z0-9+/]{43}=)(?!=)/dgiu,
        grade(match) {
          if (!isPlausibleLegacyKey(match.secret)) return undefined;
          const { values } = match.connectionString();
          if (values.get('usedevelopmentemulator')?.toLowerCase() === 'true') return undefined;
          const endpoint = values.get('endpoint');
          const args = { namespace: namespaceNear(match), policy: values.get('sharedaccesskeyname') };
          if (endpoint === undefined) {
            // The rest of the string stands elsewhere; another service's hosts would say so.
            return !values.has('hostname') && match.mentions(namespaceHost)
              ? { severity: 'warning', confidence: 'medium', args }
              : undefined;
          }
          if (namespaceHost.test(endpoint)) return { severity: 'error', confidence: 'medium', args };
          const host = /^sb:\/\/([^/:]+)/iu.exec(endpoint)?.[1];
          return host === undefined || isLocalHost(host)
            ? undefined
            : { severity: 'warning', confidence: 'medium', args };
        },
      },
      {
        begins: [
          'servicebussharedkeycredential',
          'azurenamedkeycredential',
          'sharedaccesssignaturetokenprovider',
          'tokenproviderwithkey',
        ],
        regex:
          /(?:ServiceBusSharedKeyCredential|AzureNamedKeyCredential|SharedAccessSignatureTokenProvider|TokenProviderWithKey)\s{0,4}\(\s{0,40}[^,()\r\n]{1,120},\s{0,40}@?["'`](?<secret>[A-Za-z0-9+/]{43}=)["'`]/dgu,
        grade: match =>
          isPlausibleLegacyKey(match.secret) && match.mentions(/servicebus/iu)
            ? { severity: 'error', confidence: 'medium' }
            : undefined,
      },
    ],
    examples: {
      found: [
        {
          languageId: 'typescript',
          text: s =>
            `new ServiceBusClient('Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=«${s.serviceBusKey()}»')`,
        },
        {
          languageId: 'json',
          text: s =>
            `{"Bus":"SharedAccessKey=«${s.legacyKey32().replaceAll('+', '\\u002B')}»;SharedAccessKeyName=send;Endpoint=sb://contoso.servicebus.windows.net/"}`,
        },
        {
          languageId: 'python',
          severity: 'warning',
          text: s => `HOST = "contoso.servicebus.windows.net"\nCS = f"{head};SharedAccessKey=«${s.legacyKey32()}»"\n`,
        },
        {
          languageId: 'python',
          text: s =>
            `from azure.servicebus import ServiceBusSharedKeyCredential\nServiceBusSharedKeyCredential("send", "«${s.legacyKey32()}»")\n`,
        },
      ],
      silent: [
        {
          languageId: 'dotenv',
          text: () =>
            'BUS=Endpoint=sb://localhost;SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=SAS_KEY_VALUE;UseDevelopmentEmulator=true;',
          why: 'Service Bus emulator',
        },
        {
          languageId: 'markdown',
          text: () =>
            'Endpoint=sb://ns.servicebus.windows.net/;SharedAccessKeyName=x;SharedAccessKey=[Shared Access key goes here]',
          why: 'placeholder',
        },
        {
          languageId: 'csharp',
          text: () =>
            'string.Format("Endpoint=sb://{0}.servicebus.windows.net/;SharedAccessKeyName=x;SharedAccessKey={1}", n, k)',
          why: 'format string',
        },
        {
          languageId: 'json',
          text: s => `{"integrity":"sha256-${s.legacyKey32()}"}`,
          why: 'integrity hash of the same length',
        },
      ],
    },
  },
  {
    id: 'service-bus-sas-token',
    title: 'Azure Service Bus shared access signature',
    message: 'An Azure Service Bus shared access signature[ for namespace {namespace}] is embedded here[ ({note})].',
    leak: 'Whoever reads it may send or receive messages until it expires; it cannot be revoked without rotating the key that signed it.',
    remedy:
      'Use DefaultAzureCredential with Azure Service Bus Data Sender or Receiver, and rotate the key that signed it.',
    severity: 'error',
    keywords: ['sharedaccesssignature'],
    patterns: [
      {
        begins: ['sharedaccesssignature'],
        regex: /SharedAccessSignature\s(?<secret>[^\s"'`<>;,\\\uE022\uE027]{60,1500})/dgu,
        grade(match) {
          const parameters = queryParameters(match.secret);
          const resource = parameters.get('sr');
          if (resource === undefined || !parameters.has('se') || !isSignature(parameters.get('sig') ?? ''))
            return undefined;
          const namespace = namespaceHost.exec(resource)?.[1];
          if (namespace === undefined) return undefined;
          const expired = expiredOn(parameters.get('se'), match.now);
          return {
            severity: expired === undefined ? 'error' : 'information',
            confidence: 'high',
            args: { namespace, note: expired === undefined ? undefined : `expired on ${expired}` },
          };
        },
      },
    ],
    examples: {
      found: [
        {
          languageId: 'python',
          text: s =>
            `token = "SharedAccessSignature «sr=https%3A%2F%2Fcontoso.servicebus.windows.net%2Forders&sig=${s.sasSignature()}&se=32503680000&skn=send»"`,
        },
        {
          languageId: 'plaintext',
          severity: 'information',
          text: s =>
            `Authorization: SharedAccessSignature «se=1500000000&sr=contoso.servicebus.windows.net&skn=send&sig=${s.sasSignature()}»`,
        },
      ],
      silent: [
        {
          languageId: 'csharp',
          text: () => '"SharedAccessSignature sr={0}&sig={1}&se={2}&skn={3}"',
          why: 'format string',
        },
        {
          languageId: 'markdown',
          text: () =>
            'SharedAccessSignature sr=contoso.servicebus.windows.net&sig=<signature-string>&se=32503680000&skn=keyName',
          why: 'placeholder',
        },
      ],
    },
  },
];

function policyNear(match: CredentialMatch): string | undefined {
  return match.connectionString().values.get('sharedaccesskeyname');
}

const settings: readonly SettingMigration[] = [
  messagingConnection({
    service: 'Service Bus',
    cures: ['service-bus-access-key'],
    entity: 'queue or topic name',
    extension: 'ServiceBus',
    examples: [
      {
        path: 'local.settings.json',
        before: standIns =>
          `{\n  "Values": {\n    "OrdersBus": "Endpoint=sb://contoso-orders.servicebus.windows.net/;SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=«${standIns.serviceBusKey()}»"\n  }\n}\n`,
        after: `{\n  "Values": {\n    "OrdersBus__fullyQualifiedNamespace": "contoso-orders.servicebus.windows.net"\n  }\n}\n`,
      },
      {
        path: 'local.settings.json',
        before: s =>
          `{ "Values": { "Bus": "Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=k;SharedAccessKey=«${s.serviceBusKey()}»;EntityPath=orders" } }`,
        after: { refusal: /EntityPath/u },
      },
      {
        path: 'docker-compose.yml',
        before: s =>
          `services:\n  api:\n    environment:\n      - FUNCTIONS_WORKER_RUNTIME=node\n      # orders\n      - OrdersBus=Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=k;SharedAccessKey=«${s.serviceBusKey()}» # queue\n      - MODE=on\n`,
        after:
          'services:\n  api:\n    environment:\n      - FUNCTIONS_WORKER_RUNTIME=node\n      # orders\n      - OrdersBus__fullyQualifiedNamespace=contoso.servicebus.windows.net # queue\n      - MODE=on\n',
      },
      {
        path: 'deploy/functions.yaml',
        before: s =>
          `kind: Deployment\nspec:\n  containers:\n    - name: worker\n      env:\n        - name: FUNCTIONS_WORKER_RUNTIME\n          value: dotnet-isolated\n        - name: OrdersBus\n          value: "Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=k;SharedAccessKey=«${s.serviceBusKey()}»"\n`,
        after:
          'kind: Deployment\nspec:\n  containers:\n    - name: worker\n      env:\n        - name: FUNCTIONS_WORKER_RUNTIME\n          value: dotnet-isolated\n        - name: OrdersBus__fullyQualifiedNamespace\n          value: "contoso.servicebus.windows.net"\n',
      },
      {
        path: 'infra/worker.bicep',
        before: s =>
          `resource worker 'Microsoft.Web/sites@2023-12-01' = {\n  name: 'worker'\n  kind: 'functionapp'\n  properties: {\n    siteConfig: {\n      appSettings: [\n        { name: 'OrdersBus', value: 'Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=k;SharedAccessKey=«${s.serviceBusKey()}»' } // queue\n      ]\n    }\n  }\n}\n`,
        after:
          "resource worker 'Microsoft.Web/sites@2023-12-01' = {\n  name: 'worker'\n  kind: 'functionapp'\n  properties: {\n    siteConfig: {\n      appSettings: [\n        { name: 'OrdersBus__fullyQualifiedNamespace', value: 'contoso.servicebus.windows.net' } // queue\n      ]\n    }\n  }\n}\n",
      },
    ],
  }),
];

const namespaceInTemplates = namespaceExpressions(
  '2022-10-01-preview',
  'replace(replace($.endpoint, "https://", ""), ":443/", "")',
);

export const serviceBus: Service = {
  id: 'service-bus',
  name: 'Azure Service Bus',
  documentation: 'https://learn.microsoft.com/azure/service-bus-messaging/service-bus-managed-service-identity',
  credentials,
  settings: [...settings, ...springServiceBus, ...springEventHubs],
  template: {
    type: 'Microsoft.ServiceBus/namespaces',
    terraform: {
      types: ['azurerm_servicebus_namespace'],
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
      children: { azurerm_servicebus_namespace_authorization_rule: 'namespace_id' },
    },
    connection: { fullyQualifiedNamespace: namespaceInTemplates },
    endpoint: namespaceInTemplates,
    grants: ['4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0', '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39'],
  },
  operations: [
    {
      languages: {
        typescript: ['createSender', 'sendMessages', 'scheduleMessages'],
        python: ['get_queue_sender', 'get_topic_sender', 'send_messages', 'schedule_messages'],
        csharp: ['CreateSender', 'SendMessageAsync', 'SendMessagesAsync', 'ScheduleMessageAsync'],
        java: ['sendMessage', 'sendMessages', 'scheduleMessage'],
        go: ['NewSender', 'SendMessage', 'SendMessageBatch', 'ScheduleMessages'],
      },
      dataActions: ['Microsoft.ServiceBus/namespaces/messages/send/action'],
    },
    {
      languages: {
        typescript: [
          'createReceiver',
          'acceptSession',
          'acceptNextSession',
          'receiveMessages',
          'peekMessages',
          'completeMessage',
        ],
        python: [
          'get_queue_receiver',
          'get_subscription_receiver',
          'receive_messages',
          'peek_messages',
          'complete_message',
        ],
        csharp: [
          'CreateReceiver',
          'CreateProcessor',
          'CreateSessionProcessor',
          'AcceptSessionAsync',
          'ReceiveMessageAsync',
          'ReceiveMessagesAsync',
        ],
        java: ['receiveMessages', 'peekMessages', 'acceptSession'],
        go: ['NewReceiverForQueue', 'NewReceiverForSubscription', 'ReceiveMessages', 'PeekMessages'],
      },
      dataActions: ['Microsoft.ServiceBus/namespaces/messages/receive/action'],
    },
    {
      languages: {
        typescript: ['createQueue', 'createTopic', 'createSubscription', 'deleteQueue', 'getQueueRuntimeProperties'],
        python: ['create_queue', 'create_topic', 'create_subscription', 'delete_queue', 'get_queue_runtime_properties'],
        csharp: [
          'CreateQueueAsync',
          'CreateTopicAsync',
          'CreateSubscriptionAsync',
          'DeleteQueueAsync',
          'GetQueueRuntimePropertiesAsync',
        ],
        java: ['createQueue', 'createTopic', 'createSubscription'],
        go: ['CreateQueue', 'CreateTopic', 'CreateSubscription'],
      },
      dataActions: ['Microsoft.ServiceBus/namespaces/queues/write', 'Microsoft.ServiceBus/namespaces/topics/write'],
    },
  ],
  roles: [
    { name: 'Azure Service Bus Data Sender', id: '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39', grants: 'sends messages' },
    {
      name: 'Azure Service Bus Data Receiver',
      id: '4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0',
      grants: 'receives messages',
    },
    {
      name: 'Azure Service Bus Data Owner',
      id: '090c5cfd-751d-490a-894a-3ce6f1109419',
      grants: 'sends, receives and manages entities',
    },
  ],
  rotation: {
    command:
      'az servicebus namespace authorization-rule keys renew --resource-group <resource-group> --namespace-name <name> --name RootManageSharedAccessKey --key PrimaryKey',
  },
  keysOff: {
    resourceType: 'Microsoft.ServiceBus/namespaces',
    property: 'disableLocalAuth',
    value: true,
    terraform: { resource: 'azurerm_servicebus_namespace', property: 'local_auth_enabled', value: false },
  },
  clients: [
    ...serviceBusClients,
    ...serviceBusKeyClients,
    registration(fromString, {
      package: 'Azure.Messaging.ServiceBus',
      before: 'AddServiceBusAdministrationClient($CS)',
      after: 'AddServiceBusAdministrationClientWithNamespace($ENDPOINT)',
      connectionString: standIns => connectionString(standIns.serviceBusKey()),
      endpoint: 'contoso-orders.servicebus.windows.net',
    }),
    registration(fromString, {
      package: 'Azure.Messaging.ServiceBus',
      before: 'AddServiceBusClient($CS)',
      after: 'AddServiceBusClientWithNamespace($ENDPOINT)',
      connectionString: standIns => connectionString(standIns.serviceBusKey()),
      endpoint: 'contoso-orders.servicebus.windows.net',
    }),
  ],
  guided: serviceBusGuides,
};
