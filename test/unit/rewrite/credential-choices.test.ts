import { describe, expect, test } from 'vitest';
import { clientRewrites } from '../../../src/core/rewrite/client-rewrites.ts';
import { isRefusal } from '../../../src/core/rewrite/fix.ts';
import { rewriteAt } from '../../../src/core/rewrite/lookup-rewrites.ts';
import { errorCount } from '../../../src/core/rewrite/refusals.ts';
import type { LinkedIdentity } from '../../../src/core/rewrite/tools.ts';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';
import { services } from '../../../src/core/services/catalogue.generated.ts';
import { applyEdits } from '../../../src/core/text/text-edit.ts';
import { languages } from '../../harness/client-examples.ts';
import { typeErrors } from '../../harness/type-check.ts';

const key = createStandIns(21).storageAccountKey();
const storage = `AccountName=contosophotos;AccountKey=${key};EndpointSuffix=core.windows.net`;
const clientId = '11111111-2222-3333-4444-555555555555';
const linked: readonly LinkedIdentity[] = [{ name: 'id-photos', clientId }];

const programs: Readonly<Record<string, string>> = {
  typescript: `import { BlobServiceClient } from '@azure/storage-blob';\n\nexport const s = BlobServiceClient.fromConnectionString('${storage}');\n`,
  javascript: `const { BlobServiceClient } = require("@azure/storage-blob")\n\nexports.s = BlobServiceClient.fromConnectionString("${storage}")\n`,
  python: `from azure.storage.blob import BlobServiceClient\n\ns = BlobServiceClient.from_connection_string("${storage}")\n`,
  csharp: `using Azure.Storage.Blobs;\n\nvar s = new BlobServiceClient("${storage}");\n`,
  java: `import com.azure.storage.blob.BlobServiceClientBuilder;\n\nclass Photos {\n    private final Object s = new BlobServiceClientBuilder().connectionString("${storage}").buildClient();\n}\n`,
  go: `package photos\n\nimport "github.com/Azure/azure-sdk-for-go/sdk/storage/azblob"\n\nfunc open() (*azblob.Client, error) {\n\treturn azblob.NewClientFromConnectionString("${storage}", nil)\n}\n`,
};

async function offers(languageId: string, identities: readonly LinkedIdentity[]) {
  const text = programs[languageId] ?? '';
  const start = text.indexOf(key);
  const document = { uri: `a.${languageId}`, languageId, text };
  const tools = { languages, identities: () => identities };
  const found = await clientRewrites(document, { span: { start, end: start + key.length } }, services, tools);
  return Promise.all(
    found.map(async ({ id, title, isPreferred, build }) => {
      const result = await build();
      if (isRefusal(result)) throw new Error(result.refusal);
      const after = applyEdits(text, result.files[0]?.edits ?? []);
      const errors = await languages.read({ ...document, text: after }, file => errorCount(file.root));
      expect(errors).toBe(0);
      expect(after).not.toContain(key);
      return { id, title, isPreferred, after, followUps: result.followUps };
    }),
  );
}

/** The credential's expression for: an identity that is linked, one that a setting names, what the environment allows. */
const expected: Readonly<Record<string, readonly [linked: string, setting: string, environment: string]>> = {
  typescript: [
    `new DefaultAzureCredential({ managedIdentityClientId: '${clientId}' })`,
    'new DefaultAzureCredential({ managedIdentityClientId: process.env.AZURE_CLIENT_ID! })',
    "new DefaultAzureCredential({ requiredEnvVars: ['AZURE_TOKEN_CREDENTIALS'] })",
  ],
  javascript: [
    `new DefaultAzureCredential({ managedIdentityClientId: "${clientId}" })`,
    "new DefaultAzureCredential({ managedIdentityClientId: process.env.AZURE_CLIENT_ID ?? '' })",
    "new DefaultAzureCredential({ requiredEnvVars: ['AZURE_TOKEN_CREDENTIALS'] })",
  ],
  python: [
    `DefaultAzureCredential(managed_identity_client_id="${clientId}")`,
    'DefaultAzureCredential(managed_identity_client_id=environ["AZURE_CLIENT_ID"])',
    'DefaultAzureCredential(require_envvar=True)',
  ],
  csharp: [
    `new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = "${clientId}" })`,
    'new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = Environment.GetEnvironmentVariable("AZURE_CLIENT_ID") })',
    'new DefaultAzureCredential(DefaultAzureCredential.DefaultEnvironmentVariableName)',
  ],
  java: [
    `new DefaultAzureCredentialBuilder().managedIdentityClientId("${clientId}").build()`,
    'new DefaultAzureCredentialBuilder().managedIdentityClientId(System.getenv("AZURE_CLIENT_ID")).build()',
    'new DefaultAzureCredentialBuilder().requireEnvVars(AzureIdentityEnvVars.AZURE_TOKEN_CREDENTIALS).build()',
  ],
  go: [
    'azidentity.NewDefaultAzureCredential(nil)',
    'azidentity.NewDefaultAzureCredential(nil)',
    'azidentity.NewDefaultAzureCredential(&azidentity.DefaultAzureCredentialOptions{RequireAzureTokenCredentials: true})',
  ],
};

