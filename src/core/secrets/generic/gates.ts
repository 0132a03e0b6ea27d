import type { Gate } from '../../services/service.ts';
import { isMarkupLanguage } from '../decoded-text.ts';
import { hasPlainSettings } from './languages.ts';
import type { SecretKind } from './names.ts';

/**
 * Quick looks at raw text. The names that generic rules look for are everywhere in code; a value behind them is not,
 * and only then are escapes undone and the exact expressions tried. What a gate lets pass is still judged; what it
 * stops no expression of the rule would report.
 */

/** A literal of at least so many characters behind the name. */
const literal = (least: number): string =>
  String.raw`\w{0,24}["'\]\\]{0,3}(?:\??:? {0,2}(?:&?str|any|[sS]tring|[sS]ecureString)\?? {0,2}| [aA]s [sS]tring)?\s{0,8}(?:[|?]{2}=|=>|:=|[:=,(]|\?\?|\|\|)\s{0,8}[@$frbuUlLN]{0,2}["'\x60\\]["']?[^"'\x60\s\\]{${least}}`;
/** A declaration or a list in which the value comes on its own. */
const pair = String.raw`\w{0,24}["'\\]{0,3} {0,2}[,:;]?\s{0,4}\{?\s{0,40}["'\\]{0,2}(?:[vV]alue|type|default|description|sensitive|nullable)\b`;
/** A value with a digit in running text. */
const spoken = String.raw`[\w.-]{0,24}(?![\w.-])[ \t"'\x60*_\]\\]{0,6}(?:[:=|]{1,2}|is |to |was )?[ \t\x60*"']{0,20}(?=[^\s"'\x60<>|,;]{0,60}\d)[^\s"'\x60<>|,;]{8}`;
/** `${NAME:-…}`, seen from the word in the name. */
const inVariable = (word: string): string => String.raw`(?<=\$\{[\w.-]{0,60})(?:${word})[\w.]{0,24}[:=-]`;

const words: Readonly<Record<SecretKind, string>> = {
  password: '[pP]ass|PASS|[pP]wd|PWD|[kK]ennwort',
  key: 'ecret|ECRET|oken|OKEN|redential|REDENTIAL|[kK]ey|KEY',
};
const near = (kind: SecretKind, least: number): RegExp =>
  new RegExp(`(?:${words[kind]})(?:${literal(least)}|${pair}|${spoken})|${inVariable(words[kind])}`, 'u');

const passwordField = /(?:[pP]assword|PASSWORD|[pP]wd|PWD)\s{0,4}=\s{0,4}[^\s;"'=(][^\s;]{2}/u;
const userInUrl = /:\/\/[^\s:/?#@"'`<>()[\]{},;\\]{0,64}:[^\s/?#@"'`<>\\;]{3,256}@/u;
const passwordCall =
  /SecureString|LoadPkcs12|X509Certificate|KeyStore\.load|NetworkCredential|UsernamePasswordCredential/iu;
const twoKeys = /NamedKeyCredential/u;

function alwaysOpenIn(languageId: string): boolean {
  return hasPlainSettings(languageId) || isMarkupLanguage(languageId);
}

export const passwordGate: Gate = {
  alwaysOpenIn,
  looks: [
    { words: ['pass', 'pwd', 'kennwort'], expression: near('password', 3) },
    { words: ['pass', 'pwd', 'kennwort'], expression: passwordField },
    { words: ['://'], expression: userInUrl },
    {
      words: [
        'securestring',
        'loadpkcs12',
        'x509certificate',
        'keystore.load',
        'networkcredential',
        'usernamepasswordcredential',
      ],
      expression: passwordCall,
    },
  ],
};

export const keyGate: Gate = {
  alwaysOpenIn,
  looks: [
    { words: ['ecret', 'oken', 'redential', 'key'], expression: near('key', 12) },
    { words: ['namedkeycredential'], expression: twoKeys },
  ],
};
