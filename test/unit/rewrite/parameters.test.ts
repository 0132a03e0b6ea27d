import { describe, expect, test } from 'vitest';
import { refactoringsAt } from '../../../src/core/engine/fixes.ts';
import { isRefusal } from '../../../src/core/rewrite/fix.ts';
import type { RewriteTools } from '../../../src/core/rewrite/tools.ts';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';
import { applyEdits } from '../../../src/core/text/text-edit.ts';
import { fixText, languages } from '../../harness/client-examples.ts';
import { typeErrors } from '../../harness/type-check.ts';

const standIns = createStandIns(12);
const key = standIns.storageAccountKey();
const account = (name: string): string => `AccountName=${name};AccountKey=${key};EndpointSuffix=core.windows.net`;
const photos = account('contosophotos');
const orders = account('contosoorders');

async function outcome(languageId: string, text: string, cursor = key): Promise<string | undefined> {
  const start = text.indexOf(cursor);
  const result = await fixText({ uri: `file.${languageId}`, languageId, text }, { start, end: start + cursor.length });
  return result === undefined || 'refusal' in result ? result?.refusal : `FIXED\n${result.text}`;
}

/** What the offer at a word does to the text, or why it does nothing. */
async function atWord(
  languageId: string,
  text: string,
  word: string,
  workspace?: RewriteTools['workspace'],
): Promise<string | undefined> {
  const document = { uri: `/w/file.${languageId}`, languageId, text };
  const start = text.indexOf(word);
  const tools = workspace === undefined ? { languages } : { languages, workspace };
  const [offer] = await refactoringsAt(document, { start, end: start }, tools);
  const built = await offer?.build();
  if (built === undefined) return undefined;
  return isRefusal(built) ? built.refusal : applyEdits(text, built.files[0]?.edits ?? []);
}

const ts = `import { BlobServiceClient } from '@azure/storage-blob';\n`;
const python = 'from azure.storage.blob import BlobServiceClient\n\n\n';
const csharp = (members: string): string => `using Azure.Storage.Blobs;\nclass Photos\n{\n${members}\n}\n`;
const java = (members: string): string =>
  `import com.azure.storage.blob.BlobServiceClientBuilder;\nclass Photos {\n${members}\n}\n`;
const go = (rest: string): string =>
  `package main\n\nimport (\n\t"os"\n\n\t"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob"\n)\n${rest}`;

