import { createHash } from 'node:crypto';

/** The same name gives the same GUID on every machine, so that nothing in the demo is a literal to look after. */
export function guidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), '4' + hex.slice(13, 16), 'a' + hex.slice(17, 20), hex.slice(20, 32)].join(
    '-',
  );
}
