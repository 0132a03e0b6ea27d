import { describe, expect, test } from 'vitest';
import { applyEdits, type Span, type TextEdit } from '../../../src/core/text/text-edit.ts';
import { fixText, preparedExamples, preparedGuides, type PreparedExample } from '../../harness/client-examples.ts';

/** Ways to write one and the same program; each bit of a number turns one on. */
interface Writing {
  readonly name: string;
  readonly apply: (text: string, languageId: string) => string;
}

const comment = (languageId: string): string => (languageId === 'python' ? '#' : '//');

const writings: readonly Writing[] = [
  { name: 'Windows line ends', apply: text => text.replaceAll('\n', '\r\n') },
  { name: 'byte order mark', apply: text => `\uFEFF${text}` },
  {
    name: 'letters of more than one unit above',
    // A comment of its own, below what must be first.
    apply: (text, languageId) =>
      text.replace(/^(\uFEFF?(?:#!.*\n)?)/u, `$1${comment(languageId)} 🎈 größer 漢字 👩‍💻 "'\`{$\n\n`),
  },
  {
    name: 'tabs',
    apply: text => text.replace(/^(?: {4})+/gmu, spaces => '\t'.repeat(spaces.length / 4)),
  },
  { name: 'text below', apply: (text, languageId) => `${text}\n${comment(languageId)} «kept» ümläut 🎈` },
];

// Line ends last: the others are written with plain ones.
const order = [3, 2, 4, 1, 0];

function written(text: string, languageId: string, choice: number): string {
  return order.reduce((done, i) => (choice & (1 << i) ? (writings[i]?.apply(done, languageId) ?? done) : done), text);
}

function nameOf(choice: number): string {
  return writings.flatMap(({ name }, i) => (choice & (1 << i) ? [name] : [])).join(', ');
}

/** What takes the edits back. */
function inverse(text: string, edits: readonly TextEdit[]): TextEdit[] {
  let shift = 0;
  return [...edits]
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
    .map(({ span, newText }) => {
      const start = span.start + shift;
      shift += newText.length - (span.end - span.start);
      return { span: { start, end: start + newText.length }, newText: text.slice(span.start, span.end) };
    });
}

/** The same place in another writing: as many lines below the top as what was put above it pushed it down. */
function placeOf({ document, secret, example, span }: PreparedExample, text: string): Span {
  const lines = (whole: string): string[] => whole.split('\n');
  const above = lines(text).findIndex(line => line.includes('größer')) === -1 ? 0 : 2;
  const row = lines(document.text.slice(0, span.start)).length - 1 + above;
  const column = span.start - (document.text.lastIndexOf('\n', span.start - 1) + 1);
  const line = lines(document.text)[row - above] ?? '';
  const indent = /^[ \t]*/u.exec(line)?.[0].length ?? 0;
  const now = lines(text)[row] ?? '';
  const own = (/^[\uFEFF \t]*/u.exec(now)?.[0].length ?? 0) + Math.max(0, column - indent);
  const start = lines(text).slice(0, row).join('\n').length + (row === 0 ? 0 : 1) + own;
  return { start, end: start + (example.cursor === undefined ? secret.length : 0) };
}

/** Where two texts part, with a few letters of each. */
function difference(actual: string, expected: string): string {
  let at = 0;
  while (at < actual.length && actual[at] === expected[at]) at++;
  const around = (text: string): string => JSON.stringify(text.slice(Math.max(0, at - 30), at + 40));
  return `${around(actual)} is not ${around(expected)}`;
}

/** Each example in a writing of its own; over all examples every combination comes up many times. */
const examples = preparedExamples().map((prepared, i) => ({ prepared, choice: ((i * 7) % 31) + 1 }));
const languageIds = [...new Set(examples.map(({ prepared }) => prepared.migration.language))];

describe.each(languageIds)('%s', language => {
  const own = examples.filter(({ prepared }) => prepared.migration.language === language);
  test('every example is rewritten in the same way however it is written', { timeout: 300_000 }, async () => {
    const problems: string[] = [];
    for (const { prepared, choice } of own) {
      const { document, secret, example, label } = prepared;
      const text = written(document.text, document.languageId, choice);
      const span = placeOf(prepared, text);
      const result = await fixText({ ...document, text }, span, example.cursor === undefined ? 'secret' : 'cursor');
      const where = `${label} (${nameOf(choice)})`;
      if (result === undefined || 'refusal' in result) {
        problems.push(`${where}: ${result?.refusal ?? 'nothing offered'}`);
        continue;
      }
      const expected = written(example.after, document.languageId, choice);
      if (result.text !== expected) problems.push(`${where}: ${difference(result.text, expected)}`);
      if (example.cursor === undefined && result.text.includes(secret)) problems.push(`${where}: the secret is left`);
      const edits = result.fix.files[0]?.edits ?? [];
      if (applyEdits(result.text, inverse(text, edits)) !== text) problems.push(`${where}: cannot be taken back`);
    }
    expect(problems).toEqual([]);
  });
});

test('guides are offered however the program is written', { timeout: 300_000 }, async () => {
  const problems: string[] = [];
  for (const [i, { document, secret, atCursor, label }] of preparedGuides().entries()) {
    const text = written(document.text, document.languageId, ((i * 11) % 31) + 1);
    const start = text.lastIndexOf(secret);
    const span = { start, end: start + (atCursor ? 0 : secret.length) };
    const result = await fixText({ ...document, text }, span, atCursor ? 'cursor' : 'secret');
    if (result === undefined || !('refusal' in result) || result.guide === undefined) problems.push(label);
  }
  expect(problems).toEqual([]);
});
