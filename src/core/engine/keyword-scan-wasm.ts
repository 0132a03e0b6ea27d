import { module } from './assembly/keyword-scan.generated.ts';
import { chainsOf, toUtf16, type Keyword, type KeywordScan } from './keyword-chains.ts';
import { startModule } from './web-assembly.ts';

/** As assembly/keyword-scan.ts exports it. */
interface Exports {
  readonly setTables: (
    marks: number,
    slots: number,
    chainStarts: number,
    entries: number,
    done: number,
    listed: number,
  ) => void;
  readonly search: (text: number, end: number, places: number, room: number) => number;
  readonly toUtf16: (text: number, places: number, count: number) => void;
}

const entrySize = 32;
/** Bytes around the text that may be looked at; no word is longer. */
const margin = 64;
/** Longer texts are looked at in parts. */
const partSize = 256 * 1024;
/** Words that one part may tell; more are not worth another way to do it, but none may be lost. */
const room = 32 * 1024;

/**
 * A scan in WebAssembly, several times as quick as the one in keyword-scan.ts; `undefined` where it cannot be had.
 * `fallback` takes texts that hold more words than there is room for.
 */
export function wasmKeywordScan(keywords: readonly Keyword[], fallback: () => KeywordScan): KeywordScan | undefined {
  const { marks, chainAt, chainStarts, entryKeywords, entryOffsets, probeOffsets, probes, probeMasks } =
    chainsOf(keywords);
  const wordsLength = keywords.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (keywords.some(({ bytes }) => bytes.length > margin)) return undefined;
  const place = layout();
  const markBits = place(marks.byteLength);
  const slots = place(chainAt.byteLength);
  const starts = place(chainStarts.byteLength);
  const entries = place(entryKeywords.length * entrySize);
  const done = place(keywords.length);
  const words = place(wordsLength);
  const text = place(partSize + 2 * margin) + margin;
  const places = place(8 * room);
  const listed = place(2 * partSize + margin);
  const running = startModule<Exports>(module, place(0));
  if (running === undefined) return undefined;
  const { exports, memory } = running;

  const bytes = new Uint8Array(memory);
  bytes.set(marks, markBits);
  new Uint16Array(memory, slots, chainAt.length).set(chainAt);
  new Int32Array(memory, starts, chainStarts.length).set(chainStarts);
  const wordStarts: number[] = [];
  let end = words;
  for (const keyword of keywords) {
    bytes.set(keyword.bytes, end);
    wordStarts.push(end);
    end += keyword.bytes.length;
  }
  const fields = new Int32Array(memory, entries, (entryKeywords.length * entrySize) / 4);
  entryKeywords.forEach((number, entry) => {
    const keyword = keywords[number];
    if (keyword === undefined) return;
    let field = (entry * entrySize) / 4;
    fields[field++] = number;
    fields[field++] = entryOffsets[entry] ?? 0;
    fields[field++] = probeOffsets[entry] ?? 0;
    fields[field++] = probes[entry] ?? 0;
    fields[field++] = probeMasks[entry] ?? 0;
    fields[field++] = wordStarts[number] ?? 0;
    fields[field++] = keyword.bytes.length;
    fields[field] = (keyword.exact ? 1 : 0) | (keyword.everywhere ? 2 : 0);
  });
  exports.setTables(markBits, slots, starts, entries, done, listed);
  const told = new Int32Array(memory, places, 2 * room);

  /** Of one part; `undefined` when there was no room for all. */
  const searchPart = (part: Uint8Array, utf16: boolean): Int32Array | undefined => {
    bytes.set(part, text);
    const count = exports.search(text, text + part.length, places, room);
    if (count === room) return undefined;
    if (utf16) exports.toUtf16(text, places, count);
    return told.subarray(0, 2 * count);
  };

  return (searched, length, utf16) => {
    bytes.fill(0, done, done + keywords.length);
    if (length <= partSize)
      return searchPart(searched.subarray(0, length), utf16) ?? fallback()(searched, length, utf16);
    const all: number[] = [];
    const step = partSize - margin;
    for (let from = 0; from < length; from += step) {
      const some = searchPart(searched.subarray(from, Math.min(length, from + partSize)), false);
      if (some === undefined) return fallback()(searched, length, utf16);
      for (let i = 0; i < some.length; i += 2) {
        const offset = some[i + 1] ?? 0;
        // What begins in the margin is told of the next part again, unless the first place was enough.
        const again = offset >= step && from + partSize < length && keywords[some[i] ?? 0]?.everywhere === true;
        if (!again) all.push(some[i] ?? 0, from + offset);
      }
      if (from + partSize >= length) break;
    }
    const inAll = Int32Array.from(all);
    if (utf16) toUtf16(searched, inAll);
    return inAll;
  };
}

/** Gives out memory from the start on, by bytes asked for; addresses are multiples of 8. */
function layout(): (bytes: number) => number {
  let end = 1024;
  return bytes => {
    const start = end;
    end = Math.ceil((end + bytes) / 8) * 8;
    return start;
  };
}
