import { databasePasswords, gradeDatabase } from '../secrets/database-passwords.ts';
import { isPlaceholder } from '../secrets/placeholder.ts';
import type { Span } from '../text/text-edit.ts';
import { jdbcConnection, withParameters } from './clients/jdbc.ts';
import { postgresqlClients } from './clients/postgresql.ts';
import { postgresqlFrameworks } from './clients/database-frameworks.ts';
import { postgresqlGuides } from './clients/postgresql-guides.ts';
import { postgresqlUser } from './clients/postgresql-forms.ts';
import { postgresqlAddresses, postgresqlPlugin } from './settings/database-addresses.ts';
import { springPostgresql } from './settings/spring-datasource.ts';
import type { CredentialFormat, CredentialMatch, Service } from './service.ts';

const azureHost =
  /(?<![a-z0-9-])([a-z0-9-]+)\.(?:private\.)?postgres(?:hsc|\.cosmos)?\.(?:database|cosmos)?\.?(?:azure\.com|usgovcloudapi\.net|chinacloudapi\.cn)/iu;

/** The literal or line around a match: where a libpq string with spaces between its fields stands. */
function lineAround(match: CredentialMatch, end = match.span.end): string {
  const before = match.text.slice(Math.max(0, match.span.start - 400), match.span.start);
  const after = match.text.slice(end, end + 400);
  return `${before.split(/[\r\n"`]/u).at(-1) ?? ''}*${after.split(/[\r\n"`]/u, 1)[0] ?? ''}`;
}

/** Between the quotes of libpq a value may hold blanks and separators. */
function quotedSpan({ text, secretSpan, groups: { quote = '' } }: CredentialMatch): Span {
  const end = quote === '' ? -1 : text.slice(secretSpan.start, secretSpan.start + 256).search(/['\uE027\r\n]/u);
  return end === -1 ? secretSpan : { start: secretSpan.start, end: secretSpan.start + end };
}

/** What every container on a developer's machine is given. */
const habit = 'postgres';

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'postgresql-password',
    title: 'PostgreSQL password',
    message: 'A PostgreSQL password[ of user {user}][ for {server}] is embedded here[ ({note})].',
    leak: 'Whoever reads it can sign in to the database as this user and read and change what the user may.',
    remedy:
      'Sign in with a token from DefaultAzureCredential as password, create the managed identity as a database user, change the password, then turn on Microsoft Entra-only authentication.',
    severity: 'error',
    keywords: ['postgres', 'npgsql', 'pgpassword', 'port=5432', 'libpq', 'psycopg', 'sslmode=', ':5432:'],
    patterns: [
      ...databasePasswords({
        schemes: 'postgres(?:ql)?(?:\\+\\w{1,20})?',
        schemeBegins: ['postgres', 'postgresql'],
        azureHost,
        owns: (values, host) =>
          /postgres|pgbouncer/iu.test(host) ||
          values.get('port') === '5432' ||
          ['search path', 'searchpath', 'sslmode', 'ssl mode', 'keepalive', 'pooling'].some(
            key => values.has(key) && values.has('host'),
          ),
      }),
      {
        begins: ['password'],
        regex: /(?<![\w.-])password\s?=\s?(?<quote>['\uE027]?)(?<secret>[^\s;,&'"`()\\\uE022\uE027]{1,256})/dgiu,
        grade(match) {
          const secretSpan = quotedSpan(match);
          const line = lineAround(match, secretSpan.end);
          const host = /(?<![\w.])host(?:addr)?\s?=\s?'?(?<host>[\w.{}$-]{1,253})/iu.exec(line)?.groups?.['host'];
          if (
            host === undefined ||
            /;\s{0,4}\w/u.test(line) ||
            !/(?<![\w.])(?:user|dbname|port|sslmode)\s?=/iu.test(line)
          )
            return undefined;
          const user = /(?<![\w.])user\s?=\s?'?(?<user>[^\s']{1,128})/iu.exec(line)?.groups?.['user'];
          // Keyword arguments of code have commas between them.
          if (/,\s{0,4}(?:user|dbname|port|database)\s?=/iu.test(line)) return undefined;
          const grade = gradeDatabase(match.text.slice(secretSpan.start, secretSpan.end), user, host, azureHost);
          return grade && { ...grade, secretSpan };
        },
      },
      {
        // A line of `.pgpass`: host, port, database, user, password.
        hint: /:(?:\d{4,5}|\*):/u,
        regex:
          /^(?<host>[\w.-]{3,253}):(?:\d{4,5}|\*):[^\s:]{1,64}:(?<user>[^\s:]{1,64}):(?<secret>[^\s:][^\r\n]{3,128})$/dgmu,
        grade: match =>
          /pgpass/iu.test(match.uri) || azureHost.test(match.groups['host'] ?? '')
            ? gradeDatabase(match.secret, match.groups['user'], match.groups['host'] ?? '', azureHost)
            : undefined,
      },
      {
        begins: ['PGPASSWORD'],
        regex:
          /(?<![A-Z0-9])PGPASSWORD["']?\s{0,4}[:=]\s{0,4}(?<quote>["']?)(?<secret>[^\s"'`;,<>\\\uE022\uE027]{4,128})/dgu,
        grade: match =>
          isPlaceholder(match.secret) || /^\$/u.test(match.secret) || match.secret.includes('(')
            ? undefined
            : match.mentions(azureHost)
              ? { severity: 'error', confidence: 'medium' }
              : { severity: 'warning', confidence: 'medium' },
      },
    ],
    examples: {
      found: [
        {
          languageId: 'dotenv',
          text: s =>
            `DATABASE_URL=postgresql://app:«${s.password()}»@contoso.postgres.database.azure.com:5432/orders?sslmode=require`,
        },
        {
          languageId: 'python',
          text: s =>
            `psycopg2.connect("host=contoso.postgres.database.azure.com port=5432 dbname=orders user=app password=«${s.password()}» sslmode=require")`,
        },
        {
          languageId: 'json',
          text: s =>
            `{"Db":"Password=«${s.password()}»;Username=app;Database=o;Host=contoso.postgres.database.azure.com;Ssl Mode=Require"}`,
        },
        {
          languageId: 'properties',
          text: s =>
            `spring.datasource.url=jdbc:postgresql://contoso.postgres.database.azure.com:5432/o?user=app&password=«${s.password()}»&sslmode=require`,
        },
        {
          languageId: 'properties',
          text: s =>
            `spring.datasource.url=jdbc:postgresql://contoso.postgres.database.azure.com:5432/o\nspring.datasource.password=«${s.password()}»\n`,
        },
        {
          languageId: 'typescript',
          text: s =>
            `new Pool({ host: 'contoso.postgres.database.azure.com', user: 'app', password: '«${s.password()}»', ssl: true })`,
        },
        {
          languageId: 'yaml',
          severity: 'warning',
          text: s => `url: postgres://app:«${s.password()}»@db.contoso.com/orders`,
        },
        {
          languageId: 'csharp',
          severity: 'warning',
          text: s => `var cs = "Host=db.contoso.com;Port=5432;Username=app;Password=«${s.password()}»";`,
        },
        {
          languageId: 'dotenv',
          severity: 'information',
          text: s => `DATABASE_URL=postgres://app:«${s.password()}»@localhost/orders`,
        },
        {
          languageId: 'dotenv',
          text: () => `URL=postgres://postgres:«${habit}»@contoso.postgres.database.azure.com/orders`,
        },
        { languageId: 'shellscript', severity: 'warning', text: s => `PGPASSWORD=«${s.password()}» psql -h db -U app` },
      ],
      silent: [
        {
          languageId: 'python',
          text: () => 'url = f"postgresql://{user}:{password}@contoso.postgres.database.azure.com/orders"',
          why: 'interpolation',
        },
        {
          languageId: 'yaml',
          text: () => 'DATABASE_URL: postgres://app:${DB_PASSWORD}@contoso.postgres.database.azure.com/o',
          why: 'variable',
        },
        {
          languageId: 'dotenv',
          text: () => 'DATABASE_URL=postgres://postgres:postgres@localhost:5432/test',
          why: 'what every local container uses',
        },
        {
          languageId: 'markdown',
          text: () => 'postgresql://user:password@host:5432/database',
          why: 'placeholder',
        },
        {
          languageId: 'shellscript',
          text: () => 'export PGPASSWORD=$(az account get-access-token --resource-type oss-rdbms --query accessToken)',
          why: 'a token of the signed-in identity',
        },
      ],
    },
  },
];

const postgresqlJdbc = jdbcConnection({
  url: /^jdbc:postgresql:\/\/[^/?]*\.postgres\.database\.(?:azure\.com|usgovcloudapi\.net|chinacloudapi\.cn)/iu,
  derive: url => withParameters(url, postgresqlPlugin),
  // The plugin is asked for the password of each connection.
  after: 'DriverManager.getConnection($ENDPOINT, $USER, null)',
  packages: [{ name: 'com.azure:azure-identity-extensions', version: '1.2.2' }],
  followUps: [postgresqlUser],
  example: {
    before: 'jdbc:postgresql://contoso.postgres.database.azure.com:5432/orders?sslmode=require',
    after: `jdbc:postgresql://contoso.postgres.database.azure.com:5432/orders?sslmode=require&${postgresqlPlugin}`,
  },
});

export const postgresql: Service = {
  id: 'postgresql',
  name: 'Azure Database for PostgreSQL',
  documentation: 'https://learn.microsoft.com/azure/postgresql/flexible-server/security-connect-with-managed-identity',
  credentials,
  settings: [...springPostgresql, ...postgresqlAddresses],
  operations: [],
  roles: [
    {
      name: 'pg_read_all_data',
      id: '',
      plane: 'database',
      grants: 'reads every table of the databases',
      grant:
        'SELECT * FROM pgaadauth_create_principal(\'<identity-name>\', false, false); GRANT pg_read_all_data TO "<identity-name>";',
    },
    {
      name: 'pg_write_all_data',
      id: '',
      plane: 'database',
      grants: 'writes every table of the databases',
      grant: 'GRANT pg_write_all_data TO "<identity-name>";',
    },
  ],
  keysOff: {
    resourceType: 'Microsoft.DBforPostgreSQL/flexibleServers',
    property: 'authConfig.passwordAuth',
    value: 'Disabled',
    terraform: {
      resource: 'azurerm_postgresql_flexible_server',
      property: 'authentication.password_auth_enabled',
      value: false,
    },
  },
  guided: postgresqlGuides,
  frameworks: postgresqlFrameworks,
  clients: [...postgresqlClients, postgresqlJdbc],
};
