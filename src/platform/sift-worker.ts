import { parentPort } from 'node:worker_threads';
import { siftFile } from './sift-file.ts';
import type { SiftBatch, SiftResult } from './sift-pool.ts';

parentPort?.on('message', ({ id, files, maxBytes }: SiftBatch) => {
  const options = maxBytes === undefined ? {} : { maxBytes };
  parentPort?.postMessage({ id, verdicts: files.map(file => siftFile(file, options)) } satisfies SiftResult);
});
