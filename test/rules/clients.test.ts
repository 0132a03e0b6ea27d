import { expect, test } from 'vitest';
import { errorCount } from '../../src/core/rewrite/refusals.ts';
import { fixText, languages, preparedExamples } from '../harness/client-examples.ts';
import { typeErrors } from '../harness/type-check.ts';

const examples = preparedExamples();

test.each(examples)('$label', async ({ document, span, secret, example }) => {
  expect(span.start).toBeGreaterThanOrEqual(0);
  const result = await fixText(document, span);
  if (result === undefined || 'refusal' in result) throw new Error(result?.refusal ?? 'nothing offered');
  expect(result.text).toBe(example.after);
  expect(result.text).not.toContain(secret);
  const errors = await languages.read({ ...document, text: result.text }, file => errorCount(file.root));
  expect(errors).toBe(0);
});

test('rewritten TypeScript and JavaScript compiles against the SDKs', () => {
  const sources = examples
    .filter(({ migration }) => migration.language === 'typescript')
    .map(({ document, example }) => [document.uri, example.after] as const);
  expect(sources.length).toBeGreaterThan(0);
  expect(typeErrors(Object.fromEntries(sources))).toEqual({});
});
