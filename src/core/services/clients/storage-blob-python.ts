import type { ClientMigration } from '../service.ts';
import { connectionString, fromKey, fromString } from './storage-blob-forms.ts';
import { pythonStorageKeys } from './storage-forms.ts';

const python = { language: 'python', module: 'azure.storage.blob', package: 'azure-storage-blob' } as const;

export const storageBlobPythonClients: readonly ClientMigration[] = [
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
    pythonStorageKeys.map(([credential, imports]): ClientMigration => ({
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
  ...pythonStorageKeys.map(([credential, imports]): ClientMigration => ({
    ...python,
    ...fromKey,
    // A snapshot may stand before the credential, which therefore counts by its name alone.
    before: `BlobClient(account_url=$URL, container_name=$CONTAINER, blob_name=$BLOB, $$$OPTIONS, credential=${credential})`,
    after:
      'BlobClient(account_url=$URL, container_name=$CONTAINER, blob_name=$BLOB, $$$OPTIONS, credential=$CREDENTIAL)',
    examples: [
      {
        before: standIns => `${imports}from azure.storage.blob import BlobClient

cat = BlobClient(
    "https://contosophotos.blob.core.windows.net", "photos", "cat.jpg",
    credential=${credential.replace('$ACCOUNT', '"contosophotos"').replace('$KEY', `"${standIns.storageAccountKey()}"`)},
)
`,
        after: `from azure.identity import DefaultAzureCredential
from azure.storage.blob import BlobClient

cat = BlobClient(
    "https://contosophotos.blob.core.windows.net", "photos", "cat.jpg",
    credential=DefaultAzureCredential(),
)
`,
      },
    ],
  })),
  ...(
    [
      ['azure.eventhub.extensions.checkpointstoreblob', 'azure-eventhub-checkpointstoreblob', false],
      ['azure.eventhub.extensions.checkpointstoreblobaio', 'azure-eventhub-checkpointstoreblob-aio', true],
    ] as const
  ).map(([module, name, asynchronous]): ClientMigration => {
    const identity = asynchronous ? 'azure.identity.aio' : 'azure.identity';
    return {
      language: 'python',
      module,
      package: name,
      ...fromString,
      ...(asynchronous ? { asyncCredential: true } : {}),
      before: 'BlobCheckpointStore.from_connection_string(conn_str=$CS, container_name=$CONTAINER, $$$OPTIONS)',
      after:
        'BlobCheckpointStore(blob_account_url=$ENDPOINT, container_name=$CONTAINER, $$$OPTIONS, credential=$CREDENTIAL)',
      examples: [
        {
          before: standIns => `from ${module} import BlobCheckpointStore

checkpoints = BlobCheckpointStore.from_connection_string("${connectionString(standIns.storageAccountKey())}", "positions")
`,
          after: `from ${module} import BlobCheckpointStore
from ${identity} import DefaultAzureCredential

checkpoints = BlobCheckpointStore("https://contosophotos.blob.core.windows.net", "positions", credential=DefaultAzureCredential())
`,
        },
      ],
    };
  }),
];
