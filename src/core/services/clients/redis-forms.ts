import type { FollowUp } from '../../rewrite/fix.ts';
import type { AzureHost } from './database-address.ts';
import type { EndpointForm } from '../service.ts';

/** The same audience in every cloud. */
export const redisScope = 'https://redis.azure.com/.default';

export const redisHost: AzureHost = {
  pattern: /\.(?:redis\.cache\.(?:windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)|redis\.azure\.net)(?=[:/]|$)/iu,
  name: 'a Redis cache in Azure',
};

export const redisAccess: FollowUp = {
  kind: 'checkOtherUses',
  message:
    'Turn on Microsoft Entra authentication of the cache, and connect with TLS: port 6380 of Azure Cache for Redis, 10000 of Azure Managed Redis.',
};

/** `rediss://:key@host:6380/0` without the key, and without the user, who is the identity from then on. */
function addressWithoutKey(text: string): string | undefined {
  const scheme = /^rediss?:\/\//iu.exec(text)?.[0] ?? '';
  const rest = text.slice(Math.max(scheme.length, text.lastIndexOf('@') + 1));
  return scheme !== '' && redisHost.pattern.test(rest.split(/[:/?#]/u, 1)[0] ?? '') ? scheme + rest : undefined;
}

/** `host:6380,password=key,ssl=True` without the key. */
export function optionsWithoutKey(text: string): string | undefined {
  const parts = text.split(',').filter(part => !/^\s*(?:password|user)\s*=/iu.test(part));
  return parts.some(part => redisHost.pattern.test(part.trim())) ? parts.join(',') : undefined;
}

/** Refuses what is for another server, or not encrypted, as far as constants tell. */
export function refuseOtherCaches(constants: ReadonlyMap<string, string>): string | undefined {
  const text = constants.get('CS') ?? constants.get('URL') ?? constants.get('HOST') ?? constants.get('host');
  if (text === undefined) return undefined;
  const hosts = /^rediss?:\/\//iu.test(text)
    ? [text.replace(/^rediss?:\/\/(?:[^@]*@)?/iu, '')]
    : text.split(',').filter(part => !part.includes('='));
  if (!hosts.some(host => redisHost.pattern.test(host.trim()))) {
    return 'The host is not a Redis cache in Azure, so it takes no Microsoft Entra token. Keep the password out of the code with an environment variable or Key Vault instead.';
  }
  return /^redis:/iu.test(text) || hosts.some(host => /:6379(?!\d)/u.test(host)) ? unencrypted : undefined;
}

export const unencrypted =
  'The connection is not encrypted, and a cache takes Microsoft Entra tokens over TLS alone. Connect with TLS to port 6380 (10000 of Azure Managed Redis) first, then run the fix again.';

/** For an address with its key in a setting, which keeps its name: the address stays one. */
export const addressForm: EndpointForm = {
  from: 'connectionString',
  derive: (_fields, text) => addressWithoutKey(text),
  setting: {
    name: 'REDIS_URL',
    shortName: 'Redis',
    holds: 'rediss://<cache>.redis.cache.windows.net:6380',
    keepsName: true,
  },
};
