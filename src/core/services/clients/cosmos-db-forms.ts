import type { ClientMigration, SettingName } from '../service.ts';

const setting: SettingName = {
  name: 'AZURE_COSMOS_ENDPOINT',
  shortName: 'CosmosEndpoint',
  holds: 'https://<account>.documents.azure.com:443/',
};

export const fromString = {
  secret: { capture: 'CS', form: 'connectionString' },
  endpoint: { from: 'connectionString', derive: fields => fields.get('accountendpoint'), setting },
} as const satisfies Partial<ClientMigration>;

export const fromKey = { secret: { capture: 'KEY', form: 'key' }, endpoint: { from: 'capture' } } as const;

export const connectionString = (key: string): string =>
  `AccountEndpoint=https://contoso-orders.documents.azure.com:443/;AccountKey=${key};`;
