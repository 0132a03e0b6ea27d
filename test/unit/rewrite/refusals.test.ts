import { describe, expect, test } from 'vitest';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';
import { fixText } from '../../harness/client-examples.ts';

const standIns = createStandIns(7);
const storageKey = standIns.storageAccountKey();
const busKey = standIns.serviceBusKey();
const storage = `AccountName=contosophotos;AccountKey=${storageKey};EndpointSuffix=core.windows.net`;
const bus = `Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=all;SharedAccessKey=${busKey}`;

async function outcome(languageId: string, text: string, secret: string): Promise<string | undefined> {
  const start = text.lastIndexOf(secret);
  const result = await fixText({ uri: `file.${languageId}`, languageId, text }, { start, end: start + secret.length });
  if (result === undefined) return undefined;
  return 'refusal' in result ? result.refusal : `FIXED\n${result.text}`;
}

const blobs = `import { BlobServiceClient } from '@azure/storage-blob';\n`;
const open = 'BlobServiceClient.fromConnectionString';

describe('TypeScript', () => {
  test.each([
    ['syntax error near by', `${blobs}const s = ${open}('${storage}';\nexport { s };\n`, storageKey, /syntax error/u],
    [
      'comment that would be lost',
      `${blobs}const s = BlobServiceClient /* the old account */ .fromConnectionString('${storage}');\n`,
      storageKey,
      /comment/iu,
    ],
    [
      'comment inside the removed declaration',
      `${blobs}const cs = /* prod */ '${storage}';\nconst s = ${open}(cs);\n`,
      storageKey,
      /comment/iu,
    ],
    [
      'generateBlobSASQueryParameters with the same key',
      `import { BlobServiceClient, StorageSharedKeyCredential, generateBlobSASQueryParameters } from '@azure/storage-blob';
const key = new StorageSharedKeyCredential('contosophotos', '${storageKey}');
const s = new BlobServiceClient('https://contosophotos.blob.core.windows.net', key);
export const sas = (o: any) => generateBlobSASQueryParameters(o, key).toString();\n`,
      storageKey,
      /user delegation key/u,
    ],
    [
      'generateBlobSASQueryParameters alone',
      `import { StorageSharedKeyCredential, generateBlobSASQueryParameters } from '@azure/storage-blob';
export const sas = (o: any) => generateBlobSASQueryParameters(o, new StorageSharedKeyCredential('a', '${storageKey}'));\n`,
      storageKey,
      /generateBlobSASQueryParameters.*user delegation key/su,
    ],
    [
      'generateSasUrl on the client',
      `${blobs}const s = ${open}('${storage}');\nexport const url = (o: any) => s.getContainerClient('a').generateSasUrl(o);\n`,
      storageKey,
      /generateSasUrl.*user delegation key/su,
    ],
    [
      'endpoint that is not in the connection string',
      `${blobs}const s = ${open}('AccountKey=${storageKey}');\n`,
      storageKey,
      /which endpoint/u,
    ],
    [
      'connection string put together at run time',
      `${blobs}const s = ${open}(\`AccountName=\${process.env.ACCOUNT};AccountKey=${storageKey}\`);\n`,
      storageKey,
      /run time/u,
    ],
    [
      'unknown consumer',
      `${blobs}const cs = '${storage}';\nconst s = ${open}(cs);\nupload(cs);\n`,
      storageKey,
      /passed to upload on line 4/u,
    ],
    [
      'second client that takes no token',
      `${blobs}import { connectQueues } from './queues';\nconst cs = '${storage}';\nconst s = ${open}(cs);\nconst q = connectQueues(cs);\n`,
      storageKey,
      /passed to connectQueues on line 5/u,
    ],
    [
      'exported constant',
      `${blobs}export const cs = '${storage}';\nconst s = ${open}(cs);\n`,
      storageKey,
      /outside this file/u,
    ],
    [
      'CommonJS export of the secret',
      `const { BlobServiceClient } = require('@azure/storage-blob');\nconst cs = '${storage}';\nconst s = ${open}(cs);\nmodule.exports = { cs };\n`,
      storageKey,
      /line 4/u,
    ],
    [
      'variable that changes',
      `${blobs}let cs = '${storage}';\ncs = read();\nconst s = ${open}(cs);\n`,
      storageKey,
      /line 3/u,
    ],
    [
      'queue named only by the connection string',
      `import { ServiceBusClient } from '@azure/service-bus';\nexport const c = new ServiceBusClient('${bus};EntityPath=orders');\n`,
      busKey,
      /entity "orders"/u,
    ],
    [
      'Service Bus emulator',
      `import { ServiceBusClient } from '@azure/service-bus';\nexport const c = new ServiceBusClient('Endpoint=sb://localhost;SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=${busKey};UseDevelopmentEmulator=true');\n`,
      busKey,
      /emulator/u,
    ],
    [
      'Azurite',
      `${blobs}const s = ${open}('AccountName=devstoreaccount1;AccountKey=${storageKey};BlobEndpoint=http://127.0.0.1:10000/devstoreaccount1');\n`,
      storageKey,
      /emulator/u,
    ],
    [
      'shared access signature',
      `${blobs}const s = ${open}('BlobEndpoint=https://contosophotos.blob.core.windows.net/;SharedAccessSignature=sv=2024-01-01&sig=${standIns.sasSignature()}');\n`,
      'sig=',
      /shared access signature/u,
    ],
    [
      'regional Azure OpenAI endpoint',
      `import { AzureOpenAI } from 'openai';\nexport const c = new AzureOpenAI({ apiKey: '${busKey}', endpoint: 'https://westeurope.api.cognitive.microsoft.com/' });\n`,
      busKey,
      /custom subdomain/u,
    ],
    [
      'SQL server of one’s own',
      `import { connect } from 'mssql';\nexport const c = connect({ server: 'db.contoso.local', user: 'app', password: '${busKey}' });\n`,
      busKey,
      /not an Azure SQL server/u,
    ],
    [
      'options of a credential that has none of them',
      `import { ClientSecretCredential } from '@azure/identity';\nexport const c = new ClientSecretCredential('t', 'c', '${busKey}', { authorityHost: 'https://login.microsoftonline.us' });\n`,
      busKey,
      /passes options along/u,
    ],
    [
      'removed member of an object that is read elsewhere',
      `import { connect } from 'mssql';\nconst config = { server: 'a.database.windows.net', user: 'app', password: '${busKey}' };\nexport const c = connect(config as any);\nlog(config.user);\n`,
      busKey,
      /line 4/u,
    ],
    [
      'object that goes somewhere else as a whole',
      `${blobs}const o = { cs: '${storage}' };\nexport const c = ${open}(o.cs);\nsend(o);\n`,
      storageKey,
      /passed to send on line 4/u,
    ],
    [
      'emulator where a setting is missing, with the key',
      `${blobs}const s = ${open}(process.env.CS ?? 'AccountName=devstoreaccount1;AccountKey=${storageKey}');\n`,
      storageKey,
      /emulator/u,
    ],
    [
      'client inside the arguments of another',
      `import { BlobServiceClient, ContainerClient } from '@azure/storage-blob';\nconst cs = '${storage}';\nexport const c = new ContainerClient(cs, ${open}(cs).accountName);\n`,
      storageKey,
      /inside one another/u,
    ],
    [
      'name already taken',
      `${blobs}class DefaultAzureCredential {}\nexport const s = [${open}('${storage}'), DefaultAzureCredential];\n`,
      storageKey,
      /uses the name DefaultAzureCredential/u,
    ],
    [
      'copy of the secret elsewhere',
      `${blobs}// ${storageKey}\nexport const s = ${open}('${storage}');\n`,
      storageKey,
      /elsewhere in this file/u,
    ],
  ])('%s', async (_title, text, secret, reason) => {
    const result = await outcome(
      'typescript',
      text,
      secret.startsWith('sig=') ? text.slice(text.indexOf('sig=') + 4).split("'")[0]! : secret,
    );
    expect(result).toMatch(reason);
    expect(result).not.toContain(storageKey);
  });

  test.each([
    [
      'class of the same name from elsewhere',
      `import { BlobServiceClient } from './fake';\nconst s = ${open}('${storage}');\n`,
    ],
    [
      'parameter that shadows the import',
      `${blobs}function f(BlobServiceClient: any) { return ${open}('${storage}'); }\n`,
    ],
    ['text in a comment', `${blobs}// ${storage}\n`],
    [
      'type-only import',
      `import type { BlobServiceClient } from '@azure/storage-blob';\nconst s = ${open}('${storage}');\n`,
    ],
  ])('nothing is offered for a %s', async (_title, text) => {
    expect(await outcome('typescript', text, storageKey)).toBeUndefined();
  });
});

