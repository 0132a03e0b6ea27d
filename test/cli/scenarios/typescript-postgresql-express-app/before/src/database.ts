import { Pool, type QueryResultRow } from 'pg';

const password = '@@password@@';

/** One pool for the process. */
export const pool = new Pool({
  host: 'contoso-orders.postgres.database.azure.com',
  port: 5432,
  database: 'orders',
  user: 'orders-api',
  password,
  ssl: true,
  max: 10,
});

export async function rows<T extends QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> {
  const { rows: found } = await pool.query<T>(text, values);
  return found;
}
