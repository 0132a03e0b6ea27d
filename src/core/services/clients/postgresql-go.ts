import type { ClientMigration, PreparingStatement } from '../service.ts';
import { refuseElsewhere } from './database-address.ts';
import { postgresqlAddress } from './postgresql-address.ts';
import { databaseScope as scope, postgresqlHost, postgresqlUser } from './postgresql-forms.ts';

const shared = {
  language: 'go',
  package: 'github.com/jackc/pgx/v5',
  secret: { capture: 'CS', form: 'connectionString' },
  endpoint: postgresqlAddress,
  when: /postgres/iu,
  refuse: refuseElsewhere(postgresqlHost),
  followUps: [postgresqlUser],
} as const satisfies Partial<ClientMigration>;

const pgx = 'github.com/jackc/pgx/v5';
const azcore = 'github.com/Azure/azure-sdk-for-go/sdk/azcore';
const tokens = { context: 'context', policy: `${azcore}/policy`, pgx } as const;
const packages = [{ name: azcore, version: '1.18.0' }] as const;

/** Asked before each connection, with a copy of the configuration; tokens are kept until they expire. */
const beforeConnect = (credential: string): string => `func(ctx context.Context, connection *pgx.ConnConfig) error {
	token, err := ${credential}.GetToken(ctx, policy.TokenRequestOptions{Scopes: []string{"${scope}"}})
	if err != nil {
		return err
	}
	connection.Password = token.Token
	return nil
}`;

const parse = (parser: string): PreparingStatement => ({
  as: 'CONFIG',
  names: ['config', 'poolConfig', 'connConfig', 'databaseConfig'],
  value: `${parser}($ENDPOINT)`,
});

const indented = (text: string, by = '\t'): string => text.replaceAll('\n', `\n${by}`);
const address = (password: string): string =>
  `postgres://orders-api:${password}@contoso.postgres.database.azure.com:5432/orders?sslmode=require`;
const keyless = '"postgres://orders-api@contoso.postgres.database.azure.com:5432/orders?sslmode=require"';

const azureImports = `	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
`;

const signIn = `	cred, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		return nil, err
	}
`;

const pool: ClientMigration = {
  ...shared,
  module: `${pgx}/pgxpool`,
  before: 'pgxpool.New($CTX, $CS)',
  ahead: [parse('pgxpool.ParseConfig'), { statement: `$CONFIG.BeforeConnect = ${beforeConnect('$CREDENTIAL')}` }],
  after: 'pgxpool.NewWithConfig($CTX, $CONFIG)',
  imports: { ...tokens, pgxpool: `${pgx}/pgxpool` },
  packages,
  examples: [
    {
      before: s => `package orders

import (
	"context"
	"fmt"

	"${pgx}/pgxpool"
)

func Open(ctx context.Context) (*pgxpool.Pool, error) {
	pool, err := pgxpool.New(ctx, "${address(s.password())}")
	if err != nil {
		return nil, fmt.Errorf("cannot connect: %w", err)
	}
	return pool, nil
}
`,
      after: `package orders

import (
	"context"
	"fmt"

${azureImports}	"${pgx}"
	"${pgx}/pgxpool"
)

func Open(ctx context.Context) (*pgxpool.Pool, error) {
	cred, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		return nil, fmt.Errorf("cannot get an Azure credential: %w", err)
	}
	config, err := pgxpool.ParseConfig(${keyless})
	if err != nil {
		return nil, fmt.Errorf("cannot prepare the connection: %w", err)
	}
	config.BeforeConnect = ${indented(beforeConnect('cred'))}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("cannot connect: %w", err)
	}
	return pool, nil
}
`,
    },
    {
      cursor: 'DATABASE_URL',
      before: () => `package main

import (
	"context"
	"log"
	"os"

	"${pgx}/pgxpool"
)

func main() {
	url := os.Getenv("DATABASE_URL")
	pool, err := pgxpool.New(context.Background(), url)
	if err != nil {
		log.Fatalf("no database: %v", err)
	}
	defer pool.Close()
}
`,
      after: `package main

import (
	"context"
	"log"
	"os"

${azureImports}	"${pgx}"
	"${pgx}/pgxpool"
)

func main() {
	url := os.Getenv("DATABASE_URL")
	cred, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		log.Fatalf("cannot get an Azure credential: %v", err)
	}
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		log.Fatalf("cannot prepare the connection: %v", err)
	}
	config.BeforeConnect = ${indented(beforeConnect('cred'))}
	pool, err := pgxpool.NewWithConfig(context.Background(), config)
	if err != nil {
		log.Fatalf("no database: %v", err)
	}
	defer pool.Close()
}
`,
    },
  ],
};

