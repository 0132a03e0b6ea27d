import type { Finding, SourceDocument } from '../engine/finding.ts';
import type { Service } from '../services/service.ts';
import { applyEdits, spanContains } from '../text/text-edit.ts';
import type { FileEdits, Fix, FixOffer, FollowUp, Refusal, SharedNeed } from './fix.ts';
import { isRefusal } from './fix.ts';
import { followUpsOf, withOwn } from './follow-ups.ts';
import { collectManifestEdits, type ManifestEdits } from './manifest-edits.ts';
import { refuseOutdated } from './outdated.ts';
import { changeSettings, type ChangedSettings, type SettingChange } from './setting-change.ts';
import { editsOf, rewriteReaders, type RewrittenReader } from './setting-readers.ts';
import type { Naming } from './setting-names.ts';
import { nothingConnects } from './setting-plan.ts';
import { isSettingsFile, settingEntry, settingEntryAt, shownName, type SettingEntry } from './settings-files.ts';
import type { RewriteTools } from './tools.ts';

/**
 * Offers to rewrite the code that reads the setting in which a secret was found, and the setting with it; `otherwise`
 * answers when no code does. `undefined` where the file is none that code reads settings from, or the workspace's code
 * cannot be looked through.
 */
export function rewriteBehindSetting(
  document: SourceDocument,
  finding: Finding,
  services: readonly Service[],
  tools: RewriteTools,
  otherwise: FixOffer | undefined,
): FixOffer | undefined {
  if (tools.workspace?.mentioning === undefined || !isSettingsFile(document.uri)) return undefined;
  const entry = settingEntryAt(document, finding.span.start);
  if (entry === undefined) return undefined;
  return {
    id: 'use-default-azure-credential',
    title: `Connect with DefaultAzureCredential where the code reads ${shownName(entry.name)}`,
    isPreferred: true,
    async build() {
      const plain = await build(document, finding, entry, services, tools, 'plain');
      const taken = plain !== undefined && isRefusal(plain) && plain.taken === true;
      const result = taken ? await build(document, finding, entry, services, tools, 'own') : plain;
      return result ?? (await otherwise?.build()) ?? noReader(entry.name);
    },
  };
}

/**
 * The same offer of a form that a host reads, refused where code of the workspace reads the setting under its own name:
 * it would find nothing there any more.
 */
export function unlessCodeReads(
  document: SourceDocument,
  finding: Finding,
  offer: FixOffer,
  services: readonly Service[],
  tools: RewriteTools,
): FixOffer {
  return {
    ...offer,
    async build() {
      const fix = await offer.build();
      const entry = settingEntryAt(document, finding.span.start);
      if (isRefusal(fix) || entry === undefined || holdsName(document, fix, entry.name)) return fix;
      const { name, value } = entry;
      const choice = { kind: 'default' } as const;
      const [reader] = await rewriteReaders(name, document.uri, undefined, services, tools, choice, value);
      if (reader === undefined) return fix;
      const file = reader.document.uri.split('/').at(-1) ?? '';
      return {
        refusal: `${file} reads ${shownName(name)} itself, and would find it gone. Let its client connect with DefaultAzureCredential first: with the cursor on it, that is among the refactorings. Then run this fix again.`,
      };
    },
  };
}

/** Whether the setting is still there after a fix, under its own name. */
function holdsName(document: SourceDocument, fix: Fix, name: string): boolean {
  const edits = fix.files.find(({ uri }) => uri === document.uri)?.edits ?? [];
  return settingEntry({ ...document, text: applyEdits(document.text, edits) }, name) !== undefined;
}

