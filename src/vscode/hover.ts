import * as vscode from 'vscode';
import { ruleById } from '../core/engine/rules.ts';
import { keylessWay } from '../core/report/rule-page.ts';
import { rangeOf, type Diagnostics } from './diagnostics.ts';
import { isScannable } from './documents.ts';

/** Goes on where the diagnostic's message ends, which VS Code shows above: the keyless way and where to read on. */
export function registerHover(diagnostics: Diagnostics): vscode.Disposable {
  return vscode.languages.registerHoverProvider(
    { pattern: '**' },
    {
      provideHover(document, position) {
        if (!isScannable(document)) return undefined;
        const finding = diagnostics.findingsAt(document, new vscode.Range(position, position))[0];
        const rule = finding && ruleById(finding.ruleId);
        if (!finding || !rule) return undefined;
        const text = new vscode.MarkdownString(undefined, true);
        text.isTrusted = { enabledCommands: ['keyless.showRule'] };
        const page = `command:keyless.showRule?${encodeURIComponent(JSON.stringify([rule.id]))}`;
        const more = `[Why it matters and what to do](${page} "Open the rule's page")`;
        text.appendMarkdown(`$(key) **${rule.title}**\n\n`);
        for (const line of keylessWay(rule)) text.appendMarkdown(`${line}\n\n`);
        text.appendMarkdown(`${more} · [Documentation](${rule.documentation})`);
        return new vscode.Hover(text, rangeOf(document, finding));
      },
    },
  );
}
