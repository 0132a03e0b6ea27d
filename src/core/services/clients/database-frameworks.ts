import type { FrameworkGuide } from '../service.ts';
import { databaseScope as scope } from './postgresql-forms.ts';

const django = (engine: string): string => `# azure_database/base.py, beside an empty __init__.py
from azure.identity import DefaultAzureCredential
from ${engine} import base

credential = DefaultAzureCredential()


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self):
        token = credential.get_token("${scope}").token
        return {**super().get_connection_params(), "password": token}
`;

const flask = `from azure.identity import DefaultAzureCredential
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event

credential = DefaultAzureCredential()
app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = "<scheme>://<user>@<server>/<database>"
db = SQLAlchemy(app)

with app.app_context():

    @event.listens_for(db.engine, "do_connect")
    def provide_token(dialect, connection_record, arguments, parameters):
        parameters["password"] = credential.get_token("${scope}").token
`;

const flaskGuide: FrameworkGuide = {
  language: 'python',
  when: /SQLALCHEMY_(?:DATABASE_URI|BINDS)/u,
  why: 'Flask-SQLAlchemy makes the engine itself from this setting, and its pool opens connections long after a token in it has expired.',
  steps: [
    'Take the password out of the address.',
    'Listen to `do_connect` of `db.engine`, within the application’s context, and give each connection a token as password.',
    'Make the identity a user of the server, under the name that the address says.',
  ],
  snippet: flask,
};

