import { fromStorageKey, fromStorageString, storageConnectionString } from './storage-forms.ts';

export const fromString = fromStorageString('file', {
  name: 'AZURE_STORAGE_FILE_ENDPOINT',
  shortName: 'FileEndpoint',
  holds: 'https://<account>.file.core.windows.net',
});

export const fromKey = fromStorageKey;

export const connectionString = (key: string): string => storageConnectionString('contosofiles', key);
