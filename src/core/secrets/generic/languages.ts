/** Files that are small and write values without quotes are looked at in any case. */
const withoutQuotes: ReadonlySet<string> = new Set([
  'yaml',
  'dockercompose',
  'github-actions-workflow',
  'azure-pipelines',
  'dotenv',
  'properties',
  'java-properties',
  'ini',
  'toml',
  'shellscript',
  'bat',
  'dockerfile',
  'makefile',
  'plaintext',
]);

/** Languages in which a setting is a line without quotes around its value. */
export function hasPlainSettings(languageId: string): boolean {
  return withoutQuotes.has(languageId);
}

const otherText: ReadonlySet<string> = new Set(['json', 'jsonc', 'sql', 'html', 'xml', 'css', 'vue', 'svelte']);

/** Languages in which a word that is no literal is text, and not an expression. */
export function isText(languageId: string): boolean {
  return hasPlainSettings(languageId) || isDocumentationLanguage(languageId) || otherText.has(languageId);
}

/** Text for people: a setting in it is most often an example. */
export function isDocumentationLanguage(languageId: string): boolean {
  return /^(?:markdown|mdx|restructuredtext|asciidoc)$/u.test(languageId);
}
