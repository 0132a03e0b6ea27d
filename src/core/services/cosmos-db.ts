import type { CredentialFormat, Service, SettingMigration } from './service.ts';

const credentials: readonly CredentialFormat[] = [];

const settings: readonly SettingMigration[] = [
  {
    form: 'functionsConnection',
    title: 'Use an identity-based Cosmos DB connection',
    cures: ['cosmos-account-key'],
    rewrite(fields) {
      const endpoint = fields.get('accountendpoint');
      return endpoint === undefined ? undefined : { kind: 'suffixes', values: { accountEndpoint: endpoint } };
    },
    examples: [
      {
        path: 'local.settings.json',
        before: standIns =>
          `{\n  "Values": {\n    "CatalogDb": "AccountEndpoint=https://contoso-catalog.documents.azure.com:443/;AccountKey=${standIns.cosmosAccountKey()};"\n  }\n}\n`,
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
  settings,
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
  keysOff: {
    resourceType: 'Microsoft.DocumentDB/databaseAccounts',
    property: 'disableLocalAuth',
    value: true,
    terraform: { resource: 'azurerm_cosmosdb_account', property: 'local_authentication_enabled', value: false },
  },
  clients: [],
};
