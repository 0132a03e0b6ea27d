import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { decodeText } from '../secrets/decoded-text.ts';
import type { Finding, SourceDocument } from './finding.ts';
import { ruleById } from './rules.ts';

/**
 * Keyed digest of the secret that a finding stands on, in lower-case hexadecimal: equal for one secret however each file
 * escapes it, and of no use to whoever lacks the salt. A mistake that is no embedded secret is like no other. `salt`: random, made anew for each run and never written down.
 */
export function secretDigest(
  document: SourceDocument,
  finding: Pick<Finding, 'span' | 'ruleId'>,
  salt: string,
): string {
  const { text } =
    ruleById(finding.ruleId)?.kind === 'mistake'
      ? { text: JSON.stringify([document.uri, finding.ruleId, finding.span.start]) }
      : decodeText(document.text, finding.span, document.languageId);
  return bytesToHex(hmac(sha256, utf8ToBytes(salt), utf8ToBytes(text))).slice(0, 32);
}

/** Numbers secrets from 1 in the order in which their digests are first asked for. */
export function secretNumbers(): (digest: string) => number {
  const numbers = new Map<string, number>();
  return digest => {
    const known = numbers.get(digest);
    if (known !== undefined) return known;
    numbers.set(digest, numbers.size + 1);
    return numbers.size;
  };
}
