import { type Dirent, readdirSync, type Stats } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
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
  readonly inFolder?: (folder: string, entries: readonly Dirent[]) => Promise<FolderOptions>;
}

export type FolderOptions = Pick<WalkOptions, 'maxBytes' | 'exclude' | 'gitIgnored'>;

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
export async function* walkFiles(
  paths: readonly string[],
  options: WalkOptions,
): AsyncGenerator<WalkedFile | SkippedPath, void, undefined> {
  const pending: Promise<WalkedFile | SkippedPath>[] = [];
  for await (const listed of listFiles(paths, options)) {
    const found =
      listed.kind === 'skipped'
        ? [Promise.resolve(listed)]
        : listed.absolutePaths.map(absolutePath => () => readFound({ ...listed, absolutePath }, options));
    for (const next of found) {
      if (aborted(options)) return;
      pending.push(typeof next === 'function' ? next() : next);
      if (pending.length < readAhead) continue;
      const read = await pending.shift();
      if (read !== undefined) yield read;
    }
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
const binaryEndings: ReadonlySet<string> = new Set(
  (
    'png jpg jpeg gif bmp ico webp avif tif tiff psd pdf zip gz tgz bz2 xz 7z rar jar war nupkg ' +
    'vsix whl egg exe dll so dylib a o obj lib pdb class pyc wasm node woff woff2 ttf otf eot mp3 ' +
    'mp4 m4a wav ogg webm avi mov mkv sqlite sqlite3 db mdf ldf bak dacpac bacpac parquet avro doc docx xls xlsx ' +
    'ppt pptx'
  ).split(' '),
);

export interface FoundFile {
  readonly absolutePath: string;
  readonly named: boolean;
  /** Largest size that is read. */
  readonly maxBytes: number;
}

/** Neighbours on a walk, in its order. */
export interface FileBatch extends Omit<FoundFile, 'absolutePath'> {
  readonly kind: 'files';
  readonly absolutePaths: readonly string[];
}

/** Enough to make little of what handing them over costs, few enough to share the work out evenly. */
const batchSize = 48;

function aborted({ signal }: WalkOptions): boolean {
  return signal?.aborted === true;
}

/** Reads a file that was found; never rejects. */
export async function readFound(
  found: FoundFile,
  { cwd }: Pick<WalkOptions, 'cwd'>,
): Promise<WalkedFile | SkippedPath> {
  const { absolutePath, named } = found;
  const path = displayPath(absolutePath, cwd);
  if (isSkippedByName(found)) return notText(path);
  try {
    const { size } = await stat(absolutePath);
    if (size > found.maxBytes) return tooLarge(path, found.maxBytes);
    const bytes = await readFile(absolutePath);
    const decoded = decodeFile(bytes);
    if (decoded === undefined) return notText(path);
    return { kind: 'file', path, absolutePath, named, bytes: bytes.length, ...decoded };
  } catch (error) {
    return unreadable(path, error);
  }
}

/** Whether a name says that there is no text in the file. */
export function isSkippedByName({ absolutePath, named }: Pick<FoundFile, 'absolutePath' | 'named'>): boolean {
  return !named && binaryEndings.has(absolutePath.slice(absolutePath.lastIndexOf('.') + 1).toLowerCase());
}

export function tooLarge(path: string, maxBytes: number): SkippedPath {
  return { kind: 'skipped', path, reason: `larger than ${Math.floor(maxBytes / 1_000_000)} MB`, cause: 'tooLarge' };
}

export function notText(path: string): SkippedPath {
  return { kind: 'skipped', path, reason: 'binary file', cause: 'notText' };
}

/** The files at or below `paths`, each once and in stable order; see `walkFiles` for what is left out. */
export async function* listFiles(
  paths: readonly string[],
  options: WalkOptions,
): AsyncGenerator<FileBatch | SkippedPath, void, undefined> {
  // One folder has everything once; links are not followed.
  const once = paths.length > 1 ? onlyOnce() : () => true;
  for (const named of paths) {
    const absolutePath = resolve(options.cwd, named);
    const path = displayPath(absolutePath, options.cwd);
    let stats: Stats;
    try {
      stats = await stat(absolutePath);
    } catch (error) {
      yield unreadable(path, error);
      continue;
    }
    if (stats.isDirectory()) {
      const layers = await ignoreLayersAbove(absolutePath);
      // Naming an ignored folder is a wish to have it walked.
      const start = isIgnored(layers, absolutePath, true) ? [] : layers;
      yield* listFolder(absolutePath, start, once, options);
    } else if (!stats.isFile()) {
      yield { kind: 'skipped', path, reason: 'not a regular file', cause: 'notText' };
    } else if (once(absolutePath)) {
      yield { kind: 'files', absolutePaths: [absolutePath], named: true, maxBytes: largestString };
    }
  }
}

function onlyOnce(): (absolutePath: string) => boolean {
  const seen = new Set<string>();
  return absolutePath => seen.size < seen.add(absolutePath).size;
}

/** A folder on the way, with what is left of it. */
interface OpenFolder {
  readonly folder: string;
  readonly entries: readonly Dirent[];
  next: number;
  readonly layers: readonly IgnoreLayer[];
  readonly options: FolderOptions;
}

/** Folders are read without giving the thread away: the system answers from memory, and asking it later takes longer. */
async function* listFolder(
  folder: string,
  layersAbove: readonly IgnoreLayer[],
  once: (absolutePath: string) => boolean,
  options: WalkOptions,
): AsyncGenerator<FileBatch | SkippedPath, void, undefined> {
  const open: OpenFolder[] = [];
  let batch: string[] = [];
  let batchBytes = defaultMaxBytes;
  const taken = (): FileBatch[] => {
    if (batch.length === 0) return [];
    const absolutePaths = batch;
    batch = [];
    return [{ kind: 'files', absolutePaths, named: false, maxBytes: batchBytes }];
  };
  const enter = async (entered: string, above: readonly IgnoreLayer[]): Promise<SkippedPath | undefined> => {
    let entries: Dirent[];
    try {
      entries = readdirSync(entered, { withFileTypes: true });
    } catch (error) {
      return unreadable(displayPath(entered, options.cwd), error);
    }
    const layers = entries.some(entry => entry.name === '.gitignore' && entry.isFile())
      ? [...above, await readLayer(entered, join(entered, '.gitignore'))]
      : above;
    entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    const inFolder = { ...options, ...(await options.inFolder?.(entered, entries)) };
    open.push({ folder: entered, entries, next: 0, layers, options: inFolder });
    return undefined;
  };

  const unreadableRoot = await enter(folder, layersAbove);
  if (unreadableRoot !== undefined) yield unreadableRoot;
  for (let current = open.at(-1); current !== undefined; current = open.at(-1)) {
    const entry = current.entries[current.next++];
    if (entry === undefined) {
      open.pop();
      continue;
    }
    const { layers } = current;
    const { exclude, gitIgnored, maxBytes = defaultMaxBytes } = current.options;
    const absolutePath = current.folder.endsWith(sep) ? current.folder + entry.name : current.folder + sep + entry.name;
    const isFolder = entry.isDirectory();
    if (alwaysSkipped.has(entry.name) || exclude?.(absolutePath, isFolder) === true) continue;
    if (gitIgnored !== true && layers.length > 0 && isIgnored(layers, absolutePath, isFolder)) {
      if ((await options.keep?.(absolutePath, isFolder)) !== true) continue;
    }
    if (isFolder) {
      if (aborted(options)) return;
      // A folder named twice is walked once.
      const skipped = once(absolutePath) ? await enter(absolutePath, layers) : undefined;
      if (skipped === undefined) continue;
      yield* taken();
      yield skipped;
    } else if (entry.isFile() && once(absolutePath)) {
      if (batch.length === batchSize || maxBytes !== batchBytes) yield* taken();
      batchBytes = maxBytes;
      batch.push(absolutePath);
    }
  }
  yield* taken();
}

/** A path for people: relative to the working directory where it lies below it, with `/`. */
export function displayPath(absolutePath: string, cwd: string): string {
  // Most are below it: taking them apart would cost as much as reading them.
  if (sep === '/' && absolutePath.startsWith(cwd) && absolutePath.charAt(cwd.length) === sep)
    return absolutePath.slice(cwd.length + 1);
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
