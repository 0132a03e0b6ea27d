import type { Node } from 'web-tree-sitter';
import { namedChildren, type LanguageAdapter, type RawBinding, type Reference, type SymbolTable } from './syntax.ts';

interface MutableBinding extends RawBinding {
  readonly scope: Node;
  readonly references: Reference[];
  constant: boolean;
}

/** One walk over the tree: scopes, what they declare, and who refers to it. */
export function symbolTable(root: Node, language: LanguageAdapter): SymbolTable {
  const scopes = new Map<number, Map<string, MutableBinding>>();
  const bindings: MutableBinding[] = [];
  const nameNodes = new Map<number, MutableBinding>();
  const classes = new Map<string, Node>();
  const nodes: Node[] = [];

  const collect = (node: Node, scope: Node): void => {
    if (language.classTypes.has(node.type)) {
      const name = node.childForFieldName('name');
      if (name !== null) classes.set(name.text, node);
    }
    const own = language.scopeTypes.has(node.type) ? node : scope;
    for (const raw of language.bindings(node)) {
      const holder = raw.scope ?? (own === node && declaresOutside(node, raw) ? scope : own);
      let names = scopes.get(holder.id);
      if (names === undefined) scopes.set(holder.id, (names = new Map<string, MutableBinding>()));
      const known = names.get(raw.name);
      if (known !== undefined) {
        known.constant = false;
        known.references.push({ node: raw.nameNode, write: true, uncertain: false });
        nameNodes.set(raw.nameNode.id, known);
        continue;
      }
      const binding: MutableBinding = { ...raw, scope: holder, references: [], constant: raw.kind !== 'opaque' };
      names.set(raw.name, binding);
      nameNodes.set(raw.nameNode.id, binding);
      bindings.push(binding);
    }
    nodes.push(node);
    for (const child of namedChildren(node)) collect(child, own);
  };
  collect(root, root);

  const lookup = (name: string, at: Node): MutableBinding | undefined => {
    let insideFunction = false;
    for (let scope: Node | null = at; scope !== null; scope = scope.parent) {
      if (!language.scopeTypes.has(scope.type)) continue;
      const found = scopes.get(scope.id)?.get(name);
      if (!language.classTypes.has(scope.type)) {
        if (found !== undefined) return found;
        insideFunction = true;
      } else if (found !== undefined && fieldVisible(language, insideFunction)) return found;
    }
    return undefined;
  };

  const member = (name: string, owner: string | undefined, at: Node): MutableBinding | undefined => {
    let type: Node | null | undefined = owner === undefined ? at : classes.get(owner);
    if (owner === undefined) while (type && !language.classTypes.has(type.type)) type = type.parent;
    return type ? scopes.get(type.id)?.get(name) : undefined;
  };

  const byReference = new Map<number, MutableBinding>();
  const fields = new Map<string, MutableBinding[]>();
  for (const binding of bindings) {
    if (binding.kind === 'field') fields.set(binding.name, [...(fields.get(binding.name) ?? []), binding]);
  }
  for (const node of nodes) {
    if (nameNodes.has(node.id)) continue;
    const reference = language.reference(node);
    if (reference === undefined) continue;
    if (reference.kind === 'member' && reference.unknown) {
      for (const field of fields.get(reference.name) ?? []) {
        field.references.push({ node, write: reference.write, uncertain: true });
      }
      continue;
    }
    const found =
      reference.kind === 'name' ? lookup(reference.name, node) : member(reference.name, reference.owner, node);
    if (found === undefined) continue;
    found.references.push({ node, write: reference.write, uncertain: false });
    if (reference.write) found.constant = false;
    byReference.set(node.id, found);
  }

  const byValue = new Map<number, MutableBinding>();
  for (const binding of bindings) if (binding.valueNode) byValue.set(binding.valueNode.id, binding);
  return {
    bindings,
    lookup,
    bindingOf: node => byReference.get(node.id),
    bindingWithValue: value => byValue.get(value.id),
  };
}

/** A function's or class's own name belongs to the scope around it, its parameters to the scope it opens. */
function declaresOutside(node: Node, raw: RawBinding): boolean {
  return node.childForFieldName('name')?.id === raw.nameNode.id;
}

function fieldVisible(language: LanguageAdapter, insideFunction: boolean): boolean {
  return language.fieldNames === 'bare' || (language.fieldNames === 'bareInClassBody' && !insideFunction);
}
