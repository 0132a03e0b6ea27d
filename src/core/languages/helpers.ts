import type { Node } from 'web-tree-sitter';
import { ancestor, type Binding, type LanguageAdapter, type Reference, type ReturnedValue } from './syntax.ts';

/** The value of a body that is an expression, or a block with one `return` and nothing else, not even a comment. */
export function soleReturn(body: Node | null | undefined): Node | undefined {
  if (!body) return undefined;
  if (!/(?:block|body|statement_list)$/u.test(body.type)) return body;
  const [statement, ...more] = body.namedChildren;
  if (statement === undefined || more.length > 0) return undefined;
  if (statement.type === 'statement_list') return soleReturn(statement);
  const [value, ...others] = statement.type === 'return_statement' ? statement.namedChildren : [];
  return others.length > 0 ? undefined : value;
}

/**
 * Functions without parameters that only return a text, as names whose uses are the calls: `cs()` is worth what `cs`
 * would be. Other uses of such a function are uncertain, and one declared twice is left out.
 */
export function helperBindings(
  root: Node,
  nodes: readonly Node[],
  language: LanguageAdapter,
  declared: (nameNode: Node) => Binding | undefined,
  meant: (node: Node) => Binding | undefined,
): Binding[] {
  const found = nodes
    .flatMap(node => language.returnedValue(node) ?? [])
    .filter(({ value }) => isText(value, language));
  if (found.length === 0) return [];
  const names = new Map<string, Node[]>(found.map(({ nameNode }) => [nameNode.text, []]));
  for (const node of nodes) if (node.type.endsWith('identifier')) names.get(node.text)?.push(node);
  return found.flatMap((helper): Binding[] => {
    const { nameNode, value, declaration, exposure } = helper;
    const own = helper.isMember ? undefined : declared(nameNode);
    if (own?.references.some(({ write }) => write) === true) return [];
    const others = (names.get(nameNode.text) ?? []).filter(({ id }) => id !== nameNode.id);
    if (own === undefined && others.some(other => namesFunction(other, language))) return [];
    const references = others.flatMap(other => referenceOf(other, helper, own, language, meant) ?? []);
    const scope = own?.scope ?? (declaration.parent && ancestor(declaration.parent, language.scopeTypes)) ?? root;
    const kind = 'helper' as const;
    const name = nameNode.text;
    return [{ name, nameNode, valueNode: value, declaration, kind, exposure, scope, references, constant: true }];
  });
}

function isText(value: Node, language: LanguageAdapter): boolean {
  const inner = language.wrapped(value) ?? language.defaulted(value)?.value;
  if (inner !== undefined && inner.id !== value.id) return isText(inner, language);
  return (
    language.pieces(value) !== undefined ||
    language.settingLookup(value) !== undefined ||
    language.reference(value)?.kind === 'name'
  );
}

function namesFunction(node: Node, language: LanguageAdapter): boolean {
  const { parent } = node;
  return parent !== null && language.scopeTypes.has(parent.type) && parent.childForFieldName('name')?.id === node.id;
}

function referenceOf(
  node: Node,
  { isMember, declaration }: ReturnedValue,
  own: Binding | undefined,
  language: LanguageAdapter,
  meant: (node: Node) => Binding | undefined,
): Reference | undefined {
  const { parent } = node;
  const object = parent?.childForFieldName('object') ?? parent?.childForFieldName('expression') ?? undefined;
  const ofObject = parent !== null && object !== undefined && object.id !== node.id;
  if (ofObject && !isMember) return undefined;
  const type = ancestor(declaration, language.classTypes)?.childForFieldName('name')?.text;
  const onItself = ofObject && (/^(?:this|self|cls)$/u.test(object.text) || object.text === type);
  if (!ofObject && meant(node) !== own) return undefined;
  const called = ofObject && !language.isCall(parent) ? parent : node;
  const call = called.type === node.type && ofObject ? parent : called.parent;
  const isCallee =
    call !== null &&
    language.isCall(call) &&
    [call.childForFieldName('function')?.id, call.childForFieldName('name')?.id].some(
      id => id === called.id || (id === node.id && ofObject),
    );
  const plain = isCallee && call.childForFieldName('arguments')?.namedChildCount === 0;
  if (plain && (!ofObject || onItself)) return { node: call, name: node, write: false, uncertain: false };
  // What another object has under this name, and does not call without arguments, is not this function.
  if (ofObject && !onItself && (!isCallee || call.childForFieldName('arguments')?.namedChildCount !== 0))
    return undefined;
  // A label of an argument or of a member that an object is made with is no use of the function.
  if (!ofObject && !isCallee && language.reference(node) === undefined) return undefined;
  return { node, write: false, uncertain: true };
}
