import type { Node } from 'web-tree-sitter';
import { plainValue, quoteWith, unescape } from './escapes.ts';
import { javaSettingLookup, valueOfDeclaration } from './java-settings.ts';
import { javaShared } from './java-shared.ts';
import { soleReturn } from './helpers.ts';
import { javaImport, javaImportEdits, javaImports, javaNameFor, resolveJava } from './java-imports.ts';
import { removeDeclarators } from './removal.ts';
import { javaSignature } from './signatures.ts';
import {
  ancestor,
  credentialsSetting,
  spanOf,
  type CallChain,
  type ChainLink,
  type ElementList,
  type LanguageAdapter,
  type RawBinding,
  type RawReference,
  type ReturnedValue,
  type SettingLookup,
  type StringPiece,
  type SyntaxFile,
} from './syntax.ts';

const classTypes = new Set(['class_declaration', 'record_declaration', 'enum_declaration', 'interface_declaration']);
const functionTypes = new Set(['method_declaration', 'constructor_declaration', 'lambda_expression']);
const scopeTypes = new Set([
  'program',
  'block',
  'constructor_body',
  ...classTypes,
  ...functionTypes,
  'for_statement',
  'enhanced_for_statement',
  'try_with_resources_statement',
  'catch_clause',
  'switch_block',
]);
const statementTypes = new Set([
  'local_variable_declaration',
  'expression_statement',
  'field_declaration',
  'return_statement',
  'throw_statement',
  'resource',
  'import_declaration',
]);

function pieces(node: Node): StringPiece[] | undefined {
  if (node.type === 'string_literal') {
    if (node.text.startsWith('"""')) {
      const span = { start: node.startIndex + 3, end: node.endIndex - 3 };
      return [{ kind: 'text', value: textBlockValue(node.text.slice(3, -3)), span }];
    }
    return node.namedChildren.map(part => ({
      kind: 'text',
      value: part.type === 'escape_sequence' ? unescape(part.text) : part.text,
      span: spanOf(part),
    }));
  }
  if (node.type !== 'binary_expression' || node.childForFieldName('operator')?.text !== '+') return undefined;
  const left = node.childForFieldName('left');
  const right = node.childForFieldName('right');
  if (left === null || right === null) return undefined;
  return [left, right].flatMap(side => pieces(side) ?? [{ kind: 'expression' as const, node: side }]);
}

/** A text block starts after its first line break and loses the indentation that all its lines share. */
function textBlockValue(text: string): string {
  const lines = text.split(/\r?\n/u).slice(1);
  const counted = lines.filter((line, i) => line.trim() !== '' || i === lines.length - 1);
  const indent = Math.min(...counted.map(line => /^\s*/u.exec(line)?.[0].length ?? 0));
  const value = lines.map(line => line.slice(indent).trimEnd()).join('\n');
  return value.replace(/\\(?:u+[\da-f]{4}|[0-7]{1,3}|\r?\n|.)/giu, unescape);
}

function wrapped(node: Node): Node | undefined {
  if (node.type === 'parenthesized_expression') return node.namedChildren.find(child => !isComment(child));
  return node.type === 'cast_expression' ? (node.childForFieldName('value') ?? undefined) : undefined;
}

function isComment(node: Node): boolean {
  return node.type === 'line_comment' || node.type === 'block_comment';
}

function list(node: Node): ElementList | undefined {
  if (node.type !== 'argument_list') return undefined;
  const elements = node.namedChildren
    .filter(child => !isComment(child))
    .map(child => ({ node: child, name: undefined, value: child, spread: false, shorthand: false }));
  return { kind: 'arguments', node, elements };
}

function chain(node: Node): CallChain | undefined {
  const links: ChainLink[] = [];
  let at = node;
  while (at.type === 'method_invocation') {
    const receiver = at.childForFieldName('object');
    const nameNode = at.childForFieldName('name');
    const argumentList = at.childForFieldName('arguments');
    if (receiver === null || nameNode === null || argumentList === null) break;
    links.unshift({ name: nameNode.text, node: at, receiver, nameNode, list: argumentList });
    at = receiver;
  }
  if (links.length === 0) return undefined;
  const { parent } = node;
  const complete = parent?.type !== 'method_invocation' || parent.childForFieldName('object')?.id !== node.id;
  return { root: at, links, complete };
}

/** The builder's type for `new Builder()….build()`. */
function builderType(call: Node): Node | undefined {
  const calls = chain(call);
  const builds = calls?.root.type === 'object_creation_expression' && calls.links.at(-1)?.name === 'build';
  return builds ? (calls.root.childForFieldName('type') ?? undefined) : undefined;
}

