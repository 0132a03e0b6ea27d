import type { CredentialMatch, CredentialPattern, Grade } from '../services/service.ts';
import { quotedValueOf, settingsLineOf } from './assignment.ts';
import { hostNear } from './connection-string-key.ts';
import { isCodeLanguage } from './decoded-text.ts';
import { isLocalHost } from './grading.ts';
import { isPlaceholder } from './placeholder.ts';

export interface Database {
  /** Source of an expression for the schemes of its addresses. */
  readonly schemes: string;
  /** What they begin with, up to their end or a `+`. */
  readonly schemeBegins: readonly string[];
  /** Its hosts in Azure; the first group is the server's name. */
  readonly azureHost: RegExp;
  /** Whether a connection string of keys and values is of this database although its host does not say so. */
  readonly owns: (values: ReadonlyMap<string, string>, host: string) => boolean;
}

const hostKeys = ['host', 'server', 'data source', 'datasource', 'address', 'addr', 'network address', 'servername'];
const userKeys = ['username', 'user id', 'userid', 'user', 'uid', 'user name'];
/** What people type for a database on their own machine. */
export const ofTheBench =
  /^(?:postgres|root|admin|guest|test|mysql|mariadb|mongo|mongodb|redis|docker|local|1234|12345|123456|qwerty|\w*password|.{1,3})$/iu;

/** How much a password is worth by the host it opens; `undefined` for a placeholder or a habit of the bench. */
export function gradeDatabase(
  secret: string,
  user: string | undefined,
  host: string,
  azureHost: RegExp,
): Grade | undefined {
  // An interpolation may hold the quote that ended the match.
  if (isPlaceholder(secret) || /\$\{|^\{\$/u.test(secret)) return undefined;
  const known = user !== undefined && !isPlaceholder(user) ? decoded(user) : undefined;
  const azure = azureHost.exec(host)?.[1];
  if (azure !== undefined) return { severity: 'error', confidence: 'high', args: { user: known, server: azure } };
  if (isPlaceholder(host)) return undefined;
  const server = host.split(/[:,\\]/u)[0];
  if (!isLocalHost(host)) return { severity: 'warning', confidence: 'medium', args: { user: known, server } };
  return secret === user || secret.length < 4 || ofTheBench.test(secret) || /^[a-z]+$/u.test(secret)
    ? undefined
    : { severity: 'information', confidence: 'low', args: { user: known, server, note: 'local or example server' } };
}

function decoded(user: string): string {
  return user.replace(/%40/gu, '@');
}

const passwordNames = ['password', 'passwd', 'pwd'];

/** The last of the three arguments that JDBC opens a connection with. */
export const jdbcPassword =
  /DriverManager\s{0,8}\.\s{0,8}getConnection\s{0,4}\((?:[^,()"]{0,80}"[^"\r\n]{1,300}"[^,()"]{0,80}|[^,()"]{1,80}),[^,()]{1,80},\s{0,16}"(?<secret>[^"\\\r\n\uE022\uE027]{4,128})"/dgu;

/** Data sources of Java get their parts one by one. */
const setterPassword = /\.setPassword\s{0,4}\(\s{0,4}"(?<secret>[^"\\\r\n\uE022\uE027]{4,128})"/dgu;

/** The third argument of Sequelize, behind the database and the user. */
const sequelizePassword =
  /new\s{1,8}Sequelize\s{0,4}\(\s{0,16}[^,()]{1,80},[^,()]{1,80},\s{0,16}(?<quote>["'`])(?<secret>[^"'`\\\r\n\uE022\uE027]{4,128})\k<quote>/dgu;

/** Passwords in addresses, JDBC addresses, connection strings with keys in any order, and beside the host's name. */
export function databasePasswords({ schemes, schemeBegins, azureHost, owns }: Database): CredentialPattern[] {
  const neighbour = (match: CredentialMatch): Grade | undefined => {
    const server = hostNear(match, azureHost, 600);
    return server === undefined || isPlaceholder(match.secret) || /:\/\/|;.{0,40}=/u.test(match.secret)
      ? undefined
      : { severity: 'error', confidence: 'medium', args: { server } };
  };
  return [
    {
      begins: schemeBegins.flatMap(scheme => [`${scheme}:`, `${scheme}+`]),
      regex: new RegExp(
        `(?<![\\w+])(?:${schemes}):\\/\\/(?<user>[^\\s:@/"'\`<>\\\\\\uE022\\uE027]{0,128}):(?<secret>[^\\s@/"'\`<>\\\\\\uE022\\uE027]{1,256})@(?<host>[\\w.{}$-]{1,253})`,
        'dgiu',
      ),
      grade: ({ secret, groups }) => gradeDatabase(secret, groups['user'], groups['host'] ?? '', azureHost),
    },
    {
      hint: ['jdbc:'],
      regex: new RegExp(
        `jdbc:(?:${schemes}):(?:\\w{1,20}:)?\\/\\/(?<host>[\\w.{}$-]{1,253})[^\\s"'\`<>\\uE022\\uE027]{0,400}?[?&]password=(?<secret>[^\\s&"'\`<>;\\\\\\uE022\\uE027]{1,256})`,
        'dgiu',
      ),
      grade: match =>
        gradeDatabase(
          match.secret,
          /[?&]user=([^&\s"'`]{1,128})/iu.exec(match.text.slice(match.span.start, match.span.end + 200))?.[1],
          match.groups['host'] ?? '',
          azureHost,
        ),
    },
    {
      begins: ['password', 'pwd'],
      regex: /(?<![\w.-])(?:Password|Pwd)\s{0,4}=\s{0,4}(?<secret>[^\s;])/dgiu,
      grade(match) {
        const { fields, values, quoted } = match.connectionString();
        const field = fields.findLast(
          ({ name, key, content }) =>
            /^(?:password|pwd)$/u.test(name) &&
            key.start <= match.secretSpan.start &&
            content.end >= match.secretSpan.start,
        );
        const host = hostKeys.map(key => values.get(key)).find(value => value !== undefined);
        if (field === undefined || host === undefined) return undefined;
        // Statements like `host = x; password = y` are no connection string.
        if (!azureHost.test(host) && ((isCodeLanguage(match.languageId) && !quoted) || !owns(values, host)))
          return undefined;
        const user = userKeys.map(key => values.get(key)).find(value => value !== undefined);
        const grade = gradeDatabase(field.value, user, host.replace(/^tcp:/iu, ''), azureHost);
        return grade === undefined ? undefined : { ...grade, secretSpan: field.content };
      },
    },
    { hint: ['getConnection'], regex: jdbcPassword, grade: neighbour },
    { hint: ['setPassword'], regex: setterPassword, grade: neighbour },
    { hint: ['Sequelize'], regex: sequelizePassword, grade: neighbour },
    { begins: passwordNames, regex: quotedValueOf(passwordNames.join('|')), grade: neighbour },
    {
      begins: passwordNames,
      regex: settingsLineOf(passwordNames.join('|')),
      grade: match => (isCodeLanguage(match.languageId) ? undefined : neighbour(match)),
    },
  ];
}
