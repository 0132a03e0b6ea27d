const localHosts =
  /^(?:https?:\/\/|sb:\/\/)?(?:localhost|127\.0\.0\.1|\[::1\]|host\.docker\.internal|azurite)(?=[:/]|$)/iu;

/** Whether a connection string's fields address a local emulator, which accepts no token. */
export function isEmulator(fields: ReadonlyMap<string, string>): boolean {
  if (fields.get('usedevelopmentstorage')?.toLowerCase() === 'true') return true;
  if (fields.get('usedevelopmentemulator')?.toLowerCase() === 'true') return true;
  if (fields.get('accountname')?.toLowerCase() === 'devstoreaccount1') return true;
  return [...fields.values()].some(isLocalAddress);
}

export function isLocalAddress(value: string): boolean {
  return localHosts.test(value) || value.includes('/devstoreaccount1');
}
