import type { ClientMigration } from '../service.ts';
import { postgresqlAddress } from './postgresql-address.ts';
import { postgresqlCsharp } from './postgresql-csharp.ts';
import { databaseScope as scope, postgresqlHost, postgresqlUser } from './postgresql-forms.ts';
import { postgresqlGo } from './postgresql-go.ts';
import { postgresqlOrms } from './postgresql-orms.ts';
import { postgresqlPython } from './postgresql-python.ts';
import { refuseElsewhere } from './database-address.ts';

const shared = {
  refuse: refuseElsewhere(postgresqlHost),
  followUps: [postgresqlUser],
} as const satisfies Partial<ClientMigration>;

const typescript = ['Pool', 'Client'].flatMap((client): ClientMigration[] => [
  {
    ...shared,
    language: 'typescript',
    module: 'pg',
    package: 'pg',
    secret: { capture: 'KEY', form: 'key' },
    endpoint: { from: 'capture' },
    before: `new ${client}({ password: $KEY, $$$OPTIONS })`,
    after: `new ${client}({ password: getBearerTokenProvider($CREDENTIAL, '${scope}'), $$$OPTIONS })`,
    imports: { getBearerTokenProvider: '@azure/identity' },
    conflictingSetting: 'PGPASSWORD',
    examples: [
      {
        before: s => `import { ${client} } from 'pg';

export const database = new ${client}({
  host: 'contoso.postgres.database.azure.com',
  database: 'orders',
  user: 'orders-api',
  password: '${s.password()}', // rotated in May
  ssl: true,
});
`,
        after: `import { DefaultAzureCredential, getBearerTokenProvider } from '@azure/identity';
import { ${client} } from 'pg';

export const database = new ${client}({
  host: 'contoso.postgres.database.azure.com',
  database: 'orders',
  user: 'orders-api',
  password: getBearerTokenProvider(new DefaultAzureCredential(), '${scope}'), // rotated in May
  ssl: true,
});
`,
      },
      {
        languageId: 'javascript',
        cursor: 'PGPASSWORD',
        before: () => `const pg = require('pg');

const database = new pg.${client}({ host: process.env.PGHOST, user: 'orders-api', password: process.env.PGPASSWORD });
module.exports = { database };
`,
        after: `const { DefaultAzureCredential, getBearerTokenProvider } = require('@azure/identity');
const pg = require('pg');

const database = new pg.${client}({ host: process.env.PGHOST, user: 'orders-api', password: getBearerTokenProvider(new DefaultAzureCredential(), '${scope}') });
module.exports = { database };
`,
      },
    ],
  },
  {
    ...shared,
    language: 'typescript',
    module: 'pg',
    package: 'pg',
    secret: { capture: 'CS', form: 'connectionString' },
    endpoint: postgresqlAddress,
    // The driver lets the address have the last word, and one without a password says that there is none.
    before: `new ${client}({ connectionString: $CS, $$$OPTIONS })`,
    after: `new ${client}({ ...parseIntoClientConfig($ENDPOINT), password: getBearerTokenProvider($CREDENTIAL, '${scope}'), $$$OPTIONS })`,
    imports: { getBearerTokenProvider: '@azure/identity', parseIntoClientConfig: 'pg-connection-string' },
    packages: [{ name: 'pg-connection-string', version: '2.7.0' }],
    conflictingSetting: 'PGPASSWORD',
    examples: [
      {
        before: s => `import pg from 'pg';

const url = 'postgres://orders-api:${s.password()}@contoso.postgres.database.azure.com:5432/orders?sslmode=require';

export const database = new pg.${client}({ connectionString: url, application_name: 'orders' });
`,
        after: `import { DefaultAzureCredential, getBearerTokenProvider } from '@azure/identity';
import pg from 'pg';
import { parseIntoClientConfig } from 'pg-connection-string';

export const database = new pg.${client}({ ...parseIntoClientConfig('postgres://orders-api@contoso.postgres.database.azure.com:5432/orders?sslmode=require'), password: getBearerTokenProvider(new DefaultAzureCredential(), '${scope}'), application_name: 'orders' });
`,
      },
      {
        cursor: 'DATABASE_URL',
        before: () => `import { ${client} } from 'pg';

export const database = new ${client}({
  connectionString: process.env.DATABASE_URL!,
  ssl: true,
});
`,
        after: `import { DefaultAzureCredential, getBearerTokenProvider } from '@azure/identity';
import { ${client} } from 'pg';
import { parseIntoClientConfig } from 'pg-connection-string';

export const database = new ${client}({
  ...parseIntoClientConfig(process.env.DATABASE_URL!),
  password: getBearerTokenProvider(new DefaultAzureCredential(), '${scope}'),
  ssl: true,
});
`,
      },
    ],
  },
]);

export const postgresqlClients: readonly ClientMigration[] = [
  ...typescript,
  ...postgresqlOrms,
  ...postgresqlPython,
  ...postgresqlCsharp,
  ...postgresqlGo,
];
