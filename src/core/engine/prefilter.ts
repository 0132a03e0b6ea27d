/** Finds which groups of keywords occur in a text, all of them in one pass over its UTF-8 bytes. */
export interface KeywordSearch {
  /** Whether any keyword of any group occurs; ends at the first. */
  readonly anyIn: (utf8: Uint8Array) => boolean;
  /** Numbers of the groups of which a keyword occurs. */
  readonly groupsIn: (text: string) => ReadonlySet<number>;
}

interface Keyword {
  /** In lower case unless letter case counts. */
  readonly bytes: Uint8Array;
  readonly exact: boolean;
  readonly groups: readonly number[];
}

/** A keyword whose bytes at `offset` hash to the slot that lists it. */
interface Entry {
  readonly keyword: number;
  readonly offset: number;
}

const slots = 1 << 15;
const shortest = 3;
/** Characters from frequent to rare, in code and in English. */
const frequent = ' e_t.aoinsrl(c"=dpum-\'hg:f/ybvkw,xjqz';

/**
 * Prepares a search for groups of ASCII keywords. Letter case counts in keywords with capital letters and is ignored in
 * others. Only every second byte is looked at, with its two successors: each keyword is listed under two of its
 * three-byte parts that are neighbours, so one of them falls on an even place wherever the keyword stands.
 * @throws RangeError for a keyword that is shorter than three bytes or not ASCII: a programming error.
 */
export function keywordSearch(groups: readonly (readonly string[])[]): KeywordSearch {
  const keywords = keywordsOf(groups);
  const chains = new Map<number, Entry[]>();
  keywords.forEach((keyword, index) => {
    for (const { slot, offset } of anchorsOf(keyword.bytes)) {
      const chain = chains.get(slot);
      if (chain === undefined) chains.set(slot, [{ keyword: index, offset }]);
      else chain.push({ keyword: index, offset });
    }
  });
  const entries: (readonly Entry[])[] = [[]];
  const table = new Uint16Array(slots);
  for (const [slot, chain] of chains) table[slot] = entries.push(chain) - 1;

  /** Marks in `seen` the keywords that occur, by number; ends at the first when told so. */
  const search = (bytes: Uint8Array, length: number, seen: Uint8Array, firstOnly: boolean): boolean => {
    let any = false;
    let first = bytes[0] ?? 0;
    for (let place = 0; place + 2 < length; place += 2) {
      const third = bytes[place + 2] ?? 0;
      const chain = table[slotOf(first, bytes[place + 1] ?? 0, third)] ?? 0;
      first = third;
      if (chain === 0) continue;
      for (const { keyword, offset } of entries[chain] ?? []) {
        if (seen[keyword] === 1 || !standsAt(bytes, length, place - offset, keywords[keyword])) continue;
        seen[keyword] = 1;
        any = true;
        if (firstOnly) return true;
      }
    }
    return any;
  };

  return {
    anyIn: utf8 => search(utf8, utf8.length, new Uint8Array(keywords.length), true),
    groupsIn: text => {
      const found = new Set<number>();
      const { bytes, length } = utf8Of(text);
      const seen = new Uint8Array(keywords.length);
      if (!search(bytes, length, seen, false)) return found;
      keywords.forEach(({ groups: ofKeyword }, index) => {
        if (seen[index] === 1) for (const group of ofKeyword) found.add(group);
      });
      return found;
    },
  };
}

function keywordsOf(groups: readonly (readonly string[])[]): Keyword[] {
  const byText = new Map<string, number[]>();
  groups.forEach((group, number) => {
    for (const keyword of group) {
      const known = byText.get(keyword);
      if (known === undefined) byText.set(keyword, [number]);
      else known.push(number);
    }
  });
  return [...byText].map(([text, ofKeyword]) => {
    // eslint-disable-next-line no-control-regex -- the range of ASCII
    if (text.length < shortest || !/^[\u0000-\u007F]*$/u.test(text))
      throw new RangeError(`"${text}" cannot be a keyword: it takes at least ${shortest} ASCII characters`);
    return { bytes: new TextEncoder().encode(text), exact: text !== text.toLowerCase(), groups: ofKeyword };
  });
}

/** Spreads parts evenly: one multiplication costs less than looking at keywords that are not there. */
function slotOf(first: number, second: number, third: number): number {
  return Math.imul(first | (second << 8) | (third << 16) | 0x202020, 0x9e3779b1) >>> 17;
}

/** Where a keyword is listed: under two neighbouring parts, the rarest it has. */
function anchorsOf(bytes: Uint8Array): { readonly slot: number; readonly offset: number }[] {
  const at = (offset: number): number => bytes[offset] ?? 0;
  if (bytes.length === shortest) {
    // There is but one part; where it begins on an odd place, what comes before it can be anything.
    const before = new Set(Array.from({ length: 256 }, (_, byte) => slotOf(byte, at(0), at(1))));
    return [{ slot: slotOf(at(0), at(1), at(2)), offset: 0 }, ...[...before].map(slot => ({ slot, offset: -1 }))];
  }
  const rarity = (offset: number): number => {
    const rank = frequent.indexOf(String.fromCharCode(at(offset)).toLowerCase());
    return rank === -1 ? frequent.length : rank;
  };
  let best = 0;
  let bestScore = -1;
  for (let offset = 0; offset + shortest < bytes.length; offset++) {
    const score = rarity(offset) + 2 * rarity(offset + 1) + 2 * rarity(offset + 2) + rarity(offset + 3);
    if (score <= bestScore) continue;
    best = offset;
    bestScore = score;
  }
  return [best, best + 1].map(offset => ({ slot: slotOf(at(offset), at(offset + 1), at(offset + 2)), offset }));
}

function standsAt(bytes: Uint8Array, length: number, start: number, keyword: Keyword | undefined): boolean {
  if (keyword === undefined || start < 0 || start + keyword.bytes.length > length) return false;
  for (let i = 0; i < keyword.bytes.length; i++) {
    const byte = bytes[start + i] ?? 0;
    const wanted = keyword.bytes[i];
    if (byte === wanted) continue;
    if (keyword.exact || byte < 0x41 || byte > 0x5a || (byte | 0x20) !== wanted) return false;
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
