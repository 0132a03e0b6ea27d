import * as vscode from 'vscode';
import type { Finding } from '../core/engine/finding.ts';
import type * as FixEngine from '../core/engine/fixes.ts';
import type { RewriteTools } from '../core/rewrite/client-rewrites.ts';
import { isRefusal, type Fix, type Refusal } from '../core/rewrite/fix.ts';
import type { Diagnostics } from './diagnostics.ts';
import { sourceOf } from './documents.ts';
import type { NextSteps } from './next-steps.ts';

export interface FixParts {
  readonly diagnostics: Diagnostics;
  readonly nextSteps: NextSteps;
  /** Every file in which something is known to be found. */
  readonly filesWithFindings: () => readonly vscode.Uri[];
  /** Engines that are costly to load; nothing of them is there before the first lightbulb. */
  readonly engines: () => Promise<{ fixes: typeof FixEngine; tools: RewriteTools }>;
}

/**
 * Makes the edit that a finding's preferred fix, or its suppression, offers, and shows the file it changed. What stands
 * in the way is said in a message.
 * @param find picks the finding among those of the document's present text
 */
export async function applyToFinding(
  { diagnostics, nextSteps, engines }: FixParts,
  uri: vscode.Uri,
  find: (findings: readonly Finding[], document: vscode.TextDocument) => Finding | undefined,
  action: 'fix' | 'suppress',
): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showWarningMessage('Keyless edits files only in a trusted workspace.');
    return;
  }
  const document = await vscode.workspace.openTextDocument(uri);
  const finding = find(await diagnostics.settled(document), document);
  if (finding === undefined) {
    void vscode.window.showInformationMessage('Keyless changed nothing: this finding is no longer there.');
    return;
  }
  const { version } = document;
  const { fixes, tools } = await engines();
  const offers = await fixes.fixesFor(sourceOf(document), finding, tools);
  const offer =
    action === 'suppress'
      ? offers.find(({ id }) => id === 'suppress')
      : (offers.find(({ isPreferred }) => isPreferred) ?? offers.find(({ id }) => id !== 'suppress'));
  if (offer === undefined) {
    const reason = 'No comment can stand at this place that would silence the finding.';
    void explainRefusal(reason, finding.ruleId);
    return;
  }
  const result = await offer.build();
  if (isRefusal(result)) {
    await explain(result, finding.ruleId, nextSteps);
    return;
  }
  const edit = await workspaceEdit(result);
  if (document.version !== version || !(await vscode.workspace.applyEdit(edit))) {
    void vscode.window.showWarningMessage('Keyless changed nothing: the file changed meanwhile. Try again.');
    return;
  }
  await vscode.window.showTextDocument(document, { preserveFocus: true });
  void nextSteps.show(`Done: ${offer.title}.`, result.followUps);
}

/** Says why nothing was changed; what is known step by step opens as a page. */
export async function explain(result: Refusal, ruleId: string | undefined, nextSteps: NextSteps): Promise<void> {
  const { refusal, guide } = result;
  if (guide === undefined) void explainRefusal(refusal, ruleId);
  else await nextSteps.guide({ refusal, guide });
}

async function explainRefusal(reason: string, ruleId: string | undefined): Promise<void> {
  const more = ruleId === undefined ? [] : ['About This Rule'];
  const choice = await vscode.window.showInformationMessage(`Keyless changed nothing. ${reason}`, ...more);
  if (choice !== undefined) await vscode.commands.executeCommand('keyless.showRule', ruleId);
}

/**
 * One edit over all files of a fix, so that one undo takes all of it back. What cannot be told for certain is shown for
 * confirmation first.
 */
export async function workspaceEdit(fix: Fix): Promise<vscode.WorkspaceEdit> {
  const edit = new vscode.WorkspaceEdit();
  for (const file of fix.files) {
    const uri = vscode.Uri.parse(file.uri, true);
    if (file.create === true) {
      edit.createFile(uri, { ignoreIfExists: true });
      for (const { newText } of file.edits) edit.insert(uri, new vscode.Position(0, 0), newText);
      continue;
    }
    const document = await vscode.workspace.openTextDocument(uri);
    const metadata = file.unsure === undefined ? undefined : confirmation(file.unsure);
    for (const { span, newText } of file.edits) {
      const range = new vscode.Range(document.positionAt(span.start), document.positionAt(span.end));
      edit.replace(uri, range, newText, metadata);
    }
  }
  return edit;
}

function confirmation(unsure: string): vscode.WorkspaceEditEntryMetadata {
  return { needsConfirmation: true, label: 'Keyless', description: unsure };
}
