import type { ClientMigration } from '../service.ts';
import { connectionString, fromKey, fromString } from './event-hubs-forms.ts';

const python = { language: 'python', module: 'azure.eventhub', package: 'azure-eventhub' } as const;

export const eventHubsPythonClients: readonly ClientMigration[] = [
  {
    ...python,
    ...fromString,
    before: 'EventHubProducerClient.from_connection_string(conn_str=$CS, eventhub_name=$HUB, $$$OPTIONS)',
    after:
      'EventHubProducerClient(fully_qualified_namespace=$ENDPOINT, eventhub_name=$HUB, $$$OPTIONS, credential=$CREDENTIAL)',
    examples: [
      {
        before: standIns => `from azure.eventhub import EventData, EventHubProducerClient

producer = EventHubProducerClient.from_connection_string(
    "${connectionString(standIns)}", eventhub_name="telemetry"
)


def send(reading: str) -> None:
    with producer:
        producer.send_batch([EventData(reading)])
`,
        after: `from azure.eventhub import EventData, EventHubProducerClient
from azure.identity import DefaultAzureCredential

producer = EventHubProducerClient(
    "contoso-telemetry.servicebus.windows.net", eventhub_name="telemetry", credential=DefaultAzureCredential()
)


def send(reading: str) -> None:
    with producer:
        producer.send_batch([EventData(reading)])
`,
      },
      {
        cursor: 'from_connection_string',
        before: () => `import os

from azure.eventhub.aio import EventHubProducerClient


async def open_hub():
    return EventHubProducerClient.from_connection_string(
        conn_str=os.environ["EVENTHUB_CONNECTION"],
        eventhub_name=os.environ["EVENTHUB_NAME"],
    )
`,
        after: `import os

from azure.eventhub.aio import EventHubProducerClient
from azure.identity.aio import DefaultAzureCredential


async def open_hub():
    return EventHubProducerClient(
        fully_qualified_namespace=os.environ["AZURE_EVENTHUB_FULLY_QUALIFIED_NAMESPACE"],
        eventhub_name=os.environ["EVENTHUB_NAME"],
        credential=DefaultAzureCredential(),
    )
`,
      },
    ],
  },
  {
    ...python,
    ...fromString,
    before: 'EventHubProducerClient.from_connection_string(conn_str=$CS, $$$OPTIONS)',
    after:
      'EventHubProducerClient(fully_qualified_namespace=$ENDPOINT, eventhub_name=$ENTITY, $$$OPTIONS, credential=$CREDENTIAL)',
    examples: [
      {
        before: standIns => `from azure.eventhub.aio import EventHubProducerClient

CONNECTION = "${connectionString(standIns, 'telemetry')}"
producer = EventHubProducerClient.from_connection_string(conn_str=CONNECTION, logging_enable=True)
`,
        after: `from azure.eventhub.aio import EventHubProducerClient
from azure.identity.aio import DefaultAzureCredential

producer = EventHubProducerClient(fully_qualified_namespace="contoso-telemetry.servicebus.windows.net", eventhub_name="telemetry", logging_enable=True, credential=DefaultAzureCredential())
`,
      },
    ],
  },
  {
    ...python,
    ...fromString,
    before:
      'EventHubConsumerClient.from_connection_string(conn_str=$CS, consumer_group=$GROUP, eventhub_name=$HUB, $$$OPTIONS)',
    after:
      'EventHubConsumerClient(fully_qualified_namespace=$ENDPOINT, eventhub_name=$HUB, consumer_group=$GROUP, $$$OPTIONS, credential=$CREDENTIAL)',
    examples: [
      {
        before: standIns => `from azure.eventhub import EventHubConsumerClient

consumer = EventHubConsumerClient.from_connection_string(
    "${connectionString(standIns)}",
    "$Default",
    eventhub_name="telemetry",
    load_balancing_interval=10,
)
`,
        after: `from azure.eventhub import EventHubConsumerClient
from azure.identity import DefaultAzureCredential

consumer = EventHubConsumerClient(
    "contoso-telemetry.servicebus.windows.net",
    consumer_group="$Default",
    eventhub_name="telemetry",
    load_balancing_interval=10,
    credential=DefaultAzureCredential(),
)
`,
      },
    ],
  },
  {
    ...python,
    ...fromString,
    before: 'EventHubConsumerClient.from_connection_string(conn_str=$CS, consumer_group=$GROUP, $$$OPTIONS)',
    after:
      'EventHubConsumerClient(fully_qualified_namespace=$ENDPOINT, eventhub_name=$ENTITY, consumer_group=$GROUP, $$$OPTIONS, credential=$CREDENTIAL)',
    examples: [
      {
        before: standIns => `from azure.eventhub import EventHubConsumerClient

client = EventHubConsumerClient.from_connection_string("${connectionString(standIns, 'telemetry')}", "$Default")
`,
        after: `from azure.eventhub import EventHubConsumerClient
from azure.identity import DefaultAzureCredential

client = EventHubConsumerClient("contoso-telemetry.servicebus.windows.net", "telemetry", "$Default", credential=DefaultAzureCredential())
`,
      },
    ],
  },
  ...(
    [
      [
        'EventHubProducerClient',
        'fully_qualified_namespace=$NAMESPACE, eventhub_name=$HUB',
        '',
        'AzureNamedKeyCredential',
        'azure.core.credentials',
      ],
      [
        'EventHubConsumerClient',
        'fully_qualified_namespace=$NAMESPACE, eventhub_name=$HUB, consumer_group=$GROUP',
        '"$Default", ',
        'AzureNamedKeyCredential',
        'azure.core.credentials',
      ],
      [
        'EventHubProducerClient',
        'fully_qualified_namespace=$NAMESPACE, eventhub_name=$HUB',
        '',
        'EventHubSharedKeyCredential',
        'azure.eventhub',
      ],
      [
        'EventHubConsumerClient',
        'fully_qualified_namespace=$NAMESPACE, eventhub_name=$HUB, consumer_group=$GROUP',
        '"$Default", ',
        'EventHubSharedKeyCredential',
        'azure.eventhub',
      ],
    ] as const
  ).map(([client, place, group, credential, module]): ClientMigration => ({
    ...python,
    ...fromKey,
    before: `${client}(${place}, credential=${credential}($NAME, $KEY), $$$OPTIONS)`,
    after: `${client}(${place}, credential=$CREDENTIAL, $$$OPTIONS)`,
    examples: [
      {
        before: standIns => `from ${module} import ${credential}
from azure.eventhub import ${client}

client = ${client}("contoso-telemetry.servicebus.windows.net", "telemetry", ${group}credential=${credential}("app", "${standIns.identifiableKey('eventHubs')}"))
`,
        after: `from azure.eventhub import ${client}
from azure.identity import DefaultAzureCredential

client = ${client}("contoso-telemetry.servicebus.windows.net", "telemetry", ${group}credential=DefaultAzureCredential())
`,
      },
    ],
  })),
];
