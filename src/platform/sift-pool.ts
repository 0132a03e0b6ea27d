import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { FoundFile, WalkOptions } from './file-walk.ts';
import { siftFile, type Verdict } from './sift-file.ts';

/** What a worker is told. */
export interface SiftBatch {
  readonly id: number;
  readonly files: readonly FoundFile[];
  readonly maxBytes: number | undefined;
}

/** What it answers: one verdict for each file. */
export interface SiftResult {
  readonly id: number;
  readonly verdicts: readonly Verdict[];
}

export interface SiftPoolOptions extends Pick<WalkOptions, 'maxBytes' | 'signal'> {
  /** Absolute path of the bundled or plain sift-worker. */
  readonly workerFile: string;
  /** Milliseconds for which files are looked at in the caller's thread before threads are started; 40 when absent. */
  readonly patience?: number;
  /** As many as there are cores, up to 8, when absent. */
  readonly threads?: number;
}

/** Looks at files in threads, or, as long as there are few of them, at once. */
export interface SiftPool {
  /** Never rejects: a file whose thread ends over it is told as one that could not be scanned. */
  sift(file: FoundFile): Promise<Verdict>;
  dispose(): void;
}

const batchSize = 48;
/** Batches that a thread has at a time, so that it never waits for the next one. */
const batchesAhead = 2;
const mostThreads = 8;
/** So many threads that end early are no longer the fault of single files. */
const mostLosses = 20;

interface Job {
  readonly file: FoundFile;
  readonly resolve: (verdict: Verdict) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly batches: Map<number, readonly Job[]>;
}

export function createSiftPool({ workerFile, maxBytes, signal, patience = 40, ...options }: SiftPoolOptions): SiftPool {
  const threadCount = Math.max(1, options.threads ?? Math.min(availableParallelism(), mostThreads));
  /** Jobs that wait, and before them batches that a lost thread left over. */
  const waiting: Job[] = [];
  const leftOver: (readonly Job[])[] = [];
  const threads = new Set<Thread>();
  let immediate: NodeJS.Immediate | undefined;
  let spent = 0;
  let lastId = 0;
  let losses = 0;
  let disposed = false;

  const nextBatch = (): readonly Job[] | undefined => {
    const batch = leftOver.shift() ?? waiting.splice(0, batchSize);
    return batch.length === 0 ? undefined : batch;
  };

  const feed = (thread: Thread): void => {
    while (thread.batches.size < batchesAhead) {
      const batch = nextBatch();
      if (batch === undefined) return;
      const id = ++lastId;
      thread.batches.set(id, batch);
      thread.worker.postMessage({ id, files: batch.map(({ file }) => file), maxBytes } satisfies SiftBatch);
    }
  };

  const start = (): void => {
    const thread: Thread = { worker: new Worker(workerFile), batches: new Map() };
    threads.add(thread);
    let cause = 'exit';
    thread.worker.on('message', ({ id, verdicts }: SiftResult) => {
      const batch = thread.batches.get(id) ?? [];
      thread.batches.delete(id);
      feed(thread);
      batch.forEach(({ resolve, file }, index) => resolve(verdicts[index] ?? failed(file, 'no answer')));
    });
    thread.worker.on('error', error => (cause = nameOf(error)));
    thread.worker.on('exit', () => lose(thread, cause));
    feed(thread);
  };

  /**
   * A thread ended over a file of its first batch. The files of that batch are tried again one by one, so that only the
   * one at fault is given up.
   */
  const lose = (thread: Thread, cause: string): void => {
    threads.delete(thread);
    if (disposed) return;
    const [first = [], ...others] = thread.batches.values();
    const [only, ...more] = first;
    if (only !== undefined && more.length === 0) only.resolve(failed(only.file, cause));
    else leftOver.push(...first.map(job => [job]));
    leftOver.push(...others);
    if (++losses > mostLosses) giveUp(cause);
    else if (leftOver.length > 0 || waiting.length > 0) start();
  };

  const giveUp = (cause: string): void => {
    const jobs = [...leftOver.splice(0).flat(), ...waiting.splice(0)];
    for (const { worker, batches } of threads) {
      for (const batch of batches.values()) jobs.push(...batch);
      void worker.terminate();
    }
    disposed = true;
    for (const { file, resolve } of jobs) resolve(failed(file, cause));
  };

  const work = (): void => {
    immediate = undefined;
    const started = performance.now();
    while (spent + performance.now() - started < patience && waiting.length > 0) {
      const job = waiting.shift();
      if (job !== undefined) job.resolve(siftFile(job.file, maxBytes === undefined ? {} : { maxBytes }));
    }
    spent += performance.now() - started;
    if (waiting.length === 0) return;
    while (threads.size < threadCount) start();
    for (const thread of threads) feed(thread);
  };

  const dispose = (): void => {
    if (immediate !== undefined) clearImmediate(immediate);
    signal?.removeEventListener('abort', dispose);
    giveUp('stopped');
  };
  signal?.addEventListener('abort', dispose, { once: true });

  return {
    sift: file =>
      new Promise(resolve => {
        if (disposed || signal?.aborted === true) {
          resolve(failed(file, 'stopped'));
          return;
        }
        waiting.push({ file, resolve });
        immediate ??= setImmediate(work);
      }),
    dispose,
  };
}

function failed({ path }: FoundFile, cause: string): Verdict {
  return { kind: 'skipped', path, reason: `scanning it failed (${cause})`, cause: 'unreadable' };
}

/** Name or code alone: a message could quote the text that was being read. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error ? String(error.code) : error.name;
}
