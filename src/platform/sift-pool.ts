import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import { clearFilesIn, clearFilesSize, type ClearFiles } from './clear-files.ts';
import { displayPath, type FileBatch, type SkippedPath } from './file-walk.ts';
import type { ScannedFile, siftFile, SiftOptions, Verdict } from './sift-file.ts';

/** What a worker is told. */
export interface SiftBatch {
  readonly id: number;
  readonly batch: FileBatch;
  readonly options: Omit<SiftOptions, 'clear'>;
}

/** What a worker is started with. */
export interface SiftWorkerData {
  /** See `clearFilesIn`; has its key before the first batch comes. */
  readonly clearFiles: SharedArrayBuffer;
}

/** What it answers: one verdict for each file. */
export interface SiftResult {
  readonly id: number;
  readonly verdicts: readonly Verdict[];
}

export interface SiftPoolOptions extends Omit<SiftOptions, 'clear'> {
  /** Absolute path of the bundled or plain sift-worker. */
  readonly workerFile: string;
  /** Milliseconds for which files are looked at in the caller's thread alone before others are started; 40 when absent. */
  readonly patience?: number;
  /** The caller's included; as many as there are cores, up to 8, when absent. */
  readonly threads?: number;
  /** Leaves the caller's thread alone: there are as many others. */
  readonly elsewhere?: boolean;
  readonly signal?: AbortSignal;
}

/** Scans files in the caller's thread, batch by batch, and, unless there are few of them, in others beside it. */
export interface SiftPool {
  /**
   * One verdict for each file. Never rejects: a file whose thread ends over it is told as one that could not be scanned.
   */
  sift(batch: FileBatch): Promise<readonly Verdict[]>;
  /** Says that these were passed on: texts that wait to be are kept few. */
  taken(sifted: readonly { readonly kind: string }[]): void;
  dispose(): void;
}

/** Batches that a thread has at least, so that it need not wait for the next one. */
const fewestAhead = 2;
/** So many for each thread are the last ones, and so many files little. */
const lastBatches = 4;
const littleBatch = 8;
/** Milliseconds after which this thread leaves the rest of a batch to whoever comes first, and hears what others have to say. */
const slice = 5;
const mostThreads = 8;
/** Batches waiting that this thread would not get through in its patience. */
const manyBatches = 8;
/** Characters of text that wait to be taken; with more, no batch is started. */
const mostWaiting = 16_000_000;
/** Threads keep nothing for long: with more room for what is new they would only fill it. */
const resourceLimits = { maxYoungGenerationSizeMb: 8 };
/** So many threads that end early are no longer the fault of single files. */
const mostLosses = 20;

interface Job {
  readonly batch: FileBatch;
  readonly resolve: (verdicts: readonly Verdict[]) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly jobs: Map<number, Job>;
}

