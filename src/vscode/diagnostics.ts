import * as vscode from 'vscode';
import type { Finding, Severity } from '../core/engine/finding.ts';
import { ruleById } from '../core/engine/rules.ts';
import { scanAsync } from '../core/engine/scan.ts';
import { messageOf } from '../core/report/scan-report.ts';
import { isScannable, sourceOf } from './documents.ts';
import { ruleUri } from './rule-pages.ts';

export const SOURCE = 'Keyless';

const SEVERITY: Record<Severity, vscode.DiagnosticSeverity> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

/** Findings of one version of a document. */
interface Scanned {
  readonly version: number;
  readonly findings: readonly Finding[];
}

export interface Diagnostics {
  dispose(): void;
  /** Findings that touch a range; none when the document has changed since it was scanned. */
  findingsAt(document: vscode.TextDocument, range: vscode.Range): readonly Finding[];
  /** Waits for the scan of the document's present version. */
  settled(document: vscode.TextDocument): Promise<readonly Finding[]>;
}

/**
 * Keeps the Problems of open documents in step with their text. A keystroke starts a timer, not a scan; a scan that is
 * still running when the text changes is aborted, and a result for an old version is dropped.
 */
export function diagnostics(log: vscode.LogOutputChannel): Diagnostics {
  const collection = vscode.languages.createDiagnosticCollection('keyless');
  const scanned = new Map<string, Scanned>();
  const pending = new Map<string, { abort: AbortController; done: Promise<void> }>();

  const run = async (document: vscode.TextDocument, abort: AbortController): Promise<void> => {
    const key = document.uri.toString();
    const { version } = document;
    try {
      const findings = await scanAsync(sourceOf(document), { signal: abort.signal });
      if (!findings || document.isClosed || document.version !== version) return;
      scanned.set(key, { version, findings });
      collection.set(
        document.uri,
        findings.map(finding => diagnosticOf(document, finding)),
      );
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
    if (!vscode.workspace.getConfiguration('keyless', document).get<boolean>('enable', true)) {
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
    collection.delete(uri);
  };
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
      forget(document.uri);
    }),
    vscode.workspace.onDidChangeConfiguration(change => {
      if (change.affectsConfiguration('keyless.enable')) scanOpenDocuments();
    }),
  );
  scanOpenDocuments();

  return {
    findingsAt(document, range) {
      const entry = scanned.get(document.uri.toString());
      if (entry?.version !== document.version) return [];
      return entry.findings.filter(finding => rangeOf(document, finding).intersection(range) !== undefined);
    },
    async settled(document) {
      const key = document.uri.toString();
      for (;;) {
        const entry = scanned.get(key);
        if (entry?.version === document.version) return entry.findings;
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
      collection.dispose();
    },
  };
}

export function rangeOf(document: vscode.TextDocument, finding: Finding): vscode.Range {
  return new vscode.Range(document.positionAt(finding.span.start), document.positionAt(finding.span.end));
}

function diagnosticOf(document: vscode.TextDocument, finding: Finding): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(rangeOf(document, finding), messageOf(finding), SEVERITY[finding.severity]);
  diagnostic.source = SOURCE;
  if (ruleById(finding.ruleId)) diagnostic.code = { value: finding.ruleId, target: ruleUri(finding.ruleId) };
  return diagnostic;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
