import {
  afterDelimiter,
  base62,
  base62Checksum,
  base64url,
  digits,
  hexDigits,
  lower,
  type TokenFormat,
} from './token-format.ts';

const asOwner =
  'Whoever reads it acts as its owner: reads and changes code, packages and pipelines that the owner may.';
const builds = 'Whoever reads it can read build secrets and run code in the pipelines.';

const gitHubChecksum = (token: string): boolean | undefined =>
  token.length === 40 ? base62Checksum(token.slice(4, 34)) === token.slice(34) : undefined;

/** Prefixes and checksum: https://github.blog/engineering/behind-githubs-new-authentication-token-formats/ */
function gitHub(id: string, prefix: string, kind: string, more = ''): TokenFormat {
  return {
    id,
    title: `GitHub ${kind}`,
    provider: 'GitHub',
    pattern: `${prefix}[A-Za-z0-9]{36,251}${more}`,
    keywords: [prefix],
    leak: asOwner,
    revoke: 'https://github.com/settings/tokens',
    standIn(s) {
      const body = s.characters(30, base62);
      return prefix + body + base62Checksum(body);
    },
    checksum: gitHubChecksum,
  };
}

/** Prefixes: https://docs.gitlab.com/security/tokens/#token-prefixes. A job's token may be a JSON web token. */
function gitLab(id: string, prefix: string, kind: string, leak: string): TokenFormat {
  return {
    id,
    title: `GitLab ${kind}`,
    provider: 'GitLab',
    pattern: `${prefix}[\\w-]{20,300}(?:\\.[a-z0-9]{2}\\.[a-z0-9]{9}|\\.[\\w-]{40,2000}\\.[\\w-]{40,700})?`,
    keywords: [prefix],
    leak,
    revoke: 'https://docs.gitlab.com/security/tokens/',
    standIn: s => prefix + s.characters(20, base62),
  };
}

function atlassian(id: string, prefix: string, kind: string): TokenFormat {
  return {
    id,
    title: `Atlassian ${kind}`,
    provider: 'Atlassian',
    pattern: `${prefix}[\\w-]{100,300}=[0-9A-F]{8}`,
    keywords: [prefix],
    leak: 'Whoever reads it acts as its owner in Jira, Confluence or Bitbucket.',
    revoke: 'https://id.atlassian.com/manage-profile/security/api-tokens',
    standIn: s => `${prefix}${s.characters(172, base64url)}=${s.characters(8, `${digits}ABCDEF`)}`,
  };
}