describe('Python', () => {
  test.each([
    [
      'generate_blob_sas',
      `from azure.storage.blob import BlobServiceClient, generate_blob_sas\nKEY = "${storageKey}"\nclient = BlobServiceClient("https://contosophotos.blob.core.windows.net", credential=KEY)\nsas = generate_blob_sas("contosophotos", "c", "b", account_key=KEY)\n`,
      /generate_blob_sas.*user delegation key/su,
    ],
    [
      'name assigned in two branches',
      `from azure.storage.blob import BlobServiceClient\nif prod:\n    CS = "${storage}"\nelse:\n    CS = ""\nclient = BlobServiceClient.from_connection_string(CS)\n`,
      /line/u,
    ],
    [
      'value formatted into another',
      `from azure.storage.blob import BlobServiceClient\nclient = BlobServiceClient.from_connection_string("AccountName=a1b;AccountKey={}".format("${storageKey}"))\n`,
      undefined,
    ],
    [
      'argument by position that the client does not take there',
      `from azure.storage.blob import BlobServiceClient\nclient = BlobServiceClient.from_connection_string("${storage}", None)\n`,
      /arguments by position/u,
    ],
    [
      'attribute of an object of unknown type',
      `from azure.storage.blob import BlobServiceClient\nclass S:\n    cs = "${storage}"\ndef f(settings: S):\n    return BlobServiceClient.from_connection_string(settings.cs)\n`,
      undefined,
    ],
  ])('%s', async (_title, text, reason) => {
    const result = await outcome('python', text, storageKey);
    if (reason === undefined) expect(result).toBeUndefined();
    else expect(result).toMatch(reason);
  });

  test('a module constant is removed, and other modules are named as something to check', async () => {
    const text = `from azure.storage.blob import BlobServiceClient\nCS = "${storage}"\nclient = BlobServiceClient.from_connection_string(CS)\n`;
    const start = text.indexOf(storageKey);
    const result = await fixText(
      { uri: 'a.py', languageId: 'python', text },
      { start, end: start + storageKey.length },
    );
    if (result === undefined || 'refusal' in result) throw new Error(result?.refusal ?? 'nothing offered');
    expect(result.fix.followUps.map(({ kind }) => kind)).toContain('checkOtherUses');
    expect(result.text).not.toContain('CS');
  });
});

