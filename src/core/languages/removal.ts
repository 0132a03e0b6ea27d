import type { Node } from 'web-tree-sitter';
import type { Span, TextEdit } from '../text/text-edit.ts';

/** Removes a whole statement with its line, unless a comment shares the line. */
export function removeStatement(text: string, start: number, end: number): TextEdit {
  // A byte order mark is no part of the line.
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start).replace(/^\uFEFF/u, '');
  const after = /^[^\S\r\n]*(?:\r\n|\n|\r|$)/u.exec(text.slice(end))?.[0];
  if (before.trim() !== '' || after === undefined) {
    const gap = /^[^\S\r\n]+/u.exec(text.slice(end))?.[0].length ?? 0;
    const trailing = after !== undefined && before.trim() !== '' ? (/[^\S\r\n]*$/u.exec(before)?.[0].length ?? 0) : 0;
    return { span: { start: start - trailing, end: end + (after === undefined ? gap : 0) }, newText: '' };
  }
  let from = start - before.length;
  let to = end + after.length;
  const blankBelow = blankLineToo(text, from, to);
  if (blankBelow > 0) to += blankBelow;
  else if (to === text.length && from > 0 && !text.slice(0, from).endsWith('\n')) from = start;
  return { span: { start: from, end: to }, newText: '' };
}

/** Length of the blank line below a gap that has one above as well: two must not remain where one statement parted them. */
function blankLineToo(text: string, from: number, to: number): number {
  // The start of a block counts as blank.
  const blankAbove = from === 0 || /(?:^|[\n{:(]|\r(?!\n))[^\S\r\n]*(?:\r\n|\n|\r)$/u.test(text.slice(0, from));
  return blankAbove ? (/^[^\S\r\n]*(?:\r\n|\n|\r)/u.exec(text.slice(to))?.[0].length ?? 0) : 0;
}

/** Treats statements that go together as one: the blank lines around all of them become one. */
export function joinRemovals(text: string, removals: readonly TextEdit[]): TextEdit[] {
  const joined: TextEdit[] = [];
  for (const removal of [...removals].sort((a, b) => a.span.start - b.span.start)) {
    const last = joined.at(-1);
    if (last === undefined || last.newText !== '' || removal.newText !== '' || last.span.end !== removal.span.start) {
      joined.push(removal);
      continue;
    }
    const { start } = last.span;
    const { end } = removal.span;
    const whole = /(?:^|[\n\r])$/u.test(text.slice(0, end));
    joined[joined.length - 1] = {
      span: { start, end: end + (whole ? blankLineToo(text, start, end) : 0) },
      newText: '',
    };
  }
  return joined;
}

/** Removes nodes of a comma-separated row; a run of neighbours goes with the commas between them. */
export function removeFromRow(row: readonly Node[], gone: (node: Node) => boolean): TextEdit[] {
  const edits: TextEdit[] = [];
  for (let first = 0; first < row.length; first++) {
    const head = row[first];
    if (head === undefined || !gone(head)) continue;
    let last = first;
    for (let next = row[last + 1]; next !== undefined && gone(next); next = row[last + 1]) last++;
    const previous = row[first - 1];
    const following = row[last + 1];
    const end = row[last]?.endIndex ?? head.endIndex;
    if (following !== undefined) edits.push(remove(head.startIndex, following.startIndex));
    else if (previous !== undefined) edits.push(remove(previous.endIndex, end));
    else edits.push(remove(head.startIndex, row[last]?.nextSibling?.type === ',' ? end + 1 : end));
    first = last;
  }
  return edits;
}

function remove(start: number, end: number): TextEdit {
  return { span: { start, end }, newText: '' };
}

/** Declarations that stand in a row with others, between commas. */
const rowTypes = new Set(['variable_declarator', 'pair', 'shorthand_property_identifier_pattern', 'pair_pattern']);
/** What may be empty. */
const keptHolders = new Set(['object', 'dictionary']);

/** Removes declarators, and the statement around them once none is left. */
export function removeDeclarators(
  text: string,
  declarations: readonly Node[],
  statementSpan: (declaration: Node) => Span,
): TextEdit[] {
  const ids = new Set(declarations.map(node => node.id));
  const edits: TextEdit[] = [];
  const done = new Set<number>();
  const gone = (node: Node): boolean => ids.has(node.id);
  for (const declaration of declarations) {
    const holder = declaration.parent ?? declaration;
    const inRow = rowTypes.has(declaration.type);
    const row = holder.namedChildren.filter(node =>
      declaration.type === 'variable_declarator' ? node.type === declaration.type : node.type !== 'comment',
    );
    const keepsHolder = keptHolders.has(holder.type) || row.some(node => !gone(node));
    if (inRow && keepsHolder) {
      if (row.find(gone)?.id === declaration.id) edits.push(...removeFromRow(row, gone));
      continue;
    }
    const { start, end } = statementSpan(holder.type === 'object_pattern' ? (holder.parent ?? holder) : declaration);
    if (!done.has(start)) edits.push(removeStatement(text, start, end));
    done.add(start);
  }
  return joinRemovals(text, edits);
}
