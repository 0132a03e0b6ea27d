import type { SpringMigration } from '../service.ts';

/** Signing in users needs the app registration itself; services are signed in to with whatever identity there is. */
const userSignIn =
  'The app registration signs users in here, so it stays and needs a credential. Give it a federated credential that trusts the app’s managed identity, or take this value from Key Vault.';

export const springEntraId: readonly SpringMigration[] = [
  {
    form: 'spring',
    title: 'Sign in with the app’s identity instead of the client secret',
    cures: ['entra-client-secret'],
    property: /^(?:spring\.cloud\.azure\.[\w.[\]]*|spring\.jms\.servicebus\.|azure\.activedirectory\.)clientsecret$/u,
    rewrite({ name, prefix }) {
      if (/active-?directory/iu.test(name)) return { refusal: userSignIn };
      return {
        remove: [name, `${prefix}client-id`],
        set: [],
        followUps: [
          {
            kind: 'checkOtherUses',
            message: `Without ${prefix}client-id Spring Cloud Azure uses DefaultAzureCredential. For a user-assigned identity set ${prefix}managed-identity-enabled to true and ${prefix}client-id to the identity’s client id.`,
          },
        ],
      };
    },
    followUps: [],
    examples: [
      {
        path: 'application.yml',
        before: s =>
          `spring:\n  cloud:\n    azure:\n      keyvault:\n        secret:\n          property-sources:\n            - endpoint: https://contoso.vault.azure.net/\n              credential:\n                client-id: b331f0df-8cd2-4a27-acc3-a2655a936b14\n                client-secret: «${s.entraClientSecret()}»\n`,
        after: `spring:\n  cloud:\n    azure:\n      keyvault:\n        secret:\n          property-sources:\n            - endpoint: https://contoso.vault.azure.net/\n`,
      },
      {
        path: 'application.yml',
        before: s =>
          `spring:\n  cloud:\n    azure:\n      profile:\n        tenant-id: cc387aa1-eeda-42eb-ab19-51f128843be2\n      credential:\n        client-id: b331f0df-8cd2-4a27-acc3-a2655a936b14\n        client-secret: «${s.entraClientSecret()}»\n      keyvault:\n        secret:\n          endpoint: https://contoso.vault.azure.net\n`,
        after: `spring:\n  cloud:\n    azure:\n      profile:\n        tenant-id: cc387aa1-eeda-42eb-ab19-51f128843be2\n      keyvault:\n        secret:\n          endpoint: https://contoso.vault.azure.net\n`,
      },
      {
        path: 'application.properties',
        before: s =>
          `spring.cloud.azure.credential.client-id=b331f0df-8cd2-4a27-acc3-a2655a936b14\nspring.cloud.azure.credential.client-secret=«${s.entraClientSecret()}»\nspring.cloud.azure.storage.blob.account-name=contoso\n`,
        after: `spring.cloud.azure.storage.blob.account-name=contoso\n`,
      },
      {
        path: 'application.properties',
        before: s => `spring.cloud.azure.active-directory.credential.client-secret=«${s.entraClientSecret()}»\n`,
        after: { refusal: /signs users in/u },
      },
    ],
  },
];
