import type { Match } from './match.ts';

/** Whether a construct's client awaits its credential. */
export function needsAsync(match: Match): boolean {
  return /\.aio(?:\.|$)/u.test(match.module) || match.compiled.migration.asyncCredential === true;
}
