import { messagingKey, speaksOf } from '../secrets/messaging.ts';
import type { CredentialFormat, Service } from './service.ts';

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'notification-hubs-access-key',
    title: 'Azure Notification Hubs access key',
    message:
      'The Azure Notification Hubs access key[ {policy}][ of namespace {namespace}] is embedded here[ ({note})].',
    leak: 'Whoever reads the full key can send push notifications to every registered device and read the registrations; the listen key can register devices.',
    remedy:
      'Send from a back end that keeps the key in Key Vault (read with DefaultAzureCredential), ship only the listen key to devices, and rotate this one.',
    severity: 'error',
    keywords: ['sharedaccesskey='],
    patterns: [
      messagingKey(
        match =>
          /^Default(?:Full|Listen)SharedAccessSignature$/iu.test(
            match.connectionString().values.get('sharedaccesskeyname') ?? '',
          ) || speaksOf(match, /notification[\s_-]?hub/iu),
      ),
    ],
    examples: {
      found: [
        {
          languageId: 'json',
          text: s =>
            `{"cs":"Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=DefaultFullSharedAccessSignature;SharedAccessKey=«${s.legacyKey32()}»"}`,
        },
        {
          languageId: 'csharp',
          text: s =>
            `NotificationHubClient.CreateClientFromConnectionString("SharedAccessKey=«${s.legacyKey32()}»;SharedAccessKeyName=send;Endpoint=sb://contoso.servicebus.windows.net/", "hub")`,
        },
      ],
      silent: [
        {
          languageId: 'java',
          text: () =>
            '"Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=DefaultListenSharedAccessSignature;SharedAccessKey=" + key',
          why: 'the key is no literal',
        },
        {
          languageId: 'json',
          text: () =>
            '"Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=DefaultFullSharedAccessSignature;SharedAccessKey=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx="',
          why: 'mask',
        },
      ],
    },
  },
];

export const notificationHubs: Service = {
  id: 'notification-hubs',
  name: 'Azure Notification Hubs',
  documentation: 'https://learn.microsoft.com/azure/notification-hubs/notification-hubs-push-notification-security',
  credentials,
  noIdentity: {
    why: 'Azure Notification Hubs takes no Microsoft Entra token for sending and registering: its clients sign with the key of a policy.',
    secretName: 'notification-hub-connection-string',
  },
  settings: [],
  template: {
    type: 'Microsoft.NotificationHubs/namespaces',
    terraform: {
      types: ['azurerm_notification_hub_authorization_rule'],
      secrets: ['primary_access_key', 'secondary_access_key'],
    },
    grants: [],
  },
  sdk: { python: 'none', go: 'none' },
  operations: [],
  roles: [],
  clients: [],
};
