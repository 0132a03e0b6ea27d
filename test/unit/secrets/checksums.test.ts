import { describe, expect, it } from 'vitest';
import { decodeBase64, encodeBase64 } from '../../../src/core/secrets/base64.ts';
import {
  hasValidCaskChecksum,
  hasValidEntraChecksum,
  hasValidHisChecksum,
} from '../../../src/core/secrets/checksums.ts';
import { marvin32 } from '../../../src/core/secrets/marvin32.ts';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';

const seedOf = (hex: string): string => String.fromCharCode(...Buffer.from(hex, 'hex'));
const fold = (high: number, low: number): number => (high ^ low) >>> 0;

describe('marvin32', () => {
  // The published 64-bit vectors of the .NET runtime, folded to 32 bits.
  it.each([
    ['', fold(0x30ed35c1, 0x00cd3c7d)],
    ['af', fold(0x48e73fc7, 0x7d75ddc1)],
    ['e70f', fold(0xb5f6e1fc, 0x485dbff8)],
    ['37f495', fold(0xf0b07c78, 0x9b8cf7e8)],
    ['8642dc59', fold(0x7008f2e8, 0x7e9cf556)],
    ['153fb79826', fold(0xe6c08c6d, 0xa2afa997)],
  ])('gives the known answer for %j', (input, expected) => {
    expect(marvin32(seedOf('004fb61a001bdbcc'), Buffer.from(input, 'hex'))).toBe(expected);
  });
});

describe('base64', () => {
  it('round-trips every length and matches the platform', () => {
    for (let length = 0; length < 70; length++) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 37 + length) & 0xff);
      const text = encodeBase64(bytes);
      expect(text).toBe(Buffer.from(bytes).toString('base64'));
      expect(decodeBase64(text)).toEqual(bytes);
    }
  });
  it('rejects characters outside of the alphabet', () => {
    expect(decodeBase64('ab!d')).toBeUndefined();
    expect(decodeBase64('abcde')).toBeUndefined();
  });
});

/** Any other character of the same class, so that shape and signature stay. */
function alter(text: string, index: number): string {
  return text.slice(0, index) + (text.charAt(index) === 'a' ? 'b' : 'a') + text.slice(index + 1);
}

describe('checksums', () => {
  const kinds = [
    [
      'Storage',
      (s: ReturnType<typeof createStandIns>) => s.storageAccountKey(),
      (v: string) => hasValidHisChecksum(v, ['Default0']),
    ],
    [
      'Cosmos',
      (s: ReturnType<typeof createStandIns>) => s.cosmosAccountKey(),
      (v: string) => hasValidHisChecksum(v, ['MastRO00', 'MastRW00']),
    ],
    [
      'Service Bus',
      (s: ReturnType<typeof createStandIns>) => s.serviceBusKey(),
      (v: string) => hasValidHisChecksum(v, ['Manage00']),
    ],
    ['CASK', (s: ReturnType<typeof createStandIns>) => s.azureOpenAIKey(), hasValidCaskChecksum],
    ['Entra', (s: ReturnType<typeof createStandIns>) => s.entraClientSecret(), hasValidEntraChecksum],
  ] as const;
  it.each(kinds)('%s: every stand-in is valid, every altered one is not', (_name, make, isValid) => {
    const standIns = createStandIns(7);
    for (let i = 0; i < 50; i++) {
      const key = make(standIns);
      expect(isValid(key)).toBe(true);
      expect(isValid(alter(key, 9 + (i % 20)))).toBe(false);
    }
  });
  it('does not accept a key of another kind or seed', () => {
    const standIns = createStandIns(3);
    expect(hasValidHisChecksum(standIns.storageAccountKey(), ['MastRW00'])).toBe(false);
    expect(hasValidHisChecksum(standIns.legacyKey64(), ['Default0'])).toBe(false);
    expect(hasValidEntraChecksum('')).toBe(false);
    expect(hasValidCaskChecksum('short')).toBe(false);
  });
});

describe('stand-ins', () => {
  it('are the same for the same seed and differ otherwise', () => {
    expect(createStandIns(1).storageAccountKey()).toBe(createStandIns(1).storageAccountKey());
    expect(createStandIns(1).storageAccountKey()).not.toBe(createStandIns(2).storageAccountKey());
  });
  it('have the documented shapes', () => {
    const standIns = createStandIns(11);
    for (let i = 0; i < 20; i++) {
      expect(standIns.storageAccountKey()).toMatch(/^[A-Za-z0-9+/]{76}\+ASt[A-Za-z0-9+/]{6}==$/u);
      expect(standIns.cosmosAccountKey()).toMatch(/^[A-Za-z0-9+/]{76}ACDb[A-Za-z0-9+/]{6}==$/u);
      expect(standIns.serviceBusKey()).toMatch(/^[A-Za-z0-9+/]{33}\+ASb[A-P][A-Za-z0-9+/]{5}=$/u);
      expect(standIns.azureOpenAIKey()).toMatch(/^[A-Za-z0-9]{52}JQQJ99[A-Z]{18}ACOG[A-Za-z0-9]{4}$/u);
      expect(standIns.legacyHexKey()).toMatch(/^[0-9a-f]{32}$/u);
      expect(standIns.entraClientSecret()).toMatch(/^\w{3}8Q~[\w~.-]{34}$/u);
      expect(standIns.entraClientSecret7()).toHaveLength(37);
      expect(standIns.legacyKey64()).toHaveLength(88);
      expect(standIns.legacyKey32()).toHaveLength(44);
      expect(decodeURIComponent(standIns.sasSignature())).toHaveLength(44);
      expect(standIns.password()).toMatch(/^[A-Za-z0-9-]{16}$/u);
    }
  });
});
