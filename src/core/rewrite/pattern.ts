import type { Node } from 'web-tree-sitter';
import type { GrammarName } from '../languages/grammar-source.ts';
import type { Languages } from '../languages/languages.ts';
import type { CallChain, LanguageAdapter } from '../languages/syntax.ts';
import type { ClientMigration } from '../services/service.ts';

/** One node of a pattern, free of the tree that it was read from. */
export interface PatternNode {
  readonly type: string;
  readonly text: string;
  readonly field: string | undefined;
  /** Offset of the node in its pattern's text. */
  readonly start: number;
  /** `$NAME`. */
  readonly capture: string | undefined;
  /** `$$$NAME`. */
  readonly rest: string | undefined;
  /** Named children, comments left out. */
  readonly children: readonly PatternNode[];
  readonly list: PatternList | undefined;
  /** Set for calls on a new builder. */
  readonly chain: PatternChain | undefined;
  /** Set for string expressions: what stands in them. */
  readonly pieces: readonly (string | PatternNode)[] | undefined;
}

export interface PatternList {
  readonly kind: 'arguments' | 'object';
  readonly elements: readonly PatternElement[];
}

/** `new Builder().a($X).$$$CALLS()`: calls in any order. */
export interface PatternChain {
  readonly root: PatternNode;
  readonly links: readonly PatternLink[];
}

export interface PatternLink {
  readonly name: string;
  /** `$$$NAME`: any number of other calls. */
  readonly rest: string | undefined;
  readonly list: PatternNode;
}

export interface PatternElement {
  readonly node: PatternNode;
  readonly name: string | undefined;
  readonly value: PatternNode;
  /** By position as well as by name. */
  readonly positional: boolean;
}

/** A pattern as parsed; `text` has placeholders where the source says `$`. */
export interface Pattern {
  readonly root: PatternNode;
  readonly text: string;
}

export interface CompiledMigration {
  readonly migration: ClientMigration;
  readonly before: Pattern;
  readonly after: Pattern;
  /** The construct's leading name, which must come from the migration's module. */
  readonly leadingName: string;
}

// A letter in every language's identifiers and absent from every pattern.
const placeholder = 'µ';
const capturePattern = /^µ([A-Z][A-Z0-9_]*)$/u;
// Python takes no bare name among the pairs of a dictionary.
const restPattern = /^(?:\*\*)?µµµ([A-Z][A-Z0-9_]*)$/u;

/** Splits text at placeholders: every second part is a capture's name. */
export function splitAtCaptures(text: string): string[] {
  return text.split(/µ([A-Z][A-Z0-9_]*)/u);
}

export async function compileMigration(
  migration: ClientMigration,
  grammar: GrammarName,
  language: LanguageAdapter,
  languages: Languages,
): Promise<CompiledMigration> {
  const compile = (source: string): Promise<Pattern> => compilePattern(source, grammar, language, languages);
  const before = await compile(migration.before);
  return { migration, before, after: await compile(migration.after), leadingName: leadingNameOf(migration.before) };
}

export function leadingNameOf(before: string): string {
  const leading = /^(?:await )?(?:new )?(?:\$[A-Z]+\.)?([A-Za-z_]\w*)/u.exec(before)?.[1];
  if (leading === undefined) throw new Error(`Pattern without a leading name: ${before}`);
  return leading;
}

async function compilePattern(
  source: string,
  grammar: GrammarName,
  language: LanguageAdapter,
  languages: Languages,
): Promise<Pattern> {
  const text = source.replace(/\$\$\$(?=[A-Z])/gu, placeholder.repeat(3)).replace(/\$(?=[A-Z])/gu, placeholder);
  const { before, after } = language.patternFrame;
  const root = await languages.readText(grammar, language, before + text + after, file => {
    const at = file.root.descendantForIndex(before.length, before.length + text.length - 1);
    let node = at;
    while (
      node?.parent &&
      node.parent.startIndex >= before.length &&
      node.parent.endIndex <= before.length + text.length
    )
      node = node.parent;
    if (node === null || file.root.hasError) throw new Error(`Pattern does not parse: ${source}`);
    return toPattern(node, undefined, before.length, language);
  });
  return { root, text };
}

function toPattern(node: Node, field: string | undefined, offset: number, language: LanguageAdapter): PatternNode {
  const inner = (child: Node): PatternNode => toPattern(child, fieldOf(child), offset, language);
  const kids = node.namedChildren.filter(child => !language.isComment(child)).map(inner);
  const list = language.list(node);
  const chain = language.chain?.(node);
  const pieces = language.pieces(node);
  return {
    type: node.type,
    text: node.text,
    field,
    start: node.startIndex - offset,
    capture: capturePattern.exec(node.text)?.[1],
    rest: restPattern.exec(node.text)?.[1],
    children: kids,
    list: list && {
      kind: list.kind,
      elements: list.elements.map((element, index) => ({
        node: inner(element.node),
        name: element.shorthand && element.name?.startsWith(placeholder) ? undefined : element.name,
        value: inner(element.value),
        positional:
          list.kind === 'arguments' &&
          !list.elements.slice(0, index).some(earlier => earlier.node.text.startsWith(placeholder.repeat(3))),
      })),
    },
    chain: chain?.root.type === 'object_creation_expression' ? patternChain(chain, inner) : undefined,
    pieces: pieces?.map(piece => (piece.kind === 'text' ? piece.value : inner(piece.node))),
  };
}

function patternChain({ root, links }: CallChain, inner: (child: Node) => PatternNode): PatternChain {
  return {
    root: inner(root),
    links: links.map(({ name, list }) => ({ name, rest: restPattern.exec(name)?.[1], list: inner(list) })),
  };
}

function fieldOf(child: Node): string | undefined {
  const { parent } = child;
  if (parent === null) return undefined;
  for (let i = 0; i < parent.childCount; i++) {
    if (parent.child(i)?.id === child.id) return parent.fieldNameForChild(i) ?? undefined;
  }
  return undefined;
}

/** Whether two pattern nodes say the same. */
export function samePattern(a: PatternNode, b: PatternNode): boolean {
  if (a.type !== b.type || a.children.length !== b.children.length) return false;
  if (a.children.length === 0) return a.text === b.text;
  return a.children.every((child, i) => {
    const other = b.children[i];
    return other !== undefined && samePattern(child, other);
  });
}
