import { type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { endTree, run, startTree } from './processes.ts';
import { installVsCodeServer } from './vscode-install.ts';

export interface HostOptions {
  /** Holds settings, installed extensions, state and logs of this server alone. */
  readonly dataFolder: string;
  /** A packaged extension to install. */
  readonly vsix?: string;
  /** More packages to install. */
  readonly others?: readonly string[];
  /** User settings, added to those that keep a workbench quiet. */
  readonly userSettings?: Readonly<Record<string, unknown>>;
  /** Machine settings of the server. */
  readonly machineSettings?: Readonly<Record<string, unknown>>;
  /** Default false: every folder is trusted. */
  readonly workspaceTrust?: boolean;
  /** Lets a page run an extension test suite. */
  readonly testDriver?: boolean;
  /** Added to the environment of the server and so of its extension hosts. */
  readonly env?: NodeJS.ProcessEnv;
}

export interface VsCodeHost {
  /** Such as `127.0.0.1:40123`. */
  readonly authority: string;
  /** The page that opens `folder` (absolute), with more query parameters. */
  url(folder: string, query?: Readonly<Record<string, string>>): string;
  readonly logFile: string;
  /** Ends the server and its extension hosts. */
  close(): Promise<void>;
}

const startDeadline = 60_000;

/** Settings under which a workbench shows the product and nothing else. */
export const quietSettings = {
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'workbench.enableExperiments': false,
  'workbench.startupEditor': 'none',
  'workbench.editor.useModal': 'off',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'extensions.ignoreRecommendations': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'update.mode': 'none',
  'git.openRepositoryInParentFolders': 'never',
  // The sample's packages are not installed; VS Code's own check would underline every import.
  'js/ts.validate.enabled': false,
  'typescript.validate.enable': false,
  'javascript.validate.enable': false,
} as const;

/** Selects the embedded demo tenant instead of a sign-in. */
export const demoSettings = { 'keyless.azure.signIn': 'demo' } as const;

/** Starts a real VS Code (the server build) on a free loopback port. Throws when it is not ready in a minute. */
export async function startVsCodeServer(options: HostOptions): Promise<VsCodeHost> {
  const main = await installVsCodeServer();
  const { dataFolder } = options;
  await writeSettings(join(dataFolder, 'data', 'User'), { ...quietSettings, ...options.userSettings });
  await writeSettings(join(dataFolder, 'data', 'Machine'), options.machineSettings ?? {});
  for (const each of [options.vsix ?? [], options.others ?? []].flat()) await installExtension(main, dataFolder, each);
  const token = randomBytes(16).toString('hex');
  const args = ['--host', '127.0.0.1', '--port', '0', '--connection-token', token, '--accept-server-license-terms'];
  args.push('--server-data-dir', dataFolder, '--disable-telemetry');
  if (options.workspaceTrust !== true) args.push('--disable-workspace-trust');
  if (options.testDriver === true) args.push('--enable-smoke-test-driver');
  const child = startTree(process.execPath, [main, ...args], {
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const logFile = join(dataFolder, 'server.log');
  const port = await listeningPort(child, logFile).catch(async (error: unknown) => {
    await endTree(child);
    throw error;
  });
  const authority = `127.0.0.1:${port}`;
  return {
    authority,
    logFile,
    url: (folder, query = {}) =>
      `http://${authority}/?${new URLSearchParams({ tkn: token, folder, ...query }).toString()}`,
    close: () => endTree(child),
  };
}

async function writeSettings(folder: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'settings.json'), JSON.stringify(settings, null, 2) + '\n');
}

async function installExtension(main: string, dataFolder: string, vsix: string): Promise<void> {
  const args = [main, '--accept-server-license-terms', '--server-data-dir', dataFolder, '--install-extension', vsix];
  const { code, output } = await run(process.execPath, [...args, '--force'], { timeout: 60_000 });
  if (code !== 0) throw new Error(`VS Code refused to install ${vsix}:\n${output.trim()}`);
}

function listeningPort(child: ChildProcess, logFile: string): Promise<number> {
  const log = createWriteStream(logFile);
  let seen = '';
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => reject(new Error(`The VS Code server ${why}. Its log:\n${seen.slice(-4000)}`));
    const deadline = setTimeout(() => fail('was not ready within a minute'), startDeadline);
    deadline.unref();
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        log.write(text);
        if (seen.length < 100_000) seen += text;
        const port = /Extension host agent listening on (\d+)/.exec(seen)?.[1];
        if (port === undefined) return;
        clearTimeout(deadline);
        resolve(Number(port));
      });
    }
    child.once('error', error => fail(`could not be started (${error.message})`));
    child.once('exit', code => fail(`ended with code ${code ?? 'none'} before it was ready`));
  });
}
