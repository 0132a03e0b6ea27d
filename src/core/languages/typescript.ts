import type { Node } from 'web-tree-sitter';
import { plainValue, quoteWith, unescape } from './escapes.ts';
import {
  ancestor,
  operands,
  spanOf,
  type ElementList,
  type LanguageAdapter,
  type ListElement,
  type RawBinding,
  type RawReference,
  type StringPiece,
  type SyntaxFile,
} from './syntax.ts';
import type { Span } from '../text/text-edit.ts';
import { removeDeclarators } from './removal.ts';
import { typescriptImportEdits, typescriptImports } from './typescript-imports.ts';

const functionTypes = [
  'function_declaration',
  'function_expression',
  'generator_function_declaration',
  'generator_function',
  'arrow_function',
  'method_definition',
];
const scopeTypes = new Set([
  'program',
  'statement_block',
  'for_statement',
  'for_in_statement',
  'catch_clause',
  'switch_body',
  'class_declaration',
  'class',
  'abstract_class_declaration',
  ...functionTypes,
]);
const classTypes = new Set(['class_declaration', 'class', 'abstract_class_declaration']);
const fieldTypes = new Set(['public_field_definition', 'field_definition']);
const statementTypes = new Set([
  'lexical_declaration',
  'variable_declaration',
  'expression_statement',
  'export_statement',
  'import_statement',
  'return_statement',
  'throw_statement',
  'function_declaration',
  'class_declaration',
  ...fieldTypes,
]);

function pieces(node: Node): StringPiece[] | undefined {
  switch (node.type) {
    case 'string':
    case 'template_string':
      return node.namedChildren.map(child => {
        if (child.type === 'template_substitution') {
          const inner = child.namedChildren[0];
          return { kind: 'expression', node: inner ?? child };
        }
        const value = child.type === 'escape_sequence' ? unescape(child.text) : child.text;
        return { kind: 'text', value, span: spanOf(child) };
      });
    case 'binary_expression': {
      if (node.childForFieldName('operator')?.text !== '+') return undefined;
      const left = node.childForFieldName('left');
      const right = node.childForFieldName('right');
      if (left === null || right === null) return undefined;
      const sides = [left, right].map(side => pieces(side) ?? [{ kind: 'expression' as const, node: side }]);
      return sides.flat();
    }
    default:
      return undefined;
  }
}

function wrapped(node: Node): Node | undefined {
  switch (node.type) {
    case 'parenthesized_expression':
    case 'non_null_expression':
    case 'as_expression':
    case 'satisfies_expression':
      return node.namedChildren.find(child => child.type !== 'comment');
    case 'type_assertion':
      return node.namedChildren.findLast(child => child.type !== 'comment');
    default:
      return undefined;
  }
}

function element(node: Node): ListElement {
  switch (node.type) {
    case 'pair': {
      const key = node.childForFieldName('key');
      const name = key?.type === 'string' ? plainValue(pieces(key)) : key?.text;
      const value = node.childForFieldName('value') ?? node;
      return {
        node,
        name: key?.type === 'computed_property_name' ? undefined : name,
        value,
        spread: false,
        shorthand: false,
      };
    }
    case 'shorthand_property_identifier':
      return { node, name: node.text, value: node, spread: false, shorthand: true };
    default:
      return { node, name: undefined, value: node, spread: node.type === 'spread_element', shorthand: false };
  }
}

function list(node: Node): ElementList | undefined {
  if (node.type !== 'arguments' && node.type !== 'object') return undefined;
  const elements = node.namedChildren.filter(child => child.type !== 'comment').map(element);
  return { kind: node.type === 'object' ? 'object' : 'arguments', node, elements };
}

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

