import type { Node } from 'web-tree-sitter';
import { ancestor, walk, type SyntaxFile } from '../languages/syntax.ts';
import type { KeyBoundCalls, Service } from '../services/service.ts';

export function lineOf(node: Node): number {
  return node.startPosition.row + 1;
}

/** The first call in the file that a list of key-bound calls names. */
export function keyBoundCall(
  file: SyntaxFile,
  groups: readonly KeyBoundCalls[],
  aside: ReadonlySet<number> = new Set(),
): { readonly call: Node; readonly name: string; readonly reason: string } | undefined {
  const reasons = new Map<string, string>();
  for (const { languages, reason } of groups) {
    for (const name of languages[file.language.id] ?? []) reasons.set(name, reason);
  }
  if (![...reasons.keys()].some(name => file.text.includes(name))) return undefined;
  for (const call of callsIn(file)) {
    const name = aside.has(call.id) ? undefined : file.language.calledName(call);
    const reason = name === undefined ? undefined : reasons.get(name);
    if (name !== undefined && reason !== undefined) return { call, name, reason };
  }
  return undefined;
}

export function callsIn(file: SyntaxFile): Node[] {
  const calls: Node[] = [];
  walk(file.root, node => {
    if (file.language.isCall(node)) calls.push(node);
    return undefined;
  });
  return calls;
}

/** A call that needs the key and gets it, directly or inside something built from it. */
export function keyOnlyUse(
  file: SyntaxFile,
  use: Node,
  services: readonly Service[],
  depth = 0,
): { readonly service: Service; readonly call: Node; readonly name: string; readonly reason: string } | undefined {
  if (depth > 4) return undefined;
  for (let node: Node | null = use; node !== null && !file.language.scopeTypes.has(node.type); node = node.parent) {
    const name = file.language.isCall(node) ? file.language.calledName(node) : undefined;
    for (const service of services) {
      const bound = service.keyOnly?.find(
        group => name !== undefined && group.languages[file.language.id]?.includes(name),
      );
      if (bound !== undefined && name !== undefined) return { service, call: node, name, reason: bound.reason };
    }
    const references = file.symbols.bindingWithValue(node)?.references ?? [];
    for (const reference of references) {
      const found = keyOnlyUse(file, reference.node, services, depth + 1);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** Says which use of the secret stands in the way; names code, never values. */
export function unknownUse(file: SyntaxFile, use: Node, services: readonly Service[]): string {
  const keyOnly = keyOnlyUse(file, use, services);
  const line = lineOf(use);
  if (keyOnly !== undefined) return `The secret on line ${line} goes to ${keyOnly.name}. ${keyOnly.reason}`;
  const helper = file.symbols.bindings.find(
    ({ kind, references }) =>
      kind === 'helper' && references.some(({ node, uncertain }) => uncertain && node.id === use.id),
  );
  if (helper !== undefined) {
    return `${helper.name}, which returns the secret, is used on line ${line} in another way than by a call without arguments. Change that use first, then run the fix again.`;
  }
  const call = enclosingCall(file, use);
  const name = call === undefined ? undefined : file.language.calledName(call);
  if (name !== undefined && /^[\w.#]+$/u.test(name)) {
    return `The same secret is also passed to ${name} on line ${line}, for which Keyless knows no keyless form. Change that call first, then run the fix again.`;
  }
  return `The same secret is also used on line ${line} in a way Keyless cannot follow. Change that use first, then run the fix again.`;
}

export function visibleOutside(name: string): string {
  return `${name} is visible outside this file, so other code may need the secret. Make it private or move its users here, then run the fix again.`;
}

function enclosingCall(file: SyntaxFile, use: Node): Node | undefined {
  for (let node = use.parent; node !== null; node = node.parent) {
    if (file.language.isCall(node)) return node;
    if (file.language.scopeTypes.has(node.type)) return undefined;
  }
  return undefined;
}

/** Whether the parser had to guess within the statement around a node. */
export function hasSyntaxErrorNear(file: SyntaxFile, node: Node): boolean {
  const statement = file.language.statementOf(node);
  if (statement.hasError) return true;
  const block = ancestor(statement, file.language.scopeTypes);
  // An error node next to the statement may be a torn-off part of it.
  const siblings = block === undefined ? [] : (statement.parent ?? block).namedChildren;
  const at = siblings.findIndex(sibling => sibling.id === statement.id);
  return [siblings[at - 1], siblings[at + 1]].some(sibling => sibling?.isError === true);
}

export function errorCount(root: Node): number {
  if (!root.hasError) return 0;
  let count = 0;
  const visit = (node: Node): void => {
    if (node.isError || node.isMissing) count++;
    if (node.hasError) node.children.forEach(visit);
  };
  visit(root);
  return count;
}
