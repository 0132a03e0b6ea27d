import { isMarkupLanguage } from '../decoded-text.ts';

/**
 * Quick looks at raw text. The names that generic rules look for are everywhere in code; a literal behind them is not,
 * and only then are escapes undone and the exact expressions tried.
 */

const before = String.raw`\w{0,24}["'\]\\]{0,3}(?:\??:? {0,2}(?:&?str|[sS]tring) {0,2}| As String)?\s{0,8}(?:[|?]{2}=|=>|:=|[=:,(]|\?\?|\|\|)\s{0,8}[@$frb]{0,2}["'\x60\\]["']?`;

const passwordLiteral = new RegExp(`(?:[pP]ass|PASS|[pP]wd|PWD)${before}[^"'\`\\s\\\\]{3}`, 'u');
const passwordField = /(?:[pP]assword|PASSWORD|[pP]wd|PWD)\s{0,4}=\s{0,4}[^\s;"'=(][^\s;]{2}/u;
const userInUrl = /:\/\/[^\s:/?#@"'`<>()[\]{},;\\]{0,64}:[^\s/?#@"'`<>\\;]{3,256}@/u;
const passwordCall = /SecureString|LoadPkcs12|X509Certificate|NetworkCredential|UsernamePasswordCredential/iu;

const keyLiteral = new RegExp(`(?:ecret|ECRET|oken|OKEN|redential|REDENTIAL|[kK]ey|KEY)${before}[^"'\`\\s]{12}`, 'u');
const twoKeys = /NamedKeyCredential/u;

/** `{ "name": "API_KEY", "value": "…" }` */
const namedValue = /["'],\s{1,40}["']value["']\s{0,4}:/u;

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

export function mayHoldPassword(text: string, languageId: string): boolean {
  return (
    hasPlainSettings(languageId) ||
    isMarkupLanguage(languageId) ||
    [passwordLiteral, passwordField, userInUrl, passwordCall, namedValue].some(expression => expression.test(text))
  );
}

export function mayHoldKey(text: string, languageId: string): boolean {
  return (
    hasPlainSettings(languageId) ||
    isMarkupLanguage(languageId) ||
    [keyLiteral, twoKeys, namedValue].some(expression => expression.test(text))
  );
}
