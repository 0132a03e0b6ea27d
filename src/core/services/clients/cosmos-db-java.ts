import type { ClientMigration } from '../service.ts';

const java = {
  language: 'java',
  module: 'com.azure.cosmos',
  package: 'com.azure:azure-cosmos',
  since: '4.6.0',
  secret: { capture: 'KEY', form: 'key' },
  endpoint: { from: 'capture' },
} as const;

export const cosmosDbJavaClients: readonly ClientMigration[] = [
  {
    ...java,
    before: 'new CosmosClientBuilder().key($KEY).$$$CALLS()',
    after: 'new CosmosClientBuilder().credential($CREDENTIAL).$$$CALLS()',
    examples: [
      {
        before: standIns => `package com.contoso.orders;

import com.azure.cosmos.CosmosAsyncClient;
import com.azure.cosmos.CosmosClientBuilder;

import java.time.Duration;

class Orders {
    private static final String
        ENDPOINT = "https://contoso-orders.documents.azure.com:443/",
        KEY = "${standIns.cosmosAccountKey()}";

    CosmosAsyncClient open() {
        return new CosmosClientBuilder()
            .endpoint(Orders.ENDPOINT)
            .key(Orders.KEY) // the primary one
            .contentResponseOnWriteEnabled(true)
            .buildAsyncClient();
    }
}
`,
        after: `package com.contoso.orders;

import com.azure.core.credential.TokenCredential;
import com.azure.cosmos.CosmosAsyncClient;
import com.azure.cosmos.CosmosClientBuilder;
import com.azure.identity.DefaultAzureCredentialBuilder;

import java.time.Duration;

class Orders {
    private static final TokenCredential CREDENTIAL = new DefaultAzureCredentialBuilder().build();
    private static final String
        ENDPOINT = "https://contoso-orders.documents.azure.com:443/";

    CosmosAsyncClient open() {
        return new CosmosClientBuilder()
            .endpoint(Orders.ENDPOINT)
            .credential(CREDENTIAL) // the primary one
            .contentResponseOnWriteEnabled(true)
            .buildAsyncClient();
    }
}
`,
      },
      {
        cursor: 'COSMOS_KEY',
        before: () => `import com.azure.cosmos.CosmosClient;
import com.azure.cosmos.CosmosClientBuilder;

record Orders(CosmosClient client) {
    Orders(String endpoint) {
        this(new CosmosClientBuilder().endpoint(endpoint).key(System.getenv("COSMOS_KEY")).buildClient());
    }
}
`,
        after: `import com.azure.cosmos.CosmosClient;
import com.azure.cosmos.CosmosClientBuilder;
import com.azure.identity.DefaultAzureCredentialBuilder;

record Orders(CosmosClient client) {
    Orders(String endpoint) {
        this(new CosmosClientBuilder().endpoint(endpoint).credential(new DefaultAzureCredentialBuilder().build()).buildClient());
    }
}
`,
      },
    ],
  },
  {
    ...java,
    before: 'new CosmosClientBuilder().credential(new AzureKeyCredential($KEY)).$$$CALLS()',
    after: 'new CosmosClientBuilder().credential($CREDENTIAL).$$$CALLS()',
    examples: [
      {
        before: standIns => `import com.azure.core.credential.AzureKeyCredential;
import com.azure.cosmos.CosmosClientBuilder;

class Orders {
    private final AzureKeyCredential credential = new AzureKeyCredential("${standIns.cosmosAccountKey()}");
    final Object client = new CosmosClientBuilder().credential(this.credential).endpoint("https://contoso-orders.documents.azure.com").buildClient();
}
`,
        after: `import com.azure.core.credential.TokenCredential;
import com.azure.cosmos.CosmosClientBuilder;
import com.azure.identity.DefaultAzureCredentialBuilder;

class Orders {
    private final TokenCredential credential = new DefaultAzureCredentialBuilder().build();
    final Object client = new CosmosClientBuilder().credential(this.credential).endpoint("https://contoso-orders.documents.azure.com").buildClient();
}
`,
      },
    ],
  },
];
