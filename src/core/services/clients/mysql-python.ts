import type { ClientMigration } from '../service.ts';
import { refuseElsewhere } from './database-address.ts';
import { mysqlHost, mysqlUser } from './mysql-forms.ts';
import { sqlalchemyEngines } from './sqlalchemy.ts';
import { databaseScope as scope } from './postgresql-forms.ts';

const elsewhere = refuseElsewhere(mysqlHost);

const shared = {
  language: 'python',
  secret: { capture: 'KEY', form: 'key' },
  endpoint: { from: 'capture' },
  followUps: [mysqlUser],
} as const satisfies Partial<ClientMigration>;

const token = `$CREDENTIAL.get_token("${scope}").token`;
const written = `credential.get_token("${scope}").token`;
const server = 'contoso.mysql.database.azure.com';

/** A pool opens connections when the token that it was made with has long expired. */
function refusePool(constants: ReadonlyMap<string, string>, given: ReadonlySet<string>): string | undefined {
  return given.has('pool_name') || given.has('pool_size')
    ? 'A pool of mysql.connector keeps one password for all its connections, and a token expires within the hour. Open each connection with a token of its own, or pool them with SQLAlchemy and its do_connect event.'
    : elsewhere(constants);
}

/** One connection, opened at once: it gets a token of its own. */
const drivers = [
  { module: 'pymysql', package: 'PyMySQL', key: 'password', plugin: '', refuse: elsewhere },
  { module: 'pymysql', package: 'PyMySQL', key: 'passwd', plugin: '', refuse: elsewhere },
  {
    module: 'mysql.connector',
    package: 'mysql-connector-python',
    key: 'password',
    plugin: ', auth_plugin="mysql_clear_password"',
    refuse: refusePool,
  },
].map(({ module, package: name, key, plugin, refuse }): ClientMigration => {
  const before = (value: string): string => `${key}="${value}"`;
  const example = (argument: string): string => `import ${module}
from azure.identity import DefaultAzureCredential

credential = DefaultAzureCredential()


def connect():
    return ${module}.connect(host="${server}", user="orders-api", database="orders", ssl_ca="root.pem", ${argument})
`;
  return {
    ...shared,
    module,
    package: name,
    refuse,
    before: `connect($$$OPTIONS, ${key}=$KEY)`,
    after: `connect($$$OPTIONS, password=${token}${plugin})`,
    examples: [
      { before: s => example(before(s.password())), after: example(`password=${written}${plugin}`) },
      {
        cursor: 'connect(\n',
        before: () => `import os

import ${module}
from azure.identity import DefaultAzureCredential

credential = DefaultAzureCredential()
connection = ${module}.connect(
    host=os.environ["DB_HOST"],
    user="orders-api",
    ${key}=os.environ["DB_PASSWORD"],
    database="orders",
)
`,
        after: `import os

import ${module}
from azure.identity import DefaultAzureCredential

credential = DefaultAzureCredential()
connection = ${module}.connect(
    host=os.environ["DB_HOST"],
    user="orders-api",
    password=${written},
    database="orders"${plugin.replace(', ', ',\n    ')},
)
`,
      },
    ],
  };
});

const aiomysql: ClientMigration = {
  ...shared,
  module: 'aiomysql',
  package: 'aiomysql',
  asyncCredential: true,
  credential: 'declared',
  refuse: elsewhere,
  before: 'connect($$$OPTIONS, password=$KEY)',
  after: `connect($$$OPTIONS, password=(await $CREDENTIAL.get_token("${scope}")).token, auth_plugin="mysql_clear_password")`,
  examples: [
    {
      before: s => `import aiomysql
from azure.identity.aio import DefaultAzureCredential

credential = DefaultAzureCredential()


async def connect():
    return await aiomysql.connect(host="${server}", user="orders-api", password="${s.password()}", db="orders")
`,
      after: `import aiomysql
from azure.identity.aio import DefaultAzureCredential

credential = DefaultAzureCredential()


async def connect():
    return await aiomysql.connect(host="${server}", user="orders-api", password=(await credential.get_token("${scope}")).token, db="orders", auth_plugin="mysql_clear_password")
`,
    },
  ],
};

const dialect = {
  host: mysqlHost,
  followUps: [mysqlUser],
  address: (scheme: string, user: string) => `${scheme}://${user}@${server}:3306/orders?charset=utf8mb4`,
} as const;

const engines = [
  ...sqlalchemyEngines({ ...dialect, drivers: [/^(?:mysql|mariadb)\+pymysql:\/\//iu, 'mysql+pymysql'] }),
  ...sqlalchemyEngines({
    ...dialect,
    drivers: [/^(?:mysql|mariadb)\+mysqlconnector:\/\//iu, 'mysql+mysqlconnector'],
    asyncDrivers: [/^(?:mysql|mariadb)\+aiomysql:\/\//iu, 'mysql+aiomysql'],
    besides: 'parameters["auth_plugin"] = "mysql_clear_password"',
  }),
];

export const mysqlPython: readonly ClientMigration[] = [...drivers, aiomysql, ...engines];
