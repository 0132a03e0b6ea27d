import { describe, expect, test } from 'vitest';
import { fixSession } from '../../../src/core/engine/fix-session.ts';
import { refactoringsAt } from '../../../src/core/engine/fixes.ts';
import type { SourceDocument } from '../../../src/core/engine/finding.ts';
import { isRefusal, type Fix, type Refusal, type WorkspaceView } from '../../../src/core/rewrite/fix.ts';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';
import { applyEdits } from '../../../src/core/text/text-edit.ts';
import { languages } from '../../harness/client-examples.ts';
import { typeErrors } from '../../harness/type-check.ts';

const standIns = createStandIns(13);
const account = (name: string): string =>
  `DefaultEndpointsProtocol=https;AccountName=${name};AccountKey=${standIns.storageAccountKey()};EndpointSuffix=core.windows.net`;

function workspaceOf(documents: readonly SourceDocument[]): WorkspaceView {
  return {
    findUp: (_, names) =>
      Promise.resolve(documents.find(({ uri }) => names.some(name => name.test(uri.split('/').at(-1) ?? '')))),
    mentioning: (_, name) => Promise.resolve(documents.filter(({ text }) => text.includes(name))),
  };
}

async function buildAt(word: string, documents: readonly SourceDocument[]): Promise<Fix | Refusal> {
  const [document] = documents;
  if (document === undefined) throw new Error('No document');
  const start = document.text.indexOf(word);
  const [offer] = await refactoringsAt(
    document,
    { start, end: start },
    { languages, workspace: workspaceOf(documents) },
  );
  if (offer === undefined) throw new Error('Nothing offered');
  return offer.build();
}

/** The texts after the offer at a word of the first document, by URI. */
async function atWord(
  word: string,
  documents: readonly SourceDocument[],
): Promise<{ readonly texts: ReadonlyMap<string, string>; readonly messages: readonly string[] }> {
  const built = await buildAt(word, documents);
  if (isRefusal(built)) throw new Error(built.refusal);
  const texts = documents.map(({ uri, text }) => {
    const edits = built.files.find(file => file.uri === uri)?.edits ?? [];
    return [uri, applyEdits(text, edits)] as const;
  });
  return { texts: new Map(texts), messages: built.followUps.map(({ message }) => message) };
}

async function fixAll(documents: readonly SourceDocument[]): Promise<ReadonlyMap<string, string>> {
  const session = fixSession({ languages, workspace: workspaceOf(documents) });
  for (const document of documents) await session.fixDocument(document);
  return new Map([
    ...documents.map(({ uri, text }) => [uri, text] as const),
    ...session.changes().map(({ uri, after }) => [uri, after] as const),
  ]);
}

const ts = (uri: string, text: string): SourceDocument => ({ uri, languageId: 'typescript', text });
const dotenv = (text: string): SourceDocument => ({ uri: '.env', languageId: 'dotenv', text });

