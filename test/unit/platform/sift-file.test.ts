import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { languageOfPath } from '../../../src/core/engine/language-of-path.ts';
import { rescan } from '../../../src/core/engine/scan.ts';
import { mayBeSplit } from '../../../src/core/engine/split-secrets.ts';
import { siftFile } from '../../../src/platform/sift-file.ts';
import { encodeFile, type TextEncoding } from '../../../src/platform/text-encoding.ts';
import { corpus } from '../../corpus/corpus.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'keyless-sift-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Lines of words that no rule knows, of about so many characters. */
function filler(length: number, word: string): string {
  return `${`${word} ipsum dolor sit amet\n`.repeat(Math.ceil(length / (word.length + 22))).slice(0, length)}\n`;
}

/** What sifting says of a file against what a scan of its text says; empty when it is the same. */
function differenceIn(path: string, text: string, encoding: TextEncoding = 'utf8'): string {
  const absolutePath = join(root, path);
  mkdirSync(dirname(absolutePath), { recursive: true });
  writeFileSync(absolutePath, encodeFile({ text, encoding }));
  const verdict = siftFile({ absolutePath, named: false, maxBytes: 20_000_000 }, { cwd: root, top: root });
  const document = { uri: path, languageId: languageOfPath(path), text, path };
  const state = rescan(document, undefined, { keepSuppressed: true });
  const name = ({ ruleId, span }: { ruleId: string; span: { start: number; end: number } }): string =>
    `${ruleId} ${span.start}-${span.end}`;
  const scanned = mayBeSplit(document, state) ? 'to be parsed' : state.findings.map(name).join('\n');
  // In what is binary a scan finds nothing either.
  const found = typeof verdict === 'number' || verdict.kind === 'skipped' ? [] : verdict.findings;
  const sifted = found?.map(name).join('\n') ?? 'to be parsed';
  return sifted === scanned ? '' : `${path}: ${sifted} instead of ${scanned}`;
}

const entries = corpus().filter(
  ({ path, text }) => !/\p{Cs}/u.test(text) && !text.startsWith('\uFEFF') && !/[\0\r]/u.test(path),
);
const some = entries.filter((_entry, i) => i % 11 === 0);
/** Nothing but names that are told apart by more than letter case, and by folders. */
const placed = (i: number, path: string): string => `${i}/${path}`;

describe('sifting a file', () => {
  it('says of every text what a scan of it says', { timeout: 120_000 }, () => {
    const differences = entries.map(({ path, text }, i) => differenceIn(placed(i, path), text));
    expect(differences.filter(Boolean)).toEqual([]);
  });

  it.each([
    ['', 'lorem', 'utf8'],
    ['with characters beyond ASCII', 'lörem — 💡', 'utf8'],
    ['after a byte order mark', 'lorem', 'utf8bom'],
    ['in UTF-16', 'lorem', 'utf16le'],
    ['in no Unicode at all', 'l\u00e4rem', 'latin1'],
  ] as const)(
    'finds in long files, wherever they are cut, what a scan finds %s',
    { timeout: 120_000 },
    (_what, word, encoding) => {
      const differences = some
        .filter(({ text }) => encoding !== 'latin1' || /^[\0-\u00FF]*$/u.test(text))
        .flatMap(({ path, text }, i) => {
          // Across the end of a stretch, and right after one.
          const before = 65_536 - ((i * 37) % (text.length + 200));
          const long = filler(before, word) + text + filler(20_000, word);
          return [
            differenceIn(placed(i, `long/${path}`), long, encoding),
            differenceIn(placed(i, `later/${path}`), filler(70_000, word) + long, encoding),
          ];
        });
      expect(differences.filter(Boolean)).toEqual([]);
    },
  );

  it('finds where bytes that go on with a character begin a file or fill it', () => {
    const { text } = some.find(({ expected }) => expected.length > 0) ?? { text: '' };
    for (const begin of ['\u00ab', '\u0080'.repeat(300_000)]) {
      const long = `${begin}${text}${filler(150_000, 'l\u00e4rem')}`;
      expect(differenceIn('begun.txt', long, 'latin1')).toBe('');
      expect(differenceIn('begun.txt', `${filler(100_000, 'lorem')}${long}`, 'latin1')).toBe('');
    }
  });

  it('leaves a file that is no text to others, and one that nobody wrote by hand', () => {
    expect(differenceIn('a.js', `var a=${'b('.repeat(30_000)}`)).toBe('');
    expect(differenceIn('b.js', `var ü=${'b('.repeat(30_000)}`)).toBe('');
  });
});
