import type { ClientMigration, KeyBoundCalls } from '../service.ts';
import { connectionString, fromKey, fromString } from './storage-blob-forms.ts';
import { storageBlobCsharpClients } from './storage-blob-csharp.ts';
import { storageBlobGoClients } from './storage-blob-go.ts';
import { storageBlobJavaClients } from './storage-blob-java.ts';
import { storageBlobPythonClients } from './storage-blob-python.ts';

const typescript = { language: 'typescript', module: '@azure/storage-blob', package: '@azure/storage-blob' } as const;

/** `new ContainerClient(cs, container)` and its relatives put account, container and blob into one URL. */
const blobUrlClients = ['BlobClient', 'BlockBlobClient', 'AppendBlobClient', 'PageBlobClient'].map(
  (client): ClientMigration => ({
    ...typescript,
    ...fromString,
    before: `new ${client}($CS, $CONTAINER, $BLOB, $$$OPTIONS)`,
    after: `new ${client}(\`$ENDPOINT/\${encodeURIComponent($CONTAINER)}/\${encodeURIComponent($BLOB)}\`, $CREDENTIAL, $$$OPTIONS)`,
    examples: [
      {
        before: standIns =>
          `import { ${client} } from '@azure/storage-blob';\n\nexport function photo(name: string) {\n  return new ${client}('${connectionString(standIns.storageAccountKey())}', 'photos', name);\n}\n`,
        after: `import { DefaultAzureCredential } from '@azure/identity';\nimport { ${client} } from '@azure/storage-blob';\n\nconst credential = new DefaultAzureCredential();\n\nexport function photo(name: string) {\n  return new ${client}(\`https://contosophotos.blob.core.windows.net/photos/\${encodeURIComponent(name)}\`, credential);\n}\n`,
      },
    ],
  }),
);

