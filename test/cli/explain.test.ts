import { describe, expect, it } from 'vitest';
import type { ScanReport } from '../../src/core/report/scan-report.ts';
import { type GuardId, guards } from '../../src/core/secrets/guards.ts';
import { createStandIns } from '../../src/core/secrets/stand-ins.ts';
import { folderWith, keyless } from '../harness/cli.ts';
import { git } from '../harness/git.ts';
import { guardPairs } from '../harness/guard-pairs.ts';

const standIns = createStandIns(17);
const password = standIns.password();
const account = standIns.storageAccountKey();

describe('keyless explain --at', () => {
  it.each([
    ['a.ts:1', /reported: storage-account-key \(error, high confidence\): An Azure Storage account key/],
    ['a.ts:2', /silent: generic-password: /],
    ['a.ts:3', /no rule matched/],
    ['a.ts:5', /suppressed by comment on line 4: generic-password/],
    ['a.ts:6', /reported: generic-password/],
    ['a.ts:7', /silent: generic-api-key: identifier \(GUID\)/],
    ['package-lock.json:1', /not looked at: lock, generated or minified file/],
  ])('%s', async (place, expected) => {
    await using folder = await folderWith({
      'a.ts': [
        `const cs = "AccountName=contoso;AccountKey=${account}";`,
        'const password = "<your-password>";',
        'const answer = 42;',
        '// keyless-ignore generic-password -- made up',
        `const password = "${password}";`,
        `const password = "${password}";`,
        'const apiKey = "0f7a5f0e-2a1c-4b8e-8f65-6c1d9a3b7e42";',
      ].join('\n'),
      'package-lock.json': `{ "password": "${password}" }\n`,
    });
    const { code, stdout, stderr } = await keyless(['explain', '--at', place], folder.path);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(expected);
    expect(stdout).not.toContain(password);
    expect(stdout).not.toContain(account);
  });
  it('refuses what is no place, and what does not exist', async () => {
    await using folder = await folderWith({ 'a.ts': '' });
    for (const place of ['a.ts', 'nowhere.ts:1']) {
      const { code, stderr } = await keyless(['explain', '--at', place], folder.path);
      expect(code).toBe(2);
      expect(stderr).not.toBe('');
    }
  });

  it('says what settings, the baseline and git make of a place', async () => {
    const line = `const password = "${password}";\n`;
    await using folder = await folderWith({
      '.keyless.json': JSON.stringify({
        rules: { 'storage-account-key': 'warning' },
        ignore: ['fixtures/'],
        suppressions: [
          { rule: 'generic-password', path: 'entry.ts', reason: 'made up for a demo' },
          { rule: 'generic-password', path: 'late.ts', reason: 'made up', expires: '2020-01-01' },
        ],
      }),
      'legacy/.keyless.json': JSON.stringify({ rules: { 'generic-password': 'off' } }),
      '.gitignore': 'local/\n',
      'entry.ts': line,
      'late.ts': line,
      'legacy/a.ts': line,
      'fixtures/a.ts': line,
      'known.ts': line,
      'local/a.ts': line,
      'lower.ts': `const cs = "AccountName=contoso;AccountKey=${account}";\n`,
      'silent.ts': 'const password = "<your-password>";\n',
      'allowed.ts': `const password = "${password}"; // gitleaks:allow\n`,
    });
    await git(folder.path, ['init', '-q']);
    const update = await keyless(['scan', 'known.ts', '--update-baseline'], folder.path);
    expect(update.code).toBe(0);
    const places = ['entry', 'late', 'legacy/a', 'fixtures/a', 'known', 'local/a', 'lower', 'silent', 'allowed'];
    const explained = await keyless(['explain', ...places.flatMap(name => ['--at', `${name}.ts:1`])], folder.path);
    expect(explained).toMatchObject({ code: 0, stderr: '' });
    expect(explained.stdout).not.toContain(password);
    expect(explained.stdout).not.toContain(account);
    const verdicts = explained.stdout.split(/^(?=\S)/mu);
    expect(verdicts).toHaveLength(places.length);
    const expected = [
      'suppressed by an entry in .keyless.json: generic-password: made up for a demo',
      /reported: generic-password \(warning, .* Its suppression expired on 2020-01-01\./,
      'turned off: generic-password: "off" in legacy/.keyless.json',
      'not looked at: left out by "ignore" in .keyless.json',
      'known: generic-password: in the baseline .keyless-baseline.json',
      /git-ignored: left out of a scan of its folder.*\n {2}reported: generic-password \(information, because git ignores the file/,
      'reported: storage-account-key (warning, as .keyless.json says, high confidence)',
      'silent: generic-password: placeholder in angle brackets',
      'suppressed by comment on line 1: generic-password',
    ];
    expected.forEach((verdict, i) => {
      if (typeof verdict === 'string') expect(verdicts[i]).toContain(verdict);
      else expect(verdicts[i]).toMatch(verdict);
    });
    // A scan of the folder agrees: only what was reported above is, and what git ignores is left out.
    const { stdout } = await keyless(['scan', '--format', 'json'], folder.path);
    const report = JSON.parse(stdout) as ScanReport;
    expect(report.findings.map(({ file, severity }) => `${file} ${severity}`).sort()).toEqual([
      'late.ts warning',
      'lower.ts warning',
    ]);
  });

  it('names the guard of everything that is kept silent', async () => {
    const ids = Object.keys(guards) as GuardId[];
    const names = ids.map(id => {
      const { path } = guardPairs[id];
      return `${id}/${typeof path === 'string' ? path : path[0]}`;
    });
    await using folder = await folderWith(Object.fromEntries(ids.map((id, i) => [names[i]!, guardPairs[id].silent])));
    const args = ids.flatMap((id, i) => ['--at', `${names[i]!}:${guardPairs[id].line + 1}`]);
    const { code, stdout, stderr } = await keyless(['explain', ...args], folder.path);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const verdicts = stdout.split(/^(?=\S)/mu);
    const unnamed = ids.filter((id, i) => !verdicts[i]?.includes(guards[id]));
    expect(unnamed).toEqual([]);
    expect(stdout).not.toContain('reported:');
  });

  it('takes no folder', async () => {
    await using folder = await folderWith({ 'src/a.ts': 'const a = 1;\n' });
    const { code, stderr } = await keyless(['explain', '--at', 'src:1'], folder.path);
    expect(code).toBe(2);
    expect(stderr).toContain('src is a folder');
  });
});
