import type { ClientMigration } from '../service.ts';

const azureServer = /\.database\.(?:windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)$/iu;

function refuse(constants: ReadonlyMap<string, string>): string | undefined {
  const server = constants.get('SERVER');
  return server === undefined || azureServer.test(server)
    ? undefined
    : 'The server is not an Azure SQL server, so it may not know Microsoft Entra ID. Keep the password out of the code with an environment variable or Key Vault instead.';
}

const shared = {
  language: 'typescript',
  secret: { capture: 'KEY', form: 'key' },
  endpoint: { from: 'capture' },
  // tedious brings the identity package along and makes the credential itself.
  identityPackage: false,
  refuse,
} as const satisfies Partial<ClientMigration>;

/** Drivers that take user and password apart; connection strings are settings, whatever file they stand in. */
export const azureSqlClients: readonly ClientMigration[] = [
  ...(
    [
      ['connect', 'await connect'],
      ['new ConnectionPool', 'new ConnectionPool'],
    ] as const
  ).map(([construct, call]): ClientMigration => ({
    ...shared,
    module: 'mssql',
    package: 'mssql',
    before: `${construct}({ user: $USER, password: $KEY, server: $SERVER, $$$OPTIONS })`,
    after: `${construct}({ authentication: { type: 'azure-active-directory-default', options: {} }, server: $SERVER, $$$OPTIONS })`,
    examples: [
      {
        before: standIns => `import sql from 'mssql';

const config = {
  server: 'contoso-orders.database.windows.net',
  database: 'orders',
  user: 'app',
  password: '${standIns.password()}',
  options: { encrypt: true },
};

export async function open() {
  return ${call.replace(/connect|Conn/u, 'sql.$&')}(config);
}
`,
        after: `import sql from 'mssql';

const config = {
  server: 'contoso-orders.database.windows.net',
  database: 'orders',
  authentication: { type: 'azure-active-directory-default' as const, options: {} },
  options: { encrypt: true },
};

export async function open() {
  return ${call.replace(/connect|Conn/u, 'sql.$&')}(config);
}
`,
      },
    ],
  })),
  {
    ...shared,
    module: 'tedious',
    package: 'tedious',
    before:
      "new Connection({ server: $SERVER, authentication: { type: 'default', options: { userName: $USER, password: $KEY } }, $$$OPTIONS })",
    after:
      "new Connection({ server: $SERVER, authentication: { type: 'azure-active-directory-default', options: {} }, $$$OPTIONS })",
    examples: [
      {
        languageId: 'javascript',
        before: standIns => `const { Connection } = require('tedious');

const connection = new Connection({
  server: 'contoso-orders.database.windows.net',
  authentication: {
    type: 'default',
    options: {
      userName: 'app',
      password: '${standIns.password()}',
    },
  },
  options: { database: 'orders', encrypt: true },
});
connection.connect();
`,
        after: `const { Connection } = require('tedious');

const connection = new Connection({
  server: 'contoso-orders.database.windows.net',
  authentication: {
    type: 'azure-active-directory-default',
    options: {},
  },
  options: { database: 'orders', encrypt: true },
});
connection.connect();
`,
      },
    ],
  },
];
