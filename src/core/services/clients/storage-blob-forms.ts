import { fromStorageKey, fromStorageString, storageConnectionString } from './storage-forms.ts';

export const fromString = fromStorageString('blob', {
  name: 'AZURE_STORAGE_BLOB_ENDPOINT',
  shortName: 'BlobEndpoint',
  holds: 'https://<account>.blob.core.windows.net',
});

export const fromKey = fromStorageKey;

export const connectionString = (key: string): string => storageConnectionString('contosophotos', key);
