import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../text/text-edit.ts';
import { soleReturn } from './helpers.ts';
import { plainValue, quoteWith, unescape } from './escapes.ts';
import { prepareGoCredential, settleGoCredential } from './go-credential.ts';
import { goImport, goImportEdits, goImports, goNameFor, resolveGo } from './go-imports.ts';
import { goStatements } from './go-statements.ts';
import { joinRemovals, removeStatement } from './removal.ts';
import { goSignature } from './signatures.ts';
import {
  ancestor,
  spanOf,
  type ElementList,
  type LanguageAdapter,
  type RawBinding,
  type RawReference,
  type ReturnedValue,
  type SettingLookup,
  type StringPiece,
  type SyntaxFile,
} from './syntax.ts';

const functionTypes = new Set(['function_declaration', 'method_declaration', 'func_literal']);
const scopeTypes = new Set([
  'source_file',
  'block',
  ...functionTypes,
  'if_statement',
  'for_statement',
  'expression_switch_statement',
  'type_switch_statement',
  'expression_case',
  'default_case',
  'type_case',
  'communication_case',
]);
const holderTypes = new Set(['var_spec_list', 'var_declaration', 'const_declaration']);
const statementTypes = new Set([
  'short_var_declaration',
  'var_declaration',
  'const_declaration',
  'assignment_statement',
  'expression_statement',
  'return_statement',
  'if_statement',
  'defer_statement',
  'go_statement',
  'import_declaration',
]);

