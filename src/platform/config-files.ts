import { readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { configFileName, settingsFor, type ConfigLayer, type FileSettings } from '../core/engine/config.ts';
import type { ConfigProblem, ParsedConfig } from '../core/engine/config-parser.ts';
import { repositoryRoots } from './repository-root.ts';

export interface ConfigFilesOptions {
  /**
   * Absolute: the working directory or the workspace folder. Settings files count from the root of its repository (from
   * itself, outside of one) down to each file.
   */
  readonly root: string;
  /** Settings that lie before every file: those of an editor. */
  readonly outermost?: ConfigLayer;
  /** `parseConfig`, which few scans need. */
  readonly parse: (text: string) => ParsedConfig | Promise<ParsedConfig>;
  /** Reads a file's text, `undefined` when there is none; from disk when absent. */
  readonly read?: (absolutePath: string) => Promise<string | undefined>;
  /** Whether a folder (absolute) holds a `.git`; asks the disk when absent. */
  readonly isRepository?: (folder: string) => Promise<boolean>;
  /** Told once of each settings file that cannot be used in full. */
  readonly onProblems?: (absolutePath: string, problems: readonly ConfigProblem[]) => void;
}

/** The settings files around what is scanned. Each is read once, until it is forgotten. */
export interface ConfigFiles {
  /** What holds for a file or folder, by its absolute path. */
  settingsFor(absolutePath: string, isFolder?: boolean): Promise<FileSettings>;
  /** The settings files above a path, outermost first. */
  layersFor(absolutePath: string): Promise<readonly ConfigLayer[]>;
  /** The file as fingerprints name it (`SourceDocument.path`), whichever folder a tool was started in. */
  stablePath(absolutePath: string): Promise<string>;
  /** The folder that these names are relative to, for what lies below `root`. */
  top(): Promise<string>;
  /** Reads everything anew from now on: a settings file has changed. */
  forget(): void;
}

export function configFiles({
  root,
  outermost,
  parse,
  read = readSettings,
  isRepository,
  onProblems,
}: ConfigFilesOptions): ConfigFiles {
  let layers = new Map<string, Promise<readonly ConfigLayer[]>>();
  let rootOf = repositoryRoots(isRepository);

  /** The uppermost folder whose settings count for what lies in `folder`. */
  const topOf = async (folder: string): Promise<string> => {
    const top = (await rootOf(root)) ?? root;
    return isWithin(top, folder) ? top : ((await rootOf(folder)) ?? folder);
  };
  const layersOf = (folder: string, top: string): Promise<readonly ConfigLayer[]> =>
    cached(layers, folder, async () => {
      const above = folder === top || dirname(folder) === folder ? before : await layersOf(dirname(folder), top);
      const file = join(folder, configFileName);
      const text = await read(file).catch(() => {
        // It never stops a scan, but whoever wrote it must know that it does not count.
        onProblems?.(file, [unreadable]);
        return undefined;
      });
      if (text === undefined) return above;
      const { config, problems } = await parse(text);
      if (problems.length > 0) onProblems?.(file, problems);
      return [...above, { folder: slashed(folder), config }];
    });
  const before = outermost === undefined ? [] : [outermost];
  const layersFor = async (absolutePath: string): Promise<readonly ConfigLayer[]> => {
    const folder = dirname(absolutePath);
    return layersOf(folder, await topOf(folder));
  };
  return {
    layersFor,
    async settingsFor(absolutePath, isFolder = false) {
      return settingsFor(slashed(absolutePath), await layersFor(absolutePath), isFolder);
    },
    async stablePath(absolutePath) {
      return slashed(relative(await topOf(dirname(absolutePath)), absolutePath));
    },
    top: () => topOf(root),
    forget() {
      layers = new Map();
      rootOf = repositoryRoots(isRepository);
    },
  };
}

function cached<T>(known: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  let value = known.get(key);
  if (value === undefined) known.set(key, (value = make()));
  return value;
}

function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function slashed(path: string): string {
  const slashes = path.split(sep).join('/');
  return slashes.length > 1 && slashes.endsWith('/') ? slashes.slice(0, -1) : slashes;
}

const unreadable: ConfigProblem = {
  message: 'This file cannot be read, so that nothing in it counts. Check its permissions.',
  span: { start: 0, end: 0 },
  position: { line: 0, character: 0 },
};

/** The text of a settings file, `undefined` when there is none. */
export async function readSettings(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/u, '');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined;
    throw error;
  }
}
