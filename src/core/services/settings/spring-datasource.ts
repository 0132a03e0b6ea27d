import type { FollowUp } from '../../rewrite/fix.ts';
import type { SpringMigration, SpringSecret } from '../service.ts';

const documentation =
  'https://learn.microsoft.com/azure/developer/java/spring-framework/migrate-postgresql-to-passwordless-connection';

/** `spring.datasource.hikari.password` belongs to `spring.datasource` as `spring.datasource.password` does. */
const property = /^spring\.datasource\.(?:hikari\.)?password$/u;

function urlOf({ prefix, valueOf }: SpringSecret): string | undefined {
  return (
    valueOf(`${prefix}url`) ??
    valueOf(`${prefix}jdbc-url`) ??
    valueOf('spring.datasource.url') ??
    valueOf('spring.datasource.hikari.jdbc-url')
  );
}

function unknownUrl({ name }: SpringSecret): string {
  return `This file does not say which database ${name} is for. Set spring.datasource.url here, or remove the password where the address stands.`;
}

interface Passwordless {
  readonly rule: string;
  readonly title: string;
  readonly url: RegExp;
  readonly starter: string;
  readonly grant: FollowUp;
  readonly examples: SpringMigration['examples'];
}

/** The starters for PostgreSQL and MySQL bring the token to the driver, for each connection anew. */
export function springPasswordless({ rule, title, url, starter, grant, examples }: Passwordless): SpringMigration {
  return {
    form: 'spring',
    title,
    cures: [rule],
    property,
    rewrite(secret) {
      const address = urlOf(secret);
      if (address === undefined) return { refusal: unknownUrl(secret) };
      if (!url.test(address)) {
        return {
          refusal:
            'Only a database in Azure takes a Microsoft Entra token, and spring.datasource.url is for another one. Keep this password out of the repository: an environment variable, or a file that git ignores.',
        };
      }
      if (secret.prefix !== 'spring.datasource.') {
        return {
          refusal: `Move ${secret.name} and the user name to spring.datasource: the starter for passwordless connections reads them there.`,
        };
      }
      return { remove: [secret.name], set: [['spring.datasource.azure.passwordless-enabled', 'true']] };
    },
    followUps: [
      {
        kind: 'installPackage',
        message: `Add com.azure.spring:${starter}, with the bill of materials com.azure.spring:spring-cloud-azure-dependencies.`,
        copyable: `com.azure.spring:${starter}`,
      },
      grant,
      {
        kind: 'checkOtherUses',
        message: `Set spring.datasource.username to the database user of the identity, and remove the password from other profiles as well (${documentation}).`,
      },
    ],
    examples,
  };
}

const azureSql = /\.database\.(?:windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)(?=[:;/]|$)/iu;

/** The driver of SQL Server takes the way to sign in from its address. */
export const springAzureSql: readonly SpringMigration[] = [
  {
    form: 'spring',
    title: 'Sign in to Azure SQL with Microsoft Entra',
    cures: ['azure-sql-password'],
    property,
    rewrite(secret) {
      const { prefix, name, valueOf } = secret;
      const urlName = [`${prefix}url`, `${prefix}jdbc-url`].find(key => valueOf(key) !== undefined);
      const url = urlName === undefined ? undefined : valueOf(urlName);
      if (urlName === undefined || url === undefined) return { refusal: unknownUrl(secret) };
      if (!/^jdbc:sqlserver:/iu.test(url) || !azureSql.test(url)) {
        return {
          refusal:
            'Only Azure SQL takes a Microsoft Entra token, and the address is for another server. Keep this password out of the repository: an environment variable, or a file that git ignores.',
        };
      }
      const bare = url
        .replace(/;(?:user|userName|password|authentication|integratedSecurity)\s*=[^;]*/giu, '')
        .replace(/;+$/u, '');
      return {
        remove: [name, `${prefix}username`],
        set: [[urlName, `${bare};authentication=ActiveDirectoryDefault`]],
      };
    },
    followUps: [
      {
        kind: 'installPackage',
        message:
          'Add com.azure:azure-identity to the dependencies: mssql-jdbc 12.2 or newer signs in with it, but does not bring it along.',
        copyable: 'com.azure:azure-identity',
      },
      {
        kind: 'grantRole',
        message: 'Create the app’s identity as a user of the database and grant it what it needs.',
        copyable:
          'CREATE USER [<identity-name>] FROM EXTERNAL PROVIDER; ALTER ROLE db_datareader ADD MEMBER [<identity-name>]; ALTER ROLE db_datawriter ADD MEMBER [<identity-name>];',
      },
    ],
    examples: [
      {
        path: 'application.properties',
        before: s =>
          `spring.datasource.url=jdbc:sqlserver://contoso.database.windows.net:1433;database=orders;encrypt=true;\nspring.datasource.username=app@contoso\nspring.datasource.password=«${s.password()}»\nspring.jpa.open-in-view=false\n`,
        after: `spring.datasource.url=jdbc:sqlserver://contoso.database.windows.net:1433;database=orders;encrypt=true;authentication=ActiveDirectoryDefault\nspring.jpa.open-in-view=false\n`,
      },
      {
        path: 'application.yml',
        before: s =>
          `spring:\n  datasource:\n    # the orders database\n    url: "jdbc:sqlserver://contoso.database.windows.net:1433;database=orders"\n    username: app\n    password: «${s.password()}»\n  jpa:\n    open-in-view: false\n`,
        after: `spring:\n  datasource:\n    # the orders database\n    url: "jdbc:sqlserver://contoso.database.windows.net:1433;database=orders;authentication=ActiveDirectoryDefault"\n  jpa:\n    open-in-view: false\n`,
      },
    ],
  },
];

