import type { SourceDocument } from '../engine/finding.ts';
import type { Service } from '../services/service.ts';
import { applyEdits, changeBetween, type TextEdit } from '../text/text-edit.ts';
import { isRefusal, type Fix, type Refusal } from './fix.ts';
import { followUpsOf } from './follow-ups.ts';
import { refuseOutdated } from './outdated.ts';
import type { Plan } from './plan.ts';
import { errorCount } from './refusals.ts';
import { changeSettings, type ChangedSettings } from './setting-change.ts';
import { rewriteLookups, rewriteReaders } from './setting-readers.ts';
import { agreed, alongWith, refuseLeft } from './setting-rewrites.ts';
import type { RewriteTools } from './tools.ts';

/** Applies a plan to a copy and reads it again: a fix is handed out only when it parses and the secret is gone. */
export async function verifiedFix(
  document: SourceDocument,
  plan: Plan,
  services: readonly Service[],
  tools: RewriteTools,
): Promise<Fix | Refusal> {
  const after: SourceDocument = { ...document, text: applyEdits(document.text, plan.edits) };
  if (plan.secret !== undefined && after.text.includes(plan.secret)) {
    return {
      refusal:
        'The same secret stands elsewhere in this file as well. Remove the other copies first, then run the fix again.',
    };
  }
  const before = await tools.languages.read(document, file => errorCount(file.root));
  const now = await tools.languages.read(after, file => errorCount(file.root));
  if (before === undefined || now === undefined || now > before) {
    return { refusal: 'The rewritten code would not parse, so nothing was changed. Change the client by hand.' };
  }
  const outdated = await refuseOutdated(document, plan, tools.workspace);
  if (outdated !== undefined) return outdated;
  const { followUps, manifestEdits } = await followUpsOf(document, plan, tools.workspace);
  const along = await settingsAlong(document, after, plan, services, tools);
  if (isRefusal(along)) return along;
  const edited = new Set([document.uri, ...manifestEdits.map(({ uri }) => uri)]);
  return {
    files: [
      { uri: document.uri, edits: along.own ?? plan.edits },
      ...manifestEdits,
      ...along.files.filter(({ uri }) => !edited.has(uri)),
    ],
    followUps: [...new Map([...followUps, ...along.followUps].map(one => [one.kind + one.message, one])).values()],
  };
}

interface Along extends ChangedSettings {
  /** Where the document itself reads the setting more than once. */
  readonly own?: readonly TextEdit[];
}

/** Everything else that changes with the code: other reads of its setting, the setting, and what would defeat it. */
async function settingsAlong(
  document: SourceDocument,
  after: SourceDocument,
  plan: Plan,
  services: readonly Service[],
  tools: RewriteTools,
): Promise<Along | Refusal> {
  const { setting, choice = { kind: 'default' } } = plan;
  const defeating = defeatingSettings(plan).map(name => ({ name }));
  if (setting === undefined) return changeSettings(document, defeating, tools.workspace);
  const keepsName = setting.becomes?.name === setting.name;
  const again = keepsName ? undefined : await rewriteLookups(after, [setting.name], services, tools, choice);
  const others = await rewriteReaders(setting.name, document.uri, document.uri, services, tools, choice);
  const readers = [...(again === undefined ? [] : [again]), ...others];
  const changes = readers.flatMap(({ plans }) => plans.flatMap(other => other.setting ?? []));
  const change = agreed(setting.name, [setting, ...changes]);
  // What still reads the old setting needs it: then it stays, and the new one is for a person to add.
  if ('refusal' in change || refuseLeft(setting.name, readers) !== undefined) {
    return changeSettings(document, defeating, tools.workspace);
  }
  const rewritten = await alongWith(others, tools);
  if (isRefusal(rewritten)) return rewritten;
  const changed = await changeSettings(document, [change, ...defeating], tools.workspace);
  if (isRefusal(changed)) return changed;
  return {
    files: [...rewritten.files, ...changed.files],
    followUps: [...changed.followUps, ...rewritten.followUps],
    ...(again === undefined ? {} : { own: [changeBetween(document.text, again.after.text)] }),
  };
}

/** Settings that keep the old key in use, or make the new client fail, while they are there. */
function defeatingSettings({ migrations, setting }: Plan): string[] {
  const names = migrations.flatMap(({ migration }) => [
    ...(migration.conflictingSetting === undefined ? [] : [migration.conflictingSetting]),
    // The default credential would sign in with the client secret first.
    ...(migration.after === '$CREDENTIAL' ? ['AZURE_CLIENT_SECRET'] : []),
  ]);
  return [...new Set(names)].filter(name => name !== setting?.name);
}
