import { crc32 as zlibCrc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { describe as describeFinding, ruleById } from '../../src/core/engine/rules.ts';
import { scan } from '../../src/core/engine/scan.ts';
import { rulePage } from '../../src/core/report/rule-page.ts';
import { caskChecksum, hasValidCaskChecksum } from '../../src/core/secrets/checksums.ts';
import { createStandIns } from '../../src/core/secrets/stand-ins.ts';
import { crc32 } from '../../src/core/secrets/third-party/token-format.ts';
import { thirdPartyTokens } from '../../src/core/secrets/third-party/third-party-tokens.ts';
import { measure } from '../corpus/measure.ts';
import { tokensInCarriers } from '../corpus/positives/other-providers.ts';

const standIns = createStandIns(31);
const find = (text: string, languageId = 'plaintext') =>
  scan({ uri: 'f', languageId, text }).map(({ ruleId, severity, confidence, span }) => ({
    ruleId,
    severity,
    confidence,
    at: text.slice(span.start, span.end),
  }));
const token = (id: string): string => thirdPartyTokens.find(row => row.id === id)!.standIn(standIns);

describe('the table', () => {
  it('has at least sixty formats, each its own rule with a page that says where to revoke', () => {
    expect(thirdPartyTokens.length).toBeGreaterThanOrEqual(60);
    expect(new Set(thirdPartyTokens.map(({ id }) => id)).size).toBe(thirdPartyTokens.length);
    for (const { id, provider, revoke } of thirdPartyTokens) {
      const page = rulePage(ruleById(id)!);
      expect(page).toContain(provider);
      expect(page).toContain(`](${revoke}).`);
      expect(page).not.toContain('documentation of the keyless way');
    }
  });
  it('computes CRC-32 as the standard does', () => {
    expect(crc32('123456789')).toBe(0xcbf43926);
  });
  it('ends tokens of Grafana with the bytes of the checksum over prefix and secret, the least significant first', () => {
    const body = `glsa_${standIns.characters(32, 'abcdefghijkLMNOPQRSTUVWXYZ0123456789')}`;
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(zlibCrc32(body));
    expect(find(`${body}_${bytes.toString('hex')}`)).toMatchObject([{ severity: 'error', confidence: 'high' }]);
    expect(find(`${body}_${bytes.swap32().toString('hex')}`)).toMatchObject([{ severity: 'warning' }]);
  });
  it('checks an annotated key of NuGet as the gallery documents it', () => {
    const documented = `${'a'.repeat(52)}JQQJ99ALN5Z0000LZENeS003NUGT${'3OrW'}`;
    expect(hasValidCaskChecksum(documented)).toBe(true);
    expect(find(documented)).toEqual([]);
    const body = `${standIns.characters(52, 'abcdefghijkLMNOPQRSTUVWXYZ0123456789')}JQQJ99ALN5P0000LZENeS003NUGT`;
    expect(find(`-k ${body}${caskChecksum(body)}`)).toMatchObject([{ ruleId: 'nuget-api-key', severity: 'error', confidence: 'high' }]);
    expect(find(`-k ${body}0000`)).toMatchObject([{ ruleId: 'nuget-api-key', severity: 'warning' }]);
  });
  it('checks the last character of a trusted publisher\u2019s token, which soon expires', () => {
    const valid = token('crates-io-publishing-token');
    expect(find(valid)).toMatchObject([{ severity: 'warning', confidence: 'high' }]);
    expect(find(valid.slice(0, -1) + (valid.endsWith('A') ? 'B' : 'A'))).toMatchObject([{ severity: 'warning', confidence: 'medium' }]);
  });
});

describe('in every format that a setting can be written in', () => {
  it('each token is found, and as what it is', { timeout: 60_000 }, () => {
    const { mistakes } = measure(tokensInCarriers(1));
    // Chance makes a token look like an example once in a while.
    expect(mistakes.length, mistakes.slice(0, 20).join('\n')).toBeLessThanOrEqual(4);
  });
});

describe('checksums grade and never drop', () => {
  it.each(['github-personal-access-token', 'github-installation-token'])('%s', id => {
    const valid = token(id);
    expect(find(valid)).toEqual([{ ruleId: id, severity: 'error', confidence: 'high', at: valid }]);
    const altered = valid.slice(0, -1) + (valid.endsWith('a') ? 'b' : 'a');
    expect(find(altered)).toEqual([{ ruleId: id, severity: 'warning', confidence: 'medium', at: altered }]);
  });
});

describe('what is no token', () => {
  it('an access key id of AWS alone; the secret beside it is', () => {
    const id = `AKIA${standIns.characters(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`;
    expect(find(`aws_access_key_id = ${id}`)).toEqual([]);
    const secret = token('aws-secret-access-key');
    const text = `aws_access_key_id = ${id}\naws_secret_access_key = ${secret}`;
    expect(find(text)).toEqual([{ ruleId: 'aws-secret-access-key', severity: 'error', confidence: 'medium', at: secret }]);
    const [finding] = scan({ uri: 'f', languageId: 'ini', text });
    expect(describeFinding(finding!).message).toBe(
      `An AWS secret access key is embedded here (of access key id ${id}).`,
    );
  });
  it('the key with which Supabase starts on every machine; another of its kind is', () => {
    const local = ['sb', 'secret', 'N7UND0Ugj' + 'KTVK-Uodkm0Hg', 'xSvE' + 'MPvz'].join('_');
    expect(find(`SUPABASE_SECRET_KEY=${local}`)).toEqual([]);
    expect(find(`SUPABASE_SECRET_KEY=${local.replace('N7', 'N8')}`)).toMatchObject([{ ruleId: 'supabase-secret-key' }]);
  });
  it('the key that AWS documents', () => {
    expect(find(`aws_secret_access_key=${['wJalrXUtnFEMI/K7MDENG', 'bPxRfiCYEXAMPLEKEY'].join('/')}`)).toEqual([]);
  });
  it.each([
    ['a test of another service', () => `const id = "pre_${standIns.characters(36, 'abcdef0123456789')}";`],
    ['a longer word around it', () => `const id = "x${token('github-personal-access-token')}";`],
    ['a hash', () => `datadog: sha256=${standIns.characters(64, '0123456789abcdef')}`],
    ['a commit beside a name', () => `# twilio\ncommit ${standIns.characters(40, '0123456789abcdef')}`],
    ['a look-up', () => 'DD_API_KEY=${{ secrets.DD_API_KEY }}'],
  ])('%s', (_what, text) => {
    expect(find(text(), 'typescript')).toEqual([]);
  });
});
