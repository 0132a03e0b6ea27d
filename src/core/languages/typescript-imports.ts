import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../text/text-edit.ts';
import { insertAmong, listedEdits, reuseRemovedLines, plainStringText, type ListedEdit } from './import-lists.ts';
import { walk, type ImportedName, type NewImport, type SyntaxFile } from './syntax.ts';

/** Names from `import` statements, `require` calls and `await import`. */
export function typescriptImports(root: Node): ImportedName[] {
  const names: ImportedName[] = [];
  walk(root, node => {
    if (node.type === 'import_statement') names.push(...importStatement(node));
    else if (node.type === 'variable_declarator') names.push(...requireDeclaration(node));
    return undefined;
  });
  return names;
}

function importStatement(statement: Node): ImportedName[] {
  const typeOnlyStatement = statement.child(1)?.type === 'type';
  const clause = statement.namedChildren.find(child => child.type === 'import_clause');
  const required = statement.namedChildren.find(child => child.type === 'import_require_clause');
  const module = plainStringText(statement.childForFieldName('source') ?? required?.childForFieldName('source'));
  if (module === undefined) return [];
  const whole = (nameNode: Node, specifier: Node, exported: string): ImportedName => ({
    local: nameNode.text,
    module,
    exported,
    statement,
    specifier,
    nameNode,
    typeOnly: typeOnlyStatement,
  });
  if (required !== undefined) {
    const name = required.namedChildren.find(child => child.type === 'identifier');
    return name === undefined ? [] : [whole(name, required, '*')];
  }
  return (clause === undefined ? [] : clause.namedChildren).flatMap(child => {
    if (child.type === 'identifier') return [whole(child, child, 'default')];
    if (child.type === 'namespace_import') {
      const name = child.namedChildren[0];
      return name === undefined ? [] : [whole(name, child, '*')];
    }
    if (child.type !== 'named_imports') return [];
    return child.namedChildren
      .filter(specifier => specifier.type === 'import_specifier')
      .flatMap(specifier => {
        const name = specifier.childForFieldName('name');
        if (name === null) return [];
        const nameNode = specifier.childForFieldName('alias') ?? name;
        const typeOnly = typeOnlyStatement || specifier.child(0)?.type === 'type';
        return [{ ...whole(nameNode, specifier, name.text), typeOnly }];
      });
  });
}

/** Module of `require('m')` or `await import('m')`. */
function requiredModule(value: Node | null): string | undefined {
  const call = value?.type === 'await_expression' ? value.namedChildren[0] : value;
  if (call?.type !== 'call_expression') return undefined;
  const callee = call.childForFieldName('function')?.text;
  if (callee !== 'require' && callee !== 'import') return undefined;
  return plainStringText(call.childForFieldName('arguments')?.namedChildren[0]);
}

function requireDeclaration(declarator: Node): ImportedName[] {
  const value = declarator.childForFieldName('value');
  // `const create = require('m').default`
  const member = value?.type === 'member_expression' ? value.childForFieldName('property')?.text : undefined;
  const module = requiredModule(member === undefined ? value : (value?.childForFieldName('object') ?? null));
  const pattern = declarator.childForFieldName('name');
  const statement = declarator.parent;
  if (module === undefined || pattern === null || statement === null) return [];
  const entry = (nameNode: Node, specifier: Node, exported: string): ImportedName => ({
    local: nameNode.text,
    module,
    exported,
    statement,
    specifier,
    nameNode,
    typeOnly: false,
  });
  if (pattern.type === 'identifier') return [entry(pattern, declarator, member ?? '*')];
  if (pattern.type !== 'object_pattern' || member !== undefined) return [];
  return pattern.namedChildren.flatMap(specifier => {
    if (specifier.type === 'shorthand_property_identifier_pattern')
      return [entry(specifier, specifier, specifier.text)];
    if (specifier.type !== 'pair_pattern') return [];
    const key = specifier.childForFieldName('key');
    const value = specifier.childForFieldName('value');
    return key === null || value?.type !== 'identifier' ? [] : [entry(value, specifier, key.text)];
  });
}

