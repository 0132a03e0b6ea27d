import type { ClientMigration, KeyBoundCalls } from '../service.ts';
import { pythonStorageKeys } from './storage-forms.ts';
import { storageQueueGoClients } from './storage-queue-go.ts';
import { storageQueueJavaClients } from './storage-queue-java.ts';
import { connectionString, fromKey, fromString } from './storage-queue-forms.ts';

const typescript = { language: 'typescript', module: '@azure/storage-queue', package: '@azure/storage-queue' } as const;
const python = { language: 'python', module: 'azure.storage.queue', package: 'azure-storage-queue' } as const;
const csharp = { language: 'csharp', module: 'Azure.Storage.Queues', package: 'Azure.Storage.Queues' } as const;

const typescriptClients: readonly ClientMigration[] = [
  {
    ...typescript,
    ...fromString,
    before: 'QueueServiceClient.fromConnectionString($CS, $$$OPTIONS)',
    after: 'new QueueServiceClient($ENDPOINT, $CREDENTIAL, $$$OPTIONS)',
    examples: [
      {
        before: standIns => `import { QueueServiceClient } from '@azure/storage-queue';

const account = 'contosojobs';
const connection = \`DefaultEndpointsProtocol=https;AccountName=\${account};AccountKey=${standIns.storageAccountKey()};EndpointSuffix=core.windows.net\`;

export const queues = QueueServiceClient.fromConnectionString(connection, { retryOptions: { maxTries: 4 } });
`,
        after: `import { DefaultAzureCredential } from '@azure/identity';
import { QueueServiceClient } from '@azure/storage-queue';

export const queues = new QueueServiceClient('https://contosojobs.queue.core.windows.net', new DefaultAzureCredential(), { retryOptions: { maxTries: 4 } });
`,
      },
      {
        cursor: 'process.env',
        languageId: 'javascript',
        before: () => `const { QueueServiceClient } = require('@azure/storage-queue');

exports.queues = () => QueueServiceClient.fromConnectionString(process.env.AzureWebJobsStorage || '');
`,
        after: `const { DefaultAzureCredential } = require('@azure/identity');
const { QueueServiceClient } = require('@azure/storage-queue');

const credential = new DefaultAzureCredential();

exports.queues = () => new QueueServiceClient(process.env.AZURE_STORAGE_QUEUE_ENDPOINT || '', credential);
`,
      },
    ],
  },
  {
    ...typescript,
    ...fromString,
    before: 'new QueueClient($CS, $QUEUE, $$$OPTIONS)',
    after: 'new QueueClient(`$ENDPOINT/${encodeURIComponent($QUEUE)}`, $CREDENTIAL, $$$OPTIONS)',
    examples: [
      {
        before: standIns => `import { QueueClient } from "@azure/storage-queue"

export class Jobs {
  readonly #queue: QueueClient

  constructor(name: string) {
    this.#queue = new QueueClient("${connectionString(standIns.storageAccountKey())}", name)
  }

  add(job: object) {
    return this.#queue.sendMessage(JSON.stringify(job))
  }
}
`,
        after: `import { DefaultAzureCredential } from "@azure/identity"
import { QueueClient } from "@azure/storage-queue"

export class Jobs {
  readonly #queue: QueueClient

  constructor(name: string) {
    this.#queue = new QueueClient(\`https://contosojobs.queue.core.windows.net/\${encodeURIComponent(name)}\`, new DefaultAzureCredential())
  }

  add(job: object) {
    return this.#queue.sendMessage(JSON.stringify(job))
  }
}
`,
      },
    ],
  },
  ...['QueueServiceClient', 'QueueClient'].map((client): ClientMigration => ({
    ...typescript,
    ...fromKey,
    before: `new ${client}($URL, new StorageSharedKeyCredential($ACCOUNT, $KEY), $$$OPTIONS)`,
    after: `new ${client}($URL, $CREDENTIAL, $$$OPTIONS)`,
    examples: [
      {
        before: standIns => `import { ${client}, StorageSharedKeyCredential } from '@azure/storage-queue';

const sharedKey = new StorageSharedKeyCredential('contosojobs', '${standIns.storageAccountKey()}');
export const open = (url: string) => new ${client}(url, sharedKey);
`,
        after: `import { DefaultAzureCredential } from '@azure/identity';
import { ${client} } from '@azure/storage-queue';

const sharedKey = new DefaultAzureCredential();
export const open = (url: string) => new ${client}(url, sharedKey);
`,
      },
    ],
  })),
];