describe('a secret that one of its consumers cannot do without', () => {
  const signer = ts(
    'links.ts',
    `import { BlobServiceClient, ContainerSASPermissions, StorageSharedKeyCredential, generateBlobSASQueryParameters } from '@azure/storage-blob';

const connectionString = process.env.STORAGE_CONNECTION_STRING!;
export const service = BlobServiceClient.fromConnectionString(connectionString);
const key = connectionString.split('AccountKey=')[1] ?? '';

export const link = (): string =>
  generateBlobSASQueryParameters(
    { containerName: 'photos', permissions: ContainerSASPermissions.parse('r'), expiresOn: new Date(0) },
    new StorageSharedKeyCredential('contosophotos', key),
  ).toString();
`,
  );

  test('stays for that one; the others read an endpoint beside it', async () => {
    const { texts, messages } = await atWord('process.env', [
      signer,
      dotenv(`STORAGE_CONNECTION_STRING=${account('contosophotos')}\n`),
    ]);
    const code = texts.get('links.ts') ?? '';
    expect(code).toContain('const connectionString = process.env.STORAGE_CONNECTION_STRING!;');
    expect(code).toContain(
      'new BlobServiceClient(process.env.AZURE_STORAGE_BLOB_ENDPOINT!, new DefaultAzureCredential())',
    );
    expect(typeErrors({ 'links.ts': code })).toEqual({});
    expect(texts.get('.env')).toMatch(
      /^STORAGE_CONNECTION_STRING=.*\nAZURE_STORAGE_BLOB_ENDPOINT=https:\/\/contosophotos\.blob\.core\.windows\.net\n$/u,
    );
    const [why = ''] = messages.filter(message => message.startsWith('STORAGE_CONNECTION_STRING stays'));
    expect(why).toContain('generateBlobSASQueryParameters');
    expect(messages.join('\n')).not.toContain('Remove the setting');
  });

  test('is written in the code itself: then nothing changes, and the consumer is named', async () => {
    const secret = account('contosophotos');
    const text = signer.text.replace('process.env.STORAGE_CONNECTION_STRING!', `'${secret}'`);
    const session = fixSession({ languages });
    const { unfixed } = await session.fixDocument(ts('links.ts', text));
    expect(session.changes()).toEqual([]);
    expect(unfixed[0]?.reason).toContain('generateBlobSASQueryParameters');
  });

  test('because a client made of it signs: that client cannot do without either', async () => {
    const text = `import { BlobServiceClient } from '@azure/storage-blob';\nconst cs = process.env.STORAGE_CONNECTION!;\nconst client = BlobServiceClient.fromConnectionString(cs);\nlog(cs);\nexport const url = client.generateAccountSasUrl();\n`;
    const built = await buildAt('process.env', [ts('a.ts', text)]);
    expect(isRefusal(built) && built.refusal).toMatch(/log on line 4/u);
  });

  test.each([
    [
      'python',
      'import os\nfrom azure.storage.blob import BlobServiceClient\nfrom legacy import Uploader\n\nconn = os.environ["STORAGE_CONNECTION"]\nclient = BlobServiceClient.from_connection_string(conn)\nuploader = Uploader(conn)\n',
      'BlobServiceClient(os.environ["AZURE_STORAGE_BLOB_ENDPOINT"], credential=DefaultAzureCredential())',
    ],
    [
      'csharp',
      'using System;\nusing Azure.Storage.Blobs;\n\nvar conn = Environment.GetEnvironmentVariable("STORAGE_CONNECTION");\nvar client = new BlobServiceClient(conn);\nvar uploader = new Uploader(conn);\n',
      'new BlobServiceClient(new Uri(Environment.GetEnvironmentVariable("AZURE_STORAGE_BLOB_ENDPOINT")), new DefaultAzureCredential())',
    ],
  ])('in %s', async (languageId, text, expected) => {
    const { texts, messages } = await atWord('STORAGE_CONNECTION', [{ uri: 'a', languageId, text }]);
    expect(texts.get('a')).toContain(expected);
    expect(texts.get('a')).toContain('Uploader(conn)');
    expect(messages.join('\n')).toContain('passed to Uploader');
  });
});

describe('one connection string for several services', () => {
  const both = ts(
    'storage.ts',
    `import { BlobServiceClient } from '@azure/storage-blob';
import { QueueServiceClient } from '@azure/storage-queue';

const connectionString = process.env.STORAGE_CONNECTION_STRING!;
export const blobs = BlobServiceClient.fromConnectionString(connectionString);
export const queues = QueueServiceClient.fromConnectionString(connectionString);
`,
  );

  test('becomes an endpoint of each, in code and settings', async () => {
    const after = await fixAll([dotenv(`STORAGE_CONNECTION_STRING=${account('contosophotos')}\n`), both]);
    const code = after.get('storage.ts') ?? '';
    expect(code).toContain('const blobEndpoint = process.env.AZURE_STORAGE_BLOB_ENDPOINT!;');
    expect(code).toContain('new BlobServiceClient(blobEndpoint, credential)');
    expect(code).toContain('new QueueServiceClient(process.env.AZURE_STORAGE_QUEUE_ENDPOINT!, credential)');
    expect(typeErrors({ 'storage.ts': code })).toEqual({});
    expect(after.get('.env')).toBe(
      'AZURE_STORAGE_BLOB_ENDPOINT=https://contosophotos.blob.core.windows.net\nAZURE_STORAGE_QUEUE_ENDPOINT=https://contosophotos.queue.core.windows.net\n',
    );
  });
});

