import { graveFailures, postureOf } from '../../core/rbac/posture.ts';
import { excessOf, productionOf, swapGaps } from '../../core/rbac/privilege.ts';
import type { ExplorerState } from './describe.ts';
import { count } from './tree-node.ts';

/** What the number on the view's icon stands for. */
export interface Badge {
  readonly value: number;
  readonly tooltip: string;
}

/** Counts what somebody should look at: grave failed checks, roles that allow too much, unsafe swaps, failed reads. */
export function describeBadge({ snapshot, details, groups }: ExplorerState): Badge | undefined {
  if (!snapshot || groups.every(group => group.links.length === 0)) return undefined;
  const apps = snapshot.apps.map(({ app }) => app);
  let checks = 0;
  let swaps = 0;
  const excessive = new Set<string>();
  for (const app of apps) {
    checks += graveFailures(postureOf(app, details?.app(app)?.value)).length;
    for (const role of app.identities.flatMap(({ assignments = [] }) => assignments)) {
      if (excessOf(role).some(({ severity }) => severity !== 'medium')) excessive.add(role.id);
    }
    const site = app.slot === undefined ? undefined : productionOf(app, apps);
    if (site && (swapGaps(site, app)?.length ?? 0) > 0) swaps++;
  }
  const orphans = details?.orphans?.()?.value?.orphans?.length ?? 0;
  const parts = [
    [checks, 'failed check'],
    [excessive.size, 'role that allows too much'],
    [swaps, 'slot that lacks roles of production'],
    [orphans, 'orphaned role assignment'],
    [snapshot.problems.length, 'problem while reading'],
  ] as const;
  const value = parts.reduce((sum, [number]) => sum + number, 0);
  if (value === 0) return undefined;
  const tooltip = parts
    .filter(([number]) => number > 0)
    .map(([number, noun]) => (number === 1 ? `1 ${noun}` : pluralOf(number, noun)))
    .join(', ');
  return { value, tooltip };
}

function pluralOf(number: number, noun: string): string {
  const [first = '', ...rest] = noun.split(' that ');
  const verb = rest
    .join(' that ')
    .replace(/^allows /, 'allow ')
    .replace(/^lacks /, 'lack ');
  if (verb !== '') return `${count(number, first)} that ${verb}`;
  return noun === 'problem while reading' ? `${number} problems while reading` : count(number, noun);
}
