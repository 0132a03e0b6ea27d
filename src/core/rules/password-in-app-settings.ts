import type { SourceDocument } from '../engine/finding.ts';
import type { StringExpression } from '../formats/expression.ts';
import { explanation, type FixOffer, type Refusal } from '../rewrite/fix.ts';
import { serviceFollowUps } from '../rewrite/follow-ups.ts';
import { services } from '../services/catalogue.generated.ts';
import type { Service } from '../services/service.ts';
import { type TemplateChange, templateOffer } from '../templates/edit.ts';
import { readTemplate, templateLanguages } from '../templates/read-template.ts';
import type { Template, TemplateSetting } from '../templates/template.ts';
import { writerFor } from '../templates/use-identity.ts';
import type { TextEdit } from '../text/text-edit.ts';
import type { IdentityRule, RuleHead } from './rule.ts';

interface PasswordSetting {
  readonly template: Template;
  readonly setting: TemplateSetting;
  readonly value: StringExpression;
  readonly service: Service;
}

const passwordBefore = /(?:^|[;"'\s])(?:password|pwd)\s*=\s*$/iu;

/** Connection strings among the settings of apps in which a password is filled in. */
function passwordSettings(document: SourceDocument): PasswordSetting[] {
  const template = readTemplate(document);
  return (template?.settings ?? []).flatMap(setting => {
    const { value } = setting;
    if (template === undefined || value.kind !== 'string') return [];
    const filled = value.parts.some((part, i) => {
      return typeof part === 'string' && passwordBefore.test(part) && typeof value.parts[i + 1] === 'object';
    });
    const service = filled ? databaseOf(template.text.slice(value.content.start, value.content.end)) : undefined;
    return service === undefined ? [] : [{ template, setting, value, service }];
  });
}

function databaseOf(text: string): Service | undefined {
  const named = (id: string): Service | undefined => services.find(service => service.id === id);
  if (/postgres/iu.test(text)) return named('postgresql');
  if (/mysql/iu.test(text)) return named('mysql');
  const azure =
    /\.database\.(?:windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)|sqlServerHostname|fullyQualifiedDomainName|azurerm_mssql/iu;
  return azure.test(text) && /(?:^|;)\s*(?:Initial Catalog|Database)\s*=/iu.test(text) ? named('azure-sql') : undefined;
}

/** One `Key=Value` of the text between the quotes, with its `;`. */
const field = /(?<key>[^=;{}]{1,40})=(?:[^;$]|\$\{[^{}]*\}|\$)*;?/gu;
const signIn = /^\s*(?:user id|userid|uid|user|username|password|pwd|integrated security|trusted_connection)\s*$/iu;

function withoutPassword({ template, setting, value }: PasswordSetting): TemplateChange | Refusal {
  const { text } = template;
  const { start, end } = value.content;
  const content = text.slice(start, end);
  if (/jdbc:|(?:^|;)\s*Driver\s*=/iu.test(content)) {
    return { refusal: 'Only connection strings of Microsoft.Data.SqlClient are rewritten in templates.' };
  }
  if (/(?:^|;)\s*Authentication\s*=/iu.test(content)) {
    return { refusal: 'The connection string says already how to sign in. Remove user name and password by hand.' };
  }
  if (setting.app === undefined || !setting.app.plain) {
    return {
      refusal: 'The app is not in this file, or is deployed repeatedly: give it an identity where it is made first.',
    };
  }
  const identity = writerFor(template).identityOf(setting.app);
  if ('refusal' in identity) return identity;
  const removed = [...content.matchAll(field)].filter(({ groups }) => signIn.test(groups?.['key'] ?? ''));
  const [first] = removed;
  if (first === undefined || template.language === 'arm') {
    return { refusal: 'The connection string is put together from parts. Remove user name and password by hand.' };
  }
  const user = identity.clientId === undefined ? '' : `;User Id=\${${identity.clientId}}`;
  const added = `Authentication=Active Directory ${user === '' ? 'Default' : `Managed Identity${user}`}`;
  const edits: TextEdit[] = removed.map(({ 0: whole, index }) => ({
    span: { start: start + index, end: start + index + whole.length },
    newText: index === first.index ? `${added}${whole.endsWith(';') ? ';' : ''}` : '',
  }));
  return {
    edits: [...edits, ...identity.edits],
    followUps: [
      {
        kind: 'checkOtherUses',
        message:
          'The app needs Microsoft.Data.SqlClient: System.Data.SqlClient knows no Active Directory Default. Version 7 also needs Microsoft.Data.SqlClient.Extensions.Azure.',
      },
      {
        kind: 'grantRole',
        message: 'Create the app’s identity as a user of the database and grant it what it needs.',
        copyable:
          'CREATE USER [<app name>] FROM EXTERNAL PROVIDER; ALTER ROLE db_datareader ADD MEMBER [<app name>]; ALTER ROLE db_datawriter ADD MEMBER [<app name>];',
      },
      {
        kind: 'turnKeysOff',
        message:
          'Name a Microsoft Entra administrator of the server and turn on Entra-only authentication: then no password is left to hand over.',
      },
    ],
  };
}

function offersFor(document: SourceDocument, found: PasswordSetting): FixOffer[] {
  if (found.service.id !== 'azure-sql') {
    const { service } = found;
    const [role] = serviceFollowUps(service).filter(({ kind }) => kind === 'grantRole');
    return [
      explanation({
        refusal: `${service.name} takes a token in place of the password, anew for each connection, so the app’s code changes first: give its data source a token provider, then drop the password here.${role === undefined ? '' : ` ${role.message}`}`,
      }),
    ];
  }
  const offer = { id: 'use-identity', title: 'Sign in to Azure SQL with the app’s identity', isPreferred: true };
  return [templateOffer(document, offer, withoutPassword(found))];
}

export const head = {
  id: 'password-in-app-settings',
  severity: 'warning',
  languages: templateLanguages.filter(language => language === 'bicep' || language === 'terraform'),
  keywords: ['password=', 'pwd='],
} satisfies RuleHead;

export const passwordInAppSettings: IdentityRule = {
  ...head,
  title: 'Database password in the settings of an app',
  message: 'The setting[ {name}] gives the app a password of {service}.',
  leak: 'Whoever may read the settings of the app or a dump of its environment signs in to the database as this user, past multi-factor authentication.',
  remedy:
    'Let the app sign in with its identity: Authentication=Active Directory Default for Azure SQL, a token per connection for PostgreSQL and MySQL; then turn password sign-in off.',
  documentation: 'https://learn.microsoft.com/azure/azure-sql/database/authentication-aad-overview',
  find: document =>
    passwordSettings(document).map(({ setting: { nameSpan, name }, service }) => ({
      span: nameSpan,
      confidence: 'high',
      args: { name, service: service.name },
    })),
  fixes(document, { span }) {
    const found = passwordSettings(document).find(({ setting }) => setting.nameSpan.start === span.start);
    return Promise.resolve(found === undefined ? [] : offersFor(document, found));
  },
  examples: {
    found: [
      {
        languageId: 'bicep',
        text: () =>
          "@secure()\nparam sqlPassword string\nresource web 'Microsoft.Web/sites@2023-12-01' = {\n  name: 'web'\n  properties: {\n    siteConfig: {\n      connectionStrings: [\n        { name: «'Orders'», type: 'SQLAzure', connectionString: 'Server=tcp:${sql.properties.fullyQualifiedDomainName};Database=orders;User ID=app;Password=${sqlPassword}' }\n      ]\n    }\n  }\n}\n",
      },
      {
        languageId: 'terraform',
        text: () =>
          'resource "azurerm_linux_web_app" "web" {\n  app_settings = {\n    «DB» = "Host=${azurerm_postgresql_flexible_server.db.fqdn};Username=app;Password=${random_password.db.result}"\n  }\n}\n',
      },
    ],
    silent: [
      {
        languageId: 'bicep',
        text: () =>
          "resource web 'Microsoft.Web/sites@2023-12-01' = {\n  name: 'web'\n  properties: {\n    siteConfig: {\n      connectionStrings: [\n        { name: 'Orders', type: 'SQLAzure', connectionString: 'Server=tcp:${sql.properties.fullyQualifiedDomainName};Database=orders;Authentication=Active Directory Default' }\n      ]\n    }\n  }\n}\n",
        why: 'no password',
      },
      {
        languageId: 'terraform',
        text: () =>
          'resource "azurerm_linux_web_app" "web" {\n  app_settings = {\n    HELP = "use password=${var.hint}"\n  }\n}\n',
        why: 'no database',
      },
    ],
  },
  fixExamples: [
    {
      path: 'infra/web.bicep',
      before: () =>
        "@secure()\nparam sqlPassword string\nresource web 'Microsoft.Web/sites@2023-12-01' = {\n  name: 'web'\n  properties: {\n    siteConfig: {\n      appSettings: [\n        { name: «'Orders'», value: 'Server=tcp:${sql.properties.fullyQualifiedDomainName},1433;Initial Catalog=orders;User ID=${sqlUser};Password=${sqlPassword};Encrypt=True' } // EF\n      ]\n    }\n  }\n}\n",
      after:
        "@secure()\nparam sqlPassword string\nresource web 'Microsoft.Web/sites@2023-12-01' = {\n  name: 'web'\n  identity: {\n    type: 'SystemAssigned'\n  }\n  properties: {\n    siteConfig: {\n      appSettings: [\n        { name: 'Orders', value: 'Server=tcp:${sql.properties.fullyQualifiedDomainName},1433;Initial Catalog=orders;Authentication=Active Directory Default;Encrypt=True' } // EF\n      ]\n    }\n  }\n}\n",
    },
    {
      path: 'infra/web.tf',
      before: () =>
        'resource "azurerm_linux_web_app" "web" {\n  name = "web"\n  connection_string {\n    name  = «"Orders"»\n    type  = "SQLAzure"\n    value = "Server=tcp:${azurerm_mssql_server.main.fully_qualified_domain_name};Database=orders;User ID=app;Password=${var.sql_password}"\n  }\n  identity {\n    type         = "UserAssigned"\n    identity_ids = [azurerm_user_assigned_identity.web.id]\n  }\n}\n',
      after:
        'resource "azurerm_linux_web_app" "web" {\n  name = "web"\n  connection_string {\n    name  = "Orders"\n    type  = "SQLAzure"\n    value = "Server=tcp:${azurerm_mssql_server.main.fully_qualified_domain_name};Database=orders;Authentication=Active Directory Managed Identity;User Id=${azurerm_user_assigned_identity.web.client_id};"\n  }\n  identity {\n    type         = "UserAssigned"\n    identity_ids = [azurerm_user_assigned_identity.web.id]\n  }\n}\n',
    },
    {
      path: 'infra/postgres.tf',
      before: () =>
        'resource "azurerm_linux_web_app" "web" {\n  app_settings = {\n    «DB» = "Host=${azurerm_postgresql_flexible_server.db.fqdn};Username=app;Password=${random_password.db.result}"\n  }\n}\n',
      after: { refusal: /token/u },
    },
  ],
};
