import { fromStorageKey, fromStorageString, storageConnectionString } from './storage-forms.ts';

export const fromString = fromStorageString('dfs', {
  name: 'AZURE_STORAGE_DFS_ENDPOINT',
  shortName: 'DfsEndpoint',
  holds: 'https://<account>.dfs.core.windows.net',
});

export const fromKey = fromStorageKey;

export const connectionString = (key: string): string => storageConnectionString('contosolake', key);
