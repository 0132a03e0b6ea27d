import {
  type ConnectionStringField,
  escapedDoubleQuote,
  escapedSingleQuote,
  fieldMap,
  parseConnectionString,
} from '../formats/connection-string.ts';
import type { Span } from '../text/text-edit.ts';

/** The connection string in whose middle something was found. */
export interface ConnectionStringAround {
  /** The connection string's own text: no quotes, no setting name before it. */
  readonly span: Span;
  readonly fields: readonly ConnectionStringField[];
  /** Keys in lower case. A JDBC URL adds `server`. */
  readonly values: ReadonlyMap<string, string>;
  /** Whether quotes of the surrounding language enclose it. */
  readonly quoted: boolean;
  readonly jdbc: boolean;
}

/** Far longer than any real connection string; keeps the walk bounded on a file that is one line. */
const reach = 2048;
const quotes: ReadonlySet<string> = new Set(['"', "'", '`', escapedDoubleQuote, escapedSingleQuote]);
const firstKey =
  /jdbc:sqlserver:\/\/|(?<![\w.-])(?:server|data source|datasource|addr(?:ess)?|network address|driver|provider|endpoint|(?:blob|queue|table|file)endpoint|hostname|host|account(?:name|key|endpoint)|defaultendpointsprotocol|sharedaccess(?:keyname|key|signature)|user(?: ?id|name)?|uid|password|pwd|database|initial catalog|persist security info|encrypt|trustservercertificate|authentication|application name|app|connect(?:ion)? timeout|multipleactiveresultsets|tablename)\s*=/iu;

/**
 * Finds the connection string around `at` in decoded text: bounded by the enclosing literal, or by the line and markup
 * when there is none.
 * @param at the key whose value was matched; both ends lie inside of the connection string.
 */
export function connectionStringAround(text: string, at: Span): ConnectionStringAround {
  const left = leftBound(text, at.start);
  const quote = text.charAt(left - 1);
  const quoted = left > 0 && quotes.has(quote);
  const right = quoted ? closingQuote(text, at.start, quote) : lineEnd(text, at.end);
  const head = firstKey.exec(text.slice(left, at.end));
  let start = left + (head?.index ?? 0);
  let server: string | undefined;
  const jdbc = head?.[0].toLowerCase() === 'jdbc:sqlserver://';
  const span = { start, end: right };
  if (jdbc) {
    start += head[0].length;
    const semicolon = text.indexOf(';', start);
    if (semicolon !== -1 && semicolon < right) {
      server = text.slice(start, semicolon);
      start = semicolon + 1;
    }
  }
  const fields = parseConnectionString(text, { start, end: right });
  const values = new Map(fieldMap(fields));
  const named = values.get('servername');
  if (jdbc) values.set('server', server === undefined || server === '' ? (named ?? '') : server);
  return { span, fields, values, quoted, jdbc };
}

function leftBound(text: string, from: number): number {
  const limit = Math.max(0, from - reach);
  let i = from - 1;
  while (i >= limit) {
    const character = text.charAt(i);
    if (character === '\n' || character === '\r' || character === '<' || character === '>') return i + 1;
    if (quotes.has(character)) {
      // `…;Key='quoted; value';` on the left: step over it, it does not open the literal.
      const opener = text.charAt(i + 1) === ';' ? text.lastIndexOf(character, i - 1) : -1;
      if (opener < limit || text.charAt(opener - 1) !== '=') return i + 1;
      i = opener - 1;
      continue;
    }
    i--;
  }
  return limit;
}

function closingQuote(text: string, from: number, quote: string): number {
  const limit = Math.min(text.length, from + reach);
  const end = text.indexOf(quote, from);
  const boundary = end === -1 || end > limit ? limit : end;
  const newline = text.slice(from, boundary).search(/[\r\n]/u);
  // A literal that does not end on its line is no literal: an apostrophe in a comment, or a broken file.
  return newline === -1 || quote === '`' ? boundary : from + newline;
}

function lineEnd(text: string, from: number): number {
  const limit = Math.min(text.length, from + reach);
  const end = text.slice(from, limit).search(/[\r\n<]/u);
  return end === -1 ? limit : from + end;
}
