import { assignmentOf } from '../secrets/assignment.ts';
import { hostNear } from '../secrets/connection-string-key.ts';
import { endOf64Bytes, isPlausibleLegacyKey } from '../secrets/grading.ts';
import { identifiableKeyPattern } from '../secrets/identifiable-key-patterns.ts';
import { batchClients, batchGuides } from './clients/batch.ts';
import type { CredentialFormat, Service } from './service.ts';

const accountHost = /(?<![a-z0-9])([a-z0-9]+)\.[a-z0-9]+\.batch\.(?:azure\.com|usgovcloudapi\.net|chinacloudapi\.cn)/iu;

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'batch-account-key',
    title: 'Azure Batch account key',
    message: 'An Azure Batch account key[ of {account}] is embedded here[ ({note})].',
    leak: 'Whoever reads it can run any program on your pools, read the files of jobs and use the identities of the pools.',
    remedy:
      'Use BatchClient with DefaultAzureCredential, grant Azure Batch Data Contributor, regenerate the key, then allow Microsoft Entra only (allowedAuthenticationModes: AAD).',
    severity: 'error',
    keywords: [
      '+ABa',
      '.batch.azure.com',
      'batchsharedkeycredential',
      'batch_account',
      'batch-account',
      'batch.account',
      'batch:account',
      'batchaccount',
      'batchkey',
      'batch_key',
    ],
    patterns: [
      identifiableKeyPattern('batch', match => ({ account: hostNear(match, accountHost) })),
      {
        hint: endOf64Bytes,
        regex: assignmentOf('batch[\\w.:-]{0,40}key', '[A-Z0-9+/]{86}=='),
        grade: match =>
          isPlausibleLegacyKey(match.secret)
            ? { severity: 'error', confidence: 'medium', args: { account: hostNear(match, accountHost) } }
            : undefined,
      },
      {
        hint: endOf64Bytes,
        regex:
          /Batch(?:Shared|Named)Key(?:Credential)?s?\s{0,4}\([^()\r\n]{1,300}?,\s{0,40}@?["'`](?<secret>[A-Za-z0-9+/]{86}==)["'`]/dgu,
        grade: match =>
          isPlausibleLegacyKey(match.secret)
            ? { severity: 'error', confidence: 'medium', args: { account: hostNear(match, accountHost) } }
            : undefined,
      },
    ],
    examples: {
      found: [
        { languageId: 'dotenv', text: s => `BATCH_ACCOUNT_KEY=«${s.identifiableKey('batch')}»` },
        { languageId: 'json', text: s => `{"BatchAccountKey":"«${s.legacyKey64()}»"}` },
        {
          languageId: 'csharp',
          text: s =>
            `new BatchSharedKeyCredentials("https://contoso.westus.batch.azure.com", "contoso", "«${s.legacyKey64()}»")`,
        },
        {
          languageId: 'python',
          severity: 'warning',
          text: s => `k = "«${s.identifiableKey('batch').replace(/^./u, first => (first === 'a' ? 'b' : 'a'))}»"`,
        },
      ],
      silent: [
        { languageId: 'dotenv', text: () => 'BATCH_ACCOUNT_KEY=<your-key>', why: 'placeholder' },
        {
          languageId: 'csharp',
          text: () => 'new BatchSharedKeyCredentials("https://contoso.westus.batch.azure.com", name, config["Key"])',
          why: 'configuration look-up',
        },
        {
          languageId: 'json',
          text: s => `{"url":"https://contoso.westus.batch.azure.com","integrity":"sha512-${s.legacyKey64()}"}`,
          why: 'integrity hash',
        },
      ],
    },
  },
];

export const batch: Service = {
  id: 'batch',
  name: 'Azure Batch',
  documentation: 'https://learn.microsoft.com/azure/batch/batch-aad-auth',
  credentials,
  settings: [],
  template: {
    type: 'Microsoft.Batch/batchAccounts',
    terraform: {
      types: ['azurerm_batch_account'],
      secrets: ['primary_access_key', 'secondary_access_key'],
    },
    grants: [],
  },
  guided: batchGuides,
  sdk: { go: 'tokenOnly' },
  operations: [
    {
      languages: {
        python: ['create_job', 'create_task', 'create_tasks', 'begin_terminate_job'],
        csharp: ['CreateJob', 'CreateJobAsync', 'CreateTask', 'CreateTaskAsync', 'CreateTasksAsync'],
        java: ['createJob', 'createTask', 'createTasks'],
        go: ['CreateJob', 'CreateTask'],
      },
      dataActions: ['Microsoft.Batch/batchAccounts/jobs/write'],
    },
    {
      languages: {
        python: ['get_job', 'list_jobs', 'get_task', 'list_tasks'],
        csharp: ['GetJobAsync', 'GetTaskAsync', 'GetTasksAsync'],
        java: ['getJob', 'listJobs', 'getTask', 'listTasks'],
        go: ['GetJob', 'GetTask'],
      },
      dataActions: ['Microsoft.Batch/batchAccounts/jobs/read'],
    },
  ],
  roles: [
    { name: 'Azure Batch Job Submitter', id: '48e5e92e-a480-4e71-aa9c-2778f4c13781', grants: 'submits jobs' },
    {
      name: 'Azure Batch Data Contributor',
      id: '6aaa78f1-f7de-44ca-8722-c64a23943cae',
      grants: 'manages pools and jobs',
    },
  ],
  rotation: {
    command: 'az batch account keys renew --resource-group <resource-group> --name <name> --key-name primary',
  },
  keysOff: {
    resourceType: 'Microsoft.Batch/batchAccounts',
    property: 'allowedAuthenticationModes',
    value: ['AAD'],
    command: `az resource update --ids <resource-id> --set "properties.allowedAuthenticationModes=['AAD']"`,
    terraform: { resource: 'azurerm_batch_account', property: 'allowed_authentication_modes', value: ['AAD'] },
  },
  clients: batchClients,
  cautions: [
    {
      languages: {
        python: ['create_pool', 'begin_delete_pool', 'begin_resize_pool'],
        csharp: ['CreatePool', 'CreatePoolAsync', 'DeletePoolAsync', 'ResizePoolAsync'],
        java: ['createPool', 'beginDeletePool', 'beginResizePool'],
        go: ['CreatePool', 'DeletePool', 'ResizePool'],
      },
      reason: 'Managing pools needs the role "Azure Batch Data Contributor".',
    },
  ],
};
