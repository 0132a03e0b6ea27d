import type { Node } from 'web-tree-sitter';
import { walk, type SyntaxFile } from '../languages/syntax.ts';
import { credentialRequest, isCredential } from './credential.ts';
import type { Refusal } from './fix.ts';
import type { Match } from './match.ts';
import { needsAsync } from './needs-async.ts';
import { lineOf } from './refusals.ts';

const branchings = new Set([
  'if_statement',
  'ternary_expression',
  'conditional_expression',
  'elif_clause',
  'else_clause',
]);

/** Code that decides between secret and identity is as it should be but for the branch of the secret. */
export function refuseIdentityBranch(file: SyntaxFile, consumers: readonly Match[]): Refusal | undefined {
  for (const match of consumers) {
    const { module } = credentialRequest(file, needsAsync(match));
    const branch = otherBranches(file, match.node).find(node => signsIn(file, node, match, module));
    if (branch === undefined) continue;
    return {
      refusal: `Line ${lineOf(match.node)} already has an identity branch: line ${lineOf(branch)} connects with a token credential. Delete the branch that takes the secret, and the choice between the two.`,
    };
  }
  return undefined;
}

/** What runs instead of the code around a node: the other arms of its conditions, and what follows an arm that leaves. */
function otherBranches(file: SyntaxFile, node: Node): Node[] {
  const branches: Node[] = [];
  let inner = node;
  for (let at = node.parent; at !== null && !isFunction(file, at); inner = at, at = at.parent) {
    if (!branchings.has(at.type)) continue;
    const condition = at.childForFieldName('condition');
    const arms = at.namedChildren.filter(child => child.id !== condition?.id && !file.language.isComment(child));
    if (!arms.some(({ id }) => id === inner.id)) continue;
    branches.push(...arms.filter(({ id }) => id !== inner.id));
    if (at.type !== 'if_statement' || !/\breturn\b/u.test(inner.text)) continue;
    for (let next = at.nextNamedSibling; next !== null; next = next.nextNamedSibling) branches.push(next);
  }
  return branches;
}

function isFunction(file: SyntaxFile, node: Node): boolean {
  return file.language.scopeTypes.has(node.type) && /function|method|lambda|constructor_declaration/u.test(node.type);
}

/** Whether code makes the same client with a credential, or a credential itself. */
function signsIn(file: SyntaxFile, branch: Node, { compiled }: Match, module: string): boolean {
  if (!branch.text.includes(compiled.leadingName)) return false;
  let found = false;
  walk(branch, node => {
    const { valueNode } = file.symbols.bindingOf(node) ?? {};
    found ||= [node, valueNode].some(
      value => value !== undefined && file.language.isCall(value) && isCredential(value, file, module),
    );
    return !found;
  });
  return found;
}
