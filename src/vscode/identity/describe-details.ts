import type { DataPlaneRole, DenyAssignment, IdentityDetails } from '../../core/rbac/identity-model.ts';
import { normalizeResourceId } from '../../core/rbac/resource-id.ts';
import { describeProblem } from './describe-problem.ts';
import { describeScope, lastSegment, resourceType } from './describe-scope.ts';
import type { Detail } from './detail-store.ts';
import type { ConnectionKind } from './names.ts';
import { age, count, markdownCode, markdownText, remarkRow, type TreeNode } from './tree-node.ts';

/** Rows of what only a close look at an identity tells: they come when its row is opened. */
export function describeDetails(
  detail: Detail<IdentityDetails> | undefined,
  parent: string,
  { connection, now }: { readonly connection: ConnectionKind; readonly now: number },
): TreeNode[] {
  if (!detail) return [];
  const known = detail.value;
  if (!known) {
    return [
      remarkRow(
        `${parent}/more`,
        'Reading more…',
        'Groups, denials, data roles: Azure has been asked.',
        'loading~spin',
      ),
    ];
  }
  const readAt = detail.readAt ?? now;
  return [
    ...known.problems.map((problem, i) => describeProblem(problem, { parent: `${parent}/more/${i}`, connection })),
    ...(known.deny ?? []).map(deny => denyRow(deny, parent)),
    ...(known.dataPlaneRoles ?? []).map(role => dataRoleRow(role, parent)),
    ...(known.federatedCredentials ?? []).map(({ name, issuer, subject }) =>
      fact(`${parent}/federated/${name}`, `Federated: ${subject}`, `from ${hostOf(issuer)}`, 'link-external', [
        `**${markdownText(name)}** federated credential`,
        `Whoever ${markdownCode(issuer)} names ${markdownCode(subject)} gets tokens of this identity, and with them its roles\\.`,
      ]),
    ),
    ...sharedRow(known.sharedWith ?? [], parent),
    fact(`${parent}/elsewhere`, 'SQL, PostgreSQL, MySQL', 'not visible from Azure Resource Manager', 'database', [
      markdownText(
        'What this identity may do inside a database is granted there, by SQL. Azure Resource Manager does not know it.',
      ),
    ]),
    ...(now - readAt > 90_000
      ? [fact(`${parent}/age`, `Details read ${age(readAt, now)}`, '', 'history', ['Refresh to read them again\\.'])]
      : []),
  ];
}

function denyRow(deny: DenyAssignment, parent: string): TreeNode {
  const scope = describeScope(deny.scope, deny.scopeLevel);
  return fact(
    `${parent}/deny/${normalizeResourceId(deny.id)}`,
    `Denied: ${deny.actions.join(', ')}`,
    scope,
    'circle-slash',
    [
      `**${markdownText(deny.name)}**`,
      `Denies ${deny.actions.map(markdownCode).join(', ')} at ${markdownText(scope)}, whatever roles allow\\.`,
      ...(deny.systemProtected ? ['Protected by Azure: only what made it can remove it\\.'] : []),
    ],
  );
}

function dataRoleRow({ kind, role, scope }: DataPlaneRole, parent: string): TreeNode {
  const where =
    kind === 'cosmosSql'
      ? `${lastSegment(scope.split('/dbs/')[0] ?? scope)} (Cosmos DB data role)`
      : `${lastSegment(scope)} (${resourceType(scope)}, access policy)`;
  return fact(`${parent}/data/${normalizeResourceId(scope)}/${role}`, role, where, 'key', [
    `**${markdownText(role)}** on ${markdownText(where)}`,
    markdownText(
      kind === 'cosmosSql'
        ? 'Kept in the Cosmos DB account itself; the access control page of the portal does not show it.'
        : 'An access policy of the key vault: it counts as long as the vault does not go by Azure RBAC.',
    ),
    `Scope ${markdownCode(scope)}`,
  ]);
}

function sharedRow(others: readonly string[], parent: string): TreeNode[] {
  if (others.length === 0) return [];
  const names = others.map(lastSegment).join(', ');
  return [
    fact(`${parent}/shared`, `Also used by ${count(others.length, 'resource')}`, names, 'references', [
      markdownText(
        'Roles of a shared identity are pooled: each of these can do what all of them need. Give each app its own where that is too much.',
      ),
      ...others.map(id => `\\- ${markdownCode(id)}`),
    ]),
  ];
}

function hostOf(issuer: string): string {
  return URL.canParse(issuer) ? new URL(issuer).host : issuer;
}

function fact(id: string, label: string, description: string, icon: string, lines: readonly string[]): TreeNode {
  return {
    id,
    label,
    description,
    tooltipMarkdown: lines.join('\n\n'),
    icon: { id: icon },
    contextValue: 'fact',
    collapsible: 'none',
    children: [],
    accessibilityLabel: description === '' ? label : `${label}, ${description}`,
  };
}
