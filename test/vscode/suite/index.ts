import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import { runMocha } from '../mocha-run.ts';

/** What VS Code calls in its extension host: runs the bundled `*.test.js` beside this bundle; throws when one fails. */
export async function run(): Promise<void> {
  // A window that is busy may give the focus late: such a test has a second try, and the report says so.
  const mocha = new Mocha({ ui: 'bdd', reporter: Mocha.reporters.Base, timeout: 20_000, forbidOnly: true, retries: 1 });
  for (const name of readdirSync(__dirname).sort()) {
    if (name.endsWith('.test.js')) mocha.addFile(join(__dirname, name));
  }
  const { passed, failed } = await runMocha(mocha);
  if (failed > 0) throw new Error(`${failed} of ${passed + failed} tests failed`);
}
