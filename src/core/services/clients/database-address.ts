import { connectionStringFields, parseConnectionString } from '../../formats/connection-string.ts';
import { isPlaceholder } from '../../secrets/placeholder.ts';

const hostFields = ['host', 'server', 'data source', 'datasource', 'addr', 'address'];

/** The host that an address or a connection string names, in lower case. */
export function hostOf(text: string): string | undefined {
  const url = /^[a-z][\w+.-]*:\/\//iu.test(text)
    ? /(?:^[^@]*:\/\/|@)(?<host>[^:/?#@]+)(?:[:/?#][^@]*)?$/u.exec(text)
    : null;
  const words = /(?<![\w.])host(?:addr)?\s*=\s*'?(?<host>[^\s';]+)/iu.exec(text);
  const fields = text.includes(';') ? connectionStringFields(text) : undefined;
  const field = fields && hostFields.map(key => fields.get(key)).find(value => value !== undefined);
  const host = (url ?? (fields === undefined ? words : null))?.groups?.['host'] ?? field;
  return host?.replace(/^tcp:/iu, '').toLowerCase();
}

/**
 * A database's address (`postgres://user:password@host/db`), connection string (`Host=…;Password=…`) or list of words
 * (`host=… password=…`) without the password; `undefined` when it is none of these, or for another host.
 */
export function withoutPassword(text: string, azureHost: RegExp): string | undefined {
  const host = hostOf(text);
  if (host === undefined || !azureHost.test(host)) return undefined;
  const scheme = /^[a-z][\w+.-]*:\/\//iu.exec(text)?.[0];
  if (scheme !== undefined) {
    const at = text.lastIndexOf('@');
    const user = text.slice(scheme.length, at).split(':', 1)[0] ?? '';
    return at === -1 ? text : scheme + user + text.slice(at);
  }
  if (/;/u.test(text)) return withoutFields(text, ['password', 'pwd']);
  return text.replace(/\s*(?<![\w.])password\s*=\s*(?:'(?:\\.|[^'\\])*'|\S+)/iu, '').trimStart();
}

/** A connection string without some of its fields, named in lower case. */
export function withoutFields(text: string, names: readonly string[]): string {
  let rest = text;
  for (const { name, whole } of parseConnectionString(text).reverse()) {
    if (names.includes(name)) rest = rest.slice(0, whole.start) + rest.slice(whole.end);
  }
  return rest;
}

/** Whether a host is one of a service in Azure; several of one line are told apart by commas. */
export interface AzureHost {
  readonly pattern: RegExp;
  /** E.g. `a PostgreSQL server in Azure`. */
  readonly name: string;
  /** Hosts of sovereign clouds, whose tokens are for another audience than the one that the keyless form asks for. */
  readonly sovereign?: RegExp;
}

/** Refuses what is for another host, as far as constants tell. */
export function refuseElsewhere(
  { pattern, name, sovereign }: AzureHost,
  arguments_: readonly string[] = ['HOST', 'host', 'server'],
): (constants: ReadonlyMap<string, string>) => string | undefined {
  return constants => {
    const stated = arguments_.map(argument => constants.get(argument)).find(value => value !== undefined);
    const text = constants.get('CS');
    const host = stated ?? (text === undefined ? undefined : hostOf(text));
    if (host === undefined || isPlaceholder(host)) return undefined;
    if (!pattern.test(host)) {
      return `The host is not ${name}, so it takes no Microsoft Entra token. Keep the password out of the code with an environment variable or Key Vault instead.`;
    }
    return sovereign?.test(host) === true
      ? 'The host is in a sovereign cloud, whose tokens are for an audience of its own. Ask for that scope by hand.'
      : undefined;
  };
}
