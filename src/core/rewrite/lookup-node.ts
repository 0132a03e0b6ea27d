import type { Node } from 'web-tree-sitter';
import type { SyntaxFile } from '../languages/syntax.ts';

/** Follows names and defaults (`process.env.X ?? ''`) to the look-up that gives a value. */
export function lookupNode(node: Node, file: SyntaxFile, depth = 0): Node | undefined {
  if (depth > 12) return undefined;
  if (file.language.settingLookup(node) !== undefined) return node;
  const inner = file.language.wrapped(node) ?? file.language.defaulted(node)?.value;
  if (inner !== undefined) return lookupNode(inner, file, depth + 1);
  const binding = file.symbols.bindingOf(node);
  if (!binding?.constant || binding.valueNode === undefined) return undefined;
  return lookupNode(binding.valueNode, file, depth + 1);
}

/** What settings hold, by their names, as far as files say. */
export type HeldBySettings = (name: string) => string | undefined;

/** What an expression reads from a setting. */
export function heldText(node: Node, file: SyntaxFile, held: HeldBySettings): string | undefined {
  const source = lookupNode(node, file);
  const name = source && file.language.settingLookup(source)?.name;
  return name === undefined ? undefined : held(name);
}
