import { createClient } from 'redis';

export const cache = createClient({
  socket: { host: 'contoso.redis.cache.windows.net', port: 6380, tls: true },
  password: '@@identifiableKey redis@@',
  pingInterval: 60_000,
});

cache.on('error', error => {
  console.error('cache', error);
});

export async function remember(id: string, value: string): Promise<void> {
  await cache.set(`session:${id}`, value, { EX: 3600 });
}
