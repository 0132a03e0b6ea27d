import type { SourceDocument } from '../engine/finding.ts';
import { adapterFor } from '../languages/adapters.ts';
import type { Service } from '../services/service.ts';
import { applyEdits, changeBetween, type TextEdit } from '../text/text-edit.ts';
import { isRefusal, type Fix, type Refusal } from './fix.ts';
import { followUpsOf } from './follow-ups.ts';
import { collectManifestEdits, type ManifestEdits } from './manifest-edits.ts';
import { refuseOutdated } from './outdated.ts';
import type { Plan } from './plan.ts';
import { errorCount } from './refusals.ts';
import { changeSettings, type ChangedSettings, type SettingChange } from './setting-change.ts';
import { rewriteLookups, rewriteReaders, type RewrittenReader } from './setting-readers.ts';
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
  const called = await refuseCalledElsewhere(document, plan, tools);
  if (called !== undefined) return called;
  const manifests = collectManifestEdits(tools.workspace);
  const { followUps, manifestEdits, needs } = await followUpsOf(document, plan, manifests.workspace);
  manifests.add(manifestEdits);
  const along = await settingsAlong(document, after, plan, services, tools, manifests);
  if (isRefusal(along)) return along;
  return {
    files: [
      { uri: document.uri, edits: along.own ?? plan.edits },
      ...manifests.files(),
      ...along.files.filter(({ uri }) => uri !== document.uri),
    ],
    followUps: [...new Map([...followUps, ...along.followUps].map(one => [one.kind + one.message, one])).values()],
    needs: [...needs, ...along.needs],
  };
}

interface Along extends ChangedSettings {
  /** Where the document itself reads the setting more than once. */
  readonly own?: readonly TextEdit[];
}

/** Everything else that changes with the code: other reads of its settings, the settings, and what would defeat it. */
async function settingsAlong(
  document: SourceDocument,
  after: SourceDocument,
  plan: Plan,
  services: readonly Service[],
  tools: RewriteTools,
  manifests: ManifestEdits,
): Promise<Along | Refusal> {
  const { settings, choice = { kind: 'default' } } = plan;
  const changes: SettingChange[] = defeatingSettings(plan).map(name => ({ name }));
  const others: RewrittenReader[] = [];
  let own = after;
  for (const setting of settings) {
    const { name, becomes } = setting;
    if (setting.stays === true) {
      changes.push(setting);
      continue;
    }
    const naming = becomes && { name: becomes.name, setting: becomes.setting };
    const keepsName = becomes?.name === name;
    const again = keepsName ? undefined : await rewriteLookups(own, [name], services, tools, choice, undefined, naming);
    const elsewhere = await rewriteReaders(
      name,
      document.uri,
      document.uri,
      services,
      tools,
      choice,
      undefined,
      naming,
    );
    const readers = [...(again === undefined ? [] : [again]), ...elsewhere];
    const found = readers.flatMap(({ plans }) => plans.flatMap(other => other.settings));
    const change = agreed(name, [setting, ...found.filter(other => other.name === name)]);
    const known = elsewhere.some(reader => others.some(other => other.document.uri === reader.document.uri));
    // What still reads the old setting needs it: then it stays, beside the new one.
    if ('refusal' in change || known || refuseLeft(name, readers) !== undefined) {
      if (becomes !== undefined && !keepsName) changes.push({ ...setting, stays: true });
      continue;
    }
    changes.push(...change);
    others.push(...elsewhere);
    own = again?.after ?? own;
  }
  const rewritten = await alongWith(others, manifests);
  if (isRefusal(rewritten)) return rewritten;
  const changed = await changeSettings(document, changes, tools.workspace);
  if (isRefusal(changed)) return changed;
  return {
    files: [...rewritten.files, ...changed.files],
    followUps: [...changed.followUps, ...rewritten.followUps],
    needs: [...changed.needs, ...rewritten.needs],
    ...(own === after ? {} : { own: [changeBetween(document.text, own.text)] }),
  };
}

/** Whether a document can know what another declares: it is of the same language and, where modules are named, names it. */
function reaches(declaring: SourceDocument, other: SourceDocument): boolean {
  const id = adapterFor(declaring.languageId)?.id;
  if (adapterFor(other.languageId)?.id !== id) return false;
  if (id !== 'python' && id !== 'typescript') return true;
  const [file = '', folder = ''] = declaring.uri.split(/[/\\]/u).reverse();
  const stem = file.replace(/\..*$/u, '');
  return other.text.includes(stem === 'index' || stem === '__init__' ? folder : stem);
}

/** A function that other files call, as far as the workspace tells, keeps its parameters. */
async function refuseCalledElsewhere(
  document: SourceDocument,
  { visible }: Plan,
  { workspace }: RewriteTools,
): Promise<Refusal | undefined> {
  const { uri } = document;
  for (const { name, isType, importable } of visible) {
    const documents = await workspace?.mentioning?.(uri, name);
    if (documents === undefined && importable) continue;
    const word = name.replaceAll('$', String.raw`\$`);
    const used = isType
      ? new RegExp(
          `(?<![\\w.])${word}\\s*(?:<[^>()]*>)?\\s*\\(|\\b(?:extends|super)\\b.*\\b${word}\\b|\\b${word}\\s+\\w+\\s*=\\s*new\\b|[<(]${word}[>)]`,
          'u',
        )
      : new RegExp(`(?<!\\w)${word}(?!\\w)`, 'u');
    const caller = documents?.find(other => other.uri !== uri && reaches(document, other) && used.test(other.text));
    if (documents !== undefined && caller === undefined) continue;
    const who = caller === undefined ? 'other code may call it' : `${caller.uri.split('/').at(-1) ?? ''} uses it too`;
    return {
      refusal: `${name} would take an endpoint where it takes the secret now, and ${who}. Change ${name} and all its callers together by hand, or make it private.`,
    };
  }
  return undefined;
}

/** Settings that keep the old key in use, or make the new client fail, while they are there. */
function defeatingSettings({ migrations, settings }: Plan): string[] {
  const names = migrations.flatMap(({ migration }) => [
    ...(migration.conflictingSetting === undefined ? [] : [migration.conflictingSetting]),
    // The default credential would sign in with the client secret first.
    ...(migration.after === '$CREDENTIAL' ? ['AZURE_CLIENT_SECRET'] : []),
  ]);
  return [...new Set(names)].filter(name => settings.every(setting => setting.name !== name));
}
