import { withoutPassword } from './database-address.ts';
import { postgresqlHost } from './postgresql-forms.ts';

/** Where the address is one text, it loses its password; the driver gets a token for each connection that it opens. */
export const postgresqlAddress = {
  from: 'connectionString',
  derive: (_fields: ReadonlyMap<string, string>, text: string) => withoutPassword(text, postgresqlHost.pattern),
  setting: {
    name: 'DATABASE_URL',
    shortName: 'Database',
    holds: 'postgres://<user>@<server>.postgres.database.azure.com:5432/<database>?sslmode=require',
    keepsName: true,
  },
} as const;
