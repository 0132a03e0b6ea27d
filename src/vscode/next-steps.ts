import * as vscode from 'vscode';
import type { FollowUp } from '../core/rewrite/fix.ts';
import { guidePage, type GuidedRefusal } from '../core/rewrite/guide.ts';
import { showMarkdown } from './rule-pages.ts';

const SCHEME = 'keyless-steps';

export interface NextSteps {
  dispose(): void;
  /** Says what a fix left to do outside the files it edited; the details open on request. */
  show(what: string, followUps: readonly FollowUp[]): Promise<void>;
  /** Opens the steps to do by hand. */
  guide(refusal: GuidedRefusal): Promise<void>;
}

export function nextSteps(): NextSteps {
  let page = '';
  const uri = vscode.Uri.from({ scheme: SCHEME, path: '/Next steps.md' });
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: changed.event,
    provideTextDocumentContent: () => page,
  });
  return {
    async show(what, followUps) {
      if (followUps.length === 0) return;
      page = nextStepsPage(what, followUps);
      changed.fire(uri);
      const steps = followUps.length === 1 ? 'One step remains' : `${followUps.length} steps remain`;
      const choice = await vscode.window.showInformationMessage(
        `${what} ${steps} outside the code.`,
        'Show Next Steps',
      );
      if (choice) await showMarkdown(uri);
    },
    async guide(refusal) {
      page = guidePage(refusal);
      changed.fire(uri);
      await showMarkdown(uri);
    },
    dispose() {
      registration.dispose();
      changed.dispose();
    },
  };
}

export function nextStepsPage(what: string, followUps: readonly FollowUp[]): string {
  const steps = followUps.map((step, index) => {
    const text = `${index + 1}. ${step.message}`;
    const blocks = [
      ...(step.copyable === undefined ? [] : [fenced('sh', step.copyable)]),
      ...(step.forms ?? []).map(form => `   ${form.title}:\n\n${fenced(form.languageId, form.text)}`),
    ];
    return [text, ...blocks].join('\n\n');
  });
  return ['# Next steps', '', what, '', steps.join('\n\n'), ''].join('\n');
}

/** Indented as what belongs to an item of a numbered list. */
function fenced(language: string, text: string): string {
  return `   \`\`\`${language}\n   ${text.replaceAll('\n', '\n   ')}\n   \`\`\``;
}
