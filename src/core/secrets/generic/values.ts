import { decodeBase64 } from '../base64.ts';
import type { GuardId } from '../guards.ts';
import { isFiller, placeholderGuard } from '../placeholder.ts';
import { isEmulatorKey } from '../well-known.ts';
import { cookieKeys, type SecretKind, wordsOf } from './names.ts';

/** A value that stands where a secret would. */
export interface ValueInPlace {
  readonly value: string;
  readonly kind: SecretKind;
  /** Name it is given to; empty where the place speaks for itself, as in a connection string. */
  readonly name: string;
}

interface Guard {
  readonly id: GuardId;
  readonly holds: (place: ValueInPlace) => boolean;
}

const guid = /^\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?$/iu;
const passwordHash =
  /^(?:\$(?:2[abxy]?|[561y]|argon2(?:id?|d)|scrypt|pbkdf2[\w-]*|apr1)\$|\{(?:S?SHA\d*|S?MD5|CRYPT)\}|pbkdf2[:_(]|sha\d{1,3}[:$-])/iu;
const hexDigest = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$/iu;
const path =
  /^(?:~|\.{1,2})?[/\\](?:[\w.@ -]+[/\\])*[\w.@ -]*$|^[A-Za-z]:[\\/]|^(?:[\w.-]+[/\\])+[\w-]+\.\w{1,6}$|^[\w-]+\.(?:pem|pfx|p12|key|crt|cer|jks|json|ya?ml|txt|env|cs|ts|js|py|go|java|html?|xml|properties)$/u;
const pattern = /^\^|\\[dwsDWS]|\(\?[:=!<]|\[(?:a-z|A-Z|0-9)|\w\|[\w[][^|]*\||\.[*+]\??(?:$|\))/u;
const code =
  /^(?:[A-Za-z_$][\w$]*(?:\??\.|::|->|!\.))+[A-Za-z_$][\w$]*(?:\(\)?|\[.*)?;?$|^[A-Za-z_$][\w$.]*\(|^(?:await|new|typeof|return)\s|=>|^\w+\[/u;
const versionOrNumber =
  /^(?:v?\d+(?:\.\d+)+(?:[-+][\w.]+)?|#[0-9a-f]{3,8}|\d{4}-\d{2}-\d{2}(?:T.*)?|[-+]?\d+(?:\.\d+)?(?:px|em|rem|[%shd]|ms|kb|mb|gb)?)$/iu;
const selector = /^(?:[#.][A-Za-z][\w-]*|\w{0,40}\[[\w-]{1,60}[\]=*^$~|].*|\/\/\w.*|input(?:[.#[].*)?|x-[a-z-]+)$/u;
/** Of ARM templates, of doubled brackets, and of tools that keep what they encrypted in files. */
const expression = /^\[\w+\(.*\]$|^<<.*>>$/u;
/** The last begins with the length of the session key that `kubeseal` encrypted. */
const encrypted = /^(?:ENC[[(]|vault:v\d|\{cipher\}|AQICAH|!vault|Ag[A-D][A-Za-z0-9+/]{300})/u;
const interpolation =
  /\$\{|\{\{|#\{|<%|%>|\$\(|\$\[|%\(|\{[A-Za-z_][\w.]*\}|\{\d\}|\$[A-Z_]{3,}(?![a-z0-9])|%[A-Z_]{3,}%/u;

/** Which part of a value's letters and digits stands in runs that could be spoken, from 0 to 1. */
export function spokenShare(value: string): number {
  let spoken = 0;
  let all = 0;
  for (const word of wordsOf(value)) {
    all += word.length;
    if (word.length >= 3 && /[aeiouy]/u.test(word) && !/[^aeiouy\d]{5}|[aeiou]{4}|(.)\1\1|q[^u]/u.test(word))
      spoken += word.length;
  }
  return all === 0 ? 0 : spoken / all;
}

/** Made of words, with separators between them, and not of chance. */
export function isWordy(value: string): boolean {
  return spokenShare(value) >= 0.66;
}

function isRepeated(value: string): boolean {
  // Hexadecimal digits are sixteen, however long the key.
  return new Set(value).size <= Math.min(8, Math.max(2, value.length / 6));
}

/** Made of nothing but words of examples: `your-password-here`, `dummy_secret_1`, `test123`. */
const exampleWords =
  /^(?:(?:an?|your|my|the|example|sample|dummy|fake|mock|stub|placeholder|redacted|test(?:ing)?|some|any|change|replace|me|it|this|here|new|old|password|passwd|pass|pwd|secret|key|token|value|string)[-_ .]?){2,8}\d{0,3}$/iu;
const exampleWord =
  /^(?:example|dummy|fake|mock|stub|sample|placeholder|redacted|test)[-_]?\d{0,3}$|^[a-z]{0,12}password$|^-?anonymous@?$/u;
/** Nobody issues keys with these in them; people may well choose passwords with them. */
const inExampleKeys =
  /example|(?:^|[-_ ])your[-_ ]|change[-_]?(?:me|this|it)$|(?:^|[-_])here$|^(?:dummy|fake|mock|stub|sample|test)[-_ ]?(?:key|token|secret|value)/iu;

const shared: readonly Guard[] = [
  { id: 'filled-in', holds: ({ value }) => interpolation.test(value) || expression.test(value) },
  { id: 'encrypted', holds: ({ value }) => encrypted.test(value) },
  { id: 'masked', holds: ({ value }) => /^[*.\-_x#•?…]+$/iu.test(value) },
  {
    id: 'key-id',
    holds: ({ value, kind }) =>
      // The second is what requests to AWS are signed with: id, day, region.
      (kind === 'key' && /^A(?:KIA|SIA|BIA|CCA)[A-Z2-7]{16}$/u.test(value)) ||
      (kind === 'key' && /^(?:0x)?[0-9a-f]{8,16}$|^\w{4,128}\/\d{8}\/[a-z]/iu.test(value)),
  },
  { id: 'emulator-key', holds: ({ value }) => value.length > 40 && isEmulatorKey(value) },
  {
    id: 'example-value',
    holds: ({ value, kind }) =>
      kind === 'key' ? inExampleKeys.test(value) : exampleWords.test(value) || exampleWord.test(value),
  },
  { id: 'name-repeated', holds: ({ value, name }) => name !== '' && sameWords(value, name) },
  { id: 'guid', holds: ({ value }) => guid.test(value) },
  {
    id: 'hash',
    holds: ({ value, kind }) => passwordHash.test(value) || (kind === 'password' && hexDigest.test(value)),
  },
  { id: 'url', holds: ({ value }) => /^[a-z][a-z\d+.-]{1,20}:(?:\/\/|[a-z_.-]+$)/iu.test(value) },
  {
    id: 'file-path',
    holds: ({ value }) =>
      path.test(value) && (isWordy(value) || (value.length < 40 && /[/\\].*[/\\]|\.[a-z]\w{0,5}$/u.test(value))),
  },
  { id: 'regular-expression', holds: ({ value }) => pattern.test(value) },
  {
    id: 'number',
    holds: ({ value, kind }) =>
      versionOrNumber.test(value) &&
      !(kind === 'password' && /^\d{6,}$/u.test(value) && !isFiller(value) && !'01234567890123456789'.includes(value)),
  },
  { id: 'selector', holds: ({ value }) => selector.test(value) && isWordy(value) },
  {
    id: 'public-key',
    holds: ({ value }) =>
      /^(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-|-----BEGIN (?:CERTIFICATE|PUBLIC KEY|RSA PUBLIC KEY))|^MII[A-Za-z0-9+/]{5}/u.test(
        value,
      ),
  },
  { id: 'words-in-base64', holds: ({ value }) => isWordsInBase64(value) },
];

/** Where a name is all that speaks for a secret. */
const byNameAlone: readonly Guard[] = [
  {
    id: 'text-for-people',
    holds: ({ value }) =>
      (/\s/u.test(value.trim()) && !isTwoByChance(value) && !isOfAllCharacters(value)) ||
      (/^[\p{L}\p{M}'’-]+[:*?!.…]*$/u.test(value.trim()) &&
        !isMixed(value) &&
        !isPassphrase(value) &&
        !isGibberish(value)) ||
      /[^\p{ASCII}\p{Script=Latin}]/u.test(value),
  },
  {
    id: 'code',
    holds: ({ value, kind }) =>
      code.test(value) &&
      !/^eyJ[\w-]+\./u.test(value) &&
      (!/\d/u.test(value) || (isWordy(value) && (kind === 'key' || /^[a-z_$]|[([]/u.test(value)))),
  },
  { id: 'identifier', holds: ({ value, kind }) => isIdentifier(value, kind) },
];

const keyValues: readonly Guard[] = [
  { id: 'short-key', holds: ({ value }) => value.length < 16 },
  {
    id: 'key-characters',
    holds: ({ value }) => !/^[\w+/=.~:!@#$%^&*-]+$/u.test(value) && !isDjangoKey(value) && !isOfAllCharacters(value),
  },
  { id: 'wordy-key', holds: ({ value }) => isWordy(value) },
  {
    id: 'regular-key',
    holds: ({ value }) =>
      isFiller(value) ||
      isRepeated(value) ||
      (!/\d/u.test(value) && !/[a-z][A-Z]|[A-Z][a-z]/u.test(value) && !isGibberish(value)) ||
      entropy(value) < 3,
  },
];

const passwordValues: readonly Guard[] = [
  { id: 'short-password', holds: ({ value }) => value.length < 6 },
  { id: 'few-characters', holds: ({ value }) => new Set(value).size < 3 },
  { id: 'one-word', holds: ({ value }) => /^(?:[a-z]+|[A-Z]+|[A-Z][a-z]+)$/u.test(value) },
];

/** What Django makes for a new project: fifty characters, the opening parenthesis among them. */
function isDjangoKey(value: string): boolean {
  return /^(?:django-insecure-)?[a-z\d!@#$%^&*(\-_=+)]{50}$/u.test(value) && /[!@#$%^&*].*[!@#$%^&*]/u.test(value);
}

/** Long, and of all that a keyboard has, as WordPress makes its keys: a sixth and more are symbols, hardly any blanks. */
function isOfAllCharacters(value: string): boolean {
  const count = (expression: RegExp): number => value.length - value.replace(expression, '').length;
  return (
    value.length >= 40 &&
    count(/[^A-Za-z\d\s]/gu) >= value.length / 6 &&
    Math.min(count(/[a-z]/gu), count(/[A-Z]/gu), 2 * count(/\d/gu)) >= 4 &&
    count(/\s/gu) <= value.length / 16 &&
    !isWordy(value)
  );
}

/** Two parts at most, with a digit: what a password with a blank looks like, and no sentence does. */
function isTwoByChance(value: string): boolean {
  return isStrong(value) && /\d/u.test(value) && value.trim().split(/\s/u).length <= 2;
}

/** Letters of one case that no language writes like this. */
function isGibberish(value: string): boolean {
  return /^[a-z]{20,}$/u.test(value) && value.replace(/[^aeiouy]/gu, '').length < value.length * 0.26;
}

/** Readable text that was wrapped: `not my real password` in base64 is as little a secret as it is in plain. */
function isWordsInBase64(value: string): boolean {
  if (!/^[A-Za-z\d+/]{12,}={0,2}$/u.test(value) || value.length % 4 !== 0) return false;
  const bytes = decodeBase64(value);
  if (bytes === undefined || bytes.some(byte => byte < 0x20 || byte > 0x7e)) return false;
  const text = String.fromCharCode(...bytes);
  return placeholderGuard(text) !== undefined || exampleWords.test(text) || (/\s/u.test(text) && isWordy(text));
}

/** Words of a password generator, `otter-marble-quiver-lantern`: four and more, none of which says what it is. */
function isPassphrase(value: string): boolean {
  const words = value.split(/[- ]/u);
  return (
    words.length >= 4 &&
    words.every(word => /^[A-Za-z]{3,9}\d?$/u.test(word)) &&
    !/pass|pwd|secret|key|token|user|auth|login|sign|account|admin|your|the|field|input|form|label|text|title|error|invalid|require|must|reset|change|forgot|confirm|new|current|min|max|test|name/iu.test(
      value,
    )
  );
}

/** Two cases that are no camel case: `kXqTzWpLmN`, not `userPassword`. */
function isMixed(value: string): boolean {
  return /[a-z]/u.test(value) && /[A-Z]/u.test(value) && !isWordy(value);
}

function isIdentifier(value: string, kind: SecretKind): boolean {
  if (!/^[A-Za-z_$@][\w$.:/-]*$/u.test(value)) return false;
  // `summer-2024` is what people choose; `orders-db-2` and `api_key_v1` are names.
  const names = value.split(/[-_.:/]/u).every(part => /^[A-Za-z]+\d{0,2}$|^v?\d{1,2}$|^$/u.test(part));
  if (kind === 'key') return names && isWordy(value);
  // A capital, a word and a number are what people choose when a form asks for all three.
  if (/^[A-Z][a-z]+[-_.:]\d{2}/u.test(value)) return false;
  return names && isWordy(value) && (/[-_.:/]/u.test(value) || !/\d/u.test(value)) && !isPassphrase(value);
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
export function whyNoSecret(place: ValueInPlace): GuardId | undefined {
  // Of so many symbols some look like expressions by chance.
  if (cookieKeys.test(place.name) && isOfAllCharacters(place.value)) return undefined;
  const placeholder = placeholderGuard(place.value);
  if (placeholder !== undefined) return placeholder;
  const held = ({ holds }: Guard): boolean => holds(place);
  const guard = shared.find(held);
  if (guard !== undefined) return guard.id;
  // A place that says by itself that it holds a secret leaves little doubt: all but the shortest count.
  if (place.name === '') return place.value.length < 3 ? 'short-password' : undefined;
  return ((place.kind === 'key' ? keyValues : passwordValues).find(held) ?? byNameAlone.find(held))?.id;
}

/** Whether a password was chosen with care or made by chance: three kinds of characters, or a long random text. */
export function isStrong(value: string): boolean {
  const kinds = [/[a-z]/u, /[A-Z]/u, /\d/u, /[^A-Za-z\d]/u].filter(kind => kind.test(value)).length;
  return value.length >= 8 && kinds >= 3 && !isWordy(value);
}
