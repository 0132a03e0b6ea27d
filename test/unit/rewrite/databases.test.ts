import { describe, expect, it } from 'vitest';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';
import { fixText } from '../../harness/client-examples.ts';

const password = createStandIns(77).password();

/** The text after the fix, why there is none, or nothing where nothing is offered. */
async function fixed(languageId: string, text: string, cursor?: string): Promise<string | undefined> {
  const start = text.indexOf(cursor ?? password);
  expect(start).toBeGreaterThanOrEqual(0);
  const span = { start, end: start + (cursor === undefined ? password.length : 0) };
  const document = { uri: `a.${languageId}`, languageId, text };
  const result = await fixText(document, span, cursor === undefined ? 'secret' : 'cursor');
  if (result === undefined) return undefined;
  const said = 'refusal' in result ? result.refusal : result.text;
  expect(said).not.toContain(password);
  return said;
}

describe('what is no database in Azure stays', () => {
  it.each([
    [
      'typescript',
      `import { Pool } from 'pg';\nnew Pool({ host: 'localhost', user: 'app', password: '${password}' });\n`,
    ],
    [
      'typescript',
      `import { Client } from 'pg';\nnew Client({ connectionString: 'postgres://app:${password}@db.contoso.com/orders' });\n`,
    ],
    [
      'typescript',
      `import { createClient } from 'redis';\ncreateClient({ url: 'redis://:${password}@localhost:6379' });\n`,
    ],
    ['python', `import psycopg2\npsycopg2.connect(host="127.0.0.1", user="app", password="${password}")\n`],
    ['python', `import redis\nredis.from_url("redis://:${password}@cache:6379")\n`],
    [
      'csharp',
      `using MySqlConnector;\nvar c = new MySqlConnection("Server=localhost;User ID=a;Password=${password}");\n`,
    ],
    [
      'go',
      `package p\n\nimport "database/sql"\n\nfunc f() (*sql.DB, error) {\n\treturn sql.Open("sqlserver", "sqlserver://sa:${password}@localhost:1433")\n}\n`,
    ],
  ])('%s', async (languageId, text) => {
    expect(await fixed(languageId, text)).toMatch(/takes no Microsoft Entra token|may not know Microsoft Entra/u);
  });

  it('nor is one in a sovereign cloud asked for with the public audience', async () => {
    const text = `import { Pool } from 'pg';\nnew Pool({ host: 'a.postgres.database.usgovcloudapi.net', password: '${password}' });\n`;
    expect(await fixed('typescript', text)).toMatch(/sovereign cloud/u);
  });

  it('JDBC connections to others are no construct of ours', async () => {
    const text = `import java.sql.DriverManager;\nclass A {\n    Object open() throws Exception {\n        return DriverManager.getConnection("jdbc:oracle:thin:@db:1521:o", "app", "${password}");\n    }\n}\n`;
    expect(await fixed('java', text)).toBeUndefined();
  });
});

describe('a token never takes the place of a password that is kept', () => {
  it('in a pool of mysql.connector', async () => {
    const text = `import mysql.connector\nmysql.connector.connect(pool_name="p", host="a.mysql.database.azure.com", user="u", password="${password}")\n`;
    expect(await fixed('python', text)).toMatch(/one password for all its connections/u);
  });
  it('in a pool of psycopg2', async () => {
    const text = `from psycopg2.pool import SimpleConnectionPool\nSimpleConnectionPool(1, 5, host="a.postgres.database.azure.com", password="${password}")\n`;
    expect(await fixed('python', text)).toMatch(/long after a token/u);
  });
  it('in a connection of MySql.Data, which is not MySqlConnector', async () => {
    const text = `using MySql.Data.MySqlClient;\nvar c = new MySqlConnection("Server=a.mysql.database.azure.com;Uid=u;Pwd=${password}");\n`;
    expect(await fixed('csharp', text)).toMatch(/MySql\.Data ask nobody/u);
  });
  it('and an asynchronous credential is not made for each connection', async () => {
    const text = `import aiomysql\n\n\nasync def f():\n    return await aiomysql.connect(host="a.mysql.database.azure.com", password="${password}")\n`;
    expect(await fixed('python', text)).toMatch(/close it when the program ends/u);
  });
});

describe('what is keyless already is not offered again', () => {
  it.each([
    [
      'csharp',
      'using Npgsql;\nvar b = new NpgsqlDataSourceBuilder(Environment.GetEnvironmentVariable("PG_CONNECTION"));\n',
      'PG_CONNECTION',
    ],
    [
      'typescript',
      "import { Pool } from 'pg';\nexport const pool = new Pool({ connectionString: process.env.DATABASE_URL! });\n",
      'DATABASE_URL',
    ],
    ['python', 'import os\nimport redis\ncache = redis.from_url(os.environ["REDIS_URL"])\n', 'REDIS_URL'],
  ])('%s', async (languageId, text, setting) => {
    const once = await fixed(languageId, text, setting);
    expect(once).toContain(setting);
    expect(once).not.toBe(text);
    expect(await fixed(languageId, once ?? '', setting)).toBeUndefined();
  });
});
