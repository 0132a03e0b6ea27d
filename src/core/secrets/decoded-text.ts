import { escapedDoubleQuote, escapedSingleQuote } from '../formats/connection-string.ts';
import type { Span } from '../text/text-edit.ts';

/** A stretch of source text with its escapes undone, and the way back to source offsets. */
export interface DecodedText {
  readonly text: string;
  readonly toSource: (span: Span) => Span;
  /** The decoded offset of a source offset; inside of an escape, that of the escape. */
  readonly toDecoded: (offset: number) => number;
  /** There are no escapes in it. */
  readonly isSource: boolean;
  /** It could hold words that the source does not: escapes or ends of literals stood within them. */
  readonly makesWords: boolean;
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: escapedDoubleQuote,
  apos: escapedSingleQuote,
};
const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '"': escapedDoubleQuote,
  "'": escapedSingleQuote,
};

const entity = /&(?:#(?<decimal>\d{2,6})|#[xX](?<hex>[0-9a-fA-F]{2,5})|(?<named>amp|lt|gt|quot|apos));/gu;
const backslash =
  /\\(?:u\{(?<braced>[0-9a-fA-F]{1,5})\}|u(?<unicode>[0-9a-fA-F]{4})|x(?<byte>[0-9a-fA-F]{2})|(?<single>["'nrt\\/=:#!]))/gu;
/** `"one" + "two"`, also over a line end. */
const joined = /(?<quote>["'`])\s{0,80}\+\s{0,80}[@$]?\k<quote>/gu;
/** Python joins neighbours even without an operator. */
const adjacent = /(?<quote>["'])\s{0,80}(?:\+\s{0,80}[fr]?|\s[fr]?)\k<quote>/gu;
/** C# and VB: backslashes are themselves, a quote is doubled. */
const verbatim = /(?<=@\$?|\$@)"(?<verbatim>(?:[^"]|""){0,8000})"/gu;

const markupLanguages: ReadonlySet<string> = new Set(['xml', 'html', 'xsl', 'msbuild']);
const codeLanguages: ReadonlySet<string> = new Set([
  'typescript',
  'typescriptreact',
  'javascript',
  'javascriptreact',
  'python',
  'csharp',
  'java',
  'go',
  'kotlin',
  'vb',
]);

export function isCodeLanguage(languageId: string): boolean {
  return codeLanguages.has(languageId);
}

export function isMarkupLanguage(languageId: string): boolean {
  return markupLanguages.has(languageId);
}

const expressions = new Map<string, RegExp>();

function expressionFor(languageId: string): RegExp {
  const family = isMarkupLanguage(languageId)
    ? [entity]
    : languageId === 'csharp' || languageId === 'vb'
      ? [verbatim, joined, backslash, entity]
      : isCodeLanguage(languageId)
        ? [languageId === 'python' ? adjacent : joined, backslash, entity]
        : [backslash, entity];
  const source = family.map(expression => expression.source).join('|');
  let expression = expressions.get(source);
  if (expression === undefined) {
    expression = new RegExp(source, 'gu');
    expressions.set(source, expression);
  }
  return expression;
}

const mayBeJoined = /["'`]\s*\+|["']\s+[fr]?["']|@\$?"/u;

/**
 * Undoes the escapes of JSON, XML, code and property files in `source[span]`. Escaped quotes become private-use
 * characters (see connection-string.ts), so that they do not look like the end of the literal around them.
 */
export function decodeText(source: string, span: Span, languageId: string): DecodedText {
  const raw = source.slice(span.start, span.end);
  if (!raw.includes('\\') && !raw.includes('&') && !(isCodeLanguage(languageId) && mayBeJoined.test(raw))) {
    return {
      text: raw,
      toSource: ({ start, end }) => ({ start: start + span.start, end: end + span.start }),
      toDecoded: offset => offset - span.start,
      isSource: true,
      makesWords: false,
    };
  }
  const pieces = new Pieces(span.start);
  let position = 0;
  let makesWords = false;
  for (const match of raw.matchAll(expressionFor(languageId))) {
    pieces.copy(raw.slice(position, match.index));
    position = match.index + match[0].length;
    const body = match.groups?.['verbatim'];
    if (body === undefined) {
      makesWords ||= !isWordEnd(match[0], raw.charAt(position));
      pieces.replace(match[0].length, replacement(match.groups ?? {}));
      continue;
    }
    pieces.copy('"');
    body.split('""').forEach((part, i) => {
      if (i > 0) pieces.replace(2, escapedDoubleQuote);
      pieces.copy(part);
    });
    pieces.copy('"');
  }
  pieces.copy(raw.slice(position));
  return {
    text: pieces.text,
    toSource: decoded => pieces.toSource(decoded),
    toDecoded: offset => pieces.toDecoded(offset),
    isSource: false,
    makesWords,
  };
}

/**
 * Whether an escape stands for what is in no word that a scan looks for, so that words end at it as they did before: blanks
 * and quotes, and a backslash unless with the next character it is an escape of another kind.
 */
function isWordEnd(escape: string, next: string): boolean {
  return escape === '\\\\' ? !/[\w=:]/.test(next) : /^\\[nrt"']$/.test(escape);
}

function replacement(groups: Readonly<Record<string, string | undefined>>): string {
  const { decimal, hex, named, braced, unicode, byte, single } = groups;
  if (named !== undefined) return entities[named] ?? '';
  if (single !== undefined) return escapes[single] ?? single;
  const digits = hex ?? braced ?? unicode ?? byte;
  const code = digits === undefined ? Number(decimal) : parseInt(digits, 16);
  if (Number.isNaN(code)) return '';
  if (code === 0x22) return escapedDoubleQuote;
  if (code === 0x27) return escapedSingleQuote;
  return code > 0x10ffff ? '' : String.fromCodePoint(code);
}

/** Runs of text that were copied or replaced, in order. */
class Pieces {
  text = '';
  readonly #decoded: number[] = [];
  readonly #source: number[] = [];
  readonly #sourceEnd: number[] = [];
  readonly #copied: boolean[] = [];
  #position: number;

  constructor(sourceStart: number) {
    this.#position = sourceStart;
  }

  copy(part: string): void {
    if (part !== '') this.#add(part, part.length, true);
  }

  replace(sourceLength: number, by: string): void {
    this.#add(by, sourceLength, false);
  }

  toSource({ start, end }: Span): Span {
    const first = this.#pieceAt(start);
    const last = end > start ? this.#pieceAt(end - 1) : first;
    return {
      start:
        this.#copied[first] === true
          ? this.#at(this.#source, first) + start - this.#at(this.#decoded, first)
          : this.#at(this.#source, first),
      end:
        this.#copied[last] === true
          ? this.#at(this.#source, last) + end - this.#at(this.#decoded, last)
          : this.#at(this.#sourceEnd, last),
    };
  }

  toDecoded(offset: number): number {
    if (offset < this.#at(this.#source, 0)) return 0;
    const piece = lastUpTo(offset, this.#source);
    const into = this.#copied[piece] === true ? offset - this.#at(this.#source, piece) : 0;
    return this.#at(this.#decoded, piece) + into;
  }

  #add(part: string, sourceLength: number, copied: boolean): void {
    this.#decoded.push(this.text.length);
    this.#source.push(this.#position);
    this.#position += sourceLength;
    this.#sourceEnd.push(this.#position);
    this.#copied.push(copied);
    this.text += part;
  }

  /** The last piece that starts at or before the offset: empty replacements never hold a character. */
  #pieceAt(offset: number): number {
    return lastUpTo(offset, this.#decoded);
  }

  #at(list: readonly number[], index: number): number {
    return list[index] ?? 0;
  }
}

/** Index of the last of ascending numbers that is not above a limit; 0 when all are. */
function lastUpTo(limit: number, numbers: readonly number[]): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((numbers[middle] ?? 0) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