describe('a function that takes the secret takes the endpoint, as all its calls do', () => {
  test.each([
    [
      'function called twice',
      'typescript',
      `${ts}function open(connectionString: string, tries = 3) {\n  return BlobServiceClient.fromConnectionString(connectionString, { retryOptions: { maxTries: tries } });\n}\nconst a = open('${photos}'); // photos\nconst b = open('${orders}', 5);\n`,
      [
        'function open(blobEndpoint: string, tries = 3)',
        "open('https://contosophotos.blob.core.windows.net'); // photos",
        "open('https://contosoorders.blob.core.windows.net', 5)",
      ],
    ],
    [
      'arrow function behind another parameter, through a constant',
      'typescript',
      `${ts}const open = (name: string, cs: string) => BlobServiceClient.fromConnectionString(cs).getContainerClient(name);\nconst text = '${photos}';\nexport const client = open('photos', text);\n`,
      ['(name: string, blobEndpoint: string) =>', "const text = 'https://contosophotos.blob.core.windows.net';"],
    ],
    [
      'parameter with a default',
      'typescript',
      `${ts}function open(cs: string = '${photos}') {\n  return BlobServiceClient.fromConnectionString(cs);\n}\nexport const client = open();\n`,
      ["function open(blobEndpoint: string = 'https://contosophotos.blob.core.windows.net')", 'open();'],
    ],
    [
      'constructor that keeps it in a field',
      'typescript',
      `${ts}class Store {\n  constructor(private readonly connectionString: string) {}\n\n  open() {\n    return BlobServiceClient.fromConnectionString(this.connectionString);\n  }\n}\nexport const client = new Store('${photos}').open();\n`,
      ['constructor(private readonly blobEndpoint: string) {}', 'new BlobServiceClient(this.blobEndpoint, credential)'],
    ],
    [
      'private method',
      'typescript',
      `${ts}export class Store {\n  client = this.open('${photos}');\n\n  private open(cs: string) {\n    return BlobServiceClient.fromConnectionString(cs);\n  }\n}\n`,
      ["this.open('https://contosophotos.blob.core.windows.net')", 'private open(blobEndpoint: string)'],
    ],
    [
      'function behind a function',
      'javascript',
      `${ts}const inner = cs => BlobServiceClient.fromConnectionString(cs);\nfunction outer(connectionString) {\n  return inner(connectionString);\n}\nouter('${photos}');\n`,
      ['const inner = blobEndpoint =>', 'return inner(blobEndpoint);'],
    ],
    [
      'argument with its name',
      'python',
      `${python}def open_store(name, *, connection_string):\n    """Opens a store.\n\n    :param connection_string: where it is\n    """\n    return BlobServiceClient.from_connection_string(connection_string)\n\n\nclient = open_store("photos", connection_string="${photos}")\n`,
      [
        'def open_store(name, *, blob_endpoint):',
        ':param blob_endpoint: where it is',
        'blob_endpoint="https://contosophotos',
      ],
    ],
    [
      'field given in the constructor',
      'python',
      `${python}class Store:\n    def __init__(self, conn_str: str) -> None:\n        self._conn_str = conn_str\n\n    def open(self):\n        return BlobServiceClient.from_connection_string(self._conn_str)\n\n\nstore = Store("${photos}")\n`,
      [
        'def __init__(self, blob_endpoint: str)',
        'self._blob_endpoint = blob_endpoint',
        'BlobServiceClient(self._blob_endpoint, credential=',
      ],
    ],
    [
      'field of a dataclass',
      'python',
      `from dataclasses import dataclass\n${python}@dataclass\nclass Store:\n    connection_string: str\n    name: str = "photos"\n\n    def open(self):\n        return BlobServiceClient.from_connection_string(self.connection_string)\n\n\nstore = Store(connection_string="${photos}")\n`,
      ['    blob_endpoint: str\n', 'Store(blob_endpoint="https://contosophotos'],
    ],
    [
      'private method',
      'csharp',
      csharp(
        `    BlobServiceClient client = Open(tries: 3, connectionString: "${photos}");\n    private static BlobServiceClient Open(string connectionString, int tries) => new BlobServiceClient(connectionString);`,
      ),
      [
        'Open(tries: 3, blobEndpoint: "https://contosophotos',
        'Open(string blobEndpoint, int tries)',
        'new Uri(blobEndpoint)',
      ],
    ],
    [
      'primary constructor',
      'csharp',
      `using Azure.Storage.Blobs;\nvar store = new Store("${photos}");\nclass Store(string cs)\n{\n    public BlobServiceClient Open() => new(cs);\n}\n`,
      ['class Store(string blobEndpoint)', 'new(new Uri(blobEndpoint), Credential)'],
    ],
    [
      'constructor that keeps it in a field',
      'java',
      java(
        `  private final String connectionString;\n\n  private Photos(String connectionString) {\n    this.connectionString = connectionString;\n  }\n\n  Object open() {\n    return new BlobServiceClientBuilder().connectionString(connectionString).buildClient();\n  }\n\n  static final Photos MAIN = new Photos("${photos}");`,
      ),
      ['private final String blobEndpoint;', 'this.blobEndpoint = blobEndpoint;', '.endpoint(blobEndpoint)'],
    ],
    [
      'one of two that share a type',
      'go',
      go(
        `\nfunc open(name, cs string) (*azblob.Client, error) {\n\treturn azblob.NewClientFromConnectionString(cs, nil)\n}\n\nfunc main() {\n\tclient, err := open(os.Args[1], "${photos}")\n\tuse(client, err)\n}\n`,
      ),
      ['func open(name, blobEndpoint string)', 'open(os.Args[1], "https://contosophotos'],
    ],
  ])('%s in %s', async (_, languageId, text, expected) => {
    const result = await outcome(languageId, text);
    expect(result).toMatch(/^FIXED\n/u);
    for (const part of expected) expect(result).toContain(part);
    expect(result).not.toContain(key);
    const after = (result ?? '').slice('FIXED\n'.length);
    if (languageId === 'typescript') expect(typeErrors({ 'file.ts': after })).toEqual({});
  });

  test('each call keeps a setting of its own', async () => {
    const text = `${ts}\nfunction open(connectionString: string) {\n  return BlobServiceClient.fromConnectionString(connectionString);\n}\nexport const a = open(process.env.PHOTOS_CONNECTION_STRING!);\nexport const b = open(process.env.ORDERS_CONNECTION_STRING ?? '');\n`;
    const result = await atWord('typescript', text, 'process.env.ORDERS');
    expect(result).toContain('open(process.env.PHOTOS_BLOB_ENDPOINT!)');
    expect(result).toContain("open(process.env.ORDERS_BLOB_ENDPOINT ?? '')");
    expect(result).not.toContain('CONNECTION');
  });
});

