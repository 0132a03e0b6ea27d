/** A text and its lower-case form, which is made once for many questions. */
export interface SearchedText {
  readonly text: string;
  readonly lowerCase: string;
}

export function searchedText(text: string): SearchedText {
  return { text, lowerCase: text.toLowerCase() };
}

/**
 * Tells whether a text holds any of the keywords. Letter case counts in keywords with capital letters and is ignored in
 * others. Two expressions of plain literals are several times faster than one that spells out both cases.
 */
export function keywordTest(keywords: readonly string[]): (searched: SearchedText) => boolean {
  const exact = alternation(keywords.filter(keyword => keyword !== keyword.toLowerCase()));
  const anyCase = alternation(keywords.filter(keyword => keyword === keyword.toLowerCase()));
  return ({ text, lowerCase }) => (exact?.test(text) ?? false) || (anyCase?.test(lowerCase) ?? false);
}

function alternation(literals: readonly string[]): RegExp | undefined {
  if (literals.length === 0) return undefined;
  return new RegExp([...new Set(literals)].map(literal => literal.replace(/[.+]/gu, '\\$&')).join('|'), 'u');
}

const escapedPlus = ['\\u002B', '\\u002b', '&#43;', '&#x2B;', '&#x2b;', '\\x2B', '\\x2b'];

/** Whether escapes could hide a keyword: serializers write the `+` of a key's signature as `\u002B`. */
export function mayHideKeyword(text: string): boolean {
  return escapedPlus.some(escape => text.includes(escape));
}
