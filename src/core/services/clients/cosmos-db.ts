import { connectionString, fromKey, fromString } from './cosmos-db-forms.ts';
import { cosmosDbGoClients } from './cosmos-db-go.ts';
import { cosmosDbJavaClients } from './cosmos-db-java.ts';
import type { ClientMigration, KeyBoundCalls } from '../service.ts';

const typescript = { language: 'typescript', module: '@azure/cosmos', package: '@azure/cosmos' } as const;
const python = {
  language: 'python',
  module: 'azure.cosmos',
  alsoFrom: ['azure.cosmos.cosmos_client'],
  package: 'azure-cosmos',
  since: '4.3.0',
} as const;
const csharp = {
  language: 'csharp',
  module: 'Microsoft.Azure.Cosmos',
  package: 'Microsoft.Azure.Cosmos',
  since: '3.19.0',
} as const;
/** The first builder that took a token lost the endpoint. */
const csharpFluent = { ...csharp, module: 'Microsoft.Azure.Cosmos.Fluent', since: '3.23.0' } as const;

export const cosmosDbClients: readonly ClientMigration[] = [
  {
    ...typescript,
    ...fromKey,
    before: 'new CosmosClient({ endpoint: $URL, key: $KEY, $$$OPTIONS })',
    after: 'new CosmosClient({ endpoint: $URL, aadCredentials: $CREDENTIAL, $$$OPTIONS })',
    examples: [
      {
        before: standIns => `import { CosmosClient } from "@azure/cosmos";

const config = {
  endpoint: "https://contoso-orders.documents.azure.com:443/",
  key: "${standIns.cosmosAccountKey()}",
  databaseId: "Tasks",
} as const;

const { endpoint, key } = config;
export const client = new CosmosClient({ endpoint, key });
export const database = client.database(config.databaseId);
`,
        after: `import { CosmosClient } from "@azure/cosmos";
import { DefaultAzureCredential } from "@azure/identity";

const config = {
  endpoint: "https://contoso-orders.documents.azure.com:443/",
  databaseId: "Tasks",
} as const;

const { endpoint } = config;
export const client = new CosmosClient({ endpoint, aadCredentials: new DefaultAzureCredential() });
export const database = client.database(config.databaseId);
`,
      },
      {
        before: standIns => `import { CosmosClient } from '@azure/cosmos';

const endpoint = 'https://contoso-orders.documents.azure.com:443/';
const key = '${standIns.cosmosAccountKey()}';

/** Shared by all requests. */
export const client = new CosmosClient({ endpoint, key, userAgentSuffix: 'orders' });
`,
        after: `import { CosmosClient } from '@azure/cosmos';
import { DefaultAzureCredential } from '@azure/identity';

const endpoint = 'https://contoso-orders.documents.azure.com:443/';

/** Shared by all requests. */
export const client = new CosmosClient({ endpoint, aadCredentials: new DefaultAzureCredential(), userAgentSuffix: 'orders' });
`,
      },
      {
        before: standIns => `import { CosmosClient, type CosmosClientOptions } from '@azure/cosmos'
import { DefaultAzureCredential as Credential } from '@azure/identity'

const credential = new Credential()
const options: CosmosClientOptions = {
  // The account of production.
  key: '${standIns.cosmosAccountKey()}' as string,
  endpoint: 'https://contoso-orders.documents.azure.com:443/',
}

export const client = new CosmosClient(options)
export const signIn = credential
`,
        after: `import { CosmosClient, type CosmosClientOptions } from '@azure/cosmos'
import { DefaultAzureCredential as Credential } from '@azure/identity'

const credential = new Credential()
const options: CosmosClientOptions = {
  // The account of production.
  aadCredentials: credential,
  endpoint: 'https://contoso-orders.documents.azure.com:443/',
}

export const client = new CosmosClient(options)
export const signIn = credential
`,
      },
    ],
  },
  {
    ...typescript,
    ...fromString,
    before: 'new CosmosClient({ connectionString: $CS, $$$OPTIONS })',
    after: 'new CosmosClient({ endpoint: $ENDPOINT, aadCredentials: $CREDENTIAL, $$$OPTIONS })',
    examples: [
      {
        before: standIns => `import { CosmosClient } from '@azure/cosmos';

export const client = new CosmosClient({
  connectionString: '${connectionString(standIns.cosmosAccountKey())}',
});
`,
        after: `import { CosmosClient } from '@azure/cosmos';
import { DefaultAzureCredential } from '@azure/identity';

export const client = new CosmosClient({
  endpoint: 'https://contoso-orders.documents.azure.com:443/',
  aadCredentials: new DefaultAzureCredential(),
});
`,
      },
    ],
  },
  {
    ...typescript,
    ...fromString,
    before: 'new CosmosClient($CS)',
    after: 'new CosmosClient({ endpoint: $ENDPOINT, aadCredentials: $CREDENTIAL })',
    examples: [
      {
        cursor: 'COSMOS_CONNECTION',
        before: () => `import { CosmosClient } from '@azure/cosmos';

export const client = new CosmosClient(process.env.COSMOS_CONNECTION!);
`,
        after: `import { CosmosClient } from '@azure/cosmos';
import { DefaultAzureCredential } from '@azure/identity';

export const client = new CosmosClient({ endpoint: process.env.AZURE_COSMOS_ENDPOINT!, aadCredentials: new DefaultAzureCredential() });
`,
      },
      {
        languageId: 'javascript',
        before: standIns => `const cosmos = require('@azure/cosmos');

module.exports = () => new cosmos.CosmosClient(\`${connectionString(standIns.cosmosAccountKey())}\`);
`,
        after: `const cosmos = require('@azure/cosmos');
const { DefaultAzureCredential } = require('@azure/identity');

const credential = new DefaultAzureCredential();

module.exports = () => new cosmos.CosmosClient({ endpoint: 'https://contoso-orders.documents.azure.com:443/', aadCredentials: credential });
`,
      },
    ],
  },
  {
    ...python,
    ...fromString,
    before: 'CosmosClient.from_connection_string(conn_str=$CS, $$$OPTIONS)',
    after: 'CosmosClient(url=$ENDPOINT, $$$OPTIONS, credential=$CREDENTIAL)',
    examples: [
      {
        before: standIns => `import azure.cosmos.cosmos_client as cosmos

settings = {
    "connection": "${connectionString(standIns.cosmosAccountKey())}",
    "database": "orders",
}
client = cosmos.CosmosClient.from_connection_string(settings["connection"])
database = client.get_database_client(settings["database"])
`,
        after: `import azure.cosmos.cosmos_client as cosmos
from azure.identity import DefaultAzureCredential

settings = {
    "database": "orders",
}
client = cosmos.CosmosClient("https://contoso-orders.documents.azure.com:443/", credential=DefaultAzureCredential())
database = client.get_database_client(settings["database"])
`,
      },
      {
        before: standIns => `from azure.cosmos import CosmosClient as Cosmos

client = Cosmos.from_connection_string('${connectionString(standIns.cosmosAccountKey())}')
`,
        after: `from azure.cosmos import CosmosClient as Cosmos
from azure.identity import DefaultAzureCredential

client = Cosmos('https://contoso-orders.documents.azure.com:443/', credential=DefaultAzureCredential())
`,
      },
    ],
  },
  ...['$KEY', '{"masterKey": $KEY}'].map((credential): ClientMigration => ({
    ...python,
    ...fromKey,
    before: `CosmosClient(url=$URL, credential=${credential}, $$$OPTIONS)`,
    after: 'CosmosClient(url=$URL, credential=$CREDENTIAL, $$$OPTIONS)',
    examples: [
      {
        before: standIns => `import os

from azure.cosmos.aio import CosmosClient


class Orders:
    _key = "${standIns.cosmosAccountKey()}"

    def __init__(self) -> None:
        self._client = CosmosClient(os.environ["COSMOS_URL"], ${credential.replace('$KEY', 'self._key')})
`,
        after: `import os

from azure.cosmos.aio import CosmosClient
from azure.identity.aio import DefaultAzureCredential


class Orders:
    def __init__(self) -> None:
        self._client = CosmosClient(os.environ["COSMOS_URL"], DefaultAzureCredential())
`,
      },
    ],
  })),
  ...(
    [
      [csharp, 'CosmosClient', ''],
      [csharpFluent, 'CosmosClientBuilder', '.Fluent'],
    ] as const
  ).flatMap(([language, client, space]): ClientMigration[] => [
    {
      ...language,
      ...fromKey,
      before: `new ${client}(accountEndpoint: $URL, authKeyOrResourceToken: $KEY, $$$OPTIONS)`,
      after: `new ${client}(accountEndpoint: $URL, tokenCredential: $CREDENTIAL, $$$OPTIONS)`,
      examples: [
        {
          before: standIns => `using Microsoft.Azure.Cosmos${space};

const string Key = "${standIns.cosmosAccountKey()}";
var client = new ${client}("https://contoso-orders.documents.azure.com:443/", authKeyOrResourceToken: Key);
`,
          after: `using Azure.Identity;
using Microsoft.Azure.Cosmos${space};

var client = new ${client}("https://contoso-orders.documents.azure.com:443/", tokenCredential: new DefaultAzureCredential());
`,
        },
      ],
    },
    {
      ...language,
      ...fromKey,
      before: `new ${client}(accountEndpoint: $URL, authKeyOrResourceTokenCredential: new AzureKeyCredential($KEY), $$$OPTIONS)`,
      after: `new ${client}(accountEndpoint: $URL, tokenCredential: $CREDENTIAL, $$$OPTIONS)`,
      examples: [
        {
          before: standIns => `using Azure;
using Microsoft.Azure.Cosmos${space};

var client = new ${client}(args[0], new AzureKeyCredential("${standIns.cosmosAccountKey()}"));
`,
          after: `using Azure;
using Azure.Identity;
using Microsoft.Azure.Cosmos${space};

var client = new ${client}(args[0], new DefaultAzureCredential());
`,
        },
      ],
    },
    {
      ...language,
      ...fromString,
      before: `new ${client}(connectionString: $CS, $$$OPTIONS)`,
      after: `new ${client}(accountEndpoint: $ENDPOINT, tokenCredential: $CREDENTIAL, $$$OPTIONS)`,
      examples: [
        {
          before: standIns => `using Microsoft.Azure.Cosmos${space};

class Orders
{
    private static string ConnectionString => "${connectionString(standIns.cosmosAccountKey())}";

    internal ${client} Open() => new(ConnectionString);
    internal ${client} Reopen() => new ${client}(ConnectionString);
}
`,
          after: `using Azure.Identity;
using Microsoft.Azure.Cosmos${space};

class Orders
{
    private static readonly DefaultAzureCredential Credential = new DefaultAzureCredential();

    internal ${client} Open() => new("https://contoso-orders.documents.azure.com:443/", Credential);
    internal ${client} Reopen() => new ${client}("https://contoso-orders.documents.azure.com:443/", Credential);
}
`,
        },
      ],
    },
  ]),
  ...cosmosDbJavaClients,
  ...cosmosDbGoClients,
];

export const cosmosDbCautions: readonly KeyBoundCalls[] = [
  {
    languages: {
      typescript: ['createIfNotExists'],
      python: [
        'create_database',
        'create_database_if_not_exists',
        'create_container',
        'create_container_if_not_exists',
      ],
      csharp: [
        'CreateDatabaseAsync',
        'CreateDatabaseIfNotExistsAsync',
        'CreateContainerAsync',
        'CreateContainerIfNotExistsAsync',
      ],
      java: ['createDatabase', 'createDatabaseIfNotExists', 'createContainer', 'createContainerIfNotExists'],
      go: ['CreateDatabase', 'CreateContainer'],
    },
    reason:
      'Databases and containers cannot be created with a token of the data plane (403): create them with Bicep, Terraform or the Azure CLI.',
  },
];
