import { describe, expect, test } from 'vitest';
import { isRefusal } from '../../../src/core/rewrite/fix.ts';
import { rewriteAt } from '../../../src/core/rewrite/lookup-rewrites.ts';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';
import { services } from '../../../src/core/services/catalogue.generated.ts';
import { applyEdits } from '../../../src/core/text/text-edit.ts';
import { fixText, languages } from '../../harness/client-examples.ts';

const key = createStandIns(11).storageAccountKey();
const storage = `AccountName=contosophotos;AccountKey=${key};EndpointSuffix=core.windows.net`;
const endpoint = 'https://contosophotos.blob.core.windows.net';

async function outcome(languageId: string, text: string, cursor = key): Promise<string | undefined> {
  const start = text.indexOf(cursor);
  const result = await fixText({ uri: `file.${languageId}`, languageId, text }, { start, end: start + cursor.length });
  if (result === undefined) return undefined;
  return 'refusal' in result ? result.refusal : `FIXED\n${result.text}`;
}

const ts = `import { BlobServiceClient } from '@azure/storage-blob';\n`;
const client = 'const client = BlobServiceClient.fromConnectionString(cs());\n';
const python = 'from azure.storage.blob import BlobServiceClient\n\n';
const csharp = (members: string): string => `using Azure.Storage.Blobs;\nclass Photos\n{\n${members}\n}\n`;
const java = (members: string): string =>
  `import com.azure.storage.blob.BlobServiceClientBuilder;\nclass Photos {\n${members}\n}\n`;
const build = 'Object open() { return new BlobServiceClientBuilder().connectionString(cs()).buildClient(); }';
const go = (rest: string): string =>
  `package main\n\nimport "github.com/Azure/azure-sdk-for-go/sdk/storage/azblob"\n\nfunc cs() string {\n\treturn "${storage}"\n}\n\nfunc open() (*azblob.Client, error) {\n\treturn azblob.NewClientFromConnectionString(cs(), nil)\n}\n${rest}`;

