import type { ClientMigration } from '../service.ts';
import { refuseElsewhere, withoutPassword } from './database-address.ts';
import { mysqlHost, mysqlUser } from './mysql-forms.ts';
import { databaseScope as scope } from './postgresql-forms.ts';

const shared = {
  language: 'csharp',
  module: 'MySqlConnector',
  notFrom: ['MySql.Data.MySqlClient'],
  package: 'MySqlConnector',
  secret: { capture: 'CS', form: 'connectionString' },
  endpoint: {
    from: 'connectionString',
    derive: (_fields: ReadonlyMap<string, string>, text: string) => withoutPassword(text, mysqlHost.pattern),
    setting: {
      name: 'AZURE_MYSQL_CONNECTIONSTRING',
      shortName: 'Database',
      holds: 'Server=<server>.mysql.database.azure.com;Database=<database>;User ID=<user>;SslMode=Required',
      keepsName: true,
    },
  },
  refuse: refuseElsewhere(mysqlHost),
  followUps: [mysqlUser],
  credential: 'declared',
} as const satisfies Partial<ClientMigration>;

const context = `new TokenRequestContext(new[] { "${scope}" })`;
const callback = (credential: string): string =>
  `{ ProvidePasswordCallback = _ => ${credential}.GetToken(${context}, default).Token }`;
const tokens = (credential: string): string =>
  `UsePeriodicPasswordProvider(async (_, cancellationToken) => (await ${credential}.GetTokenAsync(${context}, cancellationToken)).Token, TimeSpan.FromMinutes(30), TimeSpan.FromSeconds(5))`;

const keyless = 'Server=contoso.mysql.database.azure.com;Database=orders;User ID=orders-api;SslMode=Required';
const withPassword = (password: string): string => keyless.replace(';Ssl', `;Password=${password};Ssl`);

export const mysqlCsharp: readonly ClientMigration[] = [
  {
    ...shared,
    since: '2.0.0',
    before: 'new MySqlConnection($CS)',
    // Asked whenever the pool opens a connection to the server.
    after: `new MySqlConnection($ENDPOINT) ${callback('$CREDENTIAL')}`,
    imports: { TokenRequestContext: 'Azure.Core' },
    examples: [
      {
        before: s => `using Azure.Identity;
using MySqlConnector;

var credential = new DefaultAzureCredential();
await using var connection = new MySqlConnection("${withPassword(s.password())}");
await connection.OpenAsync();
`,
        after: `using Azure.Core;
using Azure.Identity;
using MySqlConnector;

var credential = new DefaultAzureCredential();
await using var connection = new MySqlConnection("${keyless}") ${callback('credential')};
await connection.OpenAsync();
`,
      },
    ],
  },
  {
    ...shared,
    since: '2.3.0',
    before: 'new MySqlDataSourceBuilder($CS)',
    after: `new MySqlDataSourceBuilder($ENDPOINT).${tokens('$CREDENTIAL')}`,
    imports: { TokenRequestContext: 'Azure.Core', TimeSpan: 'System' },
    examples: [
      {
        before: s => `using System;
using Azure.Core;
using Azure.Identity;
using MySqlConnector;

var credential = new DefaultAzureCredential();
var builder = new MySqlDataSourceBuilder("${withPassword(s.password())}");
await using var dataSource = builder.Build();
`,
        after: `using System;
using Azure.Core;
using Azure.Identity;
using MySqlConnector;

var credential = new DefaultAzureCredential();
var builder = new MySqlDataSourceBuilder("${keyless}").${tokens('credential')};
await using var dataSource = builder.Build();
`,
      },
    ],
  },
];
