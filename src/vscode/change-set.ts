import * as vscode from 'vscode';
import type { ChangeGroup } from '../core/engine/change-groups.ts';
import { madeChanges, withLineEnds, type MadeChanges, type ProposedFile } from '../core/engine/made-changes.ts';
import { changeBetween } from '../core/text/text-edit.ts';

/** How the refactor preview names a group of changes, and whether it waits there for a tick. */
export type GroupMetadata = (group: ChangeGroup) => vscode.WorkspaceEditEntryMetadata;

export interface AppliedChanges extends MadeChanges {
  readonly textOf: (uri: string) => string;
  /** Files that VS Code could not store: they are changed in the editor alone. */
  readonly unsaved: readonly string[];
}

/** `undefined` for a file that is gone or cannot be read as text. */
export async function opened(uri: vscode.Uri | string): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(typeof uri === 'string' ? vscode.Uri.parse(uri, true) : uri);
  } catch {
    return undefined;
  }
}

/** The first file that cannot be written: a fix that changes it would be half done once stored. */
export async function readOnlyAmong(uris: readonly string[]): Promise<string | undefined> {
  for (const text of uris) {
    const uri = vscode.Uri.parse(text, true);
    if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) return nameOf(text);
    try {
      const { permissions = 0 } = await vscode.workspace.fs.stat(uri);
      if ((permissions & vscode.FilePermission.Readonly) !== 0) return nameOf(text);
    } catch {
      // Not stored yet, or a cell of a notebook.
    }
  }
  return undefined;
}

/** As people call a file: relative to the workspace, with the folder's name where there are several. */
export function nameOf(uri: string): string {
  return vscode.workspace.asRelativePath(vscode.Uri.parse(uri, true));
}

/**
 * Applies edits of many files as one, so that one undo takes all of it back, and tells what was made of them: a preview
 * lets a person leave out any. `undefined` where nothing was.
 * @param metadataOf what the preview shows; without it there is none
 */
export async function applyChanges(
  proposed: readonly ProposedFile[],
  metadataOf?: GroupMetadata,
): Promise<AppliedChanges | undefined> {
  const edit = new vscode.WorkspaceEdit();
  const files: ProposedFile[] = [];
  for (const { uri, before, edits } of proposed) {
    const document = await opened(uri);
    if (document === undefined) return undefined;
    const own = edits.map(one => withLineEnds(one, lineEnds(document)));
    files.push({ uri, before, edits: own });
    for (const { span, newText, group } of own) {
      const range = new vscode.Range(document.positionAt(span.start), document.positionAt(span.end));
      edit.replace(document.uri, range, newText, metadataOf?.(group));
    }
  }
  const changed = firstChanges();
  try {
    if (!(await vscode.workspace.applyEdit(edit, { isRefactoring: true }))) return undefined;
    const texts = new Map<string, string>();
    for (const { uri, before } of files)
      texts.set(uri, changed.texts.get(uri) ?? (await opened(uri))?.getText() ?? before);
    const textOf = (uri: string): string => texts.get(uri) ?? '';
    const made = madeChanges(files, textOf);
    return { ...made, textOf, unsaved: await notSaved(made.changed) };
  } finally {
    changed.dispose();
  }
}

/**
 * Where a person left out a part of what belongs together, says so and offers to change the rest or to take it back.
 * Returns what was done.
 */
export async function mend(
  made: MadeChanges & Pick<AppliedChanges, 'textOf'>,
  titleOf: (group: ChangeGroup) => string,
): Promise<'whole' | 'back' | undefined> {
  const [first, ...others] = made.partly;
  if (first === undefined) return undefined;
  const missing = [...new Set(made.partly.flatMap(one => one.missing))].map(nameOf);
  const what = others.length === 0 ? `"${titleOf(first.group)}"` : `${made.partly.length} groups of changes`;
  const [rest, back] = ['Change the Rest', 'Take It Back'];
  const choice = await vscode.window.showWarningMessage(
    `Only a part of ${what} was made, and one part does not work without the other. Left out: ${missing.slice(0, 5).join(', ')}${missing.length > 5 ? ' and more' : ''}.`,
    rest,
    back,
  );
  if (choice === undefined) return undefined;
  if (await setTexts(choice === rest ? made.whole : made.back, made.textOf)) return choice === rest ? 'whole' : 'back';
  void vscode.window.showWarningMessage('Keyless changed nothing more: a file changed meanwhile. Undo takes all back.');
  return undefined;
}

/** What became of an edit that VS Code applied on its own. */
export async function lookAgain(files: readonly ProposedFile[]): Promise<MadeChanges & Pick<AppliedChanges, 'textOf'>> {
  const texts = new Map<string, string>();
  for (const { uri, before } of files) texts.set(uri, (await opened(uri))?.getText() ?? before);
  const textOf = (uri: string): string => texts.get(uri) ?? '';
  return { ...madeChanges(files, textOf), textOf };
}

/** Brings files to other texts; nothing happens to any of them where one is no longer as expected. */
async function setTexts(wanted: ReadonlyMap<string, string>, expected: (uri: string) => string): Promise<boolean> {
  const edit = new vscode.WorkspaceEdit();
  for (const [uri, text] of wanted) {
    const document = await opened(uri);
    if (document?.getText() !== expected(uri)) return false;
    const { span, newText } = changeBetween(document.getText(), text);
    edit.replace(
      document.uri,
      new vscode.Range(document.positionAt(span.start), document.positionAt(span.end)),
      newText,
    );
  }
  return vscode.workspace.applyEdit(edit, { isRefactoring: true });
}

export function lineEnds({ eol }: vscode.TextDocument): '\n' | '\r\n' {
  return eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
}

/** The text of each file right after its first change: what saving does to it, such as formatting, comes later. */
function firstChanges(): { readonly texts: ReadonlyMap<string, string>; dispose(): void } {
  const texts = new Map<string, string>();
  const listening = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    const uri = document.uri.toString();
    if (contentChanges.length > 0 && !texts.has(uri)) texts.set(uri, document.getText());
  });
  return {
    texts,
    dispose: () => {
      listening.dispose();
    },
  };
}

/** VS Code stores what a refactoring changes, unless its settings say otherwise; what it could not store it tells nobody. */
async function notSaved(uris: readonly string[]): Promise<readonly string[]> {
  if (uris.length < 2) return [];
  if (vscode.workspace.getConfiguration('files.refactoring').get('autoSave') === false) return [];
  const left: string[] = [];
  for (const uri of uris) if ((await opened(uri))?.isDirty === true) left.push(uri);
  return left;
}
