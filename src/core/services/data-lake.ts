import { keyRegistration } from './clients/azure-clients.ts';
import { fromStorageKey } from './clients/storage-forms.ts';
import { dataLakeClients, dataLakeKeyOnly } from './clients/data-lake.ts';
import type { Service } from './service.ts';

const blobs = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs';

/** Its secrets and Functions connections are those of the storage account, see storage-blob.ts. */
export const dataLake: Service = {
  id: 'data-lake',
  name: 'Azure Data Lake Storage',
  documentation: 'https://learn.microsoft.com/azure/storage/blobs/data-lake-storage-access-control-model',
  credentials: [],
  settings: [],
  operations: [
    {
      languages: {
        typescript: ['read', 'readToBuffer', 'readToFile', 'listPaths', 'getAccessControl'],
        python: ['download_file', 'get_paths', 'get_access_control', 'query_file'],
        csharp: [
          'ReadAsync',
          'ReadToAsync',
          'ReadContentAsync',
          'OpenReadAsync',
          'GetPathsAsync',
          'GetAccessControlAsync',
        ],
        java: ['readToFile', 'openInputStream', 'listPaths', 'getAccessControl'],
        go: ['DownloadStream', 'DownloadBuffer', 'DownloadFile', 'NewListPathsPager', 'GetAccessControl'],
      },
      dataActions: [`${blobs}/read`],
    },
    {
      languages: {
        typescript: ['append', 'flush', 'upload', 'uploadFile', 'uploadStream'],
        python: ['append_data', 'flush_data', 'upload_data', 'create_file', 'create_directory'],
        csharp: [
          'AppendAsync',
          'FlushAsync',
          'UploadAsync',
          'OpenWriteAsync',
          'CreateFileAsync',
          'CreateDirectoryAsync',
        ],
        java: ['append', 'flush', 'upload', 'uploadFromFile', 'createFile', 'createDirectory'],
        go: ['AppendData', 'FlushData', 'UploadBuffer', 'UploadFile', 'UploadStream'],
      },
      dataActions: [`${blobs}/write`],
    },
    {
      languages: {
        typescript: ['move'],
        python: ['rename_file', 'rename_directory'],
        csharp: ['RenameAsync'],
        java: ['rename'],
        go: ['Rename'],
      },
      dataActions: [`${blobs}/move/action`],
    },
    {
      languages: {
        python: ['delete_file', 'delete_directory'],
        csharp: ['DeleteFileAsync', 'DeleteDirectoryAsync'],
        java: ['deleteFile', 'deleteDirectory'],
      },
      dataActions: [`${blobs}/delete`],
    },
    {
      languages: {
        typescript: ['setAccessControl', 'setAccessControlRecursive'],
        python: ['set_access_control', 'set_access_control_recursive'],
        csharp: ['SetAccessControlListAsync', 'SetAccessControlRecursiveAsync'],
        java: ['setAccessControlList', 'setAccessControlRecursive'],
        go: ['SetAccessControl', 'SetAccessControlRecursive'],
      },
      dataActions: [`${blobs}/modifyPermissions/action`],
    },
  ],
  roles: [
    {
      name: 'Storage Blob Data Reader',
      id: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1',
      grants: 'reads and lists files and directories',
    },
    {
      name: 'Storage Blob Data Contributor',
      id: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
      grants: 'reads, writes, moves and deletes files and directories',
    },
    {
      name: 'Storage Blob Data Owner',
      id: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b',
      grants: 'full access including owners and POSIX access control',
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
    ...dataLakeClients,
    keyRegistration(fromStorageKey, {
      package: 'Azure.Storage.Files.DataLake',
      method: 'AddDataLakeServiceClient',
      endpoint: 'https://contosolake.dfs.core.windows.net',
      credential: { type: 'StorageSharedKeyCredential', module: 'Azure.Storage' },
      key: standIns => standIns.storageAccountKey(),
    }),
  ],
  keyOnly: dataLakeKeyOnly,
};
