import { isAscii } from 'node:buffer';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { relative, sep } from 'node:path';
import type { Finding } from '../core/engine/finding.ts';
import { languageOfPath } from '../core/engine/language-of-path.ts';
import { smallestBlock } from '../core/engine/blocks.ts';
import type { KeywordHits } from '../core/engine/prefilter.ts';
import { mayHoldFinding, rescan, wordsInBytes } from '../core/engine/scan.ts';
import { mayBeSplit } from '../core/engine/split-secrets.ts';
import { isDocumentation, isSilentName } from '../core/secrets/silent-files.ts';
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
  const key = clear?.keyOf(bytes, isDocumentation(absolutePath) ? `${languageId}, documented` : languageId);
  if (key !== undefined && clear?.isClear(key) === true) return bytes.length;
  const hits = wordsWhereSmall(bytes);
  if (hits !== undefined && !mayHoldFinding(hits)) return bytes.length;
  const decoded = decodeFile(bytes);
  if (decoded === undefined) return notText(path());
  const stablePath = absolutePath.startsWith(`${top}/`)
    ? absolutePath.slice(top.length + 1)
    : relative(top, absolutePath).split(sep).join('/');
  const uri = path();
  const document = { uri, languageId, text: decoded.text, path: stablePath };
  const state = rescan(document, undefined, {
    keepSuppressed: true,
    ...(decoded.encoding === 'utf8' && { utf8: bytes, ...(hits && { hits }) }),
  });
  const { findings, byPath } = state;
  const unsure = state.unsure || mayBeSplit(document, state);
  if (findings.length === 0 && !unsure) {
    if (key !== undefined && !byPath) clear?.remember(key);
    return bytes.length;
  }
  const file = { kind: 'file', path: uri, absolutePath, named, bytes: bytes.length, ...decoded, stablePath } as const;
  return unsure ? file : { ...file, findings };
}

/** The words in a file that is looked at as a whole; larger ones are looked at block by block. */
function wordsWhereSmall(bytes: Buffer): KeywordHits | undefined {
  if (bytes.length > smallestBlock || startsLikeUtf16(bytes)) return undefined;
  return wordsInBytes(bytes, isAscii(bytes));
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
