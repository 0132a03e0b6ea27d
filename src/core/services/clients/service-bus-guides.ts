import type { GuidedClient } from '../service.ts';
import { connectionString } from './service-bus-forms.ts';

const successor = 'https://learn.microsoft.com/dotnet/api/overview/azure/messaging.servicebus-readme';

/** Clients of the library before this one, which goes by the name of its namespace. */
export const serviceBusGuides: readonly GuidedClient[] = (
  [
    ['QueueClient', '$CS, $ENTITY_NAME', '"orders"'],
    ['TopicClient', '$CS, $ENTITY_NAME', '"orders"'],
    ['SubscriptionClient', '$CS, $ENTITY_NAME, $SUBSCRIPTION', '"orders", "billing"'],
  ] as const
).map(([client, place, written]): GuidedClient => ({
  language: 'csharp',
  module: 'Microsoft.Azure.ServiceBus',
  notWith: ['Azure.Storage.Queues'],
  package: 'Microsoft.Azure.ServiceBus',
  secret: { capture: 'CS', form: 'connectionString' },
  before: `new ${client}(${place}, $$$OPTIONS)`,
  why: 'Microsoft.Azure.ServiceBus is retired; its successor Azure.Messaging.ServiceBus has another API.',
  steps: [
    'Replace the package by `Azure.Messaging.ServiceBus`, and the client by one `ServiceBusClient` for the whole process.',
    'Senders, receivers and processors come from that client: `CreateSender(queueOrTopic)`, `CreateProcessor(queue)`, `CreateProcessor(topic, subscription)`.',
    'Message handlers become events of the processor; the body of a message is `BinaryData`.',
  ],
  snippet: `using Azure.Identity;
using Azure.Messaging.ServiceBus;

await using var client = new ServiceBusClient("contoso-orders.servicebus.windows.net", new DefaultAzureCredential());
await using var sender = client.CreateSender("orders");
await sender.SendMessageAsync(new ServiceBusMessage("shipped"));
`,
  documentation: successor,
  examples: [
    {
      before: standIns => `using Microsoft.Azure.ServiceBus;

var client = new ${client}("${connectionString(standIns.serviceBusKey())}", ${written});
`,
    },
  ],
}));
