import type { Span } from '../text/text-edit.ts';
import type { Expression } from './expression.ts';
import { identifier, readHclExpression, skipHclTrivia } from './hcl-expression.ts';
import { mostProblems, type Reader, readerOf, SyntaxProblem } from './reader.ts';

/** A file in HashiCorp's configuration language, such as Terraform's. */
export interface HclFile {
  readonly body: HclBody;
  readonly problems: readonly number[];
}

export interface HclBody {
  readonly attributes: readonly HclAttribute[];
  readonly blocks: readonly HclBlock[];
}

export interface HclAttribute {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: Expression;
  readonly span: Span;
}

export interface HclBlock {
  /** E.g. `resource`. */
  readonly type: string;
  /** E.g. `azurerm_storage_account`, `main`. */
  readonly labels: readonly string[];
  readonly body: HclBody;
  /** Between the braces. */
  readonly inside: Span;
  readonly span: Span;
}

const label = /"(?:[^"\\\r\n]|\\.)*"|[A-Za-z_][\w-]*/uy;
const restOfLine = /[^\r\n]*(?:\r?\n|\r)?/uy;

/** Reads any text: what cannot be understood is passed line by line and counted among the problems. */
export function parseHcl(text: string): HclFile {
  const reader = readerOf(text);
  const problems: number[] = [];
  const attributes: HclAttribute[] = [];
  const blocks: HclBlock[] = [];
  for (;;) {
    skipHclTrivia(reader, true);
    if (reader.position >= text.length || problems.length >= mostProblems)
      return { body: { attributes, blocks }, problems };
    const start = reader.position;
    try {
      readItem(reader, attributes, blocks);
    } catch (error) {
      if (!(error instanceof SyntaxProblem)) throw error;
      problems.push(error.at);
      reader.position = start;
      reader.match(restOfLine);
    }
  }
}

function readItem(reader: Reader, attributes: HclAttribute[], blocks: HclBlock[]): void {
  const start = reader.position;
  const name = reader.match(identifier) ?? reader.fail();
  const nameSpan = reader.spanFrom(start);
  skipHclTrivia(reader, false);
  if (reader.at('=') && !reader.at('==')) {
    reader.expect('=');
    skipHclTrivia(reader, false);
    const value = readHclExpression(reader);
    attributes.push({ name, nameSpan, value, span: reader.spanFrom(start) });
    endOfLine(reader);
    return;
  }
  const labels: string[] = [];
  for (;;) {
    skipHclTrivia(reader, false);
    if (reader.take('{')) break;
    const text = reader.match(label) ?? reader.fail();
    labels.push(text.startsWith('"') ? text.slice(1, -1) : text);
  }
  const from = reader.position;
  const body = reader.nested(() => readBody(reader));
  const inside = { start: from, end: reader.position };
  reader.expect('}');
  blocks.push({ type: name, labels, body, inside, span: reader.spanFrom(start) });
  endOfLine(reader);
}

function readBody(reader: Reader): HclBody {
  const attributes: HclAttribute[] = [];
  const blocks: HclBlock[] = [];
  for (;;) {
    skipHclTrivia(reader, true);
    if (reader.at('}')) return { attributes, blocks };
    readItem(reader, attributes, blocks);
  }
}

function endOfLine(reader: Reader): void {
  const { position } = reader;
  skipHclTrivia(reader, false);
  const here = reader.text.charAt(reader.position);
  if (here === '' || here === '\n' || here === '\r' || here === '}') return;
  reader.position = position;
  reader.fail();
}

export function attributeOf(body: HclBody, name: string): HclAttribute | undefined {
  return body.attributes.find(attribute => attribute.name === name);
}

/** Every block, nested ones after the one they stand in. */
export function* blocksIn(body: HclBody): Generator<HclBlock> {
  for (const block of body.blocks) {
    yield block;
    yield* blocksIn(block.body);
  }
}
