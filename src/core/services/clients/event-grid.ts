import type { ClientMigration, KeyBoundCalls } from '../service.ts';
import { keyRegistration } from './azure-clients.ts';

const fromKey = { secret: { capture: 'KEY', form: 'key' }, endpoint: { from: 'capture' } } as const;

const topicUrl = 'https://orders.westeurope-1.eventgrid.azure.net/api/events';

const typescriptClients: readonly ClientMigration[] = [
  {
    ...fromKey,
    language: 'typescript',
    module: '@azure/eventgrid',
    package: '@azure/eventgrid',
    before: 'new EventGridPublisherClient($URL, $SCHEMA, new AzureKeyCredential($KEY), $$$OPTIONS)',
    after: 'new EventGridPublisherClient($URL, $SCHEMA, $CREDENTIAL, $$$OPTIONS)',
    examples: [
      {
        before: standIns => `import { AzureKeyCredential, EventGridPublisherClient } from '@azure/eventgrid';

const topicKey = '${standIns.identifiableKey('eventGrid')}';

/** Tells the other departments about orders. */
export const orders = new EventGridPublisherClient(
  '${topicUrl}',
  'CloudEvent',
  new AzureKeyCredential(topicKey),
);
`,
        after: `import { EventGridPublisherClient } from '@azure/eventgrid';
import { DefaultAzureCredential } from '@azure/identity';

/** Tells the other departments about orders. */
export const orders = new EventGridPublisherClient(
  '${topicUrl}',
  'CloudEvent',
  new DefaultAzureCredential(),
);
`,
      },
      {
        languageId: 'javascript',
        cursor: 'process.env.TOPIC_KEY',
        before: () => `const { EventGridPublisherClient, AzureKeyCredential } = require('@azure/eventgrid');

const client = new EventGridPublisherClient(process.env.TOPIC_ENDPOINT || '', 'EventGrid', new AzureKeyCredential(process.env.TOPIC_KEY || ''));
module.exports = client;
`,
        after: `const { EventGridPublisherClient } = require('@azure/eventgrid');
const { DefaultAzureCredential } = require('@azure/identity');

const client = new EventGridPublisherClient(process.env.TOPIC_ENDPOINT || '', 'EventGrid', new DefaultAzureCredential());
module.exports = client;
`,
      },
    ],
  },
];

const pythonClients: readonly ClientMigration[] = (
  [
    ['EventGridPublisherClient', []],
    ['EventGridConsumerClient', ['namespace_topic="orders"', 'subscription="shipping"']],
  ] as const
).map(([client, source]): ClientMigration => ({
  ...fromKey,
  language: 'python',
  module: 'azure.eventgrid',
  package: 'azure-eventgrid',
  since: '4.4.0',
  before: `${client}(endpoint=$URL, credential=AzureKeyCredential($KEY), $$$OPTIONS)`,
  after: `${client}(endpoint=$URL, credential=$CREDENTIAL, $$$OPTIONS)`,
  examples: [
    {
      before: standIns => `import os

from azure.core.credentials import AzureKeyCredential
from azure.eventgrid import ${client}

credential = AzureKeyCredential("${standIns.identifiableKey('eventGrid')}")
client = ${client}(${['os.environ["TOPIC_ENDPOINT"]', 'credential', ...source].join(', ')})
`,
      after: `import os

from azure.eventgrid import ${client}
from azure.identity import DefaultAzureCredential

credential = DefaultAzureCredential()
client = ${client}(${['os.environ["TOPIC_ENDPOINT"]', 'credential', ...source].join(', ')})
`,
    },
    {
      before: standIns => `from azure.core.credentials import AzureKeyCredential
from azure.eventgrid.aio import ${client}


class Events:
    def __init__(self, endpoint: str) -> None:
        self._client = ${client}(
            endpoint=endpoint,
            credential=AzureKeyCredential("${standIns.identifiableKey('eventGrid')}"),  # of the topic
${source.map(argument => `            ${argument},\n`).join('')}        )
`,
      after: `from azure.eventgrid.aio import ${client}
from azure.identity.aio import DefaultAzureCredential


class Events:
    def __init__(self, endpoint: str) -> None:
        self._client = ${client}(
            endpoint=endpoint,
            credential=DefaultAzureCredential(),  # of the topic
${source.map(argument => `            ${argument},\n`).join('')}        )
`,
    },
  ],
}));

const topics = {
  module: 'Azure.Messaging.EventGrid',
  package: 'Azure.Messaging.EventGrid',
  since: '4.5.0',
} as const;
const namespaces = {
  module: 'Azure.Messaging.EventGrid.Namespaces',
  package: 'Azure.Messaging.EventGrid.Namespaces',
} as const;

const csharpClients: readonly ClientMigration[] = (
  [
    [topics, 'EventGridPublisherClient', '', ''],
    [namespaces, 'EventGridSenderClient', 'topicName: $TOPIC, ', '"orders", '],
    [
      namespaces,
      'EventGridReceiverClient',
      'topicName: $TOPIC, subscriptionName: $SUBSCRIPTION, ',
      '"orders", "shipping", ',
    ],
  ] as const
).map(([from, client, place, written]): ClientMigration => ({
  ...fromKey,
  ...from,
  language: 'csharp',
  before: `new ${client}(endpoint: $URI, ${place}credential: new AzureKeyCredential($KEY), $$$OPTIONS)`,
  after: `new ${client}(endpoint: $URI, ${place}credential: $CREDENTIAL, $$$OPTIONS)`,
  examples: [
    {
      before: standIns => `using System;
using Azure;
using ${from.module};

namespace Contoso.Orders
{
    public class OrderEvents
    {
        private readonly ${client} _client;

        public OrderEvents(Uri endpoint)
        {
            _client = new ${client}(endpoint, ${written}new AzureKeyCredential("${standIns.identifiableKey('eventGrid')}"));
        }
    }
}
`,
      after: `using System;
using Azure;
using Azure.Identity;
using ${from.module};

namespace Contoso.Orders
{
    public class OrderEvents
    {
        private readonly ${client} _client;

        public OrderEvents(Uri endpoint)
        {
            _client = new ${client}(endpoint, ${written}new DefaultAzureCredential());
        }
    }
}
`,
    },
  ],
}));