function callee(call: Node): Node | undefined {
  return call.childForFieldName('type') ?? builderType(call) ?? call.childForFieldName('name') ?? undefined;
}

function opaque(nameNode: Node): RawBinding {
  const nothing = { valueNode: undefined, declaration: undefined };
  return { ...nothing, name: nameNode.text, nameNode, kind: 'opaque', exposure: 'file' };
}

function exposure(declaration: Node): RawBinding['exposure'] {
  const modifiers = declaration.namedChildren.find(({ type }) => type === 'modifiers')?.text ?? '';
  if (/\b(?:public|protected)\b/u.test(modifiers)) return 'exported';
  return /\bprivate\b/u.test(modifiers) ? 'file' : 'importable';
}

function declarator(node: Node): RawBinding[] {
  const nameNode = node.childForFieldName('name');
  const statement = node.parent;
  if (nameNode === null || statement === null) return [];
  const isField = statement.type === 'field_declaration';
  const valueNode = node.childForFieldName('value') ?? (isField ? valueOfDeclaration(statement) : undefined);
  if (valueNode === undefined && !isField) return [opaque(nameNode)];
  const removable = isField || statement.parent?.type !== 'for_statement';
  return [
    {
      name: nameNode.text,
      nameNode,
      valueNode,
      declaration: removable ? node : undefined,
      kind: isField ? 'field' : 'value',
      exposure: isField ? exposure(statement) : 'file',
    },
  ];
}

const declaringTypes = new Set([
  'formal_parameter',
  'catch_formal_parameter',
  'enhanced_for_statement',
  'resource',
  ...classTypes,
]);

function bindings(node: Node): RawBinding[] {
  if (node.type === 'variable_declarator') return declarator(node);
  if (node.type === 'inferred_parameters') return node.namedChildren.map(opaque);
  if (node.type === 'lambda_expression') {
    const parameter = node.childForFieldName('parameters');
    return parameter?.type === 'identifier' ? [opaque(parameter)] : [];
  }
  if (node.type === 'import_declaration') {
    const nameNode = javaImport(node)?.nameNode;
    return nameNode === undefined ? [] : [{ ...opaque(nameNode), kind: 'import' }];
  }
  const name = declaringTypes.has(node.type) ? node.childForFieldName('name') : null;
  if (name === null) return [];
  const valueNode = node.type === 'formal_parameter' ? valueOfDeclaration(node) : undefined;
  return [valueNode === undefined ? opaque(name) : { ...opaque(name), kind: 'value', valueNode }];
}

function isWrite(node: Node): boolean {
  const { parent } = node;
  if (parent?.type === 'update_expression') return true;
  return parent?.type === 'assignment_expression' && parent.childForFieldName('left')?.id === node.id;
}

/** Names that say which member, method or package is meant, and not a value or type of the file. */
function isLabel(node: Node): boolean {
  const { parent } = node;
  if (parent === null) return false;
  switch (parent.type) {
    case 'method_invocation':
    case 'method_declaration':
    case 'constructor_declaration':
      return parent.childForFieldName('name')?.id === node.id;
    case 'field_access':
      return parent.childForFieldName('field')?.id === node.id;
    case 'scoped_type_identifier':
      return parent.namedChildren[0]?.id !== node.id;
    case 'scoped_identifier':
    case 'import_declaration':
    case 'package_declaration':
      return true;
    default:
      return false;
  }
}

function reference(node: Node): RawReference | undefined {
  if (node.type === 'identifier' || node.type === 'type_identifier') {
    return isLabel(node) ? undefined : { kind: 'name', name: node.text };
  }
  if (node.type !== 'field_access') return undefined;
  const object = node.childForFieldName('object');
  const name = node.childForFieldName('field');
  if (object === null || name === null) return undefined;
  const own = object.type === 'this';
  const owner = object.type === 'identifier' && /^[A-Z]/u.test(object.text) ? object.text : undefined;
  return { kind: 'member', name: name.text, owner, unknown: !own && owner === undefined };
}

function returnedValue(node: Node): ReturnedValue | undefined {
  const nameNode = node.type === 'method_declaration' ? node.childForFieldName('name') : null;
  if (nameNode === null || node.childForFieldName('type')?.text !== 'String') return undefined;
  const modifiers = node.namedChildren.find(({ type }) => type === 'modifiers');
  // Whoever reads an annotation may call the method.
  if (modifiers?.namedChildren.some(child => !isComment(child)) === true) return undefined;
  if (node.childForFieldName('parameters')?.namedChildCount !== 0) return undefined;
  const around = ancestor(node, classTypes);
  const derived = ['superclass', 'interfaces'].some(name => around?.childForFieldName(name));
  // A base class may call what is not private.
  if (derived && exposure(node) !== 'file') return undefined;
  const value = soleReturn(node.childForFieldName('body'));
  return value && { nameNode, value, isMember: true, declaration: node, exposure: exposure(node) };
}

