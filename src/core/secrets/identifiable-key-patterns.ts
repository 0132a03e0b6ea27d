import type { CredentialMatch, CredentialPattern, Grade, Look } from '../services/service.ts';
import { hasValidCaskChecksum, hasValidHisChecksum } from './checksums.ts';
import { gradeChecksum } from './grading.ts';
import { identifiableKeys, type IdentifiableKey, type IdentifiableKeyName } from './identifiable-keys.ts';

const alphabets = { base64: 'A-Za-z0-9+/', url: 'A-Za-z0-9_-', alphanumeric: 'A-Za-z0-9' } as const;

/** Characters before the signature, and what may follow it: the bits between signature and checksum are zero. */
const layouts = {
  32: { before: 33, after: '[A-P]', rest: 5, end: '=' },
  39: { before: 42, after: '[A-D]', rest: 5, end: '' },
  40: { before: 44, after: '', rest: 5, end: '[AQgw]==' },
  64: { before: 76, after: '', rest: 5, end: '[AQgw]==' },
} as const;

/** Finds the key wherever it stands; a valid checksum makes it certain, one that does not fit a warning. */
export function identifiableKeyPattern(
  name: IdentifiableKeyName,
  args: (match: CredentialMatch) => Grade['args'] = () => ({}),
): CredentialPattern {
  const { signature, bytes, seeds, alphabet }: IdentifiableKey = identifiableKeys[name];
  const characters = alphabets[alphabet ?? 'base64'];
  const { before, after, rest, end } = layouts[bytes];
  const escaped = signature.replace('+', '\\+');
  return {
    hint: { words: [signature], expression: new RegExp(`(?<=[${characters}]{${before}})${escaped}`, 'u') },
    regex: new RegExp(
      `(?<![\\w+/-])(?<secret>[${characters}]{${before}}${escaped}${after}[${characters}]{${rest}}${end})(?![\\w+/=-])`,
      'dgu',
    ),
    grade(match) {
      const seed = Object.keys(seeds).find(each => hasValidHisChecksum(match.secret, [each]));
      return gradeChecksum(match.secret, seed !== undefined, {
        ...args(match),
        ...(seed === undefined ? {} : { kind: seeds[seed] }),
      });
    },
  };
}

/** What every Common Annotated Security Key has at the same place. */
export const ofAnnotatedKey: Look = { words: ['JQQJ9'], expression: /(?<=[A-Za-z0-9]{52})JQQJ9/u };

/** Finds a Common Annotated Security Key with the provider's signature, whatever the provider reserved for itself. */
export function annotatedKeyPattern(
  signature: string,
  args: (match: CredentialMatch) => Grade['args'] = () => ({}),
): CredentialPattern {
  return {
    hint: ofAnnotatedKey,
    regex: new RegExp(
      `(?<![A-Za-z0-9+/])(?<secret>[A-Za-z0-9]{52}JQQJ9[9DH][A-Za-z0-9][A-L][A-Za-z0-9+/]{16}(?<signature>${signature})[A-Za-z0-9]{4}(?:[A-Za-z0-9]{2}==)?)(?![A-Za-z0-9+/=])`,
      'dgu',
    ),
    grade: match => gradeChecksum(match.secret, hasValidCaskChecksum(match.secret), args(match)),
  };
}
