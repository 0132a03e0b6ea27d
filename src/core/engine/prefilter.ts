import { keywordOf, type Keyword, type KeywordScan } from './keyword-chains.ts';
import { plainKeywordScan } from './keyword-scan.ts';
import { wasmKeywordScan } from './keyword-scan-wasm.ts';

/** Finds which groups of words occur in a text, all of them in one pass over its UTF-8 bytes. */
export interface KeywordSearch {
  readonly hitsIn: (text: string) => KeywordHits;
  /** The same of a text of which the UTF-8 is at hand; `isAscii`: all of its bytes are below 128. */
  readonly hitsInBytes: (utf8: Uint8Array, isAscii: boolean) => KeywordHits;
  /**
   * The same of a part of a text that has characters beyond ASCII somewhere: with it a part that has none, and words in it,
   * comes back as one that takes a byte per character, in which expressions are quicker.
   */
  readonly hitsInPart: (text: string) => { readonly hits: KeywordHits; readonly text: string };
}

export interface KeywordHits {
  /** Numbers of the groups of which a word occurs, in ascending order. */
  readonly groups: readonly number[];
  /** By number of the list of words: offsets in the text at which one of them begins, in ascending order; only where there are. */
  readonly places: ReadonlyMap<number, readonly number[]>;
}

/**
 * Prepares a search for groups of ASCII words; letter case counts in words with capital letters and is ignored in others.
 * Of the words in `placesOf` every place is wanted. Only every second byte is looked at, with its two successors: each word
 * is listed under two of its three-byte parts that are neighbours, so one of them falls on an even place wherever the word
 * stands.
 * @throws RangeError for a word that is shorter than three bytes or not ASCII: a programming error.
 */
export function keywordSearch(
  groups: readonly (readonly string[])[],
  placesOf: readonly (readonly string[])[] = [],
  scanOf: (keywords: readonly Keyword[]) => KeywordScan = quickestScan,
): KeywordSearch {
  const numbersOf = (lists: readonly (readonly string[])[]): Map<string, number[]> => {
    const numbers = new Map<string, number[]>();
    lists.forEach((words, list) => {
      for (const word of words) numbers.set(word, [...(numbers.get(word) ?? []), list]);
    });
    return numbers;
  };
  const groupsOf = numbersOf(groups);
  const listsOf = numbersOf(placesOf);
  const words = [...new Set([...groupsOf.keys(), ...listsOf.keys()])];
  const groupsByWord = words.map(word => groupsOf.get(word) ?? []);
  const listsByWord = words.map(word => listsOf.get(word) ?? []);
  const keywords = words.map(word => keywordOf(word, listsOf.has(word)));
  // Much is loaded that scans nothing.
  let prepared: KeywordScan | undefined;
  const scan: KeywordScan = (utf8, length, utf16) => (prepared ??= scanOf(keywords))(utf8, length, utf16);
  const none: readonly number[] = [];
  const noPlaces: ReadonlyMap<number, readonly number[]> = new Map();
  const isFound = new Uint8Array(groups.length);

  const hits = (bytes: Uint8Array, length: number, isAscii: boolean): KeywordHits => {
    const told = scan(bytes, length, !isAscii);
    if (told.length === 0) return { groups: none, places: noPlaces };
    const found: number[] = [];
    const places = new Map<number, number[]>();
    for (let i = 0; i < told.length; i += 2) {
      const word = told[i] ?? 0;
      for (const group of groupsByWord[word] ?? none) {
        if (isFound[group] === 1) continue;
        isFound[group] = 1;
        insert(found, group);
      }
      for (const list of listsByWord[word] ?? none) {
        const known = places.get(list);
        const place = told[i + 1] ?? 0;
        if (known === undefined) places.set(list, [place]);
        else insert(known, place);
      }
    }
    for (const group of found) isFound[group] = 0;
    return { groups: found, places };
  };

  return {
    hitsIn(text) {
      const { bytes, length } = utf8Of(text);
      return hits(bytes, length, length === text.length);
    },
    hitsInBytes: (utf8, isAscii) => hits(utf8, utf8.length, isAscii),
    hitsInPart(text) {
      const { bytes, length } = utf8Of(text);
      const isAscii = length === text.length;
      const found = hits(bytes, length, isAscii);
      return {
        hits: found,
        text: isAscii && found.groups.length > 0 ? decoder.decode(bytes.subarray(0, length)) : text,
      };
    },
  };
}

/** Keeps numbers in order that come nearly so: words are told in the order of their rarest parts. */
function insert(numbers: number[], number: number): void {
  let at = numbers.push(number) - 1;
  for (; at > 0 && (numbers[at - 1] ?? 0) > number; at--) numbers[at] = numbers[at - 1] ?? 0;
  numbers[at] = number;
}

function quickestScan(keywords: readonly Keyword[]): KeywordScan {
  let plain: KeywordScan | undefined;
  const fallback = (): KeywordScan => (plain ??= plainKeywordScan(keywords));
  return wasmKeywordScan(keywords, fallback) ?? fallback();
}

const encoder = new TextEncoder();
// A byte order mark, were there one, would not be ASCII.
const decoder = new TextDecoder();
/** Kept between calls: a search of a block takes less time than getting memory for it. */
let scratch = new Uint8Array(0);

function utf8Of(text: string): { readonly bytes: Uint8Array; readonly length: number } {
  if (scratch.length < text.length * 3) scratch = new Uint8Array(text.length * 3);
  return { bytes: scratch, length: encoder.encodeInto(text, scratch).written };
}
