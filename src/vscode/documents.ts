import * as vscode from 'vscode';
import type { SourceDocument } from '../core/engine/finding.ts';
import type { WorkspaceView } from '../core/rewrite/fix.ts';

/** Of the languages that are rewritten. */
const codeExtensions = ['ts', 'mts', 'cts', 'tsx', 'js', 'mjs', 'cjs', 'jsx', 'py', 'cs', 'java', 'go'];

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
  async mentioning(fromUri, name) {
    const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(fromUri, true));
    if (!folder) return [];
    const code = new vscode.RelativePattern(folder, `**/*.{${codeExtensions.join(',')}}`);
    const files = await vscode.workspace.findFiles(code, '**/{node_modules,dist,out,bin,obj,target,.venv,venv}/**');
    const open = new Map(vscode.workspace.textDocuments.map(document => [document.uri.toString(), document]));
    const found: SourceDocument[] = [];
    for (const uri of files) {
      const known = open.get(uri.toString());
      // A file is opened, which costs a model in the editor, only when its bytes hold the name.
      if (known === undefined && !(await holds(uri, name))) continue;
      const source = sourceOf(known ?? (await vscode.workspace.openTextDocument(uri)));
      if (source.text.includes(name)) found.push(source);
    }
    return found;
  },
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

async function holds(uri: vscode.Uri, name: string): Promise<boolean> {
  try {
    return Buffer.from(await vscode.workspace.fs.readFile(uri)).includes(name);
  } catch {
    // What cannot be read is not rewritten either.
    return false;
  }
}

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
