import type { AppModel, IdentityDetails, ManagedIdentity, RoleAssignment } from '../../core/rbac/identity-model.ts';
import { services } from '../../core/services/catalogue.generated.ts';
import { excessOf } from '../../core/rbac/privilege.ts';
import { normalizeResourceId } from '../../core/rbac/resource-id.ts';
import { commandMarkdown } from './az-command.ts';
import { describeDetails } from './describe-details.ts';
import { actionRow } from './describe-problem.ts';
import { breadthOf, describeScope, lastSegment, levelWords } from './describe-scope.ts';
import type { Detail } from './detail-store.ts';
import type { ConnectionKind } from './names.ts';
import { count, documentationLink, markdownCode, markdownText, remarkRow, type TreeNode } from './tree-node.ts';

/** What an identity's row needs to know about its surroundings. */
export interface IdentityPlace {
  /** Id of the app's row. */
  readonly parent: string;
  /** Tells roles that are on their way from roles that could not be read. */
  readonly reading: boolean;
  readonly connection: ConnectionKind;
  readonly now: number;
  /** True where Microsoft Graph may be asked what groups are called. */
  readonly directory: boolean;
  /** What a close look told, once somebody took one. */
  readonly detail: Detail<IdentityDetails> | undefined;
}

/** Row of a managed identity: its role assignments, what a close look tells, then its ids. */
export function describeIdentity(identity: ManagedIdentity, app: AppModel, place: IdentityPlace): TreeNode {
  const { parent, reading, detail } = place;
  const id = `${parent}/identity/${normalizeResourceId(identity.resourceId ?? identity.principalId)}`;
  const system = identity.kind === 'systemAssigned';
  const label = system ? 'System-assigned identity' : lastSegment(identity.resourceId ?? identity.principalId);
  const roles = identity.assignments;
  const clientId = identity.clientId ?? detail?.value?.clientId;
  const excessive = roles?.some(role => excessOf(role).some(({ severity }) => severity !== 'medium')) ?? false;
  const holds = roles === undefined ? (reading ? 'reading roles…' : 'roles not read') : count(roles.length, 'role');
  const description = system ? holds : `user-assigned · ${holds}`;
  return {
    id,
    label,
    description,
    tooltipMarkdown: identityTooltip(identity, label),
    icon: { id: system ? 'shield' : 'account', ...(excessive ? { color: 'list.warningForeground' } : {}) },
    contextValue: ['identity', 'principal', ...(clientId ? ['client'] : []), ...(system ? [] : ['resource'])].join(' '),
    collapsible: 'collapsed',
    children: [
      ...roleRows(roles, app, id, reading),
      ...throughGroups(detail?.value, app, id, place.directory),
      ...describeDetails(detail, id, place),
      ...idRows(identity.principalId, clientId, id),
    ],
    lazy: { kind: 'identity', appId: app.id, principalId: identity.principalId },
    accessibilityLabel: `${system ? label : `User-assigned identity ${label}`}, ${holds}`,
    subject: {
      principalId: identity.principalId,
      appId: app.id,
      ...(clientId ? { clientId } : {}),
      ...(identity.resourceId ? { resourceId: identity.resourceId } : {}),
    },
  };
}

function identityTooltip(identity: ManagedIdentity, label: string): string {
  const lines = [
    `**${markdownText(label)}** \\(${identity.kind === 'systemAssigned' ? 'system\\-assigned' : 'user\\-assigned'}\\)`,
    markdownText(
      identity.kind === 'systemAssigned'
        ? 'What code in this app signs in as by default. It belongs to this app alone and goes with it.'
        : 'A resource of its own: it may serve several apps, and stays when one of them goes. Code chooses it by its client ID.',
    ),
    `Principal ID ${markdownCode(identity.principalId)}: what role assignments name`,
  ];
  if (identity.clientId)
    lines.push(`Client ID ${markdownCode(identity.clientId)}: what code passes to choose this identity`);
  if (identity.resourceId) lines.push(`Resource ${markdownCode(identity.resourceId)}`);
  lines.push(
    documentationLink(
      'About managed identities',
      'https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/overview',
    ),
  );
  return lines.join('\n\n');
}

