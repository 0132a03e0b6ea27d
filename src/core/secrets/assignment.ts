import { betweenNameAndValue } from './between-name-and-value.ts';

/**
 * An expression for a value that a name gives away: assignments, members, arguments, headers, `<add key value>` and
 * name-value pairs of templates.
 * @param name source of an expression for the end of the name; @param value the same for the value.
 */
export function assignmentOf(name: string, value: string): RegExp {
  return new RegExp(
    `(?<name>${name})(?:${betweenNameAndValue})(?:new\\s)?@?["'\`\\uE022\\uE027]?(?<secret>${value})(?![A-Za-z0-9+/=_-])`,
    'dgiu',
  );
}

/** As `assignmentOf`, for values that people chose: only between quotes. */
export function quotedValueOf(name: string): RegExp {
  return new RegExp(
    `(?<name>${name})["'\`\\]\\uE022]{0,2}(?:\\s?:\\s?[Ss]tr(?:ing)?)?(?:\\s{0,40}(?:=>|:=|[:=])|["']\\s{1,8}value\\s{0,4}=)\\s{0,8}@?(?<quote>["'\`\\uE022])(?<secret>[^"'\`\\r\\n\\\\\\uE022\\uE027]{4,256})\\k<quote>`,
    'dgiu',
  );
}

/** The same for settings files, which write values without quotes: alone on the rest of the line. */
export function settingsLineOf(name: string): RegExp {
  return new RegExp(
    `(?<=^[ \\t-]{0,40}(?:export\\s)?[\\w.-]{0,60})(?<name>${name})[ \\t]{0,40}[:=][ \\t]{0,40}(?<secret>[^\\s"'\`#;=][^\\s"'\`]{3,255})[ \\t]*$`,
    'dgimu',
  );
}
