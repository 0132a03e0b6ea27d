import type { CredentialFormat, Service, SettingMigration } from './service.ts';

const credentials: readonly CredentialFormat[] = [];

const settings: readonly SettingMigration[] = [
  {
    form: 'functionsConnection',
    title: 'Use an identity-based Service Bus connection',
    cures: ['service-bus-access-key'],
    rewrite(fields) {
      const namespace = /^sb:\/\/([a-z0-9.-]+)\/?$/iu.exec(fields.get('endpoint') ?? '')?.[1];
      // The entity path has no identity-based setting: dropping it would send the trigger to another entity.
      if (namespace === undefined || fields.has('entitypath')) return undefined;
      return { kind: 'suffixes', values: { fullyQualifiedNamespace: namespace } };
    },
    examples: [
      {
        path: 'local.settings.json',
        before: standIns =>
          `{\n  "Values": {\n    "OrdersBus": "Endpoint=sb://contoso-orders.servicebus.windows.net/;SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=${standIns.serviceBusKey()}"\n  }\n}\n`,
        after: `{\n  "Values": {\n    "OrdersBus__fullyQualifiedNamespace": "contoso-orders.servicebus.windows.net"\n  }\n}\n`,
      },
    ],
  },
];

export const serviceBus: Service = {
  id: 'service-bus',
  name: 'Azure Service Bus',
  documentation: 'https://learn.microsoft.com/azure/service-bus-messaging/service-bus-managed-service-identity',
  credentials,
  settings,
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
  keysOff: {
    resourceType: 'Microsoft.ServiceBus/namespaces',
    property: 'disableLocalAuth',
    value: true,
    terraform: { resource: 'azurerm_servicebus_namespace', property: 'local_auth_enabled', value: false },
  },
  clients: [],
};
