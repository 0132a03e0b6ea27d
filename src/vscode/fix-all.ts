import * as vscode from 'vscode';
import type { FileChange } from '../core/engine/fixes.ts';
import type { FollowUp } from '../core/rewrite/fix.ts';
import { workspaceEdit, type FixParts } from './apply-fix.ts';
import { isScannable, sourceOf } from './documents.ts';

/** A row of a view that stands for a file. */
interface FileRow {
  readonly subject?: { readonly uri: string };
}

export function registerFixAll(parts: FixParts): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('keyless.fixAllInFile', async (target?: vscode.Uri | FileRow) => {
      const uri = uriOf(target) ?? vscode.window.activeTextEditor?.document.uri;
      if (uri) await fixAll([uri], false, parts);
      else void vscode.window.showInformationMessage('Open a file first: Keyless fixes the file in the active editor.');
    }),
    vscode.commands.registerCommand('keyless.fixAllInWorkspace', async () => {
      const uris = parts.filesWithFindings();
      if (uris.length > 0) await fixAll(uris, true, parts);
      else void vscode.window.showInformationMessage('Nothing to fix: no finding is known. Scan the workspace first.');
    }),
  );
}

function uriOf(target: vscode.Uri | FileRow | undefined): vscode.Uri | undefined {
  if (target === undefined || target instanceof vscode.Uri) return target;
  return target.subject && vscode.Uri.parse(target.subject.uri, true);
}

/** @param preview shows every change in the refactor preview first, where each can be left out */
async function fixAll(uris: readonly vscode.Uri[], preview: boolean, parts: FixParts): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showWarningMessage('Keyless edits files only in a trusted workspace.');
    return;
  }
  const title = uris.length === 1 ? 'Keyless: fixing this file' : `Keyless: fixing ${uris.length} files`;
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      const { fixes, tools } = await parts.engines();
      const session = fixes.fixSession(tools);
      const reasons = new Set<string>();
      const followUps = new Map<string, FollowUp>();
      let fixed = 0;
      let left = 0;
      for (const uri of uris) {
        if (uris.length > 1) {
          const message = vscode.workspace.asRelativePath(uri);
          progress.report({ message, increment: 100 / uris.length });
        }
        const document = await opened(uri);
        if (document === undefined || !isScannable(document)) continue;
        const result = await session
          .fixDocument(sourceOf(document), { signal: abort.signal })
          .catch((error: unknown) => {
            if (abort.signal.aborted) return undefined;
            throw error;
          });
        if (!result) return;
        fixed += result.fixed.length;
        left += result.unfixed.length;
        for (const { reason } of result.unfixed) reasons.add(reason);
        for (const followUp of result.followUps) followUps.set(followUp.kind + followUp.message, followUp);
      }
      const changes = session.changes().map(change => (preview ? markShared(change) : change));
      // Another extension, a person or a file watcher may have been faster: an edit for another text is never made.
      for (const { uri, before } of changes) {
        const now = await opened(vscode.Uri.parse(uri, true));
        if (now?.getText() === before) continue;
        void vscode.window.showWarningMessage('Keyless changed nothing: a file changed meanwhile. Run it again.');
        return;
      }
      // VS Code previews an edit only where a part of it is unsure; one that is certain throughout is asked about here.
      if (preview && changes.length > 0 && !changes.some(({ unsure }) => unsure !== undefined)) {
        if (!(await confirmed(changes.map(({ uri }) => vscode.workspace.asRelativePath(vscode.Uri.parse(uri, true))))))
          return;
      }
      const edit = await workspaceEdit({
        files: changes.map(({ uri, before, after, unsure }) => ({
          uri,
          edits: fixes.editsBetween(before, after),
          ...(unsure === undefined ? {} : { unsure }),
        })),
        followUps: [],
      });
      if (edit.size > 0 && !(await vscode.workspace.applyEdit(edit, { isRefactoring: preview }))) {
        // Discarding the preview says the same.
        if (!preview) {
          void vscode.window.showWarningMessage('VS Code did not apply the edit; nothing was changed. Run it again.');
        }
        return;
      }
      const summary = preview ? await whatChanged(changes) : `${fixed} of ${fixed + left} findings fixed.`;
      if (reasons.size > 0) void vscode.window.showWarningMessage(`${summary} ${[...reasons].slice(0, 5).join(' ')}`);
      // Not awaited: a message that nobody answers must not keep the progress open.
      void parts.nextSteps.show(summary, [...followUps.values()]);
    },
  );
}

/** Settings and templates may serve more than the code at hand: in a preview they wait for a tick of their own. */
function markShared(change: FileChange): FileChange {
  if (change.unsure !== undefined || !sharedFile.test(change.uri)) return change;
  return { ...change, unsure: 'Other programs may use these settings' };
}

const sharedFile =
  /\/(?:\.env[^/]*|[^/]*settings[^/]*\.json|application[^/]*\.(?:properties|ya?ml)|[^/]*\.(?:config|bicep|tf|tfvars)|[^/]*compose[^/]*\.ya?ml)$/i;

/** What the user ticked in the preview is known only from the files. */
async function whatChanged(changes: readonly FileChange[]): Promise<string> {
  let changed = 0;
  for (const { uri, before } of changes) {
    if ((await opened(vscode.Uri.parse(uri, true)))?.getText() !== before) changed++;
  }
  return `${changed} of ${changes.length} files changed.`;
}

async function confirmed(files: readonly string[]): Promise<boolean> {
  const shown = files.slice(0, 20);
  const more = files.length > shown.length ? [`and ${files.length - shown.length} more`] : [];
  const yes = 'Change Files';
  const question = `Change ${files.length === 1 ? 'this file' : `these ${files.length} files`}?`;
  const detail = [...shown, ...more].join('\n');
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) === yes;
}

/** `undefined` for a file that is gone or cannot be read as text. */
async function opened(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}
