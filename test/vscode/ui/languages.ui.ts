import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  goTo,
  openFile,
  openQuickFixMenu,
  openWorkbench,
  screenshot,
  visibleText,
  waitForSquiggle,
  type Workbench,
} from './workbench.ts';

/** One program of each language in the sample workspace, and what the lightbulb makes of it. */
const programs = [
  { path: 'shop/orders.ts', field: 'SharedAccessKey=', becomes: /new DefaultAzureCredential\(\)/ },
  { path: 'worker/orders.py', field: 'SharedAccessKey=', becomes: /DefaultAzureCredential\(\)/ },
  { path: 'api/Orders.cs', field: 'SharedAccessKey=', becomes: /new DefaultAzureCredential\(\)/ },
  {
    path: 'billing/src/main/java/com/demotoys/billing/Invoices.java',
    field: 'AccountKey=',
    becomes: /new DefaultAzureCredentialBuilder\(\)\.build\(\)/,
  },
  { path: 'gateway/main.go', field: 'SharedAccessKey=', becomes: /azidentity\.NewDefaultAzureCredential\(nil\)/ },
] as const;

describe('the lightbulb', () => {
  let workbench: Workbench;

  const originals = new Map<string, string>();

  before(async () => {
    workbench = await openWorkbench();
    for (const { path } of programs) originals.set(path, await readFile(join(workbench.folder, path), 'utf8'));
  });

  after(() => workbench.close());

  for (const { path, field, becomes } of programs) {
    it(`makes ${path} keyless, and undo takes it back`, async () => {
      const { page, folder } = workbench;
      const before = originals.get(path) ?? '';
      // A second try starts where the first one did.
      await writeFile(join(folder, path), before);
      const lines = before.split('\n');
      const line = lines.findIndex(text => text.includes(field));
      const start = (lines[line]?.indexOf(field) ?? 0) + field.length;
      const secret = lines[line]?.slice(start, start + 20) ?? '';
      const editor = await openFile(workbench, path);
      await waitForSquiggle(workbench);
      await goTo(workbench, line + 1, start + 3);
      const entries = await openQuickFixMenu(workbench);
      await entries.filter({ hasText: 'DefaultAzureCredential' }).first().click();
      await page.locator('.view-line').filter({ hasText: 'DefaultAzureCredential' }).first().waitFor();
      await screenshot(workbench, `fixed-${path.slice(path.lastIndexOf('.') + 1)}`);
      const text = await visibleText(workbench);
      assert.match(text, becomes);
      assert.ok(!text.includes(secret), 'a part of the secret is still in sight');
      await editor.click({ position: { x: 200, y: 5 } });
      await page.keyboard.press('ControlOrMeta+Z');
      // An edit over several files asks whether to undo in all of them.
      const everywhere = page.locator('.monaco-dialog-box').getByRole('button', { name: /Undo in \d+ Files/i });
      await everywhere.click({ timeout: 5_000 }).catch(() => undefined);
      await page.locator('.view-line').filter({ hasText: secret }).first().waitFor();
      await page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
      assert.equal(await readFile(join(folder, path), 'utf8'), before);
    });
  }
});
