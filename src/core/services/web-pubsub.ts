import { connectionStringKey } from '../secrets/connection-string-key.ts';
import { webPubSubClients } from './clients/web-pubsub.ts';
import type { CredentialFormat, Service, SettingMigration } from './service.ts';

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'web-pubsub-access-key',
    title: 'Azure Web PubSub access key',
    message: 'An access key of Azure Web PubSub[ resource {resource}] is embedded here[ ({note})].',
    leak: 'Whoever reads it can send messages to every connected client and issue client tokens.',
    remedy:
      'Use the endpoint with DefaultAzureCredential, grant Web PubSub Service Owner, regenerate the key, then set disableLocalAuth to true.',
    severity: 'error',
    keywords: ['.webpubsub.azure.'],
    patterns: [
      connectionStringKey({
        key: 'AccessKey',
        value: '(?:[A-Z0-9+/]{84,86}(?:==)?|[A-Z0-9+/]{43}=)',
        endpoint: ['endpoint', 'serverendpoint'],
        host: /(?<![a-z0-9-])([a-z0-9-]+)\.webpubsub\.azure\.(?:com|us|cn)/iu,
        args: resource => ({ resource }),
      }),
    ],
    examples: {
      found: [
        {
          languageId: 'dotenv',
          text: s => `CS=Endpoint=https://contoso.webpubsub.azure.com;AccessKey=«${s.legacyKey32()}»;Version=1.0;`,
        },
        {
          languageId: 'json',
          text: s =>
            `{"cs":"AccessKey=«${s.annotatedKey('TEST')}»;Version=1.0;Endpoint=https://contoso.webpubsub.azure.com"}`,
        },
        {
          languageId: 'csharp',
          severity: 'warning',
          text: s =>
            `Use("Endpoint=https://contoso.webpubsub.azure.com;AccessKey=«${s.annotatedKey('TEST').replace(/^./u, first => (first === 'a' ? 'b' : 'a'))}»;Version=1.0;")`,
        },
      ],
      silent: [
        {
          languageId: 'dotenv',
          text: () => 'CS=Endpoint=https://contoso.webpubsub.azure.com;AuthType=azure.msi;Version=1.0;',
          why: 'keyless already',
        },
        {
          languageId: 'markdown',
          text: () => 'Endpoint=https://contoso.webpubsub.azure.com;AccessKey=<access-key>;Version=1.0;',
          why: 'placeholder',
        },
        {
          languageId: 'dotenv',
          text: s =>
            `CS=Endpoint=http://localhost:8888;AccessKey=${s.legacyKey32()};Version=1.0; # not .service.signalr.net`,
          why: 'local emulator',
        },
      ],
    },
  },
];

const settings: readonly SettingMigration[] = [
  {
    form: 'functionsConnection',
    title: 'Use an identity-based Web PubSub connection',
    cures: ['web-pubsub-access-key'],
    rewrite(fields) {
      const endpoint = fields.get('endpoint');
      return endpoint === undefined
        ? { refusal: 'The connection string names no endpoint.' }
        : { serviceUri: endpoint };
    },
    followUps: [
      {
        kind: 'checkOtherUses',
        message:
          'Bring the package Microsoft.Azure.WebJobs.Extensions.WebPubSub up to date: an older one reads connection strings alone. Code that reads this setting itself must read the new one.',
      },
    ],
    examples: [
      {
        path: 'local.settings.json',
        before: standIns =>
          `{\n  "Values": {\n    "WebPubSubConnectionString": "Endpoint=https://contoso-live.webpubsub.azure.com;AccessKey=«${standIns.legacyKey32()}»;Version=1.0;"\n  }\n}\n`,
        after: `{\n  "Values": {\n    "WebPubSubConnectionString__serviceUri": "https://contoso-live.webpubsub.azure.com"\n  }\n}\n`,
      },
    ],
  },
];

export const webPubSub: Service = {
  id: 'web-pubsub',
  name: 'Azure Web PubSub',
  documentation: 'https://learn.microsoft.com/azure/azure-web-pubsub/howto-authorize-from-managed-identity',
  credentials,
  settings,
  template: {
    type: 'Microsoft.SignalRService/webPubSub',
    terraform: {
      types: ['azurerm_web_pubsub'],
      secrets: [
        'primary_access_key',
        'secondary_access_key',
        'primary_connection_string',
        'secondary_connection_string',
      ],
    },
    connection: {
      serviceUri: {
        bicep: "'https://${$.properties.hostName}'",
        arm: "concat('https://', reference($id, '2023-02-01').hostName)",
        terraform: '"https://${$.hostname}"',
      },
    },
    endpoint: {
      bicep: "'https://${$.properties.hostName}'",
      arm: "concat('https://', reference($id, '2023-02-01').hostName)",
      terraform: '"https://${$.hostname}"',
    },
    grants: ['12cf5a90-567b-43ae-8102-96cf46c7d9b4'],
  },
  operations: [
    {
      languages: {
        typescript: ['getClientAccessToken'],
        python: ['get_client_access_token'],
        csharp: ['GetClientAccessUri', 'GetClientAccessUriAsync'],
        java: ['getClientAccessToken'],
        go: ['GenerateClientAccessURL'],
      },
      dataActions: ['Microsoft.SignalRService/WebPubSub/auth/clientToken/action'],
    },
    {
      languages: {
        typescript: ['sendToAll'],
        python: ['send_to_all'],
        csharp: ['SendToAll', 'SendToAllAsync'],
        java: ['sendToAll', 'sendToAllWithResponse'],
        go: ['SendToAll'],
      },
      dataActions: ['Microsoft.SignalRService/WebPubSub/hub/send/action'],
    },
    {
      languages: {
        typescript: ['sendToUser'],
        python: ['send_to_user'],
        csharp: ['SendToUser', 'SendToUserAsync'],
        java: ['sendToUser', 'sendToUserWithResponse'],
        go: ['SendToUser'],
      },
      dataActions: ['Microsoft.SignalRService/WebPubSub/user/send/action'],
    },
    {
      languages: {
        python: ['send_to_group'],
        csharp: ['SendToGroup', 'SendToGroupAsync'],
        java: ['sendToGroup', 'sendToGroupWithResponse'],
        go: ['SendToGroup'],
      },
      dataActions: ['Microsoft.SignalRService/WebPubSub/group/send/action'],
    },
  ],
  roles: [
    {
      name: 'Web PubSub Service Owner',
      id: '12cf5a90-567b-43ae-8102-96cf46c7d9b4',
      grants: 'uses the whole data plane',
    },
  ],
  rotation: {
    command: 'az webpubsub key regenerate --resource-group <resource-group> --name <name> --key-type primary',
  },
  keysOff: {
    resourceType: 'Microsoft.SignalRService/webPubSub',
    property: 'disableLocalAuth',
    value: true,
    terraform: { resource: 'azurerm_web_pubsub', property: 'local_auth_enabled', value: false },
  },
  clients: webPubSubClients,
  cautions: [
    {
      languages: { go: ['GenerateClientAccessURL'] },
      reason:
        'With a token, GenerateClientAccessURL fails without options: pass it `&azwebpubsub.GenerateClientAccessURLOptions{ExpirationTimeInMinutes: 60}` in the place of nil.',
    },
  ],
};
