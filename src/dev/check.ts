import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './paths.ts';
import { endOnSignals, run } from './processes.ts';
import { command, seconds } from './progress.ts';

/** What every change must pass before its tests run: name → script in node_modules and its arguments. */
const checks = {
  types: ['typescript/bin/tsc', '--project', '.'],
  lint: ['eslint/bin/eslint.js', '--max-warnings', '0', '.'],
  format: ['prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
  layers: ['dependency-cruiser/bin/dependency-cruiser.mjs', 'src'],
  unused: ['knip/bin/knip.js', '--no-progress'],
} as const;

/** How many checks passed and failed. Each prints one line with its time; one that fails also its output. */
export async function runChecks(): Promise<{ passed: number; failed: number }> {
  const waiting = Object.entries(checks);
  let failed = 0;
  await Promise.all([worker(), worker()]);
  return { passed: Object.keys(checks).length - failed, failed };

  async function worker(): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [name, [script, ...args]] = next;
      const started = performance.now();
      const { code, output } = await run(process.execPath, [join('node_modules', script), ...args], { cwd: root });
      if (code !== 0) failed++;
      console.log(`${code === 0 ? '✔' : '✘'} ${name} (${seconds(started)})${code === 0 ? '' : `\n${output.trim()}`}`);
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  endOnSignals();
  command(async () => {
    const { failed } = await runChecks();
    if (failed > 0) process.exitCode = 1;
  });
}
