import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { browserFlags, findOrInstallBrowser } from '../../../src/dev/browser.ts';
import { root, scratch, vsix } from '../../../src/dev/paths.ts';
import { makeSampleWorkspace } from '../../../src/dev/sample.ts';
import { temporaryFolder } from '../../../src/dev/temporary.ts';
import { demoSettings, type HostOptions, startVsCodeServer, type VsCodeHost } from '../../../src/dev/vscode-host.ts';

/** One open VS Code window on a sample workspace of its own, with the packaged extension installed. */
export interface Workbench {
  readonly page: Page;
  /** The sample workspace: absolute path. */
  readonly folder: string;
  close(): Promise<void>;
}

/** Milliseconds that a workbench may take for something a person would wait for. */
export const patience = 30_000;

const viewport = { width: 1280, height: 800 };

interface Running {
  readonly host: VsCodeHost;
  readonly browser: Browser;
  readonly temporary: string;
}

let running: Promise<Running> | undefined;
/** Of windows that have a server of their own. */
const ownBrowsers = new Set<Browser>();

/** Opens a workbench on a fresh sample workspace. The server and the browser are shared by the whole run. */
export async function openWorkbench(): Promise<Workbench> {
  running ??= startAll();
  const { host, browser, temporary } = await running;
  const folder = join(await mkdtemp(join(temporary, 'w-')), 'sample');
  await mkdir(folder);
  await makeSampleWorkspace(folder);
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  await page.goto(host.url(folder));
  await page.locator('.monaco-workbench .part.statusbar').waitFor();
  return { page, folder, close: () => context.close() };
}

/**
 * Opens a window of a server of its own, with workspace trust on, on a workspace that nobody has trusted yet.
 * @param files contents by path in the workspace
 */
export async function openWorkbenchWithTrust(
  files: Readonly<Record<string, string>>,
  userSettings: Readonly<Record<string, unknown>> = {},
): Promise<Workbench> {
  return openOwnWorkbench(files, { workspaceTrust: true, userSettings });
}

/**
 * Opens a window of a server of its own.
 * @param files contents by path in the workspace
 */
export async function openOwnWorkbench(
  files: Readonly<Record<string, string>>,
  options: Omit<HostOptions, 'dataFolder' | 'vsix'>,
): Promise<Workbench> {
  const temporary = await mkdtemp(join(tmpdir(), 'keyless-own-'));
  const folder = join(temporary, 'sample');
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  const { executable, env } = await findOrInstallBrowser();
  const [host, browser] = await Promise.all([
    startVsCodeServer({ dataFolder: join(temporary, 'server'), vsix, ...options }),
    chromium.launch({ executablePath: executable, args: browserFlags, env: { ...process.env, ...env } }),
  ]);
  ownBrowsers.add(browser);
  const page = await browser.newPage({ viewport });
  page.setDefaultTimeout(patience);
  await page.goto(host.url(folder));
  await page.locator('.monaco-workbench .part.statusbar').waitFor();
  const close = async (): Promise<void> => {
    ownBrowsers.delete(browser);
    await browser.close();
    await host.close();
    await rm(temporary, { recursive: true, force: true, maxRetries: 5 });
  };
  return { page, folder, close };
}

/** Keeps a picture of every open window in the cache, named after the test that failed. */
export async function pictureFailure(title: string): Promise<void> {
  const browsers = [...ownBrowsers, ...((await running) ? [(await running)!.browser] : [])];
  const pages = browsers.flatMap(browser => browser.contexts()).flatMap(context => context.pages());
  for (const [index, page] of pages.entries()) {
    const path = join(scratch, 'screenshots', `failed ${title} ${index}.png`.replace(/[^\w.]+/g, '-'));
    await page.screenshot({ path });
    console.log(`      the window: ${path}`);
  }
}

/** Ends the shared server and browser. */
export async function closeAll(): Promise<void> {
  if (running === undefined) return;
  const { host, browser } = await running;
  running = undefined;
  await browser.close();
  await host.close();
}

async function startAll(): Promise<Running> {
  const temporary = temporaryFolder('ui');
  const { executable, env } = await findOrInstallBrowser();
  const host = await startVsCodeServer({
    dataFolder: join(temporary, 'server'),
    vsix,
    machineSettings: demoSettings,
    userSettings: { ...demoSettings, 'editor.minimap.enabled': false },
  });
  const browser = await chromium.launch({
    executablePath: executable,
    args: browserFlags,
    env: { ...process.env, ...env },
  });
  return { host, browser, temporary };
}

/** Opens a file of the workspace by its path relative to the folder (`/`), through quick open, and returns its editor. */
export async function openFile({ page }: Workbench, path: string): Promise<Locator> {
  const parts = path.split('/');
  const name = parts.pop() ?? path;
  await page.keyboard.press('ControlOrMeta+P');
  const input = page.locator('.quick-input-widget input');
  await input.fill(path);
  // The list catches up with the text: Enter before that would open what was first in it.
  const chosen = page.locator('.quick-input-list .monaco-list-row.focused').filter({ hasText: name });
  await chosen.filter({ hasText: parts.join('/') }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.tab.active').filter({ hasText: name }).waitFor();
  const editor = page.locator('.editor-group-container.active .monaco-editor').first();
  await editor.locator('.view-line').first().waitFor();
  return editor;
}

/** Runs a command by its title, through the command palette. */
export async function runCommand({ page }: Workbench, title: string): Promise<void> {
  await page.keyboard.press('F1');
  const input = page.locator('.quick-input-widget input');
  await input.waitFor();
  await input.fill(`>${title}`);
  await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: title }).first().click();
}

