/** What one role definition allows; every list may hold the wildcard `*`, which stands for any text, slashes included. */
export interface Permissions {
  /** Control plane: managing the resource itself. */
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  /** Data plane: what the resource holds. */
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
}

export type Plane = 'control' | 'data';

/** True when the role allows the action. Its own exclusions count; another role may still allow what they take away. */
export function allows(role: Permissions, action: string, plane: Plane): boolean {
  const [granted, excluded] =
    plane === 'control' ? [role.actions, role.notActions] : [role.dataActions, role.notDataActions];
  return granted.some(pattern => covers(pattern, action)) && !excluded.some(pattern => covers(pattern, action));
}

/** True when the role allows at least one action that the pattern describes, wildcards on both sides considered. */
export function overlaps(role: Permissions, pattern: string, plane: Plane): boolean {
  const [granted, excluded] =
    plane === 'control' ? [role.actions, role.notActions] : [role.dataActions, role.notDataActions];
  return granted.some(each => meet(each, pattern)) && !excluded.some(each => covers(each, pattern));
}

/** True when a role allows all that another one does. */
export function includes(wider: Permissions, role: Permissions): boolean {
  const on = (granted: 'actions' | 'dataActions', excluded: 'notActions' | 'notDataActions'): boolean =>
    role[granted].every(
      pattern =>
        wider[granted].some(each => covers(each, pattern)) &&
        // What the wider one leaves out of it, the other one must leave out as well.
        wider[excluded].every(each => !meet(each, pattern) || role[excluded].some(own => covers(own, each))),
    );
  return on('actions', 'notActions') && on('dataActions', 'notDataActions');
}

/** True when every action that `pattern` stands for is one that `wider` stands for. Letter case does not count. */
export function covers(wider: string, pattern: string): boolean {
  return expressionOf(wider).test(pattern);
}

const expressions = new Map<string, RegExp>();

/** A wildcard in the narrower pattern is plain text to the wider one, which only `*` can take in. */
function expressionOf(pattern: string): RegExp {
  const known = expressions.get(pattern);
  if (known) return known;
  const parts = pattern.split('*').map(part => part.replace(/[.\\+?^${}()|[\]]/g, String.raw`\$&`));
  const expression = new RegExp(`^${parts.join('.*')}$`, 'is');
  expressions.set(pattern, expression);
  return expression;
}

/** True when some action is described by both patterns. */
function meet(a: string, b: string): boolean {
  const left = a.toLowerCase();
  const right = b.toLowerCase();
  // Reachable pairs of positions in both patterns, row by row: each wildcard may swallow any text.
  let row = new Set([0]);
  const close = (positions: Set<number>, wild: boolean): Set<number> => {
    const closed = new Set(positions);
    for (const start of positions) {
      let at = start;
      while (at < right.length && (wild || right[at] === '*')) closed.add(++at);
    }
    return closed;
  };
  row = close(row, false);
  for (const letter of left) {
    if (letter === '*') {
      row = close(row, true);
      continue;
    }
    const next = new Set<number>();
    for (const at of row) {
      if (right[at] === '*') next.add(at);
      else if (right[at] === letter) next.add(at + 1);
    }
    row = close(next, false);
    if (row.size === 0) return false;
  }
  return row.has(right.length);
}
