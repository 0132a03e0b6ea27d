import { describe, expect, it } from 'vitest';
import { rescan, scan } from '../../../src/core/engine/scan.ts';
import { secretInLog } from '../../../src/core/rules/secret-in-log.ts';

const filler = (count: number, from = 0): string =>
  Array.from({ length: count }, (_, i) => `const total${from + i} = accumulate(previous, ${i});\n`).join('');
const document = (text: string) => ({ uri: 'src/long.ts', languageId: 'typescript', text });
const spans = (text: string) =>
  scan(document(text)).flatMap(({ ruleId, span }) => (ruleId === secretInLog.id ? [span] : []));

describe('a rule that is asked block by block', () => {
  const calls = Array.from(
    { length: 40 },
    (_, i) => `${filler(90, i * 90)}console.log("step", {\n  at, password${i} });\n`,
  );

  it('finds in a long file what it finds in the whole text', () => {
    const text = calls.join('');
    expect(text.length).toBeGreaterThan(150_000);
    expect(spans(text)).toEqual(secretInLog.find(document(text)).map(({ span }) => span));
    expect(spans(text)).toHaveLength(40);
  });

  it('takes into account what another part of the file says, and that it no longer does', () => {
    const call = `console.log(token); // password\n${filler(3_000)}`;
    expect(spans(call)).toEqual([]);
    const full = `${call}await credential.getToken(scope);\n`;
    expect(spans(full)).toHaveLength(1);
    const known = rescan(document(full), undefined);
    expect(known.findings).toHaveLength(1);
    expect(rescan(document(call), known).findings).toEqual([]);
    expect(rescan(document(full), rescan(document(call), undefined)).findings).toEqual(known.findings);
  });
});