describe('C#', () => {
  test.each([
    [
      'GenerateSasUri',
      `using Azure.Storage.Blobs;\nvar c = new BlobClient("${storage}", "a", "b");\nvar u = c.GenerateSasUri(default, default);\n`,
      /GenerateSasUri.*user delegation key/su,
    ],
    [
      'public constant',
      `using Azure.Storage.Blobs;\npublic static class Settings { public const string Cs = "${storage}"; static object C = new BlobServiceClient(Cs); }\n`,
      /outside this file/u,
    ],
  ])('%s', async (_title, text, reason) => {
    expect(await outcome('csharp', text, storageKey)).toMatch(reason);
  });
});

describe('Java', () => {
  const imports = 'import com.azure.storage.blob.*;\nimport com.azure.storage.common.*;\n';
  const identity = 'import com.azure.identity.*;\n';
  const secret = standIns.entraClientSecret();
  const signIn = `new ClientSecretCredentialBuilder().tenantId("t").clientId("c").clientSecret("${secret}")`;
  const open = `new BlobServiceClientBuilder().connectionString("${storage}")`;
  test.each([
    [
      'generateSas',
      `${imports}class A { Object c = ${open}.buildClient(); String s() { return c.generateSas(v); } }`,
      storageKey,
      /generateSas.*user delegation key/su,
    ],
    [
      'a key that also signs',
      `${imports}class A { void f() { var k = new StorageSharedKeyCredential("a", "${storageKey}"); var c = new BlobServiceClientBuilder().endpoint(e).credential(k).buildClient(); values.generateSasQueryParameters(k); } }`,
      storageKey,
      /user delegation key/u,
    ],
    [
      'public constant',
      `${imports}public class A { public static final String CS = "${storage}"; Object c = new BlobServiceClientBuilder().connectionString(CS).buildClient(); }`,
      storageKey,
      /outside this file/u,
    ],
    [
      'a builder that has a credential',
      `${imports}class A { Object c = ${open}.credential(other).buildClient(); }`,
      storageKey,
      /already passes credential/u,
    ],
    [
      'a builder made elsewhere',
      `${imports}class A { void f(BlobServiceClientBuilder b) { var cs = "${storage}"; new BlobServiceClientBuilder().connectionString(cs); b.connectionString(cs); } }`,
      storageKey,
      /passed to connectionString on line 3/u,
    ],
    [
      'local emulator',
      `${imports}class A { Object c = new BlobServiceClientBuilder().endpoint("http://127.0.0.1:10000/devstoreaccount1").credential(new StorageSharedKeyCredential("a", "${storageKey}")).buildClient(); }`,
      storageKey,
      /emulator/u,
    ],
    ['syntax error', `${imports}class A { void f() { var c = ${open}.buildClient() } }`, storageKey, /syntax error/u],
    [
      'comment that would be lost',
      `${imports}class A { Object c = new BlobServiceClientBuilder().connectionString(/* east */ "${storage}").buildClient(); }`,
      storageKey,
      /comment/iu,
    ],
    [
      'options of the old credential',
      `${identity}class A { Object c = ${signIn}.authorityHost(h).build(); }`,
      secret,
      /options along with the secret/u,
    ],
    [
      'a method that returns the old type',
      `${identity}class A { ClientSecretCredential c() { return ${signIn}.build(); } }`,
      secret,
      /under its own type/u,
    ],
    [
      'a field of the old type',
      `${identity}class A { final ClientSecretCredential c; A() { this.c = ${signIn}.build(); } }`,
      secret,
      /under its own type/u,
    ],
    [
      'another type of the same name',
      `import mine.DefaultAzureCredentialBuilder;\n${imports}class A { Object c = ${open}.buildClient(); }`,
      storageKey,
      /for something else/u,
    ],
  ])('%s', async (_title, text, found, reason) => {
    expect(await outcome('java', text, found)).toMatch(reason);
  });

  test('a method that returns any token credential', async () => {
    const text = `${identity}class A { TokenCredential c() { return ${signIn}.build(); } }`;
    expect(await outcome('java', text, secret)).toContain('{ return new DefaultAzureCredentialBuilder().build(); }');
  });
});

