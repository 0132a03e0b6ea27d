import type { GuidedClient } from '../service.ts';
import { databaseScope as scope } from './postgresql-forms.ts';

const user = 'Sign in to the server as its Microsoft Entra administrator and create a user for the identity.';
const host = 'contoso.mysql.database.azure.com';

const csharp: GuidedClient = {
  language: 'csharp',
  before: 'new MySqlConnection($CS)',
  module: 'MySql.Data.MySqlClient',
  package: 'MySql.Data',
  secret: { capture: 'CS', form: 'connectionString' },
  why: 'the connections of MySql.Data ask nobody for a password.',
  steps: [
    'Replace `MySql.Data` with `MySqlConnector`: the names of the types stay, the namespace is `MySqlConnector`.',
    'Set `ProvidePasswordCallback`, which is asked whenever a connection to the server is opened.',
    user,
  ],
  snippet: `using Azure.Core;
using Azure.Identity;
using MySqlConnector;

var credential = new DefaultAzureCredential();
var scope = new TokenRequestContext(new[] { "${scope}" });
await using var connection = new MySqlConnection("Server=<server>.mysql.database.azure.com;Database=<database>;User ID=<user>;SslMode=Required")
{
    ProvidePasswordCallback = _ => credential.GetToken(scope, default).Token,
};
await connection.OpenAsync();
`,
  examples: [
    {
      before: s => `using MySql.Data.MySqlClient;

using var connection = new MySqlConnection("Server=${host};Database=shop;Uid=shop;Pwd=${s.password()};SslMode=Required");
connection.Open();
`,
    },
  ],
};

const aiomysql: GuidedClient = {
  language: 'python',
  before: 'create_pool($$$OPTIONS, password=$KEY)',
  module: 'aiomysql',
  package: 'aiomysql',
  secret: { capture: 'KEY', form: 'key' },
  why: 'its pool opens connections with one password, long after a token in its place has expired.',
  steps: [
    'Pool connections with SQLAlchemy (`mysql+aiomysql`), whose event `do_connect` gives each a token.',
    'Leave the password out of the address.',
    user,
  ],
  snippet: `from azure.identity import DefaultAzureCredential
from sqlalchemy import event
from sqlalchemy.ext.asyncio import create_async_engine

credential = DefaultAzureCredential()
engine = create_async_engine("mysql+aiomysql://<user>@<server>.mysql.database.azure.com/<database>")


@event.listens_for(engine.sync_engine, "do_connect")
def provide_token(dialect, connection_record, arguments, parameters):
    parameters["password"] = credential.get_token("${scope}").token
    parameters["auth_plugin"] = "mysql_clear_password"
`,
  examples: [
    {
      before: s => `import aiomysql


async def open_database():
    return await aiomysql.create_pool(host="${host}", user="shop", password="${s.password()}", db="shop")
`,
    },
  ],
};

/** Drivers whose plugin for passwords in the clear cannot be told from here to be there. */
const mysqlclient: GuidedClient = {
  language: 'python',
  before: 'create_engine($CS, $$$OPTIONS)',
  module: 'sqlalchemy',
  alsoFrom: ['sqlalchemy.ext.asyncio'],
  package: 'SQLAlchemy',
  secret: { capture: 'CS', form: 'connectionString' },
  onlyWhen: constants =>
    /^(?:mysql|mariadb)(?:\+(?!pymysql:|mysqlconnector:|aiomysql:)\w+)?:/iu.test(constants.get('CS') ?? ''),
  why: 'the driver that the address names sends a token only with a plugin of the client library, which may not be there.',
  steps: [
    'Use PyMySQL, which has what a token needs: the address begins with `mysql+pymysql` then.',
    'Take the password out of the address.',
    'Listen to `do_connect`, and give each connection a token as password.',
    user,
  ],
  snippet: `from azure.identity import DefaultAzureCredential
from sqlalchemy import create_engine, event

credential = DefaultAzureCredential()
engine = create_engine("mysql+pymysql://<user>@<server>.mysql.database.azure.com/<database>")


@event.listens_for(engine, "do_connect")
def provide_token(dialect, connection_record, arguments, parameters):
    parameters["password"] = credential.get_token("${scope}").token
`,
  examples: [
    {
      before: s => `from sqlalchemy import create_engine

engine = create_engine("mysql+mysqldb://shop:${s.password()}@${host}/shop", pool_pre_ping=True)
`,
    },
  ],
};

export const mysqlGuides: readonly GuidedClient[] = [csharp, aiomysql, mysqlclient];
