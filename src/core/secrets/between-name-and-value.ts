const quote = '["\'`\\uE022\\uE027]';
const operator = `(?:[|?]{2}=|=>|:=|[:=,(]|\\?\\?|\\|\\|)`;
/** `: string`, `: &str`, ` As String` */
const annotation = `(?:\\s?:\\s?&?(?:[Ss]tring|str|any)|\\s[Aa]s\\s[Ss]tring)?`;

/**
 * Source of an expression for what stands between a setting's name and its value, up to the value's own quote:
 * assignments and arguments, `name`/`value` pairs of templates and parameters, XML elements, command lines, prose.
 * For values so distinctive that a neighbouring name is all the evidence they need.
 */
export const betweenNameAndValue = `(?:${[
  `[\\]"'\`\\uE022\\uE027]{0,3}${annotation}\\s{0,8}${operator}\\s{0,8}`,
  `${quote}{0,2}[ \\t]{0,4}[:,;]?\\s{0,4}\\{?\\s{1,40}(?:type\\s{0,8}=\\s{0,8}string\\s{1,40})?${quote}?(?:[Dd]efault)?[Vv]alue${quote}?\\s{0,8}[:=]\\s{0,8}`,
  `${quote}{0,2}[ \\t]{0,4}[:,]?\\s{0,4}\\{\\s{0,40}(?:type\\s{0,8}=\\s{0,8}string\\s{1,40})?${quote}?(?:value|default)${quote}?\\s{0,8}[:=]\\s{0,8}`,
  `${quote},${quote}value${quote}:`,
  `(?:</\\w{1,20}>\\s{0,40}<\\w{1,20})?>\\s{0,40}`,
  `${quote}?\\s(?:is|to)\\s`,
  `\\s\\|\\s`,
  `\\s{1,4}`,
].join('|')})@?${quote}?`;
