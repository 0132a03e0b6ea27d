import type { Dirent, Stats } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { ignoreLayersAbove, isIgnored, readLayer, type IgnoreLayer } from './ignore-files.ts';
import { decodeFile, type TextEncoding } from './text-encoding.ts';

export interface WalkOptions {
  /** Absolute; paths are resolved against it and reported relative to it. */
  readonly cwd: string;
  readonly signal?: AbortSignal;
  /** Files found on the way that are larger are skipped; files named by the caller are not. 20 MB when absent. */
  readonly maxBytes?: number;
  /** Leaves out a file, or a folder with all in it, unless the caller names it. */
  readonly exclude?: (absolutePath: string, isFolder: boolean) => boolean;
  /** Reads what git ignores too. */
  readonly gitIgnored?: boolean;
  /** Reads this all the same although an ignore file names it; of a folder, that something in it is to be read. */
  readonly keep?: (absolutePath: string, isFolder: boolean) => Promise<boolean>;
  /** What holds, instead of the above, for the entries of a folder that is walked. */
  readonly inFolder?: (folder: string) => Promise<Pick<WalkOptions, 'maxBytes' | 'exclude' | 'gitIgnored'>>;
}

export interface WalkedFile {
  readonly kind: 'file';
  /** Relative to the working directory where it lies below it, with `/`. */
  readonly path: string;
  readonly absolutePath: string;
  readonly text: string;
  readonly encoding: TextEncoding;
  readonly bytes: number;
  /** By the caller, not found on the way. */
  readonly named: boolean;
}

export interface SkippedPath {
  readonly kind: 'skipped';
  readonly path: string;
  /** One clause for people: why nothing was read. */
  readonly reason: string;
  /**
   * `missing`: the caller named something that does not exist. `unreadable`: an I/O error. `notText`, `tooLarge`: on
   * purpose. `leftOut`: a settings file wants it so.
   */
  readonly cause: 'missing' | 'unreadable' | 'notText' | 'tooLarge' | 'leftOut';
}

/**
 * Reads every text file at or below `paths`, in stable order, each once. Honours `.gitignore` files and
 * `.git/info/exclude`; leaves out `.git`, `node_modules` and symbolic links. What the caller names is always read.
 * Never throws for a file or folder that cannot be read: it is reported and the walk goes on. Ends early when aborted.
 */
export function walkFiles(
  paths: readonly string[],
  options: WalkOptions,
): AsyncGenerator<WalkedFile | SkippedPath, void, undefined> {
  return walk(paths, options, { readAhead, read: found => readFound(found, options) });
}

/** What is done with each found file, and for how many at a time; results keep their order. */
export interface FileReader<T> {
  readonly readAhead: number;
  readonly read: (found: FoundFile) => Promise<T>;
}

/** As `walkFiles`, with another way to read a file. */
export async function* walk<T>(
  paths: readonly string[],
  options: WalkOptions,
  reader: FileReader<T>,
): AsyncGenerator<T | SkippedPath, void, undefined> {
  const pending: Promise<T | SkippedPath>[] = [];
  for await (const found of listFiles(paths, options)) {
    if (options.signal?.aborted === true) return;
    pending.push('kind' in found ? Promise.resolve(found) : reader.read(found));
    if (pending.length < reader.readAhead) continue;
    const next = await pending.shift();
    if (next !== undefined) yield next;
  }
  for (const next of pending) {
    if (aborted(options)) return;
    yield await next;
  }
}

/** Reads under way at a time. */
const readAhead = 32;
const defaultMaxBytes = 20_000_000;
/** Longer text does not fit into one string. */
const largestString = 500_000_000;
const alwaysSkipped: ReadonlySet<string> = new Set(['.git', '.hg', '.svn', 'node_modules']);
const binaryName =
  /\.(?:png|jpe?g|gif|bmp|ico|webp|avif|tiff?|psd|pdf|zip|gz|tgz|bz2|xz|7z|rar|jar|war|nupkg|vsix|whl|egg|exe|dll|so|dylib|a|o|obj|lib|pdb|class|pyc|wasm|node|woff2?|ttf|otf|eot|mp[34]|m4a|wav|ogg|webm|avi|mov|mkv|sqlite3?|db|mdf|ldf|bak|dacpac|bacpac|parquet|avro|docx?|xlsx?|pptx?)$/iu;

export interface FoundFile {
  readonly path: string;
  readonly absolutePath: string;
  readonly named: boolean;
  /** Instead of the walk's; set where the file's folder has one of its own. */
  readonly maxBytes?: number | undefined;
}

function aborted({ signal }: WalkOptions): boolean {
  return signal?.aborted === true;
}

