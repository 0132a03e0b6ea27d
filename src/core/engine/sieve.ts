import { AskedDocument } from './asked-document.ts';
import type { RuleGroup } from './formats.ts';
import type { KeywordHits } from './prefilter.ts';
import { scanBlock, type ScannedBlock } from './scan-block.ts';
import { findingsInside } from './scan.ts';
import { mayBeMistakenIn, rulesFor } from './scan-rules.ts';
import { givenNamesIn, isJoinable, openNamesIn } from './split-secrets.ts';

/** A file, before its text is known. */
export interface SievedFile {
  readonly languageId: string;
  /** Of the file; that it was asked for means that another path could have changed the answer. */
  readonly uri: () => string;
  /** See `isDocumentation`. */
  readonly documented: boolean;
  /** Characters that it has at least. */
  readonly length: number;
}

export interface Sieve {
  /** Whether nothing that a scan would report is in a stretch of the file; no means that only a scan can tell. */
  readonly isClear: (window: string, hits: KeywordHits) => boolean;
  /** Whether rules may have something to say that know by the whole file alone whether it concerns them. */
  readonly asksForFile: () => boolean;
  /** Whether the file concerns none of them. */
  readonly isUnconcerned: (file: string) => boolean;
  /** Whether names were met of which the values, wherever in the file they are given, could belong into a secret. */
  readonly asksForValues: () => boolean;
  /** Whether no such value is given in a stretch. */
  readonly givesNone: (window: string) => boolean;
}

/**
 * A quick first look at a file, stretch by stretch: most files hold nothing, and to be sure of that takes neither the whole
 * text nor what is around the stretch. Stretches must overlap by as much as the windows of a scan, unless `whole`: there is
 * but one.
 */
export function sieve({ languageId, uri, documented, length }: SievedFile, whole: boolean): Sieve {
  const started = new Date();
  const joinable = !documented && isJoinable(languageId, length);
  const open = new Set<string>();
  const later = new Set<RuleGroup>();
  return {
    isClear(window, hits) {
      const asked: RegExp[] = [];
      const core = { start: 0, end: window.length };
      const block: ScannedBlock = { window, core, hits, evidence: new Map(), mistakes: new Map() };
      scanBlock(block, {
        languageId,
        uri,
        mentions(evidence) {
          asked.push(evidence);
          return evidence.test(window);
        },
        now: started,
        findingsIn: (inner, language) => findingsInside(inner, language, started),
        certainOnly: documented,
        // A longer stretch may hold more than a block.
        mostMatches: Infinity,
      });
      // What stands near it is known of a whole file alone.
      if (!whole && asked.length > 0) return false;
      const rules = rulesFor(languageId, length, hits);
      const now = rules.filter(group => whole || group.rule.concerns === undefined);
      for (const group of rules) if (!now.includes(group)) later.add(group);
      if (mayBeMistakenIn(now, new AskedDocument(languageId, window, uri), hits, whole)) return false;
      if (block.candidates?.some(({ grade }) => !documented || grade.confidence === 'high') === true) return false;
      if (joinable) for (const name of openNamesIn(block, Infinity)) open.add(name);
      return true;
    },
    asksForFile: () => later.size > 0,
    isUnconcerned(file) {
      const document = new AskedDocument(languageId, file, uri);
      return [...later].every(({ rule }) => rule.concerns?.(document) === false);
    },
    asksForValues: () => open.size > 0,
    givesNone: window => !givenNamesIn(window, Infinity).some(name => open.has(name)),
  };
}
