import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';
import {
  collapseView,
  openSideBar,
  openWorkbench,
  runCommand,
  screenshot,
  widenSideBar,
  type Workbench,
} from './workbench.ts';

const key = createStandIns(83).storageAccountKey();
const connection = `DefaultEndpointsProtocol=https;AccountName=stdemobackup;AccountKey=${key};EndpointSuffix=core.windows.net`;

describe('findings of the workspace', () => {
  let workbench: Workbench;
  let view: Locator;

  before(async () => {
    workbench = await openWorkbench();
    await mkdir(join(workbench.folder, 'ops'));
    await writeFile(join(workbench.folder, 'ops', 'backup.yml'), `storage:\n  connection: "${connection}"\n`);
    await writeFile(join(workbench.folder, 'ops', 'restore.py'), `CONNECTION = "${connection}"\n`);
    await writeFile(join(workbench.folder, 'ops', 'nightly.sh'), `export CONNECTION='${connection}'\n`);
    const sideBar = await openSideBar(workbench, 'Keyless');
    await widenSideBar(workbench, 460);
    await collapseView(workbench, 'App Service Identities');
    view = sideBar.locator('.pane').filter({ hasText: 'Findings' }).first();
  });

  after(() => workbench.close());

  const rows = (): Locator => view.locator('.monaco-list-row');

  it('begin with a button that scans the workspace', async () => {
    const button = view.locator('.monaco-button').filter({ hasText: 'Scan Workspace' });
    await button.waitFor();
    await screenshot(workbench, 'findings-welcome');
    await button.click();
    await rows().first().waitFor();
    const toast = workbench.page
      .locator('.notification-toast')
      .filter({ hasText: /looked at \d+ files: \d+ findings/ });
    await toast.waitFor();
    await toast.hover();
    await toast.locator('.codicon-notifications-clear').click();
  });

  it('are grouped by secret, with the files of each', async () => {
    await runCommand(workbench, 'Keyless: Group Findings by Secret');
    await rows().filter({ hasText: 'places' }).first().waitFor();
    await screenshot(workbench, 'findings');
    const shown = await view.innerText();
    assert.match(shown, /stdemobackup/);
    assert.ok(!shown.includes(key.slice(0, 12)), 'the view shows a part of a secret');
  });

  it('open by a click, and say where else their secret stands', async () => {
    const group = rows().filter({ hasText: 'places' }).first();
    const name = (await group.getAttribute('aria-label')) ?? '';
    assert.match(name, /\d+ places, \d+ files/);
    await rows().nth(1).click();
    const { page } = workbench;
    await page.locator('.monaco-editor .squiggly-error').first().waitFor({ state: 'attached' });
    await runCommand(workbench, 'Show or Focus Hover');
    const hover = page.locator('.monaco-hover:visible').first();
    await hover.getByText('The same secret').first().waitFor();
    await screenshot(workbench, 'related-information');
  });
});
