import * as vscode from 'vscode';
import type { Finding } from '../core/engine/finding.ts';
import { isRefusal, onlyExplains, type Fix, type FixOffer } from '../core/rewrite/fix.ts';
import type { ProposedFile } from '../core/engine/made-changes.ts';
import { explain, mendLeftOut, proposedFiles, tellDone, workspaceEdit, type FixParts } from './apply-fix.ts';
import { readOnlyAmong } from './change-set.ts';
import { isScannable, sourceOf } from './documents.ts';
import { SOURCE } from './findings/diagnostic.ts';

/** The underscore keeps it out of the palette and of keyboard shortcuts: it only follows a fix. */
export const AFTER_FIX = '_keyless.afterFix';
const EXPLAIN = '_keyless.explain';

/** What the command after a fix is told. */
interface DoneFix {
  readonly title: string;
  readonly uri: vscode.Uri;
  readonly fix: Fix;
  /** As they were before. */
  readonly files: readonly ProposedFile[];
}

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
      const locked = await readOnlyAmong(result.files.map(({ uri }) => uri));
      if (locked !== undefined) {
        void vscode.window.showWarningMessage(`Keyless changed nothing: ${locked} is read-only.`);
        return action;
      }
      action.edit = await workspaceEdit(result);
      const done: DoneFix = {
        title: action.offer.title,
        uri: action.document.uri,
        fix: result,
        files: await proposedFiles(result),
      };
      action.command = { command: AFTER_FIX, title: 'Next steps', arguments: [done] };
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
    vscode.commands.registerCommand(AFTER_FIX, async ({ title, uri, fix, files }: DoneFix) => {
      if ((await mendLeftOut(title, files)) !== 'back') void tellDone(title, uri, fix, nextSteps);
    }),
  );
}

function isAbout(diagnostic: vscode.Diagnostic, finding: Finding): boolean {
  const { code } = diagnostic;
  return diagnostic.source === SOURCE && typeof code === 'object' && code.value === finding.ruleId;
}
