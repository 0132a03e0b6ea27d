import type { Node } from 'web-tree-sitter';
import type { Span, TextEdit } from '../text/text-edit.ts';
import { removeFromRow, removeStatement } from './removal.ts';
import { spanOf, type ImportedName, type SyntaxFile } from './syntax.ts';

/** Changes to the names that one import statement lists. */
export interface ListedEdit {
  /** The node of each name, alias included. */
  readonly specifiers: readonly Node[];
  /** What to write around names where there were none. */
  readonly empty: { readonly node: Node; readonly open: string; readonly close: string } | undefined;
  readonly statement: Node;
  /** What to remove once no name is left, when the statement imports something else as well. */
  readonly clause: Span | undefined;
  readonly added: string[];
  readonly removed: Node[];
}

/** Text of a string node without escapes, as module names are. */
export function plainStringText(node: Node | null | undefined): string | undefined {
  if (node?.type !== 'string') return undefined;
  return node.text.slice(1, -1);
}

/** One edit per touched name; the statement goes when no name is left. */
export function listedEdits(text: string, edit: ListedEdit): TextEdit[] {
  const gone = (node: Node): boolean => edit.removed.some(removed => removed.id === node.id);
  const kept = edit.specifiers.filter(node => !gone(node));
  if (kept.length === 0 && edit.added.length === 0) {
    if (edit.clause !== undefined) return [{ span: edit.clause, newText: '' }];
    return [removeStatement(text, edit.statement.startIndex, edit.statement.endIndex)];
  }
  const added = [...edit.added];
  const edits: TextEdit[] = [];
  const replaced = new Set<number>();
  for (const node of edit.specifiers) {
    const replacement = gone(node) ? added.shift() : undefined;
    if (replacement === undefined) continue;
    replaced.add(node.id);
    edits.push({ span: spanOf(node), newText: replacement });
  }
  edits.push(...removeFromRow(edit.specifiers, node => gone(node) && !replaced.has(node.id)));
  if (added.length > 0) edits.push(insertNames(text, edit, kept, added));
  return edits;
}

function insertNames(text: string, edit: ListedEdit, kept: readonly Node[], added: readonly string[]): TextEdit {
  const key = (name: string): string => name.toLowerCase();
  const names = kept.map(node => key(node.text));
  const sorted = names.every((name, i) => i === 0 || (names[i - 1] ?? '') <= name);
  const next = sorted ? kept.find(node => key(node.text) > key(added[0] ?? '')) : undefined;
  const ownLine = (node: Node): string =>
    /\r?\n[^\S\r\n]*$/u.exec(text.slice(edit.statement.startIndex, node.startIndex))?.[0] ?? ' ';
  if (next !== undefined) {
    const at = next.startIndex;
    return { span: { start: at, end: at }, newText: added.map(name => `${name},${ownLine(next)}`).join('') };
  }
  const last = kept.at(-1);
  if (last !== undefined) {
    const at = last.endIndex;
    return { span: { start: at, end: at }, newText: added.map(name => `,${ownLine(last)}${name}`).join('') };
  }
  const { node = edit.statement, open = '', close = '' } = edit.empty ?? {};
  return { span: spanOf(node), newText: open + added.join(', ') + close };
}

/** Keeps a sorted block of statements sorted; otherwise the new line goes right above or below its neighbour. */
export function insertAmong(
  file: SyntaxFile,
  entries: readonly ImportedName[],
  model: Node,
  text: string,
  key: string,
  keyOf: (entry: ImportedName) => string,
): TextEdit {
  const block = [...new Map(entries.map(entry => [entry.statement.id, entry])).values()].filter(
    entry => entry.statement.parent?.id === model.parent?.id,
  );
  const at = block.findIndex(entry => entry.statement.id === model.id);
  const statementAt = (index: number): Node => block[index]?.statement ?? model;
  const adjoins = (upper: Node, lower: Node): boolean => lower.startPosition.row - upper.endPosition.row <= 1;
  let first = at;
  let last = at;
  while (first > 0 && adjoins(statementAt(first - 1), statementAt(first))) first--;
  while (last < block.length - 1 && adjoins(statementAt(last), statementAt(last + 1))) last++;
  const group = block.slice(Math.max(first, 0), last + 1);
  const sorted = group.every((entry, i) => {
    const previous = group[i - 1];
    return previous === undefined || keyOf(previous) <= keyOf(entry);
  });
  const candidates = sorted ? group : block.slice(at, at + 1);
  const next = candidates.find(entry => keyOf(entry) > key);
  const newline = file.text.includes('\r\n') ? '\r\n' : '\n';
  const indent = /[ \t]*$/u.exec(file.text.slice(0, model.startIndex))?.[0] ?? '';
  if (next !== undefined) {
    const start = next.statement.startIndex;
    return { span: { start, end: start }, newText: text + newline + indent };
  }
  const end = (sorted ? group.at(-1)?.statement : model)?.endIndex ?? model.endIndex;
  return { span: { start: end, end }, newText: newline + indent + text };
}

/** Where a statement goes and a new one would stand right beside it, the new one takes its place. */
export function reuseRemovedLines(text: string, edits: readonly TextEdit[]): TextEdit[] {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const isInsertion = ({ span }: TextEdit): boolean => span.start === span.end;
  const placed = new Set<TextEdit>();
  const merged = edits.map((edit): TextEdit => {
    if (isInsertion(edit) || edit.newText !== '') return edit;
    const { start, end } = edit.span;
    const removed = text.slice(start, end);
    if (!/^\s*(?:import|from|const|let|var)\b/u.test(removed)) return edit;
    const beside = edits.filter(other => isInsertion(other) && start <= other.span.start && other.span.start <= end);
    const [first] = beside;
    if (first === undefined || beside.some(other => placed.has(other))) return edit;
    for (const other of beside) placed.add(other);
    const lines = beside.map(other => other.newText.trim()).join(newline);
    const newText = removed.replace(removed.trim(), () => lines);
    return { span: edit.span, newText };
  });
  return merged.filter(edit => !placed.has(edit));
}

/** Whole statements added and removed: a line that goes makes room for one that comes. */
export function makeRoom(text: string, inserted: readonly TextEdit[], remove: readonly ImportedName[]): TextEdit[] {
  const gone = [...new Map(remove.map(({ statement }) => [statement.id, statement])).values()];
  const edits = inserted.map(({ span, newText }, i): TextEdit => {
    // What is written in the same place stays in its order: the last of it takes the room.
    const crowded = inserted.slice(i + 1).some(later => later.span.start === span.start);
    const at = crowded
      ? -1
      : gone.findIndex(statement => statement.endIndex === span.start || statement.startIndex === span.start);
    const [replaced] = at === -1 ? [] : gone.splice(at, 1);
    return replaced === undefined ? { span, newText } : { span: spanOf(replaced), newText: newText.trim() };
  });
  return [...edits, ...gone.map(statement => removeStatement(text, statement.startIndex, statement.endIndex))];
}
