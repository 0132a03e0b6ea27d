import { keyRegistration, registration } from './clients/azure-clients.ts';
import { fromStorageKey } from './clients/storage-forms.ts';
import { connectionString as blobConnectionString, fromString as blobString } from './clients/storage-blob-forms.ts';
import { around } from '../secrets/connection-string-key.ts';
import { betweenNameAndValue } from '../secrets/between-name-and-value.ts';
import { endOf64Bytes, expiredOn, gradeHis, isPlausibleLegacyKey } from '../secrets/grading.ts';
import { isSignature, queryAround, queryParameters } from '../secrets/shared-access-signature.ts';
import { storageBlobClients, storageBlobKeyOnly } from './clients/storage-blob.ts';
import { storageGuides } from './clients/storage-guides.ts';
import { springStorage } from './settings/spring-storage.ts';
import type { CredentialFormat, CredentialMatch, Service, SettingMigration, TemplateExpressions } from './service.ts';

const accountKeySeeds = ['Default0'];
const sasVersion = /^\d{4}-\d{2}-\d{2}$/u;

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'storage-account-key',
    title: 'Azure Storage account key',
    message: 'An Azure Storage account key[ of {account}] is embedded here[ ({note})].',
    leak: 'Whoever reads it can read, change and delete everything in the account (blobs, files, queues, tables) and sign shared access signatures, from anywhere and without a trace to a person.',
    remedy:
      'Connect with DefaultAzureCredential and a data role such as Storage Blob Data Contributor, rotate the key, then set allowSharedKeyAccess to false.',
    severity: 'error',
    keywords: [
      '+ASt',
      'accountkey',
      'account_key',
      'sharedkey',
      'storage',
      'namedkeycredential',
      'account.key',
      'azureblob',
      'destkey',
      'sourcekey',
    ],
    patterns: [
      {
        hint: { words: ['+ASt'], expression: /(?<=[A-Za-z0-9+/]{76})\+ASt/u },
        regex: /(?<![\w+/-])(?<secret>[A-Za-z0-9+/]{76}\+ASt[A-Za-z0-9+/]{5}[AQgw]==)(?!=)/dgu,
        grade: match => gradeHis(match, accountKeySeeds, { account: accountNear(match) }),
      },
      {
        begins: ['accountkey'],
        regex: /(?<![\w-])AccountKey\s{0,4}=\s{0,4}["']?(?<secret>[A-Z0-9+/]{86}==)(?!=)/dgiu,
        grade(match) {
          if (!isPlausibleLegacyKey(match.secret)) return undefined;
          const { values } = match.connectionString();
          if (values.has('accountendpoint')) return undefined;
          const known =
            values.has('accountname') || values.has('defaultendpointsprotocol') || values.has('blobendpoint');
          return {
            severity: known ? 'error' : 'warning',
            confidence: 'medium',
            args: { account: values.get('accountname') },
          };
        },
      },
      {
        // The argument of a shared key credential: the position says what the value is.
        begins: ['storagesharedkey', 'sharedkey', 'storagecredentials'],
        regex:
          /(?:(?:Storage)?SharedKey(?:Credential)?|StorageCredentials)\s{0,4}\(\s{0,40}[^,()\r\n]{1,120},\s{0,40}@?["'`](?<secret>[A-Za-z0-9+/]{86}==)["'`]/dgu,
        grade: match =>
          isPlausibleLegacyKey(match.secret)
            ? { severity: 'error', confidence: 'medium', args: { account: accountNear(match) } }
            : undefined,
      },
      {
        hint: endOf64Bytes,
        regex: new RegExp(
          `(?:(?:storage|blob|account)[\\w.:-]{0,40}key\\d?|account\\.key\\.[\\w.-]{1,80}|(?<![\\w.-])(?<bare>(?:access_)?key|/?(?:Dest|Source)Key))${betweenNameAndValue}(?<secret>[A-Z0-9+/]{86}==)(?!=)`,
          'dgiu',
        ),
        grade: match =>
          /cosmos|batch/iu.test(match.text.slice(Math.max(0, match.span.start - 40), match.secretSpan.start)) ||
          // A field of a connection string.
          /(?<![\w-])AccountKey\s*=\s*["']?$/iu.test(
            match.text.slice(Math.max(0, match.span.start - 1), match.secretSpan.start),
          ) ||
          // `key` alone is anybody's: rclone, Spark and Terraform name the account on the lines around it.
          (match.groups['bare'] !== undefined &&
            !/azureblob|\.(?:blob|dfs|file)\.core\.|storage_account_name/iu.test(around(match, 300))) ||
          !isPlausibleLegacyKey(match.secret)
            ? undefined
            : { severity: 'warning', confidence: 'medium', args: { account: accountNear(match) } },
      },
    ],
    examples: {
      found: [
        {
          languageId: 'typescript',
          text: s =>
            `const cs = "DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=«${s.storageAccountKey()}»;EndpointSuffix=core.windows.net";`,
        },
        { languageId: 'csharp', text: s => `var cs = @"AccountKey=«${s.storageAccountKey()}»;AccountName=contoso";` },
        {
          languageId: 'json',
          text: s => `{ "Storage": "AccountName=c;AccountKey=«${s.storageAccountKey().replaceAll('+', '\\u002B')}»" }`,
        },
        {
          languageId: 'xml',
          text: s =>
            `<add key="Storage" value="AccountName=c&amp;AccountKey=«${s.storageAccountKey().replaceAll('+', '&#43;')}»" />`,
        },
        { languageId: 'dotenv', text: s => `AZURE_STORAGE_KEY=«${s.storageAccountKey()}»` },
        { languageId: 'yaml', text: s => `env:\n  - name: KEY\n    value: «${s.storageAccountKey()}»\n` },
        { languageId: 'plaintext', text: s => `the key is «${s.storageAccountKey()}».` },
        { languageId: 'dotenv', text: s => `CS=AccountName=contoso;AccountKey=«${s.legacyKey64()}»` },
        { languageId: 'typescript', text: s => `new StorageSharedKeyCredential("contoso", "«${s.legacyKey64()}»")` },
        {
          languageId: 'go',
          text: s => `cred, err := azblob.NewSharedKeyCredential("contoso", "«${s.legacyKey64()}»")`,
        },
        {
          languageId: 'ini',
          severity: 'warning',
          text: s => `[azure]\ntype = azureblob\naccount = contoso\nkey = «${s.legacyKey64()}»`,
        },
        { languageId: 'python', text: s => `storage_account_key = "«${s.legacyKey64()}»"`, severity: 'warning' },
        {
          languageId: 'plaintext',
          severity: 'warning',
          text: s => {
            const key = s.storageAccountKey();
            return `AccountName=contoso;AccountKey=«${key.startsWith('a') ? 'b' : 'a'}${key.slice(1)}»`;
          },
        },
      ],
      silent: [
        { languageId: 'json', text: () => '"AccountName=contoso;AccountKey=<your-account-key>"', why: 'placeholder' },
        { languageId: 'yaml', text: () => 'value: AccountName=contoso;AccountKey=${STORAGE_KEY}', why: 'variable' },
        { languageId: 'json', text: () => '"AzureWebJobsStorage": "UseDevelopmentStorage=true"', why: 'emulator' },
        {
          languageId: 'json',
          text: s => `"integrity": "sha512-${s.legacyKey64()}"`,
          why: 'npm integrity hash of the same length',
        },
        {
          languageId: 'typescript',
          text: () => 'new StorageSharedKeyCredential(name, process.env.STORAGE_KEY)',
          why: 'environment',
        },
        { languageId: 'dotenv', text: () => `AZURE_STORAGE_KEY=${'A'.repeat(86)}==`, why: 'filler' },
      ],
    },
  },
  {
    id: 'storage-sas-token',
    title: 'Azure Storage shared access signature',
    message: 'An Azure Storage shared access signature[ for {account}] is embedded here[ ({note})].',
    leak: 'Whoever reads it has the access it grants until it expires; it cannot be revoked without rotating the account key or deleting its stored access policy.',
    remedy:
      'Use DefaultAzureCredential with a data role, or issue short user delegation signatures at run time; then revoke this one.',
    inSettings: () =>
      'Nobody but you knows who uses this address. Let callers sign in with DefaultAzureCredential, or issue user delegation signatures at run time, then delete it here.',
    severity: 'error',
    // The second as property files escape it.
    keywords: ['sig=', 'sig\\='],
    patterns: [
      {
        begins: ['sig='],
        regex: /(?<![\w%-])sig=(?<secret>[A-Za-z0-9%+/]{43,128}=?)(?![A-Za-z0-9%+/])/dgu,
        grade(match) {
          if (!isSignature(match.secret)) return undefined;
          const token = queryAround(match.text, match.span);
          const parameters = queryParameters(match.text.slice(token.start, token.end));
          if (!sasVersion.test(parameters.get('sv') ?? '')) return undefined;
          const policy = parameters.has('si');
          if (!policy && !(parameters.has('sp') && parameters.has('se'))) return undefined;
          const expired = expiredOn(parameters.get('se'), match.now);
          return {
            severity: expired === undefined ? 'error' : 'information',
            confidence: 'high',
            secretSpan: token,
            args: {
              account: storageHost.exec(match.text.slice(Math.max(0, token.start - 300), token.start))?.[1],
              note:
                expired === undefined
                  ? parameters.has('skoid')
                    ? 'signed with a user delegation key'
                    : undefined
                  : `expired on ${expired}`,
            },
          };
        },
      },
    ],
    examples: {
      found: [
        {
          languageId: 'typescript',
          text: s =>
            `const url = "https://contoso.blob.core.windows.net/photos/a.png?«sv=2023-11-03&ss=b&srt=sco&sp=rl&se=2999-01-01T00:00:00Z&spr=https&sig=${s.sasSignature()}»";`,
        },
        {
          languageId: 'yaml',
          text: s =>
            `sas: https://contoso.blob.core.windows.net/c?«sig=${s.sasSignature()}&se=2999-01-01&sp=r&sr=c&sv=2021-08-06»`,
        },
        {
          languageId: 'xml',
          text: s =>
            `<add key="Sas" value="https://contoso.blob.core.windows.net/c?«sv=2021-08-06&amp;si=policy&amp;sr=c&amp;sig=${s.sasSignature()}»" />`,
        },
        {
          languageId: 'dotenv',
          text: s =>
            `CS=BlobEndpoint=https://contoso.blob.core.windows.net/;SharedAccessSignature=«sv=2023-11-03&ss=b&srt=sco&sp=rl&se=2999-01-01T00:00:00Z&sig=${s.sasSignature()}»`,
        },
        {
          languageId: 'python',
          severity: 'information',
          text: s =>
            `url = 'https://contoso.blob.core.windows.net/c/b?«sp=r&st=2020-01-01T00:00:00Z&se=2020-02-01T00:00:00Z&sv=2019-12-12&sr=b&sig=${s.sasSignature()}»'`,
        },
      ],
      silent: [
        {
          languageId: 'markdown',
          text: () => 'https://contoso.blob.core.windows.net/c?sv=2023-11-03&sp=r&se=2030-01-01&sig=<signature>',
          why: 'placeholder',
        },
        {
          languageId: 'plaintext',
          text: () => 'https://contoso.blob.core.windows.net/c?sv=2023-11-03&sp=r&se=2030-01-01&sig=REDACTED',
          why: 'redacted',
        },
        {
          languageId: 'typescript',
          text: s => `fetch("https://example.com/?sig=${s.sasSignature()}&v=1")`,
          why: 'no storage parameters',
        },
      ],
    },
  },
];

const storageHost =
  /https?:\/\/([a-z0-9]{3,24})\.(?:blob|file|queue|table|dfs|web)\.core\.[\w.]{1,80}(?:[/?][^\s"'`<>]{0,1500})?$/iu;

function accountNear(match: CredentialMatch): string | undefined {
  const named = match.connectionString().values.get('accountname');
  if (named !== undefined) return named;
  return /SharedKey(?:Credential)?\s{0,4}\(\s{0,40}["'`](?<account>[a-z0-9]{3,24})["'`],\s{0,40}@?["'`]?$/u.exec(
    match.text.slice(Math.max(0, match.secretSpan.start - 200), match.secretSpan.start),
  )?.groups?.['account'];
}

const publicBlobSuffix = 'core.windows.net';

const settings: readonly SettingMigration[] = [
  {
    form: 'functionsConnection',
    title: 'Use an identity-based Storage connection',
    cures: ['storage-account-key'],
    followUps: [
      {
        kind: 'checkOtherUses',
        message:
          'The Functions extension must be Microsoft.Azure.WebJobs.Extensions.Storage 5.0 or newer (extension bundle 4.x), and code that reads this setting itself must read the new ones.',
      },
      {
        kind: 'grantRole',
        message:
          'Grant your account and the app’s identity Storage Blob Data Owner on the storage account; queue triggers also need Storage Queue Data Contributor.',
      },
    ],
    rewrite(fields) {
      const account = fields.get('accountname');
      if (account === undefined) return { refusal: 'The connection string names no account.' };
      // `__accountName` stands for the public cloud's default endpoints; anything else must be spelled out per endpoint.
      const explicit = new Map(
        (['blob', 'queue', 'table'] as const).flatMap(kind => {
          const endpoint = fields.get(`${kind}endpoint`);
          return endpoint === undefined ? [] : [[kind, endpoint.replace(/\/$/u, '')] as const];
        }),
      );
      const suffix = fields.get('endpointsuffix') ?? publicBlobSuffix;
      if (explicit.size === 0 && suffix === publicBlobSuffix) return { accountName: account };
      const values: Record<string, string> = {};
      for (const kind of ['blob', 'queue', 'table'] as const) {
        values[`${kind}ServiceUri`] = explicit.get(kind) ?? `https://${account}.${kind}.${suffix}`;
      }
      return values;
    },
    examples: [
      {
        path: 'local.settings.json',
        before: standIns =>
          `{\n  "IsEncrypted": false,\n  "Values": {\n    "AzureWebJobsStorage": "DefaultEndpointsProtocol=https;AccountName=contosoorders;AccountKey=«${standIns.storageAccountKey()}»;EndpointSuffix=core.windows.net",\n    "FUNCTIONS_WORKER_RUNTIME": "node"\n  }\n}\n`,
        after: `{\n  "IsEncrypted": false,\n  "Values": {\n    "AzureWebJobsStorage__accountName": "contosoorders",\n    "FUNCTIONS_WORKER_RUNTIME": "node"\n  }\n}\n`,
      },
      {
        path: 'local.settings.json',
        before: standIns =>
          `{ "Values": { "Photos": "AccountName=contosophotos;AccountKey=«${standIns.storageAccountKey()}»;EndpointSuffix=core.usgovcloudapi.net" } }`,
        after: `{ "Values": { "Photos__blobServiceUri": "https://contosophotos.blob.core.usgovcloudapi.net", "Photos__queueServiceUri": "https://contosophotos.queue.core.usgovcloudapi.net", "Photos__tableServiceUri": "https://contosophotos.table.core.usgovcloudapi.net" } }`,
      },
      {
        path: 'local.settings.json',
        before: s =>
          `{ "Values": { "WEBSITE_CONTENTAZUREFILECONNECTIONSTRING": "AccountName=contoso;AccountKey=«${s.storageAccountKey()}»" } }`,
        after: { refusal: /no identity-based form/u },
      },
      {
        path: '.env',
        before: s =>
          `FUNCTIONS_WORKER_RUNTIME=python\nexport AzureWebJobsStorage="AccountName=contosojobs;AccountKey=«${s.storageAccountKey()}»;EndpointSuffix=core.chinacloudapi.cn"\n`,
        after:
          'FUNCTIONS_WORKER_RUNTIME=python\nexport AzureWebJobsStorage__blobServiceUri="https://contosojobs.blob.core.chinacloudapi.cn"\nexport AzureWebJobsStorage__queueServiceUri="https://contosojobs.queue.core.chinacloudapi.cn"\nexport AzureWebJobsStorage__tableServiceUri="https://contosojobs.table.core.chinacloudapi.cn"\n',
      },
      {
        path: 'compose.yaml',
        before: s =>
          `services:\n  jobs:\n    environment:\n      AzureWebJobsStorage: DefaultEndpointsProtocol=https;AccountName=contosojobs;AccountKey=«${s.storageAccountKey()}» # host\n      MODE: on\n`,
        after:
          'services:\n  jobs:\n    environment:\n      AzureWebJobsStorage__accountName: contosojobs # host\n      MODE: on\n',
      },
      {
        path: 'deploy/functions.yaml',
        before: s =>
          `env:\n  - name: AzureWebJobsStorage\n    value: 'AccountName=contosojobs;AccountKey=«${s.storageAccountKey()}»;EndpointSuffix=core.usgovcloudapi.net'\n  - name: MODE\n    value: "on"\n`,
        after:
          "env:\n  - name: AzureWebJobsStorage__blobServiceUri\n    value: 'https://contosojobs.blob.core.usgovcloudapi.net'\n  - name: AzureWebJobsStorage__queueServiceUri\n    value: 'https://contosojobs.queue.core.usgovcloudapi.net'\n  - name: AzureWebJobsStorage__tableServiceUri\n    value: 'https://contosojobs.table.core.usgovcloudapi.net'\n  - name: MODE\n    value: \"on\"\n",
      },
      {
        path: 'infra/jobs.tf',
        before: s =>
          `resource "azurerm_linux_function_app" "jobs" {\n  name = "jobs"\n  app_settings = {\n    Photos = "AccountName=contosophotos;AccountKey=«${s.storageAccountKey()}»"\n    MODE   = "on"\n  }\n}\n`,
        after:
          'resource "azurerm_linux_function_app" "jobs" {\n  name = "jobs"\n  app_settings = {\n    Photos__accountName = "contosophotos"\n    MODE   = "on"\n  }\n}\n',
      },
      {
        path: '.env',
        before: s => `STORAGE="AccountName=contoso;AccountKey=«${s.storageAccountKey()}»"\nMODE=on\n`,
        after: { refusal: /the code that reads/u },
      },
      {
        path: 'appsettings.json',
        before: s =>
          `{ "ConnectionStrings": { "Storage": "AccountName=contoso;AccountKey=«${s.storageAccountKey()}»" } }`,
        after: { refusal: /the code that reads/u },
      },
    ],
  },
];

function primaryEndpoint(host: 'blob' | 'queue' | 'table'): TemplateExpressions {
  return {
    bicep: `$.properties.primaryEndpoints.${host}`,
    arm: `reference($id, '2023-05-01').primaryEndpoints.${host}`,
    terraform: `$.primary_${host}_endpoint`,
  };
}

export const storageBlob: Service = {
  id: 'storage-blob',
  name: 'Azure Blob Storage',
  documentation: 'https://learn.microsoft.com/azure/storage/blobs/authorize-access-azure-active-directory',
  credentials,
  settings: [...settings, ...springStorage],
  template: {
    type: 'Microsoft.Storage/storageAccounts',
    terraform: {
      types: ['azurerm_storage_account'],
      secrets: [
        'primary_access_key',
        'secondary_access_key',
        'primary_connection_string',
        'secondary_connection_string',
        'primary_blob_connection_string',
        'secondary_blob_connection_string',
      ],
    },
    connection: {
      accountName: {
        bicep: '$.name',
        arm: '$name',
        terraform: '$.name',
      },
    },
    connectionElsewhere: {
      blobServiceUri: primaryEndpoint('blob'),
      queueServiceUri: primaryEndpoint('queue'),
      tableServiceUri: primaryEndpoint('table'),
    },
    endpoint: primaryEndpoint('blob'),
    grants: ['ba92f5b4-2d11-453d-a403-e96b0029c9fe'],
    hostGrants: ['b7e6dc6d-f1e8-4753-8033-0f276bb0955b'],
  },
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
    ...storageBlobClients,
    keyRegistration(fromStorageKey, {
      package: 'Azure.Storage.Blobs',
      method: 'AddBlobServiceClient',
      endpoint: 'https://contosophotos.blob.core.windows.net',
      credential: { type: 'StorageSharedKeyCredential', module: 'Azure.Storage' },
      key: standIns => standIns.storageAccountKey(),
    }),
    registration(blobString, {
      package: 'Azure.Storage.Blobs',
      before: 'AddBlobServiceClient($CS)',
      after: 'AddBlobServiceClient(new Uri($ENDPOINT))',
      connectionString: standIns => blobConnectionString(standIns.storageAccountKey()),
      endpoint: 'https://contosophotos.blob.core.windows.net',
    }),
  ],
  guided: storageGuides,
  keyOnly: storageBlobKeyOnly,
};
