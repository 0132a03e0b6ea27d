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

interface Keyword {
  /** In lower case unless letter case counts. */
  readonly bytes: Uint8Array;
  readonly exact: boolean;
  readonly groups: readonly number[];
  /** Number of the list that takes every place of the word. */
  readonly places: number | undefined;
}

const shortest = 3;
const slotBits = 16;
/** How often characters occur in code, per thousand; letters in either case. Others are rarer than any of these. */
const perThousand: Readonly<Record<string, number>> = {
  ...{ ' ': 190, e: 88, t: 66, r: 53, o: 50, n: 48, s: 48, i: 47, a: 45, c: 28, p: 26, l: 25, d: 22, u: 20, m: 17 },
  ...{
    h: 13,
    '.': 13,
    f: 12,
    g: 12,
    y: 9,
    ',': 9,
    '/': 8,
    b: 8,
    '"': 7,
    ':': 7,
    v: 6,
    '(': 6,
    '=': 5,
    '-': 5,
    w: 5,
    k: 5,
  },
  ...{ x: 5, _: 3, q: 2, "'": 2, j: 2, '`': 2, z: 2 },
};

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
): KeywordSearch {
  const keywords = [
    ...keywordsOf(groups),
    ...placesOf.flatMap((words, places) => words.map(word => ({ ...bytesOf(word), groups: [], places }))),
  ];
  const { chainAt, chainStarts, entryKeywords, entryOffsets, probeOffsets, probes, probeMasks } = chainsOf(keywords);
  const keywordsOfGroup = groups.map((_, group) =>
    keywords.flatMap((keyword, number) => (keyword.groups.includes(group) ? [number] : [])),
  );
  /** 1 for groups that were found, and for words that could add no other; both are listed, to be reset by. */
  const isFound = new Uint8Array(groups.length);
  const found: number[] = [];
  const isDone = new Uint8Array(keywords.length);
  const done: number[] = [];
  let places: number[][] = [];

  /** Adds the groups of a word, and leaves out the words that are of no more use. */
  const add = (ofWord: readonly number[]): void => {
    for (const group of ofWord) {
      if (isFound[group] === 1) continue;
      isFound[group] = 1;
      found.push(group);
      for (const other of keywordsOfGroup[group] ?? []) {
        if (isDone[other] === 1 || keywords[other]?.groups.every(its => isFound[its] === 1) !== true) continue;
        isDone[other] = 1;
        done.push(other);
      }
    }
  };

  /** Looks for the words of a chain around a place. */
  const meet = (chain: number, place: number, bytes: Uint8Array, length: number): void => {
    const end = chainStarts[chain + 1] ?? 0;
    for (let entry = chainStarts[chain] ?? 0; entry < end; entry++) {
      const number = entryKeywords[entry] ?? 0;
      if (isDone[number] === 1) continue;
      // One look at another part of the word rules out nearly all that only hash alike.
      const probed = place + (probeOffsets[entry] ?? 0);
      const there =
        (bytes[probed] ?? 0) |
        ((bytes[probed + 1] ?? 0) << 8) |
        ((bytes[probed + 2] ?? 0) << 16) |
        ((bytes[probed + 3] ?? 0) << 24);
      if ((((there | 0x20202020) ^ (probes[entry] ?? 0)) & (probeMasks[entry] ?? 0)) !== 0) continue;
      const keyword = keywords[number];
      const start = place - (entryOffsets[entry] ?? 0);
      if (keyword === undefined || !standsAt(bytes, length, start, keyword)) continue;
      if (keyword.places !== undefined) {
        places[keyword.places]?.push(start);
        continue;
      }
      add(keyword.groups);
    }
  };

  /** Lists the groups that occur in `found`; ends at the first when told so. */
  const search = (bytes: Uint8Array, length: number, firstOnly: boolean): void => {
    for (const group of found) isFound[group] = 0;
    for (const number of done) isDone[number] = 0;
    found.length = 0;
    done.length = 0;
    places = placesOf.map(() => []);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let place = 0;
    for (; place + 6 <= length; place += 4) {
      const four = view.getInt32(place, true);
      const even = chainAt[slotOf(four)] ?? 0;
      const odd = chainAt[slotOf((four >>> 16) | (view.getInt16(place + 4, true) << 16))] ?? 0;
      if ((even | odd) === 0) continue;
      if (even !== 0) meet(even, place, bytes, length);
      if (odd !== 0) meet(odd, place + 2, bytes, length);
      if (firstOnly && found.length > 0) return;
    }
    for (; place + shortest <= length; place += 2) {
      const three = (bytes[place] ?? 0) | ((bytes[place + 1] ?? 0) << 8) | ((bytes[place + 2] ?? 0) << 16);
      meet(chainAt[slotOf(three)] ?? 0, place, bytes, length);
    }
  };

  const groupsFound = (): number[] => [...found].sort((a, b) => a - b);

  return {
    anyIn(utf8) {
      search(utf8, utf8.length, true);
      return found.length > 0;
    },
    hitsIn(text) {
      const { bytes, length } = utf8Of(text);
      search(bytes, length, false);
      return { groups: groupsFound(), places: length === text.length ? places : undefined };
    },
    hitsInBytes(utf8) {
      search(utf8, utf8.length, false);
      return { groups: groupsFound(), places };
    },
  };
}

