import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import * as vscode from 'vscode';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';
import type { KeylessApi } from '../../../src/vscode/extension.ts';

const key = createStandIns(91).storageAccountKey();
const secret = `DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=${key};EndpointSuffix=core.windows.net`;

describe('typing', function () {
  this.timeout(120_000);
  let api: KeylessApi;
  let folder: string;

  before(async () => {
    const extension = vscode.extensions.getExtension<KeylessApi>('keyless.keyless-azure');
    assert.ok(extension);
    api = await extension.activate();
    const root = vscode.workspace.workspaceFolders?.[0];
    assert.ok(root);
    folder = join(root.uri.fsPath, `typing-${Date.now()}`);
    await mkdir(folder);
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rm(folder, { recursive: true });
  });

  async function open(name: string, text: string): Promise<vscode.TextDocument> {
    await writeFile(join(folder, name), text);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.file(join(folder, name)));
    assert.equal((await api.findings(document)).length, 1);
    return document;
  }

  async function type(document: vscode.TextDocument, line: number): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(line, 0), ' ');
    assert.ok(await vscode.workspace.applyEdit(edit));
  }

  it('in a 20 MB file never holds the extension host for long', async function () {
    const row = (index: number): string => `  "setting-${index}": "${'value of no interest '.repeat(4)}${index}",\n`;
    const rows = Array.from({ length: 190_000 }, (_, index) => row(index)).join('');
    const text = `{\n${rows}  "storage": "${secret}"\n}\n`;
    assert.ok(text.length > 20_000_000);
    const document = await open('large.json', text);
    const longest: number[] = [];
    for (let attempt = 0; attempt < 3; attempt++) {
      await type(document, 1000 * attempt + 5);
      const delay = monitorEventLoopDelay({ resolution: 1 });
      delay.enable();
      assert.equal((await api.findings(document)).length, 1);
      delay.disable();
      longest.push(delay.max / 1e6);
    }
    const best = Math.min(...longest);
    this.test!.title += `: at most ${best.toFixed(0)} ms`;
    // The quickest of three, with room for other programs that take the processor.
    assert.ok(best < 200, `held for ${longest.map(time => time.toFixed(0)).join(', ')} ms`);
  });

  it('in a file of 10,000 lines takes little time of the processor', async function () {
    const lines = Array.from(
      { length: 10_000 },
      (_, index) => `export const value${index} = compute(${index}, 'text');`,
    );
    lines[5000] = `export const connection = '${secret}';`;
    const document = await open('long.ts', lines.join('\n'));
    const times: number[] = [];
    for (let stroke = 0; stroke < 40; stroke++) {
      await type(document, 4000 + stroke);
      const before = process.cpuUsage();
      const started = performance.now();
      assert.equal((await api.findings(document)).length, 1);
      const { user, system } = process.cpuUsage(before);
      times.push(Math.min((user + system) / 1000, performance.now() - started));
    }
    times.sort((a, b) => a - b);
    const median = times[20] ?? Infinity;
    const p95 = times[37] ?? Infinity;
    this.test!.title += `: ${median.toFixed(1)} ms per scan in the median, ${p95.toFixed(1)} ms at p95`;
    assert.ok(median < 50, `took ${median.toFixed(1)} ms`);
  });
});
