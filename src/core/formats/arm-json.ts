import { type Node, parseTree } from 'jsonc-parser';
import { readExpression, skipTrivia } from './bicep-expression.ts';
import type { Expression, ObjectExpression } from './expression.ts';
import { readerOf, SyntaxProblem } from './reader.ts';

const options = { allowTrailingComma: true, disallowComments: false };

/**
 * Reads JSON whose texts may be template expressions (`"[parameters('x')]"`). Spans are those of the JSON values; what
 * stands inside of a template expression has the span of the whole text.
 */
export function parseArmJson(text: string): ObjectExpression | undefined {
  const root = parseTree(text, [], options);
  const expression = root && expressionOf(root, 0);
  return expression?.kind === 'object' ? expression : undefined;
}

const deepest = 150;

function expressionOf(node: Node, depth: number): Expression {
  const span = { start: node.offset, end: node.offset + node.length };
  const children = depth > deepest ? [] : (node.children ?? []);
  switch (node.type) {
    case 'object':
      return {
        kind: 'object',
        span,
        properties: children.flatMap(property => {
          const [key, value] = property.children ?? [];
          if (key === undefined || value === undefined) return [];
          return [
            {
              key: String(key.value),
              keySpan: { start: key.offset, end: key.offset + key.length },
              value: expressionOf(value, depth + 1),
              span: { start: property.offset, end: property.offset + property.length },
            },
          ];
        }),
      };
    case 'array':
      return { kind: 'list', span, items: children.map(child => expressionOf(child, depth + 1)) };
    case 'string':
      return textExpression(String(node.value), span);
    case 'number':
    case 'boolean':
      return { kind: 'literal', span, value: node.value as number | boolean };
    case 'null':
    case 'property':
      return { kind: 'literal', span, value: null };
  }
}

function textExpression(value: string, span: Expression['span']): Expression {
  const constant = (text: string): Expression => ({
    kind: 'string',
    span,
    content: { start: span.start + 1, end: span.end - 1 },
    parts: [text],
  });
  if (!/^\[[\s\S]*\]$/u.test(value)) return constant(value);
  if (value.startsWith('[[')) return constant(value.slice(1));
  const reader = readerOf(value, 1, value.length - 1);
  try {
    skipTrivia(reader, true);
    const expression = readExpression(reader, { doubledQuotes: true }, true);
    skipTrivia(reader, true);
    return reader.position === value.length - 1 ? atSpan(expression, span) : constant(value);
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    return constant(value);
  }
}

function atSpan(expression: Expression, span: Expression['span']): Expression {
  const at = (inner: Expression): Expression => atSpan(inner, span);
  switch (expression.kind) {
    case 'call':
      return {
        ...expression,
        span,
        args: expression.args.map(at),
        ...(expression.target && { target: at(expression.target) }),
      };
    case 'access':
      return { ...expression, span, target: at(expression.target) };
    case 'index':
      return { ...expression, span, target: at(expression.target), index: at(expression.index) };
    case 'list':
      return { ...expression, span, items: expression.items.map(at) };
    case 'other':
      return { ...expression, span, parts: expression.parts.map(at) };
    case 'string':
    case 'object':
    case 'name':
    case 'literal':
      return { ...expression, span };
  }
}
