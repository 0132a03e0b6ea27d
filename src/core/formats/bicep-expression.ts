import type { Expression, ObjectExpression, ObjectProperty, StringExpression } from './expression.ts';
import type { Reader } from './reader.ts';

const identifier = /[A-Za-z_]\w*/uy;
const number = /\d+/uy;
const spaces = /[ \t]+/uy;
const whiteSpace = /\s+/uy;
const lineComment = /\/\/[^\r\n]*/uy;
const blockComment = /\/\*[\s\S]*?\*\//uy;
const binaryOperator = /\?\?|=>|==|!=|=~|!~|<=|>=|&&|\|\||[*/%+\-<>]/uy;
const unaryOperator = /[!-]/uy;
const directive = /#[^\r\n]*/uy;

export interface BicepDialect {
  /** A quote inside a string is doubled and nothing is interpolated, as in ARM's template strings. */
  readonly doubledQuotes: boolean;
  /** Reads a declaration inside an object, if one is there. */
  readonly declaration?: () => boolean;
}

/** Passes spaces and comments, and line ends when told so. */
export function skipTrivia(reader: Reader, lines: boolean): void {
  for (;;) {
    const passed = reader.match(lines ? whiteSpace : spaces) ?? reader.match(lineComment) ?? reader.match(blockComment);
    if (passed !== undefined) continue;
    if (lines && reader.at('#') && reader.match(directive) !== undefined) continue;
    return;
  }
}

/**
 * Reads one expression of Bicep's language. `lines`: whether operators may stand on the next line, as inside parentheses.
 * @throws SyntaxProblem where there is none.
 */
export function readExpression(reader: Reader, dialect: BicepDialect, lines = false): Expression {
  return reader.nested(() => {
    const start = reader.position;
    const parts = [readOperand(reader, dialect, lines)];
    for (;;) {
      const end = reader.position;
      skipTrivia(reader, lines);
      if (reader.at('?') && !reader.at('??')) {
        parts.push(...readConditional(reader, dialect, lines));
        continue;
      }
      if (reader.match(binaryOperator) !== undefined) {
        skipTrivia(reader, true);
        parts.push(readOperand(reader, dialect, lines));
        continue;
      }
      // A conditional may go on in the next line.
      skipTrivia(reader, true);
      if (reader.at('?') && !reader.at('??')) {
        parts.push(...readConditional(reader, dialect, lines));
        continue;
      }
      reader.position = end;
      const [only] = parts;
      return parts.length === 1 && only ? only : { kind: 'other', span: reader.spanFrom(start), parts };
    }
  });
}

function readConditional(reader: Reader, dialect: BicepDialect, lines: boolean): Expression[] {
  reader.expect('?');
  skipTrivia(reader, true);
  const yes = readExpression(reader, dialect, lines);
  skipTrivia(reader, true);
  reader.expect(':');
  skipTrivia(reader, true);
  return [yes, readExpression(reader, dialect, lines)];
}

function readOperand(reader: Reader, dialect: BicepDialect, lines: boolean): Expression {
  const start = reader.position;
  if (reader.match(unaryOperator) !== undefined) {
    skipTrivia(reader, lines);
    const operand = reader.nested(() => readOperand(reader, dialect, lines));
    return { kind: 'other', span: reader.spanFrom(start), parts: [operand] };
  }
  let expression = readPrimary(reader, dialect);
  for (;;) {
    const next = readSuffix(reader, dialect, expression, start);
    if (next === undefined) return expression;
    expression = next;
  }
}

