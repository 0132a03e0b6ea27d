import { identityRules } from '../rules/rules.generated.ts';
import type { SourceDocument } from './finding.ts';
import { formats, ruleGroups } from './formats.ts';
import { keywordSearch } from './prefilter.ts';
import type { Candidate } from './scan-block.ts';

/** Templates and pipelines are far shorter; longer texts are data, in which nothing is set up. */
const longestForRules = 1_000_000;

/** What the identity rules say of a whole text. */
export function mistakesIn(document: SourceDocument): Candidate[] {
  if (document.text.length > longestForRules) return [];
  const rules = rulesByLanguage.get(document.languageId) ?? [];
  if (rules.length === 0) return [];
  const groups = new Set(ruleSearch.hitsIn(document.text).groups);
  return rules
    .filter(({ order }) => groups.has(order - formats.length))
    .flatMap(({ rule, order }) =>
      rule.find(document).map(({ span, confidence, severity, args }) => ({
        compiled: { format: rule, order },
        span,
        grade: { confidence, ...(severity && { severity }), ...(args && { args }) },
      })),
    );
}

const ruleSearch = keywordSearch(identityRules.map(({ keywords }) => keywords));
const rulesByLanguage = new Map<string, (typeof ruleGroups)[number][]>();
for (const group of ruleGroups) {
  for (const languageId of group.rule.languages) {
    const known = rulesByLanguage.get(languageId);
    if (known === undefined) rulesByLanguage.set(languageId, [group]);
    else known.push(group);
  }
}
