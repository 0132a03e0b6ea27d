import { randomFillSync } from 'node:crypto';
import { digestKeySize } from '../core/engine/content-digest.ts';
import { clearFilesSize } from './clear-files.ts';

/** Memory for a pool of threads: a key that is made anew, and room for what they remember. */
export function clearFilesMemory(): SharedArrayBuffer {
  const memory = new SharedArrayBuffer(clearFilesSize);
  new Uint8Array(memory).set(randomFillSync(new Uint8Array(digestKeySize)));
  return memory;
}
