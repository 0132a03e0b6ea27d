import { isAscii, isUtf8 } from 'node:buffer';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { relative, sep } from 'node:path';
import type { Finding } from '../core/engine/finding.ts';
import { languageOfPath } from '../core/engine/language-of-path.ts';
import { overlap } from '../core/engine/blocks.ts';
import { mayHoldFinding, mayHoldPartOfKey, rescan, wordsInBytes } from '../core/engine/scan.ts';
import { sieve, type Sieve, type SievedFile } from '../core/engine/sieve.ts';
import { mayBeSplit } from '../core/engine/split-secrets.ts';
import { isDocumentation, isMinified, isSilentName } from '../core/secrets/silent-files.ts';
import type { ClearFiles } from './clear-files.ts';
import {
  displayPath,
  isSkippedByName,
  notText,
  tooLarge,
  unreadable,
  type FoundFile,
  type SkippedPath,
  type WalkedFile,
} from './file-walk.ts';
import { decodeFile } from './text-encoding.ts';

export interface SiftOptions {
  /** Absolute; paths are reported relative to it. */
  readonly cwd: string;
  /** The folder that fingerprints name files from, absolute. */
  readonly top: string;
  /** Contents that need no second look. */
  readonly clear?: ClearFiles | undefined;
}

/** A file in which there is something to report, or something that a directive silences. */
export interface ScannedFile extends WalkedFile {
  /** With `path` as their URI; suppressed ones included. Absent where a syntax tree or a rule that parses has to say more. */
  readonly findings?: readonly Finding[];
  /** The file's name in their fingerprints. */
  readonly stablePath: string;
}

/** What is in a file; of one without anything to report, how many bytes were read. */
export type Verdict = number | ScannedFile | SkippedPath;

/** Enough for nearly every file; grows for others, but never to stay beyond `largestKept`. */
let buffer = Buffer.allocUnsafeSlow(1 << 20);
const largestKept = 32 << 20;
/** Bytes in which a zero marks a binary file, of which no more is then read. */
const firstRead = 64 * 1024;
const zeroWithin = 8000;

/**
 * Reads a file and scans it, with as few system calls and copies as that takes. Blocks the thread; throws for errors of
 * the scan alone.
 */
export function siftFile(found: FoundFile, { cwd, top, clear }: SiftOptions): Verdict {
  const { absolutePath, named } = found;
  const path = (): string => displayPath(absolutePath, cwd);
  if (isSkippedByName(found)) return notText(path());
  if (isSilentName(absolutePath)) return 0;
  let bytes: Buffer | SkippedPath;
  try {
    bytes = readBytes(found, path);
  } catch (error) {
    return unreadable(path(), error);
  }
  if (!Buffer.isBuffer(bytes)) return bytes;
  const languageId = languageOfPath(absolutePath);
  const documented = isDocumentation(absolutePath);
  const key = clear?.keyOf(bytes, documented ? `${languageId}, documented` : languageId);
  if (key !== undefined && clear?.isClear(key) === true) return bytes.length;
  const uri = path();
  const judged = { byPath: false };
  const asked = (): string => {
    judged.byPath = true;
    return uri;
  };
  const isPlain = isAscii(bytes);
  if (isClear(bytes, { languageId, uri: asked, documented, isPlain })) {
    if (key !== undefined && !judged.byPath) clear?.remember(key);
    return bytes.length;
  }
  const decoded = decodeFile(bytes);
  if (decoded === undefined) return notText(path());
  const stablePath = absolutePath.startsWith(`${top}/`)
    ? absolutePath.slice(top.length + 1)
    : relative(top, absolutePath).split(sep).join('/');
  const document = { uri, languageId, text: decoded.text, path: stablePath };
  const state = rescan(document, undefined, {
    keepSuppressed: true,
    ...(decoded.encoding === 'utf8' && { utf8: bytes }),
  });
  const { findings } = state;
  const unsure = state.unsure || mayBeSplit(document, state);
  if (findings.length === 0 && !unsure) {
    if (key !== undefined && !judged.byPath && !state.byPath) clear?.remember(key);
    return bytes.length;
  }
  const file = { kind: 'file', path: uri, absolutePath, named, bytes: bytes.length, ...decoded, stablePath } as const;
  return unsure ? file : { ...file, findings };
}

