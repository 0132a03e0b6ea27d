import { describe, expect, it } from 'vitest';
import { endOfRun, longRun } from '../../../src/core/secrets/long-runs.ts';

const hex = 'abcdef0123456789';

describe('runs of characters', () => {
  it('are found wherever they begin', () => {
    for (let before = 0; before < 12; before++) {
      for (let length = 0; length < 17; length++) {
        const text = `${'-'.repeat(before)}${'a'.repeat(length)}`;
        expect(longRun(hex, 5).test(text), text).toBe(length >= 5);
        expect(longRun(hex, 5).test(`${text}-`), text).toBe(length >= 5);
        expect(endOfRun(hex, 5, '=').test(`${text}=`), text).toBe(length >= 5);
        expect(endOfRun(hex, 5, '==').test(`${text}=`), text).toBe(false);
      }
    }
  });

  it('are told as an expression tells them', () => {
    let state = 1;
    for (let round = 0; round < 600; round++) {
      const text = Array.from({ length: 40 }, () => {
        state = (state * 48271) % 2147483647;
        return 'ab0-=a1é'.charAt(state % 8);
      }).join('');
      expect(longRun(hex, 5).test(text), text).toBe(/[a-f0-9]{5}/u.test(text));
      expect(endOfRun(hex, 4, '=').test(text), text).toBe(/[a-f0-9]{4}=/u.test(text));
      expect(endOfRun(hex, 3, '==').test(text), text).toBe(/[a-f0-9]{3}==/u.test(text));
    }
  });
});