export function createSiftPool({ workerFile, cwd, top, signal, patience = 40, ...options }: SiftPoolOptions): SiftPool {
  const { elsewhere = false } = options;
  const threadCount = Math.max(1, options.threads ?? Math.min(availableParallelism(), mostThreads));
  const workerCount = elsewhere ? threadCount : threadCount - 1;
  const waiting: Job[] = [];
  const threads = new Set<Thread>();
  /** Loaded when it is first needed: a folder may hold nothing to scan. */
  let sift: typeof siftFile | undefined;
  let loading: Promise<void> | undefined;
  /** What many files alone pay for. */
  let createWorker: (() => Worker) | undefined;
  let clear: ClearFiles | undefined;
  let preparing: Promise<void> | undefined;
  let isPrepared = false;
  let immediate: NodeJS.Immediate | undefined;
  let spent = 0;
  let lastId = 0;
  let losses = 0;
  let waitingText = 0;
  let disposed = false;

  const feed = (thread: Thread): void => {
    // With much to come it stays at work while this thread loads something; in the end it is not to have much left.
    const ahead = Math.max(fewestAhead, Math.ceil(waiting.length / (2 * threadCount)));
    while (thread.jobs.size < ahead && waitingText < mostWaiting) {
      const next = waiting.shift();
      if (next === undefined) return;
      // Of the last ones everybody takes a little at a time.
      const isLong = waiting.length < lastBatches * threadCount && next.batch.absolutePaths.length > littleBatch;
      const [job, rest] = isLong ? split(next, littleBatch) : [next];
      if (rest !== undefined) waiting.unshift(rest);
      const id = ++lastId;
      thread.jobs.set(id, job);
      thread.worker.postMessage({ id, batch: job.batch, options: { cwd, top } } satisfies SiftBatch);
    }
  };

  const finish = ({ resolve }: Job, verdicts: readonly Verdict[]): void => {
    waitingText += textIn(verdicts);
    resolve(verdicts);
  };

  const start = (worker: Worker): void => {
    const thread: Thread = { worker, jobs: new Map() };
    threads.add(thread);
    let cause = 'exit';
    thread.worker.on('message', ({ id, verdicts }: SiftResult) => {
      const job = thread.jobs.get(id);
      thread.jobs.delete(id);
      if (job !== undefined) finish(job, verdicts);
      feed(thread);
    });
    thread.worker.on('error', error => (cause = nameOf(error)));
    thread.worker.on('exit', () => lose(thread, cause));
  };

  /**
   * A thread ended over a file of its first batch. The files of that batch are tried again one by one, so that only the
   * one at fault is given up.
   */
  const lose = (thread: Thread, cause: string): void => {
    threads.delete(thread);
    if (disposed) return;
    const [first, ...others] = thread.jobs.values();
    const again: readonly Job[] =
      first === undefined ? [] : first.batch.absolutePaths.length === 1 ? giveUpOn(first, cause) : oneByOne(first);
    waiting.unshift(...again, ...others);
    if (++losses > mostLosses) giveUp(cause);
    else if (waiting.length > 0) startThreads();
  };

  const giveUpOn = (job: Job, cause: string): readonly Job[] => {
    job.resolve(job.batch.absolutePaths.map(absolutePath => failed(absolutePath, cwd, cause)));
    return [];
  };

  const giveUp = (cause: string): void => {
    disposed = true;
    const jobs = waiting.splice(0);
    for (const { worker, jobs: started } of threads) {
      jobs.push(...started.values());
      void worker.terminate();
    }
    for (const job of jobs) giveUpOn(job, cause);
  };

  /** A slice at a time: what other threads have to say, and what is made of their verdicts, comes in between. */
  const work = (): void => {
    immediate = undefined;
    if (sift === undefined) {
      loading ??= import('./sift-file.ts').then(({ siftFile }) => {
        sift = siftFile;
        goOn();
      });
      return;
    }
    const job = waitingText < mostWaiting ? waiting.shift() : undefined;
    if (job === undefined) return;
    const { absolutePaths, named, maxBytes } = job.batch;
    const verdicts: Verdict[] = [];
    const started = performance.now();
    for (const absolutePath of absolutePaths) {
      try {
        verdicts.push(sift({ absolutePath, named, maxBytes }, { cwd, top, clear }));
      } catch (error) {
        verdicts.push(failed(absolutePath, cwd, nameOf(error)));
      }
      if (performance.now() - started > slice) break;
    }
    spent += performance.now() - started;
    if (verdicts.length === absolutePaths.length) {
      finish(job, verdicts);
    } else {
      const [done, rest] = split(job, verdicts.length);
      waiting.unshift(rest);
      finish(done, verdicts);
    }
    goOn();
  };

  const goOn = (): void => {
    if (waiting.length === 0 || disposed) return;
    // With so many, others will be needed: they get ready while the first files are looked at here.
    if (elsewhere || spent >= patience || waiting.length >= manyBatches) startThreads();
    if (!elsewhere) immediate ??= setImmediate(work);
  };

  const startThreads = (): void => {
    if (disposed) return;
    preparing ??= prepare();
    if (createWorker === undefined) return;
    while (threads.size < workerCount) start(createWorker());
    if (isPrepared) for (const thread of threads) feed(thread);
  };

  /** They start at once, and what they share is made while they do. */
  const prepare = async (): Promise<void> => {
    const { Worker } = await import('node:worker_threads');
    const workerData: SiftWorkerData = { clearFiles: new SharedArrayBuffer(clearFilesSize) };
    createWorker = () => new Worker(workerFile, { resourceLimits, workerData });
    startThreads();
    const { makeClearFilesKey } = await import('./clear-files-key.ts');
    makeClearFilesKey(workerData.clearFiles);
    clear = clearFilesIn(workerData.clearFiles);
    isPrepared = true;
    startThreads();
  };

  const dispose = (): void => {
    if (immediate !== undefined) clearImmediate(immediate);
    signal?.removeEventListener('abort', dispose);
    giveUp('stopped');
  };
  signal?.addEventListener('abort', dispose, { once: true });

  return {
    sift: batch =>
      new Promise(resolve => {
        const job = { batch, resolve };
        if (disposed || signal?.aborted === true) {
          giveUpOn(job, 'stopped');
          return;
        }
        waiting.push(job);
        goOn();
      }),
    taken(sifted) {
      const before = waitingText;
      waitingText -= textIn(sifted);
      if (before < mostWaiting || waitingText >= mostWaiting) return;
      for (const thread of threads) feed(thread);
      goOn();
    },
    dispose,
  };
}

/** Characters of text that verdicts carry. */
function textIn(verdicts: readonly (Verdict | { readonly kind: string })[]): number {
  return verdicts.reduce<number>(
    (sum, verdict) =>
      typeof verdict !== 'number' && verdict.kind === 'file' ? sum + (verdict as ScannedFile).text.length : sum,
    0,
  );
}

/** The first files of a batch and the others, which together answer for it. */
function split({ batch, resolve }: Job, at: number): readonly [Job, Job] {
  let first: readonly Verdict[] | undefined;
  let second: readonly Verdict[] | undefined;
  const settle = (): void => {
    if (first !== undefined && second !== undefined) resolve([...first, ...second]);
  };
  const part = (absolutePaths: readonly string[], resolvePart: Job['resolve']): Job => ({
    batch: { ...batch, absolutePaths },
    resolve(verdicts) {
      resolvePart(verdicts);
      settle();
    },
  });
  return [
    part(batch.absolutePaths.slice(0, at), verdicts => (first = verdicts)),
    part(batch.absolutePaths.slice(at), verdicts => (second = verdicts)),
  ];
}

/** Each file of a batch as a batch of its own, which together answer for it. */
function oneByOne({ batch, resolve }: Job): readonly Job[] {
  const verdicts: Verdict[] = [];
  let left = batch.absolutePaths.length;
  return batch.absolutePaths.map((absolutePath, index) => ({
    batch: { ...batch, absolutePaths: [absolutePath] },
    resolve([verdict]) {
      if (verdict !== undefined) verdicts[index] = verdict;
      if (--left === 0) resolve(verdicts);
    },
  }));
}

export function failed(absolutePath: string, cwd: string, cause: string): SkippedPath {
  const path = displayPath(absolutePath, cwd);
  return { kind: 'skipped', path, reason: `scanning it failed (${cause})`, cause: 'unreadable' };
}

/** Name or code alone: a message could quote the text that was being read. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error ? String(error.code) : error.name;
}
