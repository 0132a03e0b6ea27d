import * as vscode from 'vscode';
import { normalizeResourceId, sameResource } from '../../core/rbac/resource-id.ts';
import { type LinkGroup, readLinks, withLink, withoutLink } from '../../core/rbac/links.ts';

/** Links found in the App Service extension's settings that the user does not want to see here: normalized ids per folder. */
const hiddenKey = 'keyless.identities.hidden';

/**
 * The links of every workspace folder and of the user's own settings.
 * Links that a workspace brings with it are not used before its user trusts it.
 */
export function readLinkGroups(memory: vscode.Memento): readonly LinkGroup[] {
  const { workspaceFolders = [], isTrusted } = vscode.workspace;
  const folders = (isTrusted ? workspaceFolders : []).map(folder => {
    const uri = folder.uri.toString();
    const linkedApps = vscode.workspace.getConfiguration('keyless', folder).inspect<unknown>('linkedApps');
    const found = vscode.workspace.getConfiguration('appService', folder).inspect<unknown>('defaultWebAppToDeploy');
    return readLinks(
      {
        folder: uri,
        name: folder.name,
        // In a single folder its settings count as the workspace's; in a multi-root workspace they stand apart.
        linkedApps: linkedApps?.workspaceFolderValue ?? linkedApps?.workspaceValue,
        defaultWebAppToDeploy: found?.workspaceFolderValue ?? found?.workspaceValue,
      },
      new Set(hiddenLinks(memory)[uri] ?? []),
    );
  });
  const own = vscode.workspace.getConfiguration('keyless').inspect<unknown>('linkedApps')?.globalValue;
  return [
    ...folders,
    readLinks({ folder: '', name: 'User settings', linkedApps: own, defaultWebAppToDeploy: undefined }),
  ];
}

/** Adds a link to a folder's settings (`''`: the user's own). Rejects when VS Code cannot write the file. */
export async function addLink(memory: vscode.Memento, folder: string, resourceId: string): Promise<void> {
  const { entries, write } = linkedApps(folder);
  await setHidden(memory, folder, resourceId, false);
  await write(withLink(entries, resourceId));
}

/** Removes a link; one that was found in the App Service extension's settings stays there and is hidden here. */
export async function removeLink(memory: vscode.Memento, folder: string, resourceId: string): Promise<void> {
  const { entries, write } = linkedApps(folder);
  const rest = withoutLink(entries, resourceId);
  const found = readLinkGroups(memory).find(group => group.folder === folder)?.found;
  if (found !== undefined && sameResource(found, resourceId)) await setHidden(memory, folder, resourceId, true);
  if (Array.isArray(entries) && rest.length < entries.length) await write(rest.length > 0 ? rest : undefined);
}

function linkedApps(folder: string): {
  entries: unknown;
  readonly write: (entries: readonly unknown[] | undefined) => Thenable<void>;
} {
  const workspaceFolder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.toString() === folder);
  const configuration = vscode.workspace.getConfiguration('keyless', workspaceFolder);
  const levels = configuration.inspect<unknown>('linkedApps');
  const target = workspaceFolder ? vscode.ConfigurationTarget.WorkspaceFolder : vscode.ConfigurationTarget.Global;
  return {
    entries: workspaceFolder ? (levels?.workspaceFolderValue ?? levels?.workspaceValue) : levels?.globalValue,
    write: entries => configuration.update('linkedApps', entries, target),
  };
}

function hiddenLinks(memory: vscode.Memento): Readonly<Record<string, readonly string[]>> {
  return memory.get<Readonly<Record<string, readonly string[]>>>(hiddenKey, {});
}

async function setHidden(memory: vscode.Memento, folder: string, resourceId: string, hide: boolean): Promise<void> {
  const all = hiddenLinks(memory);
  const id = normalizeResourceId(resourceId);
  const others = (all[folder] ?? []).filter(other => other !== id);
  await memory.update(hiddenKey, { ...all, [folder]: hide ? [...others, id] : others });
}
