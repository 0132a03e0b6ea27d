import { hasValidEntraChecksum } from '../secrets/checksums.ts';
import { gradeChecksum } from '../secrets/grading.ts';
import { isFiller, isPlaceholder } from '../secrets/placeholder.ts';
import { entraIdClients } from './clients/entra-id.ts';
import { entraIdGuides } from './clients/entra-id-guides.ts';
import { entraIdLegacy } from './clients/entra-id-legacy.ts';
import { entraIdMsal } from './clients/entra-id-msal.ts';
import { entraIdUsers } from './clients/entra-id-users.ts';
import { withoutClientSecret } from './settings/entra-id-guide.ts';
import { springEntraId } from './settings/spring-entra-id.ts';
import type { SourceDocument } from '../engine/finding.ts';
import type { CredentialFormat, CredentialMatch, Grade, Service } from './service.ts';

const guid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const clientIdNear = new RegExp(`client[_-]?id["']?\\s{0,4}[:=]\\s{0,4}["']?(?<id>${guid})`, 'iu');
const tenantIdNear = new RegExp(`tenant(?:[_-]?id)?["']?\\s{0,4}[:=]\\s{0,4}["']?${guid}`, 'iu');
const plainGuid = new RegExp(`^${guid}$`, 'iu');

function near(match: CredentialMatch, reach: number): string {
  return match.text.slice(Math.max(0, match.span.start - reach), match.span.end + reach);
}

function applicationNear(match: CredentialMatch): string | undefined {
  return clientIdNear.exec(near(match, 400))?.groups?.['id'];
}

/** Secrets of the current formats, which are judged by signature and checksum wherever they stand. */
const signed = /^[\w~.-]{3}(?:8Q~[\w~.-]{34}|7Q~[\w~.-]{31})$/u;

/** Whether a value could be what Entra issued: long, mixed, no identifier, no look-up. */
function isOpaque(value: string): boolean {
  return (
    value.length >= 16 &&
    !isPlaceholder(value) &&
    !isFiller(value) &&
    !plainGuid.test(value) &&
    /\d/u.test(value) &&
    /[A-Za-z]/u.test(value) &&
    // A secret's name in kebab or snake case, a path or a URL is no secret.
    !/^[a-z]+(?:[-_./:][a-z0-9]+)*$/u.test(value) &&
    !/^https?:/iu.test(value)
  );
}

const leak =
  'Whoever reads it signs in as the application, from anywhere and without multi-factor authentication, and has every role and permission that was granted to it.';
const remedy =
  'Use DefaultAzureCredential or ManagedIdentityCredential in Azure and workload identity federation outside of it, then delete this client secret from the app registration.';

function inSettings({ languageId, uri, text }: SourceDocument): string {
  if (/(?:^|[/\\])\.github[/\\]/u.test(uri) || /azure\/login@/u.test(text)) {
    return 'Give the app registration a federated credential for this repository, use azure/login with client-id, tenant-id and subscription-id and the permission id-token: write, then delete the secret.';
  }
  if (languageId === 'terraform') {
    return 'Set use_oidc = true (pipelines) or use_msi = true (in Azure) in the provider, give the app registration a federated credential, then delete client_secret.';
  }
  return 'While this setting is there, DefaultAzureCredential signs in with the secret: it tries EnvironmentCredential before any identity of Azure. Give the app a managed identity with the roles of the app registration, remove the client secret together with client id and tenant id here (a client id left behind would be taken for that of a user-assigned identity), then delete the secret on the app registration.';
}

/** A person's password, given to the SDK to sign in as that person. */
function gradeUserPassword({ secret }: CredentialMatch): Grade | undefined {
  return isPlaceholder(secret) || isFiller(secret) ? undefined : { severity: 'error', confidence: 'medium' };
}

const textual = '[^"\'`\\r\\n\\uE022\\uE027]{4,64}';

