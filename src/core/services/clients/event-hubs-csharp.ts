import type { ClientMigration } from '../service.ts';
import { connectionString, fromKey, fromString } from './event-hubs-forms.ts';

const producer = {
  language: 'csharp',
  module: 'Azure.Messaging.EventHubs.Producer',
  package: 'Azure.Messaging.EventHubs',
} as const;
const consumer = { ...producer, module: 'Azure.Messaging.EventHubs.Consumer' } as const;
const processor = {
  language: 'csharp',
  module: 'Azure.Messaging.EventHubs',
  package: 'Azure.Messaging.EventHubs.Processor',
} as const;

/** Clients, what their constructors take first, and how examples write that. */
const clients = [
  [producer, 'EventHubProducerClient', '', ''],
  [producer, 'EventHubBufferedProducerClient', '', ''],
  [consumer, 'EventHubConsumerClient', 'consumerGroup: $GROUP, ', '"dashboard", '],
  [
    processor,
    'EventProcessorClient',
    'checkpointStore: $STORE, consumerGroup: $GROUP, ',
    'new BlobContainerClient(new Uri(args[0]), new DefaultAzureCredential()), "dashboard", ',
  ],
] as const;

const usings = (module: string, first: string): { readonly before: string; readonly after: string } =>
  first.includes('new Uri')
    ? {
        before: `using System;\nusing Azure.Identity;\nusing ${module};\nusing Azure.Storage.Blobs;`,
        after: `using System;\nusing Azure.Identity;\nusing ${module};\nusing Azure.Storage.Blobs;`,
      }
    : { before: `using ${module};`, after: `using Azure.Identity;\nusing ${module};` };

/** Two places that need a credential share one. */
const shared = (statement: string): string =>
  statement.split('new DefaultAzureCredential()').length < 3
    ? statement
    : `var credential = new DefaultAzureCredential();\n${statement.replaceAll('new DefaultAzureCredential()', 'credential')}`;

/** The hub is an argument, or the connection string names it: the keyless form always has it as an argument. */
export const eventHubsCsharpClients: readonly ClientMigration[] = clients.flatMap(
  ([language, client, first, written]): ClientMigration[] => {
    const { before: usingsBefore, after: usingsAfter } = usings(language.module, written);
    return [
      {
        ...language,
        ...fromString,
        text: ['HUB'],
        before: `new ${client}(${first}connectionString: $CS, eventHubName: $HUB, $$$OPTIONS)`,
        after: `new ${client}(${first}fullyQualifiedNamespace: $ENDPOINT, eventHubName: $HUB, credential: $CREDENTIAL, $$$OPTIONS)`,
        examples: [
          {
            before: standIns => `${usingsBefore}

const string Connection = "${connectionString(standIns)}";
var hub = args[^1];
await using var client = new ${client}(${written}Connection, hub, new ${client}Options { Identifier = "shop" });
`,
            after: `${usingsAfter}

var hub = args[^1];
${shared(`await using var client = new ${client}(${written}"contoso-telemetry.servicebus.windows.net", hub, new DefaultAzureCredential(), new ${client}Options { Identifier = "shop" });`)}
`,
          },
        ],
      },
      {
        ...language,
        ...fromString,
        before: `new ${client}(${first}connectionString: $CS, $$$OPTIONS)`,
        after: `new ${client}(${first}fullyQualifiedNamespace: $ENDPOINT, eventHubName: $ENTITY, credential: $CREDENTIAL, $$$OPTIONS)`,
        examples: [
          {
            before: standIns => `${usingsBefore}

var options = new ${client}Options { Identifier = "shop" };
await using var client = new ${client}(${written}"${connectionString(standIns, 'telemetry')}", options);
`,
            after: `${usingsAfter}

var options = new ${client}Options { Identifier = "shop" };
${shared(`await using var client = new ${client}(${written}"contoso-telemetry.servicebus.windows.net", "telemetry", new DefaultAzureCredential(), options);`)}
`,
          },
        ],
      },
      {
        ...language,
        ...fromKey,
        before: `new ${client}(${first}fullyQualifiedNamespace: $NAMESPACE, eventHubName: $HUB, credential: new AzureNamedKeyCredential($NAME, $KEY), $$$OPTIONS)`,
        after: `new ${client}(${first}fullyQualifiedNamespace: $NAMESPACE, eventHubName: $HUB, credential: $CREDENTIAL, $$$OPTIONS)`,
        examples: [
          {
            before: standIns => `using Azure;
${usingsBefore}

var credential = new AzureNamedKeyCredential("app", "${standIns.identifiableKey('eventHubs')}");
await using var client = new ${client}(${written}"contoso-telemetry.servicebus.windows.net", "telemetry", credential);
`,
            after: `using Azure;
${usingsAfter}

var credential = new DefaultAzureCredential();
await using var client = new ${client}(${written}"contoso-telemetry.servicebus.windows.net", "telemetry", credential);
`,
          },
        ],
      },
    ];
  },
);
