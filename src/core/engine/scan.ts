import { type Span, spanContains } from '../text/text-edit.ts';
import { type ConnectionStringAround, connectionStringAround } from '../secrets/connection-string-around.ts';
import { decodeText, type DecodedText } from '../secrets/decoded-text.ts';
import { isDocumentation, reasonForSilence } from '../secrets/silent-files.ts';
import { isFiller, isPlaceholder } from '../secrets/placeholder.ts';
import { isEmulatorKey } from '../secrets/well-known.ts';
import { genericCredentials } from '../secrets/generic/generic-credentials.ts';
import { thirdPartyCredentials } from '../secrets/third-party/third-party-tokens.ts';
import { identityRules } from '../rules/rules.generated.ts';
import type { IdentityRule } from '../rules/rule.ts';
import { services } from '../services/catalogue.generated.ts';
import type { CredentialFormat, CredentialMatch, CredentialPattern, Grade } from '../services/service.ts';
import { blocksOf, overlap, windowOf } from './blocks.ts';
import type { Confidence, Finding, Severity, SourceDocument } from './finding.ts';
import { fingerprintOf, type FingerprintInput } from './fingerprint.ts';
import { keywordSearch } from './prefilter.ts';
import { suppressions, type SuppressionVerdict } from './suppression.ts';

export interface ScanOptions {
  /** Decides whether a signature has expired; the present when absent. */
  readonly now?: Date;
  /** Returns suppressed findings too, marked with their `suppression`. */
  readonly keepSuppressed?: boolean;
  /** Told of what looked like a secret and was kept silent, in no order and possibly twice; scanning pays only when given. */
  readonly observe?: (silence: Silence) => void;
}

/** A place that a rule's expression matched and that its checks took for no secret. */
export interface Silence {
  readonly ruleId: string;
  readonly span: Span;
  /** The guard, in words. */
  readonly guard: string;
}

export interface AsyncScanOptions extends ScanOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds of work between two pauses in which the host may do other things; 4 when absent. */
  readonly yieldEvery?: number;
}

/** The findings of a text, with what makes the next scan of the same document quick. Holds the text. */
export interface ScanState {
  readonly document: SourceDocument;
  /** In text order; they do not overlap and never carry a secret. */
  readonly findings: readonly Finding[];
  readonly now: Date;
  readonly blocks: readonly ScannedBlock[];
  /** By what they are made of. */
  readonly fingerprints: ReadonlyMap<string, string>;
}

/** Finds embedded credentials. Findings are in text order, do not overlap, and never carry a secret. */
export function scan(document: SourceDocument, options: ScanOptions = {}): Finding[] {
  return [...rescan(document, undefined, options).findings];
}

/** As `scan`, but pauses so that the host stays responsive. `undefined` when the signal was aborted. */
export async function scanAsync(
  document: SourceDocument,
  options: AsyncScanOptions = {},
): Promise<Finding[] | undefined> {
  const state = await rescanAsync(document, undefined, options);
  return state && [...state.findings];
}

/**
 * Scans a document that was scanned before: only the blocks that an edit touched are looked at again, all others are
 * shifted. The findings are those of a full scan, always; `previous` may be of any text.
 */
