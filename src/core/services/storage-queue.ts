import { keyRegistration, registration } from './clients/azure-clients.ts';
import { fromStorageKey } from './clients/storage-forms.ts';
import { connectionString, fromString } from './clients/storage-queue-forms.ts';
import { storageQueueClients, storageQueueKeyOnly } from './clients/storage-queue.ts';
import type { Service } from './service.ts';

const messages = 'Microsoft.Storage/storageAccounts/queueServices/queues/messages';

/** Its secrets and Functions connections are those of the storage account, see storage-blob.ts. */
export const storageQueue: Service = {
  id: 'storage-queue',
  name: 'Azure Queue Storage',
  documentation: 'https://learn.microsoft.com/azure/storage/queues/authorize-access-azure-active-directory',
  credentials: [],
  settings: [],
  operations: [
    {
      languages: {
        typescript: ['sendMessage'],
        python: ['send_message'],
        csharp: ['SendMessage', 'SendMessageAsync'],
        java: ['sendMessage', 'sendMessageWithResponse'],
        go: ['EnqueueMessage'],
      },
      dataActions: [`${messages}/add/action`],
    },
    {
      languages: {
        typescript: ['receiveMessages', 'deleteMessage'],
        python: ['receive_message', 'receive_messages', 'delete_message'],
        csharp: [
          'ReceiveMessage',
          'ReceiveMessageAsync',
          'ReceiveMessages',
          'ReceiveMessagesAsync',
          'DeleteMessage',
          'DeleteMessageAsync',
        ],
        java: ['receiveMessage', 'receiveMessages', 'deleteMessage'],
        go: ['DequeueMessage', 'DequeueMessages', 'DeleteMessage'],
      },
      dataActions: [`${messages}/process/action`],
    },
    {
      languages: {
        typescript: ['peekMessages'],
        python: ['peek_messages'],
        csharp: ['PeekMessage', 'PeekMessageAsync', 'PeekMessages', 'PeekMessagesAsync'],
        java: ['peekMessage', 'peekMessages'],
        go: ['PeekMessage', 'PeekMessages'],
      },
      dataActions: [`${messages}/read`],
    },
    {
      languages: {
        typescript: ['updateMessage'],
        python: ['update_message'],
        csharp: ['UpdateMessage', 'UpdateMessageAsync'],
        java: ['updateMessage'],
        go: ['UpdateMessage'],
      },
      dataActions: [`${messages}/write`],
    },
    {
      languages: {
        typescript: ['clearMessages'],
        python: ['clear_messages'],
        csharp: ['ClearMessages', 'ClearMessagesAsync'],
        java: ['clearMessages'],
        go: ['ClearMessages'],
      },
      dataActions: [`${messages}/delete`],
    },
  ],
  roles: [
    {
      name: 'Storage Queue Data Message Sender',
      id: 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a',
      grants: 'adds messages',
    },
    {
      name: 'Storage Queue Data Message Processor',
      id: '8a0f0c08-91a1-4084-bc3d-661d67233fed',
      grants: 'peeks at, receives and deletes messages',
    },
    {
      name: 'Storage Queue Data Reader',
      id: '19e7f393-937e-4f77-808e-94535e297925',
      grants: 'lists queues and peeks at messages',
    },
    {
      name: 'Storage Queue Data Contributor',
      id: '974c5e8b-45b9-4653-ba55-5f855dd0fb88',
      grants: 'creates and deletes queues, and reads, writes and deletes messages',
    },
  ],
  rotation: {
    command: 'az storage account keys renew --resource-group <resource-group> --account-name <name> --key primary',
  },
  keysOff: {
    resourceType: 'Microsoft.Storage/storageAccounts',
    property: 'allowSharedKeyAccess',
    value: false,
    terraform: { resource: 'azurerm_storage_account', property: 'shared_access_key_enabled', value: false },
  },
  clients: [
    ...storageQueueClients,
    keyRegistration(fromStorageKey, {
      package: 'Azure.Storage.Queues',
      method: 'AddQueueServiceClient',
      endpoint: 'https://contosoorders.queue.core.windows.net',
      credential: { type: 'StorageSharedKeyCredential', module: 'Azure.Storage' },
      key: standIns => standIns.storageAccountKey(),
    }),
    registration(fromString, {
      package: 'Azure.Storage.Queues',
      before: 'AddQueueServiceClient($CS)',
      after: 'AddQueueServiceClient(new Uri($ENDPOINT))',
      connectionString: standIns => connectionString(standIns.storageAccountKey()),
      endpoint: 'https://contosojobs.queue.core.windows.net',
    }),
  ],
  keyOnly: storageQueueKeyOnly,
};
