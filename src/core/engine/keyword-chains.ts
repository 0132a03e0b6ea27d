import { commonParts } from './common-parts.ts';

/** A word that is looked for. */
export interface Keyword {
  /** In lower case unless letter case counts. */
  readonly bytes: Uint8Array;
  readonly exact: boolean;
  /** Each of its places is wanted, not the first alone. */
  readonly everywhere: boolean;
}

/**
 * Looks for words in the first `length` bytes: pairs of a word's number and its offset, valid until the next call. With
 * `utf16`, for a text that is not ASCII, offsets are those of its UTF-16 units.
 */
export type KeywordScan = (utf8: Uint8Array, length: number, utf16: boolean) => Int32Array;

export const shortest = 3;
const slotBits = 16;
/** Slots have marks, four each, of which all together stay in the processor's nearest memory. */
const bitsInSlot = 2;
/** Characters by how often they occur in code, per thousand; letters in either case. All others are rarer. */
const byFrequency: Readonly<Record<number, string>> = {
  ...{ 190: ' ', 88: 'e', 66: 't', 50: 'ro', 46: 'nsia', 26: 'cpld', 20: 'um', 12: 'h.fg', 8: 'y,/b":', 5: 'v(=-wkx' },
  2: "_q'j`z",
};
/** By byte. */
const perThousand = new Uint8Array(256).fill(1);
for (const [count, characters] of Object.entries(byFrequency)) {
  for (const character of characters) {
    perThousand[character.charCodeAt(0)] = Number(count);
    perThousand[character.toUpperCase().charCodeAt(0)] = Number(count);
  }
}

/** How often parts are met in code, by slot, where that is often: about as Zipf's law says of the most frequent ones. */
const commonness = new Float32Array(1 << slotBits);
commonParts.forEach((part, rank) => {
  const slot = slotOf(part.charCodeAt(0) | (part.charCodeAt(1) << 8) | (part.charCodeAt(2) << 16));
  commonness[slot] = (commonness[slot] ?? 0) + 1 / (rank + 20);
});
/** What the product of the frequencies of four characters, by {@link perThousand}, adds where both parts are rare. */
const byCharacters = 1e-9;
/** No rarer parts are looked for. */
const rareEnough = 2e-6;

/** @throws RangeError for a word that cannot be one: a programming error. */
export function keywordOf(word: string, everywhere: boolean): Keyword {
  const bytes = new Uint8Array(word.length);
  let isAscii = true;
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i);
    if (code > 0x7f) isAscii = false;
    bytes[i] = code;
  }
  if (word.length < shortest || !isAscii)
    throw new RangeError(`"${word}" cannot be a keyword: it takes at least ${shortest} ASCII characters`);
  return { bytes, exact: word !== word.toLowerCase(), everywhere };
}

