import { decodeBase64, encodeBase64 } from './base64.ts';
import { marvin32 } from './marvin32.ts';

/** Whether the checksum inside an identifiable key fits the rest of it. */

/**
 * Highly identifiable secret (HIS): base64 of random bytes, in which the last four bytes are the Marvin32 checksum of
 * all bytes before them. One key kind can be issued under several seeds (read-write, read-only, …).
 */
export function hasValidHisChecksum(key: string, seeds: readonly string[]): boolean {
  const bytes = decodeBase64(key);
  if (bytes === undefined || bytes.length < 8) return false;
  const body = bytes.subarray(0, -4);
  const stored = readUint32(bytes.subarray(-4));
  return seeds.some(seed => marvin32(seed, body) === stored);
}

/** Replaces the last four bytes of base64 text by their checksum. */
export function withHisChecksum(key: string, seed: string): string {
  const bytes = decodeBase64(key);
  if (bytes === undefined || bytes.length < 8) throw new RangeError('Not the base64 text of a key');
  new DataView(bytes.buffer).setUint32(bytes.length - 4, marvin32(seed, bytes.subarray(0, -4)), true);
  return encodeBase64(bytes);
}

/**
 * Common Annotated Security Key (CASK), 84 characters: 52 random, `JQQJ99`, year, month, 12 platform, 4 provider
 * reserved, 4 provider signature, 4 checksum. Issuers differ in the reserved part, so it is not looked at.
 */
export function hasValidCaskChecksum(key: string): boolean {
  return key.length >= 84 && caskChecksum(key.slice(0, 80)) === key.slice(80, 84);
}

/** @param body the first 80 characters of the key. */
export function caskChecksum(body: string): string | undefined {
  const bytes = decodeBase64(body);
  if (bytes === undefined) return undefined;
  // The issuer encodes the checksum's little-endian bytes as one big-endian number.
  const swapped = new DataView(new ArrayBuffer(4));
  swapped.setUint32(0, marvin32('Default0', bytes), true);
  return base62(swapped.getUint32(0)).padEnd(4, '0').slice(0, 4);
}

/** Entra client secret of the current format: 37 characters and the checksum of these in three. */
export function hasValidEntraChecksum(secret: string): boolean {
  return secret.length === 40 && entraChecksum(secret.slice(0, 37)) === secret.slice(37);
}

const entraAlphabet = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890.-_~';

/** @param body the first 37 characters of the secret, all ASCII. */
export function entraChecksum(body: string): string {
  const bytes = Uint8Array.from(body, character => character.charCodeAt(0));
  return inAlphabet(marvin32('AadPwd00', bytes), entraAlphabet).padStart(6, entraAlphabet.charAt(0)).slice(0, 3);
}

function base62(value: number): string {
  return inAlphabet(value, '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz');
}

function inAlphabet(value: number, alphabet: string): string {
  let rest = value;
  let text = '';
  while (rest > 0) {
    text = alphabet.charAt(rest % alphabet.length) + text;
    rest = Math.floor(rest / alphabet.length);
  }
  return text;
}

function readUint32(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
}
