import { describe, expect, it } from 'vitest';
import { longRun } from '../../../src/core/secrets/long-runs.ts';

describe('runs of characters', () => {
  const { test } = longRun('abcdef0123456789', 5, '=');

  it('are found wherever they begin', () => {
    for (let before = 0; before < 12; before++)
      for (let length = 0; length < 17; length++)
        expect(test(`${'-'.repeat(before)}${'a'.repeat(length)}=`), `${before} ${length}`).toBe(length >= 5);
  });

  it('need what stands behind them', () => {
    expect(test('abcdef abcdef')).toBe(false);
    expect(test('abcdef-= abcdef=')).toBe(true);
    expect(test('abcdef0x=')).toBe(false);
    expect(test('')).toBe(false);
  });

  it('are not told by a single expression any differently', () => {
    let state = 1;
    for (let round = 0; round < 400; round++) {
      const text = Array.from({ length: 40 }, () => {
        state = (state * 48271) % 2147483647;
        return 'ab0-=a1é'.charAt(state % 8);
      }).join('');
      expect(test(text), text).toBe(/[a-f0-9]{5}=/u.test(text));
    }
  });
});
