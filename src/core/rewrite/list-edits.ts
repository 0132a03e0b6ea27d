import type { Node } from 'web-tree-sitter';
import { removeFromRow } from '../languages/removal.ts';
import { spanOf, type ListElement } from '../languages/syntax.ts';
import { spanContains } from '../text/text-edit.ts';
import { CannotEdit, type ConstructEdit } from './construct-edit.ts';
import type { Match } from './match.ts';
import { samePattern, type PatternElement, type PatternNode } from './pattern.ts';
import { render, renderElement, type Rendered, type Rendering } from './render.ts';
import { replace, replaceCredential } from './replacing.ts';

/** Edits for what differs within one element that both patterns have. */
type Difference = (before: PatternNode, after: PatternNode, rendering: Rendering, edits: ConstructEdit[]) => void;

/**
 * Edits of an argument list or object literal, which keep the layout of its elements.
 * @throws CannotEdit when a comment would be lost, or an argument would be given twice.
 */
export function listDifference(
  before: PatternNode,
  after: PatternNode,
  source: Node,
  rendering: Rendering,
  edits: ConstructEdit[],
  difference: Difference,
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
      keptElement(gap.before, gap.after, rendering, edits, difference);
    }
    if (gap.added.length > 0) {
      const slots = beforeElements.slice(from, position).filter(element => removedNodes.has(element));
      const next = beforeElements.slice(position).flatMap(element => sourceNode(element, removedNodes, match) ?? [])[0];
      const unnamed = file.language.id === 'csharp' && inPosition(gap.added, afterElements, list.elements, next);
      const surroundings = { list: list.node, all: list.elements, next, separator, unnamed };
      for (const { elements, slot } of shared(gap.added, slots)) {
        const taken = slot && removedNodes.get(slot);
        if (taken !== undefined) used.add(taken.node.id);
        // The element may be a name for something built elsewhere: then that is replaced, and the name stays.
        const built = slot && match.pairs.get(slot.value);
        add(elements, taken, built, surroundings, rendering, edits);
      }
    }
    // Behind what is added at the same place.
    if (gap.before !== undefined && gap.after !== undefined) {
      nameMoved(gap.before, gap.after, keyedAfter, beforeByKey, rendering, edits);
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

/** What two elements must share to be the same argument in both patterns. */
function keyOf(element: PatternElement, elements: readonly PatternElement[]): string {
  if (element.node.rest !== undefined) return `rest ${element.node.rest}`;
  if (element.name !== undefined) return `name ${element.name}`;
  const { capture, type } = element.value;
  const alike = elements.slice(0, elements.indexOf(element)).filter(({ value }) => value.type === type);
  return capture === undefined ? `${type} ${alike.length}` : `capture ${capture}`;
}

function keyed(elements: readonly PatternElement[]): { readonly key: string; readonly element: PatternElement }[] {
  return elements.map(element => ({ key: keyOf(element, elements), element }));
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
  difference: Difference,
): void {
  if (samePattern(before.value, after.value)) return;
  const source = rendering.match.elements.get(before);
  if (source?.shorthand === true) {
    replace(spanOf(source.node), render(after.node, rendering), source.node, rendering, edits);
    return;
  }
  difference(before.value, after.value, rendering, edits);
}

/** New elements take the places of old ones in turn; what is left over goes into the last. */
function shared(
  added: readonly PatternElement[],
  slots: readonly PatternElement[],
): { readonly elements: readonly PatternElement[]; readonly slot: PatternElement | undefined }[] {
  const count = Math.min(added.length, slots.length);
  if (count === 0) return [{ elements: added, slot: undefined }];
  return Array.from({ length: count }, (_, i) => ({
    elements: i === count - 1 ? added.slice(i) : added.slice(i, i + 1),
    slot: slots[i],
  }));
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
  all: ReturnType<typeof keyed>,
  beforeByKey: ReadonlyMap<string, PatternElement>,
  { match }: Rendering,
  edits: ConstructEdit[],
): void {
  const source = match.elements.get(before);
  if (after.name === undefined || source === undefined || source.name !== undefined) return;
  const index = all.findIndex(({ element }) => element === after);
  const inPlace = all.every(({ key }, i) => {
    const kept = beforeByKey.get(key);
    const other = kept && match.elements.get(kept);
    return other === undefined || i === index || i < index === other.node.startIndex < source.node.startIndex;
  });
  if (inPlace) return;
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
  const bare = slot === undefined ? unnamed : slot.name === undefined;
  const rendered = (some: readonly PatternElement[]): Rendered => {
    const parts = some.map(element => renderElement(element, rendering, bare));
    return { text: parts.map(part => part.text).join(separator), keeps: parts.flatMap(part => part.keeps) };
  };
  const insert = (at: number, { text: newText, keeps }: Rendered): void => {
    edits.push({ span: { start: at, end: at }, newText, keeps });
  };
  if (slot !== undefined && built !== undefined && !spanContains(spanOf(slot.node), spanOf(built))) {
    // One of them is made where the old one was made; its name stays in the list, and the others stand around it.
    const credential = elements.findIndex(({ value }) => value.capture === 'CREDENTIAL');
    const own = Math.max(credential, 0);
    if (credential >= 0) replaceCredential(built, rendering, edits);
    else replace(spanOf(built), rendered(elements.slice(0, 1)), built, rendering, edits);
    const ahead = rendered(elements.slice(0, own));
    const behind = rendered(elements.slice(own + 1));
    if (own > 0) insert(slot.node.startIndex, { ...ahead, text: ahead.text + separator });
    if (own < elements.length - 1) insert(slot.node.endIndex, { ...behind, text: separator + behind.text });
    return;
  }
  const { text, keeps } = rendered(elements);
  if (slot !== undefined) {
    replace(spanOf(slot.node), { text, keeps }, slot.node, rendering, edits);
    return;
  }
  if (next !== undefined) {
    insert(next.startIndex, { text: text + separator, keeps });
    return;
  }
  const last = all.at(-1)?.node;
  const at = last?.endIndex ?? list.startIndex + 1;
  insert(at, { text: last === undefined ? text : separator + text, keeps });
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
