import type { AppModel, IdentityModel, ManagedIdentity } from '../rbac/identity-model.ts';
import { postureOf } from '../rbac/posture.ts';
import { excessOf, productionOf, swapGaps } from '../rbac/privilege.ts';
import type { DetailsOf } from './audit-json.ts';

/** The identity model as a page to hand on: a table of roles for every app, what is excessive, and failed checks. */
export function auditMarkdown(model: IdentityModel, details: DetailsOf = () => undefined): string {
  const lines = [
    '# Identities of App Services',
    '',
    `As of ${model.asOf}.`,
    ...model.apps.flatMap(app => ['', ...appLines(app, model, details)]),
  ];
  if (model.problems.length > 0) {
    lines.push('', '## Could not be read', '');
    for (const { scope, message } of model.problems)
      lines.push(`- ${scope === '' ? '' : `\`${scope}\`: `}${plain(message)}`);
  }
  return `${lines.join('\n')}\n`;
}

function appLines(app: AppModel, { apps }: IdentityModel, details: DetailsOf): string[] {
  const name = app.slot === undefined ? app.name : `${app.name} / ${app.slot}`;
  const rows = app.identities.flatMap(identity => roleRows(identity));
  const failed = postureOf(app, details(app)).filter(({ outcome }) => outcome === 'fail');
  const site = app.slot === undefined ? undefined : productionOf(app, apps);
  const gaps = (site && swapGaps(site, app)) ?? [];
  return [
    `## ${plain(name)}`,
    '',
    `\`${app.id}\``,
    '',
    ...(app.identities.length === 0 ? ['No managed identity.'] : []),
    ...(rows.length === 0 ? [] : ['| Identity | Role | Scope | Remarks |', '| --- | --- | --- | --- |', ...rows]),
    ...(gaps.length === 0
      ? []
      : ['', `Lacks of production: ${gaps.map(({ role, scope }) => `${plain(role)} on \`${scope}\``).join(', ')}.`]),
    ...(failed.length === 0
      ? []
      : ['', ...failed.map(({ check, detail }) => `- ${check.title}: no (${plain(detail)})`)]),
  ];
}

function roleRows(identity: ManagedIdentity): string[] {
  const name = plain(identity.resourceId?.split('/').at(-1) ?? 'System-assigned');
  if (identity.assignments === undefined) return [`| ${name} | could not be read | | |`];
  if (identity.assignments.length === 0) return [`| ${name} | none | | |`];
  return identity.assignments.map(role => {
    const remarks = [
      ...(role.inherited ? ['inherited'] : []),
      ...(role.condition === undefined ? [] : ['conditional']),
      ...excessOf(role).map(({ message }) => message),
    ];
    return `| ${name} | ${plain(role.role)} | \`${role.scope}\` | ${remarks.join('; ')} |`;
  });
}

/** Words from Azure as literal text of one line, in a table as well. */
function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|]/g, String.raw`\$&`).replace(/\s+/g, ' ');
}
