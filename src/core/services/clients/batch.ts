import type { ClientMigration, GuidedClient } from '../service.ts';
import { refuseSovereign } from './sovereign-clouds.ts';
import { withSample, type Sample } from './sample-file.ts';

const fromKey = {
  secret: { capture: 'KEY', form: 'key' },
  endpoint: { from: 'capture' },
  refuse: refuseSovereign,
} as const satisfies Partial<ClientMigration>;
const secret = { capture: 'KEY', form: 'key' } as const;

const url = 'https://contosorender.westeurope.batch.azure.com';
const sample: Sample = {
  secret: standIns => standIns.identifiableKey('batch'),
  values: { URL: `"${url}"`, ACCOUNT: '"contosorender"' },
};

const scope = 'https://batch.core.windows.net/.default';

export const batchClients: readonly ClientMigration[] = [
  {
    ...fromKey,
    language: 'typescript',
    module: '@azure/batch',
    package: '@azure/batch',
    before: 'new BatchServiceClient(new BatchSharedKeyCredentials($ACCOUNT, $KEY), $URL, $$$OPTIONS)',
    after: `new BatchServiceClient(new AzureIdentityCredentialAdapter($CREDENTIAL, '${scope}'), $URL, $$$OPTIONS)`,
    imports: { AzureIdentityCredentialAdapter: '@azure/ms-rest-js' },
    packages: [{ name: '@azure/ms-rest-js', version: '2.7.0' }],
    examples: [
      {
        before: standIns => `import { BatchServiceClient, BatchSharedKeyCredentials } from '@azure/batch';

const account = 'contosorender';
const key = '${standIns.identifiableKey('batch')}';

export const batch = new BatchServiceClient(
  new BatchSharedKeyCredentials(account, key),
  '${url}', // the render farm
);
`,
        after: `import { BatchServiceClient } from '@azure/batch';
import { DefaultAzureCredential } from '@azure/identity';
import { AzureIdentityCredentialAdapter } from '@azure/ms-rest-js';

export const batch = new BatchServiceClient(
  new AzureIdentityCredentialAdapter(new DefaultAzureCredential(), '${scope}'),
  '${url}', // the render farm
);
`,
      },
    ],
  },
  withSample(
    {
      ...fromKey,
      language: 'python',
      module: 'azure.batch',
      package: 'azure-batch',
      before: 'BatchClient(endpoint=$URL, credential=AzureNamedKeyCredential($ACCOUNT, $KEY), $$$OPTIONS)',
      after: 'BatchClient(endpoint=$URL, credential=$CREDENTIAL, $$$OPTIONS)',
    },
    sample,
  ),
  withSample(
    {
      ...fromKey,
      language: 'csharp',
      module: 'Azure.Compute.Batch',
      package: 'Azure.Compute.Batch',
      before: 'new BatchClient(endpoint: $URL, credential: new AzureNamedKeyCredential($ACCOUNT, $KEY), $$$OPTIONS)',
      after: 'new BatchClient(endpoint: $URL, credential: $CREDENTIAL, $$$OPTIONS)',
    },
    { ...sample, values: { ...sample.values, URL: `new Uri("${url}")` } },
  ),
  withSample(
    {
      ...fromKey,
      language: 'java',
      module: 'com.azure.compute.batch',
      package: 'com.azure:azure-compute-batch',
      before: 'new BatchClientBuilder().credential(new AzureNamedKeyCredential($ACCOUNT, $KEY)).$$$CALLS()',
      after: 'new BatchClientBuilder().credential($CREDENTIAL).$$$CALLS()',
    },
    { ...sample, build: `endpoint("${url}").buildClient` },
  ),
];

