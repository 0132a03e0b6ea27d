import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { buildAll } from './build.ts';
import { findDesktopVsCode, openDesktop } from './desktop.ts';
import { packBuilt } from './package.ts';
import { scratch, vsix } from './paths.ts';
import { endOnSignals } from './processes.ts';
import { command, step } from './progress.ts';
import { makeSampleWorkspace } from './sample.ts';
import { demoSettings, startVsCodeServer } from './vscode-host.ts';

/** `npm start`: the packaged extension in a real VS Code, on the sample workspace, against the demo tenant. */
async function start(): Promise<void> {
  const onDesktop = process.argv.includes('--desktop');
  // Asked first: a missing editor should not be found out after the build.
  const desktop = onDesktop ? await findDesktopVsCode() : undefined;
  const sample = join(scratch, 'sample');
  await step('building and packaging', async () => {
    await buildAll(true);
    await packBuilt();
  });
  await step('making the sample workspace', async () => {
    await rm(sample, { recursive: true, force: true });
    await mkdir(sample, { recursive: true });
    await makeSampleWorkspace(sample);
  });
  if (desktop !== undefined) {
    await openDesktop(desktop, sample);
    return;
  }
  const host = await step('starting VS Code', () =>
    startVsCodeServer({
      dataFolder: join(scratch, 'start'),
      vsix,
      machineSettings: demoSettings,
      userSettings: { ...demoSettings, 'workbench.startupEditor': 'readme' },
    }),
  );
  // Opens on a mistake, so that the first thing to see is a squiggle.
  const first = `vscode-remote://${host.authority}${join(sample, 'shop', 'photos.ts')}`;
  const address = host.url(sample, { payload: JSON.stringify([['openFile', first]]) });
  console.log(`\nVS Code is ready. Open this address in your browser:\n\n  ${address}\n\nCtrl+C ends it.`);
  await new Promise(endOnSignals);
  console.log('\nEnding VS Code …');
  await Promise.race([host.close(), delay(10_000)]);
  process.exit(0);
}

endOnSignals();
command(start);
