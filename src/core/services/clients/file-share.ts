import type { ClientMigration, KeyBoundCalls } from '../service.ts';
import { fileShareCsharpClients } from './file-share-csharp.ts';
import { connectionString, fromKey, fromString } from './file-share-forms.ts';
import { fileShareGoClients } from './file-share-go.ts';
import { fileShareJavaClients } from './file-share-java.ts';
import { pythonStorageKeys } from './storage-forms.ts';

const typescript = {
  language: 'typescript',
  module: '@azure/storage-file-share',
  package: '@azure/storage-file-share',
} as const;
const python = {
  language: 'python',
  module: 'azure.storage.fileshare',
  package: 'azure-storage-file-share',
  since: '12.12.0',
} as const;

/** With a token every request must say that it means to go past the permissions of single files: the token intent. */
const typescriptClients: readonly ClientMigration[] = [
  {
    ...typescript,
    ...fromString,
    before: 'ShareServiceClient.fromConnectionString($CS)',
    after: `new ShareServiceClient($ENDPOINT, $CREDENTIAL, { fileRequestIntent: 'backup' })`,
    examples: [
      {
        before: standIns => `import { ShareServiceClient } from '@azure/storage-file-share';

const connection = '${connectionString(standIns.storageAccountKey())}';
const files = ShareServiceClient.fromConnectionString(connection);

export const invoices = files.getShareClient('invoices').getDirectoryClient('2026');
`,
        after: `import { DefaultAzureCredential } from '@azure/identity';
import { ShareServiceClient } from '@azure/storage-file-share';

const files = new ShareServiceClient('https://contosofiles.file.core.windows.net', new DefaultAzureCredential(), { fileRequestIntent: 'backup' });

export const invoices = files.getShareClient('invoices').getDirectoryClient('2026');
`,
      },
    ],
  },
  {
    ...typescript,
    ...fromString,
    before: 'ShareServiceClient.fromConnectionString($CS, { $$$OPTIONS })',
    after: `new ShareServiceClient($ENDPOINT, $CREDENTIAL, { $$$OPTIONS, fileRequestIntent: 'backup' })`,
    examples: [
      {
        languageId: 'javascript',
        cursor: 'fromConnectionString',
        before: () => `const { ShareServiceClient } = require("@azure/storage-file-share")

exports.files = ShareServiceClient.fromConnectionString(process.env.STORAGE_CONNECTION_STRING ?? "", {
  retryOptions: { maxTries: 3 },
})
`,
        after: `const { DefaultAzureCredential } = require("@azure/identity")
const { ShareServiceClient } = require("@azure/storage-file-share")

exports.files = new ShareServiceClient(process.env.AZURE_STORAGE_FILE_ENDPOINT ?? "", new DefaultAzureCredential(), {
  retryOptions: { maxTries: 3 },
  fileRequestIntent: "backup",
})
`,
      },
    ],
  },
  {
    ...typescript,
    ...fromString,
    before: 'new ShareClient($CS, $SHARE)',
    after: "new ShareClient(`$ENDPOINT/${encodeURIComponent($SHARE)}`, $CREDENTIAL, { fileRequestIntent: 'backup' })",
    examples: [
      {
        before: standIns => `import { ShareClient } from '@azure/storage-file-share';

export const invoices = new ShareClient('${connectionString(standIns.storageAccountKey())}', 'invoices');
`,
        after: `import { DefaultAzureCredential } from '@azure/identity';
import { ShareClient } from '@azure/storage-file-share';

export const invoices = new ShareClient('https://contosofiles.file.core.windows.net/invoices', new DefaultAzureCredential(), { fileRequestIntent: 'backup' });
`,
      },
    ],
  },
  {
    ...typescript,
    ...fromString,
    before: 'new ShareClient($CS, $SHARE, { $$$OPTIONS })',
    after:
      "new ShareClient(`$ENDPOINT/${encodeURIComponent($SHARE)}`, $CREDENTIAL, { $$$OPTIONS, fileRequestIntent: 'backup' })",
    examples: [
      {
        before: standIns => `import { ShareClient } from '@azure/storage-file-share';

const share = new ShareClient('${connectionString(standIns.storageAccountKey())}', 'invoices', { allowTrailingDot: true });
export const root = share.rootDirectoryClient;
`,
        after: `import { DefaultAzureCredential } from '@azure/identity';
import { ShareClient } from '@azure/storage-file-share';

const share = new ShareClient('https://contosofiles.file.core.windows.net/invoices', new DefaultAzureCredential(), { allowTrailingDot: true, fileRequestIntent: 'backup' });
export const root = share.rootDirectoryClient;
`,
      },
    ],
  },
  ...['ShareServiceClient', 'ShareClient', 'ShareDirectoryClient', 'ShareFileClient'].flatMap(
    (client): ClientMigration[] => {
      const program = (imports: string, credential: string, options: string): string => `${imports}

export const files = new ${client}(process.env['FILES_URL'] ?? '', ${credential}${options});
`;
      const before = `import { ${client}, StorageSharedKeyCredential } from '@azure/storage-file-share';`;
      const after = `import { DefaultAzureCredential } from '@azure/identity';\nimport { ${client} } from '@azure/storage-file-share';`;
      const sharedKey = (key: string): string => `new StorageSharedKeyCredential('contosofiles', '${key}')`;
      return [
        {
          ...typescript,
          ...fromKey,
          before: `new ${client}($URL, new StorageSharedKeyCredential($ACCOUNT, $KEY))`,
          after: `new ${client}($URL, $CREDENTIAL, { fileRequestIntent: 'backup' })`,
          examples: [
            {
              before: standIns => program(before, sharedKey(standIns.storageAccountKey()), ''),
              after: program(after, 'new DefaultAzureCredential()', `, { fileRequestIntent: 'backup' }`),
            },
          ],
        },
        {
          ...typescript,
          ...fromKey,
          before: `new ${client}($URL, new StorageSharedKeyCredential($ACCOUNT, $KEY), { $$$OPTIONS })`,
          after: `new ${client}($URL, $CREDENTIAL, { $$$OPTIONS, fileRequestIntent: 'backup' })`,
          examples: [
            {
              before: standIns =>
                program(before, sharedKey(standIns.storageAccountKey()), ', { retryOptions: { maxTries: 3 } }'),
              after: program(
                after,
                'new DefaultAzureCredential()',
                `, { retryOptions: { maxTries: 3 }, fileRequestIntent: 'backup' }`,
              ),
            },
          ],
        },
      ];
    },
  ),
];

