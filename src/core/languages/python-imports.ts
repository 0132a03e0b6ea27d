import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../text/text-edit.ts';
import { insertAmong, listedEdits, reuseRemovedLines, type ListedEdit } from './import-lists.ts';
import { type ImportedName, type NewImport, type SyntaxFile } from './syntax.ts';

/** Names of one `import` or `from … import` statement; `from m import *` gives the local name `*`. */
export function pythonImports(statement: Node): ImportedName[] {
  const specifiers = statement.childrenForFieldName('name');
  const from = statement.childForFieldName('module_name')?.text;
  const entry = (specifier: Node, local: string, module: string, exported: string, nameNode?: Node): ImportedName => ({
    local,
    module,
    exported,
    statement,
    specifier,
    nameNode,
    typeOnly: false,
  });
  if (from !== undefined && statement.namedChildren.some(child => child.type === 'wildcard_import')) {
    return [entry(statement, '*', from, '*')];
  }
  return specifiers.flatMap(specifier => {
    const alias = specifier.childForFieldName('alias');
    const name = specifier.type === 'aliased_import' ? specifier.childForFieldName('name') : specifier;
    if (name === null) return [];
    const nameNode = alias ?? name.namedChildren[0];
    const local = alias?.text ?? name.text;
    return from === undefined
      ? [entry(specifier, local, name.text, '*', nameNode)]
      : [entry(specifier, local, from, name.text, nameNode)];
  });
}

export function pythonImportEdits(
  file: SyntaxFile,
  add: readonly NewImport[],
  remove: readonly ImportedName[],
  neighbour: readonly string[],
): TextEdit[] {
  const lists = new Map<number, ListedEdit>();
  const edits: TextEdit[] = [];
  const listOf = (statement: Node): ListedEdit => {
    let listed = lists.get(statement.id);
    if (listed === undefined) {
      const specifiers = statement.childrenForFieldName('name');
      listed = { specifiers, empty: undefined, statement, clause: undefined, added: [], removed: [] };
      lists.set(statement.id, listed);
    }
    return listed;
  };
  for (const name of remove) {
    if (name.statement.type === 'import_from_statement' && name.local !== '*') {
      listOf(name.statement).removed.push(name.specifier);
    }
  }
  const fresh = new Map<string, string[]>();
  for (const { module, name } of add) {
    const sibling = file.imports.find(
      entry => entry.module === module && entry.statement.type === 'import_from_statement' && entry.local !== '*',
    );
    if (sibling !== undefined) listOf(sibling.statement).added.push(name);
    else fresh.set(module, [...(fresh.get(module) ?? []), name]);
  }
  for (const listed of lists.values()) edits.push(...listedEdits(file.text, listed));
  for (const [module, names] of [...fresh].sort()) edits.push(...newStatement(file, module, names, neighbour));
  return reuseRemovedLines(file.text, edits);
}

function newStatement(
  file: SyntaxFile,
  module: string,
  names: readonly string[],
  neighbour: readonly string[],
): TextEdit[] {
  const text = `from ${module} import ${[...names].sort().join(', ')}`;
  const close = file.imports.find(entry => neighbour.includes(entry.module));
  if (close === undefined) return [];
  const fromImports = file.imports.filter(entry => entry.statement.type === 'import_from_statement');
  const sameLevel = fromImports.find(entry => entry.statement.parent?.id === close.statement.parent?.id);
  const model = close.statement.type === 'import_from_statement' ? close : (sameLevel ?? close);
  if (model.statement.type === 'import_from_statement') {
    const key = (name: string): string => name.toLowerCase();
    return [insertAmong(file, fromImports, model.statement, text, key(module), entry => key(entry.module))];
  }
  // Below the block of plain imports, whatever their names.
  return [insertAmong(file, file.imports, model.statement, text, '', () => '')];
}
