import { excessOf } from '../rbac/privilege.ts';
import type {
  AppModel,
  IdentityModel,
  ManagedIdentity,
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
export function auditText(model: IdentityModel): string {
  const apps = model.apps.map(app => `${appText(app)}\n`).join('');
  const none = model.apps.length === 0 && model.problems.length === 0 ? 'No apps.\n\n' : '';
  return `${apps}${problemsText(model.problems)}${none}As of ${model.asOf}\n`;
}

/** One app with its identities and their roles, ending with a line break. */
export function appText(app: AppModel): string {
  return textOf(appLines(app));
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

function appLines(app: AppModel): string[] {
  const name = app.slot === undefined ? app.name : `${app.name}, slot ${app.slot}`;
  const facts = [app.kind, app.location, app.resourceGroup].filter(Boolean).join(', ');
  const identities = app.identities.flatMap(identityLines);
  return [`${name} (${facts})`, `  ${app.id}`, ...(identities.length > 0 ? identities : ['  no managed identity'])];
}

function identityLines(identity: ManagedIdentity): string[] {
  const { kind, principalId, clientId, resourceId, assignments } = identity;
  const title =
    kind === 'systemAssigned'
      ? 'system-assigned identity'
      : `user-assigned identity ${resourceId?.slice(resourceId.lastIndexOf('/') + 1) ?? ''}`;
  const client = clientId === undefined ? '' : `, client ${clientId}`;
  return [`  ${title} (principal ${principalId}${client})`, ...assignmentLines(assignments)];
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
