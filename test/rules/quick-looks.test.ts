import { expect, it } from 'vitest';
import { type CompiledPattern, formats, matchesAt, wordsIn } from '../../src/core/engine/formats.ts';
import { createStandIns } from '../../src/core/secrets/stand-ins.ts';
import { corpus } from '../corpus/corpus.ts';

/**
 * Words stand for what an expression would look for: where they are, or that they are there. A word that is missing from
 * a list would hide a secret, so every match of every expression in the corpus and in the examples of every format is
 * held against its words.
 */
const standIns = createStandIns(7);
const examples = formats.flatMap(({ format }) =>
  [...format.examples.found, ...format.examples.silent].map(({ text }) => text(standIns).replace(/[«»]/gu, '')),
);
const texts = [...new Set([...examples, ...corpus().map(({ text }) => text)])]
  .flatMap(text => [text, text.toUpperCase(), text.toLowerCase()])
  .map(text => ({ text, hits: wordsIn(text) }));

function broken({ pattern, hint, begins }: CompiledPattern): string[] {
  return texts.flatMap(({ text, hits }) => {
    const anywhere = [...text.matchAll(pattern.regex)];
    if (anywhere.length === 0) return [];
    if (hint?.(text, hits) === false) return [`a match without its hint: ${anywhere[0]?.[0] ?? ''}`];
    if (begins === undefined) return [];
    const places = new Set([...matchesAt(text, begins, hits)].map(({ index, 0: match }) => `${index} ${match}`));
    const elsewhere = anywhere.find(({ index, 0: match }) => !places.delete(`${index} ${match}`));
    if (elsewhere !== undefined) return [`a match begins with none of its words: ${elsewhere[0]}`];
    return places.size > 0 ? ['a match at a word alone'] : [];
  });
}

const patterns = formats.flatMap(({ format, patterns }) =>
  patterns.map((compiled, index) => ({ ...compiled, name: `${format.id} ${index}` })),
);

it('most expressions are tried at words alone or behind a hint', () => {
  const everywhere = patterns.filter(({ hint, begins }) => hint === undefined && begins === undefined);
  expect(everywhere.length / patterns.length).toBeLessThan(0.15);
});

it('no expression matches where its words are not', { timeout: 240_000 }, () => {
  expect(patterns.flatMap(each => broken(each).map(what => `${each.name}: ${what}`))).toEqual([]);
});
