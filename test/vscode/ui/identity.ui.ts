import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { type DemoServer, startDemoTenant } from '../../../src/demo/index.ts';
import {
  clickRowButton,
  collapseView,
  expandRow,
  openSideBar,
  openWorkbench,
  openWorkbenchWithTrust,
  runCommand,
  screenshot,
  widenSideBar,
  type Workbench,
} from './workbench.ts';

/** Milliseconds for a server of a test's own, which is not the one that runs already. */
const ownServer = 120_000;

describe('App Service identities', () => {
  let workbench: Workbench;
  let sideBar: Locator;

  before(async () => {
    workbench = await openWorkbench();
    const linked = (await demoApps()).filter(id => /demo-toys-(?:shop|mailer)$/.test(id));
    assert.equal(linked.length, 2, 'the sample company has the two apps that are shown');
    await writeSettings({ 'keyless.linkedApps': linked });
    sideBar = await openSideBar(workbench, 'Keyless');
    await collapseView(workbench, 'Findings');
  });

  after(() => workbench.close());

  it('shows the identities and roles of two linked apps', async () => {
    const { page } = workbench;
    await widenSideBar(workbench, 560);
    await row('demo-toys-mailer').waitFor();
    await row('id-demo-mail').first().waitFor();
    await expandIdentities();
    const shown = await rows().allInnerTexts();
    for (const text of ['System-assigned identity', 'id-demo-shop', 'staging', 'inherited from', 'Principal ID']) {
      assert.ok(
        shown.some(line => line.includes(text)),
        `no row with ${text} in\n${shown.join('\n')}`,
      );
    }
    await page.mouse.move(900, 500);
    await screenshot(workbench, 'identities');
  });

  it('links one more app by typing a part of its name', async () => {
    const { page } = workbench;
    await runCommand(workbench, 'Keyless: Link an App Service…');
    const input = page.locator('.quick-input-widget input.input');
    // The list draws only what is in sight.
    await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'demo-toys-' }).first().waitFor();
    await input.pressSequentially('orders');
    const choices = page.locator('.quick-input-list .monaco-list-row');
    await choices.filter({ hasText: 'demo-toys-shop' }).first().waitFor({ state: 'detached' });
    await screenshot(workbench, 'link-app');
    await page.setViewportSize({ width: 1280, height: 1400 });
    await page.keyboard.press('Enter');
    await row('demo-toys-orders').waitFor();
    await page.setViewportSize({ width: 1280, height: 800 });
    const settings = await readFile(join(workbench.folder, '.vscode', 'settings.json'), 'utf8');
    assert.match(settings, /sites\/demo-toys-orders"/);
  });

  it('shows settings, posture and what only a close look at an identity tells', async () => {
    const { page } = workbench;
    await writeSettings({
      'keyless.linkedApps': (await demoApps()).filter(id => /demo-toys-(?:legacy|api)$/.test(id)),
    });
    await page.setViewportSize({ width: 1280, height: 1400 });
    await row('demo-toys-legacy').waitFor();
    await row('Settings').first().waitFor();
    await expandRow(row('System-assigned identity').first());
    await row('Cosmos DB Built-in Data Contributor').waitFor();
    await row('Denied: */delete').waitFor();
    const last = (label: RegExp): Locator => rows().filter({ hasText: label }).last();
    await expandRow(last(/^Settings/));
    await row('StorageConnection').waitFor();
    await expandRow(last(/^Posture/));
    await row('Requests over HTTP are redirected').waitFor();
    await page.mouse.move(900, 500);
    await screenshot(workbench, 'identity-details');
    const shown = (await rows().allInnerTexts()).join('\n');
    assert.match(shown, /StorageConnection\s*looks like/);
    assert.doesNotMatch(shown, /AccountKey/);
  });

  it('assigns a role after a yes to exactly what is sent', async () => {
    const { page } = workbench;
    const identity = rows().filter({ hasText: 'System-assigned identity' }).first();
    await clickRowButton(identity, 'Assign a Role…');
    const choices = page.locator('.quick-input-list .monaco-list-row');
    await choices.filter({ hasText: 'kv-demo-toys' }).first().click();
    await choices.filter({ hasText: 'Key Vault Secrets User' }).first().waitFor();
    await screenshot(workbench, 'assign-role-choices');
    await choices.filter({ hasText: 'Key Vault Secrets User' }).first().click();
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.getByText('Assign Key Vault Secrets User on kv-demo-toys').waitFor();
    await dialog.getByText('PUT /subscriptions/').waitFor();
    await screenshot(workbench, 'assign-role');
    await dialog.getByRole('button', { name: 'Assign' }).click();
    await row('Key Vault Secrets User').first().waitFor();
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it('shows roles through groups, eligible ones, and assignments whose principal is gone', async () => {
    const { page } = workbench;
    await writeSettings({ 'keyless.linkedApps': (await demoApps()).filter(id => id.endsWith('demo-toys-reports')) });
    await row('demo-toys-reports').waitFor();
    await expandRow(row('System-assigned identity').first());
    await row('via group Demo Toys report readers').waitFor();
    await row('eligible, not active').waitFor();
    await expandRow(row('Orphaned role assignments'));
    await row('its user is gone').waitFor();
    const owner = row('its identity or application is gone');
    const words = page.getByText('Nobody can use it now');
    // A tree that is drawn anew under the pointer shows no tooltip before the pointer moves again.
    for (let i = 0; i < 10 && !(await words.isVisible()); i++) {
      await page.mouse.move(900, 700);
      await owner.hover();
      await words.waitFor({ timeout: 3000 }).catch(() => undefined);
    }
    await words.waitFor();
    await screenshot(workbench, 'orphans');
    await page.mouse.move(900, 700);
  });

  it('tells what to do about a link that leads nowhere', async () => {
    const gone = (await demoApps())[0]?.replace(/[^/]+$/, 'demo-toys-gone') ?? '';
    await writeSettings({ 'keyless.linkedApps': [gone, 'nonsense'] });
    await row('Not found in Azure').waitFor();
    await row('Unlink this app').waitFor();
    await row('A link that cannot be read').waitFor();
    await screenshot(workbench, 'link-problems');
    await row('Unlink this app').click();
    await row('Not found in Azure').waitFor({ state: 'detached' });
    assert.doesNotMatch(await readFile(join(workbench.folder, '.vscode', 'settings.json'), 'utf8'), /demo-toys-gone/);
  });

  it('keeps the links of several folders apart', async () => {
    const { page, folder } = workbench;
    const [shop, orders] = await demoApps();
    for (const [name, link] of Object.entries({ api: shop, web: orders })) {
      await mkdir(join(folder, name, '.vscode'), { recursive: true });
      await writeFile(join(folder, name, '.vscode', 'settings.json'), JSON.stringify({ 'keyless.linkedApps': [link] }));
    }
    const file = join(folder, 'all.code-workspace');
    await writeFile(file, JSON.stringify({ folders: [{ path: 'api' }, { path: 'web' }] }));
    // The tree draws only what is in sight.
    await page.setViewportSize({ width: 1280, height: 1400 });
    const url = new URL(page.url());
    url.searchParams.delete('folder');
    url.searchParams.set('workspace', file);
    const level = (of: number): Locator => sideBar.locator(`[role="treeitem"][aria-level="${of}"]`);
    // On a busy machine the browser build may start its extensions before it has read the workspace file, and never
    // tell them its folders; a person would reload the window.
    for (let attempt = 1; ; attempt++) {
      await page.goto(url.href);
      sideBar = await openSideBar(workbench, 'Keyless');
      const shown = level(2).filter({ hasText: 'demo-toys-orders' }).waitFor({ timeout: 12_000 });
      const seen =
        attempt < 4
          ? await shown.then(
              () => true,
              () => false,
            )
          : await shown.then(() => true);
      if (seen) break;
    }
    assert.deepEqual((await level(1).allInnerTexts()).map(text => text.replace(/\s+/g, ' ')).slice(0, 2), [
      'api1 app',
      'web1 app',
    ]);
    await clickRowButton(level(2).filter({ hasText: 'demo-toys-orders' }), 'Unlink App Service');
    await row('demo-toys-orders').waitFor({ state: 'detached' });
    await row('demo-toys-shop').waitFor();
    const settingsOf = (name: string): Promise<string> =>
      readFile(join(folder, name, '.vscode', 'settings.json'), 'utf8');
    assert.match(await settingsOf('api'), /sites\/demo-toys-shop"/);
    assert.doesNotMatch(await settingsOf('web'), /demo-toys/);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  const rows = (): Locator => sideBar.getByRole('treeitem');
  const row = (text: string): Locator => rows().filter({ hasText: text });

  /** Opens every identity, from the top. */
  async function expandIdentities(): Promise<void> {
    const closed = sideBar
      .locator('[role="treeitem"][aria-expanded="false"]')
      .filter({ hasNotText: /^(?:Settings|Posture)/ });
    // A row that is drawn anew under the pointer is simply tried again.
    const tries = 60;
    for (let i = 0; i < tries && (await closed.count()) > 0; i++) {
      await closed
        .first()
        .click({ timeout: 5000 })
        .catch(() => undefined);
    }
  }

  async function writeSettings(settings: object): Promise<void> {
    await mkdir(join(workbench.folder, '.vscode'), { recursive: true });
    await writeFile(join(workbench.folder, '.vscode', 'settings.json'), JSON.stringify(settings));
  }

  async function demoApps(): Promise<readonly string[]> {
    const demo = await startDemoTenant();
    await demo.close();
    return demo.apps;
  }
});

describe('App Service identities in a workspace that is not trusted', () => {
  it('uses no link of the workspace before its user trusts it', async function () {
    this.timeout(ownServer);
    const demo = await startDemoTenant();
    const workbench = await openUntrusted(demo);
    const { page } = workbench;
    try {
      await page.locator('.part.statusbar').getByText('Restricted Mode').waitFor();
      const sideBar = await openSideBar(workbench, 'Keyless');
      await sideBar.getByText('Links that this workspace brings are not used').waitFor();
      await screenshot(workbench, 'identities-untrusted');
      assert.equal(demo.requests.size, 0, 'Azure was called for a workspace that nobody trusts');

      await sideBar.getByRole('button', { name: 'Manage Workspace Trust' }).click();
      await page
        .getByRole('button', { name: /^Trust$/ })
        .first()
        .click();
      await sideBar.getByRole('treeitem').filter({ hasText: 'demo-toys-shop' }).first().waitFor();
      assert.notEqual(demo.requests.size, 0);
      assert.equal(demo.sawCredential, false);

      await writeFile(join(workbench.folder, '.vscode', 'settings.json'), '{}');
      await page.locator('.tab').filter({ hasText: 'Workspace Trust' }).click({ button: 'middle' });
      await sideBar.getByRole('button', { name: 'Link an App Service', exact: true }).waitFor();
      await screenshot(workbench, 'identities-welcome');
      await sideBar.getByRole('button', { name: 'Explore the Demo Tenant' }).click();
      await sideBar.getByRole('treeitem').filter({ hasText: 'demo-toys-orders' }).first().waitFor();
      await sideBar.getByText('Nothing here exists in Azure.').waitFor();
    } finally {
      await workbench.close();
      await demo.close();
    }
  });

  /** A window whose workspace links an app of the test server `demo`. */
  function openUntrusted(demo: DemoServer): Promise<Workbench> {
    const [shop, orders] = demo.apps;
    const links = { 'keyless.linkedApps': [shop], 'appService.defaultWebAppToDeploy': orders };
    return openWorkbenchWithTrust(
      { '.vscode/settings.json': JSON.stringify(links) },
      { 'keyless.azure.endpoint': demo.url },
    );
  }
});
