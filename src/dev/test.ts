import { globSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findOrInstallBrowser } from './browser.ts';
import { buildAll } from './build.ts';
import { runChecks } from './check.ts';
import { megabytes, packBuilt } from './package.ts';
import { root, scratch } from './paths.ts';
import { endOnSignals, run } from './processes.ts';
import { command, seconds } from './progress.ts';
import { installVsCodeServer } from './vscode-install.ts';

interface Outcome {
  readonly passed: number;
  readonly failed: number;
  /** What to show when something failed. */
  readonly report?: string;
}

interface Stage {
  readonly name: string;
  readonly work: () => Promise<Outcome>;
}

const minute = 60_000;
/** The folders of test/ that vitest runs: each one with a test in it, so that none is forgotten. */
const suites = [...new Set(globSync('test/*/**/*.test.ts', { cwd: root }).map(path => path.split(/[\\/]/)[1] ?? ''))]
  .filter(folder => folder !== 'vscode')
  .sort();
const stageNames = ['check', 'build', ...suites, 'package', 'vscode', 'ui'];

/**
 * `npm test`: every stage, or those named by `--only` (repeatable) with what they need. The last line is the sum; a stage
 * that crashes or runs no test counts as one failed.
 */
async function test(): Promise<void> {
  const started = performance.now();
  const wanted = wantedStages();
  await mkdir(scratch, { recursive: true });
  const total = { passed: 0, failed: 0 };
  const runStage = async ({ name, work }: Stage): Promise<boolean> => {
    const { passed, failed } = await outcomeOf(name, work);
    total.passed += passed;
    total.failed += failed;
    return failed === 0;
  };

  const needsPackage = wanted.has('package') || wanted.has('ui');
  const needsBuild = needsPackage || ['build', 'cli', 'vscode', 'repo'].some(name => wanted.has(name));
  const built = !needsBuild || (await runStage({ name: 'build', work: build }));
  // Two lanes for two cores: tools that compute, and windows that mostly wait.
  await Promise.all([
    (async () => {
      if (wanted.has('check')) await runStage({ name: 'check', work: runChecks });
      const chosen = suites.filter(suite => wanted.has(suite));
      if (chosen.length > 0) await runStage({ name: chosen.join(', '), work: () => vitest(chosen) });
    })(),
    (async () => {
      if (!built) return;
      const packed = !needsPackage || (await runStage({ name: 'package', work: pack }));
      if (wanted.has('vscode') || wanted.has('ui')) await installAll();
      if (wanted.has('vscode')) await runStage({ name: 'vscode', work: () => mocha('vscode', 'test/vscode/run.ts') });
      if (wanted.has('ui') && packed) await runStage({ name: 'ui', work: () => mocha('ui', 'test/vscode/ui/run.ts') });
    })(),
  ]);
  console.log(`all stages: ${seconds(started)}`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exit(total.failed > 0 ? 1 : 0);
}

function wantedStages(): ReadonlySet<string> {
  const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });
  if (values.only === undefined) return new Set(stageNames);
  const unknown = values.only.filter(name => !stageNames.includes(name));
  if (unknown.length > 0) {
    throw new Error(`No stage is called ${unknown.join(', ')}. There are: ${stageNames.join(', ')}.`);
  }
  return new Set(values.only);
}

async function outcomeOf(name: string, work: () => Promise<Outcome>): Promise<Outcome> {
  const started = performance.now();
  const reminder = setInterval(() => console.log(`  … ${name} (${seconds(started)})`), 15_000);
  let outcome: Outcome;
  try {
    outcome = await work();
    if (outcome.passed + outcome.failed === 0)
      outcome = { passed: 0, failed: 1, report: `It ran no test.\n${outcome.report ?? ''}` };
  } catch (error) {
    outcome = { passed: 0, failed: 1, report: error instanceof Error ? error.message : String(error) };
  } finally {
    clearInterval(reminder);
  }
  const { passed, failed, report = '' } = outcome;
  console.log(`${failed === 0 ? '✔' : '✘'} ${name}: ${passed} passed, ${failed} failed (${seconds(started)})`);
  if (failed > 0 && report !== '') console.log(report.trimEnd());
  return outcome;
}

async function build(): Promise<Outcome> {
  await buildAll(true);
  return { passed: 1, failed: 0 };
}

async function pack(): Promise<Outcome> {
  console.log(`  keyless-azure.vsix ${megabytes(await packBuilt())}`);
  return { passed: 1, failed: 0 };
}

/** Done before the stages that need them, so that their time is the tests' own. A failure shows in those stages. */
async function installAll(): Promise<void> {
  await Promise.allSettled([installVsCodeServer(), findOrInstallBrowser()]);
}

interface VitestResults {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

async function vitest(chosen: readonly string[]): Promise<Outcome> {
  const file = join(scratch, 'vitest.json');
  await rm(file, { force: true });
  const script = join('node_modules', 'vitest', 'vitest.mjs');
  const args = ['run', ...chosen.map(suite => `test/${suite}/`), '--reporter=dot', '--reporter=json', '--no-color'];
  const { code, output } = await run(process.execPath, [script, ...args, `--outputFile.json=${file}`], {
    cwd: root,
    timeout: 10 * minute,
  });
  const results = await readJson<VitestResults>(file);
  if (results === undefined) return { passed: 0, failed: 1, report: output };
  const brokenFiles = results.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  // A test that is left out fails: every test runs.
  const failed = results.numFailedTests + results.numPendingTests + results.numTodoTests + brokenFiles.length;
  return { passed: results.numPassedTests, failed: code === 0 ? failed : Math.max(failed, 1), report: output };
}

/** Runs one of the two suites inside VS Code; they hand on their results in a file. */
async function mocha(name: string, script: string): Promise<Outcome> {
  const file = join(scratch, `${name}.json`);
  await rm(file, { force: true });
  const { code, output } = await run(process.execPath, [script], {
    cwd: root,
    env: { ...process.env, KEYLESS_TEST_RESULTS: file },
    timeout: 10 * minute,
  });
  const results = await readJson<Outcome>(file);
  if (results === undefined) return { passed: 0, failed: 1, report: output };
  return { passed: results.passed, failed: code === 0 ? results.failed : Math.max(results.failed, 1), report: output };
}

async function readJson<T>(file: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T;
  } catch {
    return undefined;
  }
}

endOnSignals();
command(test);
