import assert from 'node:assert/strict';
import { openWorkbench, runCommand, screenshot, type Workbench } from './workbench.ts';

describe('walkthrough', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench();
  });

  after(() => workbench.close());

  it('opens with its steps, each with words, a picture and a button', async () => {
    const { page } = workbench;
    // A narrow window leaves the pictures out.
    await page.setViewportSize({ width: 1800, height: 1000 });
    await runCommand(workbench, 'Welcome: Open Walkthrough...');
    const input = page.locator('.quick-input-widget input[type="text"]');
    await input.fill('Keyless');
    const entry = page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'Get Started with Keyless' });
    await entry.waitFor();
    await input.press('Enter');
    const walkthrough = page.locator('.gettingStartedContainer');
    await walkthrough.getByText('Find embedded secrets, replace them by managed identity').waitFor();
    for (const title of ['See it', 'Fix it', 'Know it', 'On the command line']) {
      const step = walkthrough.locator('.getting-started-step').filter({ hasText: title });
      await step.locator('.step-title').click();
      await step.and(page.locator('.expanded')).waitFor();
      // Drawings are shown in a frame of their own.
      await page.locator('iframe').first().waitFor({ state: 'attached' });
      assert.ok((await step.locator('.monaco-button, button').count()) > 0, `${title} has a button`);
      if (title === 'See it') await screenshot(workbench, 'walkthrough');
    }
  });
});