function readSuffix(reader: Reader, dialect: BicepDialect, target: Expression, start: number): Expression | undefined {
  if (reader.take('::') || reader.take('.?') || reader.take('.')) {
    skipTrivia(reader, true);
    const member = reader.match(identifier) ?? reader.fail();
    if (reader.at('(')) return { ...readCall(reader, dialect, member, start), target };
    return { kind: 'access', span: reader.spanFrom(start), target, member };
  }
  if (reader.take('[')) {
    reader.take('?');
    skipTrivia(reader, true);
    const index = readExpression(reader, dialect, true);
    skipTrivia(reader, true);
    reader.expect(']');
    return { kind: 'index', span: reader.spanFrom(start), target, index };
  }
  // Assertion that a value is not null; not the operator that asks for inequality.
  if (reader.at('!') && !reader.at('!=') && !reader.at('!~') && reader.take('!')) {
    return { kind: 'other', span: reader.spanFrom(start), parts: [target] };
  }
  return undefined;
}

function readCall(reader: Reader, dialect: BicepDialect, name: string, start: number) {
  reader.expect('(');
  const args = readItems(reader, dialect, ')');
  return { kind: 'call', span: reader.spanFrom(start), name, args } as const;
}

function readItems(reader: Reader, dialect: BicepDialect, close: string): Expression[] {
  const items: Expression[] = [];
  for (;;) {
    skipTrivia(reader, true);
    while (reader.take(',')) skipTrivia(reader, true);
    if (reader.take(close)) return items;
    reader.take('...');
    items.push(readExpression(reader, dialect, close === ')'));
    skipTrivia(reader, false);
    if (reader.at(',') || reader.at(close) || reader.at('\n') || reader.at('\r')) continue;
    skipTrivia(reader, true);
    if (!reader.at(close)) reader.fail();
  }
}

function readPrimary(reader: Reader, dialect: BicepDialect): Expression {
  const start = reader.position;
  if (reader.at("'") || reader.at("$'")) return readString(reader, dialect);
  if (reader.at('{')) return readObject(reader, dialect);
  if (reader.take('[')) return readList(reader, dialect, start);
  if (reader.take('(')) {
    const parts = readItems(reader, dialect, ')');
    const [only] = parts;
    return parts.length === 1 && only ? only : { kind: 'other', span: reader.spanFrom(start), parts };
  }
  const digits = reader.match(number);
  if (digits !== undefined) return { kind: 'literal', span: reader.spanFrom(start), value: Number(digits) };
  const name = reader.match(identifier) ?? reader.fail();
  if (name === 'if') skipTrivia(reader, false);
  if (reader.at('(')) return name === 'if' ? readIf(reader, dialect, start) : readCall(reader, dialect, name, start);
  const span = reader.spanFrom(start);
  if (name === 'true' || name === 'false') return { kind: 'literal', span, value: name === 'true' };
  if (name === 'null') return { kind: 'literal', span, value: null };
  return { kind: 'name', span, name };
}

/** `if (condition) { … }`, the body of a conditional resource. */
function readIf(reader: Reader, dialect: BicepDialect, start: number): Expression {
  reader.expect('(');
  const parts = readItems(reader, dialect, ')');
  skipTrivia(reader, true);
  parts.push(readObject(reader, dialect));
  return { kind: 'other', span: reader.spanFrom(start), parts };
}

const loopVariables = /for\s+(?:[A-Za-z_]\w*|\(\s*[A-Za-z_]\w*\s*,\s*[A-Za-z_]\w*\s*\))\s+in\s/uy;

/** After the bracket: items, or the loop that makes them. */
function readList(reader: Reader, dialect: BicepDialect, start: number): Expression {
  skipTrivia(reader, true);
  if (reader.match(loopVariables) === undefined) {
    const items = readItems(reader, dialect, ']');
    return { kind: 'list', span: reader.spanFrom(start), items };
  }
  skipTrivia(reader, true);
  const over = readExpression(reader, dialect, true);
  skipTrivia(reader, true);
  reader.expect(':');
  skipTrivia(reader, true);
  const body = readExpression(reader, dialect, true);
  skipTrivia(reader, true);
  reader.expect(']');
  return { kind: 'other', span: reader.spanFrom(start), parts: [over, body] };
}

