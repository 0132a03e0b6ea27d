import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';
import { isGitIgnored } from '../../../src/platform/ignore-files.ts';
import { createScanThread, type ScanSummary } from '../../../src/platform/scan-thread.ts';
import type { ScannedWorkspaceFile, WorkspaceScanRequest } from '../../../src/platform/workspace-scan.ts';
import { folderWith } from '../../harness/cli.ts';

const worker = fileURLToPath(new URL('../../../src/platform/scan-worker.ts', import.meta.url));
const thread = createScanThread(worker);
afterAll(() => thread.dispose());

const plain = {
  exclude: [],
  gitIgnored: false,
  maxBytes: 1_000_000,
  salt: 'salt',
  layer: { folder: '/', config: {} },
  useGit: true,
  grammars: '/none',
};

const standIns = createStandIns(5);
const key = standIns.storageAccountKey();
const secretText = (value = key) => `AccountName=contoso;AccountKey=${value};EndpointSuffix=core.windows.net\n`;

async function scan(
  folder: string,
  more: Partial<WorkspaceScanRequest> = {},
  signal = new AbortController().signal,
): Promise<{ summary: ScanSummary; files: Map<string, ScannedWorkspaceFile> }> {
  const files = new Map<string, ScannedWorkspaceFile>();
  const request = { folder, ...plain, ...more };
  const summary = await thread.scan(request, signal, {
    onFiles: found => found.forEach(file => files.set(file.path.slice(folder.length + 1).replaceAll('\\', '/'), file)),
    onProgress: () => undefined,
  });
  return { summary, files };
}