function destructured(object: Node): ReturnType<LanguageAdapter['destructured']> {
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

function bindings(node: Node): RawBinding[] {
  switch (node.type) {
    case 'variable_declarator':
      return variable(node);
    case 'public_field_definition':
    case 'field_definition':
      return field(node);
    case 'formal_parameters':
      return patternNames(node).map(name => opaque(name));
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

function isWrite(node: Node): boolean {
  const parent = node.parent;
  if (parent === null) return false;
  if (parent.type === 'update_expression') return true;
  const assigns = parent.type === 'assignment_expression' || parent.type === 'augmented_assignment_expression';
  return assigns && parent.childForFieldName('left')?.id === node.id;
}

function reference(node: Node): RawReference | undefined {
  switch (node.type) {
    case 'identifier':
    case 'type_identifier':
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

function isTest(node: Node): boolean {
  const parent = node.parent;
  if (parent?.type === 'parenthesized_expression') return parent.parent?.type === 'if_statement' || isTest(parent);
  if (parent?.type === 'unary_expression') return parent.text.startsWith('!') || parent.text.startsWith('typeof');
  const operator = parent?.type === 'binary_expression' ? parent.childForFieldName('operator')?.text : undefined;
  return operator !== undefined && /^(?:[=!]==?|&&|\|\|)$/u.test(operator);
}

function settingLookup(node: Node): ReturnType<LanguageAdapter['settingLookup']> {
  const object = node.childForFieldName('object');
  if (object?.text.replace(/\s/gu, '') !== 'process.env') return undefined;
  if (node.type === 'member_expression') {
    const property = node.childForFieldName('property');
    return property === null ? undefined : { name: property.text, nameSpan: spanOf(property) };
  }
  const index = node.type === 'subscript_expression' ? node.childForFieldName('index') : null;
  const value = index?.type === 'string' ? plainValue(pieces(index)) : undefined;
  if (index === null || value === undefined) return undefined;
  return { name: value, nameSpan: { start: index.startIndex + 1, end: index.endIndex - 1 } };
}

function resolve(node: Node, file: SyntaxFile): { module: string; name: string }[] {
  if (node.type === 'identifier') {
    const binding = file.symbols.bindingOf(node);
    if (binding !== undefined && binding.kind !== 'import' && !isRequireBinding(node, file)) return [];
    return file.imports
      .filter(name => name.local === node.text && !name.typeOnly)
      .map(({ module, exported }) => ({ module, name: exported }));
  }
  if (node.type !== 'member_expression') return [];
  const object = node.childForFieldName('object');
  const property = node.childForFieldName('property');
  if (object === null || property === null) return [];
  if (object.type === 'call_expression' && object.childForFieldName('function')?.text === 'require') {
    const argument = object.childForFieldName('arguments')?.namedChildren[0];
    const module = argument?.type === 'string' ? plainValue(pieces(argument)) : undefined;
    return module === undefined ? [] : [{ module, name: property.text }];
  }
  if (object.type !== 'identifier') return [];
  return file.imports
    .filter(name => name.local === object.text && (name.exported === '*' || name.exported === 'default'))
    .map(({ module }) => ({ module, name: property.text }));
}

function isRequireBinding(node: Node, file: SyntaxFile): boolean {
  const binding = file.symbols.bindingOf(node);
  return binding !== undefined && file.imports.some(name => name.nameNode?.id === binding.nameNode.id);
}

/** The quote that most string literals of the file use. */
function quoteOf(file: SyntaxFile): "'" | '"' {
  let single = 0;
  let double = 0;
  for (const literal of file.root.descendantsOfType('string')) {
    if (file.text[literal.startIndex] === "'") single++;
    else double++;
  }
  return double > single ? '"' : "'";
}

function callee(call: Node): Node | undefined {
  return call.childForFieldName('function') ?? call.childForFieldName('constructor') ?? undefined;
}

function declarationStatement(declaration: Node): Span {
  if (!fieldTypes.has(declaration.type)) return spanOf(declaration.parent ?? declaration);
  const next = declaration.nextSibling;
  return { start: declaration.startIndex, end: next?.type === ';' ? next.endIndex : declaration.endIndex };
}

export const typescript: LanguageAdapter = {
  id: 'typescript',
  grammarFor: ({ languageId, uri }) => {
    if (languageId === 'typescriptreact' || /\.tsx$/iu.test(uri)) return 'tsx';
    return languageId.startsWith('javascript') ? 'javascript' : 'typescript';
  },
  patternFrame: { before: '(', after: ')' },
  identity: {
    module: '@azure/identity',
    package: '@azure/identity',
    credentialTypes: ['DefaultAzureCredential', 'ManagedIdentityCredential', 'ChainedTokenCredential'],
  },
  isComment: node => node.type === 'comment',
  isCall: node => node.type === 'call_expression' || node.type === 'new_expression',
  wrapped,
  pieces,
  list,
  declaredType: value => value.parent?.childForFieldName('type')?.namedChildren[0],
  impliedType: () => undefined,
  defaulted: node => {
    const operator = node.type === 'binary_expression' ? node.childForFieldName('operator')?.text : undefined;
    return operator === '??' || operator === '||' ? operands(node) : undefined;
  },
  isTest,
  isWrite,
  destructured,
  memberOf: object => {
    const parent = object.parent;
    if (parent?.childForFieldName('object')?.id !== object.id) return undefined;
    const index = parent.childForFieldName('index');
    return parent.childForFieldName('property')?.text ?? (index ? plainValue(pieces(index)) : undefined);
  },
  settingLookup,
  callee,
  calledName: call => callee(call)?.childForFieldName('property')?.text ?? callee(call)?.text,
  statementOf: node => (statementTypes.has(node.type) ? node : (ancestor(node, statementTypes) ?? node)),
  scopeTypes,
  classTypes,
  fieldNames: 'qualified',
  bindings,
  reference,
  imports: typescriptImports,
  resolve,
  nameFor({ module, name }, file) {
    const known = file.imports.find(entry => entry.module === module && entry.exported === name && !entry.typeOnly);
    if (known !== undefined) return { text: known.local, missing: false };
    const whole = file.imports.find(entry => entry.module === module && entry.exported === '*' && !entry.typeOnly);
    if (whole !== undefined) return { text: `${whole.local}.${name}`, missing: false };
    const taken = file.symbols.bindings.some(binding => binding.name === name);
    return taken ? undefined : { text: name, missing: true };
  },
  importEdits: typescriptImportEdits,
  create: typeName => `new ${typeName}()`,
  quote: (value, file, like) => {
    const own = like === undefined ? undefined : /^["']/u.exec(like.text)?.[0];
    return quoteWith(own ?? quoteOf(file), value);
  },
  template: parts =>
    `\`${parts
      .map(part => (typeof part === 'string' ? part.replace(/[`\\]|\$\{/gu, '\\$&') : `\${${part.expression}}`))
      .join('')}\``,
  foldable: { encodeURIComponent },
  removeDeclarations: (file, declarations) => removeDeclarators(file.text, declarations, declarationStatement),
};
