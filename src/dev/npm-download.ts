import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { downloads } from './paths.ts';
import { run } from './processes.ts';
import { step } from './progress.ts';

export interface NpmDownload {
  readonly name: string;
  readonly version: string;
  /** What it is for, shown while it installs. */
  readonly title: string;
  /** Work that belongs to the install, in the folder that holds `node_modules`. */
  readonly finish?: (folder: string) => Promise<void>;
}

const stamp = 'installed.json';

/**
 * Installs one pinned npm package into the download cache and returns its folder (which holds `node_modules`).
 * The install happens beside its final place and is renamed when complete: a half install is never used.
 */
export async function npmDownload(wanted: NpmDownload): Promise<string> {
  const label = `${wanted.name.replace(/[@/]+/g, '-').replace(/^-/, '')}-${wanted.version}`;
  const folder = join(downloads, label);
  if (existsSync(join(folder, stamp))) return folder;
  await mkdir(downloads, { recursive: true });
  await removeHalfInstalls(label);
  const half = join(downloads, `${label}.half-${process.pid}`);
  await step(`installing ${wanted.title} (once; kept in the cache)`, async () => {
    await mkdir(half);
    await writeFile(join(half, 'package.json'), '{ "private": true }\n');
    await npmInstall(half, [`${wanted.name}@${wanted.version}`]);
    await wanted.finish?.(half);
    await writeFile(join(half, stamp), JSON.stringify({ name: wanted.name, version: wanted.version }) + '\n');
    await moveIntoPlace(half, folder);
  });
  return folder;
}

/** `npm install` without install scripts in `folder`. Throws with npm's own words. */
export async function npmInstall(folder: string, args: readonly string[]): Promise<void> {
  const [command, ...first] = npmCommand();
  const all = [...first, 'install', ...args, '--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier'];
  const { code, output } = await run(command, all, { cwd: folder, env: environmentOutsideThisPackage() });
  if (code !== 0) {
    throw new Error(`npm could not install ${args[0] ?? 'packages'}; is the npm registry reachable?\n${output.trim()}`);
  }
}

function npmCommand(): [string, ...string[]] {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js')) return [process.execPath, cli];
  return process.platform === 'win32' ? ['cmd.exe', '/d', '/s', '/c', 'npm'] : ['npm'];
}

/** Without what `npm run` adds: it names this package's folder as the place to install into. */
function environmentOutsideThisPackage(): NodeJS.ProcessEnv {
  const ours =
    /^(?:npm_(?:package|lifecycle|command)|npm_config_(?:local_prefix|omit|include|only|global|save)|INIT_CWD)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}

async function moveIntoPlace(half: string, folder: string): Promise<void> {
  if (!existsSync(join(folder, stamp))) await rm(folder, { recursive: true, force: true });
  try {
    await rename(half, folder);
  } catch (error) {
    // Another run finished the same install first: theirs is as good.
    if (!existsSync(join(folder, stamp))) throw error;
    await rm(half, { recursive: true, force: true });
  }
}

async function removeHalfInstalls(label: string): Promise<void> {
  for (const name of await readdir(downloads)) {
    const owner = name.startsWith(`${label}.half-`) ? Number(name.split('-').at(-1)) : undefined;
    if (owner !== undefined && !isRunning(owner)) await rm(join(downloads, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
