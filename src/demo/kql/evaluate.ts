import { type Column, type Expression, KqlError, parseQuery, type Query, type Step } from './parse.ts';

export type Row = Readonly<Record<string, unknown>>;
export type Tables = Readonly<Record<string, () => readonly Row[]>>;

/** @throws KqlError when the query or a table it names is not known */
export function runQuery(text: string, tables: Tables): Row[] {
  return evaluate(parseQuery(text), tables);
}

function evaluate(query: Query, tables: Tables): Row[] {
  const table = tables[query.table];
  if (!table) throw new KqlError(`the table "${query.table}" is not known`);
  return query.steps.reduce<Row[]>((rows, step) => applyStep(rows, step, tables), [...table()]);
}

function applyStep(rows: Row[], step: Step, tables: Tables): Row[] {
  switch (step.kind) {
    case 'where':
      return rows.filter(row => valueOf(step.condition, row) === true);
    case 'extend':
      return rows.map(row => ({ ...row, ...columnsOf(step.columns, row) }));
    case 'project':
      return rows.map(row => columnsOf(step.columns, row));
    case 'join':
      return join(rows, evaluate(step.right, tables), step.on, step.flavour);
    case 'order':
      return order(rows, step.by);
    case 'take':
      return rows.slice(0, step.rows);
    case 'count':
      return [{ Count: rows.length }];
  }
}

function columnsOf(columns: readonly Column[], row: Row): Row {
  return Object.fromEntries(columns.map(column => [column.name, valueOf(column.value, row)]));
}

function join(left: readonly Row[], right: readonly Row[], on: string, flavour: 'leftouter' | 'inner'): Row[] {
  const byKey = new Map<string, Row[]>();
  for (const row of right) {
    const key = textOf(row[on]);
    const same = byKey.get(key);
    if (same) same.push(row);
    else byKey.set(key, [row]);
  }
  const rightColumns = Object.keys(right[0] ?? {});
  return left.flatMap(row => {
    const matches = byKey.get(textOf(row[on])) ?? [];
    if (matches.length === 0) {
      if (flavour === 'inner') return [];
      return [withRight(row, Object.fromEntries(rightColumns.map(name => [name, null])))];
    }
    return matches.map(match => withRight(row, match));
  });
}

/** A right-hand column whose name is taken gets a `1` behind it. */
function withRight(left: Row, right: Row): Row {
  return {
    ...Object.fromEntries(Object.entries(right).map(([name, value]) => [name in left ? `${name}1` : name, value])),
    ...left,
  };
}

function order(rows: readonly Row[], by: readonly { value: Expression; descending: boolean }[]): Row[] {
  return [...rows].sort((a, b) => {
    for (const { value, descending } of by) {
      const difference = compareValues(valueOf(value, a), valueOf(value, b));
      if (difference !== 0) return descending ? -difference : difference;
    }
    return 0;
  });
}

function compareValues(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [textOf(a), textOf(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function valueOf(expression: Expression, row: Row): unknown {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'column':
      if (!(expression.name in row)) throw new KqlError(`the column "${expression.name}" is not known`);
      return row[expression.name];
    case 'member':
      return memberOf(valueOf(expression.of, row), valueOf(expression.key, row));
    case 'call':
      return call(
        expression.name,
        expression.args.map(argument => valueOf(argument, row)),
      );
    case 'compare':
      return compare(expression.operator, valueOf(expression.left, row), valueOf(expression.right, row));
    case 'in': {
      const left = valueOf(expression.left, row);
      const found = literalsOf(expression).has(foldCase(expression.operator, textOf(left)));
      return expression.operator.startsWith('!') ? !found : found;
    }
    case 'logical': {
      const left = valueOf(expression.left, row) === true;
      if (expression.operator === 'and') return left && valueOf(expression.right, row) === true;
      return left || valueOf(expression.right, row) === true;
    }
  }
}

type InExpression = Extract<Expression, { kind: 'in' }>;
const literals = new WeakMap<InExpression, ReadonlySet<string>>();

/** The list is turned into a set once per query, so that a thousand ids against a thousand rows stay cheap. */
function literalsOf(expression: InExpression): ReadonlySet<string> {
  const known = literals.get(expression);
  if (known) return known;
  const set = new Set(expression.list.map(item => foldCase(expression.operator, textOf(valueOf(item, {})))));
  literals.set(expression, set);
  return set;
}

function foldCase(operator: string, text: string): string {
  return operator.endsWith('~') ? text.toLowerCase() : text;
}

function memberOf(value: unknown, key: unknown): unknown {
  if (value === null || typeof value !== 'object') return null;
  return (value as Record<string, unknown>)[String(key)] ?? null;
}

function call(name: string, args: readonly unknown[]): unknown {
  const text = textOf(args[0]);
  switch (name) {
    case 'tostring':
      return text;
    case 'tolower':
      return text.toLowerCase();
    case 'toupper':
      return text.toUpperCase();
    case 'split':
      return text.split(textOf(args[1]));
    case 'isempty':
      return text === '';
    case 'isnotempty':
      return text !== '';
    case 'isnull':
      return args[0] === null;
    case 'isnotnull':
      return args[0] !== null;
    case 'not':
      return args[0] !== true;
    case 'strcat':
      return args.map(textOf).join('');
    case 'iff':
    case 'iif':
      return args[0] === true ? args[1] : args[2];
    default:
      throw new KqlError(`the function "${name}" is not supported`);
  }
}

function compare(operator: string, a: unknown, b: unknown): boolean {
  const [left, right] = [textOf(a), textOf(b)];
  const [lowerLeft, lowerRight] = [left.toLowerCase(), right.toLowerCase()];
  switch (operator) {
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '=~':
      return lowerLeft === lowerRight;
    case '!~':
      return lowerLeft !== lowerRight;
    case 'contains':
      return lowerLeft.includes(lowerRight);
    case 'has':
      return lowerLeft.split(/[^a-z0-9]+/).includes(lowerRight);
    case 'startswith':
      return lowerLeft.startsWith(lowerRight);
    case 'endswith':
      return lowerLeft.endsWith(lowerRight);
    case '<':
      return compareValues(a, b) < 0;
    case '>':
      return compareValues(a, b) > 0;
    case '<=':
      return compareValues(a, b) <= 0;
    case '>=':
      return compareValues(a, b) >= 0;
    default:
      throw new KqlError(`the operator "${operator}" is not supported`);
  }
}

/** Kusto's `tostring`: null is the empty string, a bag is its JSON. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
