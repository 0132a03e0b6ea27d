import { readFile, stat, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { baselineFileName, formatBaseline, parseBaseline, type BaselineEntry } from '../core/engine/baseline.ts';
import type { ConfigLayer } from '../core/engine/config.ts';
import { UsageError, type CommandIo } from './io.ts';
import { reasonOf } from './output.ts';

export interface BaselineChoice {
  /** The value of `--baseline`, relative to the working directory. */
  readonly named: string | undefined;
  readonly update: boolean;
  /** The settings files that hold for the working directory, outermost first. */
  readonly layers: readonly ConfigLayer[];
  /** The folder that its paths are relative to. */
  readonly top: string;
}

/** What a scan compares its findings with. */
export interface Baseline {
  /** Absolute. */
  readonly file: string;
  readonly entries: readonly BaselineEntry[];
}

/**
 * The baseline that was named, on the command line or in a settings file, or the one that lies in the working directory.
 * @throws UsageError when the named file is missing or cannot be used
 */
export async function readBaseline(
  { named, update, layers, top }: BaselineChoice,
  io: CommandIo,
): Promise<Baseline | undefined> {
  const configured = layers.findLast(({ config }) => config.baseline !== undefined);
  const chosen =
    named === undefined
      ? configured && join(configured.folder, configured.config.baseline ?? '')
      : resolve(io.cwd, named);
  const file = chosen ?? (await defaultFile([io.cwd, top]));
  const shown = relative(io.cwd, file) || file;
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (missing && update) return { file, entries: [] };
    if (missing && chosen === undefined) return undefined;
    throw new UsageError(
      missing
        ? `There is no baseline ${shown}: write one with --update-baseline.`
        : `Cannot read ${shown}: ${reasonOf(error)}`,
    );
  }
  const entries = parseBaseline(text);
  if (!('problem' in entries)) return { file, entries };
  throw new UsageError(
    `The baseline ${shown} cannot be used: ${entries.problem}. Write it anew with --update-baseline after deleting it.`,
  );
}

async function defaultFile(folders: readonly [string, ...string[]]): Promise<string> {
  for (const folder of folders) {
    const file = join(folder, baselineFileName);
    const found = await stat(file).then(
      stats => stats.isFile(),
      () => false,
    );
    if (found) return file;
  }
  return join(folders[0], baselineFileName);
}

export interface BaselineComparison {
  /** Whether a finding is known. */
  isKnown(fingerprint: string): boolean;
  /** Entries for which a scan of these paths found nothing any more; `exists` tells of paths that were not scanned. */
  stale(scanned: ReadonlySet<string>, exists: (path: string) => Promise<boolean>): Promise<readonly BaselineEntry[]>;
}

export function compareWith(entries: readonly BaselineEntry[]): BaselineComparison {
  const known = new Map(entries.map(entry => [entry.fingerprint, entry]));
  const met = new Set<string>();
  return {
    isKnown(fingerprint) {
      if (!known.has(fingerprint)) return false;
      met.add(fingerprint);
      return true;
    },
    async stale(scanned, exists) {
      const gone: BaselineEntry[] = [];
      for (const entry of known.values()) {
        if (met.has(entry.fingerprint)) continue;
        // A file that this scan did not look at says nothing.
        if (scanned.has(entry.path) || !(await exists(entry.path))) gone.push(entry);
      }
      return gone;
    },
  };
}

/** @throws UsageError when it cannot be written */
export async function writeBaseline(
  file: string,
  entries: readonly BaselineEntry[],
  { cwd }: CommandIo,
): Promise<void> {
  try {
    await writeFile(file, formatBaseline(entries));
  } catch (error) {
    throw new UsageError(`Cannot write ${relative(cwd, file) || file}: ${reasonOf(error)}`);
  }
}