function settingLookup(node: Node): SettingLookup | undefined {
  return javaSettingLookup(node, text => plainValue(pieces(text)));
}

function defaulted(node: Node): ReturnType<LanguageAdapter['defaulted']> {
  if (node.childForFieldName('name')?.text !== 'getOrDefault' || settingLookup(node) === undefined) return undefined;
  const fallback = node.childForFieldName('arguments')?.namedChildren[1];
  return fallback === undefined ? undefined : { value: node, fallback };
}

function isTest(node: Node): boolean {
  const { parent } = node;
  if (parent?.type === 'binary_expression') return /^[=!]=$/u.test(parent.childForFieldName('operator')?.text ?? '');
  const asks = parent?.type === 'method_invocation' && parent.childForFieldName('object')?.id === node.id;
  return asks && /^is(?:Empty|Blank)$/u.test(parent.childForFieldName('name')?.text ?? '');
}

function declaredType(value: Node): Node | undefined {
  const holder = value.parent;
  const declaration = holder?.type === 'variable_declarator' ? holder.parent : holder;
  if (declaration?.type === 'method_declaration') return undefined;
  const type = declaration?.childForFieldName('type');
  return type?.text === 'var' ? undefined : (type ?? undefined);
}

function createdType(value: Node): string | undefined {
  return builderType(value)?.text.replace(/Builder$/u, '');
}

/** What a method returns, or the type of the field or variable that gets the value after its declaration. */
function demandedType(value: Node, file: SyntaxFile): string | undefined {
  const place = value.parent;
  if (place?.type === 'return_statement') {
    const around = ancestor(place, functionTypes);
    return around?.childForFieldName('type')?.text;
  }
  if (place?.type !== 'assignment_expression') return undefined;
  const left = place.childForFieldName('left');
  const nameNode = left === null ? undefined : file.symbols.bindingOf(left)?.nameNode;
  return nameNode?.parent?.parent?.childForFieldName('type')?.text;
}

export const java: LanguageAdapter = {
  id: 'java',
  grammarFor: () => 'java',
  patternFrame: { before: 'var x = ', after: ';' },
  identity: {
    module: 'com.azure.identity',
    package: 'com.azure:azure-identity',
    credentialTypes: [
      'DefaultAzureCredentialBuilder',
      'ManagedIdentityCredentialBuilder',
      'ChainedTokenCredentialBuilder',
    ],
    creator: 'DefaultAzureCredentialBuilder',
    declaredAs: { module: 'com.azure.core.credential', name: 'TokenCredential' },
  },
  isComment,
  isCall: node => node.type === 'method_invocation' || node.type === 'object_creation_expression',
  wrapped,
  pieces,
  list,
  chain,
  declaredType,
  createdType,
  demandedType,
  impliedType: () => undefined,
  defaulted,
  isWrite,
  destructured: () => undefined,
  memberOf: () => undefined,
  isTest,
  settingLookup,
  callee,
  calledName: call => call.childForFieldName('name')?.text ?? call.childForFieldName('type')?.text,
  statementOf: node => (statementTypes.has(node.type) ? node : (ancestor(node, statementTypes) ?? node)),
  scopeTypes,
  classTypes,
  fieldNames: 'bare',
  bindings,
  reference,
  returnedValue,
  signature: javaSignature,
  imports: javaImports,
  resolve: resolveJava,
  nameFor: javaNameFor,
  importEdits: javaImportEdits,
  environment: { read: variable => `System.getenv("${variable}")` },
  createCredential(type, form, bring) {
    if (form.kind === 'default') return `new ${type}().build()`;
    if (form.kind === 'userAssigned') return `new ${type}().managedIdentityClientId(${form.clientId}).build()`;
    const names = bring({ module: 'com.azure.identity', name: 'AzureIdentityEnvVars' });
    return names && `new ${type}().requireEnvVars(${names}.${credentialsSetting}).build()`;
  },
  shared: javaShared,
  quote: value => quoteWith('"', value),
  template: parts =>
    parts
      .filter(part => part !== '')
      .map(part => (typeof part === 'string' ? quoteWith('"', part) : part.expression))
      .join(' + '),
  foldable: {},
  removeDeclarations: (file, declarations) =>
    removeDeclarators(file.text, declarations, declaration =>
      spanOf(
        /^(?:method_declaration|expression_statement)$/u.test(declaration.type)
          ? declaration
          : (declaration.parent ?? declaration),
      ),
    ),
};
