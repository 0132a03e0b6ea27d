import { alphanumeric } from '../secrets/alphabets.ts';
import { decodeBase64 } from '../secrets/base64.ts';
import { hasValidCaskChecksum, hasValidDevOpsChecksum } from '../secrets/checksums.ts';
import { gradeChecksum } from '../secrets/grading.ts';
import { annotatedKeyPattern } from '../secrets/identifiable-key-patterns.ts';
import { isFiller, isPlaceholder } from '../secrets/placeholder.ts';
import { longRun } from '../secrets/long-runs.ts';
import type { CredentialFormat, CredentialMatch, Grade, Service } from './service.ts';

const leak =
  'Whoever reads it can act as the person who made it within its scopes: read and change source code, pipelines and packages, until it expires.';

/** The organization in an address of Azure DevOps, with user information or without. */
const organization =
  /(?:pkgs\.)?dev\.azure\.com\/([\w-]{1,60})|(?<![\w-])([\w-]{1,60})\.(?:pkgs\.)?visualstudio\.com/iu;

function organizationNear(match: CredentialMatch): string | undefined {
  const near = match.text.slice(Math.max(0, match.span.start - 300), match.span.end + 300);
  const found = organization.exec(near);
  return found?.[1] ?? found?.[2];
}

/** A token in either format, or some other text where only a token can stand. */
function gradeToken(match: CredentialMatch, value: string): Grade | undefined {
  const args = { organization: organizationNear(match) };
  if (/^[A-Za-z0-9]{52}JQQJ9/u.test(value)) return gradeChecksum(value, hasValidCaskChecksum(value), args);
  if (isPlaceholder(value) || isFiller(value)) return undefined;
  if (/^[a-z2-7]{52}$/u.test(value)) return gradeChecksum(value, hasValidDevOpsChecksum(value), args);
  return { severity: 'error', confidence: 'medium', args };
}

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'devops-feed-password',
    title: 'Azure Artifacts feed password',
    message: 'The password of an Azure Artifacts feed[ of organization {organization}] is embedded here[ ({note})].',
    leak: 'It is a personal access token, often in base64: whoever reads it can read, and often publish, the packages your builds install.',
    remedy:
      'Revoke it and sign in with the Azure Artifacts credential provider or, in pipelines, the npmAuthenticate and NuGetAuthenticate tasks.',
    severity: 'error',
    keywords: ['pkgs.dev.azure.com', 'pkgs.visualstudio.com', 'cleartextpassword'],
    patterns: [
      {
        regex:
          /\/\/(?:pkgs\.dev\.azure\.com|[\w-]{1,60}\.pkgs\.visualstudio\.com)\/[^\s:]{1,200}:(?:_password|_authToken)\s{0,4}=\s{0,4}["']?(?<secret>[\w+/=.-]{20,400})/dgiu,
        grade(match) {
          const bytes = decodeBase64(match.secret);
          const decoded = bytes === undefined ? undefined : String.fromCharCode(...bytes);
          return gradeToken(
            match,
            decoded !== undefined && /^[a-z2-7]{52}$|JQQJ9/u.test(decoded) ? decoded : match.secret,
          );
        },
      },
      {
        hint: ['cleartextpassword'],
        regex:
          /<add\s{1,8}key\s{0,4}=\s{0,4}["']ClearTextPassword["']\s{1,8}value\s{0,4}=\s{0,4}["'](?<secret>[^"'<>\s]{8,200})["']/dgiu,
        grade: match =>
          isPlaceholder(match.secret)
            ? undefined
            : match.mentions(/visualstudio\.com|dev\.azure\.com/iu)
              ? gradeToken(match, match.secret)
              : { severity: 'error', confidence: 'medium' },
      },
    ],
    examples: {
      found: [
        {
          languageId: 'properties',
          text: s =>
            `//pkgs.dev.azure.com/contoso/_packaging/feed/npm/registry/:_password=«${s.characters(72, alphanumeric)}»`,
        },
        {
          languageId: 'properties',
          text: s => `//contoso.pkgs.visualstudio.com/_packaging/f/npm/:_authToken=«${s.annotatedKey('AZDO')}»`,
        },
        {
          languageId: 'xml',
          text: s =>
            `<add key="f" value="https://pkgs.dev.azure.com/contoso/_packaging/f/nuget/v3/index.json" />\n<add key="ClearTextPassword" value="«${s.devOpsToken()}»" />`,
        },
        { languageId: 'xml', text: s => `<add key="ClearTextPassword" value="«${s.password()}»" />` },
      ],
      silent: [
        {
          languageId: 'properties',
          text: () => '//pkgs.dev.azure.com/contoso/_packaging/feed/npm/registry/:_authToken=${NPM_TOKEN}',
          why: 'variable',
        },
        { languageId: 'xml', text: () => '<add key="ClearTextPassword" value="%NUGET_PAT%" />', why: 'variable' },
      ],
    },
  },
  {
    id: 'devops-personal-access-token',
    title: 'Azure DevOps personal access token',
    message: 'A personal access token for Azure DevOps[ organization {organization}] is embedded here[ ({note})].',
    leak,
    remedy:
      'Revoke it; in pipelines use System.AccessToken, elsewhere a service principal or managed identity with DefaultAzureCredential, for people Git Credential Manager.',
    severity: 'error',
    keywords: [
      'JQQJ9',
      'dev.azure.com',
      'visualstudio.com',
      'devops',
      '_pat=',
      '_pat:',
      '_pat"',
      "_pat'",
      '_pat ',
      '"pat"',
      "'pat'",
      '$pat',
      'basicauthentication(',
      'vssbasiccredential',
      '{pat}',
      ' pat =',
      ' pat=',
      'vsts',
      'personalaccesstoken',
      'personal_access_token',
      'personal access token',
      'azp_token',
    ],
    patterns: [
      annotatedKeyPattern('AZDO', match => ({ organization: organizationNear(match) })),
      {
        hint: longRun('abcdefghijklmnopqrstuvwxyz234567', 52),
        regex: /(?<![\w+/-])(?<secret>[a-z2-7]{52})(?![\w+/=-])/dgu,
        grade(match) {
          // The shape alone says little: the checksum decides, or the name in front of it.
          if (hasValidDevOpsChecksum(match.secret))
            return { severity: 'error', confidence: 'high', args: { organization: organizationNear(match) } };
          const before = match.text.slice(Math.max(0, match.span.start - 60), match.span.start);
          return /(?:(?<![a-z])pat|personal_?access_?token|devops[\w.-]{0,20}(?:token|pat|password)|azp_token)["'\]]{0,2}\s{0,4}[:=]\s{0,4}["']?$/iu.test(
            before,
          )
            ? gradeToken(match, match.secret)
            : undefined;
        },
      },
      {
        // `https://anything:token@dev.azure.com/…` or the token as the user.
        hint: {
          words: ['dev.azure.com', 'visualstudio.com'],
          expression: /(?<=@(?:[\w.-]{1,80}\.)?)(?:dev\.azure|visualstudio)\.com/iu,
        },
        regex:
          /https:\/\/(?:[^\s:@/"'`<>]{0,80}:)?(?<secret>[A-Za-z0-9]{30,100})@(?:pkgs\.)?(?:dev\.azure\.com|[\w-]{1,60}\.(?:pkgs\.)?visualstudio\.com)/dgu,
        grade: match => gradeToken(match, match.secret),
      },
    ],
    examples: {
      found: [
        { languageId: 'shellscript', text: s => `export AZURE_DEVOPS_EXT_PAT=«${s.annotatedKey('AZDO')}»` },
        { languageId: 'dotenv', text: s => `AZURE_DEVOPS_PAT=«${s.devOpsToken()}»` },
        {
          languageId: 'shellscript',
          text: s => `git clone https://build:«${s.devOpsToken()}»@dev.azure.com/contoso/_git/repo`,
        },
        {
          languageId: 'shellscript',
          text: s => `git clone https://«${s.annotatedKey('AZDO')}»@contoso.visualstudio.com/_git/repo`,
        },
        { languageId: 'yaml', text: s => `# dev.azure.com/contoso\nsecret: «${s.devOpsToken()}»` },
        {
          languageId: 'dotenv',
          severity: 'warning',
          text: s => `AZURE_DEVOPS_PAT=«${s.devOpsToken().replace(/^./u, first => (first === 'a' ? 'b' : 'a'))}»`,
        },
      ],
      silent: [
        { languageId: 'yaml', text: () => 'AZURE_DEVOPS_PAT: $(System.AccessToken)', why: 'pipeline token' },
        {
          languageId: 'shellscript',
          text: () => 'git clone https://user:${PAT}@dev.azure.com/contoso/_git/repo',
          why: 'variable',
        },
        {
          languageId: 'plaintext',
          text: () => `devops hash: ${'deadbeef'.repeat(7).slice(0, 52)}`,
          why: 'the checksum does not fit and nothing names a token',
        },
        {
          languageId: 'markdown',
          text: () => 'https://contoso@dev.azure.com/contoso/app/_git/app',
          why: 'user name only',
        },
      ],
    },
  },
];

export const devOps: Service = {
  id: 'devops',
  name: 'Azure DevOps',
  documentation:
    'https://learn.microsoft.com/azure/devops/integrate/get-started/authentication/service-principal-managed-identity',
  credentials,
  settings: [],
  operations: [],
  roles: [],
  clients: [],
};
