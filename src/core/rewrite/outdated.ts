import type { SourceDocument } from '../engine/finding.ts';
import type { NeededPackage } from '../services/service.ts';
import type { WorkspaceView } from './fix.ts';
import { serviceFollowUps } from './follow-ups.ts';
import type { GuidedRefusal } from './guide.ts';
import { isOlder, statedVersion } from './installed-version.ts';
import { identityPackage, updateCommand } from './manifest.ts';
import type { Plan } from './plan.ts';

/** Steps instead of an edit where an installed package is too old for the new code; `undefined` when all will do. */
export async function refuseOutdated(
  document: SourceDocument,
  plan: Plan,
  workspace: WorkspaceView | undefined,
): Promise<GuidedRefusal | undefined> {
  const [first] = plan.migrations;
  if (first === undefined) return undefined;
  const { language } = first.migration;
  const needed: NeededPackage[] = plan.migrations.flatMap(({ migration }) =>
    migration.since === undefined ? [] : [{ name: migration.package, version: migration.since }],
  );
  // Older identity packages know the default credential, but no such option.
  if (plan.choice?.kind === 'fromEnvironment') needed.push(identityPackage(language));
  for (const { name, version } of needed) {
    const stated = await statedVersion(document, language, name, workspace);
    if (stated === undefined || !isOlder(stated.version, version)) continue;
    const { service, migration } = plan.migrations.find(({ migration: { package: own } }) => own === name) ?? first;
    const after = migration.examples[0]?.after;
    const file = stated.uri.split('/').at(-1) ?? stated.uri;
    return {
      refusal: `The keyless form needs ${name} ${version} or newer, and ${file} says ${stated.version}.`,
      guide: {
        title: `${service.name} without a secret`,
        steps: [
          `Update ${name} to ${version} or newer: \`${updateCommand(language, { name, version })}\`. Read its change log first: other calls may have changed as well.`,
          'Run the fix again.',
        ],
        ...(after === undefined ? {} : { snippet: { languageId: document.languageId, text: after } }),
        documentation: service.documentation,
        followUps: serviceFollowUps(service),
      },
    };
  }
  return undefined;
}