function roleRows(
  roles: readonly RoleAssignment[] | undefined,
  app: AppModel,
  parent: string,
  reading: boolean,
): TreeNode[] {
  if (roles === undefined && reading) {
    return [remarkRow(`${parent}/roles`, 'Reading role assignments…', 'Azure has been asked.', 'loading~spin')];
  }
  if (roles === undefined) {
    const why =
      'Azure did not say which roles this identity holds. It may hold some: the reason stands beside the app.';
    return [remarkRow(`${parent}/roles`, 'Role assignments could not be read', why, 'question')];
  }
  if (roles.length === 0) {
    const why =
      'No Azure role is assigned to this identity itself: what no group, data role or access policy lets it do is refused.';
    return [remarkRow(`${parent}/roles`, 'No role assignments', why, 'circle-slash')];
  }
  return byScope(roles).map(held => {
    const [first, ...more] = held;
    return first !== undefined && more.length === 0 ? describeRole(first, app, parent) : scopeRow(held, app, parent);
  });
}

/** Broadest scope first; a scope with several roles gets a row of its own. */
function byScope(roles: readonly RoleAssignment[]): readonly (readonly RoleAssignment[])[] {
  const scopes = new Map<string, RoleAssignment[]>();
  const sorted = roles.toSorted(
    (a, b) => breadthOf(b.scopeLevel) - breadthOf(a.scopeLevel) || a.role.localeCompare(b.role),
  );
  for (const role of sorted) {
    const key = normalizeResourceId(role.scope);
    const same = scopes.get(key);
    if (same) same.push(role);
    else scopes.set(key, [role]);
  }
  return [...scopes.values()];
}

function scopeRow(roles: readonly RoleAssignment[], app: AppModel, parent: string): TreeNode {
  const [first] = roles;
  const scope = first?.scope ?? '';
  const label = describeScope(scope, first?.scopeLevel ?? 'unknown');
  const inherited = first?.inherited === true ? 'inherited · ' : '';
  const id = `${parent}/scope/${normalizeResourceId(scope)}`;
  return {
    id,
    label,
    description: inherited + count(roles.length, 'role'),
    tooltipMarkdown: `Scope ${markdownCode(scope)}`,
    icon: { id: inherited === '' ? 'folder-library' : 'type-hierarchy-super' },
    contextValue: 'scope resource',
    collapsible: 'expanded',
    children: roles.map(role => describeRole(role, app, id)),
    accessibilityLabel: `${label}, ${inherited}${count(roles.length, 'role')}`,
    subject: { resourceId: scope },
  };
}

/** Roles that the identity has through groups, and those that it could activate. */
function throughGroups(
  details: IdentityDetails | undefined,
  app: AppModel,
  parent: string,
  directory: boolean,
): TreeNode[] {
  const { groupAssignments = [], eligible = [] } = details ?? {};
  return [
    ...groupAssignments.map(role => {
      const row = describeRole(role, app, `${parent}/group`, false);
      const via = `via group ${role.viaGroupName ?? role.viaGroup ?? ''}`;
      return {
        ...row,
        description: `${row.description ?? ''} · ${via}`,
        tooltipMarkdown: [
          row.tooltipMarkdown,
          `Held by the group ${role.viaGroupName === undefined ? '' : markdownText(role.viaGroupName)} ${markdownCode(role.viaGroup ?? '')}: every member has it\\. To take it from this identity alone, take the identity out of the group\\.`,
        ].join('\n\n'),
        icon: { ...row.icon, id: 'organization' },
        contextValue: 'role resource principal',
        accessibilityLabel: `${row.accessibilityLabel}, ${via}`,
        subject: { resourceId: role.scope, principalId: role.viaGroup ?? '' },
      };
    }),
    ...(groupAssignments.some(role => role.viaGroupName === undefined) && !directory ? [groupNamesRow(parent)] : []),
    ...eligible.map(role => {
      const row = describeRole(role, app, `${parent}/eligible`, false);
      return {
        ...row,
        description: `${row.description ?? ''} · eligible, not active`,
        icon: { id: 'circle-outline' },
        contextValue: 'role resource',
        accessibilityLabel: `${row.accessibilityLabel}, eligible but not active`,
      };
    }),
  ];
}

