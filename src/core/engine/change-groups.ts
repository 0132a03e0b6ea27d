import type { FollowUp, SharedNeed } from '../rewrite/fix.ts';
import { wholeLines, type OwnedEdit } from '../text/owned-edits.ts';
import { editsBetween } from './edits-between.ts';

/** A fix that a session made; its place in the list of all is its number, which its edits carry as owner. */
export interface MadeFix {
  readonly ruleId: string;
  /** The file that the finding is in. */
  readonly uri: string;
  readonly followUps: readonly FollowUp[];
  readonly needs: readonly SharedNeed[];
  /** Why somebody should look at it before it is made; absent where it is certain. */
  readonly unsure?: string;
}

export interface EditedFile {
  readonly uri: string;
  readonly before: string;
  readonly after: string;
  /** Sorted. */
  readonly edits: readonly OwnedEdit[];
}

/** Changes that are made together or not at all: without one of them the others leave a program that does not run. */
export interface ChangeGroup {
  /** Numbers of the fixes, in the order in which they were made; none where the group is what several others need. */
  readonly fixes: readonly number[];
  /** Files in the order in which they were first edited. */
  readonly files: readonly string[];
  /** Why somebody should look at it first: of one change, which holds for all. Absent where all is certain. */
  readonly unsure?: string;
  /** What this group does not work without: packages that several groups need. */
  readonly needs: readonly ChangeGroup[];
}

export interface GroupedEdit {
  readonly span: { readonly start: number; readonly end: number };
  readonly newText: string;
  readonly group: ChangeGroup;
}

export interface GroupedFile {
  readonly uri: string;
  readonly edits: readonly GroupedEdit[];
}

/**
 * Parts what a session changed into groups. Fixes belong together that edit the same file of code or of a template, the
 * same lines of settings, or that need the same setting gone. A package in a manifest does no harm to whom it is not for:
 * it goes with the one group that needs it, or is a group of its own.
 */
export function groupChanges(fixes: readonly MadeFix[], edited: readonly EditedFile[]): readonly GroupedFile[] {
  const files = edited.map(file =>
    isSettingPerLine(file.uri) ? { ...file, edits: wholeLines(file.before, file.edits) } : file,
  );
  const together = unionFind(fixes.length);
  /** Numbers of the fixes that need one thing of one file. */
  const users = new Map<string, { readonly need: SharedNeed; readonly numbers: number[] }>();
  fixes.forEach(({ needs }, number) => {
    for (const need of needs) kept(users, keyOf(need), () => ({ need, numbers: [] })).numbers.push(number);
  });
  const editors = new Map(files.map(({ uri, edits }) => [uri, edits.flatMap(({ owners }) => owners)]));
  for (const { need, numbers } of users.values()) {
    // A setting that was nowhere is no tie.
    const changed = editors.get(need.uri)?.some(owner => numbers.includes(owner)) === true;
    if (need.kind === 'setting' && changed) together.join(...numbers);
  }
  /** All fixes that need what an edit of a manifest adds; `undefined` for any other edit. */
  const needing = ({ uri, before }: EditedFile, { owners }: OwnedEdit): readonly number[] | undefined => {
    const needs = owners.map(owner =>
      (fixes[owner]?.needs ?? []).filter(need => need.kind === 'package' && need.uri === uri),
    );
    if (needs.some(({ length }) => length === 0)) return undefined;
    const added = needs.flat().filter(need => !isListed(before, need));
    return [...new Set([...owners, ...added.flatMap(need => users.get(keyOf(need))?.numbers ?? [])])];
  };
  for (const file of files) {
    const own = file.edits.filter(edit => needing(file, edit) === undefined);
    if (!isSettingPerLine(file.uri)) together.join(...own.flatMap(({ owners }) => owners));
    else for (const { owners } of own) together.join(...owners);
  }

  const groups = new Map<string, Group>();
  const groupOf = (number: number): Group => {
    const root = together.rootOf(number);
    const numbers = fixes.flatMap((_, other) => (together.rootOf(other) === root ? [other] : []));
    const unsure = numbers.map(other => fixes[other]?.unsure).find(reason => reason !== undefined);
    return kept(groups, String(root), () => ({ fixes: numbers, files: [], needs: [], ...(unsure && { unsure }) }));
  };
  const neededBy = (needy: readonly Group[]): Group => {
    const key = needy.map(({ fixes: [first] }) => first).join(' and ');
    const unsure = needy.every(group => group.unsure !== undefined) ? needy[0]?.unsure : undefined;
    const group = kept(groups, key, () => ({ fixes: [], files: [], needs: [], ...(unsure && { unsure }) }));
    for (const one of needy) if (!one.needs.includes(group)) one.needs.push(group);
    return group;
  };
  return files.map(file => {
    const edits = file.edits.map(edit => {
      const [group, ...others] = [...new Set((needing(file, edit) ?? edit.owners).map(groupOf))];
      if (group === undefined) throw new Error('An edit that nobody made');
      return { ...edit, group: others.length === 0 ? group : neededBy([group, ...others]) };
    });
    for (const { group } of edits) if (!group.files.includes(file.uri)) group.files.push(file.uri);
    const [first] = edits;
    if (first === undefined || edits.some(({ group }) => group !== first.group)) return { uri: file.uri, edits };
    // Where nothing has to be told apart, whole lines read best.
    const lines = editsBetween(file.before, file.after);
    return { uri: file.uri, edits: lines.map(edit => ({ ...edit, group: first.group })) };
  });
}

interface Group extends ChangeGroup {
  readonly files: string[];
  readonly needs: Group[];
}

function kept<T>(known: Map<string, T>, key: string, make: () => T): T {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}

function keyOf({ kind, uri, name }: SharedNeed): string {
  return `${kind} ${uri} ${name}`;
}

/** A package as it stands in a manifest: of Java's coordinates, which are apart there, the artifact. */
function isListed(text: string, { name }: SharedNeed): boolean {
  return text.includes(name.split(':').at(-1) ?? name);
}

/** Each line is read by itself: one changes without the others. In JSON a comma belongs to two entries. */
function isSettingPerLine(uri: string): boolean {
  return /(?:^|[/\\])(?:\.env(?:\.[\w.-]+)?|[^/\\]*\.properties)$/u.test(uri);
}

function unionFind(size: number): { rootOf(one: number): number; join(...all: readonly number[]): void } {
  const parents = Array.from({ length: size }, (_, index) => index);
  const rootOf = (one: number): number => {
    let root = one;
    while (parents[root] !== undefined && parents[root] !== root) root = parents[root] ?? root;
    return root;
  };
  return {
    rootOf,
    join(...all) {
      const [first, ...others] = all.map(rootOf);
      if (first === undefined) return;
      // The root is the first that was made.
      const root = Math.min(first, ...others);
      for (const other of [first, ...others]) parents[other] = root;
    },
  };
}
