import { postureOf } from '../rbac/posture.ts';
import { excessOf } from '../rbac/privilege.ts';
import { fromAfar } from './audit-json.ts';
import type {
  AppDetails,
  AppModel,
  CloseLook,
  IdentityDetails,
  IdentityModel,
  ManagedIdentity,
  OrphanedAssignment,
  Problem,
  RoleAssignment,
  ScopeLevel,
} from '../rbac/identity-model.ts';

const LEVELS: Readonly<Record<ScopeLevel, string>> = {
  root: 'root',
  managementGroup: 'management group',
  subscription: 'subscription',
  resourceGroup: 'resource group',
  resource: 'resource',
  subResource: 'sub-resource',
  unknown: 'scope',
};

/** The identity model as a tree of plain text, as `keyless audit` prints it. */
export function auditText(model: IdentityModel, look: CloseLook = fromAfar): string {
  const apps = model.apps.map(app => `${appText(app, look)}\n`).join('');
  const { orphans, problems = [] } = look.orphans ?? {};
  const unread = [
    ...model.problems,
    ...problems,
    ...model.apps.flatMap(app => [
      ...(look.app(app)?.problems ?? []),
      ...app.identities.flatMap(identity => look.identity(app, identity)?.problems ?? []),
    ]),
  ];
  const none = model.apps.length === 0 && unread.length === 0 ? 'No apps.\n\n' : '';
  return `${apps}${orphans ? orphansText(orphans) : ''}${problemsText(unread)}${none}As of ${model.asOf}\n`;
}

/** One app with its identities and their roles, ending with a line break. */
export function appText(app: AppModel, look: CloseLook = fromAfar): string {
  return textOf(appLines(app, look));
}

/** Role assignments whose principal is gone, and an empty line. */
export function orphansText(orphans: readonly OrphanedAssignment[]): string {
  const lines = orphans.flatMap(({ role, scope, scopeLevel, principalId, principalType = 'principal' }) => [
    `  ${role}  ${LEVELS[scopeLevel]} ${scope}`,
    `    ! ${principalType} ${principalId} no longer exists`,
  ]);
  return textOf([`Orphaned role assignments (${orphans.length}):`, ...lines, '']);
}

/** What could not be read, and an empty line; nothing when there is no problem. */
export function problemsText(problems: readonly Problem[]): string {
  if (problems.length === 0) return '';
  const lines = problems.flatMap(({ kind, scope, message }) => [
    `  ${kind}${scope === '' ? '' : ` ${scope}`}`,
    `    ${message}`,
  ]);
  return textOf([`Could not be read (${problems.length}):`, ...lines, '']);
}

function textOf(lines: readonly string[]): string {
  // What Azure sends must not steer the terminal.
  return lines.map(line => `${line.replace(/\p{Cc}/gu, ' ')}\n`).join('');
}

function appLines(app: AppModel, look: CloseLook): string[] {
  const name = app.slot === undefined ? app.name : `${app.name}, slot ${app.slot}`;
  const facts = [app.kind, app.location, app.resourceGroup].filter(Boolean).join(', ');
  const identities = app.identities.flatMap(identity => identityLines(identity, look.identity(app, identity)));
  return [
    `${name} (${facts})`,
    `  ${app.id}`,
    ...(identities.length > 0 ? identities : ['  no managed identity']),
    ...detailLines(app, look.app(app)),
  ];
}

/** Settings that hold a secret, and checks that failed. */
function detailLines(app: AppModel, details: AppDetails | undefined): string[] {
  if (!details) return [];
  const secrets = details.settings?.filter(({ kind }) => kind === 'secret') ?? [];
  const failed = postureOf(app, details).filter(({ outcome }) => outcome === 'fail');
  return [
    ...secrets.map(({ name, secret }) => `  setting ${name}: ! looks like ${secret ?? 'a secret'}`),
    ...failed.map(({ check, detail }) => `  ${check.title}: no, ${detail} (${check.severity})`),
  ];
}

function identityLines(identity: ManagedIdentity, details: IdentityDetails | undefined): string[] {
  const { kind, principalId, clientId = details?.clientId, resourceId, assignments } = identity;
  const title =
    kind === 'systemAssigned'
      ? 'system-assigned identity'
      : `user-assigned identity ${resourceId?.slice(resourceId.lastIndexOf('/') + 1) ?? ''}`;
  const client = clientId === undefined ? '' : `, client ${clientId}`;
  return [
    `  ${title} (principal ${principalId}${client})`,
    ...assignmentLines(assignments),
    ...(details ? identityDetailLines(details) : []),
  ];
}

function identityDetailLines(details: IdentityDetails): string[] {
  const { groupAssignments = [], eligible = [], deny = [], dataPlaneRoles = [] } = details;
  const { federatedCredentials = [], sharedWith = [] } = details;
  return [
    ...groupAssignments.map(
      ({ role, scope, viaGroup = '', viaGroupName = viaGroup }) =>
        `    ${role}  ${scope} (through group ${viaGroupName})`,
    ),
    ...eligible.map(({ role, scope }) => `    ${role}  ${scope} (eligible, not active)`),
    ...deny.map(({ actions, scope }) => `    denied ${actions.join(', ')}  ${scope}`),
    ...dataPlaneRoles.map(({ role, scope }) => `    ${role}  ${scope} (in the service itself)`),
    ...federatedCredentials.map(({ issuer, subject }) => `    tokens for ${subject} of ${issuer}`),
    ...sharedWith.map(id => `    shared with ${id}`),
  ];
}

function assignmentLines(assignments: readonly RoleAssignment[] | undefined): string[] {
  if (!assignments) return ['    role assignments could not be read'];
  if (assignments.length === 0) return ['    no role assignments'];
  const width = Math.max(...assignments.map(({ role }) => role.length));
  return assignments.flatMap(assignment => {
    const { role, scope, scopeLevel, inherited, condition } = assignment;
    return [
      `    ${role.padEnd(width)}  ${LEVELS[scopeLevel]} ${scope}${inherited ? ' (inherited by the app)' : ''}`,
      ...(condition === undefined ? [] : [`    ${' '.repeat(width)}  if ${condition}`]),
      ...excessOf(assignment).map(({ message }) => `    ${' '.repeat(width)}  ! ${message}`),
    ];
  });
}
