import type { SettingName } from '../service.ts';

const setting: SettingName = {
  name: 'AZURE_STORAGE_BLOB_ENDPOINT',
  shortName: 'BlobEndpoint',
  holds: 'https://<account>.blob.core.windows.net',
};

function blobEndpoint(fields: ReadonlyMap<string, string>): string | undefined {
  const explicit = fields.get('blobendpoint');
  if (explicit !== undefined) return explicit.replace(/\/$/u, '');
  const account = fields.get('accountname');
  if (account === undefined || !/^[a-z\d]{3,24}$/u.test(account)) return undefined;
  return `https://${account}.blob.${fields.get('endpointsuffix') ?? 'core.windows.net'}`;
}

export const fromString = {
  secret: { capture: 'CS', form: 'connectionString' },
  endpoint: { from: 'connectionString', derive: blobEndpoint, setting },
} as const;

export const fromKey = { secret: { capture: 'KEY', form: 'key' }, endpoint: { from: 'capture' } } as const;

export const connectionString = (key: string): string =>
  `DefaultEndpointsProtocol=https;AccountName=contosophotos;AccountKey=${key};EndpointSuffix=core.windows.net`;
