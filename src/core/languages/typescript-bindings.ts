import type { Node } from 'web-tree-sitter';
import { soleReturn } from './helpers.ts';
import { ancestor, type LanguageAdapter, type RawBinding, type RawReference, type ReturnedValue } from './syntax.ts';

export const classTypes = new Set(['class_declaration', 'class', 'abstract_class_declaration']);
export const fieldTypes = new Set(['public_field_definition', 'field_definition']);

/** Names that a binding pattern introduces. Default values inside it are expressions, not names. */
function patternNames(node: Node): Node[] {
  switch (node.type) {
    case 'identifier':
    case 'shorthand_property_identifier_pattern':
      return [node];
    case 'assignment_pattern':
    case 'object_assignment_pattern': {
      const left = node.childForFieldName('left');
      return left === null ? [] : patternNames(left);
    }
    case 'pair_pattern': {
      const value = node.childForFieldName('value');
      return value === null ? [] : patternNames(value);
    }
    case 'required_parameter':
    case 'optional_parameter': {
      const pattern = node.childForFieldName('pattern');
      return pattern === null ? [] : patternNames(pattern);
    }
    case 'object_pattern':
    case 'array_pattern':
    case 'rest_pattern':
    case 'formal_parameters':
      return node.namedChildren.flatMap(patternNames);
    default:
      return [];
  }
}

function opaque(nameNode: Node, scope?: Node): RawBinding {
  return {
    name: nameNode.text,
    nameNode,
    valueNode: undefined,
    declaration: undefined,
    kind: 'opaque',
    exposure: 'file',
    ...(scope === undefined ? {} : { scope }),
  };
}

interface TakenName {
  readonly property: string;
  readonly nameNode: Node;
  readonly declaration: Node | undefined;
}

/** Names of an object pattern; those without a default or a pattern of their own can be told apart and removed. */
function takenNames(pattern: Node): TakenName[] {
  return pattern.namedChildren.flatMap((part): TakenName[] => {
    const key = part.type === 'pair_pattern' ? part.childForFieldName('key') : part;
    const value = part.type === 'pair_pattern' ? part.childForFieldName('value') : part;
    const plain = value?.type === 'identifier' || value?.type === 'shorthand_property_identifier_pattern';
    if (plain && key !== null) return [{ property: key.text, nameNode: value, declaration: part }];
    return patternNames(part).map(nameNode => ({ property: '', nameNode, declaration: undefined }));
  });
}

export function destructured(object: Node): ReturnType<LanguageAdapter['destructured']> {
  const { parent } = object;
  const pattern = parent?.type === 'variable_declarator' ? parent.childForFieldName('name') : null;
  if (pattern?.type !== 'object_pattern' || parent?.childForFieldName('value')?.id !== object.id) return undefined;
  const taken = takenNames(pattern);
  // A rest pattern takes everything.
  return pattern.namedChildren.some(part => part.type === 'rest_pattern') ? undefined : taken;
}

function variable(node: Node): RawBinding[] {
  const nameNode = node.childForFieldName('name');
  const valueNode = node.childForFieldName('value');
  if (nameNode === null) return [];
  if (nameNode.type === 'object_pattern' && valueNode !== null) {
    return takenNames(nameNode).map(({ nameNode: taken, declaration }) =>
      declaration === undefined ? opaque(taken) : { ...opaque(taken), declaration, kind: 'value' },
    );
  }
  if (nameNode.type !== 'identifier') return patternNames(nameNode).map(name => opaque(name));
  if (valueNode === null) return [opaque(nameNode)];
  const exported = node.parent?.parent?.type === 'export_statement';
  return [
    {
      name: nameNode.text,
      nameNode,
      valueNode,
      declaration: node,
      kind: 'value',
      exposure: exported ? 'exported' : 'file',
    },
  ];
}

function field(node: Node): RawBinding[] {
  const nameNode = node.childForFieldName('name') ?? node.childForFieldName('property');
  const valueNode = node.childForFieldName('value');
  if (nameNode === null) return [];
  const hidden =
    nameNode.type === 'private_property_identifier' ||
    node.children.some(child => child.type === 'accessibility_modifier' && child.text === 'private');
  const classNode = ancestor(node, classTypes);
  const exported = !hidden && classNode?.parent?.type === 'export_statement';
  return [
    {
      name: nameNode.text,
      nameNode,
      valueNode: valueNode ?? undefined,
      declaration: node,
      kind: 'field',
      exposure: exported ? 'exported' : 'file',
      ...(classNode === undefined ? {} : { scope: classNode }),
    },
  ];
}

