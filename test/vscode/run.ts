import { createWriteStream } from 'node:fs';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { downloadAndUnzipVSCode, runTests, TestRunFailedError } from '@vscode/test-electron';
import { downloads, root, scratch } from '../../src/dev/paths.ts';
import { endOnSignals } from '../../src/dev/processes.ts';
import { command } from '../../src/dev/progress.ts';
import { makeSampleWorkspace } from '../../src/dev/sample.ts';
import { temporaryFolder } from '../../src/dev/temporary.ts';
import { quietSettings } from '../../src/dev/vscode-host.ts';
import { bundleSuite } from './bundle-suite.ts';
import { readResults, resultsVariable } from './results.ts';

/** Runs the extension-host suite in a real VS Code on a fresh sample workspace; needs a build in dist/. */
async function runSuite(): Promise<void> {
  const resultsFile = process.env[resultsVariable] ?? join(scratch, 'extension-host.json');
  const logFile = join(scratch, 'extension-host.log');
  await mkdir(scratch, { recursive: true });
  await rm(resultsFile, { force: true });
  const extensionTestsPath = await bundleSuite();
  const temporary = temporaryFolder('suite');
  const log = createWriteStream(logFile);
  try {
    const workspace = join(temporary, 'sample');
    const userData = join(temporary, 'user');
    await mkdir(workspace);
    await makeSampleWorkspace(workspace);
    await mkdir(join(userData, 'User'), { recursive: true });
    await writeFile(join(userData, 'User', 'settings.json'), JSON.stringify(quietSettings));
    await runTests({
      vscodeExecutablePath: await vscodeExecutable(temporary),
      extensionDevelopmentPath: root,
      extensionTestsPath,
      extensionTestsEnv: { [resultsVariable]: resultsFile },
      launchArgs: [workspace, `--user-data-dir=${userData}`, `--extensions-dir=${join(temporary, 'extensions')}`],
      stdout: log,
      stderr: log,
    });
  } catch (error) {
    // A failing test ends VS Code with an exit code; what failed is in the results.
    if (!(error instanceof TestRunFailedError)) throw error;
  } finally {
    await new Promise<void>(resolve => log.end(resolve));
  }
  const results = await readResults(resultsFile);
  if (results === undefined) {
    const said = await readFile(logFile, 'utf8');
    throw new Error(`VS Code ended without running the suite. The end of its log:\n${said.slice(-4000)}`);
  }
  console.log(results.report.join('\n'));
  console.log(`${results.passed} passed, ${results.failed} failed`);
  if (results.failed > 0) throw new Error(`What VS Code said besides is in ${logFile}`);
}

/**
 * `KEYLESS_VSCODE`: `desktop` downloads the desktop build, a path is that desktop executable; without it the launcher
 * gives the same suite to the server build, which npm can bring to any machine.
 */
async function vscodeExecutable(temporary: string): Promise<string> {
  const asked = process.env.KEYLESS_VSCODE ?? '';
  if (asked === 'desktop') return downloadAndUnzipVSCode({ cachePath: join(downloads, 'vscode-desktop') });
  if (asked !== '') return asked;
  const launcher = fileURLToPath(new URL('launcher.ts', import.meta.url));
  // test-electron starts one executable file: a script that names the interpreter does it on either system.
  if (process.platform === 'win32') {
    const script = join(temporary, 'launcher.cmd');
    await writeFile(script, `@"${process.execPath}" "${launcher}" %*\r\n`);
    return script;
  }
  const script = join(temporary, 'launcher');
  await writeFile(script, `#!/bin/sh\nexec '${process.execPath}' '${launcher}' "$@"\n`);
  await chmod(script, 0o755);
  return script;
}

endOnSignals();
command(runSuite);
