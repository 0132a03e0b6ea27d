import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../text/text-edit.ts';
import { insertAmong, makeRoom } from './import-lists.ts';
import type { ImportedName, NewImport, ResolvedName, SyntaxFile } from './syntax.ts';

/** Imports of types and, with the local name `*`, of packages; static imports name no type. */
export function javaImports(root: Node): ImportedName[] {
  return root.namedChildren.flatMap(statement => javaImport(statement) ?? []);
}

export function javaImport(statement: Node): ImportedName | undefined {
  if (statement.type !== 'import_declaration' || statement.children.some(({ type }) => type === 'static')) {
    return undefined;
  }
  const path = statement.namedChildren.find(({ type }) => type === 'scoped_identifier' || type === 'identifier');
  if (path === undefined) return undefined;
  const text = path.text.replace(/\s/gu, '');
  const entry = { statement, specifier: statement, typeOnly: false };
  if (statement.namedChildren.some(({ type }) => type === 'asterisk')) {
    return { ...entry, local: '*', module: text, exported: '*', nameNode: undefined };
  }
  const dot = text.lastIndexOf('.');
  const name = text.slice(dot + 1);
  const nameNode = path.childForFieldName('name') ?? path;
  return { ...entry, local: name, module: text.slice(0, Math.max(dot, 0)), exported: name, nameNode };
}

export function resolveJava(node: Node, file: SyntaxFile): ResolvedName[] {
  const text = node.text.replace(/\s/gu, '');
  const dot = text.lastIndexOf('.');
  if (dot > 0) return /^[\w.]+$/u.test(text) ? [{ module: text.slice(0, dot), name: text.slice(dot + 1) }] : [];
  if (node.type !== 'type_identifier' && node.type !== 'identifier') return [];
  const own = file.imports.find(entry => entry.local === text);
  if (own !== undefined) return [{ module: own.module, name: text }];
  if (file.symbols.lookup(text, node) !== undefined) return [];
  return file.imports.filter(({ local }) => local === '*').map(({ module }) => ({ module, name: text }));
}

export function javaNameFor(
  { module, name }: NewImport,
  file: SyntaxFile,
): { readonly text: string; readonly missing: boolean } | undefined {
  const known = file.imports.find(({ local }) => local === name);
  if (known !== undefined) return known.module === module ? { text: name, missing: false } : undefined;
  if (file.symbols.bindings.some(binding => binding.name === name)) return undefined;
  return { text: name, missing: !file.imports.some(entry => entry.local === '*' && entry.module === module) };
}

export function javaImportEdits(
  file: SyntaxFile,
  add: readonly NewImport[],
  remove: readonly ImportedName[],
  neighbour: readonly string[],
): TextEdit[] {
  const inserted = [...new Set(add.map(({ module, name }) => `${module}.${name}`))]
    .sort()
    .map(path => newImport(file, path, neighbour));
  const single = remove.filter(({ local }) => local !== '*');
  return makeRoom(file.text, inserted, single);
}

function newImport(file: SyntaxFile, path: string, neighbour: readonly string[]): TextEdit {
  const text = `import ${path};`;
  const model = file.imports.find(entry => neighbour.includes(entry.module)) ?? file.imports[0];
  if (model !== undefined) {
    const keyOf = ({ module, local }: ImportedName): string => `${module}.${local}`;
    return insertAmong(file, file.imports, model.statement, text, path, keyOf);
  }
  const newline = file.text.includes('\r\n') ? '\r\n' : '\n';
  const home = file.root.namedChildren.find(({ type }) => type === 'package_declaration');
  if (home !== undefined) {
    return { span: { start: home.endIndex, end: home.endIndex }, newText: newline + newline + text };
  }
  const start = file.root.namedChildren.find(({ type }) => !type.endsWith('comment'))?.startIndex ?? 0;
  return { span: { start, end: start }, newText: text + newline + newline };
}
