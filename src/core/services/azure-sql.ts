import { isCodeLanguage } from '../secrets/decoded-text.ts';
import { isLocalHost } from '../secrets/grading.ts';
import { isPlaceholder } from '../secrets/placeholder.ts';
import { azureSqlClients } from './clients/azure-sql.ts';
import type { Refusal } from '../rewrite/fix.ts';
import { springAzureSql } from './settings/spring-datasource.ts';
import type {
  ConnectionStringChange,
  ConnectionStringInFile,
  CredentialFormat,
  CredentialMatch,
  Grade,
  Service,
  SettingMigration,
} from './service.ts';

const azureHost =
  /(?<![a-z0-9-])([a-z0-9-]+)\.(?:[a-z0-9-]+\.)?database\.(?:windows\.net|usgovcloudapi\.net|chinacloudapi\.cn|cloudapi\.de)/iu;
const serverKeys = ['server', 'data source', 'datasource', 'addr', 'address', 'network address', 'host', 'servername'];
const userKeys = ['user id', 'uid', 'user', 'username'];

function first(values: ReadonlyMap<string, string>, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = values.get(key);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** How much a SQL Server password is worth by the host it opens. */
function gradeHost(host: string, user: string | undefined): Grade {
  const bare = host.replace(/^(?:tcp|np|lpc|admin):/iu, '');
  const note = user?.toLowerCase() === 'sa' ? 'the system administrator' : undefined;
  const azure = azureHost.exec(bare)?.[1];
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
  const azure = azureHost.test(host);
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
  const host = azureHost.exec(near)?.[0];
  return host === undefined ? undefined : { ...gradeHost(host, undefined), confidence: 'medium' };
}

const credentials: readonly CredentialFormat[] = [
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
        regex: /(?<![\w.-])(?:Password|Pwd)\s{0,4}=\s{0,4}(?<secret>[^\s;])/dgiu,
        grade: gradeConnectionString,
      },
      {
        regex:
          /(?<![\w.-])(?:mssql(?:\+\w{1,20})?|sqlserver|sqlserver\+ssl):\/\/(?<user>[^\s:;=@/"'`<>]{1,128}):(?<secret>[^\s;@/"'`<>]{1,128})@(?<host>[^\s/"'`<>?;]{1,253})/dgiu,
        grade(match) {
          const { user, host = '' } = match.groups;
          return isPlaceholder(match.secret) || isPlaceholder(host) ? undefined : gradeHost(host, user);
        },
      },
      {
        regex:
          /(?:password|passwd|pwd)["'\]]{0,2}\s{0,8}(?:=>|[:=])\s{0,8}@?(?<quote>["'`])(?<secret>[^"'`\r\n\uE022\uE027]{4,128})\k<quote>/dgiu,
        grade: match => (/Endpoint=|AccountKey=/iu.test(match.secret) ? undefined : gradeNeighbour(match)),
      },
      {
        // Settings files write values without quotes.
        regex:
          /(?<=^[ \t-]{0,40}(?:export\s)?[\w.-]{0,60})(?:password|passwd|pwd)[ \t]{0,4}[:=][ \t]{0,4}(?<secret>[^\s"'`#;=][^\s"'`]{3,127})[ \t]*$/dgimu,
        grade: match => (isCodeLanguage(match.languageId) ? undefined : gradeNeighbour(match)),
      },
      {
        regex:
          /administrator_?login_?password["']?\s{0,8}[:=]\s{0,8}(?<quote>["'])(?<secret>[^"'\r\n\uE022\uE027]{8,128})\k<quote>/dgiu,
        grade: match =>
          isPlaceholder(match.secret) || /^\[(?:parameters|variables|concat)/iu.test(match.secret)
            ? undefined
            : { severity: 'error', confidence: 'medium', args: { note: 'the administrator of the server' } },
      },
      {
        // The container image of SQL Server takes its administrator's password by this name.
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

const credentialKeys = [
  'user id',
  'uid',
  'user',
  'username',
  'password',
  'pwd',
  'integrated security',
  'trusted_connection',
  'authentication',
];
/** Azure SQL by any of its drivers; `undefined` when no driver could take the connection string as it would stand. */
function migrate({
  values,
  jdbc,
  languageId,
  uri,
  surroundings,
  mentions,
}: ConnectionStringInFile): ConnectionStringChange | Refusal {
  const host = (first(values, serverKeys) ?? '').replace(/^tcp:/iu, '');
  const user = first(values, userKeys);
  if (isLocalHost(host)) {
    return {
      refusal:
        'A local SQL Server takes no Microsoft Entra token. Keep this password out of the repository: user secrets, or a file that git ignores.',
    };
  }
  if (!azureHost.test(host)) {
    return {
      refusal:
        'This is no Azure SQL host. Microsoft Entra sign-in works with Azure SQL Database, Managed Instance, or a SQL Server set up for it.',
    };
  }
  if (user !== undefined && isPlaceholder(user)) {
    return {
      refusal:
        'The user name is filled in by code. Remove user and password where the connection string is put together.',
    };
  }
  if (values.has('provider connection string') || values.has('metadata')) return { refusal: oldClient };
  const remove = credentialKeys.filter(key => values.has(key));
  if (jdbc) {
    return {
      remove,
      add: 'authentication=ActiveDirectoryDefault',
      followUps: [
        {
          kind: 'installPackage',
          message:
            'Add com.azure:azure-identity to the dependencies: mssql-jdbc 12.2 or newer signs in with it, but does not bring it along.',
          copyable: 'com.azure:azure-identity',
        },
      ],
    };
  }
  const driver = values.get('driver')?.replace(/[{}]/gu, '');
  if (driver !== undefined) {
    if (!/^ODBC Driver (?:1[7-9]|[2-9]\d) for SQL Server$/iu.test(driver)) {
      return {
        refusal: `The driver ${driver} knows no managed identity. Use ODBC Driver 18 for SQL Server, then this fix.`,
      };
    }
    return {
      remove,
      add: 'Authentication=ActiveDirectoryMsi',
      followUps: [
        {
          kind: 'checkOtherUses',
          message:
            'ActiveDirectoryMsi signs in as the managed identity, so it works in Azure only. On your own machine use Authentication=ActiveDirectoryInteractive.',
        },
      ],
    };
  }
  if (languageId === 'go') {
    return {
      refusal:
        'The sqlserver driver of go-mssqldb takes no identity. Open the database with azuread.DriverName and fedauth=ActiveDirectoryDefault instead.',
    };
  }
  if (languageId === 'python') {
    return mentions(/mssql_python/u)
      ? { remove, add: 'Authentication=ActiveDirectoryDefault' }
      : {
          refusal:
            'pyodbc needs an access token from DefaultAzureCredential in attrs_before when no ODBC driver is named here; pass one and remove user and password.',
        };
  }
  if (/^(?:type|java)script(?:react)?$/u.test(languageId)) {
    // mssql reads this word as tedious' azure-active-directory-default.
    return { remove, add: 'Authentication=Active Directory Integrated' };
  }
  const provider = /providerName\s*=\s*["']([^"']*)["']/iu.exec(surroundings)?.[1];
  const isNetFrameworkConfig = /(?:^|[/\\])(?:web|app)(?:\.[\w-]+)?\.config$/iu.test(uri);
  if (provider === undefined ? isNetFrameworkConfig : !/Microsoft\.Data\.SqlClient/iu.test(provider))
    return { refusal: oldClient };
  if (mentions(/\bSystem\.Data\.SqlClient\b/u) && provider === undefined) return { refusal: oldClient };
  return {
    remove,
    add: 'Authentication=Active Directory Default',
    followUps: [
      {
        kind: 'installPackage',
        message:
          'The code must open it with Microsoft.Data.SqlClient; from version 7.0 on add Microsoft.Data.SqlClient.Extensions.Azure as well.',
        copyable: 'dotnet add package Microsoft.Data.SqlClient',
      },
    ],
  };
}

const oldClient =
  'System.Data.SqlClient (also below Entity Framework 6) knows no Active Directory Default. Move to Microsoft.Data.SqlClient first, then use this fix.';

const settings: readonly SettingMigration[] = [
  {
    form: 'connectionString',
    title: 'Sign in to Azure SQL with Microsoft Entra',
    cures: ['azure-sql-password'],
    rewrite: migrate,
    followUps: [
      {
        kind: 'grantRole',
        message: 'Create the app’s identity as a user of the database and grant it what it needs.',
        copyable:
          'CREATE USER [<identity name>] FROM EXTERNAL PROVIDER; ALTER ROLE db_datareader ADD MEMBER [<identity name>]; ALTER ROLE db_datawriter ADD MEMBER [<identity name>];',
      },
    ],
    examples: [
      {
        path: 'appsettings.json',
        before: s =>
          `{\n  "ConnectionStrings": {\n    "Orders": "Server=tcp:contoso.database.windows.net,1433;Initial Catalog=orders;User ID=app;Password=«${s.password()}»;Encrypt=True;"\n  }\n}\n`,
        after: `{\n  "ConnectionStrings": {\n    "Orders": "Server=tcp:contoso.database.windows.net,1433;Initial Catalog=orders;Authentication=Active Directory Default;Encrypt=True;"\n  }\n}\n`,
      },
      {
        path: '.env',
        before: s => `DB=Server=contoso.database.windows.net;Database=o;Uid=app;Pwd=«${s.password()}»\nB=1\n`,
        after: `DB=Server=contoso.database.windows.net;Database=o;Authentication=Active Directory Default\nB=1\n`,
      },
      {
        path: 'Data.cs',
        before: s =>
          `var cs = "Password='«a;${s.password()}»';Server=contoso.database.windows.net;" +\n    "User ID=app;Authentication=Sql Password;Encrypt=True";`,
        after: `var cs = "Authentication=Active Directory Default;Server=contoso.database.windows.net;" +\n    "Encrypt=True";`,
      },
      {
        path: 'db.py',
        before: s =>
          `cs = "Driver={ODBC Driver 18 for SQL Server};Server=tcp:contoso.database.windows.net,1433;UID=app;PWD={«${s.password()}»};Encrypt=yes"`,
        after: `cs = "Driver={ODBC Driver 18 for SQL Server};Server=tcp:contoso.database.windows.net,1433;Authentication=ActiveDirectoryMsi;Encrypt=yes"`,
      },
      {
        path: 'application.properties',
        before: s =>
          `url=jdbc:sqlserver://contoso.database.windows.net:1433;database=o;user=app@contoso;password=«${s.password()}»;encrypt=true\n`,
        after: `url=jdbc:sqlserver://contoso.database.windows.net:1433;database=o;authentication=ActiveDirectoryDefault;encrypt=true\n`,
      },
      {
        path: 'Orders.java',
        before: s =>
          `String url = "jdbc:sqlserver://;serverName=contoso.database.windows.net;password=«${s.password()}»;user=app";`,
        after: `String url = "jdbc:sqlserver://;serverName=contoso.database.windows.net;authentication=ActiveDirectoryDefault";`,
      },
      {
        path: 'db.ts',
        before: s =>
          `await sql.connect('Server=contoso.database.windows.net;Database=o;User Id=app;Password=«${s.password()}»;Encrypt=true');`,
        after: `await sql.connect('Server=contoso.database.windows.net;Database=o;Authentication=Active Directory Integrated;Encrypt=true');`,
      },
      {
        path: 'web.config',
        before: s =>
          `<add name="Db" providerName="Microsoft.Data.SqlClient" connectionString="Server=contoso.database.windows.net;User ID=app;Password=&quot;«${s.password()}»&quot;" />`,
        after: `<add name="Db" providerName="Microsoft.Data.SqlClient" connectionString="Server=contoso.database.windows.net;Authentication=Active Directory Default" />`,
      },
      {
        path: 'Web.config',
        before: s =>
          `<add name="Db" providerName="System.Data.SqlClient" connectionString="Server=contoso.database.windows.net;User ID=app;Password=«${s.password()}»" />`,
        after: { refusal: /Microsoft\.Data\.SqlClient first/u },
      },
      {
        path: 'Data.cs',
        before: s =>
          `using System.Data.SqlClient;\nvar cs = "Server=contoso.database.windows.net;User ID=app;Password=«${s.password()}»";`,
        after: { refusal: /Microsoft\.Data\.SqlClient first/u },
      },
      {
        path: 'appsettings.json',
        before: s => `{ "Db": "Server=localhost;User ID=sa;Password=«${s.password()}»" }`,
        after: { refusal: /local SQL Server/u },
      },
      {
        path: 'Data.cs',
        before: s => `var cs = $"Server=contoso.database.windows.net;User ID={user};Password=«${s.password()}»";`,
        after: { refusal: /filled in by code/u },
      },
      {
        path: 'main.go',
        before: s =>
          `sql.Open("sqlserver", "server=contoso.database.windows.net;user id=app;password=«${s.password()}»")`,
        after: { refusal: /azuread\.DriverName/u },
      },
      {
        path: 'orders.properties',
        before: s =>
          `spring.datasource.url=jdbc:sqlserver://contoso.database.windows.net:1433;database=o\nspring.datasource.password=«${s.password()}»\n`,
        after: { refusal: /authentication=ActiveDirectoryDefault/u },
      },
    ],
  },
];

export const azureSql: Service = {
  id: 'azure-sql',
  name: 'Azure SQL Database',
  documentation: 'https://learn.microsoft.com/azure/azure-sql/database/azure-sql-passwordless-migration',
  credentials,
  settings: [...springAzureSql, ...settings],
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
  clients: azureSqlClients,
};
