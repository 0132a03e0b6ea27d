import type { RuleAtHand } from '../rules/rule.ts';
import { identityRules } from '../rules/rules.generated.ts';
import { base64WrappedSecret } from '../secrets/base64-wrapped-secret.ts';
import { genericCredentials } from '../secrets/generic/generic-credentials.ts';
import { openPlace } from '../secrets/split-places.ts';
import { thirdPartyCredentials } from '../secrets/third-party/third-party-tokens.ts';
import { serviceCredentials } from '../services/credentials.generated.ts';
import type { CredentialFormat, CredentialPattern, Hint, Look } from '../services/service.ts';
import { keyBegins, longestKey } from './blocks.ts';
import { type KeywordHits, keywordSearch } from './prefilter.ts';

export interface CompiledFormat {
  readonly format: CredentialFormat;
  /** Place in the catalogue: of two equally certain findings on one place the earlier rule wins. */
  readonly order: number;
  readonly patterns: readonly CompiledPattern[];
  readonly gate: readonly Condition[] | undefined;
}

/** A pattern with what the search for words can answer for it. */
export interface CompiledPattern {
  readonly pattern: CredentialPattern;
  /** The pattern's, as it is quickest to start with. */
  readonly regex: () => RegExp;
  readonly hint: Condition | undefined;
  /** Where alone it is to be tried; anywhere when absent. */
  readonly begins: PlacedExpression | undefined;
}

export interface RuleGroup {
  readonly rule: RuleAtHand;
  readonly order: number;
  /** Number of the list of places that the rule looks at. */
  readonly list: number | undefined;
}

/** Whether something holds in a text, by the words that were found in it. */
export type Condition = (text: string, hits: KeywordHits) => boolean;

export interface PlacedExpression {
  /** Number of the list of places. */
  readonly list: number;
  /** To be tried at one place alone. */
  readonly sticky: () => RegExp;
}

interface NumberedLists {
  readonly all: (readonly string[])[];
  /** By their words, one a line. */
  readonly numbers: Map<string, number>;
}

/** Escapes that could hide a keyword: serializers write the `+` of a key's signature as `\u002B`. */
const escapedPlus = ['\\u002b', '&#43;', '&#x2b;', '\\x2b'];
const allFormats = [...serviceCredentials, ...thirdPartyCredentials, base64WrappedSecret, ...genericCredentials];
const keywordGroups = [
  ...allFormats.map(({ keywords }) => keywords),
  ...identityRules.map(({ keywords }) => keywords),
  escapedPlus,
];
const escapedGroup = keywordGroups.length - 1;
/** Words of hints follow the keywords of formats and rules; words whose places are wanted are lists of their own. */
const groups = numbered(keywordGroups);
const placeLists = numbered([]);

export const formats: readonly CompiledFormat[] = allFormats.map((format, order) => ({
  format,
  order,
  patterns: format.patterns.map(compiled),
  gate: format.gate?.looks.map(condition),
}));
/** In place after all formats: of two findings on one place the embedded secret is the better news. */
export const ruleGroups: readonly RuleGroup[] = identityRules.map((rule: RuleAtHand, index) => ({
  rule,
  order: formats.length + index,
  list: rule.begins && numberIn(placeLists, rule.begins),
}));
/** Where a secret's place is filled from elsewhere. */
export const openPlaces = placed(openPlace);
const keyList = numberIn(placeLists, keyBegins);
const prefilter = keywordSearch(groups.all, placeLists.all);

function compiled(pattern: CredentialPattern): CompiledPattern {
  return {
    pattern,
    regex: once(() => new RegExp(pattern.regex.source, quickFlags(pattern.regex))),
    hint: pattern.hint && condition(pattern.hint),
    begins: pattern.begins && placed({ words: pattern.begins, expression: pattern.regex }),
  };
}

function condition(hint: Hint): Condition {
  if ('test' in hint) {
    if (!(hint instanceof RegExp)) return text => hint.test(text);
    const quick = once(() => new RegExp(hint.source, quickFlags(hint)));
    return text => quick().test(text);
  }
  if (!('expression' in hint)) {
    const group = numberIn(groups, hint);
    return (_text, hits) => hits.groups.includes(group);
  }
  const place = placed(hint);
  return (text, { places }) => {
    const known = places.get(place.list);
    if (known === undefined) return false;
    const sticky = place.sticky();
    return known.some(at => {
      sticky.lastIndex = at;
      return sticky.test(text);
    });
  };
}

function placed({ words, expression }: Look): PlacedExpression {
  return {
    list: numberIn(placeLists, words),
    sticky: once(() => new RegExp(expression.source, `${quickFlags(expression).replace('g', '')}y`)),
  };
}

