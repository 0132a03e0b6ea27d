import { describe, expect, it } from 'vitest';
import { applySettings } from '../../../src/core/engine/apply-settings.ts';
import { settingsFor, type Config, type FileSettings } from '../../../src/core/engine/config.ts';
import { parseConfig } from '../../../src/core/engine/config-parser.ts';
import type { Finding } from '../../../src/core/engine/finding.ts';
import { scan } from '../../../src/core/engine/scan.ts';
import { messageOf } from '../../../src/core/report/scan-report.ts';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';

const key = createStandIns(21).storageAccountKey();
const document = { uri: 'a.py', languageId: 'python', text: `k = 'AccountName=a;AccountKey=${key}'` };
const findings = scan(document);
const apply = (settings: Partial<FileSettings>, found: readonly Finding[] = findings, keepSuppressed = false) =>
  applySettings(
    document,
    found,
    { levels: {}, suppressions: [], ...settings },
    { now: new Date('2026-05-05T12:00:00Z'), keepSuppressed },
  );

describe('settings of several folders', () => {
  const outer: Config = {
    rules: { 'storage-account-key': 'warning', 'entra-client-secret': 'off' },
    ignore: ['*.gen.ts', 'fixtures/'],
    maxFileSize: 1000,
  };
  const inner: Config = { rules: { 'storage-account-key': 'off' }, ignore: ['!keep.gen.ts', '/only-here'] };
  const layers = [
    { folder: '/r', config: outer },
    { folder: '/r/sub', config: inner },
  ];

  it('are merged, and the nearest wins', () => {
    expect(settingsFor('/r/a.ts', layers)).toEqual({ levels: outer.rules, suppressions: [], maxFileSize: 1000 });
    expect(settingsFor('/r/sub/a.ts', layers).levels).toEqual({
      'storage-account-key': 'off',
      'entra-client-secret': 'off',
    });
  });

  it.each([
    ['/r/a.gen.ts', '/r'],
    ['/r/sub/a.gen.ts', '/r'],
    ['/r/sub/keep.gen.ts', undefined],
    ['/r/keep.gen.ts', '/r'],
    ['/r/x/fixtures/deep/a.ts', '/r'],
    ['/r/sub/only-here', '/r/sub'],
    ['/r/sub/deeper/only-here', undefined],
    ['/elsewhere/a.gen.ts', undefined],
    ['/r', undefined],
  ])('leave out by patterns as in .gitignore: %s by %s', (path, by) => {
    expect(settingsFor(path, layers).ignoredBy).toBe(by);
  });

  it('take entries for exactly the file that they name', () => {
    const config: Config = {
      suppressions: [{ rule: 'storage-account-key', path: './app/[id].json', reason: 'x' }],
    };
    const at = (path: string) => settingsFor(path, [{ folder: '/r', config }]).suppressions.length;
    expect([at('/r/app/[id].json'), at('/r/app/i.json'), at('/r/b/app/[id].json')]).toEqual([1, 0, 0]);
  });
});

describe('levels', () => {
  it('turn a rule off, down and up', () => {
    expect(apply({ levels: { 'storage-account-key': 'off' } })).toEqual([]);
    expect(apply({ levels: { 'storage-account-key': 'warning' } })[0]?.severity).toBe('warning');
    expect(apply({ levels: { 'entra-client-secret': 'off' } })).toEqual(findings);
  });

  it('leave what was graded lower where it is when the rule is only turned down', () => {
    const graded = findings.map(finding => ({ ...finding, severity: 'information' as const }));
    expect(apply({ levels: { 'storage-account-key': 'warning' } }, graded)[0]?.severity).toBe('information');
    expect(apply({ levels: { 'storage-account-key': 'error' } }, graded)[0]?.severity).toBe('information');
  });

  it('yield to git: what is not committed is information', () => {
    const [finding] = apply({ gitIgnored: true, levels: { 'storage-account-key': 'warning' } });
    expect(finding?.severity).toBe('information');
    expect(messageOf(finding!)).toContain('not committed, but still a key');
  });
});

