import { parentPort } from 'node:worker_threads';
import { siftFile } from './sift-file.ts';
import type { SiftBatch, SiftResult } from './sift-pool.ts';

parentPort?.on('message', ({ id, batch, options }: SiftBatch) => {
  const { absolutePaths, named, maxBytes } = batch;
  const verdicts = absolutePaths.map(absolutePath => siftFile({ absolutePath, named, maxBytes }, options));
  parentPort?.postMessage({ id, verdicts } satisfies SiftResult);
});
