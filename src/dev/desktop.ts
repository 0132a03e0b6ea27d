import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { downloadAndUnzipVSCode, resolveCliPathFromVSCodeExecutablePath } from '@vscode/test-electron';
import { downloads, scratch, vsix } from './paths.ts';
import { endOnSignals, endTree, run, startTree } from './processes.ts';
import { step } from './progress.ts';
import { demoSettings, quietSettings } from './vscode-host.ts';

/**
 * The command line of a desktop VS Code: the one named by `KEYLESS_VSCODE`, `code` on the machine, else a download.
 * Throws with the next step when there is none to be had.
 */
export async function findDesktopVsCode(): Promise<string> {
  const asked = process.env.KEYLESS_VSCODE;
  if (asked !== undefined && asked !== '' && asked !== 'desktop') {
    if (existsSync(asked)) return asked;
    throw new Error(`KEYLESS_VSCODE names an editor that does not exist: ${asked}`);
  }
  const found = installedDesktop();
  if (found !== undefined) return found;
  try {
    const cachePath = join(downloads, 'vscode-desktop');
    const executable = await step('downloading desktop VS Code', () =>
      downloadAndUnzipVSCode({ cachePath, extractSync: true, timeout: 20_000 }),
    );
    return resolveCliPathFromVSCodeExecutablePath(executable);
  } catch (error) {
    throw new Error(
      [
        'No desktop VS Code was found, and it could not be downloaded.',
        'Install it so that `code` is on the PATH, or set KEYLESS_VSCODE to its `code` command;',
        'or run `npm start` without --desktop: that needs a browser only.',
        `(${error instanceof Error ? error.message : String(error)})`,
      ].join('\n'),
      { cause: error },
    );
  }
}

/** The `code` command of a VS Code on this machine, if there is one. */
export function installedDesktop(): string | undefined {
  const names = process.platform === 'win32' ? ['code.cmd', 'code-insiders.cmd'] : ['code', 'code-insiders', 'codium'];
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap(folder => names.map(name => join(folder, name)));
  const local = process.env.LOCALAPPDATA;
  const usual =
    process.platform === 'darwin'
      ? ['/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code']
      : local === undefined
        ? []
        : [join(local, 'Programs', 'Microsoft VS Code', 'bin', 'code.cmd')];
  return [...onPath, ...usual].find(existsSync);
}

/** Opens `folder` in a desktop VS Code with the package installed and settings of its own; returns when it is closed. */
export async function openDesktop(code: string, folder: string): Promise<void> {
  const own = join(scratch, 'desktop');
  const settings = join(own, 'user', 'User');
  await mkdir(settings, { recursive: true });
  await writeFile(join(settings, 'settings.json'), JSON.stringify({ ...quietSettings, ...demoSettings }, null, 2));
  const profile = ['--user-data-dir', join(own, 'user'), '--extensions-dir', join(own, 'extensions')];
  // A `.cmd` is a script of the Windows shell and cannot be started without it.
  const quote = (text: string): string => (text.includes(' ') ? `"${text}"` : text);
  const through = (args: string[]): [string, string[]] =>
    code.endsWith('.cmd') ? ['cmd.exe', ['/d', '/s', '/c', `"${[code, ...args].map(quote).join(' ')}"`]] : [code, args];
  await step('installing the package into VS Code', async () => {
    const { code: exit, output } = await run(...through([...profile, '--install-extension', vsix, '--force']));
    if (exit !== 0) throw new Error(`${code} refused to install the package:\n${output.trim()}`);
  });
  const window = startTree(...through([...profile, '--new-window', '--wait', '--disable-workspace-trust', folder]), {
    stdio: 'inherit',
  });
  console.log('\nVS Code is open on the sample workspace. Close its window when you are done.');
  endOnSignals(() => void endTree(window));
  await new Promise<void>((resolve, reject) => {
    window.once('error', reject);
    window.once('exit', () => resolve());
  });
}
