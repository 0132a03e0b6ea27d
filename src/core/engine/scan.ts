import { type Span, spanContains } from '../text/text-edit.ts';
import { type ConnectionStringAround, connectionStringAround } from '../secrets/connection-string-around.ts';
import { decodeText, type DecodedText } from '../secrets/decoded-text.ts';
import { reasonForSilence } from '../secrets/silent-files.ts';
import { services } from '../services/catalogue.generated.ts';
import type { CredentialFormat, CredentialPattern, Grade } from '../services/service.ts';
import type { Confidence, Finding, Severity, SourceDocument } from './finding.ts';
import { fingerprintOf } from './fingerprint.ts';
import { keywordTest, mayHideKeyword, searchedText, type SearchedText } from './prefilter.ts';
import { suppressions } from './suppression.ts';

export interface ScanOptions {
  /** Decides whether a signature has expired; the present when absent. */
  readonly now?: Date;
}

export interface AsyncScanOptions extends ScanOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds of work between two pauses in which the host may do other things; 4 when absent. */
  readonly yieldEvery?: number;
}

/** Finds embedded credentials. Findings are in text order, do not overlap, and never carry a secret. */
export function scan(document: SourceDocument, options: ScanOptions = {}): Finding[] {
  const steps = scanSteps(document, options);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** As `scan`, but pauses so that the host stays responsive. `undefined` when the signal was aborted. */
export async function scanAsync(
  document: SourceDocument,
  options: AsyncScanOptions = {},
): Promise<Finding[] | undefined> {
  const { signal, yieldEvery = 4 } = options;
  const steps = scanSteps(document, options);
  let resumed = performance.now();
  for (;;) {
    if (signal?.aborted === true) return undefined;
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() - resumed < yieldEvery) continue;
    await new Promise(resolve => setTimeout(resolve, 0));
    resumed = performance.now();
  }
}

interface CompiledFormat {
  readonly format: CredentialFormat;
  readonly mayMatch: (searched: SearchedText) => boolean;
  /** Place in the catalogue: of two equally certain findings on one place the earlier rule wins. */
  readonly order: number;
}

const formats: readonly CompiledFormat[] = services
  .flatMap(service => service.credentials)
  .map((format, order) => ({ format, order, mayMatch: keywordTest(format.keywords) }));
const anyMayMatch = keywordTest(formats.flatMap(({ format }) => format.keywords));

/** Text is looked at in blocks, so that no step takes long however large the file or its lines are. */
const blockSize = 32 * 1024;
/** How far a match may reach beyond its block; more than the longest credential with its surroundings. */
const overlap = 4 * 1024;
/** More matches of one pattern in one block are no longer something people wrote. */
const matchesPerBlock = 400;

/** In larger texts evidence such as a host name counts only within the same part. */
const evidencePart = 8 * blockSize;

interface Candidate {
  readonly compiled: CompiledFormat;
  readonly span: Span;
  readonly grade: Grade;
}

function* scanSteps(document: SourceDocument, options: ScanOptions): Generator<undefined, Finding[]> {
  const { text } = document;
  if (text.length === 0 || reasonForSilence(document) !== undefined) return [];
  const now = options.now ?? new Date();
  let part: { readonly start: number; readonly mentions: Mentions } | undefined;
  const candidates: Candidate[] = [];
  for (let start = 0; start < text.length; start += blockSize) {
    if (start > 0) yield undefined;
    const core = { start, end: Math.min(start + blockSize, text.length) };
    const window = { start: Math.max(0, start - overlap), end: Math.min(core.end + overlap, text.length) };
    const raw = text.slice(window.start, window.end);
    if (!anyMayMatch(searchedText(raw)) && !mayHideKeyword(raw)) continue;
    const partStart = start - (start % evidencePart);
    if (part?.start !== partStart)
      part = { start: partStart, mentions: evidenceIn(text.slice(partStart, partStart + evidencePart)) };
    const decoded = decodeText(text, window, document.languageId);
    const context = {
      decoded,
      languageId: document.languageId,
      mentions: part.mentions,
      now,
      connectionStringAt: connectionStringsIn(decoded.text),
    };
    const searched = searchedText(decoded.text);
    for (const compiled of formats) {
      if (!compiled.mayMatch(searched)) continue;
      for (const pattern of compiled.format.patterns) {
        if (pattern.hint !== undefined && !pattern.hint.test(decoded.text)) continue;
        for (const candidate of matchPattern(pattern, context)) {
          // The neighbouring block sees the same match with more of its surroundings.
          if (candidate.span.start < core.start || candidate.span.start >= core.end) continue;
          candidates.push({ compiled, ...candidate });
        }
      }
    }
  }
  if (candidates.length === 0) return [];
  yield undefined;
  return report(document, mostSpecific(candidates));
}

type Mentions = (evidence: RegExp) => boolean;

function evidenceIn(text: string): Mentions {
  const known = new Map<string, boolean>();
  return evidence => {
    const key = `${evidence.flags}/${evidence.source}`;
    let found = known.get(key);
    if (found === undefined) {
      found = evidence.test(text);
      known.set(key, found);
    }
    return found;
  };
}

/** Parses a connection string once, however many of its keys are asked for. */
function connectionStringsIn(text: string): (at: Span) => ConnectionStringAround {
  let last: ConnectionStringAround | undefined;
  return at => (last !== undefined && spanContains(last.span, at) ? last : (last = connectionStringAround(text, at)));
}

interface BlockContext {
  readonly decoded: DecodedText;
  readonly languageId: string;
  readonly mentions: Mentions;
  readonly now: Date;
  readonly connectionStringAt: (at: Span) => ConnectionStringAround;
}

