import type { ClientMigration } from '../service.ts';
import { redisCsharp } from './redis-csharp.ts';
import { addressForm, redisAccess, refuseOtherCaches } from './redis-forms.ts';
import { redisGo } from './redis-go.ts';
import { redisPython } from './redis-python.ts';

const shared = {
  language: 'typescript',
  module: 'redis',
  alsoFrom: ['@redis/client'],
  package: 'redis',
  since: '5.0.0',
  imports: { EntraIdCredentialsProviderFactory: '@redis/entraid', REDIS_SCOPE_DEFAULT: '@redis/entraid' },
  packages: [{ name: '@redis/entraid', version: '5.0.0' }],
  refuse: refuseOtherCaches,
  followUps: [redisAccess],
} as const satisfies Partial<ClientMigration>;

const provider = (credential: string): string =>
  `credentialsProvider: EntraIdCredentialsProviderFactory.createForDefaultAzureCredential({ credential: ${credential}, scopes: REDIS_SCOPE_DEFAULT, tokenManagerConfig: { expirationRefreshRatio: 0.8 } })`;

const written = provider('new DefaultAzureCredential()');
const imports = `import { DefaultAzureCredential } from '@azure/identity';
import { EntraIdCredentialsProviderFactory, REDIS_SCOPE_DEFAULT } from '@redis/entraid';
import { createClient } from 'redis';
`;

const forms: readonly Omit<ClientMigration, 'examples'>[] = [
  // The provider says who signs in.
  {
    ...shared,
    secret: { capture: 'KEY', form: 'key' },
    endpoint: { from: 'capture' },
    before: 'createClient({ url: $URL, username: $USER, password: $KEY, $$$OPTIONS })',
    after: `createClient({ url: $URL, ${provider('$CREDENTIAL')}, $$$OPTIONS })`,
  },
  {
    ...shared,
    secret: { capture: 'KEY', form: 'key' },
    endpoint: { from: 'capture' },
    before: 'createClient({ url: $URL, password: $KEY, $$$OPTIONS })',
    after: `createClient({ url: $URL, ${provider('$CREDENTIAL')}, $$$OPTIONS })`,
  },
  {
    ...shared,
    secret: { capture: 'KEY', form: 'key' },
    endpoint: { from: 'capture' },
    before: 'createClient({ socket: { host: $HOST, $$$SOCKET }, password: $KEY, $$$OPTIONS })',
    after: `createClient({ socket: { host: $HOST, $$$SOCKET }, ${provider('$CREDENTIAL')}, $$$OPTIONS })`,
  },
  {
    ...shared,
    secret: { capture: 'CS', form: 'connectionString' },
    endpoint: addressForm,
    before: 'createClient({ url: $CS, $$$OPTIONS })',
    after: `createClient({ url: $ENDPOINT, ${provider('$CREDENTIAL')}, $$$OPTIONS })`,
  },
];

const [withUser, withPassword, withSocket, withAddress] = forms as [
  Omit<ClientMigration, 'examples'>,
  Omit<ClientMigration, 'examples'>,
  Omit<ClientMigration, 'examples'>,
  Omit<ClientMigration, 'examples'>,
];

const url = 'rediss://contoso.redis.cache.windows.net:6380';

const typescript: readonly ClientMigration[] = [
  {
    ...withUser,
    examples: [
      {
        before: s => `import { createClient } from 'redis';

export const cache = createClient({
  url: '${url}',
  username: 'default',
  password: '${s.legacyKey32()}',
  pingInterval: 60000,
});
`,
        after: `${imports}
export const cache = createClient({
  url: '${url}',
  ${written},
  pingInterval: 60000,
});
`,
      },
    ],
  },
  {
    ...withPassword,
    examples: [
      {
        before: s => `import { createClient } from 'redis';

export const cache = createClient({ url: '${url}', password: '${s.identifiableKey('redis')}' });
`,
        after: `${imports}
export const cache = createClient({ url: '${url}', ${written} });
`,
      },
    ],
  },
  {
    ...withSocket,
    examples: [
      {
        before: s => `import { createClient } from 'redis';

export const cache = createClient({
  socket: { host: 'contoso.redis.cache.windows.net', port: 6380, tls: true },
  password: '${s.identifiableKey('redis')}',
});
`,
        after: `${imports}
export const cache = createClient({
  socket: { host: 'contoso.redis.cache.windows.net', port: 6380, tls: true },
  ${written},
});
`,
      },
    ],
  },
  {
    ...withAddress,
    examples: [
      {
        before: s => `import { createClient } from 'redis';

export const cache = createClient({ url: 'rediss://:${s.identifiableKey('redis')}@contoso.redis.cache.windows.net:6380' });
`,
        after: `${imports}
export const cache = createClient({ url: '${url}', ${written} });
`,
      },
      {
        cursor: 'REDIS_URL',
        before: () => `import { createClient } from 'redis';

export const cache = createClient({ url: process.env.REDIS_URL! });
`,
        after: `${imports}
export const cache = createClient({ url: process.env.REDIS_URL!, ${written} });
`,
      },
    ],
  },
];

export const redisClients: readonly ClientMigration[] = [...typescript, ...redisPython, ...redisCsharp, ...redisGo];