function keywordsOf(groups: readonly (readonly string[])[]): Keyword[] {
  const byWord = new Map<string, number[]>();
  groups.forEach((group, number) => {
    for (const word of group) {
      const known = byWord.get(word);
      if (known === undefined) byWord.set(word, [number]);
      else known.push(number);
    }
  });
  return [...byWord].map(([word, ofWord]) => ({ ...bytesOf(word), groups: ofWord, places: undefined }));
}

function bytesOf(word: string): Pick<Keyword, 'bytes' | 'exact'> {
  // eslint-disable-next-line no-control-regex -- the range of ASCII
  if (word.length < shortest || !/^[\u0000-\u007F]*$/u.test(word))
    throw new RangeError(`"${word}" cannot be a keyword: it takes at least ${shortest} ASCII characters`);
  return { bytes: new TextEncoder().encode(word), exact: word !== word.toLowerCase() };
}

/** Words by the parts that they are listed under, in flat arrays. Chain 0 is empty. */
interface Chains {
  /** By slot. */
  readonly chainAt: Uint16Array;
  /** Where a chain's entries begin; they end where the next chain's begin. */
  readonly chainStarts: Int32Array;
  readonly entryKeywords: Int32Array;
  /** How far into its word the part lies. */
  readonly entryOffsets: Int32Array;
  /** Four bytes of the word that are easily compared: where they lie from the part, and what they are in lower case. */
  readonly probeOffsets: Int32Array;
  readonly probes: Int32Array;
  readonly probeMasks: Int32Array;
}

function chainsOf(keywords: readonly Keyword[]): Chains {
  const bySlot = new Map<number, { readonly keyword: number; readonly offset: number }[]>();
  keywords.forEach(({ bytes }, keyword) => {
    for (const { slot, offset } of anchorsOf(bytes)) {
      const chain = bySlot.get(slot);
      if (chain === undefined) bySlot.set(slot, [{ keyword, offset }]);
      else chain.push({ keyword, offset });
    }
  });
  const chainAt = new Uint16Array(1 << slotBits);
  const starts = [0, 0];
  const entries: { readonly keyword: number; readonly offset: number }[] = [];
  for (const [slot, chain] of bySlot) {
    chainAt[slot] = starts.length - 1;
    entries.push(...chain);
    starts.push(entries.length);
  }
  const probed = entries.map(({ keyword, offset }) => {
    const word = keywords[keyword]?.bytes ?? new Uint8Array();
    // The end that lies further from the part.
    const from = offset > word.length - shortest - offset ? 0 : Math.max(0, word.length - 4);
    const probe = [0, 1, 2, 3].reduce((sum, i) => sum | (((word[from + i] ?? 0) | 0x20) << (8 * i)), 0);
    return { offset: from - offset, probe, mask: word.length < 4 ? 0xffffff : -1 };
  });
  return {
    chainAt,
    chainStarts: Int32Array.from(starts),
    entryKeywords: Int32Array.from(entries, ({ keyword }) => keyword),
    entryOffsets: Int32Array.from(entries, ({ offset }) => offset),
    probeOffsets: Int32Array.from(probed, ({ offset }) => offset),
    probes: Int32Array.from(probed, ({ probe }) => probe),
    probeMasks: Int32Array.from(probed, ({ mask }) => mask),
  };
}

/** Spreads parts evenly, of which the lowest three bytes count: looking at words that are not there would cost more. */
function slotOf(part: number): number {
  return Math.imul((part << 8) | 0x20202000, 0x9e3779b1) >>> (32 - slotBits);
}

/** Where a word is listed: under two neighbouring parts, the rarest it has. */
function anchorsOf(bytes: Uint8Array): { readonly slot: number; readonly offset: number }[] {
  const at = (offset: number): number => bytes[offset] ?? 0;
  const slot = (first: number, second: number, third: number): number => slotOf(first | (second << 8) | (third << 16));
  const slotAt = (offset: number): number => slot(at(offset), at(offset + 1), at(offset + 2));
  if (bytes.length === shortest) {
    // There is but one part; where it begins on an odd place, what comes before it can be anything.
    const before = new Set(Array.from({ length: 256 }, (_, byte) => slot(byte, at(0), at(1))));
    return [{ slot: slotAt(0), offset: 0 }, ...[...before].map(odd => ({ slot: odd, offset: -1 }))];
  }
  const frequency = (offset: number): number => perThousand[String.fromCharCode(at(offset)).toLowerCase()] ?? 1;
  let best = 0;
  let least = Infinity;
  for (let offset = 0; offset + shortest < bytes.length; offset++) {
    const both = frequency(offset + 1) * frequency(offset + 2) * (frequency(offset) + frequency(offset + 3));
    if (both >= least) continue;
    best = offset;
    least = both;
  }
  return [best, best + 1].map(offset => ({ slot: slotAt(offset), offset }));
}

function standsAt(bytes: Uint8Array, length: number, start: number, { bytes: word, exact }: Keyword): boolean {
  if (start < 0 || start + word.length > length) return false;
  for (let i = 0; i < word.length; i++) {
    const byte = bytes[start + i] ?? 0;
    const wanted = word[i];
    if (byte === wanted) continue;
    if (exact || byte < 0x41 || byte > 0x5a || (byte | 0x20) !== wanted) return false;
  }
  return true;
}

const encoder = new TextEncoder();
/** Kept between calls: a search of a block takes less time than getting memory for it. */
let scratch = new Uint8Array(0);

function utf8Of(text: string): { readonly bytes: Uint8Array; readonly length: number } {
  if (scratch.length < text.length * 3) scratch = new Uint8Array(text.length * 3);
  return { bytes: scratch, length: encoder.encodeInto(text, scratch).written };
}
