import assert from 'node:assert/strict';
import { openWorkbench, runCommand, type Workbench } from './workbench.ts';

describe('workbench', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench();
  });

  after(() => workbench.close());

  it('runs the packaged extension', async () => {
    const { page } = workbench;
    // Tall enough for every row of the list, which draws only what is in sight.
    await page.setViewportSize({ width: 1280, height: 2400 });
    await runCommand(workbench, 'Developer: Show Running Extensions');
    const row = page.locator('.runtime-extensions-editor .monaco-list-row').filter({ hasText: 'Keyless for Azure' });
    await row.getByText(/Activation: \d+ms/).waitFor();
    assert.equal(await page.locator('.notification-toast').filter({ hasText: 'Keyless' }).count(), 0);
  });
});
