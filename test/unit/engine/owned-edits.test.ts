import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appliedEdits, composeEdits, wholeLines, type OwnedEdit } from '../../../src/core/text/owned-edits.ts';
import { applyEdits, type TextEdit } from '../../../src/core/text/text-edit.ts';

/** Non-overlapping edits of a text, of any kind: insertions, deletions, replacements, some of them touching. */
function editsOf(text: string, cuts: readonly number[], words: readonly string[]): TextEdit[] {
  const places = [...new Set(cuts.map(cut => cut % (text.length + 1)))].sort((a, b) => a - b);
  const edits: TextEdit[] = [];
  for (let i = 0; i < places.length; i++) {
    const start = places[i] ?? 0;
    const end = i % 3 === 2 ? start : (places[i + 1] ?? start);
    const newText = words[i % words.length] ?? '';
    if (end === start && newText === '') continue;
    edits.push({ span: { start, end }, newText });
    if (end !== start && i % 2 === 0) i++;
  }
  return edits;
}

const round = fc.tuple(
  fc.array(fc.nat(60), { minLength: 1, maxLength: 6 }),
  fc.array(fc.constantFrom('', 'x', 'yy', 'long\n', 'äö'), { minLength: 1, maxLength: 4 }),
);

describe('edits of several owners', () => {
  it('come to the same text as one after the other', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.array(round, { maxLength: 6 }), (original, rounds) => {
        let text = original;
        let composed: readonly OwnedEdit[] = [];
        for (const [owner, [cuts, words]] of rounds.entries()) {
          const next = editsOf(text, cuts, words);
          composed = composeEdits(composed, text, next, owner);
          text = applyEdits(text, next);
          expect(applyEdits(original, composed)).toBe(text);
        }
      }),
      { numRuns: 5000 },
    );
  });

  it('stay apart where they do not meet, and are one where they do', () => {
    const lines = 'one=1\ntwo=2\nthree=3\n';
    const first = composeEdits([], lines, [{ span: { start: 0, end: 6 }, newText: '' }], 0);
    const text = applyEdits(lines, first);
    const second = composeEdits(first, text, [{ span: { start: 0, end: 6 }, newText: 'zwei=2\n' }], 1);
    expect(second.map(({ owners }) => owners)).toEqual([[0], [1]]);
    expect(applyEdits(lines, [second[1]!])).toBe('one=1\nzwei=2\nthree=3\n');
    const third = composeEdits(second, applyEdits(lines, second), [{ span: { start: 0, end: 4 }, newText: 'II' }], 2);
    expect(third.map(({ owners }) => owners)).toEqual([[0], [1, 2]]);
  });

  it('come to the same text as edits of whole lines, none of which share a line', () => {
    const line = fc.constantFrom('a=1', 'b', '', '\n', '\r\n', 'c\n');
    const lines = fc.array(line, { maxLength: 12 }).map(parts => parts.join(''));
    fc.assert(
      fc.property(lines, round, (original, [cuts, words]) => {
        const edits = composeEdits([], original, editsOf(original, cuts, words), 0);
        const whole = wholeLines(original, edits);
        expect(applyEdits(original, whole)).toBe(applyEdits(original, edits));
        for (const { span } of whole) {
          expect(span.start === 0 || original[span.start - 1] === '\n').toBe(true);
          expect(span.end === original.length || span.end === 0 || original[span.end - 1] === '\n').toBe(true);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('are told apart again by what became of the text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), round, fc.array(fc.boolean()), (original, [cuts, words], choice) => {
        const edits = editsOf(original, cuts, words);
        const after = applyEdits(
          original,
          edits.filter((_, i) => choice[i] === true),
        );
        const made = appliedEdits(original, edits, after);
        // Several ways may lead there; the one that is told is one of them.
        expect(made).toBeDefined();
        expect(
          applyEdits(
            original,
            edits.filter((_, i) => made?.[i] === true),
          ),
        ).toBe(after);
      }),
      { numRuns: 3000 },
    );
  });

  it('say nothing of a text that something else changed as well', () => {
    const edits = [{ span: { start: 0, end: 1 }, newText: 'b' }];
    expect(appliedEdits('a tail', edits, 'b tale')).toBeUndefined();
    expect(appliedEdits('a tail', edits, 'b tail')).toEqual([true]);
    expect(appliedEdits('a tail', edits, 'a tail')).toEqual([false]);
  });
});
