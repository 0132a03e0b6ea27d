import { kindOfName } from '../secrets/generic/names.ts';
import type { SourceDocument } from '../engine/finding.ts';
import { argumentParts } from '../secrets/log-arguments.ts';
import type { IdentityRule, RuleAtHand, RuleMatch } from './rule.ts';

/** What the calls below begin with. */
const callWords = [
  ...['console.', 'system.out', 'system.err', 'debug.', 'trace.', 'fmt.', 'print', 'pprint'],
  ...['log.', 'slog.', 'logger.', 'logging.'],
];
/** Calls that write to the console or to a log, in the languages that we parse, up to the bracket. */
const logCall =
  /(?:(?<![\w$])(?:console\.(?:log|info|warn|error|debug|trace|dir|table)|System\.(?:out|err)\.print(?:ln|f)?|Console\.(?:Error\.|Out\.)?Write(?:Line)?|(?:Debug|Trace)\.(?:Write(?:Line)?|Print)|fmt\.(?:Print(?:ln|f)?|Fprint(?:ln|f)?)|p?print)|(?<=(?<![\w$])(?<holder>(?:this\.|self\.|_)?_?))(?:log|slog|logger|logging|Log|Logger|LOG|LOGGER)\.(?:info|debug|warn|warning|error|trace|critical|fatal|exception|verbose|silly|http|log|Log(?:Information|Debug|Trace|Warning|Error|Critical)?|Information|Debug|Warning|Error|Fatal|Verbose|Info(?:f|w|Context)?|Debug(?:f|w|Context)|Warn(?:f|w|Context)?|Error(?:f|w|Context)|Print(?:ln|f)?|Fatal(?:ln|f)|Panic(?:ln|f)?))\s{0,4}\(/gu;
const logCallHere = new RegExp(logCall.source, 'uy');

/** Texts that carry a password or key inside. */
const carrierName =
  /(?:conn(?:ection)?_?str(?:ing)?|sas_?(?:token|url|uri)|database_?url|redis_?url|(?:admin|primary|secondary)_?key)$/iu;
/** An object that signs in, not what it signs in with; a place in a list. */
const harmless = /credentials?$|^(?:after|before|last|first)[_-]?token$/iu;
/** What a file that gets tokens of Microsoft Entra ID speaks of: only then a bare `token` is one. */
const tokenSource = /get_?token|acquire_?token|AccessToken|DefaultAzureCredential|TokenCredential|ManagedIdentity/iu;
const lookUp = /(?:\[\s?|\(\s?)(?<quote>["'])(?<name>[\w.:-]{2,80})\k<quote>\s?[\])]$/u;

/** Every name of a secret has one of these in it. */
const partOfName = /pass|pwd|pswd|kennwort|secret|token|credential|key|conn|sas|database|redis/iu;

/** The secret that an expression's value is, by its name; `undefined` when it is none. */
function secretName(expression: string): string | undefined {
  const named = lookUp.exec(expression)?.groups?.['name'];
  if (named !== undefined) {
    const isConnectionString = /GetConnectionString\s?\(/u.test(expression);
    return isConnectionString || isSecretName(named) ? named : undefined;
  }
  const segments = expression.split(/\?\.|\.|->|!/u).filter(segment => segment !== '');
  const last = segments.at(-1) ?? '';
  const holder = segments.at(-2) ?? '';
  // `secret.value`, `token.token`: the one before says what it is.
  if (/^(?:value|Value|plainText)$/u.test(last)) return isSecretName(holder) ? `${holder}.${last}` : undefined;
  if (/^(?:token|Token)$/u.test(last)) return last;
  // `Names.CLIENT_SECRET` is the name of a setting.
  if (holder !== '' && holder !== 'env' && /^[A-Z\d_]+$/u.test(last)) return undefined;
  return isSecretName(last) ? last : undefined;
}

function isSecretName(name: string): boolean {
  const kind = kindOfName(name);
  const isNamed = kind === 'password' || kind === 'key';
  return carrierName.test(name) || (isNamed && !harmless.test(name));
}

function find({ text, languageId }: SourceDocument, places?: readonly number[]): RuleMatch[] {
  const matches: RuleMatch[] = [];
  for (const call of places === undefined ? text.matchAll(logCall) : callsAt(text, places)) {
    // Not a call but a declaration (`def print(…)`), or commented out, so that nothing is written.
    const start = call.index - (call.groups?.['holder']?.length ?? 0);
    const line = text.slice(Math.max(text.lastIndexOf('\n', start) + 1, start - 200), start);
    if (/(?:def|func|function|void)\s$|^\s*(?:\/\/|\*|\/\*|#)/u.test(line)) continue;
    for (const part of argumentParts(text, call.index + call[0].length - 1, languageId))
      matches.push(...secretsIn(text.slice(part.start, part.end), part.start));
  }
  return matches;
}

function* callsAt(text: string, places: readonly number[]): Generator<RegExpExecArray> {
  for (const place of places) {
    logCallHere.lastIndex = place;
    const call = logCallHere.exec(text);
    if (call !== null) yield call;
  }
}

const expressionChain =
  /(?<![\w$."'`])[A-Za-z_$][\w$]*(?:(?:\?\.|\.|->|!\.)[A-Za-z_$][\w$]*|\[\s?["'][\w.:-]{1,80}["']\s?\]|\(\s?["'][\w.:-]{1,80}["']\s?\))*/gu;
/** Only whether there is a value, a piece of it, or a name is written. */
const behind = /^\s{0,4}(?:[([<>]|\?(?![?.])|[=!]==?|=(?!=)|:(?!:)|&&|\|\|(?=\s*["'`])|and\b|is\b|in\b)/u;
const before = /(?:!|\bnot\s|\btypeof\s|\bif\s|\bnameof\(|\bnew\s|\binstanceof\s|\bcase\s)\s{0,2}$/u;
/** What a call without arguments reads: `x` of `x.trim()`, `x.Password` of `x.getPassword()`. */
function readBy(chain: string): string | undefined {
  const same = /^(?<same>.+)\.(?:toString|ToString|String|trim|Trim|strip)$/u.exec(chain)?.groups?.['same'];
  if (same !== undefined) return same;
  const { holder, member } = /^(?<holder>.+\.)get(?<member>[A-Z]\w*)$/u.exec(chain)?.groups ?? {};
  return holder === undefined || member === undefined ? undefined : holder + member;
}

/** @param start offset of the code in its text */
function* secretsIn(code: string, start: number): Generator<RuleMatch> {
  if (!partOfName.test(code)) return;
  for (const match of code.matchAll(expressionChain)) {
    const rest = code.slice(match.index + match[0].length);
    const call = /^\s?\(\s?\)/u.exec(rest)?.[0] ?? '';
    if (behind.test(rest.slice(call.length)) || before.test(code.slice(0, match.index))) continue;
    const read = call === '' ? match[0] : readBy(match[0]);
    const name = read === undefined ? undefined : secretName(read);
    if (name === undefined) continue;
    const at = start + match.index;
    yield {
      span: { start: at, end: at + match[0].length + call.length },
      confidence: 'medium',
      args: { name },
      ...(/^token$/iu.test(read ?? '') && { needs: tokenSource }),
    };
  }
}

/** A password, key, token or connection string that a log keeps for everybody who may read logs. */
export const head = {
  id: 'secret-in-log',
  severity: 'warning',
  languages: ['typescript', 'typescriptreact', 'javascript', 'javascriptreact', 'python', 'csharp', 'java', 'go'],
  byBlock: true,
  begins: callWords,
  keywords: [
    'password',
    'passwd',
    'secret',
    'token',
    'connectionstring',
    'connection_string',
    'connstr',
    'conn_str',
    'api_key',
    'apikey',
    'accesskey',
    'access_key',
    'accountkey',
    'account_key',
    'sharedkey',
    'shared_key',
    'database_url',
    'sasurl',
    'sas_url',
    'adminkey',
    'admin_key',
  ],
  find,
} satisfies RuleAtHand;

export const secretInLog: IdentityRule = {
  ...head,
  title: 'Secret written to a log',
  message: 'A secret[, {name},] is written to a log here.',
  leak: 'Logs are copied to places that many people and tools may read and that nobody cleans: whoever reads them can use the secret.',
  remedy:
    'Leave the value out: log whether it is there, or whose it is. Where it was logged already, replace the secret and delete the entries; with DefaultAzureCredential there is none to log.',
  documentation: 'https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html',
  fixExamples: [
    { path: 'src/a.ts', before: () => 'console.log(«password»);\n', after: { refusal: /Leave the value out/u } },
  ],
  examples: {
    found: [
      { languageId: 'typescript', text: () => 'console.log("using", «process.env.AZURE_STORAGE_CONNECTION_STRING»);' },
      { languageId: 'typescript', text: () => 'logger.info(`token ${«token.token»} for ${user}`);' },
      { languageId: 'javascript', text: () => 'console.error({ host, «password» });' },
      {
        languageId: 'javascript',
        text: () => 'const t = await credential.getToken(scope);\nconsole.log("token " + «t.token»);',
      },
      { languageId: 'python', text: () => 'print(f"connecting with {«connection_string»}")' },
      { languageId: 'python', text: () => 'logging.debug("key %s", «os.environ["COSMOS_ACCOUNT_KEY"]»)' },
      { languageId: 'python', text: () => 'logger.info("secret: " + «secret.value»)' },
      { languageId: 'csharp', text: () => 'Console.WriteLine($"cs: {«connectionString»}");' },
      {
        languageId: 'csharp',
        text: () => '_logger.LogInformation("Using {Secret}", «configuration["AzureAd:ClientSecret"]»);',
      },
      { languageId: 'csharp', text: () => 'logger.LogDebug("db " + «config.GetConnectionString("Orders")»);' },
      { languageId: 'java', text: () => 'System.out.println("password=" + «password»);' },
      { languageId: 'java', text: () => 'log.info("token {}", «accessToken.getToken()»);' },
      { languageId: 'go', text: () => 'log.Printf("key=%s", «os.Getenv("AZURE_OPENAI_API_KEY")»)' },
      { languageId: 'go', text: () => 'fmt.Println("secret", «cfg.ClientSecret»)' },
    ],
    silent: [
      { languageId: 'typescript', text: () => '// console.log(password);', why: 'commented out' },
      {
        languageId: 'typescript',
        text: () => 'console.log(`set ${Names.CLIENT_SECRET} first`);',
        why: 'the name of a setting',
      },
      { languageId: 'typescript', text: () => 'console.log("token", mask(token.token));', why: 'masked' },
      {
        languageId: 'typescript',
        text: () => 'console.log(`password has ${password.length} characters`);',
        why: 'its length',
      },
      {
        languageId: 'typescript',
        text: () => 'console.log("password set:", !!password, Boolean(apiKey));',
        why: 'whether it is there',
      },
      {
        languageId: 'typescript',
        text: () => 'console.log(clientSecret ? "configured" : "missing");',
        why: 'whether it is there',
      },
      {
        languageId: 'typescript',
        text: () => 'console.log("Set AZURE_CLIENT_SECRET and your password first");',
        why: 'words',
      },
      {
        languageId: 'typescript',
        text: () => 'console.log({ password: "***", secretName });',
        why: 'a mask and a name',
      },
      { languageId: 'typescript', text: () => 'console.log(accessToken.slice(0, 4));', why: 'a piece' },
      {
        languageId: 'typescript',
        text: () => 'parser.error(`unexpected ${token}`); console.log(token);',
        why: 'a token of a language',
      },
      {
        languageId: 'python',
        text: () => 'print("password:", password is not None, len(api_key))',
        why: 'whether it is there',
      },
      { languageId: 'python', text: () => 'logger.info("rotated %s", secret.name)', why: 'its name' },
      { languageId: 'python', text: () => 'print("ok", end="", password_policy=policy)', why: 'another argument' },
      {
        languageId: 'csharp',
        text: () => '_logger.LogInformation("Secret {Name}", secret.Properties.Name);',
        why: 'its name',
      },
      {
        languageId: 'csharp',
        text: () => 'Console.WriteLine(string.IsNullOrEmpty(connectionString));',
        why: 'whether it is there',
      },
      { languageId: 'java', text: () => 'log.info("password {}", password != null);', why: 'whether it is there' },
      { languageId: 'go', text: () => 'log.Printf("%d bytes", len(password))', why: 'its length' },
      { languageId: 'go', text: () => 'log.Println("next page", continuationToken)', why: 'opens nothing' },
    ],
  },
};
