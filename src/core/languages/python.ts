import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../text/text-edit.ts';
import { soleReturn } from './helpers.ts';
import { plainValue, quoteWith, unescape } from './escapes.ts';
import { pythonShared } from './python-shared.ts';
import { pythonStatements } from './python-statements.ts';
import { pythonImportEdits, pythonImports } from './python-imports.ts';
import { joinRemovals, removeDeclarators, removeStatement } from './removal.ts';
import { pythonSignature } from './signatures.ts';
import {
  ancestor,
  operands,
  spanOf,
  walk,
  type ElementList,
  type LanguageAdapter,
  type ListElement,
  type RawBinding,
  type RawReference,
  type ReturnedValue,
  type ResolvedName,
  type SettingLookup,
  type StringPiece,
  type SyntaxFile,
} from './syntax.ts';

const functionTypes = new Set(['function_definition', 'lambda']);
const classTypes = new Set(['class_definition']);
const scopeTypes = new Set([
  'module',
  ...functionTypes,
  ...classTypes,
  'list_comprehension',
  'set_comprehension',
  'dictionary_comprehension',
  'generator_expression',
]);
const statementTypes = new Set([
  'expression_statement',
  'return_statement',
  'raise_statement',
  'assert_statement',
  'import_statement',
  'import_from_statement',
  'with_statement',
  'if_statement',
  'for_statement',
]);

