/**
 * An expression for a value that a name gives away: assignments, members, arguments, headers, `<add key value>` and
 * name-value pairs of templates.
 * @param name source of an expression for the end of the name; @param value the same for the value.
 */
export function assignmentOf(name: string, value: string): RegExp {
  const quote = '["\'`\\uE022\\uE027]';
  const annotation = '(?:\\s?:\\s?[Ss]tr(?:ing)?)?';
  const operator = `${quote.replace(']', '\\]]')}{0,2}${annotation}\\s{0,8}(?:=>|:=|[:=,(]|\\?\\?|\\|\\|)\\s{0,8}`;
  const pair = `${quote}?(?:,|;)?\\s{1,40}${quote}?value${quote}?\\s{0,8}[:=]\\s{0,8}`;
  return new RegExp(
    `(?<name>${name})(?:${operator}|${pair}|${quote},${quote}value${quote}:)(?:new\\s)?@?${quote}?(?<secret>${value})(?![A-Za-z0-9+/=_-])`,
    'dgiu',
  );
}
