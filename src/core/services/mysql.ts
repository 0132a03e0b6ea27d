import { databasePasswords, gradeDatabase } from '../secrets/database-passwords.ts';
import { jdbcConnection, withParameters } from './clients/jdbc.ts';
import { mysqlFrameworks } from './clients/database-frameworks.ts';
import { mysqlGuides } from './clients/mysql-guides.ts';
import { mysqlClients } from './clients/mysql.ts';
import { mysqlUser } from './clients/mysql-forms.ts';
import { mysqlAddresses, mysqlPlugin } from './settings/database-addresses.ts';
import { springMysql } from './settings/spring-datasource.ts';
import type { CredentialFormat, Service } from './service.ts';

const azureHost =
  /(?<![a-z0-9-])([a-z0-9-]+)\.(?:private\.)?(?:mysql|mariadb)\.database\.(?:azure\.com|usgovcloudapi\.net|chinacloudapi\.cn)/iu;

/** What every container on a developer's machine is given. */
const habit = 'root';

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'mysql-password',
    title: 'MySQL or MariaDB password',
    message: 'A MySQL password[ of user {user}][ for {server}] is embedded here[ ({note})].',
    leak: 'Whoever reads it can sign in to the database as this user and read and change what the user may.',
    remedy:
      'Sign in with a token from DefaultAzureCredential as password, create the managed identity as a database user, change the password, then set aad_auth_only.',
    severity: 'error',
    keywords: ['mysql', 'mariadb', 'port=3306', '@tcp('],
    patterns: [
      ...databasePasswords({
        schemes: '(?:mysqlx?|mariadb)(?:\\+\\w{1,20})?',
        schemeBegins: ['mysql', 'mysqlx', 'mariadb'],
        azureHost,
        owns: (values, host) =>
          /mysql|mariadb/iu.test(host) ||
          values.get('port') === '3306' ||
          [
            'allowuservariables',
            'allow user variables',
            'convert zero datetime',
            'sslmode',
            'ssl mode',
            'charset',
          ].some(key => values.has(key) && !values.has('host')),
      }),
      {
        // The data source name of Go.
        hint: ['@tcp('],
        regex:
          /(?<user>[\w.@$-]{1,80}):(?<secret>[^\s:"'`<>\uE022\uE027]{1,128})@tcp\((?<host>[\w.{}$%-]{1,253})(?::\d{1,5})?\)\//dgu,
        grade: ({ secret, groups }) => gradeDatabase(secret, groups['user'], groups['host'] ?? '', azureHost),
      },
    ],
    examples: {
      found: [
        {
          languageId: 'dotenv',
          text: s => `DATABASE_URL=mysql://app:«${s.password()}»@contoso.mysql.database.azure.com:3306/orders`,
        },
        {
          languageId: 'json',
          text: s =>
            `{"Db":"Pwd=«${s.password()}»;Server=contoso.mysql.database.azure.com;Port=3306;Uid=app;Database=o;SslMode=Required"}`,
        },
        {
          languageId: 'go',
          text: s =>
            `sql.Open("mysql", "app:«${s.password()}»@tcp(contoso.mysql.database.azure.com:3306)/orders?tls=true")`,
        },
        {
          languageId: 'dotenv',
          severity: 'warning',
          text: s => `DSN=app:«${s.password()}»@tcp(db.contoso.com)/orders?parseTime=true`,
        },
        {
          languageId: 'java',
          text: s =>
            `DriverManager.getConnection("jdbc:mysql://contoso.mysql.database.azure.com:3306/o?user=app&password=«${s.password()}»&useSSL=true");`,
        },
        {
          languageId: 'python',
          text: s =>
            `mysql.connector.connect(host="contoso.mysql.database.azure.com", user="app", password="«${s.password()}»")`,
        },
        {
          languageId: 'ini',
          text: s => `[mysql]\nhost = contoso.mysql.database.azure.com\npassword = «${s.password()}»\n`,
        },
        {
          languageId: 'xml',
          severity: 'warning',
          text: s =>
            `<add name="Db" connectionString="Server=db.contoso.com;Port=3306;Uid=app;Pwd=«${s.password()}»;" />`,
        },
        {
          languageId: 'yaml',
          severity: 'warning',
          text: s => `dsn: mysql+pymysql://app:«${s.password()}»@db.contoso.com/orders`,
        },
        {
          languageId: 'yaml',
          severity: 'information',
          text: s => `dsn: mysql://app:«${s.password()}»@127.0.0.1:3306/orders`,
        },
        { languageId: 'yaml', text: () => `dsn: mysql://root:«${habit}»@contoso.mysql.database.azure.com/orders` },
      ],
      silent: [
        {
          languageId: 'go',
          text: () => 'fmt.Sprintf("%s:%s@tcp(contoso.mysql.database.azure.com:3306)/orders", user, password)',
          why: 'verbs of a format',
        },
        { languageId: 'yaml', text: () => 'dsn: mysql://root:root@localhost:3306/test', why: 'habit of the bench' },
        {
          languageId: 'php',
          text: () => '$dsn = "mysql://{$user}:{$password}@contoso.mysql.database.azure.com/o";',
          why: 'interpolation',
        },
        {
          languageId: 'json',
          text: () => '{"Db":"Server=contoso.mysql.database.azure.com;Port=3306;Uid=app;Pwd=#{DbPassword}#;"}',
          why: 'token of a release pipeline',
        },
      ],
    },
  },
];

const mysqlJdbc = jdbcConnection({
  url: /^jdbc:mysql:\/\/[^/?]*\.mysql\.database\.(?:azure\.com|usgovcloudapi\.net|chinacloudapi\.cn)/iu,
  derive: url => withParameters(url, mysqlPlugin),
  // The plugin is asked for the password of each connection.
  after: 'DriverManager.getConnection($ENDPOINT, $USER, null)',
  packages: [{ name: 'com.azure:azure-identity-extensions', version: '1.2.2' }],
  followUps: [mysqlUser],
  example: {
    before: 'jdbc:mysql://contoso.mysql.database.azure.com:3306/orders?sslMode=REQUIRED',
    after: `jdbc:mysql://contoso.mysql.database.azure.com:3306/orders?sslMode=REQUIRED&${mysqlPlugin}`,
  },
});

export const mysql: Service = {
  id: 'mysql',
  name: 'Azure Database for MySQL',
  documentation: 'https://learn.microsoft.com/azure/mysql/flexible-server/concepts-azure-ad-authentication',
  credentials,
  settings: [...springMysql, ...mysqlAddresses],
  operations: [],
  roles: [
    {
      name: 'SELECT',
      id: '',
      plane: 'database',
      grants: 'reads the tables of a database',
      grant: "GRANT SELECT ON `<database>`.* TO '<user>'@'%';",
    },
    {
      name: 'SELECT, INSERT, UPDATE, DELETE',
      id: '',
      plane: 'database',
      grants: 'reads and writes the tables of a database',
      grant: "GRANT SELECT, INSERT, UPDATE, DELETE ON `<database>`.* TO '<user>'@'%';",
    },
  ],
  keysOff: {
    resourceType: 'Microsoft.DBforMySQL/flexibleServers/configurations',
    property: 'aad_auth_only',
    value: 'ON',
    command:
      'az mysql flexible-server parameter set --resource-group <resource-group> --server-name <server> --name aad_auth_only --value ON',
    terraform: { resource: 'azurerm_mysql_flexible_server_configuration', property: 'aad_auth_only', value: 'ON' },
  },
  guided: mysqlGuides,
  frameworks: mysqlFrameworks,
  clients: [...mysqlClients, mysqlJdbc],
};
