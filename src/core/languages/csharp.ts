import type { Node } from 'web-tree-sitter';
import { csharpImportEdits, csharpImports, csharpNameFor, resolveCsharp } from './csharp-imports.ts';
import { soleReturn } from './helpers.ts';
import { plainValue, quoteWith, unescape } from './escapes.ts';
import { removeDeclarators } from './removal.ts';
import { csharpSettingLookup } from './csharp-settings.ts';
import { csharpShared } from './csharp-shared.ts';
import { csharpSignature } from './signatures.ts';
import {
  ancestor,
  operands,
  spanOf,
  type ElementList,
  type LanguageAdapter,
  type ListElement,
  type RawBinding,
  type RawReference,
  type ReturnedValue,
  type StringPiece,
} from './syntax.ts';

const classTypes = new Set(['class_declaration', 'struct_declaration', 'record_declaration']);
const functionTypes = new Set([
  'method_declaration',
  'constructor_declaration',
  'local_function_statement',
  'lambda_expression',
  'anonymous_method_expression',
]);
const scopeTypes = new Set([
  'compilation_unit',
  'block',
  ...classTypes,
  ...functionTypes,
  'for_statement',
  'foreach_statement',
  'using_statement',
  'catch_clause',
  'switch_section',
]);
const statementTypes = new Set([
  'local_declaration_statement',
  'expression_statement',
  'field_declaration',
  'property_declaration',
  'return_statement',
  'throw_statement',
  'using_directive',
  'using_statement',
]);
const creations = new Set(['object_creation_expression', 'implicit_object_creation_expression']);

function pieces(node: Node): StringPiece[] | undefined {
  switch (node.type) {
    case 'string_literal':
      return node.namedChildren.map(part => ({
        kind: 'text',
        value: part.type === 'escape_sequence' ? unescape(part.text) : part.text,
        span: spanOf(part),
      }));
    case 'verbatim_string_literal': {
      const span = { start: node.startIndex + 2, end: node.endIndex - 1 };
      return [{ kind: 'text', value: node.text.slice(2, -1).replaceAll('""', '"'), span }];
    }
    case 'raw_string_literal':
      return node.namedChildren
        .filter(part => part.type === 'raw_string_content')
        .map(part => ({ kind: 'text', value: rawValue(part.text), span: spanOf(part) }));
    case 'interpolated_string_expression': {
      const verbatim = node.namedChildren[0]?.text.includes('@') === true;
      return node.namedChildren.flatMap((part): StringPiece[] => {
        if (part.type === 'interpolation') return [{ kind: 'expression', node: interpolated(part) }];
        if (part.type === 'escape_sequence') return [{ kind: 'text', value: unescape(part.text), span: spanOf(part) }];
        if (part.type !== 'string_content') return [];
        // The grammar takes three braces in a row for text, whatever stands between them.
        if (/\{{3}|\}{3}/u.test(part.text)) return [{ kind: 'expression', node: part }];
        const value = part.text.replaceAll('{{', '{').replaceAll('}}', '}');
        return [{ kind: 'text', value: verbatim ? value.replaceAll('""', '"') : value, span: spanOf(part) }];
      });
    }
    case 'binary_expression': {
      if (node.childForFieldName('operator')?.text !== '+') return undefined;
      const left = node.childForFieldName('left');
      const right = node.childForFieldName('right');
      if (left === null || right === null) return undefined;
      return [left, right].flatMap(side => pieces(side) ?? [{ kind: 'expression' as const, node: side }]);
    }
    default:
      return undefined;
  }
}

/** A raw literal of several lines starts after its first line break and loses the indentation of its last line. */
function rawValue(text: string): string {
  const lines = text.split(/\r?\n/u);
  if (lines.length < 3) return text;
  const indent = lines.at(-1)?.length ?? 0;
  return lines
    .slice(1, -1)
    .map(line => line.slice(indent))
    .join('\n');
}

