/**
 * One expression that tells whether a text holds any of the keywords. Letter case counts in keywords with capital
 * letters and is ignored in others.
 */
export function keywordExpression(keywords: Iterable<string>): RegExp {
  const alternatives = [...new Set(keywords)].map(keyword =>
    keyword === keyword.toLowerCase()
      ? keyword.replace(/[a-z]/gu, letter => `[${letter}${letter.toUpperCase()}]`).replace(/[.+]/gu, '\\$&')
      : keyword.replace(/[.+]/gu, '\\$&'),
  );
  return new RegExp(alternatives.join('|'), 'u');
}

const escapedPlus = ['\\u002B', '\\u002b', '&#43;', '&#x2B;', '&#x2b;', '\\x2B', '\\x2b'];

/** Whether escapes could hide a keyword: serializers write the `+` of a key's signature as `\u002B`. */
export function mayHideKeyword(text: string): boolean {
  return escapedPlus.some(escape => text.includes(escape));
}
