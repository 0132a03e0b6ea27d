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

const base32 = 'abcdefghijklmnopqrstuvwxyz234567';
/** A checksum is mixed with one of these, by who issued the token: to a user, or to an application. */
const devOpsIssuers = [0xe0b9692d, 0x1019f92e];

/** Azure DevOps personal access token of the older format: 52 characters of base32. */
export function hasValidDevOpsChecksum(token: string): boolean {
  const bytes = decodeBase32(token);
  if (bytes === undefined || token.length !== 52) return false;
  const sum = devOpsSum(bytes);
  const stored = readUint32(Uint8Array.of(...devOpsPositions.map(position => bytes[position] ?? 0)));
  return devOpsIssuers.some(issuer => (sum ^ issuer) >>> 0 === stored);
}

/** Puts the checksum of a user's token into 52 characters of base32. */
export function withDevOpsChecksum(token: string): string {
  const bytes = decodeBase32(token);
  if (bytes === undefined || token.length !== 52) throw new RangeError('Not 52 characters of base32');
  const stored = (devOpsSum(bytes) ^ (devOpsIssuers[0] ?? 0)) >>> 0;
  devOpsPositions.forEach((position, i) => (bytes[position] = (stored >>> (8 * i)) & 0xff));
  let text = '';
  for (let bit = 0; bit < 260; bit += 5) {
    const pair = ((bytes[bit >> 3] ?? 0) << 8) | (bytes[(bit >> 3) + 1] ?? 0);
    text += base32.charAt((pair >> (11 - (bit & 7))) & 31);
  }
  return text;
}

/** Where the four bytes of the checksum stand, the least significant first; of the 32 bytes they take no part in it. */
const devOpsPositions = [22, 8, 7, 2];

function devOpsSum(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  bytes.forEach((byte, position) => {
    if (devOpsPositions.includes(position)) return;
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  });
  return ~sum >>> 0;
}

function decodeBase32(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8));
  let bits = 0;
  let buffer = 0;
  let position = 0;
  for (const character of text) {
    const value = base32.indexOf(character);
    if (value === -1) return undefined;
    buffer = ((buffer << 5) | value) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[position++] = (buffer >> bits) & 0xff;
    }
  }
  return bytes;
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
