import type { RuleMatch } from '../rules/rule.ts';
import type { SourceDocument } from './finding.ts';
import { type RuleGroup, ruleGroups } from './formats.ts';
import { type Candidate, keyOf, type ScannedBlock } from './scan-block.ts';

/** Templates and pipelines are far shorter; longer texts are data, in which nothing is set up. */
const longestForRules = 1_000_000;

/**
 * What the identity rules say of a text, whose blocks were looked at.
 * @param starts where each block's window begins
 */
export function mistakesIn(
  document: SourceDocument,
  blocks: readonly ScannedBlock[],
  starts: readonly number[],
): Candidate[] {
  if (document.text.length > longestForRules) return [];
  const rules = rulesByLanguage.get(document.languageId) ?? [];
  if (rules.length === 0) return [];
  const groups = new Set(blocks.flatMap(block => block.hits?.groups ?? []));
  return rules
    .filter(({ order }) => groups.has(order))
    .flatMap(({ rule, order, list }) =>
      (rule.byBlock === true
        ? matchesByBlock({ rule, order, list }, document, blocks, starts)
        : rule.find(document)
      ).map(({ span, confidence, severity, args }) => ({
        compiled: { format: rule, order },
        span,
        grade: { confidence, ...(severity && { severity }), ...(args && { args }) },
      })),
    );
}

/** What is known of a block from the previous scan is not asked again. */
function matchesByBlock(
  { rule, list }: RuleGroup,
  document: SourceDocument,
  blocks: readonly ScannedBlock[],
  starts: readonly number[],
): readonly RuleMatch[] {
  return blocks.flatMap(({ window, core, hits, mistakes }, index) => {
    let matches = mistakes.get(rule.id);
    if (matches === undefined) {
      const inWindow = rule.find(partOf(document, window), list === undefined ? undefined : hits?.places[list]);
      // The neighbouring block sees the same with more of its surroundings.
      matches = inWindow.filter(({ span }) => span.start >= core.start && span.start < core.end);
      mistakes.set(rule.id, matches);
    }
    const shift = starts[index] ?? 0;
    return matches.flatMap(({ span, ...match }) =>
      match.needs === undefined || isHeld(match.needs, blocks)
        ? [{ ...match, span: { start: span.start + shift, end: span.end + shift } }]
        : [],
    );
  });
}

function partOf(document: SourceDocument, text: string): SourceDocument {
  return {
    languageId: document.languageId,
    text,
    get uri() {
      return document.uri;
    },
  };
}

function isHeld(evidence: RegExp, blocks: readonly ScannedBlock[]): boolean {
  const key = keyOf(evidence);
  return blocks.some(block => {
    let found = block.evidence.get(key);
    if (found === undefined) block.evidence.set(key, (found = evidence.test(block.window)));
    return found;
  });
}

const rulesByLanguage = new Map<string, RuleGroup[]>();
for (const group of ruleGroups) {
  for (const languageId of group.rule.languages) {
    const known = rulesByLanguage.get(languageId);
    if (known === undefined) rulesByLanguage.set(languageId, [group]);
    else known.push(group);
  }
}
