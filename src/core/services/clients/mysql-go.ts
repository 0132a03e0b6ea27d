import type { ClientMigration } from '../service.ts';
import { mysqlHost, mysqlUser } from './mysql-forms.ts';
import { databaseScope as scope } from './postgresql-forms.ts';

const azcore = 'github.com/Azure/azure-sdk-for-go/sdk/azcore';
const driver = 'github.com/go-sql-driver/mysql';

const address = /^(?<user>[^:@/]+):(?<password>.*)@tcp\((?<host>[^():]+)(?::\d+)?\)\//u;

/** `user:password@tcp(host:3306)/database?tls=true` without the password. */
function addressWithoutPassword(text: string): string | undefined {
  const groups = address.exec(text)?.groups;
  const { user = '', password = '', host = '' } = groups ?? {};
  return groups === undefined || !mysqlHost.pattern.test(host)
    ? undefined
    : user + text.slice(user.length + 1 + password.length);
}

function refuse(constants: ReadonlyMap<string, string>): string | undefined {
  const text = constants.get('CS') ?? '';
  const host = address.exec(text)?.groups?.['host'];
  if (host === undefined) return undefined;
  if (!mysqlHost.pattern.test(host)) {
    return 'The host is not a MySQL server in Azure, so it takes no Microsoft Entra token. Keep the password out of the code with an environment variable or Key Vault instead.';
  }
  if (mysqlHost.sovereign?.test(host) === true) {
    return 'The host is in a sovereign cloud, whose tokens are for an audience of its own. Ask for that scope by hand.';
  }
  return /[?&]tls=(?:false|preferred)(?:&|$)/iu.test(text)
    ? 'The address allows connections without TLS, over which a token would be sent in the clear. Say tls=true there, then run the fix again.'
    : undefined;
}

/** Asked before each connection, with a copy of the configuration; tokens are kept until they expire. */
const beforeConnect = (
  credential: string,
): string => `mysql.BeforeConnect(func(ctx context.Context, connection *mysql.Config) error {
	token, err := ${credential}.GetToken(ctx, policy.TokenRequestOptions{Scopes: []string{"${scope}"}})
	if err != nil {
		return err
	}
	connection.Passwd = token.Token
	return nil
})`;

const indented = (text: string): string => text.replaceAll('\n', '\n\t');
const server = 'contoso.mysql.database.azure.com:3306';

/** The server takes a token as a password in the clear, within TLS; the driver does so when it is told to. */
const database: ClientMigration = {
  language: 'go',
  module: 'database/sql',
  package: driver,
  since: '1.8.0',
  secret: { capture: 'CS', form: 'connectionString' },
  endpoint: {
    from: 'connectionString',
    derive: (_fields, text) => addressWithoutPassword(text),
    setting: {
      name: 'MYSQL_DSN',
      shortName: 'Database',
      holds: '<user>@tcp(<server>.mysql.database.azure.com:3306)/<database>?tls=true',
      keepsName: true,
    },
  },
  before: 'sql.Open("mysql", $CS)',
  ahead: [
    { as: 'CONFIG', names: ['config', 'mysqlConfig', 'databaseConfig'], value: 'mysql.ParseDSN($ENDPOINT)' },
    // Without effect where the address names a configuration of TLS.
    { statement: '$CONFIG.TLSConfig = "true"\n$CONFIG.AllowCleartextPasswords = true' },
    { attempt: `$CONFIG.Apply(${beforeConnect('$CREDENTIAL')})` },
  ],
  after: 'mysql.NewConnector($CONFIG)',
  becomes: { names: ['connector', 'mysqlConnector'], value: 'sql.OpenDB($MADE)' },
  imports: { context: 'context', policy: `${azcore}/policy`, mysql: driver, sql: 'database/sql' },
  packages: [{ name: azcore, version: '1.18.0' }],
  refuse,
  followUps: [mysqlUser],
  examples: [
    {
      before: s => `package shop

import (
	"database/sql"

	_ "${driver}"
)

func Open() (*sql.DB, error) {
	db, err := sql.Open("mysql", "shop:${s.password()}@tcp(${server})/shop?tls=true&parseTime=true")
	if err != nil {
		return nil, err
	}
	db.SetMaxIdleConns(4)
	return db, nil
}
`,
      after: `package shop

import (
	"context"
	"database/sql"

	"${azcore}/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"${driver}"
)

func Open() (*sql.DB, error) {
	cred, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		return nil, err
	}
	config, err := mysql.ParseDSN("shop@tcp(${server})/shop?tls=true&parseTime=true")
	if err != nil {
		return nil, err
	}
	config.TLSConfig = "true"
	config.AllowCleartextPasswords = true
	err = config.Apply(${indented(beforeConnect('cred'))})
	if err != nil {
		return nil, err
	}
	connector, err := mysql.NewConnector(config)
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(connector)
	db.SetMaxIdleConns(4)
	return db, nil
}
`,
    },
    {
      cursor: 'sql.Open',
      before: () => `package main

import (
	"database/sql"
	"log"
	"os"

	_ "${driver}"
)

var db *sql.DB

func main() {
	var err error
	db, err = sql.Open("mysql", os.Getenv("MYSQL_DSN"))
	if err != nil {
		log.Fatal(err)
	}
}
`,
      after: `package main

import (
	"context"
	"database/sql"
	"log"
	"os"

	"${azcore}/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"${driver}"
)

var db *sql.DB

func main() {
	var err error
	cred, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		log.Fatal(err)
	}
	config, err := mysql.ParseDSN(os.Getenv("MYSQL_DSN"))
	if err != nil {
		log.Fatal(err)
	}
	config.TLSConfig = "true"
	config.AllowCleartextPasswords = true
	err = config.Apply(${indented(beforeConnect('cred'))})
	if err != nil {
		log.Fatal(err)
	}
	connector, err := mysql.NewConnector(config)
	if err != nil {
		log.Fatal(err)
	}
	db, err = sql.OpenDB(connector), nil
	if err != nil {
		log.Fatal(err)
	}
}
`,
    },
  ],
};

export const mysqlGo: readonly ClientMigration[] = [database];
