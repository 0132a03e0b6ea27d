import type { Node } from 'web-tree-sitter';
import type { Binding } from '../languages/syntax.ts';
import { anyNamespace } from '../languages/csharp-imports.ts';
import { origin } from '../languages/constants.ts';
import { plainValue } from '../languages/escapes.ts';
import type { ChainLink, ListElement, SyntaxFile } from '../languages/syntax.ts';
import type {
  CompiledMigration,
  PatternChain,
  PatternElement,
  PatternLink,
  PatternList,
  PatternNode,
} from './pattern.ts';

/** A construct of the file that a migration's pattern describes. */
export interface Match {
  readonly compiled: CompiledMigration;
  readonly node: Node;
  /** `$NAME` to its expression. */
  readonly captures: ReadonlyMap<string, Node>;
  /** `$$$NAME` to its elements. */
  readonly rests: ReadonlyMap<string, readonly ListElement[]>;
  /** Names of the pattern where this file writes them. */
  readonly names: ReadonlyMap<string, Node>;
  /** Module that the leading name was found to come from. */
  readonly module: string;
  /** Source node of each pattern node. */
  readonly pairs: ReadonlyMap<PatternNode, Node>;
  readonly elements: ReadonlyMap<PatternElement, ListElement>;
  /** Source call of each call in a chain of the pattern. */
  readonly links: ReadonlyMap<PatternLink, ChainLink>;
  /** Constants that stand between the construct and a part of it: the name's use, and what it means. */
  readonly through: readonly { readonly use: Node; readonly binding: Binding }[];
}

interface Progress {
  readonly captures: Map<string, Node>;
  readonly rests: Map<string, readonly ListElement[]>;
  readonly names: Map<string, Node>;
  readonly pairs: Map<PatternNode, Node>;
  readonly elements: Map<PatternElement, ListElement>;
  readonly links: Map<PatternLink, ChainLink>;
  readonly through: { use: Node; binding: Binding }[];
  module: string | undefined;
}

export function matchMigration(compiled: CompiledMigration, node: Node, file: SyntaxFile): Match | undefined {
  const progress: Progress = {
    captures: new Map(),
    rests: new Map(),
    names: new Map(),
    pairs: new Map(),
    elements: new Map(),
    links: new Map(),
    through: [],
    module: undefined,
  };
  if (!matchNode(compiled.before.root, node, file, compiled, progress)) return undefined;
  if (progress.module === undefined) return undefined;
  return { compiled, node, ...progress, module: progress.module };
}

/** Python's asynchronous packages mirror the synchronous ones under `.aio`. */
function isModule(actual: string, expected: string): boolean {
  return actual === expected || actual.replace(/\.aio(?=\.|$)/u, '') === expected || actual === anyNamespace;
}

function matchNode(
  pattern: PatternNode,
  node: Node,
  file: SyntaxFile,
  compiled: CompiledMigration,
  progress: Progress,
): boolean {
  const { language } = file;
  if (pattern.capture !== undefined) {
    if (compiled.migration.text?.includes(pattern.capture) === true && !mayBeText(node, file)) return false;
    progress.pairs.set(pattern, node);
    progress.captures.set(pattern.capture, node);
    return true;
  }
  const inner = language.wrapped(node);
  if (inner !== undefined && pattern.type !== node.type) return matchNode(pattern, inner, file, compiled, progress);

  if (isName(pattern)) return matchName(pattern, node, file, compiled, progress);
  // A method of any object belongs to no module that the file would have to name.
  const { before, module } = compiled.migration;
  if (before.startsWith('$') && pattern.text === compiled.leadingName && node.text === pattern.text) {
    progress.module = module;
  }
  const implied = impliedCreation(pattern, node, file);
  if (pattern.type !== node.type && implied === undefined) {
    const binding = file.symbols.bindingOf(node);
    if (!binding?.constant || binding.kind === 'helper') return false;
    if (binding.valueNode === undefined || pattern.children.length === 0) return false;
    if (progress.through.some(step => step.binding === binding)) return false;
    progress.through.push({ use: node, binding });
    return matchNode(pattern, binding.valueNode, file, compiled, progress);
  }
  progress.pairs.set(pattern, node);
  if (pattern.chain !== undefined) return matchChain(pattern.chain, node, file, compiled, progress);
  if (pattern.pieces !== undefined) return samePieces(pattern, node, file);
  if (pattern.list !== undefined) return matchList(pattern.list, node, file, compiled, progress);
  if (pattern.children.length === 0) return pattern.text === node.text;

  // `new Client<Model>(…)` is the client all the same.
  const typed = pattern.children.some(({ type }) => type === 'type_arguments');
  const kids = node.namedChildren.filter(
    child => !language.isComment(child) && (typed || child.type !== 'type_arguments'),
  );
  if (implied !== undefined) kids.unshift(implied);
  return (
    kids.length === pattern.children.length &&
    pattern.children.every((child, i) => {
      const kid = kids[i];
      return kid !== undefined && matchNode(child, kid, file, compiled, progress);
    })
  );
}

/** Whether an expression can be a text: it is not built as an object, typed as another thing or called after one. */
function mayBeText(node: Node, file: SyntaxFile): boolean {
  const { language } = file;
  const source = origin(node, file).node;
  if (language.pieces(source) !== undefined || language.settingLookup(source) !== undefined) return true;
  if (language.list(source)?.kind === 'object' || /(?:creation|new)_expression$/u.test(source.type)) return false;
  const declared = file.symbols.bindingOf(source)?.nameNode.parent?.childForFieldName('type')?.text;
  if (declared !== undefined && /\w/u.test(declared) && declared !== 'var') return /\bstring\b/iu.test(declared);
  return !/(?:options|opts|settings|store|credential)$/iu.test(source.text);
}

