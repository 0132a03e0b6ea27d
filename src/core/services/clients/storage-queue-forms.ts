import { fromStorageKey, fromStorageString, storageConnectionString } from './storage-forms.ts';

export const fromString = fromStorageString('queue', {
  name: 'AZURE_STORAGE_QUEUE_ENDPOINT',
  shortName: 'QueueEndpoint',
  holds: 'https://<account>.queue.core.windows.net',
});

export const fromKey = fromStorageKey;

export const connectionString = (key: string): string => storageConnectionString('contosojobs', key);