export function rescan(
  document: SourceDocument,
  previous: ScanState | undefined,
  options: ScanOptions = {},
): ScanState {
  const steps = scanSteps(document, previous, options);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** As `rescan`, but pauses so that the host stays responsive. `undefined` when the signal was aborted. */
export async function rescanAsync(
  document: SourceDocument,
  previous: ScanState | undefined,
  options: AsyncScanOptions = {},
): Promise<ScanState | undefined> {
  const { signal, yieldEvery = 4 } = options;
  const steps = scanSteps(document, previous, options);
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

/** Whether there is anything that `scan` reports or a directive keeps it from reporting. */
export function holdsCandidate(document: SourceDocument): boolean {
  return rescan(document, undefined).blocks.some(({ candidates = [] }) => candidates.length > 0);
}

/** Whether a file's bytes could hold a finding at all. Of UTF-8 text, no always means that `scan` finds nothing. */
export function mayHoldFinding(utf8: Uint8Array): boolean {
  return prefilter.anyIn(utf8);
}

interface CompiledFormat {
  readonly format: CredentialFormat;
  /** Place in the catalogue: of two equally certain findings on one place the earlier rule wins. */
  readonly order: number;
}

const formats: readonly CompiledFormat[] = [
  ...services.flatMap(service => service.credentials),
  ...thirdPartyCredentials,
  ...genericCredentials,
].map((format, order) => ({ format, order }));
/** Formats whose keywords say so little that a look at the text itself must follow. */
const gated = formats.flatMap(({ format, order }) =>
  format.gate === undefined ? [] : [{ order, format: { ...format, gate: format.gate } }],
);
/** In place after all formats: of two findings on one place the embedded secret is the better news. */
const ruleGroups = identityRules.map((rule, index) => ({ rule, order: formats.length + index }));
/** Escapes that could hide a keyword: serializers write the `+` of a key's signature as `\u002B`. */
const escapedPlus = ['\\u002b', '&#43;', '&#x2b;', '\\x2b'];
const keywordGroups = [
  ...formats.map(({ format }) => format.keywords),
  ...ruleGroups.map(({ rule }) => rule.keywords),
  escapedPlus,
];
const prefilter = keywordSearch(keywordGroups);

/** What a text must hold one of to be looked at; letter case counts in those with capital letters. */
export function prefilterKeywords(): readonly string[] {
  return [...new Set(keywordGroups.flat())];
}

/** More matches of one pattern in one block are no longer something people wrote. */
const matchesPerBlock = 400;
/** In larger texts evidence such as a host name counts only this many blocks away. */
const evidenceReach = 8;
/** For so long a signature's expiry is judged by the time of the previous scan. */
const sameTime = 3_600_000;

interface Candidate {
  readonly compiled: {
    readonly format: Pick<CredentialFormat, 'id' | 'severity' | 'givesWay'>;
    readonly order: number;
  };
  readonly span: Span;
  readonly grade: Grade;
}

/** What was found in a block depends on nothing but its window's text and the answers that it got. */
interface ScannedBlock {
  readonly window: string;
  /** The block itself, in its window. */
  readonly core: Span;
  /** With spans in the window; absent until it was looked at. */
  candidates?: readonly Candidate[];
  /** Evidence that the block's patterns asked for, with the answer. */
  asked?: ReadonlyMap<string, { readonly evidence: RegExp; readonly answer: boolean }>;
  /** Which evidence this window holds. */
  readonly evidence: Map<string, boolean>;
}

function* scanSteps(
  document: SourceDocument,
  previous: ScanState | undefined,
  options: ScanOptions,
): Generator<undefined, ScanState> {
  const { text, languageId, uri } = document;
  const started = options.now ?? new Date();
  const age = started.getTime() - (previous?.now.getTime() ?? -Infinity);
  const now = options.now === undefined && previous && age >= 0 && age < sameTime ? previous.now : started;
  if (text.length === 0 || reasonForSilence(document) !== undefined)
    return { document, now, blocks: [], findings: [], fingerprints: new Map() };
  const known =
    previous?.document.languageId === languageId &&
    previous.document.uri === uri &&
    previous.now.getTime() === now.getTime()
      ? previous.blocks
      : [];
  const reusable = byLength(known);
  const blocks: ScannedBlock[] = [];
  const starts: number[] = [];
  for (const span of blocksOf(text)) {
    const around = windowOf(span, text);
    const window = text.slice(around.start, around.end);
    const core = { start: span.start - around.start, end: span.end - around.start };
    const same = reusable
      .get(window.length)
      ?.find(block => block.core.start === core.start && block.core.end === core.end && block.window === window);
    // The old window would keep the whole old text alive.
    blocks.push(same === undefined ? { window, core, evidence: new Map() } : { ...same, window });
    starts.push(around.start);
    yield undefined;
  }
  const candidates: Candidate[] = [];
  const documented = isDocumentation(document.uri);
  for (const [index, block] of blocks.entries()) {
    const mentions = evidenceNear(blocks, index);
    const answered = [...(block.asked?.values() ?? [])];
    if (block.candidates === undefined || answered.some(({ evidence, answer }) => mentions(evidence) !== answer))
      scanBlock(block, { languageId, uri, mentions, now, ...observerAt(starts[index] ?? 0, options.observe) });
    const shift = starts[index] ?? 0;
    for (const candidate of block.candidates ?? []) {
      const span = { start: candidate.span.start + shift, end: candidate.span.end + shift };
      if (documented && candidate.grade.confidence !== 'high') {
        options.observe?.({ ruleId: candidate.compiled.format.id, span, guard: 'documentation, not certain enough' });
        continue;
      }
      candidates.push({ ...candidate, span });
    }
    yield undefined;
  }
  if (text.length <= longestForRules) candidates.push(...mistakesIn(document));
  yield undefined;
  const digests = new Map<string, string>();
  const fingerprint = fingerprints(previous?.fingerprints, digests);
  const { keepSuppressed = false } = options;
  const findings =
    candidates.length === 0 ? [] : report(document, mostSpecific(candidates), { now, keepSuppressed, fingerprint });
  return { document, now, blocks, findings, fingerprints: digests };
}

/** Templates and pipelines are far shorter; longer texts are data, in which nothing is set up. */
const longestForRules = 1_000_000;

/** What the identity rules say of a whole text. */
function mistakesIn(document: SourceDocument): Candidate[] {
  const rules = rulesByLanguage.get(document.languageId) ?? [];
  if (rules.length === 0) return [];
  const groups = ruleSearch.groupsIn(document.text);
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
const rulesByLanguage = new Map<string, { readonly rule: IdentityRule; readonly order: number }[]>();
for (const group of ruleGroups) {
  for (const languageId of group.rule.languages) {
    const known = rulesByLanguage.get(languageId);
    if (known === undefined) rulesByLanguage.set(languageId, [group]);
    else known.push(group);
  }
}

function byLength(blocks: readonly ScannedBlock[]): Map<number, ScannedBlock[]> {
  const groups = new Map<number, ScannedBlock[]>();
  for (const block of blocks) {
    const group = groups.get(block.window.length);
    if (group === undefined) groups.set(block.window.length, [block]);
    else group.push(block);
  }
  return groups;
}

/** Looks at a block and keeps in it what was found. */
function scanBlock(block: ScannedBlock, { languageId, uri, mentions, now, observe }: ScanContext): void {
  const { window, core } = block;
  const candidates: Candidate[] = [];
  const asked = new Map<string, { evidence: RegExp; answer: boolean }>();
  block.candidates = candidates;
  block.asked = asked;
  const shut = new Set<number>();
  const openGroups = (text: string): ReadonlySet<number> => {
    const groups = new Set(prefilter.groupsIn(text));
    for (const { order, format } of gated) {
      if (!groups.has(order)) continue;
      // Once for the text as it is written; that it has escapes does not change the answer.
      if (text === window && !format.gate(text, languageId)) shut.add(order);
      if (shut.has(order)) groups.delete(order);
    }
    return groups;
  };
  const inWindow = openGroups(window);
  if (inWindow.size === 0) return;
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
    ...(observe && { observe }),
    connectionStringAt: connectionStringsIn(decoded.text),
  };
  const hints = new Map<RegExp, boolean>();
  const holds = (hint: RegExp): boolean => {
    const known = hints.get(hint);
    if (known !== undefined) return known;
    const held = hint.test(decoded.text);
    hints.set(hint, held);
    return held;
  };
  const groups = decoded.text === window ? inWindow : openGroups(decoded.text);
  for (const compiled of formats) {
    if (!groups.has(compiled.order)) continue;
    for (const pattern of compiled.format.patterns) {
      if (pattern.inLanguage?.(languageId) === false) continue;
      if (pattern.hint !== undefined && !holds(pattern.hint)) continue;
      for (const candidate of matchPattern(pattern, compiled.format.id, context)) {
        // The neighbouring block sees the same match with more of its surroundings.
        if (candidate.span.start < core.start || candidate.span.start >= core.end) continue;
        candidates.push({ compiled, ...candidate });
      }
    }
  }
}

type Mentions = (evidence: RegExp) => boolean;

interface ScanContext {
  readonly languageId: string;
  readonly uri: string;
  readonly mentions: Mentions;
  readonly now: Date;
  readonly observe?: (silence: Silence) => void;
}

function observerAt(shift: number, observe: ScanOptions['observe']): Pick<ScanContext, 'observe'> {
  if (observe === undefined) return {};
  return {
    observe: ({ span, ...silence }) => {
      observe({ ...silence, span: { start: span.start + shift, end: span.end + shift } });
    },
  };
}

function keyOf({ flags, source }: RegExp): string {
  return `${flags}/${source}`;
}

/** Answers for the block at `index` from it and its neighbours; each is asked once however many want to know. */
function evidenceNear(blocks: readonly ScannedBlock[], index: number): Mentions {
  const near = blocks.slice(Math.max(0, index - evidenceReach), index + evidenceReach + 1);
  return evidence => {
    const key = keyOf(evidence);
    return near.some(block => {
      let found = block.evidence.get(key);
      if (found === undefined) block.evidence.set(key, (found = evidence.test(block.window)));
      return found;
    });
  };
}

/** Parses a connection string once, however many of its keys are asked for. */
function connectionStringsIn(text: string): (at: Span) => ConnectionStringAround {
  let last: ConnectionStringAround | undefined;
  return at => (last !== undefined && spanContains(last.span, at) ? last : (last = connectionStringAround(text, at)));
}

interface BlockContext extends ScanContext {
  readonly decoded: DecodedText;
  readonly connectionStringAt: (at: Span) => ConnectionStringAround;
}

function* matchPattern(
  pattern: CredentialPattern,
  ruleId: string,
  { decoded, languageId, uri, mentions, now, observe, connectionStringAt }: BlockContext,
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
    const candidate: CredentialMatch = {
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
    };
    const grade = pattern.grade(candidate);
    if (grade !== undefined) yield { span: decoded.toSource(grade.secretSpan ?? secretSpan), grade };
    else observe?.({ ruleId, span: decoded.toSource(secretSpan), guard: guardOf(pattern, candidate) });
  }
}

function guardOf(pattern: CredentialPattern, match: CredentialMatch): string {
  const named = pattern.whySilent?.(match);
  if (named !== undefined) return named;
  if (isPlaceholder(match.secret)) return 'placeholder';
  if (isEmulatorKey(match.secret)) return 'documented emulator key';
  if (isFiller(match.secret)) return 'filler';
  return 'nothing around it confirms that it is a secret';
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

interface ReportOptions {
  readonly now: Date;
  readonly keepSuppressed: boolean;
  readonly fingerprint: (input: FingerprintInput) => string;
}

/** Computes a fingerprint, or takes it from the previous scan: a digest for each finding is too much for a keystroke. */
function fingerprints(
  previous: ReadonlyMap<string, string> | undefined,
  next: Map<string, string>,
): (input: FingerprintInput) => string {
  return input => {
    const key = JSON.stringify(input);
    const fingerprint = previous?.get(key) ?? fingerprintOf(input);
    next.set(key, fingerprint);
    return fingerprint;
  };
}

function report(
  document: SourceDocument,
  candidates: readonly Candidate[],
  { now, keepSuppressed, fingerprint }: ReportOptions,
): Finding[] {
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
