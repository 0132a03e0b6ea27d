import type { CredentialMatch, CredentialPattern, Grade } from '../services/service.ts';
import { hasValidCaskChecksum } from './checksums.ts';
import { gradeChecksum, isPlausibleLegacyKey } from './grading.ts';

export interface ConnectionStringKey {
  /** The key that names the secret; letter case does not count. */
  readonly key: string;
  /** Source of an expression for the secret, in which it does not either. */
  readonly value: string;
  /** Keys, in lower case, that hold the endpoint. */
  readonly endpoint: readonly string[];
  /** The service's hosts; its first group is the resource's name. */
  readonly host: RegExp;
  /** Says no where several services share hosts. */
  readonly claims?: (match: CredentialMatch) => boolean;
  readonly args: (name: string, values: ReadonlyMap<string, string>) => NonNullable<Grade['args']>;
}

/** A key of a connection string whose endpoint, anywhere in it, is one of the service's. */
export function connectionStringKey(form: ConnectionStringKey): CredentialPattern {
  return {
    begins: [form.key.toLowerCase()],
    regex: new RegExp(`(?<![\\w-])${form.key}\\s{0,4}=\\s{0,4}["']?(?<secret>${form.value})(?![A-Z0-9+/=])`, 'dgiu'),
    grade(match) {
      const { values } = match.connectionString();
      if (isEmulator(values)) return undefined;
      const endpoint = form.endpoint.map(key => values.get(key)).find(value => value !== undefined) ?? '';
      const name = form.host.exec(endpoint)?.[1];
      if (name === undefined || form.claims?.(match) === false) return undefined;
      const args = form.args(name, values);
      if (/^[A-Za-z0-9]{52}JQQJ9/u.test(match.secret))
        return gradeChecksum(match.secret, hasValidCaskChecksum(match.secret), args);
      return isPlausibleLegacyKey(match.secret) ? { severity: 'error', confidence: 'medium', args } : undefined;
    },
  };
}

export function isEmulator(values: ReadonlyMap<string, string>): boolean {
  return values.get('usedevelopmentemulator')?.toLowerCase() === 'true';
}

/** The text around a match, `reach` characters to each side. */
export function around(match: CredentialMatch, reach: number): string {
  return match.text.slice(Math.max(0, match.span.start - reach), match.span.end + reach);
}

/** The resource's name where one of the service's hosts is near. */
export function hostNear(match: CredentialMatch, host: RegExp, reach = 300): string | undefined {
  return host.exec(around(match, reach))?.[1];
}
