import { separated } from '../separated-words.ts';
import { base62, base64url, crc32, digits, hexDigits, upper, type TokenFormat } from './token-format.ts';

const seesOperations = 'Whoever reads it sees logs, metrics and settings of the systems that are watched.';

/** CRC-32 of what stands before it, prefix included, in hexadecimal digits, the least significant byte first. */
function grafanaChecksum(body: string): string {
  const bytes = new DataView(new ArrayBuffer(4));
  bytes.setUint32(0, crc32(body), true);
  return bytes.getUint32(0).toString(16).padStart(8, '0');
}

const datadogNames = ['datadog', ...separated('dd', 'api'), ...separated('dd', 'app')];

/** Monitoring, incidents and sign-in. */
export const operationsTokens: readonly TokenFormat[] = [
  {
    id: 'datadog-key',
    title: 'Datadog API or application key',
    provider: 'Datadog',
    pattern: '[0-9a-f]{32}|[0-9a-f]{40}',
    keywords: datadogNames,
    assignedTo: '(?:datadog|dd)[_.-]?(?:api|app|application)[_.-]?key',
    begins: datadogNames,
    leak: seesOperations,
    revoke: 'https://app.datadoghq.com/organization-settings/api-keys',
    standIn: s => s.characters(32, hexDigits),
    example: token => `DD_API_KEY=${token}`,
  },
  {
    id: 'datadog-application-key',
    title: 'Datadog application key',
    provider: 'Datadog',
    // https://github.com/DataDog/datadog-agent/blob/main/pkg/util/scrubber/default.go
    pattern: 'ddapp_\\w{34}',
    keywords: ['ddapp_'],
    leak: seesOperations,
    revoke: 'https://app.datadoghq.com/organization-settings/application-keys',
    standIn: s => `ddapp_${s.characters(34, base62)}`,
  },
  {
    id: 'new-relic-user-key',
    title: 'New Relic user key',
    provider: 'New Relic',
    pattern: 'NRAK-[A-Z0-9]{27}',
    keywords: ['NRAK-'],
    leak: seesOperations,
    revoke: 'https://one.newrelic.com/api-keys',
    standIn: s => `NRAK-${s.characters(27, upper + digits)}`,
  },
  {
    id: 'new-relic-license-key',
    title: 'New Relic licence key',
    provider: 'New Relic',
    pattern: '[0-9a-f]{36}NRAL|(?:eu|us|gov)[0-9a-f]{2}xx[0-9a-f]{30}NRAL',
    keywords: ['NRAL'],
    leak: 'Whoever reads it can write false telemetry into the account, at its cost.',
    revoke: 'https://one.newrelic.com/api-keys',
    standIn: s => `${s.characters(36, hexDigits)}NRAL`,
  },
  {
    id: 'dynatrace-token',
    title: 'Dynatrace token',
    provider: 'Dynatrace',
    // Type, public part, secret part: https://docs.dynatrace.com/docs/shortlink/token
    pattern: 'dt0[a-z]\\d{2}\\.[A-Z0-9]{8,24}\\.[A-Z0-9]{64}',
    keywords: ['dt0c01.', 'dt0s01.', 'dt0s02.', 'dt0s03.', 'dt0s04.', 'dt0s06.', 'dt0s08.', 'dt0s16.'],
    leak: seesOperations,
    revoke:
      'https://docs.dynatrace.com/docs/manage/identity-access-management/access-tokens-and-oauth-clients/access-tokens',
    standIn: s => `dt0c01.${s.characters(24, upper + digits)}.${s.characters(64, upper + digits)}`,
  },
  {
    id: 'grafana-service-account-token',
    title: 'Grafana service account token',
    provider: 'Grafana',
    // https://github.com/grafana/grafana/blob/main/pkg/components/satokengen/tokengen.go
    pattern: 'glsa_[A-Za-z0-9]{32}_[0-9a-f]{8}',
    keywords: ['glsa_'],
    leak: seesOperations,
    revoke: 'https://grafana.com/docs/grafana/latest/administration/service-accounts/',
    standIn(s) {
      const body = `glsa_${s.characters(32, base62)}`;
      return `${body}_${grafanaChecksum(body)}`;
    },
    checksum: token => grafanaChecksum(token.slice(0, 37)) === token.slice(38),
  },
  {
    id: 'grafana-cloud-token',
    title: 'Grafana Cloud access policy token',
    provider: 'Grafana Cloud',
    pattern: 'glc_eyJ[A-Za-z0-9+/]{60,400}={0,2}',
    keywords: ['glc_eyJ'],
    leak: seesOperations,
    revoke: 'https://grafana.com/docs/grafana-cloud/account-management/authentication-and-permissions/access-policies/',
    standIn: s => `glc_eyJ${s.characters(120, base62)}`,
  },
  {
    id: 'sentry-org-token',
    title: 'Sentry organization token',
    provider: 'Sentry',
    // Claims and 32 bytes in base64: https://github.com/getsentry/sentry-cli/blob/master/src/utils/auth_token/org_auth_token.rs
    pattern: 'sntrys_eyJ[A-Za-z0-9+/]{60,400}={0,2}_[A-Za-z0-9+/]{43}',
    keywords: ['sntrys_'],
    leak: 'Whoever reads it can change releases and read what the application reports.',
    revoke: 'https://docs.sentry.io/account/auth-tokens/',
    standIn: s => `sntrys_eyJ${s.characters(120, base62)}_${s.characters(43, base62)}`,
  },
  {
    id: 'sentry-user-token',
    title: 'Sentry user token',
    provider: 'Sentry',
    // https://github.com/getsentry/sentry/blob/master/src/sentry/types/token.py
    pattern: 'sntryu_[0-9a-f]{64}',
    keywords: ['sntryu_'],
    leak: 'Whoever reads it reads what the applications report, as its owner.',
    revoke: 'https://sentry.io/settings/account/api/auth-tokens/',
    standIn: s => `sntryu_${s.characters(64, hexDigits)}`,
  },
  {
    id: 'sentry-integration-token',
    title: 'Sentry integration token',
    provider: 'Sentry',
    // Of internal integrations, and of applications in the name of a person.
    pattern: 'sntry[ia]_[0-9a-f]{64}',
    keywords: ['sntryi_', 'sntrya_'],
    leak: 'Whoever reads it reads what the applications report, and changes what the integration may.',
    revoke: 'https://docs.sentry.io/account/auth-tokens/',
    standIn: s => `sntryi_${s.characters(64, hexDigits)}`,
  },
  {
    id: 'pagerduty-api-key',
    title: 'PagerDuty API key',
    provider: 'PagerDuty',
    // Twenty characters (https://support.pagerduty.com/main/docs/api-access-keys): no word, and no words with lines between.
    pattern: '(?=[a-z_+-]{0,19}[A-Z0-9])[\\w+-]{20}',
    keywords: ['pagerduty', 'pd_api'],
    assignedTo: '(?:pager_?duty|pd)[_.-]?(?:api)?[_.-]?(?:key|token)',
    leak: 'Whoever reads it reads and changes incidents and who is called.',
    revoke: 'https://support.pagerduty.com/main/docs/api-access-keys',
    standIn: s => `u+${s.characters(18, base62)}`,
    example: token => `PAGERDUTY_API_KEY=${token}`,
  },
  {
    id: 'pagerduty-integration-key',
    title: 'PagerDuty integration key',
    provider: 'PagerDuty',
    pattern: '[A-Za-z0-9]{32}',
    keywords: ['pagerduty'],
    assignedTo:
      '(?:pager[_.-]?duty[A-Za-z_.-]{0,16})?(?:routing|integration|service)[_.-]?key|pager[_.-]?duty[_.-]?key',
    evidence: /pagerduty/iu,
    severity: 'warning',
    leak: 'Whoever reads it can call people out of bed for incidents that never were, and close those that are.',
    revoke: 'https://support.pagerduty.com/main/docs/services-and-integrations',
    standIn: s => s.characters(32, base62),
    example: token => `PAGERDUTY_ROUTING_KEY=${token}`,
  },
  {
    id: 'okta-api-token',
    title: 'Okta API token',
    provider: 'Okta',
    // https://developer.okta.com/docs/guides/create-an-api-token/
    pattern: '00[\\w-]{40}',
    keywords: ['okta', 'SSWS'],
    evidence: /okta|SSWS/iu,
    leak: 'Whoever reads it manages users and applications as its owner.',
    revoke: 'https://help.okta.com/en-us/content/topics/security/api.htm',
    standIn: s => `00${s.characters(40, base62)}`,
    example: token => `OKTA_API_TOKEN=${token}`,
  },
  {
    id: 'auth0-client-secret',
    title: 'Auth0 client secret',
    provider: 'Auth0',
    // Sixty-four characters: https://auth0.com/docs/get-started/applications
    pattern: '[\\w-]{64}',
    keywords: ['auth0'],
    assignedTo: '(?:auth0[_.-]?)?client[_.-]?secret',
    evidence: /auth0/iu,
    leak: 'Whoever reads it signs in as the application and, if it may, manages the tenant.',
    revoke: 'https://auth0.com/docs/get-started/applications/rotate-client-secret',
    standIn: s => s.characters(64, base64url.replace('-', '')),
    example: token => `AUTH0_CLIENT_SECRET=${token}`,
  },
];
