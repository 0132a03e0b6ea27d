import type { IdentityRule, RuleMatch } from '../rules/rule.ts';
import { AskedDocument } from './asked-document.ts';
import type { SourceDocument } from './finding.ts';
import { type RuleGroup, ruleGroups } from './formats.ts';
import type { KeywordHits } from './prefilter.ts';
import { type Candidate, keyOf, type ScannedBlock } from './scan-block.ts';

/** Templates and pipelines are far shorter; longer texts are data, in which nothing is set up. */
const longestForRules = 1_000_000;

/**
 * What the identity rules say of a text, whose blocks were looked at.
 * @param starts where each block's window begins
 * @returns `undefined` where a rule that is not at hand would have to look
 */
export function mistakesIn(
  document: SourceDocument,
  blocks: readonly ScannedBlock[],
  starts: readonly number[],
): Candidate[] | undefined {
  if (document.text.length > longestForRules) return [];
  const rules = rulesByLanguage.get(document.languageId) ?? [];
  if (rules.length === 0) return [];
  const groups = new Set(blocks.flatMap(block => block.hits?.groups ?? []));
  const mistakes: Candidate[] = [];
  for (const { rule, order, list } of rules) {
    const { byBlock, concerns, find } = rule;
    if (!groups.has(order) || concerns?.(document) === false) continue;
    if (find === undefined) return undefined;
    const matches =
      byBlock === true ? matchesByBlock({ id: rule.id, find, list }, document, blocks, starts) : find(document);
    for (const { span, confidence, severity, args } of matches) {
      const grade = { confidence, ...(severity && { severity }), ...(args && { args }) };
      mistakes.push({ compiled: { format: rule, order }, span, grade });
    }
  }
  return mistakes;
}

/** Rules of which a keyword stands in a file of at least so many characters, or in a part of one. */
export function rulesFor(languageId: string, length: number, { groups }: KeywordHits): readonly RuleGroup[] {
  if (length > longestForRules) return [];
  return rulesByLanguage.get(languageId)?.filter(({ order }) => groups.includes(order)) ?? [];
}

/** Whether one of these rules may have something to say of a part of a file, of all of it when `whole`. */
export function mayBeMistakenIn(
  groups: readonly RuleGroup[],
  part: SourceDocument,
  { places }: KeywordHits,
  whole: boolean,
): boolean {
  return groups.some(({ rule: { byBlock = false, concerns, find }, list }) => {
    if (whole && concerns?.(part) === false) return false;
    if (find === undefined || !(whole || byBlock)) return true;
    return find(part, list === undefined ? undefined : (places.get(list) ?? [])).length > 0;
  });
}

/** What is known of a block from the previous scan is not asked again. */
function matchesByBlock(
  { id, find, list }: Pick<IdentityRule, 'id' | 'find'> & Pick<RuleGroup, 'list'>,
  document: SourceDocument,
  blocks: readonly ScannedBlock[],
  starts: readonly number[],
): readonly RuleMatch[] {
  return blocks.flatMap(({ window, core, hits, mistakes }, index) => {
    let matches = mistakes.get(id);
    if (matches === undefined) {
      const inWindow = find(
        new AskedDocument(document.languageId, window, () => document.uri),
        list === undefined ? undefined : (hits?.places.get(list) ?? []),
      );
      // The neighbouring block sees the same with more of its surroundings.
      matches = inWindow.filter(({ span }) => span.start >= core.start && span.start < core.end);
      mistakes.set(id, matches);
    }
    const shift = starts[index] ?? 0;
    return matches.flatMap(({ span, ...match }) =>
      match.needs === undefined || isHeld(match.needs, blocks)
        ? [{ ...match, span: { start: span.start + shift, end: span.end + shift } }]
        : [],
    );
  });
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
