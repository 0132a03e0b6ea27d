/** Fields of `Key=value;Key=value`, keys in lower case without spaces around; the first of equal keys wins. */
export function connectionStringFields(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const part of text.split(';')) {
    const equals = part.indexOf('=');
    if (equals <= 0) continue;
    const key = part.slice(0, equals).trim().toLowerCase();
    if (!fields.has(key)) fields.set(key, part.slice(equals + 1).trim());
  }
  return fields;
}

const localHosts =
  /^(?:https?:\/\/|sb:\/\/)?(?:localhost|127\.0\.0\.1|\[::1\]|host\.docker\.internal|azurite)(?=[:/]|$)/iu;

/** Whether the fields address a local emulator, which accepts no token. */
export function isEmulator(fields: ReadonlyMap<string, string>): boolean {
  if (fields.get('usedevelopmentstorage')?.toLowerCase() === 'true') return true;
  if (fields.get('usedevelopmentemulator')?.toLowerCase() === 'true') return true;
  if (fields.get('accountname')?.toLowerCase() === 'devstoreaccount1') return true;
  return [...fields.values()].some(isLocalAddress);
}

export function isLocalAddress(value: string): boolean {
  return localHosts.test(value) || value.includes('/devstoreaccount1');
}
