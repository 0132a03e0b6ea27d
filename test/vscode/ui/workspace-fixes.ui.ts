import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { openSideBar, openWorkbench, runCommand, screenshot, type Workbench } from './workbench.ts';

describe('fix all in the workspace', () => {
  let workbench: Workbench;
  const opened: Workbench[] = [];

  beforeEach(async () => {
    workbench = await openWorkbench();
    opened.push(workbench);
  });

  after(() => Promise.all(opened.map(one => one.close())));

  const read = (path: string): Promise<string> => readFile(join(workbench.folder, path), 'utf8');

  async function scan(): Promise<Locator> {
    const sideBar = await openSideBar(workbench, 'Keyless');
    await sideBar.getByRole('button', { name: 'Scan Workspace' }).first().click();
    await sideBar
      .getByText(/^45 findings in/)
      .first()
      .waitFor({ timeout: 60_000 });
    return sideBar;
  }

  async function openPreview(): Promise<Locator> {
    await runCommand(workbench, 'Keyless: Fix All Findings in the Workspace…');
    const preview = workbench.page.locator('.part.panel').filter({ hasText: 'Refactor Preview' });
    // The preview draws only what is in sight.
    await preview.getByRole('button', { name: 'Apply' }).first().waitFor({ timeout: 120_000 });
    return preview;
  }

  async function apply(preview: Locator): Promise<void> {
    const button = preview.getByRole('button', { name: 'Apply' }).first();
    await button.click();
    await button.waitFor({ state: 'detached' });
  }

  const toasts = (): Locator => workbench.page.locator('.notification-toast .notification-list-item-message');

  it('shows every change before it is made, and leaves a workspace that works without a tick more', async function () {
    this.timeout(240_000);
    const { page } = workbench;
    const paths = ['worker/orders.py', 'shop/vault.ts', 'api/Vault.cs', 'shop/assistant.ts', '.env', '.env.example'];
    const before = await Promise.all(paths.map(read));
    await scan();
    const preview = await openPreview();
    await preview.getByRole('button', { name: 'Group Changes By Type' }).click();
    await preview
      .getByText(/shop\/assistant\.ts/)
      .first()
      .waitFor();
    await screenshot(workbench, 'fix-workspace-preview');
    assert.deepEqual(await Promise.all(paths.map(read)), before, 'nothing is written before a yes');
    await apply(preview);
    await toasts()
      .getByText(/^\d+ of 45 findings fixed in \d+ files\./)
      .waitFor({ timeout: 60_000 });
    await screenshot(workbench, 'fix-workspace-done');
    // The scan's own message may still be there.
    const ofFixes = toasts().filter({ hasNotText: 'Keyless looked at' });
    assert.equal(await ofFixes.count(), 1, 'one message says all');
    const after = await Promise.all(paths.map(read));
    assert.match(after[0] ?? '', /DefaultAzureCredential/);
    // What other programs may read changes only with a tick, and the code that needs the change waits with it.
    assert.deepEqual(after.slice(1), before.slice(1));
    await page.getByRole('button', { name: 'Show Next Steps' }).click();
    await page.locator('.tab.active').filter({ hasText: 'Next steps' }).waitFor();
    // The rendered page is a frame in a frame.
    const rendered = page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
    await rendered.getByRole('heading', { name: 'Grant roles' }).waitFor({ timeout: 60_000 });
    await rendered.getByRole('heading', { name: 'Left out' }).waitFor();
    await screenshot(workbench, 'fix-workspace-next-steps');
  });

  it('mends what a person left half done, either way', async function () {
    this.timeout(300_000);
    const { page } = workbench;
    const paths = ['shop/assistant.ts', '.env', '.env.example', 'package.json'];
    const before = await Promise.all(paths.map(read));
    await scan();
    for (const choice of ['Take It Back', 'Change the Rest']) {
      const preview = await openPreview();
      // Only the code: the key that makes the new client fail would stay in the settings.
      const row = preview
        .locator('.monaco-list-row')
        .filter({ hasText: /assistant\.ts\s*shop/ })
        .first();
      await preview.locator('.monaco-list').first().hover();
      for (let i = 0; i < 60 && (await row.count()) === 0; i++) {
        await page.mouse.wheel(0, 80);
        await page.waitForTimeout(100);
      }
      await row.getByRole('checkbox').first().click();
      if (choice === 'Take It Back') await screenshot(workbench, 'fix-workspace-half');
      await apply(preview);
      const warning = page.locator('.notification-toast').filter({ hasText: 'Only a part of' });
      await warning.waitFor({ timeout: 60_000 });
      await screenshot(workbench, `fix-workspace-mend-${choice === 'Take It Back' ? 'back' : 'rest'}`);
      await warning.getByRole('button', { name: choice }).click();
      await toasts()
        .getByText(/findings fixed in/)
        .waitFor({ timeout: 30_000 });
      const [code, env] = await Promise.all(paths.map(read));
      if (choice === 'Take It Back') {
        assert.deepEqual([code, env], before.slice(0, 2));
      } else {
        assert.match(code ?? '', /DefaultAzureCredential/);
        assert.doesNotMatch(env ?? '', /AZURE_OPENAI_API_KEY/);
      }
      await page.keyboard.press('Escape');
      await runCommand(workbench, 'Notifications: Clear All Notifications');
    }
  });
});