describe('suppressions in settings', () => {
  const entry = { rule: 'storage-account-key', path: 'a.py', reason: 'made up' };

  it('silence a rule in a file, or one finding of it', () => {
    expect(apply({ suppressions: [entry] })).toEqual([]);
    expect(apply({ suppressions: [{ ...entry, fingerprint: findings[0]!.fingerprint }] })).toEqual([]);
    expect(apply({ suppressions: [{ ...entry, fingerprint: 'another' }] })).toEqual(findings);
    expect(apply({ suppressions: [{ ...entry, rule: 'entra-client-secret' }] })).toEqual(findings);
  });

  it('expire, and the finding says so', () => {
    expect(apply({ suppressions: [{ ...entry, expires: '2026-05-05' }] })).toEqual([]);
    const [finding] = apply({ suppressions: [{ ...entry, expires: '2026-05-04' }] });
    expect(messageOf(finding!)).toContain('expired on 2026-05-04');
  });

  it('pass their reason on, but never a secret', () => {
    const kept = (reason: string) => apply({ suppressions: [{ ...entry, reason }] }, findings, true)[0]?.suppression;
    expect(kept('made up')).toEqual({ kind: 'external', reason: 'made up' });
    expect(kept(`it is ${key}`)).toEqual({ kind: 'external' });
  });
});

describe('parseConfig', () => {
  it('reads JSON with comments and trailing commas', () => {
    const text = `{
      // Team rules
      "$schema": "x",
      "rules": { "storage-account-key": "warning", },
      "ignore": ["fixtures/"], "includeIgnored": true, "maxFileSize": 5, "baseline": "b.json",
      "suppressions": [{ "rule": "storage-account-key", "path": "a.json", "reason": "r", "expires": "2030-01-01" }],
    }`;
    expect(parseConfig(text)).toEqual({
      problems: [],
      config: {
        rules: { 'storage-account-key': 'warning' },
        ignore: ['fixtures/'],
        includeIgnored: true,
        maxFileSize: 5,
        baseline: 'b.json',
        suppressions: [{ rule: 'storage-account-key', path: 'a.json', reason: 'r', expires: '2030-01-01' }],
      },
    });
    expect(parseConfig('')).toEqual({ config: {}, problems: [] });
  });

  it.each([
    ['{ "rule": {} }', 'There is no setting "rule"', {}],
    ['{ "rules": { "no-such": "off", "storage-account-key": "off" } }', 'no rule "no-such"', 'rules'],
    ['{ "rules": { "storage-account-key": "fatal" } }', '"off", "information", "warning" or "error"', 'rules'],
    ['{ "rules": [] }', 'takes an object', {}],
    ['{ "ignore": "x" }', 'takes a list', { ignore: [] }],
    ['{ "maxFileSize": "5 MB" }', 'whole number of bytes', {}],
    ['{ "includeIgnored": 1 }', 'true or false', {}],
    ['{ "suppressions": [{ "rule": "storage-account-key" }] }', '"path" and "reason" is missing', { suppressions: [] }],
    [
      '{ "suppressions": [{ "rule": "storage-account-key", "path": "a", "reason": "r", "expires": "soon" }] }',
      'YYYY-MM-DD',
      { suppressions: [] },
    ],
    ['[]', 'one object', {}],
    ['{ "ignore": ["a"], ', 'not valid JSON', { ignore: ['a'] }],
  ])('says what is wrong and keeps the rest: %s', (text, message, config) => {
    const result = parseConfig(text);
    expect(result.problems.map(problem => problem.message)).toEqual([expect.stringContaining(message)]);
    if (typeof config === 'object') expect(result.config).toEqual(config);
  });

  it('says where', () => {
    const [problem] = parseConfig('{\n  "rules": {},\n  "nosuch": 1\n}').problems;
    expect(problem?.position).toEqual({ line: 2, character: 2 });
  });

  it('repeats no value, which could be a secret in the wrong place', () => {
    const text = JSON.stringify({
      [`AccountKey=${key}`]: key,
      rules: { [key]: key },
      baseline: [key],
      suppressions: [key],
    });
    const { problems } = parseConfig(text);
    expect(problems).toHaveLength(4);
    expect(JSON.stringify(problems)).not.toContain(key.slice(0, 30));
  });
});
