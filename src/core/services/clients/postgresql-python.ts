import type { ClientMigration } from '../service.ts';
import { refuseElsewhere, withoutPassword } from './database-address.ts';
import { sqlalchemyEngines } from './sqlalchemy.ts';
import { databaseScope as scope, postgresqlHost, postgresqlUser } from './postgresql-forms.ts';

const shared = {
  language: 'python',
  refuse: refuseElsewhere(postgresqlHost),
  followUps: [postgresqlUser],
} as const satisfies Partial<ClientMigration>;

const password = { secret: { capture: 'KEY', form: 'key' }, endpoint: { from: 'capture' } } as const;
const address = {
  secret: { capture: 'CS', form: 'connectionString' },
  endpoint: {
    from: 'connectionString',
    derive: (_fields: ReadonlyMap<string, string>, text: string) => withoutPassword(text, postgresqlHost.pattern),
    setting: {
      name: 'DATABASE_URL',
      shortName: 'Database',
      holds: 'postgresql://<user>@<server>.postgres.database.azure.com:5432/<database>?sslmode=require',
      keepsName: true,
    },
  },
} as const;

const server = 'contoso.postgres.database.azure.com';

/** asyncpg asks a function for the password of each connection that it opens, in a pool as well. */
const asyncpg = ['create_pool', 'connect'].flatMap((construct): ClientMigration[] => {
  const provider = `get_bearer_token_provider($CREDENTIAL, "${scope}")`;
  const written = `get_bearer_token_provider(DefaultAzureCredential(), "${scope}")`;
  const own = {
    ...shared,
    module: 'asyncpg',
    package: 'asyncpg',
    asyncCredential: true,
    imports: { get_bearer_token_provider: 'azure.identity' },
  } as const;
  return [
    {
      ...own,
      ...password,
      before: `${construct}($$$OPTIONS, password=$KEY)`,
      after: `${construct}($$$OPTIONS, password=${provider})`,
      examples: [
        {
          before: s => `import asyncpg


async def open_database():
    return await asyncpg.${construct}(
        host="${server}",
        user="orders-api",
        password="${s.password()}",
        database="orders",
        ssl="require",
    )
`,
          after: `import asyncpg
from azure.identity.aio import DefaultAzureCredential, get_bearer_token_provider


async def open_database():
    return await asyncpg.${construct}(
        host="${server}",
        user="orders-api",
        password=${written},
        database="orders",
        ssl="require",
    )
`,
        },
      ],
    },
    {
      ...own,
      ...address,
      before: `${construct}(dsn=$CS, $$$OPTIONS)`,
      after: `${construct}(dsn=$ENDPOINT, $$$OPTIONS, password=${provider})`,
      examples: [
        {
          before: s => `import asyncpg

DSN = "postgresql://orders-api:${s.password()}@${server}/orders?sslmode=require"


async def open_database():
    return await asyncpg.${construct}(DSN)
`,
          after: `import asyncpg
from azure.identity.aio import DefaultAzureCredential, get_bearer_token_provider


async def open_database():
    return await asyncpg.${construct}("postgresql://orders-api@${server}/orders?sslmode=require", password=${written})
`,
        },
      ],
    },
  ];
});

/** One connection, opened at once: it gets a token of its own. */
const psycopg = [
  ['psycopg2', 'dsn'],
  ['psycopg', 'conninfo'],
].flatMap(([module = '', text = '']): ClientMigration[] => {
  const token = `$CREDENTIAL.get_token("${scope}").token`;
  const written = `credential.get_token("${scope}").token`;
  const own = { ...shared, module, package: module } as const;
  return [
    {
      ...own,
      ...password,
      before: `connect($$$OPTIONS, password=$KEY)`,
      after: `connect($$$OPTIONS, password=${token})`,
      examples: [
        {
          before: s => `import ${module}
from azure.identity import DefaultAzureCredential

credential = DefaultAzureCredential()


def connect():
    return ${module}.connect(
        host="${server}",
        dbname="orders",
        user="orders-api",
        password="${s.password()}",  # the app's own
        sslmode="require",
    )
`,
          after: `import ${module}
from azure.identity import DefaultAzureCredential

credential = DefaultAzureCredential()


def connect():
    return ${module}.connect(
        host="${server}",
        dbname="orders",
        user="orders-api",
        password=${written},  # the app's own
        sslmode="require",
    )
`,
        },
      ],
    },
    {
      ...own,
      ...address,
      before: `connect(${text}=$CS, $$$OPTIONS)`,
      after: `connect(${text}=$ENDPOINT, $$$OPTIONS, password=${token})`,
      examples: [
        {
          before: s => `import ${module}
from azure.identity import DefaultAzureCredential

credential = DefaultAzureCredential()
connection = ${module}.connect("host=${server} port=5432 dbname=orders user=orders-api password=${s.password()} sslmode=require")
`,
          after: `import ${module}
from azure.identity import DefaultAzureCredential

credential = DefaultAzureCredential()
connection = ${module}.connect("host=${server} port=5432 dbname=orders user=orders-api sslmode=require", password=${written})
`,
        },
      ],
    },
  ];
});

