import type { CredentialMatch, CredentialPattern, Grade } from '../../services/service.ts';
import { decodeBase64 } from '../base64.ts';
import type { GuardId } from '../guards.ts';
import { isDocumentationLanguage } from './languages.ts';
import { kindOfName, type SecretKind } from './names.ts';
import { entropy, isStrong, isWordy, whyNoSecret } from './values.ts';

/** What the generic rules say of a place: how sure they are, or which guard keeps them silent. */
export type Judgement = { readonly grade: Grade } | { readonly silent: GuardId };

/** Words of names that the expressions look for; `kindOfName` decides on the whole name afterwards. */
export const namePart: Readonly<Record<SecretKind, string>> = {
  password: 'passw(?:or)?d|passwort|kennwort|passphrase|passcode|pwd|pass',
  key: 'secret|token|credentials?|pepper|(?:auth|logged_in|nonce)_salt|(?:logged_in|nonce)_key|(?:api|access|auth|account|private|signing|encrypt(?:ion)?|master|shared|subscription|client|admin|functions?|host|service|app|hmac|jwt|webhook|storage|crypto|fernet|security|license)[ _.:-]?key',
};

const qualifiers =
  'api access auth account private signing encrypt encryption master shared subscription client admin function functions host service app hmac jwt webhook storage crypto fernet security license'.split(
    ' ',
  );

/** What a match of `nameWord` begins with. */
export const nameBegins: Readonly<Record<SecretKind, readonly string[]>> = {
  password: ['pass', 'pwd', 'kennwort'],
  key: [
    ...['secret', 'token', 'credential', 'pepper'],
    ...['auth_salt', 'logged_in_', 'nonce_salt', 'nonce_key'],
    ...qualifiers.flatMap(qualifier => ['', ' ', '_', '.', ':', '-'].map(separator => `${qualifier}${separator}key`)),
  ],
};

/** Source of an expression for the word of a name and the rest of the name behind it. */
export function nameWord(kind: SecretKind): string {
  return `(?:${namePart[kind]})(?=(?<rest>[\\w.-]{0,24}))\\k<rest>`;
}

/** How much of a name before the found word is read. */
const nameReach = 60;

interface FoundName {
  /** The whole name. */
  readonly name: string;
  /** What of it stands before the word that was found. */
  readonly prefix: string;
  /** What stands on the left of the name. */
  readonly before: string;
}

/** The whole name that a match of `nameWord` begins in the middle of. */
export function nameOf({ text, span, groups }: CredentialMatch, kind: SecretKind): FoundName {
  const left = text.slice(Math.max(0, span.start - nameReach), span.start);
  const prefix = /(?:\b(?:checksum|digest|hash)\/)?[\w$.:-]{0,60}$/u.exec(left)?.[0] ?? '';
  const word = wordAt[kind].exec(text.slice(span.start, span.start + 40))?.[0] ?? '';
  const start = span.start - prefix.length;
  return { name: prefix + word + (groups['rest'] ?? ''), prefix, before: text.slice(Math.max(0, start - 60), start) };
}

const wordAt: Readonly<Record<SecretKind, RegExp>> = {
  password: new RegExp(`^(?:${namePart.password})`, 'iu'),
  key: new RegExp(`^(?:${namePart.key})`, 'iu'),
};

/** Why the name is none of a secret of this kind; `undefined` when it is. */
export function notNamed(name: string, kind: SecretKind): GuardId | undefined {
  const named = kindOfName(name);
  if (named === kind) return undefined;
  return named === 'password' || named === 'key' ? 'name-goes-on' : named;
}

