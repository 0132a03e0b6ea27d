import { randomFillSync } from 'node:crypto';
import { digestKeySize } from '../core/engine/content-digest.ts';

/** Makes a key anew in memory for `clearFilesIn`: what they remember is of use for one pool of threads alone. */
export function makeClearFilesKey(memory: SharedArrayBuffer): void {
  new Uint8Array(memory).set(randomFillSync(new Uint8Array(digestKeySize)));
}
