import { basename } from 'node:path';
import * as vscode from 'vscode';
import { configFileName } from '../../core/engine/config.ts';
import { parseConfig, type ConfigProblem } from '../../core/engine/config-parser.ts';

/** Shows what is wrong in settings files where it stands: in Problems, and under the text while it is typed. */
export interface ConfigProblems {
  /** Takes what was found in a file on disk (absolute path); an open editor knows better. */
  readonly found: (file: string, problems: readonly ConfigProblem[]) => void;
  /** Settings files have changed: what was found in those that no editor shows may no longer be so. */
  readonly forget: () => void;
  readonly dispose: () => void;
}

export function configProblems(): ConfigProblems {
  const shown = vscode.languages.createDiagnosticCollection('keyless-settings');
  const isSettingsFile = ({ uri }: vscode.TextDocument): boolean => basename(uri.path) === configFileName;
  const openDocument = (uri: vscode.Uri): vscode.TextDocument | undefined =>
    vscode.workspace.textDocuments.find(open => !open.isClosed && open.uri.toString() === uri.toString());
  const check = (document: vscode.TextDocument): void => {
    if (!isSettingsFile(document)) return;
    const { problems } = parseConfig(document.getText());
    shown.set(
      document.uri,
      problems.map(({ span, message }) =>
        diagnostic(new vscode.Range(document.positionAt(span.start), document.positionAt(span.end)), message),
      ),
    );
  };
  const subscriptions = vscode.Disposable.from(
    shown,
    vscode.workspace.onDidOpenTextDocument(check),
    vscode.workspace.onDidChangeTextDocument(({ document }) => check(document)),
    vscode.workspace.onDidDeleteFiles(({ files }) => files.forEach(uri => shown.delete(uri))),
  );
  vscode.workspace.textDocuments.forEach(check);
  return {
    found(file, problems) {
      const uri = vscode.Uri.file(file);
      if (openDocument(uri) !== undefined) return;
      const ranges = problems.map(({ position: { line, character }, span, message }) =>
        diagnostic(new vscode.Range(line, character, line, character + span.end - span.start), message),
      );
      shown.set(uri, ranges);
    },
    forget() {
      shown.forEach(uri => {
        if (openDocument(uri) === undefined) shown.delete(uri);
      });
    },
    dispose: () => void subscriptions.dispose(),
  };
}

function diagnostic(range: vscode.Range, message: string): vscode.Diagnostic {
  const problem = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Warning);
  problem.source = 'Keyless';
  problem.code = 'settings';
  return problem;
}
