import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openSideBar, openWorkbench, runCommand, screenshot, type Workbench } from './workbench.ts';

describe('fix all in the workspace', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench();
  });

  after(() => workbench.close());

  it('shows every change before it is made', async function () {
    this.timeout(240_000);
    const { page, folder } = workbench;
    const read = (path: string): Promise<string> => readFile(join(folder, path), 'utf8');
    const before = await read('worker/orders.py');
    const sideBar = await openSideBar(workbench, 'Keyless');
    await sideBar.getByRole('button', { name: 'Scan Workspace' }).first().click();
    await sideBar.getByRole('treeitem').first().waitFor({ timeout: 60_000 });
    await runCommand(workbench, 'Keyless: Fix All Findings in the Workspace…');
    const preview = page.locator('.part.panel').filter({ hasText: 'Refactor Preview' });
    // The preview draws only what is in sight.
    await preview.getByRole('button', { name: 'Apply' }).first().waitFor({ timeout: 120_000 });
    await screenshot(workbench, 'fix-workspace-preview');
    assert.equal(await read('worker/orders.py'), before, 'nothing is written before a yes');
    await preview.getByRole('button', { name: 'Apply' }).first().click();
    await preview.getByRole('button', { name: 'Apply' }).first().waitFor({ state: 'detached' });
    await sideBar.getByText(/^\d+ findings in 11 files/).waitFor({ timeout: 60_000 });
    await screenshot(workbench, 'fix-workspace-done');
    assert.match(await read('worker/orders.py'), /DefaultAzureCredential/);
    // Settings may serve other programs: they change only when somebody ticks them.
    assert.match(await read('.env'), /AZURE_CLIENT_SECRET=/);
  });
});