function* matchPattern(
  pattern: CredentialPattern,
  { decoded, languageId, mentions, now, connectionStringAt }: BlockContext,
): Generator<{ span: Span; grade: Grade }> {
  let matches = 0;
  for (const match of decoded.text.matchAll(pattern.regex)) {
    if (++matches > matchesPerBlock) return;
    const groups = match.groups ?? {};
    const range = match.indices?.groups?.['secret'];
    const secret = groups['secret'];
    if (range === undefined || secret === undefined) continue;
    const secretSpan = { start: range[0], end: range[1] };
    const span = { start: match.index, end: match.index + match[0].length };
    const grade = pattern.grade({
      secret,
      groups,
      text: decoded.text,
      span,
      secretSpan,
      languageId,
      connectionString: () => connectionStringAt(span),
      mentions,
      now,
    });
    if (grade !== undefined) yield { span: decoded.toSource(grade.secretSpan ?? secretSpan), grade };
  }
}

const certainty: Readonly<Record<Confidence, number>> = { high: 0, medium: 1, low: 2 };
const weight: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2 };

/** Of findings that overlap, the most certain stays; among these the graver, then the earlier in the catalogue. */
function mostSpecific(candidates: readonly Candidate[]): Candidate[] {
  const ranked = [...candidates].sort(
    (a, b) =>
      certainty[a.grade.confidence] - certainty[b.grade.confidence] ||
      weight[severityOf(a)] - weight[severityOf(b)] ||
      a.compiled.order - b.compiled.order ||
      a.span.start - b.span.start,
  );
  const taken = new IntervalSet();
  return ranked.filter(candidate => taken.addIfFree(candidate.span)).sort((a, b) => a.span.start - b.span.start);
}

function severityOf({ grade, compiled }: Candidate): Severity {
  return grade.severity ?? compiled.format.severity;
}

/** Disjoint intervals, found by bisection. */
class IntervalSet {
  readonly #spans: Span[] = [];

  /** Adds the span unless it overlaps one that is there. */
  addIfFree(span: Span): boolean {
    let low = 0;
    let high = this.#spans.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#spans[middle]?.start ?? 0) < span.start) low = middle + 1;
      else high = middle;
    }
    const before = this.#spans[low - 1];
    const after = this.#spans[low];
    if ((before !== undefined && before.end > span.start) || (after !== undefined && after.start < span.end))
      return false;
    this.#spans.splice(low, 0, span);
    return true;
  }
}

function report(document: SourceDocument, candidates: readonly Candidate[]): Finding[] {
  const { text, uri } = document;
  const isSuppressed = suppressions(document);
  const ordinals = new Map<string, number>();
  const findings: Finding[] = [];
  candidates.forEach((candidate, index) => {
    const ruleId = candidate.compiled.format.id;
    if (isSuppressed(ruleId, candidate.span)) return;
    const neighbours = neighboursOf(candidates, index);
    const maskedLine = maskLine(text, candidate.span, neighbours);
    const key = `${ruleId}\n${maskedLine}`;
    const ordinal = ordinals.get(key) ?? 0;
    ordinals.set(key, ordinal + 1);
    findings.push({
      ruleId,
      uri,
      span: candidate.span,
      severity: severityOf(candidate),
      confidence: candidate.grade.confidence,
      messageArgs: safeArguments(
        candidate.grade.args ?? {},
        neighbours.map(({ start, end }) => text.slice(start, end)),
      ),
      fingerprint: fingerprintOf({ ruleId, uri, maskedLine, ordinal }),
    });
  });
  return findings;
}

/** The secrets within reach of one, itself included, in text order: its message and its line could hold no others. */
function neighboursOf(candidates: readonly Candidate[], index: number): Span[] {
  const own = candidates[index]?.span;
  if (own === undefined) return [];
  let first = index;
  while (own.start - (candidates[first - 1]?.span.end ?? -Infinity) < overlap) first--;
  let last = index;
  while ((candidates[last + 1]?.span.start ?? Infinity) - own.end < overlap) last++;
  return candidates.slice(first, last + 1).map(({ span }) => span);
}

/** How much of a very long line takes part in the fingerprint, to each side. */
const fingerprintReach = 200;

/** The finding's line, or what is near of it, with secrets replaced and white space made even. */
function maskLine(text: string, span: Span, secrets: readonly Span[]): string {
  const before = text.slice(Math.max(0, span.start - fingerprintReach), span.start);
  const after = text.slice(span.end, span.end + fingerprintReach);
  const start = span.start - (before.length - 1 - Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')));
  const lineEnd = after.search(/[\r\n]/u);
  const end = span.end + (lineEnd === -1 ? after.length : lineEnd);
  let masked = '';
  let position = start;
  for (const secret of secrets) {
    if (secret.end <= start || secret.start >= end) continue;
    masked += `${text.slice(position, Math.max(position, secret.start))}***`;
    position = secret.end;
  }
  return (masked + text.slice(position, Math.max(position, end))).trim().replace(/\s+/gu, ' ');
}

/** Arguments are names; one that holds a secret (a malformed connection string) or is no name is left out. */
function safeArguments(
  args: Readonly<Record<string, string | undefined>>,
  secrets: readonly string[],
): Record<string, string> {
  const safe: Record<string, string> = {};
  for (const [name, value] of Object.entries(args)) {
    if (value === undefined || value === '' || value.length > 80 || !/^[\p{L}\p{N} _.,:;@\\/()-]+$/u.test(value))
      continue;
    if (secrets.some(secret => value.includes(secret))) continue;
    safe[name] = value;
  }
  return safe;
}
