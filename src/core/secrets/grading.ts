import type { CredentialMatch, Grade } from '../services/service.ts';
import { hasValidHisChecksum } from './checksums.ts';
import { alphanumeric, hex } from './alphabets.ts';
import { endOfRun, longRun } from './long-runs.ts';
import { isFiller } from './placeholder.ts';
import { isEmulatorKey } from './well-known.ts';

/** Grades and hints shared by the catalogue's credential formats. */

/** Ends of base64 texts as long as keys of 64 and 32 bytes; hexadecimal texts of 16 bytes. */
export const endOf64Bytes = endOfRun(`${alphanumeric}+/`, 86, '==');
export const endOf32Bytes = endOfRun(`${alphanumeric}+/`, 43, '=');
export const sixteenBytesInHex = longRun(`${hex}ABCDEF`, 32);

/**
 * A key whose signature alone gives it away: with a valid checksum it is certain; without one it was altered, or
 * made up for an example.
 */
export function gradeChecksum(secret: string, valid: boolean, args?: Grade['args']): Grade | undefined {
  if (valid) return { severity: 'error', confidence: 'high', args: { ...args } };
  if (isFiller(secret)) return undefined;
  return {
    severity: 'warning',
    confidence: 'medium',
    args: { ...args, note: 'its checksum does not fit: altered, or an example' },
  };
}

export function gradeHis(match: CredentialMatch, seeds: readonly string[], args?: Grade['args']): Grade | undefined {
  return gradeChecksum(match.secret, hasValidHisChecksum(match.secret, seeds), args);
}

const signature = /^(?:.{76}(?:\+ASt|ACDb|\+ABa|\+AMC|APIM)|.{33}(?:\+A(?:Sb|Eh|Rm)|AIoT|AzCa|AZEG)[A-P])/u;

/** Whether a value can be a key from before signatures. One with a signature is judged by its checksum instead. */
export function isPlausibleLegacyKey(secret: string): boolean {
  return !isFiller(secret) && !signature.test(secret) && !isEmulatorKey(secret);
}

const localHost =
  /^(?:127(?:\.\d{1,3}){3}|\[?::1\]?|0\.0\.0\.0|\.|\(local\)|\(localdb\)|[\w-]+|[\w.-]+\.(?:local|localhost|test|example|invalid|internal))(?:[\\:,].*)?$/iu;

/** Whether a host is this machine, a container beside it, or reserved for documentation. */
export function isLocalHost(host: string): boolean {
  return localHost.test(host.trim()) || /^(?:[\w-]+\.)?example\.(?:com|org|net)(?:[:,]|$)/iu.test(host.trim());
}

/** `2025-01-31` when the time is in the past of `now`. Takes ISO 8601 or seconds since 1970. */
export function expiredOn(expiry: string | undefined, now: Date): string | undefined {
  if (expiry === undefined) return undefined;
  const time = /^\d{9,11}$/u.test(expiry) ? Number(expiry) * 1000 : Date.parse(expiry);
  return Number.isNaN(time) || time >= now.getTime() ? undefined : new Date(time).toISOString().slice(0, 10);
}
