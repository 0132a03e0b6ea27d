import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';
import {
  collapseView,
  goTo,
  openFile,
  openQuickFixMenu,
  openSideBar,
  openWorkbench,
  openWorkbenchWithTrust,
  runCommand,
  screenshot,
  visibleText,
  waitForSquiggle,
} from './workbench.ts';

/** Milliseconds for a server of a test's own, which is not the one that runs already. */
const ownServer = 120_000;

const key = createStandIns(47).storageAccountKey();
const connection = `DefaultEndpointsProtocol=https;AccountName=contosophotos;AccountKey=${key};EndpointSuffix=core.windows.net`;
const code = [
  "import { BlobServiceClient } from '@azure/storage-blob';",
  '',
  `export const blobs = BlobServiceClient.fromConnectionString('${connection}');`,
  '',
].join('\n');

describe('detection in a workspace that is not trusted', () => {
  it('finds and explains, and offers a rewrite only once its user trusts it', async function () {
    this.timeout(ownServer);
    const workbench = await openWorkbenchWithTrust({ 'photos.ts': code });
    const { page } = workbench;
    const column = (code.split('\n')[2] ?? '').indexOf(key) + 4;
    try {
      await page.locator('.part.statusbar').getByText('Restricted Mode').waitFor();
      await openFile(workbench, 'photos.ts');
      await waitForSquiggle(workbench, ['error']);
      await goTo(workbench, 3, column);
      await runCommand(workbench, 'Show or Focus Hover');
      await page.locator('.monaco-hover:visible').getByText('Why it matters').first().waitFor();
      await screenshot(workbench, 'detection-untrusted');
      await page.locator('.monaco-editor .view-line').first().click();
      await goTo(workbench, 3, column);
      // With nothing to offer the editor says so, or shows entries of others alone.
      await page.keyboard.press('ControlOrMeta+Period');
      const menu = page.locator('.action-widget, .monaco-editor-overlaymessage');
      await menu.first().waitFor();
      assert.doesNotMatch((await menu.allInnerTexts()).join('\n'), /DefaultAzureCredential|Keyless|Suppress/);
      await page.keyboard.press('Escape');
      assert.ok((await visibleText(workbench)).includes('fromConnectionString'));

      await runCommand(workbench, 'Workspaces: Manage Workspace Trust');
      await page
        .getByRole('button', { name: /^Trust$/ })
        .first()
        .click();
      await page.locator('.part.statusbar').getByText('Restricted Mode').waitFor({ state: 'detached' });
      await page.locator('.tab').filter({ hasText: 'photos.ts' }).click();
      await waitForSquiggle(workbench, ['error']);
      await goTo(workbench, 3, column);
      const entries = await openQuickFixMenu(workbench);
      await entries.filter({ hasText: 'DefaultAzureCredential' }).first().waitFor();
    } finally {
      await workbench.close();
    }
  });
});

describe('a scan at the start', () => {
  it('finds what stands in closed files once `keyless.scan.onStartup` is on and the window is loaded again', async () => {
    const workbench = await openWorkbench();
    const { page, folder } = workbench;
    try {
      await mkdir(join(folder, 'ops'));
      await writeFile(join(folder, 'ops', 'backup.yml'), `storage:\n  connection: "${connection}"\n`);
      const view = async () => {
        const sideBar = await openSideBar(workbench, 'Keyless');
        return sideBar.locator('.pane').filter({ hasText: 'Findings' }).first();
      };
      await (await view()).locator('.monaco-button').filter({ hasText: 'Scan Workspace' }).waitFor();
      assert.equal(await (await view()).locator('.monaco-list-row').count(), 0);

      await mkdir(join(folder, '.vscode'), { recursive: true });
      await writeFile(join(folder, '.vscode', 'settings.json'), '{ "keyless.scan.onStartup": true }');
      await page.reload();
      await page.locator('.monaco-workbench .part.statusbar').waitFor();
      await (await view()).locator('.monaco-list-row').first().waitFor();
      assert.equal(await page.locator('.notification-toast').filter({ hasText: 'looked at' }).count(), 0);
      assert.equal(await page.locator('.monaco-editor').count(), 0, 'no file is open');
      await runCommand(workbench, 'Keyless: Group Findings by File');
      // The tree draws only what is in sight.
      await page.setViewportSize({ width: 1280, height: 1600 });
      await collapseView(workbench, 'App Service Identities');
      await (await view()).locator('.monaco-list-row').filter({ hasText: 'backup.yml' }).waitFor();
    } finally {
      await workbench.close();
    }
  });
});
