import type { Node } from 'web-tree-sitter';
import { helperBindings } from './helpers.ts';
import type { Binding, LanguageAdapter, RawBinding, Reference, SymbolTable } from './syntax.ts';

interface MutableBinding extends RawBinding {
  readonly scope: Node;
  readonly references: Reference[];
  valueNode: Node | undefined;
  constant: boolean;
  assignment?: NonNullable<Binding['assignment']>;
}

interface Scope {
  readonly node: Node;
  readonly around: Scope | undefined;
  readonly isClass: boolean;
  readonly names: Map<string, MutableBinding>;
}

/** One walk over the tree: scopes, what they declare, and who refers to it. */
export function symbolTable(root: Node, language: LanguageAdapter): SymbolTable {
  const scopes = new Map<number, Scope>();
  const bindings: MutableBinding[] = [];
  const nameNodes = new Map<number, MutableBinding>();
  const classes = new Map<string, Scope>();
  const visited: { readonly node: Node; readonly scope: Scope }[] = [];

  const open = (node: Node, around: Scope | undefined): Scope => {
    const isClass = language.classTypes.has(node.type);
    const scope: Scope = { node, around, isClass, names: new Map() };
    scopes.set(node.id, scope);
    const name = isClass ? node.childForFieldName('name') : null;
    if (name !== null) classes.set(name.text, scope);
    return scope;
  };
  const declare = (raw: RawBinding, scope: Scope): void => {
    const known = scope.names.get(raw.name);
    if (known !== undefined) {
      known.constant = false;
      known.references.push({ node: raw.nameNode, write: true, uncertain: false });
      nameNodes.set(raw.nameNode.id, known);
      return;
    }
    const binding: MutableBinding = { ...raw, scope: scope.node, references: [], constant: raw.kind !== 'opaque' };
    scope.names.set(raw.name, binding);
    if (raw.fieldOf !== undefined) scopes.get(raw.fieldOf.id)?.names.set(raw.name, binding);
    nameNodes.set(raw.nameNode.id, binding);
    bindings.push(binding);
  };
  const collect = (node: Node, around: Scope): void => {
    const own = node.id !== root.id && language.scopeTypes.has(node.type) ? open(node, around) : around;
    for (const raw of language.bindings(node)) {
      const holder = raw.scope === undefined ? undefined : scopes.get(raw.scope.id);
      declare(raw, holder ?? (own !== around && declaresOutside(node, raw) ? around : own));
    }
    visited.push({ node, scope: own });
    for (const child of node.namedChildren) collect(child, own);
  };
  collect(root, open(root, undefined));

  const find = (name: string, from: Scope | undefined): MutableBinding | undefined => {
    let insideFunction = false;
    for (let scope = from; scope !== undefined; scope = scope.around) {
      const found = scope.names.get(name);
      if (!scope.isClass) {
        if (found !== undefined) return found;
        insideFunction = true;
      } else if (found !== undefined && fieldVisible(language, insideFunction)) return found;
    }
    return undefined;
  };
  const member = (name: string, owner: string | undefined, from: Scope): MutableBinding | undefined => {
    let type: Scope | undefined = owner === undefined ? from : classes.get(owner);
    while (owner === undefined && type !== undefined && !type.isClass) type = type.around;
    return type?.names.get(name);
  };

  const byReference = new Map<number, MutableBinding>();
  const fields = new Map<string, MutableBinding[]>();
  for (const binding of bindings) {
    if (binding.kind === 'field') fields.set(binding.name, [...(fields.get(binding.name) ?? []), binding]);
  }
  for (const { node, scope } of visited) {
    const reference = nameNodes.has(node.id) ? undefined : language.reference(node);
    if (reference === undefined) continue;
    const write = language.isWrite(node);
    if (reference.kind === 'member' && reference.unknown) {
      for (const field of fields.get(reference.name) ?? []) field.references.push({ node, write, uncertain: true });
      continue;
    }
    const found =
      reference.kind === 'name' ? find(reference.name, scope) : member(reference.name, reference.owner, scope);
    if (found === undefined) continue;
    found.references.push({ node, write, uncertain: false });
    if (write) found.constant = false;
    byReference.set(node.id, found);
  }

  for (const binding of bindings) takeConstructorValue(binding);

  const helpers = helperBindings(
    root,
    visited.map(({ node }) => node),
    language,
    nameNode => nameNodes.get(nameNode.id),
    node => byReference.get(node.id),
  ).map(helper => ({ ...helper, references: [...helper.references] }));
  for (const helper of helpers) {
    bindings.push(helper);
    for (const { node, uncertain } of helper.references) if (!uncertain) byReference.set(node.id, helper);
  }

  const byValue = new Map<number, MutableBinding>();
  const properties = bindings.flatMap(holder => propertiesOf(holder, language, nameNodes, byReference, byValue));
  bindings.push(...properties);
  for (const binding of bindings) {
    // An alias shares its value with the property that it was taken from.
    const { valueNode } = binding;
    if (valueNode !== undefined && !byValue.has(valueNode.id)) byValue.set(valueNode.id, binding);
  }
  return {
    bindings,
    lookup(name, at) {
      let node: Node | null = at;
      while (node !== null && !scopes.has(node.id)) node = node.parent;
      return find(name, node === null ? undefined : scopes.get(node.id));
    },
    bindingOf: node => byReference.get(node.id),
    bindingWithValue: value => byValue.get(value.id),
  };
}

