import { gradeDatabase } from '../secrets/database-passwords.ts';
import { mongodbClients, mongodbFrameworks, mongodbGuides } from './clients/mongodb.ts';
import type { CredentialFormat, Service } from './service.ts';

const azureHost =
  /(?<![a-z0-9-])([a-z0-9-]+)\.(?:[a-z0-9-]+\.)?(?:mongo|mongocluster|global\.mongocluster)\.cosmos\.azure\.(?:com|us|cn)/iu;

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'mongodb-password',
    title: 'MongoDB password',
    message: 'A MongoDB password[ of user {user}][ for {server}] is embedded here[ ({note})].',
    leak: 'Whoever reads it can read and change the databases of this user; in Azure Cosmos DB for MongoDB (RU) it is the account key, which opens everything.',
    remedy:
      'On Azure Cosmos DB for MongoDB vCore sign in with DefaultAzureCredential (MONGODB-OIDC); elsewhere keep the address in Key Vault. Then change the password or regenerate the key.',
    severity: 'error',
    keywords: ['mongodb:', 'mongodb+srv:'],
    patterns: [
      {
        begins: ['mongodb:', 'mongodb+srv:'],
        regex:
          /mongodb(?:\+srv)?:\/\/(?<user>[^\s:@/"'`<>\\\uE022\uE027]{1,128}):(?<secret>[^\s@/"'`<>\\\uE022\uE027]{1,256})@(?<host>[\w.{}$-]{1,253})/dgiu,
        grade: ({ secret, groups }) => gradeDatabase(secret, groups['user'], groups['host'] ?? '', azureHost),
      },
    ],
    examples: {
      found: [
        {
          languageId: 'dotenv',
          text: s =>
            `MONGO=mongodb://contoso:«${encodeURIComponent(s.cosmosAccountKey())}»@contoso.mongo.cosmos.azure.com:10255/?ssl=true&replicaSet=globaldb`,
        },
        {
          languageId: 'typescript',
          text: s =>
            `new MongoClient("mongodb+srv://app:«${s.password()}»@contoso.mongocluster.cosmos.azure.com/?tls=true")`,
        },
        {
          languageId: 'yaml',
          severity: 'warning',
          text: s => `uri: mongodb+srv://app:«${s.password()}»@cluster0.ab1cd.mongodb.net/orders`,
        },
        {
          languageId: 'yaml',
          severity: 'information',
          text: s => `uri: mongodb://app:«${s.password()}»@localhost:27017,localhost:27018/orders`,
        },
      ],
      silent: [
        { languageId: 'yaml', text: () => 'uri: mongodb://root:root@mongo:27017', why: 'habit of the bench' },
        {
          languageId: 'markdown',
          text: () => 'mongodb+srv://<username>:<password>@cluster0.ab1cd.mongodb.net',
          why: 'placeholder',
        },
        {
          languageId: 'typescript',
          text: () => '`mongodb://${user}:${encodeURIComponent(key)}@contoso.mongo.cosmos.azure.com:10255`',
          why: 'interpolation',
        },
        { languageId: 'dotenv', text: () => 'MONGO=mongodb://localhost:27017/orders', why: 'no password' },
      ],
    },
  },
];

export const mongodb: Service = {
  id: 'mongodb',
  name: 'Azure Cosmos DB for MongoDB',
  documentation: 'https://learn.microsoft.com/azure/cosmos-db/mongodb/vcore/how-to-configure-entra-authentication',
  credentials,
  settings: [],
  operations: [],
  roles: [],
  clients: mongodbClients,
  guided: mongodbGuides,
  frameworks: mongodbFrameworks,
  noIdentity: {
    why: 'MongoDB accounts of Cosmos DB with request units take no Microsoft Entra token; clusters on vCores take one from drivers that know OpenID Connect.',
    secretName: 'mongodb-connection-string',
    unless: /^@[^/\s"'`]*\.mongocluster\.cosmos\.azure\.com/iu,
  },
};
