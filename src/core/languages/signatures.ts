import type { Node } from 'web-tree-sitter';
import { ancestor, type RawBinding, type Signature, type SignatureParameter } from './syntax.ts';

function parametersIn(
  list: Node | null | undefined,
  nameOf: (parameter: Node) => Node | null | undefined,
): SignatureParameter[] {
  const found = list?.namedChildren.filter(({ type }) => !/comment|separator/u.test(type)) ?? [];
  return found.map(node => {
    const nameNode = nameOf(node);
    const plain = nameNode?.type.endsWith('identifier') === true;
    const marked = node.namedChildren.some(({ type }) => /^(?:decorator|attribute_list)$/u.test(type));
    const modifiers = node.namedChildren.find(({ type }) => type === 'modifiers');
    const annotated = modifiers?.namedChildren.some(({ type }) => /annotation/u.test(type)) === true;
    return {
      node,
      nameNode: nameNode ?? node,
      fallback: node.childForFieldName('value') ?? node.childForFieldName('right') ?? afterEquals(node),
      special: !plain || marked || annotated || /variadic|splat|rest/u.test(node.type),
    };
  });
}

function afterEquals(node: Node): Node | undefined {
  const at = node.children.findIndex(({ type }) => type === '=');
  return at === -1 ? undefined : node.children.slice(at + 1).find(({ isNamed }) => isNamed);
}

const typescriptFunctions = new Set([
  'function_declaration',
  'generator_function_declaration',
  'method_definition',
  'arrow_function',
  'function_expression',
]);
const typescriptClasses = new Set(['class_declaration', 'class', 'abstract_class_declaration']);

export function typescriptSignature(node: Node): Signature | undefined {
  if (!typescriptFunctions.has(node.type)) return undefined;
  const holder = /^(?:arrow_function|function_expression)$/u.test(node.type) ? node.parent : undefined;
  if (holder !== undefined && !/^(?:variable_declarator|(?:public_)?field_definition)$/u.test(holder?.type ?? ''))
    return undefined;
  const own = holder ?? node;
  const type = ancestor(node, typescriptClasses);
  const isMember = own.type === 'method_definition' || own.type.endsWith('field_definition');
  if (isMember && own.parent?.type !== 'class_body') return undefined;
  const name = own.childForFieldName('name') ?? own.childForFieldName('property');
  const isConstructor = own.type === 'method_definition' && name?.text === 'constructor';
  const nameNode = isConstructor ? type?.childForFieldName('name') : name;
  if (!nameNode?.type.endsWith('identifier')) return undefined;
  const single = node.childForFieldName('parameter');
  const list = node.childForFieldName('parameters');
  const parameters =
    single === null
      ? parametersIn(
          list,
          each => each.childForFieldName('pattern') ?? each.childForFieldName('left') ?? namedAlone(each),
        )
      : [{ node: single, nameNode: single, fallback: undefined, special: false }];
  const hidden = own.children.some(({ type: kind, text }) => kind === 'accessibility_modifier' && text === 'private');
  const outer = isMember ? type : own.type === 'variable_declarator' ? own.parent : own;
  const heritage = type?.namedChildren.some(({ type: kind }) => kind === 'class_heritage') === true;
  const decorated =
    isMember &&
    [own.previousNamedSibling, type, type?.parent].some(
      each => each?.type === 'decorator' || each?.namedChildren.some(({ type: kind }) => kind === 'decorator') === true,
    );
  return {
    nameNode,
    calledAs: isConstructor ? 'type' : isMember ? 'member' : 'function',
    node: own,
    parameters,
    exposure: outer?.parent?.type === 'export_statement' && (!hidden || isConstructor) ? 'exported' : 'file',
    fixed:
      decorated ||
      own.children.some(({ type: kind }) => /^(?:get|set|override_modifier|override|abstract)$/u.test(kind)) ||
      (isMember && !isConstructor && !hidden && heritage),
  };
}

function namedAlone(node: Node): Node | undefined {
  return node.type === 'identifier' ? node : undefined;
}

