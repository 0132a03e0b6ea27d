import type { AzureCliWords } from './azure-cli.ts';
import type { AppDetails, AppModel, SiteProperties } from './identity-model.ts';
import { sameResource } from './resource-id.ts';

export type Severity = 'critical' | 'high' | 'medium' | 'low';

export interface PostureCheck {
  readonly id: string;
  /** What is so when the check passes. */
  readonly title: string;
  readonly severity: Severity;
  /** Documentation of the fix. */
  readonly documentation: string;
  /** Azure CLI command that fixes it, with the app's own names; absent where no single command does. */
  readonly command?: (app: AppModel) => AzureCliWords;
  /** `undefined` while what it needs has not been read or Azure does not say. */
  readonly judge: (app: AppModel, details: AppDetails | undefined) => Judgement | undefined;
}

export interface Judgement {
  readonly passed: boolean;
  /** What was found, in words; carries no value of a setting. */
  readonly detail: string;
}

export interface CheckResult {
  readonly check: PostureCheck;
  readonly outcome: 'pass' | 'fail' | 'unknown';
  readonly detail: string;
}

/** Every posture check of an app or slot, the failed ones first, the gravest on top. */
export function postureOf(app: AppModel, details: AppDetails | undefined): readonly CheckResult[] {
  return postureChecks
    .map((check): CheckResult => {
      const judgement = check.judge(app, details);
      if (!judgement) return { check, outcome: 'unknown', detail: 'Azure did not say' };
      return { check, outcome: judgement.passed ? 'pass' : 'fail', detail: judgement.detail };
    })
    .sort((a, b) => outcomes.indexOf(a.outcome) - outcomes.indexOf(b.outcome) || rank(a.check) - rank(b.check));
}

const outcomes: readonly CheckResult['outcome'][] = ['fail', 'unknown', 'pass'];
const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

function rank({ severity }: PostureCheck): number {
  return severities.indexOf(severity);
}

const learn = 'https://learn.microsoft.com/azure/app-service';

/** The options that name the app or slot. */
function target({ resourceGroup, name, slot }: AppModel): AzureCliWords {
  return ['--resource-group', resourceGroup, '--name', name, ...(slot === undefined ? [] : ['--slot', slot])];
}

function update(setting: string): (app: AppModel) => AzureCliWords {
  return app => ['webapp', 'update', ...target(app), '--set', setting];
}

function configure(option: string, value: string): (app: AppModel) => AzureCliWords {
  return app => ['webapp', 'config', 'set', ...target(app), option, value];
}

/** A check of one yes-or-no property. */
function wanted(
  value: boolean | undefined,
  good: boolean,
  words: { readonly pass: string; readonly fail: string },
): Judgement | undefined {
  if (value === undefined) return undefined;
  return value === good ? { passed: true, detail: words.pass } : { passed: false, detail: words.fail };
}

/** True when Azure told something of the site: what it then leaves out is not set. */
function wasRead(site: SiteProperties | undefined): site is SiteProperties {
  return site !== undefined && Object.keys(site).length > 0;
}

function judged(passed: boolean, pass: string, fail: string): Judgement {
  return { passed, detail: passed ? pass : fail };
}

