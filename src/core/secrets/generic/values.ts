import { isFiller, isPlaceholder } from '../placeholder.ts';
import { isEmulatorKey } from '../well-known.ts';
import { type SecretKind, wordsOf } from './names.ts';

/** A value that stands where a secret would. */
export interface ValueInPlace {
  readonly value: string;
  readonly kind: SecretKind;
  /** Name it is given to; empty where the place speaks for itself, as in a connection string. */
  readonly name: string;
}

/** A reason for silence that explanations name. */
interface Guard {
  readonly name: string;
  readonly holds: (place: ValueInPlace) => boolean;
}

const guid = /^\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?$/iu;
const passwordHash =
  /^(?:\$(?:2[abxy]?|[561y]|argon2(?:id?|d)|scrypt|pbkdf2[\w-]*|apr1)\$|\{(?:S?SHA\d*|S?MD5|CRYPT)\}|pbkdf2[:_(]|sha\d{1,3}[:$-])/iu;
const hexDigest = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$/iu;
const path =
  /^(?:~|\.{1,2})?[/\\](?:[\w.@ -]+[/\\])*[\w.@ -]*$|^[A-Za-z]:[\\/]|^(?:[\w.-]+[/\\])+[\w-]+\.\w{1,6}$|^[\w-]+\.(?:pem|pfx|p12|key|crt|cer|jks|json|ya?ml|txt|env|cs|ts|js|py|go|java|html?|xml|properties)$/u;
const pattern = /^\^|\\[dwsDWS]|\(\?[:=!<]|\[(?:a-z|A-Z|0-9)|\.[*+]\??(?:$|\))/u;
const code =
  /^(?:[A-Za-z_$][\w$]*(?:\??\.|::|->|!\.))+[A-Za-z_$][\w$]*(?:\(\)?|\[.*)?;?$|^[A-Za-z_$][\w$.]*\(|^(?:await|new|typeof|return)\s|=>|^\w+\[/u;
const versionOrNumber =
  /^(?:v?\d+(?:\.\d+)+(?:[-+][\w.]+)?|#[0-9a-f]{3,8}|\d{4}-\d{2}-\d{2}(?:T.*)?|[-+]?\d+(?:\.\d+)?(?:px|em|rem|[%shd]|ms|kb|mb|gb)?)$/iu;
const selector = /^(?:[#.][A-Za-z][\w-]*|\w{0,40}\[[\w-]{1,60}[\]=*^$~|].*|\/\/\w.*|input.*|x-[a-z-]+)$/u;
/** Of ARM templates, of doubled brackets, and of tools that keep what they encrypted in files. */
const expression = /^\[\w+\(.*\]$|^<<.*>>$/u;
const encrypted = /^(?:ENC[[(]|vault:v\d|\{cipher\}|AQICAH|!vault)/u;
const interpolation =
  /\$\{|\{\{|#\{|<%|%>|\$\(|\$\[|%\(|\{[A-Za-z_][\w.]*\}|\{\d\}|\$[A-Z_]{3,}(?![a-z0-9])|%[A-Z_]{3,}%/u;

/** Letters in runs that could be spoken, beside separators: made of words, not of chance. */
export function isWordy(value: string): boolean {
  let spoken = 0;
  let all = 0;
  for (const word of wordsOf(value)) {
    all += word.length;
    if (word.length >= 3 && /[aeiouy]/u.test(word) && !/[^aeiouy\d]{5}|[aeiou]{4}|(.)\1\1|q[^u]/u.test(word))
      spoken += word.length;
  }
  return all > 0 && spoken / all >= 0.66;
}

function isRepeated(value: string): boolean {
  return new Set(value).size <= Math.max(2, value.length / 6);
}

const shared: readonly Guard[] = [
  { name: 'placeholder', holds: ({ value }) => isPlaceholder(value) },
  { name: 'filled in elsewhere', holds: ({ value }) => interpolation.test(value) || expression.test(value) },
  { name: 'encrypted', holds: ({ value }) => encrypted.test(value) },
  { name: 'mask', holds: ({ value }) => /^[*.\-_x#•?…]+$/iu.test(value) },
  {
    name: 'identifier of a key',
    holds: ({ value, kind }) => kind === 'key' && /^(?:0x)?[0-9a-f]{8,16}$/iu.test(value),
  },
  { name: 'documented emulator key', holds: ({ value }) => value.length > 40 && isEmulatorKey(value) },
  {
    name: 'example value',
    holds: ({ value, kind }) =>
      // People choose words: only a key with one is an example for certain.
      !(kind === 'password' && /\d/u.test(value) && /[^\w-]/u.test(value)) &&
      /example|(?:^|[-_ ])your[-_ ]|change[-_]?(?:me|this|it)$|(?:^|[-_])here$|^(?:dummy|fake|mock|stub|sample|placeholder|redacted|test)[-_ ]?(?:key|token|secret|value|api[-_]?key)?[-_]?\d{0,3}$/iu.test(
        value,
      ),
  },
  { name: 'the name repeated', holds: ({ value, name }) => name !== '' && sameWords(value, name) },
  { name: 'identifier (GUID)', holds: ({ value }) => guid.test(value) },
  {
    name: 'hash',
    holds: ({ value, kind }) => passwordHash.test(value) || (kind === 'password' && hexDigest.test(value)),
  },
  {
    name: 'URL or reference to a store',
    holds: ({ value }) => /^[a-z][a-z\d+.-]{1,20}:(?:\/\/|[a-z_.-]+$)/iu.test(value),
  },
  { name: 'file path', holds: ({ value }) => path.test(value) && (value.length < 40 || isWordy(value)) },
  { name: 'regular expression', holds: ({ value }) => pattern.test(value) },
  {
    name: 'version, number, colour or date',
    holds: ({ value, kind }) =>
      versionOrNumber.test(value) &&
      !(kind === 'password' && /^\d{6,}$/u.test(value) && !isFiller(value) && !'01234567890123456789'.includes(value)),
  },
  { name: 'selector or header name', holds: ({ value }) => selector.test(value) && isWordy(value) },
  {
    name: 'public key or certificate',
    holds: ({ value }) =>
      /^(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-|-----BEGIN (?:CERTIFICATE|PUBLIC KEY|RSA PUBLIC KEY))|^MII[A-Za-z0-9+/]{5}/u.test(
        value,
      ),
  },
];

/** Where a name is all that speaks for a secret. */
const byNameAlone: readonly Guard[] = [
  {
    name: 'text for people',
    holds: ({ value }) =>
      /\s/u.test(value) ||
      (/^[\p{L}\p{M}'’-]+[:*?!.…]*$/u.test(value) && !isMixed(value)) ||
      /[^\p{ASCII}\p{Script=Latin}]/u.test(value),
  },
  {
    name: 'code, not a value',
    holds: ({ value }) => code.test(value) && !/^eyJ[\w-]+\./u.test(value) && (isWordy(value) || !/\d/u.test(value)),
  },
  { name: 'identifier or name of a secret', holds: ({ value, kind }) => isIdentifier(value, kind) },
];

const keyValues: readonly Guard[] = [
  { name: 'too short for a key', holds: ({ value }) => value.length < 16 },
  { name: 'not the characters of a key', holds: ({ value }) => !/^[\w+/=.~:!@#$%^&*-]+$/u.test(value) },
  { name: 'words, not chance', holds: ({ value }) => isWordy(value) },
  {
    name: 'too regular for a key',
    holds: ({ value }) =>
      isFiller(value) ||
      isRepeated(value) ||
      (!/\d/u.test(value) && !/[a-z][A-Z]|[A-Z][a-z]/u.test(value)) ||
      entropy(value) < 3,
  },
];

const passwordValues: readonly Guard[] = [
  { name: 'too short for a password', holds: ({ value }) => value.length < 6 },
  { name: 'mask', holds: ({ value }) => new Set(value).size < 3 },
  { name: 'only letters of one case: a word', holds: ({ value }) => /^(?:[a-z]+|[A-Z]+|[A-Z][a-z]+)$/u.test(value) },
];

/** Two cases that are no camel case: `kXqTzWpLmN`, not `userPassword`. */
function isMixed(value: string): boolean {
  return /[a-z]/u.test(value) && /[A-Z]/u.test(value) && !isWordy(value);
}

function isIdentifier(value: string, kind: SecretKind): boolean {
  if (!/^[A-Za-z_$@][\w$.:/-]*$/u.test(value)) return false;
  // `summer-2024` is what people choose; `orders-db-2` and `api_key_v1` are names.
  const names = value.split(/[-_.:/]/u).every(part => /^[A-Za-z]+\d{0,2}$|^v?\d{1,2}$|^$/u.test(part));
  if (kind === 'key') return names && isWordy(value);
  return names && isWordy(value) && (/[-_.:/]/u.test(value) || !/\d/u.test(value));
}

function sameWords(value: string, name: string): boolean {
  const letters = (text: string): string => text.toLowerCase().replace(/[^a-z\d]/gu, '');
  const own = letters(value);
  return own.length >= 4 && letters(name).endsWith(own);
}

/** Shannon entropy in bits per character. */
export function entropy(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}

/** Why a value in such a place is no secret; `undefined` for one that is reported. */
export function whyNoSecret(place: ValueInPlace): string | undefined {
  const guards = [
    ...shared,
    ...(place.name === '' ? [] : [...(place.kind === 'key' ? keyValues : passwordValues), ...byNameAlone]),
  ];
  return guards.find(({ holds }) => holds(place))?.name;
}

/** Whether a password was chosen with care or made by chance: three kinds of characters, or a long random text. */
export function isStrong(value: string): boolean {
  const kinds = [/[a-z]/u, /[A-Z]/u, /\d/u, /[^A-Za-z\d]/u].filter(kind => kind.test(value)).length;
  return value.length >= 8 && kinds >= 3 && !isWordy(value);
}
