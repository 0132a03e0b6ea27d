import type { Refusal } from '../../rewrite/fix.ts';
import type { AddressMigration } from '../service.ts';
import { mysqlHost, mysqlUser } from '../clients/mysql-forms.ts';
import { postgresqlHost, postgresqlUser } from '../clients/postgresql-forms.ts';
import type { AzureHost } from '../clients/database-address.ts';
import { azureSqlHost } from './azure-sql-strings.ts';

const elsewhere =
  'Only a database in Azure takes a Microsoft Entra token, and this address is for another one. Keep the password out of the repository: an environment variable, or a file that git ignores.';

/** A JDBC address whose password parameter gives way to the plugin that fetches a token for each connection. */
function withPlugin(address: string, host: AzureHost, parameters: string): string | Refusal {
  const [base = '', query = ''] = address.split('?', 2);
  const server = /^jdbc:\w+:\/\/(?<server>[^:/,?]+)/iu.exec(base)?.groups?.['server'] ?? '';
  if (!host.pattern.test(server)) return { refusal: elsewhere };
  if (/\$\{|%\w+%/u.test(base)) return { refusal: 'The server is filled in elsewhere. Change the address there.' };
  const given = query.split('&');
  const known = parameters.split('&').map(parameter => parameter.split('=', 1)[0]);
  const at = given.findIndex(parameter => /^password=/iu.test(parameter));
  const rest = given.flatMap((parameter, i) => {
    if (i === at) return [parameters];
    return known.includes(parameter.split('=', 1)[0] ?? '') ? [] : [parameter];
  });
  return `${base}?${rest.join('&')}`;
}

const extensions = {
  kind: 'installPackage',
  message: 'Add com.azure:azure-identity-extensions to the dependencies: it brings the plugin that signs in.',
  copyable: 'com.azure:azure-identity-extensions:1.2.2',
} as const;

export const postgresqlPlugin =
  'authenticationPluginClassName=com.azure.identity.extensions.jdbc.postgresql.AzurePostgresqlAuthenticationPlugin';
const mysqlClass = 'com.azure.identity.extensions.jdbc.mysql.AzureMysqlAuthenticationPlugin';
export const mysqlPlugin = `defaultAuthenticationPlugin=${mysqlClass}&authenticationPlugins=${mysqlClass}`;

export const postgresqlAddresses: readonly AddressMigration[] = [
  {
    form: 'address',
    title: 'Sign in to PostgreSQL with Microsoft Entra',
    cures: ['postgresql-password'],
    scheme: /jdbc:postgresql:\/\//iu,
    rewrite: address => withPlugin(address, postgresqlHost, postgresqlPlugin),
    followUps: [extensions, postgresqlUser],
    examples: [
      {
        path: 'Orders.java',
        before: s =>
          `String url = "jdbc:postgresql://contoso.postgres.database.azure.com:5432/orders?user=orders-api&password=«${s.password()}»&sslmode=require";`,
        after: `String url = "jdbc:postgresql://contoso.postgres.database.azure.com:5432/orders?user=orders-api&${postgresqlPlugin}&sslmode=require";`,
      },
      {
        path: 'persistence.xml',
        before: s =>
          `<property name="jakarta.persistence.jdbc.url" value="jdbc:postgresql://contoso.postgres.database.azure.com/orders?user=orders-api&amp;password=«${s.password()}»"/>`,
        after: `<property name="jakarta.persistence.jdbc.url" value="jdbc:postgresql://contoso.postgres.database.azure.com/orders?user=orders-api&amp;${postgresqlPlugin}"/>`,
      },
      {
        path: 'orders.env',
        before: s => `JDBC_URL=jdbc:postgresql://db.contoso.com/orders?user=orders-api&password=«${s.password()}»\n`,
        after: { refusal: /another one/u },
      },
    ],
  },
];

export const mysqlAddresses: readonly AddressMigration[] = [
  {
    form: 'address',
    title: 'Sign in to MySQL with Microsoft Entra',
    cures: ['mysql-password'],
    scheme: /jdbc:mysql:\/\//iu,
    rewrite: address => withPlugin(address, mysqlHost, mysqlPlugin),
    followUps: [extensions, mysqlUser],
    examples: [
      {
        path: 'Orders.java',
        before: s =>
          `Connection orders = DriverManager.getConnection("jdbc:mysql://contoso.mysql.database.azure.com:3306/orders?user=orders-api&password=«${s.password()}»&sslMode=REQUIRED");`,
        after: `Connection orders = DriverManager.getConnection("jdbc:mysql://contoso.mysql.database.azure.com:3306/orders?user=orders-api&${mysqlPlugin}&sslMode=REQUIRED");`,
      },
    ],
  },
];

/** What SQLAlchemy hands to the ODBC driver; without a user it asks for the Windows sign-in unless told another way. */
function forOdbc(address: string): string | Refusal {
  if (!/^mssql\+pyodbc:/iu.test(address)) {
    return {
      refusal:
        'pymssql takes no Microsoft Entra token. Use mssql+pyodbc with ODBC Driver 18 for SQL Server, or mssql-python, then run the fix again.',
    };
  }
  const at = address.lastIndexOf('@');
  const [server = '', query = ''] = address.slice(at + 1).split('?', 2);
  if (!azureSqlHost.test(server)) return { refusal: elsewhere };
  if (
    !/(?:^|&)driver=ODBC(?:\+|%20)Driver(?:\+|%20)(?:1[7-9]|[2-9]\d)(?:\+|%20)for(?:\+|%20)SQL(?:\+|%20)Server/iu.test(
      query,
    )
  ) {
    return {
      refusal:
        'The address names no driver that knows managed identities. Use ODBC Driver 18 for SQL Server, then this fix.',
    };
  }
  const rest = query.split('&').filter(parameter => !/^authentication=/iu.test(parameter));
  return `mssql+pyodbc://@${server}?${rest.join('&')}&authentication=ActiveDirectoryMsi`;
}

export const azureSqlAddresses: readonly AddressMigration[] = [
  {
    form: 'address',
    title: 'Sign in to Azure SQL with Microsoft Entra',
    cures: ['azure-sql-password'],
    scheme: /mssql\+(?:pyodbc|pymssql):\/\//iu,
    rewrite: forOdbc,
    followUps: [
      {
        kind: 'checkOtherUses',
        message:
          'ActiveDirectoryMsi signs in as the managed identity, so it works in Azure only. On your own machine use authentication=ActiveDirectoryInteractive.',
      },
    ],
    examples: [
      {
        path: 'db.py',
        before: s =>
          `engine = create_engine("mssql+pyodbc://app:«${s.password()}»@contoso.database.windows.net:1433/orders?driver=ODBC+Driver+18+for+SQL+Server&Encrypt=yes")`,
        after: `engine = create_engine("mssql+pyodbc://@contoso.database.windows.net:1433/orders?driver=ODBC+Driver+18+for+SQL+Server&Encrypt=yes&authentication=ActiveDirectoryMsi")`,
      },
      {
        path: '.env',
        before: s => `DATABASE_URL=mssql+pymssql://app:«${s.password()}»@contoso.database.windows.net/orders\n`,
        after: { refusal: /pymssql takes no/u },
      },
    ],
  },
];
