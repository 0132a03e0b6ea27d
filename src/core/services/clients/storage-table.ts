import type { ClientMigration, KeyBoundCalls } from '../service.ts';
import { storageTableGoClients } from './storage-table-go.ts';
import { storageTableJavaClients } from './storage-table-java.ts';
import { connectionString, fromKey, fromString } from './storage-table-forms.ts';

const typescript = { language: 'typescript', module: '@azure/data-tables', package: '@azure/data-tables' } as const;
const python = {
  language: 'python',
  module: 'azure.data.tables',
  package: 'azure-data-tables',
  since: '12.1.0',
} as const;
const csharp = {
  language: 'csharp',
  module: 'Azure.Data.Tables',
  package: 'Azure.Data.Tables',
  since: '12.1.0',
} as const;

const typescriptClients: readonly ClientMigration[] = [
  {
    ...typescript,
    ...fromString,
    before: 'TableServiceClient.fromConnectionString($CS, $$$OPTIONS)',
    after: 'new TableServiceClient($ENDPOINT, $CREDENTIAL, $$$OPTIONS)',
    examples: [
      {
        before: standIns => `import { TableServiceClient } from '@azure/data-tables';

export default {
  tables: TableServiceClient.fromConnectionString('${connectionString(standIns.storageAccountKey())}'),
};
`,
        after: `import { TableServiceClient } from '@azure/data-tables';
import { DefaultAzureCredential } from '@azure/identity';

export default {
  tables: new TableServiceClient('https://contosoorders.table.core.windows.net', new DefaultAzureCredential()),
};
`,
      },
    ],
  },
  {
    ...typescript,
    ...fromString,
    before: 'TableClient.fromConnectionString($CS, $TABLE, $$$OPTIONS)',
    after: 'new TableClient($ENDPOINT, $TABLE, $CREDENTIAL, $$$OPTIONS)',
    examples: [
      {
        before: standIns => `import { TableClient } from '@azure/data-tables';
import { DefaultAzureCredential } from '@azure/identity';

const credential = new DefaultAzureCredential();
const key = '${standIns.storageAccountKey()}';
const connection = \`AccountName=contosoorders;AccountKey=\${key};EndpointSuffix=core.usgovcloudapi.net\`;

export const orders = TableClient.fromConnectionString(
  connection,
  'orders', // one row per order
  { retryOptions: { maxRetries: 3 } },
);
export const others = (table: string) => TableClient.fromConnectionString(connection, table);
export const signIn = credential;
`,
        after: `import { TableClient } from '@azure/data-tables';
import { DefaultAzureCredential } from '@azure/identity';

const credential = new DefaultAzureCredential();

export const orders = new TableClient(
  'https://contosoorders.table.core.usgovcloudapi.net',
  'orders', // one row per order
  credential,
  { retryOptions: { maxRetries: 3 } },
);
export const others = (table: string) => new TableClient('https://contosoorders.table.core.usgovcloudapi.net', table, credential);
export const signIn = credential;
`,
      },
      {
        cursor: 'TableClient.from',
        languageId: 'javascript',
        before: () => `import { TableClient } from "@azure/data-tables"

export const orders = TableClient.fromConnectionString(process.env.TABLES_CONNECTION ?? "", "orders")
`,
        after: `import { TableClient } from "@azure/data-tables"
import { DefaultAzureCredential } from "@azure/identity"

export const orders = new TableClient(process.env.AZURE_STORAGE_TABLE_ENDPOINT ?? "", "orders", new DefaultAzureCredential())
`,
      },
    ],
  },
  ...(
    [
      ['TableServiceClient', '$URL', ''],
      ['TableClient', '$URL, $TABLE', `, 'orders'`],
    ] as const
  ).map(([client, place, table]): ClientMigration => ({
    ...typescript,
    ...fromKey,
    before: `new ${client}(${place}, new AzureNamedKeyCredential($ACCOUNT, $KEY), $$$OPTIONS)`,
    after: `new ${client}(${place}, $CREDENTIAL, $$$OPTIONS)`,
    examples: [
      {
        before: standIns => `import { AzureNamedKeyCredential, ${client} } from '@azure/data-tables';

const account = 'contosoorders';
export const client = new ${client}(\`https://\${account}.table.core.windows.net\`${table}, new AzureNamedKeyCredential(account, '${standIns.storageAccountKey()}'));
`,
        after: `import { ${client} } from '@azure/data-tables';
import { DefaultAzureCredential } from '@azure/identity';

const account = 'contosoorders';
export const client = new ${client}(\`https://\${account}.table.core.windows.net\`${table}, new DefaultAzureCredential());
`,
      },
    ],
  })),
];

