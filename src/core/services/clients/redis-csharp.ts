import type { ClientMigration } from '../service.ts';
import { optionsWithoutKey, redisAccess, refuseOtherCaches } from './redis-forms.ts';

const keyless = 'contoso.redis.cache.windows.net:6380,ssl=True,abortConnect=False';
const withKey = (key: string): string => keyless.replace(',ssl', `,password=${key},ssl`);

const shared = {
  language: 'csharp',
  module: 'StackExchange.Redis',
  package: 'StackExchange.Redis',
  secret: { capture: 'CS', form: 'connectionString' },
  endpoint: {
    from: 'connectionString',
    derive: (_fields: ReadonlyMap<string, string>, text: string) => optionsWithoutKey(text),
    setting: {
      name: 'AZURE_REDIS_CONNECTIONSTRING',
      shortName: 'Redis',
      holds: '<cache>.redis.cache.windows.net:6380,ssl=True,abortConnect=False',
      keepsName: true,
    },
  },
  imports: { ConfigurationOptions: 'StackExchange.Redis' },
  packages: [{ name: 'Microsoft.Azure.StackExchangeRedis', version: '3.2.0' }],
  refuse: refuseOtherCaches,
  followUps: [redisAccess],
} as const satisfies Partial<ClientMigration>;

const configured = (credential: string, address: string): string =>
  `ConfigurationOptions.Parse(${address}).ConfigureForAzureWithTokenCredentialAsync(${credential})`;

/** Signing in is asynchronous: it is awaited where the connection is, and waited for where that is. */
export const redisCsharp: readonly ClientMigration[] = [
  {
    ...shared,
    before: 'await ConnectionMultiplexer.ConnectAsync($CS)',
    after: `await ConnectionMultiplexer.ConnectAsync(await ${configured('$CREDENTIAL', '$ENDPOINT')})`,
    examples: [
      {
        before: s => `using StackExchange.Redis;

var cache = await ConnectionMultiplexer.ConnectAsync("${withKey(s.identifiableKey('redis'))}");
var database = cache.GetDatabase();
`,
        after: `using Azure.Identity;
using StackExchange.Redis;

var cache = await ConnectionMultiplexer.ConnectAsync(await ${configured('new DefaultAzureCredential()', `"${keyless}"`)});
var database = cache.GetDatabase();
`,
      },
    ],
  },
  {
    // Nothing in the extension goes back to the caller's context, so that waiting for it cannot block it.
    ...shared,
    before: 'ConnectionMultiplexer.Connect($CS)',
    after: `ConnectionMultiplexer.Connect(${configured('$CREDENTIAL', '$ENDPOINT')}.GetAwaiter().GetResult())`,
    examples: [
      {
        before: s => `using StackExchange.Redis;

internal static class Cache
{
    private static readonly ConnectionMultiplexer Connection = ConnectionMultiplexer.Connect("${withKey(s.identifiableKey('redis'))}");
}
`,
        after: `using Azure.Identity;
using StackExchange.Redis;

internal static class Cache
{
    private static readonly ConnectionMultiplexer Connection = ConnectionMultiplexer.Connect(${configured('new DefaultAzureCredential()', `"${keyless}"`)}.GetAwaiter().GetResult());
}
`,
      },
    ],
  },
];
