import { describe, expect, test } from 'vitest';
import { fixSession } from '../../../src/core/engine/fix-session.ts';
import { errorCount } from '../../../src/core/rewrite/refusals.ts';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';
import { languages } from '../../harness/client-examples.ts';
import { typeErrors } from '../../harness/type-check.ts';

const standIns = createStandIns(31);
const storageKeys = [standIns.storageAccountKey(), standIns.storageAccountKey(), standIns.storageAccountKey()];
const busKey = standIns.serviceBusKey();
const storage = (account: string, i = 0): string => `AccountName=${account};AccountKey=${storageKeys[i] ?? ''}`;
const bus = `Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=all;SharedAccessKey=${busKey}`;

/** The text after all its findings were fixed one after the other. */
async function fixed(languageId: string, text: string): Promise<string> {
  const session = fixSession({ languages });
  const { unfixed } = await session.fixDocument({ uri: `a.${languageId}`, languageId, text });
  expect(unfixed).toEqual([]);
  const after = session.changes()[0]?.after ?? '';
  expect(await languages.read({ uri: 'a', languageId, text: after }, file => errorCount(file.root))).toBe(0);
  for (const secret of [...storageKeys, busKey]) expect(after).not.toContain(secret);
  return after;
}

const count = (text: string, part: string): number => text.split(part).length - 1;

describe('TypeScript', () => {
  const imports = `import { BlobServiceClient } from '@azure/storage-blob';\nimport { ServiceBusClient } from '@azure/service-bus';\n`;

  test('clients of several secrets share one credential, which stands below the imports', async () => {
    const after = await fixed(
      'typescript',
      `${imports}\n// Photos.\nexport const photos = BlobServiceClient.fromConnectionString('${storage('photos1')}');\nexport const files = BlobServiceClient.fromConnectionString('${storage('files1', 1)}');\nexport const bus = new ServiceBusClient('${bus}');\n`,
    );
    expect(count(after, 'new DefaultAzureCredential()')).toBe(1);
    expect(after).toContain(
      "from '@azure/service-bus';\n\nconst credential = new DefaultAzureCredential();\n\n// Photos.\nexport const photos",
    );
    expect(typeErrors({ 'shared.ts': after })).toEqual({});
  });

  test('clients of one secret share one credential', async () => {
    const after = await fixed(
      'typescript',
      `${imports}\nconst cs = '${storage('photos1')}';\nexport const all = [BlobServiceClient.fromConnectionString(cs), BlobServiceClient.fromConnectionString(cs)];\n`,
    );
    expect(count(after, 'new DefaultAzureCredential()')).toBe(1);
    expect(count(after, "net', credential)")).toBe(2);
  });

  test('a request gets no credential of its own; the declaration waits for what loads settings', async () => {
    const after = await fixed(
      'typescript',
      `import dotenv from 'dotenv';\n${imports}\ndotenv.config();\n\nstart();\n\nexport async function start() {\n  return BlobServiceClient.fromConnectionString('${storage('photos1')}');\n}\n`,
    );
    expect(after).toContain(
      'dotenv.config();\n\nconst credential = new DefaultAzureCredential();\n\nstart();\n\nexport async function start',
    );
  });

  test.each([
    ['a constructor', 'class A { c; constructor() { this.c = X } }'],
    ['a field', 'class A { c = X }'],
    ['main', 'async function main() { return X }\nmain();'],
    ['a function called at once', '(async () => { await X.getProperties() })();'],
  ])('%s makes its own', async (_what, body) => {
    const client = `BlobServiceClient.fromConnectionString('${storage('photos1')}')`;
    const after = await fixed(
      'typescript',
      `${imports}\nexport const b = ServiceBusClient;\n${body.replace('X', client)}\n`,
    );
    expect(after).toContain("windows.net', new DefaultAzureCredential())");
  });

  test('a taken name is left alone', async () => {
    const after = await fixed(
      'typescript',
      `${imports}\nconst credential = 1;\nexport const all = () => [BlobServiceClient.fromConnectionString('${storage('photos1')}'), credential, ServiceBusClient];\n`,
    );
    expect(after).toContain('const azureCredential = new DefaultAzureCredential();');
    expect(after).toContain("windows.net', azureCredential), credential");
  });

  test('where the imports come too late each place has its own', async () => {
    const after = await fixed(
      'javascript',
      `start();\nconst { BlobServiceClient } = require('@azure/storage-blob');\nfunction start() { return BlobServiceClient.fromConnectionString('${storage('photos1')}'); }\n`,
    );
    // The function is declared below the last `require`, so the credential may stand above it.
    expect(after).toContain(
      "require('@azure/storage-blob');\n\nconst credential = new DefaultAzureCredential();\n\nfunction",
    );
    const early = await fixed(
      'javascript',
      `const s = () => require('@azure/storage-blob').BlobServiceClient.fromConnectionString('${storage('photos1')}');\nconst { BlobServiceClient } = require('@azure/storage-blob');\nexports.x = [s, BlobServiceClient];\n`,
    );
    expect(early).toContain("windows.net', new DefaultAzureCredential())");
  });
});

