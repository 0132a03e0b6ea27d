import type { GuidedClient } from '../service.ts';

/** FreeTDS, which pymssql is built on, knows no token. */
export const azureSqlGuides: readonly GuidedClient[] = [
  {
    language: 'python',
    before: 'connect($$$OPTIONS, password=$KEY)',
    module: 'pymssql',
    package: 'pymssql',
    secret: { capture: 'KEY', form: 'key' },
    why: 'pymssql takes no Microsoft Entra token.',
    steps: [
      'Replace `pymssql` with `mssql-python`, Microsoft’s own driver, which needs no other on the machine.',
      'Connect with `Authentication=ActiveDirectoryDefault` and neither user nor password.',
      'Placeholders are `?` there and not `%s`.',
    ],
    snippet: `import mssql_python

connection = mssql_python.connect(
    "Server=<server>.database.windows.net;Database=<database>;Authentication=ActiveDirectoryDefault;Encrypt=yes"
)
`,
    examples: [
      {
        before: s => `import pymssql

connection = pymssql.connect(
    server="contoso.database.windows.net",
    user="app",
    password="${s.password()}",
    database="orders",
)
`,
      },
    ],
  },
  {
    language: 'python',
    before: 'connect($$$OPTIONS, pwd=$KEY)',
    module: 'pyodbc',
    package: 'pyodbc',
    secret: { capture: 'KEY', form: 'key' },
    why: 'the driver takes a token as an attribute of the connection, in a form of its own.',
    steps: [
      'Replace `uid` and `pwd` with the token, as bytes behind their length, in `attrs_before`.',
      'Ask for the token right before you connect: it expires within the hour, an open connection stays.',
      'In Azure alone `Authentication=ActiveDirectoryMsi` does without.',
    ],
    snippet: `import struct

import pyodbc
from azure.identity import DefaultAzureCredential

SQL_COPT_SS_ACCESS_TOKEN = 1256
credential = DefaultAzureCredential()


def connect():
    token = credential.get_token("https://database.windows.net/.default").token.encode("UTF-16-LE")
    return pyodbc.connect(
        "Driver={ODBC Driver 18 for SQL Server};Server=<server>.database.windows.net;Database=<database>;Encrypt=yes",
        attrs_before={SQL_COPT_SS_ACCESS_TOKEN: struct.pack(f"<I{len(token)}s", len(token), token)},
    )
`,
    examples: [
      {
        before: s => `import pyodbc

connection = pyodbc.connect(
    driver="{ODBC Driver 18 for SQL Server}",
    server="contoso.database.windows.net",
    database="orders",
    uid="app",
    pwd="${s.password()}",
)
`,
      },
    ],
  },
];