/** Code hosts, build services and what developers keep their work in. */
export const developerTokens: readonly TokenFormat[] = [
  gitHub('github-personal-access-token', 'ghp_', 'personal access token'),
  gitHub('github-oauth-token', 'gho_', 'OAuth access token'),
  gitHub('github-user-token', 'ghu_', 'App user token'),
  // Since 2026 also the id of the app and a JSON web token:
  // https://github.blog/changelog/2026-05-15-github-app-installation-tokens-per-request-override-header/
  gitHub(
    'github-installation-token',
    'ghs_',
    'App installation token',
    '|ghs_\\d{1,12}_eyJ[\\w-]{10,300}\\.eyJ[\\w-]{40,1200}\\.[\\w-]{40,700}',
  ),
  gitHub('github-refresh-token', 'ghr_', 'refresh token'),
  {
    id: 'github-fine-grained-token',
    title: 'GitHub fine-grained personal access token',
    provider: 'GitHub',
    pattern: 'github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}',
    keywords: ['github_pat_'],
    leak: asOwner,
    revoke: 'https://github.com/settings/personal-access-tokens',
    standIn: s => `github_pat_${s.characters(22, base62)}_${s.characters(59, base62)}`,
  },
  {
    id: 'github-client-secret',
    title: 'GitHub client secret of an app',
    provider: 'GitHub',
    pattern: '[0-9a-f]{40}',
    keywords: ['github'],
    // Beside the app's id, or by name.
    assignedTo: 'github[A-Za-z_.:-]{0,20}secret|Iv1\\.[0-9a-f]{16}|Iv23[A-Za-z0-9]{16}|Ov23[A-Za-z0-9]{16}',
    begins: ['github', 'iv1.', 'iv23', 'ov23'],
    leak: 'Whoever reads it can pose as the app before its users.',
    revoke: 'https://github.com/settings/developers',
    standIn: s => s.characters(40, hexDigits),
    example: token => `GITHUB_CLIENT_SECRET=${token}`,
  },
  gitLab('gitlab-personal-access-token', 'glpat-', 'access token', asOwner),
  gitLab('gitlab-deploy-token', 'gldt-', 'deploy token', 'Whoever reads it can read the repository and its packages.'),
  gitLab('gitlab-runner-token', 'glrt-', 'runner token', builds),
  gitLab('gitlab-runner-registration-token', 'glrtr-', 'runner token made by registration', builds),
  gitLab('gitlab-job-token', 'glcbt-', 'job token', builds),
  gitLab('gitlab-trigger-token', 'glptt-', 'pipeline trigger token', 'Whoever reads it can start the pipeline.'),
  gitLab('gitlab-agent-token', 'glagent-', 'agent token', 'Whoever reads it acts as the agent in the cluster.'),
  gitLab('gitlab-oauth-secret', 'gloas-', 'OAuth application secret', 'Whoever reads it can pose as the application.'),
  gitLab('gitlab-scim-token', 'glsoat-', 'SCIM token', 'Whoever reads it can create and remove members of the group.'),
  gitLab('gitlab-feed-token', 'glft-', 'feed token', 'Whoever reads it reads the activity and calendars of its owner.'),
  gitLab(
    'gitlab-mail-token',
    'glimt-',
    'incoming mail token',
    'Whoever reads it can open issues as its owner by mail.',
  ),
  gitLab('gitlab-workspace-token', 'glwt-', 'workspace token', asOwner),
  gitLab(
    'gitlab-feature-flags-token',
    'glffct-',
    'feature flags client token',
    'Whoever reads it sees the feature flags.',
  ),
  {
    id: 'bitbucket-app-password',
    title: 'Bitbucket app password',
    provider: 'Bitbucket',
    // Refused since 9 June 2026: https://support.atlassian.com/bitbucket-cloud/kb/getting-401-http-error-while-authenticating-to-bitbucket-cloud-rest-apis/
    pattern: 'ATBB[A-Za-z0-9]{24}[0-9A-F]{8}',
    keywords: ['ATBB'],
    severity: 'warning',
    leak: 'Bitbucket was to refuse it from June 2026 on; until then, whoever reads it acts as its owner.',
    revoke: 'https://bitbucket.org/account/settings/app-passwords/',
    standIn: s => `ATBB${s.characters(24, base62)}${s.characters(8, `${digits}ABCDEF`)}`,
  },
  atlassian('atlassian-api-token', 'ATATT3xFfGF0', 'API token'),
  atlassian('bitbucket-access-token', 'ATCTT3xFfGN0', 'repository access token'),
  {
    id: 'circleci-token',
    title: 'CircleCI access token',
    provider: 'CircleCI',
    // https://circleci.com/changelog/new-format-for-api-access-tokens/
    pattern: 'CCI(?:PAT|PRJ)_[A-Za-z0-9]{20,24}_[0-9a-f]{40}',
    keywords: ['CCIPAT_', 'CCIPRJ_'],
    leak: builds,
    revoke: 'https://app.circleci.com/settings/user/tokens',
    standIn: s => `CCIPAT_${s.characters(22, base62)}_${s.characters(40, hexDigits)}`,
  },
  {
    id: 'buildkite-token',
    title: 'Buildkite token',
    provider: 'Buildkite',
    // Of users, agents, jobs, clusters, registries and portals: https://buildkite.com/docs/platform/security/tokens
    pattern: 'bk(?:ua|aa|aj|ar|ct|pt|pat|ps)_[\\w.-]{40,700}',
    keywords: ['bkua_', 'bkaa_', 'bkaj_', 'bkar_', 'bkct_', 'bkpt_', 'bkpat_', 'bkps_'],
    leak: builds,
    revoke: 'https://buildkite.com/user/api-access-tokens',
    standIn: s => `bkua_${s.characters(53, base62)}`,
  },
  {
    id: 'snyk-token',
    title: 'Snyk API token',
    provider: 'Snyk',
    pattern: '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}',
    keywords: ['snyk'],
    assignedTo: 'snyk[_.-]?(?:api[_.-]?)?token',
    begins: ['snyk'],
    leak: 'Whoever reads it sees the known weaknesses of every project that its owner may see.',
    revoke: 'https://app.snyk.io/account',
    standIn: s =>
      `${s.characters(8, hexDigits)}-${s.characters(4, hexDigits)}-4${s.characters(3, hexDigits)}-a${s.characters(3, hexDigits)}-${s.characters(12, hexDigits)}`,
    example: token => `SNYK_TOKEN=${token}`,
  },
  {
    id: 'snyk-personal-access-token',
    title: 'Snyk personal access token',
    provider: 'Snyk',
    // Of users and of service accounts: https://github.com/snyk/go-application-framework/blob/main/pkg/auth/tokenauthenticator.go
    pattern: 'snyk_[us]at\\.[a-z0-9]{8}\\.[\\w-]{16,700}\\.[\\w-]{16,200}',
    keywords: ['snyk_uat.', 'snyk_sat.'],
    leak: 'Whoever reads it sees the known weaknesses of every project that its owner may see.',
    revoke: 'https://docs.snyk.io/developer-tools/snyk-api/authentication-for-api/personal-access-tokens-pats',
    standIn: s =>
      `snyk_uat.${s.characters(8, lower + digits)}.${s.characters(60, base62 + '_')}.${s.characters(43, base62)}`,
  },
  {
    id: 'sonarqube-token',
    title: 'SonarQube token',
    provider: 'SonarQube',
    // Of projects, users and global analyses; one of a badge (`sqb_`) is public.
    pattern: 'sq[pua]_[0-9a-f]{40}',
    keywords: ['sqp_', 'squ_', 'sqa_'],
    leak: 'Whoever reads it can read the source code and findings that were analysed.',
    revoke: 'https://docs.sonarsource.com/sonarqube-server/user-guide/managing-tokens/',
    standIn: s => `squ_${s.characters(40, hexDigits)}`,
  },
  {
    id: 'sonarqube-legacy-token',
    title: 'SonarQube token without a prefix',
    provider: 'SonarQube',
    pattern: '[0-9a-f]{40}',
    keywords: ['sonar'],
    assignedTo: 'sonar(?:qube|cloud)?[_.-]?(?:login|token)',
    leak: 'Whoever reads it can read the source code and findings that were analysed.',
    revoke: 'https://docs.sonarsource.com/sonarqube-server/user-guide/managing-tokens/',
    standIn: s => s.characters(40, hexDigits),
    example: token => `sonar.login=${token}`,
  },
  {
    id: 'codecov-token',
    title: 'Codecov upload token',
    provider: 'Codecov',
    pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
    keywords: ['codecov'],
    assignedTo: 'codecov[_.-]?(?:upload[_.-]?|repo[_.-]?)?token',
    severity: 'warning',
    leak: 'Whoever reads it can upload coverage that was never measured.',
    revoke: 'https://docs.codecov.com/docs/codecov-tokens',
    standIn: s => [8, 4, 4, 4, 12].map(count => s.characters(count, hexDigits)).join('-'),
    example: token => `CODECOV_TOKEN=${token}`,
  },
  {
    id: 'postman-api-key',
    title: 'Postman API key',
    provider: 'Postman',
    pattern: 'PMAK-[0-9a-f]{24}-[0-9a-f]{34}',
    keywords: ['PMAK-'],
    leak: 'Whoever reads it sees collections and environments, with the credentials kept in them.',
    revoke: 'https://go.postman.co/settings/me/api-keys',
    standIn: s => `PMAK-${s.characters(24, hexDigits)}-${s.characters(34, hexDigits)}`,
  },
  {
    id: 'launchdarkly-token',
    title: 'LaunchDarkly key',
    provider: 'LaunchDarkly',
    // Mobile keys (`mob-`) are public: https://launchdarkly.com/docs/home/account/environment/keys
    pattern: '(?:sdk|api)-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}',
    keywords: ['launchdarkly', 'ld_sdk', 'ld_api'],
    evidence: /launchdarkly|\bLD_(?:SDK|API)/iu,
    leak: 'Whoever reads it can read, and with an API key change, what is switched on for whom.',
    revoke: 'https://app.launchdarkly.com/settings/authorization',
    standIn: s =>
      `sdk-${s.characters(8, hexDigits)}-${s.characters(4, hexDigits)}-4${s.characters(3, hexDigits)}-b${s.characters(3, hexDigits)}-${s.characters(12, hexDigits)}`,
    example: token => `LAUNCHDARKLY_SDK_KEY=${token}`,
  },
  {
    id: 'linear-api-key',
    title: 'Linear API key',
    provider: 'Linear',
    pattern: 'lin_(?:api|oauth)_[A-Za-z0-9]{40,64}',
    keywords: ['lin_api_', 'lin_oauth_'],
    leak: 'Whoever reads it reads and changes issues as its owner.',
    revoke: 'https://linear.app/settings/account/security',
    standIn: s => `lin_api_${s.characters(40, base62)}`,
  },
  {
    id: 'figma-token',
    title: 'Figma personal access token',
    provider: 'Figma',
    pattern: 'fig[dor]_[\\w-]{40,43}',
    keywords: ['figd_', 'figo_', 'figr_'],
    leak: 'Whoever reads it sees the designs that its owner may see.',
    revoke: 'https://www.figma.com/settings',
    standIn: s => `figd_${s.characters(40, base62 + '_')}`,
  },
  {
    id: 'notion-token',
    title: 'Notion integration token',
    provider: 'Notion',
    // The length is not documented: https://github.com/makenotion/notion-mcp-server
    pattern: 'ntn_[A-Za-z0-9]{43,50}',
    keywords: ['ntn_'],
    leak: 'Whoever reads it reads and changes the pages that were shared with the integration.',
    revoke: 'https://www.notion.so/profile/integrations',
    standIn: s => `ntn_${s.characters(46, base62)}`,
  },
  {
    id: 'notion-legacy-token',
    title: 'Notion integration token of the older form',
    provider: 'Notion',
    pattern: 'secret_[A-Za-z0-9]{43}',
    keywords: afterDelimiter('secret_'),
    evidence: /notion/iu,
    leak: 'Whoever reads it reads and changes the pages that were shared with the integration.',
    revoke: 'https://www.notion.so/profile/integrations',
    standIn: s => `secret_${s.characters(43, base62)}`,
    example: token => `NOTION_TOKEN=${token}`,
  },
  {
    id: 'asana-token',
    title: 'Asana personal access token',
    provider: 'Asana',
    pattern: '[12]/\\d{10,20}(?:/\\d{10,20})?:[0-9a-f]{32}',
    keywords: ['asana'],
    evidence: /asana/iu,
    leak: 'Whoever reads it reads and changes tasks as its owner.',
    revoke: 'https://app.asana.com/0/my-apps',
    standIn: s => `1/12${s.characters(14, digits)}:${s.characters(32, hexDigits)}`,
    example: token => `ASANA_TOKEN=${token}`,
  },
  {
    id: 'airtable-token',
    title: 'Airtable personal access token',
    provider: 'Airtable',
    pattern: 'pat[A-Za-z0-9]{14}\\.[0-9a-f]{64}',
    keywords: ['airtable'],
    evidence: /airtable/iu,
    leak: 'Whoever reads it reads and changes the bases that it was given.',
    revoke: 'https://airtable.com/create/tokens',
    standIn: s => `pat${s.characters(14, base62)}.${s.characters(64, hexDigits)}`,
    example: token => `AIRTABLE_TOKEN=${token}`,
  },
  {
    id: 'contentful-token',
    title: 'Contentful personal access token',
    provider: 'Contentful',
    pattern: 'CFPAT-[\\w-]{43}',
    keywords: ['CFPAT-'],
    leak: 'Whoever reads it changes content and models as its owner.',
    revoke: 'https://app.contentful.com/account/profile/cma_tokens',
    standIn: s => `CFPAT-${s.characters(43, base62 + '_')}`,
  },
  {
    id: 'mapbox-secret-token',
    title: 'Mapbox secret token',
    provider: 'Mapbox',
    pattern: 'sk\\.eyJ[\\w-]{60,120}\\.[\\w-]{22}',
    keywords: ['sk.eyJ'],
    leak: 'Whoever reads it can change maps and data of the account, at its cost.',
    revoke: 'https://console.mapbox.com/account/access-tokens/',
    standIn: s => `sk.eyJ${s.characters(80, base62)}.${s.characters(22, base62)}`,
  },
  {
    id: 'age-secret-key',
    title: 'Age secret key',
    provider: 'age (make a new key pair)',
    pattern: 'AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}',
    keywords: ['AGE-SECRET-KEY-1'],
    leak: 'Whoever reads it decrypts everything that was encrypted to it.',
    revoke: 'https://age-encryption.org/',
    standIn: s => `AGE-SECRET-KEY-1${s.characters(58, 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L')}`,
  },
  {
    id: 'prefect-api-key',
    title: 'Prefect API key',
    provider: 'Prefect',
    // Of a user or a bot; the length is not documented: https://github.com/PrefectHQ/prefect/blob/main/src/prefect/cli/cloud/__init__.py
    pattern: 'pn[ub]_[A-Za-z0-9]{36}',
    keywords: ['pnu_', 'pnb_'],
    leak: 'Whoever reads it can run and change flows.',
    revoke: 'https://app.prefect.cloud/my/api-keys',
    standIn: s => `pnu_${s.characters(36, base62)}`,
  },
  {
    id: 'readme-api-key',
    title: 'ReadMe API key',
    provider: 'ReadMe',
    // The length is not documented: https://github.com/readmeio/rdme/blob/next/src/lib/types/openapiDoc.ts
    pattern: 'rdme_[a-z0-9]{70}',
    keywords: ['rdme_'],
    leak: 'Whoever reads it can change the documentation that customers read.',
    revoke: 'https://docs.readme.com/main/docs/api-keys',
    standIn: s => `rdme_${s.characters(70, lower + digits)}`,
  },
];