/** A field that one statement of a constructor gives its value, and nothing else, is as good as one declared with it. */
function takeConstructorValue(binding: MutableBinding): void {
  if (binding.kind !== 'field' || binding.valueNode !== undefined) return;
  const [write, ...more] = binding.references.filter(reference => reference.write);
  const assignment = write?.node.parent;
  if (write === undefined || more.length > 0 || write.uncertain || assignment?.type !== 'assignment_expression') return;
  const value = assignment.childForFieldName('right');
  const statement = assignment.parent;
  const body = statement?.type === 'expression_statement' ? statement.parent : statement;
  const maker = body?.parent;
  const constructs =
    maker?.type === 'constructor_declaration' ||
    (maker?.type === 'method_definition' && maker.childForFieldName('name')?.text === 'constructor');
  if (!constructs || value === null || assignment.childForFieldName('operator')?.text.length === 2) return;
  binding.valueNode = value;
  binding.constant = true;
  if (statement?.type === 'expression_statement') binding.assignment = { statement, target: write.node };
}

/** The members of an object literal that a name holds, as names of their own: `config.key`, `const { key } = config`. */
function propertiesOf(
  holder: MutableBinding,
  language: LanguageAdapter,
  nameNodes: ReadonlyMap<number, MutableBinding>,
  byReference: Map<number, MutableBinding>,
  byValue: Map<number, MutableBinding>,
): MutableBinding[] {
  let literal = holder.valueNode;
  for (let inner = literal && language.wrapped(literal); inner !== undefined; inner = language.wrapped(inner))
    literal = inner;
  const list = literal && language.list(literal);
  if (list?.kind !== 'object') return [];
  const properties = new Map<string, MutableBinding>();
  for (const { node, name, value, shorthand } of list.elements) {
    if (name === undefined || shorthand) continue;
    const { scope, exposure, constant } = holder;
    const own = { name, nameNode: node, valueNode: value, declaration: node, kind: 'property' } as const;
    const property: MutableBinding = { ...own, exposure, scope, references: [], constant };
    properties.set(name, property);
    // Ahead of any alias of the value.
    byValue.set(value.id, property);
  }
  const touch = (property: MutableBinding | undefined, reference: Reference): void => {
    if (property === undefined) return;
    property.references.push(reference);
    if (reference.write || reference.uncertain) property.constant = false;
  };
  for (const { node, write } of holder.references) {
    const name = language.memberOf(node);
    const access = node.parent;
    const taken = language.destructured(node);
    if (name !== undefined && access !== null && !write) {
      const property = properties.get(name);
      touch(property, { node: access, write: language.isWrite(access), uncertain: false });
      if (property !== undefined) byReference.set(access.id, property);
    } else if (taken !== undefined) {
      for (const part of taken) {
        const property = properties.get(part.property);
        const alias = nameNodes.get(part.nameNode.id);
        touch(property, { node: part.nameNode, write: false, uncertain: false });
        if (property === undefined || alias === undefined) continue;
        alias.valueNode = property.valueNode;
        byValue.set(part.nameNode.id, alias);
      }
    } else {
      for (const property of properties.values()) touch(property, { node, write, uncertain: true });
    }
  }
  return [...properties.values()];
}

/** A function's or class's own name belongs to the scope around it, its parameters to the scope it opens. */
function declaresOutside(node: Node, raw: RawBinding): boolean {
  return node.childForFieldName('name')?.id === raw.nameNode.id;
}

function fieldVisible(language: LanguageAdapter, insideFunction: boolean): boolean {
  return language.fieldNames === 'bare' || (language.fieldNames === 'bareInClassBody' && !insideFunction);
}
