import pg from 'pg';

const url = process.env.BILLING_DATABASE ?? 'postgres://billing:@@password@@@contoso.postgres.database.azure.com:5432/billing?sslmode=require';

async function main(): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'billing' });
  await client.connect();
  try {
    await client.query('SELECT run_billing()');
  } finally {
    await client.end();
  }
}

await main();
