import { appliedEdits } from '../text/owned-edits.ts';
import { applyEdits, type TextEdit } from '../text/text-edit.ts';
import type { ChangeGroup, GroupedEdit } from './change-groups.ts';

/** A file as it was, with the edits that were proposed for it: sorted, with the file's own line ends. */
export interface ProposedFile {
  readonly uri: string;
  readonly before: string;
  readonly edits: readonly GroupedEdit[];
}

/** What became of edits that a person could leave out one by one. */
export interface MadeChanges {
  /** Groups of which nothing was made. */
  readonly none: ReadonlySet<ChangeGroup>;
  /** Groups of which a part was made, or without something that they need. */
  readonly partly: readonly PartlyMade[];
  /** Texts, by file, in which those groups are made whole, and in which they are taken back. */
  readonly whole: ReadonlyMap<string, string>;
  readonly back: ReadonlyMap<string, string>;
  /** Files that were changed. */
  readonly changed: readonly string[];
}

export interface PartlyMade {
  readonly group: ChangeGroup;
  /** Files in which something of it is missing. */
  readonly missing: readonly string[];
}

/**
 * Compares files with the edits that were proposed for them.
 * @param textOf each file's text right after the edits; where something else changed it as well, all of its edits count
 * as made
 */
export function madeChanges(files: readonly ProposedFile[], textOf: (uri: string) => string): MadeChanges {
  const looked = files.map(({ uri, before, edits }) => {
    const after = textOf(uri);
    const made = appliedEdits(before, edits, after);
    return { uri, before, after, edits: edits.map((edit, i) => ({ ...edit, isMade: made?.[i] ?? after !== before })) };
  });
  const groups = [...new Set(looked.flatMap(({ edits }) => edits.map(({ group }) => group)))];
  const editsOf = (...wanted: readonly ChangeGroup[]) =>
    looked.flatMap(({ uri, edits }) =>
      edits.map(edit => ({ uri, ...edit })).filter(edit => wanted.includes(edit.group)),
    );
  const none = new Set(groups.filter(group => editsOf(group).every(({ isMade }) => !isMade)));
  const partly = groups
    .filter(group => !none.has(group))
    .map(group => {
      const missing = editsOf(group, ...group.needs).filter(({ isMade }) => !isMade);
      return { group, missing: [...new Set(missing.map(({ uri }) => uri))] };
    })
    .filter(({ missing }) => missing.length > 0);
  const halves = new Set(partly.map(({ group }) => group));
  const needed = new Set(partly.flatMap(({ group }) => [group, ...group.needs]));
  const touched = looked.filter(({ edits }) => edits.some(({ group }) => needed.has(group)));
  const texts = (isWanted: (edit: GroupedEdit & { isMade: boolean }) => boolean): Map<string, string> =>
    new Map(touched.map(({ uri, before, edits }) => [uri, applyEdits(before, edits.filter(isWanted))]));
  return {
    none,
    partly,
    whole: texts(({ isMade, group }) => isMade || needed.has(group)),
    // What others need as well stays: it does no harm.
    back: texts(({ isMade, group }) => isMade && !halves.has(group)),
    changed: looked.filter(({ before, after }) => after !== before).map(({ uri }) => uri),
  };
}

/** The same edit with the line ends of the file that it is for. */
export function withLineEnds<T extends TextEdit>(edit: T, eol: '\n' | '\r\n'): T {
  return { ...edit, newText: edit.newText.replace(/\r\n|\r|\n/gu, eol) };
}
