import type { ClientMigration } from '../service.ts';
import { fromStorageKey, fromStorageString, storageConnectionString } from './storage-forms.ts';

/** The same clients reach Cosmos DB, which has roles of its own. */
const refuse = (constants: ReadonlyMap<string, string>): string | undefined =>
  [...constants.values()].some(value => /\.table\.cosmos(?:db)?\./iu.test(value))
    ? 'This table is in Azure Cosmos DB, where a token needs a role of the Cosmos DB account itself and the newest version of the SDK. Create that role assignment first (az cosmosdb table role assignment create), then pass the endpoint and DefaultAzureCredential by hand.'
    : undefined;

export const fromString = {
  ...fromStorageString('table', {
    name: 'AZURE_STORAGE_TABLE_ENDPOINT',
    shortName: 'TableEndpoint',
    holds: 'https://<account>.table.core.windows.net',
  }),
  refuse,
} satisfies Partial<ClientMigration>;

export const fromKey = { ...fromStorageKey, refuse } satisfies Partial<ClientMigration>;

export const connectionString = (key: string): string => storageConnectionString('contosoorders', key);