const poolConfiguration: ClientMigration = {
  ...shared,
  module: `${pgx}/pgxpool`,
  before: 'pgxpool.ParseConfig($CS)',
  after: 'pgxpool.ParseConfig($ENDPOINT)',
  behind: {
    text: `$SELF.BeforeConnect = ${beforeConnect('$CREDENTIAL')}`,
    mark: '$SELF.BeforeConnect =',
  },
  imports: tokens,
  packages,
  examples: [
    {
      before: s => `package orders

import (
	"context"

	"${pgx}/pgxpool"
)

func Open(ctx context.Context) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig("${address(s.password())}")
	if err != nil {
		return nil, err
	}
	config.MaxConns = 20
	return pgxpool.NewWithConfig(ctx, config)
}
`,
      after: `package orders

import (
	"context"

${azureImports}	"${pgx}"
	"${pgx}/pgxpool"
)

func Open(ctx context.Context) (*pgxpool.Pool, error) {
${signIn}	config, err := pgxpool.ParseConfig(${keyless})
	if err != nil {
		return nil, err
	}
	config.BeforeConnect = ${indented(beforeConnect('cred'))}
	config.MaxConns = 20
	return pgxpool.NewWithConfig(ctx, config)
}
`,
    },
  ],
};

/** One connection, opened at once: it gets a token of its own. */
const connection: ClientMigration = {
  ...shared,
  module: pgx,
  before: 'pgx.Connect($CTX, $CS)',
  ahead: [
    parse('pgx.ParseConfig'),
    {
      as: 'TOKEN',
      names: ['token', 'accessToken', 'databaseToken'],
      value: `$CREDENTIAL.GetToken($CTX, policy.TokenRequestOptions{Scopes: []string{"${scope}"}})`,
    },
    { statement: '$CONFIG.Password = $TOKEN.Token' },
  ],
  after: 'pgx.ConnectConfig($CTX, $CONFIG)',
  imports: { policy: tokens.policy, pgx },
  packages,
  examples: [
    {
      before: s => `package orders

import (
	"context"

	"${pgx}"
)

func connect(ctx context.Context) (*pgx.Conn, error) {
	return pgx.Connect(ctx, "${address(s.password())}")
}
`,
      after: `package orders

import (
	"context"

${azureImports}	"${pgx}"
)

func connect(ctx context.Context) (*pgx.Conn, error) {
${signIn}	config, err := pgx.ParseConfig(${keyless})
	if err != nil {
		return nil, err
	}
	token, err := cred.GetToken(ctx, policy.TokenRequestOptions{Scopes: []string{"${scope}"}})
	if err != nil {
		return nil, err
	}
	config.Password = token.Token
	return pgx.ConnectConfig(ctx, config)
}
`,
    },
  ],
};

const openDatabase = (config: string, credential: string): string =>
  `stdlib.OpenDB(*${config}, stdlib.OptionBeforeConnect(${beforeConnect(credential)}))`;

const names = ['config', 'connConfig', 'databaseConfig'];
const standard = { ...shared, after: 'pgx.ParseConfig($ENDPOINT)', packages } as const;

