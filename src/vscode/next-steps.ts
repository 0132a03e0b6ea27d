import * as vscode from 'vscode';
import { groupFollowUps } from '../core/rewrite/group-follow-ups.ts';
import type { FollowUp } from '../core/rewrite/fix.ts';
import { guidePage, type GuidedRefusal } from '../core/rewrite/guide.ts';
import { nextStepsPage, type LeftToDo } from '../core/report/next-steps-page.ts';
import { showMarkdown } from './rule-pages.ts';

const SCHEME = 'keyless-steps';

export type { LeftToDo };

export interface NextSteps {
  dispose(): void;
  /** Keeps what is left to do within reach of the commands. */
  keep(what: string, left: LeftToDo): void;
  /** Says what a fix did and what it left to do; the details open on request. Settles when the message is gone. */
  show(what: string, left: LeftToDo): Promise<void>;
  /** Opens the steps to do by hand. */
  guide(refusal: GuidedRefusal): Promise<void>;
}

/** The last page stays within reach: a message is gone before the steps are done. */
export function nextSteps(): NextSteps {
  let page = '';
  let steps: readonly FollowUp[] = [];
  const uri = vscode.Uri.from({ scheme: SCHEME, path: '/Next steps.md' });
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const open = async (): Promise<void> => {
    if (page === '') void vscode.window.showInformationMessage('No fix has left steps so far in this window.');
    else await showMarkdown(uri);
  };
  const put = (text: string, followUps: readonly FollowUp[]): void => {
    page = text;
    steps = followUps;
    changed.fire(uri);
  };
  const keep = (what: string, left: LeftToDo): void => {
    if (isAnyLeft(left)) put(nextStepsPage(what, left), left.followUps ?? []);
  };
  const registrations = vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: changed.event,
      provideTextDocumentContent: () => page,
    }),
    vscode.commands.registerCommand('keyless.showNextSteps', open),
    vscode.commands.registerCommand('keyless.copyNextStep', () => copyStep(steps)),
  );
  return {
    keep,
    async show(what, left) {
      keep(what, left);
      const { followUps = [], leftOut = [] } = left;
      const remaining = [
        ...(followUps.length === 0
          ? []
          : [count(followUps.length, 'step remains', 'steps remain') + ' outside the code.']),
        ...(leftOut.length === 0
          ? []
          : [count(leftOut.length, 'group of changes was', 'groups of changes were') + ' left out.']),
      ];
      const [details, copy] = ['Show Next Steps', 'Copy a Step…'];
      const canCopy = followUps.some(({ copyable, forms }) => copyable !== undefined || forms !== undefined);
      const choice = await vscode.window.showInformationMessage(
        [what, ...remaining].join(' '),
        ...(isAnyLeft(left) ? [details] : []),
        ...(canCopy ? [copy] : []),
      );
      if (choice === details) await open();
      else if (choice === copy) await copyStep(steps);
    },
    async guide(refusal) {
      put(
        guidePage(refusal),
        groupFollowUps(refusal.guide.followUps.map(followUp => ({ followUp, file: 'the file' }))),
      );
      await showMarkdown(uri);
    },
    dispose() {
      registrations.dispose();
    },
  };
}

function isAnyLeft({ followUps = [], unfixed = [], leftOut = [] }: LeftToDo): boolean {
  return followUps.length + unfixed.length + leftOut.length > 0;
}

function count(number: number, one: string, many: string): string {
  return number === 1 ? `One ${one}` : `${number} ${many}`;
}

interface CopyItem extends vscode.QuickPickItem {
  readonly text?: string;
}

/** One step's command, settings or template to the clipboard; the list stays open for the next. */
async function copyStep(steps: readonly FollowUp[]): Promise<void> {
  const items = steps.flatMap(({ message, copyable, forms = [] }): CopyItem[] => {
    const texts = [
      ...(copyable === undefined ? [] : [{ label: kindOf(copyable), text: copyable }]),
      ...forms.map(({ title, text }) => ({ label: title, text })),
    ];
    if (texts.length === 0) return [];
    return [
      { label: message, kind: vscode.QuickPickItemKind.Separator },
      ...texts.map(({ label, text }) => ({
        label: `$(copy) ${label}`,
        description: text.split('\n', 1)[0] ?? '',
        detail: message,
        text,
      })),
    ];
  });
  if (items.length === 0) {
    void vscode.window.showInformationMessage('There is nothing to copy: no fix has left a command so far.');
    return;
  }
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Copy a Next Step',
    placeHolder: 'What is not known stands between < and >: fill it in before you run it',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked?.text === undefined) return;
  await vscode.env.clipboard.writeText(picked.text);
  vscode.window.setStatusBarMessage('$(check) Copied', 3000);
}

function kindOf(text: string): string {
  if (/^az /u.test(text)) return 'Azure CLI';
  if (/^(?:CREATE|SELECT|SET|ALTER) /u.test(text)) return 'SQL';
  return /^[\w.-]+=/u.test(text) ? 'Setting' : 'Command';
}
