import { createHash } from 'node:crypto';
import { createStandIns, type StandIns } from '../../src/core/secrets/stand-ins.ts';

const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const lower = 'abcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';

/** Random-looking values, the same for the same label: what an entry needs is made when the corpus is. */
export interface Values {
  readonly standIns: StandIns;
  bytes(length: number): Buffer;
  /** `count` characters of the alphabet. */
  from(alphabet: string, count: number): string;
  hex(digits: number): string;
  base64(bytes: number): string;
  base64Url(bytes: number): string;
  letters(count: number): string;
  alphanumeric(count: number): string;
  lowerAlphanumeric(count: number): string;
  digits(count: number): string;
  guid(): string;
  pick<T>(list: readonly T[]): T;
  /** What people choose: words, seasons, years, symbols; also a word that scanners take for a placeholder. */
  humanPassword(): string;
  /** At least 16 characters of all four kinds, none of which any of our formats or connection strings escapes. */
  strongPassword(): string;
}

export function valuesFor(label: string): Values {
  let drawn = 0;
  const bytes = (length: number): Buffer =>
    createHash('shake256', { outputLength: length }).update(`${label}\n${drawn++}`).digest();
  const from = (alphabet: string, count: number): string => {
    const random = bytes(count * 2);
    return Array.from({ length: count }, (_, i) => alphabet.charAt(random.readUInt16LE(i * 2) % alphabet.length)).join(
      '',
    );
  };
  const pick = <T>(list: readonly T[]): T => list[bytes(4).readUInt32LE() % list.length]!;
  const values: Values = {
    standIns: createStandIns(bytes(4).readInt32LE()),
    bytes,
    from,
    hex: count =>
      bytes(Math.ceil(count / 2))
        .toString('hex')
        .slice(0, count),
    base64: length => bytes(length).toString('base64'),
    base64Url: length => bytes(length).toString('base64url'),
    letters: count => from(upper + lower, count),
    alphanumeric: count => from(upper + lower + digits, count),
    lowerAlphanumeric: count => from(lower + digits, count),
    digits: count => from(digits, count),
    guid() {
      const hex = values.hex(32);
      const variant = '89ab'.charAt(bytes(1)[0]! % 4);
      return [
        hex.slice(0, 8),
        hex.slice(8, 12),
        `4${hex.slice(13, 16)}`,
        variant + hex.slice(17, 20),
        hex.slice(20),
      ].join('-');
    },
    pick,
    humanPassword: () =>
      pick([
        'Winter',
        'Sommer',
        'Contoso',
        'Welcome',
        'Password',
        'Testing',
        'Example',
        'Secret',
        'Orders',
        'Changeme',
      ]) +
      pick(['!', '-', '_', '.', '@']) +
      pick(['2019', '2024', '123', '4711', '007', '99']) +
      pick(['', 'x', '!', 'Az', 'q7']),
    strongPassword: () =>
      from(upper, 1) +
      values.alphanumeric(6) +
      digits.charAt(bytes(1)[0]! % 10) +
      pick(['!', '-', '_', '.', '*', '~']) +
      values.alphanumeric(6) +
      pick(['x4', 'R7', 'b9', 'Q2']),
  };
  return values;
}
