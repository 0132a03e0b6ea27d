import type { Node } from 'web-tree-sitter';
import type { Binding } from './syntax.ts';
import type { SyntaxFile } from './syntax.ts';

export interface ConstantString {
  readonly value: string;
  /** Names that the value was read through. */
  readonly through: readonly Binding[];
}

/** Deep enough for any sane chain of constants, and an end to circular ones. */
const depthLimit = 12;

/**
 * Value of a string expression that the file alone determines: literal, template, concatenation,
 * or a name assigned once from such. `undefined` when something else has a part in it.
 */
export function constantString(node: Node, file: SyntaxFile, depth = 0): ConstantString | undefined {
  if (depth > depthLimit) return undefined;
  const pieces = file.language.pieces(node);
  if (pieces !== undefined) {
    let value = '';
    const through: Binding[] = [];
    for (const piece of pieces) {
      if (piece.kind === 'text') {
        value += piece.value;
        continue;
      }
      const inner = constantString(piece.node, file, depth + 1);
      if (inner === undefined) return undefined;
      value += inner.value;
      through.push(...inner.through);
    }
    return { value, through };
  }
  const inner = file.language.wrapped(node);
  if (inner !== undefined) return constantString(inner, file, depth + 1);
  const binding = file.symbols.bindingOf(node);
  if (!binding?.constant || binding.valueNode === undefined) return undefined;
  const value = constantString(binding.valueNode, file, depth + 1);
  return value && { value: value.value, through: [binding, ...value.through] };
}

/** Follows names assigned once, and wrappers such as casts, to the expression that gives the value. */
export function origin(
  node: Node,
  file: SyntaxFile,
  depth = 0,
): { readonly node: Node; readonly through: readonly Binding[] } {
  const inner = file.language.wrapped(node);
  if (inner !== undefined && depth < depthLimit) return origin(inner, file, depth + 1);
  const binding = file.symbols.bindingOf(node);
  if (depth >= depthLimit || !binding?.constant || binding.valueNode === undefined) return { node, through: [] };
  const source = origin(binding.valueNode, file, depth + 1);
  return { node: source.node, through: [binding, ...source.through] };
}
