import { spanOf, type ChainLink } from '../languages/syntax.ts';
import { CannotEdit, type ConstructEdit } from './construct-edit.ts';
import { listDifference } from './list-edits.ts';
import type { Match } from './match.ts';
import { samePattern, type PatternChain, type PatternLink, type PatternNode } from './pattern.ts';
import { render, renderHead, renderTail, type Rendering } from './render.ts';
import { replace, replaceCredential } from './replacing.ts';

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
    listDifference(before, after, source, rendering, edits, difference);
    return;
  }
  if (before.chain !== undefined && after.chain !== undefined) {
    chainEdits(before.chain, after.chain, rendering, edits);
    return;
  }
  const beforeArguments = argumentsOf(before);
  const afterArguments = argumentsOf(after);
  if (beforeArguments !== undefined && afterArguments !== undefined) {
    const method = otherMethod(before, after);
    if (method !== undefined) difference(method.before, method.after, rendering, edits);
    else if (!sameHead(before, after)) {
      const list = rendering.match.pairs.get(beforeArguments);
      const span = { start: source.startIndex, end: list?.startIndex ?? source.endIndex };
      replace(span, renderHead(after, afterArguments, rendering), source, rendering, edits);
    }
    difference(beforeArguments, afterArguments, rendering, edits);
    const tail = renderTail(after, afterArguments, rendering);
    if (tail.text !== '' && before.children.at(-1) === beforeArguments) {
      edits.push({ span: { start: source.endIndex, end: source.endIndex }, newText: tail.text, keeps: tail.keeps });
    }
    return;
  }
  const alike =
    before.type === after.type &&
    before.children.length === after.children.length &&
    before.children.every(({ list }, i) => list?.kind === after.children[i]?.list?.kind);
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
  const [first] = before.links;
  if (dropped.length === 0 && added.length > 0 && first !== undefined) {
    const { receiver, nameNode, list } = sourceOf(first);
    const lead = leadOf(file.text.slice(receiver.endIndex, nameNode.startIndex));
    const parts = added.map(call => ({ name: call.name, ...render(call.list, rendering) }));
    const newText = parts.map(part => `${lead}.${part.name}${part.text}`).join('');
    edits.push({ span: { start: list.endIndex, end: list.endIndex }, newText, keeps: [] });
  }
  dropped.forEach((link, i) => {
    const { receiver, nameNode, list, node } = sourceOf(link);
    const between = file.text.slice(receiver.endIndex, nameNode.startIndex);
    const lead = leadOf(between);
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

/** What stands before the dot of a call: the line break of a chain that is laid out in lines. */
function leadOf(between: string): string {
  return /\s*(?=\.\s*$)/u.exec(between)?.[0] ?? '';
}

function argumentsOf(pattern: PatternNode): PatternNode | undefined {
  return pattern.children.find(child => child.list?.kind === 'arguments');
}

/** `$X.a(…)` and `$X.b(…)`: the two names, when nothing else tells the calls apart. */
function otherMethod(
  before: PatternNode,
  after: PatternNode,
): { readonly before: PatternNode; readonly after: PatternNode } | undefined {
  const [own, other] = [before.children[0], after.children[0]];
  const [object, name] = own?.children ?? [];
  const [otherObject, otherName] = other?.children ?? [];
  if (object?.capture === undefined || name === undefined || otherObject === undefined || otherName === undefined) {
    return undefined;
  }
  const alike = before.type === after.type && own?.type === other?.type && samePattern(object, otherObject);
  return alike && !samePattern(name, otherName) ? { before: name, after: otherName } : undefined;
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
