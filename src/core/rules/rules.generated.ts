// Written by src/dev/generate.ts from the files of this folder; do not edit.
import type { IdentityRule } from './rule.ts';

/** Every identity rule, in the order of file names. */
export const identityRules: readonly IdentityRule[] = [];
