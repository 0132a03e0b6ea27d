import { scan } from '../../src/core/engine/scan.ts';
import type { CorpusEntry, ExpectedSecret } from './entry.ts';

/** What one rule did on the corpus. */
export interface RuleTally {
  /** Secrets that it should report, and how many of these were found at their exact place by a rule that may. */
  expected: number;
  found: number;
  /** Its reports, and how many of these were of a secret at its exact place. */
  reported: number;
  right: number;
}

export interface Measurement {
  readonly byRule: ReadonlyMap<string, RuleTally>;
  readonly overall: RuleTally;
  /** One line for each miss and false alarm; the secrets in it are stand-ins and left out even so. */
  readonly mistakes: readonly string[];
}

/** Scans every text of the corpus and compares. */
export function measure(entries: readonly CorpusEntry[]): Measurement {
  const byRule = new Map<string, RuleTally>();
  const overall = emptyTally();
  const mistakes: string[] = [];
  const tally = (ruleId: string): RuleTally => {
    let known = byRule.get(ruleId);
    if (known === undefined) byRule.set(ruleId, (known = emptyTally()));
    return known;
  };
  const count = (ruleId: string, key: keyof RuleTally): void => {
    tally(ruleId)[key]++;
    overall[key]++;
  };
  for (const { id, path, languageId, text, expected, why } of entries) {
    const findings = scan({ uri: path, languageId, text });
    const matches = (
      secret: ExpectedSecret,
      { ruleId, span }: { ruleId: string; span: ExpectedSecret['span'] },
    ): boolean => secret.rules.includes(ruleId) && secret.span.start === span.start && secret.span.end === span.end;
    for (const secret of expected) {
      const [rule = ''] = secret.rules;
      count(rule, 'expected');
      if (findings.some(finding => matches(secret, finding))) count(rule, 'found');
      else mistakes.push(`missed ${rule} in ${id} at ${secret.span.start}-${secret.span.end}${also(findings)}`);
    }
    for (const finding of findings) {
      count(finding.ruleId, 'reported');
      if (expected.some(secret => matches(secret, finding))) count(finding.ruleId, 'right');
      else
        mistakes.push(
          `false alarm of ${finding.ruleId} in ${id} at ${finding.span.start}-${finding.span.end}${why === undefined ? '' : `: ${why}`}`,
        );
    }
  }
  return { byRule, overall, mistakes };
}

function also(findings: readonly { ruleId: string; span: { start: number; end: number } }[]): string {
  return findings.length === 0
    ? ''
    : `, found ${findings.map(({ ruleId, span }) => `${ruleId} at ${span.start}-${span.end}`).join(', ')}`;
}

function emptyTally(): RuleTally {
  return { expected: 0, found: 0, reported: 0, right: 0 };
}

export const recall = ({ expected, found }: RuleTally): number => (expected === 0 ? 1 : found / expected);
export const precision = ({ reported, right }: RuleTally): number => (reported === 0 ? 1 : right / reported);

/** The figures as a table in fixed width. */
export function table({ byRule, overall }: Measurement): string {
  const rows = [...byRule].sort(([a], [b]) => (a < b ? -1 : 1));
  return [...rows, ['all', overall] as const]
    .map(([rule, tally]) =>
      [
        rule.padEnd(38),
        `${tally.found}/${tally.expected}`.padStart(10),
        `recall ${recall(tally).toFixed(3)}`,
        `${tally.right}/${tally.reported}`.padStart(10),
        `precision ${precision(tally).toFixed(3)}`,
      ].join('  '),
    )
    .join('\n');
}
