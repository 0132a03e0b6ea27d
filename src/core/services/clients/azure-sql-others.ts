import type { ClientMigration } from '../service.ts';
import { hostOf, withoutFields } from './database-address.ts';

const azureServer = /\.database\.(?:windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)$/iu;

const elsewhere =
  'The server is not an Azure SQL server, so it may not know Microsoft Entra ID. Keep the password out of the code with an environment variable or Key Vault instead.';

/** `sqlserver://user:password@host?database=d` or `server=…;user id=…;password=…`, with a token instead. */
function withFederatedSignIn(_fields: ReadonlyMap<string, string>, text: string): string | undefined {
  const host = hostOf(text);
  if (host === undefined || !azureServer.test(host)) return undefined;
  const scheme = /^(?:sqlserver|mssql|azuresql):\/\//iu.exec(text)?.[0];
  if (scheme === undefined) {
    const rest = withoutFields(text, ['user id', 'uid', 'user', 'password', 'pwd', 'fedauth']).replace(/;+$/u, '');
    return `${rest};fedauth=ActiveDirectoryDefault`;
  }
  const [address = '', query = ''] = text.slice(Math.max(scheme.length, text.lastIndexOf('@') + 1)).split('?', 2);
  const parameters =
    query === '' ? [] : query.split('&').filter(parameter => !/^(?:fedauth|user|password)/iu.test(parameter));
  return `sqlserver://${address}?${[...parameters, 'fedauth=ActiveDirectoryDefault'].join('&')}`;
}

const go = ['sqlserver', 'mssql', 'azuresql'].map((driver): ClientMigration => ({
  language: 'go',
  module: 'database/sql',
  package: 'github.com/microsoft/go-mssqldb',
  secret: { capture: 'CS', form: 'connectionString' },
  endpoint: {
    from: 'connectionString',
    derive: withFederatedSignIn,
    setting: {
      name: 'AZURE_SQL_URL',
      shortName: 'Database',
      holds: 'sqlserver://<server>.database.windows.net?database=<database>&fedauth=ActiveDirectoryDefault',
      keepsName: true,
    },
  },
  before: `sql.Open("${driver}", $CS)`,
  after: 'sql.Open(azuread.DriverName, $ENDPOINT)',
  imports: { DriverName: 'github.com/microsoft/go-mssqldb/azuread' },
  packages: [{ name: 'github.com/microsoft/go-mssqldb', version: '1.0.0' }],
  identityPackage: false,
  refuse(constants) {
    const host = hostOf(constants.get('CS') ?? '');
    return host === undefined || azureServer.test(host) ? undefined : elsewhere;
  },
  examples: [
    {
      before: s => `package orders

import (
	"database/sql"

	_ "github.com/microsoft/go-mssqldb"
)

func open() (*sql.DB, error) {
	return sql.Open("${driver}", "sqlserver://app:${s.password()}@contoso.database.windows.net:1433?database=orders&encrypt=true")
}
`,
      after: `package orders

import (
	"database/sql"

	_ "github.com/microsoft/go-mssqldb"
	"github.com/microsoft/go-mssqldb/azuread"
)

func open() (*sql.DB, error) {
	return sql.Open(azuread.DriverName, "sqlserver://contoso.database.windows.net:1433?database=orders&encrypt=true&fedauth=ActiveDirectoryDefault")
}
`,
    },
    {
      before: s => `package orders

import (
	"database/sql"
	"log"

	_ "github.com/microsoft/go-mssqldb"
)

const dsn = "server=contoso.database.windows.net;user id=app;password=${s.password()};database=orders"

func main() {
	db, err := sql.Open("${driver}", dsn)
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()
}
`,
      after: `package orders

import (
	"database/sql"
	"log"

	_ "github.com/microsoft/go-mssqldb"
	"github.com/microsoft/go-mssqldb/azuread"
)

func main() {
	db, err := sql.Open(azuread.DriverName, "server=contoso.database.windows.net;database=orders;fedauth=ActiveDirectoryDefault")
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()
}
`,
    },
  ],
}));

const builder: ClientMigration = {
  language: 'csharp',
  module: 'Microsoft.Data.SqlClient',
  notFrom: ['System.Data.SqlClient'],
  package: 'Microsoft.Data.SqlClient',
  since: '3.0.0',
  secret: { capture: 'KEY', form: 'key' },
  endpoint: { from: 'capture' },
  before: 'new SqlConnectionStringBuilder { DataSource = $SERVER, UserID = $USER, Password = $KEY, $$$OPTIONS }',
  after:
    'new SqlConnectionStringBuilder { DataSource = $SERVER, Authentication = SqlAuthenticationMethod.ActiveDirectoryDefault, $$$OPTIONS }',
  imports: { SqlAuthenticationMethod: 'Microsoft.Data.SqlClient' },
  identityPackage: false,
  refuse(constants) {
    const server = constants.get('SERVER')?.replace(/^tcp:|,\d+$/giu, '');
    return server === undefined || azureServer.test(server) ? undefined : elsewhere;
  },
  followUps: [
    {
      kind: 'installPackage',
      message:
        'From version 7.0 of Microsoft.Data.SqlClient on, add Microsoft.Data.SqlClient.Extensions.Azure as well.',
      copyable: 'dotnet add package Microsoft.Data.SqlClient.Extensions.Azure',
    },
  ],
  examples: [
    {
      before: s => `using Microsoft.Data.SqlClient;

var builder = new SqlConnectionStringBuilder
{
    DataSource = "tcp:contoso.database.windows.net,1433",
    InitialCatalog = "orders",
    UserID = "app",
    Password = "${s.password()}",
    Encrypt = true,
};
await using var connection = new SqlConnection(builder.ConnectionString);
`,
      after: `using Microsoft.Data.SqlClient;

var builder = new SqlConnectionStringBuilder
{
    DataSource = "tcp:contoso.database.windows.net,1433",
    InitialCatalog = "orders",
    Authentication = SqlAuthenticationMethod.ActiveDirectoryDefault,
    Encrypt = true,
};
await using var connection = new SqlConnection(builder.ConnectionString);
`,
    },
  ],
};

export const azureSqlOthers: readonly ClientMigration[] = [...go, builder];
