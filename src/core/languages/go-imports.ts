import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../text/text-edit.ts';
import { insertAmong, makeRoom } from './import-lists.ts';
import type { ImportedName, NewImport, ResolvedName, SyntaxFile } from './syntax.ts';

/** Packages whose name their path does not say; they are imported under it. */
const unlikeTheirPath: Readonly<Record<string, string>> = { 'github.com/redis/go-redis-entraid': 'entraid' };

/** The name that a package most likely has: the last part of its path that is no version. */
export function packageName(path: string): string {
  const own = unlikeTheirPath[path];
  if (own !== undefined) return own;
  const parts = path.split('/').filter(part => !/^v\d+$/u.test(part));
  return (parts.at(-1) ?? path).replace(/^go-|[-.]go$|\.v\d+$/gu, '');
}

/** One entry of an import; imports without a usable name (`_`, `.`) are left out. */
export function goImport(spec: Node): ImportedName | undefined {
  const path = spec.childForFieldName('path');
  if (path === null) return undefined;
  const name = spec.childForFieldName('name');
  if (name !== null && name.type !== 'package_identifier') return undefined;
  const module = path.text.slice(1, -1);
  const local = name?.text ?? packageName(module);
  const alone = spec.parent?.type === 'import_declaration';
  const statement = alone ? spec.parent : spec;
  return { local, module, exported: '*', statement, specifier: spec, nameNode: name ?? path, typeOnly: false };
}

/** The same, for those too that are there for their effects alone. */
function entryOf(spec: Node): ImportedName | undefined {
  const path = spec.childForFieldName('path');
  if (path === null) return undefined;
  const statement = spec.parent?.type === 'import_declaration' ? spec.parent : spec;
  const module = path.text.slice(1, -1);
  return { local: '', module, exported: '*', statement, specifier: spec, nameNode: path, typeOnly: false };
}

function isHosted(module: string): boolean {
  return /^[^/]*\./u.test(module);
}

export function goImports(root: Node): ImportedName[] {
  return root.descendantsOfType('import_spec').flatMap(spec => goImport(spec) ?? []);
}

/** A package by its own name, or something of a package. */
export function resolveGo(node: Node, file: SyntaxFile): ResolvedName[] {
  if (node.type === 'selector_expression') {
    const operand = node.childForFieldName('operand');
    const field = node.childForFieldName('field');
    if (operand?.type !== 'identifier' || field === null) return [];
    return resolveGo(operand, file).map(({ module }) => ({ module, name: field.text }));
  }
  if (node.type !== 'identifier' || file.symbols.bindingOf(node)?.kind !== 'import') return [];
  return file.imports
    .filter(({ local }) => local === node.text)
    .map(({ module }) => ({ module, name: packageName(module) }));
}

/** Members of packages are written with the package's name; a request for the package itself has that for its name. */
export function goNameFor(
  { module, name }: NewImport,
  file: SyntaxFile,
): { readonly text: string; readonly missing: boolean } | undefined {
  const known = file.imports.find(entry => entry.module === module);
  const local = known?.local ?? packageName(module);
  const taken = file.symbols.bindings.some(binding => binding.name === local && binding.kind !== 'import');
  const other = file.imports.some(entry => entry.local === local && entry.module !== module);
  const text = name === packageName(module) ? local : `${local}.${name}`;
  return taken || other ? undefined : { text, missing: known === undefined };
}

export function goImportEdits(
  file: SyntaxFile,
  add: readonly NewImport[],
  remove: readonly ImportedName[],
  neighbour: readonly string[],
): TextEdit[] {
  const known = file.imports.find(entry => neighbour.includes(entry.module)) ?? file.imports[0];
  if (known === undefined) return [];
  const entries = file.root.descendantsOfType('import_spec').flatMap(spec => entryOf(spec) ?? []);
  const modules = [...new Set(add.map(({ module }) => module))].sort();
  // What is there for its effects alone gets its name back.
  const blank = file.root
    .descendantsOfType('import_spec')
    .filter(spec => spec.childForFieldName('name')?.type === 'blank_identifier')
    .flatMap(spec => {
      const path = spec.childForFieldName('path');
      const module = path?.text.slice(1, -1);
      if (path === null || module === undefined || !modules.includes(module)) return [];
      return [{ module, edit: { span: { start: spec.startIndex, end: path.startIndex }, newText: '' } }];
    });
  const [first] = entries;
  const grouped = first !== undefined && first.statement.type !== 'import_declaration';
  const apart = grouped && entries.every(({ module }) => isHosted(module)) ? modules.filter(m => !isHosted(m)) : [];
  const missing = modules.filter(module => !blank.some(named => named.module === module) && !apart.includes(module));
  const inserted = missing.map(module => {
    // The standard library has a group of its own.
    const alike = entries.find(entry => isHosted(entry.module) === isHosted(module));
    const model = isHosted(known.module) === isHosted(module) ? known : (alike ?? known);
    const own = unlikeTheirPath[module];
    const spec = own === undefined ? `"${module}"` : `${own} "${module}"`;
    const text = model.statement.type === 'import_declaration' ? `import ${spec}` : spec;
    return insertAmong(file, entries, model.statement, text, module, entry => entry.module);
  });
  const group = apart.length === 0 ? [] : [groupAbove(file, first?.statement ?? known.statement, apart)];
  return [...group, ...blank.map(({ edit }) => edit), ...makeRoom(file.text, inserted, remove)];
}

/** The first group of a block, with a line between it and the next. */
function groupAbove(file: SyntaxFile, first: Node, modules: readonly string[]): TextEdit {
  const at = first.startIndex;
  const newline = file.text.includes('\r\n') ? '\r\n' : '\n';
  const indent = /[ \t]*$/u.exec(file.text.slice(0, at))?.[0] ?? '';
  const lines = modules.map(module => `"${module}"${newline}`).join(indent);
  return { span: { start: at, end: at }, newText: lines + newline + indent };
}
