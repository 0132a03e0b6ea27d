import type { Span, TextEdit } from './text-edit.ts';

/** An edit of the original text, with all who asked for it. */
export interface OwnedEdit extends TextEdit {
  readonly owners: readonly number[];
}

/**
 * Edits of an original text, and then edits of the text that they make, as edits of the original text. Where a new edit
 * meets what an earlier one wrote, both become one edit with both owners; all others stay apart.
 * @param edited the text that `done` makes
 * @param next without overlaps
 */
export function composeEdits(
  done: readonly OwnedEdit[],
  edited: string,
  next: readonly TextEdit[],
  owner: number,
): readonly OwnedEdit[] {
  let edits = [...done];
  let text = edited;
  // From the end, so that the places of those that are still to come stay as they are.
  for (const edit of [...next].sort((a, b) => b.span.start - a.span.start || b.span.end - a.span.end)) {
    edits = composeOne(edits, text, edit, owner);
    text = text.slice(0, edit.span.start) + edit.newText + text.slice(edit.span.end);
  }
  return edits;
}

function composeOne(done: readonly OwnedEdit[], text: string, { span, newText }: TextEdit, owner: number): OwnedEdit[] {
  const placed = inEditedText(done);
  const isMet = placed.map(({ edit, now }) => meets(edit, now, span));
  // With what lies between: insertions before and after a deletion stand side by side once it is made.
  const met = isMet.includes(true) ? placed.slice(isMet.indexOf(true), isMet.lastIndexOf(true) + 1) : [];
  const [first] = met;
  const last = met.at(-1);
  const others = placed.filter(one => !met.includes(one)).map(({ edit }) => edit);
  const start = Math.min(span.start, first?.now.start ?? span.start);
  const end = Math.max(span.end, last?.now.end ?? span.end);
  const merged: OwnedEdit = {
    span: {
      start: first?.now.start === start ? first.edit.span.start : startInOriginal(placed, start),
      end: last?.now.end === end ? last.edit.span.end : endInOriginal(placed, end, span.start === span.end),
    },
    newText: text.slice(start, span.start) + newText + text.slice(span.end, end),
    owners: [...new Set([...met.flatMap(({ edit }) => edit.owners), owner])],
  };
  return [...others, merged].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

/** The same edits as ones of whole lines, with one for all that is changed in a line. */
export function wholeLines(text: string, edits: readonly OwnedEdit[]): readonly OwnedEdit[] {
  const lines: (OwnedEdit & { readonly parts: readonly OwnedEdit[] })[] = [];
  for (const edit of edits) {
    const span = linesOf(text, edit);
    const last = lines.at(-1);
    const isSame = last !== undefined && span.start < last.span.end;
    const parts = isSame ? [...last.parts, edit] : [edit];
    const whole = isSame ? { start: last.span.start, end: Math.max(last.span.end, span.end) } : span;
    let newText = '';
    let position = whole.start;
    for (const part of parts) {
      newText += text.slice(position, part.span.start) + part.newText;
      position = part.span.end;
    }
    const owners = [...new Set(parts.flatMap(part => part.owners))];
    if (isSame) lines.pop();
    lines.push({ span: whole, newText: newText + text.slice(position, whole.end), owners, parts });
  }
  return lines.map(({ span, newText, owners }) => ({ span, newText, owners }));
}

function linesOf(text: string, { span, newText }: TextEdit): Span {
  // A negative place would count from the start.
  const start = span.start === 0 ? 0 : text.lastIndexOf('\n', span.start - 1) + 1;
  const isAtLine = span.end === 0 || text[span.end - 1] === '\n';
  if (start === span.start && isAtLine && (newText === '' || newText.endsWith('\n'))) return span;
  const next = text.indexOf('\n', span.end);
  return { start, end: next === -1 ? text.length : next + 1 };
}

interface Placed {
  readonly edit: OwnedEdit;
  /** Where its new text stands in the edited text. */
  readonly now: Span;
}

function inEditedText(edits: readonly OwnedEdit[]): Placed[] {
  let shift = 0;
  return edits.map(edit => {
    const start = edit.span.start + shift;
    const end = start + edit.newText.length;
    shift = end - edit.span.end;
    return { edit, now: { start, end } };
  });
}

/** Edits that only touch are independent, except for insertions at one place, whose order would be open. */
function meets(edit: OwnedEdit, now: Span, span: Span): boolean {
  if (Math.max(now.start, span.start) < Math.min(now.end, span.end)) return true;
  if (span.start === span.end) {
    const inserted = edit.span.start === edit.span.end;
    if (inserted) return now.start <= span.start && span.start <= now.end;
    return now.start < span.start && span.start < now.end;
  }
  return now.start === now.end && span.start < now.start && now.start < span.end;
}

function startInOriginal(placed: readonly Placed[], position: number): number {
  const before = placed.findLast(({ now }) => now.end <= position);
  return before === undefined ? position : before.edit.span.end + position - before.now.end;
}

function endInOriginal(placed: readonly Placed[], position: number, insertion: boolean): number {
  if (insertion) return startInOriginal(placed, position);
  const before = placed.findLast(({ now }) => now.start < position && now.end <= position);
  return before === undefined ? position : before.edit.span.end + position - before.now.end;
}

/**
 * Which of some edits of a text led to another text, in the order given; `undefined` where that text cannot come of
 * them alone.
 * @param edits sorted, without overlaps
 */
export function appliedEdits(
  before: string,
  edits: readonly TextEdit[],
  after: string,
): readonly boolean[] | undefined {
  /** Ways to read `after` up to a place in it, the one with more edits first. */
  let ways = new Map<number, readonly boolean[]>([[0, []]]);
  let position = 0;
  for (const { span, newText } of edits) {
    const kept = before.slice(position, span.start);
    const old = before.slice(span.start, span.end);
    const further = new Map<number, readonly boolean[]>();
    for (const [at, taken] of ways) {
      if (!after.startsWith(kept, at)) continue;
      const here = at + kept.length;
      for (const [text, isTaken] of [
        [newText, true],
        [old, false],
      ] as const) {
        const end = here + text.length;
        if (after.startsWith(text, here) && !further.has(end)) further.set(end, [...taken, isTaken]);
      }
    }
    ways = further;
    position = span.end;
  }
  const rest = before.slice(position);
  for (const [at, taken] of ways) if (after.slice(at) === rest) return taken;
  return undefined;
}
