import type { GuidedClient } from '../service.ts';
import { connectionString } from './storage-blob-forms.ts';

const bySecret = { secret: { capture: 'CS', form: 'connectionString' } } as const;
const byKey = { secret: { capture: 'KEY', form: 'key' } } as const;

const retired = 'This library is retired and takes no token credential: its successor has another API.';
const move = [
  'Replace the package by its successor, and the client by the one below: container and blob clients come from the service client.',
  'Translate the calls with the migration guide of the successor, one service (blobs, queues, tables, files) after another.',
];

const signing = (sign: string): string =>
  `${sign} signs with the account key; its keyless form signs with a user delegation key, which is asked for first.`;
const signingSteps = [
  'Ask for a user delegation key, for seven days at most, and sign with that: the function that signs becomes asynchronous or takes the key as an argument.',
  'Grant the identity Storage Blob Delegator on the account besides the role that the signature is to pass on.',
];

const userDelegation =
  'https://learn.microsoft.com/azure/storage/blobs/storage-blob-user-delegation-sas-create-javascript';

/** Libraries without tokens, and signatures, whose keyless form is more than another argument. */
export const storageGuides: readonly GuidedClient[] = [
  ...['createBlobService', 'createQueueService', 'createTableService', 'createFileService'].flatMap(
    (create): GuidedClient[] => {
      const shared = {
        language: 'typescript',
        module: 'azure-storage',
        package: 'azure-storage',
        why: retired,
        steps: [
          ...move,
          'Without an argument the old client reads AZURE_STORAGE_CONNECTION_STRING: delete that setting as well.',
        ],
        snippet: `import { DefaultAzureCredential } from '@azure/identity';
import { BlobServiceClient } from '@azure/storage-blob';

export const service = new BlobServiceClient('https://contosophotos.blob.core.windows.net', new DefaultAzureCredential());
`,
        documentation: 'https://learn.microsoft.com/azure/storage/blobs/storage-quickstart-blobs-nodejs',
      } as const;
      return [
        {
          ...shared,
          ...bySecret,
          before: `${create}($CS)`,
          examples: [
            {
              before: standIns => `import { ${create} } from 'azure-storage';

export const service = ${create}('${connectionString(standIns.storageAccountKey())}');
`,
            },
          ],
        },
        {
          ...shared,
          ...byKey,
          before: `${create}($ACCOUNT, $KEY, $$$HOST)`,
          examples: [
            {
              languageId: 'javascript',
              before: standIns => `const storage = require('azure-storage');

module.exports = storage.${create}('contosophotos', '${standIns.storageAccountKey()}');
`,
            },
          ],
        },
      ];
    },
  ),
  ...['BlockBlobService', 'BaseBlobService', 'PageBlobService', 'AppendBlobService'].map((client): GuidedClient => ({
    ...byKey,
    language: 'python',
    module: 'azure.storage.blob',
    package: 'azure-storage-blob',
    before: `${client}(account_name=$ACCOUNT, account_key=$KEY, $$$OPTIONS)`,
    why: retired,
    steps: ['Upgrade azure-storage-blob to version 12.', ...move.slice(1)],
    snippet: `from azure.identity import DefaultAzureCredential
from azure.storage.blob import BlobServiceClient

service = BlobServiceClient("https://contosophotos.blob.core.windows.net", credential=DefaultAzureCredential())
`,
    documentation: 'https://learn.microsoft.com/azure/storage/blobs/storage-quickstart-blobs-python',
    examples: [
      {
        before: standIns => `from azure.storage.blob import ${client}

service = ${client}(account_name="contosophotos", account_key="${standIns.storageAccountKey()}")
`,
      },
    ],
  })),
  ...['Microsoft.Azure.Storage', 'Microsoft.WindowsAzure.Storage'].map((module): GuidedClient => ({
    ...bySecret,
    language: 'csharp',
    module,
    alsoFrom: ['Microsoft.Azure.Cosmos.Table'],
    package: module,
    before: 'CloudStorageAccount.Parse($CS)',
    why: retired,
    steps: move,
    snippet: `using System;
using Azure.Identity;
using Azure.Storage.Blobs;

var service = new BlobServiceClient(new Uri("https://contosophotos.blob.core.windows.net"), new DefaultAzureCredential());
`,
    documentation: 'https://learn.microsoft.com/azure/storage/blobs/storage-quickstart-blobs-dotnet',
    examples: [
      {
        before: standIns => `using ${module};
using ${module}.Blob;

var account = CloudStorageAccount.Parse("${connectionString(standIns.storageAccountKey())}");
CloudBlobClient client = account.CreateCloudBlobClient();
`,
      },
    ],
  })),
  {
    ...bySecret,
    language: 'java',
    module: 'com.microsoft.azure.storage',
    package: 'com.microsoft.azure:azure-storage',
    before: 'CloudStorageAccount.parse($CS)',
    why: retired,
    steps: move,
    snippet: `import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;

class Storage {
    static BlobServiceClient open() {
        return new BlobServiceClientBuilder()
            .endpoint("https://contosophotos.blob.core.windows.net")
            .credential(new DefaultAzureCredentialBuilder().build())
            .buildClient();
    }
}
`,
    documentation: 'https://learn.microsoft.com/azure/storage/blobs/storage-quickstart-blobs-java',
    examples: [
      {
        before: standIns => `import com.microsoft.azure.storage.CloudStorageAccount;

class Storage {
    CloudStorageAccount open() throws Exception {
        return CloudStorageAccount.parse("${connectionString(standIns.storageAccountKey())}");
    }
}
`,
      },
    ],
  },
  {
    ...byKey,
    language: 'typescript',
    module: '@azure/storage-blob',
    package: '@azure/storage-blob',
    before: 'generateBlobSASQueryParameters($VALUES, new StorageSharedKeyCredential($ACCOUNT, $KEY))',
    why: signing('generateBlobSASQueryParameters'),
    steps: signingSteps,
    snippet: `import { DefaultAzureCredential } from '@azure/identity';
import { BlobSASPermissions, BlobServiceClient, SASProtocol, generateBlobSASQueryParameters } from '@azure/storage-blob';

const service = new BlobServiceClient('https://contosophotos.blob.core.windows.net', new DefaultAzureCredential());

export async function signature(containerName: string, blobName: string): Promise<string> {
  const startsOn = new Date();
  const expiresOn = new Date(startsOn.getTime() + 3_600_000);
  const key = await service.getUserDelegationKey(startsOn, expiresOn);
  const permissions = BlobSASPermissions.parse('r');
  const values = { containerName, blobName, permissions, startsOn, expiresOn, protocol: SASProtocol.Https };
  return generateBlobSASQueryParameters(values, key, service.accountName).toString();
}
`,
    documentation: userDelegation,
    examples: [
      {
        before:
          standIns => `import { generateBlobSASQueryParameters, StorageSharedKeyCredential, type BlobSASSignatureValues } from '@azure/storage-blob';

export const sign = (values: BlobSASSignatureValues) =>
  generateBlobSASQueryParameters(values, new StorageSharedKeyCredential('contosophotos', '${standIns.storageAccountKey()}')).toString();
`,
      },
    ],
  },
  ...(
    [
      [
        'generate_blob_sas',
        'container_name=$CONTAINER, blob_name=$BLOB, ',
        'container_name="photos", blob_name=blob, ',
      ],
      ['generate_container_sas', 'container_name=$CONTAINER, ', 'container_name="photos", '],
    ] as const
  ).map(([generate, place, written]): GuidedClient => ({
    ...byKey,
    language: 'python',
    module: 'azure.storage.blob',
    package: 'azure-storage-blob',
    // By name only: what stands there by position differs between the two.
    before: `${generate}(account_name=$ACCOUNT, ${place}$$$OPTIONS, account_key=$KEY)`,
    why: signing(generate),
    steps: signingSteps,
    snippet: `from datetime import datetime, timedelta, timezone

from azure.identity import DefaultAzureCredential
from azure.storage.blob import BlobSasPermissions, BlobServiceClient, generate_blob_sas

service = BlobServiceClient("https://contosophotos.blob.core.windows.net", credential=DefaultAzureCredential())


def signature(container: str, blob: str) -> str:
    start = datetime.now(timezone.utc)
    expiry = start + timedelta(hours=1)
    key = service.get_user_delegation_key(key_start_time=start, key_expiry_time=expiry)
    return generate_blob_sas(
        account_name=service.account_name,
        container_name=container,
        blob_name=blob,
        user_delegation_key=key,
        permission=BlobSasPermissions(read=True),
        start=start,
        expiry=expiry,
    )
`,
    documentation: userDelegation.replace('javascript', 'python'),
    examples: [
      {
        before: standIns => `from azure.storage.blob import ${generate}


def sign(blob, expiry):
    return ${generate}(account_name="contosophotos", ${written}account_key="${standIns.storageAccountKey()}", expiry=expiry)
`,
      },
    ],
  })),
];
