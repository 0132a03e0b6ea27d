import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createStandIns } from '../../src/core/secrets/stand-ins.ts';
import { folderWith, keyless } from '../harness/cli.ts';

const standIns = createStandIns(17);
const key = standIns.storageAccountKey();
const connection = `DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=${key};EndpointSuffix=core.windows.net`;
const client = (name: string): string =>
  `import { BlobServiceClient } from '@azure/storage-blob';\n\nexport const ${name} = BlobServiceClient.fromConnectionString(process.env.STORAGE_CONNECTION);\n`;
const read = (folder: { readonly path: string }, file: string): Promise<string> =>
  readFile(join(folder.path, file), 'utf8');

describe('keyless fix of settings and the code that reads them', () => {
  it('renames the setting to the endpoint that its value names, in every file, and rewrites all its readers', async () => {
    await using folder = await folderWith({
      '.env': `# storage\r\nexport STORAGE_CONNECTION="${connection}" # production\r\nOTHER=1\r\n`,
      '.env.example': 'STORAGE_CONNECTION=<your-connection-string>\n',
      'src/a.js': client('a'),
      'src/b.js': client('b'),
      'package.json': '{\n  "type": "module",\n  "dependencies": {}\n}\n',
    });
    const { code, stderr } = await keyless(['fix', '--write'], folder.path);
    expect({ code, first: stderr.split('\n')[0] }).toEqual({ code: 0, first: 'Fixed 1 of 1 findings in 5 files.' });
    expect(await read(folder, '.env')).toBe(
      '# storage\r\nexport AZURE_STORAGE_BLOB_ENDPOINT="https://contoso.blob.core.windows.net" # production\r\nOTHER=1\r\n',
    );
    expect(await read(folder, '.env.example')).toBe(
      'AZURE_STORAGE_BLOB_ENDPOINT=https://<account>.blob.core.windows.net\n',
    );
    for (const name of ['a', 'b']) {
      expect(await read(folder, `src/${name}.js`)).toContain(
        'new BlobServiceClient(process.env.AZURE_STORAGE_BLOB_ENDPOINT, new DefaultAzureCredential())',
      );
    }
    expect(await read(folder, 'package.json')).toContain('"@azure/identity"');
    expect((await keyless(['scan'], folder.path)).code).toBe(0);
  });

  it('writes local.settings.json and sections of appsettings.json in their own way', async () => {
    const program = `using Azure.Storage.Blobs;\n\nvar builder = WebApplication.CreateBuilder(args);\nvar blobs = new BlobServiceClient(builder.Configuration["Storage:ConnectionString"]);\n`;
    await using folder = await folderWith({
      'appsettings.json': `{\n  // for everyone\n  "Storage": {\n    "ConnectionString": "${connection}",\n    "Container": "photos"\n  }\n}\n`,
      'Program.cs': program,
    });
    expect((await keyless(['fix', '--write'], folder.path)).code).toBe(0);
    expect(await read(folder, 'appsettings.json')).toBe(
      '{\n  // for everyone\n  "Storage": {\n    "BlobEndpoint": "https://contoso.blob.core.windows.net",\n    "Container": "photos"\n  }\n}\n',
    );
    expect(await read(folder, 'Program.cs')).toContain('new Uri(builder.Configuration["Storage:BlobEndpoint"])');
  });

  it('leaves everything as it is while something else reads the setting, and says where', async () => {
    const files = {
      '.env': `STORAGE_CONNECTION=${connection}\n`,
      'src/a.js': client('a'),
      'src/b.js': 'upload(process.env.STORAGE_CONNECTION);\n',
    };
    await using folder = await folderWith(files);
    const { code, stderr } = await keyless(['fix', '--write'], folder.path);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /\.env:1:\d+: storage-account-key: not fixed: b\.js also reads STORAGE_CONNECTION\. .*upload/,
    );
    for (const [file, text] of Object.entries(files)) expect(await read(folder, file)).toBe(text);
  });

  it('does not touch a setting that nothing in the code connects with', async () => {
    const text = `STORAGE_CONNECTION=${connection}\n`;
    await using folder = await folderWith({ '.env': text });
    const { code, stderr } = await keyless(['fix', '--write'], folder.path);
    expect(code).toBe(1);
    expect(stderr).toMatch(/not fixed: .*code/);
    expect(await read(folder, '.env')).toBe(text);
  });

  it('refuses where the setting connects to the emulator in another file', async () => {
    await using folder = await folderWith({
      '.env': 'STORAGE_CONNECTION=UseDevelopmentStorage=true\n',
      '.env.production': `STORAGE_CONNECTION=${connection}\n`,
      'a.js': client('a'),
    });
    const { code, stderr } = await keyless(['fix', '--write'], folder.path);
    expect(code).toBe(1);
    expect(stderr).toContain('In .env the setting STORAGE_CONNECTION connects to a local emulator');
    expect(await read(folder, 'a.js')).toBe(client('a'));
  });

  it('takes away what would defeat the rewrite', async () => {
    const apiKey = standIns.azureOpenAIKey();
    await using folder = await folderWith({
      '.env': 'AZURE_OPENAI_API_KEY=<key>\nAZURE_OPENAI_ENDPOINT=https://contoso.openai.azure.com\n',
      'a.mjs': `import { AzureOpenAI } from 'openai';\n\nexport const client = new AzureOpenAI({ apiKey: '${apiKey}', endpoint: 'https://contoso.openai.azure.com', apiVersion: '2024-10-21' });\n`,
    });
    const { stderr } = await keyless(['fix', '--write'], folder.path);
    expect(stderr).toContain('Fixed 1 of 1');
    expect(await read(folder, '.env')).toBe('AZURE_OPENAI_ENDPOINT=https://contoso.openai.azure.com\n');
  });

  it('never lets two settings of different accounts become one', async () => {
    const other = connection.replace('contoso', 'fabrikam').replace(key, standIns.storageAccountKey());
    const files = {
      '.env': `FIRST=${connection}\nSECOND=${other}\n`,
      'a.js': client('a').replace('STORAGE_CONNECTION', 'FIRST'),
      'b.js': client('b').replace('STORAGE_CONNECTION', 'SECOND'),
    };
    await using folder = await folderWith(files);
    expect((await keyless(['fix', '--write'], folder.path)).code).toBe(0);
    const settings = new Map(
      (await read(folder, '.env')).split('\n').map(line => line.split('=', 2) as [string, string]),
    );
    for (const [file, account] of [
      ['a.js', 'contoso'],
      ['b.js', 'fabrikam'],
    ] as const) {
      const name = /process\.env\.(\w+)/.exec(await read(folder, file))?.[1] ?? '';
      expect(settings.get(name)).toBe(`https://${account}.blob.core.windows.net`);
    }
  });
});
