const quote = '["\'`\\uE022\\uE027]';
/** `: string`, `?: &str`, ` string`, ` As String` */
const annotation = `(?:\\??\\s?:?\\s?&?(?:[Ss]ecureString|[Ss]tring|str|any)\\??|\\s[Aa]s\\s[Ss]tring)?`;
const operator = `(?:[|?]{2}=|=>|:=|=(?![=~])|:(?!:)|[,(]|\\?\\?|\\|\\||\\{(?=["']))`;
/** What declarations of parameters say before their default. */
const attributes = `(?:${quote}?(?:type|description|sensitive|nullable)${quote}?\\s{0,12}[:=]\\s{0,4}(?:["'][^"'\\r\\n]{0,200}["']|\\w{1,16}),?\\s{0,40}){0,4}`;

/** `name = `, `"name": `, `name: string = `, `name ?? `, `put("name", `, `setName(`, `name{`. */
export const assigned = `[\\]"'\`\\uE022\\uE027]{0,3}${annotation}\\s{0,40}${operator}\\s{0,40}`;

/** `name` and `value` side by side: `<add key value>`, lists of settings, parameters of templates with their defaults. */
export const paired = [
  `${quote}{0,2}[ \\t]{0,4}[:,;]?\\s{0,4}\\{?\\s{1,40}${attributes}${quote}?(?:[Dd]efault)?[Vv]alue${quote}?\\s{0,8}[:=]\\s{0,8}`,
  `${quote}{0,2}[ \\t]{0,4}[:,]?\\s{0,4}\\{\\s{0,40}${attributes}${quote}?(?:value|default|defaultValue)${quote}?\\s{0,8}[:=]\\s{0,8}`,
  `${quote},${quote}value${quote}:`,
].join('|');

/**
 * Source of an expression for what stands between a setting's name and its value, up to the value's own quote:
 * assignments and arguments, `name`/`value` pairs of templates and parameters, XML elements, command lines, prose.
 * For values so distinctive that a neighbouring name is all the evidence they need.
 */
export const betweenNameAndValue = `(?:${[
  assigned,
  paired,
  `(?:</\\w{1,20}>\\s{0,40}<\\w{1,20})?>\\s{0,40}`,
  `${quote}?\\s(?:is|to)\\s`,
  `\\s\\|\\s`,
  `\\s{1,4}`,
].join('|')})@?${quote}?`;
