import type { Node } from 'web-tree-sitter';
import { plainValue, quoteWith, unescape } from './escapes.ts';
import { typescriptSignature } from './signatures.ts';
import {
  ancestor,
  credentialsSetting,
  operands,
  spanOf,
  type ElementList,
  type LanguageAdapter,
  type ListElement,
  type StringPiece,
  type SyntaxFile,
} from './syntax.ts';
import type { Span } from '../text/text-edit.ts';
import { removeDeclarators } from './removal.ts';
import {
  bindings,
  classTypes,
  destructured,
  fieldTypes,
  isWrite,
  reference,
  returnedValue,
} from './typescript-bindings.ts';
import { typescriptShared } from './typescript-shared.ts';
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
  if (/^(?:function_declaration|method_definition|expression_statement)$/u.test(declaration.type))
    return spanOf(declaration);
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
  returnedValue,
  signature: typescriptSignature,
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
  environment: {
    read: (variable, { document }) =>
      document.languageId.startsWith('typescript') ? `process.env.${variable}!` : `process.env.${variable} ?? ''`,
  },
  createCredential(type, form) {
    if (form.kind === 'default') return `new ${type}()`;
    if (form.kind === 'userAssigned') return `new ${type}({ managedIdentityClientId: ${form.clientId} })`;
    // Any quote is right inside an array literal; the file's own is asked for where there is a file.
    return `new ${type}({ requiredEnvVars: ['${credentialsSetting}'] })`;
  },
  shared: typescriptShared,
  quote: (value, file, like) => {
    const own = like === undefined ? undefined : /^["']/u.exec(like.text)?.[0];
    return quoteWith(own ?? quoteOf(file), value);
  },
  template: parts =>
    `\`${parts
      .map(part =>
        typeof part === 'string'
          ? part.replace(/[`\\]|\$\{/gu, '\\$&').replaceAll('\0', '\\0')
          : `\${${part.expression}}`,
      )
      .join('')}\``,
  foldable: { encodeURIComponent },
  removeDeclarations: (file, declarations) => removeDeclarators(file.text, declarations, declarationStatement),
};
