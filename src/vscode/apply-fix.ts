import * as vscode from 'vscode';
import type { Finding } from '../core/engine/finding.ts';
import type { fixSession } from '../core/engine/fix-session.ts';
import type * as FixEngine from '../core/engine/fixes.ts';
import { withLineEnds, type ProposedFile } from '../core/engine/made-changes.ts';
import type { RewriteTools } from '../core/rewrite/client-rewrites.ts';
import { isRefusal, type Fix, type Refusal } from '../core/rewrite/fix.ts';
import { groupFollowUps } from '../core/rewrite/group-follow-ups.ts';
import { lineEnds, lookAgain, mend, nameOf, readOnlyAmong } from './change-set.ts';
import type { Diagnostics } from './diagnostics.ts';
import { sourceOf } from './documents.ts';
import type { NextSteps } from './next-steps.ts';

export interface FixParts {
  readonly diagnostics: Diagnostics;
  readonly nextSteps: NextSteps;
  /** Every file in which something is known to be found. */
  readonly filesWithFindings: () => readonly vscode.Uri[];
  /** Engines that are costly to load; nothing of them is there before the first lightbulb. */
  readonly engines: () => Promise<{ fixes: typeof FixEngine; fixSession: typeof fixSession; tools: RewriteTools }>;
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
  const locked = await readOnlyAmong(result.files.map(file => file.uri));
  if (locked !== undefined) {
    void vscode.window.showWarningMessage(`Keyless changed nothing: ${locked} is read-only.`);
    return;
  }
  const edit = await workspaceEdit(result);
  // As a refactoring, so that files which nobody has open do not stay changed and unstored.
  if (document.version !== version || !(await vscode.workspace.applyEdit(edit, { isRefactoring: true }))) {
    void vscode.window.showWarningMessage('Keyless changed nothing: the file changed meanwhile. Try again.');
    return;
  }
  await vscode.window.showTextDocument(document, { preserveFocus: true });
  void tellDone(offer.title, uri, result, nextSteps);
}

/** Says which files a fix changed and what is left to do. */
export async function tellDone(title: string, uri: vscode.Uri, fix: Fix, nextSteps: NextSteps): Promise<void> {
  const names = fix.files.map(file => nameOf(file.uri));
  const changed = names.length > 1 ? ` Changed together: ${names.join(', ')}.` : '';
  const followUps = groupFollowUps(fix.followUps.map(followUp => ({ followUp, file: nameOf(uri.toString()) })));
  await nextSteps.show(`Done: ${title}.${changed}`, { followUps });
}

/** The files of a fix with its edits as one group, for a look at what became of them. */
export async function proposedFiles(fix: Fix): Promise<readonly ProposedFile[]> {
  const group = { fixes: [], files: fix.files.map(({ uri }) => uri), needs: [] };
  const proposed: ProposedFile[] = [];
  for (const { uri, edits, create } of fix.files) {
    if (create === true) continue;
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
    const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
    const own = sorted.map(edit => ({ ...withLineEnds(edit, lineEnds(document)), group }));
    proposed.push({ uri, before: document.getText(), edits: own });
  }
  return proposed;
}

/** A preview, which a person may ask of VS Code for any fix, lets them leave out a part. */
export async function mendLeftOut(
  title: string,
  files: readonly ProposedFile[],
): Promise<'whole' | 'back' | undefined> {
  return mend(await lookAgain(files), () => title);
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
 * One edit over all files of a fix, so that one undo takes all of it back. None of them waits for a tick of its own: the
 * fix was chosen as a whole, and half of it would leave code that reads a setting which is not there.
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
    for (const { span, newText } of file.edits) {
      const range = new vscode.Range(document.positionAt(span.start), document.positionAt(span.end));
      edit.replace(uri, range, newText);
    }
  }
  return edit;
}
