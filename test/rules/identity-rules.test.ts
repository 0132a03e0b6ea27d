import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { SourceDocument } from '../../src/core/engine/finding.ts';
import { fixesFor } from '../../src/core/engine/fixes.ts';
import { languageOfPath } from '../../src/core/engine/language-of-path.ts';
import { describe as describeFinding, ruleById } from '../../src/core/engine/rules.ts';
import { scan } from '../../src/core/engine/scan.ts';
import { isRefusal, type Fix, type FixOffer, type Refusal } from '../../src/core/rewrite/fix.ts';
import { identityRules } from '../../src/core/rules/rules.generated.ts';
import { createStandIns } from '../../src/core/secrets/stand-ins.ts';
import { syntaxErrors as templateErrors } from '../../src/core/templates/edit.ts';
import { applyEdits } from '../../src/core/text/text-edit.ts';
import { languages } from '../harness/client-examples.ts';
import { grammarErrors } from '../harness/grammar-check.ts';
import { readMarks } from '../harness/marked-text.ts';

const standIns = createStandIns(4);

async function offersOf(document: SourceDocument, ruleId: string): Promise<readonly FixOffer[]> {
  const finding = scan(document).find(found => found.ruleId === ruleId);
  expect(finding, document.text).toBeDefined();
  return fixesFor(document, finding!, { languages });
}

async function preferred(document: SourceDocument, ruleId: string): Promise<Fix | Refusal> {
  const offers = await offersOf(document, ruleId);
  const offer = offers.find(({ isPreferred }) => isPreferred) ?? offers.find(({ id }) => id === 'explain' || id === 'guide');
  expect(offer, offers.map(({ title }) => title).join()).toBeDefined();
  return offer!.build();
}

function syntaxErrors(document: SourceDocument): number {
  if (document.languageId === 'bicep' || document.languageId === 'terraform' || document.languageId === 'json') return templateErrors(document);
  return document.languageId === 'yaml' ? parseAllDocuments(document.text).flatMap(({ errors }) => errors).length : 0;
}

/** Errors of a grammar that the product does not use, where there is one. */
async function independentErrors({ languageId, text }: SourceDocument): Promise<string[]> {
  return languageId === 'bicep' || languageId === 'terraform' ? grammarErrors(languageId, text) : [];
}

describe.each(identityRules.map(rule => [rule.id, rule] as const))('%s', (_id, rule) => {
  it.each(rule.examples.found.map((example, i) => [i, example.languageId, example] as const))(
    'found %i (%s): at the exact range',
    (_i, languageId, example) => {
      const { text, spans } = readMarks(example.text(standIns));
      const findings = scan({ uri: 'example', languageId, text }).filter(({ ruleId }) => ruleId === rule.id);
      expect(findings.map(({ span }) => text.slice(span.start, span.end))).toEqual(spans.map(({ start, end }) => text.slice(start, end)));
      expect(findings.map(({ span }) => span)).toEqual(spans);
      expect(findings[0]?.severity).toBe(example.severity ?? rule.severity);
      const { message } = describeFinding(findings[0]!);
      expect(message).not.toMatch(/[[\]{}]/u);
      expect(message).toMatch(/^[A-Z].*\.$/u);
    },
  );
  it.each(rule.examples.silent.map((example, i) => [i, example.why, example] as const))('silent %i: %s', (_i, _why, example) => {
    const { languageId } = example;
    const findings = scan({ uri: 'example', languageId, text: example.text(standIns) });
    expect(findings.filter(({ ruleId }) => ruleId === rule.id)).toEqual([]);
  });
  it('has examples and words', () => {
    expect(rule.examples.found.length).toBeGreaterThan(0);
    expect(rule.examples.silent.length).toBeGreaterThan(0);
    expect(rule.fixExamples.length).toBeGreaterThan(0);
    expect(ruleById(rule.id)).toMatchObject({ title: rule.title, kind: 'mistake' });
  });
  describe.each(rule.fixExamples.map((example, i) => [`${i}: ${example.path}`, example] as const))('fix %s', (_name, example) => {
    const { text, spans } = readMarks(example.before(standIns));
    const document = { uri: example.path, languageId: languageOfPath(example.path), text };
    const { after } = example;
    it('stands on what is marked', () => {
      const findings = scan(document).filter(({ ruleId }) => ruleId === rule.id);
      expect(findings.map(({ span }) => text.slice(span.start, span.end))).toContain(text.slice(spans[0]!.start, spans[0]!.end));
    });
    if (typeof after !== 'string') {
      it('refuses with a reason', async () => {
        const result = await preferred(document, rule.id);
        expect(isRefusal(result) && result.refusal).toMatch(after.refusal);
      });
      return;
    }
    it('gives the expected text, which parses and has nothing left to fix', async () => {
      const result = await preferred(document, rule.id);
      if (isRefusal(result)) throw new Error(result.refusal);
      const fixed = applyEdits(text, result.files[0]!.edits);
      expect(fixed).toBe(after);
      const next = { ...document, text: fixed };
      expect(syntaxErrors(next)).toBe(0);
      expect(await independentErrors(next)).toEqual([]);
      expect(scan(next).filter(({ ruleId }) => ruleId === rule.id).length).toBe(spans.length - 1);
    });
    it('keeps CRLF line ends', async () => {
      const result = await preferred({ ...document, text: text.replaceAll('\n', '\r\n') }, rule.id);
      if (isRefusal(result)) throw new Error(result.refusal);
      expect(applyEdits(text.replaceAll('\n', '\r\n'), result.files[0]!.edits)).toBe(after.replaceAll('\n', '\r\n'));
    });
    it('offers nothing else that would break the file', async () => {
      for (const offer of await offersOf(document, rule.id)) {
        const result = await offer.build();
        if (isRefusal(result) || offer.id === 'suppress') continue;
        const next = { ...document, text: applyEdits(text, result.files[0]!.edits) };
        expect(syntaxErrors(next), offer.title).toBe(0);
        expect(await independentErrors(next), offer.title).toEqual([]);
      }
    });
  });
});