/** The expression in an interpolation; the interpolation itself, which has no known value, when it is formatted. */
function interpolated(part: Node): Node {
  const inner = part.namedChildren.filter(child => child.type !== 'interpolation_brace');
  return inner.length === 1 ? (inner[0] ?? part) : part;
}

function wrapped(node: Node): Node | undefined {
  switch (node.type) {
    case 'parenthesized_expression':
      return node.namedChildren.find(child => child.type !== 'comment');
    case 'postfix_unary_expression':
      return node.text.endsWith('!') ? (node.namedChildren[0] ?? undefined) : undefined;
    case 'cast_expression':
      return node.childForFieldName('value') ?? undefined;
    default:
      return undefined;
  }
}

function element(node: Node): ListElement {
  if (node.type === 'argument') {
    const name = node.childForFieldName('name');
    const value = node.namedChildren.findLast(child => child.id !== name?.id && child.type !== 'comment') ?? node;
    return { node, name: name?.text, value, spread: false, shorthand: false };
  }
  if (node.type === 'assignment_expression') {
    const value = node.childForFieldName('right') ?? node;
    return { node, name: node.childForFieldName('left')?.text, value, spread: false, shorthand: false };
  }
  return { node, name: undefined, value: node, spread: false, shorthand: false };
}

function list(node: Node): ElementList | undefined {
  if (node.type !== 'argument_list' && node.type !== 'initializer_expression') return undefined;
  const elements = node.namedChildren.filter(child => child.type !== 'comment').map(element);
  return { kind: node.type === 'argument_list' ? 'arguments' : 'object', node, elements };
}

function opaque(nameNode: Node): RawBinding {
  const nothing = { valueNode: undefined, declaration: undefined };
  return { ...nothing, name: nameNode.text, nameNode, kind: 'opaque', exposure: 'file' };
}

function exposure(declaration: Node): RawBinding['exposure'] {
  const modifiers = declaration.namedChildren.filter(child => child.type === 'modifier');
  return modifiers.some(({ text }) => text === 'public' || text === 'internal' || text === 'protected')
    ? 'exported'
    : 'file';
}

function declarator(node: Node): RawBinding[] {
  const nameNode = node.childForFieldName('name');
  if (nameNode === null) return [];
  const valueNode = node.namedChildren.findLast(child => child.id !== nameNode.id && child.type !== 'comment');
  const statement = node.parent?.parent;
  const removable = statement?.type === 'local_declaration_statement' || statement?.type === 'field_declaration';
  if (valueNode === undefined && statement?.type !== 'field_declaration') return [opaque(nameNode)];
  return [
    {
      name: nameNode.text,
      nameNode,
      valueNode,
      declaration: removable ? node : undefined,
      kind: statement?.type === 'field_declaration' ? 'field' : 'value',
      exposure: statement?.type === 'field_declaration' ? exposure(statement) : 'file',
    },
  ];
}

function property(node: Node): RawBinding[] {
  const nameNode = node.childForFieldName('name');
  const value = node.childForFieldName('value');
  if (nameNode === null) return [];
  const valueNode = value?.type === 'arrow_expression_clause' ? value.namedChildren[0] : (value ?? undefined);
  return [{ name: nameNode.text, nameNode, valueNode, declaration: node, kind: 'field', exposure: exposure(node) }];
}

const declaringTypes = new Set([
  'parameter',
  'catch_declaration',
  'declaration_expression',
  'declaration_pattern',
  ...classTypes,
  'interface_declaration',
  'enum_declaration',
]);

function bindings(node: Node): RawBinding[] {
  if (node.type === 'variable_declarator') return declarator(node);
  if (node.type === 'property_declaration') return property(node);
  if (node.type === 'implicit_parameter') return [opaque(node)];
  const name = declaringTypes.has(node.type)
    ? node.childForFieldName('name')
    : node.type === 'foreach_statement'
      ? node.childForFieldName('left')
      : null;
  return name === null ? [] : [opaque(name)];
}