/** Python clients, what their constructors take besides the address, and how an example writes that. */
const pythonPlaces = [
  ['ShareServiceClient', [], ''],
  ['ShareClient', ['share_name=$SHARE'], ', share_name="invoices"'],
  [
    'ShareDirectoryClient',
    ['share_name=$SHARE', 'directory_path=$PATH'],
    ', share_name="invoices", directory_path="2026"',
  ],
  ['ShareFileClient', ['share_name=$SHARE', 'file_path=$PATH'], ', share_name="invoices", file_path="2026/1.pdf"'],
] as const;

/** Clients of something in the account take a snapshot before the credential, which is given by name then. */
function rest(place: readonly string[], credential: string): readonly string[] {
  return place.length === 0 ? [credential, '$$$OPTIONS'] : ['$$$OPTIONS', credential];
}

const pythonClients: readonly ClientMigration[] = pythonPlaces.flatMap(([client, place, written]) => [
  {
    ...python,
    ...fromString,
    before: `${client}.from_connection_string(${['conn_str=$CS', ...place, '$$$OPTIONS'].join(', ')})`,
    after: `${client}(${['account_url=$ENDPOINT', ...place, '$$$OPTIONS', 'credential=$CREDENTIAL', 'token_intent="backup"'].join(', ')})`,
    examples: [
      {
        before: standIns => `from azure.storage.fileshare import ${client}

CONNECTION_STRING = '${connectionString(standIns.storageAccountKey())}'
files = ${client}.from_connection_string(CONNECTION_STRING${written.replaceAll('"', "'")}, logging_enable=True)
`,
        after: `from azure.identity import DefaultAzureCredential
from azure.storage.fileshare import ${client}

files = ${client}('https://contosofiles.file.core.windows.net'${written.replaceAll('"', "'")}, logging_enable=True, credential=DefaultAzureCredential(), token_intent='backup')
`,
      },
    ],
  },
  ...pythonStorageKeys.map(([credential, imports]): ClientMigration => ({
    ...python,
    ...fromKey,
    before: `${client}(${['account_url=$URL', ...place, ...rest(place, `credential=${credential}`)].join(', ')})`,
    after: `${client}(${['account_url=$URL', ...place, ...rest(place, 'credential=$CREDENTIAL'), 'token_intent="backup"'].join(', ')})`,
    examples: [
      {
        before: standIns => `${imports}from azure.storage.fileshare.aio import ${client}


async def open_files(url: str):
    return ${client}(url${written}, credential=${credential.replace('$ACCOUNT', '"contosofiles"').replace('$KEY', `"${standIns.storageAccountKey()}"`)})
`,
        after: `from azure.identity.aio import DefaultAzureCredential
from azure.storage.fileshare.aio import ${client}


async def open_files(url: str):
    return ${client}(url${written}, credential=DefaultAzureCredential(), token_intent="backup")
`,
      },
    ],
  })),
]);

export const fileShareClients: readonly ClientMigration[] = [
  ...typescriptClients,
  ...pythonClients,
  ...fileShareCsharpClients,
  ...fileShareJavaClients,
  ...fileShareGoClients,
];

export const fileShareKeyOnly: readonly KeyBoundCalls[] = [
  {
    languages: {
      typescript: [
        'generateFileSASQueryParameters',
        'generateAccountSASQueryParameters',
        'generateSasUrl',
        'generateSasStringToSign',
        'generateAccountSasUrl',
      ],
      python: ['generate_share_sas', 'generate_file_sas', 'generate_account_sas'],
      csharp: ['GenerateSasUri', 'GenerateAccountSasUri', 'ToSasQueryParameters'],
      java: ['generateSas', 'generateAccountSas'],
      go: ['GetSASURL', 'SignWithSharedKey'],
    },
    reason:
      'Signing a shared access signature needs the account key. Let its users sign in themselves, then run the fix again.',
  },
];

export const fileShareCautions: readonly KeyBoundCalls[] = [
  {
    languages: {
      typescript: ['createShare', 'deleteShare', 'listShares', 'undeleteShare', 'createSnapshot'],
      python: ['create_share', 'delete_share', 'list_shares', 'undelete_share', 'create_snapshot'],
      csharp: [
        'CreateShare',
        'CreateShareAsync',
        'DeleteShare',
        'DeleteShareAsync',
        'GetShares',
        'GetSharesAsync',
        'CreateSnapshot',
        'CreateSnapshotAsync',
      ],
      java: ['createShare', 'deleteShare', 'listShares', 'undeleteShare', 'createSnapshot'],
      go: ['CreateShare', 'DeleteShare', 'NewListSharesPager', 'RestoreShare', 'CreateSnapshot'],
    },
    reason:
      'Shares themselves are managed with a token only by the newest versions of the SDKs, and the data roles do not allow it: create, list and delete shares with Bicep, Terraform or the Azure CLI.',
  },
];
