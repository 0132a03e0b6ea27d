import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorCount } from '../../src/core/rewrite/refusals.ts';
import { folderWith, keyless, type CliResult, type Folder } from '../harness/cli.ts';
import { languages } from '../harness/client-examples.ts';
import { javaErrors, pythonErrors } from '../harness/compilers.ts';
import { scenarios, type Scenario } from '../harness/scenarios.ts';
import { typeErrors } from '../harness/type-check.ts';

/** Whole programs, all fixed by one process, as a user would fix a repository. */
const all = scenarios();

let folder: Folder;
let first: CliResult;
let second: CliResult;
let results: Readonly<Record<string, string>>;
let again: Readonly<Record<string, string>>;

beforeAll(async () => {
  const files = all.flatMap(({ name, before }) =>
    Object.entries(before).map(([path, text]) => [`${name}/${path}`, text] as const),
  );
  folder = await folderWith(Object.fromEntries(files));
  first = await keyless(['fix', '--write'], folder.path);
  results = await textsOf(folder.path);
  second = await keyless(['fix', '--write'], folder.path);
  again = await textsOf(folder.path);
}, 300_000);

afterAll(() => folder[Symbol.asyncDispose]());

async function textsOf(path: string): Promise<Record<string, string>> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  const texts = await Promise.all(files.map(async file => [file, await readFile(file, 'utf8')] as const));
  return Object.fromEntries(texts.map(([file, text]) => [file.slice(path.length + 1).replaceAll('\\', '/'), text]));
}

function ofScenario({ name }: Scenario, texts: Readonly<Record<string, string>>): Record<string, string> {
  const own = Object.entries(texts).filter(([path]) => path.startsWith(`${name}/`));
  return Object.fromEntries(own.map(([path, text]) => [path.slice(name.length + 1), text]));
}

describe.each(all)('$name', scenario => {
  it('becomes what a person would have written', () => {
    expect(ofScenario(scenario, results)).toEqual(scenario.after);
  });

  it('leaves alone what it says it leaves alone, and why', () => {
    const said = first.stderr.split('\n').filter(line => line.startsWith(`${scenario.name}/`));
    const told = scenario.left.map(
      ({ place, reason }) =>
        said.find(line => line.startsWith(`${scenario.name}/${place}:`) && line.includes(reason)) ??
        `nothing said of ${place}: ${reason}`,
    );
    expect(said.sort()).toEqual(told.sort());
  });

  it('is left without a secret that was to go, and none is told', () => {
    const texts = Object.values(ofScenario(scenario, results)).join('\n');
    const expected = Object.values(scenario.after).join('\n');
    const kept = scenario.secrets.filter(secret => expected.includes(secret));
    expect(scenario.secrets.filter(secret => texts.includes(secret))).toEqual(kept);
    for (const secret of scenario.secrets) expect(first.stdout + first.stderr).not.toContain(secret);
    if (scenario.left.length === 0) expect(kept).toEqual([]);
  });

  it('stays as it is when fixed again', () => {
    expect(ofScenario(scenario, again)).toEqual(ofScenario(scenario, results));
  });
});

it('the second run has nothing more to write', () => {
  expect(second.stderr).not.toMatch(/^Fixed [1-9]/mu);
});

const withEnding = (ending: RegExp): Record<string, string> =>
  Object.fromEntries(Object.entries(results).filter(([path]) => ending.test(path)));

const grammars = { cs: 'csharp', go: 'go', java: 'java', py: 'python', ts: 'typescript', js: 'javascript' } as const;

it.each(Object.entries(grammars))('%s files parse', async (ending, languageId) => {
  const torn: string[] = [];
  for (const [uri, text] of Object.entries(withEnding(new RegExp(`\\.${ending}$`, 'u')))) {
    const errors = await languages.read({ uri, languageId, text }, file => errorCount(file.root));
    if (errors !== 0) torn.push(uri);
  }
  expect(torn).toEqual([]);
});

it('TypeScript and JavaScript compile against the packages', () => {
  const errors = typeErrors(withEnding(/\.[cm]?[jt]s$/u));
  expect(errors).toEqual({});
}, 240_000);

it('Python and Java are accepted by the compilers of this machine, if it has them', async () => {
  expect(pythonErrors(withEnding(/\.py$/u)) ?? []).toEqual([]);
  expect((await javaErrors(withEnding(/\.java$/u))) ?? []).toEqual([]);
});
