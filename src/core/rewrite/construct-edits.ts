import type { Node } from 'web-tree-sitter';
import { removeFromRow } from '../languages/removal.ts';
import { spanOf, type ChainLink, type ListElement, type SyntaxFile } from '../languages/syntax.ts';
import { spanContains, type Span } from '../text/text-edit.ts';
import { CannotEdit, type ConstructEdit } from './construct-edit.ts';
import type { Match } from './match.ts';
import { samePattern, type PatternChain, type PatternElement, type PatternLink, type PatternNode } from './pattern.ts';
import { render, renderElement, renderHead, type Rendered, type Rendering } from './render.ts';

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
  if (before.chain !== undefined && after.chain !== undefined) {
    chainEdits(before.chain, after.chain, rendering, edits);
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
  const alike = before.type === after.type && before.children.length === after.children.length;
  const whole = before.capture !== undefined || before.pieces !== undefined || before.children.length === 0;
  if (alike && !whole) {
    before.children.forEach((child, i) => {
      const other = after.children[i];
      if (other !== undefined) difference(child, other, rendering, edits);
    });
    return;
  }
  if (after.capture === 'CREDENTIAL') replaceCredential(source, rendering, edits);
  else replace(spanOf(source), render(after, rendering), source, rendering, edits);
}

/** Calls that the keyless form adds stand where the first call that it drops stood, laid out like it. */
function chainEdits(before: PatternChain, after: PatternChain, rendering: Rendering, edits: ConstructEdit[]): void {
  const { match, file } = rendering;
  const sourceOf = (link: PatternLink): ChainLink => {
    const source = match.links.get(link);
    if (source === undefined) throw new Error(`No source for the call ${link.name}`);
    return source;
  };
  const others = new Set([...match.rests.values()].flat().map(({ name }) => name));
  const twin = (links: readonly PatternLink[], { name }: PatternLink): PatternLink | undefined =>
    links.find(other => other.name === name);
  const added = after.links.filter(link => {
    if (link.rest !== undefined || twin(before.links, link) !== undefined) return false;
    const known = others.has(link.name);
    const isEndpoint = link.list.list?.elements.every(({ value }) => value.capture === 'ENDPOINT') === true;
    if (known && !isEndpoint) throw new CannotEdit(link.name);
    return !known;
  });
  const dropped = before.links.filter(link => twin(after.links, link) === undefined);
  dropped.forEach((link, i) => {
    const { receiver, nameNode, list, node } = sourceOf(link);
    const between = file.text.slice(receiver.endIndex, nameNode.startIndex);
    const lead = /\s*(?=\.\s*$)/u.exec(between)?.[0] ?? '';
    if (i > 0) {
      replace({ start: receiver.endIndex, end: list.endIndex }, { text: '', keeps: [] }, node, rendering, edits);
      return;
    }
    const parts = added.map(call => ({ name: call.name, ...render(call.list, rendering) }));
    const text = parts.map(part => part.name + part.text).join(`${lead}.`);
    const keeps = parts.flatMap(part => part.keeps);
    replace({ start: nameNode.startIndex, end: list.endIndex }, { text, keeps }, node, rendering, edits);
  });
  for (const link of before.links) {
    const kept = twin(after.links, link);
    if (kept !== undefined && link.rest === undefined) difference(link.list, kept.list, rendering, edits);
  }
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

/** The new credential is made where the old one was; a variable declared to hold that is declared to hold this. */
function replaceCredential(target: Node, rendering: Rendering, edits: ConstructEdit[]): void {
  const text = rendering.credential.creation(target);
  replace(spanOf(target), { text, keeps: [] }, target, rendering, edits);
  const { file } = rendering;
  const { language } = file;
  const type = language.declaredType(target);
  const created = language.createdType?.(target) ?? language.callee(target)?.text;
  if (created !== undefined && language.demandedType?.(target, file) === created) throw new CannotEdit('type');
  if (type === undefined || created !== type.text) return;
  edits.push({ span: spanOf(type), newText: rendering.credential.type(), keeps: [] });
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
    return file.language.isComment(node) || node.namedChildren.some(inside);
  };
  if (inside(around)) throw new CannotEdit('comment');
}