const engineOfParts: FrameworkGuide = {
  language: 'python',
  when: /URL\.create\s*\(|engine_from_config|sqlalchemy\.url/u,
  why: 'the engine is made from parts, and its pool opens connections long after a token among them has expired.',
  steps: [
    'Leave the password out.',
    'Listen to `do_connect` of the engine, and give each connection a token as password.',
    'Make the identity a user of the server, under the name that the parts say.',
  ],
  snippet: `from azure.identity import DefaultAzureCredential
from sqlalchemy import URL, create_engine, event

credential = DefaultAzureCredential()
engine = create_engine(URL.create("<scheme>", username="<user>", host="<server>", database="<database>"))


@event.listens_for(engine, "do_connect")
def provide_token(dialect, connection_record, arguments, parameters):
    parameters["password"] = credential.get_token("${scope}").token
`,
};

const hikari = (plugin: string, scheme: string): FrameworkGuide => ({
  language: 'java',
  when: /\b(?:HikariConfig|HikariDataSource|DriverManagerDataSource|PGSimpleDataSource|PGPoolingDataSource|MysqlDataSource|DataSourceBuilder|BasicDataSource)\b/u,
  why: 'the pool opens connections with one password, long after a token in its place has expired; a plugin of the driver asks for one each time.',
  steps: [
    'Add `com.azure:azure-identity-extensions` 1.2.2 or newer.',
    'Name the plugin in the address, as below, and delete the call that sets the password.',
    'Set the user name to that of the identity in the database.',
  ],
  snippet: `package com.contoso;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

class Database {
    HikariDataSource open() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:${scheme}://<server>/<database>?${plugin}");
        config.setUsername("<user>");
        return new HikariDataSource(config);
    }
}
`,
});

const provider = `password: getBearerTokenProvider(new DefaultAzureCredential(), '${scope}'),`;

const pool = `package orders

import (
	"context"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

func Open(ctx context.Context, address string) (*pgxpool.Pool, error) {
	cred, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		return nil, err
	}
	config, err := pgxpool.ParseConfig(address)
	if err != nil {
		return nil, err
	}
	config.BeforeConnect = func(ctx context.Context, connection *pgx.ConnConfig) error {
		token, err := cred.GetToken(ctx, policy.TokenRequestOptions{Scopes: []string{"${scope}"}})
		connection.Password = token.Token
		return err
	}
	return pgxpool.NewWithConfig(ctx, config)
}
`;

export const postgresqlFrameworks: readonly FrameworkGuide[] = [
  {
    language: 'go',
    when: /"github\.com\/jackc\/pgx\/v5/u,
    why: 'the address takes a way to the client that is not followed here, such as a variable that is assigned twice.',
    steps: [
      'Take the password out of the address.',
      'Set `BeforeConnect` on the configuration of the pool: it is asked before each connection, and gives it a token as password.',
      'Make the identity a role of the server, under the name that the address says.',
    ],
    snippet: pool,
  },
  {
    language: 'python',
    when: /django\.(?:db\.backends|contrib\.gis\.db\.backends)\./u,
    why: 'Django reads the password once and opens connections with it, long after a token in its place has expired.',
    steps: [
      'Make a database backend of your own that asks for a token whenever it connects, as below.',
      'Name its package as `ENGINE`, e.g. `azure_database`, and delete `PASSWORD`. Everything else stays, `sslmode` too.',
      'Set `USER` to the name of the identity in the database, without `@server`.',
    ],
    snippet: django('django.db.backends.postgresql'),
  },
  flaskGuide,
  engineOfParts,
  {
    language: 'typescript',
    when: /\bTypeOrmModule\b|['"]typeorm['"]/u,
    why: 'the options are given to the framework, which connects later on.',
    steps: [
      'Give `password` a function: the driver asks it for the password of each connection.',
      'In `url`, leave the password out and say host, user and database on their own: an address has the last word.',
    ],
    snippet: `import { DefaultAzureCredential, getBearerTokenProvider } from '@azure/identity';
import type { DataSourceOptions } from 'typeorm';

export const options: DataSourceOptions = {
  type: 'postgres',
  host: '<server>.postgres.database.azure.com',
  username: '<user>',
  ${provider}
  database: '<database>',
  ssl: true,
};
`,
  },
  {
    language: 'typescript',
    when: /client\s*:\s*['"`](?:pg|postgres(?:ql)?)['"`]/u,
    why: 'the configuration is read by another program.',
    steps: ['Give `connection.password` a function: the driver asks it for the password of each connection.'],
    snippet: `import { DefaultAzureCredential, getBearerTokenProvider } from '@azure/identity';
import type { Knex } from 'knex';

const config: Knex.Config = {
  client: 'pg',
  connection: {
    host: '<server>.postgres.database.azure.com',
    user: '<user>',
    ${provider}
    database: '<database>',
    ssl: true,
  },
};

export default config;
`,
  },
  hikari(
    'authenticationPluginClassName=com.azure.identity.extensions.jdbc.postgresql.AzurePostgresqlAuthenticationPlugin',
    'postgresql',
  ),
];

const mysqlPluginClass = 'com.azure.identity.extensions.jdbc.mysql.AzureMysqlAuthenticationPlugin';

export const mysqlFrameworks: readonly FrameworkGuide[] = [
  flaskGuide,
  engineOfParts,
  hikari(`defaultAuthenticationPlugin=${mysqlPluginClass}&authenticationPlugins=${mysqlPluginClass}`, 'mysql'),
  {
    language: 'csharp',
    when: /\bUseMySql\s*\(/u,
    why: 'a context keeps the password that it is configured with; only a data source renews it.',
    steps: [
      'Make one `MySqlDataSource` for the process, from the connection string without its password, with a periodic password provider.',
      'Pass it to `UseMySql` in the place of the connection string (Pomelo 8.0 or newer); name the server’s version instead of detecting it.',
    ],
    snippet: `using System;
using Azure.Core;
using Azure.Identity;
using Microsoft.EntityFrameworkCore;
using MySqlConnector;

var credential = new DefaultAzureCredential();
var scope = new TokenRequestContext(new[] { "${scope}" });
var dataSource = new MySqlDataSourceBuilder("Server=<server>.mysql.database.azure.com;Database=<database>;User ID=<user>;SslMode=Required")
    .UsePeriodicPasswordProvider(
        async (_, cancellationToken) => (await credential.GetTokenAsync(scope, cancellationToken)).Token,
        TimeSpan.FromMinutes(30),
        TimeSpan.FromSeconds(5))
    .Build();
builder.Services.AddDbContext<Orders>(options => options.UseMySql(dataSource, new MySqlServerVersion("8.0.36")));
`,
  },
  {
    language: 'go',
    when: /\bsqlx\.|gorm\.io\/driver\/mysql/u,
    why: 'the library opens the database from an address, which holds one password.',
    steps: [
      'Open a `*sql.DB` from a connector whose `BeforeConnect` asks for a token, as below.',
      'Give it to `sqlx.NewDb(db, "mysql")`, or to GORM as `mysql.New(mysql.Config{Conn: db})`.',
    ],
    snippet: `package shop

import (
	"context"
	"database/sql"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	driver "github.com/go-sql-driver/mysql"
)

func Open(address string) (*sql.DB, error) {
	cred, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		return nil, err
	}
	config, err := driver.ParseDSN(address)
	if err != nil {
		return nil, err
	}
	config.TLSConfig = "true"
	config.AllowCleartextPasswords = true
	err = config.Apply(driver.BeforeConnect(func(ctx context.Context, connection *driver.Config) error {
		token, err := cred.GetToken(ctx, policy.TokenRequestOptions{Scopes: []string{"${scope}"}})
		connection.Passwd = token.Token
		return err
	}))
	if err != nil {
		return nil, err
	}
	connector, err := driver.NewConnector(config)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(connector), nil
}
`,
  },
];

export const redisFrameworks: readonly FrameworkGuide[] = [
  {
    language: 'csharp',
    when: /\bAddStackExchangeRedis(?:Cache|OutputCache)?\s*\(/u,
    why: 'the options take a text that holds one key, or a function that connects.',
    steps: [
      'Add `Microsoft.Azure.StackExchangeRedis`.',
      'Set `ConnectionMultiplexerFactory` in the place of `Configuration`.',
      'Turn on Microsoft Entra authentication of the cache, and give the identity a data access policy.',
    ],
    snippet: `using Azure.Identity;
using StackExchange.Redis;

var redis = await ConfigurationOptions.Parse("<cache>.redis.cache.windows.net:6380,ssl=True")
    .ConfigureForAzureWithTokenCredentialAsync(new DefaultAzureCredential());
builder.Services.AddStackExchangeRedisCache(options =>
    options.ConnectionMultiplexerFactory = async () => await ConnectionMultiplexer.ConnectAsync(redis));
`,
  },
  {
    language: 'python',
    when: /django_redis|django\.core\.cache\.backends\.redis/u,
    why: 'the cache is configured with one address, and a token in it would expire.',
    steps: [
      'Add `redis-entraid`, and use redis-py 5.3 or newer.',
      'Take the key out of `LOCATION`, and hand a credential provider to the pool as `CONNECTION_POOL_KWARGS`.',
      'Turn on Microsoft Entra authentication of the cache, and give the identity a data access policy.',
    ],
    snippet: `from redis_entraid.cred_provider import create_from_default_azure_credential

CACHES = {
    "default": {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": "rediss://<cache>.redis.cache.windows.net:6380/1",
        "OPTIONS": {
            "CONNECTION_POOL_KWARGS": {
                "credential_provider": create_from_default_azure_credential(("https://redis.azure.com/.default",)),
            },
        },
    }
}
`,
  },
  {
    language: 'python',
    when: /\bConnectionPool\b/u,
    why: 'the connections of a pool that was made apart do not sign in again when their token expires.',
    steps: [
      'Add `redis-entraid`, and use redis-py 5.3 or newer.',
      'Make the client itself with the address and a credential provider: it has a pool of its own.',
      'Turn on Microsoft Entra authentication of the cache, and give the identity a data access policy.',
    ],
    snippet: `import redis
from redis_entraid.cred_provider import create_from_default_azure_credential

cache = redis.from_url(
    "rediss://<cache>.redis.cache.windows.net:6380/0",
    credential_provider=create_from_default_azure_credential(("https://redis.azure.com/.default",)),
    max_connections=20,
)
`,
  },
  {
    language: 'python',
    when: /\bCelery\s*\(|broker_url|result_backend/u,
    why: 'Celery keeps the address of its broker, and a token in it would expire within the hour.',
    steps: [
      'Use Azure Service Bus as the broker: Celery signs in there with `DefaultAzureCredential`, as below (`celery[azureservicebus]`, `azure-identity`).',
      'Where Redis has to stay, keep its key in Key Vault and read it when the worker starts.',
    ],
    snippet: `from celery import Celery

app = Celery("tasks", broker="azureservicebus://DefaultAzureCredential@<namespace>.servicebus.windows.net")
`,
    documentation: 'https://docs.celeryq.dev/projects/kombu/en/stable/reference/kombu.transport.azureservicebus.html',
  },
];