/** Words by the parts that they are listed under, in flat arrays. Chain 0 is empty. */
export interface Chains {
  /** A bit for each mark, whether a part is listed under it; nearly all parts of a text are not. */
  readonly marks: Uint8Array;
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

export function chainsOf(keywords: readonly Keyword[]): Chains {
  const anchors = keywords.flatMap(({ bytes }, keyword) => anchorsOf(bytes).map(anchor => ({ keyword, ...anchor })));
  const inSlot = new Uint16Array(1 << slotBits);
  const marks = new Uint8Array(1 << (slotBits + bitsInSlot - 3));
  for (const anchor of anchors) {
    for (const mark of anchor.marks) marks[mark >>> 3] = (marks[mark >>> 3] ?? 0) | (1 << (mark & 7));
    for (const slot of slotsOf(anchor)) inSlot[slot] = (inSlot[slot] ?? 0) + 1;
  }
  const chainAt = new Uint16Array(1 << slotBits);
  const starts = [0];
  const entries: (typeof anchors)[number][] = [];
  const crowded = new Map<number, (typeof anchors)[number][]>();
  for (const anchor of anchors) {
    // One chain serves all slots that nothing else is listed in.
    let own = 0;
    for (const slot of slotsOf(anchor)) {
      if (inSlot[slot] === 1) {
        if (own === 0) own = starts.push(entries.push(anchor) - 1) - 1;
        chainAt[slot] = own;
        continue;
      }
      const chain = crowded.get(slot);
      if (chain === undefined) crowded.set(slot, [anchor]);
      else chain.push(anchor);
    }
  }
  for (const [slot, chain] of crowded) {
    chainAt[slot] = starts.push(entries.length) - 1;
    entries.push(...chain);
  }
  starts.push(entries.length);
  const list = (): Int32Array => new Int32Array(entries.length);
  const chains = {
    marks,
    chainAt,
    chainStarts: Int32Array.from(starts),
    ...{ entryKeywords: list(), entryOffsets: list(), probeOffsets: list(), probes: list(), probeMasks: list() },
  };
  entries.forEach(({ keyword, offset }, entry) => {
    const word = keywords[keyword]?.bytes ?? new Uint8Array();
    // The end that lies further from the part.
    const from = offset > word.length - shortest - offset ? 0 : Math.max(0, word.length - 4);
    let probe = 0;
    for (let i = 0; i < 4; i++) probe |= ((word[from + i] ?? 0) | 0x20) << (8 * i);
    chains.entryKeywords[entry] = keyword;
    chains.entryOffsets[entry] = offset;
    chains.probeOffsets[entry] = from - offset;
    chains.probes[entry] = probe;
    chains.probeMasks[entry] = word.length < 4 ? 0xffffff : -1;
  });
  return chains;
}

/** Spreads parts evenly, of which the lowest three bytes count: looking at words that are not there would cost more. */
function markOf(part: number): number {
  return Math.imul((part << 8) | 0x20202000, 0x9e3779b1) >>> (32 - slotBits - bitsInSlot);
}

export function slotOf(part: number): number {
  return markOf(part) >>> bitsInSlot;
}

function slotsOf({ marks }: Anchor): Iterable<number> {
  const slots = marks.map(mark => mark >>> bitsInSlot);
  return slots.length === 1 ? slots : new Set(slots);
}

/** A part of a word: how far into the word it lies, and where it is listed. */
interface Anchor {
  readonly offset: number;
  readonly marks: readonly number[];
}

/** Where a word is listed: under two neighbouring parts, the rarest it has. */
function anchorsOf(bytes: Uint8Array): readonly Anchor[] {
  const at = (offset: number): number => bytes[offset] ?? 0;
  const anchor = (offset: number): Anchor => ({
    offset,
    marks: [markOf(at(offset) | (at(offset + 1) << 8) | (at(offset + 2) << 16))],
  });
  if (bytes.length === shortest) {
    // There is but one part; where it begins on an odd place, what comes before it can be anything.
    const after = (at(0) << 8) | (at(1) << 16);
    return [anchor(0), { offset: -1, marks: Array.from({ length: 256 }, (_, byte) => markOf(byte | after)) }];
  }
  const frequency = (offset: number): number => perThousand[at(offset)] ?? 1;
  let part = at(0) | (at(1) << 8) | (at(2) << 16);
  let before = commonness[slotOf(part)] ?? 0;
  let best = 0;
  let least = Infinity;
  for (let offset = 0; offset + shortest < bytes.length && least > rareEnough; offset++) {
    part = (part >>> 8) | (at(offset + shortest) << 16);
    const common = commonness[slotOf(part)] ?? 0;
    const characters = frequency(offset + 1) * frequency(offset + 2) * (frequency(offset) + frequency(offset + 3));
    const expected = before + common + characters * byCharacters;
    before = common;
    if (expected >= least) continue;
    best = offset;
    least = expected;
  }
  return [anchor(best), anchor(best + 1)];
}

export function standsAt(bytes: Uint8Array, length: number, start: number, { bytes: word, exact }: Keyword): boolean {
  if (start < 0 || start + word.length > length) return false;
  for (let i = 0; i < word.length; i++) {
    const byte = bytes[start + i] ?? 0;
    const wanted = word[i];
    if (byte === wanted) continue;
    if (exact || byte < 0x41 || byte > 0x5a || (byte | 0x20) !== wanted) return false;
  }
  return true;
}

/** Turns offsets of bytes into those of UTF-16 units in pairs of word and offset; quickest where these are in order. */
export function toUtf16(utf8: Uint8Array, told: Int32Array): void {
  let at = 0;
  let units = 0;
  for (let i = 1; i < told.length; i += 2) {
    const wanted = told[i] ?? 0;
    for (; at < wanted; at++) units += unitsOf(utf8[at] ?? 0);
    while (at > wanted) units -= unitsOf(utf8[--at] ?? 0);
    told[i] = units;
  }
}

/** UTF-16 units of the character that begins with a byte; none within a character. */
function unitsOf(byte: number): number {
  return (byte & 0xc0) === 0x80 ? 0 : byte >= 0xf0 ? 2 : 1;
}
