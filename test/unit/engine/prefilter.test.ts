import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Keyword, KeywordScan } from '../../../src/core/engine/keyword-chains.ts';
import { plainKeywordScan } from '../../../src/core/engine/keyword-scan.ts';
import { wasmKeywordScan } from '../../../src/core/engine/keyword-scan-wasm.ts';
import { keywordSearch } from '../../../src/core/engine/prefilter.ts';

/** The plain way to say what the search must answer. */
function groupsByHand(groups: readonly (readonly string[])[], text: string): Set<number> {
  const lowerCase = text.replace(/[A-Z]/gu, letter => letter.toLowerCase());
  const found = groups.flatMap((group, number) =>
    group.some(keyword => (keyword === keyword.toLowerCase() ? lowerCase : text).includes(keyword)) ? [number] : [],
  );
  return new Set(found);
}

const piece = fc.stringMatching(/^[aAbB_@`\u007f+~.8Q]{3,7}$/u);
const groups = fc.array(fc.array(piece, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 12 });
const letters = fc.stringMatching(/^[aAbB_@`\u007f+~.8Qé€😀]{0,80}$/u);

function inWasm(keywords: readonly Keyword[]): KeywordScan {
  const scan = wasmKeywordScan(keywords, () => plainKeywordScan(keywords));
  if (scan === undefined) throw new Error('no WebAssembly here');
  return scan;
}
const scans = [plainKeywordScan, inWasm];

/** The plain way to say where words stand. */
function placesByHand(words: readonly string[], text: string): number[] {
  const lowerCase = text.replace(/[A-Z]/gu, letter => letter.toLowerCase());
  return Array.from({ length: text.length }, (_, at) => at)
    .flatMap(at =>
      words.flatMap(word => ((word === word.toLowerCase() ? lowerCase : text).startsWith(word, at) ? [at] : [])),
    )
    .sort((a, b) => a - b);
}

describe('keyword search', () => {
  it('tells every place of words whose places are asked for', () => {
    const words = fc.uniqueArray(piece, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(words, fc.array(fc.oneof(letters, piece)), (wanted, parts) => {
        const text = parts.join('');
        for (const scanOf of scans) {
          const search = keywordSearch([wanted], [wanted, []], scanOf);
          const hits = search.hitsIn(text);
          expect(hits.places.get(0) ?? []).toEqual(placesByHand(wanted, text));
          expect(hits.places.has(1)).toBe(false);
          const utf8 = new TextEncoder().encode(text);
          expect(search.hitsInBytes(utf8, utf8.length === text.length)).toEqual(hits);
          expect(search.hitsInPart(text)).toEqual({ hits, text });
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('loses nothing in long texts, wherever their parts meet, nor where words are many', () => {
    const filler = 'x'.repeat(1000);
    for (const before of [262_000, 262_077, 262_078, 262_079, 262_080, 262_081, 262_140, 262_144, 524_158]) {
      const text = `${filler.repeat(600).slice(0, before)}password${filler}`;
      for (const scanOf of scans) {
        const search = keywordSearch([['password']], [['word', 'pass']], scanOf);
        expect(search.hitsIn(text)).toEqual({ groups: [0], places: new Map([[0, [before, before + 4]]]) });
        expect(search.hitsIn(`€😀${text}`)).toEqual({ groups: [0], places: new Map([[0, [before + 3, before + 7]]]) });
      }
    }
    const crowded = 'abc'.repeat(60_000);
    const places = keywordSearch([], [['abc']], inWasm)
      .hitsIn(crowded)
      .places.get(0);
    expect(places).toHaveLength(60_000);
  });

  it('answers as searching for each keyword would', () => {
    fc.assert(
      fc.property(groups, fc.array(fc.oneof(letters, piece)), (keywords, parts) => {
        const text = parts.join('');
        const expected = groupsByHand(keywords, text);
        for (const scanOf of scans) {
          const search = keywordSearch(keywords, [], scanOf);
          expect(new Set(search.hitsIn(text).groups)).toEqual(expected);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('finds a keyword at every place, first and last included', () => {
    const search = keywordSearch([['abc'], ['password'], ['AbCd']]);
    for (const [keyword, group] of [
      ['aBc', 0],
      ['passWORD', 1],
      ['AbCd', 2],
    ] as const) {
      for (let before = 0; before < 5; before++) {
        for (let after = 0; after < 3; after++) {
          const found = search.hitsIn('-'.repeat(before) + keyword + '-'.repeat(after));
          expect(found.groups.includes(group), `${keyword} after ${before} before ${after}`).toBe(true);
        }
      }
    }
    expect(search.hitsIn('abcd').groups.includes(2)).toBe(false);
    expect(search.hitsIn('').groups).toEqual([]);
  });

  it.each(['', 'ab', 'schlüssel'])('refuses "%s" as a keyword', keyword => {
    expect(() => keywordSearch([[keyword]])).toThrow(RangeError);
  });
});
