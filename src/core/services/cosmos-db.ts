import { betweenNameAndValue } from '../secrets/between-name-and-value.ts';
import { endOf64Bytes, gradeHis, isLocalHost, isPlausibleLegacyKey } from '../secrets/grading.ts';
import { cosmosDbGuides } from './clients/cosmos-db-guides.ts';
import { cosmosDbCautions, cosmosDbClients } from './clients/cosmos-db.ts';
import { springCosmosDb } from './settings/spring-data.ts';
import type { CredentialFormat, CredentialMatch, Service, SettingMigration } from './service.ts';

const accountKeySeeds = ['MastRW00', 'MastRO00', 'SystRO00', 'SystRW00', 'SysAll00', 'Resour00', 'Encryp00'];
const accountHost = /(?<![a-z0-9-])([a-z0-9-]+)\.documents\.azure\.(?:com|us|cn)/iu;

function accountNear(match: CredentialMatch): string | undefined {
  const { values } = match.connectionString();
  const endpoint =
    values.get('accountendpoint') ?? match.text.slice(Math.max(0, match.span.start - 200), match.secretSpan.end);
  return accountHost.exec(endpoint)?.[1];
}

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'cosmos-account-key',
    title: 'Azure Cosmos DB account key',
    message: 'An Azure Cosmos DB account key[ of {account}] is embedded here[ ({note})].',
    leak: 'Whoever reads it can read, change and delete every database, container and item of the account.',
    remedy:
      'Connect with the account endpoint and DefaultAzureCredential, assign the Cosmos DB Built-in Data Contributor data role, rotate the key, then set disableLocalAuth to true.',
    severity: 'error',
    keywords: ['ACDb', 'accountkey', 'cosmos', 'documents.azure.'],
    patterns: [
      {
        hint: { words: ['ACDb'], expression: /(?<=[A-Za-z0-9+/]{76})ACDb/u },
        regex: /(?<![\w+/-])(?<secret>[A-Za-z0-9+/]{76}ACDb[A-Za-z0-9+/]{5}[AQgw]==)(?!=)/dgu,
        grade: match => gradeHis(match, accountKeySeeds, { account: accountNear(match) }),
      },
      {
        begins: ['accountkey'],
        regex: /(?<![\w-])AccountKey\s{0,4}=\s{0,4}["']?(?<secret>[A-Z0-9+/]{86}==)(?!=)/dgiu,
        grade(match) {
          const endpoint = match.connectionString().values.get('accountendpoint');
          if (endpoint === undefined || !isPlausibleLegacyKey(match.secret)) return undefined;
          const host = /^https?:\/\/([^/:]+)/iu.exec(endpoint)?.[1] ?? '';
          if (isLocalHost(host)) return undefined;
          return {
            severity: accountHost.test(host) ? 'error' : 'warning',
            confidence: 'medium',
            args: { account: accountNear(match) },
          };
        },
      },
      {
        // By position and name in code and settings; the file must speak of Cosmos DB, the shape alone fits any SHA-512.
        hint: endOf64Bytes,
        regex: new RegExp(
          `(?:(?:CosmosClient(?:Builder)?|UseCosmos)\\s{0,4}\\([^()\\r\\n]{1,200},\\s{0,40}["'\`]?|(?:\\bkey|credential|(?:cosmos|primary|master|auth|account|read_?only|documentdb)[\\w.:-]{0,40}key)\\d?${betweenNameAndValue})(?<secret>[A-Z0-9+/]{86}==)(?!=)`,
          'dgiu',
        ),
        grade: match =>
          match.mentions(/documents\.azure\.|cosmos/iu) &&
          !/(?<![\w-])AccountKey\s*=\s*["']?$/iu.test(
            match.text.slice(Math.max(0, match.span.start - 1), match.secretSpan.start),
          ) &&
          !/storage/iu.test(match.text.slice(match.span.start, match.secretSpan.start)) &&
          isPlausibleLegacyKey(match.secret)
            ? {
                severity: match.mentions(accountHost) ? 'error' : 'warning',
                confidence: 'medium',
                args: { account: accountNear(match) },
              }
            : undefined,
      },
    ],
    examples: {
      found: [
        {
          languageId: 'csharp',
          text: s =>
            `new CosmosClient("AccountEndpoint=https://contoso.documents.azure.com:443/;AccountKey=«${s.cosmosAccountKey()}»;")`,
        },
        { languageId: 'dotenv', text: s => `COSMOS_KEY="«${s.cosmosAccountKey()}»"` },
        {
          languageId: 'json',
          text: s =>
            `{"Db":"AccountKey=«${s.legacyKey64()}»;AccountEndpoint=https://contoso.documents.azure.com:443/"}`,
        },
        {
          languageId: 'typescript',
          text: s =>
            `const client = new CosmosClient({ endpoint: "https://contoso.documents.azure.com:443/", key: "«${s.legacyKey64()}»" });`,
        },
        {
          languageId: 'csharp',
          text: s => `new CosmosClient("https://contoso.documents.azure.com:443/", "«${s.legacyKey64()}»")`,
        },
        {
          languageId: 'python',
          text: s => `CosmosClient("https://contoso.documents.azure.com", credential="«${s.legacyKey64()}»")`,
        },
        { languageId: 'yaml', severity: 'warning', text: s => `cosmos:\n  primaryKey: «${s.legacyKey64()}»\n` },
      ],
      silent: [
        {
          languageId: 'typescript',
          text: () =>
            'new CosmosClient({ endpoint: "https://contoso.documents.azure.com", aadCredentials: new DefaultAzureCredential() })',
          why: 'identity',
        },
        {
          languageId: 'typescript',
          text: () =>
            'new CosmosClient({ endpoint: "https://contoso.documents.azure.com", key: process.env.COSMOS_KEY })',
          why: 'environment',
        },
        {
          languageId: 'json',
          text: s => `{ "dependencies": { "@azure/cosmos": { "integrity": "sha512-${s.legacyKey64()}" } } }`,
          why: 'integrity hash beside the package name',
        },
      ],
    },
  },
];