const pythonTypes = new Set(['class_definition']);
const pythonScopes = new Set(['function_definition', 'class_definition', 'lambda']);

export function pythonSignature(node: Node): Signature | undefined {
  if (node.type === 'class_definition') return dataclassSignature(node);
  if (node.type !== 'function_definition') return undefined;
  const name = node.childForFieldName('name');
  const around = ancestor(node, pythonScopes);
  const isMember = around?.type === 'class_definition';
  const isConstructor = isMember && name?.text === '__init__';
  const nameNode = isConstructor ? around.childForFieldName('name') : name;
  if (nameNode === null) return undefined;
  const decorators = decoratorsOf(node);
  const isStatic = decorators.includes('staticmethod');
  const nameOf = (each: Node): Node | null | undefined => {
    if (each.type === 'identifier') return each;
    return each.type === 'typed_parameter' ? each.namedChildren[0] : each.childForFieldName('name');
  };
  const parameters = parametersIn(node.childForFieldName('parameters'), nameOf);
  const derived =
    isMember && (ancestor(node, pythonTypes)?.childForFieldName('superclasses')?.namedChildCount ?? 0) > 0;
  const inFunction = around?.type === 'function_definition';
  return {
    nameNode,
    calledAs: isConstructor ? 'type' : isMember ? 'member' : 'function',
    node: node.parent?.type === 'decorated_definition' ? node.parent : node,
    parameters: isMember && !isStatic ? parameters.slice(1) : parameters,
    exposure: inFunction || nameNode.text.startsWith('_') ? 'file' : 'importable',
    fixed:
      decorators.some(
        text => !/^(?:staticmethod|classmethod|(?:functools\.)?(?:lru_)?cache(?:\(.*\))?)$/u.test(text),
      ) ||
      (derived && !isConstructor && !nameNode.text.startsWith('_')),
  };
}

function decoratorsOf(definition: Node): string[] {
  const holder = definition.parent?.type === 'decorated_definition' ? definition.parent : undefined;
  const decorators = holder?.namedChildren.filter(({ type }) => type === 'decorator') ?? [];
  return decorators.map(({ text }) => text.slice(1).trim());
}

/** `@dataclass` makes a constructor of the fields. */
function dataclassSignature(node: Node): Signature | undefined {
  const nameNode = node.childForFieldName('name');
  const body = node.childForFieldName('body');
  if (!decoratorsOf(node).some(text => /^(?:dataclasses\.)?dataclass\b/u.test(text))) return undefined;
  if (nameNode === null || body === null || node.childForFieldName('superclasses') !== null) return undefined;
  const fields = body.namedChildren.flatMap(statement => {
    const field = statement.type === 'expression_statement' ? statement.namedChildren[0] : undefined;
    return field?.type === 'assignment' && field.childForFieldName('type') !== null ? [{ statement, field }] : [];
  });
  return {
    nameNode,
    calledAs: 'type',
    node: node.parent ?? node,
    parameters: fields.map(({ statement, field }) => ({
      node: statement,
      nameNode: field.childForFieldName('left') ?? field,
      fallback: field.childForFieldName('right') ?? undefined,
      // `field(...)` may keep it out of the constructor.
      special: field.childForFieldName('right')?.type === 'call',
    })),
    exposure: nameNode.text.startsWith('_') ? 'file' : 'importable',
    fixed: false,
  };
}

const csharpTypes = new Set(['class_declaration', 'struct_declaration', 'record_declaration']);

