/**
 * The part of the Kusto Query Language that resource queries use: a table and a chain of `where`, `extend`, `project`,
 * `join`, `order by`, `take` and `count`.
 */
export interface Query {
  readonly table: string;
  readonly steps: readonly Step[];
}

export type Step =
  | { readonly kind: 'where'; readonly condition: Expression }
  | { readonly kind: 'extend' | 'project'; readonly columns: readonly Column[] }
  | { readonly kind: 'join'; readonly flavour: 'leftouter' | 'inner'; readonly right: Query; readonly on: string }
  | { readonly kind: 'order'; readonly by: readonly { readonly value: Expression; readonly descending: boolean }[] }
  | { readonly kind: 'take'; readonly rows: number }
  | { readonly kind: 'count' };

export interface Column {
  readonly name: string;
  readonly value: Expression;
}

export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'column'; readonly name: string }
  | { readonly kind: 'member'; readonly of: Expression; readonly key: Expression }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'compare'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'in'; readonly operator: string; readonly left: Expression; readonly list: readonly Expression[] }
  | {
      readonly kind: 'logical';
      readonly operator: 'and' | 'or';
      readonly left: Expression;
      readonly right: Expression;
    };

/** The query uses something that the language has not, or that this subset leaves out. */
export class KqlError extends Error {}

interface Token {
  readonly kind: 'name' | 'string' | 'number' | 'symbol' | 'end';
  readonly text: string;
}

const TOKEN =
  /\s+|\/\/[^\n]*|(?<name>[a-z_][\w-]*~?)|(?<number>\d+)|'(?<single>(?:[^'\\]|\\.)*)'|"(?<double>(?:[^"\\]|\\.)*)"|(?<symbol>![a-z]+~?|=~|!~|==|!=|<=|>=|[|()[\],.=<>])/iy;

const TEXT_OPERATORS = new Set(['contains', 'has', 'startswith', 'endswith']);
const COMPARISONS = new Set(['==', '!=', '=~', '!~', '<', '>', '<=', '>=']);
const LIST_OPERATORS = new Set(['in', 'in~', '!in', '!in~']);

/** @throws KqlError naming the first thing that is not understood */
export function parseQuery(text: string): Query {
  const tokens = tokenize(text);
  let at = 0;

  const peek = (): Token => tokens[at] ?? { kind: 'end', text: '' };
  const next = (): Token => {
    const token = peek();
    at++;
    return token;
  };
  const isNext = (word: string): boolean => peek().kind !== 'string' && peek().text.toLowerCase() === word;
  const accept = (word: string): boolean => {
    if (!isNext(word)) return false;
    at++;
    return true;
  };
  const expect = (word: string): void => {
    if (!accept(word)) throw new KqlError(`expected "${word}" before "${peek().text}"`);
  };
  const expectName = (): string => {
    const token = next();
    if (token.kind !== 'name') throw new KqlError(`expected a name before "${token.text}"`);
    return token.text;
  };
  const listOf = <T>(item: () => T): T[] => {
    const items = [item()];
    while (accept(',')) items.push(item());
    return items;
  };

  function query(): Query {
    const table = expectName().toLowerCase();
    const steps: Step[] = [];
    while (accept('|')) steps.push(step());
    return { table, steps };
  }

  function step(): Step {
    const operator = expectName().toLowerCase();
    switch (operator) {
      case 'where':
        return { kind: 'where', condition: expression() };
      case 'extend':
      case 'project':
        return { kind: operator, columns: listOf(column) };
      case 'join':
        return join();
      case 'order':
      case 'sort':
        expect('by');
        return { kind: 'order', by: listOf(ordering) };
      case 'take':
      case 'limit':
        return { kind: 'take', rows: Number(next().text) };
      case 'count':
        return { kind: 'count' };
      default:
        throw new KqlError(`the operator "${operator}" is not supported`);
    }
  }

  function join(): Step {
    let flavour = 'inner';
    if (accept('kind')) {
      expect('=');
      flavour = expectName().toLowerCase();
    }
    if (flavour !== 'leftouter' && flavour !== 'inner') throw new KqlError(`join kind "${flavour}" is not supported`);
    expect('(');
    const right = query();
    expect(')');
    expect('on');
    return { kind: 'join', flavour, right, on: expectName() };
  }

  function column(): Column {
    const first = expression();
    if (first.kind === 'column' && accept('=')) return { name: first.name, value: expression() };
    return { name: nameOf(first), value: first };
  }

  function ordering(): { value: Expression; descending: boolean } {
    const value = expression();
    if (accept('asc')) return { value, descending: false };
    accept('desc');
    return { value, descending: true };
  }

  function expression(): Expression {
    let left = conjunction();
    while (accept('or')) left = { kind: 'logical', operator: 'or', left, right: conjunction() };
    return left;
  }

  function conjunction(): Expression {
    let left = comparison();
    while (accept('and')) left = { kind: 'logical', operator: 'and', left, right: comparison() };
    return left;
  }

  function comparison(): Expression {
    const left = operand();
    if (peek().kind === 'string') return left;
    const operator = peek().text.toLowerCase();
    if (LIST_OPERATORS.has(operator)) {
      next();
      expect('(');
      const list = accept(')') ? [] : listOf(expression);
      if (list.length > 0) expect(')');
      return { kind: 'in', operator, left, list };
    }
    if (COMPARISONS.has(operator) || TEXT_OPERATORS.has(operator)) {
      next();
      return { kind: 'compare', operator, left, right: operand() };
    }
    return left;
  }

  function operand(): Expression {
    let value = primary();
    for (;;) {
      if (accept('.')) value = { kind: 'member', of: value, key: { kind: 'literal', value: expectName() } };
      else if (accept('[')) {
        value = { kind: 'member', of: value, key: expression() };
        expect(']');
      } else return value;
    }
  }

  function primary(): Expression {
    if (accept('(')) {
      const inner = expression();
      expect(')');
      return inner;
    }
    const token = next();
    if (token.kind === 'string') return { kind: 'literal', value: token.text };
    if (token.kind === 'number') return { kind: 'literal', value: Number(token.text) };
    if (token.kind !== 'name') throw new KqlError(`expected a value before "${token.text}"`);
    if (token.text === 'true' || token.text === 'false') return { kind: 'literal', value: token.text === 'true' };
    if (!accept('(')) return { kind: 'column', name: token.text };
    const args = accept(')') ? [] : listOf(expression);
    if (args.length > 0) expect(')');
    return { kind: 'call', name: token.text.toLowerCase(), args };
  }

  const whole = query();
  if (peek().kind !== 'end') throw new KqlError(`unexpected "${peek().text}"`);
  return whole;
}

/** Kusto names an unnamed column after its path, joined with underscores. */
function nameOf(expression: Expression): string {
  if (expression.kind === 'column') return expression.name;
  if (expression.kind === 'member' && expression.key.kind === 'literal') {
    return `${nameOf(expression.of)}_${String(expression.key.value)}`;
  }
  throw new KqlError('a computed column needs a name');
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const start = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) throw new KqlError(`unexpected character "${text.charAt(start)}"`);
    const { name, number, single, double, symbol } = match.groups ?? {};
    const quoted = single ?? double;
    if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (quoted !== undefined) tokens.push({ kind: 'string', text: quoted.replace(/\\(.)/gs, '$1') });
    else if (symbol !== undefined) tokens.push({ kind: 'symbol', text: symbol });
  }
  return tokens;
}
