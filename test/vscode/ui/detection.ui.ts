import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';
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

const key = createStandIns(41).storageAccountKey();
const code = [
  "import { BlobServiceClient } from '@azure/storage-blob';",
  '',
  '// One client for the whole process.',
  'const blobs = BlobServiceClient.fromConnectionString(',
  `  'DefaultEndpointsProtocol=https;AccountName=contosophotos;AccountKey=${key};EndpointSuffix=core.windows.net',`,
  ');',
  '',
  'export async function listPhotos(): Promise<string[]> {',
  '  const names: string[] = [];',
  "  for await (const blob of blobs.getContainerClient('photos').listBlobsFlat()) names.push(blob.name);",
  '  return names;',
  '}',
  '',
].join('\n');
const manifest = JSON.stringify({ name: 'photos', dependencies: { '@azure/storage-blob': '^12.0.0' } }, null, 2) + '\n';

describe('from squiggle to keyless code', () => {
  let workbench: Workbench;
  let folder: string;

  before(async () => {
    workbench = await openWorkbench();
    folder = join(workbench.folder, 'photos');
    await mkdir(folder);
    await writeFile(join(folder, 'photos.ts'), code);
    await writeFile(join(folder, 'package.json'), manifest);
  });

  after(() => workbench.close());

  it('underlines the key and explains it', async () => {
    await openFile(workbench, 'photos/photos.ts');
    await waitForSquiggle(workbench, ['error']);
    const line = code.split('\n')[4] ?? '';
    await goTo(workbench, 5, line.indexOf(key) + 4);
    await workbench.page.keyboard.press('ControlOrMeta+K');
    await workbench.page.keyboard.press('ControlOrMeta+I');
    const hover = workbench.page.locator('.monaco-hover:visible').first();
    await hover.getByText('Why it matters').first().waitFor();
    assert.ok(!(await hover.innerText()).includes(key.slice(0, 16)), 'the hover shows a part of the key');
    await screenshot(workbench, 'squiggle');
    await hover.locator('a').filter({ hasText: 'storage-account-key' }).first().click();
    const { page } = workbench;
    const rulePage = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
    await rulePage.getByRole('heading', { name: 'Azure Storage account key' }).waitFor();
    await rulePage.getByText('Storage Blob Data Reader').first().waitFor();
    await screenshot(workbench, 'rule-page');
    await page.locator('.tab').filter({ hasText: 'photos.ts' }).click();
    await goTo(workbench, 5, line.indexOf(key) + 4);
  });

  it('offers the rewrite in the quick fix menu', async () => {
    const entries = await openQuickFixMenu(workbench);
    await entries.filter({ hasText: 'DefaultAzureCredential' }).first().waitFor();
    await entries.filter({ hasText: 'Suppress' }).first().waitFor();
    await screenshot(workbench, 'quick-fix-menu');
  });

  it('rewrites the code, says what remains, and one undo takes it back', async () => {
    const { page } = workbench;
    await page
      .locator('.action-widget .monaco-list-row.action')
      .filter({ hasText: 'DefaultAzureCredential' })
      .first()
      .click();
    await page.locator('.view-line').filter({ hasText: 'new DefaultAzureCredential()' }).first().waitFor();
    const text = await visibleText(workbench);
    assert.match(text, /import \{ DefaultAzureCredential \} from '@azure\/identity';/);
    assert.match(text, /https:\/\/contosophotos\.blob\.core\.windows\.net/);
    assert.ok(!text.includes(key.slice(0, 16)));
    await page.locator('.notification-toast').filter({ hasText: 'outside the code' }).waitFor();
    await page.locator('.squiggly-error').first().waitFor({ state: 'detached' });
    await screenshot(workbench, 'fixed-code');
    await page.locator('.notification-toast').getByRole('button', { name: 'Show Next Steps' }).click();
    await page.locator('.tab.active').filter({ hasText: 'Next steps' }).waitFor();
    // The preview is drawn in a frame of a frame.
    const preview = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
    await preview.getByText('Storage Blob Data Reader').first().waitFor();
    await screenshot(workbench, 'next-steps');
    await page.locator('.tab').filter({ hasText: 'photos.ts' }).click();
    await page.keyboard.press('ControlOrMeta+Z');
    // An edit over two files asks whether to undo in both.
    const everywhere = page.locator('.monaco-dialog-box').getByRole('button', { name: /Undo in 2 Files/i });
    await everywhere.click({ timeout: 5_000 }).catch(() => undefined);
    await waitForSquiggle(workbench, ['error']);
    assert.equal(await readFile(join(folder, 'package.json'), 'utf8'), manifest);
  });
});
