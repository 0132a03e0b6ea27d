import type { ClientMigration } from '../service.ts';
import { azureSqlHost } from '../settings/azure-sql-strings.ts';

const scope = 'https://database.windows.net/.default';

function refuse(constants: ReadonlyMap<string, string>, given: ReadonlySet<string>): string | undefined {
  const server = constants.get('server');
  if (server !== undefined && !azureSqlHost.test(server)) {
    return 'The server is not an Azure SQL server, so it may not know Microsoft Entra ID. Keep the password out of the code with an environment variable or Key Vault instead.';
  }
  if (server !== undefined && !/\.windows\.net(?:,\d+)?$/iu.test(server)) {
    return 'The server is in a sovereign cloud, whose tokens are for an audience of its own. Ask for that scope by hand.';
  }
  const driver = constants.get('driver') ?? constants.get('Driver') ?? constants.get('DRIVER');
  if (driver !== undefined && !/ODBC Driver (?:1[3-9]|[2-9]\d) for SQL Server/iu.test(driver)) {
    return 'The driver takes no token. Use ODBC Driver 18 for SQL Server, then run the fix again.';
  }
  const other = [...given].find(name => /^(?:authentication|trusted_connection|autentication)$/iu.test(name));
  return other === undefined
    ? undefined
    : `The call says with ${other} how to sign in, which goes with no token. Remove that, then run the fix again.`;
}

const token = (credential: string): string => `${credential}.get_token("${scope}").token.encode("utf-16-le")`;
const comment =
  '# A token is attribute 1256 of the driver (SQL_COPT_SS_ACCESS_TOKEN): its length, then its text in UTF-16.';
const packed = (name: string): string => `pack("<I", len(${name})) + ${name}`;

/** A connection that is open outlives its token; each new one asks for another. */
export const azureSqlPython: readonly ClientMigration[] = (
  [
    ['uid', 'pwd'],
    ['UID', 'PWD'],
    ['user', 'password'],
  ] as const
).map(([user, key]): ClientMigration => ({
  language: 'python',
  module: 'pyodbc',
  package: 'pyodbc',
  secret: { capture: 'KEY', form: 'key' },
  endpoint: { from: 'capture' },
  before: `connect($$$OPTIONS, ${user}=$USER, ${key}=$KEY)`,
  ahead: [
    { statement: comment },
    { as: 'TOKEN', names: ['token', 'access_token', 'database_token'], value: token('$CREDENTIAL') },
    { as: 'PACKED', names: ['packed_token', 'token_struct', 'token_attribute'], value: packed('$TOKEN') },
  ],
  after: `connect($$$OPTIONS, attrs_before={1256: $PACKED})`,
  imports: { pack: 'struct' },
  credential: 'declared',
  refuse,
  examples: [
    {
      before: s => `import pyodbc


def open_orders():
    return pyodbc.connect(
        driver="{ODBC Driver 18 for SQL Server}",
        server="contoso.database.windows.net",
        database="orders",
        ${user}="app",
        ${key}="${s.password()}",
        Encrypt="yes",
    )
`,
      after: `import pyodbc
from azure.identity import DefaultAzureCredential
from struct import pack


credential = DefaultAzureCredential()


def open_orders():
    ${comment}
    token = ${token('credential')}
    packed_token = ${packed('token')}
    return pyodbc.connect(
        driver="{ODBC Driver 18 for SQL Server}",
        server="contoso.database.windows.net",
        database="orders",
        attrs_before={1256: packed_token},
        Encrypt="yes",
    )
`,
    },
    {
      before: s => `import pyodbc

connection = pyodbc.connect(Encrypt="yes", server="contoso.database.windows.net", ${user}="app", ${key}="${s.password()}")
`,
      after: `import pyodbc
from azure.identity import DefaultAzureCredential
from struct import pack

credential = DefaultAzureCredential()

${comment}
token = ${token('credential')}
packed_token = ${packed('token')}
connection = pyodbc.connect(Encrypt="yes", server="contoso.database.windows.net", attrs_before={1256: packed_token})
`,
    },
  ],
}));
