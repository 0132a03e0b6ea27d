import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { startDemoTenant } from '../../../src/demo/index.ts';
import { openSideBar, openWorkbench, screenshot, widenSideBar, type Workbench } from './workbench.ts';

describe('App Service identities', () => {
  let workbench: Workbench;
  let sideBar: Locator;

  before(async () => {
    workbench = await openWorkbench();
    const demo = await startDemoTenant();
    await demo.close();
    const linked = demo.apps.filter(id => /demo-toys-(?:shop|mailer)$/.test(id));
    assert.equal(linked.length, 2, 'the sample company has the two apps that are shown');
    await mkdir(join(workbench.folder, '.vscode'), { recursive: true });
    await writeFile(
      join(workbench.folder, '.vscode', 'settings.json'),
      JSON.stringify({ 'keyless.linkedApps': linked }),
    );
    sideBar = await openSideBar(workbench, 'Keyless');
  });

  after(() => workbench.close());

  it('shows the identities and roles of two linked apps', async () => {
    const { page } = workbench;
    const row = (text: RegExp | string): Locator => sideBar.getByRole('treeitem').filter({ hasText: text });
    await row('demo-toys-mailer').first().waitFor();
    await row('System-assigned identity').first().waitFor();
    // Every row that can be opened is opened, from the top.
    for (let closed = sideBar.locator('[role="treeitem"][aria-expanded="false"]'); (await closed.count()) > 0;) {
      await closed.first().click();
    }
    await widenSideBar(workbench, 560);
    await page.mouse.move(900, 500);
    await screenshot(workbench, 'identities');
  });
});
