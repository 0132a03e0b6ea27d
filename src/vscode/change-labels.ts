import type { ChangeGroup, MadeFix } from '../core/engine/change-groups.ts';
import type { FileChange } from '../core/engine/fix-session.ts';
import { ruleById } from '../core/engine/rules.ts';
import { nameOf, type GroupMetadata } from './change-set.ts';

/** E.g. `Storage account key: shop/photos.ts + .env`. */
export function titleOfGroup({ fixes, files }: ChangeGroup, made: readonly MadeFix[]): string {
  const titles = new Set(fixes.flatMap(fix => ruleById(made[fix]?.ruleId ?? '')?.title ?? []));
  const [title = 'Packages', ...others] = titles;
  const found = new Set(fixes.map(fix => made[fix]?.uri));
  // What was found leads; what changes with it follows.
  const sorted = files.toSorted((a, b) => Number(found.has(b)) - Number(found.has(a)));
  const names = sorted.slice(0, 4).map(nameOf).join(' + ');
  const more = files.length > 4 ? ` + ${files.length - 4} more files` : '';
  return `${title}${others.length > 0 ? ' and others' : ''}: ${names}${more}`;
}

/**
 * The refactor preview has one tick for each edit and none for what belongs together: so all edits of a group have the
 * same state to begin with, under one heading where changes are shown by type.
 */
export function groupMetadata(changes: readonly FileChange[], made: readonly MadeFix[]): GroupMetadata {
  const labels = new Map<ChangeGroup, string>();
  for (const group of changes.flatMap(({ edits }) => edits.map(edit => edit.group))) {
    if (labels.has(group)) continue;
    const title = titleOfGroup(group, made);
    const same = [...labels.values()].filter(label => label === title || label.startsWith(`${title} (`)).length;
    labels.set(group, same === 0 ? title : `${title} (${same + 1})`);
  }
  return group => ({
    label: labels.get(group) ?? titleOfGroup(group, made),
    needsConfirmation: group.unsure !== undefined,
    ...(group.unsure === undefined ? {} : { description: group.unsure }),
  });
}
