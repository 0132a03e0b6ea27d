import type { Node } from 'web-tree-sitter';
import type { NewImport, SyntaxFile } from '../languages/syntax.ts';

/**
 * Expression of the credential at a place: a variable that already holds one and is visible there, else a new
 * `DefaultAzureCredential`. `undefined` when the name is taken by something else.
 */
export function credentialFor(
  file: SyntaxFile,
  at: Node,
  asynchronous: boolean,
  bring: (request: NewImport) => string | undefined,
): { readonly text: string; readonly type: () => string } | undefined {
  const { identity } = file.language;
  const module = asynchronous ? (identity.asyncModule ?? identity.module) : identity.module;
  const declared = (): string | undefined => identity.declaredAs && bring(identity.declaredAs);
  const existing = file.symbols.bindings.find(binding => {
    if (binding.kind !== 'value' || !binding.constant || binding.valueNode === undefined) return false;
    if (binding.valueNode.endIndex > at.startIndex || !file.language.isCall(binding.valueNode)) return false;
    if (file.symbols.lookup(binding.name, at) !== binding) return false;
    const callee = file.language.callee(binding.valueNode);
    if (callee === undefined) return false;
    return file.language
      .resolve(callee, file)
      .some(resolved => resolved.module === module && identity.credentialTypes.includes(resolved.name));
  });
  const reused = existing?.valueNode && file.language.callee(existing.valueNode);
  if (existing !== undefined && reused !== undefined)
    return { text: existing.name, type: () => declared() ?? reused.text };
  const name = bring({ module, name: identity.creator ?? 'DefaultAzureCredential' });
  return name === undefined ? undefined : { text: file.language.create(name), type: () => declared() ?? name };
}