function groupNamesRow(parent: string): TreeNode {
  const title = 'Show group names…';
  return actionRow(`${parent}/group-names`, title, 'organization', { id: 'keyless.identities.askDirectory', title });
}

const rbacDocumentation = 'https://learn.microsoft.com/azure/role-based-access-control';

let grantsByRole: ReadonlyMap<string, string> | undefined;

/** What a role that is meant for apps allows, in the catalogue's words. */
function grantsOf(roleDefinitionId: string): string | undefined {
  grantsByRole ??= new Map(services.flatMap(({ roles }) => roles.map(({ id, grants }) => [id, grants] as const)));
  return grantsByRole.get(roleDefinitionId);
}

/** @param own - held by the identity itself: then it can be taken away here */
function describeRole(role: RoleAssignment, app: AppModel, parent: string, own = true): TreeNode {
  const scope = describeScope(role.scope, role.scopeLevel);
  const where = role.inherited ? `inherited from ${scope}` : scope;
  const condition = role.condition ? ' · conditional' : '';
  const [worst] = excessOf(role);
  const grants = grantsOf(role.roleDefinitionId);
  const remove = ['role', 'assignment', 'delete', '--ids', role.id];
  const lines = [
    `**${markdownText(role.role)}** ${markdownText(role.inherited ? where : `on ${where}`)}`,
    ...(grants === undefined ? [] : [`Allows: ${markdownText(grants)}`]),
    `Scope ${markdownCode(role.scope)}`,
    role.inherited
      ? `Assigned above resource group ${markdownCode(app.resourceGroup)}: it reaches everything below ${markdownText(scope)}\\.`
      : `Scope level: ${markdownText(levelWords(role.scopeLevel))}`,
    ...(role.principalType && role.principalType !== 'ServicePrincipal'
      ? [`Held through: ${markdownText(role.principalType)}`]
      : []),
    ...(role.condition ? [`Only under this condition:\n\n${markdownCode(role.condition)}`] : []),
    ...excessOf(role).map(
      ({ message, advice }) => `**Too much:** it ${markdownText(message)}\\. **What to do:** ${markdownText(advice)}`,
    ),
    ...(worst && own ? ['Then take this one away:', ...commandMarkdown(remove)] : []),
    `Role definition ${markdownCode(role.roleDefinitionId)}`,
    ...(role.condition ? [documentationLink('About conditions', `${rbacDocumentation}/conditions-overview`)] : []),
    documentationLink('About roles', `${rbacDocumentation}/built-in-roles`),
  ];
  return {
    id: `${parent}/role/${normalizeResourceId(role.id)}`,
    label: role.role,
    description: where + condition + (worst ? ` · ${worst.message}` : ''),
    tooltipMarkdown: lines.join('\n\n'),
    icon: worst
      ? { id: 'warning', color: worst.severity === 'medium' ? 'list.deemphasizedForeground' : 'list.warningForeground' }
      : { id: role.inherited ? 'type-hierarchy-super' : 'key' },
    contextValue: `role resource assigned${worst ? ' fixable' : ''}`,
    collapsible: 'none',
    children: [],
    accessibilityLabel: `Role ${role.role}, ${role.inherited ? where : `on ${where}`}${role.condition ? ', only under a condition' : ''}${worst ? `. It ${worst.message}` : ''}`,
    subject: {
      resourceId: role.scope,
      roleAssignmentId: role.id,
      appId: app.id,
      ...(worst ? { azureCli: remove } : {}),
    },
  };
}

function idRows(principalId: string, clientId: string | undefined, parent: string): TreeNode[] {
  const row = (name: string, value: string, contextValue: string, subject: TreeNode['subject']): TreeNode => ({
    id: `${parent}/${contextValue}`,
    label: name,
    description: value,
    tooltipMarkdown: `${name} ${markdownCode(value)}`,
    icon: { id: 'tag' },
    contextValue,
    collapsible: 'none',
    children: [],
    accessibilityLabel: `${name} ${value}`,
    ...(subject ? { subject } : {}),
  });
  return [
    row('Principal ID', principalId, 'principal', { principalId }),
    ...(clientId ? [row('Client ID', clientId, 'client', { clientId })] : []),
  ];
}