export const batchGuides: readonly GuidedClient[] = [
  {
    secret,
    language: 'python',
    module: 'azure.batch',
    alsoFrom: ['azure.batch.batch_auth'],
    package: 'azure-batch',
    before: 'SharedKeyCredentials($ACCOUNT, $KEY)',
    why: 'The client of azure-batch before version 15 takes no token credential, and the newer one has other method names.',
    steps: [
      'Raise `azure-batch` to version 15 or newer and add `azure-identity`.',
      'Make a `BatchClient` with the endpoint of the account, as below, in the place of `BatchServiceClient`.',
      'Rename the calls: the operation groups are gone, e.g. `client.job.add(job)` is `client.create_job(job)`.',
    ],
    snippet: `from azure.batch import BatchClient
from azure.identity import DefaultAzureCredential

client = BatchClient(endpoint="https://<account>.<region>.batch.azure.com", credential=DefaultAzureCredential())
`,
    examples: [
      {
        before: standIns => `from azure.batch import BatchServiceClient
from azure.batch.batch_auth import SharedKeyCredentials

credentials = SharedKeyCredentials("contosorender", "${standIns.identifiableKey('batch')}")
client = BatchServiceClient(credentials, batch_url="${url}")
`,
      },
    ],
  },
  {
    secret,
    language: 'csharp',
    module: 'Microsoft.Azure.Batch.Auth',
    package: 'Microsoft.Azure.Batch',
    before: 'new BatchSharedKeyCredentials($URL, $ACCOUNT, $KEY)',
    why: 'Microsoft.Azure.Batch takes no token credential, but a function that fetches a token whenever one is needed.',
    steps: [
      'Add the package `Azure.Identity`.',
      'Pass `BatchTokenCredentials` with a function that asks `DefaultAzureCredential` for a token, as below; never keep the token itself.',
      'Or move to the package `Azure.Compute.Batch`, whose client takes the credential directly.',
    ],
    snippet: `using Azure.Core;
using Azure.Identity;
using Microsoft.Azure.Batch;
using Microsoft.Azure.Batch.Auth;

TokenCredential credential = new DefaultAzureCredential();

async Task<string> GetTokenAsync()
{
    var context = new TokenRequestContext(new[] { "${scope}" });
    return (await credential.GetTokenAsync(context, default)).Token;
}

using var client = BatchClient.Open(new BatchTokenCredentials("https://<account>.<region>.batch.azure.com", GetTokenAsync));
`,
    examples: [
      {
        before: standIns => `using Microsoft.Azure.Batch;
using Microsoft.Azure.Batch.Auth;

var credentials = new BatchSharedKeyCredentials("${url}", "contosorender", "${standIns.identifiableKey('batch')}");
using var client = BatchClient.Open(credentials);
`,
      },
    ],
  },
  {
    secret,
    language: 'java',
    module: 'com.microsoft.azure.batch.auth',
    package: 'com.microsoft.azure:azure-batch',
    before: 'new BatchSharedKeyCredentials($URL, $ACCOUNT, $KEY)',
    why: 'The package com.microsoft.azure:azure-batch is retired; its successor has another client.',
    steps: [
      'Replace `com.microsoft.azure:azure-batch` by `com.azure:azure-compute-batch` and add `com.azure:azure-identity`.',
      'Build the client with the endpoint of the account, as below, in the place of `BatchClient.open`.',
      'Rename the calls: the operation groups are gone, e.g. `client.jobOperations().createJob(…)` is `client.createJob(…)`.',
    ],
    snippet: `import com.azure.compute.batch.BatchClient;
import com.azure.compute.batch.BatchClientBuilder;
import com.azure.identity.DefaultAzureCredentialBuilder;

class Farm {
    private final BatchClient client = new BatchClientBuilder()
        .endpoint("https://<account>.<region>.batch.azure.com")
        .credential(new DefaultAzureCredentialBuilder().build())
        .buildClient();
}
`,
    examples: [
      {
        before: standIns => `import com.microsoft.azure.batch.BatchClient;
import com.microsoft.azure.batch.auth.BatchSharedKeyCredentials;

class Farm {
    private final BatchClient client = BatchClient.open(
        new BatchSharedKeyCredentials("${url}", "contosorender", "${standIns.identifiableKey('batch')}"));
}
`,
      },
    ],
  },
];
