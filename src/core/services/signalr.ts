import { connectionStringKey } from '../secrets/connection-string-key.ts';
import { signalRClients } from './clients/signalr.ts';
import type { CredentialFormat, Service, SettingMigration } from './service.ts';

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'signalr-access-key',
    title: 'Azure SignalR Service access key',
    message: 'An access key of Azure SignalR Service[ resource {resource}] is embedded here[ ({note})].',
    leak: 'Whoever reads it can send messages to every connected client and read what the hub carries.',
    remedy:
      'Use AuthType=azure.msi in the connection string, grant the app SignalR App Server, regenerate the key, then set disableLocalAuth to true.',
    severity: 'error',
    keywords: ['.service.signalr.', '.signalr.azure.'],
    patterns: [
      connectionStringKey({
        key: 'AccessKey',
        value: '(?:[A-Z0-9+/]{84,86}(?:==)?|[A-Z0-9+/]{43}=)',
        endpoint: ['endpoint', 'serverendpoint'],
        host: /(?<![a-z0-9-])([a-z0-9-]+)\.(?:service\.signalr\.net|signalr\.azure\.(?:us|cn))/iu,
        args: resource => ({ resource }),
      }),
    ],
    examples: {
      found: [
        {
          languageId: 'dotenv',
          text: s => `CS=Endpoint=https://contoso.service.signalr.net;AccessKey=«${s.legacyKey32()}»;Version=1.0;`,
        },
        {
          languageId: 'json',
          text: s =>
            `{"cs":"AccessKey=«${s.annotatedKey('TEST')}»;Version=1.0;Endpoint=https://contoso.service.signalr.net"}`,
        },
        {
          languageId: 'csharp',
          severity: 'warning',
          text: s =>
            `Use("Endpoint=https://contoso.service.signalr.net;AccessKey=«${s.annotatedKey('TEST').replace(/^./u, first => (first === 'a' ? 'b' : 'a'))}»;Version=1.0;")`,
        },
        {
          languageId: 'json',
          text: s =>
            `{"Cache":"contoso.redis.cache.windows.net:6380,ssl=True","Chat":"Endpoint=https://contoso.service.signalr.net;AccessKey=«${s.legacyKey32()}»;Version=1.0;"}`,
        },
      ],
      silent: [
        {
          languageId: 'dotenv',
          text: () => 'CS=Endpoint=https://contoso.service.signalr.net;AuthType=azure.msi;Version=1.0;',
          why: 'keyless already',
        },
        {
          languageId: 'markdown',
          text: () => 'Endpoint=https://contoso.service.signalr.net;AccessKey=<access-key>;Version=1.0;',
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
    title: 'Use an identity-based SignalR connection',
    cures: ['signalr-access-key'],
    rewrite(fields) {
      const endpoint = fields.get('endpoint');
      if (endpoint === undefined) return { refusal: 'The connection string names no endpoint.' };
      if (fields.has('clientendpoint') || fields.has('serverendpoint')) {
        return {
          refusal:
            'The connection string has an endpoint of its own for clients or servers: write the settings __serviceUri, __clientEndpoint and __serverEndpoint by hand.',
        };
      }
      return { serviceUri: endpoint };
    },
    followUps: [
      {
        kind: 'grantRole',
        message:
          'Grant the app’s identity a role on Azure SignalR Service: the bindings of Functions need "SignalR Service Owner".',
        copyable:
          'az role assignment create --role "SignalR Service Owner" --assignee-object-id <principal-id> --assignee-principal-type ServicePrincipal --scope <scope>',
      },
    ],
    examples: [
      {
        path: 'local.settings.json',
        before: standIns =>
          `{\n  "Values": {\n    "AzureSignalRConnectionString": "Endpoint=https://contoso-chat.service.signalr.net;AccessKey=«${standIns.legacyKey32()}»;Version=1.0;"\n  }\n}\n`,
        after: `{\n  "Values": {\n    "AzureSignalRConnectionString__serviceUri": "https://contoso-chat.service.signalr.net"\n  }\n}\n`,
      },
    ],
  },
  {
    form: 'connectionString',
    title: 'Let SignalR sign in with an identity',
    cures: ['signalr-access-key'],
    rewrite({ values, uri }) {
      if (!values.has('endpoint')) return { refusal: 'The connection string names no endpoint.' };
      // A developer's machine has no managed identity.
      const local = /(?:development|local)[^/\\]*$/iu.test(uri);
      return { remove: ['accesskey'], add: local ? 'AuthType=azure' : 'AuthType=azure.msi' };
    },
    followUps: [],
    examples: [
      {
        path: 'appsettings.json',
        before: standIns =>
          `{\n  "Azure": {\n    "SignalR": {\n      "ConnectionString": "Endpoint=https://contoso-chat.service.signalr.net;AccessKey=«${standIns.legacyKey32()}»;Version=1.0;"\n    }\n  }\n}\n`,
        after: `{\n  "Azure": {\n    "SignalR": {\n      "ConnectionString": "Endpoint=https://contoso-chat.service.signalr.net;AuthType=azure.msi;Version=1.0;"\n    }\n  }\n}\n`,
      },
      {
        path: 'appsettings.Development.json',
        before: standIns =>
          `{ "Azure:SignalR:ConnectionString": "Endpoint=https://contoso-chat.service.signalr.net;AccessKey=«${standIns.legacyKey32()}»;Version=1.0;" }`,
        after:
          '{ "Azure:SignalR:ConnectionString": "Endpoint=https://contoso-chat.service.signalr.net;AuthType=azure;Version=1.0;" }',
      },
      {
        path: '.env',
        before: standIns =>
          `# chat\nAzure__SignalR__ConnectionString=Endpoint=https://contoso-chat.service.signalr.net;AccessKey=«${standIns.legacyKey32()}»;Version=1.0;\n`,
        after:
          '# chat\nAzure__SignalR__ConnectionString=Endpoint=https://contoso-chat.service.signalr.net;AuthType=azure.msi;Version=1.0;\n',
      },
    ],
  },
];

export const signalR: Service = {
  id: 'signalr',
  name: 'Azure SignalR Service',
  documentation: 'https://learn.microsoft.com/azure/azure-signalr/signalr-howto-authorize-managed-identity',
  credentials,
  settings,
  template: {
    type: 'Microsoft.SignalRService/signalR',
    terraform: {
      types: ['azurerm_signalr_service'],
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
    grants: ['7e4f1700-ea5a-4f59-8f37-079cfe29dce3'],
  },
  sdk: { typescript: 'none', python: 'none', java: 'none', go: 'none' },
  operations: [
    {
      languages: {
        csharp: ['AddAzureSignalR'],
      },
      dataActions: [
        'Microsoft.SignalRService/SignalR/auth/accessKey/action',
        'Microsoft.SignalRService/SignalR/serverConnection/write',
      ],
    },
    {
      languages: {
        csharp: ['NegotiateAsync'],
      },
      dataActions: ['Microsoft.SignalRService/SignalR/auth/clientToken/action'],
    },
  ],
  roles: [
    {
      name: 'SignalR App Server',
      id: '420fcaa2-552c-430f-98ca-3264be4806c7',
      grants: 'negotiates and serves connections',
    },
    { name: 'SignalR Service Owner', id: '7e4f1700-ea5a-4f59-8f37-079cfe29dce3', grants: 'uses the whole data plane' },
  ],
  rotation: {
    command: 'az signalr key renew --resource-group <resource-group> --name <name> --key-type primary',
  },
  keysOff: {
    resourceType: 'Microsoft.SignalRService/signalR',
    property: 'disableLocalAuth',
    value: true,
    terraform: { resource: 'azurerm_signalr_service', property: 'local_auth_enabled', value: false },
  },
  clients: signalRClients,
};
