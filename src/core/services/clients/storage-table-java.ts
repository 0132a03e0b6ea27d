import type { ClientMigration } from '../service.ts';
import { connectionString, fromKey, fromString } from './storage-table-forms.ts';

const java = {
  language: 'java',
  module: 'com.azure.data.tables',
  package: 'com.azure:azure-data-tables',
  since: '12.1.0',
} as const;

export const storageTableJavaClients: readonly ClientMigration[] = [
  ...(
    [
      ['TableServiceClient', ''],
      ['TableClient', '\n            .tableName("orders")'],
    ] as const
  ).flatMap(([client, calls]): ClientMigration[] => [
    {
      ...java,
      ...fromString,
      before: `new ${client}Builder().connectionString($CS).$$$CALLS()`,
      after: `new ${client}Builder().endpoint($ENDPOINT).credential($CREDENTIAL).$$$CALLS()`,
      examples: [
        {
          before: standIns => `package com.contoso.orders;

import com.azure.data.tables.${client};
import com.azure.data.tables.${client}Builder;

public final class Orders {
    private static final String CONNECTION =
        "${connectionString(standIns.storageAccountKey())}";

    static ${client} open() {
        return new ${client}Builder()
            .connectionString(CONNECTION)${calls}
            .buildClient();
    }
}
`,
          after: `package com.contoso.orders;

import com.azure.core.credential.TokenCredential;
import com.azure.data.tables.${client};
import com.azure.data.tables.${client}Builder;
import com.azure.identity.DefaultAzureCredentialBuilder;

public final class Orders {
    private static final TokenCredential CREDENTIAL = new DefaultAzureCredentialBuilder().build();

    static ${client} open() {
        return new ${client}Builder()
            .endpoint("https://contosoorders.table.core.windows.net")
            .credential(CREDENTIAL)${calls}
            .buildClient();
    }
}
`,
        },
      ],
    },
    {
      ...java,
      ...fromKey,
      before: `new ${client}Builder().credential(new AzureNamedKeyCredential($ACCOUNT, $KEY)).$$$CALLS()`,
      after: `new ${client}Builder().credential($CREDENTIAL).$$$CALLS()`,
      examples: [
        {
          before: standIns => `import com.azure.core.credential.AzureNamedKeyCredential;
import com.azure.data.tables.${client};
import com.azure.data.tables.${client}Builder;

record Orders(String endpoint) {
    ${client} open() {
        return new ${client}Builder()
            .endpoint(endpoint)
            .credential(new AzureNamedKeyCredential("contosoorders", "${standIns.storageAccountKey()}"))${calls}
            .buildClient();
    }
}
`,
          after: `import com.azure.data.tables.${client};
import com.azure.data.tables.${client}Builder;
import com.azure.identity.DefaultAzureCredentialBuilder;

record Orders(String endpoint) {
    ${client} open() {
        return new ${client}Builder()
            .endpoint(endpoint)
            .credential(new DefaultAzureCredentialBuilder().build())${calls}
            .buildClient();
    }
}
`,
        },
      ],
    },
  ]),
];
