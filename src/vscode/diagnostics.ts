import * as vscode from 'vscode';
import { applySettings } from '../core/engine/apply-settings.ts';
import { secretDigest } from '../core/engine/duplicates.ts';
import type { Finding } from '../core/engine/finding.ts';
import type { ScanState } from '../core/engine/scan.ts';
import { rescanJoined } from '../core/engine/split-secrets.ts';
import type { Languages } from '../core/languages/languages.ts';
import { isScannable, sourceOf } from './documents.ts';
import type { FileSettingsReader } from './findings/file-settings.ts';
import { isEnabled } from './findings/settings.ts';
import type { FindingStore } from './findings/store.ts';

export interface Diagnostics {
  dispose(): void;
  /** Findings that touch a range; none when the document has changed since it was scanned. */
  findingsAt(document: vscode.TextDocument, range: vscode.Range): readonly Finding[];
  /** Waits for the scan of the document's present version. */
  settled(document: vscode.TextDocument): Promise<readonly Finding[]>;
}

export interface DiagnosticsParts {
  readonly store: FindingStore;
  readonly log: vscode.LogOutputChannel;
  readonly fileSettings: FileSettingsReader;
  /** Loaded when a file may hold a secret in parts. */
  readonly languages: () => Promise<Languages>;
  /** Whether somebody else looks after the findings of a file that no editor shows any more. */
  readonly takeOver: (uri: vscode.Uri) => boolean;
}

/**
 * Keeps the findings of open documents in step with their text. A keystroke starts a timer, not a scan; a scan that is
 * still running when the text changes is aborted, and a result for an old version is dropped.
 */
export function diagnostics({ store, log, fileSettings, languages, takeOver }: DiagnosticsParts): Diagnostics {
  /** Document → what was scanned last. */
  const scanned = new Map<string, { readonly version: number; readonly state: ScanState }>();
  const pending = new Map<string, { abort: AbortController; done: Promise<void> }>();

  const run = async (document: vscode.TextDocument, abort: AbortController): Promise<void> => {
    const key = document.uri.toString();
    const { version } = document;
    try {
      const { settings, path } = await fileSettings.of(document.uri);
      if (abort.signal.aborted || document.version !== version) return;
      const source = { ...sourceOf(document), ...(path === undefined ? {} : { path }) };
      const state = await rescanJoined(source, scanned.get(key)?.state, languages, { signal: abort.signal });
      if (!state || document.isClosed || document.version !== version) return;
      scanned.set(key, { version, state });
      const findings = settings.ignoredBy === undefined ? applySettings(source, state.findings, settings) : [];
      store.set({
        uri: document.uri,
        findings: findings.map(finding => ({
          finding,
          start: document.positionAt(finding.span.start),
          end: document.positionAt(finding.span.end),
          secret: secretDigest(source, finding, store.salt),
        })),
        source: 'editor',
      });
    } catch (error) {
      // The name alone: an error's message could quote the text it was about.
      log.error(`The scan of ${vscode.workspace.asRelativePath(document.uri)} failed (${nameOf(error)}).`);
    } finally {
      if (pending.get(key)?.abort === abort) pending.delete(key);
    }
  };

  const schedule = (document: vscode.TextDocument, delay: number): void => {
    if (!isScannable(document)) return;
    const key = document.uri.toString();
    cancel(key);
    if (!isEnabled(document.uri)) {
      forget(document.uri);
      return;
    }
    const abort = new AbortController();
    const done = new Promise<void>(resolve => {
      const timer = setTimeout(() => void run(document, abort).then(resolve), delay);
      abort.signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    });
    pending.set(key, { abort, done });
  };
  const cancel = (key: string): void => {
    pending.get(key)?.abort.abort();
    pending.delete(key);
  };
  const forget = (uri: vscode.Uri): void => {
    scanned.delete(uri.toString());
    store.delete(uri);
  };
  const findingsOf = (uri: vscode.Uri): readonly Finding[] =>
    store.get(uri)?.findings.map(({ finding }) => finding) ?? [];
  const scanOpenDocuments = () => {
    for (const document of vscode.workspace.textDocuments) schedule(document, 0);
  };

  const subscriptions = vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(document => schedule(document, 0)),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) schedule(document, 250);
    }),
    vscode.workspace.onDidCloseTextDocument(document => {
      cancel(document.uri.toString());
      scanned.delete(document.uri.toString());
      if (!takeOver(document.uri)) store.delete(document.uri);
    }),
    vscode.workspace.onDidChangeConfiguration(change => {
      if (change.affectsConfiguration('keyless.enable')) scanOpenDocuments();
    }),
    fileSettings.onDidChange(scanOpenDocuments),
  );
  scanOpenDocuments();

  return {
    findingsAt(document, range) {
      if (scanned.get(document.uri.toString())?.version !== document.version) return [];
      return findingsOf(document.uri).filter(finding => rangeOf(document, finding).intersection(range) !== undefined);
    },
    async settled(document) {
      const key = document.uri.toString();
      for (;;) {
        if (scanned.get(key)?.version === document.version) return findingsOf(document.uri);
        if (document.isClosed || !isScannable(document)) return [];
        if (!pending.has(key)) schedule(document, 0);
        const waiting = pending.get(key);
        if (!waiting) return [];
        await waiting.done;
      }
    },
    dispose() {
      for (const key of [...pending.keys()]) cancel(key);
      subscriptions.dispose();
    },
  };
}

export function rangeOf(document: vscode.TextDocument, finding: Finding): vscode.Range {
  return new vscode.Range(document.positionAt(finding.span.start), document.positionAt(finding.span.end));
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
