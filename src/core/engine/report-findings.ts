import type { Span } from '../text/text-edit.ts';
import { overlap } from './blocks.ts';
import type { Confidence, Finding, Severity, SourceDocument } from './finding.ts';
import type { FingerprintInput } from './fingerprint.ts';
import type { Candidate } from './scan-block.ts';
import { suppressions, type SuppressionVerdict } from './suppression.ts';

export interface ReportOptions {
  readonly now: Date;
  readonly keepSuppressed: boolean;
  readonly fingerprint: (input: FingerprintInput) => string;
}

/** What is reported of candidates in any order: in text order, disjoint, each with its fingerprint and no secret. */
export function findingsOf(
  document: SourceDocument,
  found: readonly Candidate[],
  { now, keepSuppressed, fingerprint }: ReportOptions,
): Finding[] {
  if (found.length === 0) return [];
  const candidates = mostSpecific(found);
  const { text, uri, path = uri } = document;
  const suppressionAt = suppressions(document, now);
  const ordinals = new Map<string, number>();
  const findings: Finding[] = [];
  candidates.forEach((candidate, index) => {
    const ruleId = candidate.compiled.format.id;
    const suppression = suppressionAt(ruleId, candidate.span);
    const neighbours = neighboursOf(candidates, index);
    const maskedLine = maskLine(text, candidate.span, neighbours);
    const key = `${ruleId}\n${maskedLine}`;
    const ordinal = ordinals.get(key) ?? 0;
    ordinals.set(key, ordinal + 1);
    // Counted all the same: suppressing one finding must not rename the next one like it.
    if (suppression?.holds === true && !keepSuppressed) return;
    const secrets = neighbours.map(({ start, end }) => text.slice(start, end));
    findings.push({
      ruleId,
      uri,
      span: candidate.span,
      severity: severityOf(candidate),
      confidence: candidate.grade.confidence,
      messageArgs: safeArguments(candidate.grade.args ?? {}, secrets),
      fingerprint: fingerprint({ ruleId, path, maskedLine, ordinal }),
      ...(suppression && suppressionFields(suppression, secrets)),
    });
  });
  return findings;
}

function suppressionFields(
  verdict: SuppressionVerdict,
  secrets: readonly string[],
): Pick<Finding, 'suppression' | 'lapsedSuppression'> {
  if (!verdict.holds) return { lapsedSuppression: verdict.until === undefined ? {} : { until: verdict.until } };
  const { reason } = verdict;
  // A comment that holds what it silences is no reason that may be passed on.
  const safe = reason !== undefined && !secrets.some(secret => reason.includes(secret));
  return { suppression: { kind: 'inSource', ...(safe ? { reason } : {}) } };
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

const certainty: Readonly<Record<Confidence, number>> = { high: 0, medium: 1, low: 2 };
const weight: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2 };

/** Of findings that overlap, the most certain stays; among these the graver, then the earlier in the catalogue. */
function mostSpecific(candidates: readonly Candidate[]): Candidate[] {
  const ranked = [...candidates].sort(
    (a, b) =>
      Number(a.compiled.format.givesWay ?? false) - Number(b.compiled.format.givesWay ?? false) ||
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
