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

// Without groups: objects for them would be most of what undoing escapes costs.
const entity = /&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|amp|lt|gt|quot|apos);/u;
const backslash = /\\(?:u\{[0-9a-fA-F]{1,5}\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|["'nrt\\/=:#!])/u;
/** `"one" + "two"`, also over a line end. */
const joined = /(["'`])\s{0,80}\+\s{0,80}[@$]?\1/u;
/** Python joins neighbours even without an operator. */
const adjacent = /(["'])\s{0,80}(?:\+\s{0,80}[fr]?|\s[fr]?)\1/u;
/** C# and VB: backslashes are themselves, a quote is doubled. */
const verbatim = /(?<=@\$?|\$@)"(?:[^"]|""){0,8000}"/u;
/** What comes before such a string; nothing else that is undone begins with a quote and follows one of these. */
const verbatimMark = /(?:@\$?|\$@)$/u;

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

const verbatimLanguages: ReadonlySet<string> = new Set(['csharp', 'vb']);

export function isCodeLanguage(languageId: string): boolean {
  return codeLanguages.has(languageId);
}

export function isMarkupLanguage(languageId: string): boolean {
  return markupLanguages.has(languageId);
}

function familyOf(languageId: string): readonly RegExp[] {
  if (isMarkupLanguage(languageId)) return [entity];
  if (verbatimLanguages.has(languageId)) return [verbatim, joined, backslash, entity];
  if (isCodeLanguage(languageId)) return [languageId === 'python' ? adjacent : joined, backslash, entity];
  return [backslash, entity];
}

/** By language; the same expression serves all languages of a family. */
const expressions = new Map<string, RegExp>();

function expressionFor(languageId: string): RegExp {
  const known = expressions.get(languageId);
  if (known !== undefined) return known;
  const source = familyOf(languageId)
    .map(expression => expression.source)
    .join('|');
  const expression = expressions.get(source) ?? new RegExp(source, 'gu');
  expressions.set(source, expression).set(languageId, expression);
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
  const expression = expressionFor(languageId);
  let position = 0;
  let makesWords = false;
  expression.lastIndex = 0;
  for (let match = expression.exec(raw); match !== null; match = expression.exec(raw)) {
    const [written] = match;
    pieces.copy(raw.slice(position, match.index));
    position = match.index + written.length;
    if (!isVerbatim(written, raw, match.index, languageId)) {
      makesWords ||= !isWordEnd(written, raw.charAt(position));
      pieces.replace(written.length, replacement(written));
      continue;
    }
    pieces.copy('"');
    written
      .slice(1, -1)
      .split('""')
      .forEach((part, i) => {
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

function isVerbatim(written: string, source: string, index: number, languageId: string): boolean {
  if (!verbatimLanguages.has(languageId) || !written.startsWith('"')) return false;
  return verbatimMark.test(source.slice(Math.max(0, index - 2), index));
}

/** What an escape, as it is written, stands for. */
function replacement(written: string): string {
  if (written.startsWith('&')) {
    const body = written.slice(1, -1);
    if (!body.startsWith('#')) return entities[body] ?? '';
    return body.charAt(1).toLowerCase() === 'x'
      ? character(parseInt(body.slice(2), 16))
      : character(Number(body.slice(1)));
  }
  if (!written.startsWith('\\')) return '';
  const kind = written.charAt(1);
  if (written.length === 2) return escapes[kind] ?? kind;
  return character(parseInt(written.charAt(2) === '{' ? written.slice(3, -1) : written.slice(2), 16));
}

function character(code: number): string {
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
