import type { LineIndex } from '../text/line-index.ts';
import { lineIndex } from '../text/line-index.ts';
import type { Span } from '../text/text-edit.ts';
import { decodeText, type DecodedText } from '../secrets/decoded-text.ts';
import { reasonForSilence } from '../secrets/silent-files.ts';
import { services } from '../services/catalogue.generated.ts';
import type { CredentialFormat, CredentialPattern, Grade } from '../services/service.ts';
import type { Confidence, Finding, Severity, SourceDocument } from './finding.ts';
import { fingerprintOf } from './fingerprint.ts';
import { keywordExpression, mayHideKeyword } from './prefilter.ts';
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
  readonly keyword: RegExp;
  /** Place in the catalogue: of two equally certain findings on one place the earlier rule wins. */
  readonly order: number;
}

const formats: readonly CompiledFormat[] = services
  .flatMap(service => service.credentials)
  .map((format, order) => ({ format, order, keyword: keywordExpression(format.keywords) }));
const anyKeyword = keywordExpression(formats.flatMap(({ format }) => format.keywords));

/** Text is looked at in blocks, so that no step takes long however large the file or its lines are. */
const blockSize = 32 * 1024;
/** How far a match may reach beyond its block; more than the longest credential with its surroundings. */
const overlap = 4 * 1024;
/** More matches of one pattern in one block are no longer something people wrote. */
const matchesPerBlock = 400;

interface Candidate {
  readonly compiled: CompiledFormat;
  readonly span: Span;
  readonly grade: Grade;
}

function* scanSteps(document: SourceDocument, options: ScanOptions): Generator<undefined, Finding[]> {
  const { text } = document;
  if (text.length === 0 || reasonForSilence(document) !== undefined) return [];
  const mentions = evidenceIn(text);
  const now = options.now ?? new Date();
  const candidates: Candidate[] = [];
  for (let start = 0; start < text.length; start += blockSize) {
    if (start > 0) yield undefined;
    const core = { start, end: Math.min(start + blockSize, text.length) };
    const window = { start: Math.max(0, start - overlap), end: Math.min(core.end + overlap, text.length) };
    const raw = text.slice(window.start, window.end);
    if (!anyKeyword.test(raw) && !mayHideKeyword(raw)) continue;
    const decoded = decodeText(text, window, document.languageId);
    for (const compiled of formats) {
      if (!compiled.keyword.test(decoded.text)) continue;
      for (const pattern of compiled.format.patterns) {
        for (const candidate of matchPattern(pattern, decoded, document.languageId, mentions, now)) {
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
      found = new RegExp(evidence.source, evidence.flags.replace('g', '')).test(text);
      known.set(key, found);
    }
    return found;
  };
}

function* matchPattern(
  pattern: CredentialPattern,
  decoded: DecodedText,
  languageId: string,
  mentions: Mentions,
  now: Date,
): Generator<{ span: Span; grade: Grade }> {
  let matches = 0;
  for (const match of decoded.text.matchAll(pattern.regex)) {
    if (++matches > matchesPerBlock) return;
    const groups = match.groups ?? {};
    const range = match.indices?.groups?.['secret'];
    const secret = groups['secret'];
    if (range === undefined || secret === undefined) continue;
    const secretSpan = { start: range[0], end: range[1] };
    const grade = pattern.grade({
      secret,
      groups,
      text: decoded.text,
      span: { start: match.index, end: match.index + match[0].length },
      secretSpan,
      languageId,
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
  const lines = lineIndex(text);
  const isSuppressed = suppressions(document, lines);
  const secrets = candidates.map(({ span }) => text.slice(span.start, span.end));
  const ordinals = new Map<string, number>();
  const findings: Finding[] = [];
  candidates.forEach((candidate, index) => {
    const ruleId = candidate.compiled.format.id;
    if (isSuppressed(ruleId, candidate.span)) return;
    const maskedLine = maskLine(text, lines, candidates, index);
    const key = `${ruleId}\n${maskedLine}`;
    const ordinal = ordinals.get(key) ?? 0;
    ordinals.set(key, ordinal + 1);
    findings.push({
      ruleId,
      uri,
      span: candidate.span,
      severity: severityOf(candidate),
      confidence: candidate.grade.confidence,
      messageArgs: safeArguments(candidate.grade.args ?? {}, secrets),
      fingerprint: fingerprintOf({ ruleId, uri, maskedLine, ordinal }),
    });
  });
  return findings;
}

/** How much of a very long line takes part in the fingerprint, to each side. */
const fingerprintReach = 200;

function maskLine(text: string, lines: LineIndex, candidates: readonly Candidate[], index: number): string {
  const span = candidates[index]?.span ?? { start: 0, end: 0 };
  const { line } = lines.positionAt(span.start);
  const start = Math.max(lines.lineStart(line), span.start - fingerprintReach);
  const end = Math.min(lines.lineStart(lines.positionAt(span.end).line + 1), span.end + fingerprintReach);
  let masked = '';
  let position = start;
  let first = index;
  while ((candidates[first - 1]?.span.end ?? -1) > start) first--;
  for (let i = first; i < candidates.length; i++) {
    const other = candidates[i]?.span;
    if (other === undefined || other.start >= end) break;
    masked += `${text.slice(position, Math.max(position, other.start))}***`;
    position = Math.max(position, other.end);
  }
  return masked + text.slice(position, Math.max(position, end));
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
    if (secrets.some(secret => secret.length > 0 && (value.includes(secret) || secret === value))) continue;
    safe[name] = value;
  }
  return safe;
}
