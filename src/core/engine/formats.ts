import { identityRules } from '../rules/rules.generated.ts';
import { base64WrappedSecret } from '../secrets/base64-wrapped-secret.ts';
import { genericCredentials } from '../secrets/generic/generic-credentials.ts';
import { thirdPartyCredentials } from '../secrets/third-party/third-party-tokens.ts';
import { services } from '../services/catalogue.generated.ts';
import type { CredentialFormat } from '../services/service.ts';
import { type KeywordHits, keywordSearch } from './prefilter.ts';

export interface CompiledFormat {
  readonly format: CredentialFormat;
  /** Place in the catalogue: of two equally certain findings on one place the earlier rule wins. */
  readonly order: number;
}

export const formats: readonly CompiledFormat[] = [
  ...services.flatMap(service => service.credentials),
  ...thirdPartyCredentials,
  base64WrappedSecret,
  ...genericCredentials,
].map((format, order) => ({ format, order }));
/** In place after all formats: of two findings on one place the embedded secret is the better news. */
export const ruleGroups = identityRules.map((rule, index) => ({ rule, order: formats.length + index }));
/** Escapes that could hide a keyword: serializers write the `+` of a key's signature as `\u002B`. */
const escapedPlus = ['\\u002b', '&#43;', '&#x2b;', '\\x2b'];
const keywordGroups = [
  ...formats.map(({ format }) => format.keywords),
  ...ruleGroups.map(({ rule }) => rule.keywords),
  escapedPlus,
];
/** What gates look for, and in whose turn; gates that share words share their places. */
const wordLists: (readonly string[])[] = [];
const openers: readonly (readonly Opener[] | undefined)[] = formats.map(({ format }) =>
  format.gate?.looks.map(({ words, expression }) => {
    let places = wordLists.findIndex(list => list.join('\n') === words.join('\n'));
    if (places === -1) places = wordLists.push(words) - 1;
    return { places, expression, sticky: new RegExp(expression.source, `${expression.flags}y`) };
  }),
);
const prefilter = keywordSearch(keywordGroups, wordLists);

interface Opener {
  /** Number of the list of places. */
  readonly places: number;
  readonly expression: RegExp;
  /** The same, tried at one place alone. */
  readonly sticky: RegExp;
}

/** What there is to look for in a text. */
export interface FirstLook {
  /** Numbers of the groups of keywords that it holds, formats' and then rules', in ascending order. */
  readonly groups: readonly number[];
  readonly open: readonly CompiledFormat[];
  /** Formats with a keyword in it that are not to be tried. */
  readonly shut: ReadonlySet<CompiledFormat>;
  /** There are escapes that could hide a keyword. */
  readonly mayHide: boolean;
}

export interface LookOptions {
  readonly languageId: string;
  /** The text in bytes, when it is ASCII and at hand. */
  readonly ascii: Uint8Array | undefined;
  /** Opens every format that has a keyword. */
  readonly withoutGates: boolean;
  /** Leaves out formats that are never certain. */
  readonly certainOnly: boolean;
}

export function lookAt(text: string, { languageId, ascii, withoutGates, certainOnly }: LookOptions): FirstLook {
  const hits = ascii === undefined ? prefilter.hitsIn(text) : prefilter.hitsInBytes(ascii);
  const open: CompiledFormat[] = [];
  const shut = new Set<CompiledFormat>();
  for (const order of hits.groups) {
    const compiled = formats[order];
    if (compiled === undefined) continue;
    if (certainOnly && compiled.format.givesWay === true) shut.add(compiled);
    else if (withoutGates || isOpen(compiled, text, languageId, hits)) open.push(compiled);
    else shut.add(compiled);
  }
  return { groups: hits.groups, open, shut, mayHide: hits.groups.includes(keywordGroups.length - 1) };
}

/** Formats with a keyword in a text, whatever their gates say. */
export function formatsIn(text: string): CompiledFormat[] {
  return prefilter.hitsIn(text).groups.flatMap(order => formats[order] ?? []);
}

function isOpen({ format, order }: CompiledFormat, text: string, languageId: string, { places }: KeywordHits): boolean {
  const looks = openers[order];
  if (looks === undefined || format.gate?.alwaysOpenIn(languageId) === true) return true;
  return looks.some(({ places: list, expression, sticky }) =>
    places === undefined
      ? expression.test(text)
      : places[list]?.some(place => {
          sticky.lastIndex = place;
          return sticky.test(text);
        }) === true,
  );
}

/** Whether a file's bytes could hold a finding at all. Of UTF-8 text, no always means that `scan` finds nothing. */
export function mayHoldFinding(utf8: Uint8Array): boolean {
  return prefilter.anyIn(utf8);
}

/** What a text must hold one of to be looked at; letter case counts in those with capital letters. */
export function prefilterKeywords(): readonly string[] {
  return [...new Set(keywordGroups.flat())];
}
