import type { ClientMigration, KeyBoundCalls } from '../service.ts';
import { dataLakeGoClients } from './data-lake-go.ts';
import { dataLakeJavaClients } from './data-lake-java.ts';
import { connectionString, fromKey, fromString } from './data-lake-forms.ts';
import { pythonStorageKeys } from './storage-forms.ts';

const typescript = {
  language: 'typescript',
  module: '@azure/storage-file-datalake',
  package: '@azure/storage-file-datalake',
} as const;
const python = {
  language: 'python',
  module: 'azure.storage.filedatalake',
  package: 'azure-storage-file-datalake',
} as const;
const csharp = {
  language: 'csharp',
  module: 'Azure.Storage.Files.DataLake',
  package: 'Azure.Storage.Files.DataLake',
} as const;

const typescriptClients: readonly ClientMigration[] = [
  {
    ...typescript,
    ...fromString,
    before: 'DataLakeServiceClient.fromConnectionString($CS, $$$OPTIONS)',
    after: 'new DataLakeServiceClient($ENDPOINT, $CREDENTIAL, $$$OPTIONS)',
    examples: [
      {
        before: standIns => `import { DataLakeServiceClient } from '@azure/storage-file-datalake';

const key = '${standIns.storageAccountKey()}';
export const lake = DataLakeServiceClient.fromConnectionString(
  \`BlobEndpoint=https://contosolake.blob.core.windows.net/;AccountName=contosolake;AccountKey=\${key}\`,
);
`,
        after: `import { DefaultAzureCredential } from '@azure/identity';
import { DataLakeServiceClient } from '@azure/storage-file-datalake';

export const lake = new DataLakeServiceClient(
  'https://contosolake.dfs.core.windows.net',
  new DefaultAzureCredential(),
);
`,
      },
    ],
  },
  ...[
    'DataLakeServiceClient',
    'DataLakeFileSystemClient',
    'DataLakeDirectoryClient',
    'DataLakeFileClient',
    'DataLakePathClient',
  ].map((client): ClientMigration => ({
    ...typescript,
    ...fromKey,
    before: `new ${client}($URL, new StorageSharedKeyCredential($ACCOUNT, $KEY), $$$OPTIONS)`,
    after: `new ${client}($URL, $CREDENTIAL, $$$OPTIONS)`,
    examples: [
      {
        before: standIns => `import { ${client}, StorageSharedKeyCredential } from '@azure/storage-file-datalake';

const credential = new StorageSharedKeyCredential('contosolake', '${standIns.storageAccountKey()}');
export const open = (url: string) => new ${client}(url, credential);
`,
        after: `import { DefaultAzureCredential } from '@azure/identity';
import { ${client} } from '@azure/storage-file-datalake';

const credential = new DefaultAzureCredential();
export const open = (url: string) => new ${client}(url, credential);
`,
      },
    ],
  })),
];

/** Python clients, what their constructors take besides the address, and how an example writes that. */
const pythonPlaces = [
  ['DataLakeServiceClient', [], ''],
  ['FileSystemClient', ['file_system_name=$SYSTEM'], ', file_system_name="raw"'],
  [
    'DataLakeDirectoryClient',
    ['file_system_name=$SYSTEM', 'directory_name=$DIRECTORY'],
    ', file_system_name="raw", directory_name="2026"',
  ],
  [
    'DataLakeFileClient',
    ['file_system_name=$SYSTEM', 'file_path=$FILE'],
    ', file_system_name="raw", file_path="2026/sales.csv"',
  ],
] as const;

const pythonClients: readonly ClientMigration[] = pythonPlaces.flatMap(([client, place, written]) => [
  {
    ...python,
    ...fromString,
    before: `${client}.from_connection_string(${['conn_str=$CS', ...place, '$$$OPTIONS'].join(', ')})`,
    after: `${client}(${['account_url=$ENDPOINT', ...place, '$$$OPTIONS', 'credential=$CREDENTIAL'].join(', ')})`,
    examples: [
      {
        before: standIns => `from azure.storage.filedatalake.aio import ${client}


class Lake:
    _connection = "${connectionString(standIns.storageAccountKey())}"

    def __init__(self) -> None:
        self._client = ${client}.from_connection_string(self._connection${written})
`,
        after: `from azure.identity.aio import DefaultAzureCredential
from azure.storage.filedatalake.aio import ${client}


class Lake:
    def __init__(self) -> None:
        self._client = ${client}("https://contosolake.dfs.core.windows.net"${written}, credential=DefaultAzureCredential())
`,
      },
    ],
  },
  ...pythonStorageKeys.map(([credential, imports]): ClientMigration => ({
    ...python,
    ...fromKey,
    before: `${client}(${['account_url=$URL', ...place, `credential=${credential}`, '$$$OPTIONS'].join(', ')})`,
    after: `${client}(${['account_url=$URL', ...place, 'credential=$CREDENTIAL', '$$$OPTIONS'].join(', ')})`,
    examples: [
      {
        before: standIns => `${imports}from azure.storage.filedatalake import ${client}

lake = ${client}("https://contosolake.dfs.core.windows.net"${written}, credential=${credential.replace('$ACCOUNT', '"contosolake"').replace('$KEY', `"${standIns.storageAccountKey()}"`)})
`,
        after: `from azure.identity import DefaultAzureCredential
from azure.storage.filedatalake import ${client}

lake = ${client}("https://contosolake.dfs.core.windows.net"${written}, credential=DefaultAzureCredential())
`,
      },
    ],
  })),
]);