const userPassword: CredentialFormat = {
  id: 'entra-user-password',
  title: 'Password of a Microsoft Entra user',
  message: 'The password of a Microsoft Entra user is embedded here.',
  leak: 'Whoever reads it signs in as that person, with everything that the person may do, unless a second factor is asked for.',
  remedy:
    'Use DefaultAzureCredential, so that the app signs in as itself, or InteractiveBrowserCredential where a person is there; then change the password.',
  severity: 'error',
  keywords: ['UsernamePasswordCredential'],
  patterns: [
    {
      // JavaScript and Go: tenant, client, user, password.
      begins: ['usernamepasswordcredential'],
      regex: new RegExp(
        `UsernamePasswordCredential\\s{0,4}\\((?:\\s{0,16}[^,()\\r\\n]{1,40},){3}\\s{0,16}["'\`](?<secret>${textual})["'\`]`,
        'dgu',
      ),
      inLanguage: languageId => !/^(?:python|csharp|java)$/u.test(languageId),
      grade: gradeUserPassword,
    },
    {
      // Python: client, user, password, or by name in any order.
      begins: ['usernamepasswordcredential'],
      regex: new RegExp(
        `\\bUsernamePasswordCredential\\s{0,4}\\((?:(?:\\s{0,16}[^,()=]{1,40},){2}|[^()]{0,160}?\\bpassword\\s{0,4}=)\\s{0,16}["'](?<secret>${textual})["']`,
        'dgu',
      ),
      inLanguage: languageId => languageId === 'python',
      grade: gradeUserPassword,
    },
    {
      // C#: user, password, tenant, client.
      begins: ['usernamepasswordcredential'],
      regex: new RegExp(
        `(?<=new\\s{1,4})UsernamePasswordCredential\\s{0,4}\\(\\s{0,16}[^,()\\r\\n]{1,40},\\s{0,16}(?:password:\\s{0,4})?@?"(?<secret>${textual})"`,
        'dgu',
      ),
      inLanguage: languageId => languageId === 'csharp',
      grade: gradeUserPassword,
    },
    {
      begins: ['usernamepasswordcredential'],
      regex: new RegExp(
        `UsernamePasswordCredentialBuilder\\(\\)[^;]{0,120}?\\.password\\(\\s{0,16}"(?<secret>${textual})"`,
        'dgu',
      ),
      inLanguage: languageId => languageId === 'java',
      grade: gradeUserPassword,
    },
  ],
  examples: {
    found: [
      {
        languageId: 'typescript',
        text: s => `new UsernamePasswordCredential(tenant, client, 'kim@contoso.com', '«${s.password()}»')`,
      },
      {
        languageId: 'python',
        text: s =>
          `UsernamePasswordCredential(client_id=client, username="kim@contoso.com", password="«${s.password()}»")`,
      },
      { languageId: 'python', text: s => `UsernamePasswordCredential(client, "kim@contoso.com", "«${s.password()}»")` },
      {
        languageId: 'csharp',
        text: s => `new UsernamePasswordCredential("kim@contoso.com", "«${s.password()}»", tenant, client)`,
      },
      {
        languageId: 'java',
        text: s =>
          `new UsernamePasswordCredentialBuilder()\n    .username("kim@contoso.com")\n    .password("«${s.password()}»")\n    .build()`,
      },
      {
        languageId: 'go',
        text: s => `azidentity.NewUsernamePasswordCredential(tenant, client, user, "«${s.password()}»", nil)`,
      },
    ],
    silent: [
      {
        languageId: 'typescript',
        text: () => 'new UsernamePasswordCredential(tenant, client, user, process.env.PASSWORD!)',
        why: 'environment',
      },
      {
        languageId: 'python',
        text: () => 'UsernamePasswordCredential(client, user, password="<password>")',
        why: 'placeholder',
      },
      {
        languageId: 'csharp',
        text: () => 'new UsernamePasswordCredential(user, config["Password"], tenant, client)',
        why: 'configuration look-up',
      },
    ],
  },
};