const pythonClients: readonly ClientMigration[] = [
  {
    ...python,
    ...fromString,
    before: 'QueueServiceClient.from_connection_string(conn_str=$CS, $$$OPTIONS)',
    after: 'QueueServiceClient(account_url=$ENDPOINT, $$$OPTIONS, credential=$CREDENTIAL)',
    examples: [
      {
        before: standIns => `from azure.storage.queue.aio import QueueServiceClient

CONNECTION = "${connectionString(standIns.storageAccountKey())}"


async def names() -> list[str]:
    async with QueueServiceClient.from_connection_string(CONNECTION) as service:
        return [queue.name async for queue in service.list_queues()]
`,
        after: `from azure.identity.aio import DefaultAzureCredential
from azure.storage.queue.aio import QueueServiceClient


async def names() -> list[str]:
    async with QueueServiceClient("https://contosojobs.queue.core.windows.net", credential=DefaultAzureCredential()) as service:
        return [queue.name async for queue in service.list_queues()]
`,
      },
    ],
  },
  {
    ...python,
    ...fromString,
    before: 'QueueClient.from_connection_string(conn_str=$CS, queue_name=$QUEUE, $$$OPTIONS)',
    after: 'QueueClient(account_url=$ENDPOINT, queue_name=$QUEUE, $$$OPTIONS, credential=$CREDENTIAL)',
    examples: [
      {
        cursor: 'from_connection_string',
        before: () => `import os
from azure.storage.queue import QueueClient, BinaryBase64EncodePolicy

queue = QueueClient.from_connection_string(
    os.environ["AzureWebJobsStorage"],
    "jobs",
    message_encode_policy=BinaryBase64EncodePolicy(),
)
`,
        after: `import os
from azure.identity import DefaultAzureCredential
from azure.storage.queue import QueueClient, BinaryBase64EncodePolicy

queue = QueueClient(
    os.environ["AZURE_STORAGE_QUEUE_ENDPOINT"],
    "jobs",
    message_encode_policy=BinaryBase64EncodePolicy(),
    credential=DefaultAzureCredential(),
)
`,
      },
      {
        before: standIns => `from azure.storage.queue import QueueClient


class Jobs:
    def __init__(self, name: str) -> None:
        self._queue = QueueClient.from_connection_string(conn_str="${connectionString(standIns.storageAccountKey())}", queue_name=name)
`,
        after: `from azure.identity import DefaultAzureCredential
from azure.storage.queue import QueueClient


class Jobs:
    def __init__(self, name: str) -> None:
        self._queue = QueueClient(account_url="https://contosojobs.queue.core.windows.net", queue_name=name, credential=DefaultAzureCredential())
`,
      },
    ],
  },
  ...(
    [
      ['QueueServiceClient', 'account_url=$URL', ''],
      ['QueueClient', 'account_url=$URL, queue_name=$QUEUE', '"jobs", '],
    ] as const
  ).flatMap(([client, place, name]) =>
    pythonStorageKeys.map(([credential, imports]): ClientMigration => ({
      ...python,
      ...fromKey,
      before: `${client}(${place}, credential=${credential}, $$$OPTIONS)`,
      after: `${client}(${place}, credential=$CREDENTIAL, $$$OPTIONS)`,
      examples: [
        {
          before: standIns => `${imports}from azure.storage.queue import ${client}

client = ${client}("https://contosojobs.queue.core.windows.net", ${name}credential=${credential.replace('$ACCOUNT', '"contosojobs"').replace('$KEY', `"${standIns.storageAccountKey()}"`)})
`,
          after: `from azure.identity import DefaultAzureCredential
from azure.storage.queue import ${client}

client = ${client}("https://contosojobs.queue.core.windows.net", ${name}credential=DefaultAzureCredential())
`,
        },
      ],
    })),
  ),
];

