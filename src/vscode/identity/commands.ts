import * as vscode from 'vscode';
import type { AzureCliWords } from '../../core/rbac/azure-cli.ts';
import type { AzureAccess } from './access.ts';
import { commandLine } from './az-command.ts';
import type { Explorer } from './explorer.ts';
import { lookUpFound, pickApp } from './link-picker.ts';
import type { Place } from './sessions.ts';
import { pickTenant } from './tenant-picker.ts';
import { addLink, readLinkGroups, removeLink } from './link-settings.ts';
import { linkedIds } from '../../core/rbac/links.ts';
import { type CommandId, viewId } from './names.ts';
import { exportModel } from './export-model.ts';
import type { NodeSubject } from './tree-node.ts';
import { createWriteCommands } from './write-commands.ts';

/** What a menu hands to a command: a row of the tree, or the little of it that an action row carries. */
type Target = { readonly subject?: NodeSubject } | undefined;

/** Registers the explorer's commands. A command that fails says so in a message with the next step. */
export function registerCommands(
  access: AzureAccess,
  explorer: Explorer,
  memory: vscode.Memento,
): readonly vscode.Disposable[] {
  const openSettings = (key: string): Thenable<unknown> =>
    vscode.commands.executeCommand('workbench.action.openSettings', key);

  const writes = createWriteCommands(access, explorer);

  return [
    registerCommand('keyless.identities.refresh', () => explorer.refresh()),
    registerCommand('keyless.identities.cancel', () => explorer.cancel()),
    registerCommand('keyless.identities.linkApp', target => linkApp(target?.subject?.folder)),
    registerCommand('keyless.identities.linkFound', target => linkFound(target?.subject)),
    registerCommand('keyless.identities.unlinkApp', target => unlinkApp(target?.subject)),
    registerCommand('keyless.identities.openLinkSetting', target => openLinkSetting(target?.subject?.folder ?? '')),
    registerCommand('keyless.identities.signIn', target => signIn(placeOf(target?.subject))),
    registerCommand('keyless.identities.useAnotherAccount', () => signIn('anotherAccount')),
    registerCommand('keyless.identities.chooseTenant', chooseTenant),
    registerCommand('keyless.identities.openSignInSetting', () => openSettings('keyless.azure.signIn')),
    registerCommand('keyless.identities.openEndpointSetting', () => openSettings('keyless.azure.endpoint')),
    registerCommand('keyless.identities.copyPrincipalId', target => copy('Principal ID', target?.subject?.principalId)),
    registerCommand('keyless.identities.copyClientId', target => copy('Client ID', target?.subject?.clientId)),
    registerCommand('keyless.identities.copyResourceId', target => copy('Resource ID', target?.subject?.resourceId)),
    registerCommand('keyless.identities.openInPortal', target => openInPortal(target?.subject?.resourceId)),
    registerCommand('keyless.identities.openDocumentation', target =>
      openDocumentation(target?.subject?.documentation),
    ),
    registerCommand('keyless.identities.copyAzureCli', target => copyAzureCli(target?.subject?.azureCli)),
    registerCommand('keyless.identities.enableIdentity', target => writes.enableIdentity(target?.subject)),
    registerCommand('keyless.identities.assignRole', target => writes.assignRole(target?.subject)),
    registerCommand('keyless.identities.removeAssignment', target => writes.removeAssignment(target?.subject)),
    registerCommand('keyless.identities.export', () => exportModel(explorer)),
    registerCommand('keyless.identities.askDirectory', askDirectory),
    registerCommand('keyless.identities.useDemoTenant', useDemoTenant),
    registerCommand('keyless.identities.leaveDemoTenant', leaveDemoTenant),
  ];

  async function linkApp(folder: string | undefined): Promise<void> {
    const into = folder ?? (await chooseFolder());
    if (into === undefined) return;
    const linked = linkedIds(readLinkGroups(memory).filter(group => group.folder === into));
    for (;;) {
      const picked = await pickApp(access, linked);
      if (picked === undefined) return;
      if ('resourceId' in picked) {
        await access.linked(picked.resourceId);
        await addLink(memory, into, picked.resourceId);
        return;
      }
      if ('problem' in picked) {
        const { kind } = picked.problem;
        if (kind === 'notSignedIn' || kind === 'claimsChallenge') await signIn('account');
        else await vscode.commands.executeCommand(`${viewId}.focus`);
        return;
      }
      // With one more tenant open, the list is worth another look.
      if (!(await signIn(picked.closed.place))) return;
    }
  }

  async function linkFound(subject: NodeSubject | undefined): Promise<void> {
    const found = subject?.found;
    if (!found) return;
    const id = found.resourceId ?? (await lookUpFound(access, found));
    if (id === undefined) return;
    await access.linked(id);
    await addLink(memory, subject.folder ?? '', id);
  }

  async function unlinkApp(subject: NodeSubject | undefined): Promise<void> {
    if (subject?.resourceId === undefined) return;
    await removeLink(memory, subject.folder ?? '', subject.resourceId);
    // Hiding a link that another extension's setting holds changes no setting.
    await explorer.refresh();
  }

  /** @returns whether a session was given */
  async function signIn(choose: 'account' | 'anotherAccount' | Place): Promise<boolean> {
    if (access.demoByCommand()) await access.setDemo(false);
    if (access.kind() !== 'vscode') {
      await openSettings('keyless.azure.signIn');
      return false;
    }
    const endpoint = access.endpoint();
    if (!endpoint) {
      await openSettings('keyless.azure.endpoint');
      return false;
    }
    const signedIn = await access.sessions.signIn(endpoint, choose);
    if (signedIn) await explorer.reconnect();
    return signedIn;
  }

  async function chooseTenant(): Promise<void> {
    const place = await pickTenant(access);
    if (place) await signIn(place);
  }

  async function copy(what: string, value: string | undefined): Promise<void> {
    if (value === undefined) {
      throw new Error(
        `Select a row with a ${what.toLowerCase().replace('id', 'ID')} in the App Service identities view.`,
      );
    }
    await vscode.env.clipboard.writeText(value);
    vscode.window.setStatusBarMessage(`$(check) ${what} copied`, 2500);
  }

  async function copyAzureCli(words: AzureCliWords | undefined): Promise<void> {
    const command = words && commandLine(words);
    if (words && !command) {
      throw new Error('A name in this command holds a character that this shell cannot pass on. Use the Azure portal.');
    }
    const quoted = command?.quotedFor === undefined ? '' : ` for ${command.quotedFor}`;
    await copy(`Azure CLI command${quoted}`, command?.line);
  }

  async function openInPortal(resourceId: string | undefined): Promise<void> {
    if (resourceId === undefined) return;
    const url = access.portalUrl(resourceId);
    if (url === undefined) {
      const why =
        access.kind() === 'demo'
          ? 'The demo tenant is invented'
          : 'This Azure endpoint has no portal that Keyless knows of';
      throw new Error(`${why}, so there is no portal page for this resource.`);
    }
    // A string reaches the browser as it is; a Uri would have the portal's "#@tenant/" encoded.
    await vscode.env.openExternal(url as unknown as vscode.Uri);
  }

  async function askDirectory(): Promise<void> {
    const url = access.directoryUrl();
    if (access.asksDirectory()) throw new Error('Microsoft Graph is asked already. Refresh the view to ask again.');
    if (url === undefined) throw new Error('Keyless does not know where Microsoft Graph of this cloud is.');
    const yes = 'Ask Microsoft Graph';
    const detail = [
      `${url} is told the ids of groups and principals that hold roles where the linked apps are, and nothing else. It answers with their names, and leaves out those that no longer exist.`,
      '',
      'The account must be allowed to read the directory. The setting keyless.azure.microsoftGraph turns it off again.',
    ].join('\n');
    const question = 'Ask Microsoft Graph for names of groups and principals that are gone?';
    if ((await vscode.window.showInformationMessage(question, { modal: true, detail }, yes)) !== yes) return;
    // The changed setting has everything read anew.
    await access.allowDirectory(explorer.apps());
  }

  async function useDemoTenant(): Promise<void> {
    await access.setDemo(true);
    await explorer.reconnect();
    await vscode.commands.executeCommand(`${viewId}.focus`);
  }

  async function leaveDemoTenant(): Promise<void> {
    await access.setDemo(false);
    if (access.kind() === 'demo') {
      await vscode.workspace
        .getConfiguration('keyless.azure')
        .update('signIn', undefined, vscode.ConfigurationTarget.Global);
    }
    if (access.kind() === 'demo') await openSettings('keyless.azure.signIn');
    await explorer.reconnect();
  }
}

