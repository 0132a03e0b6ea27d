import {
  getAuthSettingsV2WithoutSecrets,
  getAuthSettingsV2WithoutSecretsSlot,
  getConfiguration,
  getConfigurationSlot,
  listApplicationSettings,
  listApplicationSettingsSlot,
  listAppSettingsKeyVaultReferences,
  listAppSettingsKeyVaultReferencesSlot,
  listBasicPublishingCredentialsPolicies,
  listBasicPublishingCredentialsPoliciesSlot,
  listConnectionStrings,
  listConnectionStringsSlot,
  listSiteConnectionStringKeyVaultReferences,
  listSiteConnectionStringKeyVaultReferencesSlot,
  listSlotConfigurationNames,
} from '@azure/arm-appservice/api/webApps';
import type { ApiKVReference, SiteAuthSettingsV2, SiteConfigResource } from '@azure/arm-appservice';
import type {
  AppAuthentication,
  AppDetails,
  AppSetting,
  BasicPublishing,
  KeyVaultReference,
  Problem,
  SiteConfiguration,
} from '../core/rbac/identity-model.ts';
import { parseSiteId, type SiteId } from '../core/rbac/resource-id.ts';
import { settingOf } from '../core/rbac/app-settings.ts';
import { abortable, eachPage } from './abort.ts';
import { azureClients } from './clients.ts';
import type { AzureConnection } from './connection.ts';
import { listed, Understood } from './lists.ts';
import { MalformedAnswerError, problemOf } from './problems.ts';
import { textOf } from './resource-graph.ts';
import { displayName } from './sites.ts';

export interface AppDetailsOptions {
  readonly signal?: AbortSignal;
  /** Says what kind of secret a setting looks like, in words; `undefined` for none. The value goes nowhere else. */
  readonly classify: (name: string, value: string) => string | undefined;
}

type Context = Parameters<typeof getConfiguration>[0];

/** The calls about one site or slot. */
interface SiteCalls {
  readonly context: Context;
  readonly id: SiteId;
}

/**
 * Reads the settings, Key Vault references, configuration and authentication of one app or slot. Never rejects: a part
 * that could not be read is absent, and the reason stands in `problems`. Values of settings are looked at and dropped.
 */
export async function readAppDetails(
  connection: AzureConnection,
  appId: string,
  { signal, classify }: AppDetailsOptions,
): Promise<AppDetails> {
  const problems: Problem[] = [];
  const id = parseSiteId(appId);
  if (!id) {
    const message = 'This is not the id of an App Service app or slot.';
    return { appId, problems: [{ kind: 'malformed', scope: appId, message }], asOf: new Date().toISOString() };
  }
  const clients = azureClients(connection, signal);
  const site: SiteCalls = { context: clients.webSites(id.subscriptionId), id };
  const part = async <T>(what: string, read: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await abortable(read(), signal);
    } catch (error) {
      problems.push(problemOf(error, appId, `${what} of ${displayName(id)}`));
      return undefined;
    }
  };
  const [configuration, basicPublishing, authentication, settings, keyVaultReferences] = await Promise.all([
    part('the configuration', () => readConfiguration(site)),
    part('the publishing policies', () => readBasicPublishing(site, signal)),
    part('the authentication settings', () => readAuthentication(site)),
    part('the settings', () => readSettings(site, classify, problems)),
    part('the Key Vault references', () => readReferences(site, problems, signal)),
  ]);
  return {
    appId,
    ...(configuration ? { configuration } : undefined),
    ...(basicPublishing ? { basicPublishing } : undefined),
    ...(authentication ? { authentication } : undefined),
    ...(settings ? { settings } : undefined),
    ...(keyVaultReferences ? { keyVaultReferences } : undefined),
    problems,
    asOf: new Date().toISOString(),
  };
}

async function readConfiguration({ context, id }: SiteCalls): Promise<SiteConfiguration> {
  const { resourceGroup, site, slot } = id;
  const raw: Partial<SiteConfigResource> =
    slot === undefined
      ? await getConfiguration(context, resourceGroup, site)
      : await getConfigurationSlot(context, resourceGroup, site, slot);
  const origins: unknown = raw.cors?.allowedOrigins;
  const known = withoutAbsent({
    ftpsState: textOf(raw.ftpsState),
    minTlsVersion: textOf(raw.minTlsVersion),
    scmMinTlsVersion: textOf(raw.scmMinTlsVersion),
    remoteDebuggingEnabled: flagOf(raw.remoteDebuggingEnabled),
    acrUseManagedIdentityCreds: flagOf(raw.acrUseManagedIdentityCreds),
    acrUserManagedIdentityId: textOf(raw.acrUserManagedIdentityID),
    linuxFxVersion: textOf(raw.linuxFxVersion),
    http20Enabled: flagOf(raw.http20Enabled),
  });
  if (Object.keys(known).length === 0) throw new MalformedAnswerError('no configuration');
  // No CORS section at all allows no foreign origin.
  return {
    ...known,
    corsAllowedOrigins: Array.isArray(origins) ? origins.filter(origin => typeof origin === 'string') : [],
  };
}

