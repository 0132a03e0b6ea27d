import type { GuidedClient } from '../service.ts';

const policy = 'Turn on Microsoft Entra authentication of the cache, and give the identity a data access policy.';
const address = 'contoso.redis.cache.windows.net:6380';

const ioredis: GuidedClient = {
  language: 'typescript',
  before: 'new Redis({ password: $KEY, $$$OPTIONS })',
  module: 'ioredis',
  package: 'ioredis',
  secret: { capture: 'KEY', form: 'key' },
  why: 'ioredis signs in once for each connection and cannot renew a token while it is open.',
  steps: [
    'Use the client of the package `redis`, version 5 or newer, whose credentials provider renews the token.',
    'Commands are called alike, with capital letters inside: `hGetAll`, `lPush`.',
    policy,
  ],
  snippet: `import { DefaultAzureCredential } from '@azure/identity';
import { EntraIdCredentialsProviderFactory, REDIS_SCOPE_DEFAULT } from '@redis/entraid';
import { createClient } from 'redis';

export const cache = createClient({
  url: 'rediss://<cache>.redis.cache.windows.net:6380',
  credentialsProvider: EntraIdCredentialsProviderFactory.createForDefaultAzureCredential({
    credential: new DefaultAzureCredential(),
    scopes: REDIS_SCOPE_DEFAULT,
    tokenManagerConfig: { expirationRefreshRatio: 0.8 },
  }),
});
`,
  examples: [
    {
      before: s => `import { Redis } from 'ioredis';

export const cache = new Redis({
  host: 'contoso.redis.cache.windows.net',
  port: 6380,
  tls: {},
  password: '${s.identifiableKey('redis')}',
});
`,
    },
  ],
};

const csharpSnippet = `using Azure.Identity;
using StackExchange.Redis;

var options = await ConfigurationOptions.Parse("<cache>.redis.cache.windows.net:6380,ssl=True")
    .ConfigureForAzureWithTokenCredentialAsync(new DefaultAzureCredential());
var cache = await ConnectionMultiplexer.ConnectAsync(options);
`;

const csharp = ['ConnectionMultiplexer.ConnectAsync($CS)'].map((before): GuidedClient => ({
  language: 'csharp',
  before,
  module: 'StackExchange.Redis',
  package: 'StackExchange.Redis',
  secret: { capture: 'CS', form: 'connectionString' },
  why: 'signing in is asynchronous, and nothing is awaited here.',
  steps: [
    'Add `Microsoft.Azure.StackExchangeRedis`.',
    'Connect where you can await, such as before `builder.Build()`, and register the result.',
    'Take the password out of the connection string.',
    policy,
  ],
  snippet: csharpSnippet,
  examples: [
    {
      before: s => `using StackExchange.Redis;

internal static class Cache
{
    private static readonly object Connection = ${before.replace('$CS', `"${address},password=${s.identifiableKey('redis')},ssl=True"`)};
}
`,
    },
  ],
}));

const jedis: GuidedClient = {
  language: 'java',
  before: 'DefaultJedisClientConfig.builder().password($KEY)',
  module: 'redis.clients.jedis',
  package: 'redis.clients:jedis',
  secret: { capture: 'KEY', form: 'key' },
  why: 'the library that renews tokens for Jedis has not reached version 1, so the choice is yours.',
  steps: [
    'Add `redis.clients.authentication:redis-authx-entraid`.',
    'Pass an `AuthXManager` in the place of the password: it signs in, and again before the token expires.',
    policy,
  ],
  snippet: `package com.contoso;

import com.azure.identity.DefaultAzureCredentialBuilder;
import java.util.Set;
import redis.clients.authentication.core.TokenAuthConfig;
import redis.clients.authentication.entraid.AzureTokenAuthConfigBuilder;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.authentication.AuthXManager;

class Cache {
    UnifiedJedis open(String host) {
        TokenAuthConfig tokens = AzureTokenAuthConfigBuilder.builder()
            .defaultAzureCredential(new DefaultAzureCredentialBuilder().build())
            .scopes(Set.of("https://redis.azure.com/.default"))
            .build();
        DefaultJedisClientConfig config = DefaultJedisClientConfig.builder()
            .authXManager(new AuthXManager(tokens))
            .ssl(true)
            .build();
        return new UnifiedJedis(new HostAndPort(host, 6380), config);
    }
}
`,
  examples: [
    {
      before: s => `package com.contoso;

import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.UnifiedJedis;

class Cache {
    private static final String PASSWORD = "${s.identifiableKey('redis')}";

    UnifiedJedis open() {
        return new UnifiedJedis(
            new HostAndPort("contoso.redis.cache.windows.net", 6380),
            DefaultJedisClientConfig.builder().password(PASSWORD).ssl(true).build());
    }
}
`,
    },
  ],
};

const lettuce: GuidedClient = {
  language: 'java',
  before: 'RedisClient.create($CS)',
  module: 'io.lettuce.core',
  package: 'io.lettuce:lettuce-core',
  secret: { capture: 'CS', form: 'connectionString' },
  why: 'an address holds one password, and a token in its place would expire while the client is open.',
  steps: [
    'Add `redis.clients.authentication:redis-authx-entraid`, and use Lettuce 6.6 or newer.',
    'Give the address a `TokenBasedRedisCredentialsProvider`, and let the client sign in again on new credentials.',
    policy,
  ],
  snippet: `package com.contoso;

import com.azure.identity.DefaultAzureCredentialBuilder;
import io.lettuce.authx.TokenBasedRedisCredentialsProvider;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.util.Set;
import redis.clients.authentication.core.TokenAuthConfig;
import redis.clients.authentication.entraid.AzureTokenAuthConfigBuilder;

class Cache {
    RedisClient open(String host) {
        TokenAuthConfig tokens = AzureTokenAuthConfigBuilder.builder()
            .defaultAzureCredential(new DefaultAzureCredentialBuilder().build())
            .scopes(Set.of("https://redis.azure.com/.default"))
            .build();
        RedisURI address = RedisURI.builder()
            .withHost(host)
            .withPort(6380)
            .withSsl(true)
            .withAuthentication(TokenBasedRedisCredentialsProvider.create(tokens))
            .build();
        RedisClient client = RedisClient.create(address);
        client.setOptions(ClientOptions.builder()
            .reauthenticateBehavior(ClientOptions.ReauthenticateBehavior.ON_NEW_CREDENTIALS)
            .build());
        return client;
    }
}
`,
  examples: [
    {
      before: s => `package com.contoso;

import io.lettuce.core.RedisClient;

class Cache {
    private final RedisClient client = RedisClient.create("rediss://${s.identifiableKey('redis')}@${address}");
}
`,
    },
  ],
};

export const redisGuides: readonly GuidedClient[] = [ioredis, ...csharp, jedis, lettuce];