function isWrite(node: Node): boolean {
  const parent = node.parent;
  if (parent?.type === 'assignment_expression') return parent.childForFieldName('left')?.id === node.id;
  return parent?.type === 'argument' && parent.children.some(({ type }) => type === 'out' || type === 'ref');
}

/** Names that say which member, argument or namespace is meant, and not a value of the file. */
function isLabel(node: Node): boolean {
  const { parent } = node;
  if (parent === null) return false;
  switch (parent.type) {
    case 'argument':
    case 'member_access_expression':
    case 'member_binding_expression':
    case 'method_declaration':
    case 'namespace_declaration':
    case 'file_scoped_namespace_declaration':
      return parent.childForFieldName('name')?.id === node.id;
    case 'assignment_expression':
      return parent.parent?.type === 'initializer_expression' && parent.childForFieldName('left')?.id === node.id;
    case 'qualified_name':
    case 'using_directive':
    case 'name_colon':
      return true;
    default:
      return false;
  }
}

function reference(node: Node): RawReference | undefined {
  if (node.type === 'identifier') {
    return isLabel(node) ? undefined : { kind: 'name', name: node.text };
  }
  if (node.type !== 'member_access_expression') return undefined;
  const object = node.childForFieldName('expression');
  const name = node.childForFieldName('name');
  if (object === null || name === null) return undefined;
  const own = object.type === 'this' || object.text === 'this';
  const owner = !own && object.type === 'identifier' && /^[A-Z]/u.test(object.text) ? object.text : undefined;
  return { kind: 'member', name: name.text, owner, unknown: !own && owner === undefined };
}

function returnedValue(node: Node): ReturnedValue | undefined {
  const isMember = node.type === 'method_declaration';
  if (!isMember && node.type !== 'local_function_statement') return undefined;
  const nameNode = node.childForFieldName('name');
  const body = node.childForFieldName('body');
  const type = node.childForFieldName('returns') ?? node.childForFieldName('type');
  if (nameNode === null || !/^string\??$/u.test(type?.text ?? '')) return undefined;
  const special = node.namedChildren.some(
    child =>
      /^(?:attribute_list|explicit_interface_specifier|type_parameter_list)$/u.test(child.type) ||
      (child.type === 'modifier' && /^(?:async|override|virtual|abstract|partial)$/u.test(child.text)),
  );
  if (special || node.childForFieldName('parameters')?.namedChildCount !== 0) return undefined;
  const value = body?.type === 'arrow_expression_clause' ? body.namedChildren[0] : soleReturn(body);
  if (value === undefined || (body?.type === 'arrow_expression_clause' && body.namedChildCount > 1)) return undefined;
  return { nameNode, value, isMember, declaration: node, exposure: isMember ? exposure(node) : 'file' };
}

function declaredType(value: Node): Node | undefined {
  const holder = value.parent;
  const declaration = holder?.type === 'variable_declarator' ? holder.parent : holder;
  const type = declaration?.childForFieldName('type');
  return type?.type === 'implicit_type' ? undefined : (type ?? undefined);
}

function impliedType(node: Node): Node | undefined {
  if (node.type !== 'implicit_object_creation_expression') return undefined;
  const place = node.parent;
  if (place?.type !== 'arrow_expression_clause' && place?.type !== 'return_statement') return declaredType(node);
  const member = place.type === 'return_statement' ? ancestor(place, functionTypes) : place.parent;
  return member?.childForFieldName('returns') ?? member?.childForFieldName('type') ?? undefined;
}

function callee(call: Node): Node | undefined {
  return call.childForFieldName('function') ?? call.childForFieldName('type') ?? impliedType(call);
}

