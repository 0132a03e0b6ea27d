import type { ClientMigration, KeyBoundCalls } from '../service.ts';
import { connectionString, fromKey, fromString } from './storage-blob-forms.ts';
import { storageBlobGoClients } from './storage-blob-go.ts';
import { storageBlobJavaClients } from './storage-blob-java.ts';

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

const python = { language: 'python', module: 'azure.storage.blob', package: 'azure-storage-blob' } as const;

const pythonClients: readonly ClientMigration[] = [
  {
    ...python,
    ...fromString,
    before: 'BlobServiceClient.from_connection_string(conn_str=$CS, $$$OPTIONS)',
    after: 'BlobServiceClient(account_url=$ENDPOINT, $$$OPTIONS, credential=$CREDENTIAL)',
    examples: [
      {
        before: standIns => `import os
from azure.storage.blob import BlobServiceClient

service = BlobServiceClient.from_connection_string(
    os.environ.get("STORAGE_CONNECTION", "${connectionString(standIns.storageAccountKey())}")
)
`,
        after: `import os
from azure.identity import DefaultAzureCredential
from azure.storage.blob import BlobServiceClient

service = BlobServiceClient(
    os.environ.get("AZURE_STORAGE_BLOB_ENDPOINT", "https://contosophotos.blob.core.windows.net"),
    credential=DefaultAzureCredential()
)
`,
      },
      {
        cursor: 'from_connection_string',
        before: () => `import os
from azure.storage.blob import BlobServiceClient

CONNECTION_STRING = os.environ["AZURE_STORAGE_CONNECTION_STRING"]


def service():
    return BlobServiceClient.from_connection_string(CONNECTION_STRING)
`,
        after: `import os
from azure.identity import DefaultAzureCredential
from azure.storage.blob import BlobServiceClient

credential = DefaultAzureCredential()

BLOB_ENDPOINT = os.environ["AZURE_STORAGE_BLOB_ENDPOINT"]


def service():
    return BlobServiceClient(BLOB_ENDPOINT, credential=credential)
`,
      },
      {
        before: standIns => `"""Photo store."""
from __future__ import annotations

import os
from azure.storage.blob import BlobServiceClient

CONNECTION_STRING = (
    "DefaultEndpointsProtocol=https;AccountName=contosophotos;"
    "AccountKey=${standIns.storageAccountKey()};EndpointSuffix=core.windows.net"
)


def service() -> BlobServiceClient:
    return BlobServiceClient.from_connection_string(CONNECTION_STRING, max_block_size=4 * 1024 * 1024)
`,
        after: `"""Photo store."""
from __future__ import annotations

import os
from azure.identity import DefaultAzureCredential
from azure.storage.blob import BlobServiceClient

credential = DefaultAzureCredential()


def service() -> BlobServiceClient:
    return BlobServiceClient("https://contosophotos.blob.core.windows.net", max_block_size=4 * 1024 * 1024, credential=credential)
`,
      },
      {
        before: standIns => `from azure.storage.blob.aio import BlobServiceClient


async def names(container):
    async with BlobServiceClient.from_connection_string(
        conn_str='${connectionString(standIns.storageAccountKey())}',
        logging_enable=True,
    ) as service:
        return [blob.name async for blob in service.get_container_client(container).list_blobs()]
`,
        after: `from azure.identity.aio import DefaultAzureCredential
from azure.storage.blob.aio import BlobServiceClient


async def names(container):
    async with BlobServiceClient(
        account_url='https://contosophotos.blob.core.windows.net',
        logging_enable=True,
        credential=DefaultAzureCredential(),
    ) as service:
        return [blob.name async for blob in service.get_container_client(container).list_blobs()]
`,
      },
    ],
  },
  {
    ...python,
    ...fromString,
    before: 'ContainerClient.from_connection_string(conn_str=$CS, container_name=$CONTAINER, $$$OPTIONS)',
    after: 'ContainerClient(account_url=$ENDPOINT, container_name=$CONTAINER, $$$OPTIONS, credential=$CREDENTIAL)',
    examples: [
      {
        before: standIns => `import azure.storage.blob as blobs

photos = blobs.ContainerClient.from_connection_string("${connectionString(standIns.storageAccountKey())}", "photos")
`,
        after: `import azure.storage.blob as blobs
from azure.identity import DefaultAzureCredential

photos = blobs.ContainerClient("https://contosophotos.blob.core.windows.net", "photos", credential=DefaultAzureCredential())
`,
      },
    ],
  },
  {
    ...python,
    ...fromString,
    before: 'BlobClient.from_connection_string(conn_str=$CS, container_name=$CONTAINER, blob_name=$BLOB, $$$OPTIONS)',
    after:
      'BlobClient(account_url=$ENDPOINT, container_name=$CONTAINER, blob_name=$BLOB, $$$OPTIONS, credential=$CREDENTIAL)',
    examples: [
      {
        before: standIns => `from azure.identity import DefaultAzureCredential
from azure.storage.blob import BlobClient

credential = DefaultAzureCredential()
blob = BlobClient.from_connection_string(
    "${connectionString(standIns.storageAccountKey())}", container_name="photos", blob_name="cat.jpg"
)
`,
        after: `from azure.identity import DefaultAzureCredential
from azure.storage.blob import BlobClient

credential = DefaultAzureCredential()
blob = BlobClient(
    "https://contosophotos.blob.core.windows.net", container_name="photos", blob_name="cat.jpg", credential=credential
)
`,
      },
    ],
  },
  ...(
    [
      ['BlobServiceClient', 'account_url=$URL'],
      ['ContainerClient', 'account_url=$URL, container_name=$CONTAINER'],
    ] as const
  ).flatMap(([client, place]) =>
    (
      [
        ['$KEY', ''],
        ['{"account_name": $ACCOUNT, "account_key": $KEY}', ''],
        ['AzureNamedKeyCredential($ACCOUNT, $KEY)', 'from azure.core.credentials import AzureNamedKeyCredential\n'],
      ] as const
    ).map(([credential, imports]): ClientMigration => ({
      ...python,
      ...fromKey,
      before: `${client}(${place}, credential=${credential}, $$$OPTIONS)`,
      after: `${client}(${place}, credential=$CREDENTIAL, $$$OPTIONS)`,
      examples: [
        {
          before: standIns => `${imports}from azure.storage.blob import ${client}

client = ${client}(
    "https://contosophotos.blob.core.windows.net",${place.includes('container') ? '\n    container_name="photos",' : ''}
    credential=${credential.replace('$ACCOUNT', '"contosophotos"').replace('$KEY', `"${standIns.storageAccountKey()}"`)},
)
`,
          after: `from azure.identity import DefaultAzureCredential
from azure.storage.blob import ${client}

client = ${client}(
    "https://contosophotos.blob.core.windows.net",${place.includes('container') ? '\n    container_name="photos",' : ''}
    credential=DefaultAzureCredential(),
)
`,
        },
      ],
    })),
  ),
];

