import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { languageOfPath } from '../core/engine/language-of-path.ts';
import { holdsCandidate, mayHoldFinding } from '../core/engine/scan.ts';
import { mayBeSplit } from '../core/engine/split-secrets.ts';
import { isSilentName } from '../core/secrets/silent-files.ts';
import {
  notText,
  sizeLimit,
  skippedByName,
  tooLarge,
  unreadable,
  type FoundFile,
  type SkippedPath,
  type WalkOptions,
} from './file-walk.ts';
import { decodeFile } from './text-encoding.ts';

/** What a first look at a file says. */
export type Verdict =
  /** Nothing in it; so many bytes were read. */
  | number
  /** Something in it is worth a full scan. */
  | 'candidate'
  | SkippedPath;

/** Enough for nearly every file; grows to the largest that is read. */
let buffer = Buffer.allocUnsafeSlow(1 << 20);
/** Bytes in which a zero marks a binary file, of which no more is then read. */
const firstRead = 64 * 1024;
const zeroWithin = 8000;

/**
 * Reads a file and looks whether there is anything in it, with as few system calls and copies as that takes. Blocks the
 * thread; never throws.
 */
export function siftFile(found: FoundFile, options: Pick<WalkOptions, 'maxBytes'>): Verdict {
  const { path, absolutePath } = found;
  const skipped = skippedByName(found);
  if (skipped !== undefined) return skipped;
  if (isSilentName(absolutePath)) return 0;
  let bytes: Buffer | SkippedPath;
  try {
    bytes = readBytes(found, options);
  } catch (error) {
    return unreadable(path, error);
  }
  if (!Buffer.isBuffer(bytes)) return bytes;
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (!isUtf16 && !mayHoldFinding(bytes)) return bytes.length;
  const decoded = decodeFile(bytes);
  if (decoded === undefined) return notText(path);
  const document = { uri: path, languageId: languageOfPath(path), text: decoded.text };
  return holdsCandidate(document) || mayBeSplit(document) ? 'candidate' : bytes.length;
}

/** The file's bytes, in a buffer that the next call uses again. */
function readBytes(found: FoundFile, options: Pick<WalkOptions, 'maxBytes'>): Buffer | SkippedPath {
  const file = openSync(found.absolutePath, 'r');
  try {
    let length = readSync(file, buffer, 0, firstRead, null);
    const marked = length >= 2 && ((buffer[0] ?? 0) & 0xfe) === 0xfe && ((buffer[1] ?? 0) & 0xfe) === 0xfe;
    if (!marked && buffer.subarray(0, Math.min(length, zeroWithin)).includes(0)) return notText(found.path);
    if (length < firstRead) return buffer.subarray(0, length);
    const { size } = fstatSync(file);
    if (size > sizeLimit(found, options)) return tooLarge(found, options);
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
