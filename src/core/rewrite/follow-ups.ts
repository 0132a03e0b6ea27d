import type { SourceDocument } from '../engine/finding.ts';
import type { Service } from '../services/service.ts';
import type { FileEdits, FollowUp, WorkspaceView } from './fix.ts';
import { choiceFollowUps } from './credential-choices.ts';
import { addPackages } from './manifest.ts';
import type { Plan } from './plan.ts';

/** Everything that remains after the code is changed, most urgent first; manifest edits travel with the fix. */
export async function followUpsOf(
  document: SourceDocument,
  plan: Plan,
  workspace: WorkspaceView | undefined,
): Promise<{ readonly followUps: readonly FollowUp[]; readonly manifestEdits: readonly FileEdits[] }> {
  const followUps: FollowUp[] = [...plan.followUps];
  const manifestEdits: FileEdits[] = [];
  const language = plan.migrations[0]?.migration.language;
  if (language !== undefined) {
    const packages = plan.migrations.flatMap(({ migration }) => migration.packages ?? []);
    const added = await addPackages(document, language, workspace, packages, plan.usesIdentityPackage);
    if (added.edits !== undefined) manifestEdits.push(added.edits);
    followUps.push(...added.followUps);
    if (plan.choice !== undefined) followUps.push(...choiceFollowUps(plan.choice, language));
  }
  for (const service of new Set(plan.migrations.map(migration => migration.service))) {
    const own = plan.migrations.flatMap(({ migration, service: of }) =>
      of === service ? (migration.followUps ?? []) : [],
    );
    followUps.push(...withOwn(own, serviceFollowUps(service)));
  }
  for (const setting of new Set(plan.migrations.flatMap(({ migration }) => migration.conflictingSetting ?? []))) {
    if (followUps.some(({ kind, message }) => kind === 'removeSetting' && message.includes(` ${setting} `))) continue;
    followUps.push({
      kind: 'removeSetting',
      message: `Remove the setting ${setting} wherever the app runs: while it is set, the key is used or the client fails.`,
    });
  }
  followUps.push(...plan.cautions.map(message => ({ kind: 'checkOtherUses' as const, message })));
  if (plan.removedImportable.length > 0) {
    followUps.push({
      kind: 'checkOtherUses',
      message: `Removed: ${plan.removedImportable.join(', ')}. Check that no other module uses it.`,
    });
  }
  if (plan.asyncCredential && language === 'python') {
    followUps.push({
      kind: 'checkOtherUses',
      message: 'Close the asynchronous credential when the client is closed, e.g. with `async with`.',
    });
  }
  return { followUps, manifestEdits };
}

/** Follow-ups, and those of a more general list that they do not say better. */
export function withOwn(own: readonly FollowUp[], general: readonly FollowUp[]): FollowUp[] {
  const said = new Set(own.map(({ kind }) => kind));
  const unique = new Map(own.map(followUp => [followUp.kind + followUp.message, followUp]));
  return [...unique.values(), ...general.filter(({ kind }) => !said.has(kind))];
}

/** What remains once nothing uses the service's secret: roles, rotation, keys off. */
export function serviceFollowUps(service: Service): FollowUp[] {
  const followUps: FollowUp[] = [...(service.prerequisites ?? [])];
  const [role] = service.roles;
  if (role === undefined) {
    followUps.push({
      kind: 'grantRole',
      message: "Give the app's identity the roles that the app registration held: it signs in as itself from now on.",
      copyable: 'az role assignment list --assignee <app-registration-client-id> --all',
    });
  }
  if (role !== undefined) {
    followUps.push({
      kind: 'grantRole',
      message: `Grant the app's identity a role on ${service.name}: "${role.name}" ${role.grants}; choose a wider one only if the code needs it.`,
      copyable: grantCommand(role),
    });
  }
  followUps.push({
    kind: 'rotateSecret',
    message: `Rotate the old secret of ${service.name}: it has been readable in this file and its history.`,
  });
  if (service.keysOff !== undefined) {
    const { resourceType, property, value, command } = service.keysOff;
    followUps.push({
      kind: 'turnKeysOff',
      message: `Once every caller uses identity, turn keys off: set ${property} to ${String(value)} on the ${resourceType} resource.`,
      copyable: command ?? `az resource update --ids <resource-id> --set properties.${property}=${String(value)}`,
    });
  }
  return followUps;
}

function grantCommand(role: Service['roles'][number]): string {
  if (role.grant !== undefined) return role.grant;
  switch (role.plane ?? 'arm') {
    case 'cosmosSql':
      return `az cosmosdb sql role assignment create --account-name <account> --resource-group <resource-group> --role-definition-id ${role.id} --principal-id <principal-id> --scope "/"`;
    case 'database':
      return `CREATE USER [<identity-name>] FROM EXTERNAL PROVIDER; ALTER ROLE ${role.name} ADD MEMBER [<identity-name>];`;
    case 'arm':
      return `az role assignment create --role "${role.name}" --assignee-object-id <principal-id> --assignee-principal-type ServicePrincipal --scope <scope>`;
  }
}
