import type { StringPiece } from './syntax.ts';

const simple: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\u0007',
  e: '\u001b',
  '0': '\0',
};

/** Value of one escape sequence as the tree-sitter grammars cut them out; unknown escapes stand for their character. */
export function unescape(sequence: string): string {
  const hex = /^\\[xu]\{?([\da-f]+)\}?$/iu.exec(sequence)?.[1];
  if (hex !== undefined) {
    const point = Number.parseInt(hex, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : '';
  }
  const octal = /^\\([0-7]{2,3})$/u.exec(sequence)?.[1];
  if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
  if (/^\\\r?\n$/u.test(sequence)) return '';
  const letter = sequence.slice(1);
  return simple[letter] ?? letter;
}

/** The text of string pieces in which no expression stands; `undefined` when one does. */
export function plainValue(pieces: readonly StringPiece[] | undefined): string | undefined {
  if (pieces === undefined) return undefined;
  let value = '';
  for (const piece of pieces) {
    if (piece.kind === 'expression') return undefined;
    value += piece.value;
  }
  return value;
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\r': '\\r', '\n': '\\n', '\t': '\\t', '\0': '\\0' };

/** A string literal in double or single quotes for languages with C-like escapes. */
export function quoteWith(quote: string, value: string): string {
  const escaped = value.replace(/[\\\r\n\t\0]/gu, unit => escapes[unit] ?? unit);
  return quote + escaped.replaceAll(quote, `\\${quote}`) + quote;
}
