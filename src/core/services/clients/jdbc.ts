import type { ClientMigration } from '../service.ts';

interface JdbcDatabase {
  /** Addresses that it is about. */
  readonly url: RegExp;
  /** The address with what makes the driver sign in with a token. */
  readonly derive: (url: string) => string;
  /** The call, with `$ENDPOINT` for that address. */
  readonly after: string;
  readonly packages: NonNullable<ClientMigration['packages']>;
  readonly followUps: NonNullable<ClientMigration['followUps']>;
  readonly example: { readonly before: string; readonly after: string };
}

/** `DriverManager.getConnection(url, user, password)`: the address says how to sign in, and nobody needs a password. */
export function jdbcConnection({ url, derive, after, packages, followUps, example }: JdbcDatabase): ClientMigration {
  const file = (call: string): string => `package com.contoso;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

class Orders {
    Connection open() throws SQLException {
        return ${call};
    }
}
`;
  return {
    language: 'java',
    module: 'java.sql',
    package: 'java.sql',
    secret: { capture: 'KEY', form: 'key' },
    onlyWhen: constants => url.test(constants.get('URL') ?? ''),
    endpoint: {
      from: 'connectionString',
      of: 'URL',
      derive: (_fields, text) => (url.test(text) ? derive(text) : undefined),
      setting: { name: 'JDBC_URL', shortName: 'Database', holds: 'jdbc:…', keepsName: true },
    },
    before: 'DriverManager.getConnection($URL, $USER, $KEY)',
    after,
    identityPackage: false,
    packages,
    followUps,
    examples: [
      {
        before: s => file(`DriverManager.getConnection("${example.before}", "orders-api", "${s.password()}")`),
        after: file(after.replace('$ENDPOINT', `"${example.after}"`).replace('$USER', '"orders-api"')),
      },
    ],
  };
}

/** Adds parameters to an address that may have some. */
export function withParameters(url: string, parameters: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}${parameters}`;
}
