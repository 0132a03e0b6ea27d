import { alphanumeric, hex } from '../secrets/alphabets.ts';
import { assignmentOf } from '../secrets/assignment.ts';
import { hostNear } from '../secrets/connection-string-key.ts';
import { isFiller, isPlaceholder } from '../secrets/placeholder.ts';
import { separated } from '../secrets/separated-words.ts';
import type { CredentialFormat, Service } from './service.ts';

const siteHost = /(?<![a-z0-9-])([a-z0-9-]+)(?:\.scm)?\.azurewebsites\.(?:net|us|cn)/iu;

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'app-service-publishing-password',
    title: 'App Service publishing password',
    message: 'The publishing password of an App Service[, {app},] is embedded here[ ({note})].',
    leak: 'Whoever reads it can replace the code of the app, read its settings with all secrets in them, and use its managed identity.',
    remedy:
      'Deploy with federated credentials (azure/login) or az webapp deploy, reset the publish profile, then turn basic publishing credentials off for SCM and FTP.',
    severity: 'error',
    keywords: ['userpwd', 'publishingpassword', 'publishing_password', '.scm.azurewebsites.', '.ftp.azurewebsites.'],
    patterns: [
      {
        begins: ['userpwd'],
        regex:
          /(?<![\w-])userPWD["'\uE022]?\s{0,4}[:=]\s{0,4}["'\uE022](?<secret>[^"'<>\s\\\uE022\uE027]{20,128})["'\uE022]/dgiu,
        grade: match =>
          isPlaceholder(match.secret) || isFiller(match.secret)
            ? undefined
            : { severity: 'error', confidence: 'high', args: { app: hostNear(match, siteHost) } },
      },
      {
        begins: ['publishingpassword', 'publishing_password'],
        regex: assignmentOf('publishing_?password', '[A-Z0-9+/]{40,80}'),
        grade: match =>
          isPlaceholder(match.secret) || isFiller(match.secret) || !/\d/u.test(match.secret)
            ? undefined
            : { severity: 'error', confidence: 'medium', args: { app: hostNear(match, siteHost) } },
      },
      {
        // `curl -u '$app:password' https://app.scm…`, or the same in the address.
        hint: ['.scm.azurewebsites.', '.ftp.azurewebsites.'],
        regex:
          /(?<=(?:-u|--user)[\s=]["']?|:\/\/)(?<user>(?:[\w-]{1,60}\\{1,2})?(?:\$|%24)[\w-]{1,60}):(?<secret>[A-Za-z0-9+/%]{40,90})(?![\w+/])/dgu,
        grade: match =>
          isFiller(match.secret)
            ? undefined
            : { severity: 'error', confidence: 'high', args: { app: hostNear(match, siteHost) } },
      },
    ],
    examples: {
      found: [
        {
          languageId: 'xml',
          text: s =>
            `<publishProfile publishUrl="contoso.scm.azurewebsites.net:443" userName="$contoso" userPWD="«${s.characters(60, alphanumeric)}»" />`,
        },
        {
          languageId: 'shellscript',
          text: s =>
            `curl -X POST https://$contoso:«${s.characters(60, alphanumeric)}»@contoso.scm.azurewebsites.net/api/zipdeploy`,
        },
        {
          languageId: 'shellscript',
          text: s =>
            `curl -u '$contoso:«${s.characters(60, alphanumeric)}»' https://contoso.scm.azurewebsites.net/api/zipdeploy`,
        },
        { languageId: 'json', text: s => `{"publishingPassword":"«${s.characters(59, alphanumeric)}7»"}` },
      ],
      silent: [
        { languageId: 'xml', text: () => '<publishProfile userName="$contoso" userPWD="REDACTED" />', why: 'redacted' },
        {
          languageId: 'xml',
          text: () => '<publishProfile userName="$contoso" userPWD="xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" />',
          why: 'mask',
        },
        {
          languageId: 'yaml',
          text: () => 'publish-profile: ${{ secrets.AZURE_WEBAPP_PUBLISH_PROFILE }}',
          why: 'pipeline secret',
        },
      ],
    },
  },
  {
    id: 'asp-net-machine-key',
    title: 'ASP.NET machine key',
    message: 'A machine key of ASP.NET ({kind}) is embedded here[ ({note})].',
    leak: 'Whoever reads it can forge sign-in cookies, and view state that runs code on the server.',
    remedy:
      'Replace it on every server, keep the new one in Key Vault or the registry, and check the servers for misuse; ASP.NET Core keeps its data protection keys in Blob Storage and Key Vault with DefaultAzureCredential.',
    severity: 'error',
    keywords: ['validationkey', 'decryptionkey'],
    patterns: [
      {
        begins: ['validationkey', 'decryptionkey'],
        regex:
          /(?<![\w-])(?<kind>validationKey|decryptionKey)["'\uE022]?\s{0,4}[:=]\s{0,4}["'\uE022](?<secret>[0-9A-F]{32,256})(?:,IsolateApps)?["'\uE022]/dgiu,
        grade: match =>
          isFiller(match.secret)
            ? undefined
            : {
                severity: 'error',
                confidence: 'high',
                args: { kind: /^v/iu.test(match.groups['kind'] ?? '') ? 'validation' : 'decryption' },
              },
      },
    ],
    examples: {
      found: [
        {
          languageId: 'xml',
          text: s => `<machineKey validationKey="«${s.characters(128, hex)}»" validation="HMACSHA256" />`,
        },
        {
          languageId: 'xml',
          text: s =>
            `<machineKey decryptionKey="«${s.characters(64, hex).toUpperCase()}»,IsolateApps" decryption="AES" />`,
        },
      ],
      silent: [
        {
          languageId: 'xml',
          text: () => '<machineKey validationKey="AutoGenerate,IsolateApps" decryptionKey="AutoGenerate" />',
          why: 'made by the server',
        },
        { languageId: 'xml', text: () => `<machineKey validationKey="${'0'.repeat(64)}" />`, why: 'filler' },
      ],
    },
  },
  {
    id: 'azure-management-certificate',
    title: 'Azure management certificate',
    message: 'A management certificate with its private key is embedded here[ ({note})].',
    leak: 'Whoever reads it can administer the subscription through the classic deployment model.',
    remedy: 'Delete the certificate from the subscription, and sign in with az login or federated credentials.',
    severity: 'error',
    keywords: ['managementcertificate'],
    patterns: [
      {
        begins: ['managementcertificate'],
        regex: /ManagementCertificate["']?\s{0,4}[:=]\s{0,4}["'](?<secret>MI[I-L][A-Za-z0-9+/]{200,3500}={0,2})/dgu,
        grade: match => (isFiller(match.secret) ? undefined : { severity: 'error', confidence: 'high' }),
      },
    ],
    examples: {
      found: [
        {
          languageId: 'xml',
          text: s => `<Subscription Name="s" ManagementCertificate="«MIIK${s.characters(400, alphanumeric)}=»" />`,
        },
      ],
      silent: [
        { languageId: 'xml', text: () => '<Subscription ManagementCertificate="" />', why: 'empty' },
        {
          languageId: 'xml',
          text: s => `<Certificate thumbprint="${s.characters(40, hex)}" ManagementCertificate="MIIK..." />`,
          why: 'cut short',
        },
      ],
    },
  },
  {
    id: 'static-web-apps-token',
    title: 'Azure Static Web Apps deployment token',
    message: 'A deployment token of Azure Static Web Apps is embedded here[ ({note})].',
    leak: 'Whoever reads it can replace the site and its API.',
    remedy:
      'Reset the token, keep the new one in the pipeline’s secret store, or deploy with the id token of the workflow.',
    severity: 'error',
    keywords: ['static_web_apps', ...separated('swa', 'cli'), 'staticwebapp', 'azure_static'],
    patterns: [
      {
        begins: ['azure_static_web_apps_api_token', ...separated('swa', 'cli'), 'deployment-token', 'deploymenttoken'],
        regex: assignmentOf(
          'azure_static_web_apps_api_token\\w{0,60}|swa[ _.:-]?cli[\\s_.:-]?deployment[\\s_.:-]?token|deployment-?token',
          '[a-f0-9]{64,140}(?:-[a-f0-9-]{36}[0-9]{0,20})?',
        ),
        grade: match => (isFiller(match.secret) ? undefined : { severity: 'error', confidence: 'high' }),
      },
    ],
    examples: {
      found: [
        {
          languageId: 'yaml',
          text: s =>
            `# staticwebapp\nazure_static_web_apps_api_token: «${s.characters(65, hex)}-7f0e1d2c-3b4a-4958-8675-a4b3c2d1e0f900310000000000»`,
        },
        { languageId: 'dotenv', text: s => `SWA_CLI_DEPLOYMENT_TOKEN=«${s.characters(128, hex)}»` },
      ],
      silent: [
        {
          languageId: 'yaml',
          text: () => 'azure_static_web_apps_api_token: ${{ secrets.AZURE_STATIC_WEB_APPS_API_TOKEN }}',
          why: 'pipeline secret',
        },
      ],
    },
  },
];

export const appService: Service = {
  id: 'app-service',
  name: 'Azure App Service',
  documentation: 'https://learn.microsoft.com/azure/app-service/configure-basic-auth-disable',
  credentials,
  settings: [],
  operations: [],
  roles: [
    { name: 'Website Contributor', id: 'de139f84-1756-47ae-9be6-808fbbe84772', grants: 'manages and deploys apps' },
  ],
  clients: [],
};
