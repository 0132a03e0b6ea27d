import type { Span } from '../text/text-edit.ts';

/** Where a text stops being what a parser expects; never leaves the parser. */
export class SyntaxProblem extends Error {
  readonly at: number;
  constructor(at: number) {
    super('syntax');
    this.at = at;
  }
}

/** A text with more is not in the language; the rest of it is left unread. */
export const mostProblems = 100;

/** So deep nothing is nested that people write; deeper, recursion would run out of stack. */
const deepest = 150;

export interface Reader {
  readonly text: string;
  position: number;
  /** Whether the text goes on with `token`. */
  at(token: string): boolean;
  /** Passes `token`, if it is next. */
  take(token: string): boolean;
  /** @throws SyntaxProblem unless `token` is next. */
  expect(token: string): void;
  /** What a sticky expression matches here, passed. */
  match(expression: RegExp): string | undefined;
  fail(): never;
  spanFrom(start: number): Span;
  /** Runs a parser one level deeper. */
  nested<T>(parse: () => T): T;
}

export function readerOf(text: string, start = 0, end: number = text.length): Reader {
  let depth = 0;
  const reader: Reader = {
    text,
    position: start,
    at: token => reader.position + token.length <= end && text.startsWith(token, reader.position),
    take(token) {
      if (!reader.at(token)) return false;
      reader.position += token.length;
      return true;
    },
    expect(token) {
      if (!reader.take(token)) reader.fail();
    },
    match(expression) {
      expression.lastIndex = reader.position;
      const found = expression.exec(text)?.[0];
      if (found === undefined || reader.position + found.length > end) return undefined;
      reader.position += found.length;
      return found;
    },
    fail() {
      throw new SyntaxProblem(reader.position);
    },
    spanFrom: from => ({ start: from, end: reader.position }),
    nested(parse) {
      if (depth >= deepest) reader.fail();
      depth++;
      try {
        return parse();
      } finally {
        depth--;
      }
    },
  };
  return reader;
}
