import { jdbcPassword } from '../secrets/database-passwords.ts';
import { isCodeLanguage } from '../secrets/decoded-text.ts';
import { isLocalHost } from '../secrets/grading.ts';
import { isPlaceholder } from '../secrets/placeholder.ts';
import { azureSqlGuides } from './clients/azure-sql-guides.ts';
import { azureSqlClients } from './clients/azure-sql.ts';
import { azureSqlPython } from './clients/azure-sql-python.ts';
import { azureSqlOthers } from './clients/azure-sql-others.ts';
import { jdbcConnection } from './clients/jdbc.ts';
import { azureSqlAddresses } from './settings/database-addresses.ts';
import { azureSqlSettings } from './settings/azure-sql.ts';
import { azureSqlHost, first, serverKeys, userKeys } from './settings/azure-sql-strings.ts';
import { springAzureSql } from './settings/spring-datasource.ts';
import type { CredentialFormat, CredentialMatch, Grade, Service } from './service.ts';

/** How much a SQL Server password is worth by the host it opens. */
function gradeHost(host: string, user: string | undefined): Grade {
  const bare = host.replace(/^(?:tcp|np|lpc|admin):/iu, '');
  const note = user?.toLowerCase() === 'sa' ? 'the system administrator' : undefined;
  const azure = azureSqlHost.exec(bare)?.[1];
  if (azure !== undefined) return { severity: 'error', confidence: 'high', args: { user, server: azure, note } };
  if (isLocalHost(bare)) {
    return {
      severity: 'information',
      confidence: 'low',
      args: { user, server: bare.split(/[\\,:]/u)[0], note: 'local or example server' },
    };
  }
  return { severity: 'warning', confidence: 'medium', args: { user, server: bare.split(/[\\,:]/u)[0], note } };
}

function gradeConnectionString(match: CredentialMatch): Grade | undefined {
  const { fields, values, quoted } = match.connectionString();
  const field = fields.findLast(
    ({ name, key, content }) =>
      /^(?:password|pwd)$/u.test(name) && key.start <= match.secretSpan.start && content.end >= match.secretSpan.start,
  );
  const host = first(values, serverKeys);
  if (field === undefined || host === undefined || field.value.length < 4 || isPlaceholder(field.value))
    return undefined;
  const user = first(values, userKeys);
  const azure = azureSqlHost.test(host);
  // Statements like `server = x; password = y` are no connection string, and other databases use the same words.
  if (!azure && ((isCodeLanguage(match.languageId) && !quoted) || isOtherDatabase(values, host))) return undefined;
  if (isPlaceholder(host)) {
    // The host is filled in elsewhere; that it is SQL Server must show in another way.
    const sqlServer =
      user !== undefined && /initial catalog|database|encrypt|trustservercertificate/u.test([...values.keys()].join());
    return sqlServer
      ? {
          severity: 'warning',
          confidence: 'medium',
          args: { user: isPlaceholder(user) ? undefined : user },
          secretSpan: field.content,
        }
      : undefined;
  }
  return { ...gradeHost(host, user), secretSpan: field.content };
}

function isOtherDatabase(values: ReadonlyMap<string, string>, host: string): boolean {
  return (
    /mysql|mariadb|postgres|oracle|redis|mongo|snowflake/iu.test(host) ||
    [
      'port',
      'sslmode',
      'ssl mode',
      'charset',
      'allowuservariables',
      'search path',
      'dbq',
      'service name',
      'warehouse',
    ].some(key => values.has(key))
  );
}

/** Configuration objects and settings: a password beside the server's host name, at most this far away. */
const neighbourhood = 600;

