import * as vscode from 'vscode';
import type { ScanCounts, ScanThread } from '../../platform/scan-thread.ts';
import type { ScannedWorkspaceFile } from '../../platform/workspace-scan.ts';
import type { FileSettingsReader } from './file-settings.ts';
import { affectsScan, readScanSettings } from './settings.ts';
import type { FindingStore } from './store.ts';

/** How the latest scan of the whole workspace ended. */
export interface ScanOutcome extends ScanCounts {
  readonly end: 'complete' | 'cancelled' | 'failed';
}

export interface WorkspaceScan {
  /** Looks at every file of every folder on this machine; joins a scan under way. Never rejects. */
  scan(): Promise<ScanOutcome>;
  cancel(): void;
  /** Counts of a scan under way. */
  progress(): ScanCounts | undefined;
  /** The latest scan that ended; `undefined` before the first. */
  outcome(): ScanOutcome | undefined;
  /** Resolves when no changed file waits to be looked at. */
  settled(): Promise<void>;
  /** Looks after a file whose editor closed; false before the first scan and for files outside of it. */
  takeOver(uri: vscode.Uri): boolean;
  /** Fires when a scan begins, moves on and ends. */
  readonly onDidChange: vscode.Event<void>;
  dispose(): void;
}

/** Milliseconds in which changes on disk are gathered. */
const gathering = 250;
/** Folders in which changes are never of interest. */
const passedBy = /[/\\](?:\.git|\.hg|\.svn|node_modules)(?:[/\\]|$)/;
const nothing: ScanCounts = { files: 0, bytes: 0, unreadable: 0 };

