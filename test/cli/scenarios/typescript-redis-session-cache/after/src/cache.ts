import { DefaultAzureCredential } from '@azure/identity';
import { EntraIdCredentialsProviderFactory, REDIS_SCOPE_DEFAULT } from '@redis/entraid';
import { createClient } from 'redis';

export const cache = createClient({
  socket: { host: 'contoso.redis.cache.windows.net', port: 6380, tls: true },
  credentialsProvider: EntraIdCredentialsProviderFactory.createForDefaultAzureCredential({ credential: new DefaultAzureCredential(), scopes: REDIS_SCOPE_DEFAULT, tokenManagerConfig: { expirationRefreshRatio: 0.8 } }),
  pingInterval: 60_000,
});

cache.on('error', error => {
  console.error('cache', error);
});

export async function remember(id: string, value: string): Promise<void> {
  await cache.set(`session:${id}`, value, { EX: 3600 });
}
