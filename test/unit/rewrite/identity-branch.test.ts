import { expect, test } from 'vitest';
import { rewriteAt } from '../../../src/core/rewrite/lookup-rewrites.ts';
import { isRefusal } from '../../../src/core/rewrite/fix.ts';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';
import { services } from '../../../src/core/services/catalogue.generated.ts';
import { applyEdits } from '../../../src/core/text/text-edit.ts';
import { fixText, languages } from '../../harness/client-examples.ts';

const key = createStandIns(71).storageAccountKey();
const storage = `AccountName=contosophotos;AccountKey=${key};EndpointSuffix=core.windows.net`;
const imports = `import { DefaultAzureCredential } from '@azure/identity';\nimport { BlobServiceClient } from '@azure/storage-blob';\n`;

test.each([
  [
    'the other arm of a condition',
    'typescript',
    `${imports}export const s = local ? BlobServiceClient.fromConnectionString('${storage}') : new BlobServiceClient(url, new DefaultAzureCredential());\n`,
  ],
  [
    'what follows a branch that leaves',
    'typescript',
    `${imports}const credential = new DefaultAzureCredential();\nexport function open() {\n  if (local) {\n    return BlobServiceClient.fromConnectionString('${storage}');\n  }\n  return new BlobServiceClient(url, credential);\n}\n`,
  ],
  [
    'else in Python',
    'python',
    `from azure.identity import DefaultAzureCredential\nfrom azure.storage.blob import BlobServiceClient\n\nif local:\n    s = BlobServiceClient.from_connection_string("${storage}")\nelse:\n    s = BlobServiceClient(url, credential=DefaultAzureCredential())\n`,
  ],
  [
    'else in C#',
    'csharp',
    `using Azure.Identity;\nusing Azure.Storage.Blobs;\n\nBlobServiceClient s;\nif (local) s = new BlobServiceClient("${storage}");\nelse s = new BlobServiceClient(uri, new DefaultAzureCredential());\n`,
  ],
])('code that signs in already is reported: %s', async (_what, languageId, text) => {
  const start = text.indexOf(key);
  const result = await fixText({ uri: 'a', languageId, text }, { start, end: start + key.length });
  expect(result).toMatchObject({ refusal: expect.stringContaining('already has an identity branch') as string });
});

test('a credential for something else is no identity branch', async () => {
  const text = `${imports}const vault = new DefaultAzureCredential();\nexport const s = local ? BlobServiceClient.fromConnectionString('${storage}') : undefined;\nuse(vault);\n`;
  const start = text.indexOf(key);
  const result = await fixText({ uri: 'a', languageId: 'typescript', text }, { start, end: start + key.length });
  expect(result).toHaveProperty('text');
});

test.each([
  [
    'builder.Configuration.GetConnectionString("Blobs")',
    'builder.Configuration.GetConnectionString("BlobEndpoint")',
    'ConnectionStrings:Blobs',
  ],
  [
    'configuration.GetSection("Storage")["ConnectionString"]',
    'configuration.GetSection("Storage")["BlobEndpoint"]',
    'Storage:ConnectionString',
  ],
  ['config.GetValue<string>("STORAGE")', 'config.GetValue<string>("AZURE_STORAGE_BLOB_ENDPOINT")', 'STORAGE'],
])('C#: %s is a setting', async (before, after, name) => {
  const text = `using System;\nusing Azure.Storage.Blobs;\n\nvar s = new BlobServiceClient(${before});\n`;
  const start = text.indexOf('new Blob');
  const document = { uri: 'a.cs', languageId: 'csharp', text };
  const [offer] = await rewriteAt(document, { start, end: start }, services, { languages });
  const result = await offer?.build();
  if (result === undefined || isRefusal(result)) throw new Error(result?.refusal ?? 'nothing offered');
  expect(applyEdits(text, result.files[0]?.edits ?? [])).toContain(
    `new BlobServiceClient(new Uri(${after}), new DefaultAzureCredential())`,
  );
  expect(result.followUps.some(({ message }) => message.includes(name))).toBe(true);
});