export const postureChecks: readonly PostureCheck[] = [
  {
    id: 'identity-none',
    title: 'The app has a managed identity',
    severity: 'high',
    documentation: `${learn}/overview-managed-identity`,
    command: app => ['webapp', 'identity', 'assign', ...target(app)],
    judge: ({ identities }) =>
      judged(
        identities.length > 0,
        'a managed identity',
        'no managed identity: only secrets let it call other services',
      ),
  },
  {
    id: 'https-only',
    title: 'Requests over HTTP are redirected',
    severity: 'high',
    documentation: `${learn}/configure-ssl-bindings`,
    command: update('httpsOnly=true'),
    judge: ({ site }) => wanted(site?.httpsOnly, true, { pass: 'HTTPS only', fail: 'plain HTTP is answered' }),
  },
  {
    id: 'basic-auth-scm',
    title: 'Publishing takes no password',
    severity: 'high',
    documentation: `${learn}/configure-basic-auth-disable`,
    command: app => basicPublishing(app, 'scm'),
    judge: (_, details) =>
      wanted(details?.basicPublishing?.scm, false, {
        pass: 'basic authentication is off for deployments',
        fail: 'anyone with the publish profile can deploy',
      }),
  },
  {
    id: 'basic-auth-ftp',
    title: 'FTP takes no password',
    severity: 'high',
    documentation: `${learn}/configure-basic-auth-disable`,
    command: app => basicPublishing(app, 'ftp'),
    judge: (_, details) =>
      wanted(details?.basicPublishing?.ftp, false, {
        pass: 'basic authentication is off for FTP',
        fail: 'a user name and password open FTP',
      }),
  },
  {
    id: 'ftps',
    title: 'Plain FTP is off',
    severity: 'medium',
    documentation: `${learn}/deploy-ftp#enforce-ftps`,
    command: configure('--ftps-state', 'Disabled'),
    judge(_, details) {
      const state = details?.configuration?.ftpsState;
      if (state === undefined) return undefined;
      return judged(
        /^(?:FtpsOnly|Disabled)$/i.test(state),
        `FTP state ${state}`,
        `FTP state ${state}: files travel unencrypted`,
      );
    },
  },
  {
    id: 'min-tls',
    title: 'TLS 1.2 or newer is required',
    severity: 'medium',
    documentation: `${learn}/configure-ssl-bindings#enforce-tls-versions`,
    command: configure('--min-tls-version', '1.2'),
    judge(_, details) {
      const { minTlsVersion, scmMinTlsVersion } = details?.configuration ?? {};
      const versions = [minTlsVersion, scmMinTlsVersion].filter(version => version !== undefined);
      if (minTlsVersion === undefined || versions.some(version => Number.isNaN(Number(version)))) return undefined;
      const lowest = versions.toSorted((a, b) => Number(a) - Number(b))[0] ?? minTlsVersion;
      return judged(Number(lowest) >= 1.2, `TLS ${lowest} at least`, `TLS ${lowest} is accepted`);
    },
  },
  {
    id: 'remote-debug',
    title: 'Remote debugging is off',
    severity: 'high',
    documentation: `${learn}/configure-common`,
    command: configure('--remote-debugging-enabled', 'false'),
    judge: (_, details) =>
      wanted(details?.configuration?.remoteDebuggingEnabled, false, {
        pass: 'remote debugging is off',
        fail: 'a debugger can attach to the running app',
      }),
  },
  {
    id: 'cors-any',
    title: 'CORS names the origins it allows',
    severity: 'medium',
    documentation: `${learn}/app-service-web-tutorial-rest-api#enable-cors`,
    command: app => ['webapp', 'cors', 'remove', ...target(app), '--allowed-origins', '*'],
    judge(_, details) {
      const origins = details?.configuration?.corsAllowedOrigins;
      return (
        origins && judged(!origins.includes('*'), 'no wildcard origin', 'scripts of every website may read answers')
      );
    },
  },
  {
    id: 'kvref-broken',
    title: 'Key Vault references are resolved',
    severity: 'high',
    documentation: `${learn}/app-service-key-vault-references`,
    judge(_, details) {
      const references = details?.keyVaultReferences;
      if (!references || references.length === 0) return undefined;
      const broken = references.filter(({ status }) => !/^(?:Resolved|Initialized)$/i.test(status));
      const names = broken.map(({ setting, status }) => `${setting} (${status})`).join(', ');
      return judged(broken.length === 0, 'all references are resolved', `not resolved: ${names}`);
    },
  },
  {
    id: 'kvref-identity',
    title: 'Key Vault references use an identity that the app holds',
    severity: 'high',
    documentation: `${learn}/app-service-key-vault-references#configure-key-vault-reference-identity`,
    judge(app, details) {
      const reader = app.site?.keyVaultReferenceIdentity;
      // Nothing is read with it as long as no setting refers to a vault.
      if (reader === undefined || details?.keyVaultReferences?.length === 0) return undefined;
      if (/^systemassigned$/i.test(reader)) {
        const has = app.identities.some(({ kind }) => kind === 'systemAssigned');
        // The default of an app that uses no references: only together with references is it a fault.
        if (!has && details?.keyVaultReferences === undefined) return undefined;
        return judged(has, 'the system-assigned identity', 'the system-assigned identity is turned off');
      }
      const held = app.identities.some(
        ({ resourceId }) => resourceId !== undefined && sameResource(resourceId, reader),
      );
      const name = reader.slice(reader.lastIndexOf('/') + 1);
      return judged(held, name, `${name} is not assigned to the app`);
    },
  },
  {
    id: 'appsetting-secret',
    title: 'No setting holds a secret',
    severity: 'high',
    documentation: `${learn}/app-service-key-vault-references`,
    judge(_, details) {
      const settings = details?.settings;
      if (!settings) return undefined;
      const secrets = settings.filter(({ kind }) => kind === 'secret').map(({ name }) => name);
      return judged(secrets.length === 0, 'none looks like a secret', secrets.join(', '));
    },
  },
  {
    id: 'azure-client-id',
    title: 'Client ids in settings are those of the app',
    severity: 'high',
    documentation: 'https://learn.microsoft.com/azure/developer/intro/passwordless-overview',
    judge(app, details) {
      // Beside a client secret the id is that of an app registration.
      const registered = details?.settings?.some(({ name }) =>
        /^AZURE_CLIENT_(?:SECRET|CERTIFICATE_PATH)$/i.test(name),
      );
      const named =
        details?.settings?.filter(
          ({ name, clientId }) => clientId !== undefined && !(registered && /^AZURE_CLIENT_ID$/i.test(name)),
        ) ?? [];
      if (named.length === 0) return undefined;
      const held = app.identities.map(({ clientId }) => clientId?.toLowerCase());
      // The client id of a system-assigned identity is not among what was read.
      if (app.identities.some(({ kind, clientId }) => kind === 'systemAssigned' && clientId === undefined)) {
        if (named.some(({ clientId }) => !held.includes(clientId?.toLowerCase()))) return undefined;
      }
      const foreign = named.filter(({ clientId }) => !held.includes(clientId?.toLowerCase())).map(({ name }) => name);
      return judged(
        foreign.length === 0,
        'all of them',
        `${foreign.join(', ')} names an identity that the app does not hold`,
      );
    },
  },
  {
    id: 'acr-pull',
    title: 'The container image is pulled by identity',
    severity: 'medium',
    documentation: `${learn}/configure-custom-container#use-managed-identity-to-pull-image-from-azure-container-registry`,
    command: app => [
      'resource',
      'update',
      '--ids',
      `${app.id}/config/web`,
      '--set',
      'properties.acrUseManagedIdentityCreds=true',
    ],
    judge(app, details) {
      const { linuxFxVersion, acrUseManagedIdentityCreds, acrUserManagedIdentityId } = details?.configuration ?? {};
      if (linuxFxVersion === undefined || !/^docker\|[^/]+\.azurecr\./i.test(linuxFxVersion)) return undefined;
      if (acrUseManagedIdentityCreds !== true) return judged(false, '', 'the registry is opened with a password');
      const puller = acrUserManagedIdentityId ?? '';
      const held =
        puller === '' || app.identities.some(({ clientId }) => clientId?.toLowerCase() === puller.toLowerCase());
      return judged(held, 'pulled by identity', 'the pulling identity is not assigned to the app');
    },
  },
  {
    id: 'public-access',
    title: 'Public network access is off',
    severity: 'low',
    documentation: `${learn}/overview-access-restrictions`,
    command: update('publicNetworkAccess=Disabled'),
    judge({ site }) {
      const access = site?.publicNetworkAccess;
      if (access === undefined) return undefined;
      return judged(/^disabled$/i.test(access), 'private', 'open to the internet, as most websites are meant to be');
    },
  },
  {
    id: 'easy-auth',
    title: 'Authentication stands in front of the app',
    severity: 'low',
    documentation: `${learn}/overview-authentication-authorization`,
    judge(_, details) {
      const auth = details?.authentication;
      if (!auth) return undefined;
      const providers = auth.providers.length > 0 ? ` (${auth.providers.join(', ')})` : '';
      return judged(
        auth.enabled && auth.requireAuthentication,
        `required${providers}`,
        auth.enabled ? `on, but anonymous requests pass${providers}` : 'off: the app itself must authenticate',
      );
    },
  },
  {
    id: 'client-cert',
    title: 'Client certificates are asked for',
    severity: 'low',
    documentation: `${learn}/app-service-web-configure-tls-mutual-auth`,
    command: update('clientCertEnabled=true'),
    judge: ({ site }) => wanted(site?.clientCertEnabled, true, { pass: 'asked for', fail: 'not asked for' }),
  },
  {
    id: 'ssh',
    title: 'SSH into the app is off',
    severity: 'low',
    documentation: `${learn}/configure-linux-open-ssh-session`,
    command: update('sshEnabled=false'),
    judge: ({ site }) => wanted(site?.sshEnabled, false, { pass: 'off', fail: 'on' }),
  },
  {
    id: 'vnet',
    title: 'The app is joined to a virtual network',
    severity: 'low',
    documentation: `${learn}/overview-vnet-integration`,
    judge: ({ site }) =>
      wasRead(site)
        ? judged(
            Boolean(site.virtualNetworkSubnetId),
            'joined',
            'not joined: it reaches services over public addresses',
          )
        : undefined,
  },
  {
    id: 'route-all',
    title: 'All outbound traffic goes through the virtual network',
    severity: 'low',
    documentation: `${learn}/configure-vnet-integration-routing`,
    command: update('vnetRouteAllEnabled=true'),
    judge: ({ site }) =>
      site?.virtualNetworkSubnetId
        ? wanted(site.vnetRouteAllEnabled, true, { pass: 'all of it', fail: 'only private addresses' })
        : undefined,
  },
  {
    id: 'e2e-tls',
    title: 'Traffic is encrypted up to the worker',
    severity: 'low',
    documentation: `${learn}/overview-tls#end-to-end-tls-encryption`,
    command: update('endToEndEncryptionEnabled=true'),
    judge: ({ site }) =>
      wanted(site?.endToEndEncryptionEnabled, true, { pass: 'on', fail: 'off behind the front end' }),
  },
  {
    id: 'client-affinity',
    title: 'No session cookie pins clients to an instance',
    severity: 'low',
    documentation: `${learn}/configure-common`,
    command: update('clientAffinityEnabled=false'),
    judge: ({ site }) => wanted(site?.clientAffinityEnabled, false, { pass: 'off', fail: 'on' }),
  },
  {
    id: 'domain-scope',
    title: 'The host name cannot be taken over',
    severity: 'low',
    documentation: `${learn}/reference-dangling-subdomain-prevention`,
    judge({ site }) {
      if (!wasRead(site) || /^isolated/i.test(site.sku ?? '')) return undefined;
      const scope = site.autoGeneratedDomainNameLabelScope;
      return judged(
        scope !== undefined,
        `unique within ${scope ?? ''}`,
        'another tenant can take the name once the app is gone',
      );
    },
  },
];

function basicPublishing(app: AppModel, name: 'scm' | 'ftp'): AzureCliWords {
  const policy = `${app.id}/basicPublishingCredentialsPolicies/${name}`;
  return ['resource', 'update', '--ids', policy, '--set', 'properties.allow=false'];
}

/** The grave ones that failed: what a badge counts. */
export function graveFailures(results: readonly CheckResult[]): readonly CheckResult[] {
  return results.filter(({ outcome, check }) => outcome === 'fail' && severities.indexOf(check.severity) <= 1);
}
