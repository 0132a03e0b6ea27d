import type { GuidedClient } from '../service.ts';
import { databaseScope as scope } from './postgresql-forms.ts';

const role =
  'Sign in to the server as its Microsoft Entra administrator and create a role for the identity, or mark the present one with `SECURITY LABEL`.';
const wantsAddress = { secret: { capture: 'CS', form: 'connectionString' }, when: /postgres/iu } as const;
const cs = (password: string): string =>
  `Host=contoso.postgres.database.azure.com;Database=orders;Username=orders-api;Password=${password};SSL Mode=Require`;
const url = (password: string): string =>
  `postgres://orders-api:${password}@contoso.postgres.database.azure.com:5432/orders?sslmode=require`;

const goBeforeConnect = `func(ctx context.Context, config *pgx.ConnConfig) error {
		token, err := cred.GetToken(ctx, policy.TokenRequestOptions{Scopes: []string{"${scope}"}})
		if err != nil {
			return err
		}
		config.Password = token.Token
		return nil
	}`;

const goImports = `	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/jackc/pgx/v5"`;

const database = `package orders

import (
	"context"
	"database/sql"

${goImports}
	"github.com/jackc/pgx/v5/stdlib"
)

func Open(address string) (*sql.DB, error) {
	cred, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		return nil, err
	}
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, err
	}
	return stdlib.OpenDB(*config, stdlib.OptionBeforeConnect(${goBeforeConnect})), nil
}
`;

const goSteps = [
  'Take the password out of the address.',
  'Set `BeforeConnect`: it is asked before each connection, and gives it a token as password. Tokens are kept until they expire.',
  role,
];

const go = ([['sql.Open("postgres", $CS)', 'database/sql', '"postgres", ', database]] as const).map(
  ([before, module, lead, snippet]): GuidedClient => ({
    ...wantsAddress,
    language: 'go',
    before,
    module,
    package: 'github.com/jackc/pgx/v5',
    why: 'each connection needs a token of its own, which takes a configuration and not an address.',
    steps: before.includes('"postgres"')
      ? [
          'Replace `github.com/lib/pq`, which asks for no password anew, with `github.com/jackc/pgx/v5/stdlib`.',
          ...goSteps,
        ]
      : goSteps,
    snippet,
    examples: [
      {
        before: s => `package orders

import (
	"context"

	"${module}"
)

func open(ctx context.Context) error {
	opened, err := ${before.slice(0, before.indexOf('('))}(${lead}"${url(s.password())}")
	use(opened)
	return err
}
`,
      },
    ],
  }),
);

const csharpSnippet = `using System;
using Azure.Core;
using Azure.Identity;
using Npgsql;

var credential = new DefaultAzureCredential();
var scope = new TokenRequestContext(new[] { "${scope}" });
var builder = new NpgsqlDataSourceBuilder("Host=<server>.postgres.database.azure.com;Database=<database>;Username=<user>;SSL Mode=Require");
builder.UsePeriodicPasswordProvider(
    async (_, cancellationToken) => (await credential.GetTokenAsync(scope, cancellationToken)).Token,
    TimeSpan.FromMinutes(30),
    TimeSpan.FromSeconds(5));
await using var dataSource = builder.Build();
await using var connection = await dataSource.OpenConnectionAsync();
`;

