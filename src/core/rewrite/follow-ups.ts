import type { SourceDocument } from '../engine/finding.ts';
import type { Service } from '../services/service.ts';
import type { FileEdits, FollowUp, SharedNeed, WorkspaceView } from './fix.ts';
import { choiceFollowUps } from './credential-choices.ts';
import { addPackages } from './manifest.ts';
import { roleFollowUps, type ServiceUse } from './needed-roles.ts';
import { resourceId } from './role-forms.ts';
import type { Plan } from './plan.ts';

/** Everything that remains after the code is changed, most urgent first; manifest edits travel with the fix. */
export async function followUpsOf(
  document: SourceDocument,
  plan: Plan,
  workspace: WorkspaceView | undefined,
): Promise<AfterRewrite> {
  const followUps: FollowUp[] = [...plan.followUps];
  const manifestEdits: FileEdits[] = [];
  const needs: SharedNeed[] = [];
  const language = plan.migrations[0]?.migration.language;
  if (language !== undefined) {
    const packages = plan.migrations.flatMap(({ migration }) => migration.packages ?? []);
    const added = await addPackages(document, language, workspace, packages, plan.usesIdentityPackage);
    if (added.edits !== undefined) manifestEdits.push(added.edits);
    followUps.push(...added.followUps);
    needs.push(...added.needs);
    if (plan.choice !== undefined) followUps.push(...choiceFollowUps(plan.choice, language));
  }
  for (const service of new Set(plan.migrations.map(migration => migration.service))) {
    const own = plan.migrations.flatMap(({ migration, service: of }) =>
      of === service ? (migration.followUps ?? []) : [],
    );
    followUps.push(...withOwn(own, serviceFollowUps(service, plan.uses.get(service))));
  }
  for (const setting of new Set(plan.migrations.flatMap(({ migration }) => migration.conflictingSetting ?? []))) {
    if (followUps.some(({ kind, message }) => kind === 'removeSetting' && message.includes(` ${setting} `))) continue;
    followUps.push({
      kind: 'removeSetting',
      message: `Remove the setting ${setting} wherever the app runs: while it is set, the key is used or the client fails.`,
      together: {
        key: 'remove conflicting',
        message: 'Remove the settings {} wherever the app runs: while one is set, its key is used or the client fails.',
        item: setting,
      },
    });
  }
  followUps.push(...plan.cautions.map(message => ({ kind: 'checkOtherUses' as const, message })));
  if (plan.removedImportable.length > 0) {
    followUps.push({
      kind: 'checkOtherUses',
      message: `Removed: ${plan.removedImportable.join(', ')}. Check that no other module uses it.`,
      together: {
        key: 'removed importable',
        message: 'Removed from {files}: {}. Check that no other module uses them.',
        item: plan.removedImportable.join(', '),
      },
    });
  }
  if (plan.asyncCredential && language === 'python') {
    followUps.push({
      kind: 'checkOtherUses',
      message: 'Close the asynchronous credential when the client is closed, e.g. with `async with`.',
    });
  }
  return { followUps, manifestEdits, needs };
}

export interface AfterRewrite {
  readonly followUps: readonly FollowUp[];
  readonly manifestEdits: readonly FileEdits[];
  readonly needs: readonly SharedNeed[];
}

/** Follow-ups, and those of a more general list that they do not say better. */
export function withOwn(own: readonly FollowUp[], general: readonly FollowUp[]): FollowUp[] {
  const said = new Set(own.map(({ kind }) => kind));
  const unique = new Map(own.map(followUp => [followUp.kind + followUp.message, followUp]));
  return [...unique.values(), ...general.filter(({ kind }) => !said.has(kind))];
}

/** What remains once nothing uses the service's secret: roles, rotation, keys off. */
export function serviceFollowUps(service: Service, use?: ServiceUse): FollowUp[] {
  const followUps: FollowUp[] = [...(service.prerequisites ?? []), ...roleFollowUps(service, use)];
  const { what = `the old secret of ${service.name}`, command } = service.rotation ?? {};
  followUps.push({
    kind: 'rotateSecret',
    message: `Rotate ${what}: it has been readable in this file and its history.`,
    ...(command === undefined ? {} : { copyable: command.replace('<name>', use?.resource ?? '<name>') }),
    together: {
      key: what,
      message: `Rotate ${what}: it has been readable in {files}, and the history keeps it.`,
    },
  });
  if (service.keysOff !== undefined) {
    const { resourceType, property, value, command } = service.keysOff;
    followUps.push({
      kind: 'turnKeysOff',
      message: `Once every caller uses identity, turn keys off: set ${property} to ${String(value)} on the ${resourceType} resource.`,
      copyable:
        command ??
        `az resource update --ids ${resourceId(resourceType, use?.resource)} --set properties.${property}=${String(value)}`,
    });
  }
  return followUps;
}
