import { parentPort, workerData } from 'node:worker_threads';
import { clearFilesIn } from './clear-files.ts';
import { siftFile } from './sift-file.ts';
import type { SiftBatch, SiftResult, SiftWorkerData } from './sift-pool.ts';

const clear = clearFilesIn((workerData as SiftWorkerData).clearFiles);

parentPort?.on('message', ({ id, batch, options }: SiftBatch) => {
  const { absolutePaths, named, maxBytes } = batch;
  const verdicts = absolutePaths.map(absolutePath =>
    siftFile({ absolutePath, named, maxBytes }, { ...options, clear }),
  );
  parentPort?.postMessage({ id, verdicts } satisfies SiftResult);
});
