import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../text/text-edit.ts';
import { removeStatement } from './removal.ts';
import { namedChildren } from './syntax.ts';

/** Changes to the names that one import statement lists. */
export interface ListedEdit {
  /** Node that holds the names, with or without its brackets. */
  readonly list: Node;
  readonly statement: Node;
  readonly added: string[];
  readonly removed: Node[];
}

/** Text of a string node without escapes, as module names are. */
export function plainStringText(node: Node | null | undefined): string | undefined {
  if (node?.type !== 'string') return undefined;
  return node.text.slice(1, -1);
}

/** One edit per touched name; the statement goes when no name is left. */
export function removeListed(text: string, edit: ListedEdit, open: string, close: string): TextEdit[] {
  const specifiers = namedChildren(edit.list).filter(child => child.type !== 'comment');
  const kept = specifiers.filter(node => !edit.removed.some(gone => gone.id === node.id));
  if (kept.length === 0 && edit.added.length === 0) {
    const whole = soleList(edit);
    if (whole) return [removeStatement(text, edit.statement.startIndex, edit.statement.endIndex)];
    return [defaultOnly(text, edit)];
  }
  const added = [...edit.added];
  const edits: TextEdit[] = [];
  for (const [index, node] of specifiers.entries()) {
    if (!edit.removed.some(gone => gone.id === node.id)) continue;
    const replacement = added.shift();
    if (replacement !== undefined) {
      edits.push({ span: { start: node.startIndex, end: node.endIndex }, newText: replacement });
      continue;
    }
    const next = specifiers[index + 1];
    const previous = specifiers[index - 1];
    // The comma goes with the name: the one after it, or before it for the last name.
    if (next !== undefined) edits.push({ span: { start: node.startIndex, end: next.startIndex }, newText: '' });
    else if (previous !== undefined) {
      const start = edits.at(-1)?.span.end === node.startIndex ? node.startIndex : previous.endIndex;
      edits.push({ span: { start, end: node.endIndex }, newText: '' });
    }
  }
  if (added.length > 0) edits.push(insertNames(text, edit.list, kept, added, open, close));
  return edits;
}

function insertNames(
  text: string,
  list: Node,
  kept: readonly Node[],
  added: readonly string[],
  open: string,
  close: string,
): TextEdit {
  const names = kept.map(node => node.text);
  const sorted = names.every((name, i) => i === 0 || (names[i - 1] ?? '').toLowerCase() <= name.toLowerCase());
  const next = sorted ? kept.find(node => node.text.toLowerCase() > (added[0] ?? '').toLowerCase()) : undefined;
  const ownLine = (node: Node): string =>
    /\r?\n[^\S\r\n]*$/u.exec(text.slice(list.startIndex, node.startIndex))?.[0] ?? ' ';
  if (next !== undefined) {
    const at = next.startIndex;
    return { span: { start: at, end: at }, newText: added.map(name => `${name},${ownLine(next)}`).join('') };
  }
  const last = kept.at(-1);
  if (last !== undefined) {
    const at = last.endIndex;
    return { span: { start: at, end: at }, newText: added.map(name => `,${ownLine(last)}${name}`).join('') };
  }
  return { span: { start: list.startIndex, end: list.endIndex }, newText: `${open} ${added.join(', ')} ${close}` };
}

/** Whether the list is all that the statement imports. */
function soleList(edit: ListedEdit): boolean {
  const holder = edit.list.parent;
  return holder?.type !== 'import_clause' || namedChildren(holder).length === 1;
}

/** `import a, { b } from 'm'` becomes `import a from 'm'`. */
function defaultOnly(text: string, edit: ListedEdit): TextEdit {
  const comma = text.lastIndexOf(',', edit.list.startIndex);
  return { span: { start: comma, end: edit.list.endIndex }, newText: '' };
}