/** A name that stands for something declared elsewhere; names of members stand for themselves. */
export function isName(pattern: PatternNode): boolean {
  const member = pattern.field === 'name' || pattern.field === 'property' || pattern.field === 'attribute';
  return !member && (pattern.type === 'identifier' || pattern.type === 'type_identifier');
}

function matchName(
  pattern: PatternNode,
  node: Node,
  file: SyntaxFile,
  compiled: CompiledMigration,
  progress: Progress,
): boolean {
  const leading = pattern.text === compiled.leadingName;
  if (!leading && !/^[A-Z]/u.test(pattern.text)) return node.text === pattern.text;
  const { notWith = [] } = compiled.migration;
  if (leading && file.imports.some(({ module, exported }) => exported === '*' && notWith.includes(module)))
    return false;
  const resolved = file.language.resolve(node, file).find(({ module, name }) => {
    const { module: expected, alsoFrom = [], defaultExport } = compiled.migration;
    if (name !== (leading && defaultExport ? 'default' : pattern.text)) return false;
    return !leading || [expected, ...alsoFrom].some(wanted => isModule(module, wanted));
  });
  if (resolved === undefined) return false;
  progress.pairs.set(pattern, node);
  // The construct's own name, not that of what stands in its arguments, is carried over.
  if (!progress.names.has(pattern.text)) progress.names.set(pattern.text, node);
  if (leading) progress.module = resolved.module;
  return true;
}

/** Calls match in any order; without `$$$` the pattern's last call must be the last of the chain at hand. */
function matchChain(
  pattern: PatternChain,
  node: Node,
  file: SyntaxFile,
  compiled: CompiledMigration,
  progress: Progress,
): boolean {
  const source = file.language.chain?.(node);
  if (source === undefined) return false;
  const last = pattern.links.at(-1);
  if (last?.rest === undefined ? last?.name !== source.links.at(-1)?.name : !source.complete) return false;
  const builder = builderOf(source.root, file);
  if (!matchNode(pattern.root, builder.creation, file, compiled, progress)) return false;
  const left = [...source.links];
  for (const link of pattern.links) {
    if (link.rest !== undefined) continue;
    const at = left.findIndex(
      ({ name, list }) => name === link.name && matchNode(link.list, list, file, compiled, progress),
    );
    const [found] = at === -1 ? [] : left.splice(at, 1);
    if (found === undefined) return false;
    progress.links.set(link, found);
  }
  const rest = pattern.links.find(link => link.rest !== undefined)?.rest;
  const taken = new Set(source.links.map(({ node: { id } }) => id));
  const others = [...left, ...builder.links.filter(link => !taken.has(link.node.id))];
  if (rest === undefined) return others.length === 0;
  progress.rests.set(rest, others.map(asElement));
  return true;
}

function asElement({ name, node, list }: ChainLink): ListElement {
  const value = list.namedChildren[0] ?? list;
  return { node, name, value, spread: false, shorthand: false };
}

/** Where a builder is made, and what is called on the variable that holds it. */
function builderOf(root: Node, file: SyntaxFile): { readonly creation: Node; readonly links: readonly ChainLink[] } {
  const binding = file.symbols.bindingOf(root);
  if (!binding?.constant || binding.valueNode === undefined) return { creation: root, links: [] };
  const own = file.language.chain?.(binding.valueNode);
  const elsewhere = binding.references.flatMap(({ node }) => {
    let outer = node;
    while (outer.parent !== null && file.language.chain?.(outer.parent)?.root.id === node.id) outer = outer.parent;
    return file.language.chain?.(outer)?.links ?? [];
  });
  return { creation: own?.root ?? binding.valueNode, links: [...(own?.links ?? []), ...elsewhere] };
}

/** `new(…)` takes its type from the declaration around it. */
function impliedCreation(pattern: PatternNode, node: Node, file: SyntaxFile): Node | undefined {
  return pattern.type === 'object_creation_expression' ? file.language.impliedType(node) : undefined;
}

function samePieces(pattern: PatternNode, node: Node, file: SyntaxFile): boolean {
  const value = plainValue(file.language.pieces(node));
  const wanted = pattern.pieces?.map(piece => (typeof piece === 'string' ? piece : piece.text)).join('');
  return value !== undefined && value === wanted;
}

function matchList(
  pattern: PatternList,
  node: Node,
  file: SyntaxFile,
  compiled: CompiledMigration,
  progress: Progress,
): boolean {
  const list = file.language.list(node);
  if (list === undefined) return false;
  const left = [...list.elements];
  const take = (element: PatternElement, index: number): boolean => {
    const found = left[index];
    if (found === undefined || !matchNode(element.value, found.value, file, compiled, progress)) return false;
    progress.elements.set(element, found);
    left.splice(index, 1);
    return true;
  };
  for (const element of pattern.elements) {
    if (element.node.rest !== undefined) continue;
    const named = element.name === undefined ? -1 : left.findIndex(other => other.name === element.name);
    if (named >= 0) {
      if (!take(element, named)) return false;
      continue;
    }
    if (list.kind === 'object' || !element.positional) return false;
    const next = left.findIndex(other => other.name === undefined);
    if (next < 0 || left[next]?.spread === true || !take(element, next)) return false;
  }
  const rest = pattern.elements.find(element => element.node.rest !== undefined);
  if (rest?.node.rest === undefined) return left.length === 0;
  progress.rests.set(rest.node.rest, left);
  return true;
}