async function readBasicPublishing(
  { context, id }: SiteCalls,
  signal: AbortSignal | undefined,
): Promise<BasicPublishing> {
  const { resourceGroup, site, slot } = id;
  const pages =
    slot === undefined
      ? listBasicPublishingCredentialsPolicies(context, resourceGroup, site)
      : listBasicPublishingCredentialsPoliciesSlot(context, resourceGroup, site, slot);
  const allowed = new Map<string, boolean>();
  for await (const policies of eachPage(pages.byPage(), signal)) {
    for (const { name, allow } of listed(policies)) {
      if (typeof name === 'string' && typeof allow === 'boolean') allowed.set(name.toLowerCase(), allow);
    }
  }
  if (allowed.size === 0) throw new MalformedAnswerError('no policies');
  return withoutAbsent({ scm: allowed.get('scm'), ftp: allowed.get('ftp') });
}

async function readAuthentication({ context, id }: SiteCalls): Promise<AppAuthentication> {
  const { resourceGroup, site, slot } = id;
  const raw: Partial<SiteAuthSettingsV2> =
    slot === undefined
      ? await getAuthSettingsV2WithoutSecrets(context, resourceGroup, site)
      : await getAuthSettingsV2WithoutSecretsSlot(context, resourceGroup, site, slot);
  if (typeof raw.platform?.enabled !== 'boolean') throw new MalformedAnswerError('no platform');
  const providers = Object.entries(raw.identityProviders ?? {})
    .filter(([, provider]: readonly [string, unknown]) => (provider as { enabled?: unknown } | null)?.enabled === true)
    .map(([name]) => name);
  return {
    enabled: raw.platform.enabled,
    requireAuthentication: raw.globalValidation?.requireAuthentication === true,
    providers,
  };
}

async function readSettings(
  { context, id }: SiteCalls,
  classify: AppDetailsOptions['classify'],
  problems: Problem[],
): Promise<AppSetting[]> {
  const { resourceGroup, site, slot } = id;
  const [settings, connectionStrings, sticky] = await Promise.all([
    slot === undefined
      ? listApplicationSettings(context, resourceGroup, site)
      : listApplicationSettingsSlot(context, resourceGroup, site, slot),
    slot === undefined
      ? listConnectionStrings(context, resourceGroup, site)
      : listConnectionStringsSlot(context, resourceGroup, site, slot),
    // Which settings stay with their slot is told by the site alone; the settings themselves do not depend on it.
    listSlotConfigurationNames(context, resourceGroup, site).catch((error: unknown) => {
      problems.push(problemOf(error, siteScope(id), `which settings of ${displayName(id)} stay with a slot`));
      return undefined;
    }),
  ]);
  if (!settings.properties || !connectionStrings.properties) throw new MalformedAnswerError('no settings');
  const stays = new Set([...(sticky?.appSettingNames ?? []), ...(sticky?.connectionStringNames ?? [])]);
  const found = [
    ...Object.entries(settings.properties).map(([name, value]: readonly [string, unknown]) =>
      settingOf(name, textOf(value) ?? '', 'appSetting', classify),
    ),
    ...Object.entries(connectionStrings.properties).map(([name, pair]: readonly [string, unknown]) =>
      settingOf(name, textOf((pair as { value?: unknown } | null)?.value) ?? '', 'connectionString', classify),
    ),
  ];
  return found.map(setting => (stays.has(setting.name) ? { ...setting, sticky: true } : setting));
}

async function readReferences(
  { context, id }: SiteCalls,
  problems: Problem[],
  signal: AbortSignal | undefined,
): Promise<KeyVaultReference[]> {
  const { resourceGroup, site, slot } = id;
  const ofSettings =
    slot === undefined
      ? listAppSettingsKeyVaultReferences(context, resourceGroup, site)
      : listAppSettingsKeyVaultReferencesSlot(context, resourceGroup, site, slot);
  const ofConnectionStrings =
    slot === undefined
      ? listSiteConnectionStringKeyVaultReferences(context, resourceGroup, site)
      : listSiteConnectionStringKeyVaultReferencesSlot(context, resourceGroup, site, slot);
  const references = new Understood<KeyVaultReference>();
  const add = (page: readonly ApiKVReference[], source: KeyVaultReference['source']): void => {
    for (const item of listed(page)) {
      const reference = referenceOf(item, source);
      references.add(reference && `${source} ${reference.setting}`, reference);
    }
  };
  for await (const page of eachPage(ofSettings.byPage(), signal)) add(page, 'appSetting');
  for await (const page of eachPage(ofConnectionStrings.byPage(), signal)) add(page, 'connectionString');
  return references.values(problems, siteScope(id), 'Key Vault references');
}

function referenceOf(
  { name, status, vaultName, secretName }: ApiKVReference,
  source: KeyVaultReference['source'],
): KeyVaultReference | undefined {
  const setting = textOf(name);
  if (setting === undefined) return undefined;
  const vault = textOf(vaultName);
  const secret = textOf(secretName);
  return {
    setting,
    source,
    status: textOf(status) ?? 'Unknown',
    ...(vault === undefined ? undefined : { vault }),
    ...(secret === undefined ? undefined : { secretName: secret }),
  };
}

function siteScope({ subscriptionId, resourceGroup, site, slot }: SiteId): string {
  const id = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Web/sites/${site}`;
  return slot === undefined ? id : `${id}/slots/${slot}`;
}

function flagOf(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/** Optional properties are absent, never `undefined`. */
function withoutAbsent<T extends Readonly<Record<string, unknown>>>(
  value: T,
): { readonly [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as {
    readonly [Key in keyof T]?: Exclude<T[Key], undefined>;
  };
}