export const springPostgresql: readonly SpringMigration[] = [
  springPasswordless({
    rule: 'postgresql-password',
    title: 'Sign in to PostgreSQL with Microsoft Entra',
    url: /^jdbc:postgresql:\/\/[^/]*\.postgres\.database\.(?:azure\.com|usgovcloudapi\.net|chinacloudapi\.cn)/iu,
    starter: 'spring-cloud-azure-starter-jdbc-postgresql',
    grant: {
      kind: 'grantRole',
      message:
        'As Microsoft Entra administrator of the server, create the identity as a role and grant it what it needs.',
      copyable: "SELECT * FROM pgaadauth_create_principal('<identity-name>', false, false);",
    },
    examples: [
      {
        path: 'application.properties',
        before: s =>
          `spring.datasource.url=jdbc:postgresql://contoso.postgres.database.azure.com:5432/orders?sslmode=require\nspring.datasource.username=orders-api\nspring.datasource.password=«${s.password()}»\n`,
        after: `spring.datasource.url=jdbc:postgresql://contoso.postgres.database.azure.com:5432/orders?sslmode=require\nspring.datasource.username=orders-api\nspring.datasource.azure.passwordless-enabled=true\n`,
      },
      {
        path: 'application.yml',
        before: s =>
          `server:\n  port: 8080\n---\nspring:\n    config.activate.on-profile: prod\n    datasource:\n        url: jdbc:postgresql://contoso.postgres.database.azure.com:5432/orders?sslmode=require\n        username: orders-api\n        password: "«${s.password()}»" # shared\n        hikari:\n            maximum-pool-size: 5\n`,
        after: `server:\n  port: 8080\n---\nspring:\n    config.activate.on-profile: prod\n    datasource:\n        url: jdbc:postgresql://contoso.postgres.database.azure.com:5432/orders?sslmode=require\n        username: orders-api\n        azure:\n            passwordless-enabled: true # shared\n        hikari:\n            maximum-pool-size: 5\n`,
      },
    ],
  }),
];

export const springMysql: readonly SpringMigration[] = [
  springPasswordless({
    rule: 'mysql-password',
    title: 'Sign in to MySQL with Microsoft Entra',
    url: /^jdbc:mysql:\/\/[^/]*\.mysql\.database\.(?:azure\.com|usgovcloudapi\.net|chinacloudapi\.cn)/iu,
    starter: 'spring-cloud-azure-starter-jdbc-mysql',
    grant: {
      kind: 'grantRole',
      message:
        'As Microsoft Entra administrator of the server, create the identity as a user and grant it what it needs.',
      copyable:
        "SET aad_auth_validate_oids_in_tenant = OFF; CREATE AADUSER '<identity-name>' IDENTIFIED BY '<client-id>';",
    },
    examples: [
      {
        path: 'application.yml',
        before: s =>
          `spring:\n  datasource:\n    url: jdbc:mysql://contoso.mysql.database.azure.com:3306/orders?serverTimezone=UTC\n    username: orders-api\n    password: «${s.password()}»\n`,
        after: `spring:\n  datasource:\n    url: jdbc:mysql://contoso.mysql.database.azure.com:3306/orders?serverTimezone=UTC\n    username: orders-api\n    azure:\n      passwordless-enabled: true\n`,
      },
    ],
  }),
];