describe.each(Object.entries(expected))('%s', (languageId, [withLinked, withSetting, fromEnvironment]) => {
  test('offers the rewrite, a user-assigned identity and what the environment allows, in this order', async () => {
    const found = await offers(languageId, []);
    expect(found.map(({ title, isPreferred }) => [title, isPreferred])).toEqual([
      ['Connect to Azure Blob Storage with DefaultAzureCredential', true],
      ['Connect to Azure Blob Storage as a user-assigned identity (AZURE_CLIENT_ID)', false],
      ['Connect to Azure Blob Storage with the credentials that AZURE_TOKEN_CREDENTIALS names', false],
    ]);
    expect(found[1]?.after).toContain(withSetting);
    expect(found[1]?.followUps.find(({ kind }) => kind === 'setSetting')?.copyable).toBe('AZURE_CLIENT_ID=<client-id>');
    expect(found[2]?.after).toContain(fromEnvironment);
    expect(found[2]?.followUps.find(({ kind }) => kind === 'setSetting')?.copyable).toBe(
      'AZURE_TOKEN_CREDENTIALS=ManagedIdentityCredential',
    );
  });
  test('names a linked identity by its client id', async () => {
    const [, found] = await offers(languageId, linked);
    expect(found?.title).toBe('Connect to Azure Blob Storage as the user-assigned identity id-photos');
    expect(found?.after).toContain(withLinked);
    const steps = found?.followUps.filter(({ kind }) => kind === 'setSetting').map(({ copyable }) => copyable);
    expect(steps).toEqual(languageId === 'go' ? [`AZURE_CLIENT_ID=${clientId}`] : []);
  });
});

test('names that a credential needs are imported', async () => {
  expect((await offers('java', []))[2]?.after).toContain('import com.azure.identity.AzureIdentityEnvVars;');
  expect((await offers('csharp', []))[1]?.after).toContain('using System;');
  expect((await offers('python', []))[1]?.after).toContain('from os import environ');
});

test('every form compiles against the SDK', async () => {
  const sources: Record<string, string> = {};
  for (const identities of [[], linked]) {
    for (const [i, { after }] of (await offers('typescript', identities)).entries()) {
      sources[`choice-${identities.length}-${i}.ts`] = after;
    }
  }
  expect(typeErrors(sources)).toEqual({});
});

test('where a credential is at hand there is nothing to choose', async () => {
  const text = `import { DefaultAzureCredential } from '@azure/identity';\nimport { BlobServiceClient } from '@azure/storage-blob';\nconst c = new DefaultAzureCredential();\nexport const s = BlobServiceClient.fromConnectionString('${storage}');\n`;
  const start = text.indexOf(key);
  const document = { uri: 'a.ts', languageId: 'typescript', text };
  const found = await clientRewrites(document, { span: { start, end: start + key.length } }, services, { languages });
  expect(found.map(({ id }) => id)).toEqual(['use-default-azure-credential']);
});

test('a client that reads a setting has the same choices', async () => {
  const text = `import { BlobServiceClient } from '@azure/storage-blob';\n\nexport const s = BlobServiceClient.fromConnectionString(process.env.STORAGE!);\n`;
  const start = text.indexOf('fromConnection');
  const document = { uri: 'a.ts', languageId: 'typescript', text };
  const found = await rewriteAt(document, { start, end: start }, services, { languages, identities: () => linked });
  expect(found.map(({ title }) => title)).toEqual([
    'Connect to Azure Blob Storage with DefaultAzureCredential and AZURE_STORAGE_BLOB_ENDPOINT instead of STORAGE',
    'Connect to Azure Blob Storage as the user-assigned identity id-photos and AZURE_STORAGE_BLOB_ENDPOINT instead of STORAGE',
    'Connect to Azure Blob Storage with the credentials that AZURE_TOKEN_CREDENTIALS names and AZURE_STORAGE_BLOB_ENDPOINT instead of STORAGE',
  ]);
});
