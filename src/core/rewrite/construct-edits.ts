import type { Node } from 'web-tree-sitter';
import { removeFromRow } from '../languages/removal.ts';
import { namedChildren, spanOf, type ListElement, type SyntaxFile } from '../languages/syntax.ts';
import { spanContains, type Span } from '../text/text-edit.ts';
import type { Match } from './match.ts';
import { samePattern, type PatternElement, type PatternNode } from './pattern.ts';
import { render, renderElement, renderHead, type Rendered, type Rendering } from './render.ts';

/** An edit that knows which parts of the replaced text it carries over. */
export interface ConstructEdit {
  readonly span: Span;
  readonly newText: string;
  readonly keeps: readonly Span[];
}

export class CannotEdit extends Error {}

/**
 * The smallest edits that turn a matched construct into its keyless form: only what differs between the two
 * patterns is touched, so layout and comments around it stay.
 * @throws CannotEdit when a comment stands in a part that is replaced, or an argument would be given twice.
 */
export function constructEdits(match: Match, rendering: Rendering): ConstructEdit[] {
  const edits: ConstructEdit[] = [];
  difference(match.compiled.before.root, match.compiled.after.root, rendering, edits);
  return edits;
}

function difference(before: PatternNode, after: PatternNode, rendering: Rendering, edits: ConstructEdit[]): void {
  if (samePattern(before, after)) return;
  const source = rendering.match.pairs.get(before);
  if (source === undefined) throw new Error(`No source for pattern ${before.text}`);
  if (before.list !== undefined && before.list.kind === after.list?.kind) {
    listDifference(before, after, source, rendering, edits);
    return;
  }
  const beforeArguments = argumentsOf(before);
  const afterArguments = argumentsOf(after);
  if (beforeArguments !== undefined && afterArguments !== undefined) {
    if (!sameHead(before, after)) {
      const list = rendering.match.pairs.get(beforeArguments);
      const span = { start: source.startIndex, end: list?.startIndex ?? source.endIndex };
      replace(span, renderHead(after, afterArguments, rendering), source, rendering, edits);
    }
    difference(beforeArguments, afterArguments, rendering, edits);
    return;
  }
  if (before.type === after.type && before.capture === undefined && before.children.length === after.children.length) {
    if (before.children.length > 0) {
      before.children.forEach((child, i) => {
        const other = after.children[i];
        if (other !== undefined) difference(child, other, rendering, edits);
      });
      return;
    }
  }
  replace(spanOf(source), render(after, rendering), source, rendering, edits);
}

function argumentsOf(pattern: PatternNode): PatternNode | undefined {
  return pattern.children.find(child => child.list?.kind === 'arguments');
}

function sameHead(before: PatternNode, after: PatternNode): boolean {
  const heads = [before, after].map(pattern => pattern.children.filter(child => child.list?.kind !== 'arguments'));
  const [own = [], other = []] = heads;
  return (
    before.type === after.type &&
    own.length === other.length &&
    own.every((child, i) => {
      const twin = other[i];
      return twin !== undefined && samePattern(child, twin);
    })
  );
}

function replace(span: Span, rendered: Rendered, around: Node, rendering: Rendering, edits: ConstructEdit[]): void {
  refuseLostComments(around, span, rendered.keeps, rendering.file);
  edits.push({ span, newText: rendered.text, keeps: rendered.keeps });
}

/** @throws CannotEdit when a comment inside `span` would be gone. */
export function refuseLostComments(around: Node, span: Span, keeps: readonly Span[], file: SyntaxFile): void {
  const inside = (node: Node): boolean => {
    if (node.endIndex <= span.start || node.startIndex >= span.end) return false;
    if (keeps.some(keep => keep.start <= node.startIndex && node.endIndex <= keep.end)) return false;
    return file.language.isComment(node) || namedChildren(node).some(inside);
  };
  if (inside(around)) throw new CannotEdit('comment');
}

const keyOf = (element: PatternElement): string =>
  element.node.rest !== undefined
    ? `rest ${element.node.rest}`
    : element.name !== undefined
      ? `name ${element.name}`
      : `value ${element.value.text}`;

