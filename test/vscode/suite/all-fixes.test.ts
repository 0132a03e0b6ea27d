import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';
import type { KeylessApi } from '../../../src/vscode/extension.ts';

const standIns = createStandIns(97);
const connection = (account = 'contoso'): string =>
  `DefaultEndpointsProtocol=https;AccountName=${account};AccountKey=${standIns.storageAccountKey()};EndpointSuffix=core.windows.net`;
const literal = (account?: string): string =>
  `import { BlobServiceClient } from '@azure/storage-blob';\n\nexport const blobs = BlobServiceClient.fromConnectionString('${connection(account)}');\n`;
const manifest = '{\n  "dependencies": {\n    "@azure/storage-blob": "^12.0.0"\n  }\n}\n';

describe('fix all', () => {
  let api: KeylessApi;
  let folder: vscode.Uri;
  let number = 0;

  before(async () => {
    const extension = vscode.extensions.getExtension<KeylessApi>('keyless.keyless-azure');
    assert.ok(extension);
    api = await extension.activate();
  });

  beforeEach(async () => {
    const root = vscode.workspace.workspaceFolders?.[0];
    assert.ok(root, 'the suite runs in a folder');
    folder = vscode.Uri.joinPath(root.uri, `fix-all-${Date.now()}-${number++}`);
    await vscode.workspace.fs.createDirectory(folder);
  });

  afterEach(async () => {
    for (const document of vscode.workspace.textDocuments) {
      if (!document.isDirty || !document.uri.path.startsWith(folder.path)) continue;
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    // As an edit, of which VS Code tells: what is found in the folder is forgotten with it.
    const gone = new vscode.WorkspaceEdit();
    gone.deleteFile(folder, { recursive: true });
    assert.ok(await vscode.workspace.applyEdit(gone));
  });

  const at = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, name);
  const write = (name: string, text: string): Thenable<void> =>
    vscode.workspace.fs.writeFile(at(name), Buffer.from(text));
  const bytes = async (name: string): Promise<string> =>
    Buffer.from(await vscode.workspace.fs.readFile(at(name))).toString('utf8');

  async function fixAll(name: string): Promise<void> {
    await vscode.commands.executeCommand('keyless.fixAllInFile', at(name));
  }

  async function until(what: string, condition: () => boolean | Promise<boolean>, patience = 15_000): Promise<void> {
    for (const deadline = Date.now() + patience; Date.now() < deadline;) {
      if (await condition()) return;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    assert.fail(`Not so after ${patience} ms: ${what}`);
  }

  async function show(name: string): Promise<vscode.TextDocument> {
    const document = await vscode.workspace.openTextDocument(at(name));
    await vscode.window.showTextDocument(document);
    return document;
  }

  it('keeps CRLF and the byte order mark, stores what nobody has open, and is taken back in all files', async () => {
    const code = `\ufeff${literal().replaceAll('\n', '\r\n')}`;
    await write('a.ts', code);
    await write('package.json', manifest.replaceAll('\n', '\r\n'));
    const document = await show('a.ts');
    await fixAll('a.ts');
    await until('both are stored', async () => {
      return /DefaultAzureCredential/.test(await bytes('a.ts')) && /@azure\/identity/.test(await bytes('package.json'));
    });
    const after = await bytes('a.ts');
    assert.ok(after.startsWith('\ufeffimport'));
    assert.ok(!after.replaceAll('\r\n', '').includes('\n'), 'every line ends as before');
    assert.ok(!(await bytes('package.json')).replaceAll('\r\n', '').includes('\n'));
    assert.deepEqual(await api.findings(document), []);
    const other = await vscode.workspace.openTextDocument(at('package.json'));
    assert.equal(other.isDirty, false);
    await until('one undo takes back both', async () => {
      if (/DefaultAzureCredential/.test(document.getText())) {
        await vscode.window.showTextDocument(document, { preserveFocus: false });
        await vscode.commands.executeCommand('undo');
      }
      return !document.getText().includes('DefaultAzureCredential') && !other.getText().includes('@azure/identity');
    });
    await document.save();
    await other.save();
    assert.equal(await bytes('a.ts'), code);
    assert.equal(await bytes('package.json'), manifest.replaceAll('\n', '\r\n'));
  }).timeout(60_000);

  it('builds on what somebody is writing in the manifest', async () => {
    await write('a.ts', literal());
    await write('package.json', manifest);
    const other = await show('package.json');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(other.uri, new vscode.Position(1, 0), '  "name": "unsaved",\n');
    await vscode.workspace.applyEdit(edit);
    assert.ok(other.isDirty);
    await fixAll('a.ts');
    await until('the package is added', () => other.getText().includes('"@azure/identity"'));
    assert.match(other.getText(), /"name": "unsaved"/);
    assert.doesNotThrow(() => void JSON.parse(other.getText()));
  });

  it('does nothing to a file that is gone', async () => {
    await write('a.ts', literal());
    await vscode.workspace.openTextDocument(at('a.ts'));
    await vscode.workspace.fs.delete(at('a.ts'));
    await fixAll('gone.ts');
    await fixAll('a.ts');
    await write('b.ts', literal());
    await fixAll('b.ts');
    await until('others are fixed all the same', async () => {
      const document = await vscode.workspace.openTextDocument(at('b.ts'));
      return document.getText().includes('DefaultAzureCredential');
    });
  });

  it('leaves code and settings together, whatever the preview is asked to apply', async () => {
    const settings = `STORAGE__CONNECTION=${connection()}\r\nOTHER=1\r\n`;
    const reader = `import { BlobServiceClient } from '@azure/storage-blob';\n\nexport const blobs = BlobServiceClient.fromConnectionString(process.env.STORAGE__CONNECTION);\n`;
    await write('.env', settings);
    await write('reader.ts', reader);
    await write('sure.ts', literal());
    await write('package.json', manifest);
    for (const name of ['.env', 'reader.ts', 'sure.ts']) {
      await api.findings(await vscode.workspace.openTextDocument(at(name)));
    }
    void vscode.commands.executeCommand('keyless.fixAllInWorkspace');
    await until(
      'the certain part is applied',
      async () => {
        await vscode.commands.executeCommand('refactorPreview.apply').then(undefined, () => undefined);
        return /DefaultAzureCredential/.test(await bytes('sure.ts'));
      },
      60_000,
    );
    await until('with its package', async () => (await bytes('package.json')).includes('@azure/identity'));
    assert.equal(await bytes('.env'), settings);
    assert.equal(await bytes('reader.ts'), reader);
  }).timeout(90_000);

  it('edits a cell of a notebook', async () => {
    const text = `from azure.storage.blob import BlobServiceClient\n\nblobs = BlobServiceClient.from_connection_string("${connection()}")\n`;
    const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, 'python');
    const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', new vscode.NotebookData([cell]));
    const { document } = notebook.cellAt(0);
    assert.equal((await api.findings(document)).length, 1);
    void vscode.commands.executeCommand('keyless.fixAllInFile', document.uri);
    await until('the cell is rewritten', () => document.getText().includes('DefaultAzureCredential()'));
    assert.deepEqual(await api.findings(document), []);
  });

  it('fixes many findings of one file at once, each client with its own account', async () => {
    const clients = Array.from(
      { length: 60 },
      (_, i) => `export const c${i} = BlobServiceClient.fromConnectionString('${connection(`account${i}`)}');\n`,
    );
    await write('sixty.ts', `import { BlobServiceClient } from '@azure/storage-blob';\n\n${clients.join('')}`);
    const document = await show('sixty.ts');
    assert.equal((await api.findings(document)).length, 60);
    const start = Date.now();
    await fixAll('sixty.ts');
    await until('all are fixed', () => !document.getText().includes('fromConnectionString'), 120_000);
    console.log(`      60 findings fixed after ${Date.now() - start} ms`);
    assert.deepEqual(await api.findings(document), []);
    assert.equal(document.getText().match(/new BlobServiceClient\('https:\/\/account\d+\./g)?.length, 60);
  }).timeout(180_000);
});