/** Before C# 11 an interpolation must not hold a quote: then the parts are added up. */
function template(parts: readonly (string | { readonly expression: string })[]): string {
  if (parts.some(part => typeof part !== 'string' && part.expression.includes('"'))) {
    return parts
      .filter(part => part !== '')
      .map(part => (typeof part === 'string' ? quoteWith('"', part) : inBrackets(part.expression, /\?\?|\?.*:/u)))
      .join(' + ');
  }
  const inner = parts.map(part =>
    typeof part === 'string'
      ? quoteWith('"', part).slice(1, -1).replace(/[{}]/gu, '$&$&')
      : `{${inBrackets(part.expression, /[?:]/u)}}`,
  );
  return `$"${inner.join('')}"`;
}

function inBrackets(expression: string, when: RegExp): string {
  return when.test(expression) ? `(${expression})` : expression;
}

export const csharp: LanguageAdapter = {
  id: 'csharp',
  grammarFor: () => 'c-sharp',
  patternFrame: { before: '_ = ', after: ';' },
  identity: {
    module: 'Azure.Identity',
    package: 'Azure.Identity',
    credentialTypes: ['DefaultAzureCredential', 'ManagedIdentityCredential', 'ChainedTokenCredential'],
  },
  isComment: node => node.type === 'comment',
  isCall: node => node.type === 'invocation_expression' || creations.has(node.type),
  wrapped,
  pieces,
  list,
  declaredType,
  impliedType,
  defaulted: node => {
    const coalesces = node.type === 'binary_expression' && node.childForFieldName('operator')?.text === '??';
    return coalesces ? operands(node) : undefined;
  },
  isWrite,
  destructured: () => undefined,
  memberOf: object => {
    const parent = object.parent;
    return parent?.childForFieldName('expression')?.id === object.id
      ? parent.childForFieldName('name')?.text
      : undefined;
  },
  isTest: node => {
    const parent = node.parent?.type === 'argument' ? node.parent.parent?.parent : node.parent;
    if (parent?.type === 'invocation_expression') {
      return /^(?:string|String)\.IsNullOr(?:Empty|WhiteSpace)$/u.test(
        parent.childForFieldName('function')?.text ?? '',
      );
    }
    if (parent?.type === 'is_pattern_expression') return true;
    return parent?.type === 'binary_expression' && /^[=!]=$/u.test(parent.childForFieldName('operator')?.text ?? '');
  },
  settingLookup: node => csharpSettingLookup(node, text => plainValue(pieces(text))),
  callee,
  calledName: call => callee(call)?.childForFieldName('name')?.text ?? callee(call)?.text,
  statementOf: node => (statementTypes.has(node.type) ? node : (ancestor(node, statementTypes) ?? node)),
  scopeTypes,
  classTypes,
  fieldNames: 'bare',
  bindings,
  reference,
  returnedValue,
  signature: csharpSignature,
  imports: csharpImports,
  resolve: resolveCsharp,
  nameFor: csharpNameFor,
  importEdits: csharpImportEdits,
  environment: {
    needs: { module: 'System', name: 'Environment' },
    read: (variable, _file, environment) => `${environment}.GetEnvironmentVariable("${variable}")`,
  },
  createCredential(type, form, bring) {
    if (form.kind === 'default') return `new ${type}()`;
    if (form.kind === 'fromEnvironment') return `new ${type}(${type}.DefaultEnvironmentVariableName)`;
    const options = bring({ module: 'Azure.Identity', name: 'DefaultAzureCredentialOptions' });
    return options && `new ${type}(new ${options} { ManagedIdentityClientId = ${form.clientId} })`;
  },
  shared: csharpShared,
  quote: value => quoteWith('"', value),
  template,
  foldable: { 'Uri.EscapeDataString': encodeURIComponent },
  removeDeclarations: (file, declarations) =>
    removeDeclarators(file.text, declarations, declaration =>
      declaration.type === 'variable_declarator'
        ? spanOf(declaration.parent?.parent ?? declaration)
        : spanOf(declaration),
    ),
};