describe('Python', () => {
  const imports = `import os\n\nfrom azure.servicebus import ServiceBusClient\nfrom azure.storage.blob import BlobServiceClient\n`;
  test('clients of several secrets share one credential', async () => {
    const after = await fixed(
      'python',
      `${imports}\nphotos = BlobServiceClient.from_connection_string("${storage('photos1')}")\nbus = ServiceBusClient.from_connection_string("${bus}")\n\n\ndef files():\n    return BlobServiceClient.from_connection_string("${storage('files1', 1)}")\n`,
    );
    expect(count(after, 'DefaultAzureCredential()')).toBe(1);
    expect(after).toContain('import BlobServiceClient\n\ncredential = DefaultAzureCredential()\n\nphotos = ');
    expect(count(after, 'credential=credential)')).toBe(3);
  });
  test('asynchronous clients keep theirs', async () => {
    const after = await fixed(
      'python',
      `from azure.storage.blob.aio import BlobServiceClient\n\n\nasync def files():\n    return BlobServiceClient.from_connection_string("${storage('files1', 1)}")\n`,
    );
    expect(after).toContain('credential=DefaultAzureCredential())');
  });
});

describe('C#', () => {
  const usings = 'using Azure.Messaging.ServiceBus;\nusing Azure.Storage.Blobs;\n';
  test('a type has one credential for all its methods, and a second fix uses it again', async () => {
    const after = await fixed(
      'csharp',
      `${usings}\npublic class Store\n{\n    // Photos.\n    public BlobServiceClient Photos() => new("${storage('photos1')}");\n    public static ServiceBusClient Bus()\n    {\n        return new ServiceBusClient("${bus}");\n    }\n}\n`,
    );
    expect(count(after, 'new DefaultAzureCredential()')).toBe(1);
    expect(after).toContain(
      'public class Store\n{\n    private static readonly DefaultAzureCredential Credential = new DefaultAzureCredential();\n\n    // Photos.\n    public BlobServiceClient',
    );
    expect(count(after, ', Credential)')).toBe(2);
  });
  test('statements share a variable', async () => {
    const after = await fixed(
      'csharp',
      `${usings}\nvar x = 1;\n// Photos.\nvar photos = new BlobServiceClient("${storage('photos1')}");\nvar bus = new ServiceBusClient("${bus}");\n`,
    );
    expect(after).toContain('var x = 1;\nvar credential = new DefaultAzureCredential();\n// Photos.\nvar photos = ');
    expect(count(after, ', credential)')).toBe(2);
  });
  test('a singleton makes its own, a request does not', async () => {
    const after = await fixed(
      'csharp',
      `${usings}\nvar builder = WebApplication.CreateBuilder(args);\nbuilder.Services.AddSingleton(_ => new BlobServiceClient("${storage('photos1')}"));\nvar app = builder.Build();\napp.Run();\n`,
    );
    expect(after).toContain('windows.net"), new DefaultAzureCredential())');
    const request = await fixed(
      'csharp',
      `${usings}\nvar app = WebApplication.Create(args);\napp.MapGet("/", () => new BlobServiceClient("${storage('photos1')}").Uri);\napp.Run();\n`,
    );
    expect(request).toContain('var credential = new DefaultAzureCredential();\napp.MapGet(');
  });
});

describe('Java', () => {
  test('a type has one credential; a bean makes its own', async () => {
    const client = (account: string, i: number): string =>
      `new BlobServiceClientBuilder().connectionString("${storage(account, i)}").buildClient()`;
    const after = await fixed(
      'java',
      `import com.azure.storage.blob.*;\n\nclass Store {\n    private int n;\n\n    Object photos() {\n        return ${client('photos1', 0)};\n    }\n\n    Object files() {\n        return ${client('files1', 1)};\n    }\n}\n`,
    );
    expect(count(after, 'new DefaultAzureCredentialBuilder()')).toBe(1);
    expect(after).toContain(
      'class Store {\n    private static final TokenCredential CREDENTIAL = new DefaultAzureCredentialBuilder().build();\n    private int n;',
    );
    expect(count(after, '.credential(CREDENTIAL)')).toBe(2);
    const bean = await fixed(
      'java',
      `import com.azure.storage.blob.*;\n\nclass Config {\n    @Bean\n    Object photos() {\n        return ${client('photos1', 0)};\n    }\n}\n`,
    );
    expect(bean).toContain('.credential(new DefaultAzureCredentialBuilder().build())');
  });
});
