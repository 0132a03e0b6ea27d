import * as vscode from 'vscode';
import { services } from '../../core/services/catalogue.generated.ts';
import { type RoleChoice, rolesForScope } from '../../core/rbac/least-role.ts';
import type { AppModel } from '../../core/rbac/identity-model.ts';
import { scopeLevel } from '../../core/rbac/resource-id.ts';
import type { AzureAccess } from './access.ts';
import { lastSegment, resourceType } from './describe-scope.ts';

/** Types of resources that hold data an app may be given a role for. */
const dataTypes: readonly string[] = [
  'microsoft.storage/storageaccounts',
  'microsoft.keyvault/vaults',
  'microsoft.servicebus/namespaces',
  'microsoft.eventhub/namespaces',
  'microsoft.eventgrid/topics',
  'microsoft.cognitiveservices/accounts',
  'microsoft.search/searchservices',
  'microsoft.appconfiguration/configurationstores',
  'microsoft.signalrservice/signalr',
  'microsoft.signalrservice/webpubsub',
  'microsoft.containerregistry/registries',
  'microsoft.devices/iothubs',
  'microsoft.digitaltwins/digitaltwinsinstances',
  'microsoft.maps/accounts',
  'microsoft.insights/components',
  'microsoft.operationalinsights/workspaces',
];

interface ScopeItem extends vscode.QuickPickItem {
  readonly scope?: string;
  readonly byHand?: true;
}

/**
 * Lets the user choose where a role is to hold: one resource, or another scope by its id. Resources appear as Azure names
 * them, and closing the list stops the reading.
 */
export async function pickScope(access: AzureAccess, app: AppModel, title: string): Promise<string | undefined> {
  const abort = new AbortController();
  const pick = vscode.window.createQuickPick<ScopeItem>();
  pick.title = title;
  pick.placeholder = 'On which resource? Type to filter by name, kind or resource group';
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.busy = true;
  const byHand: ScopeItem = {
    label: '$(edit) Another scope…',
    description: 'by its resource id: a container, a queue, a resource group',
    alwaysShow: true,
    byHand: true,
  };
  const items: ScopeItem[] = [];
  pick.items = [byHand];
  const fill = async (): Promise<void> => {
    try {
      for await (const { id } of access.listResources(app.subscriptionId, dataTypes, abort.signal)) {
        items.push({
          label: lastSegment(id),
          description: resourceType(id),
          detail: /\/resourceGroups\/([^/]+)/i.exec(id)?.[1] ?? '',
          scope: id,
        });
      }
      pick.items = [...items, byHand];
    } catch (error) {
      if (abort.signal.aborted) return;
      pick.items = [{ label: `$(warning) ${access.explain(error).message}`, alwaysShow: true }, byHand];
    }
    pick.busy = false;
  };
  const chosen = await new Promise<ScopeItem | undefined>(resolve => {
    pick.onDidAccept(() => resolve(pick.selectedItems[0]));
    pick.onDidHide(() => resolve(undefined));
    pick.show();
    void fill();
  });
  abort.abort();
  pick.dispose();
  return chosen?.byHand ? askForScope(title) : chosen?.scope;
}

async function askForScope(title: string): Promise<string | undefined> {
  const value = await vscode.window.showInputBox({
    title,
    prompt: 'Resource id of the scope, as the portal shows it under Properties or JSON View',
    placeHolder: '/subscriptions/…/resourceGroups/…/providers/…',
    ignoreFocusOut: true,
    validateInput: text =>
      ['unknown', 'root', 'managementGroup'].includes(scopeLevel(text))
        ? 'An id such as /subscriptions/…/resourceGroups/…/providers/Microsoft.Storage/storageAccounts/…'
        : undefined,
  });
  return value?.trim();
}

interface RoleItem extends vscode.QuickPickItem {
  readonly choice?: RoleChoice;
}

/** Lets the user choose a role that fits the scope, the least one first. */
export async function pickRole(scope: string, title: string): Promise<RoleChoice | undefined> {
  const grants = new Map(services.flatMap(({ roles }) => roles.map(({ id, grants }) => [id, grants] as const)));
  const forApps = services.flatMap(({ roles, keysOff }) =>
    roles.map(({ id }) => ({ id, ...(keysOff ? { resourceType: keysOff.resourceType } : {}) })),
  );
  const { meant, others } = rolesForScope(scope, forApps);
  const item = (choice: RoleChoice): RoleItem => ({
    label: choice.name,
    detail: grants.get(choice.id) ?? '',
    choice,
  });
  const separator = (label: string): RoleItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const chosen = await vscode.window.showQuickPick<RoleItem>(
    [
      ...(meant.length > 0 ? [separator('for apps, the least first')] : []),
      ...meant.map(item),
      ...(others.length > 0 ? [separator('for other purposes')] : []),
      ...others.map(item),
    ],
    { title, placeHolder: 'Which role? The first allows least', matchOnDetail: true },
  );
  return chosen?.choice;
}
