import { describe, expect, it } from 'vitest';
import type { Severity } from '../../../src/core/engine/finding.ts';
import { rules } from '../../../src/core/engine/rules.ts';
import { sarifFix } from '../../../src/core/report/sarif-fix.ts';
import { codeScanningLimits, sarifReport, type SarifFinding } from '../../../src/core/report/sarif.ts';

const tool = { name: 'keyless', version: '1.2.3' };
const ruleId = 'storage-account-key';

function found(index: number, severity: Severity = 'error'): SarifFinding {
  return {
    finding: {
      ruleId,
      severity,
      message: `Message ${index}`,
      file: `a/${index}.ts`,
      range: { start: { line: 0, character: 2 }, end: { line: 0, character: 9 } },
      confidence: 'high',
      fingerprint: String(index),
      group: index,
      fixes: [],
    },
  };
}

function run(findings: readonly SarifFinding[], maxResults?: number) {
  const options = { complete: true, ...(maxResults === undefined ? {} : { maxResults }) };
  return sarifReport(tool, findings, rules(), options).runs[0]!;
}

describe('the limits of code scanning', () => {
  it('hold for every rule that there is', () => {
    const { driver } = sarifReport(
      tool,
      rules().map(({ id }, index) => ({ finding: { ...found(index).finding, ruleId: id } })),
      rules(),
      { complete: true },
    ).runs[0]!.tool;
    expect(driver.rules).toHaveLength(rules().length);
    for (const rule of driver.rules ?? []) {
      expect(rule.name!.length).toBeLessThanOrEqual(codeScanningLimits.ruleName);
      expect(rule.shortDescription!.text.length).toBeLessThanOrEqual(codeScanningLimits.description);
      expect(rule.fullDescription!.text.length).toBeLessThanOrEqual(codeScanningLimits.description);
      expect(rule.properties!.tags!.length).toBeLessThanOrEqual(codeScanningLimits.tagsPerRule);
      expect(Number(rule.properties!['security-severity'])).toBeGreaterThan(0);
      expect(rule.help!.markdown).toContain('#');
    }
  });

  it('cut results, the gravest stay in their order, and a notification says so', () => {
    const many = Array.from({ length: 25_010 }, (_, index) => found(index, index < 20 ? 'information' : 'warning'));
    const { results, invocations } = run([...many, found(99_999)]);
    expect(results).toHaveLength(codeScanningLimits.results);
    expect(results!.at(-1)!.message.text).toBe('Message 99999');
    expect(results!.slice(8, 10).map(({ message }) => message.text)).toEqual(['Message 8', 'Message 20']);
    const texts = invocations![0]!.toolExecutionNotifications!.map(({ message }) => message.text);
    expect(texts).toEqual([expect.stringContaining('Only 25000 of 25011'), expect.stringContaining('5000 gravest')]);
  });

  it('cut what is silenced or known before what is not', () => {
    const { results } = run(
      [
        { ...found(1), suppression: { kind: 'inSource' } },
        { ...found(2), baselineState: 'unchanged' },
        { ...found(3, 'information'), baselineState: 'new' },
      ],
      1,
    );
    expect(results!.map(({ message }) => message.text)).toEqual(['Message 3']);
  });

  it('say nothing when nothing is cut', () => {
    expect(run([found(1)]).invocations).toEqual([{ executionSuccessful: true }]);
  });
});

describe('results', () => {
  it('carry suppressions with their reason, the state against the baseline, and the commit', () => {
    const { results } = run([
      { ...found(1), suppression: { kind: 'external', reason: 'made up' } },
      { ...found(2), suppression: { kind: 'inSource' }, baselineState: 'new' },
      {
        finding: { ...found(3).finding, commit: { id: 'c0ffee', date: '2026-01-02T03:04:05Z' } },
        baselineState: 'unchanged',
      },
    ]);
    expect(results!.map(({ suppressions, baselineState }) => ({ suppressions, baselineState }))).toEqual([
      { suppressions: [{ kind: 'external', status: 'accepted', justification: 'made up' }], baselineState: undefined },
      { suppressions: [{ kind: 'inSource', status: 'accepted' }], baselineState: 'new' },
      { suppressions: undefined, baselineState: 'unchanged' },
    ]);
    expect(results![2]!.properties).toMatchObject({ commit: 'c0ffee' });
    expect(results![0]!.partialFingerprints).toEqual({ 'keyless/v1': '1' });
  });
});

describe('fixes', () => {
  const offer = (newText: string, uri = 'a.ts') => ({
    id: 'x',
    title: 'Use DefaultAzureCredential',
    isPreferred: true,
    build: () => Promise.resolve({ files: [{ uri, edits: [{ span: { start: 4, end: 6 }, newText }] }], followUps: [] }),
  });
  const textOf = (uri: string): string | undefined => (uri === 'a.ts' ? 'ab\ncdef' : undefined);

  it('become a deleted region and inserted content', async () => {
    const fix = await sarifFix(offer('new'), textOf, ['secret']);
    const [result] = run([{ ...found(1), fixes: [fix!] }]).results!;
    expect(result!.fixes).toEqual([
      {
        description: { text: 'Use DefaultAzureCredential' },
        artifactChanges: [
          {
            artifactLocation: { uri: 'a.ts', uriBaseId: 'SRCROOT' },
            replacements: [
              {
                deletedRegion: { startLine: 2, startColumn: 2, endLine: 2, endColumn: 4 },
                insertedContent: { text: 'new' },
              },
            ],
          },
        ],
      },
    ]);
  });

  it('are left out when they are refused, hold a secret, or edit what was not read', async () => {
    expect(await sarifFix(offer('a secret'), textOf, ['secret'])).toBeUndefined();
    expect(await sarifFix(offer('new', 'b.ts'), textOf, [])).toBeUndefined();
    const refused = { ...offer(''), build: () => Promise.resolve({ refusal: 'no' }) };
    expect(await sarifFix(refused, textOf, [])).toBeUndefined();
  });
});
