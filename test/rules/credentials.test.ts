import { describe, expect, it } from 'vitest';
import { describe as describeFinding, ruleById } from '../../src/core/engine/rules.ts';
import { scan } from '../../src/core/engine/scan.ts';
import { createStandIns } from '../../src/core/secrets/stand-ins.ts';
import { genericCredentials } from '../../src/core/secrets/generic/generic-credentials.ts';
import { thirdPartyCredentials } from '../../src/core/secrets/third-party/third-party-tokens.ts';
import { base64WrappedSecret } from '../../src/core/secrets/base64-wrapped-secret.ts';
import { services } from '../../src/core/services/catalogue.generated.ts';
import { readMarks } from '../harness/marked-text.ts';

const formats = [...services.flatMap(({ credentials }) => credentials), ...thirdPartyCredentials, base64WrappedSecret, ...genericCredentials];
const seeds = [1, 2, 3, 4, 5, 6, 7];

describe.each(formats.map(format => [format.id, format] as const))('%s', (_id, format) => {
  it.each(format.examples.found.map((example, i) => [i, example.languageId, example] as const))(
    'found %i (%s): at the exact range',
    (_i, languageId, example) => {
      for (const seed of seeds) {
        const { text, spans } = readMarks(example.text(createStandIns(seed)));
        expect(spans).toHaveLength(1);
        const findings = scan({ uri: 'example', languageId, text });
        expect(findings.map(({ ruleId, severity, span }) => ({ ruleId, severity, at: text.slice(span.start, span.end) })), text).toEqual([
          { ruleId: format.id, severity: example.severity ?? format.severity, at: text.slice(spans[0]!.start, spans[0]!.end) },
        ]);
        expect(findings[0]?.span).toEqual(spans[0]);
      }
    },
  );
  it.each(format.examples.silent.map((example, i) => [i, example.why, example] as const))('silent %i: %s', (_i, _why, example) => {
    for (const seed of seeds) {
      const text = example.text(createStandIns(seed));
      const findings = scan({ uri: 'example', languageId: example.languageId, text });
      // What one service does not know as its own may still be a key by its name.
      const ofOthers = format.givesWay ? [] : genericCredentials.map(({ id }) => id);
      // A mistake stands on code, whatever its secret is.
      const secrets = findings.filter(({ ruleId }) => ruleById(ruleId)?.kind === 'secret' && !ofOthers.includes(ruleId));
      expect(secrets, text).toEqual([]);
    }
  });
  it('has found and silent examples, and a rule whose message fills', () => {
    expect(format.examples.found.length).toBeGreaterThan(0);
    expect(format.examples.silent.length).toBeGreaterThan(0);
    expect(ruleById(format.id)?.title).toBe(format.title);
    const { text } = readMarks(format.examples.found[0]!.text(createStandIns(1)));
    const finding = scan({ uri: 'example', languageId: format.examples.found[0]!.languageId, text })[0]!;
    const { message } = describeFinding(finding);
    expect(message).not.toMatch(/[[\]{}]/u);
    expect(message).toMatch(/^[A-Z].*\.$/u);
  });
});
