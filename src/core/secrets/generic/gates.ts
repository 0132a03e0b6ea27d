import type { Gate } from '../../services/service.ts';
import { isMarkupLanguage } from '../decoded-text.ts';
import { hasPlainSettings, isDocumentationLanguage } from './languages.ts';
import { nameBegins, namePart } from './named.ts';
import { type SecretKind, signInWords } from './names.ts';

/**
 * Quick looks at raw text. The names that generic rules look for are everywhere in code; a value behind them is not,
 * and only then are escapes undone and the exact expressions tried. What a gate lets pass is still judged; what it
 * stops no expression of the rule would report.
 */

/** A literal of at least so many characters behind the name. */
const literal = (least: number): string =>
  String.raw`["'\]\\]{0,3}(?:\??:? {0,2}(?:&?str|any|[sS]tring|[sS]ecureString)\?? {0,2}| [aA]s [sS]tring)?\s{0,40}(?:[|?]{2}=|=>|:=|[:=,({]|\?\?|\|\|)\s{0,40}[@$frbuUlLN]{0,2}["'\x60\\]["']?[^"'\x60\s\\]{${least}}`;
/** A declaration or a list in which the value comes on its own. */
const pair = String.raw`(?:["'\\]{1,3} {0,2}[,:;]?\s{0,4}\{?|:\s{0,4}\{|\s)\s{0,40}(?!\s)["'\\]{0,2}(?:[vV]alue|type|default|defaultValue|description|sensitive|nullable)["'\\]{0,2}\s{0,12}[:=]`;
/** A value with a digit in running text, at least so long, which rules out nearly all at once; what begins as a call is none. */
const spoken = (least: number): string =>
  String.raw`(?:[.-][\w.-]{0,24})?(?![\w.-])[ \t"'\x60*_\]\\]{0,6}(?:[:=|]{1,2}|is |to |was |(?:of|for|on|in) [\w -]{1,60}(?:is |[:=]))?[ \t\x60*"']{0,20}(?=[^\s"'\x60<>|,;()]{${least}})[^\s"'\x60<>|,;()]{0,60}\d`;
/** `${NAME:-…}`, seen from the word in the name. */
const inVariable = String.raw`[\w.]{0,24}[:=-](?<=\$\{[\w.-]{0,108}[:=-])`;

const near = (kind: SecretKind): RegExp => {
  const least = kind === 'password' ? { literal: 3, spoken: 8 } : { literal: 12, spoken: 16 };
  return new RegExp(
    String.raw`(?:${namePart[kind]})(?:\w{0,24}(?!\w)(?:${literal(least.literal)}|${pair}|${spoken(least.spoken)})|${inVariable})`,
    'iu',
  );
};

const passwordField = /(?:[pP]assword|PASSWORD|[pP]wd|PWD)\s{0,4}=\s{0,4}[^\s;"'=(][^\s;]{2}/u;
const userInUrl = /:\/\/[^\s:/?#@"'`<>()[\]{},;\\]{0,64}:[^\s/?#@"'`<>\\;]{3,256}@/u;
const passwordCall =
  /SecureString|LoadPkcs12|X509Certificate|KeyStore\.load|NetworkCredential|UsernamePasswordCredential/iu;
const directoryContext = /security[_.]credentials["']?\s{0,4}[,=:]/iu;
const signIn = /(?:Sequelize|mysqli(?:_connect)?|PDO|DBI->connect|\.login|(?:Set|HTTP)BasicAuth|auth\s?=)\s{0,4}\(/iu;
const keyMaterial = /SymmetricSecurityKey|hmacShaKeyFor|SecretKeySpec|Fernet\(|Algorithm\.HMAC/iu;
const tokenCall = /jwt\.(?:sign|verify|encode|decode)\s{0,4}\(/u;
const identified = /IDENTIFIED\s{1,8}(?:WITH|BY)/iu;
const typed = /pass[^\s"'`]{0,28}["'`][^\r\n"'`(]{0,12}\)\s{0,20}\./iu;
const keyOfSection = /"jwt\w{0,24}"\s{0,8}:\s{0,8}\{[^{}]{0,800}?"key"/iu;
/** Their values have blanks and quotes in them. */
const keyOfCookies = /(?:auth|logged_in|nonce)_(?:key|salt)["']\s{0,4},\s{0,40}["']/iu;
const twoKeys = /NamedKeyCredential/iu;
/** A literal with the name of its parameter: `AzureKeyCredential(key="…")`. */
const namedArgument = /credential\s{0,4}\(\s{0,40}\w{1,20}\s{0,4}[=:]\s{0,4}@?\\?["'`]/iu;

function alwaysOpenIn(languageId: string): boolean {
  return hasPlainSettings(languageId) || isMarkupLanguage(languageId) || isDocumentationLanguage(languageId);
}

export const passwordGate: Gate = {
  alwaysOpenIn,
  looks: [
    { words: nameBegins.password, expression: near('password') },
    { words: nameBegins.password, expression: passwordField },
    { words: nameBegins.password, expression: typed },
    { words: ['identified'], expression: identified },
    { words: ['security_credentials', 'security.credentials'], expression: directoryContext },
    { words: signInWords, expression: signIn },
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
    { words: nameBegins.key, expression: near('key') },
    { words: ['namedkeycredential'], expression: twoKeys },
    { words: ['"jwt'], expression: keyOfSection },
    { words: ['auth_key', 'auth_salt', 'logged_in_', 'nonce_key', 'nonce_salt'], expression: keyOfCookies },
    {
      words: ['symmetricsecuritykey', 'hmacshakeyfor', 'secretkeyspec', 'fernet(', 'algorithm.hmac'],
      expression: keyMaterial,
    },
    { words: ['jwt.sign', 'jwt.verify', 'jwt.encode', 'jwt.decode'], expression: tokenCall },
    { words: ['credential'], expression: namedArgument },
  ],
};