const csharp: readonly GuidedClient[] = [
  {
    ...wantsAddress,
    when: /\.postgres\.|port=5432|sslmode|ssl mode/iu,
    language: 'csharp',
    before: 'new NpgsqlConnection($CS)',
    module: 'Npgsql',
    package: 'Npgsql',
    why: 'a connection keeps the password that it is made with; only a data source renews it.',
    steps: [
      'Make one `NpgsqlDataSource` for the process, from the connection string without its password, with a periodic password provider.',
      'Take connections from it with `OpenConnectionAsync` in the place of `new NpgsqlConnection`.',
      role,
    ],
    snippet: csharpSnippet,
    examples: [
      {
        before: s => `using Npgsql;

await using var connection = new NpgsqlConnection("${cs(s.password())}");
await connection.OpenAsync();
`,
      },
    ],
  },
  {
    ...wantsAddress,
    when: /\.postgres\.|port=5432|sslmode|ssl mode/iu,
    language: 'csharp',
    before: '$BUILDER.UseNpgsql($CS, $$$OPTIONS)',
    module: 'Microsoft.EntityFrameworkCore',
    package: 'Npgsql.EntityFrameworkCore.PostgreSQL',
    why: 'its options have to configure the data source, which renews the password.',
    steps: [
      'From version 9 of `Npgsql.EntityFrameworkCore.PostgreSQL` on, configure the data source inside `UseNpgsql`; before, build one and pass it.',
      'Take the password out of the connection string.',
      role,
    ],
    snippet: `using Azure.Core;
using Azure.Identity;
using Microsoft.EntityFrameworkCore;

var credential = new DefaultAzureCredential();
var scope = new TokenRequestContext(new[] { "${scope}" });
builder.Services.AddDbContext<Orders>(options => options.UseNpgsql(
    builder.Configuration.GetConnectionString("Orders"),
    npgsql => npgsql.ConfigureDataSource(source => source.UsePeriodicPasswordProvider(
        async (_, cancellationToken) => (await credential.GetTokenAsync(scope, cancellationToken)).Token,
        TimeSpan.FromMinutes(30),
        TimeSpan.FromSeconds(5)))));
`,
    examples: [
      {
        before: s => `using Microsoft.EntityFrameworkCore;

builder.Services.AddDbContext<Orders>(options => options.UseNpgsql("${cs(s.password())}", npgsql => npgsql.EnableRetryOnFailure()));
`,
      },
    ],
  },
];

/** An engine whose address no file states: which database it is for decides what its listener says. */
const unknownEngine: GuidedClient = {
  language: 'python',
  before: 'create_engine($CS, $$$OPTIONS)',
  module: 'sqlalchemy',
  package: 'SQLAlchemy',
  secret: { capture: 'CS', form: 'connectionString' },
  // Engines with a known address are rewritten or have guides of their own.
  onlyWhen: constants => !constants.has('CS'),
  why: 'nothing here says for which database the address is that the engine gets at run time.',
  steps: [
    'Take the password out of the address where it is set.',
    'Listen to `do_connect`, and give each connection a token as password. `mysql+mysqlconnector` and `mysql+aiomysql` need `parameters["auth_plugin"] = "mysql_clear_password"` besides; `mssql+pyodbc` says `authentication=ActiveDirectoryMsi` in its address and needs no listener.',
    'Make the identity a user of the server, under the name that the address says.',
  ],
  snippet: `import os

from azure.identity import DefaultAzureCredential
from sqlalchemy import create_engine, event

credential = DefaultAzureCredential()
engine = create_engine(os.environ["DATABASE_URL"])


@event.listens_for(engine, "do_connect")
def provide_token(dialect, connection_record, arguments, parameters):
    parameters["password"] = credential.get_token("${scope}").token
`,
  examples: [
    {
      cursor: 'create_engine(os',
      before: () => `import os

from sqlalchemy import create_engine

engine = create_engine(os.environ["DATABASE_URL"], pool_pre_ping=True)
`,
    },
  ],
};

const poolOfTokens = `import psycopg
from azure.identity import DefaultAzureCredential
from psycopg_pool import ConnectionPool

credential = DefaultAzureCredential()


class TokenConnection(psycopg.Connection):
    @classmethod
    def connect(cls, conninfo="", **kwargs):
        kwargs["password"] = credential.get_token("${scope}").token
        return super().connect(conninfo, **kwargs)


pool = ConnectionPool(
    "postgresql://<user>@<server>.postgres.database.azure.com/<database>?sslmode=require",
    connection_class=TokenConnection,
)
`;

const python: readonly GuidedClient[] = [
  unknownEngine,
  ...['SimpleConnectionPool', 'ThreadedConnectionPool'].map((construct): GuidedClient => ({
    language: 'python',
    before: `${construct}($$$OPTIONS, password=$KEY)`,
    module: 'psycopg2.pool',
    package: 'psycopg2',
    secret: { capture: 'KEY', form: 'key' },
    why: 'its pool opens connections with one password, long after a token in its place has expired.',
    steps: [
      'Use the pool of psycopg 3 with a class of connections that asks for a token as it connects.',
      'Leave the password out.',
      role,
    ],
    snippet: poolOfTokens,
    examples: [
      {
        before: s => `from psycopg2.pool import ${construct}

pool = ${construct}(1, 10, host="contoso.postgres.database.azure.com", user="orders-api", password="${s.password()}")
`,
      },
    ],
  })),
];

export const postgresqlGuides: readonly GuidedClient[] = [...go, ...csharp, ...python];