/** What two elements must share to be the same argument in both patterns. */
function keyOf(element: PatternElement, index: number): string {
  if (element.node.rest !== undefined) return `rest ${element.node.rest}`;
  if (element.name !== undefined) return `name ${element.name}`;
  const { capture, type } = element.value;
  return capture === undefined ? `place ${index} ${type}` : `capture ${capture}`;
}

function keyed(elements: readonly PatternElement[]): { readonly key: string; readonly element: PatternElement }[] {
  return elements.map((element, index) => ({ key: keyOf(element, index), element }));
}

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
  const keyedAfter = keyed(afterElements);
  const beforeByKey = new Map(keyed(beforeElements).map(({ key, element }) => [key, element]));
  const afterKeys = new Set(keyedAfter.map(({ key }) => key));
  const removedNodes = new Map(
    keyed(beforeElements)
      .filter(({ key }) => !afterKeys.has(key))
      .map(({ element }) => [element, match.elements.get(element)]),
  );
  const added = keyedAfter.filter(({ key }) => !beforeByKey.has(key)).map(({ element }) => element);
  refuseDoubleArguments(afterElements, new Set(added), match);

  const separator = listSeparator(list.node, list.elements, file.text);
  const used = new Set<number>();
  let from = 0;
  for (const gap of gaps(keyedAfter, beforeByKey)) {
    const position = gap.before === undefined ? beforeElements.length : beforeElements.indexOf(gap.before);
    if (gap.before !== undefined && gap.after !== undefined && gap.before.node.rest === undefined) {
      keptElement(gap.before, gap.after, rendering, edits);
    }
    if (gap.added.length > 0) {
      const slot = beforeElements.slice(from, position).find(element => removedNodes.has(element));
      const taken = slot && removedNodes.get(slot);
      if (taken !== undefined) used.add(taken.node.id);
      // The element may be a name for something built elsewhere: then that is replaced, and the name stays.
      const built = slot && match.pairs.get(slot.value);
      const next = beforeElements.slice(position).flatMap(element => sourceNode(element, removedNodes, match) ?? [])[0];
      const unnamed = file.language.id === 'csharp' && inPosition(gap.added, afterElements, list.elements, next);
      const surroundings = { list: list.node, all: list.elements, next, separator, unnamed };
      add(gap.added, taken, built, surroundings, rendering, edits);
    }
    // Behind what is added at the same place.
    if (gap.before !== undefined && gap.after !== undefined) {
      nameMoved(gap.before, gap.after, beforeElements, afterElements, rendering, edits);
    }
    from = position + 1;
  }
  const gone = new Set([...removedNodes.values()].flatMap(element => element?.node.id ?? []));
  for (const id of used) gone.delete(id);
  const nodes = list.elements.map(element => element.node);
  const removals =
    gone.size > 0 && gone.size === nodes.length
      ? [{ start: source.startIndex + 1, end: source.endIndex - 1 }]
      : removeFromRow(nodes, node => gone.has(node.id)).map(({ span }) => span);
  for (const span of removals) replace(span, { text: '', keeps: [] }, source, rendering, edits);
}

/** New elements, and the element that follows them in both patterns. */
interface Gap {
  readonly added: readonly PatternElement[];
  readonly before: PatternElement | undefined;
  readonly after: PatternElement | undefined;
}

