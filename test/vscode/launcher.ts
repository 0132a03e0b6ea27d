import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { browserFlags, findOrInstallBrowser } from '../../src/dev/browser.ts';
import { endOnSignals } from '../../src/dev/processes.ts';
import { command } from '../../src/dev/progress.ts';
import { startVsCodeServer, type VsCodeHost } from '../../src/dev/vscode-host.ts';

/** Milliseconds for the workbench to open and the suite to end. */
const deadline = 240_000;

/** Takes desktop VS Code's arguments and runs the extension test suite they name in the server build. */
async function launch(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    // Desktop VS Code takes many more flags; those without meaning here are left aside.
    strict: false,
    options: {
      extensionDevelopmentPath: { type: 'string' },
      extensionTestsPath: { type: 'string' },
      'user-data-dir': { type: 'string' },
    },
  });
  const { extensionDevelopmentPath: development, extensionTestsPath: tests, 'user-data-dir': userData } = values;
  const folder = positionals[0];
  if (typeof development !== 'string' || typeof tests !== 'string' || folder === undefined) {
    throw new Error(
      'Usage: launcher FOLDER --extensionDevelopmentPath=DIR --extensionTestsPath=DIR [--user-data-dir=DIR]',
    );
  }
  const [browser, host] = await Promise.all([
    findOrInstallBrowser(),
    startVsCodeServer({ dataFolder: join(String(userData ?? folder), 'server'), testDriver: true }),
  ]);
  let code: number;
  try {
    code = await runInPage(browser.executable, browser.env, host, folder, development, tests);
  } finally {
    await host.close();
  }
  process.exit(code);
}

async function runInPage(
  executablePath: string,
  env: Readonly<Record<string, string>>,
  host: VsCodeHost,
  folder: string,
  development: string,
  tests: string,
): Promise<number> {
  const browser = await chromium.launch({ executablePath, args: browserFlags, env: { ...process.env, ...env } });
  try {
    const page = await browser.newPage();
    await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
      console.log(...(type === 'error' ? ['error:'] : []), ...args);
    });
    const ended = new Promise<number>((resolve, reject) => {
      void page.exposeFunction('codeAutomationExit', resolve).catch(reject);
      page.once('crash', () => reject(new Error('The browser page crashed.')));
      setTimeout(() => reject(new Error(`The suite did not end within ${deadline / 1000} s.`)), deadline).unref();
    });
    const remote = (path: string): string => `vscode-remote://${host.authority}${path}`;
    const payload = JSON.stringify([
      ['extensionDevelopmentPath', remote(development)],
      ['extensionTestsPath', remote(tests)],
    ]);
    await page.goto(host.url(folder, { payload }));
    return await ended;
  } finally {
    await browser.close();
  }
}

endOnSignals();
command(launch);