describe('Go', () => {
  const blob = '"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob"';
  const identity = '"github.com/Azure/azure-sdk-for-go/sdk/azidentity"';
  const source = (imports: string, body: string): string => `package p\n\nimport ${imports}\n\n${body}\n`;
  const open = `azblob.NewClientFromConnectionString("${storage}", nil)`;
  const secret = standIns.entraClientSecret();
  const signIn = `azidentity.NewClientSecretCredential("t", "c", "${secret}", nil)`;
  test.each([
    ['a package variable', source(blob, `var client, err = ${open}`), storageKey, /No function surrounds/u],
    [
      'errors that are dropped',
      source(blob, `func f() {\n\tclient, _ := ${open}\n\tuse(client)\n}`),
      storageKey,
      /reports errors is not clear/u,
    ],
    [
      'errors that go elsewhere',
      source(
        blob,
        `func f() {\n\tclient, err := ${open}\n\tif err != nil {\n\t\treport(err)\n\t\treturn\n\t}\n\tuse(client)\n}`,
      ),
      storageKey,
      /reports errors is not clear/u,
    ],
    [
      'a result without a known zero value',
      source(blob, `func f() (Photos, error) {\n\tclient, err := ${open}\n\treturn Photos{client}, err\n}`),
      storageKey,
      /reports errors is not clear/u,
    ],
    [
      'a variable that would be left over',
      source(
        blob,
        `func f(id int) error {\n\taccount := name(id)\n\tkey, err := azblob.NewSharedKeyCredential(account, "${storageKey}")\n\tif err != nil {\n\t\treturn err\n\t}\n\t_, err = azblob.NewClientWithSharedKeyCredential(url, key, nil)\n\treturn err\n}`,
      ),
      storageKey,
      /account would be left without a use/u,
    ],
    [
      'GetSASURL',
      source(
        blob,
        `func f() error {\n\tclient, err := ${open}\n\tif err != nil {\n\t\treturn err\n\t}\n\tclient.ServiceClient().GetSASURL(r, p, t, nil)\n\treturn nil\n}`,
      ),
      storageKey,
      /GetSASURL.*user delegation key/su,
    ],
    [
      'exported constant',
      source(
        blob,
        `const CS = "${storage}"\n\nfunc f() (*azblob.Client, error) { return azblob.NewClientFromConnectionString(CS, nil) }`,
      ),
      storageKey,
      /outside this file/u,
    ],
    [
      'another use',
      source(
        blob,
        `func f() (*azblob.Client, error) {\n\tcs := "${storage}"\n\tqueue(cs)\n\treturn azblob.NewClientFromConnectionString(cs, nil)\n}`,
      ),
      storageKey,
      /passed to queue on line 7/u,
    ],
    [
      'a function that returns the old type',
      source(identity, `func f() (*azidentity.ClientSecretCredential, error) {\n\treturn ${signIn}\n}`),
      secret,
      /under its own type/u,
    ],
    [
      'a variable of the old type',
      source(
        identity,
        `var cred *azidentity.ClientSecretCredential\n\nfunc f() (err error) {\n\tcred, err = ${signIn}\n\treturn\n}`,
      ),
      secret,
      /under its own type/u,
    ],
    [
      'package name that is taken',
      source(blob, `func f(azidentity string) (*azblob.Client, error) {\n\treturn ${open}\n}`),
      storageKey,
      /for something else/u,
    ],
    [
      'local emulator',
      source(
        blob,
        `func f() (*azblob.Client, error) {\n\treturn azblob.NewClientFromConnectionString("UseDevelopmentStorage=true;AccountKey=${storageKey}", nil)\n}`,
      ),
      storageKey,
      /emulator/u,
    ],
    [
      'syntax error',
      source(blob, `func f() (*azblob.Client, error) {\n\treturn ${open.slice(0, -1)}\n}`),
      storageKey,
      /syntax error/u,
    ],
  ])('%s', async (_title, text, found, reason) => {
    expect(await outcome('go', text, found)).toMatch(reason);
  });

  test.each([
    [
      'a function without results',
      `func f() {\n\tclient, err := ${open}\n\tif err != nil {\n\t\tlog.Fatalf("no client for %s: %v", id, err)\n\t}\n\tuse(client)\n}`,
      'if err != nil {\n\t\tlog.Fatalf("no client for %s: %v", id, err)\n\t}\n\tclient, err := azblob.NewClient(',
    ],
    [
      'an error of its own scope',
      `func f() {\n\tif client, err := ${open}; err != nil {\n\t\tpanic(err)\n\t} else {\n\t\tuse(client)\n\t}\n}`,
      'cred, err := azidentity.NewDefaultAzureCredential(nil)\n\tif err != nil {\n\t\tpanic(err)\n\t}\n\tif client, err := azblob.NewClient(',
    ],
    [
      'an error that is declared alone afterwards',
      `func f() error {\n\tif _, err := ${open}; err != nil {\n\t\treturn err\n\t}\n\terr := g()\n\treturn err\n}`,
      'cred, credErr := azidentity.NewDefaultAzureCredential(nil)\n\tif credErr != nil {\n\t\treturn credErr\n\t}\n',
    ],
    [
      'a client that only the error tells of',
      `func f() error {\n\t_, err := ${open}\n\treturn err\n}`,
      'cred, credErr := azidentity',
    ],
    [
      'names that are taken',
      `func f(cred string) error {\n\tclient, err := ${open}\n\tuse(client, cred)\n\treturn err\n}`,
      'credential, err := azidentity',
    ],
    [
      'a function in a function',
      `func f() {\n\trun(func() (string, error) {\n\t\tclient, err := ${open}\n\t\tuse(client)\n\t\treturn "", err\n\t})\n}`,
      '\t\tcred, err := azidentity.NewDefaultAzureCredential(nil)\n\t\tif err != nil {\n\t\t\treturn "", err\n\t\t}\n\t\tclient, err',
    ],
    [
      'a package that only the client is named with',
      `func f() error {\n\tkey, err := azblob.NewSharedKeyCredential("a", "${storageKey}")\n\tif err != nil {\n\t\treturn err\n\t}\n\t_, err = azblob.NewClientWithSharedKeyCredential(url, key, nil)\n\treturn err\n}`,
      'sdk/storage/azblob"\n\nfunc f() error {\n\tkey, err := azidentity.NewDefaultAzureCredential(nil)\n',
    ],
  ])('fixed: %s', async (_title, body, expected) => {
    expect(await outcome('go', source(blob, body), storageKey)).toContain(expected);
  });
});

test.each(['java', 'go', 'plaintext', 'json'])('nothing is offered for %s', async languageId => {
  expect(await outcome(languageId, `BlobServiceClient("${storage}")`, storageKey)).toBeUndefined();
});