async function build(
  document: SourceDocument,
  finding: Finding,
  entry: SettingEntry,
  services: readonly Service[],
  tools: RewriteTools,
  naming: Naming,
): Promise<Fix | Refusal | undefined> {
  const { name, value } = entry;
  const choice = { kind: 'default' } as const;
  const readers = await rewriteReaders(name, document.uri, undefined, services, tools, choice, value, naming);
  const rewritten = readers.filter(({ plans }) => plans.length > 0);
  if (rewritten.length === 0) {
    // Where code connects in a way that is not known, the setting itself has more to say.
    const unknown = [nothingConnects, 'The same secret is also'];
    const left = readers.flatMap(reader => reader.left);
    const reason = left.find(text => !unknown.some(start => text.startsWith(start)));
    return reason === undefined ? undefined : { refusal: reason };
  }
  const refusal = refuseLeft(name, readers);
  if (refusal !== undefined) return refusal;
  const changes = rewritten.flatMap(({ plans }) => plans.flatMap(({ settings }) => settings));
  const change = agreed(
    name,
    changes.filter(other => isSetting(other.name, name)),
  );
  if ('refusal' in change) {
    // One file may have to tell settings apart that another does not know.
    const names = new Set(changes.map(({ becomes }) => becomes?.setting.name));
    return naming === 'plain' && names.size === 1 ? build(document, finding, entry, services, tools, 'own') : change;
  }
  // A function called with several settings changes for all of them at once.
  const along: SettingChange[] = [];
  for (const other of changes.filter(each => each.becomes !== undefined)) {
    if (isSetting(other.name, name)) continue;
    const left = await rewriteReaders(other.name, document.uri, undefined, services, tools, choice);
    const stays = left.some(reader => !rewritten.some(own => own.document.uri === reader.document.uri));
    along.push(stays ? { ...other, stays: true } : other);
  }
  const settings = await changeSettings(document, [...change, ...along], tools.workspace);
  if (isRefusal(settings)) return settings;
  const own = settings.files.find(({ uri }) => uri === document.uri);
  if (own === undefined || !own.edits.some(({ span }) => spanContains(span, finding.span))) {
    return { refusal: `What ${name} holds does not say which endpoint it is for. Set the endpoint by hand.` };
  }
  const secret = document.text.slice(finding.span.start, finding.span.end);
  if (applyEdits(document.text, own.edits).includes(secret)) {
    return { refusal: 'The same secret stands elsewhere in this file as well. Remove the other copies first.' };
  }
  const manifests = collectManifestEdits(tools.workspace);
  const code = await alongWith(rewritten, manifests);
  if (isRefusal(code)) return code;
  return {
    files: [...settings.files, ...code.files, ...manifests.files()],
    followUps: withOwn(settings.followUps, code.followUps),
    needs: [...settings.needs, ...code.needs],
  };
}

function isSetting(name: string, other: string): boolean {
  return name.replaceAll('__', ':').toLowerCase() === other.replaceAll('__', ':').toLowerCase();
}

/** Edits of rewritten documents, and what remains after them; what they add to manifests is collected. */
export async function alongWith(
  readers: readonly RewrittenReader[],
  manifests: ManifestEdits,
): Promise<ChangedSettings | Refusal> {
  const files = new Map<string, FileEdits>();
  const followUps = new Map<string, FollowUp>();
  const needs: SharedNeed[] = [];
  for (const reader of readers) {
    files.set(reader.document.uri, editsOf(reader));
    for (const plan of reader.plans) {
      const outdated = await refuseOutdated(reader.document, plan, manifests.workspace);
      if (outdated !== undefined) return outdated;
      const rest = await followUpsOf(reader.document, plan, manifests.workspace);
      manifests.add(rest.manifestEdits);
      needs.push(...rest.needs);
      for (const followUp of rest.followUps) followUps.set(followUp.kind + followUp.message, followUp);
    }
  }
  return { files: [...files.values()], followUps: [...followUps.values()], needs };
}

/** A read that stays would find the setting gone. */
export function refuseLeft(name: string, readers: readonly RewrittenReader[]): Refusal | undefined {
  const left = readers.find(reader => reader.left.length > 0);
  const [reason] = left?.left ?? [];
  return (
    left && { refusal: `${left.document.uri.split('/').at(-1) ?? ''} also reads ${shownName(name)}. ${reason ?? ''}` }
  );
}

function noReader(name: string): Refusal {
  return {
    refusal: `No code of this workspace connects with ${shownName(name)} in a way Keyless knows. Let what reads it connect with its endpoint and DefaultAzureCredential, then delete the setting.`,
  };
}

/**
 * The changes that all readers of a setting ask for: one takes its place, those for clients of other services stand
 * beside it.
 */
export function agreed(name: string, changes: readonly SettingChange[]): readonly SettingChange[] | Refusal {
  const first = changes.find(({ stays }) => stays !== true);
  const mixed: Refusal = { refusal: `Clients of different services read ${name}. Give each its own setting first.` };
  if (first === undefined) {
    return {
      refusal: `Something else needs ${name} as well, so the secret in it stays. Change that first, then run the fix again.`,
    };
  }
  const further = new Map<string, SettingChange>();
  for (const change of changes) {
    if (change.becomes?.name === first.becomes?.name) continue;
    if (change.becomes === undefined || first.becomes === undefined) return mixed;
    if (change.becomes.setting === first.becomes.setting) return mixed;
    further.set(change.becomes.name, { ...change, stays: true });
  }
  return [first, ...further.values()];
}
