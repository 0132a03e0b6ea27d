import type { Confidence, Finding, Severity, SourceDocument } from '../engine/finding.ts';
import type { FixOffer } from '../rewrite/fix.ts';
import type { RewriteTools } from '../rewrite/tools.ts';
import type { CredentialExamples, SettingExample } from '../services/service.ts';
import type { Span } from '../text/text-edit.ts';

/** What makes a scan look at a file by a rule. */
export interface RuleHead {
  /** File name without extension. */
  readonly id: string;
  readonly severity: Severity;
  /** Language ids of the files that it looks at. */
  readonly languages: readonly string[];
  /** A file is looked at only when it holds one of these. Letter case counts in keywords with capital letters. */
  readonly keywords: readonly string[];
  /** Says quickly of files with a keyword that most of them are of another kind. */
  readonly concerns?: (document: SourceDocument) => boolean;
  /**
   * What it says of a place depends on nothing farther away than 2,000 characters: after an edit only what changed is
   * looked at again.
   */
  readonly byBlock?: boolean;
  /**
   * Words, in lower case here and in any in the text, that it looks at where they stand: `find` is told the places. For
   * rules that look at parts of a file.
   */
  readonly begins?: readonly string[];
}

/** A rule as a scan of many files has it: one that has to parse first is left to those who report what it finds. */
export interface RuleAtHand extends RuleHead {
  readonly find?: IdentityRule['find'];
}

/**
 * A mistake with identities or secrets that is no embedded secret itself. One file of this folder each: its name is the
 * rule's id, and it holds detection, words, fixes and examples. What a scan needs first is exported by itself, as `head`.
 */
export interface IdentityRule extends RuleHead {
  readonly title: string;
  /** One sentence: what is at this place. `{name}` takes an argument of the match; `[ of {name}]` is left out without it. */
  readonly message: string;
  /** Why it matters. */
  readonly leak: string;
  readonly remedy: string;
  readonly documentation: string;
  /** Looks at a whole file, or a part of one, everywhere when told no places; called at every change of it, so it must be quick. Never throws. */
  readonly find: (document: SourceDocument, places?: readonly number[]) => readonly RuleMatch[];
  /** Offers for a finding of this rule, best first; without any the remedy is all that can be said. */
  readonly fixes?: (document: SourceDocument, finding: Finding, tools: RewriteTools) => Promise<readonly FixOffer[]>;
  /** Texts with the expected range between `«` and `»`, and neighbours that stay silent. */
  readonly examples: CredentialExamples;
  /** What the preferred fix makes of a finding, or why it refuses. */
  readonly fixExamples: readonly SettingExample[];
}

export interface RuleMatch {
  /** What is to be underlined; it may hold no embedded secret, since it is shown in diffs. */
  readonly span: Span;
  readonly confidence: Confidence;
  /** The rule's own when absent. */
  readonly severity?: Severity;
  /** Counts only where the file holds this somewhere; not global, without captures. For rules that look at parts of a file. */
  readonly needs?: RegExp;
  /** Non-secret words for the message. */
  readonly args?: Readonly<Record<string, string | undefined>>;
}
