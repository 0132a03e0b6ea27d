import { rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ScanReport } from '../../src/core/report/scan-report.ts';
import { createStandIns } from '../../src/core/secrets/stand-ins.ts';
import { CLI, folderWith, keyless } from '../harness/cli.ts';
import { commitAll, git } from '../harness/git.ts';

const standIns = createStandIns(31);
const [first, second] = [standIns.storageAccountKey(), standIns.storageAccountKey()];
const line = (key: string): string => `k = "AccountName=contoso;AccountKey=${key}"\n`;

async function report(args: readonly string[], cwd: string): Promise<ScanReport & { code: number | null }> {
  const { code, stdout, stderr } = await keyless(['scan', '--format', 'json', ...args], cwd);
  expect(stderr).toBe('');
  expect(stdout).not.toContain(first);
  expect(stdout).not.toContain(second);
  return { ...(JSON.parse(stdout) as ScanReport), code };
}

const places = ({ findings }: ScanReport): string[] =>
  findings.map(({ file, range, commit }) => [file, range.start.line, ...(commit ? [commit.id] : [])].join(':'));

describe('keyless scan --staged', () => {
  it('reads the index, not the files, and only what the next commit changes', async () => {
    await using folder = await folderWith({ 'old.py': line(first), 'a.py': 'x\n' });
    await git(folder.path, ['init', '--quiet']);
    // Before the first commit everything is new.
    await git(folder.path, ['add', 'old.py']);
    expect(places(await report(['--staged'], folder.path))).toEqual(['old.py:0']);
    await commitAll(folder.path, 'one');
    expect(await report(['--staged'], folder.path)).toMatchObject({ code: 0, findings: [], summary: { files: 0 } });
    await writeFile(join(folder.path, 'a.py'), `x\n${line(second)}`);
    expect((await report(['--staged'], folder.path)).code).toBe(0);
    await git(folder.path, ['add', 'a.py']);
    await writeFile(join(folder.path, 'a.py'), 'x\n');
    const staged = await report(['--staged'], folder.path);
    expect(staged.code).toBe(1);
    expect(places(staged)).toEqual(['a.py:1']);
    expect(places(await report(['--staged', 'old.py'], folder.path))).toEqual([]);
  });

  it('reads odd names, and neither links nor what is removed', async () => {
    await using folder = await folderWith({
      'gone.py': line(first),
      '-ä "b*.py': line(second),
      'sub/x.py': line(first),
    });
    await git(folder.path, ['init', '--quiet']);
    await git(folder.path, ['add', 'gone.py']);
    await git(folder.path, ['commit', '-qm', 'one']);
    await symlink(`AccountName=contoso;AccountKey=${first}`.replaceAll('/', '_'), join(folder.path, 'link'));
    await rm(join(folder.path, 'gone.py'));
    await git(folder.path, ['add', '--all']);
    const staged = await report(['--staged'], folder.path);
    expect(places(staged)).toEqual(['-ä "b*.py:0', 'sub/x.py:0']);
    expect(places(await report(['--staged', '--', '-ä "b*.py'], folder.path))).toEqual(['-ä "b*.py:0']);
    expect(places(await report(['--staged', '.'], join(folder.path, 'sub')))).toEqual(['x.py:0']);
  });

  it('as a hook keeps a commit with a secret from being made, `commit --all` too', async () => {
    await using folder = await folderWith({ 'a.py': 'x\n' });
    await git(folder.path, ['init', '--quiet']);
    await commitAll(folder.path, 'one');
    const hook = join(folder.path, '.git', 'hooks', 'pre-commit');
    await writeFile(hook, `#!/bin/sh\nexec "${process.execPath}" "${CLI}" scan --staged\n`, { mode: 0o755 });
    await writeFile(join(folder.path, 'a.py'), line(first));
    await expect(git(folder.path, ['commit', '--quiet', '--all', '-m', 'two'])).rejects.toThrow('1 finding in 1 files');
    await writeFile(join(folder.path, 'a.py'), 'y\n');
    await git(folder.path, ['commit', '--quiet', '--all', '-m', 'two']);
    expect(await git(folder.path, ['log', '--format=%s'])).toBe('two\none');
  });

  it('honours settings, comments and the baseline', async () => {
    await using folder = await folderWith({
      '.keyless.json': JSON.stringify({ ignore: ['fixtures/'] }),
      'fixtures/a.py': line(first),
      'b.py': `# keyless-ignore -- made up\n${line(first)}`,
      'c.py': line(second),
    });
    await git(folder.path, ['init', '--quiet']);
    await git(folder.path, ['add', '--all']);
    const staged = await report(['--staged'], folder.path);
    expect(places(staged)).toEqual(['c.py:0']);
    expect(staged.summary).toMatchObject({ suppressed: 1, baselined: 0 });
    expect((await keyless(['scan', '--update-baseline'], folder.path)).code).toBe(0);
    expect(await report(['--staged'], folder.path)).toMatchObject({ code: 0, summary: { baselined: 1, stale: 0 } });
  });
});

