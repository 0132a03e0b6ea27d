/** Host names of Azure SQL in every cloud, with a private link or without; the first group is the server. */
export const azureSqlHost =
  /(?<![a-z0-9-])([a-z0-9-]+)\.(?:[a-z0-9-]+\.)?database\.(?:windows\.net|usgovcloudapi\.net|chinacloudapi\.cn|cloudapi\.de)/iu;
/** Names of the field that says which server it is. */
export const serverKeys = [
  'server',
  'data source',
  'datasource',
  'addr',
  'address',
  'network address',
  'host',
  'servername',
];
export const userKeys = ['user id', 'uid', 'user', 'username'];

/** The first of several fields that is there. */
export function first(values: ReadonlyMap<string, string>, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = values.get(key);
    if (value !== undefined) return value;
  }
  return undefined;
}
