import fc from 'fast-check';
import { expect, it } from 'vitest';
import { editsBetween } from '../../../src/core/engine/edits-between.ts';
import { applyEdits } from '../../../src/core/text/text-edit.ts';

it('turns any text into any other, whatever the line ends', () => {
  const line = fc.constantFrom('a', 'b', 'c', '', '\r\n', '\n', '\r', 'ä', '😀');
  const text = fc.array(line, { maxLength: 30 }).map(parts => parts.join(''));
  fc.assert(
    fc.property(text, text, (before, after) => {
      expect(applyEdits(before, editsBetween(before, after))).toBe(after);
    }),
    { numRuns: 2000 },
  );
});

it('leaves unchanged lines alone', () => {
  const edits = editsBetween('one\ntwo\nthree\nfour\n', 'one\n2\nthree\nfour\nfive\n');
  expect(edits).toEqual([
    { span: { start: 4, end: 8 }, newText: '2\n' },
    { span: { start: 19, end: 19 }, newText: 'five\n' },
  ]);
});
