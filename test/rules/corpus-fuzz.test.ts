import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { secretNumbers } from '../../src/core/engine/duplicates.ts';
import type { Finding, SourceDocument } from '../../src/core/engine/finding.ts';
import { ruleById, rules } from '../../src/core/engine/rules.ts';
import { scan, scanAsync } from '../../src/core/engine/scan.ts';
import { rulePage } from '../../src/core/report/rule-page.ts';
import { sarifReport } from '../../src/core/report/sarif.ts';
import { messageOf, reportFile, type ScanReport } from '../../src/core/report/scan-report.ts';
import { textReport } from '../../src/core/report/scan-text.ts';
import { decodeFile, encodeFile, type TextEncoding } from '../../src/platform/text-encoding.ts';
import { corpus } from '../corpus/corpus.ts';

const entries = corpus();
const positives = entries.filter(({ expected }) => expected.length > 0);
const languageIds = [...new Set(entries.map(({ languageId }) => languageId))];
const explanations = rules().map(rulePage).join('\n');

const entry = fc.oneof(fc.constantFrom(...positives), fc.constantFrom(...entries));

/** Text that breaks what reads it: halves of surrogate pairs, NULs, marks, unfinished escapes, quotes, floods. */
const junk = fc.oneof(
  fc.constantFrom(
    '\0', '\uD83D', '\uDD11', '\uFEFF', '\uFFFD', '\u2028', '\u0085', '\uE022', '\uE027', '\r', '\r\n', '\n', '\t',
    '\\', '\\u', '\\u00', '\\u{', '\\x', '&', '&#', '&#x', '&#99999999;', '&quot', '&quot;', '"', "'", '`', '""', "''", '"""', '"+"',
    '${', '}', '{{', '%', '%%', '$(', '<', '>', '-->', '<!--', '<![CDATA[', ']]>', ';', '=', '==', ':', ',', '/*', '*/', '//', '#',
    'Password=', 'AccountKey=', 'sig=', '@"', 'f"', '//keyless-ignore', 'JQQJ99', '8Q~',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.tuple(fc.constantFrom('A', ' ', '=', '\\', '"', '&', '%41', 'a.', '+/', '\n', 'key='), fc.integer({ min: 1, max: 6000 })).map(([text, count]) => text.repeat(count)),
);

type Change = (text: string) => string;
const place = fc.double({ min: 0, max: 1, noNaN: true });
const at = (text: string, share: number): number => Math.floor(share * text.length);

const change: fc.Arbitrary<Change> = fc.oneof(
  place.map(share => (text: string) => text.slice(0, at(text, share))),
  place.map(share => (text: string) => text.slice(at(text, share))),
  fc.tuple(place, junk).map(([share, extra]) => (text: string) => text.slice(0, at(text, share)) + extra + text.slice(at(text, share))),
  fc.tuple(place, fc.integer({ min: 1, max: 12 })).map(([share, count]) => (text: string) => text.slice(0, at(text, share)) + text.slice(at(text, share) + count)),
  fc.constant((text: string) => text.replaceAll('\n', ' ')),
  fc.constant((text: string) => text.replaceAll('\n', '\r')),
  fc.constant((text: string) => JSON.stringify(text)),
  fc.constant((text: string) => text + text),
  entry.map(other => (text: string) => text + other.text),
);

describe('whatever becomes of a text', () => {
  it('findings lie in it, in order and apart, and nothing that is said of them holds their secret', async () => {
    let found = 0;
    await fc.assert(
      fc.asyncProperty(entry, fc.array(change, { maxLength: 4 }), fc.option(fc.constantFrom(...languageIds), { nil: undefined }), async (start, changes, language) => {
        const text = changes.reduce((current, apply) => apply(current).slice(0, 60_000), start.text);
        const document = { uri: 'f', languageId: language ?? start.languageId, text };
        const findings = scan(document);
        found += findings.length;
        expectSound(document, findings);
        if (text.length > 40_000) expect(await scanAsync(document, { yieldEvery: 0 })).toEqual(findings);
      }),
      { numRuns: 1500, seed: 11 },
    );
    expect(found).toBeGreaterThan(1000);
  }, 60_000);

  it('cut off at any place of a secret or beside it', () => {
    for (const { text, languageId, expected } of positives.filter((_entry, i) => i % 7 === 0)) {
      const secret = expected[0]?.span;
      if (secret === undefined) continue;
      for (let cut = secret.start - 2; cut <= secret.end + 2; cut += 3) {
        const before = { uri: 'f', languageId, text: text.slice(0, cut) };
        expectSound(before, scan(before));
        const after = { uri: 'f', languageId, text: text.slice(cut) };
        expectSound(after, scan(after));
      }
    }
  });

  it('in one very long line: secrets far apart are found, however long the line', () => {
    const filler = 'lorem ipsum '.repeat(9000);
    const chosen = positives.filter(({ path, text }) => path === '.env' && text.split('\n').length <= 4).slice(0, 12);
    expect(chosen.length).toBeGreaterThan(5);
    for (const { text, languageId, expected, id } of chosen) {
      const document = { uri: 'f', languageId, text: `${filler}\n${text}${filler}` };
      const findings = scan(document);
      expectSound(document, findings);
      expect(findings.map(({ span }) => span), id).toEqual(
        expected.map(({ span }) => ({ start: span.start + filler.length + 1, end: span.end + filler.length + 1 })),
      );
    }
  });
});

describe('however a text is stored', () => {
  const encodings: readonly TextEncoding[] = ['utf8', 'utf8bom', 'utf16le', 'utf16be'];
  it.each(encodings)('%s: the same is found', encoding => {
    for (const { path, languageId, text } of entries.filter((_entry, i) => i % 5 === 0)) {
      if (text.includes('\0')) continue;
      const stored = decodeFile(encodeFile({ text, encoding }));
      expect(stored).toEqual({ text, encoding });
      expect(scan({ uri: path, languageId, text: stored?.text ?? '' })).toEqual(scan({ uri: path, languageId, text }));
    }
  });
  it('latin1: the same is found', () => {
    for (const { path, languageId, text } of positives.filter((_entry, i) => i % 5 === 0)) {
      if (/[^\0-\xFF]/u.test(text)) continue;
      const commented = `# caf\u00E9\n${text}`;
      const stored = decodeFile(encodeFile({ text: commented, encoding: 'latin1' }));
      expect(stored?.encoding).toBe('latin1');
      expect(scan({ uri: path, languageId, text: stored?.text ?? '' })).toEqual(scan({ uri: path, languageId, text: commented }));
    }
  });
  it('broken bytes and halves of characters do no harm', () => {
    fc.assert(
      fc.property(entry, fc.constantFrom(...encodings), fc.array(fc.tuple(place, fc.integer({ min: 0, max: 255 })), { maxLength: 6 }), place, (start, encoding, damage, share) => {
        const whole = Buffer.from(encodeFile({ text: start.text, encoding }));
        for (const [where, byte] of damage) whole[Math.min(whole.length - 1, Math.floor(where * whole.length))] = byte;
        const bytes = share > 0.5 ? whole.subarray(0, Math.floor(share * whole.length)) : whole;
        const text = decodeFile(bytes)?.text;
        if (text === undefined) return;
        const document = { uri: 'f', languageId: start.languageId, text };
        expectSound(document, scan(document));
      }),
      { numRuns: 1500, seed: 12 },
    );
  });
});

function expectSound(document: SourceDocument, findings: readonly Finding[]): void {
  let last = 0;
  for (const { span } of findings) {
    expect(span.start).toBeGreaterThanOrEqual(last);
    expect(span.end).toBeGreaterThan(span.start);
    last = span.end;
  }
  expect(last).toBeLessThanOrEqual(document.text.length);
  if (findings.length === 0) return;
  const said = everythingSaid(document, findings);
  for (const { span, ruleId } of findings) {
    // What is underlined as a mistake is code and may be named.
    if (ruleById(ruleId)?.kind === 'mistake') continue;
    const secret = document.text.slice(span.start, span.end);
    // What is left of a cut password can be a word of the message.
    if (secret.length >= 8) expect(said.includes(secret) || said.includes(JSON.stringify(secret).slice(1, -1))).toBe(false);
  }
}

/** All that leaves the product about these findings. */
function everythingSaid(document: SourceDocument, findings: readonly Finding[]): string {
  const reported = reportFile(
    { file: document.uri, languageId: document.languageId, text: document.text, findings: findings.map(finding => ({ finding, fixes: [] })) },
    { salt: 'salt', numberOf: secretNumbers() },
  );
  const report: ScanReport = {
    tool: { name: 'keyless', version: '0.0.0' },
    findings: reported,
    summary: { files: 1, bytes: document.text.length, skipped: 0, suppressed: 0, baselined: 0, stale: 0, milliseconds: 0 },
  };
  return [
    ...findings.map(messageOf),
    ...findings.map(({ messageArgs }) => Object.values(messageArgs).join('\n')),
    JSON.stringify(report),
    textReport(report, true),
    JSON.stringify(
      sarifReport(
        report.tool,
        reported.map(finding => ({ finding })),
        rules(),
        { complete: true },
      ),
    ),
    explanations,
  ].join('\n');
}
