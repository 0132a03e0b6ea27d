import { base64url } from './alphabets.ts';
import { encodeBase64 } from './base64.ts';
import { caskChecksum, entraChecksum, withDevOpsChecksum, withHisChecksum } from './checksums.ts';
import { identifiableKeys, type IdentifiableKey, type IdentifiableKeyName } from './identifiable-keys.ts';

/** Builds values that look exactly like real credentials, checksum included, but open nothing. For examples, tests and the sample. */
export interface StandIns {
  /** 88 characters, `+ASt` signature, valid checksum. */
  storageAccountKey(): string;
  /** 88 characters, `ACDb` signature, valid checksum. */
  cosmosAccountKey(): string;
  /** 44 characters, `+ASb` signature, valid checksum. */
  serviceBusKey(): string;
  /** 84 characters, Common Annotated Security Key with `ACOG` signature, valid checksum. */
  azureOpenAIKey(): string;
  /**
   * 84 characters, Common Annotated Security Key with a provider signature of the caller's choice, valid checksum.
   * @param reserved four characters that the provider keeps for itself.
   */
  annotatedKey(signature: string, reserved?: string): string;
  /** A key of the service with its signature and a valid checksum, of the first use the issuer distinguishes unless told. */
  identifiableKey(name: IdentifiableKeyName, seed?: string): string;
  /** 52 characters of base32 with a valid checksum. */
  devOpsToken(): string;
  /** Base64url of header, claims and signature. */
  jsonWebToken(claims: Readonly<Record<string, string | number>>): string;
  /** Text in base64, such as a value that was wrapped for transport. */
  base64Of(text: string): string;
  /** The lines between the markers of a PEM private key. */
  privateKeyBody(): string;
  /** 32 hexadecimal digits, the legacy form of Azure AI keys. */
  legacyHexKey(): string;
  /** 40 characters, `8Q~` signature, valid checksum. */
  entraClientSecret(): string;
  /** 37 characters, `7Q~` signature; the format has no checksum. */
  entraClientSecret7(): string;
  /** 88 or 44 characters of base64 without any signature, as issued before identifiable keys. */
  legacyKey64(): string;
  legacyKey32(): string;
  /** URL-encoded base64 signature of a shared access signature. */
  sasSignature(): string;
  /** 16 characters, letters of both cases, digits and a symbol that needs no escaping in any of our languages. */
  password(): string;
  /** So many random characters of the alphabet. */
  characters(count: number, alphabet: string): string;
}

/** Stand-ins that need no argument. */
export type SimpleStandIn = {
  [Name in keyof StandIns]: StandIns[Name] extends () => string ? Name : never;
}[keyof StandIns];

const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const lower = 'abcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';

/** The same seed gives the same values in the same order. */
export function createStandIns(seed: number): StandIns {
  const random = randomNumbers(seed);
  const pick = (alphabet: string): string => alphabet.charAt(Math.floor(random() * alphabet.length));
  const characters = (count: number, alphabet: string): string =>
    Array.from({ length: count }, () => pick(alphabet)).join('');
  const base64 = (length: number): string =>
    encodeBase64(Uint8Array.from({ length }, () => Math.floor(random() * 256)));

  const key64 = (signature: string, issuerSeed: string): string => {
    const body = base64(64);
    return withHisChecksum(body.slice(0, 76) + signature + body.slice(80), issuerSeed);
  };
  const key32 = (signature: string, issuerSeed: string): string => {
    const body = base64(32);
    // The character after the signature shares two bits with the last byte before the checksum, which are zero.
    return withHisChecksum(`${body.slice(0, 33)}${signature}A${body.slice(38)}`, issuerSeed);
  };
  const annotatedKey = (signature: string, reserved = 'AAAB'): string => {
    const body = `${characters(52, upper + lower + digits)}JQQJ99BFAAAAAAAAAAAA${reserved}${signature}`;
    return body + (caskChecksum(body) ?? '');
  };

  const identifiableKey = (name: IdentifiableKeyName, seed?: string): string => {
    const { signature, bytes, seeds, alphabet }: IdentifiableKey = identifiableKeys[name];
    const issuerSeed = seed ?? Object.keys(seeds)[0] ?? '';
    // The checksum cannot be chosen: try until all characters are of the alphabet.
    for (;;) {
      const body = base64(bytes);
      const at = { 32: 33, 39: 42, 40: 44, 64: 76 }[bytes];
      const zero = bytes === 32 || bytes === 39 ? 'A' : '';
      const key = withHisChecksum(
        body.slice(0, at) + signature + zero + body.slice(at + signature.length + zero.length),
        issuerSeed,
      );
      if (alphabet === 'url') return key.replaceAll('+', '-').replaceAll('/', '_');
      if (alphabet !== 'alphanumeric' || /^[A-Za-z0-9]+$/u.test(key)) return key;
    }
  };
  const base64Url = (text: string): string =>
    encodeBase64(new TextEncoder().encode(text))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replace(/={1,6}$/u, '');

  return {
    identifiableKey,
    devOpsToken: () => withDevOpsChecksum(characters(52, `${lower}234567`)),
    jsonWebToken: claims =>
      [
        base64Url(JSON.stringify({ typ: 'JWT', alg: 'RS256' })),
        base64Url(JSON.stringify(claims)),
        characters(86, base64url),
      ].join('.'),
    base64Of: text => encodeBase64(new TextEncoder().encode(text)),
    privateKeyBody: () => `MIIE${base64(333)}`.replace(/.{64}/gu, '$&\n').trimEnd(),
    storageAccountKey: () => key64('+ASt', 'Default0'),
    cosmosAccountKey: () => key64('ACDb', 'MastRW00'),
    serviceBusKey: () => key32('+ASb', 'Manage00'),
    azureOpenAIKey: () => annotatedKey('ACOG'),
    annotatedKey,
    legacyHexKey: () => characters(32, `${digits}abcdef`),
    entraClientSecret() {
      const body = `${characters(3, upper + lower + digits)}8Q~${characters(31, `${upper}${lower}${digits}_.-`)}`;
      return body + entraChecksum(body);
    },
    entraClientSecret7: () =>
      `${characters(3, upper + lower + digits)}7Q~${characters(31, `${upper}${lower}${digits}_.-`)}`,
    legacyKey64: () => base64(64),
    legacyKey32: () => base64(32),
    sasSignature: () => encodeURIComponent(base64(32)),
    password: () =>
      pick(upper) +
      characters(6, lower) +
      characters(3, digits) +
      '-' +
      characters(4, upper + lower) +
      characters(1, digits),
    characters,
  };
}

/** Mulberry32: numbers in [0, 1), good enough to look random and the same on every machine. */
function randomNumbers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
