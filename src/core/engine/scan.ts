import type { FindingInside } from '../secrets/finding-inside.ts';
import { isDocumentation, reasonForSilence } from '../secrets/silent-files.ts';
import type { Span } from '../text/text-edit.ts';
import { blocksOf, windowOf } from './blocks.ts';
import { AskedDocument } from './asked-document.ts';
import type { Finding, SourceDocument } from './finding.ts';
import { formats, wordsInBytes, wordsInPart } from './formats.ts';
import { rememberedFingerprints } from './fingerprint.ts';
import { findingsOf } from './report-findings.ts';
import {
  type Candidate,
  keyOf,
  type Mentions,
  scanBlock,
  type ScanContext,
  type ScannedBlock,
  type Silence,
} from './scan-block.ts';
import { mistakesIn } from './scan-rules.ts';
import type { KeywordHits } from './prefilter.ts';

export { mayHoldFinding, mayHoldPartOfKey, prefilterKeywords, wordsInBytes } from './formats.ts';
export type { Silence } from './scan-block.ts';

export interface ScanOptions {
  /** Decides whether a signature has expired; the present when absent. */
  readonly now?: Date;
  /** Returns suppressed findings too, marked with their `suppression`. */
  readonly keepSuppressed?: boolean;
  /** Told of what looked like a secret and was kept silent, in no order and possibly twice; scanning pays only when given. */
  readonly observe?: (silence: Silence) => void;
  /** What is known of the document from elsewhere, to be reported beside what is found in it. */
  readonly also?: readonly Candidate[];
}

/** What spares work where a file was just read. */
export interface BytesAtHand {
  /** The document's text as UTF-8, without byte order mark. */
  readonly utf8?: Uint8Array;
  /** Which words it holds. */
  readonly hits?: KeywordHits;
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
  /** Another path could have changed what was found, or that nothing was. */
  readonly byPath: boolean;
  /** A rule that is not at hand has to look, so that there may be more: never where all are. */
  readonly unsure: boolean;
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
  options: ScanOptions & BytesAtHand = {},
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

/** In larger texts evidence such as a host name counts only this many blocks away. */
const evidenceReach = 8;
/** For so long a signature's expiry is judged by the time of the previous scan. */
const sameTime = 3_600_000;

function* scanSteps(
  document: SourceDocument,
  previous: ScanState | undefined,
  options: ScanOptions & BytesAtHand,
): Generator<undefined, ScanState> {
  const { text, languageId, uri } = document;
  let byPath = false;
  const asked = (): string => {
    byPath = true;
    return uri;
  };
  const started = options.now ?? new Date();
  const age = started.getTime() - (previous?.now.getTime() ?? -Infinity);
  const now = options.now === undefined && previous && age >= 0 && age < sameTime ? previous.now : started;
  if (text.length === 0 || reasonForSilence(document) !== undefined)
    return { document, now, blocks: [], findings: [], byPath: true, unsure: false, fingerprints: new Map() };
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
    const { window, ...words } = windowIn(text, around, options);
    const core = { start: span.start - around.start, end: span.end - around.start };
    const same = reusable
      .get(window.length)
      ?.find(block => block.core.start === core.start && block.core.end === core.end && block.window === window);
    // The old window would keep the whole old text alive.
    blocks.push(
      same === undefined ? { window, core, ...words, evidence: new Map(), mistakes: new Map() } : { ...same, window },
    );
    starts.push(around.start);
    yield undefined;
  }
  const candidates: Candidate[] = [];
  const findingsIn = (inner: string, language: string): FindingInside[] => findingsInside(inner, language, now);
  const documented = isDocumentation(document.uri);
  for (const [index, block] of blocks.entries()) {
    const shift = starts[index] ?? 0;
    const mentions = evidenceNear(blocks, index);
    const answered = [...(block.asked?.values() ?? [])];
    if (block.candidates === undefined || answered.some(({ evidence, answer }) => mentions(evidence) !== answer))
      scanBlock(block, {
        languageId,
        uri: asked,
        mentions,
        now,
        findingsIn,
        certainOnly: documented,
        ...observerAt(shift, options.observe),
      });
    for (const candidate of block.candidates ?? []) {
      const span = { start: candidate.span.start + shift, end: candidate.span.end + shift };
      if (documented && candidate.grade.confidence !== 'high') {
        options.observe?.({ ruleId: candidate.compiled.format.id, span, guard: 'documentation' });
        continue;
      }
      candidates.push({ ...candidate, span });
    }
    yield undefined;
  }
  const askedDocument = new AskedDocument(languageId, text, asked);
  const mistakes = mistakesIn(askedDocument, blocks, starts);
  candidates.push(...(mistakes ?? []), ...(options.also ?? []));
  yield undefined;
  const digests = new Map<string, string>();
  const fingerprint = rememberedFingerprints(previous?.fingerprints, digests);
  const { keepSuppressed = false } = options;
  const findings = findingsOf(document, candidates, { now, keepSuppressed, fingerprint });
  return { document, now, blocks, findings, byPath, unsure: mistakes === undefined, fingerprints: digests };
}

/** A part of a text, with the words in it where these are quickly had from bytes. */
function windowIn(
  text: string,
  { start, end }: Span,
  { utf8, hits }: BytesAtHand,
): Pick<ScannedBlock, 'window' | 'hits'> {
  const window = text.slice(start, end);
  if (utf8 === undefined) return { window };
  const isAscii = utf8.length === text.length;
  if (window.length === text.length) return { window, hits: hits ?? wordsInBytes(utf8, isAscii) };
  if (isAscii) return { window, hits: wordsInBytes(utf8.subarray(start, end), true) };
  const { text: part, hits: inPart } = wordsInPart(window);
  return { window: part, hits: inPart };
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

function observerAt(shift: number, observe: ScanOptions['observe']): Pick<ScanContext, 'observe'> {
  if (observe === undefined) return {};
  return {
    observe: ({ span, ...silence }) => {
      observe({ ...silence, span: { start: span.start + shift, end: span.end + shift } });
    },
  };
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

const formatById = new Map(formats.map(({ format }) => [format.id, format]));

/** What the formats say of a text that was unwrapped from another. */
export function findingsInside(text: string, languageId: string, now: Date): FindingInside[] {
  return scan({ uri: '', languageId, text }, { now }).flatMap(({ ruleId, severity, confidence, messageArgs }) => {
    const format = formatById.get(ruleId);
    if (format === undefined) return [];
    const { title, givesWay: byNameAlone = false } = format;
    const { note } = messageArgs;
    return [{ ruleId, title, severity, confidence, byNameAlone, ...(note && { note }) }];
  });
}
