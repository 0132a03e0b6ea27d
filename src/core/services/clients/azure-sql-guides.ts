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
];
