import type { AppModel, IdentityModel, ManagedIdentity, RoleAssignment, ScopeLevel } from '../rbac/identity-model.ts';

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
  const lines = model.apps.flatMap(app => [...appLines(app), '']);
  if (model.problems.length > 0) {
    lines.push(`Could not be read (${model.problems.length}):`);
    for (const { kind, scope, message } of model.problems) {
      lines.push(`  ${kind}${scope === '' ? '' : ` ${scope}`}`, `    ${message}`);
    }
    lines.push('');
  }
  if (model.apps.length === 0 && model.problems.length === 0) lines.push('No apps.', '');
  lines.push(`As of ${model.asOf}`, '');
  // What Azure sends must not steer the terminal.
  return lines.map(line => line.replace(/\p{Cc}/gu, ' ')).join('\n');
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
  return assignments.flatMap(({ role, scope, scopeLevel, inherited, condition }) => [
    `    ${role.padEnd(width)}  ${LEVELS[scopeLevel]} ${scope}${inherited ? ' (inherited by the app)' : ''}`,
    ...(condition === undefined ? [] : [`    ${' '.repeat(width)}  if ${condition}`]),
  ]);
}
