import { expect, it } from 'vitest';
import { base64Fragments, base64Of } from '../../../src/core/secrets/base64.ts';

it.each(['8Q~', '+ASt', 'ghp_', 'AccountKey=', 'x9'.repeat(3)])(
  'base64 of whatever has %s in it has one of its fragments, none of which is too short to look for',
  word => {
    const fragments = base64Fragments(word);
    expect(fragments.every(({ length }) => length > 3)).toBe(true);
    const missed: string[] = [];
    for (const before of ['', 'a', 'bc', 'def']) {
      for (let left = 0x20; left < 0x7f; left++) {
        for (let right = 0x20; right < 0x7f; right += 5) {
          const text = `${before}${String.fromCharCode(left)}${word}${String.fromCharCode(right)}z`;
          const encoded = base64Of(text);
          if (!fragments.some(fragment => encoded.includes(fragment))) missed.push(text);
        }
      }
    }
    expect(missed).toEqual([]);
  },
);
