import type { SourceDocument } from '../engine/finding.ts';
import { connectionStringFields } from '../formats/connection-string.ts';
import { isPlaceholder } from '../secrets/placeholder.ts';
import type { SettingName } from '../services/service.ts';
import { isEmulator } from './emulator.ts';
import type { FileEdits, FollowUp, Refusal, SharedNeed, Together, WorkspaceView } from './fix.ts';
import { settingEntry, settingsFiles, shownName, type SettingEntry } from './settings-files.ts';

/** What becomes of a setting that code read a secret from. */
export interface SettingChange {
  /** As the code looks it up. */
  readonly name: string;
  /** What the code reads from now on; absent where nothing takes the setting's place. */
  readonly becomes?: {
    readonly name: string;
    readonly setting: SettingName;
    readonly derive: (fields: ReadonlyMap<string, string>, text: string) => string | undefined;
  };
  /** Something still needs the old setting: the new one is put beside it. */
  readonly stays?: true;
}

export interface ChangedSettings {
  readonly files: readonly FileEdits[];
  readonly followUps: readonly FollowUp[];
  readonly needs: readonly SharedNeed[];
}

/**
 * Edits of the settings files around a document that belong to a rewrite of its code: a setting gets its new name and
 * the endpoint that its own value names, one that defeats the rewrite goes.
 */
export async function changeSettings(
  document: SourceDocument,
  changes: readonly SettingChange[],
  workspace: WorkspaceView | undefined,
): Promise<ChangedSettings | Refusal> {
  const files: FileEdits[] = [];
  const done: string[] = [];
  const needs: SharedNeed[] = [];
  for (const pattern of changes.length === 0 ? [] : settingsFiles) {
    const found = await workspace?.findUp(document.uri, [pattern]);
    if (found === undefined) continue;
    const edits: FileEdits['edits'][number][] = [];
    for (const change of changes) {
      const names = change.becomes === undefined ? [change.name] : [change.name, change.becomes.name];
      for (const name of names)
        needs.push({ kind: 'setting', uri: found.uri, name: name.replaceAll('__', ':').toLowerCase() });
      const entry = settingEntry(found, change.name);
      const changed = entry && changedEntry(found, entry, change);
      if (changed === undefined) continue;
      if ('refusal' in changed) return changed;
      edits.push(...changed);
      const name = change.stays === true ? change.becomes?.name : entry?.name;
      done.push(`${shownName(name ?? change.name)} in ${found.uri.split('/').at(-1) ?? found.uri}`);
    }
    if (edits.length > 0) files.push({ uri: found.uri, edits, unsure: otherReaders(changes) });
  }
  if (done.length === 0) return { files, followUps: [], needs };
  const message = `Changed with the code: ${done.join(', ')}. Check that nothing else reads the old setting.`;
  const together: Together = {
    key: 'changed settings',
    message: 'Changed with the code: {}. Check that nothing else reads the old settings.',
    item: done.join(', '),
  };
  return { files, followUps: [{ kind: 'checkOtherUses', message, together }], needs };
}

function otherReaders(changes: readonly SettingChange[]): string {
  return `Other programs may read ${changes.map(({ name }) => shownName(name)).join(', ')}`;
}

function changedEntry(
  document: SourceDocument,
  entry: SettingEntry,
  { becomes, stays }: SettingChange,
): FileEdits['edits'] | Refusal | undefined {
  const { value, name } = entry;
  if (becomes === undefined) return stays === true ? undefined : entry.remove();
  const fields = connectionStringFields(value);
  const file = document.uri.split('/').at(-1) ?? document.uri;
  if (isEmulator(fields)) {
    return {
      refusal: `In ${file} the setting ${name} connects to a local emulator, which accepts no token. Separate the two clients first.`,
    };
  }
  if (fields.has('entitypath') || fields.has('sharedaccesssignature')) {
    return {
      refusal: `In ${file} the setting ${name} holds more than an endpoint: a shared access signature, or the name of an entity. Move that into the code first.`,
    };
  }
  const known = settingEntry(document, becomes.name);
  const derived = value === '' ? '' : becomes.derive(fields, value);
  if (known !== undefined && known.name !== name) {
    const other = (text: string): string => text.replace(/\/+$/u, '').toLowerCase();
    if (derived !== undefined && derived !== '' && known.value !== '' && other(derived) !== other(known.value)) {
      return {
        refusal: `In ${file} the setting ${becomes.name} holds another endpoint already. Give one of the two another name, then run the fix again.`,
        taken: true,
      };
    }
    return stays === true ? undefined : entry.remove();
  }
  const stated = derived ?? (isPlaceholder(value) || /<[^>]+>|\.\.\./u.test(value) ? becomes.setting.holds : undefined);
  if (stated !== undefined)
    return stays === true ? entry.beside(becomes.name, stated) : entry.become(becomes.name, stated);
  // A value of another kind, such as a reference, says nothing about the endpoint: a person must look at it.
  return undefined;
}
