import { describe, expect, it } from 'vitest';
import { resolveArmEndpoint, resourcePortalUrl } from '../../src/core/rbac/arm-endpoint.ts';

function endpointOf(text?: string) {
  const resolution = resolveArmEndpoint(text);
  if (!resolution.ok) throw new Error(resolution.reason);
  return resolution.endpoint;
}

describe('resolveArmEndpoint', () => {
  it.each([
    [undefined, 'public', 'https://management.azure.com', 'https://management.azure.com/.default'],
    ['', 'public', 'https://management.azure.com', 'https://management.azure.com/.default'],
    [
      'https://management.azure.com/',
      'public',
      'https://management.azure.com',
      'https://management.azure.com/.default',
    ],
    [
      'https://MANAGEMENT.azure.com:443',
      'public',
      'https://management.azure.com',
      'https://management.azure.com/.default',
    ],
    [
      'https://management.usgovcloudapi.net/',
      'usGovernment',
      'https://management.usgovcloudapi.net',
      'https://management.usgovcloudapi.net/.default',
    ],
    [
      'https://management.core.chinacloudapi.cn',
      'china',
      'https://management.chinacloudapi.cn',
      'https://management.chinacloudapi.cn/.default',
    ],
    [
      'https://management.local.azurestack.external//',
      'custom',
      'https://management.local.azurestack.external',
      'https://management.local.azurestack.external/.default',
    ],
    ['https://127.0.0.1:8443', 'custom', 'https://127.0.0.1:8443', 'https://127.0.0.1:8443/.default'],
  ])('%s is the %s cloud', (text, cloud, url, tokenScope) => {
    expect(endpointOf(text)).toMatchObject({ cloud, url, tokenScope });
  });

  it.each(['http://127.0.0.1:8080', 'http://127.8.9.1', 'http://localhost:1', 'http://[::1]:9', 'http://2130706433/'])(
    '%s is loopback and has no token scope',
    text => {
      const endpoint = endpointOf(text);
      expect(endpoint.cloud).toBe('loopback');
      expect(endpoint.tokenScope).toBeUndefined();
      expect(endpoint.authorityHost).toBeUndefined();
    },
  );

  it.each([
    ['http://management.azure.com', 'https'],
    ['http://192.168.1.4:8080', 'https'],
    ['http://localhost.example.org', 'https'],
    ['http://127.0.0.1.example.org', 'https'],
    ['http://[::ffff:127.0.0.1]/', 'https'],
    ['ftp://management.azure.com', 'https'],
    ['file:///etc', 'https'],
    ['management.azure.com', 'URL'],
    ['https://someone@management.azure.com', 'user name'],
    ['https://management.azure.com?x=1', 'query'],
    ['https://management.azure.com#x', 'fragment'],
  ])('%s is refused with a reason that names %s', (text, word) => {
    const resolution = resolveArmEndpoint(text);
    expect(resolution).toMatchObject({ ok: false });
    expect(resolution.ok ? '' : resolution.reason).toContain(word);
  });

  it('never repeats a password that stands in the endpoint', () => {
    const password = ['p', 'w', String(Math.random()).slice(2)].join('');
    for (const text of [
      `https://me:${password}@x`,
      `http://me:${password}@x`,
      `${password}://:`,
      `https://x/?${password}`,
    ]) {
      const resolution = resolveArmEndpoint(text);
      expect(resolution.ok).toBe(false);
      expect(JSON.stringify(resolution)).not.toContain(password);
    }
  });
});

describe('resourcePortalUrl', () => {
  const id = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/sites/a b';
  it.each([
    [undefined, 'https://portal.azure.com/#resource/subscriptions/s/'],
    ['https://management.usgovcloudapi.net', 'https://portal.azure.us/#resource/subscriptions/s/'],
    ['https://management.chinacloudapi.cn', 'https://portal.azure.cn/#resource/subscriptions/s/'],
    [
      'https://management.local.azurestack.external',
      'https://portal.local.azurestack.external/#resource/subscriptions/s/',
    ],
  ])('of %s', (endpoint, start) => {
    const url = resourcePortalUrl(endpointOf(endpoint), id);
    expect(url?.startsWith(start)).toBe(true);
    expect(url?.endsWith('/sites/a%20b')).toBe(true);
  });

  it('names the tenant when it is known, and takes an id without its first slash', () => {
    expect(resourcePortalUrl(endpointOf(), id.slice(1), 'contoso.example')).toBe(
      'https://portal.azure.com/#@contoso.example/resource/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/sites/a%20b',
    );
  });

  it('is absent for a loopback endpoint', () => {
    expect(resourcePortalUrl(endpointOf('http://127.0.0.1:1'), id)).toBeUndefined();
  });
});