const javaClients: readonly ClientMigration[] = (
  [
    [
      'com.azure.messaging.eventgrid',
      'azure-messaging-eventgrid',
      'EventGridPublisherClientBuilder',
      '',
      'buildCloudEventPublisherClient',
      '4.5.0',
    ],
    [
      'com.azure.messaging.eventgrid.namespaces',
      'azure-messaging-eventgrid-namespaces',
      'EventGridSenderClientBuilder',
      '.topicName("orders")',
      'buildClient',
      undefined,
    ],
    [
      'com.azure.messaging.eventgrid.namespaces',
      'azure-messaging-eventgrid-namespaces',
      'EventGridReceiverClientBuilder',
      '.topicName("orders").subscriptionName("shipping")',
      'buildClient',
      undefined,
    ],
  ] as const
).flatMap(([module, artifact, builder, calls, build, since]) =>
  // Topics of namespaces take any key credential.
  (since === undefined ? ['AzureKeyCredential', 'KeyCredential'] : ['AzureKeyCredential']).map(
    (key): ClientMigration => ({
      ...fromKey,
      language: 'java',
      module,
      package: `com.azure:${artifact}`,
      ...(since === undefined ? {} : { since }),
      before: `new ${builder}().credential(new ${key}($KEY)).$$$CALLS()`,
      after: `new ${builder}().credential($CREDENTIAL).$$$CALLS()`,
      examples: [
        {
          before: standIns => `package com.contoso.orders;

import com.azure.core.credential.${key};
import ${module}.${builder};

class OrderEvents {
    private static final String TOPIC_KEY = "${standIns.identifiableKey('eventGrid')}";

    final Object client = new ${builder}()
        .endpoint("${topicUrl}")${calls}
        .credential(new ${key}(TOPIC_KEY))
        .${build}();
}
`,
          after: `package com.contoso.orders;

import com.azure.identity.DefaultAzureCredentialBuilder;
import ${module}.${builder};

class OrderEvents {
    final Object client = new ${builder}()
        .endpoint("${topicUrl}")${calls}
        .credential(new DefaultAzureCredentialBuilder().build())
        .${build}();
}
`,
        },
      ],
    }),
  ),
);

const goPublisher = 'github.com/Azure/azure-sdk-for-go/sdk/messaging/eventgrid/azeventgrid';
const goNamespaces = 'github.com/Azure/azure-sdk-for-go/sdk/messaging/eventgrid/aznamespaces';

const goClients: readonly ClientMigration[] = (
  [
    [goPublisher, 'azeventgrid', 'NewClient', '', ''],
    [goNamespaces, 'aznamespaces', 'NewSenderClient', ', $TOPIC', ', "orders"'],
    [goNamespaces, 'aznamespaces', 'NewReceiverClient', ', $TOPIC, $SUBSCRIPTION', ', "orders", "shipping"'],
  ] as const
).map(([module, name, create, place, written]): ClientMigration => ({
  ...fromKey,
  language: 'go',
  module,
  package: module,
  before: `${name}.${create}WithSharedKeyCredential($URL${place}, azcore.NewKeyCredential($KEY), $$$OPTIONS)`,
  after: `${name}.${create}($URL${place}, $CREDENTIAL, $$$OPTIONS)`,
  examples: [
    {
      before: standIns => `package orders

import (
	"fmt"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"${module}"
)

func Connect(endpoint string) error {
	client, err := ${name}.${create}WithSharedKeyCredential(endpoint${written}, azcore.NewKeyCredential("${standIns.identifiableKey('eventGrid')}"), nil)
	if err != nil {
		return fmt.Errorf("cannot reach the topic: %w", err)
	}
	return run(client)
}
`,
      after: `package orders

import (
	"fmt"

	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"${module}"
)

func Connect(endpoint string) error {
	cred, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		return fmt.Errorf("cannot get an Azure credential: %w", err)
	}
	client, err := ${name}.${create}(endpoint${written}, cred, nil)
	if err != nil {
		return fmt.Errorf("cannot reach the topic: %w", err)
	}
	return run(client)
}
`,
    },
  ],
}));

export const eventGridClients: readonly ClientMigration[] = [
  ...typescriptClients,
  ...pythonClients,
  ...csharpClients,
  keyRegistration(fromKey, {
    package: 'Azure.Messaging.EventGrid',
    method: 'AddEventGridPublisherClient',
    endpoint: 'https://contoso-orders.westeurope-1.eventgrid.azure.net/api/events',
    key: standIns => standIns.identifiableKey('eventGrid'),
  }),
  ...javaClients,
  ...goClients,
];

export const eventGridKeyOnly: readonly KeyBoundCalls[] = [
  {
    languages: {
      typescript: ['generateSharedAccessSignature'],
      python: ['generate_sas'],
      csharp: ['GenerateSas'],
      java: ['generateSas'],
    },
    reason:
      'Signing a shared access signature needs the key of the topic. Let publishers sign in themselves with the role EventGrid Data Sender, then run the fix again.',
  },
];
