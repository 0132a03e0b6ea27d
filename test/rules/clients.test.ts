import { expect, test } from 'vitest';
import { scan } from '../../src/core/engine/scan.ts';
import { errorCount } from '../../src/core/rewrite/refusals.ts';
import { guidePage } from '../../src/core/rewrite/guide.ts';
import { spanContains } from '../../src/core/text/text-edit.ts';
import { fixText, languages, preparedExamples, preparedGuides } from '../harness/client-examples.ts';
import type { CodeLanguage } from '../../src/core/services/service.ts';
import { javaErrors, pythonErrors } from '../harness/compilers.ts';
import { typeErrors } from '../harness/type-check.ts';

const examples = preparedExamples();

test.each(examples)('$label', async ({ document, span, secret, example }) => {
  expect(span.start).toBeGreaterThanOrEqual(0);
  const mode = example.cursor === undefined ? 'secret' : 'cursor';
  const result = await fixText(document, span, mode);
  if (result === undefined || 'refusal' in result) throw new Error(result?.refusal ?? 'nothing offered');
  expect(result.text).toBe(example.after);
  if (mode === 'secret') expect(result.text).not.toContain(secret);
  const errors = await languages.read({ ...document, text: result.text }, file => errorCount(file.root));
  expect(errors).toBe(0);
});

test.each(examples.filter(({ example }) => example.cursor === undefined))('$label: its secret is found', ({ document, span }) => {
  const found = scan(document).filter(finding => spanContains(finding.span, span));
  expect(found).not.toEqual([]);
});

test.each(examples)('$label: nothing is left to do afterwards', async ({ document, example }) => {
  const after = { ...document, text: example.after };
  for (const quoted of example.after.matchAll(/["'`][^"'`\s]*contoso[^"'`\s]*["'`]/gu)) {
    const span = { start: quoted.index + 1, end: quoted.index + quoted[0].length - 1 };
    const result = await fixText(after, span);
    expect(result === undefined || 'refusal' in result).toBe(true);
  }
});

test.each(preparedGuides())('$label', async ({ document, span, secret, atCursor, guided }) => {
  expect(span.start).toBeGreaterThanOrEqual(0);
  const result = await fixText(document, span, atCursor ? 'cursor' : 'secret');
  if (result === undefined || !('refusal' in result)) throw new Error('it is rewritten, not explained');
  const { refusal, guide } = result;
  if (guide === undefined) throw new Error(refusal);
  expect(guide.steps).toEqual(guided.steps);
  const page = guidePage({ refusal, guide });
  expect(page).toContain(guided.snippet.trim());
  if (!atCursor) expect(page).not.toContain(secret);
});

test.each(preparedGuides())('$label: its snippet parses', async ({ document, guided }) => {
  const errors = await languages.read({ ...document, text: guided.snippet }, file => errorCount(file.root));
  expect(errors).toBe(0);
});

test('rewritten TypeScript and JavaScript compiles against the SDKs', () => {
  const sources = examples
    .filter(({ migration }) => migration.language === 'typescript')
    .map(({ document, example }) => [document.uri, example.after] as const);
  const guides = preparedGuides().filter(({ guided }) => guided.language === 'typescript');
  sources.push(...guides.map(({ document, guided }) => [document.uri, guided.snippet] as const));
  expect(sources.length).toBeGreaterThan(0);
  expect(typeErrors(Object.fromEntries(sources))).toEqual({});
}, 180_000);

test('rewritten Python is accepted by the compiler of this machine, if it has one', () => {
  expect(pythonErrors(rewritten('python')) ?? []).toEqual([]);
});

test('rewritten Java is accepted by the parser of the compiler of this machine, if it has one', async () => {
  expect((await javaErrors(rewritten('java'))) ?? []).toEqual([]);
});

/** Every keyless form of a language, by file name. */
function rewritten(language: CodeLanguage): Record<string, string> {
  const forms = examples
    .filter(({ migration }) => migration.language === language)
    .map(({ document, example }) => [document.uri, example.after] as const);
  const guides = preparedGuides().filter(({ guided }) => guided.language === language);
  return Object.fromEntries([...forms, ...guides.map(({ document, guided }) => [document.uri, guided.snippet] as const)]);
}