/** Scans the workspace once when asked to, and from then on each file that changes. */
export function createWorkspaceScan(
  store: FindingStore,
  thread: ScanThread,
  fileSettings: FileSettingsReader,
  log: vscode.LogOutputChannel,
  grammars: string,
): WorkspaceScan {
  const changed = new vscode.EventEmitter<void>();
  let flight: { readonly abort: AbortController; readonly done: Promise<ScanOutcome> } | undefined;
  let progress: ScanCounts | undefined;
  let outcome: ScanOutcome | undefined;
  let watcher: vscode.Disposable | undefined;
  const queue = new Set<string>();
  let rescan: Promise<void> | undefined;
  let restart = false;

  const scan = (): Promise<ScanOutcome> => {
    if (flight !== undefined) return flight.done;
    const abort = new AbortController();
    progress = nothing;
    const done = scanAll(abort.signal).then(ended => {
      flight = progress = undefined;
      outcome = ended;
      watcher ??= watch();
      changed.fire();
      if (!restart) return ended;
      restart = false;
      return scan();
    });
    flight = { abort, done };
    changed.fire();
    return done;
  };

  const scanAll = async (signal: AbortSignal): Promise<ScanOutcome> => {
    let total = nothing;
    try {
      for (const folder of foldersHere()) {
        const before = total;
        const seen = new Set<string>();
        const settings = readScanSettings(folder.uri);
        if (!settings.enabled) {
          store.deleteStored(folder.uri);
          continue;
        }
        const summary = await thread.scan(requestFor(folder, settings), signal, {
          onFiles: files => {
            for (const file of files) seen.add(take(file));
          },
          onProgress: counts => {
            progress = total = add(before, counts);
            changed.fire();
          },
        });
        total = add(before, summary);
        if (summary.cancelled) return { ...total, end: 'cancelled' };
        store.deleteStored(folder.uri, ({ uri }) => !seen.has(uri.toString()));
      }
      return { ...total, end: signal.aborted ? 'cancelled' : 'complete' };
    } catch (error) {
      log.error(error instanceof Error ? error.message : 'The scan of the workspace failed.');
      return { ...total, end: 'failed' };
    }
  };

  const requestFor = (folder: vscode.WorkspaceFolder, settings: ReturnType<typeof readScanSettings>) => ({
    folder: folder.uri.fsPath,
    exclude: settings.exclude,
    gitIgnored: settings.gitIgnored,
    maxBytes: settings.maxBytes,
    salt: store.salt,
    layer: settings.layer,
    useGit: vscode.workspace.isTrusted,
    grammars,
  });

  /** Takes in what was found in a stored file, unless an editor knows better; returns the key of the file. */
  const take = ({ path, findings }: ScannedWorkspaceFile): string => {
    const uri = vscode.Uri.file(path);
    const key = uri.toString();
    if (isOpen(key)) return key;
    store.set({
      uri,
      findings: findings.map(placed => ({ ...placed, finding: { ...placed.finding, uri: key } })),
      source: 'disk',
    });
    return key;
  };

  const watch = (): vscode.Disposable => {
    const files = vscode.workspace.createFileSystemWatcher('**/*');
    return vscode.Disposable.from(
      files,
      files.onDidCreate(enqueue),
      files.onDidChange(enqueue),
      files.onDidDelete(gone),
      // What is done in VS Code itself is known even where its file watcher cannot run.
      vscode.workspace.onDidCreateFiles(({ files }) => files.forEach(enqueue)),
      vscode.workspace.onDidDeleteFiles(({ files }) => files.forEach(gone)),
      vscode.workspace.onDidRenameFiles(({ files }) => {
        for (const { oldUri, newUri } of files) {
          gone(oldUri);
          enqueue(newUri);
        }
      }),
    );
  };
  const gone = (uri: vscode.Uri): void => {
    store.deleteStored(uri);
    enqueue(uri);
  };
  const enqueue = (uri: vscode.Uri): void => {
    if (uri.scheme !== 'file' || passedBy.test(uri.path)) return;
    queue.add(uri.fsPath);
    rescan ??= rescanQueued().finally(() => (rescan = undefined));
  };
  const rescanQueued = async (): Promise<void> => {
    const never = new AbortController().signal;
    while (queue.size > 0) {
      await new Promise(resolve => setTimeout(resolve, gathering));
      const paths = [...queue];
      queue.clear();
      for (const folder of foldersHere()) {
        const inFolder = (path: string): boolean =>
          vscode.workspace.getWorkspaceFolder(vscode.Uri.file(path))?.uri.toString() === folder.uri.toString();
        const files = paths.filter(inFolder);
        if (files.length === 0) continue;
        const settings = readScanSettings(folder.uri);
        if (!settings.enabled) continue;
        try {
          await thread.scan({ ...requestFor(folder, settings), files }, never, {
            onFiles: found => {
              for (const file of found) take(file);
            },
            onProgress: () => undefined,
          });
        } catch (error) {
          log.error(error instanceof Error ? error.message : 'The scan of changed files failed.');
        }
      }
    }
  };
  /** Where a scan was made before, its results must follow what it depends on. */
  const scanAgain = (): void => {
    if (flight !== undefined) {
      restart = true;
      flight.abort.abort();
    } else if (outcome !== undefined) {
      void scan();
    }
  };

  const subscriptions = vscode.Disposable.from(
    changed,
    vscode.workspace.onDidChangeConfiguration(change => {
      if (affectsScan(change)) scanAgain();
    }),
    fileSettings.onDidChange(scanAgain),
    vscode.workspace.onDidChangeWorkspaceFolders(({ removed, added }) => {
      for (const folder of removed) store.deleteStored(folder.uri);
      if (added.length > 0) scanAgain();
    }),
  );

  return {
    scan,
    cancel() {
      restart = false;
      flight?.abort.abort();
    },
    progress: () => progress,
    outcome: () => outcome,
    settled: () => rescan ?? Promise.resolve(),
    takeOver(uri) {
      if (outcome === undefined || uri.scheme !== 'file') return false;
      if (vscode.workspace.getWorkspaceFolder(uri) === undefined) return false;
      store.keepAsStored(uri);
      enqueue(uri);
      return true;
    },
    onDidChange: changed.event,
    dispose() {
      flight?.abort.abort();
      watcher?.dispose();
      subscriptions.dispose();
    },
  };
}

/** Folders that lie on the machine on which the extension runs. */
export function foldersHere(): vscode.WorkspaceFolder[] {
  return (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
}

function isOpen(key: string): boolean {
  return vscode.workspace.textDocuments.some(({ uri, isClosed }) => !isClosed && uri.toString() === key);
}

function add(one: ScanCounts, other: ScanCounts): ScanCounts {
  return {
    files: one.files + other.files,
    bytes: one.bytes + other.bytes,
    unreadable: one.unreadable + other.unreadable,
  };
}
