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