/** Waits for at least one squiggle in the active editor (default: a warning or an error) and returns them all. */
export async function waitForSquiggle(
  { page }: Workbench,
  kinds: readonly ('error' | 'warning' | 'info' | 'hint')[] = ['error', 'warning'],
): Promise<Locator> {
  const squiggles = page.locator(kinds.map(kind => `.monaco-editor .squiggly-${kind}`).join(', '));
  await squiggles.first().waitFor({ state: 'attached' });
  return squiggles;
}

/** Puts the cursor at a 1-based line and column of the active editor. */
export async function goTo({ page }: Workbench, line: number, column: number): Promise<void> {
  await page.keyboard.press('Control+G');
  const input = page.locator('.quick-input-widget input');
  await input.fill(`:${line}:${column}`);
  await page.keyboard.press('Enter');
  await page.locator('.part.statusbar').getByText(`Ln ${line}, Col ${column}`).waitFor();
}

/** Opens the quick fix menu at the cursor and returns its entries; an entry is chosen by a click. */
export async function openQuickFixMenu({ page }: Workbench): Promise<Locator> {
  const entries = page.locator('.action-widget .monaco-list-row.action');
  for (let attempt = 1; ; attempt++) {
    await page.keyboard.press('ControlOrMeta+Period');
    try {
      await entries.first().waitFor({ timeout: 8000 });
      return entries;
    } catch (error) {
      // Pressed before the editor had its findings, VS Code says that there is nothing to fix.
      if (attempt === 4) throw error;
      await page.keyboard.press('Escape');
    }
  }
}

/** Opens a view container by its name in the activity bar and returns the side bar. */
export async function openSideBar({ page }: Workbench, container: string): Promise<Locator> {
  const tab = page.locator('.part.activitybar').getByRole('tab', { name: container });
  if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
  const sideBar = page.locator('.part.sidebar');
  await sideBar
    .locator('.composite.title')
    .filter({ hasText: new RegExp(container, 'i') })
    .waitFor();
  return sideBar;
}

/** Closes a view of the open container, so that the others have its room. */
export async function collapseView({ page }: Workbench, name: string): Promise<void> {
  const header = page.locator('.part.sidebar .pane-header').filter({ hasText: name });
  if ((await header.getAttribute('aria-expanded')) === 'true') await header.locator('h3').click();
  await page.locator('.part.sidebar .pane-header[aria-expanded="false"]').filter({ hasText: name }).waitFor();
}

/**
 * Clicks a button that a row shows while the pointer is on it. A tree draws its rows anew whenever something loads, and a
 * new row shows its buttons only to a pointer that moves onto it: so the pointer comes back until a click has arrived.
 */
export async function clickRowButton(row: Locator, name: string): Promise<void> {
  const page = row.page();
  for (let attempt = 1; ; attempt++) {
    try {
      await page.mouse.move(900, 500);
      await row.hover({ timeout: 5000 });
      await row.getByRole('button', { name }).click({ timeout: 5000 });
      return;
    } catch (error) {
      if (attempt === 10) throw error;
    }
  }
}

/** Opens a row of a tree; one that is open stays so. The tree may draw its rows anew between a look and a click. */
export async function expandRow(row: Locator): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      if ((await row.getAttribute('aria-expanded', { timeout: 10_000 })) === 'true') return;
      await row.click({ timeout: 5000 });
      await row.and(row.page().locator('[aria-expanded="true"]')).waitFor({ timeout: 3000 });
      return;
    } catch (error) {
      if (attempt === 8) throw error;
    }
  }
}

/** Drags the side bar's edge until it is `width` pixels wide. */
export async function widenSideBar({ page }: Workbench, width: number): Promise<void> {
  const box = await page.locator('.part.sidebar').boundingBox();
  if (box === null) throw new Error('The side bar is not open.');
  await page.mouse.move(box.x + box.width, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + width, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  // Away from the edge, which stays lit under the pointer.
  await page.mouse.move(box.x + width + 200, box.y + box.height / 2);
  await page.locator('.monaco-sash:is(.hover, .active)').waitFor({ state: 'detached' });
}

/** The text of the active editor's file, as the editor shows it (its visible lines). */
export async function visibleText({ page }: Workbench): Promise<string> {
  const lines = page.locator('.editor-group-container.active .monaco-editor .view-line');
  const drawn = await Promise.all(
    (await lines.all()).map(async line => ({ y: (await line.boundingBox())?.y ?? 0, text: await line.innerText() })),
  );
  // The editor keeps its lines in any order and draws spaces as no-break spaces.
  const inOrder = drawn.sort((a, b) => a.y - b.y).map(line => line.text);
  return inOrder.join('\n').replaceAll('\u00a0', ' ');
}

/**
 * Takes a picture of the window: into `media/screenshots/` when `KEYLESS_UPDATE_SCREENSHOTS` is 1, else into the cache.
 * `name` has no extension. Returns the file's path.
 */
export async function screenshot({ page }: Workbench, name: string): Promise<string> {
  const shown = process.env.KEYLESS_UPDATE_SCREENSHOTS === '1';
  const folder = shown ? join(root, 'media', 'screenshots') : join(scratch, 'screenshots');
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path });
  return path;
}
