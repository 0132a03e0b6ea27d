import { sha256Hex } from '../secrets/sha256.ts';

export interface FingerprintInput {
  readonly ruleId: string;
  /** The file, relative to the repository or workspace. */
  readonly path: string;
  /** The finding's line with every secret on it replaced and white space made even. */
  readonly maskedLine: string;
  /** Counts findings that are the same in everything else, from 0 in text order. */
  readonly ordinal: number;
}

/** Names a finding over moved lines; the secret has no part in it, so that nothing can be guessed back from it. */
export function fingerprintOf({ ruleId, path, maskedLine, ordinal }: FingerprintInput): string {
  return sha256Hex(JSON.stringify([ruleId, path, maskedLine, ordinal])).slice(0, 32);
}

/** Computes a fingerprint, or takes it from the previous scan: a digest for each finding is too much for a keystroke. */
export function rememberedFingerprints(
  previous: ReadonlyMap<string, string> | undefined,
  next: Map<string, string>,
): (input: FingerprintInput) => string {
  return input => {
    const key = JSON.stringify(input);
    const fingerprint = previous?.get(key) ?? fingerprintOf(input);
    next.set(key, fingerprint);
    return fingerprint;
  };
}
