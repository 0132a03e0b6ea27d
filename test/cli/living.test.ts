import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ScanReport } from '../../src/core/report/scan-report.ts';
import schema from '../../media/keyless.schema.json' with { type: 'json' };
import { parseConfig } from '../../src/core/engine/config-parser.ts';
import { createStandIns } from '../../src/core/secrets/stand-ins.ts';
import { folderWith, keyless } from '../harness/cli.ts';
import { commitAll, git } from '../harness/git.ts';

const standIns = createStandIns(41);
const keys = [1, 2, 3].map(() => standIns.storageAccountKey());
const line = (index: number): string => `k${index} = "AccountName=contoso;AccountKey=${keys[index]!}"\n`;

async function report(
  args: readonly string[],
  cwd: string,
): Promise<ScanReport & { code: number | null; stderr: string }> {
  const { code, stdout, stderr } = await keyless(['scan', ...args, '--format', 'json'], cwd);
  for (const key of keys) expect(stdout + stderr).not.toContain(key);
  return { ...(JSON.parse(stdout) as ScanReport), code, stderr };
}

const files = ({ findings }: ScanReport): string[] => findings.map(({ file }) => file);

describe('settings files', () => {
  it('turn rules off and down, leave files out and suppress, folder by folder', async () => {
    await using folder = await folderWith({
      '.keyless.json': `{
        // For the whole repository.
        "rules": { "storage-account-key": "warning" },
        "ignore": ["fixtures/", "*.gen.py"],
        "suppressions": [
          { "rule": "storage-account-key", "path": "app/settings.json", "reason": "made up" },
          { "rule": "storage-account-key", "path": "old.py", "reason": "made up", "expires": "2020-01-01" },
        ],
      }`,
      'a.py': line(0),
      'old.py': line(0),
      'fixtures/deep/a.py': line(0),
      'b.gen.py': line(0),
      'app/settings.json': JSON.stringify({ k: `AccountName=contoso;AccountKey=${keys[1]!}` }),
      'legacy/.keyless.json': JSON.stringify({ rules: { 'storage-account-key': 'off' } }),
      'legacy/a.py': line(2),
    });
    const found = await report([], folder.path);
    expect(found).toMatchObject({ code: 1, stderr: '', summary: { suppressed: 1 } });
    expect(found.findings.map(({ file, severity }) => `${file} ${severity}`)).toEqual([
      'a.py warning',
      'old.py warning',
    ]);
    expect(found.findings[1]?.message).toContain('Its suppression expired on 2020-01-01.');
    const named = await report(['b.gen.py'], folder.path);
    expect(named).toMatchObject({ code: 0, findings: [] });
    expect(named.stderr).toBe('keyless scan: b.gen.py: left out by "ignore" in .keyless.json\n');
  });

  it('that are wrong are told of by line, and never stop the scan', async () => {
    await using folder = await folderWith({
      '.keyless.json': '{\n  "rules": { "storage-acount-key": "off" },\n  "baseline": 1\n}',
      'a.py': line(0),
    });
    const found = await report([], folder.path);
    expect(found.code).toBe(1);
    expect(found.stderr.split('\n')).toEqual([
      expect.stringContaining('.keyless.json:2:14: There is no rule "storage-acount-key"') as string,
      expect.stringContaining('.keyless.json:3:15: "baseline" takes text') as string,
      '',
    ]);
  });

  it('hold for fixes, too', async () => {
    const code = `import { BlobServiceClient } from '@azure/storage-blob';\nexport const a = BlobServiceClient.fromConnectionString('DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=${keys[0]!};EndpointSuffix=core.windows.net');\n`;
    await using folder = await folderWith({
      '.keyless.json': JSON.stringify({ rules: { 'storage-account-key': 'off' } }),
      'a.ts': code,
    });
    expect(await keyless(['fix', '--write'], folder.path)).toMatchObject({ code: 0 });
    expect(await readFile(join(folder.path, 'a.ts'), 'utf8')).toBe(code);
  });

  it('keeps suppressed secrets out of the diff, too', async () => {
    const client = (key: string): string =>
      `BlobServiceClient.fromConnectionString('DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=${key};EndpointSuffix=core.windows.net');`;
    await using folder = await folderWith({
      'a.ts': `import { BlobServiceClient } from '@azure/storage-blob';\nexport const a = ${client(keys[0]!)}\nexport const b = ${client(keys[1]!)} // keyless-ignore -- made up\n`,
    });
    const { stdout } = await keyless(['fix'], folder.path);
    expect(stdout).toContain('+++ b/a.ts');
    expect(stdout).toContain('AccountKey=***');
    for (const key of keys) expect(stdout).not.toContain(key);
  });
});

it('the settings file that the README shows is right', async () => {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  const shown = /```jsonc\n(?<text>[\s\S]*?)```/u.exec(readme)?.groups?.['text'] ?? '';
  const { config, problems } = parseConfig(shown);
  expect(problems).toEqual([]);
  expect(Object.keys(config)).toEqual(Object.keys(schema.properties).filter(name => name !== '$schema'));
});