function readObject(reader: Reader, dialect: BicepDialect): ObjectExpression {
  const start = reader.position;
  reader.expect('{');
  const properties: ObjectProperty[] = [];
  for (;;) {
    skipTrivia(reader, true);
    while (reader.take(',')) skipTrivia(reader, true);
    if (reader.take('}')) return { kind: 'object', span: reader.spanFrom(start), properties };
    if (dialect.declaration?.() === true) continue;
    if (reader.take('...')) {
      readExpression(reader, dialect);
      continue;
    }
    properties.push(readProperty(reader, dialect));
    skipTrivia(reader, false);
    if (!(reader.at(',') || reader.at('}') || reader.at('\n') || reader.at('\r'))) reader.fail();
  }
}

function readProperty(reader: Reader, dialect: BicepDialect): ObjectProperty {
  const start = reader.position;
  let key: string | undefined;
  if (reader.at("'")) {
    const { parts } = readString(reader, dialect);
    key = parts.every(part => typeof part === 'string') ? parts.join('') : undefined;
  } else {
    key = reader.match(identifier) ?? reader.fail();
  }
  const keySpan = reader.spanFrom(start);
  skipTrivia(reader, false);
  reader.expect(':');
  skipTrivia(reader, true);
  const value = readExpression(reader, dialect);
  return { key, keySpan, value, span: reader.spanFrom(start) };
}

const plainText = /[^'\\$\r\n]+/uy;
const doubledText = /[^']+/uy;
const escape = /\\(?:u\{(?<code>[0-9A-Fa-f]{1,6})\}|(?<character>[nrt\\'$]))/uy;
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

export function readString(reader: Reader, dialect: BicepDialect): StringExpression {
  const start = reader.position;
  reader.take('$');
  if (!dialect.doubledQuotes && reader.take("'''")) return readMultiLine(reader, start);
  reader.expect("'");
  const parts: (string | Expression)[] = [];
  const from = reader.position;
  for (;;) {
    const to = reader.position;
    if (reader.take("'")) {
      if (dialect.doubledQuotes && reader.take("'")) {
        parts.push("'");
        continue;
      }
      return { kind: 'string', span: reader.spanFrom(start), content: { start: from, end: to }, parts: joined(parts) };
    }
    if (dialect.doubledQuotes) {
      parts.push(reader.match(doubledText) ?? reader.fail());
      continue;
    }
    if (reader.take('${')) {
      skipTrivia(reader, true);
      parts.push(readExpression(reader, dialect, true));
      skipTrivia(reader, true);
      reader.expect('}');
      continue;
    }
    const text = reader.match(plainText) ?? (reader.take('$') ? '$' : undefined);
    parts.push(text ?? unescaped(reader.match(escape) ?? reader.fail()));
  }
}

function unescaped(text: string): string {
  const code = /^\\u\{([0-9A-Fa-f]{1,6})\}$/u.exec(text)?.[1];
  if (code === undefined) return escapes[text.charAt(1)] ?? text.charAt(1);
  const value = parseInt(code, 16);
  return value > 0x10ffff ? '' : String.fromCodePoint(value);
}

function readMultiLine(reader: Reader, start: number): StringExpression {
  const from = reader.position;
  const close = reader.text.indexOf("'''", from);
  if (close === -1) reader.fail();
  // More than three quotes: the first of them belong to the text.
  let end = close;
  while (reader.text.charAt(end + 3) === "'") end++;
  reader.position = end + 3;
  const content = { start: from, end };
  return { kind: 'string', span: reader.spanFrom(start), content, parts: [reader.text.slice(from, end)] };
}

function joined(parts: readonly (string | Expression)[]): (string | Expression)[] {
  const result: (string | Expression)[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (typeof part === 'string' && typeof last === 'string') result[result.length - 1] = last + part;
    else result.push(part);
  }
  return result;
}
