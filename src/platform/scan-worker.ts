import { parentPort } from 'node:worker_threads';
import type { FromScanWorker, ToScanWorker } from './scan-thread.ts';
import { scanFolder, type ScannedWorkspaceFile, type WorkspaceScanRequest } from './workspace-scan.ts';

/** Milliseconds between two reports: often enough for a person, seldom enough for the host. */
const reportPeriod = 100;

const scans = new Map<number, AbortController>();
const tell = (message: FromScanWorker): void => parentPort?.postMessage(message);

parentPort?.on('message', (message: ToScanWorker) => {
  if (message.kind === 'cancel') {
    scans.get(message.id)?.abort();
    return;
  }
  const { id, request } = message;
  const abort = new AbortController();
  scans.set(id, abort);
  run(id, request, abort.signal)
    // The name alone: an error's message could quote the text it was about.
    .catch((error: unknown) => tell({ kind: 'failed', id, name: error instanceof Error ? error.name : typeof error }))
    .finally(() => scans.delete(id));
});

async function run(id: number, request: WorkspaceScanRequest, signal: AbortSignal): Promise<void> {
  const counts = { files: 0, bytes: 0, unreadable: 0 };
  let found: ScannedWorkspaceFile[] = [];
  let reported = performance.now();
  const report = (): void => {
    if (found.length > 0) tell({ kind: 'files', id, files: found });
    tell({ kind: 'progress', id, counts });
    found = [];
    reported = performance.now();
  };
  for await (const entry of scanFolder(request, signal)) {
    if (entry.kind === 'skipped') {
      if (entry.cause === 'unreadable') counts.unreadable++;
    } else if (!signal.aborted) {
      counts.files++;
      counts.bytes += entry.bytes;
      if (entry.findings.length > 0 || request.files !== undefined) found.push(entry);
    }
    if (performance.now() - reported < reportPeriod) continue;
    report();
    // A cancellation waits among the messages until this thread takes a breath.
    await new Promise(resolve => setTimeout(resolve, 0));
  }
  report();
  tell({ kind: 'done', id, summary: { ...counts, cancelled: signal.aborted } });
}