const asyncConnection: ClientMigration = {
  ...shared,
  ...password,
  module: 'psycopg',
  package: 'psycopg',
  asyncCredential: true,
  credential: 'declared',
  before: 'AsyncConnection.connect($$$OPTIONS, password=$KEY)',
  after: `AsyncConnection.connect($$$OPTIONS, password=(await $CREDENTIAL.get_token("${scope}")).token)`,
  examples: [
    {
      before: s => `from azure.identity.aio import DefaultAzureCredential
from psycopg import AsyncConnection


async def read_orders():
    async with DefaultAzureCredential() as credential:
        return await orders_of(credential)


credential = DefaultAzureCredential()


async def open_database():
    return await AsyncConnection.connect(host="${server}", user="orders-api", password="${s.password()}")
`,
      after: `from azure.identity.aio import DefaultAzureCredential
from psycopg import AsyncConnection


async def read_orders():
    async with DefaultAzureCredential() as credential:
        return await orders_of(credential)


credential = DefaultAzureCredential()


async def open_database():
    return await AsyncConnection.connect(host="${server}", user="orders-api", password=(await credential.get_token("${scope}")).token)
`,
    },
  ],
};

const provideToken = (credential: string): string =>
  `kwargs=lambda: {"password": ${credential}.get_token("${scope}").token}`;

/** The pool asks for its arguments again whenever it opens a connection. */
const pools = ['ConnectionPool', 'AsyncConnectionPool'].map((construct): ClientMigration => ({
  ...shared,
  ...address,
  module: 'psycopg_pool',
  package: 'psycopg-pool',
  since: '3.3.0',
  packages: [{ name: 'psycopg-pool', version: '3.3.0' }],
  credential: 'declared',
  before: `${construct}(conninfo=$CS, $$$OPTIONS)`,
  after: `${construct}(conninfo=$ENDPOINT, $$$OPTIONS, ${provideToken('$CREDENTIAL')})`,
  examples: [
    {
      before: s => `from psycopg_pool import ${construct}

pool = ${construct}("postgresql://orders-api:${s.password()}@${server}/orders?sslmode=require", max_size=10, open=False)
`,
      after: `from azure.identity import DefaultAzureCredential
from psycopg_pool import ${construct}

credential = DefaultAzureCredential()

pool = ${construct}("postgresql://orders-api@${server}/orders?sslmode=require", max_size=10, open=False, ${provideToken('credential')})
`,
    },
  ],
}));

const engines = sqlalchemyEngines({
  drivers: [/^postgres(?:ql)?(?:\+(?:psycopg2?|pg8000))?:\/\//iu, 'postgresql+psycopg2'],
  asyncDrivers: [/^postgres(?:ql)?\+(?:asyncpg|psycopg(?:_async)?):\/\//iu, 'postgresql+asyncpg'],
  host: postgresqlHost,
  followUps: [postgresqlUser],
  address: (scheme, user) =>
    `${scheme}://${user}@${server}:5432/orders?${scheme.endsWith('asyncpg') ? 'ssl' : 'sslmode'}=require`,
});

export const postgresqlPython: readonly ClientMigration[] = [
  ...asyncpg,
  ...psycopg,
  asyncConnection,
  ...pools,
  ...engines,
];