const pythonClients: readonly ClientMigration[] = [
  {
    ...python,
    ...fromString,
    before: 'TableServiceClient.from_connection_string(conn_str=$CS, $$$OPTIONS)',
    after: 'TableServiceClient(endpoint=$ENDPOINT, $$$OPTIONS, credential=$CREDENTIAL)',
    examples: [
      {
        before: standIns => `from azure.data.tables import TableServiceClient

with TableServiceClient.from_connection_string(conn_str="${connectionString(standIns.storageAccountKey())}") as tables:
    tables.create_table_if_not_exists("orders")
`,
        after: `from azure.data.tables import TableServiceClient
from azure.identity import DefaultAzureCredential

with TableServiceClient(endpoint="https://contosoorders.table.core.windows.net", credential=DefaultAzureCredential()) as tables:
    tables.create_table_if_not_exists("orders")
`,
      },
    ],
  },
  {
    ...python,
    ...fromString,
    before: 'TableClient.from_connection_string(conn_str=$CS, table_name=$TABLE, $$$OPTIONS)',
    after: 'TableClient(endpoint=$ENDPOINT, table_name=$TABLE, $$$OPTIONS, credential=$CREDENTIAL)',
    examples: [
      {
        before: standIns => `from azure.data.tables.aio import TableClient


async def order(number: str) -> dict:
    connection = "${connectionString(standIns.storageAccountKey())}"
    async with TableClient.from_connection_string(connection, table_name="orders") as table:
        return await table.get_entity("orders", number)
`,
        after: `from azure.data.tables.aio import TableClient
from azure.identity.aio import DefaultAzureCredential


async def order(number: str) -> dict:
    async with TableClient("https://contosoorders.table.core.windows.net", table_name="orders", credential=DefaultAzureCredential()) as table:
        return await table.get_entity("orders", number)
`,
      },
    ],
  },
  ...(
    [
      ['TableServiceClient', 'endpoint=$URL', ''],
      ['TableClient', 'endpoint=$URL, table_name=$TABLE', 'table_name="orders", '],
    ] as const
  ).map(([client, place, table]): ClientMigration => ({
    ...python,
    ...fromKey,
    before: `${client}(${place}, $$$OPTIONS, credential=AzureNamedKeyCredential($ACCOUNT, $KEY))`,
    after: `${client}(${place}, $$$OPTIONS, credential=$CREDENTIAL)`,
    examples: [
      {
        before: standIns => `from azure.core.credentials import AzureNamedKeyCredential
from azure.data.tables import ${client}

credential = AzureNamedKeyCredential("contosoorders", "${standIns.storageAccountKey()}")
client = ${client}(endpoint="https://contosoorders.table.core.windows.net", ${table}credential=credential)
`,
        after: `from azure.data.tables import ${client}
from azure.identity import DefaultAzureCredential

credential = DefaultAzureCredential()
client = ${client}(endpoint="https://contosoorders.table.core.windows.net", ${table}credential=credential)
`,
      },
    ],
  })),
];

const csharpClients: readonly ClientMigration[] = [
  {
    ...csharp,
    ...fromString,
    before: 'new TableServiceClient(connectionString: $CS, $$$OPTIONS)',
    after: 'new TableServiceClient(endpoint: new Uri($ENDPOINT), tokenCredential: $CREDENTIAL, $$$OPTIONS)',
    imports: { Uri: 'System' },
    examples: [
      {
        before: standIns => `using System;
using Azure.Data.Tables;

var tables = new TableServiceClient("${connectionString(standIns.storageAccountKey())}");
`,
        after: `using System;
using Azure.Data.Tables;
using Azure.Identity;

var tables = new TableServiceClient(new Uri("https://contosoorders.table.core.windows.net"), new DefaultAzureCredential());
`,
      },
    ],
  },
  {
    ...csharp,
    ...fromString,
    before: 'new TableClient(connectionString: $CS, tableName: $TABLE, $$$OPTIONS)',
    after: 'new TableClient(endpoint: new Uri($ENDPOINT), tableName: $TABLE, tokenCredential: $CREDENTIAL, $$$OPTIONS)',
    imports: { Uri: 'System' },
    examples: [
      {
        before: standIns => `using Azure.Data.Tables;

namespace Contoso.Orders;

public sealed class OrderTable(string name)
{
    private readonly TableClient _table = new(tableName: name, connectionString: "${connectionString(standIns.storageAccountKey())}");
}
`,
        after: `using System;
using Azure.Data.Tables;
using Azure.Identity;

namespace Contoso.Orders;

public sealed class OrderTable(string name)
{
    private readonly TableClient _table = new(tableName: name, endpoint: new Uri("https://contosoorders.table.core.windows.net"), tokenCredential: new DefaultAzureCredential());
}
`,
      },
    ],
  },
  ...(
    [
      ['TableServiceClient', 'endpoint: $URI', ''],
      ['TableClient', 'endpoint: $URI, tableName: $TABLE', '"orders", '],
    ] as const
  ).map(([client, place, table]): ClientMigration => ({
    ...csharp,
    ...fromKey,
    before: `new ${client}(${place}, credential: new TableSharedKeyCredential($ACCOUNT, $KEY), $$$OPTIONS)`,
    after: `new ${client}(${place}, tokenCredential: $CREDENTIAL, $$$OPTIONS)`,
    examples: [
      {
        before: standIns => `using System;
using Azure.Data.Tables;

var client = new ${client}(
    new Uri("https://contosoorders.table.core.windows.net"), ${table}
    new TableSharedKeyCredential("contosoorders", "${standIns.storageAccountKey()}"));
`,
        after: `using System;
using Azure.Data.Tables;
using Azure.Identity;

var client = new ${client}(
    new Uri("https://contosoorders.table.core.windows.net"), ${table}
    new DefaultAzureCredential());
`,
      },
    ],
  })),
];

export const storageTableClients: readonly ClientMigration[] = [
  ...typescriptClients,
  ...pythonClients,
  ...csharpClients,
  ...storageTableJavaClients,
  ...storageTableGoClients,
];

export const storageTableKeyOnly: readonly KeyBoundCalls[] = [
  {
    languages: {
      typescript: ['generateTableSas', 'generateAccountSas'],
      python: ['generate_table_sas', 'generate_account_sas'],
      csharp: ['GenerateSasUri', 'GetSasBuilder', 'ToSasQueryParameters', 'Sign'],
      java: ['generateSas', 'generateAccountSas'],
      go: ['GetTableSASURL', 'GetAccountSASURL'],
    },
    reason:
      'Signing a shared access signature needs the account key. Let its users sign in themselves with a table role, then run the fix again.',
  },
];
