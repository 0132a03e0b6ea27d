import { existsSync } from 'node:fs';
import { glob, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import Mocha from 'mocha';
import { scratch, vsix } from '../../../src/dev/paths.ts';
import { endOnSignals } from '../../../src/dev/processes.ts';
import { command } from '../../../src/dev/progress.ts';
import { runMocha } from '../mocha-run.ts';
import { resultsVariable } from '../results.ts';
import { closeAll, pictureFailure } from './workbench.ts';

/** Runs the UI suite in the server build with the packaged extension; arguments choose tests by part of their title. */
async function runUi(): Promise<void> {
  if (!existsSync(vsix)) throw new Error('There is no package yet: run `npm run package` first.');
  process.env[resultsVariable] ??= join(scratch, 'ui.json');
  await mkdir(scratch, { recursive: true });
  // A browser on a busy machine now and then loses a click while VS Code draws anew: such a test has a second try, and
  // the report says so.
  const mocha = new Mocha({
    ui: 'bdd',
    reporter: Mocha.reporters.Base,
    timeout: 180_000,
    forbidOnly: true,
    retries: 1,
  });
  const wanted = process.argv.slice(2);
  if (wanted.length > 0) mocha.fgrep(wanted.join(' '));
  mocha.rootHooks({
    async afterEach(this: Mocha.Context) {
      if (this.currentTest?.state === 'failed') await pictureFailure(this.currentTest.fullTitle());
    },
  });
  for await (const name of glob('*.ui.ts', { cwd: import.meta.dirname }))
    mocha.addFile(join(import.meta.dirname, name));
  await mocha.loadFilesAsync();
  try {
    const { passed, failed } = await runMocha(mocha, line => console.log(line));
    console.log(`${passed} passed, ${failed} failed`);
    process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
  } finally {
    await closeAll();
  }
}

endOnSignals();
command(runUi);