/** Pictures of a project's state are for everybody, and so is what fetches them. */
const inBadge = /https?:\/\/[^\s"'()<>]{0,120}(?:badge|\.svg|shield)[^\s"'()<>]{0,120}$/iu;

export function judge(match: CredentialMatch, kind: SecretKind, name: string, value = match.secret): Judgement {
  const silent = whyNoSecret({ value, kind, name });
  if (silent !== undefined) return { silent };
  if (kind === 'key' && inBadge.test(match.text.slice(Math.max(0, match.span.start - 200), match.span.start)))
    return { silent: 'badge-token' };
  // A README shows how a setting is written: what nobody would have thought up by hand is still a secret there.
  if (isDocumented(match) && !isByChance(value, kind)) return { silent: 'documented-example' };
  const shown = /[\w.-]{1,80}$/u.exec(name)?.[0];
  return {
    grade: { confidence: kind === 'key' || isStrong(value) ? 'medium' : 'low', args: { name: shown } },
  };
}

/** A README, or a comment that documents code. */
function isDocumented({ languageId, text, span }: CredentialMatch): boolean {
  if (isDocumentationLanguage(languageId)) return true;
  const line = text.slice(text.lastIndexOf('\n', span.start - 1) + 1, span.start);
  if (languageId === 'python' && isInDocstring(text.slice(0, span.start))) return true;
  return /^[ \t]*(?:\*|\/\*\*|\/\/\/|>>>)[ \t]/u.test(line);
}

/** Whether the text ends inside of a docstring. It may begin anywhere, so that quotes before the last say nothing. */
function isInDocstring(before: string): boolean {
  const at = before.lastIndexOf('"""');
  if (at === -1) return false;
  const left = before.slice(Math.max(0, at - 80), at);
  if (!/(?:^|\n)[ \t]*[ru]?$/iu.test(left)) return false;
  // What closes one stands alone on its line; what opens one is followed by text, or follows the colon of a definition.
  return !/[\r\n]/u.test(before.charAt(at + 3)) || /:[ \t]*\r?\n[ \t]*[ru]?$/iu.test(left);
}

/** Whether a value is so random that a name in running text is evidence enough. */
export function isByChance(value: string, kind: SecretKind): boolean {
  if (isStrong(value)) return true;
  return (
    kind === 'key' &&
    value.length >= 20 &&
    /\d/u.test(value) &&
    /[a-z]/iu.test(value) &&
    entropy(value) >= 3.2 &&
    !isWordy(value)
  );
}

/** A pattern whose decision and its explanation are the same function. */
export function judged(
  regex: RegExp,
  decide: (match: CredentialMatch) => Judgement,
  conditions: Pick<CredentialPattern, 'begins' | 'hint' | 'inLanguage'> = {},
): CredentialPattern {
  return {
    regex,
    ...conditions,
    grade(match) {
      const judgement = decide(match);
      if (!('grade' in judgement)) return undefined;
      // A name alone says little where everything around it is an example.
      return isDocumented(match) ? { ...judgement.grade, confidence: 'low', severity: 'information' } : judgement.grade;
    },
    whySilent(match) {
      const judgement = decide(match);
      return 'silent' in judgement ? judgement.silent : undefined;
    },
  };
}

/** The values under `data:` of a Kubernetes Secret are base64: what they hide is judged. */
export function inKubernetesSecret(match: CredentialMatch, kind: SecretKind, name: string): Judgement | undefined {
  if (!/ya?ml|docker/u.test(match.languageId)) return undefined;
  if (match.mentions(/^kind:[ \t]*["']?SealedSecret\b/mu)) return { silent: 'sealed-secret' };
  if (!match.mentions(/^kind:[ \t]*["']?Secret\b/mu)) return undefined;
  if (!/^[A-Za-z0-9+/]{4,}={0,2}$/u.test(match.secret) || match.secret.length % 4 !== 0) return undefined;
  const bytes = decodeBase64(match.secret);
  const value = bytes && printable(bytes);
  if (value === undefined) return undefined;
  const judgement = judge(match, kind, name, value.trim());
  return 'grade' in judgement
    ? { grade: { ...judgement.grade, args: { ...judgement.grade.args, note: 'base64, which hides nothing' } } }
    : judgement;
}

/** The text of printable ASCII bytes; `undefined` when there are others. */
function printable(bytes: Uint8Array): string | undefined {
  let text = '';
  for (const byte of bytes) {
    if ((byte < 0x20 || byte > 0x7e) && byte !== 9 && byte !== 10 && byte !== 13) return undefined;
    text += String.fromCharCode(byte);
  }
  return text;
}
