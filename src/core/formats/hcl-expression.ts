import type { Expression, ObjectProperty, StringExpression } from './expression.ts';
import type { Reader } from './reader.ts';

export const identifier = /[\p{L}_][\p{L}\p{N}_-]*/uy;
const number = /\d+(?:\.\d+)?(?:e[+-]?\d+)?/iuy;
const spaces = /[ \t]+/uy;
const whiteSpace = /\s+/uy;
const lineComment = /(?:#|\/\/)[^\r\n]*/uy;
const blockComment = /\/\*[\s\S]*?\*\//uy;
const binaryOperator = /==|!=|<=|>=|&&|\|\||[*/%+\-<>]/uy;
const unaryOperator = /[!-]/uy;
const loop = /for(?=\s)/uy;
const loopVariables = /\s+[A-Za-z_][\w-]*(?:\s*,\s*[A-Za-z_][\w-]*)?\s+in\s+/uy;
const heredocStart = /<<-?[ \t]*(?<mark>[A-Za-z_][\w-]*)[ \t]*(?:\r\n|\n|\r)/uy;

/** Passes spaces and comments, and line ends when told so. */
export function skipHclTrivia(reader: Reader, lines: boolean): void {
  for (;;) {
    const passed = reader.match(lines ? whiteSpace : spaces) ?? reader.match(lineComment) ?? reader.match(blockComment);
    if (passed === undefined) return;
  }
}

/** @throws SyntaxProblem where there is no expression. `lines`: inside brackets, where line ends mean nothing. */
export function readHclExpression(reader: Reader, lines = false): Expression {
  return reader.nested(() => {
    const start = reader.position;
    const parts = [readOperand(reader, lines)];
    for (;;) {
      const end = reader.position;
      skipHclTrivia(reader, lines);
      if (reader.at('=>')) {
        reader.position = end;
        break;
      }
      if (reader.take('?')) {
        skipHclTrivia(reader, true);
        parts.push(readHclExpression(reader, lines));
        skipHclTrivia(reader, true);
        reader.expect(':');
        skipHclTrivia(reader, true);
        parts.push(readHclExpression(reader, lines));
        continue;
      }
      if (reader.match(binaryOperator) !== undefined) {
        skipHclTrivia(reader, lines);
        parts.push(readOperand(reader, lines));
        continue;
      }
      reader.position = end;
      break;
    }
    const [only] = parts;
    return parts.length === 1 && only ? only : { kind: 'other', span: reader.spanFrom(start), parts };
  });
}

function readOperand(reader: Reader, lines: boolean): Expression {
  const start = reader.position;
  if (reader.match(unaryOperator) !== undefined) {
    skipHclTrivia(reader, lines);
    const operand = reader.nested(() => readOperand(reader, lines));
    return { kind: 'other', span: reader.spanFrom(start), parts: [operand] };
  }
  let expression = readPrimary(reader);
  for (;;) {
    if (reader.at('...')) return expression;
    if (reader.take('.')) {
      if (reader.take('*')) {
        expression = { kind: 'other', span: reader.spanFrom(start), parts: [expression] };
        continue;
      }
      const member = reader.match(identifier) ?? reader.match(number) ?? reader.fail();
      expression = { kind: 'access', span: reader.spanFrom(start), target: expression, member };
      continue;
    }
    if (!reader.take('[')) return expression;
    skipHclTrivia(reader, true);
    if (reader.take('*')) {
      skipHclTrivia(reader, true);
      reader.expect(']');
      expression = { kind: 'other', span: reader.spanFrom(start), parts: [expression] };
      continue;
    }
    const index = readHclExpression(reader, true);
    skipHclTrivia(reader, true);
    reader.expect(']');
    expression = { kind: 'index', span: reader.spanFrom(start), target: expression, index };
  }
}

function readPrimary(reader: Reader): Expression {
  const start = reader.position;
  if (reader.at('"')) return readTemplate(reader);
  if (reader.at('<<')) return readHeredoc(reader);
  if (reader.take('{')) return readObject(reader, start);
  if (reader.take('[')) return readTuple(reader, start);
  if (reader.take('(')) {
    skipHclTrivia(reader, true);
    const inner = readHclExpression(reader, true);
    skipHclTrivia(reader, true);
    reader.expect(')');
    return { kind: 'other', span: reader.spanFrom(start), parts: [inner] };
  }
  const digits = reader.match(number);
  if (digits !== undefined) return { kind: 'literal', span: reader.spanFrom(start), value: Number(digits) };
  const name = readFunctionName(reader);
  if (reader.take('(')) {
    const args = readItems(reader, ')');
    return { kind: 'call', span: reader.spanFrom(start), name, args };
  }
  const span = reader.spanFrom(start);
  if (name === 'true' || name === 'false') return { kind: 'literal', span, value: name === 'true' };
  if (name === 'null') return { kind: 'literal', span, value: null };
  return { kind: 'name', span, name };
}

/** A function of a provider has its name before it: `provider::azurerm::parse_resource_id`. */
function readFunctionName(reader: Reader): string {
  let name = reader.match(identifier) ?? reader.fail();
  while (reader.take('::')) name += `::${reader.match(identifier) ?? reader.fail()}`;
  return name;
}

function readItems(reader: Reader, close: string): Expression[] {
  const items: Expression[] = [];
  for (;;) {
    skipHclTrivia(reader, true);
    if (reader.take(close)) return items;
    items.push(readHclExpression(reader, true));
    reader.take('...');
    skipHclTrivia(reader, true);
    if (!reader.take(',') && !reader.at(close)) reader.fail();
  }
}

/** `for x in y : …`: what it goes over and what it makes, up to the closing bracket. */
function readLoop(reader: Reader, start: number, close: string): Expression {
  if (reader.match(loopVariables) === undefined) reader.fail();
  const parts = [readHclExpression(reader, true)];
  skipHclTrivia(reader, true);
  reader.expect(':');
  for (;;) {
    skipHclTrivia(reader, true);
    parts.push(readHclExpression(reader, true));
    reader.take('...');
    skipHclTrivia(reader, true);
    if (reader.take('=>')) continue;
    if (reader.take(close)) return { kind: 'other', span: reader.spanFrom(start), parts };
    if (reader.match(/if(?=[\s(!])/uy) === undefined) reader.fail();
  }
}

function readTuple(reader: Reader, start: number): Expression {
  skipHclTrivia(reader, true);
  if (reader.match(loop) !== undefined) return readLoop(reader, start, ']');
  const items = readItems(reader, ']');
  return { kind: 'list', span: reader.spanFrom(start), items };
}

function readObject(reader: Reader, start: number): Expression {
  const properties: ObjectProperty[] = [];
  skipHclTrivia(reader, true);
  if (reader.match(loop) !== undefined) return readLoop(reader, start, '}');
  for (;;) {
    skipHclTrivia(reader, true);
    if (reader.take('}')) return { kind: 'object', span: reader.spanFrom(start), properties };
    properties.push(readProperty(reader));
    skipHclTrivia(reader, false);
    if (!reader.take(',') && !reader.at('}') && !reader.at('\n') && !reader.at('\r')) reader.fail();
  }
}

function readProperty(reader: Reader): ObjectProperty {
  const start = reader.position;
  const name = readOperand(reader, false);
  const keySpan = reader.spanFrom(start);
  skipHclTrivia(reader, false);
  if (!reader.take(':')) reader.expect('=');
  skipHclTrivia(reader, true);
  const value = readHclExpression(reader);
  return { key: keyOf(name), keySpan, value, span: reader.spanFrom(start) };
}

function keyOf(name: Expression): string | undefined {
  if (name.kind === 'name') return name.name;
  if (name.kind !== 'string') return undefined;
  return name.parts.every(part => typeof part === 'string') ? name.parts.join('') : undefined;
}

const plainText = /[^"\\$%\r\n]+/uy;
const escaped = /\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[nrt"\\])/uy;
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
const literalMark = /\$\$\{|%%\{/uy;

function readTemplate(reader: Reader): StringExpression {
  const start = reader.position;
  reader.expect('"');
  const from = reader.position;
  const parts: (string | Expression)[] = [];
  for (;;) {
    const to = reader.position;
    if (reader.take('"')) {
      return { kind: 'string', span: reader.spanFrom(start), content: { start: from, end: to }, parts };
    }
    const mark = reader.match(literalMark);
    if (mark !== undefined) addText(parts, mark.slice(1));
    else if (reader.at('${') || reader.at('%{')) readInterpolation(reader, parts);
    else {
      const escape = reader.match(escaped);
      if (escape !== undefined) addText(parts, unescaped(escape));
      else addText(parts, reader.match(plainText) ?? reader.match(/[$%]/uy) ?? reader.fail());
    }
  }
}

/** `${…}`, or `%{ if … }` and the like, whose words are passed. */
function readInterpolation(reader: Reader, parts: (string | Expression)[]): void {
  const directive = reader.at('%{');
  reader.position += 2;
  reader.take('~');
  skipHclTrivia(reader, true);
  if (directive) {
    const word = reader.match(/(?:if|else|endif|for|endfor)(?=[\s~}])/uy) ?? reader.fail();
    if (word === 'for' && reader.match(loopVariables) === undefined) reader.fail();
    skipHclTrivia(reader, true);
  }
  if (!reader.at('}') && !reader.at('~}')) parts.push(readHclExpression(reader, true));
  skipHclTrivia(reader, true);
  reader.take('~');
  reader.expect('}');
}

function readHeredoc(reader: Reader): StringExpression {
  const start = reader.position;
  const opening = reader.match(heredocStart) ?? reader.fail();
  const mark = /[A-Za-z_][\w-]*/u.exec(opening)?.[0] ?? '';
  const from = reader.position;
  const closing = new RegExp(`^[ \\t]*${mark}[ \\t]*$`, 'mu');
  const rest = closing.exec(reader.text.slice(from)) ?? reader.fail();
  const end = from + rest.index;
  const parts: (string | Expression)[] = [];
  while (reader.position < end) {
    const doubled = reader.match(literalMark);
    if (doubled !== undefined) addText(parts, doubled.slice(1));
    else if (reader.at('${') || reader.at('%{')) readInterpolation(reader, parts);
    else {
      const text = reader.match(/[^$%]+|[$%]/uy) ?? reader.fail();
      const over = Math.max(0, reader.position - end);
      reader.position -= over;
      addText(parts, text.slice(0, text.length - over));
    }
  }
  if (reader.position > end) reader.fail();
  reader.position = end + rest[0].length;
  return { kind: 'string', span: reader.spanFrom(start), content: { start: from, end }, parts };
}

function addText(parts: (string | Expression)[], text: string): void {
  const last = parts.at(-1);
  if (typeof last === 'string') parts[parts.length - 1] = last + text;
  else parts.push(text);
}

function unescaped(text: string): string {
  const code = /^\\u([0-9A-F]+)$/iu.exec(text)?.[1];
  if (code === undefined) return escapes[text.charAt(1)] ?? text.charAt(1);
  const value = parseInt(code, 16);
  return value > 0x10ffff ? '' : String.fromCodePoint(value);
}