export const storageBlobClients: readonly ClientMigration[] = [
  {
    ...typescript,
    ...fromString,
    before: 'BlobServiceClient.fromConnectionString($CS, $$$OPTIONS)',
    after: 'new BlobServiceClient($ENDPOINT, $CREDENTIAL, $$$OPTIONS)',
    examples: [
      {
        cursor: 'AZURE_STORAGE_CONNECTION_STRING!',
        before: () => `import { BlobServiceClient } from '@azure/storage-blob';

const connectionString = process.env.AZURE_STORAGE_CONNECTION_STRING!;
if (!connectionString) throw new Error('AZURE_STORAGE_CONNECTION_STRING is not set');

export const service = BlobServiceClient.fromConnectionString(connectionString);
`,
        after: `import { DefaultAzureCredential } from '@azure/identity';
import { BlobServiceClient } from '@azure/storage-blob';

const blobEndpoint = process.env.AZURE_STORAGE_BLOB_ENDPOINT!;
if (!blobEndpoint) throw new Error('AZURE_STORAGE_BLOB_ENDPOINT is not set');

export const service = new BlobServiceClient(blobEndpoint, new DefaultAzureCredential());
`,
      },
      {
        before: standIns =>
          `import { BlobServiceClient } from '@azure/storage-blob';\n\nconst connectionString =\n  '${connectionString(standIns.storageAccountKey())}';\nconst service = BlobServiceClient.fromConnectionString(connectionString, { retryOptions: { maxTries: 4 } });\n\nexport const photos = service.getContainerClient('photos');\n`,
        after: `import { DefaultAzureCredential } from '@azure/identity';\nimport { BlobServiceClient } from '@azure/storage-blob';\n\nconst service = new BlobServiceClient('https://contosophotos.blob.core.windows.net', new DefaultAzureCredential(), { retryOptions: { maxTries: 4 } });\n\nexport const photos = service.getContainerClient('photos');\n`,
      },
      {
        languageId: 'javascript',
        before: standIns =>
          `'use strict';\nconst { BlobServiceClient } = require("@azure/storage-blob")\nconst key = "${standIns.storageAccountKey()}"\n\nexports.service = BlobServiceClient.fromConnectionString("AccountName=contosophotos;AccountKey=" + key + ";EndpointSuffix=core.chinacloudapi.cn")\n`,
        after: `'use strict';\nconst { DefaultAzureCredential } = require("@azure/identity")\nconst { BlobServiceClient } = require("@azure/storage-blob")\n\nexports.service = new BlobServiceClient("https://contosophotos.blob.core.chinacloudapi.cn", new DefaultAzureCredential())\n`,
      },
    ],
  },
  {
    ...typescript,
    ...fromKey,
    before: 'new BlobServiceClient($URL, new StorageSharedKeyCredential($ACCOUNT, $KEY), $$$OPTIONS)',
    after: 'new BlobServiceClient($URL, $CREDENTIAL, $$$OPTIONS)',
    examples: [
      {
        before: standIns =>
          `import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob';\n\nconst account = 'contosophotos';\nconst accountKey = '${standIns.storageAccountKey()}';\nconst credential = new StorageSharedKeyCredential(account, accountKey);\n\nexport const service = new BlobServiceClient(\`https://\${account}.blob.core.windows.net\`, credential);\n`,
        after: `import { DefaultAzureCredential } from '@azure/identity';\nimport { BlobServiceClient } from '@azure/storage-blob';\n\nconst account = 'contosophotos';\nconst credential = new DefaultAzureCredential();\n\nexport const service = new BlobServiceClient(\`https://\${account}.blob.core.windows.net\`, credential);\n`,
      },
    ],
  },
  ...['ContainerClient', 'BlobClient', 'BlockBlobClient'].map((client): ClientMigration => ({
    ...typescript,
    ...fromKey,
    before: `new ${client}($URL, new StorageSharedKeyCredential($ACCOUNT, $KEY), $$$OPTIONS)`,
    after: `new ${client}($URL, $CREDENTIAL, $$$OPTIONS)`,
    examples: [
      {
        before: standIns =>
          `import { ${client}, StorageSharedKeyCredential, type StoragePipelineOptions } from '@azure/storage-blob';\n\nexport function open(url: string, options: StoragePipelineOptions) {\n  return new ${client}(\n    url,\n    new StorageSharedKeyCredential('contosophotos', '${standIns.storageAccountKey()}'),\n    options,\n  );\n}\n`,
        after: `import { DefaultAzureCredential } from '@azure/identity';\nimport { ${client}, type StoragePipelineOptions } from '@azure/storage-blob';\n\nconst credential = new DefaultAzureCredential();\n\nexport function open(url: string, options: StoragePipelineOptions) {\n  return new ${client}(\n    url,\n    credential,\n    options,\n  );\n}\n`,
      },
    ],
  })),
  {
    ...typescript,
    ...fromString,
    before: 'new ContainerClient($CS, $CONTAINER, $$$OPTIONS)',
    after: 'new ContainerClient(`$ENDPOINT/${encodeURIComponent($CONTAINER)}`, $CREDENTIAL, $$$OPTIONS)',
    examples: [
      {
        cursor: 'ContainerClient(',
        before: () => `import { ContainerClient } from '@azure/storage-blob';

export const photos = new ContainerClient(process.env['STORAGE_CONN'] ?? '', 'photos');
`,
        after: `import { DefaultAzureCredential } from '@azure/identity';
import { ContainerClient } from '@azure/storage-blob';

export const photos = new ContainerClient(\`\${process.env['AZURE_STORAGE_BLOB_ENDPOINT'] ?? ''}/photos\`, new DefaultAzureCredential());
`,
      },
      {
        before: standIns =>
          `import * as storage from "@azure/storage-blob";\n\nexport const photos = new storage.ContainerClient("${connectionString(standIns.storageAccountKey())}", "photos");\n`,
        after: `import { DefaultAzureCredential } from "@azure/identity";\nimport * as storage from "@azure/storage-blob";\n\nexport const photos = new storage.ContainerClient("https://contosophotos.blob.core.windows.net/photos", new DefaultAzureCredential());\n`,
      },
    ],
  },
  ...blobUrlClients,
  ...storageBlobPythonClients,
  ...storageBlobCsharpClients,
  ...storageBlobJavaClients,
  ...storageBlobGoClients,
];

export const storageBlobKeyOnly: readonly KeyBoundCalls[] = [
  {
    languages: {
      typescript: [
        'generateBlobSASQueryParameters',
        'generateAccountSASQueryParameters',
        'generateSasUrl',
        'generateAccountSasUrl',
      ],
      python: ['generate_blob_sas', 'generate_container_sas', 'generate_account_sas'],
      csharp: ['GenerateSasUri', 'GenerateAccountSasUri', 'ToSasQueryParameters'],
      java: ['generateSas', 'generateAccountSas', 'generateSasQueryParameters'],
      go: ['GetSASURL', 'SignWithSharedKey'],
    },
    reason:
      'Signing a shared access signature needs the account key. Sign it with a user delegation key (getUserDelegationKey) first, then run the fix again.',
  },
];