describe('the scan of a workspace folder', () => {
  it('joins a secret that stands in parts', async () => {
    const modules = fileURLToPath(new URL('../../../node_modules/', import.meta.url));
    const wasm = (path: string): Buffer => readFileSync(join(modules, path));
    await using grammars = await folderWith({
      'web-tree-sitter.wasm': wasm('web-tree-sitter/web-tree-sitter.wasm'),
      'tree-sitter-python.wasm': wasm('@vscode/tree-sitter-wasm/wasm/tree-sitter-python.wasm'),
    });
    const legacy = standIns.legacyKey64();
    await using folder = await folderWith({
      'a.py': `VALUE = "${legacy}"\ncs = f"AccountName=a;AccountKey={VALUE};EndpointSuffix=core.windows.net"\n`,
    });
    const { files } = await scan(folder.path, { grammars: grammars.path });
    expect(files.get('a.py')?.findings.map(({ finding, start }) => [finding.ruleId, start])).toEqual([
      ['storage-account-key', { line: 0, character: 9 }],
    ]);
  });

  it('finds the same secret in two files under one digest, with exact places, and never hands it over', async () => {
    await using folder = await folderWith({
      'a.txt': secretText(),
      'b/c.env': `\nX="${secretText()}"`,
      'd.ts': 'let x;',
    });
    const { summary, files } = await scan(folder.path);
    expect(summary).toMatchObject({ files: 3, unreadable: 0, cancelled: false });
    expect([...files.keys()].sort()).toEqual(['a.txt', 'b/c.env']);
    const [a] = files.get('a.txt')!.findings;
    const [c] = files.get('b/c.env')!.findings;
    expect(a).toMatchObject({ start: { line: 0, character: 31 }, end: { line: 0, character: 31 + key.length } });
    expect(c?.start).toEqual({ line: 1, character: 34 });
    expect(c?.secret).toBe(a?.secret);
    expect(JSON.stringify([...files.values()])).not.toContain(key.slice(0, 16));
  });

  it('obeys the settings files in the folder, and the editor where they say nothing', async () => {
    const rules = { 'storage-account-key': 'warning' } as const;
    await using folder = await folderWith({
      '.git/HEAD': 'ref: refs/heads/main\n',
      '.keyless.json': '{ "ignore": ["samples/"] }',
      'samples/a.txt': secretText(),
      'off/.keyless.json': '{ "rules": { "storage-account-key": "off" } }',
      'off/b.txt': secretText(),
      'c.txt': secretText(),
    });
    const { files } = await scan(folder.path, {
      layer: { folder: folder.path.replaceAll('\\', '/'), config: { rules } },
    });
    expect([...files].map(([name, { findings }]) => [name, findings[0]?.finding.severity])).toEqual([
      ['c.txt', 'warning'],
    ]);
  });

  it('leaves out what git ignores, what is excluded and what is too large, and looks at neighbours', async () => {
    await using folder = await folderWith({
      '.git/HEAD': 'ref: refs/heads/main\n',
      '.gitignore': 'local/\n*.secret\n',
      'local/a.txt': secretText(),
      'b.secret': secretText(),
      'out/c.txt': secretText(),
      'src/out/d.txt': secretText(),
      'src/e.tmp': secretText(),
      'large.txt': secretText() + ' '.repeat(2000),
      'neighbour.txt': secretText(),
    });
    const more = { exclude: ['out', '**/*.{tmp,bak}'], maxBytes: 1000 };
    expect([...(await scan(folder.path, more)).files.keys()].sort()).toEqual(['neighbour.txt', 'src/out/d.txt']);
    const asked = await scan(folder.path, { gitIgnored: true });
    expect([...asked.files.keys()]).toEqual(expect.arrayContaining(['local/a.txt', 'b.secret', 'out/c.txt']));
    const notCommitted = [...asked.files]
      .filter(([, file]) => file.findings[0]?.finding.uncommitted)
      .map(([name]) => name);
    expect(notCommitted.sort()).toEqual(['b.secret', 'local/a.txt']);
  });

  it('looks at named files by the same rules, and reports one that is clean, left out or gone as without findings', async () => {
    await using folder = await folderWith({
      '.gitignore': 'local/\n',
      'a.txt': secretText(),
      'clean.txt': 'nothing\n',
      'local/b.txt': secretText(),
      'node_modules/x/c.txt': secretText(),
      'gone.txt': secretText(),
    });
    await rm(join(folder.path, 'gone.txt'));
    const names = ['a.txt', 'clean.txt', 'local/b.txt', 'node_modules/x/c.txt', 'gone.txt'];
    const { files } = await scan(folder.path, { files: names.map(name => join(folder.path, name)) });
    expect(Object.fromEntries([...files].map(([name, { findings }]) => [name, findings.length]))).toEqual({
      'a.txt': 1,
      'clean.txt': 0,
      'local/b.txt': 0,
      'node_modules/x/c.txt': 0,
      'gone.txt': 0,
    });
  });

  it('stops when cancelled and says so', async () => {
    const many = Array.from({ length: 3000 }, (_, index) => [`${index}.txt`, secretText()]);
    await using folder = await folderWith(Object.fromEntries(many) as Record<string, string>);
    const abort = new AbortController();
    const request = { folder: folder.path, ...plain };
    const summary = await thread.scan(request, abort.signal, {
      onFiles: () => undefined,
      onProgress: () => abort.abort(),
    });
    expect(summary.cancelled).toBe(true);
    expect(summary.files).toBeGreaterThan(0);
    expect(summary.files).toBeLessThan(3000);
  });

  it('fails with a message when its thread cannot start', async () => {
    const broken = createScanThread(join(import.meta.dirname, 'no-such-worker.ts'));
    const request = { folder: import.meta.dirname, ...plain };
    const listener = { onFiles: () => undefined, onProgress: () => undefined };
    await expect(broken.scan(request, new AbortController().signal, listener)).rejects.toThrow(/ended early/);
  });
});

describe('isGitIgnored', () => {
  it('knows rules of the file, of folders above it and exceptions', async () => {
    await using folder = await folderWith({
      '.gitignore': '*.local\nbuild/\n!keep.local\n',
      'sub/.gitignore': '!b.local\nonly-here\n',
    });
    await writeFile(join(folder.path, 'a.local'), '');
    const ignored = (path: string) => isGitIgnored(join(folder.path, ...path.split('/')), folder.path);
    expect(await Promise.all(['a.local', 'sub/c.local', 'build/x/y.txt', 'sub/only-here'].map(ignored))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(await Promise.all(['keep.local', 'sub/b.local', 'only-here', 'src/build.ts'].map(ignored))).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});
