import { hostNear } from '../secrets/connection-string-key.ts';
import { endOf32Bytes, isLocalHost } from '../secrets/grading.ts';
import { identifiableKeyPattern } from '../secrets/identifiable-key-patterns.ts';
import { isPlaceholder } from '../secrets/placeholder.ts';
import { assignmentOf } from '../secrets/assignment.ts';
import { isFiller } from '../secrets/placeholder.ts';
import { redisFrameworks } from './clients/database-frameworks.ts';
import { redisGuides } from './clients/redis-guides.ts';
import { redisClients } from './clients/redis.ts';
import { springRedis } from './settings/spring-data.ts';
import type { CredentialFormat, Grade, Service } from './service.ts';

const cacheHost =
  /(?<![a-z0-9-])([a-z0-9-]+)\.(?:[a-z0-9-]+\.)?(?:redis\.cache\.(?:windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)|redis\.azure\.net|redisenterprise\.cache\.azure\.net)/iu;
const signed = /AzCa[A-P][A-Z0-9+/]{5}(?:=|%3D)$/iu;

/** How much a password is worth by the host it opens. */
function gradeHost(secret: string, host: string): Grade | undefined {
  // An interpolation may hold the quote that ends the match.
  if (isPlaceholder(secret) || secret.includes('${') || signed.test(secret)) return undefined;
  const cache = cacheHost.exec(host)?.[1];
  if (cache !== undefined) return { severity: 'error', confidence: 'high', args: { cache } };
  if (isPlaceholder(host) || (isLocalHost(host) && /^(?:[a-z]+|.{1,3}|\w*password)$/iu.test(secret))) return undefined;
  return isLocalHost(host)
    ? { severity: 'information', confidence: 'low', args: { note: 'local or example server' } }
    : { severity: 'warning', confidence: 'medium', args: { cache: host.split(':')[0] } };
}

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'redis-access-key',
    title: 'Redis access key or password',
    message: 'An access key or password of Redis[ cache {cache}] is embedded here[ ({note})].',
    leak: 'Whoever reads it can read and change everything in the cache, sessions and queues included, and run scripts on the server.',
    remedy:
      'Sign in with a token from DefaultAzureCredential and a data access policy such as Data Contributor, regenerate the key, then turn access keys off.',
    severity: 'error',
    keywords: ['AzCa', 'redis'],
    patterns: [
      identifiableKeyPattern('redis', match => ({ cache: hostNear(match, cacheHost) })),
      {
        // StackExchange.Redis: hosts and options with commas between them, in any order.
        hint: ['password'],
        regex:
          /(?<![\w.-])(?<head>[\w.:,=-]{0,300}?)(?<![\w-])password\s{0,2}=\s{0,2}(?<secret>[^\s,"'`<>;\uE022\uE027]{4,256})(?<tail>(?:,[\w.:= -]{0,120}){0,12})/dgiu,
        grade(match) {
          const { head = '', tail = '' } = match.groups;
          const host = `${head}${tail}`
            .split(',')
            .find(part => /^[\w.-]+(?::\d{2,5})?$/u.test(part.trim()) && part.trim() !== '');
          // Commas on both sides or an option of the library tell it from other texts with a password.
          const options =
            /(?:ssl|abortConnect|allowAdmin|connectTimeout|syncTimeout|defaultDatabase|user|connectRetry)\s?=/iu;
          if (
            host === undefined ||
            !(cacheHost.test(host) || (/:\d{2,5}$/u.test(host.trim()) && options.test(head + tail)))
          )
            return undefined;
          return gradeHost(match.secret, host.trim());
        },
      },
      {
        begins: ['redis://', 'rediss://'],
        regex:
          /(?<![\w+])rediss?:\/\/[^\s:@/"'`<>]{0,100}:(?<secret>[^\s@/"'`<>\uE022\uE027]{4,256})@(?<host>[^\s/"'`<>?\uE022\uE027]{1,253})/dgiu,
        grade: match => gradeHost(match.secret, match.groups['host'] ?? ''),
      },
      {
        hint: endOf32Bytes,
        regex: assignmentOf(
          '(?:redis|cache)[\\w.:-]{0,30}(?:key|password|pwd)|(?<![\\w.-])(?:access_?key|password)',
          '[A-Z0-9+/]{43}=',
        ),
        grade(match) {
          const named = /redis/iu.test(match.groups['name'] ?? '');
          const cache = hostNear(match, cacheHost);
          // The key of another service, in a connection string of its own.
          if (match.connectionString().values.has('endpoint')) return undefined;
          if (isFiller(match.secret) || signed.test(match.secret) || (!named && cache === undefined)) return undefined;
          return { severity: 'error', confidence: 'medium', args: { cache } };
        },
      },
    ],
    examples: {
      found: [
        {
          languageId: 'json',
          text: s =>
            `{"Redis":"contoso.redis.cache.windows.net:6380,password=«${s.identifiableKey('redis')}»,ssl=True,abortConnect=False"}`,
        },
        {
          languageId: 'csharp',
          text: s =>
            `ConnectionMultiplexer.Connect("password=«${s.legacyKey32()}»,ssl=True,contoso.redis.cache.windows.net:6380,abortConnect=False")`,
        },
        {
          languageId: 'dotenv',
          text: s =>
            `REDIS_URL=rediss://:«${encodeURIComponent(s.legacyKey32())}»@contoso.redis.cache.windows.net:6380/0`,
        },
        { languageId: 'dotenv', text: s => `REDIS_KEY=«${s.legacyKey32()}»` },
        {
          languageId: 'python',
          text: s =>
            `redis.Redis(host="contoso.redis.cache.windows.net", port=6380, password="«${s.legacyKey32()}»", ssl=True)`,
        },
        {
          languageId: 'dotenv',
          severity: 'warning',
          text: s => `REDIS_URL=redis://default:«${s.password()}»@cache.contoso.com:6379`,
        },
        {
          languageId: 'yaml',
          severity: 'information',
          text: s => `redis: redis://:«${s.password()}»@localhost:6379`,
        },
        {
          languageId: 'dotenv',
          severity: 'warning',
          text: s => `K=«${s.identifiableKey('redis').replace(/^./u, first => (first === 'a' ? 'b' : 'a'))}»`,
        },
      ],
      silent: [
        {
          languageId: 'csharp',
          text: () => '$"contoso.redis.cache.windows.net:6380,password={key},ssl=True"',
          why: 'interpolation',
        },
        {
          languageId: 'yaml',
          text: () => 'url: rediss://:${REDIS_KEY}@contoso.redis.cache.windows.net:6380',
          why: 'variable',
        },
        {
          languageId: 'json',
          text: s => `{"redis":"5.0.1","integrity":"sha256-${s.legacyKey32()}"}`,
          why: 'integrity hash',
        },
        { languageId: 'markdown', text: () => 'redis://user:password@host:6379', why: 'placeholder' },
      ],
    },
  },
];

