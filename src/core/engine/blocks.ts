import type { Span } from '../text/text-edit.ts';

/** Text is looked at in blocks, so that no step takes long however large the file or its lines are. Shorter text is one. */
export const smallestBlock = 24 * 1024;
const mostSize = 40 * 1024;
/** How far a match may reach beyond its block; more than the longest credential with its surroundings. */
export const overlap = 4 * 1024;

/**
 * Cuts a text into blocks, in order and without gaps. Where a cut falls depends on the characters around it and hardly on
 * what comes before, so that after an edit the blocks that follow are soon the same ones as before.
 */
export function* blocksOf(text: string): Generator<Span, void, undefined> {
  for (let start = 0; start < text.length;) {
    const end = blockEnd(text, start);
    yield { start, end };
    start = end;
  }
}

/** The block with what lies around it. */
export function windowOf({ start, end }: Span, text: string): Span {
  const reach = Math.max(end + overlap, endOfKey(start, end, text));
  return { start: Math.max(0, start - overlap), end: Math.min(reach, text.length) };
}

/**
 * The one thing longer than the overlap: how PEM begins, as it is and in base64, how PKCS 12 does, and how long a private
 * key may be: one of 16,384 bits in base64 twice.
 */
export const keyBegins = ['-----BEGIN ', 'LS0tLS1CRUdJTi', 'IBAzCC'];
export const longestKey = 20_000;

/** Where a private key that begins in a block and may go on beyond its end is sure to be over. */
function endOfKey(start: number, end: number, text: string): number {
  const from = Math.max(start, end - longestKey);
  // The mark itself may lie across the end.
  const tail = text.slice(from, end + 16);
  return Math.max(...keyBegins.map(mark => (tail.includes(mark) ? from + tail.lastIndexOf(mark) + longestKey : 0)));
}

function blockEnd(text: string, start: number): number {
  const least = start + smallestBlock;
  const most = start + mostSize;
  if (text.length <= least) return text.length;
  const room = text.slice(least, most);
  let newline = room.indexOf('\n');
  if (newline === -1) return least + cutInLine(room);
  for (; newline !== -1; newline = room.indexOf('\n', newline + 1)) {
    if (isCut(hash(room, newline + 1, 24), 8)) return least + newline + 1;
  }
  return Math.min(most, text.length);
}

/** Text of one line is cut where three characters happen to be the right ones. */
function cutInLine(room: string): number {
  for (let i = 0; i + 3 <= room.length; i++) if (isCut(hash(room, i, 3), 4096)) return i;
  return room.length;
}

function hash(text: string, start: number, length: number): number {
  let value = 0;
  const end = Math.min(start + length, text.length);
  for (let i = start; i < end; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return Math.imul(value, 0x9e3779b1) >>> 0;
}

/** True once in `every` values of a hash. */
function isCut(value: number, every: number): boolean {
  return value < 0x1_0000_0000 / every;
}