const fileSystem = 'new DataLakeFileSystemClient(new Uri($"$ENDPOINT/{$SYSTEM}"), $CREDENTIAL, $$$OPTIONS)';
const rawSystem =
  'new DataLakeFileSystemClient(new Uri("https://contosolake.dfs.core.windows.net/raw"), new DefaultAzureCredential())';

/** C# clients, the name of their address, what they take after a connection string, and their keyless form. */
const csharpPlaces = [
  [
    'DataLakeServiceClient',
    'serviceUri',
    [],
    'new DataLakeServiceClient(serviceUri: new Uri($ENDPOINT), credential: $CREDENTIAL, $$$OPTIONS)',
    '',
    'new(new Uri("https://contosolake.dfs.core.windows.net"), new DefaultAzureCredential())',
  ],
  [
    'DataLakeFileSystemClient',
    'fileSystemUri',
    ['fileSystemName: $SYSTEM'],
    'new DataLakeFileSystemClient(fileSystemUri: new Uri($"$ENDPOINT/{$SYSTEM}"), credential: $CREDENTIAL, $$$OPTIONS)',
    ', "raw"',
    'new(new Uri("https://contosolake.dfs.core.windows.net/raw"), new DefaultAzureCredential())',
  ],
  // The file system's client escapes what a path may hold.
  [
    'DataLakeDirectoryClient',
    'directoryUri',
    ['fileSystemName: $SYSTEM', 'directoryPath: $PATH'],
    `${fileSystem}.GetDirectoryClient($PATH)`,
    ', "raw", "2026"',
    `${rawSystem}.GetDirectoryClient("2026")`,
  ],
  [
    'DataLakeFileClient',
    'fileUri',
    ['fileSystemName: $SYSTEM', 'filePath: $PATH'],
    `${fileSystem}.GetFileClient($PATH)`,
    ', "raw", "2026/sales.csv"',
    `${rawSystem}.GetFileClient("2026/sales.csv")`,
  ],
] as const;

const csharpClients: readonly ClientMigration[] = csharpPlaces.flatMap(
  ([client, uri, place, after, written, keyless]) => {
    return [
      {
        ...csharp,
        ...fromString,
        before: `new ${client}(${['connectionString: $CS', ...place, '$$$OPTIONS'].join(', ')})`,
        after,
        imports: { Uri: 'System' },
        examples: [
          {
            before: standIns => `using System;
using Azure.Storage.Files.DataLake;

namespace Contoso.Lake;

public sealed class Lake
{
    private static readonly string ConnectionString = "${connectionString(standIns.storageAccountKey())}";

    public ${client} Client { get; } = new(ConnectionString${written});
}
`,
            after: `using System;
using Azure.Identity;
using Azure.Storage.Files.DataLake;

namespace Contoso.Lake;

public sealed class Lake
{
    public ${client} Client { get; } = ${keyless};
}
`,
          },
        ],
      },
      {
        ...csharp,
        ...fromKey,
        before: `new ${client}(${uri}: $URI, credential: new StorageSharedKeyCredential($ACCOUNT, $KEY), $$$OPTIONS)`,
        after: `new ${client}(${uri}: $URI, credential: $CREDENTIAL, $$$OPTIONS)`,
        examples: [
          {
            before: standIns => `using System;
using Azure.Storage;
using Azure.Storage.Files.DataLake;

var key = new StorageSharedKeyCredential("contosolake", "${standIns.storageAccountKey()}");
var lake = new ${client}(new Uri(args[0]), key);
`,
            after: `using System;
using Azure.Identity;
using Azure.Storage;
using Azure.Storage.Files.DataLake;

var key = new DefaultAzureCredential();
var lake = new ${client}(new Uri(args[0]), key);
`,
          },
        ],
      },
    ];
  },
);

export const dataLakeClients: readonly ClientMigration[] = [
  ...typescriptClients,
  ...pythonClients,
  ...csharpClients,
  ...dataLakeJavaClients,
  ...dataLakeGoClients,
];

export const dataLakeKeyOnly: readonly KeyBoundCalls[] = [
  {
    languages: {
      typescript: [
        'generateDataLakeSASQueryParameters',
        'generateAccountSASQueryParameters',
        'generateSasUrl',
        'generateSasStringToSign',
        'generateAccountSasUrl',
      ],
      python: ['generate_file_system_sas', 'generate_directory_sas', 'generate_file_sas', 'generate_account_sas'],
      csharp: ['GenerateSasUri', 'GenerateAccountSasUri', 'ToSasQueryParameters'],
      java: ['generateSas', 'generateAccountSas'],
      go: ['GetSASURL', 'SignWithSharedKey'],
    },
    reason:
      'Signing a shared access signature needs the account key. Sign it with a user delegation key first, then run the fix again.',
  },
];
