import { DefaultAzureCredential, getBearerTokenProvider } from '@azure/identity';
import pg from 'pg';
import { parseIntoClientConfig } from 'pg-connection-string';

const url = process.env.BILLING_DATABASE ?? 'postgres://billing@contoso.postgres.database.azure.com:5432/billing?sslmode=require';

async function main(): Promise<void> {
  const client = new pg.Client({ ...parseIntoClientConfig(url), password: getBearerTokenProvider(new DefaultAzureCredential(), 'https://ossrdbms-aad.database.windows.net/.default'), application_name: 'billing' });
  await client.connect();
  try {
    await client.query('SELECT run_billing()');
  } finally {
    await client.end();
  }
}

await main();
