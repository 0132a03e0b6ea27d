import type { ClientMigration } from '../service.ts';
import { eventHubsCsharpClients } from './event-hubs-csharp.ts';
import { connectionString, fromKey, fromString } from './event-hubs-forms.ts';
import { eventHubsGoClients } from './event-hubs-go.ts';
import { eventHubsJavaClients } from './event-hubs-java.ts';
import { eventHubsPythonClients } from './event-hubs-python.ts';

const typescript = { language: 'typescript', module: '@azure/event-hubs', package: '@azure/event-hubs' } as const;

/** The hub is an argument, or the connection string names it: the keyless form always has it as an argument. */
const typescriptClients: readonly ClientMigration[] = [
  {
    ...typescript,
    ...fromString,
    text: ['HUB'],
    before: 'new EventHubProducerClient($CS, $HUB, $$$OPTIONS)',
    after: 'new EventHubProducerClient($ENDPOINT, $HUB, $CREDENTIAL, $$$OPTIONS)',
    examples: [
      {
        before: standIns => `import { EventHubProducerClient } from '@azure/event-hubs';

const connection = '${connectionString(standIns)}';

export const telemetry = new EventHubProducerClient(connection, 'telemetry', {
  retryOptions: { maxRetries: 5 },
});
`,
        after: `import { EventHubProducerClient } from '@azure/event-hubs';
import { DefaultAzureCredential } from '@azure/identity';

export const telemetry = new EventHubProducerClient('contoso-telemetry.servicebus.windows.net', 'telemetry', new DefaultAzureCredential(), {
  retryOptions: { maxRetries: 5 },
});
`,
      },
      {
        cursor: 'EventHubProducerClient(',
        languageId: 'javascript',
        before: () => `const { EventHubProducerClient } = require('@azure/event-hubs');

const connectionString = process.env.EVENTHUB_CONNECTION_STRING || '';
exports.telemetry = new EventHubProducerClient(connectionString, process.env.EVENTHUB_NAME || '');
`,
        after: `const { EventHubProducerClient } = require('@azure/event-hubs');
const { DefaultAzureCredential } = require('@azure/identity');

const fullyQualifiedNamespace = process.env.AZURE_EVENTHUB_FULLY_QUALIFIED_NAMESPACE || '';
exports.telemetry = new EventHubProducerClient(fullyQualifiedNamespace, process.env.EVENTHUB_NAME || '', new DefaultAzureCredential());
`,
      },
    ],
  },
  {
    ...typescript,
    ...fromString,
    before: 'new EventHubProducerClient($CS, $$$OPTIONS)',
    after: 'new EventHubProducerClient($ENDPOINT, $ENTITY, $CREDENTIAL, $$$OPTIONS)',
    examples: [
      {
        before: standIns => `import { EventHubProducerClient } from "@azure/event-hubs";

const options = { retryOptions: { maxRetries: 5 } };
export const telemetry = new EventHubProducerClient("${connectionString(standIns, 'telemetry')}", options);
`,
        after: `import { EventHubProducerClient } from "@azure/event-hubs";
import { DefaultAzureCredential } from "@azure/identity";

const options = { retryOptions: { maxRetries: 5 } };
export const telemetry = new EventHubProducerClient("contoso-telemetry.servicebus.windows.net", "telemetry", new DefaultAzureCredential(), options);
`,
      },
    ],
  },
  {
    ...typescript,
    ...fromString,
    text: ['HUB'],
    before: 'new EventHubBufferedProducerClient($CS, $HUB, $$$OPTIONS)',
    after: 'new EventHubBufferedProducerClient($ENDPOINT, $HUB, $CREDENTIAL, $$$OPTIONS)',
    examples: [
      {
        before:
          standIns => `import { EventHubBufferedProducerClient, type OnSendEventsErrorContext } from '@azure/event-hubs';

const hub = 'telemetry';
export const telemetry = new EventHubBufferedProducerClient(
  '${connectionString(standIns)}',
  hub,
  { onSendEventsErrorHandler: async ({ error }: OnSendEventsErrorContext) => console.error(error) },
);
`,
        after: `import { EventHubBufferedProducerClient, type OnSendEventsErrorContext } from '@azure/event-hubs';
import { DefaultAzureCredential } from '@azure/identity';

const hub = 'telemetry';
export const telemetry = new EventHubBufferedProducerClient(
  'contoso-telemetry.servicebus.windows.net',
  hub,
  new DefaultAzureCredential(),
  { onSendEventsErrorHandler: async ({ error }: OnSendEventsErrorContext) => console.error(error) },
);
`,
      },
    ],
  },
  {
    ...typescript,
    ...fromString,
    before: 'new EventHubBufferedProducerClient($CS, $$$OPTIONS)',
    after: 'new EventHubBufferedProducerClient($ENDPOINT, $ENTITY, $CREDENTIAL, $$$OPTIONS)',
    examples: [
      {
        before: standIns => `import { EventHubBufferedProducerClient } from '@azure/event-hubs';

export const telemetry = new EventHubBufferedProducerClient('${connectionString(standIns, 'telemetry')}', {
  onSendEventsErrorHandler: async ({ error }) => console.error(error),
});
`,
        after: `import { EventHubBufferedProducerClient } from '@azure/event-hubs';
import { DefaultAzureCredential } from '@azure/identity';

export const telemetry = new EventHubBufferedProducerClient('contoso-telemetry.servicebus.windows.net', 'telemetry', new DefaultAzureCredential(), {
  onSendEventsErrorHandler: async ({ error }) => console.error(error),
});
`,
      },
    ],
  },
  {
    ...typescript,
    ...fromString,
    text: ['HUB'],
    before: 'new EventHubConsumerClient($GROUP, $CS, $HUB, $$$REST)',
    after: 'new EventHubConsumerClient($GROUP, $ENDPOINT, $HUB, $CREDENTIAL, $$$REST)',
    examples: [
      {
        before: standIns => `import { EventHubConsumerClient, type CheckpointStore } from '@azure/event-hubs';

export class Telemetry {
  private readonly client: EventHubConsumerClient;

  constructor(hub: string, store: CheckpointStore) {
    this.client = new EventHubConsumerClient('$Default', '${connectionString(standIns)}', hub, store);
  }

  close() {
    return this.client.close();
  }
}
`,
        after: `import { EventHubConsumerClient, type CheckpointStore } from '@azure/event-hubs';
import { DefaultAzureCredential } from '@azure/identity';

export class Telemetry {
  private readonly client: EventHubConsumerClient;

  constructor(hub: string, store: CheckpointStore) {
    this.client = new EventHubConsumerClient('$Default', 'contoso-telemetry.servicebus.windows.net', hub, new DefaultAzureCredential(), store);
  }

  close() {
    return this.client.close();
  }
}
`,
      },
    ],
  },
  {
    ...typescript,
    ...fromString,
    before: 'new EventHubConsumerClient($GROUP, $CS, $$$REST)',
    after: 'new EventHubConsumerClient($GROUP, $ENDPOINT, $ENTITY, $CREDENTIAL, $$$REST)',
    examples: [
      {
        before: standIns => `import { EventHubConsumerClient, type CheckpointStore } from '@azure/event-hubs';

const connection = '${connectionString(standIns, 'telemetry')}';

export const open = (store: CheckpointStore) => new EventHubConsumerClient('dashboard', connection, store);
`,
        after: `import { EventHubConsumerClient, type CheckpointStore } from '@azure/event-hubs';
import { DefaultAzureCredential } from '@azure/identity';

const credential = new DefaultAzureCredential();

export const open = (store: CheckpointStore) => new EventHubConsumerClient('dashboard', 'contoso-telemetry.servicebus.windows.net', 'telemetry', credential, store);
`,
      },
    ],
  },
  ...(
    [
      ['EventHubProducerClient', '', ''],
      ['EventHubConsumerClient', '$GROUP, ', `'dashboard', `],
    ] as const
  ).map(([client, group, name]): ClientMigration => ({
    ...typescript,
    ...fromKey,
    before: `new ${client}(${group}$NAMESPACE, $HUB, new AzureNamedKeyCredential($NAME, $KEY), $$$REST)`,
    after: `new ${client}(${group}$NAMESPACE, $HUB, $CREDENTIAL, $$$REST)`,
    examples: [
      {
        before: standIns => `import { AzureNamedKeyCredential } from '@azure/core-auth';
import { ${client} } from '@azure/event-hubs';

const credential = new AzureNamedKeyCredential('app', '${standIns.identifiableKey('eventHubs')}');
export const client = new ${client}(${name}'contoso-telemetry.servicebus.windows.net', 'telemetry', credential);
`,
        after: `import { ${client} } from '@azure/event-hubs';
import { DefaultAzureCredential } from '@azure/identity';

const credential = new DefaultAzureCredential();
export const client = new ${client}(${name}'contoso-telemetry.servicebus.windows.net', 'telemetry', credential);
`,
      },
    ],
  })),
];

export const eventHubsClients: readonly ClientMigration[] = [
  ...typescriptClients,
  ...eventHubsPythonClients,
  ...eventHubsCsharpClients,
  ...eventHubsJavaClients,
  ...eventHubsGoClients,
];
