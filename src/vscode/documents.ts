import * as vscode from 'vscode';
import type { SourceDocument } from '../core/engine/finding.ts';
import type { WorkspaceView } from '../core/rewrite/fix.ts';

/** Documents a person edits; views of git history, output channels and the like are not theirs to fix. */
const SCHEMES = new Set(['file', 'untitled', 'vscode-remote', 'vscode-vfs', 'vscode-notebook-cell']);

export function isScannable(document: vscode.TextDocument): boolean {
  return SCHEMES.has(document.uri.scheme);
}

export function sourceOf(document: vscode.TextDocument): SourceDocument {
  return { uri: document.uri.toString(), languageId: document.languageId, text: document.getText() };
}

/** The files around a document through VS Code's file system, so that remote and virtual workspaces work too. */
export const workspaceView: WorkspaceView = {
  rootOf: uri => vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(uri, true))?.uri.toString(),
  async findUp(fromUri, names) {
    const from = vscode.Uri.parse(fromUri, true);
    const root = vscode.workspace.getWorkspaceFolder(from)?.uri;
    if (!root) return undefined;
    for (let folder = vscode.Uri.joinPath(from, '..'); ; folder = vscode.Uri.joinPath(folder, '..')) {
      const entries = await listFolder(folder);
      for (const name of names) {
        const found = entries.find(entry => name.test(entry));
        if (found) return sourceOf(await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, found)));
      }
      if (folder.path === root.path || folder.path.length <= root.path.length) return undefined;
    }
  },
};

async function listFolder(folder: vscode.Uri): Promise<string[]> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    return entries
      .filter(([, type]) => type & vscode.FileType.File)
      .map(([name]) => name)
      .sort();
  } catch {
    // An unreadable folder holds no manifest that a fix could edit; the search goes on above it.
    return [];
  }
}
