import type { Span } from '../text/text-edit.ts';

/** One `Key=Value` of a connection string, with spans into the text that was parsed. */
export interface ConnectionStringField {
  /** Key in lower case, inner white space collapsed: `user id`. */
  readonly name: string;
  /** Value without quotes and with doubled quotes undone. */
  readonly value: string;
  readonly key: Span;
  /** The value's characters between its quotes, if any. */
  readonly content: Span;
  /** Key, value and the `;` behind it: what to delete to drop the field. */
  readonly whole: Span;
}

/**
 * Stand-ins for quotes that are escaped in the surrounding language. The scan decodes `\"` and `\'` to these, so that
 * the quotes that end a literal and those inside of it stay apart.
 */
export const escapedDoubleQuote = '\uE022';
export const escapedSingleQuote = '\uE027';

const closing: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '{': '}',
  [escapedDoubleQuote]: escapedDoubleQuote,
  [escapedSingleQuote]: escapedSingleQuote,
};

/**
 * Parses `Key=Value;Key='quoted; value';Key={ODBC value}` in any order: ADO.NET, ODBC, Azure SDK and the property part
 * of JDBC. Segments without `=` are skipped. A quote opens a value only right behind the `=`, and only when its partner
 * ends the value; otherwise it is an ordinary character.
 */
export function parseConnectionString(
  text: string,
  within: Span = { start: 0, end: text.length },
): ConnectionStringField[] {
  const fields: ConnectionStringField[] = [];
  const braces = isOdbc(text.slice(within.start, within.end));
  let position = within.start;
  while (position < within.end) {
    const semicolon = indexWithin(text, ';', position, within.end);
    const equals = indexWithin(text, '=', position, semicolon);
    if (equals === semicolon) {
      position = semicolon + 1;
      continue;
    }
    const key = trimmed(text, position, equals);
    const valueStart = skipSpace(text, equals + 1, within.end);
    const quoted = quotedValue(text, valueStart, within.end, braces);
    const end = quoted?.end ?? indexWithin(text, ';', valueStart, within.end);
    const content = quoted?.content ?? trimmed(text, valueStart, end);
    const raw = text.slice(content.start, content.end);
    fields.push({
      name: text.slice(key.start, key.end).toLowerCase().replace(/\s+/gu, ' '),
      value: quoted === undefined ? raw : raw.replaceAll(quoted.quote + quoted.quote, quoted.quote),
      key,
      content,
      whole: { start: position, end: Math.min(end + 1, within.end) },
    });
    position = end + 1;
  }
  return fields;
}

/** Keys in lower case; of a key given twice the last counts, as in ADO.NET. */
export function connectionStringFields(text: string): ReadonlyMap<string, string> {
  return fieldMap(parseConnectionString(text));
}

export function fieldMap(fields: readonly ConnectionStringField[]): ReadonlyMap<string, string> {
  return new Map(fields.map(field => [field.name, field.value]));
}

/** Braces quote in ODBC only; elsewhere, and where even the driver's are doubled, code fills in what they enclose. */
function isOdbc(text: string): boolean {
  return /(?:^|;)\s*(?:driver|dsn)\s*=(?!\s*\{\{)/iu.test(text);
}

function quotedValue(
  text: string,
  start: number,
  end: number,
  braces: boolean,
): { content: Span; end: number; quote: string } | undefined {
  const close = closing[text.charAt(start)];
  if (close === undefined || start >= end || (close === '}' && !braces)) return undefined;
  for (let i = start + 1; i < end; i++) {
    if (text.charAt(i) !== close) continue;
    if (text.charAt(i + 1) === close && i + 1 < end) {
      i++;
      continue;
    }
    const after = skipSpace(text, i + 1, end);
    if (after < end && text.charAt(after) !== ';') return undefined;
    return { content: { start: start + 1, end: i }, end: after, quote: close };
  }
  return undefined;
}

function indexWithin(text: string, character: string, from: number, end: number): number {
  const index = text.indexOf(character, from);
  return index === -1 || index > end ? end : index;
}

function skipSpace(text: string, from: number, end: number): number {
  let i = from;
  while (i < end && (text.charAt(i) === ' ' || text.charAt(i) === '\t')) i++;
  return i;
}

function trimmed(text: string, start: number, end: number): Span {
  const from = skipSpace(text, start, end);
  let to = end;
  while (to > from && /\s/u.test(text.charAt(to - 1))) to--;
  return { start: from, end: to };
}
