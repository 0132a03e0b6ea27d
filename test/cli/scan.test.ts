import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import { createStandIns } from '../../src/core/secrets/stand-ins.ts';
import type { ScanReport } from '../../src/core/report/scan-report.ts';
import { folderWith, keyless } from '../harness/cli.ts';

const standIns = createStandIns(7);
const key = standIns.storageAccountKey();
const connection = `DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=${key};EndpointSuffix=core.windows.net`;
const code = [
  "import { BlobServiceClient } from '@azure/storage-blob';",
  '',
  `export const blobs = BlobServiceClient.fromConnectionString('${connection}');`,
  '',
].join('\n');

describe('keyless scan', () => {
  it('exits 0 and says so when nothing is embedded', async () => {
    await using folder = await folderWith({ 'a.ts': 'export const answer = 42;\n' });
    const { code: exit, stdout, stderr } = await keyless(['scan'], folder.path);
    expect(stdout).toMatch(/^0 findings in 1 files/);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
  });

  it('reports the exact range of the secret value in the JSON contract', async () => {
    await using folder = await folderWith({ 'src/a.ts': code });
    const { code: exit, stdout } = await keyless(['scan', '--format', 'json'], folder.path);
    expect(exit).toBe(1);
    const report = JSON.parse(stdout) as ScanReport;
    const character = code.split('\n')[2]!.indexOf(key);
    expect(report.findings).toEqual([
      {
        ruleId: 'storage-account-key',
        severity: 'error',
        message: expect.stringContaining('contoso') as string,
        file: 'src/a.ts',
        range: { start: { line: 2, character }, end: { line: 2, character: character + key.length } },
        confidence: 'high',
        fingerprint: expect.stringMatching(/^[0-9a-f]{16,64}$/) as string,
        group: 1,
        fixes: expect.arrayContaining([
          expect.objectContaining({
            isPreferred: true,
            title: expect.stringContaining('DefaultAzureCredential') as string,
          }),
          expect.objectContaining({ id: 'suppress', isPreferred: false }),
        ]) as unknown,
      },
    ]);
    expect(report.tool).toEqual({ name: 'keyless', version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string });
    expect(report.summary).toEqual({
      files: 1,
      bytes: Buffer.byteLength(code),
      skipped: 0,
      suppressed: 0,
      baselined: 0,
      stale: 0,
      milliseconds: expect.any(Number) as number,
    });
  });

  it('gives one secret in several files one number, and points to its first place', async () => {
    const other = code.replace(key, standIns.storageAccountKey());
    await using folder = await folderWith({ 'a.ts': code, 'b.json': JSON.stringify({ c: connection }), 'c.ts': other });
    const { stdout } = await keyless(['scan', '--format', 'json'], folder.path);
    const report = JSON.parse(stdout) as ScanReport;
    expect(report.findings.map(({ file, group }) => [file, group])).toEqual([
      ['a.ts', 1],
      ['b.json', 1],
      ['c.ts', 2],
    ]);
    const text = await keyless(['scan'], folder.path);
    expect(text.stdout.match(/the same secret as .*/g)).toEqual([
      `the same secret as a.ts:3:${code.split('\n')[2]!.indexOf(key) + 1}`,
    ]);
  });

  it('writes SARIF with 1-based columns, rule help and relative URIs', async () => {
    await using folder = await folderWith({ 'sub folder/ä#.ts': code });
    const { code: exit, stdout } = await keyless(['scan', '--format', 'sarif', '--output', 'out.sarif'], folder.path);
    expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' });
    const log = JSON.parse(await readFile(join(folder.path, 'out.sarif'), 'utf8')) as Log;
    const run = log.runs[0]!;
    const result = run.results![0]!;
    const { artifactLocation, region } = result.locations![0]!.physicalLocation!;
    expect(artifactLocation).toEqual({ uri: 'sub%20folder/%C3%A4%23.ts', uriBaseId: 'SRCROOT' });
    const start = code.split('\n')[2]!.indexOf(key) + 1;
    expect(region).toEqual({ startLine: 3, startColumn: start, endLine: 3, endColumn: start + key.length });
    expect(run.tool.driver.rules![result.ruleIndex!]!.id).toBe(result.ruleId);
    expect(run.tool.driver.rules![0]!.help!.markdown).toContain('What to do');
  });

  it('never prints the secret, in any format', async () => {
    await using folder = await folderWith({ 'a.ts': code, '.env': `AZURE_STORAGE_CONNECTION_STRING=${connection}\n` });
    for (const args of [['scan'], ['scan', '--format', 'json'], ['scan', '--format', 'sarif'], ['fix']]) {
      const { stdout, stderr } = await keyless(args, folder.path);
      expect(stdout.length + stderr.length).toBeGreaterThan(0);
      expect(stdout + stderr).not.toContain(key);
      expect(stdout + stderr).not.toContain(key.slice(0, 20));
    }
  });

  it('names a path that does not exist and exits 2', async () => {
    await using folder = await folderWith({});
    const { code: exit, stderr } = await keyless(['scan', 'nowhere'], folder.path);
    expect(exit).toBe(2);
    expect(stderr).toContain('nowhere');
    expect(stderr).not.toContain(folder.path);
  });

  it('refuses an unknown format, option or command with exit 2', async () => {
    await using folder = await folderWith({});
    for (const args of [['scan', '--format', 'xml'], ['scan', '--frobnicate'], ['frobnicate'], []]) {
      const { code: exit, stderr } = await keyless(args, folder.path);
      expect(exit).toBe(2);
      expect(stderr).not.toBe('');
    }
  });

  it('says when the report cannot be written', async () => {
    await using folder = await folderWith({ 'a.ts': '' });
    const { code: exit, stderr } = await keyless(['scan', '--output', 'no/such/folder.json'], folder.path);
    expect(exit).toBe(2);
    expect(stderr).toContain('no/such/folder.json');
  });

  it('goes on past binary, huge and oddly encoded files', async () => {
    await using folder = await folderWith({
      'a.bin': Buffer.from([0, 1, 2, 3, 0, 255]),
      'utf16.ts': Buffer.from('\ufeff' + code, 'utf16le'),
      'broken.ts': Buffer.concat([Buffer.from([0xc3, 0x28, 0xff]), Buffer.from(code)]),
    });
    const { code: exit, stdout } = await keyless(['scan', '--format', 'json'], folder.path);
    const report = JSON.parse(stdout) as ScanReport;
    expect(exit).toBe(1);
    expect(report.findings.map(finding => finding.file).sort()).toEqual(['broken.ts', 'utf16.ts']);
    expect(report.summary.skipped).toBe(1);
  });
});

describe('keyless rules and explain', () => {
  it('lists every rule and explains each', async () => {
    await using folder = await folderWith({});
    const { code: exit, stdout } = await keyless(['rules', '--format', 'json'], folder.path);
    expect(exit).toBe(0);
    const { rules } = JSON.parse(stdout) as { rules: { id: string; title: string }[] };
    expect(rules.map(rule => rule.id)).toContain('storage-account-key');
    const page = await keyless(['explain', 'storage-account-key'], folder.path);
    expect(page.stdout).toContain('# ');
    expect(page.stdout).toContain('Why it matters');
    expect(page.stdout).toContain('new DefaultAzureCredential()');
    const unknown = await keyless(['explain', 'no-such-rule'], folder.path);
    expect(unknown.code).toBe(2);
  });
});
