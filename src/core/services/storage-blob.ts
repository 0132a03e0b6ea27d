import type { CredentialFormat, Service, SettingMigration } from './service.ts';

const credentials: readonly CredentialFormat[] = [];

const publicBlobSuffix = 'core.windows.net';

const settings: readonly SettingMigration[] = [
  {
    form: 'functionsConnection',
    title: 'Use an identity-based Storage connection',
    cures: ['storage-account-key'],
    rewrite(fields) {
      const account = fields.get('accountname');
      if (account === undefined) return undefined;
      // `__accountName` stands for the public cloud's default endpoints; anything else must be spelled out per endpoint.
      const explicit = new Map(
        (['blob', 'queue', 'table'] as const).flatMap(kind => {
          const endpoint = fields.get(`${kind}endpoint`);
          return endpoint === undefined ? [] : [[kind, endpoint.replace(/\/$/u, '')] as const];
        }),
      );
      const suffix = fields.get('endpointsuffix') ?? publicBlobSuffix;
      if (explicit.size === 0 && suffix === publicBlobSuffix)
        return { kind: 'suffixes', values: { accountName: account } };
      const values: Record<string, string> = {};
      for (const kind of ['blob', 'queue', 'table'] as const) {
        values[`${kind}ServiceUri`] = explicit.get(kind) ?? `https://${account}.${kind}.${suffix}`;
      }
      return { kind: 'suffixes', values };
    },
    examples: [
      {
        path: 'local.settings.json',
        before: standIns =>
          `{\n  "IsEncrypted": false,\n  "Values": {\n    "AzureWebJobsStorage": "DefaultEndpointsProtocol=https;AccountName=contosoorders;AccountKey=${standIns.storageAccountKey()};EndpointSuffix=core.windows.net",\n    "FUNCTIONS_WORKER_RUNTIME": "node"\n  }\n}\n`,
        after: `{\n  "IsEncrypted": false,\n  "Values": {\n    "AzureWebJobsStorage__accountName": "contosoorders",\n    "FUNCTIONS_WORKER_RUNTIME": "node"\n  }\n}\n`,
      },
      {
        path: 'local.settings.json',
        before: standIns =>
          `{ "Values": { "Photos": "AccountName=contosophotos;AccountKey=${standIns.storageAccountKey()};EndpointSuffix=core.usgovcloudapi.net" } }`,
        after: `{ "Values": { "Photos__blobServiceUri": "https://contosophotos.blob.core.usgovcloudapi.net", "Photos__queueServiceUri": "https://contosophotos.queue.core.usgovcloudapi.net", "Photos__tableServiceUri": "https://contosophotos.table.core.usgovcloudapi.net" } }`,
      },
    ],
  },
];

export const storageBlob: Service = {
  id: 'storage-blob',
  name: 'Azure Blob Storage',
  documentation: 'https://learn.microsoft.com/azure/storage/blobs/authorize-access-azure-active-directory',
  credentials,
  settings,
  operations: [
    {
      languages: {
        typescript: [
          'download',
          'downloadToBuffer',
          'downloadToFile',
          'listBlobsFlat',
          'listBlobsByHierarchy',
          'exists',
          'getProperties',
        ],
        python: ['download_blob', 'list_blobs', 'list_blob_names', 'walk_blobs', 'get_blob_properties', 'exists'],
        csharp: [
          'DownloadContent',
          'DownloadContentAsync',
          'DownloadTo',
          'DownloadToAsync',
          'DownloadStreamingAsync',
          'OpenRead',
          'OpenReadAsync',
          'GetBlobs',
          'GetBlobsAsync',
        ],
        java: ['downloadContent', 'downloadToFile', 'downloadStream', 'listBlobs', 'openInputStream'],
        go: ['DownloadStream', 'DownloadBuffer', 'DownloadFile', 'NewListBlobsFlatPager'],
      },
      dataActions: ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'],
    },
    {
      languages: {
        typescript: [
          'upload',
          'uploadData',
          'uploadFile',
          'uploadStream',
          'uploadBlockBlob',
          'appendBlock',
          'setMetadata',
          'syncUploadFromURL',
        ],
        python: ['upload_blob', 'append_block', 'stage_block', 'commit_block_list', 'set_blob_metadata'],
        csharp: [
          'Upload',
          'UploadAsync',
          'UploadBlob',
          'UploadBlobAsync',
          'OpenWrite',
          'OpenWriteAsync',
          'AppendBlockAsync',
          'SetMetadataAsync',
        ],
        java: ['upload', 'uploadFromFile', 'uploadWithResponse', 'appendBlock', 'setMetadata'],
        go: ['UploadStream', 'UploadBuffer', 'UploadFile', 'AppendBlock'],
      },
      dataActions: ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write'],
    },
    {
      languages: {
        typescript: ['deleteBlob', 'deleteIfExists'],
        python: ['delete_blob', 'delete_blobs'],
        csharp: ['DeleteBlob', 'DeleteBlobAsync', 'DeleteBlobIfExists', 'DeleteBlobIfExistsAsync'],
        java: ['deleteIfExists'],
        go: ['DeleteBlob'],
      },
      dataActions: ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete'],
    },
  ],
  roles: [
    { name: 'Storage Blob Data Reader', id: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1', grants: 'reads and lists blobs' },
    {
      name: 'Storage Blob Data Contributor',
      id: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
      grants: 'reads, writes and deletes blobs',
    },
    {
      name: 'Storage Blob Data Owner',
      id: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b',
      grants: 'full access to blobs including POSIX access control; the Functions host storage needs it',
    },
  ],
  keysOff: {
    resourceType: 'Microsoft.Storage/storageAccounts',
    property: 'allowSharedKeyAccess',
    value: false,
    terraform: { resource: 'azurerm_storage_account', property: 'shared_access_key_enabled', value: false },
  },
  clients: [],
};