const csharpClients: readonly ClientMigration[] = [
  {
    ...csharp,
    ...fromString,
    before: 'new QueueServiceClient(connectionString: $CS, $$$OPTIONS)',
    after: 'new QueueServiceClient(serviceUri: new Uri($ENDPOINT), credential: $CREDENTIAL, $$$OPTIONS)',
    imports: { Uri: 'System' },
    examples: [
      {
        before: standIns => `using Azure.Storage.Queues;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(_ => new QueueServiceClient("${connectionString(standIns.storageAccountKey())}"));
Console.WriteLine("ready");
`,
        after: `using Azure.Identity;
using Azure.Storage.Queues;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(_ => new QueueServiceClient(new Uri("https://contosojobs.queue.core.windows.net"), new DefaultAzureCredential()));
Console.WriteLine("ready");
`,
      },
    ],
  },
  {
    ...csharp,
    ...fromString,
    notWith: ['Microsoft.Azure.ServiceBus', 'Microsoft.ServiceBus.Messaging'],
    before: 'new QueueClient(connectionString: $CS, queueName: $QUEUE, $$$OPTIONS)',
    after: 'new QueueClient(queueUri: new Uri($"$ENDPOINT/{$QUEUE}"), credential: $CREDENTIAL, $$$OPTIONS)',
    imports: { Uri: 'System' },
    examples: [
      {
        before: standIns => `using System;
using Azure.Storage.Queues;

namespace Contoso.Jobs
{
    public sealed class JobQueue
    {
        private const string Key = "${standIns.storageAccountKey()}";
        private readonly QueueClient _queue;

        public JobQueue(string name) =>
            _queue = new QueueClient($"AccountName=contosojobs;AccountKey={Key};EndpointSuffix=core.windows.net", name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
    }
}
`,
        after: `using System;
using Azure.Identity;
using Azure.Storage.Queues;

namespace Contoso.Jobs
{
    public sealed class JobQueue
    {
        private readonly QueueClient _queue;

        public JobQueue(string name) =>
            _queue = new QueueClient(new Uri($"https://contosojobs.queue.core.windows.net/{name}"), new DefaultAzureCredential(), new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
    }
}
`,
      },
    ],
  },
  ...(
    [
      ['QueueServiceClient', 'serviceUri'],
      ['QueueClient', 'queueUri'],
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
using Azure.Storage.Queues;

internal static class Jobs
{
    internal static ${client} Open(Uri uri) => new(uri, new StorageSharedKeyCredential("contosojobs", "${standIns.storageAccountKey()}"));
}
`,
        after: `using System;
using Azure.Identity;
using Azure.Storage;
using Azure.Storage.Queues;

internal static class Jobs
{
    private static readonly DefaultAzureCredential Credential = new DefaultAzureCredential();

    internal static ${client} Open(Uri uri) => new(uri, Credential);
}
`,
      },
    ],
  })),
];

export const storageQueueClients: readonly ClientMigration[] = [
  ...typescriptClients,
  ...pythonClients,
  ...csharpClients,
  ...storageQueueJavaClients,
  ...storageQueueGoClients,
];

export const storageQueueKeyOnly: readonly KeyBoundCalls[] = [
  {
    languages: {
      typescript: [
        'generateQueueSASQueryParameters',
        'generateAccountSASQueryParameters',
        'generateSasUrl',
        'generateSasStringToSign',
        'generateAccountSasUrl',
      ],
      python: ['generate_queue_sas', 'generate_account_sas'],
      csharp: ['GenerateSasUri', 'GenerateAccountSasUri', 'ToSasQueryParameters'],
      java: ['generateSas', 'generateAccountSas'],
      go: ['GetSASURL', 'SignWithSharedKey'],
    },
    reason:
      'Signing a shared access signature needs the account key. Let its users sign in themselves, or sign with a user delegation key, then run the fix again.',
  },
];