/** Of all expressions a scan tries few. */
function once(make: () => RegExp): () => RegExp {
  let made: RegExp | undefined;
  return () => (made ??= make());
}

function numbered(first: readonly (readonly string[])[]): NumberedLists {
  return { all: [...first], numbers: new Map(first.map((words, i) => [words.join('\n'), i])) };
}

/**
 * Regardless of case and in Unicode mode, V8 takes three times as long to compile an expression: it closes every class
 * under all cases of Unicode. What the mode changes besides concerns escapes and pairs of surrogates.
 */
function quickFlags({ flags, source }: RegExp): string {
  return flags.includes('i') && !/\\[pPu]\{/.test(source) ? flags.replace('u', '') : flags;
}

/** The same words share one answer. */
function numberIn({ all, numbers }: NumberedLists, words: readonly string[]): number {
  const key = words.join('\n');
  const known = numbers.get(key) ?? all.push(words) - 1;
  numbers.set(key, known);
  return known;
}

/** What there is to look for in a text. */
export interface FirstLook {
  readonly hits: KeywordHits;
  readonly open: readonly CompiledFormat[];
  /** Formats with a keyword in it that are not to be tried. */
  readonly shut: ReadonlySet<CompiledFormat>;
  /** There are escapes that could hide a keyword. */
  readonly mayHide: boolean;
}

export interface LookOptions {
  readonly languageId: string;
  /** Which words it holds, where that is known. */
  readonly hits: KeywordHits | undefined;
  /** Opens every format that has a keyword. */
  readonly withoutGates: boolean;
  /** Leaves out formats that are never certain. */
  readonly certainOnly: boolean;
}

export function lookAt(text: string, { languageId, hits: known, withoutGates, certainOnly }: LookOptions): FirstLook {
  const hits = known ?? prefilter.hitsIn(text);
  const open: CompiledFormat[] = [];
  const shut = new Set<CompiledFormat>();
  for (const compiled of withKeywords(hits)) {
    if (certainOnly && compiled.format.givesWay === true) shut.add(compiled);
    else if (withoutGates || isOpen(compiled, text, languageId, hits)) open.push(compiled);
    else shut.add(compiled);
  }
  return { hits, open, shut, mayHide: hits.groups.includes(escapedGroup) };
}

/** Which words a text holds, and where. */
export function wordsIn(text: string): KeywordHits {
  return prefilter.hitsIn(text);
}

/** The same of a file's bytes; `isAscii`: all of them are below 128. They must be UTF-8 otherwise. */
export function wordsInBytes(utf8: Uint8Array, isAscii: boolean): KeywordHits {
  return prefilter.hitsInBytes(utf8, isAscii);
}

/** As `matchAll`, of an expression whose matches begin at known places. */
export function* matchesAt(
  text: string,
  { list, sticky }: PlacedExpression,
  { places }: KeywordHits,
): Generator<RegExpExecArray> {
  const known = places.get(list);
  if (known === undefined) return;
  const expression = sticky();
  let end = 0;
  for (const place of known) {
    if (place < end) continue;
    expression.lastIndex = place;
    const match = expression.exec(text);
    if (match === null) continue;
    end = place + match[0].length;
    yield match;
  }
}

/** Formats with a keyword in a text, whatever their gates say. */
export function withKeywords({ groups }: KeywordHits): CompiledFormat[] {
  return groups.flatMap(order => formats[order] ?? []);
}

function isOpen({ format, gate }: CompiledFormat, text: string, languageId: string, hits: KeywordHits): boolean {
  if (gate === undefined || format.gate?.alwaysOpenIn(languageId) === true) return true;
  return gate.some(holds => holds(text, hits));
}

/** The same of a part of a text that is not ASCII as a whole, and the part in the form that is quickest to look at. */
export function wordsInPart(text: string): { readonly hits: KeywordHits; readonly text: string } {
  return prefilter.hitsInPart(text);
}

/** Whether a text with these words could hold a finding at all: no always means that `scan` finds nothing. */
export function mayHoldFinding({ groups }: KeywordHits): boolean {
  return (groups[0] ?? Infinity) <= escapedGroup;
}

/** Whether a private key begins in a text of so many characters that may go on beyond its end. */
export function mayHoldPartOfKey({ places }: KeywordHits, length: number): boolean {
  const last = places.get(keyList)?.at(-1);
  return last !== undefined && last + longestKey > length;
}

/** What a text must hold one of to be looked at; letter case counts in those with capital letters. */
export function prefilterKeywords(): readonly string[] {
  return [...new Set(keywordGroups.flat())];
}
