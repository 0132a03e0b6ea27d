import type { Node } from 'web-tree-sitter';
import { spanOf, type SettingLookup } from './syntax.ts';

/** What a string node holds; `undefined` for one that is not plain. */
type TextOf = (node: Node) => string | undefined;

/**
 * `System.getenv("NAME")`, `System.getenv().getOrDefault("NAME", …)`, Spring's `environment.getProperty("name")` and
 * `@Value("${name}")`, which gives a field or parameter its value.
 */
export function javaSettingLookup(node: Node, textOf: TextOf): SettingLookup | undefined {
  if (node.type === 'annotation') return valueAnnotation(node);
  if (node.type !== 'method_invocation') return undefined;
  const receiver = node.childForFieldName('object')?.text.replace(/\s/gu, '') ?? '';
  const method = node.childForFieldName('name')?.text ?? '';
  const isVariable = /^System\.getenv(?:\(\)\.getOrDefault)?$/u.test(`${receiver}.${method}`);
  const isProperty = /^get(?:Required)?Property$/u.test(method) && /(?:^|\.)env(?:ironment)?$/iu.test(receiver);
  if (!isVariable && !isProperty) return undefined;
  const list = node.childForFieldName('arguments');
  const content = list === null ? undefined : onlyText(list);
  if (content === undefined || (isProperty && list?.namedChildCount !== 1)) return undefined;
  return { name: textOf(content.literal) ?? content.text.text, nameSpan: spanOf(content.text) };
}

/** The annotation that gives a declaration its value. */
export function valueOfDeclaration(declaration: Node): Node | undefined {
  const modifiers = declaration.namedChildren.find(({ type }) => type === 'modifiers');
  return modifiers?.namedChildren.find(child => valueAnnotation(child) !== undefined);
}

/** `@Value("${name}")`; one with a default of its own says more than a name. */
function valueAnnotation(node: Node): SettingLookup | undefined {
  if (node.type !== 'annotation' || !/^(?:[\w.]+\.)?Value$/u.test(node.childForFieldName('name')?.text ?? '')) {
    return undefined;
  }
  const list = node.childForFieldName('arguments');
  const content = list?.namedChildCount === 1 ? onlyText(list) : undefined;
  const name = /^\$\{(?<name>[\w.[\]-]+):?\}$/u.exec(content?.text.text ?? '')?.groups?.['name'];
  if (content === undefined || name === undefined) return undefined;
  const start = content.text.startIndex + 2;
  return { name, nameSpan: { start, end: start + name.length } };
}

/** The first of some arguments, when it is a plain string. */
function onlyText(list: Node): { readonly literal: Node; readonly text: Node } | undefined {
  const [literal] = list.namedChildren;
  const [text, ...more] = literal?.type === 'string_literal' ? literal.namedChildren : [];
  return literal !== undefined && text?.type === 'string_fragment' && more.length === 0 ? { literal, text } : undefined;
}