describe('files that git ignores', () => {
  it('are left out unless asked for, and are information then', async () => {
    await using folder = await folderWith({
      '.gitignore': '.env.local\nsecret/\n',
      '.env.local': line(0),
      'secret/a.py': line(1),
      'a.py': 'x\n',
    });
    await git(folder.path, ['init', '--quiet']);
    expect(files(await report([], folder.path))).toEqual([]);
    const asked = await report(['--include-ignored'], folder.path);
    expect(asked.findings.map(({ file, severity }) => `${file} ${severity}`)).toEqual([
      '.env.local information',
      'secret/a.py information',
    ]);
    expect(asked.findings[0]?.message).toContain('not committed, but still a key');
    expect((await report(['.env.local'], folder.path)).findings[0]?.severity).toBe('information');
    await writeFile(join(folder.path, '.keyless.json'), '{ "includeIgnored": true }');
    expect(files(await report([], folder.path))).toEqual(['.env.local', 'secret/a.py']);
  });

  it('are scanned all the same, as what they are, when they are committed', async () => {
    await using folder = await folderWith({
      '.gitignore': '.env\nout/\n',
      '.env': line(0),
      'out/deep/a.py': line(1),
      'out/deep/b.py': line(2),
    });
    await git(folder.path, ['init', '--quiet']);
    await git(folder.path, ['add', '--force', '.env', 'out/deep/a.py']);
    const found = await report([], folder.path);
    expect(found.findings.map(({ file, severity }) => `${file} ${severity}`)).toEqual([
      '.env error',
      'out/deep/a.py error',
    ]);
  });
});

describe('a baseline', () => {
  it('hides what it knows over moved lines, reports what is new, and counts what is gone', async () => {
    await using folder = await folderWith({ 'a.py': line(0), 'sub/b.py': line(1), 'gone.py': line(2) });
    await git(folder.path, ['init', '--quiet']);
    const written = await keyless(['scan', '--update-baseline'], folder.path);
    expect(written).toMatchObject({ code: 0, stdout: '' });
    const text = await readFile(join(folder.path, '.keyless-baseline.json'), 'utf8');
    for (const key of keys) expect(text).not.toContain(key);
    expect(Object.keys((JSON.parse(text) as { findings: object[] }).findings[0]!)).toEqual([
      'path',
      'rule',
      'fingerprint',
    ]);
    expect(await report([], folder.path)).toMatchObject({ code: 0, findings: [], summary: { baselined: 3, stale: 0 } });

    await writeFile(join(folder.path, 'a.py'), `import os\n\n\n    ${line(0)}`);
    await rm(join(folder.path, 'gone.py'));
    await writeFile(join(folder.path, 'new.py'), line(2));
    const later = await report([], folder.path);
    expect(later).toMatchObject({ code: 1, summary: { baselined: 2, stale: 1 } });
    expect(files(later)).toEqual(['new.py']);
    const { stdout } = await keyless(['scan'], folder.path);
    expect(stdout).toContain('2 in the baseline');
    expect(stdout).toContain('1 entry of the baseline no longer found');

    // A part says nothing of the rest, wherever one stands.
    const part = await report([], join(folder.path, 'sub'));
    expect(part).toMatchObject({ code: 0, summary: { baselined: 1, stale: 1 } });
    await keyless(['scan', 'new.py', '--update-baseline'], folder.path);
    const updated = await report([], folder.path);
    expect(updated).toMatchObject({ code: 0, summary: { baselined: 3, stale: 0 } });
  });

  it('is named on the command line or in the settings', async () => {
    await using folder = await folderWith({ 'a.py': line(0) });
    expect((await keyless(['scan', '--baseline', 'known.json'], folder.path)).stderr).toContain('--update-baseline');
    expect((await keyless(['scan', '--baseline', 'known.json', '--update-baseline'], folder.path)).code).toBe(0);
    expect((await keyless(['scan'], folder.path)).code).toBe(1);
    expect((await keyless(['scan', '--baseline', 'known.json'], folder.path)).code).toBe(0);
    await writeFile(join(folder.path, '.keyless.json'), '{ "baseline": "known.json" }');
    expect((await keyless(['scan'], folder.path)).code).toBe(0);
  });

  it.each([['{'], ['[]'], ['{ "version": 2, "findings": [] }'], ['{ "version": 1, "findings": [{ "path": 1 }] }']])(
    'that cannot be used is refused, not taken for an empty one: %s',
    async text => {
      await using folder = await folderWith({ 'a.py': line(0), '.keyless-baseline.json': text });
      const { code, stderr } = await keyless(['scan'], folder.path);
      expect(code).toBe(2);
      expect(stderr).toContain('.keyless-baseline.json cannot be used');
    },
  );

  it('tells two copies of one line apart', async () => {
    await using folder = await folderWith({ 'a.py': line(0) });
    await keyless(['scan', '--update-baseline'], folder.path);
    await writeFile(join(folder.path, 'a.py'), line(0) + line(0));
    expect(await report([], folder.path)).toMatchObject({ code: 1, summary: { baselined: 1 } });
  });

  it('does not hide a finding in another file', async () => {
    await using folder = await folderWith({ 'a.py': line(0) });
    await git(folder.path, ['init', '--quiet']);
    await commitAll(folder.path, 'one');
    await keyless(['scan', '--update-baseline'], folder.path);
    await mkdir(join(folder.path, 'sub'));
    await rename(join(folder.path, 'a.py'), join(folder.path, 'sub', 'a.py'));
    expect(await report([], folder.path)).toMatchObject({ code: 1, summary: { baselined: 0, stale: 1 } });
  });
});
