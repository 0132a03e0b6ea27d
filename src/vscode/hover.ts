import * as vscode from 'vscode';
import { describe, ruleById } from '../core/engine/rules.ts';
import { rangeOf, type Diagnostics } from './diagnostics.ts';
import { isScannable } from './documents.ts';
import { ruleUri } from './rule-pages.ts';

/** The explanation of a finding with links that a diagnostic's plain text cannot hold. */
export function registerHover(diagnostics: Diagnostics): vscode.Disposable {
  return vscode.languages.registerHoverProvider(
    { pattern: '**' },
    {
      provideHover(document, position) {
        if (!isScannable(document)) return undefined;
        const finding = diagnostics.findingsAt(document, new vscode.Range(position, position))[0];
        const rule = finding && ruleById(finding.ruleId);
        if (!finding || !rule) return undefined;
        const { message, leak, remedy } = describe(finding);
        const text = new vscode.MarkdownString(undefined, true);
        text.isTrusted = { enabledCommands: ['keyless.showRule'] };
        text.appendMarkdown(`$(key) **${rule.title}** — `).appendText(message);
        text.appendMarkdown('\n\n**Why it matters** ').appendText(leak);
        text.appendMarkdown('\n\n**What to do** ').appendText(remedy);
        text.appendMarkdown(
          `\n\n[About this rule](${ruleUri(rule.id).toString()}) · [Documentation](${rule.documentation})`,
        );
        return new vscode.Hover(text, rangeOf(document, finding));
      },
    },
  );
}
