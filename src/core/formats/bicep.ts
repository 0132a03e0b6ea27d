import type { Span } from '../text/text-edit.ts';
import { type BicepDialect, readExpression, readString, skipTrivia } from './bicep-expression.ts';
import type { Expression, ObjectExpression } from './expression.ts';
import { mostProblems, type Reader, readerOf, SyntaxProblem } from './reader.ts';

/** A Bicep file: its declarations, nested ones included, and where it could not be read. */
export interface BicepFile {
  readonly declarations: readonly BicepDeclaration[];
  readonly problems: readonly number[];
}

export type BicepKeyword = 'param' | 'var' | 'resource' | 'module' | 'output';

export interface BicepDeclaration {
  readonly keyword: BicepKeyword;
  readonly name: string;
  readonly nameSpan: Span;
  /** From the first decorator to the end of the value. */
  readonly span: Span;
  /** Where the keyword stands, behind the decorators. */
  readonly start: number;
  readonly decorators: readonly BicepDecorator[];
  /** Resource type with its version, a module's path, or what a parameter or output is declared to be. */
  readonly type?: { readonly text: string; readonly span: Span };
  /** The resource is only referred to. */
  readonly existing: boolean;
  readonly value?: Expression;
  /** The object of a resource or module, also of a conditional or repeated one. */
  readonly body?: ObjectExpression;
  /** Deployed under a condition or many times. */
  readonly conditional: boolean;
  /** The resource whose object this one stands in. */
  readonly parent?: string;
}

export interface BicepDecorator {
  /** Without namespace: `secure` also for `@sys.secure()`. */
  readonly name: string;
  readonly span: Span;
}

const keyword = /(?:param|var|resource|module|output)(?=[ \t])/uy;
const identifier = /[A-Za-z_]\w*/uy;
const decoratorName = /@(?:sys\.|az\.)?[A-Za-z_]\w*/uy;
const restOfLine = /[^\r\n]*(?:\r?\n|\r)?/uy;

/** Reads any text: what cannot be understood is passed line by line and counted among the problems. */
export function parseBicep(text: string): BicepFile {
  const reader = readerOf(text);
  const declarations: BicepDeclaration[] = [];
  const problems: number[] = [];
  for (;;) {
    skipTrivia(reader, true);
    if (reader.position >= text.length || problems.length >= mostProblems) return { declarations, problems };
    const start = reader.position;
    const known = declarations.length;
    try {
      if (readDeclaration(reader, declarations)) {
        skipTrivia(reader, false);
        if (reader.position < text.length && !reader.at('\n') && !reader.at('\r')) reader.fail();
        continue;
      }
      skipStatement(reader);
    } catch (error) {
      if (!(error instanceof SyntaxProblem)) throw error;
      problems.push(error.at);
      declarations.length = known;
      reader.position = start;
      reader.match(restOfLine);
    }
  }
}

/** Statements that hold no resource: types, functions, imports, metadata. */
function skipStatement(reader: Reader): void {
  if (reader.match(decoratorName) === undefined && reader.match(identifier) === undefined) reader.fail();
  skipBalanced(reader, (character, depth) => depth === 0 && '\r\n'.includes(character));
}

/** Passes text with its brackets in balance, until told to stop or at the end of the text. */
function skipBalanced(reader: Reader, stop: (character: string, depth: number) => boolean): void {
  let depth = 0;
  for (;;) {
    skipTrivia(reader, false);
    if (reader.position >= reader.text.length) break;
    const character = reader.text.charAt(reader.position);
    if (stop(character, depth)) return;
    if (character === "'") {
      readString(reader, plain);
      continue;
    }
    if ('{[('.includes(character)) depth++;
    if ('}])'.includes(character) && --depth < 0) reader.fail();
    reader.position++;
  }
  if (depth > 0) reader.fail();
}

const plain: BicepDialect = { doubledQuotes: false };

function readDeclaration(reader: Reader, into: BicepDeclaration[], parent?: string): boolean {
  const begin = reader.position;
  const decorators: BicepDecorator[] = [];
  for (;;) {
    const start = reader.position;
    const name = reader.match(decoratorName);
    if (name === undefined) break;
    if (!reader.at('(')) reader.fail();
    readExpression(reader, plain);
    decorators.push({ name: /\w+$/u.exec(name)?.[0] ?? '', span: reader.spanFrom(start) });
    skipTrivia(reader, true);
  }
  const start = reader.position;
  const word = reader.match(keyword) as BicepKeyword | undefined;
  if (word === undefined) {
    reader.position = begin;
    return false;
  }
  skipTrivia(reader, false);
  const nameStart = reader.position;
  const name = reader.match(identifier);
  if (name === undefined) {
    // A property may be called like a keyword.
    reader.position = begin;
    return false;
  }
  const nameSpan = reader.spanFrom(nameStart);
  skipTrivia(reader, false);
  const type = readType(reader, word);
  skipTrivia(reader, false);
  const existing = word === 'resource' && reader.take('existing');
  skipTrivia(reader, false);
  const index = into.length;
  let value: Expression | undefined;
  if (reader.take('=')) {
    skipTrivia(reader, true);
    const holder = word === 'resource' ? name : undefined;
    value = readExpression(reader, { ...plain, declaration: () => readDeclaration(reader, into, holder) });
  } else if (word !== 'param') {
    reader.fail();
  }
  const body = value && bodyOf(value);
  into.splice(index, 0, {
    keyword: word,
    name,
    nameSpan,
    span: reader.spanFrom(begin),
    start,
    decorators,
    existing,
    conditional: value !== undefined && value !== body,
    ...(type && { type }),
    ...(value && { value }),
    ...(body && { body }),
    ...(parent !== undefined && { parent }),
  });
  return true;
}

function readType(reader: Reader, word: BicepKeyword): BicepDeclaration['type'] {
  const start = reader.position;
  if (word === 'resource' || word === 'module') {
    if (!reader.at("'")) return undefined;
    const { parts } = readString(reader, plain);
    return { text: parts.map(part => (typeof part === 'string' ? part : '')).join(''), span: reader.spanFrom(start) };
  }
  skipBalanced(reader, (character, depth) => depth === 0 && '=\r\n'.includes(character));
  const text = reader.text.slice(start, reader.position).trimEnd();
  if (text === '') return undefined;
  return { text, span: { start, end: start + text.length } };
}

function bodyOf(value: Expression): ObjectExpression | undefined {
  if (value.kind === 'object') return value;
  const last = value.kind === 'other' ? value.parts.at(-1) : undefined;
  return last && bodyOf(last);
}
