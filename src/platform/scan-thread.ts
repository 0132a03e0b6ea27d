import { Worker } from 'node:worker_threads';
import type { ScannedWorkspaceFile, WorkspaceScanRequest } from './workspace-scan.ts';

export interface ScanCounts {
  readonly files: number;
  readonly bytes: number;
  /** Paths that exist and could not be read. */
  readonly unreadable: number;
}

export interface ScanSummary extends ScanCounts {
  readonly cancelled: boolean;
}

/** What the worker is told. */
export type ToScanWorker =
  | { readonly kind: 'scan'; readonly id: number; readonly request: WorkspaceScanRequest }
  | { readonly kind: 'cancel'; readonly id: number };

/** What the worker tells. Files without findings come only when files were asked for by name. */
export type FromScanWorker =
  | { readonly kind: 'files'; readonly id: number; readonly files: readonly ScannedWorkspaceFile[] }
  | { readonly kind: 'progress'; readonly id: number; readonly counts: ScanCounts }
  | { readonly kind: 'done'; readonly id: number; readonly summary: ScanSummary }
  | { readonly kind: 'failed'; readonly id: number; readonly name: string };

export interface ScanListener {
  readonly onFiles: (files: readonly ScannedWorkspaceFile[]) => void;
  readonly onProgress: (counts: ScanCounts) => void;
}

/** Scans in a thread of its own, so that the caller's stays free. The thread starts with the first scan. */
export interface ScanThread {
  /** @throws Error when the thread cannot start or ends on its own; its message holds nothing of what was read. */
  scan(request: WorkspaceScanRequest, signal: AbortSignal, listener: ScanListener): Promise<ScanSummary>;
  dispose(): void;
}

/** Milliseconds without a scan after which the thread ends and gives its memory back. */
const idleTime = 60_000;

interface Running extends ScanListener {
  readonly resolve: (summary: ScanSummary) => void;
  readonly reject: (error: Error) => void;
}

/** `workerFile`: absolute path of the bundled or plain scan-worker. */
export function createScanThread(workerFile: string): ScanThread {
  const running = new Map<number, Running>();
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let lastId = 0;

  const start = (): Worker => {
    const started = new Worker(workerFile);
    started.on('message', (message: FromScanWorker) => hear(message));
    started.on('error', (error: unknown) => lose(started, error instanceof Error ? error.name : typeof error));
    started.on('exit', () => lose(started, 'exit'));
    return started;
  };
  const lose = (lost: Worker, name: string): void => {
    if (worker !== lost) return;
    worker = undefined;
    for (const { reject } of running.values()) reject(new Error(`The scan's thread ended early (${name}).`));
    running.clear();
  };
  const stop = (): void => {
    const stopped = worker;
    worker = undefined;
    void stopped?.terminate();
  };
  const end = (id: number): Running | undefined => {
    const scan = running.get(id);
    running.delete(id);
    if (running.size === 0) idle = setTimeout(stop, idleTime).unref();
    return scan;
  };
  const hear = (message: FromScanWorker): void => {
    switch (message.kind) {
      case 'files':
        running.get(message.id)?.onFiles(message.files);
        break;
      case 'progress':
        running.get(message.id)?.onProgress(message.counts);
        break;
      case 'done':
        end(message.id)?.resolve(message.summary);
        break;
      case 'failed':
        end(message.id)?.reject(new Error(`The scan failed (${message.name}).`));
        break;
    }
  };

  return {
    scan(request, signal, listener) {
      clearTimeout(idle);
      const id = ++lastId;
      const thread = (worker ??= start());
      const tell = (message: ToScanWorker): void => thread.postMessage(message);
      const cancel = (): void => tell({ kind: 'cancel', id });
      return new Promise<ScanSummary>((resolve, reject) => {
        running.set(id, { ...listener, resolve, reject });
        tell({ kind: 'scan', id, request });
        if (signal.aborted) cancel();
        else signal.addEventListener('abort', cancel, { once: true });
      }).finally(() => signal.removeEventListener('abort', cancel));
    },
    dispose() {
      clearTimeout(idle);
      stop();
      for (const { reject } of running.values()) reject(new Error('The scan was stopped.'));
      running.clear();
    },
  };
}
