import { type ConnectionStringAround, connectionStringAround } from '../secrets/connection-string-around.ts';
import { decodeText, type DecodedText } from '../secrets/decoded-text.ts';
import type { GuardId } from '../secrets/guards.ts';
import { isFiller, placeholderGuard } from '../secrets/placeholder.ts';
import { isEmulatorKey } from '../secrets/well-known.ts';
import type { RuleMatch } from '../rules/rule.ts';
import type { CredentialFormat, CredentialMatch, CredentialPattern, Grade } from '../services/service.ts';
import { type Span, spanContains } from '../text/text-edit.ts';
import { AskedMatch } from './asked-document.ts';
import { type CompiledPattern, lookAt, matchesAt, withKeywords, wordsIn } from './formats.ts';
import type { KeywordHits } from './prefilter.ts';

/** A place that a rule's expression matched and that its checks took for no secret. */
export interface Silence {
  readonly ruleId: string;
  readonly span: Span;
  readonly guard: GuardId;
}

export interface Candidate {
  readonly compiled: {
    readonly format: Pick<CredentialFormat, 'id' | 'severity' | 'givesWay'>;
    readonly order: number;
  };
  readonly span: Span;
  readonly grade: Grade;
}

/** What was found in a block depends on nothing but its window's text and the answers that it got. */
export interface ScannedBlock {
  readonly window: string;
  /** The block itself, in its window. */
  readonly core: Span;
  /** With spans in the window; absent until it was looked at. */
  candidates?: readonly Candidate[];
  /** Evidence that the block's patterns asked for, with the answer. */
  asked?: ReadonlyMap<string, { readonly evidence: RegExp; readonly answer: boolean }>;
  /** Which words the window holds. */
  hits?: KeywordHits;
  /** By rule, what a rule that looks at single blocks says of this one. */
  readonly mistakes: Map<string, readonly RuleMatch[]>;
  /** See split-secrets.ts; absent until asked for. */
  givenNames?: readonly string[];
  openNames?: readonly string[];
  /** Which evidence this window holds. */
  readonly evidence: Map<string, boolean>;
}

/** Looks at a block and keeps in it what was found. */
export function scanBlock(
  block: ScannedBlock,
  { languageId, uri, mentions, now, findingsIn, observe, certainOnly, mostMatches = 400 }: ScanContext,
): void {
  const { window, core } = block;
  const candidates: Candidate[] = [];
  const asked = new Map<string, { evidence: RegExp; answer: boolean }>();
  block.candidates = candidates;
  block.asked = asked;
  // An explanation names the exact reason, which a gate does not know.
  const observed = observe !== undefined;
  const inWindow = lookAt(window, {
    languageId,
    hits: block.hits,
    withoutGates: observed,
    certainOnly: certainOnly && !observed,
  });
  block.hits = inWindow.hits;
  if (inWindow.open.length === 0 && !inWindow.mayHide) return;
  const decoded = decodeText(window, { start: 0, end: window.length }, languageId);
  const context = {
    decoded,
    languageId,
    uri,
    mentions: (evidence: RegExp) => {
      const key = keyOf(evidence);
      const answer = asked.get(key)?.answer ?? mentions(evidence);
      asked.set(key, { evidence, answer });
      return answer;
    },
    now,
    findingsIn,
    certainOnly,
    mostMatches,
    ...(observe && { observe }),
    connectionStringAt: connectionStringsIn(decoded.text),
  };
  // A gate has its say on the text as it is written; that it has escapes does not change the answer.
  const hits = decoded.makesWords ? wordsIn(decoded.text) : movedBy(decoded, inWindow.hits);
  // A keyword may begin with a quote, which is none any more once its escape is undone.
  const open = decoded.makesWords
    ? [...new Set([...withKeywords(hits).filter(format => !inWindow.shut.has(format)), ...inWindow.open])]
    : inWindow.open;
  const hints = new Map<CredentialPattern['hint'], boolean>();
  const mayMatch = ({ pattern, hint }: CompiledPattern): boolean => {
    if (pattern.inLanguage?.(languageId) === false) return false;
    const held = hints.get(pattern.hint) ?? hint?.(decoded.text, hits) ?? true;
    hints.set(pattern.hint, held);
    return held;
  };
  for (const compiled of open) {
    for (const tried of compiled.patterns) {
      if (!mayMatch(tried)) continue;
      for (const candidate of matchPattern(tried, hits, compiled.format.id, context)) {
        // The neighbouring block sees the same match with more of its surroundings.
        if (candidate.span.start < core.start || candidate.span.start >= core.end) continue;
        candidates.push({ compiled, ...candidate });
      }
    }
  }
}