describe('keyless scan --history', () => {
  it('finds what was ever committed, once, with the commit that brought it', async () => {
    await using folder = await folderWith({ 'a.py': line(first), 'Logo.png': line(first) });
    await git(folder.path, ['init', '--quiet']);
    const one = await commitAll(folder.path, 'one', '2026-01-02T03:04:05Z');
    // The same secret in another version of the file is not news; another one is.
    await writeFile(join(folder.path, 'a.py'), `x\n${line(first)}`);
    await commitAll(folder.path, 'two', '2026-01-03T03:04:05Z');
    await writeFile(join(folder.path, 'a.py'), `x\n${line(second)}`);
    const three = await commitAll(folder.path, 'three', '2026-01-04T03:04:05+02:00');
    await rm(join(folder.path, 'a.py'));
    await commitAll(folder.path, 'four', '2026-01-05T03:04:05Z');
    expect((await report([], folder.path)).findings).toEqual([]);
    const history = await report(['--history'], folder.path);
    expect(history.code).toBe(1);
    expect(places(history)).toEqual([`a.py:0:${one}`, `a.py:1:${three}`]);
    expect(history.findings[1]?.commit?.date).toBe('2026-01-04T03:04:05+02:00');
    expect(history.findings[0]?.message).toContain(`commit ${one.slice(0, 12)} of 2026-01-02`);
    expect(history.findings[0]?.message).toMatch(/Rotate it: it stays in history/u);
    expect(history.findings[0]?.fixes).toEqual([]);
    expect(history.summary).toMatchObject({ files: 3, skipped: 0 });
    expect(places(await report(['--history', '--since', one], folder.path))).toEqual([
      expect.stringMatching(/^a\.py:1:/u),
      `a.py:1:${three}`,
    ]);
    expect(places(await report(['--history', '--since', 'HEAD'], folder.path))).toEqual([]);
    expect(places(await report(['--history', 'elsewhere'], folder.path))).toEqual([]);
  });

  it('sees other branches, stashes and what only a merge brought', async () => {
    await using folder = await folderWith({ 'a.py': 'a\n' });
    await git(folder.path, ['init', '--quiet']);
    await commitAll(folder.path, 'base');
    await git(folder.path, ['checkout', '-q', '-b', 'side']);
    await writeFile(join(folder.path, 'side.py'), line(first));
    await commitAll(folder.path, 'side');
    await git(folder.path, ['checkout', '-q', 'main']);
    await writeFile(join(folder.path, 'b.py'), 'b\n');
    await commitAll(folder.path, 'main');
    await git(folder.path, ['merge', '--quiet', '--no-commit', 'side']);
    await writeFile(join(folder.path, 'evil.py'), line(second));
    await commitAll(folder.path, 'merge');
    await writeFile(join(folder.path, 'a.py'), `# stashed\n${line(second)}`);
    await git(folder.path, ['stash', '--quiet']);
    const history = await report(['--history'], folder.path);
    expect(
      places(history)
        .map(place => place.replace(/:[^:]*$/u, ''))
        .sort(),
    ).toEqual(['a.py:1', 'evil.py:0', 'side.py:0']);
  });

  it('works in a bare repository, and one without a commit', async () => {
    await using folder = await folderWith({ 'a.py': line(first) });
    await git(folder.path, ['init', '--quiet']);
    expect((await report(['--history'], folder.path)).code).toBe(0);
    await commitAll(folder.path, 'one');
    await using bare = await folderWith({});
    await git(bare.path, ['clone', '--quiet', '--bare', folder.path, 'copy.git']);
    expect((await report(['--history'], join(bare.path, 'copy.git'))).findings).toHaveLength(1);
  });

  it('reads many and large blobs without holding them', async () => {
    await using folder = await folderWith({});
    await git(folder.path, ['init', '--quiet']);
    for (let index = 0; index < 40; index++) {
      const text = `${'x'.repeat(100_000)}\n`.repeat(index % 4 === 0 ? 10 : 1);
      await writeFile(join(folder.path, `f${index}.txt`), `${text}${index}`);
    }
    await writeFile(join(folder.path, 'z.py'), line(first));
    await writeFile(join(folder.path, '.keyless.json'), JSON.stringify({ maxFileSize: 500_000 }));
    await commitAll(folder.path, 'all');
    const history = await report(['--history'], folder.path);
    expect(history.findings).toHaveLength(1);
    expect(history.summary).toMatchObject({ files: 32, skipped: 10 });
  });
});

describe('without what git needs', () => {
  it.each([['--staged'], ['--history']])('%s says what to do outside of a repository', async option => {
    await using folder = await folderWith({ 'a.py': line(first) });
    const { code, stdout, stderr } = await keyless(['scan', option], folder.path, {
      GIT_CEILING_DIRECTORIES: join(folder.path, '..'),
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('in no git repository');
    const without = await keyless(['scan', option], folder.path, { PATH: folder.path });
    expect(without.code).toBe(2);
    expect(without.stderr).toContain('no git on this machine');
  });

  it.each([
    [['--staged', '--history'], 'exclude each other'],
    [['--since', 'HEAD'], 'belongs to --history'],
    [['--history', '--update-baseline'], 'leave out'],
    [['--history', '--since', 'no-such-branch'], 'no revision "no-such-branch"'],
    [['--history', '--since=--output=x'], 'no revision'],
  ])('%j is refused', async (args, word) => {
    await using folder = await folderWith({ 'a.py': 'x' });
    await git(folder.path, ['init', '--quiet']);
    await commitAll(folder.path, 'one');
    const { code, stderr } = await keyless(['scan', ...args], folder.path);
    expect(code).toBe(2);
    expect(stderr).toContain(word);
  });
});
