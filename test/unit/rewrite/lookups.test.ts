import { expect, test } from 'vitest';
import { rewriteAt } from '../../../src/core/rewrite/lookup-rewrites.ts';
import { isRefusal } from '../../../src/core/rewrite/fix.ts';
import { services } from '../../../src/core/services/catalogue.generated.ts';
import { applyEdits } from '../../../src/core/text/text-edit.ts';
import { languages } from '../../harness/client-examples.ts';

async function at(languageId: string, text: string, cursor: string) {
  const start = text.indexOf(cursor);
  const document = { uri: 'file', languageId, text };
  const [offer] = await rewriteAt(document, { start, end: start }, services, { languages });
  const built = await offer?.build();
  if (offer === undefined || built === undefined) return undefined;
  if (isRefusal(built)) return { title: offer.title, refusal: built.refusal };
  return { title: offer.title, text: applyEdits(text, built.files[0]?.edits ?? []), followUps: built.followUps };
}

const blobs = `import { BlobServiceClient } from '@azure/storage-blob';\n`;

test('the offer names both settings, and the first steps are about them', async () => {
  const result = await at(
    'typescript',
    `${blobs}const s = BlobServiceClient.fromConnectionString(process.env.CS!);\n`,
    'CS!',
  );
  expect(result?.title).toBe(
    'Connect to Azure Blob Storage with DefaultAzureCredential and AZURE_STORAGE_BLOB_ENDPOINT instead of CS',
  );
  expect(result?.followUps?.slice(0, 2).map(({ kind }) => kind)).toEqual(['setEndpoint', 'removeSetting']);
  expect(result?.followUps?.[0]?.copyable).toBe('AZURE_STORAGE_BLOB_ENDPOINT=https://<account>.blob.core.windows.net');
});

test('the look-up is a place to ask at, wherever the client is', async () => {
  const text = `${blobs}const conn = process.env.CS!;\n\nexport const open = () => BlobServiceClient.fromConnectionString(conn);\n`;
  const result = await at('typescript', text, 'process');
  expect(result?.text).toContain('const blobEndpoint = process.env.AZURE_STORAGE_BLOB_ENDPOINT!;');
  expect(result?.text).toContain('new BlobServiceClient(blobEndpoint, credential)');
});

test('a variable whose new name is taken keeps its own', async () => {
  const text = `${blobs}const blobEndpoint = 1;\nconst conn = process.env.CS!;\nexport const s = [BlobServiceClient.fromConnectionString(conn), blobEndpoint];\n`;
  const result = await at('typescript', text, 'process');
  expect(result?.text).toContain('const conn = process.env.AZURE_STORAGE_BLOB_ENDPOINT!;');
});

test('a message keeps the old name while the old setting is read elsewhere', async () => {
  const text = `${blobs}const s = BlobServiceClient.fromConnectionString(process.env.CS!);\nlog('CS', process.env.CS);\n`;
  expect((await at('typescript', text, 'fromConnection'))?.text).toContain("log('CS', process.env.CS);");
});

test.each([
  [
    'the emulator where the setting is missing',
    'typescript',
    `${blobs}const s = BlobServiceClient.fromConnectionString(process.env.CS ?? 'UseDevelopmentStorage=true');\n`,
    /emulator/u,
  ],
  [
    'another use of the value in a function that takes it',
    'typescript',
    `${blobs}function open(cs: string) {\n  queue(cs);\n  return BlobServiceClient.fromConnectionString(cs);\n}\nopen(process.env.CS!);\n`,
    /passed to queue on line 3/u,
  ],
  [
    'two services that read one setting',
    'typescript',
    `${blobs}import { CosmosClient } from '@azure/cosmos';\nconst cs = process.env.CS!;\nexport const c = [BlobServiceClient.fromConnectionString(cs), new CosmosClient(cs)];\n`,
    /different services/u,
  ],
  [
    'a local Cosmos DB emulator',
    'python',
    `import os\nfrom azure.cosmos import CosmosClient\nc = CosmosClient("https://localhost:8081", credential=os.environ["KEY"])\n`,
    /emulator/u,
  ],
])('refused: %s', async (_title, languageId, text, reason) => {
  const cursor = languageId === 'python' ? 'CosmosClient(' : 'fromConnectionString';
  const result = await at(languageId, text, cursor);
  expect(result?.refusal).toMatch(reason);
});

test.each([
  [
    'typescript',
    `import { ServiceBusClient } from '@azure/service-bus';\nnew ServiceBusClient(process.env.NAMESPACE!, cred);`,
    'new S',
  ],
  [
    'typescript',
    `import { ServiceBusClient } from '@azure/service-bus';\nnew ServiceBusClient(process.env.BUS!, cred);`,
    'new S',
  ],
  ['typescript', `${blobs}const s = new BlobServiceClient(process.env.CS!);`, 'new B'],
  [
    'csharp',
    'using Azure.Storage.Blobs;\nvar s = new BlobServiceClient(Environment.GetEnvironmentVariable("BLOB_URI"));',
    'new B',
  ],
  ['python', 'import os\nprint(os.environ["CS"])', 'os.'],
  ['json', '{}', '{'],
])('nothing is offered in %s: %s', async (languageId, text, cursor) => {
  expect(await at(languageId, text, cursor)).toBeUndefined();
});