/** Reads a file that was found; never rejects. */
export async function readFound(found: FoundFile, options: WalkOptions): Promise<WalkedFile | SkippedPath> {
  const { path, absolutePath, named } = found;
  const byName = skippedByName(found);
  if (byName !== undefined) return byName;
  try {
    const { size } = await stat(absolutePath);
    if (size > sizeLimit(found, options)) return tooLarge(found, options);
    const bytes = await readFile(absolutePath);
    const decoded = decodeFile(bytes);
    if (decoded === undefined) return notText(path);
    return { kind: 'file', path, absolutePath, named, bytes: bytes.length, ...decoded };
  } catch (error) {
    return unreadable(path, error);
  }
}

export function skippedByName({ path, named }: Pick<FoundFile, 'path' | 'named'>): SkippedPath | undefined {
  return !named && binaryName.test(path) ? notText(path) : undefined;
}

/** In bytes. */
export function sizeLimit({ named, maxBytes }: FoundFile, options: Pick<WalkOptions, 'maxBytes'>): number {
  return named ? largestString : (maxBytes ?? options.maxBytes ?? defaultMaxBytes);
}

export function tooLarge(found: FoundFile, options: Pick<WalkOptions, 'maxBytes'>): SkippedPath {
  const megabytes = Math.floor(sizeLimit(found, options) / 1_000_000);
  return { kind: 'skipped', path: found.path, reason: `larger than ${megabytes} MB`, cause: 'tooLarge' };
}

export function notText(path: string): SkippedPath {
  return { kind: 'skipped', path, reason: 'binary file', cause: 'notText' };
}

async function* listFiles(paths: readonly string[], options: WalkOptions): AsyncGenerator<FoundFile | SkippedPath> {
  const seen = new Set<string>();
  const once = (absolutePath: string): boolean => {
    if (seen.has(absolutePath)) return false;
    seen.add(absolutePath);
    return true;
  };
  const shown = (absolutePath: string): string => displayPath(absolutePath, options.cwd);
  for (const named of paths) {
    const absolutePath = resolve(options.cwd, named);
    let stats: Stats;
    try {
      stats = await stat(absolutePath);
    } catch (error) {
      yield unreadable(shown(absolutePath), error);
      continue;
    }
    if (stats.isDirectory()) {
      const layers = await ignoreLayersAbove(absolutePath);
      // Naming an ignored folder is a wish to have it walked.
      const start = isIgnored(layers, absolutePath, true) ? [] : layers;
      yield* listFolder(absolutePath, start, once, shown, options);
    } else if (!stats.isFile()) {
      yield { kind: 'skipped', path: shown(absolutePath), reason: 'not a regular file', cause: 'notText' };
    } else if (once(absolutePath)) {
      yield { path: shown(absolutePath), absolutePath, named: true };
    }
  }
}

async function* listFolder(
  folder: string,
  layersAbove: readonly IgnoreLayer[],
  once: (absolutePath: string) => boolean,
  shown: (absolutePath: string) => string,
  options: WalkOptions,
): AsyncGenerator<FoundFile | SkippedPath> {
  if (aborted(options)) return;
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    yield unreadable(shown(folder), error);
    return;
  }
  const layers = entries.some(entry => entry.name === '.gitignore' && entry.isFile())
    ? [...layersAbove, await readLayer(folder, join(folder, '.gitignore'))]
    : layersAbove;
  const { maxBytes, exclude, gitIgnored } = { ...options, ...(await options.inFolder?.(folder)) };
  entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  for (const entry of entries) {
    const absolutePath = join(folder, entry.name);
    const isFolder = entry.isDirectory();
    if (alwaysSkipped.has(entry.name) || exclude?.(absolutePath, isFolder) === true) continue;
    if (gitIgnored !== true && isIgnored(layers, absolutePath, isFolder)) {
      if ((await options.keep?.(absolutePath, isFolder)) !== true) continue;
    }
    if (isFolder) {
      // A folder named twice is walked once; links are not followed, so there is no loop.
      if (once(absolutePath)) yield* listFolder(absolutePath, layers, once, shown, options);
    } else if (entry.isFile() && once(absolutePath)) {
      yield { path: shown(absolutePath), absolutePath, named: false, maxBytes };
    }
  }
}

/** A path for people: relative to the working directory where it lies below it, with `/`. */
export function displayPath(absolutePath: string, cwd: string): string {
  const path = relative(cwd, absolutePath);
  const shown =
    path === '' ? '.' : path.startsWith(`..${sep}`) || path === '..' || isAbsolute(path) ? absolutePath : path;
  return shown.split(sep).join('/');
}

export function unreadable(path: string, error: unknown): SkippedPath {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return { kind: 'skipped', path, reason: 'no such file or folder', cause: 'missing' };
  }
  const reason =
    code === 'EACCES' || code === 'EPERM'
      ? 'no permission to read it'
      : code === 'ELOOP'
        ? 'a symbolic link that leads back to itself'
        : `cannot be read (${code === '' ? 'unknown error' : code})`;
  return { kind: 'skipped', path, reason, cause: 'unreadable' };
}
