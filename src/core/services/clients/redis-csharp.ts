import type { ClientMigration } from '../service.ts';
import { optionsWithoutKey, redisAccess, refuseOtherCaches } from './redis-forms.ts';

const keyless = 'contoso.redis.cache.windows.net:6380,ssl=True,abortConnect=False';
const withKey = (key: string): string => keyless.replace(',ssl', `,password=${key},ssl`);

/** Signing in is asynchronous, so only what is awaited anyway can be rewritten. */
export const redisCsharp: readonly ClientMigration[] = [
  {
    language: 'csharp',
    module: 'StackExchange.Redis',
    package: 'StackExchange.Redis',
    secret: { capture: 'CS', form: 'connectionString' },
    endpoint: {
      from: 'connectionString',
      derive: (_fields, text) => optionsWithoutKey(text),
      setting: {
        name: 'AZURE_REDIS_CONNECTIONSTRING',
        shortName: 'Redis',
        holds: '<cache>.redis.cache.windows.net:6380,ssl=True,abortConnect=False',
        keepsName: true,
      },
    },
    before: 'await ConnectionMultiplexer.ConnectAsync($CS)',
    after:
      'await ConnectionMultiplexer.ConnectAsync(await ConfigurationOptions.Parse($ENDPOINT).ConfigureForAzureWithTokenCredentialAsync($CREDENTIAL))',
    imports: { ConfigurationOptions: 'StackExchange.Redis' },
    packages: [{ name: 'Microsoft.Azure.StackExchangeRedis', version: '3.2.0' }],
    refuse: refuseOtherCaches,
    followUps: [redisAccess],
    examples: [
      {
        before: s => `using StackExchange.Redis;

var cache = await ConnectionMultiplexer.ConnectAsync("${withKey(s.identifiableKey('redis'))}");
var database = cache.GetDatabase();
`,
        after: `using Azure.Identity;
using StackExchange.Redis;

var cache = await ConnectionMultiplexer.ConnectAsync(await ConfigurationOptions.Parse("${keyless}").ConfigureForAzureWithTokenCredentialAsync(new DefaultAzureCredential()));
var database = cache.GetDatabase();
`,
      },
    ],
  },
];
