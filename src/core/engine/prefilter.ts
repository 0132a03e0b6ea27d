import { keywordOf, type Keyword, type KeywordScan } from './keyword-chains.ts';
import { plainKeywordScan } from './keyword-scan.ts';
import { wasmKeywordScan } from './keyword-scan-wasm.ts';

/** Finds which groups of words occur in a text, all of them in one pass over its UTF-8 bytes. */
export interface KeywordSearch {
  /** Whether any word of any group occurs; ends at the first. */
  readonly anyIn: (utf8: Uint8Array) => boolean;
  readonly hitsIn: (text: string) => KeywordHits;
  /** The same of UTF-8, whose offsets are those of bytes. */
  readonly hitsInBytes: (utf8: Uint8Array) => KeywordHits;
}

export interface KeywordHits {
  /** Numbers of the groups of which a word occurs, in ascending order. */
  readonly groups: readonly number[];
  /** Of each list of places asked for: offsets at which one of its words begins; `undefined` in text that is not ASCII. */
  readonly places: readonly (readonly number[])[] | undefined;
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
  const groupsOf = new Map<string, number[]>();
  groups.forEach((group, number) => {
    for (const word of group) groupsOf.set(word, [...(groupsOf.get(word) ?? []), number]);
  });
  const wanted = placesOf.flatMap((words, list) => words.map(word => ({ word, list })));
  const groupsByNumber = [...groupsOf.values()];
  const scan = scanOf([
    ...Array.from(groupsOf.keys(), word => keywordOf(word, false)),
    ...wanted.map(({ word }) => keywordOf(word, true)),
  ]);

  const hits = (bytes: Uint8Array, length: number, isAscii: boolean): KeywordHits => {
    const told = scan(bytes, length, false);
    const found = new Set<number>();
    const places = placesOf.map((): number[] => []);
    for (let i = 0; i < told.length; i += 2) {
      const number = told[i] ?? 0;
      const ofWord = groupsByNumber[number];
      if (ofWord !== undefined) for (const group of ofWord) found.add(group);
      else places[wanted[number - groupsByNumber.length]?.list ?? -1]?.push(told[i + 1] ?? 0);
    }
    return { groups: [...found].sort((a, b) => a - b), places: isAscii ? places : undefined };
  };

  return {
    anyIn: utf8 => scan(utf8, utf8.length, true).length > 0,
    hitsIn(text) {
      const { bytes, length } = utf8Of(text);
      return hits(bytes, length, length === text.length);
    },
    hitsInBytes: utf8 => hits(utf8, utf8.length, true),
  };
}

function quickestScan(keywords: readonly Keyword[]): KeywordScan {
  let plain: KeywordScan | undefined;
  const fallback = (): KeywordScan => (plain ??= plainKeywordScan(keywords));
  return wasmKeywordScan(keywords, fallback) ?? fallback();
}

const encoder = new TextEncoder();
/** Kept between calls: a search of a block takes less time than getting memory for it. */
let scratch = new Uint8Array(0);

function utf8Of(text: string): { readonly bytes: Uint8Array; readonly length: number } {
  if (scratch.length < text.length * 3) scratch = new Uint8Array(text.length * 3);
  return { bytes: scratch, length: encoder.encodeInto(text, scratch).written };
}