/** The driver keeps one address for the process; a configuration asks for a token before each connection. */
const database: ClientMigration = {
  ...standard,
  module: 'database/sql',
  before: 'sql.Open("pgx", $CS)',
  becomes: { names, value: openDatabase('$MADE', '$CREDENTIAL') },
  imports: { ...tokens, stdlib: `${pgx}/stdlib` },
  examples: [
    {
      before: s => `package orders

import (
	"database/sql"

	_ "${pgx}/stdlib"
)

func Open() (*sql.DB, error) {
	db, err := sql.Open("pgx", "${address(s.password())}")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(20)
	return db, nil
}
`,
      after: `package orders

import (
	"context"
	"database/sql"

${azureImports}	"${pgx}"
	"${pgx}/stdlib"
)

func Open() (*sql.DB, error) {
${signIn}	config, err := pgx.ParseConfig(${keyless})
	if err != nil {
		return nil, err
	}
	db := ${indented(openDatabase('config', 'cred'))}
	db.SetMaxOpenConns(20)
	return db, nil
}
`,
    },
    {
      before: s => `package orders

import (
	"database/sql"

	_ "${pgx}/stdlib"
)

const dsn = "host=contoso.postgres.database.azure.com user=orders-api password=${s.password()} dbname=orders sslmode=require"

func Open() (*sql.DB, error) {
	return sql.Open("pgx", dsn)
}
`,
      after: `package orders

import (
	"context"
	"database/sql"

${azureImports}	"${pgx}"
	"${pgx}/stdlib"
)

func Open() (*sql.DB, error) {
${signIn}	config, err := pgx.ParseConfig("host=contoso.postgres.database.azure.com user=orders-api dbname=orders sslmode=require")
	if err != nil {
		return nil, err
	}
	return ${indented(openDatabase('config', 'cred'))}, nil
}
`,
    },
  ],
};

/** GORM and sqlx take what the driver opened. */
const gorm: ClientMigration = {
  ...shared,
  module: 'gorm.io/driver/postgres',
  package: 'gorm.io/driver/postgres',
  since: '1.5.0',
  before: 'postgres.Open($CS)',
  ahead: [
    parse('pgx.ParseConfig'),
    { as: 'DATABASE', names: ['database', 'sqlDB', 'pool'], value: openDatabase('$CONFIG', '$CREDENTIAL'), safe: true },
  ],
  after: `postgres.New(postgres.Config{Conn: $DATABASE})`,
  imports: { ...tokens, stdlib: `${pgx}/stdlib` },
  packages: [...packages, { name: pgx, version: '5.5.0' }],
  examples: [
    {
      before: s => `package orders

import (
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

func Open() (*gorm.DB, error) {
	dsn := "host=contoso.postgres.database.azure.com user=orders-api password=${s.password()} dbname=orders port=5432 sslmode=require"
	return gorm.Open(postgres.Open(dsn), &gorm.Config{})
}
`,
      after: `package orders

import (
	"context"

${azureImports}	"${pgx}"
	"${pgx}/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

func Open() (*gorm.DB, error) {
${signIn}	config, err := pgx.ParseConfig("host=contoso.postgres.database.azure.com user=orders-api dbname=orders port=5432 sslmode=require")
	if err != nil {
		return nil, err
	}
	database := ${indented(openDatabase('config', 'cred'))}
	return gorm.Open(postgres.New(postgres.Config{Conn: database}), &gorm.Config{})
}
`,
    },
  ],
};

const sqlx: ClientMigration = {
  ...standard,
  module: 'github.com/jmoiron/sqlx',
  package: 'github.com/jmoiron/sqlx',
  before: 'sqlx.Open("pgx", $CS)',
  becomes: { names, value: `sqlx.NewDb(${openDatabase('$MADE', '$CREDENTIAL')}, "pgx")` },
  imports: { ...tokens, stdlib: `${pgx}/stdlib`, sqlx: 'github.com/jmoiron/sqlx' },
  packages: [...packages, { name: pgx, version: '5.5.0' }],
  examples: [
    {
      before: s => `package orders

import (
	_ "${pgx}/stdlib"
	"github.com/jmoiron/sqlx"
)

func Open() (*sqlx.DB, error) {
	db, err := sqlx.Open("pgx", "${address(s.password())}")
	if err != nil {
		return nil, err
	}
	return db, db.Ping()
}
`,
      after: `package orders

import (
	"context"

${azureImports}	"${pgx}"
	"${pgx}/stdlib"
	"github.com/jmoiron/sqlx"
)

func Open() (*sqlx.DB, error) {
${signIn}	config, err := pgx.ParseConfig(${keyless})
	if err != nil {
		return nil, err
	}
	db := ${indented(`sqlx.NewDb(${openDatabase('config', 'cred')}, "pgx")`)}
	return db, db.Ping()
}
`,
    },
  ],
};

export const postgresqlGo: readonly ClientMigration[] = [pool, poolConfiguration, connection, database, gorm, sqlx];
