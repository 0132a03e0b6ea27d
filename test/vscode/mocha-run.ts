import { writeFileSync } from 'node:fs';
import type Mocha from 'mocha';
import { type Results, resultsVariable } from './results.ts';

/**
 * Runs `mocha` to its end, writes the results to the file that `KEYLESS_TEST_RESULTS` names and returns them.
 * A test that is left out counts as failed: every test runs.
 */
export async function runMocha(mocha: Mocha, onLine: (line: string) => void = () => {}): Promise<Results> {
  const report: string[] = [];
  const say = (line: string): void => {
    report.push(line);
    onLine(line);
  };
  const counts = await new Promise<{ passed: number; failed: number }>(resolve => {
    const runner = mocha.run(() => {
      const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {};
      resolve({ passed: passes, failed: failures + pending });
    });
    runner.on('pass', test => say(`  ✔ ${title(test)} (${test.duration ?? 0} ms)`));
    runner.on('pending', test => say(`  ✘ ${title(test)}: left out`));
    runner.on('retry', (test: Mocha.Test, error: Error) =>
      say(`  ↻ ${title(test)}: failed, tried again\n${indent(error.stack ?? error.message)}`),
    );
    runner.on('fail', (test, error: Error) => say(`  ✘ ${title(test)}\n${indent(error.stack ?? error.message)}`));
  });
  const results = { ...counts, report };
  const file = process.env[resultsVariable];
  if (file !== undefined) writeFileSync(file, JSON.stringify(results));
  return results;
}

function title(test: Mocha.Runnable): string {
  return test.titlePath().join(' › ');
}

function indent(text: string): string {
  return text.replace(/^/gm, '      ');
}