/** `constructor(private readonly name: string)` declares a field as well. */
function parameterProperty(parameter: Node): Partial<RawBinding> {
  const marks = parameter.children.filter(({ type }) => type === 'accessibility_modifier' || type === 'readonly');
  const fieldOf = marks.length === 0 ? undefined : ancestor(parameter, classTypes);
  if (fieldOf === undefined) return {};
  const visible = fieldOf.parent?.type === 'export_statement' && marks.every(({ text }) => text !== 'private');
  return { fieldOf, exposure: visible ? 'exported' : 'file' };
}

export function bindings(node: Node): RawBinding[] {
  switch (node.type) {
    case 'variable_declarator':
      return variable(node);
    case 'public_field_definition':
    case 'field_definition':
      return field(node);
    case 'formal_parameters':
      return node.namedChildren.flatMap(parameter =>
        patternNames(parameter).map(name => ({ ...opaque(name), ...parameterProperty(parameter) })),
      );
    case 'arrow_function': {
      const parameter = node.childForFieldName('parameter');
      return parameter === null ? [] : [opaque(parameter, node)];
    }
    case 'catch_clause': {
      const parameter = node.childForFieldName('parameter');
      return parameter === null ? [] : patternNames(parameter).map(name => opaque(name, node));
    }
    case 'for_in_statement': {
      const left = node.childForFieldName('left');
      return left === null || node.childForFieldName('kind') === null
        ? []
        : patternNames(left).map(name => opaque(name, node));
    }
    case 'function_declaration':
    case 'generator_function_declaration':
    case 'class_declaration':
    case 'abstract_class_declaration':
    case 'enum_declaration': {
      const name = node.childForFieldName('name');
      return name === null ? [] : [opaque(name)];
    }
    case 'import_specifier':
    case 'namespace_import':
    case 'import_clause':
    case 'import_require_clause': {
      const name =
        node.type === 'import_specifier'
          ? (node.childForFieldName('alias') ?? node.childForFieldName('name'))
          : node.namedChildren.find(child => child.type === 'identifier');
      return name ? [{ ...opaque(name), kind: 'import' }] : [];
    }
    default:
      return [];
  }
}

export function isWrite(node: Node): boolean {
  const parent = node.parent;
  if (parent === null) return false;
  if (parent.type === 'update_expression') return true;
  const assigns = parent.type === 'assignment_expression' || parent.type === 'augmented_assignment_expression';
  return assigns && parent.childForFieldName('left')?.id === node.id;
}

export function reference(node: Node): RawReference | undefined {
  switch (node.type) {
    case 'type_identifier':
      // `module.Type` names a member, whatever else has that name.
      if (node.parent?.type === 'nested_type_identifier') return undefined;
      return { kind: 'name', name: node.text };
    case 'identifier':
    case 'shorthand_property_identifier':
      return { kind: 'name', name: node.text };
    case 'member_expression': {
      const object = node.childForFieldName('object');
      const property = node.childForFieldName('property');
      if (object === null || property === null) return undefined;
      const owner = object.type === 'identifier' && /^[A-Z]/u.test(object.text) ? object.text : undefined;
      const unknown = object.type !== 'this' && owner === undefined;
      return { kind: 'member', name: property.text, owner, unknown };
    }
    default:
      return undefined;
  }
}

/** `function f() { return x }`, `const f = () => x` and methods of that kind. */
export function returnedValue(node: Node): ReturnedValue | undefined {
  const named = node.type === 'function_declaration' || node.type === 'method_definition';
  const written = node.type === 'arrow_function' || node.type === 'function_expression';
  const holder = written && node.parent?.type === 'variable_declarator' ? node.parent : undefined;
  const nameNode = (named ? node : holder)?.childForFieldName('name');
  if (!nameNode?.type.endsWith('identifier') || nameNode.type === 'private_property_identifier') return undefined;
  const special = node.children.some(child => /^(?:async|get|set|\*|static|override)$/u.test(child.type));
  if (special || node.childForFieldName('parameters')?.namedChildCount !== 0) return undefined;
  const isMember = node.type === 'method_definition';
  if (isMember && (node.parent?.type !== 'class_body' || node.previousNamedSibling?.type === 'decorator'))
    return undefined;
  const value = soleReturn(node.childForFieldName('body'));
  if (value === undefined || node.childForFieldName('type_parameters') !== null) return undefined;
  const outer = isMember ? ancestor(node, classTypes) : (holder?.parent ?? node);
  const isPrivate = isMember && node.children.some(child => child.text === 'private');
  // A base class may call what is not private.
  if (isMember && !isPrivate && outer?.namedChildren.some(({ type }) => type === 'class_heritage')) return undefined;
  const exported = !isPrivate && outer?.parent?.type === 'export_statement';
  return { nameNode, value, isMember, declaration: holder ?? node, exposure: exported ? 'exported' : 'file' };
}