interface UnreadFile extends Omit<SievedFile, 'length'> {
  /** All of its bytes are below 128. */
  readonly isPlain: boolean;
}

const newline = 0x0a;
/** Files up to this size are looked at as a whole, others in stretches of as many bytes, which short strings hold. */
const stretch = 64 * 1024;

/** Whether nothing is in the file, told without making text of all of it. `false` where that takes more. */
function isClear(bytes: Buffer, { languageId, uri, documented, isPlain }: UnreadFile): boolean {
  if (startsLikeUtf16(bytes)) return false;
  const body = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
  const whole = body.length <= stretch;
  const length = isPlain ? body.length : body.length / 3;
  const lineFrom = (start: number): number => body.indexOf(newline, start);
  if (isMinified(languageId, body.length, lineFrom)) {
    // What nobody writes by hand is not looked at, whatever it holds.
    uri();
    return isMinified(languageId, length, lineFrom);
  }
  let looked: Sieve | undefined;
  const isClearIn = (part: Buffer): boolean => {
    const isPlainPart = isPlain || (!whole && isAscii(part));
    const hits = wordsInBytes(part, isPlainPart);
    // The last one has nothing behind it; of other characters than ASCII nobody has counted yet how many there are.
    const isLast = part.byteOffset + part.length === body.byteOffset + body.length;
    if (!isLast && mayHoldPartOfKey(hits, isPlainPart ? part.length : 0)) return false;
    if (!mayHoldFinding(hits)) return true;
    if (!isPlainPart && !isUtf8(part)) return false;
    looked ??= sieve({ languageId, uri, documented, length }, whole);
    return looked.isClear(textOf(part, isPlainPart), hits);
  };
  const parts = whole ? [body] : stretchesOf(body);
  if (!parts.every(isClearIn)) return false;
  if (looked?.asksForFile() === true && !(isPlain || isUtf8(body))) return false;
  if (looked?.asksForFile() === true && !looked.isUnconcerned(textOf(body, isPlain))) return false;
  return (
    looked?.asksForValues() !== true || parts.every(part => looked?.givesNone(textOf(part, isPlain || isAscii(part))))
  );
}

function textOf(part: Buffer, isPlain: boolean): string {
  return part.toString(isPlain ? 'latin1' : 'utf8');
}

/** Parts that overlap, and neither begin nor end within a character. */
function stretchesOf(body: Buffer): readonly Buffer[] {
  const parts: Buffer[] = [];
  for (let from = 0; from < body.length; from += stretch) {
    const start = Math.max(0, from - overlap);
    const end = Math.min(from + stretch + overlap, body.length);
    parts.push(body.subarray(characterStart(start, body), characterStart(end, body)));
  }
  return parts;
}

/** Bytes of a character of UTF-8 behind its first one; what has more is no UTF-8, and may begin and end anywhere. */
const mostFollowing = 3;

/** Where the character begins that a byte belongs to. */
function characterStart(at: number, body: Buffer): number {
  const least = Math.max(0, at - mostFollowing);
  for (let start = at; start >= least; start--) if (((body[start] ?? 0) & 0xc0) !== 0x80) return start;
  return at;
}

function startsLikeUtf16(bytes: Buffer): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

/** The file's bytes, in a buffer that the next call uses again. */
function readBytes({ absolutePath, maxBytes }: FoundFile, path: () => string): Buffer | SkippedPath {
  const file = openSync(absolutePath, 'r');
  try {
    if (buffer.length > largestKept) buffer = Buffer.allocUnsafeSlow(1 << 20);
    let length = readSync(file, buffer, 0, firstRead, null);
    if (!startsLikeUtf16(buffer.subarray(0, length)) && buffer.subarray(0, Math.min(length, zeroWithin)).includes(0))
      return notText(path());
    if (length < firstRead) return buffer.subarray(0, length);
    const { size } = fstatSync(file);
    if (size > maxBytes) return tooLarge(path(), maxBytes);
    if (size >= buffer.length) {
      const larger = Buffer.allocUnsafeSlow(size + 1);
      buffer.copy(larger, 0, 0, length);
      buffer = larger;
    }
    for (;;) {
      const read = readSync(file, buffer, length, buffer.length - length, null);
      length += read;
      if (read === 0 || length === buffer.length) return buffer.subarray(0, length);
    }
  } finally {
    closeSync(file);
  }
}
