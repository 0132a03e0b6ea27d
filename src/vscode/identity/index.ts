import * as vscode from 'vscode';
import type { LinkedIdentity } from '../../core/rewrite/tools.ts';
import { createAzureAccess } from './access.ts';
import { registerCommands } from './commands.ts';
import { createExplorer } from './explorer.ts';
import type { TreeNode } from './tree-node.ts';

/** The view "App Service identities" with its commands. */
export interface IdentityExplorer {
  /** All rows as the view shows them, once a read under way has ended; reads when nothing was read yet. */
  tree(): Promise<readonly TreeNode[]>;
  /** User-assigned identities of the linked apps, as far as the view has read them. */
  userAssigned(): readonly LinkedIdentity[];
  dispose(): void;
}

/** Registers the view and its commands. Loads nothing of Azure and asks for no sign-in before the view is opened. */
export function registerIdentityExplorer(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
): IdentityExplorer {
  const access = createAzureAccess(context.workspaceState, log);
  const explorer = createExplorer(access, context.workspaceState);
  const disposable = vscode.Disposable.from(
    explorer,
    ...registerCommands(access, explorer, context.workspaceState),
    access,
  );
  return {
    tree: () => explorer.tree(),
    userAssigned: () => explorer.userAssigned(),
    dispose: () => void disposable.dispose(),
  };
}