function pieces(node: Node): StringPiece[] | undefined {
  switch (node.type) {
    case 'interpreted_string_literal':
    case 'raw_string_literal':
      return node.namedChildren.map(part => ({
        kind: 'text',
        value: part.type === 'escape_sequence' ? unescape(part.text) : part.text,
        span: spanOf(part),
      }));
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

function list(node: Node): ElementList | undefined {
  if (node.type === 'literal_value') return fields(node);
  if (node.type !== 'argument_list') return undefined;
  const elements = node.namedChildren
    .filter(child => child.type !== 'comment')
    .map(child => ({
      node: child,
      name: undefined,
      value: child,
      spread: child.type === 'variadic_argument',
      shorthand: false,
    }));
  return { kind: 'arguments', node, elements };
}

/** `{Field: value}` of a composite literal. */
function fields(node: Node): ElementList | undefined {
  const type = node.parent?.type === 'composite_literal' ? node.parent.childForFieldName('type') : null;
  if (!/^(?:qualified_type|type_identifier|generic_type)$/u.test(type?.type ?? '')) return undefined;
  const elements = node.namedChildren
    .filter(child => child.type !== 'comment')
    .map(child => {
      const value = child.childForFieldName('value')?.namedChildren[0] ?? child.namedChildren[0] ?? child;
      const name = child.childForFieldName('key')?.text;
      return { node: child, name, value, spread: false, shorthand: false };
    });
  return { kind: 'object', node, elements };
}

function opaque(nameNode: Node): RawBinding {
  const nothing = { valueNode: undefined, declaration: undefined };
  return { ...nothing, name: nameNode.text, nameNode, kind: 'opaque', exposure: 'file' };
}

function expressions(node: Node | null): Node[] {
  return node?.namedChildren.filter(({ type }) => type !== 'comment') ?? [];
}

/** `a, b := x, y` name by name; of `a, err := f()` the first name has the call for its value. */
function declared(declaration: Node, names: readonly Node[], values: readonly Node[]): RawBinding[] {
  const top = declaration.type !== 'short_var_declaration' && ancestor(declaration, functionTypes) === undefined;
  return names.flatMap((nameNode, i): RawBinding[] => {
    if (nameNode.type !== 'identifier' || nameNode.text === '_') return [];
    const valueNode = names.length === values.length || i === 0 ? values[i] : undefined;
    if (valueNode === undefined) return [opaque(nameNode)];
    const exposure = !top ? 'file' : /^\p{Lu}/u.test(nameNode.text) ? 'exported' : 'importable';
    const alone = names.length === 1 ? declaration : undefined;
    return [{ name: nameNode.text, nameNode, valueNode, declaration: alone, kind: 'value', exposure }];
  });
}

function bindings(node: Node): RawBinding[] {
  switch (node.type) {
    case 'short_var_declaration':
      return declared(node, expressions(node.childForFieldName('left')), expressions(node.childForFieldName('right')));
    case 'var_spec':
    case 'const_spec':
      return declared(node, node.childrenForFieldName('name'), expressions(node.childForFieldName('value')));
    case 'parameter_declaration':
    case 'variadic_parameter_declaration':
      return node.childrenForFieldName('name').map(opaque);
    case 'range_clause':
    case 'type_switch_statement': {
      const names = node.childForFieldName(node.type === 'range_clause' ? 'left' : 'alias');
      return expressions(names)
        .filter(({ type }) => type === 'identifier')
        .map(opaque);
    }
    case 'function_declaration':
    case 'type_spec': {
      const name = node.childForFieldName('name');
      return name === null ? [] : [opaque(name)];
    }
    case 'import_spec': {
      const imported = goImport(node);
      if (imported?.nameNode === undefined) return [];
      return [{ ...opaque(imported.nameNode), name: imported.local, kind: 'import' }];
    }
    default:
      return [];
  }
}

function isWrite(node: Node): boolean {
  const { parent } = node;
  if (parent?.type === 'inc_statement' || parent?.type === 'dec_statement') return true;
  if (parent?.type === 'unary_expression') return parent.childForFieldName('operator')?.text === '&';
  const statement = parent?.type === 'expression_list' ? parent.parent : undefined;
  return statement?.type === 'assignment_statement' && statement.childForFieldName('left')?.id === parent?.id;
}

/** The name of a field in `T{Field: value}`. */
function isFieldKey(node: Node): boolean {
  const element = node.parent?.type === 'literal_element' ? node.parent : undefined;
  const pair = element?.parent?.type === 'keyed_element' ? element.parent : undefined;
  if (pair?.childForFieldName('key')?.id !== element?.id || pair === undefined) return false;
  const type = pair.parent?.parent?.childForFieldName('type')?.type;
  return type === 'type_identifier' || type === 'qualified_type' || type === 'generic_type';
}

function reference(node: Node): RawReference | undefined {
  const named =
    (node.type === 'identifier' && !isFieldKey(node)) ||
    node.type === 'type_identifier' ||
    (node.type === 'package_identifier' && node.parent?.type === 'qualified_type');
  return named ? { kind: 'name', name: node.text } : undefined;
}

function returnedValue(node: Node): ReturnedValue | undefined {
  const nameNode = node.type === 'function_declaration' ? node.childForFieldName('name') : null;
  if (nameNode === null || node.childForFieldName('result')?.text !== 'string') return undefined;
  if (node.childForFieldName('parameters')?.namedChildCount !== 0) return undefined;
  const returned = soleReturn(node.childForFieldName('body'));
  const [value, ...others] = returned?.type === 'expression_list' ? returned.namedChildren : [returned];
  if (value === undefined || others.length > 0) return undefined;
  const exposure = /^\p{Lu}/u.test(nameNode.text) ? 'exported' : 'importable';
  return { nameNode, value, isMember: false, declaration: node, exposure };
}

function settingLookup(node: Node): SettingLookup | undefined {
  if (node.type !== 'call_expression' || node.childForFieldName('function')?.text !== 'os.Getenv') return undefined;
  const key = node.childForFieldName('arguments')?.namedChildren[0];
  const [content, ...more] = key === undefined || pieces(key) === undefined ? [] : key.namedChildren;
  if (key === undefined || content === undefined || more.length > 0) return undefined;
  return { name: plainValue(pieces(key)) ?? content.text, nameSpan: spanOf(content) };
}

/** What a function returns first, or the type of the variable that gets the value after its declaration. */
function demandedType(value: Node, file: SyntaxFile): string | undefined {
  const place = value.parent?.type === 'expression_list' ? value.parent.parent : undefined;
  if (place?.type === 'return_statement') {
    const result = ancestor(place, functionTypes)?.childForFieldName('result');
    return (result?.type === 'parameter_list' ? result.namedChildren[0]?.childForFieldName('type') : result)?.text;
  }
  const target = place?.childForFieldName('left')?.namedChildren[0];
  const holder = place?.type === 'var_spec' ? place : target && file.symbols.bindingOf(target)?.nameNode.parent;
  return holder?.childForFieldName('type')?.text;
}

export const go: LanguageAdapter = {
  id: 'go',
  grammarFor: () => 'go',
  patternFrame: { before: 'package p\nvar x = f(', after: ')\n' },
  identity: {
    module: 'github.com/Azure/azure-sdk-for-go/sdk/azidentity',
    package: 'github.com/Azure/azure-sdk-for-go/sdk/azidentity',
    credentialTypes: ['NewDefaultAzureCredential', 'NewManagedIdentityCredential', 'NewChainedTokenCredential'],
    creator: 'NewDefaultAzureCredential',
  },
  isComment: node => node.type === 'comment',
  isCall: node => node.type === 'call_expression',
  wrapped: node =>
    node.type === 'parenthesized_expression' ? node.namedChildren.find(({ type }) => type !== 'comment') : undefined,
  pieces,
  list,
  declaredType: () => undefined,
  createdType: value => {
    const called = value.childForFieldName('function')?.text;
    return called === undefined ? undefined : `*${called.replace('.New', '.')}`;
  },
  demandedType,
  impliedType: () => undefined,
  defaulted: () => undefined,
  isWrite,
  destructured: () => undefined,
  memberOf: () => undefined,
  isTest: ({ parent }) =>
    parent?.type === 'binary_expression' && /^[=!]=$/u.test(parent.childForFieldName('operator')?.text ?? ''),
  settingLookup,
  callee: call => call.childForFieldName('function') ?? undefined,
  calledName: call => {
    const called = call.childForFieldName('function');
    return called?.childForFieldName('field')?.text ?? called?.text;
  },
  statementOf: node => (statementTypes.has(node.type) ? node : (ancestor(node, statementTypes) ?? node)),
  scopeTypes,
  classTypes: new Set(),
  fieldNames: 'qualified',
  bindings,
  reference,
  returnedValue,
  signature: goSignature,
  imports: goImports,
  resolve: resolveGo,
  nameFor: goNameFor,
  importEdits: goImportEdits,
  environment: {
    needs: { module: 'os', name: 'Getenv' },
    read: (variable, _file, getenv) => `${getenv}("${variable}")`,
  },
  createCredential(name, { kind }) {
    // A client id comes from the setting, which this library reads by itself.
    if (kind !== 'fromEnvironment') return `${name}(nil)`;
    const options = name.replace(/\w+$/u, 'DefaultAzureCredentialOptions');
    return `${name}(&${options}{RequireAzureTokenCredentials: true})`;
  },
  credentialStatements: { prepare: prepareGoCredential, settle: settleGoCredential },
  statements: goStatements,
  refusesUnusedNames: true,
  quote: value => quoteWith('"', value),
  template: parts =>
    parts
      .filter(part => part !== '')
      .map(part => (typeof part === 'string' ? quoteWith('"', part) : part.expression))
      .join(' + '),
  foldable: {},
  removeDeclarations,
};

/** Removes declarations; a `const ( … )` in which none is left goes as a whole. */
function removeDeclarations(file: SyntaxFile, declarations: readonly Node[]): TextEdit[] {
  const gone = new Set(declarations.map(({ id }) => id));
  const statements = new Map<number, Node>();
  for (const declaration of declarations) {
    let statement = declaration;
    for (let holder = statement.parent; holder !== null && holderTypes.has(holder.type); holder = holder.parent) {
      if (holder.namedChildren.some(child => child.id !== statement.id && !gone.has(child.id))) break;
      statement = holder;
    }
    statements.set(statement.id, statement);
  }
  const removals = [...statements.values()].map(node => removeStatement(file.text, node.startIndex, node.endIndex));
  return joinRemovals(file.text, removals);
}
