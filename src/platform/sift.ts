import { listFiles, type SkippedPath, type WalkOptions } from './file-walk.ts';
import type { ScannedFile } from './sift-file.ts';
import { createSiftPool, failed, type SiftPoolOptions } from './sift-pool.ts';

/** A file in which there is nothing to report. */
export interface ClearFile {
  readonly kind: 'clear';
  readonly absolutePath: string;
  readonly bytes: number;
}

/** Batches that wait for their verdicts: enough to keep every thread at work while a file is parsed, few enough to keep memory flat. */
const readAhead = 512;

/**
 * Scans what `walkFiles` would read, on all cores, and gives the text of files alone in which there is something to
 * report. In the same order, several files at a time; skipped paths are the same.
 */
export async function* siftFiles(
  paths: readonly string[],
  options: WalkOptions & SiftPoolOptions,
): AsyncGenerator<readonly (ScannedFile | ClearFile | SkippedPath)[], void, undefined> {
  const pool = createSiftPool(options);
  type Sifted = readonly (ScannedFile | ClearFile | SkippedPath)[];
  const pending: Promise<Sifted>[] = [];
  const next = async (): Promise<Sifted> => {
    const sifted = (await pending.shift()) ?? [];
    pool.taken(sifted);
    return sifted;
  };
  try {
    for await (const listed of listFiles(paths, options)) {
      if (options.signal?.aborted === true) return;
      if (listed.kind === 'skipped') {
        pending.push(Promise.resolve([listed]));
      } else {
        const { absolutePaths } = listed;
        pending.push(
          pool.sift(listed).then(verdicts =>
            absolutePaths.map((absolutePath, i) => {
              const verdict = verdicts[i] ?? failed(absolutePath, options.cwd, 'no answer');
              return typeof verdict === 'number' ? { kind: 'clear', absolutePath, bytes: verdict } : verdict;
            }),
          ),
        );
      }
      if (pending.length >= readAhead) yield await next();
    }
    while (pending.length > 0) {
      const sifted = await next();
      if (options.signal?.aborted === true) return;
      yield sifted;
    }
  } finally {
    pool.dispose();
  }
}
