/**
 * Marvin32, the keyed 32-bit checksum that Microsoft puts into identifiable keys.
 * @param seed eight ASCII characters, read as a big-endian 64-bit number.
 * @returns an unsigned 32-bit number.
 */
export function marvin32(seed: string, data: Uint8Array): number {
  let high = readSeedHalf(seed, 0);
  let low = readSeedHalf(seed, 4);
  const mix = (): void => {
    high ^= low;
    low = rotateLeft(low, 20);
    low = (low + high) | 0;
    high = rotateLeft(high, 9);
    high ^= low;
    low = rotateLeft(low, 27);
    low = (low + high) | 0;
    high = rotateLeft(high, 19);
  };
  const wholeBlocks = data.length & ~3;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  for (let i = 0; i < wholeBlocks; i += 4) {
    low = (low + view.getInt32(i, true)) | 0;
    mix();
  }
  let tail = 0x80 << (8 * (data.length - wholeBlocks));
  for (let i = wholeBlocks; i < data.length; i++) tail |= view.getUint8(i) << (8 * (i - wholeBlocks));
  low = (low + tail) | 0;
  mix();
  mix();
  return (low ^ high) >>> 0;
}

function rotateLeft(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function readSeedHalf(seed: string, from: number): number {
  let half = 0;
  for (let i = from; i < from + 4; i++) half = (half << 8) | seed.charCodeAt(i);
  return half;
}