function pieces(node: Node): StringPiece[] | undefined {
  switch (node.type) {
    case 'string':
      return /^[a-z]*b/iu.test(node.text) ? undefined : node.namedChildren.flatMap(stringPart);
    case 'concatenated_string': {
      const parts = node.namedChildren.filter(child => child.type === 'string').map(pieces);
      return parts.every(part => part !== undefined) ? parts.flat() : undefined;
    }
    case 'binary_operator': {
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

function stringPart(part: Node): StringPiece[] {
  if (part.type === 'interpolation') {
    // A conversion or format changes the value.
    const plain = part.namedChildren.length === 1 ? part.childForFieldName('expression') : null;
    return [{ kind: 'expression', node: plain ?? part }];
  }
  if (part.type !== 'string_content') return [];
  const found: StringPiece[] = [];
  let at = part.startIndex;
  const plain = (end: number): void => {
    if (end <= at) return;
    const value = part.text.slice(at - part.startIndex, end - part.startIndex);
    found.push({ kind: 'text', value, span: { start: at, end } });
  };
  for (const escape of part.namedChildren) {
    plain(escape.startIndex);
    const value = escape.type === 'escape_interpolation' ? escape.text.slice(1) : unescape(escape.text);
    found.push({ kind: 'text', value, span: spanOf(escape) });
    at = escape.endIndex;
  }
  plain(part.endIndex);
  return found;
}

function element(node: Node): ListElement {
  const value = node.childForFieldName('value') ?? node;
  switch (node.type) {
    case 'keyword_argument':
      return { node, name: node.childForFieldName('name')?.text, value, spread: false, shorthand: false };
    case 'pair': {
      const key = node.childForFieldName('key');
      return { node, name: key ? plainValue(pieces(key)) : undefined, value, spread: false, shorthand: false };
    }
    default: {
      const spread = node.type === 'list_splat' || node.type === 'dictionary_splat';
      return { node, name: undefined, value: node, spread, shorthand: false };
    }
  }
}

function list(node: Node): ElementList | undefined {
  if (node.type !== 'argument_list' && node.type !== 'dictionary') return undefined;
  const elements = node.namedChildren.filter(child => child.type !== 'comment').map(element);
  return { kind: node.type === 'dictionary' ? 'object' : 'arguments', node, elements };
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

/** Names that a target of an assignment, loop or parameter list introduces. */
function targetNames(node: Node): Node[] {
  switch (node.type) {
    case 'identifier':
      return [node];
    case 'default_parameter':
    case 'typed_default_parameter': {
      const name = node.childForFieldName('name');
      return name === null ? [] : targetNames(name);
    }
    case 'typed_parameter':
    case 'list_splat_pattern':
    case 'dictionary_splat_pattern':
      return node.namedChildren.slice(0, 1).flatMap(targetNames);
    case 'pattern_list':
    case 'tuple_pattern':
    case 'list_pattern':
    case 'tuple':
    case 'as_pattern_target':
    case 'parameters':
    case 'lambda_parameters':
      return node.namedChildren.flatMap(targetNames);
    default:
      return [];
  }
}

function assignment(node: Node): RawBinding[] {
  const left = node.childForFieldName('left');
  const right = node.childForFieldName('right');
  if (left === null) return [];
  const alone = node.parent?.type === 'expression_statement' && right?.type !== 'assignment';
  const shared = { valueNode: right ?? undefined, declaration: alone ? node : undefined };
  const hidden = (name: string): 'file' | 'importable' => (name.startsWith('_') ? 'file' : 'importable');
  if (left.type === 'identifier') {
    if (right === null) return [opaque(left)];
    const holder = ancestor(node, scopeTypes);
    const isField = holder?.type === 'class_definition';
    const exposure = isField || holder?.type === 'module' ? hidden(left.text) : 'file';
    return [{ ...shared, name: left.text, nameNode: left, kind: isField ? 'field' : 'value', exposure }];
  }
  const object = left.childForFieldName('object')?.text;
  if (left.type === 'attribute' && (object === 'self' || object === 'cls')) {
    const name = left.childForFieldName('attribute');
    const scope = ancestor(node, classTypes);
    if (name === null || scope === undefined) return [];
    return [{ ...shared, name: name.text, nameNode: left, kind: 'field', exposure: hidden(name.text), scope }];
  }
  return targetNames(left).map(name => opaque(name));
}

function bindings(node: Node): RawBinding[] {
  switch (node.type) {
    case 'assignment':
      return assignment(node);
    case 'parameters':
    case 'lambda_parameters':
    case 'as_pattern_target':
      return targetNames(node).map(name => opaque(name));
    case 'for_statement':
    case 'for_in_clause': {
      const left = node.childForFieldName('left');
      return left === null ? [] : targetNames(left).map(name => opaque(name));
    }
    case 'named_expression':
    case 'function_definition':
    case 'class_definition': {
      const name = node.childForFieldName('name');
      return name === null ? [] : [opaque(name)];
    }
    // Another function may assign the name: what it holds is not known any more.
    case 'global_statement': {
      let root = node;
      while (root.parent !== null) root = root.parent;
      return node.namedChildren.map(name => opaque(name, root));
    }
    case 'import_statement':
    case 'import_from_statement':
      return pythonImports(node).flatMap(({ nameNode }): RawBinding[] =>
        nameNode === undefined ? [] : [{ ...opaque(nameNode), kind: 'import' }],
      );
    default:
      return [];
  }
}

function isWrite(node: Node): boolean {
  const parent = node.parent;
  if (parent?.type === 'delete_statement') return true;
  const assigns = parent?.type === 'assignment' || parent?.type === 'augmented_assignment';
  return assigns && parent.childForFieldName('left')?.id === node.id;
}

function reference(node: Node): RawReference | undefined {
  const parent = node.parent;
  if (node.type === 'identifier') {
    if (parent?.type === 'keyword_argument' && parent.childForFieldName('name')?.id === node.id) return undefined;
    if (parent?.type === 'attribute' && parent.childForFieldName('attribute')?.id === node.id) return undefined;
    if (parent?.type === 'dotted_name' || parent?.type === 'aliased_import') return undefined;
    return { kind: 'name', name: node.text };
  }
  if (node.type !== 'attribute') return undefined;
  const object = node.childForFieldName('object');
  const name = node.childForFieldName('attribute');
  if (object === null || name === null) return undefined;
  const own = object.text === 'self' || object.text === 'cls';
  const owner = !own && object.type === 'identifier' && /^[A-Z]/u.test(object.text) ? object.text : undefined;
  return { kind: 'member', name: name.text, owner, unknown: !own && owner === undefined };
}

function returnedValue(node: Node): ReturnedValue | undefined {
  const nameNode = node.type === 'function_definition' ? node.childForFieldName('name') : null;
  if (nameNode === null || node.parent?.type === 'decorated_definition') return undefined;
  if (node.children.some(child => child.type === 'async')) return undefined;
  const around = ancestor(node.parent ?? node, scopeTypes);
  const isMember = around?.type === 'class_definition';
  // A base class may call it.
  if (isMember && around.childForFieldName('superclasses') !== null) return undefined;
  const parameters = node
    .childForFieldName('parameters')
    ?.namedChildren.map(({ text }) => text)
    .join();
  const value = parameters === (isMember ? 'self' : '') ? soleReturn(node.childForFieldName('body')) : undefined;
  if (value === undefined) return undefined;
  const inFunction = !isMember && ancestor(node.parent ?? node, functionTypes) !== undefined;
  const exposure = inFunction || nameNode.text.startsWith('_') ? 'file' : 'importable';
  return { nameNode, value, isMember, declaration: node, exposure };
}

function settingLookup(node: Node): SettingLookup | undefined {
  const compact = (part: Node | null): string => part?.text.replace(/\s/gu, '') ?? '';
  let key: Node | null | undefined;
  if (node.type === 'subscript' && /^(?:os\.)?environ$/u.test(compact(node.childForFieldName('value')))) {
    key = node.childForFieldName('subscript');
  } else if (
    node.type === 'call' &&
    /^(?:os\.)?(?:environ\.get|getenv)$/u.test(compact(node.childForFieldName('function')))
  ) {
    key = node.childForFieldName('arguments')?.namedChildren[0];
  }
  if (key?.type !== 'string') return undefined;
  const name = plainValue(pieces(key));
  const content = key.namedChildren.find(child => child.type === 'string_content');
  return name === undefined || content === undefined ? undefined : { name, nameSpan: spanOf(content) };
}

function resolve(node: Node, file: SyntaxFile): ResolvedName[] {
  if (node.type === 'identifier') {
    const binding = file.symbols.bindingOf(node);
    if (binding !== undefined && binding.kind !== 'import') return [];
    const named = file.imports.filter(entry => entry.local === node.text && entry.exported !== '*');
    if (named.length > 0) return named.map(({ module, exported }) => ({ module, name: exported }));
    return file.imports.filter(entry => entry.local === '*').map(({ module }) => ({ module, name: node.text }));
  }
  if (node.type !== 'attribute') return [];
  const object = node.childForFieldName('object')?.text;
  const name = node.childForFieldName('attribute')?.text;
  if (object === undefined || name === undefined) return [];
  return file.imports
    .filter(entry => entry.local === object)
    .map(({ module, exported }) => ({ module: exported === '*' ? module : `${module}.${exported}`, name }));
}

function quoteOf(file: SyntaxFile): "'" | '"' {
  let single = 0;
  let double = 0;
  walk(file.root, node => {
    if (node.type === 'string_start') {
      if (node.text.endsWith("'")) single++;
      else double++;
    }
    return undefined;
  });
  return single > double ? "'" : '"';
}

function removeDeclarations(file: SyntaxFile, declarations: readonly Node[]): TextEdit[] {
  const pairs = declarations.filter(node => node.type === 'pair');
  const statements = declarations
    .filter(node => node.type !== 'pair')
    .map(node => (node.type === 'function_definition' ? node : (node.parent ?? node)));
  const gone = new Set(statements.map(node => node.id));
  const passed = new Set<number>();
  const removals = statements.map(statement => {
    const block = statement.parent;
    const emptied =
      block?.type === 'block' && block.namedChildren.every(child => child.type === 'comment' || gone.has(child.id));
    if (emptied && !passed.has(block.id)) {
      passed.add(block.id);
      return { span: spanOf(statement), newText: 'pass' };
    }
    const next = statement.nextSibling;
    const end = next?.type === ';' ? next.endIndex : statement.endIndex;
    const removal = removeStatement(file.text, statement.startIndex, end);
    if (statement.type !== 'function_definition') return removal;
    // Functions have two blank lines on both sides; those above stay.
    const blank = /^(?:[^\S\r\n]*(?:\r\n|\n|\r))*/u.exec(file.text.slice(removal.span.end))?.[0].length ?? 0;
    return { ...removal, span: { ...removal.span, end: removal.span.end + blank } };
  });
  return [...joinRemovals(file.text, removals), ...removeDeclarators(file.text, pairs, spanOf)];
}

export const python: LanguageAdapter = {
  id: 'python',
  grammarFor: () => 'python',
  patternFrame: { before: '(', after: ')' },
  identity: {
    module: 'azure.identity',
    asyncModule: 'azure.identity.aio',
    package: 'azure-identity',
    credentialTypes: ['DefaultAzureCredential', 'ManagedIdentityCredential', 'ChainedTokenCredential'],
  },
  isComment: node => node.type === 'comment',
  isCall: node => node.type === 'call',
  wrapped: node =>
    node.type === 'parenthesized_expression' ? node.namedChildren.find(child => child.type !== 'comment') : undefined,
  pieces,
  list,
  declaredType: value => value.parent?.childForFieldName('type')?.namedChildren[0],
  impliedType: () => undefined,
  defaulted: node => {
    const isOr = node.type === 'boolean_operator' && node.childForFieldName('operator')?.text === 'or';
    if (isOr) return operands(node);
    const fallback = settingLookup(node) && node.childForFieldName('arguments')?.namedChildren[1];
    return fallback ? { value: node, fallback } : undefined;
  },
  isWrite,
  destructured: () => undefined,
  memberOf: object => {
    const parent = object.parent;
    const key = parent?.childForFieldName('value')?.id === object.id ? parent.childForFieldName('subscript') : null;
    if (key) return plainValue(pieces(key));
    return parent?.childForFieldName('object')?.id === object.id
      ? parent.childForFieldName('attribute')?.text
      : undefined;
  },
  isTest: node =>
    node.parent?.type === 'not_operator' ||
    node.parent?.type === 'comparison_operator' ||
    node.parent?.childForFieldName('condition')?.id === node.id,
  settingLookup,
  callee: call => call.childForFieldName('function') ?? undefined,
  calledName: call => {
    const callee = call.childForFieldName('function');
    return callee?.childForFieldName('attribute')?.text ?? callee?.text;
  },
  statementOf: node => (statementTypes.has(node.type) ? node : (ancestor(node, statementTypes) ?? node)),
  scopeTypes,
  classTypes,
  fieldNames: 'bareInClassBody',
  bindings,
  reference,
  returnedValue,
  signature: pythonSignature,
  imports: root => {
    const names: ReturnType<typeof pythonImports> = [];
    walk(root, node => {
      if (node.type === 'import_statement' || node.type === 'import_from_statement') names.push(...pythonImports(node));
      return undefined;
    });
    return names;
  },
  resolve,
  nameFor({ module, name }, file) {
    const known = file.imports.find(entry => entry.module === module && entry.exported === name);
    if (known !== undefined) return { text: known.local, missing: false };
    const whole = file.imports.find(entry => entry.module === module && entry.exported === '*' && entry.local !== '*');
    if (whole !== undefined) return { text: `${whole.local}.${name}`, missing: false };
    const taken = file.symbols.bindings.some(binding => binding.name === name);
    return taken ? undefined : { text: name, missing: true };
  },
  importEdits: pythonImportEdits,
  environment: {
    needs: { module: 'os', name: 'environ' },
    read: (variable, file, environ) => `${environ}[${quoteWith(quoteOf(file), variable)}]`,
  },
  createCredential(type, form) {
    if (form.kind === 'default') return `${type}()`;
    if (form.kind === 'fromEnvironment') return `${type}(require_envvar=True)`;
    return `${type}(managed_identity_client_id=${form.clientId})`;
  },
  shared: pythonShared,
  statements: pythonStatements,
  quote: (value, file, like) => {
    const own = like === undefined ? undefined : /^[a-z]*(["'])(?!\1)/iu.exec(like.text)?.[1];
    return quoteWith(own ?? quoteOf(file), value);
  },
  template(parts, file) {
    const quote = quoteOf(file);
    const clash = parts.some(part => typeof part !== 'string' && part.expression.includes(quote));
    const own = clash ? (quote === '"' ? "'" : '"') : quote;
    const text = parts.map(part =>
      typeof part === 'string' ? quoteWith(own, part).slice(1, -1).replace(/[{}]/gu, '$&$&') : `{${part.expression}}`,
    );
    return `f${own}${text.join('')}${own}`;
  },
  foldable: {},
  removeDeclarations,
};
