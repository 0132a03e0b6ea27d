import type { Refusal } from '../../rewrite/fix.ts';
import { isLocalHost } from '../../secrets/grading.ts';
import { isPlaceholder } from '../../secrets/placeholder.ts';
import type { ConnectionStringChange, ConnectionStringInFile, SettingMigration } from '../service.ts';
import { azureSqlHost, first, serverKeys, userKeys } from './azure-sql-strings.ts';

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
  if (!azureSqlHost.test(host)) {
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

export const azureSqlSettings: readonly SettingMigration[] = [
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
