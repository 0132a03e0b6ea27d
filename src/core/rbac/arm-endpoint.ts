/** Where Azure Resource Manager is, which token it wants and which portal belongs to it. */
export interface ArmEndpoint {
  /** Base URL without a trailing slash. */
  readonly url: string;
  readonly cloud: 'public' | 'usGovernment' | 'china' | 'custom' | 'loopback';
  /** OAuth scope of the token; absent for a loopback http endpoint, which never gets one. */
  readonly tokenScope?: string;
  /** Sign-in authority of the cloud; absent when only the user's own configuration can know it. */
  readonly authorityHost?: string;
  readonly portalUrl?: string;
  /** Base URL of the cloud's Microsoft Graph; absent where none is known. */
  readonly graphUrl?: string;
}

export type ArmEndpointResolution =
  { readonly ok: true; readonly endpoint: ArmEndpoint } | { readonly ok: false; readonly reason: string };

export const DEFAULT_ARM_ENDPOINT = 'https://management.azure.com';

const CLOUDS: Readonly<Record<string, Omit<ArmEndpoint, 'url' | 'tokenScope'>>> = {
  'management.azure.com': {
    cloud: 'public',
    authorityHost: 'https://login.microsoftonline.com',
    portalUrl: 'https://portal.azure.com',
    graphUrl: 'https://graph.microsoft.com',
  },
  'management.usgovcloudapi.net': {
    cloud: 'usGovernment',
    authorityHost: 'https://login.microsoftonline.us',
    portalUrl: 'https://portal.azure.us',
    graphUrl: 'https://graph.microsoft.us',
  },
  'management.chinacloudapi.cn': {
    cloud: 'china',
    authorityHost: 'https://login.chinacloudapi.cn',
    portalUrl: 'https://portal.azure.cn',
    graphUrl: 'https://microsoftgraph.chinacloudapi.cn',
  },
};

/** Names under which the same cloud's Resource Manager is known in older settings. */
const OLDER_NAMES: Readonly<Record<string, string>> = {
  'management.core.windows.net': 'management.azure.com',
  'management.core.usgovcloudapi.net': 'management.usgovcloudapi.net',
  'management.core.chinacloudapi.cn': 'management.chinacloudapi.cn',
};

/**
 * Decides how an ARM endpoint may be used. A token travels over https alone; a loopback http address is read without
 * any credential; every other http address is refused.
 */
export function resolveArmEndpoint(text?: string): ArmEndpointResolution {
  const written = text?.trim() ?? '';
  if (written === '') return resolveArmEndpoint(DEFAULT_ARM_ENDPOINT);
  // Nothing of a text that is no plain address is repeated: it may carry a password.
  if (!URL.canParse(written)) return refuse(`The endpoint is not a URL. Write it as ${DEFAULT_ARM_ENDPOINT}.`);
  const url = new URL(written);
  if (url.username || url.password) return refuse('The endpoint must not contain a user name or password. Remove it.');
  if (url.search || url.hash) return refuse('The endpoint must not contain a query or a fragment. Remove it.');
  const base = url.origin + url.pathname.replace(/\/+$/, '');
  if (url.protocol === 'http:') {
    if (isLoopbackHost(url.hostname)) return { ok: true, endpoint: { url: base, cloud: 'loopback', graphUrl: base } };
    return refuse(`${base} is not encrypted, so no Azure token may be sent there. Use https.`);
  }
  if (url.protocol !== 'https:') return refuse(`${url.protocol}// cannot reach Azure Resource Manager. Use https.`);

  const name = OLDER_NAMES[url.hostname] ?? url.hostname;
  const known = url.port === '' && url.pathname === '/' ? CLOUDS[name] : undefined;
  if (known) {
    const home = `https://${name}`;
    return { ok: true, endpoint: { url: home, tokenScope: `${home}/.default`, ...known } };
  }
  const portalUrl = azureStackPortal(url);
  return {
    ok: true,
    endpoint: { url: base, cloud: 'custom', tokenScope: `${base}/.default`, ...(portalUrl ? { portalUrl } : {}) },
  };
}

/**
 * Portal page of a resource.
 * @param tenantId - shows the resource in that tenant when the reader has several
 * @returns `undefined` where the endpoint has no portal, as the demo tenant
 */
export function resourcePortalUrl(endpoint: ArmEndpoint, resourceId: string, tenantId?: string): string | undefined {
  if (!endpoint.portalUrl) return undefined;
  const path = '/' + resourceId.trim().replace(/^\/+/, '');
  return `${endpoint.portalUrl}/#${tenantId ? '@' + encodeURIComponent(tenantId) + '/' : ''}resource${encodeURI(path)}`;
}

/** `127.0.0.0/8`, `::1` and `localhost`, as `URL.hostname` spells them. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

/** Azure Stack Hub serves ARM at `management.<region>.<fqdn>` and its portal at `portal.<region>.<fqdn>`. */
function azureStackPortal(url: URL): string | undefined {
  const rest = /^management\.(.+)$/.exec(url.hostname)?.[1];
  return rest ? `https://portal.${rest}` : undefined;
}

function refuse(reason: string): ArmEndpointResolution {
  return { ok: false, reason };
}
