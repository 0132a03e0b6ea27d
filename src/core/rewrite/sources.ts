import type { Node } from 'web-tree-sitter';
import { constantString } from '../languages/constants.ts';
import { parameterNamed, type Parameter } from '../languages/parameters.ts';
import type { SettingLookup, SyntaxFile } from '../languages/syntax.ts';

/** Where a value comes from in the end. */
export type Source =
  | { readonly kind: 'setting'; readonly node: Node; readonly lookup: SettingLookup }
  | { readonly kind: 'text'; readonly node: Node; readonly value: string }
  | { readonly kind: 'unknown'; readonly node: Node };

/** Deep enough for any sane chain of names, and an end to circular ones. */
const depthLimit = 12;

/** Follows names, defaults and parameters of the file's functions back to the look-ups and texts that give a value. */
export function sourcesOf(file: SyntaxFile, node: Node, depth = 0): Source[] {
  const { language } = file;
  const lookup = language.settingLookup(node);
  const backed = language.defaulted(node);
  const own: Source[] = lookup === undefined ? [] : [{ kind: 'setting', node, lookup }];
  if (depth > depthLimit) return [{ kind: 'unknown', node }];
  if (backed !== undefined) {
    const value = backed.value.id === node.id ? own : sourcesOf(file, backed.value, depth + 1);
    // An empty text only says that nothing is there, and what throws ends here.
    const empty =
      /^(?:throw_expression|null(?:_literal)?|undefined|none|nil)$/u.test(backed.fallback.type) ||
      constantString(backed.fallback, file)?.value === '';
    return [...value, ...(empty ? [] : sourcesOf(file, backed.fallback, depth + 1))];
  }
  if (lookup !== undefined) return own;
  const inner = language.wrapped(node);
  if (inner !== undefined) return sourcesOf(file, inner, depth + 1);
  if (language.pieces(node) !== undefined) {
    const text = constantString(node, file);
    return text?.through.length === 0 ? [{ kind: 'text', node, value: text.value }] : [{ kind: 'unknown', node }];
  }
  const binding = file.symbols.bindingOf(node);
  const parameter = binding && parameterNamed(file, binding);
  if (parameter?.obstacle === undefined && parameter !== undefined) return passedTo(file, parameter, depth + 1);
  if (!binding?.constant || binding.valueNode === undefined) return [{ kind: 'unknown', node }];
  return sourcesOf(file, binding.valueNode, depth + 1);
}

/** Where everything comes from that the file passes to a parameter. */
export function passedTo(file: SyntaxFile, parameter: Parameter, depth = 0): Source[] {
  const values = parameter.calls.flatMap(({ argument }) => argument?.value ?? parameter.fallback ?? []);
  const unique = new Map([...values, ...(parameter.fallback ? [parameter.fallback] : [])].map(node => [node.id, node]));
  return [...unique.values()].flatMap(node => sourcesOf(file, node, depth + 1));
}