describe('a parameter that is a key goes, and what calls pass to it', () => {
  const name = `new AzureNamedKeyCredential('contoso', key)`;
  test('with its line of documentation and the constant that held the key', async () => {
    const text = `import { AzureNamedKeyCredential, TableClient } from '@azure/data-tables';\n\n/**\n * Opens a table.\n * @param table its name\n * @param key the key\n */\nfunction open(table: string, key: string) {\n  return new TableClient('https://contoso.table.core.windows.net', table, ${name});\n}\nconst accountKey = '${key}';\nexport const a = open('a', accountKey);\nexport const b = open('b', accountKey);\n`;
    const result = await outcome('typescript', text);
    expect(result).toContain(' * @param table its name\n */\nfunction open(table: string) {');
    expect(result).toContain("export const a = open('a');\nexport const b = open('b');");
    expect(result).not.toContain('accountKey');
    expect(typeErrors({ 'file.ts': (result ?? '').slice('FIXED\n'.length) })).toEqual({});
  });

  test.each([
    [
      'python',
      `from azure.core.credentials import AzureKeyCredential\nfrom azure.search.documents import SearchClient\n\n\ndef open_index(index, key):\n    return SearchClient("https://contoso.search.windows.net", index, AzureKeyCredential(key))\n\n\nphotos = open_index("photos", key="KEY")\n`,
      ['def open_index(index):', 'open_index("photos")'],
    ],
    [
      'csharp',
      `using Azure;\nusing Azure.Search.Documents;\nclass A\n{\n    SearchClient photos = Open("KEY", "photos");\n    static SearchClient Open(string key, string index) =>\n        new SearchClient(new Uri("https://contoso.search.windows.net"), index, new AzureKeyCredential(key));\n}\n`,
      ['Open("photos")', 'Open(string index)'],
    ],
  ])('in %s', async (languageId, text, expected) => {
    const searchKey = standIns.identifiableKey('search');
    const result = await outcome(languageId, text.replace('KEY', searchKey), searchKey);
    expect(result).toMatch(/^FIXED\n/u);
    for (const part of expected) expect(result).toContain(part);
    expect(result).not.toContain(searchKey);
  });

  test('stays where something else needs it', async () => {
    const text = `import { AzureNamedKeyCredential, TableClient } from '@azure/data-tables';\nfunction open(key: string) {\n  console.log(key.length);\n  return new TableClient('https://contoso.table.core.windows.net', 't', ${name});\n}\nopen('${key}');\n`;
    expect(await outcome('typescript', text)).toMatch(/also passed to log on line 3/u);
  });
});

