import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createStandIns } from '../../src/core/secrets/stand-ins.ts';
import { folderWith, keyless } from '../harness/cli.ts';

const standIns = createStandIns(11);
const key = standIns.storageAccountKey();
const connection = `DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=${key};EndpointSuffix=core.windows.net`;
const connectionOf = (account: string): string =>
  connection.replace('contoso', account).replace(key, standIns.storageAccountKey());
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

  it('says each step once, however many findings need it, and what became of findings that another file cured', async () => {
    const blobs = (name: string) => before.replace(connection, connectionOf(name));
    const secret = standIns.entraClientSecret();
    const vault = `import { ClientSecretCredential } from '@azure/identity';\n\nexport const credential = new ClientSecretCredential('tenant', 'client', '${secret}');\n`;
    await using folder = await folderWith({
      '.env': `AZURE_CLIENT_SECRET=${standIns.entraClientSecret()}\n`,
      'a.ts': blobs('one'),
      'b.ts': blobs('two'),
      'c.ts': blobs('two'),
      'vault.ts': vault,
      'package.json': manifest,
    });
    const { code, stderr } = await keyless(['fix'], folder.path);
    expect({ code, sum: /^Would fix .*$/m.exec(stderr)?.[0] }).toEqual({
      code: 0,
      sum: 'Would fix 5 of 5 findings in 6 files.',
    });
    const steps = stderr.split('\n').filter(line => line.startsWith('next: '));
    expect(steps.filter(step => step.includes('on Azure Blob Storage'))).toHaveLength(1);
    expect(steps.filter(step => step.includes('Rotate the old secret of Azure Blob Storage'))).toEqual([
      'next: Rotate the old secret of Azure Blob Storage: it has been readable in a.ts, b.ts and c.ts, and the history keeps it.',
    ]);
    // One command for each account that is known, and none for any.
    const grants = stderr.split('\n').filter(line => line.includes('"Storage Blob Data'));
    expect(grants.filter(line => line.includes('az role assignment create'))).toHaveLength(2);

    const json = await keyless(['fix', '--format', 'json'], folder.path);
    const report = JSON.parse(json.stdout) as {
      readonly summary: object;
      readonly next: readonly { readonly kind: string; readonly commands?: readonly string[] }[];
      readonly changes: readonly { readonly file: string; readonly diff: string }[];
    };
    expect(report.summary).toEqual({ fixed: 5, left: 0, files: 6 });
    expect(report.changes.map(({ file }) => file).toSorted()).toEqual(
      ['.env', 'a.ts', 'b.ts', 'c.ts', 'package.json', 'vault.ts'].toSorted(),
    );
    expect(report.next.filter(({ kind, commands }) => kind === 'grantRole' && commands?.length === 2)).toHaveLength(1);
    expect(json.stdout).not.toContain(secret);
    expect(json.stdout).not.toContain(key);
    expect((await keyless(['fix', '--format', 'xml'], folder.path)).code).toBe(2);
  });

  it('tells in JSON where what is left stands, and why', async () => {
    await using folder = await folderWith({ 'a.yaml': `\nclient_secret: "${standIns.entraClientSecret()}"\n` });
    const { code, stdout } = await keyless(['fix', '--format', 'json'], folder.path);
    const { left } = JSON.parse(stdout) as { readonly left: readonly { readonly reason: string }[] };
    expect({ code, left }).toEqual({
      code: 1,
      left: [
        expect.objectContaining({ file: 'a.yaml', ruleId: 'entra-client-secret', start: { line: 1, character: 16 } }),
      ],
    });
    expect(left[0]?.reason.length).toBeGreaterThan(20);
  });
});
