import type { ClientMigration } from '../service.ts';
import { refuseElsewhere } from './database-address.ts';
import { postgresqlAddress } from './postgresql-address.ts';
import { databaseScope as scope, postgresqlHost, postgresqlUser } from './postgresql-forms.ts';

const shared = {
  language: 'typescript',
  refuse: refuseElsewhere(postgresqlHost),
  followUps: [postgresqlUser],
  conflictingSetting: 'PGPASSWORD',
} as const satisfies Partial<ClientMigration>;

const key = { secret: { capture: 'KEY', form: 'key' }, endpoint: { from: 'capture' } } as const;
const address = { secret: { capture: 'CS', form: 'connectionString' }, endpoint: postgresqlAddress } as const;

const provider = (credential: string): string => `password: getBearerTokenProvider(${credential}, '${scope}')`;
const provides = { getBearerTokenProvider: '@azure/identity' } as const;
/** The driver lets the address have the last word, and one without a password says that there is none. */
const parses = { ...provides, parseIntoClientConfig: 'pg-connection-string' } as const;
const parser = [{ name: 'pg-connection-string', version: '2.7.0' }] as const;

const server = 'contoso.postgres.database.azure.com';
const url = (password: string): string => `postgres://orders-api${password}@${server}:5432/orders?sslmode=require`;
const written = provider('new DefaultAzureCredential()');
const azureImport = `import { DefaultAzureCredential, getBearerTokenProvider } from '@azure/identity';\n`;

/** What is given to the driver as it is, which asks a function for the password of each connection. */
const knex = (
  [
    ['pg', true],
    ['pg', undefined],
    ['postgres', undefined],
    ['postgresql', undefined],
  ] as const
).flatMap(([client, defaultExport]): ClientMigration[] => {
  const own = { ...shared, module: 'knex', package: 'knex', ...(defaultExport && { defaultExport }) } as const;
  const imported = defaultExport === true ? 'import knex from' : 'import { knex } from';
  return [
    {
      ...own,
      ...key,
      before: `knex({ client: '${client}', connection: { password: $KEY, $$$CONNECTION }, $$$OPTIONS })`,
      after: `knex({ client: '${client}', connection: { ${provider('$CREDENTIAL')}, $$$CONNECTION }, $$$OPTIONS })`,
      imports: provides,
      examples: [
        {
          before: s => `${imported} 'knex';

export const orders = knex({
  client: '${client}',
  connection: {
    host: '${server}',
    user: 'orders-api',
    password: '${s.password()}',
    database: 'orders',
    ssl: true,
  },
  pool: { min: 0, max: 10 },
});
`,
          after: `${azureImport}${imported} 'knex';

export const orders = knex({
  client: '${client}',
  connection: {
    host: '${server}',
    user: 'orders-api',
    ${written},
    database: 'orders',
    ssl: true,
  },
  pool: { min: 0, max: 10 },
});
`,
        },
      ],
    },
  ];
});

const typeorm: ClientMigration = {
  ...shared,
  ...key,
  module: 'typeorm',
  package: 'typeorm',
  before: `new DataSource({ type: 'postgres', password: $KEY, $$$OPTIONS })`,
  after: `new DataSource({ type: 'postgres', ${provider('$CREDENTIAL')}, $$$OPTIONS })`,
  imports: provides,
  examples: [
    {
      before: s => `import { DataSource } from 'typeorm';

export const orders = new DataSource({
  type: 'postgres',
  host: '${server}',
  port: 5432,
  username: 'orders-api',
  password: '${s.password()}',
  database: 'orders',
  ssl: true,
  entities: ['dist/entities/*.js'],
});
`,
      after: `${azureImport}import { DataSource } from 'typeorm';

export const orders = new DataSource({
  type: 'postgres',
  host: '${server}',
  port: 5432,
  username: 'orders-api',
  ${written},
  database: 'orders',
  ssl: true,
  entities: ['dist/entities/*.js'],
});
`,
    },
    {
      cursor: 'DB_PASSWORD',
      before: () => `import { DataSource } from 'typeorm';

export const orders = new DataSource({ type: 'postgres', host: process.env.DB_HOST, password: process.env.DB_PASSWORD, synchronize: false });
`,
      after: `${azureImport}import { DataSource } from 'typeorm';

export const orders = new DataSource({ type: 'postgres', host: process.env.DB_HOST, ${written}, synchronize: false });
`,
    },
  ],
};

const hook = (credential: string): string =>
  `hooks: { beforeConnect: async config => { config.password = (await ${credential}.getToken('${scope}')).token; } }`;
const isPostgres = (constants: ReadonlyMap<string, string>): boolean => constants.get('dialect') === 'postgres';

const sequelizeFile = (construct: string, isKeyless = false): string =>
  isKeyless
    ? `import { DefaultAzureCredential } from '@azure/identity';
import { Sequelize } from 'sequelize';

const credential = new DefaultAzureCredential();

export const orders = ${construct};
`
    : `import { Sequelize } from 'sequelize';

export const orders = ${construct};
`;

const sequelizeShared = { ...shared, module: 'sequelize', package: 'sequelize', credential: 'declared' } as const;

