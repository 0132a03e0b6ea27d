import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blocksOf } from '../../../src/core/engine/blocks.ts';
import { wordsIn } from '../../../src/core/engine/formats.ts';
import { rescan, rescanAsync, scan, type ScanState } from '../../../src/core/engine/scan.ts';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';

const standIns = createStandIns(71);
/** Lines of which some hold a secret, some the evidence that another one needs, some a directive, and most nothing. */
const kinds: readonly (() => string)[] = [
  () => `conn = "AccountName=contoso;AccountKey=${standIns.legacyKey64()};EndpointSuffix=core.windows.net"`,
  () => `db = "Server=contoso.database.windows.net;User ID=app;Password=${standIns.password()}"`,
  () => `cosmos_key = "${standIns.legacyKey64()}"`,
  () => 'endpoint = "https://contoso.documents.azure.com:443/"',
  () => '# keyless-ignore -- made up',
  () => '# keyless-ignore-file azure-sql-password -- made up',
  () => 'text = "\\u002B&#43;&amp;" + "more"',
  () => '',
];
const filler = (i: number): string =>
  `value_${i} = compute(${i * 7919}, "${(i * 104729).toString(36)}")  # nothing to see`;

/** Plants a line in every `every` lines. */
function sample(lines: number, every: number, newline = '\n'): string {
  return Array.from({ length: lines }, (_, i) =>
    i % every === 3 ? (kinds[((i / every) % 4) | 0]?.() ?? '') : filler(i),
  ).join(newline);
}

const now = new Date('2026-01-01');
const document = (text: string, languageId = 'python') => ({ uri: 'f.py', languageId, text });

function expectSame(state: ScanState): void {
  expect(state.findings).toEqual(scan(state.document, { now }));
}

interface Edit {
  readonly at: number;
  readonly remove: number;
  readonly kind: number;
  readonly typed: string;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.oneof(fc.nat(3), fc.nat(300), fc.constant(9000)),
  kind: fc.nat(kinds.length * 2),
  typed: fc.string({ unit: 'binary', maxLength: 12 }),
});

function apply(text: string, { at, remove, kind, typed }: Edit): string {
  const place = Math.floor(at * text.length);
  const planted = kinds[kind]?.();
  return text.slice(0, place) + (planted === undefined ? typed : `\n${planted}\n`) + text.slice(place + remove);
}

describe('a scan that goes on from the one before finds what a full scan finds', () => {
  it.each([
    ['a file of one block', sample(60, 9), 60],
    ['a file of many blocks', sample(1800, 12), 25],
    ['one long line', sample(1500, 20, '; '), 20],
    ['lines that are all the same', 'x = 1\n'.repeat(20_000), 10],
  ])('%s', (_what, text, numRuns) => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), fc.boolean(), (edits, markup) => {
        const languageId = markup ? 'xml' : 'python';
        let state = rescan(document(text, languageId), undefined, { now });
        for (const change of edits) {
          state = rescan(document(apply(state.document.text, change), languageId), state, { now });
          expectSame(state);
        }
      }),
      { numRuns },
    );
  });

  it('evidence comes and goes far from the secret that needs it', () => {
    const [secret, host] = [`cosmos_key = "${standIns.legacyKey64()}"`, 'url = "https://contoso.documents.azure.com/"'];
    const between = Array.from({ length: 1500 }, (_, i) => filler(i)).join('\n');
    const without = rescan(document(`${secret}\n${between}\n`), undefined, { now });
    const withHost = rescan(document(`${secret}\n${between}\n${host}\n`), without, { now });
    expect(withHost.findings.map(({ severity }) => severity)).toEqual(['error']);
    expectSame(withHost);
    const again = rescan(without.document, withHost, { now });
    expect(again.findings).toEqual(without.findings);
    expect(again.findings).not.toEqual(withHost.findings);
  });

  it('another text, language or time is no hindrance', () => {
    const state = rescan(document(sample(900, 10)), undefined, { now });
    expectSame(rescan(document(sample(700, 11)), state, { now }));
    expectSame(rescan(document(state.document.text, 'xml'), state, { now }));
    const later = new Date('2031-01-01');
    expect(rescan(state.document, state, { now: later }).findings).toEqual(scan(state.document, { now: later }));
    expect(rescan(document(''), state, { now }).findings).toEqual([]);
  });

  it('shifts what it does not look at again', () => {
    const text = sample(3000, 12);
    const state = rescan(document(text), undefined, { now });
    const next = rescan(document(`${text.slice(0, 100)}!${text.slice(100)}`), state, { now });
    const kept = next.blocks.filter(({ candidates }) => state.blocks.some(old => old.candidates === candidates));
    expect(next.blocks.length).toBeGreaterThan(6);
    expect(kept.length).toBeGreaterThanOrEqual(next.blocks.length - 2);
    expectSame(next);
  });

  it('pauses and can be stopped', async () => {
    const state = rescan(document(sample(3000, 12)), undefined, { now });
    const next = document(`# a\n${state.document.text}`);
    const whole = await rescanAsync(next, state, { now, yieldEvery: 0 });
    expect(whole?.findings).toEqual(scan(next, { now }));
    const abort = new AbortController();
    const stopped = rescanAsync(next, undefined, { now, yieldEvery: 0, signal: abort.signal });
    abort.abort();
    expect(await stopped).toBeUndefined();
  });
});

it('is the same with the bytes at hand, whatever characters stand between', () => {
  const between = fc.array(fc.constantFrom('é', '€', '😀', 'x', '\n'), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1200 }), between, (lines, characters) => {
      const odd = characters.join('');
      const text = sample(lines, 9)
        .split('\n')
        .map(line => `${line} # ${odd}`)
        .join('\n');
      const utf8 = new TextEncoder().encode(text);
      const withBytes = rescan(document(text), undefined, { now, utf8 });
      expect(withBytes.findings).toEqual(scan(document(text), { now }));
      for (const { window, hits } of withBytes.blocks) expect(hits).toEqual(wordsIn(window));
    }),
    { numRuns: 25 },
  );
});

describe('blocks', () => {
  const texts = fc.oneof(
    fc.array(fc.string({ maxLength: 200 }), { maxLength: 800 }).map(lines => lines.join('\n')),
    fc.nat(200_000).map(length => 'ab'.repeat(length)),
    fc.constant(sample(2000, 12, '; ')),
  );
  it('follow each other without a gap, and none is large', () => {
    fc.assert(
      fc.property(texts, text => {
        let position = 0;
        for (const { start, end } of blocksOf(text)) {
          expect(start).toBe(position);
          expect(end).toBeGreaterThan(start);
          expect(end - start).toBeLessThanOrEqual(40 * 1024);
          position = end;
        }
        expect(position).toBe(text.length);
      }),
      { numRuns: 60 },
    );
  });
});