describe('several settings of one kind', () => {
  const open = (name: string): string => `BlobServiceClient.fromConnectionString(process.env.${name}!)`;
  const settings = (): SourceDocument =>
    dotenv(
      `PHOTOS_CONNECTION_STRING=${account('contosophotos')}\nORDERS_CONNECTION_STRING=${account('contosoorders')}\n`,
    );
  const endpoints =
    /^(\w+)=https:\/\/contosophotos\.blob\.core\.windows\.net\n(\w+)=https:\/\/contosoorders\.blob\.core\.windows\.net\n$/u;

  test('keep apart in one file', async () => {
    const head = `import { BlobServiceClient } from '@azure/storage-blob';\n`;
    const code = `${head}export const photos = ${open('PHOTOS_CONNECTION_STRING')};\nexport const orders = ${open('ORDERS_CONNECTION_STRING')};\n`;
    const after = await fixAll([settings(), ts('a.ts', code)]);
    expect(endpoints.exec(after.get('.env') ?? '')?.slice(1)).toEqual(['PHOTOS_BLOB_ENDPOINT', 'ORDERS_BLOB_ENDPOINT']);
    expect(after.get('a.ts')).toContain('photos = new BlobServiceClient(process.env.PHOTOS_BLOB_ENDPOINT!');
    expect(after.get('a.ts')).toContain('orders = new BlobServiceClient(process.env.ORDERS_BLOB_ENDPOINT!');
  });

  test('keep apart across files that share their settings', async () => {
    const head = `import { BlobServiceClient } from '@azure/storage-blob';\n`;
    const after = await fixAll([
      settings(),
      ts('photos.ts', `${head}export const photos = ${open('PHOTOS_CONNECTION_STRING')};\n`),
      ts('orders.ts', `${head}export const orders = ${open('ORDERS_CONNECTION_STRING')};\n`),
    ]);
    const [, photos = '', orders = ''] = endpoints.exec(after.get('.env') ?? '') ?? [];
    expect(photos).not.toBe(orders);
    expect(after.get('photos.ts')).toContain(`process.env.${photos}!`);
    expect(after.get('orders.ts')).toContain(`process.env.${orders}!`);
  });
});

test('what the Functions host reads by itself stays', async () => {
  const text = `import { QueueClient } from '@azure/storage-queue';\nexport const queue = new QueueClient(process.env.AzureWebJobsStorage!, 'orders');\n`;
  const settings: SourceDocument = {
    uri: 'local.settings.json',
    languageId: 'json',
    text: `{\n  "Values": {\n    "AzureWebJobsStorage": "${account('contosofunctions')}"\n  }\n}\n`,
  };
  const { texts, messages } = await atWord('process.env', [ts('a.ts', text), settings]);
  expect(texts.get('a.ts')).toContain('process.env.AZURE_STORAGE_QUEUE_ENDPOINT!');
  expect(texts.get('local.settings.json')).toMatch(
    /"AzureWebJobsStorage": ".*",\n {4}"AZURE_STORAGE_QUEUE_ENDPOINT": "https:\/\/contosofunctions\.queue\.core\.windows\.net"\n/u,
  );
  expect(messages.join('\n')).toContain('Keep AzureWebJobsStorage');
});

describe('a setting that the Functions host reads as well as code', () => {
  const namespace = `Endpoint=sb://orders.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=${standIns.legacyKey32()}`;
  const settings: SourceDocument = {
    uri: 'local.settings.json',
    languageId: 'json',
    text: JSON.stringify({ IsEncrypted: false, Values: { OrdersBus: namespace } }, undefined, 2) + '\n',
  };
  const code = ts(
    'index.ts',
    [
      "import { app } from '@azure/functions';",
      "import { ServiceBusClient } from '@azure/service-bus';",
      '',
      'const client = new ServiceBusClient(process.env.OrdersBus!);',
      '',
      "app.serviceBusQueue('orders', {",
      "  connection: 'OrdersBus',",
      "  queueName: 'orders',",
      "  handler: message => client.createSender('done').sendMessages({ body: message }),",
      '});',
      '',
    ].join('\n'),
  );

  test('keeps its name until the code reads another, and then becomes what the host signs in with', async () => {
    // Neither half alone leaves the code or the trigger without its setting.
    expect(await fixAll([settings, code])).toEqual(new Map([settings, code].map(({ uri, text }) => [uri, text])));
    const { texts } = await atWord('ServiceBusClient(', [code, settings]);
    const keyless = { ...code, text: texts.get(code.uri) ?? '' };
    const held = { ...settings, text: texts.get(settings.uri) ?? '' };
    expect(keyless.text).toContain('new DefaultAzureCredential()');
    expect(keyless.text).not.toContain('process.env.OrdersBus!');
    expect(held.text).toContain('"OrdersBus"');
    const after = await fixAll([held, keyless]);
    expect(after.get(settings.uri)).toContain('"OrdersBus__fullyQualifiedNamespace": "orders.servicebus.windows.net"');
    expect(after.get(settings.uri)).not.toContain('SharedAccessKey');
    expect(after.get(code.uri)).toBe(keyless.text);
  });
});
