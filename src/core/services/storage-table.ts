import { keyRegistration, registration } from './clients/azure-clients.ts';
import { fromStorageKey } from './clients/storage-forms.ts';
import { connectionString, fromString } from './clients/storage-table-forms.ts';
import { storageTableClients, storageTableKeyOnly } from './clients/storage-table.ts';
import type { Service } from './service.ts';

const entities = 'Microsoft.Storage/storageAccounts/tableServices/tables/entities';

/** Its secrets and Functions connections are those of the storage account, see storage-blob.ts. */
export const storageTable: Service = {
  id: 'storage-table',
  name: 'Azure Table Storage',
  documentation: 'https://learn.microsoft.com/azure/storage/tables/authorize-access-azure-active-directory',
  credentials: [],
  settings: [],
  operations: [
    {
      languages: {
        typescript: ['getEntity', 'listEntities'],
        python: ['get_entity', 'list_entities', 'query_entities'],
        csharp: ['GetEntity', 'GetEntityAsync', 'GetEntityIfExists', 'GetEntityIfExistsAsync', 'Query', 'QueryAsync'],
        java: ['getEntity', 'listEntities'],
        go: ['GetEntity', 'NewListEntitiesPager'],
      },
      dataActions: [`${entities}/read`],
    },
    {
      languages: {
        typescript: ['createEntity'],
        python: ['create_entity'],
        csharp: ['AddEntity', 'AddEntityAsync'],
        java: ['createEntity'],
        go: ['AddEntity'],
      },
      dataActions: [`${entities}/add/action`],
    },
    {
      languages: {
        typescript: ['updateEntity'],
        python: ['update_entity'],
        csharp: ['UpdateEntity', 'UpdateEntityAsync'],
        java: ['updateEntity'],
        go: ['UpdateEntity'],
      },
      dataActions: [`${entities}/update/action`],
    },
    {
      languages: {
        typescript: ['upsertEntity', 'submitTransaction'],
        python: ['upsert_entity', 'submit_transaction'],
        csharp: ['UpsertEntity', 'UpsertEntityAsync', 'SubmitTransaction', 'SubmitTransactionAsync'],
        java: ['upsertEntity', 'submitTransaction'],
        go: ['UpsertEntity', 'SubmitTransaction'],
      },
      dataActions: [`${entities}/write`],
    },
    {
      languages: {
        typescript: ['deleteEntity'],
        python: ['delete_entity'],
        csharp: ['DeleteEntity', 'DeleteEntityAsync'],
        java: ['deleteEntity'],
        go: ['DeleteEntity'],
      },
      dataActions: [`${entities}/delete`],
    },
  ],
  roles: [
    {
      name: 'Storage Table Data Reader',
      id: '76199698-9eea-4c19-bc75-cec21354c6b6',
      grants: 'reads tables and entities',
    },
    {
      name: 'Storage Table Data Contributor',
      id: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3',
      grants: 'reads, writes and deletes tables and entities',
    },
  ],
  rotation: {
    command: 'az storage account keys renew --resource-group <resource-group> --account-name <name> --key primary',
  },
  keysOff: {
    resourceType: 'Microsoft.Storage/storageAccounts',
    property: 'allowSharedKeyAccess',
    value: false,
    terraform: { resource: 'azurerm_storage_account', property: 'shared_access_key_enabled', value: false },
  },
  clients: [
    ...storageTableClients,
    keyRegistration(fromStorageKey, {
      package: 'Azure.Data.Tables',
      method: 'AddTableServiceClient',
      endpoint: 'https://contosoorders.table.core.windows.net',
      credential: { type: 'TableSharedKeyCredential', module: 'Azure.Data.Tables' },
      key: standIns => standIns.storageAccountKey(),
    }),
    registration(fromString, {
      package: 'Azure.Data.Tables',
      since: '12.2.0',
      before: 'AddTableServiceClient($CS)',
      after: 'AddTableServiceClient(new Uri($ENDPOINT))',
      connectionString: standIns => connectionString(standIns.storageAccountKey()),
      endpoint: 'https://contosoorders.table.core.windows.net',
    }),
  ],
  keyOnly: storageTableKeyOnly,
};
