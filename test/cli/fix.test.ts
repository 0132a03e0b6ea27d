import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createStandIns } from '../../src/core/secrets/stand-ins.ts';
import { folderWith, keyless } from '../harness/cli.ts';

const standIns = createStandIns(11);
const key = standIns.storageAccountKey();
const connection = `DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=${key};EndpointSuffix=core.windows.net`;
const before = [
  "import { BlobServiceClient } from '@azure/storage-blob';",
  '',
  '// One client for the whole process.',
  `export const blobs = BlobServiceClient.fromConnectionString('${connection}');`,
  '',
].join('\n');
const manifest = JSON.stringify({ name: 'shop', dependencies: { '@azure/storage-blob': '^12.0.0' } }, null, 2) + '\n';

describe('keyless fix', () => {
  it('shows a unified diff with masked secrets and writes nothing', async () => {
    await using folder = await folderWith({ 'src/a.ts': before, 'package.json': manifest });
    const { code, stdout } = await keyless(['fix'], folder.path);
    expect(code).toBe(0);
    expect(stdout).toContain('--- a/src/a.ts');
    expect(stdout).toContain('+++ b/src/a.ts');
    expect(stdout).toMatch(/^\+.*new BlobServiceClient\('https:\/\/contoso\.blob\.core\.windows\.net'/m);
    expect(stdout).toMatch(/^\+.*"@azure\/identity"/m);
    expect(stdout).not.toContain(key);
    expect(await readFile(join(folder.path, 'src/a.ts'), 'utf8')).toBe(before);
  });

  it('writes code and manifest together, and a second run finds nothing', async () => {
    await using folder = await folderWith({ 'src/a.ts': before, 'package.json': manifest });
    const { code, stderr } = await keyless(['fix', '--write'], folder.path);
    expect(code).toBe(0);
    expect(stderr).toContain('Fixed 1 of 1 findings in 2 files');
    const after = await readFile(join(folder.path, 'src/a.ts'), 'utf8');
    expect(after).not.toContain(key);
    expect(after).toContain("import { DefaultAzureCredential } from '@azure/identity';");
    expect(after).toContain('// One client for the whole process.');
    const { dependencies } = JSON.parse(await readFile(join(folder.path, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    expect(dependencies['@azure/identity']).toMatch(/^\^\d/);
    expect((await keyless(['scan'], folder.path)).code).toBe(0);
    expect((await keyless(['fix'], folder.path)).stdout).toBe('');
  });

  it('lists a refusal with its reason on stderr, keeps the file and exits 1', async () => {
    const unknown = `export const secret = 'AccountName=contoso;AccountKey=${key}';\nupload(secret);\n`;
    await using folder = await folderWith({ 'a.ts': unknown });
    const { code, stdout, stderr } = await keyless(['fix', '--write'], folder.path);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^a\.ts:1:\d+: storage-account-key: not fixed: .{20,}$/m);
    expect(await readFile(join(folder.path, 'a.ts'), 'utf8')).toBe(unknown);
  });

  it('fixes one rule only when told so', async () => {
    await using folder = await folderWith({ 'a.ts': before, 'package.json': manifest });
    const { code, stdout } = await keyless(['fix', '--rule', 'cosmos-account-key'], folder.path);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect((await keyless(['fix', '--rule', 'no-such-rule'], folder.path)).code).toBe(2);
  });

  it('keeps CRLF, byte order mark and UTF-16 as they were', async () => {
    const crlf = before.replaceAll('\n', '\r\n');
    await using folder = await folderWith({
      'bom.ts': Buffer.from('\ufeff' + crlf, 'utf8'),
      'utf16.ts': Buffer.from('\ufeff' + crlf, 'utf16le'),
    });
    const { stderr } = await keyless(['fix', '--write'], folder.path);
    expect(stderr).toContain('Fixed 2 of 2');
    const bom = await readFile(join(folder.path, 'bom.ts'));
    expect([...bom.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(bom.toString('utf8').replaceAll('\r\n', '')).not.toContain('\n');
    const utf16 = (await readFile(join(folder.path, 'utf16.ts'))).toString('utf16le');
    expect(utf16).toContain('\ufeffimport');
    expect(utf16).toContain('new DefaultAzureCredential()');
  });
});
