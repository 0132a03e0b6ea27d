import { parseSiteId, sameResource } from '../core/rbac/resource-id.ts';
import { armError, type ArmRequest, type ArmResponse, ok, page } from './arm-response.ts';
import type { DemoSite, DemoTenant } from './tenant.ts';

/** Configuration of a site or slot: `{site}/config/…` and `{site}/basicPublishingCredentialsPolicies`. */
export function siteConfiguration(
  tenant: DemoTenant,
  { method, url }: ArmRequest,
  [siteId = '', rest = '']: readonly string[],
  pageSize: number,
): ArmResponse {
  const site = tenant.sites.find(candidate => sameResource(candidate.id, siteId));
  if (!site) return armError(404, 'ResourceNotFound', `The Resource '${siteId}' was not found.`);
  const answer = answers[`${method} ${rest.toLowerCase()}`];
  if (!answer) return armError(404, 'InvalidResourceType', `The demo tenant has nothing at '${rest}' of a site.`);
  return answer(site, url, pageSize);
}

type SiteAnswer = (site: DemoSite, url: URL, pageSize: number) => ArmResponse;

const answers: Readonly<Record<string, SiteAnswer>> = {
  'GET config/web': site =>
    ok(
      child(site, 'config', 'web', {
        netFrameworkVersion: 'v4.0',
        linuxFxVersion: '',
        ftpsState: 'FtpsOnly',
        minTlsVersion: '1.2',
        scmMinTlsVersion: '1.2',
        remoteDebuggingEnabled: false,
        http20Enabled: false,
        cors: null,
        acrUseManagedIdentityCreds: false,
        acrUserManagedIdentityID: null,
        ...site.details?.configuration,
      }),
    ),
  'POST config/appsettings/list': site => ok(child(site, 'config', 'appsettings', { ...site.details?.appSettings })),
  'POST config/connectionstrings/list': site =>
    ok(child(site, 'config', 'connectionstrings', { ...site.details?.connectionStrings })),
  'GET config/slotconfignames': site => {
    const { appSettings = {}, connectionStrings = {}, sticky = [] } = site.details ?? {};
    return ok(
      child(site, 'config', 'slotConfigNames', {
        appSettingNames: sticky.filter(name => name in appSettings),
        connectionStringNames: sticky.filter(name => name in connectionStrings),
        azureStorageConfigNames: null,
      }),
    );
  },
  'GET config/configreferences/appsettings': (site, url, size) =>
    page(url, references(site, 'appsettings', Object.entries(site.details?.appSettings ?? {})), size),
  'GET config/configreferences/connectionstrings': (site, url, size) =>
    page(
      url,
      references(
        site,
        'connectionstrings',
        Object.entries(site.details?.connectionStrings ?? {}).map(([name, { value }]) => [name, value] as const),
      ),
      size,
    ),
  'GET config/authsettingsv2': site => {
    const { required = false, providers = [] } = site.details?.authentication ?? {};
    return ok(
      child(site, 'config', 'authsettingsV2', {
        platform: { enabled: providers.length > 0, runtimeVersion: '~1' },
        globalValidation: {
          requireAuthentication: required,
          unauthenticatedClientAction: required ? 'RedirectToLoginPage' : 'AllowAnonymous',
        },
        identityProviders: Object.fromEntries(providers.map(name => [name, { enabled: true }])),
        login: { tokenStore: { enabled: false } },
        httpSettings: { requireHttps: true },
      }),
    );
  },
  'GET basicpublishingcredentialspolicies': (site, url, size) => {
    const { scm = false, ftp = false } = site.details?.basicPublishing ?? {};
    const policy = (name: string, allow: boolean): unknown =>
      child(site, 'basicPublishingCredentialsPolicies', name, { allow });
    return page(url, [policy('ftp', ftp), policy('scm', scm)], size);
  },
};

/** A child resource as App Service gives it. */
function child(site: DemoSite, collection: string, name: string, properties: unknown): unknown {
  const slot = parseSiteId(site.id)?.slot;
  return {
    id: `${site.id}/${collection}/${name}`,
    name,
    type: `Microsoft.Web/sites/${slot === undefined ? '' : 'slots/'}${collection}`,
    location: site.location,
    properties,
  };
}

const reference = /^@Microsoft\.KeyVault\(VaultName=([^;)]+);SecretName=([^;)]+)\)$/;

function references(site: DemoSite, collection: string, settings: readonly (readonly [string, string])[]): unknown[] {
  return settings.flatMap(([name, value]) => {
    const parts = reference.exec(value);
    if (!parts) return [];
    const status = site.details?.references?.[name] ?? 'Resolved';
    return [
      child(site, `config/configreferences/${collection}`, name, {
        reference: value,
        status,
        vaultName: parts[1],
        secretName: parts[2],
        identityType: site.properties?.keyVaultReferenceIdentity ?? 'SystemAssigned',
        details: status === 'Resolved' ? 'Reference has been successfully resolved.' : 'The reference is not resolved.',
        source: 'KeyVault',
      }),
    ];
  });
}
