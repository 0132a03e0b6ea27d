/**
 * The loop of engine/prefilter.ts in AssemblyScript, which is compiled to WebAssembly: the same tables, the same answers.
 * Memory: tables that the host writes, then the text, then the places that are told.
 */

/** Bytes of one entry of a chain; its fields below are offsets into it. */
const entrySize: usize = 32;
const wordNumber: usize = 0;
const wordOffset: usize = 4;
const probeOffset: usize = 8;
const probe: usize = 12;
const probeMask: usize = 16;
const wordStart: usize = 20;
const wordLength: usize = 24;
/** 1: letter case counts. 2: every place is told, not the first alone. */
const wordFlags: usize = 28;

/**
 * Where the tables lie: a bit for each mark, slots of two bytes, chain starts of four, entries, a mark for each word that is
 * done; and room for as many places of four bytes as a text has pairs of bytes.
 */
let marks: usize = 0;
let slots: usize = 0;
let chainStarts: usize = 0;
let entries: usize = 0;
let done: usize = 0;
let listed: usize = 0;

export function setTables(
  marksAt: usize,
  slotsAt: usize,
  chainStartsAt: usize,
  entriesAt: usize,
  doneAt: usize,
  listedAt: usize,
): void {
  marks = marksAt;
  slots = slotsAt;
  chainStarts = chainStartsAt;
  entries = entriesAt;
  done = doneAt;
  listed = listedAt;
}

/** End of what was told so far, and of the room for it. */
let told: usize = 0;
let limit: usize = 0;

/**
 * Looks for words in the bytes from `text` to `end`, before and after which the memory holds at least 64 bytes that are no
 * one else's. Tells each as two numbers of four bytes, the word's and its offset in the text, from `places` on, for as many
 * as there is room for, and returns how many.
 */
export function search(text: usize, end: usize, places: usize, room: usize): i32 {
  told = places;
  limit = places + (room << 3);
  // First all places whose part is listed, without a branch; a few of the last ones lie behind the end, where no word is.
  let next = listed;
  for (let place = text; place + 3 <= end; place += 8) {
    next = list(place, next);
    next = list(place + 2, next);
    next = list(place + 4, next);
    next = list(place + 6, next);
  }
  for (let at = listed; at < next; at += 4) {
    const place = <usize>load<u32>(at);
    meet(<u32>load<u16>(slots + ((markOf(load<i32>(place)) >> 2) << 1)), place, text, end);
  }
  return <i32>((told - places) >> 3);
}

/** Writes a place down, which the next one overwrites unless its part is listed. */
function list(place: usize, next: usize): usize {
  store<u32>(next, <u32>place);
  const mark = markOf(load<i32>(place));
  return next + <usize>((((<u32>load<u8>(marks + (mark >> 3))) >> (<u32>(mark & 7))) & 1) << 2);
}

/** Only the lowest three bytes count. */
function markOf(part: i32): usize {
  return <usize>((<u32>(((part << 8) | 0x20202000) * 0x9e3779b1)) >> 14);
}

function meet(chain: u32, place: usize, text: usize, end: usize): void {
  const bounds = chainStarts + ((<usize>chain) << 2);
  const last = entries + <usize>load<u32>(bounds, 4) * entrySize;
  for (let entry = entries + <usize>load<u32>(bounds) * entrySize; entry < last; entry += entrySize) {
    const there = load<i32>(place + load<i32>(entry, probeOffset)) | 0x20202020;
    if (((there ^ load<i32>(entry, probe)) & load<i32>(entry, probeMask)) != 0) continue;
    const number = load<u32>(entry, wordNumber);
    if (load<u8>(done + <usize>number) != 0) continue;
    const start = place - load<i32>(entry, wordOffset);
    const length = <usize>load<u32>(entry, wordLength);
    if (start < text || start + length > end) continue;
    const flags = load<u32>(entry, wordFlags);
    if (!standsAt(start, <usize>load<u32>(entry, wordStart), length, (flags & 1) != 0)) continue;
    if (told == limit) continue;
    if ((flags & 2) == 0) store<u8>(done + <usize>number, 1);
    store<u32>(told, number);
    store<u32>(told, <u32>(start - text), 4);
    told += 8;
  }
}

function standsAt(start: usize, word: usize, length: usize, exact: bool): bool {
  for (let i: usize = 0; i < length; i++) {
    const byte = load<u8>(start + i);
    const wanted = load<u8>(word + i);
    if (byte == wanted) continue;
    if (exact || byte < 0x41 || byte > 0x5a || (byte | 0x20) != wanted) return false;
  }
  return true;
}

/**
 * Turns the offsets of `count` words that were told into those of UTF-16, where the bytes from `text` on are UTF-8.
 * They come nearly in order, so that hardly any byte is counted twice.
 */
export function toUtf16(text: usize, places: usize, count: i32): void {
  let at = text;
  let units = 0;
  const last = places + ((<usize>count) << 3);
  for (let place = places; place < last; place += 8) {
    const wanted = text + <usize>load<u32>(place, 4);
    units += wanted >= at ? unitsIn(at, wanted) : -unitsIn(wanted, at);
    at = wanted;
    store<u32>(place, units, 4);
  }
}

/** UTF-16 units of the characters that begin in a stretch of UTF-8: two of those that take four bytes. */
function unitsIn(start: usize, end: usize): i32 {
  let units = 0;
  for (; start + 16 <= end; start += 16) {
    const bytes = v128.load(start);
    const begin = i8x16.gt_s(bytes, i8x16.splat(-65));
    const long = i8x16.ge_u(bytes, i8x16.splat(-16));
    units += <i32>popcnt(i8x16.bitmask(begin)) + <i32>popcnt(i8x16.bitmask(long));
  }
  for (; start < end; start++) {
    const byte = load<u8>(start);
    units += <i32>((byte & 0xc0) != 0x80) + <i32>(byte >= 0xf0);
  }
  return units;
}