function gaps(after: ReturnType<typeof keyed>, before: ReadonlyMap<string, PatternElement>): Gap[] {
  const found: Gap[] = [];
  let added: PatternElement[] = [];
  for (const { key, element } of after) {
    const kept = before.get(key);
    if (kept === undefined) {
      added.push(element);
      continue;
    }
    found.push({ added, before: kept, after: element });
    added = [];
  }
  return [...found, { added, before: undefined, after: undefined }];
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

/** Where the source has what an element of the pattern stands for, unless that goes. */
function sourceNode(
  element: PatternElement,
  removed: ReadonlyMap<PatternElement, unknown>,
  { rests, elements }: Match,
): Node | undefined {
  const { rest } = element.node;
  if (rest !== undefined) return rests.get(rest)?.[0]?.node;
  return removed.has(element) ? undefined : elements.get(element)?.node;
}

/** An argument given by position, whose position means something else in the keyless form, is given by name. */
function nameMoved(
  before: PatternElement,
  after: PatternElement,
  beforeElements: readonly PatternElement[],
  afterElements: readonly PatternElement[],
  { match }: Rendering,
  edits: ConstructEdit[],
): void {
  const source = match.elements.get(before);
  if (after.name === undefined || source === undefined || source.name !== undefined) return;
  if (beforeElements.indexOf(before) === afterElements.indexOf(after)) return;
  const label = after.node.text.slice(0, after.value.start - after.node.start);
  const at = source.node.startIndex;
  edits.push({ span: { start: at, end: at }, newText: label, keeps: [] });
}

interface Surroundings {
  readonly list: Node;
  readonly all: readonly ListElement[];
  /** What stands behind the new elements. */
  readonly next: Node | undefined;
  readonly separator: string;
  /** Nothing that stands before them has a name, and they are in their places. */
  readonly unnamed: boolean;
}

/** C# takes names anywhere, but before 7.2 no position after a name. */
function inPosition(
  added: readonly PatternElement[],
  after: readonly PatternElement[],
  source: readonly ListElement[],
  next: Node | undefined,
): boolean {
  const [first] = added;
  const before = first === undefined ? [] : after.slice(0, after.indexOf(first));
  const standing = source.slice(
    0,
    next === undefined ? source.length : source.findIndex(({ node }) => node.id === next.id),
  );
  return before.every(({ node }) => node.rest === undefined) && standing.every(({ name }) => name === undefined);
}

function add(
  elements: readonly PatternElement[],
  slot: ListElement | undefined,
  built: Node | undefined,
  { list, all, next, separator, unnamed }: Surroundings,
  rendering: Rendering,
  edits: ConstructEdit[],
): void {
  const elsewhere = slot !== undefined && built !== undefined && !spanContains(spanOf(slot.node), spanOf(built));
  if (elsewhere && elements.length === 1 && elements[0]?.value.capture === 'CREDENTIAL') {
    replaceCredential(built, rendering, edits);
    return;
  }
  const bare = slot === undefined ? unnamed : slot.name === undefined;
  const parts = elements.map(element => renderElement(element, rendering, bare));
  const text = parts.map(part => part.text).join(separator);
  const keeps = parts.flatMap(part => part.keeps);
  if (slot !== undefined) {
    const target = elsewhere ? built : slot.node;
    replace(spanOf(target), { text, keeps }, target, rendering, edits);
    return;
  }
  if (next !== undefined) {
    edits.push({ span: { start: next.startIndex, end: next.startIndex }, newText: text + separator, keeps });
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
  if (elements.length > 1 && elements.at(-1)?.node.startPosition.row === first.startPosition.row) return ', ';
  const lineBreak = /(?:\r\n|\n|\r)[^\S\r\n]*$/u.exec(text.slice(0, first.startIndex))?.[0];
  return lineBreak === undefined ? ', ' : `,${lineBreak}`;
}

function refuseDoubleArguments(
  after: readonly PatternElement[],
  added: ReadonlySet<PatternElement>,
  match: Match,
): void {
  const names = new Set([...added].map(element => element.name));
  // What comes after the secret by position means something else, or nothing, to a keyless form that adds names.
  const restIndex = after.findIndex(element => element.node.rest !== undefined);
  const appended = after.slice(restIndex + 1).some(element => element.name !== undefined && added.has(element));
  for (const { name, spread, node } of [...match.rests.values()].flat()) {
    if (name !== undefined && names.has(name)) throw new CannotEdit(`the argument ${name}`);
    const positional = name === undefined && !spread && node.parent?.type === 'argument_list';
    if (restIndex >= 0 && appended && positional) throw new CannotEdit('arguments by position');
  }
}
