import type { ClientMigration } from '../service.ts';
import { connectionString, fromString } from './service-bus-forms.ts';

const java = {
  language: 'java',
  module: 'com.azure.messaging.servicebus',
  package: 'com.azure:azure-messaging-servicebus',
} as const;

export const serviceBusJavaClients: readonly ClientMigration[] = [
  {
    ...java,
    ...fromString,
    before: 'new ServiceBusClientBuilder().connectionString($CS).$$$CALLS()',
    // The form with two arguments is in every version; that with a method for the namespace came later.
    after: 'new ServiceBusClientBuilder().credential($ENDPOINT, $CREDENTIAL).$$$CALLS()',
    examples: [
      {
        before: standIns => `package com.contoso.orders;

import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusSenderClient;

final class Orders {
\tprivate static final String CONNECTION = "${connectionString(standIns.serviceBusKey())}";

\tstatic ServiceBusSenderClient sender() {
\t\treturn new ServiceBusClientBuilder()
\t\t\t.connectionString(CONNECTION)
\t\t\t.sender()
\t\t\t.queueName("orders")
\t\t\t.buildClient();
\t}
}
`,
        after: `package com.contoso.orders;

import com.azure.core.credential.TokenCredential;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusSenderClient;

final class Orders {
\tprivate static final TokenCredential CREDENTIAL = new DefaultAzureCredentialBuilder().build();

\tstatic ServiceBusSenderClient sender() {
\t\treturn new ServiceBusClientBuilder()
\t\t\t.credential("contoso-orders.servicebus.windows.net", CREDENTIAL)
\t\t\t.sender()
\t\t\t.queueName("orders")
\t\t\t.buildClient();
\t}
}
`,
      },
      {
        before: standIns => `import com.azure.messaging.servicebus.*;

class Worker {
    void start() {
        String connection = System.getenv().getOrDefault("SERVICEBUS_CONNECTION", "${connectionString(standIns.serviceBusKey())};EntityPath=orders");
        ServiceBusProcessorClient processor = new ServiceBusClientBuilder().connectionString(connection)
            .processor().queueName("orders").processMessage(m -> System.out.println(m)).buildProcessorClient();
        processor.start();
    }
}
`,
        after: `import com.azure.core.credential.TokenCredential;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.messaging.servicebus.*;

class Worker {
    private static final TokenCredential CREDENTIAL = new DefaultAzureCredentialBuilder().build();

    void start() {
        String fullyQualifiedNamespace = System.getenv().getOrDefault("AZURE_SERVICEBUS_FULLY_QUALIFIED_NAMESPACE", "contoso-orders.servicebus.windows.net");
        ServiceBusProcessorClient processor = new ServiceBusClientBuilder().credential(fullyQualifiedNamespace, CREDENTIAL)
            .processor().queueName("orders").processMessage(m -> System.out.println(m)).buildProcessorClient();
        processor.start();
    }
}
`,
      },
    ],
  },
  {
    ...java,
    ...fromString,
    module: 'com.azure.messaging.servicebus.administration',
    before: 'new ServiceBusAdministrationClientBuilder().connectionString($CS).$$$CALLS()',
    after: 'new ServiceBusAdministrationClientBuilder().credential($ENDPOINT, $CREDENTIAL).$$$CALLS()',
    examples: [
      {
        before: standIns => `package com.contoso.orders;

class Setup {
    private final Object admin = new com.azure.messaging.servicebus.administration.ServiceBusAdministrationClientBuilder()
        .connectionString("${connectionString(standIns.serviceBusKey())}")
        .buildClient();
}
`,
        after: `package com.contoso.orders;

import com.azure.identity.DefaultAzureCredentialBuilder;

class Setup {
    private final Object admin = new com.azure.messaging.servicebus.administration.ServiceBusAdministrationClientBuilder()
        .credential("contoso-orders.servicebus.windows.net", new DefaultAzureCredentialBuilder().build())
        .buildClient();
}
`,
      },
    ],
  },
];