function gradeNeighbour(match: CredentialMatch): Grade | undefined {
  if (isPlaceholder(match.secret)) return undefined;
  const near = match.text.slice(Math.max(0, match.span.start - neighbourhood), match.span.end + neighbourhood);
  const host = azureSqlHost.exec(near)?.[0];
  return host === undefined ? undefined : { ...gradeHost(host, undefined), confidence: 'medium' };
}

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'azure-sql-password',
    title: 'Azure SQL password',
    message: 'A SQL Server password[ of user {user}][ for {server}] is embedded here[ ({note})].',
    leak: 'Whoever reads it can sign in to the database as this user, read and change what the user may, and is not stopped by multi-factor authentication.',
    remedy:
      'Use Authentication=Active Directory Default without user and password, create the managed identity as a database user, change the password, then turn on Microsoft Entra-only authentication.',
    inSettings({ text, languageId, uri }) {
      if (/\bjdbc:sqlserver:/u.test(text)) {
        return 'Add ;authentication=ActiveDirectoryDefault to the JDBC URL, then delete user name and password: both stand in settings of their own, which other profiles may read.';
      }
      if (languageId === 'bicep' || languageId === 'terraform' || /administratorLogin/iu.test(text)) {
        return 'This is the password of the server’s administrator. Name a Microsoft Entra administrator and turn on Entra-only authentication; where a password must stay, take it from a secure parameter or Key Vault.';
      }
      if (/SA_PASSWORD/u.test(text) || /compose/iu.test(uri)) {
        return 'SQL Server in a container takes no Microsoft Entra token. Keep this password out of the repository: an environment variable, or a file that git ignores.';
      }
      return 'The password is a setting of its own: the code that reads it must sign in with Microsoft Entra first, then delete the setting together with the user name.';
    },
    severity: 'error',
    keywords: ['password', 'pwd', 'mssql', 'sqlserver:'],
    patterns: [
      {
        begins: ['password', 'pwd'],
        regex: /(?<![\w.-])(?:Password|Pwd)\s{0,4}=\s{0,4}(?<secret>[^\s;])/dgiu,
        grade: gradeConnectionString,
      },
      {
        begins: ['mssql', 'sqlserver'],
        regex:
          /(?<![\w.-])(?:mssql(?:\+\w{1,20})?|sqlserver|sqlserver\+ssl):\/\/(?<user>[^\s:;=@/"'`<>]{1,128}):(?<secret>[^\s;@/"'`<>]{1,128})@(?<host>[^\s/"'`<>?;]{1,253})/dgiu,
        grade(match) {
          const { user, host = '' } = match.groups;
          return isPlaceholder(match.secret) || isPlaceholder(host) ? undefined : gradeHost(host, user);
        },
      },
      {
        begins: ['password', 'passwd', 'pwd'],
        regex:
          /(?:password|passwd|pwd)["'\]]{0,2}\s{0,40}(?:=>|[:=])\s{0,8}@?(?<quote>["'`])(?<secret>[^"'`\r\n\uE022\uE027]{4,128})\k<quote>/dgiu,
        grade: match => (/Endpoint=|AccountKey=/iu.test(match.secret) ? undefined : gradeNeighbour(match)),
      },
      { hint: ['getConnection'], regex: jdbcPassword, grade: gradeNeighbour },
      {
        // Settings files write values without quotes.
        begins: ['password', 'passwd', 'pwd'],
        regex:
          /(?<=^[ \t-]{0,40}(?:export\s)?[\w.-]{0,60})(?:password|passwd|pwd)[ \t]{0,4}[:=][ \t]{0,4}(?<secret>[^\s"'`#;=][^\s"'`]{3,127})[ \t]*$/dgimu,
        grade: match => (isCodeLanguage(match.languageId) ? undefined : gradeNeighbour(match)),
      },
      {
        begins: ['administrator'],
        regex:
          /administrator_?login_?password["']?\s{0,40}[:=]\s{0,8}(?<quote>["'])(?<secret>[^"'\r\n\uE022\uE027]{8,128})\k<quote>/dgiu,
        grade: match =>
          isPlaceholder(match.secret) || /^\[(?:parameters|variables|concat)/iu.test(match.secret)
            ? undefined
            : { severity: 'error', confidence: 'medium', args: { note: 'the administrator of the server' } },
      },
      {
        // The container image of SQL Server takes its administrator's password by this name.
        begins: ['mssql_sa_password', 'sa_password'],
        regex: /(?<![A-Za-z0-9])(?:MSSQL_)?SA_PASSWORD["']?\s{0,4}[:=]\s{0,4}["']?(?<secret>[^\s"'`;,<>]{8,128})/dgu,
        grade: match =>
          isPlaceholder(match.secret)
            ? undefined
            : { severity: 'information', confidence: 'low', args: { user: 'sa', note: 'SQL Server container' } },
      },
    ],
    examples: {
      found: [
        {
          languageId: 'json',
          text: s =>
            `{"Db":"Server=tcp:contoso.database.windows.net,1433;Initial Catalog=orders;User ID=app;Password=«${s.password()}»;Encrypt=True;"}`,
        },
        {
          languageId: 'csharp',
          text: s => `var cs = "Password=«${s.password()}»;Data Source=contoso.database.windows.net;User=sa";`,
        },
        {
          languageId: 'csharp',
          text: s =>
            `var cs = "Server=contoso.database.windows.net;User ID=app;" +\n    "Password=«${s.password()}»;Encrypt=True";`,
        },
        {
          languageId: 'xml',
          text: s =>
            `<add name="Db" connectionString="Server=contoso.database.windows.net;Uid=app;Pwd=&quot;«a;${s.password()}»&quot;" />`,
        },
        {
          languageId: 'dotenv',
          text: s =>
            `DB=Server=tcp:contoso.database.windows.net;Database=o;User Id=app;Password=«${s.password()}»\nOTHER=1`,
        },
        {
          languageId: 'python',
          text: s =>
            `pyodbc.connect("Driver={ODBC Driver 18 for SQL Server};Server=contoso.database.windows.net;UID=app;PWD={«${s.password()}»}")`,
        },
        {
          languageId: 'java',
          text: s =>
            `String url = "jdbc:sqlserver://contoso.database.windows.net:1433;user=app@contoso;password=«${s.password()}»;encrypt=true";`,
        },
        {
          languageId: 'properties',
          text: s =>
            `spring.datasource.url=jdbc:sqlserver://contoso.database.windows.net:1433;database=o\nspring.datasource.password=«${s.password()}»\n`,
        },
        {
          languageId: 'python',
          text: s =>
            `create_engine("mssql+pyodbc://app:«${s.password()}»@contoso.database.windows.net/orders?driver=ODBC+Driver+18")`,
        },
        {
          languageId: 'go',
          text: s =>
            `sql.Open("sqlserver", "sqlserver://app:«${s.password()}»@contoso.database.windows.net?database=orders")`,
        },
        {
          languageId: 'typescript',
          text: s =>
            `const config = { server: 'contoso.database.windows.net', user: 'app', password: '«${s.password()}»' };`,
        },
        {
          languageId: 'typescript',
          text: s =>
            `new Connection({ server: "contoso.database.windows.net", authentication: { options: { userName: "app", password: "«${s.password()}»" } } })`,
        },
        {
          languageId: 'csharp',
          text: s => `// var old = "Server=contoso.database.windows.net;User ID=app;Password=«${s.password()}»;";`,
        },
        { languageId: 'bicep', text: s => `    administratorLoginPassword: '«${s.password()}»'\n` },
        { languageId: 'terraform', text: s => `  administrator_login_password = "«${s.password()}»"\n` },
        {
          languageId: 'json',
          severity: 'information',
          text: s => `{"Db":"Server=localhost,1433;Database=dev;User Id=sa;Password=«${s.password()}»"}`,
        },
        {
          languageId: 'dockercompose',
          severity: 'information',
          text: s => `    environment:\n      MSSQL_SA_PASSWORD: «${s.password()}»\n`,
        },
        {
          languageId: 'json',
          severity: 'warning',
          text: s => `{"Db":"Server=sql01.contoso.com;Initial Catalog=dev;User Id=app;Password=«${s.password()}»"}`,
        },
        {
          languageId: 'python',
          text: s =>
            `connect(\n    "Server=contoso.database.windows.net;UID=app;"\n    f"PWD=«${s.password()}»;Encrypt=yes"\n)`,
        },
        {
          languageId: 'csharp',
          severity: 'warning',
          text: s => `$"Server={host};Initial Catalog=orders;User ID=app;Password=«${s.password()}»"`,
        },
      ],
      silent: [
        {
          languageId: 'csharp',
          text: () => '$"Server=x.database.windows.net;User ID=u;Password={pw};"',
          why: 'interpolation',
        },
        {
          languageId: 'python',
          text: () => 'f"Driver={{ODBC Driver 18 for SQL Server}};Server=x.database.windows.net;UID=u;PWD={pw}"',
          why: 'interpolation beside doubled braces',
        },
        {
          languageId: 'json',
          text: () =>
            '"Server=tcp:x.database.windows.net;Database=o;Authentication=Active Directory Default;Encrypt=True"',
          why: 'identity',
        },
        {
          languageId: 'json',
          text: () => '"Server=tcp:x.database.windows.net;User ID=u;Password={your_password};"',
          why: 'placeholder of the portal',
        },
        {
          languageId: 'yaml',
          text: () => 'db: Server=tcp:x.database.windows.net;User ID=u;Password=$(SqlPassword);',
          why: 'pipeline variable',
        },
        {
          languageId: 'plaintext',
          text: () => 'Server=tcp:x.database.windows.net;User ID=u;Password=****;',
          why: 'mask',
        },
        {
          languageId: 'csharp',
          text: () => '$"Server=x.database.windows.net;User ID=u;Password={password};"',
          why: 'interpolation',
        },
        {
          languageId: 'typescript',
          text: () => '`Server=x.database.windows.net;User ID=u;Password=${password};`',
          why: 'interpolation',
        },
        {
          languageId: 'typescript',
          text: () => 'const server = config.server; const password = readPassword();',
          why: 'statements',
        },
        {
          languageId: 'typescript',
          text: () => '{ server: "x.database.windows.net", password: process.env.SQL_PASSWORD }',
          why: 'environment',
        },
        {
          languageId: 'dotenv',
          text: () => 'DB_HOST=x.database.windows.net\nDB_PASSWORD=${DB_PASSWORD}\n',
          why: 'variable',
        },
        {
          languageId: 'terraform',
          text: () => 'administrator_login_password = "${var.sql_password}"',
          why: 'variable',
        },
        {
          languageId: 'json',
          text: () => '{ "administratorLoginPassword": "[parameters(\'password\')]" }',
          why: 'template expression',
        },
      ],
    },
  },
];

const azureSqlJdbc = jdbcConnection({
  url: /^jdbc:sqlserver:\/\/[^;]*\.database\.(?:windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)/iu,
  derive: url => `${url.replace(/;+$/u, '')};authentication=ActiveDirectoryDefault`,
  after: 'DriverManager.getConnection($ENDPOINT)',
  packages: [{ name: 'com.azure:azure-identity', version: '1.18.0' }],
  followUps: [],
  example: {
    before: 'jdbc:sqlserver://contoso.database.windows.net:1433;database=orders;encrypt=true;',
    after:
      'jdbc:sqlserver://contoso.database.windows.net:1433;database=orders;encrypt=true;authentication=ActiveDirectoryDefault',
  },
});

export const azureSql: Service = {
  id: 'azure-sql',
  name: 'Azure SQL Database',
  documentation: 'https://learn.microsoft.com/azure/azure-sql/database/azure-sql-passwordless-migration',
  credentials,
  settings: [...springAzureSql, ...azureSqlAddresses, ...azureSqlSettings],
  operations: [],
  roles: [
    { name: 'db_datareader', id: '', grants: 'reads every table of the database', plane: 'database' },
    { name: 'db_datawriter', id: '', grants: 'writes every table of the database', plane: 'database' },
  ],
  keysOff: {
    resourceType: 'Microsoft.Sql/servers/azureADOnlyAuthentications',
    property: 'azureADOnlyAuthentication',
    value: true,
    command: 'az sql server ad-only-auth enable --resource-group <resource-group> --name <server>',
    terraform: {
      resource: 'azurerm_mssql_server',
      property: 'azuread_administrator.azuread_authentication_only',
      value: true,
    },
  },
  guided: azureSqlGuides,
  clients: [...azureSqlClients, ...azureSqlOthers, ...azureSqlPython, azureSqlJdbc],
};
