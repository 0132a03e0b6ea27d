import { chainsOf, shortest, slotOf, standsAt, toUtf16, type Keyword, type KeywordScan } from './keyword-chains.ts';

/** The scan for where there is no WebAssembly; see keyword-scan-wasm.ts for what it must answer. */
export function plainKeywordScan(keywords: readonly Keyword[]): KeywordScan {
  const { chainAt, chainStarts, entryKeywords, entryOffsets, probeOffsets, probes, probeMasks } = chainsOf(keywords);
  const isDone = new Uint8Array(keywords.length);
  let told: number[] = [];

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
      if (!keyword.everywhere) isDone[number] = 1;
      told.push(number, start);
    }
  };

  return (bytes, length, utf16) => {
    isDone.fill(0);
    told = [];
    for (let place = 0; place + shortest <= length; place += 2) {
      const three = (bytes[place] ?? 0) | ((bytes[place + 1] ?? 0) << 8) | ((bytes[place + 2] ?? 0) << 16);
      const chain = chainAt[slotOf(three)] ?? 0;
      if (chain === 0) continue;
      meet(chain, place, bytes, length);
    }
    const all = Int32Array.from(told);
    if (utf16) toUtf16(bytes, all);
    return all;
  };
}
