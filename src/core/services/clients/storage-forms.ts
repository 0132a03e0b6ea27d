import type { ClientMigration, SettingName } from '../service.ts';

/** What the services of a storage account are called in its host names and connection strings. */
export type StorageHost = 'blob' | 'queue' | 'table' | 'file' | 'dfs';

const accountName = /^[a-z\d]{3,24}$/u;

/**
 * Address of one service of the account that a connection string is for, without a `/` at the end.
 * @param fields keys in lower case
 */
export function storageEndpoint(host: StorageHost, fields: ReadonlyMap<string, string>): string | undefined {
  const explicit = fields.get(`${host}endpoint`)?.replace(/\/$/u, '');
  if (explicit !== undefined) return explicit;
  // Data Lake Storage is the blob service under another name, and connection strings name that one.
  const blob = host === 'dfs' ? fields.get('blobendpoint')?.replace(/\/$/u, '') : undefined;
  if (blob !== undefined) return /\.blob\./u.test(blob) ? blob.replace('.blob.', '.dfs.') : undefined;
  const account = fields.get('accountname');
  if (account === undefined || !accountName.test(account)) return undefined;
  return `https://${account}.${host}.${fields.get('endpointsuffix') ?? 'core.windows.net'}`;
}

/** A client that takes a connection string of the storage account. */
export function fromStorageString(
  host: StorageHost,
  setting: SettingName,
): Pick<ClientMigration, 'secret' | 'endpoint'> {
  return {
    secret: { capture: 'CS', form: 'connectionString' },
    endpoint: { from: 'connectionString', derive: fields => storageEndpoint(host, fields), setting },
  };
}

/** A client that takes an address and the account's key. */
export const fromStorageKey = { secret: { capture: 'KEY', form: 'key' }, endpoint: { from: 'capture' } } as const;

/** How Python clients take an account key, and what must be imported for that. */
export const pythonStorageKeys = [
  ['$KEY', ''],
  ['{"account_name": $ACCOUNT, "account_key": $KEY}', ''],
  ['AzureNamedKeyCredential($ACCOUNT, $KEY)', 'from azure.core.credentials import AzureNamedKeyCredential\n'],
] as const;

export function storageConnectionString(account: string, key: string): string {
  return `DefaultEndpointsProtocol=https;AccountName=${account};AccountKey=${key};EndpointSuffix=core.windows.net`;
}
