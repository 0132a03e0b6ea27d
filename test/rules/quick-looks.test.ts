import { expect, it } from 'vitest';
import { genericCredentials } from '../../src/core/secrets/generic/generic-credentials.ts';
import { thirdPartyCredentials } from '../../src/core/secrets/third-party/third-party-tokens.ts';
import { services } from '../../src/core/services/catalogue.generated.ts';
import type { CredentialPattern, Hint } from '../../src/core/services/service.ts';
import { corpus } from '../corpus/corpus.ts';

/**
 * Words stand for what an expression would look for: where they are, or that they are there. A word that is missing from
 * a list would hide a secret, so every match of every expression in the corpus is held against its words.
 */
const patterns = [
  ...services.flatMap(({ credentials }) => credentials),
  ...thirdPartyCredentials,
  ...genericCredentials,
].flatMap(({ id, patterns }) => patterns.map((pattern, index) => ({ ...pattern, name: `${id} ${index}` })));
const texts = corpus().flatMap(({ text }) => [text, text.toUpperCase(), text.toLowerCase()]);
const lowerCase = texts.map(text => text.replace(/[A-Z]/gu, letter => letter.toLowerCase()));

/** The text is given as it is and in lower case. */
function holds(hint: Hint, text: string, lower: string): boolean {
  if ('test' in hint) return hint.test(text);
  if (!('expression' in hint))
    return hint.some(word => (word === word.toLowerCase() ? lower : text).includes(word));
  const all = text.matchAll(new RegExp(hint.expression.source, `${hint.expression.flags}g`));
  return [...all].some(({ index }) => hint.words.some(word => lower.startsWith(word, index)));
}

function broken({ regex, begins, hint }: CredentialPattern): string[] {
  return texts.flatMap((text, at) => {
    const lower = lowerCase[at] ?? '';
    const matches = [...text.matchAll(regex)];
    const elsewhere = matches.filter(({ index }) => begins?.some(word => lower.startsWith(word, index)) === false);
    if (elsewhere.length > 0) return [`a match begins with none of its words: ${elsewhere[0]?.[0] ?? ''}`];
    return matches.length > 0 && hint !== undefined && !holds(hint, text, lower) ? [`a match without its hint`] : [];
  });
}

it('no expression matches where its words are not', { timeout: 180_000 }, () => {
  const quick = patterns.filter(({ begins, hint }) => begins !== undefined || hint !== undefined);
  expect(quick.length).toBeGreaterThan(70);
  expect(quick.flatMap(pattern => broken(pattern).map(what => `${pattern.name}: ${what}`))).toEqual([]);
});