describe('a helper that returns the secret', () => {
  test.each([
    ['function', 'typescript', `${ts}function cs() {\n  return '${storage}';\n}\n${client}`],
    ['function expression', 'typescript', `${ts}const cs = function () {\n  return '${storage}';\n};\n${client}`],
    ['arrow function with a block', 'javascript', `${ts}const cs = () => {\n  return '${storage}';\n};\n${client}`],
    ['through a constant', 'typescript', `${ts}const text = '${storage}';\nconst cs = () => text;\n${client}`],
    [
      'through another helper',
      'typescript',
      `${ts}const key = () => '${key}';\nconst cs = () => \`AccountName=contosophotos;AccountKey=\${key()};EndpointSuffix=core.windows.net\`;\n${client}`,
    ],
    [
      'private method',
      'typescript',
      `${ts}class Photos {\n  client = BlobServiceClient.fromConnectionString(this.cs());\n\n  private cs(): string {\n    return '${storage}';\n  }\n}\n`,
    ],
    [
      'function',
      'python',
      `${python}def cs():\n    return "${storage}"\n\n\nclient = BlobServiceClient.from_connection_string(cs())\n`,
    ],
    [
      'method',
      'python',
      `${python}class Photos:\n    def __init__(self):\n        self.client = BlobServiceClient.from_connection_string(self._cs())\n\n    def _cs(self):\n        return "${storage}"\n`,
    ],
    [
      'local function',
      'csharp',
      `using Azure.Storage.Blobs;\nvar client = new BlobServiceClient(Cs());\nstatic string Cs() => "${storage}";\n`,
    ],
    [
      'method called by its type, beside a property of its name',
      'csharp',
      csharp(
        `    BlobServiceClient client = new(Photos.Cs());\n    void Set(Options options) { options.Cs = "none"; }\n    private static string Cs()\n    {\n        return "${storage}";\n    }`,
      ),
    ],
    ['method', 'java', java(`  private String cs() {\n    return "${storage}";\n  }\n\n  ${build}`)],
    ['function', 'go', go('')],
  ])('%s in %s', async (_, languageId, text) => {
    const result = await outcome(languageId, text);
    expect(result).toMatch(/^FIXED\n/u);
    expect(result).toContain(endpoint);
    expect(result).not.toContain(key);
    expect(result).not.toMatch(/\bcs\(/iu);
  });

  test('that reads a setting reads the endpoint under another name', async () => {
    const text = `${ts}function getConnectionString() {\n  return process.env.STORAGE!;\n}\nconst client = BlobServiceClient.fromConnectionString(getConnectionString());\n`;
    const at = text.indexOf('process.env');
    const [offer] = await rewriteAt(
      { uri: 'file.ts', languageId: 'typescript', text },
      { start: at, end: at },
      services,
      { languages },
    );
    const built = await offer?.build();
    if (built === undefined || isRefusal(built)) throw new Error(built?.refusal ?? 'nothing offered');
    const result = applyEdits(text, built.files[0]?.edits ?? []);
    expect(result).toContain('function getBlobEndpoint() {\n  return process.env.AZURE_STORAGE_BLOB_ENDPOINT!;\n}\n');
    expect(result).toContain('new BlobServiceClient(getBlobEndpoint(), new DefaultAzureCredential())');
  });

  const visible = /cs is visible outside this file/iu;
  const otherwise = /^cs, which returns the secret, is used on line \d+ in another way/iu;
  test.each([
    ['exported', 'typescript', `${ts}export function cs() {\n  return '${storage}';\n}\n${client}`, visible],
    ['exported below', 'typescript', `${ts}const cs = () => '${storage}';\n${client}export { cs };\n`, otherwise],
    ['passed on', 'typescript', `${ts}const cs = () => '${storage}';\n${client}register(cs);\n`, otherwise],
    ['called with an argument', 'javascript', `${ts}const cs = () => '${storage}';\n${client}log(cs(1));\n`, otherwise],
    [
      'result used otherwise',
      'typescript',
      `${ts}const cs = () => '${storage}';\n${client}send(cs());\n`,
      /passed to send on line 4/u,
    ],
    [
      'described',
      'typescript',
      `${ts}/** The photos. */\nfunction cs() {\n  return '${storage}';\n}\n${client}`,
      /comment above cs/u,
    ],
    [
      'passed on',
      'python',
      `${python}def cs():\n    return "${storage}"\n\n\nclient = BlobServiceClient.from_connection_string(cs())\nregister(cs)\n`,
      otherwise,
    ],
    [
      'public',
      'csharp',
      csharp(`    BlobServiceClient client = new(Cs());\n    public static string Cs() => "${storage}";`),
      visible,
    ],
    [
      'method group',
      'csharp',
      csharp(
        `    BlobServiceClient client = new(Cs());\n    System.Func<string> later = Cs;\n    static string Cs() => "${storage}";`,
      ),
      otherwise,
    ],
    ['public', 'java', java(`  public String cs() {\n    return "${storage}";\n  }\n\n  ${build}`), visible],
    [
      'reference',
      'java',
      java(`  private String cs() {\n    return "${storage}";\n  }\n  Object later = supply(this::cs);\n  ${build}`),
      otherwise,
    ],
    ['passed on', 'go', go('\nvar later = cs\n'), otherwise],
  ])('%s in %s', async (_, languageId, text, reason) => {
    expect(await outcome(languageId, text)).toMatch(reason);
  });

  test.each([
    [
      'that a base class may call',
      `${ts}class Photos extends Store {\n  client = BlobServiceClient.fromConnectionString(this.cs());\n\n  protected cs(): string {\n    return '${storage}';\n  }\n}\n`,
    ],
    ['commented', `${ts}function cs() {\n  // photos\n  return '${storage}';\n}\n${client}`],
    ['asynchronous', `${ts}async function cs() {\n  return '${storage}';\n}\n${client}`],
    [
      'declared twice',
      `${ts}function cs() {\n  return '${storage}';\n}\nfunction cs() {\n  return other;\n}\n${client}`,
    ],
  ])('%s is not taken for a value', async (_, text) => {
    expect(await outcome('typescript', text)).toBeUndefined();
  });

  test('that a base class may call is not taken for a value in other languages', async () => {
    const photos = `${python}class Photos(Store):\n    def open(self):\n        return BlobServiceClient.from_connection_string(self.cs())\n\n    def cs(self):\n        return "${storage}"\n`;
    expect(await outcome('python', photos)).toBeUndefined();
    const members = `  String cs() {\n    return "${storage}";\n  }\n\n  ${build}`;
    expect(await outcome('java', java(members).replace('class Photos', 'class Photos extends Store'))).toBeUndefined();
  });
});
