import * as vscode from 'vscode';
import type { Finding } from '../core/engine/finding.ts';
import { isRefusal, onlyExplains, type Fix, type FixOffer } from '../core/rewrite/fix.ts';
import { explain, workspaceEdit, type FixParts } from './apply-fix.ts';
import { isScannable, sourceOf } from './documents.ts';
import { SOURCE } from './findings/diagnostic.ts';

/** The underscore keeps it out of the palette and of keyboard shortcuts: it only follows a fix. */
export const AFTER_FIX = '_keyless.afterFix';
const EXPLAIN = '_keyless.explain';

/** A lightbulb entry whose edit is computed when it is chosen, against the version it was offered for. */
class OfferedAction extends vscode.CodeAction {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly offer: FixOffer;
  readonly ruleId: string | undefined;

  constructor(document: vscode.TextDocument, ruleId: string | undefined, offer: FixOffer) {
    super(offer.title, ruleId === undefined ? vscode.CodeActionKind.RefactorRewrite : vscode.CodeActionKind.QuickFix);
    this.ruleId = ruleId;
    this.document = document;
    this.version = document.version;
    this.offer = offer;
    this.isPreferred = offer.isPreferred;
    // Said when chosen: the editor may compute an edit before that.
    if (onlyExplains(offer)) this.command = { command: EXPLAIN, title: offer.title, arguments: [offer, ruleId] };
  }
}

/** Quick fixes. In an untrusted workspace there are none: detection only. */
export function registerCodeActions({ diagnostics, nextSteps, engines }: FixParts): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    async provideCodeActions(document, range, context, token) {
      if (!isScannable(document) || !vscode.workspace.isTrusted) return [];
      const findings = diagnostics.findingsAt(document, range);
      // A cursor that only moves past must not cost a parse: a client without a finding is looked at when asked for.
      const asked = context.triggerKind === vscode.CodeActionTriggerKind.Invoke;
      if (findings.length === 0 && !asked) return [];
      const { fixes, tools } = await engines();
      const source = sourceOf(document);
      if (findings.length === 0) {
        const span = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
        const offers = await fixes.refactoringsAt(source, span, tools);
        return offers.map(offer => new OfferedAction(document, undefined, offer));
      }
      const actions: vscode.CodeAction[] = [];
      for (const finding of findings) {
        if (token.isCancellationRequested) return [];
        const related = context.diagnostics.filter(diagnostic => isAbout(diagnostic, finding));
        for (const offer of await fixes.fixesFor(source, finding, tools)) {
          const action = new OfferedAction(document, finding.ruleId, offer);
          action.diagnostics = related;
          actions.push(action);
        }
      }
      const all = new vscode.CodeAction('Fix all Keyless findings in this file', vscode.CodeActionKind.QuickFix);
      all.command = { command: 'keyless.fixAllInFile', title: all.title, arguments: [document.uri] };
      actions.push(all);
      return actions;
    },
    async resolveCodeAction(action) {
      if (!(action instanceof OfferedAction) || onlyExplains(action.offer)) return action;
      const result = await action.offer.build();
      if (isRefusal(result)) {
        void explain(result, action.ruleId, nextSteps);
        return action;
      }
      if (action.document.version !== action.version) {
        void vscode.window.showWarningMessage(
          'Keyless changed nothing: the file changed meanwhile. Choose the fix again.',
        );
        return action;
      }
      action.edit = await workspaceEdit(result);
      action.command = { command: AFTER_FIX, title: 'Next steps', arguments: [action.offer.title, result.followUps] };
      return action;
    },
  };
  return vscode.Disposable.from(
    vscode.languages.registerCodeActionsProvider({ pattern: '**' }, provider, {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, vscode.CodeActionKind.RefactorRewrite],
    }),
    vscode.commands.registerCommand(EXPLAIN, async (offer: FixOffer, ruleId: string | undefined) => {
      const result = await offer.build();
      if (isRefusal(result)) await explain(result, ruleId, nextSteps);
    }),
    vscode.commands.registerCommand(AFTER_FIX, (title: string, followUps: Fix['followUps']) => {
      void nextSteps.show(`Done: ${title}.`, followUps);
    }),
    vscode.commands.registerCommand('keyless.fixAllInFile', async (target?: vscode.Uri | FileRow) => {
      await fixAllInFile(uriOf(target), { diagnostics, nextSteps, engines });
    }),
  );
}

/** A row of a view that stands for a file. */
interface FileRow {
  readonly subject?: { readonly uri: string };
}

function uriOf(target: vscode.Uri | FileRow | undefined): vscode.Uri | undefined {
  if (target === undefined || target instanceof vscode.Uri) return target;
  return target.subject && vscode.Uri.parse(target.subject.uri, true);
}

async function fixAllInFile(uri: vscode.Uri | undefined, parts: FixParts): Promise<void> {
  const target = uri ?? vscode.window.activeTextEditor?.document.uri;
  if (!target) {
    void vscode.window.showInformationMessage('Open a file first: Keyless fixes the file in the active editor.');
    return;
  }
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showWarningMessage('Keyless edits files only in a trusted workspace.');
    return;
  }
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'Keyless: fixing this file', cancellable: true },
    async (_progress, token) => {
      const document = await vscode.workspace.openTextDocument(target);
      const { version } = document;
      const { fixes, tools } = await parts.engines();
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      const session = fixes.fixSession(tools);
      const result = await session.fixDocument(sourceOf(document), { signal: abort.signal }).catch((error: unknown) => {
        if (abort.signal.aborted) return undefined;
        throw error;
      });
      if (!result) return;
      if (document.version !== version) {
        void vscode.window.showWarningMessage('Keyless changed nothing: the file changed meanwhile. Run it again.');
        return;
      }
      const edit = await workspaceEdit({
        files: session
          .changes()
          .map(change => ({ uri: change.uri, edits: fixes.editsBetween(change.before, change.after) })),
        followUps: [],
      });
      if (edit.size > 0 && !(await vscode.workspace.applyEdit(edit))) {
        void vscode.window.showWarningMessage('VS Code did not apply the edit; nothing was changed. Run it again.');
        return;
      }
      const fixed = `${result.fixed.length} of ${result.fixed.length + result.unfixed.length} findings fixed.`;
      const reasons = [...new Set(result.unfixed.map(({ reason }) => reason))];
      if (reasons.length > 0) void vscode.window.showWarningMessage(`${fixed} ${reasons.join(' ')}`);
      // Not awaited: a message that nobody answers must not keep the progress open.
      void parts.nextSteps.show(fixed, result.followUps);
    },
  );
}

function isAbout(diagnostic: vscode.Diagnostic, finding: Finding): boolean {
  const { code } = diagnostic;
  return diagnostic.source === SOURCE && typeof code === 'object' && code.value === finding.ruleId;
}
