import type { ClientMigration } from '../service.ts';

const fromKey = { secret: { capture: 'KEY', form: 'key' }, endpoint: { from: 'capture' } } as const;

/** Clients that take the name of a policy and its key beside the namespace. */
export const serviceBusKeyClients: readonly ClientMigration[] = [
  ...['ServiceBusClient', 'ServiceBusAdministrationClient'].map((client): ClientMigration => ({
    ...fromKey,
    language: 'typescript',
    module: '@azure/service-bus',
    package: '@azure/service-bus',
    before: `new ${client}($NAMESPACE, new AzureNamedKeyCredential($NAME, $KEY), $$$OPTIONS)`,
    after: `new ${client}($NAMESPACE, $CREDENTIAL, $$$OPTIONS)`,
    examples: [
      {
        before: standIns => `import { AzureNamedKeyCredential } from '@azure/core-auth';
import { ${client} } from '@azure/service-bus';

const policyKey = '${standIns.serviceBusKey()}';
export const bus = new ${client}('contoso-orders.servicebus.windows.net', new AzureNamedKeyCredential('app', policyKey));
`,
        after: `import { DefaultAzureCredential } from '@azure/identity';
import { ${client} } from '@azure/service-bus';

export const bus = new ${client}('contoso-orders.servicebus.windows.net', new DefaultAzureCredential());
`,
      },
    ],
  })),
  {
    ...fromKey,
    language: 'python',
    module: 'azure.servicebus',
    package: 'azure-servicebus',
    before:
      'ServiceBusClient(fully_qualified_namespace=$NAMESPACE, credential=ServiceBusSharedKeyCredential($NAME, $KEY), $$$OPTIONS)',
    after: 'ServiceBusClient(fully_qualified_namespace=$NAMESPACE, credential=$CREDENTIAL, $$$OPTIONS)',
    examples: [
      {
        before: standIns => `from azure.servicebus import ServiceBusClient
from azure.servicebus._base_handler import ServiceBusSharedKeyCredential

client = ServiceBusClient(
    fully_qualified_namespace="contoso-orders.servicebus.windows.net",
    credential=ServiceBusSharedKeyCredential("app", "${standIns.serviceBusKey()}"),
)
`,
        after: `from azure.identity import DefaultAzureCredential
from azure.servicebus import ServiceBusClient

client = ServiceBusClient(
    fully_qualified_namespace="contoso-orders.servicebus.windows.net",
    credential=DefaultAzureCredential(),
)
`,
      },
    ],
  },
  ...(
    [
      ['Azure.Messaging.ServiceBus', 'ServiceBusClient'],
      ['Azure.Messaging.ServiceBus.Administration', 'ServiceBusAdministrationClient'],
    ] as const
  ).map(([module, client]): ClientMigration => ({
    ...fromKey,
    language: 'csharp',
    module,
    package: 'Azure.Messaging.ServiceBus',
    before: `new ${client}(fullyQualifiedNamespace: $NAMESPACE, credential: new AzureNamedKeyCredential($NAME, $KEY), $$$OPTIONS)`,
    after: `new ${client}(fullyQualifiedNamespace: $NAMESPACE, credential: $CREDENTIAL, $$$OPTIONS)`,
    examples: [
      {
        before: standIns => `using Azure;
using ${module};

AzureNamedKeyCredential credential = new("app", "${standIns.serviceBusKey()}");
var bus = new ${client}(args[0], credential);
`,
        after: `using Azure;
using Azure.Identity;
using ${module};

DefaultAzureCredential credential = new DefaultAzureCredential();
var bus = new ${client}(args[0], credential);
`,
      },
    ],
  })),
  {
    ...fromKey,
    language: 'java',
    module: 'com.azure.messaging.servicebus',
    package: 'com.azure:azure-messaging-servicebus',
    before: 'new ServiceBusClientBuilder().credential(new AzureNamedKeyCredential($NAME, $KEY)).$$$CALLS()',
    after: 'new ServiceBusClientBuilder().credential($CREDENTIAL).$$$CALLS()',
    examples: [
      {
        before: standIns => `import com.azure.core.credential.AzureNamedKeyCredential;
import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusSenderClient;

class Orders {
    final ServiceBusSenderClient sender = new ServiceBusClientBuilder()
        .fullyQualifiedNamespace("contoso-orders.servicebus.windows.net")
        .credential(new AzureNamedKeyCredential("app", "${standIns.serviceBusKey()}"))
        .sender()
        .queueName("orders")
        .buildClient();
}
`,
        after: `import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusSenderClient;

class Orders {
    final ServiceBusSenderClient sender = new ServiceBusClientBuilder()
        .fullyQualifiedNamespace("contoso-orders.servicebus.windows.net")
        .credential(new DefaultAzureCredentialBuilder().build())
        .sender()
        .queueName("orders")
        .buildClient();
}
`,
      },
    ],
  },
];