/** The hook runs before each connection of the pool, with a configuration of its own. */
const sequelize: readonly ClientMigration[] = [
  {
    ...sequelizeShared,
    ...key,
    onlyWhen: isPostgres,
    before: 'new Sequelize($DATABASE, $USER, $KEY, { $$$OPTIONS })',
    after: `new Sequelize($DATABASE, $USER, undefined, { ${hook('$CREDENTIAL')}, $$$OPTIONS })`,
    examples: [
      {
        before: s =>
          sequelizeFile(
            `new Sequelize('orders', 'orders-api', '${s.password()}', { dialect: 'postgres', host: '${server}' })`,
          ),
        after: sequelizeFile(
          `new Sequelize('orders', 'orders-api', undefined, { ${hook('credential')}, dialect: 'postgres', host: '${server}' })`,
          true,
        ),
      },
    ],
  },
  {
    ...sequelizeShared,
    ...key,
    onlyWhen: isPostgres,
    before: 'new Sequelize({ password: $KEY, $$$OPTIONS })',
    after: `new Sequelize({ ${hook('$CREDENTIAL')}, $$$OPTIONS })`,
    examples: [
      {
        before: s =>
          sequelizeFile(`new Sequelize({
  dialect: 'postgres',
  host: '${server}',
  username: 'orders-api',
  password: '${s.password()}',
  pool: { max: 10 },
})`),
        after: sequelizeFile(
          `new Sequelize({
  dialect: 'postgres',
  host: '${server}',
  username: 'orders-api',
  ${hook('credential')},
  pool: { max: 10 },
})`,
          true,
        ),
      },
    ],
  },
  ...(
    [
      ['', ''],
      [', { $$$OPTIONS }', ', $$$OPTIONS'],
    ] as const
  ).map(([options, rest]): ClientMigration => {
    const given = options === '' ? '' : ', { logging: false }';
    const kept = options === '' ? '' : ', logging: false';
    return {
      ...sequelizeShared,
      ...address,
      onlyWhen: constants => /^postgres/iu.test(constants.get('CS') ?? ''),
      before: `new Sequelize($CS${options})`,
      after: `new Sequelize($ENDPOINT, { ${hook('$CREDENTIAL')}${rest} })`,
      examples: [
        {
          before: s => sequelizeFile(`new Sequelize('${url(`:${s.password()}`)}'${given})`),
          after: sequelizeFile(`new Sequelize('${url('')}', { ${hook('credential')}${kept} })`, true),
        },
      ],
    };
  }),
];

const drizzleImport = `import { drizzle } from 'drizzle-orm/node-postgres';\n`;
const drizzleShared = {
  ...shared,
  module: 'drizzle-orm/node-postgres',
  package: 'drizzle-orm',
  since: '0.34.0',
} as const;
const parsed = (text: string, credential: string): string =>
  `connection: { ...parseIntoClientConfig(${text}), ${provider(credential)} }`;

const drizzle: readonly ClientMigration[] = [
  {
    ...drizzleShared,
    ...key,
    before: 'drizzle({ connection: { password: $KEY, $$$CONNECTION }, $$$OPTIONS })',
    after: `drizzle({ connection: { ${provider('$CREDENTIAL')}, $$$CONNECTION }, $$$OPTIONS })`,
    imports: provides,
    examples: [
      {
        before: s => `${drizzleImport}
export const orders = drizzle({ connection: { host: '${server}', user: 'orders-api', password: '${s.password()}', ssl: true }, casing: 'snake_case' });
`,
        after: `${azureImport}${drizzleImport}
export const orders = drizzle({ connection: { host: '${server}', user: 'orders-api', ${written}, ssl: true }, casing: 'snake_case' });
`,
      },
    ],
  },
  ...(
    [
      ['drizzle($CS)', 'drizzle({ $PARSED })'],
      ['drizzle({ connection: $CS, $$$OPTIONS })', 'drizzle({ $PARSED, $$$OPTIONS })'],
    ] as const
  ).map(([before, after]): ClientMigration => {
    const fill = (pattern: string, text: string): string =>
      pattern.replace('$CS', text).replace('$$$OPTIONS', `casing: 'snake_case'`);
    const keyless = (text: string): string =>
      fill(after, '').replace('$PARSED', parsed(text, 'new DefaultAzureCredential()'));
    const parserImport = `import { parseIntoClientConfig } from 'pg-connection-string';\n`;
    return {
      ...drizzleShared,
      ...address,
      text: ['CS'],
      before,
      after: after.replace('$PARSED', parsed('$ENDPOINT', '$CREDENTIAL')),
      imports: parses,
      packages: parser,
      examples: [
        {
          before: s => `${drizzleImport}
export const orders = ${fill(before, `'${url(`:${s.password()}`)}'`)};
`,
          after: `${azureImport}${drizzleImport}${parserImport}
export const orders = ${keyless(`'${url('')}'`)};
`,
        },
        {
          cursor: 'DATABASE_URL',
          before: () => `${drizzleImport}
export const orders = ${fill(before, 'process.env.DATABASE_URL!')};
`,
          after: `${azureImport}${drizzleImport}${parserImport}
export const orders = ${keyless('process.env.DATABASE_URL!')};
`,
        },
      ],
    };
  }),
];

export const postgresqlOrms: readonly ClientMigration[] = [...knex, typeorm, ...sequelize, ...drizzle];