const settings: readonly SettingMigration[] = [
  {
    form: 'functionsConnection',
    title: 'Use an identity-based Cosmos DB connection',
    cures: ['cosmos-account-key'],
    rewrite(fields) {
      const endpoint = fields.get('accountendpoint');
      return endpoint === undefined
        ? { refusal: 'The connection string names no account endpoint.' }
        : { accountEndpoint: endpoint };
    },
    followUps: [
      {
        kind: 'checkOtherUses',
        message:
          'The Functions extension must be Microsoft.Azure.WebJobs.Extensions.CosmosDB 4.0 or newer (extension bundle 4.x), and code that reads this setting itself must read the new one.',
      },
    ],
    examples: [
      {
        path: 'local.settings.json',
        before: standIns =>
          `{\n  "Values": {\n    "CatalogDb": "AccountEndpoint=https://contoso-catalog.documents.azure.com:443/;AccountKey=«${standIns.cosmosAccountKey()}»;"\n  }\n}\n`,
        after: `{\n  "Values": {\n    "CatalogDb__accountEndpoint": "https://contoso-catalog.documents.azure.com:443/"\n  }\n}\n`,
      },
    ],
  },
];

export const cosmosDb: Service = {
  id: 'cosmos-db',
  name: 'Azure Cosmos DB for NoSQL',
  documentation: 'https://learn.microsoft.com/azure/cosmos-db/nosql/how-to-connect-role-based-access-control',
  credentials,
  settings: [...settings, ...springCosmosDb],
  template: {
    type: 'Microsoft.DocumentDB/databaseAccounts',
    terraform: {
      types: ['azurerm_cosmosdb_account'],
      secrets: [
        'primary_key',
        'secondary_key',
        'primary_readonly_key',
        'secondary_readonly_key',
        'connection_strings',
        'primary_sql_connection_string',
        'secondary_sql_connection_string',
        'primary_readonly_sql_connection_string',
        'secondary_readonly_sql_connection_string',
      ],
    },
    connection: {
      accountEndpoint: {
        bicep: '$.properties.documentEndpoint',
        arm: "reference($id, '2024-05-15').documentEndpoint",
        terraform: '$.endpoint',
      },
    },
    endpoint: {
      bicep: '$.properties.documentEndpoint',
      arm: "reference($id, '2024-05-15').documentEndpoint",
      terraform: '$.endpoint',
    },
    grants: ['00000000-0000-0000-0000-000000000002'],
  },
  operations: [
    {
      languages: {
        typescript: ['query', 'readAll', 'fetchAll', 'fetchNext'],
        python: ['query_items', 'read_all_items', 'query_items_change_feed'],
        csharp: ['GetItemQueryIterator', 'GetItemLinqQueryable', 'GetChangeFeedIterator'],
        java: ['queryItems', 'readAllItems', 'queryChangeFeed'],
        go: ['NewQueryItemsPager'],
      },
      dataActions: [
        'Microsoft.DocumentDB/databaseAccounts/readMetadata',
        'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/executeQuery',
        'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/read',
      ],
    },
    {
      languages: {
        python: ['read_item'],
        csharp: ['ReadItemAsync', 'ReadManyItemsAsync'],
        java: ['readItem', 'readMany'],
        go: ['ReadItem'],
      },
      dataActions: [
        'Microsoft.DocumentDB/databaseAccounts/readMetadata',
        'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/read',
      ],
    },
    {
      languages: {
        python: ['create_item'],
        csharp: ['CreateItemAsync'],
        java: ['createItem'],
        go: ['CreateItem'],
      },
      dataActions: [
        'Microsoft.DocumentDB/databaseAccounts/readMetadata',
        'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/create',
      ],
    },
    {
      languages: {
        typescript: ['upsert'],
        python: ['upsert_item'],
        csharp: ['UpsertItemAsync'],
        java: ['upsertItem'],
        go: ['UpsertItem'],
      },
      dataActions: [
        'Microsoft.DocumentDB/databaseAccounts/readMetadata',
        'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/upsert',
      ],
    },
    {
      languages: {
        python: ['replace_item', 'patch_item'],
        csharp: ['ReplaceItemAsync', 'PatchItemAsync'],
        java: ['replaceItem', 'patchItem'],
        go: ['ReplaceItem', 'PatchItem'],
      },
      dataActions: [
        'Microsoft.DocumentDB/databaseAccounts/readMetadata',
        'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/replace',
      ],
    },
    {
      languages: {
        python: ['delete_item'],
        csharp: ['DeleteItemAsync'],
        java: ['deleteItem'],
        go: ['DeleteItem'],
      },
      dataActions: [
        'Microsoft.DocumentDB/databaseAccounts/readMetadata',
        'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/delete',
      ],
    },
  ],
  roles: [
    {
      name: 'Cosmos DB Built-in Data Reader',
      id: '00000000-0000-0000-0000-000000000001',
      grants: 'reads items and runs queries',
      plane: 'cosmosSql',
    },
    {
      name: 'Cosmos DB Built-in Data Contributor',
      id: '00000000-0000-0000-0000-000000000002',
      grants: 'reads and writes items',
      plane: 'cosmosSql',
    },
  ],
  rotation: {
    command: 'az cosmosdb keys regenerate --resource-group <resource-group> --name <name> --key-kind primary',
  },
  keysOff: {
    resourceType: 'Microsoft.DocumentDB/databaseAccounts',
    property: 'disableLocalAuth',
    value: true,
    terraform: { resource: 'azurerm_cosmosdb_account', property: 'local_authentication_enabled', value: false },
  },
  clients: cosmosDbClients,
  guided: cosmosDbGuides,
  cautions: cosmosDbCautions,
};