export function csharpSignature(node: Node): Signature | undefined {
  const isPrimary = csharpTypes.has(node.type);
  const isConstructor = isPrimary || node.type === 'constructor_declaration';
  const isLocal = node.type === 'local_function_statement';
  if (!isConstructor && !isLocal && node.type !== 'method_declaration') return undefined;
  const list =
    node.childForFieldName('parameters') ?? node.namedChildren.find(({ type }) => type === 'parameter_list') ?? null;
  const nameNode = node.childForFieldName('name');
  if (list === null || nameNode === null) return undefined;
  const modifiers = node.namedChildren.filter(({ type }) => type === 'modifier').map(({ text }) => text);
  const type = ancestor(node, csharpTypes);
  const visible = modifiers.some(text => /^(?:public|internal|protected)$/u.test(text));
  const derived = type?.namedChildren.some(child => child.type === 'base_list') === true;
  return {
    nameNode,
    calledAs: isConstructor ? 'type' : isLocal ? 'function' : 'member',
    node,
    parameters: parametersIn(list, each => each.childForFieldName('name')).map(parameter => ({
      ...parameter,
      special:
        parameter.special ||
        parameter.node.namedChildren.some(({ type: kind, text }) => kind === 'modifier' && text !== 'in'),
    })),
    exposure: csharpExposure(isLocal || (!visible && !isPrimary), isConstructor, isPrimary ? node : type),
    fixed:
      (!isPrimary && node.namedChildren.some(({ type: kind }) => /^(?:attribute_list|explicit_int)/u.test(kind))) ||
      modifiers.some(text => /^(?:override|virtual|abstract|extern|partial)$/u.test(text)) ||
      (!isConstructor && !isLocal && visible && derived) ||
      list.namedChildren[0]?.namedChildren.some(({ type: kind, text }) => kind === 'modifier' && text === 'this') ===
        true,
  };
}

/** A type without a modifier is meant for its own project, and most often for its own file. */
function csharpExposure(hidden: boolean, isConstructor: boolean, type: Node | undefined): RawBinding['exposure'] {
  if (hidden) return 'file';
  const open = type?.namedChildren.some(
    child => child.type === 'modifier' && /^(?:public|internal)$/u.test(child.text),
  );
  return isConstructor && open !== true ? 'importable' : 'exported';
}

const javaTypes = new Set(['class_declaration', 'record_declaration', 'enum_declaration', 'interface_declaration']);

export function javaSignature(node: Node): Signature | undefined {
  const isConstructor = node.type === 'constructor_declaration';
  if (!isConstructor && node.type !== 'method_declaration') return undefined;
  const nameNode = node.childForFieldName('name');
  const type = ancestor(node, javaTypes);
  if (nameNode === null || type === undefined) return undefined;
  const modifiers = node.namedChildren.find(child => child.type === 'modifiers');
  const words = modifiers?.text ?? '';
  const derived = ['superclass', 'interfaces'].some(name => type.childForFieldName(name) !== null);
  const exposure = /\b(?:public|protected)\b/u.test(words)
    ? 'exported'
    : /\bprivate\b/u.test(words)
      ? 'file'
      : 'importable';
  return {
    nameNode,
    calledAs: isConstructor ? 'type' : 'member',
    node,
    parameters: parametersIn(node.childForFieldName('parameters'), each => each.childForFieldName('name')),
    exposure,
    fixed:
      modifiers?.namedChildren.some(child => /annotation/u.test(child.type)) === true ||
      /\babstract\b/u.test(words) ||
      (derived && !isConstructor && exposure !== 'file' && !/\bstatic\b/u.test(words)),
  };
}

export function goSignature(node: Node): Signature | undefined {
  const isMethod = node.type === 'method_declaration';
  if (!isMethod && node.type !== 'function_declaration') return undefined;
  const nameNode = node.childForFieldName('name');
  const declarations = node.childForFieldName('parameters')?.namedChildren ?? [];
  if (nameNode === null || node.childForFieldName('type_parameters') !== null) return undefined;
  const parameters = declarations.flatMap((declaration): SignatureParameter[] => {
    const names = declaration.childrenForFieldName('name');
    const special = declaration.type !== 'parameter_declaration' || names.length === 0;
    const own = names.length === 0 ? [declaration] : names;
    // `a, b string` declares two at once.
    return own.map(name => ({
      node: own.length > 1 ? name : declaration,
      nameNode: name,
      fallback: undefined,
      special,
    }));
  });
  return {
    nameNode,
    calledAs: isMethod ? 'member' : 'function',
    node,
    parameters,
    exposure: /^\p{Lu}/u.test(nameNode.text) ? 'exported' : 'importable',
    fixed: false,
  };
}