function listDifference(
  before: PatternNode,
  after: PatternNode,
  source: Node,
  rendering: Rendering,
  edits: ConstructEdit[],
): void {
  const { match, file } = rendering;
  const beforeElements = before.list?.elements ?? [];
  const afterElements = after.list?.elements ?? [];
  const list = file.language.list(source);
  if (list === undefined) throw new Error('A matched list is a list');
  const afterKeys = new Set(afterElements.map(keyOf));
  const beforeByKey = new Map(beforeElements.map(element => [keyOf(element), element]));
  const removed = beforeElements.filter(element => !afterKeys.has(keyOf(element)));
  const removedNodes = new Map(removed.map(element => [element, match.elements.get(element)]));
  refuseDoubleArguments(afterElements, beforeByKey, match);

  const separator = listSeparator(list.node, list.elements, file.text);
  const used = new Set<number>();
  let previous: PatternElement | undefined;
  for (const gap of gaps(afterElements, beforeByKey)) {
    if (gap.kept !== undefined) {
      const kept = beforeByKey.get(keyOf(gap.kept));
      if (kept !== undefined && kept.node.rest === undefined) {
        keptElement(kept, gap.kept, rendering, edits);
      }
    }
    if (gap.added.length > 0) {
      const position =
        gap.kept === undefined
          ? beforeElements.length
          : beforeElements.indexOf(beforeByKey.get(keyOf(gap.kept)) as PatternElement);
      const from = previous === undefined ? 0 : beforeElements.indexOf(previous) + 1;
      const slot = beforeElements.slice(from, position).find(element => removedNodes.has(element));
      const taken = slot && removedNodes.get(slot);
      if (taken !== undefined) used.add(taken.node.id);
      // The element may be a name for something built elsewhere: then that is replaced, and the name stays.
      const built = slot && match.pairs.get(slot.value);
      add(gap.added, taken, built, list.node, list.elements, separator, rendering, edits);
    }
    if (gap.kept !== undefined) previous = beforeByKey.get(keyOf(gap.kept));
  }
  const gone = new Set(
    [...removedNodes.values()].flatMap(element => (element && !used.has(element.node.id) ? [element.node.id] : [])),
  );
  for (const edit of removeFromRow(
    list.elements.map(element => element.node),
    node => gone.has(node.id),
  )) {
    replace(edit.span, { text: '', keeps: [] }, source, rendering, edits);
  }
}

interface Gap {
  readonly added: readonly PatternElement[];
  /** The element that follows them in both patterns. */
  readonly kept: PatternElement | undefined;
}

function gaps(after: readonly PatternElement[], before: ReadonlyMap<string, PatternElement>): Gap[] {
  const found: Gap[] = [];
  let added: PatternElement[] = [];
  for (const element of after) {
    if (!before.has(keyOf(element))) {
      added.push(element);
      continue;
    }
    found.push({ added, kept: element });
    added = [];
  }
  return [...found, { added, kept: undefined }];
}

function keptElement(
  before: PatternElement,
  after: PatternElement,
  rendering: Rendering,
  edits: ConstructEdit[],
): void {
  if (samePattern(before.value, after.value)) return;
  const source = rendering.match.elements.get(before);
  if (source?.shorthand === true) {
    replace(spanOf(source.node), render(after.node, rendering), source.node, rendering, edits);
    return;
  }
  difference(before.value, after.value, rendering, edits);
}

function add(
  elements: readonly PatternElement[],
  slot: ListElement | undefined,
  built: Node | undefined,
  list: Node,
  all: readonly ListElement[],
  separator: string,
  rendering: Rendering,
  edits: ConstructEdit[],
): void {
  const bare = slot !== undefined && slot.name === undefined;
  const parts = elements.map(element => renderElement(element, rendering, bare));
  const text = parts.map(part => part.text).join(separator);
  const keeps = parts.flatMap(part => part.keeps);
  if (slot !== undefined) {
    const elsewhere = built !== undefined && !spanContains(spanOf(slot.node), spanOf(built));
    const target = elsewhere ? built : slot.node;
    replace(spanOf(target), { text, keeps }, target, rendering, edits);
    return;
  }
  const last = all.at(-1)?.node;
  const at = last?.endIndex ?? list.startIndex + 1;
  edits.push({ span: { start: at, end: at }, newText: last === undefined ? text : separator + text, keeps });
}

/** `, ` or, where each element has its own line, a comma and a new line with the same indentation. */
function listSeparator(list: Node, elements: readonly ListElement[], text: string): string {
  const first = elements[0]?.node;
  if (first === undefined || first.startPosition.row === list.startPosition.row) return ', ';
  const lineBreak = /(?:\r\n|\n|\r)[^\S\r\n]*$/u.exec(text.slice(0, first.startIndex))?.[0];
  return lineBreak === undefined ? ', ' : `,${lineBreak}`;
}

function refuseDoubleArguments(
  after: readonly PatternElement[],
  before: ReadonlyMap<string, PatternElement>,
  match: Match,
): void {
  const added = new Set(after.filter(element => !before.has(keyOf(element))).map(element => element.name));
  for (const rest of match.rests.values()) {
    for (const { name } of rest) if (name !== undefined && added.has(name)) throw new CannotEdit(`argument ${name}`);
  }
}
