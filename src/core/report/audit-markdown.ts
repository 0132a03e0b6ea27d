import type {
  AppModel,
  CloseLook,
  IdentityDetails,
  IdentityModel,
  ManagedIdentity,
  OrphanReport,
  RoleAssignment,
} from '../rbac/identity-model.ts';
import { postureOf } from '../rbac/posture.ts';
import { excessOf, productionOf, swapGaps } from '../rbac/privilege.ts';
import { fromAfar } from './audit-json.ts';

/** The identity model as a page to hand on: a table of roles for every app, what is excessive, and failed checks. */
export function auditMarkdown(model: IdentityModel, look: CloseLook = fromAfar): string {
  const lines = [
    '# Identities of App Services',
    '',
    `As of ${model.asOf}.`,
    ...model.apps.flatMap(app => ['', ...appLines(app, model, look)]),
    ...orphanLines(look.orphans),
  ];
  const problems = [...model.problems, ...(look.orphans?.problems ?? []), ...problemsOf(model, look)];
  if (problems.length > 0) {
    lines.push('', '## Could not be read', '');
    for (const { scope, message } of problems)
      lines.push(`- ${scope === '' ? '' : `${code(scope)}: `}${plain(message)}`);
  }
  return `${lines.join('\n')}\n`;
}

function problemsOf({ apps }: IdentityModel, look: CloseLook): IdentityModel['problems'] {
  return apps.flatMap(app => [
    ...(look.app(app)?.problems ?? []),
    ...app.identities.flatMap(identity => look.identity(app, identity)?.problems ?? []),
  ]);
}

function appLines(app: AppModel, { apps }: IdentityModel, look: CloseLook): string[] {
  const name = app.slot === undefined ? app.name : `${app.name} / ${app.slot}`;
  const rows = app.identities.flatMap(identity => roleRows(identity, look.identity(app, identity)));
  const failed = postureOf(app, look.app(app)).filter(({ outcome }) => outcome === 'fail');
  const site = app.slot === undefined ? undefined : productionOf(app, apps);
  const gaps = (site && swapGaps(site, app)) ?? [];
  return [
    `## ${plain(name)}`,
    '',
    code(app.id),
    '',
    ...(app.identities.length === 0 ? ['No managed identity.'] : []),
    ...(rows.length === 0 ? [] : ['| Identity | Role | Scope | Remarks |', '| --- | --- | --- | --- |', ...rows]),
    ...(gaps.length === 0
      ? []
      : ['', `Lacks of production: ${gaps.map(({ role, scope }) => `${plain(role)} on ${code(scope)}`).join(', ')}.`]),
    ...(failed.length === 0
      ? []
      : ['', ...failed.map(({ check, detail }) => `- ${check.title}: no (${plain(detail)})`)]),
  ];
}

function roleRows(identity: ManagedIdentity, details: IdentityDetails | undefined): string[] {
  const name = plain(identity.resourceId?.split('/').at(-1) ?? 'System-assigned');
  const row = (role: string, scope: string, remarks: readonly string[] = []): string =>
    `| ${name} | ${plain(role)} | ${scope === '' ? '' : code(scope)} | ${remarks.map(plain).join('; ')} |`;
  const { groupAssignments = [], eligible = [], deny = [], dataPlaneRoles = [] } = details ?? {};
  return [
    ...(identity.assignments === undefined ? [row('could not be read', '')] : []),
    ...(identity.assignments?.length === 0 ? [row('none', '')] : []),
    ...(identity.assignments ?? []).map(role => row(role.role, role.scope, remarksOn(role))),
    ...groupAssignments.map(role =>
      row(role.role, role.scope, [`through group ${role.viaGroupName ?? role.viaGroup ?? ''}`, ...remarksOn(role)]),
    ),
    ...eligible.map(role => row(role.role, role.scope, ['eligible, not active', ...remarksOn(role)])),
    ...dataPlaneRoles.map(({ role, scope, kind }) =>
      row(role, scope, [kind === 'cosmosSql' ? 'data role of Cosmos DB' : 'access policy of the key vault']),
    ),
    ...deny.map(({ actions, scope, name: title }) => row(`denied: ${actions.join(', ')}`, scope, [title])),
  ];
}

function remarksOn(role: RoleAssignment): string[] {
  return [
    ...(role.inherited ? ['inherited'] : []),
    ...(role.condition === undefined ? [] : ['conditional']),
    ...excessOf(role).map(({ message }) => message),
  ];
}

function orphanLines(report: OrphanReport | undefined): string[] {
  if (!report?.orphans) return [];
  const rows = report.orphans.map(
    ({ role, scope, principalId, principalType = '' }) =>
      `| ${plain(role)} | ${code(scope)} | ${code(principalId)} | ${plain(principalType)} |`,
  );
  return [
    '',
    '## Orphaned role assignments',
    '',
    rows.length === 0 ? 'None: every principal exists.' : 'Their principal no longer exists: they can be removed.',
    ...(rows.length === 0 ? [] : ['', '| Role | Scope | Principal | It was |', '| --- | --- | --- | --- |', ...rows]),
  ];
}

/** An id as a code span that no backtick or bar in it ends. */
function code(text: string): string {
  return `\`${text.replace(/[`|\s]+/g, ' ')}\``;
}

/** Words from Azure as literal text of one line, in a table as well. */
function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|]/g, String.raw`\$&`).replace(/\s+/g, ' ');
}
