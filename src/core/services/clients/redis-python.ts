import type { ClientMigration } from '../service.ts';
import { addressForm, redisAccess, redisScope, refuseOtherCaches } from './redis-forms.ts';

const provider = `credential_provider=create_from_default_azure_credential(("${redisScope}",))`;

const shared = {
  language: 'python',
  module: 'redis',
  alsoFrom: ['redis.asyncio'],
  package: 'redis',
  since: '5.3.0',
  identityPackage: false,
  imports: { create_from_default_azure_credential: 'redis_entraid.cred_provider' },
  packages: [{ name: 'redis-entraid', version: '1.0.0' }],
  refuse: refuseOtherCaches,
  followUps: [redisAccess],
} as const satisfies Partial<ClientMigration>;

const host = 'contoso.redis.cache.windows.net';

const byPassword = ['Redis', 'StrictRedis'].flatMap(client =>
  // The provider says who signs in.
  [', username=$USER', ''].map((user): ClientMigration => {
    const file = (imports: string, argument: string): string => `from redis import ${client}
${imports}
cache = ${client}(
    host="${host}",
    port=6380,
    ssl=True,
    ${argument},
    decode_responses=True,
)
`;
    return {
      ...shared,
      secret: { capture: 'KEY', form: 'key' },
      endpoint: { from: 'capture' },
      before: `${client}(host=$HOST, $$$OPTIONS, password=$KEY${user})`,
      after: `${client}(host=$HOST, $$$OPTIONS, ${provider})`,
      examples: [
        {
          before: s =>
            file('', `password="${s.identifiableKey('redis')}"${user === '' ? '' : ',\n    username="default"'}`),
          after: file('from redis_entraid.cred_provider import create_from_default_azure_credential\n', provider),
        },
      ],
    };
  }),
);

const byAddress = ['from_url', 'Redis.from_url', 'StrictRedis.from_url'].map((construct): ClientMigration => ({
  ...shared,
  secret: { capture: 'CS', form: 'connectionString' },
  endpoint: addressForm,
  before: `${construct}(url=$CS, $$$OPTIONS)`,
  after: `${construct}(url=$ENDPOINT, $$$OPTIONS, ${provider})`,
  examples: [
    {
      before: s => `import redis

cache = redis.${construct}("rediss://:${s.identifiableKey('redis')}@${host}:6380/0", decode_responses=True)
`,
      after: `import redis
from redis_entraid.cred_provider import create_from_default_azure_credential

cache = redis.${construct}("rediss://${host}:6380/0", decode_responses=True, ${provider})
`,
    },
    {
      cursor: 'REDIS_URL',
      before: () => `import os

import redis.asyncio as redis

cache = redis.${construct}(os.environ["REDIS_URL"])
`,
      after: `import os

import redis.asyncio as redis
from redis_entraid.cred_provider import create_from_default_azure_credential

cache = redis.${construct}(os.environ["REDIS_URL"], ${provider})
`,
    },
  ],
}));

export const redisPython: readonly ClientMigration[] = [...byPassword, ...byAddress];
