/** The shells that commands are written for; both are those that Azure's own documentation names. */
export type Shell = 'posix' | 'powershell';

/** A command of the Azure CLI, word by word and unquoted, `az` left out. Every option (`--name`) has one value behind it. */
export type AzureCliWords = readonly string[];

/** The shell that a terminal on this platform opens with, as `process.platform` names it. */
export function shellOf(platform: string): Shell {
  return platform === 'win32' ? 'powershell' : 'posix';
}

export function shellName(shell: Shell): string {
  return shell === 'powershell' ? 'PowerShell on Windows' : 'bash, zsh and other POSIX shells';
}

/**
 * The command as one line that the shell hands on word for word, whatever names from Azure it holds.
 * @returns `undefined` where a name holds a character that no quoting brings through that shell
 */
export function azureCliLine(words: AzureCliWords, shell: Shell): string | undefined {
  if (words.some(word => /\p{Cc}/u.test(word) || (shell === 'powershell' && /["%]/.test(word)))) return undefined;
  const line: string[] = ['az'];
  let option: string | undefined;
  for (const word of words) {
    if (option === undefined && word.startsWith('--')) {
      option = word;
      continue;
    }
    // The CLI would take a value that begins with a dash for an option of its own.
    if (option !== undefined && word.startsWith('-')) line.push(quotedFor(`${option}=${word}`, shell));
    else line.push(...(option === undefined ? [] : [option]), quotedFor(word, shell));
    option = undefined;
  }
  return line.join(' ');
}

/** True when the line is the same in every shell. */
export function needsNoQuotes(words: AzureCliWords): boolean {
  return words.every(word => plain.test(word));
}

const plain = /^[\w+=:./-]+$/;

function quotedFor(word: string, shell: Shell): string {
  if (plain.test(word)) return word;
  if (shell === 'posix') return `'${word.replaceAll("'", String.raw`'\''`)}'`;
  // There `az` is a batch file: the inner quotes keep parentheses and ampersands from the command processor. PowerShell
  // takes curly quotes for straight ones.
  return `'"${word.replace(/['\u2018-\u201b]/g, '$&$&')}"'`;
}
