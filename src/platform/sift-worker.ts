import { parentPort, workerData } from 'node:worker_threads';
import { clearFilesIn, type ClearFiles } from './clear-files.ts';
import type { SiftBatch, SiftResult, SiftWorkerData } from './sift-pool.ts';

const loaded = import('./sift-file.ts');
let clear: ClearFiles | undefined;

parentPort?.on('message', ({ id, batch, options }: SiftBatch) => {
  // What fails here ends the thread: the pool sees to the files that it had.
  void loaded.then(({ siftFile }) => {
    clear ??= clearFilesIn((workerData as SiftWorkerData).clearFiles);
    const { absolutePaths, named, maxBytes } = batch;
    const verdicts = absolutePaths.map(absolutePath =>
      siftFile({ absolutePath, named, maxBytes }, { ...options, clear }),
    );
    parentPort?.postMessage({ id, verdicts } satisfies SiftResult);
  });
});
