import { fileShareGuides } from './clients/file-share-guides.ts';
import { fileShareCautions, fileShareClients, fileShareKeyOnly } from './clients/file-share.ts';
import type { Service } from './service.ts';

const files = 'Microsoft.Storage/storageAccounts/fileServices/fileshares/files';
const backup = 'Microsoft.Storage/storageAccounts/fileServices';

/** Its secrets are those of the storage account, see storage-blob.ts. */
export const storageFileShare: Service = {
  id: 'storage-file-share',
  name: 'Azure Files',
  documentation: 'https://learn.microsoft.com/azure/storage/files/authorize-oauth-rest',
  credentials: [],
  settings: [],
  operations: [
    {
      languages: {
        typescript: ['download', 'downloadToBuffer', 'downloadToFile', 'listFilesAndDirectories'],
        python: ['download_file', 'list_directories_and_files'],
        csharp: ['Download', 'DownloadAsync', 'OpenReadAsync', 'GetFilesAndDirectories', 'GetFilesAndDirectoriesAsync'],
        java: ['download', 'downloadToFile', 'listFilesAndDirectories', 'openInputStream'],
        go: ['DownloadStream', 'DownloadBuffer', 'DownloadFile', 'NewListFilesAndDirectoriesPager'],
      },
      dataActions: [`${files}/read`, `${backup}/readFileBackupSemantics/action`],
    },
    {
      languages: {
        typescript: ['uploadData', 'uploadFile', 'uploadStream', 'uploadRange', 'createFile', 'createDirectory'],
        python: ['upload_file', 'upload_range', 'create_file', 'create_directory', 'create_subdirectory'],
        csharp: ['Upload', 'UploadAsync', 'UploadRangeAsync', 'CreateFileAsync', 'CreateSubdirectoryAsync'],
        java: ['upload', 'uploadFromFile', 'uploadRange', 'createFile', 'createDirectory', 'createSubdirectory'],
        go: ['UploadBuffer', 'UploadFile', 'UploadRange', 'UploadStream'],
      },
      dataActions: [`${files}/write`, `${backup}/writeFileBackupSemantics/action`],
    },
    {
      languages: {
        typescript: ['deleteFile', 'deleteDirectory'],
        python: ['delete_file', 'delete_directory', 'delete_subdirectory'],
        csharp: ['DeleteFile', 'DeleteFileAsync', 'DeleteSubdirectoryAsync'],
        java: ['deleteFile', 'deleteSubdirectory'],
      },
      dataActions: [`${files}/delete`, `${backup}/writeFileBackupSemantics/action`],
    },
  ],
  roles: [
    {
      name: 'Storage File Data Privileged Reader',
      id: 'b8eda974-7b85-4f76-af95-65846b26df6d',
      grants: 'reads all files and directories, whatever their own permissions say',
    },
    {
      name: 'Storage File Data Privileged Contributor',
      id: '69566ab7-960f-475b-8e7c-b3118f30c6bd',
      grants: 'reads, writes and deletes all files and directories, whatever their own permissions say',
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
  clients: fileShareClients,
  guided: fileShareGuides,
  keyOnly: fileShareKeyOnly,
  cautions: fileShareCautions,
};