const csharp = { language: 'csharp', module: 'Azure.Storage.Blobs', package: 'Azure.Storage.Blobs' } as const;

const csharpClients: readonly ClientMigration[] = [
  {
    ...csharp,
    ...fromString,
    before: 'new BlobServiceClient(connectionString: $CS, $$$OPTIONS)',
    after: 'new BlobServiceClient(serviceUri: new Uri($ENDPOINT), credential: $CREDENTIAL, $$$OPTIONS)',
    imports: { Uri: 'System' },
    examples: [
      {
        before: standIns => `using System;
using Azure.Storage.Blobs;

namespace Contoso.Photos;

public sealed class PhotoStore
{
    private const string ConnectionString = "${connectionString(standIns.storageAccountKey())}";

    private readonly BlobServiceClient _service = new(ConnectionString, new BlobClientOptions());
}
`,
        after: `using System;
using Azure.Identity;
using Azure.Storage.Blobs;

namespace Contoso.Photos;

public sealed class PhotoStore
{
    private readonly BlobServiceClient _service = new(new Uri("https://contosophotos.blob.core.windows.net"), new DefaultAzureCredential(), new BlobClientOptions());
}
`,
      },
    ],
  },
  {
    ...csharp,
    ...fromString,
    before: 'new BlobContainerClient(connectionString: $CS, blobContainerName: $CONTAINER, $$$OPTIONS)',
    after:
      'new BlobContainerClient(blobContainerUri: new Uri($"$ENDPOINT/{$CONTAINER}"), credential: $CREDENTIAL, $$$OPTIONS)',
    imports: { Uri: 'System' },
    examples: [
      {
        cursor: 'new BlobContainerClient',
        before: () => `var builder = WebApplication.CreateBuilder(args);
var photos = new BlobContainerClient(builder.Configuration["Storage:ConnectionString"]!, "photos");
Console.WriteLine(photos.Uri);
`,
        after: `using Azure.Identity;

var builder = WebApplication.CreateBuilder(args);
var photos = new BlobContainerClient(new Uri(builder.Configuration["Storage:BlobEndpoint"]! + "/photos"), new DefaultAzureCredential());
Console.WriteLine(photos.Uri);
`,
      },
      {
        before: standIns => `var name = args[0];
var photos = new BlobContainerClient("${connectionString(standIns.storageAccountKey())}", name);
Console.WriteLine(photos.Uri);
`,
        after: `using Azure.Identity;

var name = args[0];
var photos = new BlobContainerClient(new Uri($"https://contosophotos.blob.core.windows.net/{name}"), new DefaultAzureCredential());
Console.WriteLine(photos.Uri);
`,
      },
    ],
  },
  {
    ...csharp,
    ...fromString,
    before: 'new BlobClient(connectionString: $CS, blobContainerName: $CONTAINER, blobName: $BLOB, $$$OPTIONS)',
    after:
      'new BlobClient(blobUri: new Uri($"$ENDPOINT/{$CONTAINER}/{Uri.EscapeDataString($BLOB)}"), credential: $CREDENTIAL, $$$OPTIONS)',
    imports: { Uri: 'System' },
    examples: [
      {
        before: standIns => `// Copyright Contoso.

using Azure.Storage.Blobs;

class Cats
{
    BlobClient Open(string blob) =>
        new BlobClient(connectionString: "${connectionString(standIns.storageAccountKey())}", blobContainerName: "photos", blobName: blob);
}
`,
        after: `// Copyright Contoso.

using System;
using Azure.Identity;
using Azure.Storage.Blobs;

class Cats
{
    private static readonly DefaultAzureCredential Credential = new DefaultAzureCredential();

    BlobClient Open(string blob) =>
        new BlobClient(blobUri: new Uri($"https://contosophotos.blob.core.windows.net/photos/{Uri.EscapeDataString(blob)}"), credential: Credential);
}
`,
      },
    ],
  },
  ...(
    [
      ['BlobServiceClient', 'serviceUri'],
      ['BlobContainerClient', 'blobContainerUri'],
      ['BlobClient', 'blobUri'],
    ] as const
  ).map(([client, uri]): ClientMigration => ({
    ...csharp,
    ...fromKey,
    before: `new ${client}(${uri}: $URI, credential: new StorageSharedKeyCredential($ACCOUNT, $KEY), $$$OPTIONS)`,
    after: `new ${client}(${uri}: $URI, credential: $CREDENTIAL, $$$OPTIONS)`,
    examples: [
      {
        before: standIns => `using System;
using Azure.Storage;
using Azure.Storage.Blobs;

StorageSharedKeyCredential credential = new("contosophotos", "${standIns.storageAccountKey()}");
var client = new ${client}(new Uri(args[0]), credential);
`,
        after: `using System;
using Azure.Identity;
using Azure.Storage;
using Azure.Storage.Blobs;

DefaultAzureCredential credential = new DefaultAzureCredential();
var client = new ${client}(new Uri(args[0]), credential);
`,
      },
    ],
  })),
];

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
  ...pythonClients,
  ...csharpClients,
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
