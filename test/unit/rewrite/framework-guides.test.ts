import { expect, test } from 'vitest';
import { fixesFor } from '../../../src/core/engine/fixes.ts';
import { scan } from '../../../src/core/engine/scan.ts';
import { guidePage } from '../../../src/core/rewrite/guide.ts';
import { errorCount } from '../../../src/core/rewrite/refusals.ts';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';
import { services } from '../../../src/core/services/catalogue.generated.ts';
import { languages } from '../../harness/client-examples.ts';
import { pythonErrors } from '../../harness/compilers.ts';
import { typeErrors } from '../../harness/type-check.ts';

const standIns = createStandIns(77);
const password = standIns.password();
const key = standIns.identifiableKey('redis');
const postgres = 'contoso.postgres.database.azure.com';
const mysql = 'contoso.mysql.database.azure.com';
const cache = 'contoso.redis.cache.windows.net:6380';

/** What programs look like that a library connects for, and words of the guide's steps or code. */
const programs: readonly (readonly [name: string, languageId: string, text: string, says: RegExp])[] = [
  [
    'Django settings',
    'python',
    `DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "HOST": "${postgres}", "USER": "shop@contoso", "PASSWORD": "${password}"}}\n`,
    /class DatabaseWrapper/u,
  ],
  [
    'Flask-SQLAlchemy',
    'python',
    `app.config["SQLALCHEMY_DATABASE_URI"] = "postgresql://shop:${password}@${postgres}/shop"\n`,
    /with app\.app_context/u,
  ],
  [
    'an engine of parts',
    'python',
    `url = URL.create("postgresql+psycopg2", username="shop", password="${password}", host="${postgres}")\n`,
    /do_connect/u,
  ],
  [
    'a NestJS module',
    'typescript',
    `TypeOrmModule.forRoot({ type: 'postgres', host: '${postgres}', username: 'shop', password: '${password}' });\n`,
    /DataSourceOptions/u,
  ],
  [
    'a knexfile',
    'javascript',
    `module.exports = { client: 'pg', connection: { host: '${postgres}', user: 'shop', password: '${password}' } };\n`,
    /Knex\.Config/u,
  ],
  [
    'HikariCP',
    'java',
    `class Database {\n  void open() {\n    HikariConfig config = new HikariConfig();\n    config.setJdbcUrl("jdbc:postgresql://${postgres}/shop");\n    config.setPassword("${password}");\n  }\n}\n`,
    /AzurePostgresqlAuthenticationPlugin/u,
  ],
  [
    'Pomelo',
    'csharp',
    `var cs = "Server=${mysql};Port=3306;Database=shop;Uid=shop;Pwd=${password};SslMode=Required";\noptions.UseMySql(cs, version);\n`,
    /MySqlDataSourceBuilder/u,
  ],
  [
    'sqlx',
    'go',
    `package shop\n\nimport "github.com/jmoiron/sqlx"\n\nvar db = sqlx.MustConnect("mysql", "shop:${password}@tcp(${mysql}:3306)/shop?tls=true")\n`,
    /BeforeConnect/u,
  ],
  [
    'an address that is assigned twice',
    'go',
    `package shop

import (
	"context"
	"os"

	"github.com/jackc/pgx/v5/pgxpool"
)

func open(ctx context.Context) (*pgxpool.Pool, error) {
	address := os.Getenv("DATABASE_URL")
	if address == "" {
		address = "postgres://shop:${password}@${postgres}/shop"
	}
	return pgxpool.New(ctx, address)
}
`,
    /BeforeConnect/u,
  ],
  [
    'Mongoose',
    'javascript',
    `const mongoose = require('mongoose');\n\nmongoose.connect('mongodb+srv://shop:${password}@contoso.mongocluster.cosmos.azure.com/shop?tls=true');\n`,
    /MongoClientOptions/u,
  ],
  [
    'a distributed cache',
    'csharp',
    `builder.Services.AddStackExchangeRedisCache(options => options.Configuration = "${cache},password=${key},ssl=True");\n`,
    /ConnectionMultiplexerFactory/u,
  ],
  [
    'django-redis',
    'python',
    `CACHES = {"default": {"BACKEND": "django_redis.cache.RedisCache", "LOCATION": "rediss://:${key}@${cache}/1"}}\n`,
    /CONNECTION_POOL_KWARGS/u,
  ],
  [
    'a pool of redis-py',
    'python',
    `import redis\n\npool = redis.ConnectionPool.from_url("rediss://:${key}@${cache}/0")\n`,
    /pool of its own/u,
  ],
  ['Celery', 'python', `app = Celery("tasks", broker="rediss://:${key}@${cache}/0")\n`, /azureservicebus/u],
];

test.each(programs)('%s comes with steps', async (_, languageId, text, says) => {
  const document = { uri: 'program', languageId, text };
  const [finding] = scan(document);
  if (finding === undefined) throw new Error('nothing found');
  const [offer] = await fixesFor(document, finding, { languages });
  const result = await offer?.build();
  if (result === undefined || !('refusal' in result) || result.guide === undefined) throw new Error('no guide');
  const page = guidePage({ refusal: result.refusal, guide: result.guide });
  expect(page).toMatch(says);
  expect(page).not.toContain(password);
  expect(page).not.toContain(key);
});

const guides = services.flatMap(({ id, frameworks = [] }) =>
  frameworks.map((framework, i) => ({ label: `${id} ${framework.language} ${i}`, framework })),
);

test.each(guides)('$label: its code parses', async ({ framework: { language, snippet } }) => {
  const document = { uri: 'snippet', languageId: language, text: snippet };
  expect(await languages.read(document, file => errorCount(file.root))).toBe(0);
});

test('code in TypeScript compiles against the packages', () => {
  const own = guides.filter(({ framework }) => framework.language === 'typescript');
  expect(
    typeErrors(Object.fromEntries(own.map(({ framework }, i) => [`framework-${i}.ts`, framework.snippet]))),
  ).toEqual({});
}, 120_000);

test('code in Python is accepted by the compiler of this machine, if it has one', () => {
  const own = guides.filter(({ framework }) => framework.language === 'python');
  const files = Object.fromEntries(own.map(({ framework }, i) => [`framework-${i}.py`, framework.snippet]));
  expect(pythonErrors(files) ?? []).toEqual([]);
});
