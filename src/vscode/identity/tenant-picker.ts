import * as vscode from 'vscode';
import type { AzureAccess } from './access.ts';
import type { Place } from './sessions.ts';

interface TenantItem extends vscode.QuickPickItem {
  readonly place?: Place;
  readonly byHand?: boolean;
}

/**
 * Lets the user choose one of the tenants of all accounts, or name one that none of them lists.
 * @returns where to sign in, or `undefined` when closed
 */
export async function pickTenant(access: AzureAccess): Promise<Place | undefined> {
  const abort = new AbortController();
  const pick = vscode.window.createQuickPick<TenantItem>();
  pick.title = 'Sign in to a tenant';
  pick.placeholder =
    'Type to filter. Linked apps find their tenant by themselves; some tenants want a sign-in of their own';
  pick.busy = true;
  const byHand: TenantItem = {
    label: '$(edit) Another tenant…',
    description: 'by its id or domain',
    alwaysShow: true,
    byHand: true,
  };
  const items: TenantItem[] = [];
  pick.items = [byHand];
  const fill = async (): Promise<void> => {
    try {
      for await (const { place, name, open } of access.listPlaces(abort.signal)) {
        const description = [open ? 'signed in' : 'not signed in', place.tenantId ?? ''].filter(Boolean).join(' · ');
        items.push({ label: `$(${open ? 'pass' : 'key'}) ${name}`, description, place });
        pick.items = [...items, byHand];
      }
    } catch {
      // Only closing the list ends the listing early; a tenant can still be named by hand.
    }
    pick.busy = false;
  };
  const chosen = await new Promise<TenantItem | undefined>(resolve => {
    pick.onDidAccept(() => resolve(pick.selectedItems[0]));
    pick.onDidHide(() => resolve(undefined));
    pick.show();
    void fill();
  });
  abort.abort();
  pick.dispose();
  return chosen?.byHand ? askForTenant() : chosen?.place;
}

async function askForTenant(): Promise<Place | undefined> {
  const value = await vscode.window.showInputBox({
    title: 'Sign in to a tenant',
    prompt: 'Tenant ID or a domain of the tenant, such as contoso.com',
    ignoreFocusOut: true,
    validateInput: text =>
      /^[\w-]+(?:\.[\w-]+)*$/.test(text.trim()) ? undefined : 'A tenant ID or a domain such as contoso.com',
  });
  return value === undefined ? undefined : { tenantId: value.trim() };
}
