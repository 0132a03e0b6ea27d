import { identityRules } from '../rules/rules.generated.ts';
import { base64WrappedSecret } from '../secrets/base64-wrapped-secret.ts';
import { genericCredentials } from '../secrets/generic/generic-credentials.ts';
import { thirdPartyCredentials } from '../secrets/third-party/third-party-tokens.ts';
import { services } from '../services/catalogue.generated.ts';
import type { CredentialFormat } from '../services/service.ts';
import { keywordSearch } from './prefilter.ts';

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
/** Formats whose keywords say so little that a look at the text itself must follow. */
export const gated = formats.flatMap(({ format, order }) =>
  format.gate === undefined ? [] : [{ order, format: { ...format, gate: format.gate } }],
);
/** In place after all formats: of two findings on one place the embedded secret is the better news. */
export const ruleGroups = identityRules.map((rule, index) => ({ rule, order: formats.length + index }));
/** Escapes that could hide a keyword: serializers write the `+` of a key's signature as `\u002B`. */
const escapedPlus = ['\\u002b', '&#43;', '&#x2b;', '\\x2b'];
const keywordGroups = [
  ...formats.map(({ format }) => format.keywords),
  ...ruleGroups.map(({ rule }) => rule.keywords),
  escapedPlus,
];
export const prefilter = keywordSearch(keywordGroups);

/** Whether a file's bytes could hold a finding at all. Of UTF-8 text, no always means that `scan` finds nothing. */
export function mayHoldFinding(utf8: Uint8Array): boolean {
  return prefilter.anyIn(utf8);
}

/** What a text must hold one of to be looked at; letter case counts in those with capital letters. */
export function prefilterKeywords(): readonly string[] {
  return [...new Set(keywordGroups.flat())];
}
