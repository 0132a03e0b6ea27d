import { readFound, walk, type FoundFile, type SkippedPath, type WalkedFile, type WalkOptions } from './file-walk.ts';
import type { Verdict } from './sift-file.ts';
import { createSiftPool, type SiftPoolOptions } from './sift-pool.ts';

/** A file in which there is nothing to report. */
export interface ClearFile {
  readonly kind: 'clear';
  readonly path: string;
  readonly absolutePath: string;
  readonly bytes: number;
}

/** Files that wait for their verdict; enough to keep every thread at work, few enough to keep memory flat. */
const readAhead = 2048;

/**
 * As `walkFiles`, but gives the text only of files in which there is something to report, and looks for these on all
 * cores. Order and skipped paths are the same.
 */
export async function* siftFiles(
  paths: readonly string[],
  options: WalkOptions & SiftPoolOptions,
): AsyncGenerator<WalkedFile | ClearFile | SkippedPath, void, undefined> {
  const pool = createSiftPool(options);
  const read = async (found: FoundFile): Promise<{ found: FoundFile; verdict: Verdict }> => ({
    found,
    verdict: await pool.sift(found),
  });
  try {
    for await (const entry of walk(paths, options, { readAhead, read })) {
      if (options.signal?.aborted === true) return;
      if ('kind' in entry) yield entry;
      else if (entry.verdict === 'candidate') yield await readFound(entry.found, options);
      else if (typeof entry.verdict === 'number') yield clear(entry.found, entry.verdict);
      else yield entry.verdict;
    }
  } finally {
    pool.dispose();
  }
}

function clear({ path, absolutePath }: FoundFile, bytes: number): ClearFile {
  return { kind: 'clear', path, absolutePath, bytes };
}