/** Where a row wants a sign-in; otherwise where one was missed last. */
function placeOf(subject: NodeSubject | undefined): 'account' | Place {
  return subject?.tenantId === undefined ? 'account' : { tenantId: subject.tenantId };
}

async function openDocumentation(address: string | undefined): Promise<void> {
  if (address !== undefined) await vscode.env.openExternal(vscode.Uri.parse(address));
}

async function chooseFolder(): Promise<string | undefined> {
  const { workspaceFolders = [] } = vscode.workspace;
  if (workspaceFolders.length < 2) return workspaceFolders[0]?.uri.toString() ?? '';
  const folder = await vscode.window.showWorkspaceFolderPick({ placeHolder: 'Link an App Service to which folder?' });
  return folder?.uri.toString();
}

async function openLinkSetting(folder: string): Promise<void> {
  if (folder === '') {
    await vscode.commands.executeCommand('workbench.action.openSettingsJson');
    return;
  }
  const file = vscode.Uri.joinPath(vscode.Uri.parse(folder), '.vscode', 'settings.json');
  await vscode.window.showTextDocument(file);
}

function registerCommand(id: CommandId, run: (target: Target) => unknown): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (target: Target) => {
    try {
      await run(target);
    } catch (error) {
      void vscode.window.showErrorMessage(error instanceof Error ? error.message : 'Keyless could not do that.');
    }
  });
}
