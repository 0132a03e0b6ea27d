import { type AzureCliWords, azureCliLine, needsNoQuotes, shellName, shellOf } from '../../core/rbac/azure-cli.ts';
import { markdownCode } from './tree-node.ts';

/** The shell of terminals where this extension runs, on the far side of a remote window. */
const shell = shellOf(process.platform);

/** The command as a line to paste, and the shell that it is quoted for where that makes a difference. */
export function commandLine(words: AzureCliWords): { readonly line: string; readonly quotedFor?: string } | undefined {
  const line = azureCliLine(words, shell);
  if (line === undefined) return undefined;
  return { line, ...(needsNoQuotes(words) ? {} : { quotedFor: shellName(shell) }) };
}

/** Paragraph of a tooltip; none where no shell takes the command. */
export function commandMarkdown(words: AzureCliWords): string[] {
  const command = commandLine(words);
  if (!command) return [];
  const quoted = command.quotedFor === undefined ? '' : ` \\(quoted for ${command.quotedFor}\\)`;
  return [`${markdownCode(command.line)}${quoted}`];
}
