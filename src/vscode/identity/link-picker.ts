import * as vscode from 'vscode';
import type { AppChoice } from '../../azure/index.ts';
import type { Problem } from '../../core/rbac/identity-model.ts';
import { type FoundApp, foundName, matchesFound } from '../../core/rbac/found-app.ts';
import { normalizeResourceId } from '../../core/rbac/resource-id.ts';
import type { AzureAccess, ClosedPlace } from './access.ts';

interface AppItem extends vscode.QuickPickItem {
  readonly resourceId?: string;
  readonly problem?: Problem;
  readonly closed?: ClosedPlace;
}

/** What the user chose: an app, or what keeps apps from being listed. */
export type Picked =
  | { readonly resourceId: string }
  | { readonly problem: Problem }
  /** An account or tenant to sign in to. */
  | { readonly closed: ClosedPlace };

/** How often arriving apps are added to the list, in milliseconds. */
const repaint = 120;

/**
 * Lets the user choose an app or slot; apps appear as Azure names them, and closing the list stops the reading.
 * @param linked - ids that are linked already
 * @returns `undefined` when the list was closed
 */
export function pickApp(access: AzureAccess, linked: readonly string[]): Promise<Picked | undefined> {
  const demo = access.kind() === 'demo';
  const known = new Set(linked.map(normalizeResourceId));
  const abort = new AbortController();
  const pick = vscode.window.createQuickPick<AppItem>();
  pick.title = demo ? 'Link an App Service of the demo tenant (invented data)' : 'Link an App Service';
  pick.placeholder = 'Type to filter by name, resource group or subscription';
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.busy = true;
  pick.keepScrollPosition = true;

  const items: AppItem[] = [];
  const closed: AppItem[] = [];
  let painter: NodeJS.Timeout | undefined;
  const paint = (): void => {
    clearTimeout(painter);
    painter = undefined;
    pick.items = [...items, ...(closed.length > 0 ? [moreAfterSignIn, ...closed] : [])];
  };
  const fill = async (): Promise<void> => {
    try {
      const apps = access.listApps(abort.signal, place => closed.push(closedItem(place)));
      for await (const app of apps) {
        items.push(appItem(app, known.has(normalizeResourceId(app.id))));
        painter ??= setTimeout(paint, repaint);
      }
      if (items.length + closed.length === 0)
        items.push({ label: '$(info) No App Service is visible to this account', alwaysShow: true });
    } catch (error) {
      if (abort.signal.aborted) return;
      const problem = access.explain(error);
      items.push({ label: `$(warning) ${problem.message}`, alwaysShow: true, problem });
    }
    paint();
    pick.busy = false;
  };

  return new Promise(resolve => {
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      const picked = chosen && pickedOf(chosen);
      if (!picked) return;
      resolve(picked);
      pick.hide();
    });
    pick.onDidHide(() => {
      abort.abort();
      clearTimeout(painter);
      pick.dispose();
      resolve(undefined);
    });
    pick.show();
    void fill();
  });
}

function pickedOf({ resourceId, problem, closed }: AppItem): Picked | undefined {
  if (resourceId !== undefined) return { resourceId };
  if (problem) return { problem };
  return closed && { closed };
}

const moreAfterSignIn: AppItem = { label: 'More after a sign-in', kind: vscode.QuickPickItemKind.Separator };

function closedItem(closed: ClosedPlace): AppItem {
  return { label: `$(key) Sign in to ${closed.name}`, description: 'to see its apps', alwaysShow: true, closed };
}

function appItem(app: AppChoice, linked: boolean): AppItem {
  const icon = app.kind?.toLowerCase().includes('functionapp') ? 'zap' : app.slot === undefined ? 'globe' : 'versions';
  const place = [`Resource group ${app.resourceGroup}`, `subscription ${app.subscriptionId}`];
  return {
    label: `$(${icon}) ${app.slot === undefined ? app.name : `${app.name} / ${app.slot}`}`,
    description: [app.slot === undefined ? '' : 'slot', app.location ?? '', linked ? 'linked' : '']
      .filter(Boolean)
      .join(' · '),
    detail: place.join(', '),
    resourceId: app.id,
  };
}

/**
 * The id of an app that a file names without telling all: Azure is asked, and where several answer the user chooses.
 * @returns `undefined` when there is none, which is said, or the user closes the list
 */
export async function lookUpFound(access: AzureAccess, found: FoundApp): Promise<string | undefined> {
  const name = foundName(found);
  let matches: AppChoice[];
  try {
    matches = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: `Looking for ${name} in Azure`, cancellable: true },
      async (_, token) => {
        const abort = new AbortController();
        token.onCancellationRequested(() => abort.abort());
        const apps: AppChoice[] = [];
        for await (const app of access.listApps(abort.signal)) if (matchesFound(found, app)) apps.push(app);
        return apps;
      },
    );
  } catch (error) {
    void vscode.window.showErrorMessage(access.explain(error).message);
    return undefined;
  }
  const [only] = matches;
  if (only === undefined) {
    const byHand = 'Link by Hand…';
    const why = `No App Service that matches ${name} is visible to this account. It may not be deployed yet, or lie in another tenant.`;
    if ((await vscode.window.showWarningMessage(why, byHand)) === byHand) {
      await vscode.commands.executeCommand('keyless.identities.linkApp');
    }
    return undefined;
  }
  if (matches.length === 1) return only.id;
  const items = matches.map(app => appItem(app, false));
  return (await vscode.window.showQuickPick(items, { title: `Which app is ${name}?` }))?.resourceId;
}
