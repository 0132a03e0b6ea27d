import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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

describe('keyword search', () => {
  it('answers as searching for each keyword would', () => {
    fc.assert(
      fc.property(groups, fc.array(fc.oneof(letters, piece)), (keywords, parts) => {
        const text = parts.join('');
        const search = keywordSearch(keywords);
        const expected = groupsByHand(keywords, text);
        expect(new Set(search.hitsIn(text).groups)).toEqual(expected);
        expect(search.anyIn(new TextEncoder().encode(text))).toBe(expected.size > 0);
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
