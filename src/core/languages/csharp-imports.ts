import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../text/text-edit.ts';
import { insertAmong } from './import-lists.ts';
import { walk, type ImportedName, type NewImport, type ResolvedName, type SyntaxFile } from './syntax.ts';

/** Module of a name that the file does not say where it comes from: global usings live in other files. */
export const anyNamespace = '*';

/** `using` directives; a namespace gives the exported name `*`, an alias its own. */
export function csharpImports(root: Node): ImportedName[] {
  const names: ImportedName[] = [];
  walk(root, node => {
    if (node.type !== 'using_directive') return undefined;
    const alias = node.childForFieldName('name');
    const target = node.namedChildren.findLast(child => child.id !== alias?.id && child.type !== 'comment');
    if (target === undefined || node.children.some(child => child.type === 'static')) return false;
    const path = target.text.replace(/\s/gu, '').replace(/^global::/u, '');
    const entry = { statement: node, specifier: node, typeOnly: false };
    if (alias === null) names.push({ ...entry, local: path, module: path, exported: '*', nameNode: undefined });
    else {
      const dot = path.lastIndexOf('.');
      const exported = path.slice(dot + 1);
      names.push({ ...entry, local: alias.text, module: path.slice(0, Math.max(dot, 0)), exported, nameNode: alias });
    }
    return false;
  });
  return names;
}

export function resolveCsharp(node: Node, file: SyntaxFile): ResolvedName[] {
  const text = node.text.replace(/\s/gu, '').replace(/^global::/u, '');
  const dot = text.lastIndexOf('.');
  if (dot > 0) return /^[\w.]+$/u.test(text) ? [{ module: text.slice(0, dot), name: text.slice(dot + 1) }] : [];
  if (node.type !== 'identifier') return [];
  const alias = file.imports.find(entry => entry.local === text && entry.exported !== '*');
  if (alias !== undefined) return [{ module: alias.module, name: alias.exported }];
  if (file.symbols.lookup(text, node) !== undefined) return [];
  const spaces = file.imports.filter(entry => entry.exported === '*').map(({ module }) => module);
  return [...spaces, anyNamespace].map(module => ({ module, name: text }));
}

export function csharpNameFor(
  { module, name }: NewImport,
  file: SyntaxFile,
): { readonly text: string; readonly missing: boolean } | undefined {
  const alias = file.imports.find(entry => entry.module === module && entry.exported === name);
  if (alias !== undefined) return { text: alias.local, missing: false };
  if (file.symbols.bindings.some(binding => binding.name === name)) return undefined;
  const known =
    file.imports.some(entry => entry.module === module && entry.exported === '*') ||
    (module === 'System' && usesImplicitUsings(file));
  return { text: name, missing: !known };
}

/** Whether the file names common types of `System` without a using: then the project brings them in. */
function usesImplicitUsings(file: SyntaxFile): boolean {
  const common = /^(?:Action|Console|DateTime|DateTimeOffset|Environment|Exception|Func|Guid|Math|TimeSpan|Uri)$/u;
  let found = false;
  walk(file.root, node => {
    const leading = node.type === 'identifier' && node.parent?.type !== 'qualified_name';
    found ||= leading && common.test(node.text) && node.parent?.childForFieldName('name')?.id !== node.id;
    return !found;
  });
  return found;
}

/** Usings are only added: whether another name of a namespace is used cannot be told from one file. */
export function csharpImportEdits(
  file: SyntaxFile,
  add: readonly NewImport[],
  _remove: readonly ImportedName[],
  neighbour: readonly string[],
): TextEdit[] {
  const order = (a: string, b: string): number => (systemFirst(a) < systemFirst(b) ? -1 : 1);
  const namespaces = [...new Set(add.map(({ module }) => module))].sort(order);
  return namespaces.map(namespace => newUsing(file, namespace, neighbour));
}

/** Sort key that puts `System` and what is below it first, as the tools of .NET do. */
function systemFirst(namespace: string): string {
  return (/^System(?:\.|$)/u.test(namespace) ? '0' : '1') + namespace.toLowerCase();
}

function newUsing(file: SyntaxFile, namespace: string, neighbour: readonly string[]): TextEdit {
  const plain = file.imports.filter(
    entry => entry.exported === '*' && !entry.statement.children.some(child => child.type === 'global'),
  );
  const model = plain.find(entry => neighbour.includes(entry.module)) ?? plain[0];
  const text = `using ${namespace};`;
  if (model !== undefined) {
    return insertAmong(file, plain, model.statement, text, systemFirst(namespace), entry => systemFirst(entry.module));
  }
  const newline = file.text.includes('\r\n') ? '\r\n' : '\n';
  const globals = file.root.namedChildren.filter(child => child.type === 'using_directive');
  const last = globals.at(-1);
  if (last !== undefined) {
    return { span: { start: last.endIndex, end: last.endIndex }, newText: newline + text };
  }
  const at = firstDeclaration(file);
  return { span: { start: at, end: at }, newText: text + newline + newline };
}

/** Start of the first declaration with the comment that belongs to it; a file header stays on top. */
function firstDeclaration(file: SyntaxFile): number {
  const nodes = file.root.namedChildren;
  let index = nodes.findIndex(node => node.type !== 'comment' && !node.type.startsWith('preproc'));
  if (index === -1) return file.text.length;
  for (;;) {
    const above = nodes[index - 1];
    const node = nodes[index];
    if (above?.type !== 'comment' || node === undefined || node.startPosition.row - above.endPosition.row > 1) break;
    index--;
  }
  return nodes[index]?.startIndex ?? 0;
}
