import type { ClientMigration, PreparingStatement } from '../service.ts';
import { addressForm, redisAccess, refuseOtherCaches, unencrypted } from './redis-forms.ts';

const redis = 'github.com/redis/go-redis/v9';
const entraid = 'github.com/redis/go-redis-entraid';
const server = 'contoso.redis.cache.windows.net:6380';

const shared = {
  language: 'go',
  module: redis,
  package: redis,
  since: '9.9.0',
  identityPackage: false,
  imports: { entraid },
  packages: [{ name: entraid, version: '1.0.6' }],
  followUps: [redisAccess],
} as const satisfies Partial<ClientMigration>;

const makeProvider = 'entraid.NewDefaultAzureCredentialsProvider(entraid.DefaultAzureCredentialsProviderOptions{})';

/** Signs in with the default credential, and again before the token expires. */
const provider: PreparingStatement = {
  as: 'PROVIDER',
  names: ['provider', 'credentialsProvider', 'tokenProvider'],
  value: makeProvider,
};

const imports = (before: string, after: string): string => `import (
	${before}
${after}	"${redis}"
)`;

const entraidImport = `	entraid "${entraid}"\n`;

/** What is set on the options later on is not seen here. */
function refuseWithoutTls(constants: ReadonlyMap<string, string>, given: ReadonlySet<string>): string | undefined {
  return refuseOtherCaches(constants) ?? (given.has('TLSConfig') ? undefined : unencrypted);
}

const byOptions = (
  [
    ['NewClient', 'Options', 'Addr: $HOST', `Addr: "${server}"`],
    ['NewClusterClient', 'ClusterOptions', 'Addrs: []string{$HOST}', `Addrs: []string{"${server}"}`],
    ['NewUniversalClient', 'UniversalOptions', 'Addrs: []string{$HOST}', `Addrs: []string{"${server}"}`],
  ] as const
).flatMap(([construct, options, addressField, written]) =>
  // The provider says who signs in.
  [', Username: $USER', ''].map((user): ClientMigration => {
    const file = (moreImports: string, statements: string, member: string): string => `package cache

${imports('"context"\n\t"crypto/tls"\n', moreImports)}

func Check(ctx context.Context) error {
${statements}	client := redis.${construct}(&redis.${options}{
		${written},
		${member}
		PoolSize:  20,
		TLSConfig: &tls.Config{MinVersion: tls.VersionTLS12},
	})
	return client.Ping(ctx).Err()
}
`;
    return {
      ...shared,
      secret: { capture: 'KEY', form: 'key' },
      endpoint: { from: 'capture' },
      before: `redis.${construct}(&redis.${options}{${addressField}, Password: $KEY${user}, $$$OPTIONS})`,
      ahead: [provider],
      after: `redis.${construct}(&redis.${options}{${addressField}, StreamingCredentialsProvider: $PROVIDER, $$$OPTIONS})`,
      refuse: refuseWithoutTls,
      examples: [
        {
          before: s =>
            file('', '', `Password: "${s.identifiableKey('redis')}",${user === '' ? '' : '\n		Username: "default",'}`),
          after: file(
            entraidImport,
            `	provider, err := ${makeProvider}
	if err != nil {
		return err
	}
`,
            'StreamingCredentialsProvider: provider,',
          ),
        },
      ],
    };
  }),
);

const byAddress: ClientMigration = {
  ...shared,
  secret: { capture: 'CS', form: 'connectionString' },
  endpoint: addressForm,
  before: 'redis.ParseURL($CS)',
  ahead: [provider],
  after: 'redis.ParseURL($ENDPOINT)',
  behind: {
    text: '$SELF.StreamingCredentialsProvider = $PROVIDER',
    mark: '$SELF.StreamingCredentialsProvider =',
  },
  refuse: refuseOtherCaches,
  examples: [
    {
      before: s => `package cache

import "${redis}"

func Open() (*redis.Client, error) {
	options, err := redis.ParseURL("rediss://:${s.identifiableKey('redis')}@${server}/0")
	if err != nil {
		return nil, err
	}
	return redis.NewClient(options), nil
}
`,
      after: `package cache

import entraid "${entraid}"
import "${redis}"

func Open() (*redis.Client, error) {
	provider, err := ${makeProvider}
	if err != nil {
		return nil, err
	}
	options, err := redis.ParseURL("rediss://${server}/0")
	if err != nil {
		return nil, err
	}
	options.StreamingCredentialsProvider = provider
	return redis.NewClient(options), nil
}
`,
    },
    {
      cursor: 'REDIS_URL',
      before: () => `package main

import (
	"log"
	"os"

	"${redis}"
)

func main() {
	options, err := redis.ParseURL(os.Getenv("REDIS_URL"))
	if err != nil {
		log.Fatalf("bad address: %v", err)
	}
	client := redis.NewClient(options)
	defer client.Close()
}
`,
      after: `package main

import (
	"log"
	"os"

	entraid "${entraid}"
	"${redis}"
)

func main() {
	provider, err := ${makeProvider}
	if err != nil {
		log.Fatalf("cannot prepare the connection: %v", err)
	}
	options, err := redis.ParseURL(os.Getenv("REDIS_URL"))
	if err != nil {
		log.Fatalf("bad address: %v", err)
	}
	options.StreamingCredentialsProvider = provider
	client := redis.NewClient(options)
	defer client.Close()
}
`,
    },
  ],
};

export const redisGo: readonly ClientMigration[] = [...byOptions, byAddress];
