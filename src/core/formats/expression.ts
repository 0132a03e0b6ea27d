import type { Span } from '../text/text-edit.ts';

/** An expression of Bicep, of an ARM template string or of HCL, as far as reading settings takes. */
export type Expression =
  | StringExpression
  | ObjectExpression
  | ListExpression
  | CallExpression
  | AccessExpression
  | IndexExpression
  | NameExpression
  | LiteralExpression
  | OtherExpression;

export interface StringExpression {
  readonly kind: 'string';
  readonly span: Span;
  /** Without the quotes. */
  readonly content: Span;
  /** Text with escapes undone, and interpolated expressions, in order. */
  readonly parts: readonly (string | Expression)[];
}

export interface ObjectExpression {
  readonly kind: 'object';
  /** With its braces. */
  readonly span: Span;
  readonly properties: readonly ObjectProperty[];
}

export interface ObjectProperty {
  /** `undefined` for a computed key. */
  readonly key: string | undefined;
  readonly keySpan: Span;
  readonly value: Expression;
  readonly span: Span;
}

export interface ListExpression {
  readonly kind: 'list';
  readonly span: Span;
  readonly items: readonly Expression[];
}

export interface CallExpression {
  readonly kind: 'call';
  readonly span: Span;
  readonly name: string;
  /** What a method is called on. */
  readonly target?: Expression;
  readonly args: readonly Expression[];
}

export interface AccessExpression {
  readonly kind: 'access';
  readonly span: Span;
  readonly target: Expression;
  readonly member: string;
}

export interface IndexExpression {
  readonly kind: 'index';
  readonly span: Span;
  readonly target: Expression;
  readonly index: Expression;
}

export interface NameExpression {
  readonly kind: 'name';
  readonly span: Span;
  readonly name: string;
}

export interface LiteralExpression {
  readonly kind: 'literal';
  readonly span: Span;
  readonly value: boolean | number | null;
}

/** Operators, conditions, loops and what else combines expressions. */
export interface OtherExpression {
  readonly kind: 'other';
  readonly span: Span;
  readonly parts: readonly Expression[];
}

/** An expression and all inside of it, outer ones first. */
export function* expressionsIn(expression: Expression): Generator<Expression> {
  yield expression;
  for (const child of childrenOf(expression)) yield* expressionsIn(child);
}

function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'string':
      return expression.parts.filter(part => typeof part !== 'string');
    case 'object':
      return expression.properties.map(({ value }) => value);
    case 'list':
      return expression.items;
    case 'call':
      return expression.target === undefined ? expression.args : [expression.target, ...expression.args];
    case 'access':
      return [expression.target];
    case 'index':
      return [expression.target, expression.index];
    case 'other':
      return expression.parts;
    case 'name':
    case 'literal':
      return [];
  }
}

/** The text of a string without interpolation. */
export function constantText(expression: Expression | undefined): string | undefined {
  if (expression?.kind !== 'string') return undefined;
  return expression.parts.every(part => typeof part === 'string') ? expression.parts.join('') : undefined;
}

export function propertyOf(object: ObjectExpression, key: string): ObjectProperty | undefined {
  const wanted = key.toLowerCase();
  return object.properties.find(property => property.key?.toLowerCase() === wanted);
}

/** The object at the end of a path of keys. */
export function objectAt(object: ObjectExpression, ...path: readonly string[]): ObjectExpression | undefined {
  let at: Expression | undefined = object;
  for (const key of path) at = at?.kind === 'object' ? propertyOf(at, key)?.value : undefined;
  return at?.kind === 'object' ? at : undefined;
}

/** Names from the left: `a.b.c` is `a`, `b`, `c`; an index by number or text counts as itself. `undefined` for others. */
export function pathOf(expression: Expression): readonly string[] | undefined {
  switch (expression.kind) {
    case 'name':
      return [expression.name];
    case 'access': {
      const target = pathOf(expression.target);
      return target && [...target, expression.member];
    }
    case 'index': {
      const target = pathOf(expression.target);
      const { index } = expression;
      const key = index.kind === 'literal' ? String(index.value) : constantText(index);
      return target && key !== undefined ? [...target, key] : undefined;
    }
    case 'string':
    case 'object':
    case 'list':
    case 'call':
    case 'literal':
    case 'other':
      return undefined;
  }
}

/** One spelling of an expression of functions, names and constants, to tell whether two are the same. */
export function spelled(expression: Expression): string {
  switch (expression.kind) {
    case 'string':
      return `'${expression.parts.map(part => (typeof part === 'string' ? part : `\${${spelled(part)}}`)).join('')}'`;
    case 'call': {
      const on = expression.target === undefined ? '' : `${spelled(expression.target)}.`;
      return `${on}${expression.name.toLowerCase()}(${expression.args.map(spelled).join(',')})`;
    }
    case 'access':
      return `${spelled(expression.target)}.${expression.member}`;
    case 'index':
      return `${spelled(expression.target)}[${spelled(expression.index)}]`;
    case 'name':
      return expression.name;
    case 'literal':
      return String(expression.value);
    case 'list':
      return `[${expression.items.map(spelled).join(',')}]`;
    case 'object':
      return `{${expression.properties.map(({ key, value }) => `${key ?? '?'}:${spelled(value)}`).join(',')}}`;
    case 'other':
      return `(${expression.parts.map(spelled).join(' ')})`;
  }
}