/** `{…}` that lists the names of an import, when the statement has one. */
function namesList(name: ImportedName): Node | undefined {
  const parent = name.specifier.parent;
  return parent?.type === 'named_imports' || parent?.type === 'object_pattern' ? parent : undefined;
}

export function typescriptImportEdits(
  file: SyntaxFile,
  add: readonly NewImport[],
  remove: readonly ImportedName[],
  neighbour: readonly string[],
): TextEdit[] {
  const lists = new Map<number, ListedEdit>();
  const edits: TextEdit[] = [];
  const listOf = (list: Node, statement: Node): ListedEdit => {
    let listed = lists.get(list.id);
    if (listed === undefined) lists.set(list.id, (listed = listedNames(file.text, list, statement)));
    return listed;
  };
  for (const name of remove) {
    const list = namesList(name);
    if (list !== undefined) listOf(list, name.statement).removed.push(name.specifier);
  }
  const fresh = new Map<string, string[]>();
  for (const { module, name } of add) {
    const sibling = file.imports.find(
      entry => entry.module === module && !isTypeStatement(entry.statement) && namesList(entry) !== undefined,
    );
    const list = sibling === undefined ? undefined : namesList(sibling);
    if (sibling !== undefined && list !== undefined) listOf(list, sibling.statement).added.push(name);
    else fresh.set(module, [...(fresh.get(module) ?? []), name]);
  }
  for (const listed of lists.values()) edits.push(...listedEdits(file.text, listed));
  const inOrder = [...fresh].sort(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
  for (const [module, names] of inOrder) edits.push(newStatement(file, module, names, neighbour));
  return reuseRemovedLines(file.text, edits);
}

function listedNames(text: string, list: Node, statement: Node): ListedEdit {
  const specifiers = list.namedChildren.filter(child => child.type !== 'comment');
  const holder = list.parent;
  const others = holder?.type === 'import_clause' && holder.namedChildren.length > 1;
  // `import a, { b } from 'm'` becomes `import a from 'm'`.
  const clause = others ? { start: text.lastIndexOf(',', list.startIndex), end: list.endIndex } : undefined;
  return { specifiers, empty: { node: list, open: '{ ', close: ' }' }, statement, clause, added: [], removed: [] };
}

function isTypeStatement(statement: Node): boolean {
  return statement.type === 'import_statement' && statement.child(1)?.type === 'type';
}

function newStatement(
  file: SyntaxFile,
  module: string,
  names: readonly string[],
  neighbour: readonly string[],
): TextEdit {
  const model = file.imports.find(entry => neighbour.includes(entry.module) && !entry.typeOnly) ?? file.imports[0];
  const listed = [...names].sort().join(', ');
  if (model === undefined) {
    const start = file.root.namedChildren.find(child => child.type !== 'comment' && child.type !== 'hash_bang_line');
    const at = start?.startIndex ?? 0;
    const newText = `import { ${listed} } from ${file.language.quote(module, file)};\n`;
    return { span: { start: at, end: at }, newText };
  }
  const { statement } = model;
  const semicolon = file.text[statement.endIndex - 1] === ';' ? ';' : '';
  const source = statement.descendantsOfType('string').at(-1);
  const quote = file.text[source?.startIndex ?? 0] === '"' ? '"' : "'";
  const keyword = statement.child(0)?.text ?? 'const';
  const text =
    statement.type === 'import_statement'
      ? `import { ${listed} } from ${quote}${module}${quote}${semicolon}`
      : `${keyword} { ${listed} } = require(${quote}${module}${quote})${semicolon}`;
  const alike = file.imports.filter(entry => entry.statement.type === statement.type);
  return insertAmong(file, alike, statement, text, module.toLowerCase(), entry => entry.module.toLowerCase());
}
