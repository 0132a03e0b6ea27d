import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { secretDigest, secretNumbers } from '../../../src/core/engine/duplicates.ts';
import type { SourceDocument } from '../../../src/core/engine/finding.ts';
import { scan } from '../../../src/core/engine/scan.ts';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';

const standIns = createStandIns(77);
const key = standIns.storageAccountKey();
const connection = (value: string) =>
  `DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=${value};EndpointSuffix=core.windows.net`;

function digests(document: SourceDocument, salt: string): string[] {
  return scan(document).map(finding => secretDigest(document, finding, salt));
}

const plain = { uri: 'a.txt', languageId: 'plaintext', text: connection(key) };

describe('the digest of a secret', () => {
  it('is the same in every file and notation', () => {
    const escaped = connection(key).replaceAll('=', '\\u003d').replaceAll('+', '\\u002B').replaceAll('/', '\\/');
    const json = { uri: 'b.json', languageId: 'json', text: `{ "storage": "${escaped}" }` };
    const xml = { uri: 'c.xml', languageId: 'xml', text: `<add value="${connection(key.replaceAll('+', '&#43;'))}"/>` };
    const [expected] = digests(plain, 'salt');
    expect(expected).toMatch(/^[0-9a-f]{32}$/);
    expect(digests(json, 'salt')).toEqual([expected]);
    expect(digests(xml, 'salt')).toEqual([expected]);
  });

  it('differs between secrets and between salts', () => {
    const other = { ...plain, text: connection(standIns.storageAccountKey()) };
    const all = [...digests(plain, 'one'), ...digests(other, 'one'), ...digests(plain, 'two')];
    expect(new Set(all).size).toBe(3);
  });

  it('holds no part of the secret', () => {
    const [digest = ''] = digests(plain, 'salt');
    expect(key).not.toContain(digest.slice(0, 6));
  });
});

describe('the numbers of secrets', () => {
  it('count from 1 in the order of first sight and stay', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c', 'd')), asked => {
        const numberOf = secretNumbers();
        const inOrder = [...new Set(asked)];
        expect(asked.map(numberOf)).toEqual(asked.map(digest => inOrder.indexOf(digest) + 1));
      }),
    );
  });
});