const grantOf = (policy: string): string =>
  `az redis access-policy-assignment create --resource-group <resource-group> --name <cache> --policy-assignment-name <identity-name> --access-policy-name "${policy}" --object-id <principal-id> --object-id-alias <identity-name>`;

export const redis: Service = {
  id: 'redis',
  name: 'Azure Managed Redis and Azure Cache for Redis',
  documentation:
    'https://learn.microsoft.com/azure/azure-cache-for-redis/cache-azure-active-directory-for-authentication',
  credentials,
  settings: springRedis,
  template: {
    type: 'Microsoft.Cache/redis',
    terraform: {
      types: ['azurerm_redis_cache'],
      secrets: [
        'primary_access_key',
        'secondary_access_key',
        'primary_connection_string',
        'secondary_connection_string',
      ],
    },
    grants: [],
  },
  operations: [],
  roles: [
    {
      name: 'Data Reader',
      id: '',
      plane: 'database',
      grants: 'reads keys (a data access policy of the cache)',
      grant: grantOf('Data Reader'),
    },
    {
      name: 'Data Contributor',
      id: '',
      plane: 'database',
      grant: grantOf('Data Contributor'),
      grants: 'reads and writes keys (a data access policy of the cache)',
    },
  ],
  rotation: {
    command: 'az redis regenerate-keys --resource-group <resource-group> --name <name> --key-type Primary',
  },
  keysOff: {
    resourceType: 'Microsoft.Cache/redis',
    property: 'disableAccessKeyAuthentication',
    value: true,
    terraform: { resource: 'azurerm_redis_cache', property: 'access_keys_authentication_enabled', value: false },
  },
  guided: redisGuides,
  frameworks: redisFrameworks,
  clients: redisClients,
};
