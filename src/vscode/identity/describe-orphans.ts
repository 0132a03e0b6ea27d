import type { OrphanedAssignment, OrphanReport } from '../../core/rbac/identity-model.ts';
import { normalizeResourceId } from '../../core/rbac/resource-id.ts';
import { commandMarkdown } from './az-command.ts';
import { actionRow, describeProblem } from './describe-problem.ts';
import { describeScope } from './describe-scope.ts';
import type { Detail } from './detail-store.ts';
import type { ConnectionKind } from './names.ts';
import { age, count, markdownCode, markdownText, remarkRow, type TreeNode } from './tree-node.ts';

export interface OrphanPlace {
  readonly connection: ConnectionKind;
  readonly now: number;
  /** Whether Microsoft Graph may be asked. */
  readonly directory: boolean;
}

const why =
  'Role assignments of these subscriptions whose user, group or identity no longer exists. Azure keeps them, and they hide who really has access.';
const consent =
  'Azure itself does not tell which principals are gone. Microsoft Graph does: it is sent the ids of the principals, and nothing else.';

/** Row of role assignments whose principal is gone; what it holds is read when it is opened. */
export function describeOrphans(detail: Detail<OrphanReport> | undefined, place: OrphanPlace): TreeNode {
  const id = 'orphans';
  const orphans = place.directory ? detail?.value?.orphans : undefined;
  const readAt = detail?.readAt ?? place.now;
  const description = [
    ...(place.connection === 'demo' ? ['demo'] : []),
    ...(orphans === undefined ? [] : [count(orphans.length, 'orphan')]),
    ...(orphans && place.now - readAt > 90_000 ? [`as of ${age(readAt, place.now)}`] : []),
  ].join(' · ');
  const found = (orphans?.length ?? 0) > 0;
  return {
    id,
    label: 'Orphaned role assignments',
    ...(description === '' ? {} : { description }),
    tooltipMarkdown: [why, consent].map(markdownText).join('\n\n'),
    icon: found ? { id: 'warning', color: 'list.warningForeground' } : { id: 'person' },
    contextValue: 'orphans',
    collapsible: 'collapsed',
    children: place.directory ? knownRows(detail?.value, id, place) : askRows(id),
    accessibilityLabel: `Orphaned role assignments${description === '' ? '' : `, ${description}`}`,
    ...(place.directory ? { lazy: { kind: 'orphans' as const } } : {}),
  };
}

function askRows(parent: string): TreeNode[] {
  const title = 'Ask Microsoft Graph which principals are gone…';
  const row = actionRow(`${parent}/ask`, title, 'organization', { id: 'keyless.identities.askDirectory', title });
  return [{ ...row, tooltipMarkdown: markdownText(consent) }];
}

function knownRows(report: OrphanReport | undefined, parent: string, { connection }: OrphanPlace): TreeNode[] {
  if (!report) {
    return [remarkRow(`${parent}/reading`, 'Reading…', 'Azure and Microsoft Graph have been asked.', 'loading~spin')];
  }
  const { problems, orphans } = report;
  const rows = problems.map((problem, i) => describeProblem(problem, { parent: `${parent}/${i}`, connection }));
  if (!orphans) {
    if (rows.length > 0) return rows;
    const unknown = 'None of the linked apps has an identity by which to tell whether the right directory was asked.';
    return [remarkRow(`${parent}/unknown`, 'Not known', unknown, 'question')];
  }
  if (orphans.length === 0) {
    return [...rows, remarkRow(`${parent}/none`, 'None', 'Every principal with a role here exists.', 'pass')];
  }
  return [...rows, ...orphans.map(orphan => orphanRow(orphan, parent))];
}

const kinds: Readonly<Record<string, string>> = {
  ServicePrincipal: 'identity or application',
  User: 'user',
  Group: 'group',
};

function orphanRow(orphan: OrphanedAssignment, parent: string): TreeNode {
  const scope = describeScope(orphan.scope, orphan.scopeLevel);
  const kind = kinds[orphan.principalType ?? ''] ?? 'principal';
  const remove = ['role', 'assignment', 'delete', '--ids', orphan.id];
  return {
    id: `${parent}/${normalizeResourceId(orphan.id)}`,
    label: orphan.role,
    description: `${scope} · its ${kind} is gone`,
    tooltipMarkdown: [
      `**${markdownText(orphan.role)}** on ${markdownText(scope)}`,
      `The ${kind} ${markdownCode(orphan.principalId)} that holds it no longer exists\\.`,
      'Nobody can use it now\\. It counts towards the limit of role assignments and clutters every review of access\\.',
      '**What to do:** remove it, here or with:',
      ...commandMarkdown(remove),
      `Scope ${markdownCode(orphan.scope)}`,
    ].join('\n\n'),
    icon: { id: 'warning', color: 'list.warningForeground' },
    contextValue: 'orphan resource principal assigned fixable',
    collapsible: 'none',
    children: [],
    accessibilityLabel: `Orphaned role ${orphan.role} on ${scope}: its ${kind} no longer exists`,
    subject: {
      resourceId: orphan.scope,
      principalId: orphan.principalId,
      roleAssignmentId: orphan.id,
      azureCli: remove,
    },
  };
}
