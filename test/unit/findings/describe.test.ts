import { describe, expect, it } from 'vitest';
import type { Severity } from '../../../src/core/engine/finding.ts';
import { describeFindings, type FindingEntry, type GroupBy } from '../../../src/vscode/findings/describe.ts';

function entry(path: string, line: number, secret: number, more: { ruleId?: string; severity?: Severity } = {}) {
  const uri = `file:///w/${path}`;
  return {
    uri,
    path,
    secret,
    start: { line, character: 4 },
    finding: {
      ruleId: 'storage-account-key',
      uri,
      span: { start: 10, end: 20 },
      severity: 'error',
      confidence: 'high',
      messageArgs: { account: 'contoso' },
      fingerprint: `${path}:${line}`,
      ...more,
    },
  } satisfies FindingEntry;
}

const entries = [
  entry('shop/photos.ts', 4, 1),
  entry('api/settings.json', 9, 1),
  entry('api/settings.json', 2, 2, { severity: 'warning' }),
  entry('.env', 0, 3, { ruleId: 'service-bus-access-key', severity: 'information' }),
];

/** Groups and rows as a person reads them. */
function outline(groupBy: GroupBy, shown: readonly FindingEntry[] = entries): string[] {
  return describeFindings(shown, groupBy).flatMap(group => [
    `${group.label} | ${group.description ?? ''}`,
    ...group.children.map(row => `  ${row.label} | ${row.description ?? ''}`),
  ]);
}

describe('the rows of the Findings view', () => {
  it('by rule: gravest first, files in order', () => {
    const [first, ...rest] = outline('rule');
    expect(first).toMatch(/^Azure Storage account key \| 3 findings in 2 files$/);
    expect(rest.slice(0, 3)).toEqual([
      '  settings.json | api · line 3 · contoso',
      '  settings.json | api · line 10 · contoso',
      '  photos.ts | shop · line 5 · contoso',
    ]);
    expect(rest.at(-1)).toBe('  .env | line 1 · contoso');
  });

  it('by file: in the order of paths, with the icon and URI of the file', () => {
    expect(outline('file').filter(line => !line.startsWith(' '))).toEqual([
      '.env | 1 finding',
      'settings.json | api · 2 findings',
      'photos.ts | shop · 1 finding',
    ]);
    expect(describeFindings(entries, 'file').map(({ file }) => file)).toEqual([
      'file:///w/.env',
      'file:///w/api/settings.json',
      'file:///w/shop/photos.ts',
    ]);
  });

  it('by secret: a group where it stands in several places, these first', () => {
    expect(outline('secret')).toEqual([
      'Azure Storage account key: contoso | 2 places, 2 files',
      '  settings.json | api · line 10',
      '  photos.ts | shop · line 5',
      'Azure Storage account key: contoso | settings.json · line 3 · api',
      expect.stringMatching(/: contoso \| \.env · line 1$/) as string,
    ]);
  });

  it('name nobody by an id', () => {
    const [own] = entries;
    const messageArgs = { application: '00000000-0000-4000-8000-000000000001' };
    const rows = outline('secret', [{ ...own!, finding: { ...own!.finding, messageArgs } }]);
    expect(rows).toEqual(['Azure Storage account key | photos.ts · line 5 · shop']);
  });

  it('have ids of their own that stay when other findings come', () => {
    for (const groupBy of ['rule', 'file', 'secret'] as const) {
      const ids = (shown: readonly FindingEntry[]) =>
        describeFindings(shown, groupBy).flatMap(group => [group.id, ...group.children.map(({ id }) => id)]);
      const all = ids(entries);
      expect(new Set(all).size).toBe(all.length);
      const more = ids([entry('a.txt', 1, 9), ...entries]);
      expect(all.filter(id => !more.includes(id))).toEqual([]);
    }
  });

  it('say what is not committed', () => {
    const [own] = entries;
    const rows = outline('rule', [{ ...own!, finding: { ...own!.finding, uncommitted: true } }]);
    expect(rows.at(-1)).toMatch(/ · not committed$/);
  });
});
