import * as vscode from 'vscode';
import { ruleById, rules } from '../core/engine/rules.ts';
import { rulePage } from '../core/report/rule-page.ts';

const SCHEME = 'keyless-rule';

/** The rule's page. VS Code runs no command from a diagnostic's code, so the link is the page itself. */
export function ruleUri(ruleId: string): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: `/${ruleId}.md` });
}

export function registerRulePages(): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: uri => {
        const rule = ruleById(uri.path.replace(/^\/|\.md$/g, ''));
        return rule ? rulePage(rule) : 'Keyless knows no rule of this name.';
      },
    }),
    vscode.commands.registerCommand('keyless.showRule', async (ruleId?: unknown) => {
      const id = typeof ruleId === 'string' ? ruleId : await pickRule();
      if (id) await showMarkdown(ruleUri(id));
    }),
  );
}

/** Rendered where VS Code's Markdown extension is there, as text where it is disabled. */
export async function showMarkdown(uri: vscode.Uri): Promise<void> {
  try {
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  } catch {
    await vscode.window.showTextDocument(uri, { preview: true });
  }
}

async function pickRule(): Promise<string | undefined> {
  const items = rules().map(rule => ({ label: rule.title, description: rule.id, detail: rule.leak }));
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Keyless rules',
    placeHolder: 'Choose a rule to read about',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.description;
}
