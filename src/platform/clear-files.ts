import { contentDigest, digestKeySize } from '../core/engine/content-digest.ts';

/**
 * Contents in which nothing was found, shared by threads: builds, vendored packages and monorepos hold many files several
 * times. What is remembered of each is a digest that nobody can aim at.
 */
export interface ClearFiles {
  /** Tells contents of a kind apart; only then is `isClear` answered or `remember` told. The next call overwrites it. */
  readonly keyOf: (content: Uint8Array, kind: string) => Int32Array;
  readonly isClear: (key: Int32Array) => boolean;
  readonly remember: (key: Int32Array) => void;
}

const slots = 1 << 16;
const numbersPerSlot = 4;
const tableAt = Math.ceil(digestKeySize / 64) * 64;
/** Bytes for the key and for what is remembered. */
export const clearFilesSize = tableAt + slots * numbersPerSlot * 4;

/**
 * In memory of `clearFilesSize` that has its key (see clear-files-key.ts); `undefined` where digests would take too long.
 */
export function clearFilesIn(memory: SharedArrayBuffer): ClearFiles | undefined {
  const keyOf = contentDigest(new Uint8Array(memory, 0, digestKeySize));
  if (keyOf === undefined) return undefined;
  const table = new Int32Array(memory, tableAt, slots * numbersPerSlot);
  // A newcomer takes the place of an older one. Threads need not wait for each other: half of one digest and half of
  // another are the digest of nothing.
  const slotOf = (key: Int32Array): number => ((key[0] ?? 0) & (slots - 1)) * numbersPerSlot;
  return {
    keyOf,
    isClear(key) {
      const slot = slotOf(key);
      return key.every((number, i) => table[slot + i] === number);
    },
    remember: key => table.set(key, slotOf(key)),
  };
}
