import type { ClientMigration } from '../service.ts';
import { refuseElsewhere, withoutPassword } from './database-address.ts';
import { mysqlCsharp } from './mysql-csharp.ts';
import { mysqlGo } from './mysql-go.ts';
import { mysqlHost, mysqlSetting, mysqlUser } from './mysql-forms.ts';
import { mysqlPython } from './mysql-python.ts';
import { databaseScope as scope } from './postgresql-forms.ts';

const shared = {
  language: 'typescript',
  module: 'mysql2/promise',
  alsoFrom: ['mysql2'],
  package: 'mysql2',
  refuse: refuseElsewhere(mysqlHost),
  followUps: [mysqlUser],
  credential: 'declared',
} as const satisfies Partial<ClientMigration>;

/** The plugin is asked for the password of each connection; only an encrypted one carries it. */
const plugin = (credential: string): string =>
  `authPlugins: { mysql_clear_password: () => async () => Buffer.from(\`\${(await ${credential}.getToken('${scope}')).token}\\0\`) }`;

const typescript = ['createPool', 'createConnection'].flatMap((construct): ClientMigration[] => [
  {
    ...shared,
    secret: { capture: 'KEY', form: 'key' },
    endpoint: { from: 'capture' },
    before: `${construct}({ password: $KEY, $$$OPTIONS })`,
    after: `${construct}({ ${plugin('$CREDENTIAL')}, $$$OPTIONS })`,
    examples: [
      {
        before: s => `import mysql from 'mysql2/promise';

// The orders.
export const database = mysql.${construct}({ host: 'contoso.mysql.database.azure.com', user: 'orders-api', password: '${s.password()}', ssl: {} });
`,
        after: `import { DefaultAzureCredential } from '@azure/identity';
import mysql from 'mysql2/promise';

const credential = new DefaultAzureCredential();

// The orders.
export const database = mysql.${construct}({ host: 'contoso.mysql.database.azure.com', user: 'orders-api', ${plugin('credential')}, ssl: {} });
`,
      },
      {
        before: s => `import { DefaultAzureCredential } from '@azure/identity';
import mysql from 'mysql2/promise';

const credential = new DefaultAzureCredential();

export const database = mysql.${construct}({
  host: 'contoso.mysql.database.azure.com',
  user: 'orders-api',
  password: '${s.password()}',
  database: 'orders',
  ssl: {},
});
`,
        after: `import { DefaultAzureCredential } from '@azure/identity';
import mysql from 'mysql2/promise';

const credential = new DefaultAzureCredential();

export const database = mysql.${construct}({
  host: 'contoso.mysql.database.azure.com',
  user: 'orders-api',
  ${plugin('credential')},
  database: 'orders',
  ssl: {},
});
`,
      },
    ],
  },
  {
    ...shared,
    secret: { capture: 'CS', form: 'connectionString' },
    endpoint: {
      from: 'connectionString',
      derive: (_fields, text) => withoutPassword(text, mysqlHost.pattern),
      setting: mysqlSetting,
    },
    before: `${construct}({ uri: $CS, $$$OPTIONS })`,
    after: `${construct}({ uri: $ENDPOINT, ${plugin('$CREDENTIAL')}, $$$OPTIONS })`,
    examples: [
      {
        languageId: 'javascript',
        before: s => `const { DefaultAzureCredential } = require('@azure/identity');
const mysql = require('mysql2');

const credential = new DefaultAzureCredential();
const database = mysql.${construct}({ uri: 'mysql://orders-api:${s.password()}@contoso.mysql.database.azure.com:3306/orders', ssl: {} });
database.query('SELECT 1', () => {});
`,
        after: `const { DefaultAzureCredential } = require('@azure/identity');
const mysql = require('mysql2');

const credential = new DefaultAzureCredential();
const database = mysql.${construct}({ uri: 'mysql://orders-api@contoso.mysql.database.azure.com:3306/orders', ${plugin('credential')}, ssl: {} });
database.query('SELECT 1', () => {});
`,
      },
    ],
  },
]);

export const mysqlClients: readonly ClientMigration[] = [...typescript, ...mysqlPython, ...mysqlCsharp, ...mysqlGo];