/** Beginning of a name that says whose client it is, where that is not Microsoft. */
const ofOthers =
  /(?:amazon|apple|atlassian|auth0|bitbucket|discord|dropbox|facebook|github|gitlab|google|hubspot|keycloak|linkedin|okta|paypal|salesforce|shopify|slack|spotify|stripe|twitter|zoom)[\w.:-]{0,20}$/iu;

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'service-principal-credentials',
    title: 'Service principal sign-in with client secret',
    message: 'The sign-in of a service principal[ ({application})] with its client secret is embedded here[ ({note})].',
    leak,
    remedy,
    inSettings,
    severity: 'error',
    keywords: ['clientsecret'],
    patterns: [
      {
        begins: ['clientsecret'],
        regex:
          /(?<=["'\uE022])clientSecret["'\uE022]\s{0,8}:\s{0,8}["'\uE022](?<secret>[^"'\uE022\s]{16,64})["'\uE022]/dgu,
        grade(match) {
          const around = near(match, 600);
          if (!tenantIdNear.test(around) || !clientIdNear.test(around) || !isOpaque(match.secret)) return undefined;
          const args = { application: applicationNear(match) };
          // One of the current format has its checksum to show; older ones have none.
          if (/^...8Q~/u.test(match.secret))
            return gradeChecksum(match.secret, hasValidEntraChecksum(match.secret), args);
          return { severity: 'error', confidence: 'medium', args };
        },
      },
    ],
    examples: {
      found: [
        {
          languageId: 'json',
          text: s =>
            `{\n  "clientId": "b331f0df-8cd2-4a27-acc3-a2655a936b14",\n  "clientSecret": "«${s.entraClientSecret()}»",\n  "subscriptionId": "d7794e00-80e8-4275-a023-00091363313f",\n  "tenantId": "cc387aa1-eeda-42eb-ab19-51f128843be2"\n}\n`,
        },
        {
          languageId: 'yaml',
          text: s =>
            `creds: '{"clientId":"b331f0df-8cd2-4a27-acc3-a2655a936b14","clientSecret":"«${s.entraClientSecret7()}»","tenantId":"cc387aa1-eeda-42eb-ab19-51f128843be2"}'`,
        },
      ],
      silent: [
        {
          languageId: 'json',
          text: () =>
            '{"clientId":"b331f0df-8cd2-4a27-acc3-a2655a936b14","clientSecret":"${CLIENT_SECRET}","tenantId":"cc387aa1-eeda-42eb-ab19-51f128843be2"}',
          why: 'variable; the ids are no secrets',
        },
        {
          languageId: 'json',
          text: () =>
            '{"clientId":"b331f0df-8cd2-4a27-acc3-a2655a936b14","clientSecret":"<your-client-secret>","tenantId":"cc387aa1-eeda-42eb-ab19-51f128843be2"}',
          why: 'placeholder',
        },
      ],
    },
  },
  {
    id: 'entra-client-secret',
    title: 'Microsoft Entra client secret',
    message: 'A Microsoft Entra client secret[ of app registration {application}] is embedded here[ ({note})].',
    leak,
    remedy,
    inSettings,
    guideInSettings: withoutClientSecret,
    severity: 'error',
    keywords: ['8Q~', '7Q~', 'secret'],
    patterns: [
      {
        hint: ['8Q~'],
        regex: /(?<![\w~.+/-])(?<secret>[\w~.-]{3}8Q~[\w~.-]{34})(?![\w~.+/-]*[\w~+/-])/dgu,
        grade: match =>
          gradeChecksum(match.secret, hasValidEntraChecksum(match.secret), { application: applicationNear(match) }),
      },
      {
        hint: ['7Q~'],
        regex: /(?<![\w~.+/-])(?<secret>[\w~.-]{3}7Q~[\w~.-]{31})(?![\w~.+/-]*[\w~+/-])/dgu,
        grade: match =>
          isFiller(match.secret)
            ? undefined
            : { severity: 'error', confidence: 'medium', args: { application: applicationNear(match) } },
      },
      {
        // The argument that an SDK takes as client secret.
        begins: [
          'withclientsecret',
          'clientcredentialfactory.createfromsecret',
          'newcredfromsecret',
          'azidentity.clientsecretcredential',
          'azidentity.newclientsecretcredential',
          'newclientsecretcredential',
          'clientsecret',
        ],
        regex:
          /(?:(?:(?<=\.)WithClientSecret|\bClientCredentialFactory\.createFromSecret|\bNewCredFromSecret)\s{0,4}\(|(?<![\w.])(?:azidentity\.)?(?:New)?ClientSecretCredential\s{0,4}\(\s{0,40}[^,()\r\n]{1,100},\s{0,40}[^,()\r\n]{1,100},|(?<=\.)clientSecret\s{0,4}\()\s{0,40}(?:client_secret\s{0,4}=\s{0,4})?@?["'`](?<secret>[^"'`\s\uE022]{16,128})["'`]/dgu,
        grade: match =>
          isOpaque(match.secret) && !signed.test(match.secret)
            ? { severity: 'error', confidence: 'medium', args: { application: applicationNear(match) } }
            : undefined,
      },
      {
        begins: ['clientsecret', 'client_secret', 'client-secret'],
        regex:
          /(?<=(?<![A-Z0-9])(?:(?:azure|aad|entra|arm|sp|spn|graph|microsoft)[\w.:-]{0,30})?)client[_-]?secret(?:[_-]?value)?["'\]]{0,2}\s{0,40}(?:=>|:=|[:=,]|\?\?|\|\|)\s{0,8}@?["'`]?(?<secret>[\w~.@+/=[\]:?!*-]{24,64})(?![\w~.@+/=[\]:?!*(-])/dgiu,
        grade: match =>
          isOpaque(match.secret) &&
          !signed.test(match.secret) &&
          // The same file may sign in with others.
          !match.secret.startsWith('GOCSPX-') &&
          !ofOthers.test(match.text.slice(Math.max(0, match.span.start - 40), match.span.start)) &&
          !/^[A-Za-z_$][\w$]*(?:\??\.[\w$]+|\[[^\]]*\])+$/u.test(match.secret) &&
          // OAuth servers of all kinds speak of client secrets: the file must be about Entra or Azure.
          match.mentions(/azure|entra|microsoft|\baad\b|login\.windows|\bARM_|tenant[_-]?id/iu)
            ? { severity: 'error', confidence: 'medium', args: { application: applicationNear(match) } }
            : undefined,
      },
    ],
    examples: {
      found: [
        {
          languageId: 'typescript',
          text: s => `new ClientSecretCredential(tenantId, clientId, "«${s.entraClientSecret()}»")`,
        },
        { languageId: 'dotenv', text: s => `AZURE_CLIENT_SECRET=«${s.entraClientSecret()}»` },
        { languageId: 'plaintext', text: s => `The secret is «${s.entraClientSecret()}».` },
        { languageId: 'json', text: s => `{ "ClientSecret": "«${s.entraClientSecret7()}»" }` },
        {
          languageId: 'csharp',
          text: s =>
            `ConfidentialClientApplicationBuilder.Create(id).WithClientSecret("«${s.password()}${s.password()}»").Build()`,
        },
        { languageId: 'python', text: s => `AZURE_CLIENT_SECRET = "«${s.password()}${s.password()}»"` },
        {
          languageId: 'terraform',
          text: s => `provider "azurerm" {\n  client_secret = "«${s.entraClientSecret()}»"\n}`,
        },
        {
          languageId: 'shellscript',
          text: s =>
            `az login --service-principal -u b331f0df-8cd2-4a27-acc3-a2655a936b14 -p «${s.entraClientSecret()}» --tenant contoso`,
        },
        {
          languageId: 'dotenv',
          severity: 'warning',
          text: s => {
            const secret = s.entraClientSecret();
            return `AZURE_CLIENT_SECRET=«${secret.slice(0, -1)}${secret.endsWith('a') ? 'b' : 'a'}»`;
          },
        },
      ],
      silent: [
        {
          languageId: 'yaml',
          text: () => 'AZURE_CLIENT_SECRET: ${{ secrets.AZURE_CLIENT_SECRET }}',
          why: 'pipeline secret',
        },
        {
          languageId: 'typescript',
          text: () => 'new ClientSecretCredential(tenantId, clientId, process.env.AZURE_CLIENT_SECRET!)',
          why: 'environment',
        },
        {
          languageId: 'csharp',
          text: () => '.WithClientSecret(config["AzureAd:ClientSecret"])',
          why: 'configuration look-up',
        },
        {
          languageId: 'json',
          text: () => '{ "azure": { "clientSecretName": "orders-api-client-secret-v2" } }',
          why: 'a name',
        },
        {
          languageId: 'terraform',
          text: () => '# azure\nclient_secret = var.azure_client_secret_value_2',
          why: 'variable',
        },
        {
          languageId: 'typescript',
          text: () => '// azure\nconst o = { clientSecret: settings.azure.credentials.secret2 };',
          why: 'member access',
        },
        { languageId: 'dotenv', text: () => `AZURE_CLIENT_SECRET=abc8Q~${'x'.repeat(34)}`, why: 'mask' },
        {
          languageId: 'dotenv',
          text: () => 'AZURE_CLIENT_SECRET=bf9261c4-89a3-4be6-a7b4-323dcc370d04',
          why: 'a GUID is the id of a secret, not its value',
        },
      ],
    },
  },
  userPassword,
];

/** App registrations: a client secret signs in as the application wherever the application was granted something. */
export const entraId: Service = {
  id: 'entra-id',
  name: 'Microsoft Entra ID',
  documentation: 'https://learn.microsoft.com/entra/workload-id/workload-identity-federation',
  credentials,
  settings: springEntraId,
  operations: [],
  rotation: {
    what: 'the old client secret',
    command: 'az ad app credential delete --id <app-registration-client-id> --key-id <key-id>',
  },
  roles: [],
  guided: entraIdGuides,
  clients: [...entraIdClients, ...entraIdUsers, ...entraIdMsal, ...entraIdLegacy],
};
