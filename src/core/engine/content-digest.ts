import { module } from './assembly/content-digest.generated.ts';
import { startModule } from './web-assembly.ts';

/** As assembly/content-digest.ts exports it. */
interface Exports {
  readonly begin: (key: number) => void;
  readonly add: (text: number, stripes: number, key: number) => void;
  readonly end: (at: number, length: number) => void;
}

/** Tells contents of a kind apart by four numbers of 32 bits, which the next call overwrites. */
export type ContentDigest = (content: Uint8Array, kind: string) => Int32Array;

const stripe = 1024;
/** Bytes of a key, which nobody may know beforehand. */
export const digestKeySize = stripe + 16;
/** Longer contents are taken in parts. */
const partSize = 64 * stripe;
const keyAt = 1024;
const resultAt = keyAt + 2 * stripe;
const textAt = resultAt + stripe;
/** Kinds are short. */
const mostKind = 2 * stripe;

/** `undefined` where there is no WebAssembly: there is nothing else that is quick enough to be worth it. */
export function contentDigest(key: Uint8Array): ContentDigest | undefined {
  const running = startModule<Exports>(module, textAt + partSize + mostKind);
  if (running === undefined) return undefined;
  const { exports, memory } = running;
  const bytes = new Uint8Array(memory);
  bytes.set(key.subarray(0, digestKeySize), keyAt);
  const result = new Int32Array(memory, resultAt, 4);

  return (content, kind) => {
    exports.begin(keyAt);
    let from = 0;
    for (; from + partSize < content.length; from += partSize) {
      bytes.set(content.subarray(from, from + partSize), textAt);
      exports.add(textAt, partSize / stripe, keyAt);
    }
    bytes.set(content.subarray(from), textAt);
    let end = textAt + content.length - from;
    for (let i = 0; i < kind.length; i++) bytes[end++] = kind.charCodeAt(i);
    const stripes = Math.ceil((end - textAt) / stripe);
    bytes.fill(0, end, textAt + stripes * stripe);
    exports.add(textAt, stripes, keyAt);
    exports.end(resultAt, content.length);
    return result;
  };
}
