import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { errorCount } from '../../src/core/rewrite/refusals.ts';
import { fixText, languages, preparedExamples } from '../harness/client-examples.ts';
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

test.each(examples)('$label: nothing is left to do afterwards', async ({ document, example }) => {
  const after = { ...document, text: example.after };
  for (const quoted of example.after.matchAll(/["'`][^"'`\s]*contoso[^"'`\s]*["'`]/gu)) {
    const span = { start: quoted.index + 1, end: quoted.index + quoted[0].length - 1 };
    const result = await fixText(after, span);
    expect(result === undefined || 'refusal' in result).toBe(true);
  }
});

test('rewritten TypeScript and JavaScript compiles against the SDKs', () => {
  const sources = examples
    .filter(({ migration }) => migration.language === 'typescript')
    .map(({ document, example }) => [document.uri, example.after] as const);
  expect(sources.length).toBeGreaterThan(0);
  expect(typeErrors(Object.fromEntries(sources))).toEqual({});
});

test('rewritten Python is accepted by the compiler of this machine, if it has one', () => {
  const sources = examples.filter(({ migration }) => migration.language === 'python').map(({ example }) => example.after);
  const script = 'import ast, json, sys\nfor text in json.load(sys.stdin): compile(text, "example", "exec")\nprint("compiled")';
  const run = spawnSync('python3', ['-c', script], { input: JSON.stringify(sources), encoding: 'utf8' });
  const missing = run.error !== undefined && 'code' in run.error && run.error.code === 'ENOENT';
  expect(missing ? 'no python' : run.stdout.trim() + run.stderr).toBe(missing ? 'no python' : 'compiled');
});
