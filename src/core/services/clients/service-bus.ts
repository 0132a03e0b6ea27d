import type { ClientMigration } from '../service.ts';
import { connectionString, fromString } from './service-bus-forms.ts';
import { serviceBusGoClients } from './service-bus-go.ts';
import { serviceBusJavaClients } from './service-bus-java.ts';

const typescript = { language: 'typescript', module: '@azure/service-bus', package: '@azure/service-bus' } as const;
const python = {
  language: 'python',
  module: 'azure.servicebus',
  package: 'azure-servicebus',
  since: '7.0.0',
} as const;
const csharp = {
  language: 'csharp',
  module: 'Azure.Messaging.ServiceBus',
  package: 'Azure.Messaging.ServiceBus',
} as const;

export const serviceBusClients: readonly ClientMigration[] = [
  {
    ...typescript,
    ...fromString,
    before: 'new ServiceBusClient($CS, $$$OPTIONS)',
    after: 'new ServiceBusClient($ENDPOINT, $CREDENTIAL, $$$OPTIONS)',
    examples: [
      {
        cursor: 'ServiceBusClient(',
        languageId: 'javascript',
        before: () => `const { ServiceBusClient } = require('@azure/service-bus');

const client = new ServiceBusClient(process.env.SERVICEBUS_CONNECTION_STRING || '', { retryOptions: { maxRetries: 2 } });
exports.sender = client.createSender('orders');
`,
        after: `const { DefaultAzureCredential } = require('@azure/identity');
const { ServiceBusClient } = require('@azure/service-bus');

const client = new ServiceBusClient(process.env.AZURE_SERVICEBUS_FULLY_QUALIFIED_NAMESPACE || '', new DefaultAzureCredential(), { retryOptions: { maxRetries: 2 } });
exports.sender = client.createSender('orders');
`,
      },
      {
        before: standIns => `import { ServiceBusClient } from "@azure/service-bus";

export class Orders {
  private readonly connection = "${connectionString(standIns.serviceBusKey())};EntityPath=orders";

  async send(body: unknown) {
    // One client per process is enough.
    const client = new ServiceBusClient(
      this.connection, // the namespace of production
      { retryOptions: { maxRetries: 2 } },
    );
    await client.createSender("orders").sendMessages({ body });
  }
}
`,
        after: `import { DefaultAzureCredential } from "@azure/identity";
import { ServiceBusClient } from "@azure/service-bus";

const credential = new DefaultAzureCredential();

export class Orders {
  async send(body: unknown) {
    // One client per process is enough.
    const client = new ServiceBusClient(
      "contoso-orders.servicebus.windows.net",
      credential, // the namespace of production
      { retryOptions: { maxRetries: 2 } },
    );
    await client.createSender("orders").sendMessages({ body });
  }
}
`,
      },
    ],
  },
  {
    ...typescript,
    ...fromString,
    before: 'new ServiceBusAdministrationClient($CS, $$$OPTIONS)',
    after: 'new ServiceBusAdministrationClient($ENDPOINT, $CREDENTIAL, $$$OPTIONS)',
    examples: [
      {
        languageId: 'javascript',
        before: standIns => `const { ServiceBusAdministrationClient } = require('@azure/service-bus');

const admin = new ServiceBusAdministrationClient('${connectionString(standIns.serviceBusKey())}');
module.exports = { admin };
`,
        after: `const { DefaultAzureCredential } = require('@azure/identity');
const { ServiceBusAdministrationClient } = require('@azure/service-bus');

const admin = new ServiceBusAdministrationClient('contoso-orders.servicebus.windows.net', new DefaultAzureCredential());
module.exports = { admin };
`,
      },
    ],
  },
  {
    ...python,
    ...fromString,
    before: 'ServiceBusClient.from_connection_string(conn_str=$CS, $$$OPTIONS)',
    after: 'ServiceBusClient(fully_qualified_namespace=$ENDPOINT, $$$OPTIONS, credential=$CREDENTIAL)',
    examples: [
      {
        cursor: 'getenv',
        before: () => `from os import getenv
from azure.servicebus.aio import ServiceBusClient

client = ServiceBusClient.from_connection_string(getenv('SB_CONN') or '')
`,
        after: `from os import getenv
from azure.identity.aio import DefaultAzureCredential
from azure.servicebus.aio import ServiceBusClient

client = ServiceBusClient(getenv('AZURE_SERVICEBUS_FULLY_QUALIFIED_NAMESPACE') or '', credential=DefaultAzureCredential())
`,
      },
      {
        before: standIns => `from azure.servicebus import ServiceBusClient, ServiceBusMessage

KEY = "${standIns.serviceBusKey()}"


def send(body: str) -> None:
    conn_str = f"Endpoint=sb://contoso-orders.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey={KEY}"
    with ServiceBusClient.from_connection_string(conn_str=conn_str) as client:
        client.get_queue_sender("orders").send_messages(ServiceBusMessage(body))
`,
        after: `from azure.identity import DefaultAzureCredential
from azure.servicebus import ServiceBusClient, ServiceBusMessage

credential = DefaultAzureCredential()


def send(body: str) -> None:
    with ServiceBusClient(fully_qualified_namespace="contoso-orders.servicebus.windows.net", credential=credential) as client:
        client.get_queue_sender("orders").send_messages(ServiceBusMessage(body))
`,
      },
    ],
  },
  {
    ...python,
    module: 'azure.servicebus.management',
    ...fromString,
    before: 'ServiceBusAdministrationClient.from_connection_string(conn_str=$CS, $$$OPTIONS)',
    after: 'ServiceBusAdministrationClient(fully_qualified_namespace=$ENDPOINT, $$$OPTIONS, credential=$CREDENTIAL)',
    examples: [
      {
        before: standIns => `from azure.servicebus.aio.management import ServiceBusAdministrationClient

admin = ServiceBusAdministrationClient.from_connection_string("${connectionString(standIns.serviceBusKey())}")
`,
        after: `from azure.identity.aio import DefaultAzureCredential
from azure.servicebus.aio.management import ServiceBusAdministrationClient

admin = ServiceBusAdministrationClient("contoso-orders.servicebus.windows.net", credential=DefaultAzureCredential())
`,
      },
    ],
  },
  {
    ...python,
    secret: { capture: 'KEY', form: 'key' },
    endpoint: { from: 'capture' },
    before:
      'ServiceBusClient(fully_qualified_namespace=$NAMESPACE, credential=AzureNamedKeyCredential($NAME, $KEY), $$$OPTIONS)',
    after: 'ServiceBusClient(fully_qualified_namespace=$NAMESPACE, credential=$CREDENTIAL, $$$OPTIONS)',
    examples: [
      {
        before: standIns => `from azure.core.credentials import AzureNamedKeyCredential
from azure.servicebus import ServiceBusClient

_credential = AzureNamedKeyCredential("send", "${standIns.serviceBusKey()}")
client = ServiceBusClient("contoso-orders.servicebus.windows.net", _credential)
`,
        after: `from azure.identity import DefaultAzureCredential
from azure.servicebus import ServiceBusClient

_credential = DefaultAzureCredential()
client = ServiceBusClient("contoso-orders.servicebus.windows.net", _credential)
`,
      },
    ],
  },
  {
    ...csharp,
    ...fromString,
    before: 'new ServiceBusClient(connectionString: $CS, $$$OPTIONS)',
    after: 'new ServiceBusClient(fullyQualifiedNamespace: $ENDPOINT, credential: $CREDENTIAL, $$$OPTIONS)',
    examples: [
      {
        cursor: 'ServiceBusClient(',
        before: () => `using System;
using Azure.Messaging.ServiceBus;

var connectionString = Environment.GetEnvironmentVariable("SERVICEBUS_CONNECTION")
    ?? throw new InvalidOperationException("SERVICEBUS_CONNECTION is not set");
await using var client = new ServiceBusClient(connectionString);
`,
        after: `using System;
using Azure.Identity;
using Azure.Messaging.ServiceBus;

var fullyQualifiedNamespace = Environment.GetEnvironmentVariable("AZURE_SERVICEBUS_FULLY_QUALIFIED_NAMESPACE")
    ?? throw new InvalidOperationException("AZURE_SERVICEBUS_FULLY_QUALIFIED_NAMESPACE is not set");
await using var client = new ServiceBusClient(fullyQualifiedNamespace, new DefaultAzureCredential());
`,
      },
      {
        before: standIns => `using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Hosting;

namespace Contoso.Orders
{
    internal sealed class Worker : BackgroundService
    {
        private readonly ServiceBusClient _client;

        public Worker()
        {
            var connectionString = @"${connectionString(standIns.serviceBusKey())}";
            _client = new Azure.Messaging.ServiceBus.ServiceBusClient(connectionString, new ServiceBusClientOptions
            {
                TransportType = ServiceBusTransportType.AmqpWebSockets, // port 443 only
            });
        }
    }
}
`,
        after: `using Azure.Identity;
using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Hosting;

namespace Contoso.Orders
{
    internal sealed class Worker : BackgroundService
    {
        private readonly ServiceBusClient _client;

        public Worker()
        {
            _client = new Azure.Messaging.ServiceBus.ServiceBusClient("contoso-orders.servicebus.windows.net", new DefaultAzureCredential(), new ServiceBusClientOptions
            {
                TransportType = ServiceBusTransportType.AmqpWebSockets, // port 443 only
            });
        }
    }
}
`,
      },
    ],
  },
  {
    ...csharp,
    module: 'Azure.Messaging.ServiceBus.Administration',
    ...fromString,
    before: 'new ServiceBusAdministrationClient(connectionString: $CS, $$$OPTIONS)',
    after:
      'new ServiceBusAdministrationClient(fullyQualifiedNamespace: $ENDPOINT, credential: $CREDENTIAL, $$$OPTIONS)',
    examples: [
      {
        before: standIns => `using Azure.Messaging.ServiceBus.Administration;

var admin = new ServiceBusAdministrationClient("""${connectionString(standIns.serviceBusKey())}""");
`,
        after: `using Azure.Identity;
using Azure.Messaging.ServiceBus.Administration;

var admin = new ServiceBusAdministrationClient("contoso-orders.servicebus.windows.net", new DefaultAzureCredential());
`,
      },
    ],
  },
  ...serviceBusJavaClients,
  ...serviceBusGoClients,
];
