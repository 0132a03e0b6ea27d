import type { CredentialPattern, Grade } from '../../services/service.ts';
import { ofTheBench } from '../database-passwords.ts';
import { isLocalHost } from '../grading.ts';
import { isPlaceholder } from '../placeholder.ts';
import { judge, judged, nameBegins } from './named.ts';
import { signInWords } from './names.ts';
import { isStrong } from './values.ts';

/** Places that say by themselves that a secret stands there. */

const userKeys = ['user id', 'uid', 'user', 'username', 'user name'];
const hostKeys = ['server', 'host', 'data source', 'datasource', 'address', 'addr', 'endpoint', 'hostname', 'url'];

function byHost(grade: Grade, host: string | undefined): Grade {
  if (host === undefined || isPlaceholder(host)) return grade;
  const bare = host.replace(/^\w+:(?:\/\/)?/u, '');
  const server = bare.split(/[\\,:/]/u)[0];
  if (!isLocalHost(bare)) return { ...grade, args: { ...grade.args, name: undefined, server } };
  return {
    severity: 'information',
    confidence: 'low',
    args: { ...grade.args, name: undefined, server, note: 'local or example server' },
  };
}

/** `…;Password=…;` of any database or queue. */
export const inConnectionString: CredentialPattern = judged(
  /(?<![\w.-])(?:Password|Pwd)\s{0,4}=\s{0,4}(?<secret>[^\s;][^;\r\n]{2})/dgiu,
  match => {
    const { fields, values } = match.connectionString();
    const field = fields.findLast(
      ({ name, key, content }) =>
        /^(?:password|pwd)$/u.test(name) &&
        key.start <= match.secretSpan.start &&
        content.end >= match.secretSpan.start,
    );
    const user = userKeys.map(key => values.get(key)).find(value => value !== undefined);
    const host = hostKeys.map(key => values.get(key)).find(value => value !== undefined);
    if (field === undefined || fields.length < 2 || (user === undefined && host === undefined))
      return { silent: 'no-connection-string' };
    if (field.value.length < 3 || /^[+.,)]|[\r\n"'`]/u.test(field.value)) return { silent: 'filled-in' };
    // Statements `user = a; password = b` are no connection string.
    if (/\b(?:const|let|var|function|return)\b|[({]$/u.test(match.text.slice(fields[0]?.whole.start, field.key.start)))
      return { silent: 'statements' };
    const judgement = judge(match, 'password', '', field.value);
    if ('silent' in judgement) return judgement;
    const grade = byHost(
      { confidence: 'medium', args: { user: user !== undefined && isPlaceholder(user) ? undefined : user } },
      host,
    );
    return { grade: { ...grade, secretSpan: field.content } };
  },
  { begins: ['password', 'pwd'] },
);

/** `scheme://user:password@host`. */
export const inUrl: CredentialPattern = judged(
  /:\/\/(?<user>[^\s:/?#@"'`<>()[\]{},;\\]{0,64}):(?<secret>[^\s/?#@"'`<>\\;]{3,256})@(?<host>[^\s/?#@"'`<>()\\,;]{1,253})/dgu,
  match => {
    const { user = '', host = '' } = match.groups;
    const password = decodedPart(match.secret);
    // By convention there is no password behind it, but an address or anything.
    if (/^anonymous$/iu.test(user)) return { silent: 'anonymous-user' };
    if (
      /^(?:user(?:name)?|usr|foo|u|login|name)?$/iu.test(user) &&
      /^(?:p|pw|pwd|pass(?:word|wd)?|bar|secret|token|key)(?:\d|_\d{1,4})?$/iu.test(match.secret)
    )
      return { silent: 'url-template' };
    if (/^\d{1,5}$/u.test(match.secret) && user === '') return { silent: 'port' };
    // `http://a:b@${host}`: what an address is put together from is made up, or comes from elsewhere, too.
    if (/[${]/u.test(host) && !isStrong(password)) return { silent: 'url-template' };
    if (
      isLocalHost(host) &&
      (user === match.secret || ofTheBench.test(password) || /^[a-z]+(?:[@._-][a-z]+)?$/u.test(password))
    )
      return { silent: 'local-habit' };
    const judgement = judge(match, 'password', '', password);
    if ('silent' in judgement) return judgement;
    return {
      grade: byHost({ confidence: 'medium', args: { user: isPlaceholder(user) ? undefined : user } }, host),
    };
  },
  { begins: ['://'] },
);

/** Percent-encoding undone; text as it is where that is none. */
function decodedPart(text: string): string {
  try {
    return decodeURIComponent(text.replace(/%(?![0-9a-f]{2})/giu, '%25'));
  } catch {
    return text;
  }
}

/** `ConvertTo-SecureString "…" -AsPlainText`. */
export const inSecureString: CredentialPattern = judged(
  /ConvertTo-SecureString\s{1,4}(?:-\w{1,20}\s{1,4}){0,3}(?<quote>["'])(?<secret>(?:(?!\k<quote>)[^\r\n]){1,256})\k<quote>|(?<piped>["'])(?<secret>(?:(?!\k<piped>)[^\r\n]){1,256})\k<piped>\s{0,4}\|\s{0,4}ConvertTo-SecureString/dgiu,
  match => {
    // In double quotes the shell fills in variables.
    if ((match.groups['quote'] ?? match.groups['piped']) === '"' && /\$[\w{(]/u.test(match.secret))
      return { silent: 'filled-in' };
    const judgement = judge(match, 'password', '');
    return 'silent' in judgement
      ? judgement
      : { grade: { confidence: 'medium', args: { name: 'ConvertTo-SecureString' } } };
  },
  { hint: ['convertto-securestring'] },
);

/** `env.put(Context.SECURITY_CREDENTIALS, "…")`: what Java signs in to a directory with. */
export const inDirectoryContext: CredentialPattern = judged(
  /SECURITY(?:_CREDENTIALS|\.CREDENTIALS["'])\s{0,4}[,=:]\s{0,40}(?<quote>["'])(?<secret>[^"'\r\n]{1,256})\k<quote>/dgiu,
  match => judge(match, 'password', 'SECURITY_CREDENTIALS'),
  { begins: ['security_credentials', 'security.credentials'] },
);

/** `CREATE USER app IDENTIFIED BY '…'` of MySQL and Oracle. */
export const inStatement: CredentialPattern = judged(
  /\bIDENTIFIED\s{1,8}(?:WITH\s{1,8}[\w'"]{1,40}\s{1,8})?BY\s{1,8}(?<quote>["'])(?<secret>[^"'\r\n]{1,256})\k<quote>/dgiu,
  match => judge(match, 'password', 'identified by'),
  { begins: ['identified'] },
);

/** What a test types into a field of that name: `getByLabel('Password').fill('…')`. Weak ones are made up. */
export const typed: CredentialPattern = judged(
  /passw(?:or)?d[^\s"'`]{0,24}["'`][^\r\n"'`(]{0,12}\)\s{0,20}\.(?:fill|type|typeText|send_?keys|setValue|pressSequentially)\(\s{0,20}(?<quote>["'`])(?<secret>(?:(?!\k<quote>)[^\r\n]){1,256})\k<quote>/dgiu,
  match => (isStrong(match.secret) ? judge(match, 'password', 'password') : { silent: 'made-up' }),
  { begins: nameBegins.password },
);

/** Which argument of a call is the secret, counted from 0, by language where it differs. */
interface SecretParameter {
  readonly call: RegExp;
  /** What the file must speak of, where many things are called so. */
  readonly evidence?: RegExp;
  /** Tests and examples call it with anything: the value must look like a password. */
  readonly common?: true;
  readonly parameter: number | Readonly<Record<string, number>>;
}

const passwordParameters: readonly SecretParameter[] = [
  {
    call: /^(?:new\s+)?(?:azidentity\.)?(?:New)?UsernamePasswordCredential$/u,
    parameter: { typescript: 3, typescriptreact: 3, javascript: 3, javascriptreact: 3, go: 3, python: 2, csharp: 1 },
  },
  { call: /^(?:new\s+)?X509Certificate2?$/u, parameter: 1 },
  { call: /^LoadPkcs12(?:FromFile|Collection|CollectionFromFile)?$/u, parameter: 1 },
  { call: /^(?:new\s+)?NetworkCredential$/u, parameter: 1 },
  { call: /^[kK]eyStore\.load$/u, parameter: 1 },
  { call: /^(?:Sequelize|mysqli(?:_connect)?|PDO|DBI->connect)$/u, parameter: 2, common: true },
  { call: /^\.login$/u, parameter: 1, evidence: /smtp|imap|ftp|poplib/iu, common: true },
  { call: /^(?:SetBasicAuth|HTTPBasicAuth|auth\s?=)$/u, parameter: 1, common: true },
];

const literal = /^(?:\w{1,20}\s{0,4}[=:]\s{0,4})?@?(?<quote>["'`])(?<value>[^"'`\r\n]{1,256})\k<quote>/u;

/** The arguments of a call from its opening parenthesis on, with their offsets; stops at what it cannot read. */
function argumentsAt(text: string, open: number): { readonly text: string; readonly start: number }[] {
  const found: { text: string; start: number }[] = [];
  let depth = 0;
  let start = open + 1;
  let quoted = '';
  for (let i = open; i < Math.min(text.length, open + 600); i++) {
    const character = text.charAt(i);
    if (quoted !== '') {
      if (character === quoted) quoted = '';
      continue;
    }
    if (/["'`]/u.test(character)) quoted = character;
    else if (/[([{]/u.test(character)) depth++;
    else if (/[)\]}]/u.test(character)) depth--;
    if (depth === 0 || (depth === 1 && character === ',')) {
      const raw = text.slice(start, i);
      const lead = raw.length - raw.trimStart().length;
      found.push({ text: raw.trim(), start: start + lead });
      start = i + 1;
      if (depth === 0) break;
    }
  }
  return found;
}

/** Passwords among the arguments of calls that sign in or open certificates. */
export const inPasswordParameter: CredentialPattern = judged(
  /(?<secret>UsernamePasswordCredential|X509Certificate2?|LoadPkcs12\w{0,24}|NetworkCredential|[kK]eyStore\.load|\bSequelize|\bmysqli(?:_connect)?|\bPDO|\bDBI->connect|\.login|SetBasicAuth|HTTPBasicAuth|\bauth\s?=)(?:\]::new)?\s{0,4}\(/dgu,
  match => {
    const { parameter, evidence, common } = passwordParameters.find(({ call }) => call.test(match.secret)) ?? {};
    if (evidence !== undefined && !match.mentions(evidence)) return { silent: 'no-evidence' };
    const index = typeof parameter === 'number' ? parameter : parameter?.[match.languageId];
    const argument = index === undefined ? undefined : argumentsAt(match.text, match.span.end - 1)[index];
    const found = argument && literal.exec(argument.text);
    const value = found?.groups?.['value'];
    if (argument === undefined || value === undefined) return { silent: 'no-literal' };
    const judgement = judge(match, 'password', common ? 'its password' : '', value);
    if ('silent' in judgement) return judgement;
    const start = argument.start + (found?.[0].lastIndexOf(value) ?? 0);
    return {
      grade: { confidence: 'medium', args: { name: match.secret }, secretSpan: { start, end: start + value.length } },
    };
  },
  {
    begins: [
      'usernamepasswordcredential',
      'x509certificate',
      'loadpkcs12',
      'networkcredential',
      'keystore.load',
      ...signInWords,
    ],
  },
);

/** Text that is made the key of signatures: of JSON web tokens, as a rule. */
export const inKeyMaterial: CredentialPattern = judged(
  /(?<api>SymmetricSecurityKey|hmacShaKeyFor|SecretKeySpec|\bFernet|Algorithm\.HMAC\d{3})\s{0,4}\(\s{0,40}(?:new\s)?(?:[\w.]{1,60}\s{0,4}\(\s{0,4})?b?["'\uE022](?<secret>[^"'\r\n\uE022]{1,512})["'\uE022]/dgu,
  match => judge(match, 'key', match.groups['api'] ?? ''),
  { begins: ['symmetricsecuritykey', 'hmacshakeyfor', 'secretkeyspec', 'fernet(', 'algorithm.hmac'] },
);

/** The second argument of what signs or checks JSON web tokens in Node.js and Python. */
export const inTokenCall: CredentialPattern = judged(
  /(?<secret>\bjwt\.(?:sign|verify|encode|decode))\s{0,4}\(/dgu,
  match => {
    const argument = argumentsAt(match.text, match.span.end - 1)[1];
    const found = argument && literal.exec(argument.text);
    const value = found?.groups?.['value'];
    if (argument === undefined || value === undefined) return { silent: 'no-literal' };
    const judgement = judge(match, 'key', match.secret, value);
    if ('silent' in judgement) return judgement;
    const start = argument.start + (found?.[0].lastIndexOf(value) ?? 0);
    return { grade: { ...judgement.grade, secretSpan: { start, end: start + value.length } } };
  },
  { begins: ['jwt.sign', 'jwt.verify', 'jwt.encode', 'jwt.decode'] },
);

/** `"Jwt": { …, "Key": "…" }`: only the section says what the key is for. */
export const inSection: CredentialPattern = judged(
  /"(?<section>jwt\w{0,24})"\s{0,8}:\s{0,8}\{[^{}]{0,800}?"key"\s{0,8}:\s{0,8}"(?<secret>[^"\r\n]{1,512})"/dgiu,
  match => judge(match, 'key', `${match.groups['section'] ?? ''}:Key`),
  { begins: ['"jwt'], inLanguage: language => /^jsonc?$/u.test(language) },
);

/** Keys that Azure SDK clients take as their argument. */
export const inKeyParameter: CredentialPattern = judged(
  /(?<api>AzureKeyCredential|NewKeyCredential|ApiKeyCredential|AzureNamedKeyCredential|AzureSasCredential|(?<![\w.])credential)\s{0,4}[(=:]\s{0,40}(?:[A-Za-z_]{1,20}\s{0,4}[=:]\s{0,4})?(?:["'][^"'\r\n]{1,60}["']\s{0,4},\s{0,40})?@?["'`](?<secret>[^"'`\r\n\uE022\uE027]{1,512})["'`]/dgu,
  match => {
    const judgement = judge(match, 'key', match.groups['api'] ?? '');
    if ('silent' in judgement) return judgement;
    return { grade: { severity: 'error', confidence: 'medium', args: { name: match.groups['api'] } } };
  },
  {
    begins: [
      'azurekeycredential',
      'newkeycredential',
      'apikeycredential',
      'azurenamedkeycredential',
      'azuresascredential',
      'credential',
    ],
  },
);
