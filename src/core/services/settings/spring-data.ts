import { connectionStringFields } from '../../formats/connection-string.ts';
import type { SpringMigration } from '../service.ts';

export const springCosmosDb: readonly SpringMigration[] = [
  {
    form: 'spring',
    title: 'Sign in to Cosmos DB with the app’s identity',
    cures: ['cosmos-account-key'],
    property: /^spring\.cloud\.azure\.cosmos\.key$/u,
    rewrite: ({ name, valueOf, prefix }) =>
      valueOf(`${prefix}endpoint`) === undefined
        ? { refusal: `This file does not say which account it is for. Set ${prefix}endpoint, then run the fix again.` }
        : { remove: [name], set: [] },
    followUps: [],
    examples: [
      {
        path: 'application.properties',
        before: s =>
          `spring.cloud.azure.cosmos.endpoint=https://contoso.documents.azure.com:443/\nspring.cloud.azure.cosmos.key=«${s.cosmosAccountKey()}»\nspring.cloud.azure.cosmos.database=shop\n`,
        after: `spring.cloud.azure.cosmos.endpoint=https://contoso.documents.azure.com:443/\nspring.cloud.azure.cosmos.database=shop\n`,
      },
      {
        path: 'application.yml',
        before: s =>
          `spring:\n  cloud:\n    azure:\n      cosmos:\n        key: «${s.cosmosAccountKey()}»\n        endpoint: https://contoso.documents.azure.com:443/\n        database: shop\n`,
        after: `spring:\n  cloud:\n    azure:\n      cosmos:\n        endpoint: https://contoso.documents.azure.com:443/\n        database: shop\n`,
      },
      {
        path: 'application-prod.yml',
        before: s => `spring.cloud.azure.cosmos.key: «${s.cosmosAccountKey()}»\n`,
        after: { refusal: /cosmos\.endpoint/u },
      },
    ],
  },
];

export const springAppConfiguration: readonly SpringMigration[] = [
  {
    form: 'spring',
    title: 'Sign in to App Configuration with the app’s identity',
    cures: ['app-configuration-access-key'],
    property: /^spring\.cloud\.azure\.appconfiguration\.(?:stores\[\d+\]\.)?connectionstring$/u,
    rewrite({ name, prefix, value }) {
      const endpoint = connectionStringFields(value).get('endpoint');
      return endpoint === undefined
        ? {
            refusal: 'The connection string does not say which store it is for. Set the endpoint of the store instead.',
          }
        : { remove: [name], set: [[`${prefix}endpoint`, endpoint]] };
    },
    followUps: [],
    examples: [
      {
        path: 'bootstrap.properties',
        before: s =>
          `spring.cloud.azure.appconfiguration.stores[0].connection-string=Endpoint=https://contoso.azconfig.io;Id=abcd-l0-s0:AbCdEfGhIjKl;Secret=«${s.legacyKey32()}»\n`,
        after: `spring.cloud.azure.appconfiguration.stores[0].endpoint=https://contoso.azconfig.io\n`,
      },
      {
        path: 'application.yml',
        before: s =>
          `spring:\n  cloud:\n    azure:\n      appconfiguration:\n        stores:\n          - connection-string: Endpoint=https://contoso.azconfig.io;Id=abcd-l0-s0:AbCdEfGhIjKl;Secret=«${s.legacyKey32()}»\n            selects:\n              - key-filter: /shop/\n`,
        after: `spring:\n  cloud:\n    azure:\n      appconfiguration:\n        stores:\n          - endpoint: https://contoso.azconfig.io\n            selects:\n              - key-filter: /shop/\n`,
      },
    ],
  },
];

const cacheHost = /\.(?:redis\.cache\.(?:windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)|redis\.azure\.net)$/iu;

export const springRedis: readonly SpringMigration[] = [
  {
    form: 'spring',
    title: 'Sign in to Redis with the app’s identity',
    cures: ['redis-access-key'],
    property: /^spring\.(?:data\.)?redis\.password$/u,
    rewrite({ name, prefix, valueOf }) {
      const host = valueOf(`${prefix}host`);
      if (host === undefined || !cacheHost.test(host)) {
        return {
          refusal: `Only Redis in Azure takes a token, and this file does not say that ${prefix}host is there. Keep the password out of the repository, or set the host here and run the fix again.`,
        };
      }
      return { remove: [name], set: [[`${prefix}azure.passwordless-enabled`, 'true']] };
    },
    followUps: [
      {
        kind: 'installPackage',
        message:
          'Add com.azure.spring:spring-cloud-azure-starter-data-redis-lettuce: it brings the token to the client and renews it.',
        copyable: 'com.azure.spring:spring-cloud-azure-starter-data-redis-lettuce',
      },
      {
        kind: 'checkOtherUses',
        message: 'Set the user name of the cache to the object id of the identity, or leave it out.',
      },
    ],
    examples: [
      {
        path: 'application.yml',
        before: s =>
          `spring:\n  data:\n    redis:\n      host: contoso.redis.cache.windows.net\n      port: 6380\n      password: «${s.legacyKey32()}»\n      ssl:\n        enabled: true\n`,
        after: `spring:\n  data:\n    redis:\n      host: contoso.redis.cache.windows.net\n      port: 6380\n      azure:\n        passwordless-enabled: true\n      ssl:\n        enabled: true\n`,
      },
      {
        path: 'application.properties',
        before: s =>
          `spring.redis.host=contoso.redis.cache.windows.net\nspring.redis.password=«${s.legacyKey32()}»\nspring.redis.ssl=true\n`,
        after: `spring.redis.host=contoso.redis.cache.windows.net\nspring.redis.azure.passwordless-enabled=true\nspring.redis.ssl=true\n`,
      },
    ],
  },
];