describe('a function whose callers are not all known', () => {
  const body = '{\n  return BlobServiceClient.fromConnectionString(cs);\n}\n';
  const told = (reason: string): RegExp =>
    new RegExp(
      `^Line \\d+ passes the secret to open, which connects to Azure Blob Storage with its parameter cs on line \\d+\\. open is ${reason}`,
      'iu',
    );
  test.each([
    [
      'passed on',
      'typescript',
      `${ts}function open(cs: string) ${body}open('${photos}');\nregister(open);\n`,
      told('used on line 6 in another way'),
    ],
    [
      'called with a spread',
      'typescript',
      `${ts}function open(cs: string) ${body}open('${photos}');\nopen(...all);\n`,
      told('called with arguments that are not known'),
    ],
    [
      'given another value',
      'typescript',
      `${ts}function open(cs: string) {\n  cs = cs.trim();\n  return BlobServiceClient.fromConnectionString(cs);\n}\nopen('${photos}');\n`,
      told('giving its parameter another value'),
    ],
    [
      'overloaded',
      'csharp',
      csharp(
        `    object a = Open("${photos}");\n    static object Open(string cs) => new BlobServiceClient(cs);\n    static object Open(string cs, int tries) => new BlobServiceClient(cs);`,
      ),
      told('declared more than once'),
    ],
    [
      'virtual',
      'csharp',
      csharp(
        `    object a => Open("${photos}");\n    protected virtual object Open(string cs) => new BlobServiceClient(cs);`,
      ),
      told('bound to a signature of others'),
    ],
    [
      'decorated',
      'python',
      `${python}@app.task\ndef open(cs):\n    return BlobServiceClient.from_connection_string(cs)\n\n\nopen("${photos}")\n`,
      told('bound to a signature'),
    ],
    [
      'annotated',
      'java',
      java(
        `  Object a = open("${photos}");\n  @Bean Object open(String cs) { return new BlobServiceClientBuilder().connectionString(cs).buildClient(); }`,
      ),
      told('bound to a signature'),
    ],
  ])('%s in %s is left, with the reason', async (_, languageId, text, reason) => {
    expect(await outcome(languageId, text)).toMatch(reason);
    expect(await outcome(languageId, text)).not.toContain(key);
  });

  test('one of the calls passes what is not known', async () => {
    const text = `${ts}function open(cs: string) ${body}open('${photos}');\nopen(read());\n`;
    expect(await outcome('typescript', text)).toMatch(/^Line 6 passes something whose value/u);
  });

  test('an exported one is left unless the workspace has no other caller', async () => {
    const text = `${ts}export function open(cs: string) ${body}open(process.env.STORAGE_CONNECTION!);\n`;
    const workspaceWith = (others: readonly string[]): RewriteTools['workspace'] => ({
      findUp: () => Promise.resolve(undefined),
      mentioning: () =>
        Promise.resolve(others.map((other, i) => ({ uri: `/w/other${i}.ts`, languageId: 'typescript', text: other }))),
    });
    expect(await atWord('typescript', text, 'process.env')).toMatch(/^open would take an endpoint .* make it private/u);
    expect(
      await atWord('typescript', text, 'process.env', workspaceWith([`import { open } from './file.ts';\nopen(a);`])),
    ).toMatch(/other0\.ts uses it/u);
    expect(
      await atWord('typescript', text, 'process.env', workspaceWith(['open(a);', `import './file.ts';\nreopen(a);`])),
    ).toContain('open(blobEndpoint');
  });

  test.each([
    ['that does not connect', `${ts}function open(cs: string) {\n  return send(cs);\n}\nopen('${photos}');\n`],
    ['with another parameter', `${ts}function open(cs: string, name: string) ${body}open(other, '${photos}');\n`],
    ['of another file', `${ts}import { open } from './open.ts';\nopen('${photos}');\n`],
  ])('is not seen in one %s', async (_, text) => {
    expect(await outcome('typescript', text)).toBeUndefined();
  });
});