/** The same words in the text with escapes undone. */
function movedBy({ isSource, toDecoded }: DecodedText, hits: KeywordHits): KeywordHits {
  if (isSource) return hits;
  const places = new Map<number, readonly number[]>();
  for (const [list, found] of hits.places) places.set(list, found.map(toDecoded));
  return { groups: hits.groups, places };
}

export type Mentions = (evidence: RegExp) => boolean;

export interface ScanContext {
  readonly languageId: string;
  /** Says that the path was asked for, too. */
  readonly uri: () => string;
  readonly mentions: Mentions;
  readonly now: Date;
  readonly findingsIn: CredentialMatch['findingsIn'];
  readonly observe?: (silence: Silence) => void;
  /** Nothing but what is certain is of use. */
  readonly certainOnly: boolean;
  /** Of one expression in one block; 400 when absent: more are no longer something people wrote. */
  readonly mostMatches?: number;
}

export function keyOf({ flags, source }: RegExp): string {
  return `${flags}/${source}`;
}

/** Parses a connection string once, however many of its keys are asked for. */
function connectionStringsIn(text: string): (at: Span) => ConnectionStringAround {
  let last: ConnectionStringAround | undefined;
  return at => (last !== undefined && spanContains(last.span, at) ? last : (last = connectionStringAround(text, at)));
}

interface BlockContext extends ScanContext {
  readonly mostMatches: number;
  readonly decoded: DecodedText;
  readonly connectionStringAt: (at: Span) => ConnectionStringAround;
}

function* matchPattern(
  { pattern, regex, begins }: CompiledPattern,
  hits: KeywordHits,
  ruleId: string,
  { decoded, languageId, uri, mentions, now, findingsIn, observe, mostMatches, connectionStringAt }: BlockContext,
): Generator<{ span: Span; grade: Grade }> {
  let matches = 0;
  const found = begins === undefined ? matchesOf(regex(), decoded.text) : matchesAt(decoded.text, begins, hits);
  for (const match of found) {
    if (++matches > mostMatches) return;
    const groups = match.groups ?? {};
    const range = match.indices?.groups?.['secret'];
    const secret = groups['secret'];
    if (range === undefined || secret === undefined) continue;
    const secretSpan = { start: range[0], end: range[1] };
    const span = { start: match.index, end: match.index + match[0].length };
    const candidate = new AskedMatch({
      secret,
      groups,
      text: decoded.text,
      span,
      secretSpan,
      languageId,
      uri,
      connectionString: () => connectionStringAt(span),
      mentions,
      now,
      findingsIn,
    });
    const grade = pattern.grade(candidate);
    if (grade !== undefined) yield { span: decoded.toSource(grade.secretSpan ?? secretSpan), grade };
    else observe?.({ ruleId, span: decoded.toSource(secretSpan), guard: guardOf(pattern, candidate) });
  }
}

/** As `matchAll`, which makes a new expression at each call. */
function* matchesOf(regex: RegExp, text: string): Generator<RegExpExecArray> {
  for (let from = 0; ;) {
    regex.lastIndex = from;
    const match = regex.exec(text);
    if (match === null) return;
    // Whoever is given the match may use the expression on another text.
    from = match[0] === '' ? match.index + 1 : regex.lastIndex;
    yield match;
  }
}

function guardOf(pattern: CredentialPattern, match: CredentialMatch): GuardId {
  const named = pattern.whySilent?.(match) ?? placeholderGuard(match.secret);
  if (named !== undefined) return named;
  if (isEmulatorKey(match.secret)) return 'emulator-key';
  return isFiller(match.secret) ? 'filler' : 'unconfirmed';
}
