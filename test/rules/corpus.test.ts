import { expect, it } from 'vitest';
import { ruleById, rules } from '../../src/core/engine/rules.ts';
import { thirdPartyTokens } from '../../src/core/secrets/third-party/third-party-tokens.ts';
import { scan } from '../../src/core/engine/scan.ts';
import { corpus } from '../corpus/corpus.ts';
import { measure, precision, recall, table } from '../corpus/measure.ts';

const entries = corpus();
const positives = entries.filter(({ expected }) => expected.length > 0);

it('finds the secrets of the corpus at their exact places, and hardly anything else', () => {
  const measurement = measure(entries);
  const negatives = entries.length - positives.length;
  console.log(`${positives.length} texts with secrets, ${negatives} without\n${table(measurement)}`);
  const mistakes = measurement.mistakes.slice(0, 60).join('\n');
  expect(recall(measurement.overall), mistakes).toBeGreaterThanOrEqual(0.99);
  expect(precision(measurement.overall), mistakes).toBeGreaterThanOrEqual(0.99);
  const weak = [...measurement.byRule].filter(
    ([, tally]) =>
      Math.max(tally.expected, tally.reported) >= 10 && (recall(tally) < 0.95 || precision(tally) < 0.95),
  );
  expect(weak.map(([rule]) => rule), mistakes).toEqual([]);
});

it('is read the same without the quick looks that spare time', () => {
  const found = (document: (typeof entries)[number], observe?: () => void): string[] =>
    scan({ uri: document.path, languageId: document.languageId, text: document.text }, observe && { observe }).map(
      ({ ruleId, span }) => `${ruleId} ${span.start}-${span.end}`,
    );
  const different = entries.filter(entry => found(entry).join() !== found(entry, () => undefined).join());
  expect(different.map(({ id }) => id)).toEqual([]);
});

it('is large, has every text once, and speaks of rules that exist', () => {
  expect(positives.length).toBeGreaterThanOrEqual(600);
  expect(entries.length - positives.length).toBeGreaterThanOrEqual(1500);
  const twice = (all: readonly string[]): string[] => all.filter((one, i) => all.indexOf(one) !== i);
  expect(twice(entries.map(({ id }) => id))).toEqual([]);
  expect(twice(entries.map(({ path, text }) => `${path}\n${text}`))).toEqual([]);
  const primary = new Set(positives.flatMap(({ expected }) => expected.map(({ rules: [first = ''] }) => first)));
  expect([...primary].filter(id => ruleById(id) === undefined)).toEqual([]);
});

it('has texts for every rule', () => {
  const covered = new Set(positives.flatMap(({ expected }) => expected.map(({ rules: [first] }) => first)));
  expect(rules().map(({ id }) => id).filter(id => !covered.has(id))).toEqual([]);
});

it('has eight texts or more for every token of another provider', () => {
  const counts = new Map<string, number>();
  for (const { expected } of positives) for (const { rules: [first = ''] } of expected) counts.set(first, (counts.get(first) ?? 0) + 1);
  expect(thirdPartyTokens.filter(({ id }) => (counts.get(id) ?? 0) < 8).map(({ id }) => `${id} ${counts.get(id) ?? 0}`)).toEqual([]);
});
