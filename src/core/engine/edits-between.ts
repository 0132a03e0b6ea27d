import { diffLines } from 'diff';
import type { TextEdit } from '../text/text-edit.ts';

/** The change of a whole text as line-wise edits, so that the editor keeps cursors, folds and undo small. */
export function editsBetween(before: string, after: string): TextEdit[] {
  const edits: { start: number; end: number; newText: string }[] = [];
  let position = 0;
  for (const { value, added, removed } of diffLines(before, after)) {
    const start = position;
    if (!added) position += value.length;
    if (!added && !removed) continue;
    const last = edits.at(-1);
    if (last?.end === start) {
      last.end = position;
      if (added) last.newText += value;
    } else {
      edits.push({ start, end: position, newText: added ? value : '' });
    }
  }
  return edits.map(({ start, end, newText }) => ({ span: { start, end }, newText }));
}
