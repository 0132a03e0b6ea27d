import { joinConstants } from '../languages/joined-text.ts';
import type { Languages } from '../languages/languages.ts';
import { isCodeLanguage } from '../secrets/decoded-text.ts';
import { isDocumentation } from '../secrets/silent-files.ts';
import type { SourceDocument } from './finding.ts';
import { formats, matchesAt, openPlaces } from './formats.ts';
import type { Candidate, ScannedBlock } from './scan-block.ts';
import { rescanAsync, scanAsync, type AsyncScanOptions, type ScanState } from './scan.ts';

/** A literal that is given to something: no blanks, not letters alone. */
const givenLiteral =
  /(?<=[:=]\s{0,8}[@$frbu]{0,2})["'`](?!https?:)(?=[^"'`\s]{0,80}\d)(?<value>[^"'`\s<>{}()]{8,512})["'`]/gu;
/** What it is given to, right before it; no code calls a member with a hyphen by a part of its name. */
const givenName =
  /(?<![\w$-])(?<name>[A-Za-z_$][\w$]{0,60})["']?(?:\s{0,4}:\s{0,4}[\w.&<>]{1,20})?\s{0,4}(?::=|[=:])\s{0,8}[@$frbu]{0,2}$/u;
/** As far as that name reaches back. */
const nameReach = 128;
/** Names of resources are nobody's secret, nor is what holds one. */
const guid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/iu;
/** Mixed letters, a single word, or a character that names and versions do not have. */
const secretLike = /^(?=.*[a-z])(?=.*[A-Z])|^[A-Za-z\d]+$|[!@#$%^&*+=?~|\\]/u;
/** How far behind such a place the name of its value stands. */
const reach = 240;
const mostPlaces = 500;
/** Longer files are data more than code; to look at them at each keystroke would be felt. */
const joinLimit = 300_000;

/** Whether a secret may be put together from what stands apart: only then is a file parsed. */
export function mayBeSplit({ text, languageId, uri }: SourceDocument, { blocks }: Pick<ScanState, 'blocks'>): boolean {
  // Where a file is not looked at, there are none.
  if (blocks.length === 0) return false;
  if (!isJoinable(languageId, text.length) || isDocumentation(uri)) return false;
  // Few files hold such a place, and most that do hold no literal that could belong there.
  const open = new Set(blocks.flatMap(block => (block.openNames ??= openNamesIn(block))));
  return (
    open.size > 0 &&
    blocks.some(block => (block.givenNames ??= givenNamesIn(block.window)).some(name => open.has(name)))
  );
}

/** Whether constants are joined in such a file at all. */
export function isJoinable(languageId: string, length: number): boolean {
  return isCodeLanguage(languageId) && length <= joinLimit;
}

/** Names of what is given a literal that could be a secret. */
export function givenNamesIn(text: string, most = mostPlaces): readonly string[] {
  return firstOf(most, text.matchAll(givenLiteral)).flatMap(({ index, groups }) => {
    const value = groups?.['value'] ?? '';
    if (!secretLike.test(value) || (guid.test(value) && !value.includes('sig='))) return [];
    return givenName.exec(text.slice(Math.max(0, index - nameReach), index))?.groups?.['name'] ?? [];
  });
}

/** Names that stand where a secret does. */
export function openNamesIn(
  { window, hits }: Pick<ScannedBlock, 'window' | 'hits'>,
  most = mostPlaces,
): readonly string[] {
  if (hits === undefined) return [];
  return firstOf(most, matchesAt(window, openPlaces, hits)).flatMap(
    ({ index }) => window.slice(index, index + reach).match(names) ?? [],
  );
}

const names = /[A-Za-z_$][\w$]*/gu;

function firstOf<T>(most: number, all: Iterable<T>): T[] {
  const first: T[] = [];
  for (const one of all) if (first.push(one) === most) break;
  return first;
}

/**
 * As `rescanAsync`, but joins what is constant first, by the syntax tree, where a file may hold a secret in parts.
 * @param languages asked for only then
 */
export async function rescanJoined(
  document: SourceDocument,
  previous: ScanState | undefined,
  languages: () => Languages | Promise<Languages>,
  options: AsyncScanOptions = {},
): Promise<ScanState | undefined> {
  const state = await rescanAsync(document, previous, options);
  if (state === undefined || !mayBeSplit(document, state)) return state;
  const also = await joinedCandidates(document, state, await languages(), options);
  if (also.length === 0 || options.signal?.aborted === true) return state;
  return rescanAsync(document, state, { ...options, also });
}

async function joinedCandidates(
  document: SourceDocument,
  { findings, now }: ScanState,
  languages: Languages,
  options: AsyncScanOptions,
): Promise<Candidate[]> {
  // Joining only adds: where a text cannot be parsed, what was found in it as it stands still counts.
  const joined = await languages.read(document, joinConstants).catch(() => undefined);
  if (joined === undefined) return [];
  const { signal } = options;
  const found = await scanAsync(
    { ...document, text: joined.text },
    { now, keepSuppressed: true, ...(signal && { signal }) },
  );
  return (found ?? []).flatMap(({ ruleId, span: at, severity, confidence, messageArgs }): Candidate[] => {
    const compiled = formats.find(({ format }) => format.id === ruleId);
    const span = joined.toLiteral(at);
    if (compiled === undefined || span === undefined || confidence === 'low') return [];
    const known = findings.find(finding => finding.span.start < span.end && span.start < finding.span.end);
    const knownByName = formats.some(({ format }) => format.id === known?.ruleId && format.givesWay === true);
    // What was found where it stands is known better there.
    if (known !== undefined && (!knownByName || compiled.format.givesWay === true)) return [];
    return [{ compiled, span, grade: { severity, confidence, args: messageArgs } }];
  });
}
