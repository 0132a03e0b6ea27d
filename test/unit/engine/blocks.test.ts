import { describe, expect, it } from 'vitest';
import { blocksOf } from '../../../src/core/engine/blocks.ts';
import { rescan, scan } from '../../../src/core/engine/scan.ts';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';

const standIns = createStandIns(81);
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 of a key of so many bits, as long as PKCS 8 makes it, in lines of 64. */
function body(bits: number): string {
  const bytes = Math.round(bits * 0.5625 + 66);
  const text = `MIIJ${standIns.characters(Math.ceil(bytes / 3) * 4 - 4, alphabet)}`;
  return text.replace(/.{64}/gu, '$&\n').trimEnd();
}

interface Form {
  readonly languageId: string;
  /** What stands around the key: lines, or pieces of one long line. */
  readonly filler: (i: number) => string;
  /** A piece of the text with the key; what a scan has to report of it is between « and ». */
  readonly piece: (body: string) => string;
}

const line = (i: number): string => `value_${i}: ${(i * 104_729).toString(36)}\n`;
const piece = (i: number): string => `"value_${i}":"${(i * 104_729).toString(36)}",`;
const forms: Readonly<Record<string, Form>> = {
  'in lines': {
    languageId: 'plaintext',
    filler: line,
    piece: key => `-----BEGIN PRIVATE KEY-----\n«${key}»\n-----END PRIVATE KEY-----\n`,
  },
  'indented, with carriage returns': {
    languageId: 'yaml',
    filler: line,
    piece: key => {
      const lines = `-----BEGIN RSA PRIVATE KEY-----\n«${key}»\n-----END RSA PRIVATE KEY-----`.split('\n');
      return `tls:\r\n  key: |\r\n${lines.map(one => `            ${one}\r\n`).join('')}`;
    },
  },
  'escaped in a single line': {
    languageId: 'json',
    filler: piece,
    piece: key => {
      const escaped = key.replaceAll('\n', String.raw`\n`);
      return String.raw`"key":"-----BEGIN PRIVATE KEY-----\n«${escaped}»\n-----END PRIVATE KEY-----\n",`;
    },
  },
  'in base64, in a single line': {
    languageId: 'json',
    filler: piece,
    piece: key => {
      const pem = `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n`;
      return `"tls_key":"«${Buffer.from(pem).toString('base64')}»",`;
    },
  },
};

function fill(filler: Form['filler'], from: number, length: number): string {
  let text = '';
  for (let i = from; text.length < length; i++) text += filler(i);
  return text;
}

/** Where the key of `text` lies, and the text without the marks. */
function unmarked(text: string): { text: string; span: { start: number; end: number } } {
  const start = text.indexOf('«');
  const end = text.indexOf('»') - 1;
  return { text: text.replace(/[«»]/gu, ''), span: { start, end } };
}

describe('a private key across the border of two blocks is found whole', () => {
  const sizes = [2048, 4096, 8192, 16_384] as const;
  const cases = Object.keys(forms).flatMap(name => sizes.map(bits => [bits, name] as const));

  it.each(cases)('%s bits, %s', { timeout: 120_000 }, (bits, name) => {
    const { languageId, filler, piece } = forms[name]!;
    const steps = 120;
    const crossed = new Set<'before' | 'early' | 'middle' | 'late' | 'after'>();
    const after = fill(filler, 50_000, 30_000);
    for (let step = 0; step < steps; step++) {
      const key = piece(body(bits));
      // The first border is somewhere from 24 to 40 thousand characters on: soon, where there are lines to cut at.
      const most = languageId === 'json' ? 17_000 : 800;
      const before = fill(filler, step, 24_576 - key.length - 400 + ((key.length + 400 + most) * step) / steps);
      const { text, span } = unmarked(before + key + after);
      const document = { uri: 'f', languageId, text };
      const border = [...blocksOf(text)][0]!.end;
      const share = (border - span.start) / (span.end - span.start);
      crossed.add(
        share <= 0 ? 'before' : share < 0.3 ? 'early' : share < 0.7 ? 'middle' : share < 1 ? 'late' : 'after',
      );
      const findings = scan(document);
      expect(findings.map(({ ruleId }) => ruleId)).toEqual(['private-key']);
      expect(findings[0]!.span).toEqual(span);
      const state = rescan({ ...document, text: `x${text}` }, undefined);
      expect(rescan(document, state).findings).toEqual(findings);
    }
    expect([...crossed].sort()).toEqual(['after', 'before', 'early', 'late', 'middle']);
  });

  it('a PFX bundle of sixteen thousand characters', { timeout: 60_000 }, () => {
    const bundle = `MIIvRgIBAzCC${standIns.characters(16_000, alphabet)}`;
    const after = fill(piece, 50_000, 30_000);
    for (let step = 0; step < 40; step++) {
      const before = fill(piece, step, 8_000 + step * 800);
      const { text, span } = unmarked(`${before}"pfx":"«${bundle}»",${after}`);
      const findings = scan({ uri: 'f', languageId: 'json', text });
      expect(findings.map(({ ruleId }) => ruleId)).toEqual(['pkcs12-certificate']);
      expect(findings[0]!.span).toEqual(span);
    }
  });
});
