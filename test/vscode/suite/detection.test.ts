import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';
import type { KeylessApi } from '../../../src/vscode/extension.ts';

const standIns = createStandIns(23);
const key = standIns.storageAccountKey();
const connection = `DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=${key};EndpointSuffix=core.windows.net`;
const code = [
  "import { BlobServiceClient } from '@azure/storage-blob';",
  '',
  '// One client for the whole process.',
  `export const blobs = BlobServiceClient.fromConnectionString('${connection}');`,
  '',
].join('\n');
const manifest = JSON.stringify({ name: 'shop', dependencies: { '@azure/storage-blob': '^12.0.0' } }, null, 2) + '\n';

describe('detection and quick fixes', () => {
  let api: KeylessApi;
  let folder: vscode.Uri;

  before(async () => {
    const extension = vscode.extensions.getExtension<KeylessApi>('keyless.keyless-azure');
    assert.ok(extension);
    api = await extension.activate();
    const root = vscode.workspace.workspaceFolders?.[0];
    assert.ok(root, 'the suite runs in a folder');
    folder = vscode.Uri.joinPath(root.uri, `detection-${Date.now()}`);
    await vscode.workspace.fs.createDirectory(folder);
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(folder, { recursive: true });
  });

  async function open(name: string, text: string): Promise<vscode.TextDocument> {
    const uri = vscode.Uri.joinPath(folder, name);
    await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    return document;
  }

  /** Keyless's diagnostics of the document's present text. */
  async function problems(document: vscode.TextDocument): Promise<vscode.Diagnostic[]> {
    await api.findings(document);
    return vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Keyless');
  }

  /** Resolved quick fixes; asked until one of the wanted title is there, as the provider may lag the diagnostics. */
  async function quickFix(document: vscode.TextDocument, title: RegExp): Promise<vscode.CodeAction> {
    const [problem] = await problems(document);
    assert.ok(problem);
    const titles = new Set<string>();
    for (const deadline = Date.now() + 10_000; Date.now() < deadline;) {
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        problem.range,
        vscode.CodeActionKind.QuickFix.value,
        20,
      );
      const found = actions.find(action => title.test(action.title));
      if (found) return found;
      for (const action of actions) titles.add(action.title);
      await new Promise(resolve => setTimeout(resolve, 100));
    }
    return assert.fail(`No quick fix ${String(title)} among: ${[...titles].join('; ')}`);
  }

  it('underlines exactly the secret and says what, why and what to do', async () => {
    const document = await open('exact.ts', code);
    const [problem, ...more] = await problems(document);
    assert.ok(problem);
    assert.equal(more.length, 0);
    assert.equal(document.getText(problem.range), key);
    assert.equal(problem.severity, vscode.DiagnosticSeverity.Error);
    assert.ok(typeof problem.code === 'object');
    assert.equal(problem.code.value, 'storage-account-key');
    assert.match(problem.code.target.toString(), /^keyless-rule:\/storage-account-key\.md$/);
    assert.match(problem.message, /contoso/);
    assert.ok(!problem.message.includes(key.slice(0, 16)), 'the message holds a part of the secret');
  });

  for (const [name, text] of [
    ['appsettings.json', JSON.stringify({ ConnectionStrings: { Storage: connection } }, null, 2)],
    ['values.yaml', `storage:\n  connection: "${connection}"\n`],
    ['.env', `AZURE_STORAGE_CONNECTION_STRING=${connection}\n`],
    [
      'web.config',
      `<configuration><appSettings><add key="Storage" value="${connection}" /></appSettings></configuration>`,
    ],
    ['notes.txt', `do not forget: ${connection}\n`],
    ['worker.py', `CONNECTION = "${connection}"\n`],
    ['Program.cs', `var connection = "${connection}";\n`],
    ['Main.java', `class Main { String c = "${connection}"; }\n`],
    ['main.go', `package main\n\nconst c = "${connection}"\n`],
  ] as const) {
    it(`finds the secret in ${name}`, async () => {
      const document = await open(name, text);
      const found = (await problems(document)).map(({ range }) => document.getText(range));
      assert.deepEqual(found, [key]);
    });
  }

  it('stays silent on placeholders and environment look-ups', async () => {
    const document = await open(
      'good.ts',
      "const a = 'AccountName=contoso;AccountKey=<your-key>';\nconst b = process.env.AZURE_STORAGE_CONNECTION_STRING;\n",
    );
    assert.deepEqual(await problems(document), []);
  });

  it('follows typing: the squiggle comes with the secret and goes with it', async () => {
    const document = await open('typing.ts', '\n');
    assert.deepEqual(await problems(document), []);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), `const c = '${connection}';`);
    await vscode.workspace.applyEdit(edit);
    assert.equal((await problems(document)).length, 1);
    const removal = new vscode.WorkspaceEdit();
    removal.delete(document.uri, document.lineAt(0).range);
    await vscode.workspace.applyEdit(removal);
    assert.deepEqual(await problems(document), []);
  });

  it('explains in a hover', async () => {
    const document = await open('hover.ts', code);
    const [problem] = await problems(document);
    assert.ok(problem);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      problem.range.start,
    );
    const text = hovers
      .flatMap(hover => hover.contents)
      .map(part => (part instanceof vscode.MarkdownString ? part.value : ''))
      .join('\n');
    assert.match(text, /Why it matters/);
    assert.match(text, /Storage Blob Data Reader/);
    assert.match(text, /allowSharedKeyAccess/);
    assert.match(text, /keyless\.showRule/);
    assert.ok(!text.includes(key.slice(0, 16)));
  });

  it('rewrites code, import and manifest in one edit that one undo takes back', async () => {
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, 'package.json'), Buffer.from(manifest));
    const document = await open('rewrite.ts', code);
    const preferred = await quickFix(document, /DefaultAzureCredential/);
    assert.equal(preferred.isPreferred, true);
    assert.ok(preferred.edit, 'the fix has no edit');
    assert.equal(preferred.edit.size, 2, 'code and manifest');
    assert.ok(await vscode.workspace.applyEdit(preferred.edit));
    assert.equal(
      document.getText(),
      [
        "import { DefaultAzureCredential } from '@azure/identity';",
        "import { BlobServiceClient } from '@azure/storage-blob';",
        '',
        '// One client for the whole process.',
        "export const blobs = new BlobServiceClient('https://contoso.blob.core.windows.net', new DefaultAzureCredential());",
        '',
      ].join('\n'),
    );
    assert.deepEqual(await problems(document), []);
    // The command goes to what has the focus, which a window that is busy gives to the editor a moment later.
    for (let i = 0; i < 20 && document.getText() !== code; i++) {
      await vscode.window.showTextDocument(document, { preserveFocus: false });
      await vscode.commands.executeCommand('undo');
      await new Promise(resolve => setTimeout(resolve, 100));
    }
    assert.equal(document.getText(), code);
    await document.save();
  });

  it('rewrites a builder in Java', async () => {
    const text = `import com.azure.storage.blob.*;\n\nclass Photos {\n    Object client = new BlobServiceClientBuilder()\n        .connectionString("${connection}")\n        .buildClient();\n}\n`;
    const document = await open('Photos.java', text);
    const fix = await quickFix(document, /DefaultAzureCredential/);
    assert.ok(fix.edit, 'the fix has no edit');
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    assert.equal(
      document.getText(),
      `import com.azure.identity.DefaultAzureCredentialBuilder;\nimport com.azure.storage.blob.*;\n\nclass Photos {\n    Object client = new BlobServiceClientBuilder()\n        .endpoint("https://contoso.blob.core.windows.net")\n        .credential(new DefaultAzureCredentialBuilder().build())\n        .buildClient();\n}\n`,
    );
    assert.deepEqual(await problems(document), []);
  });

  it('rewrites a constructor in Go and handles the error of the sign-in', async () => {
    const text = `package main\n\nimport "github.com/Azure/azure-sdk-for-go/sdk/storage/azblob"\n\nfunc open() (*azblob.Client, error) {\n\treturn azblob.NewClientFromConnectionString("${connection}", nil)\n}\n`;
    const document = await open('photos.go', text);
    const fix = await quickFix(document, /DefaultAzureCredential/);
    assert.ok(fix.edit, 'the fix has no edit');
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    assert.equal(
      document.getText(),
      `package main\n\nimport "github.com/Azure/azure-sdk-for-go/sdk/azidentity"\nimport "github.com/Azure/azure-sdk-for-go/sdk/storage/azblob"\n\nfunc open() (*azblob.Client, error) {\n\tcred, err := azidentity.NewDefaultAzureCredential(nil)\n\tif err != nil {\n\t\treturn nil, err\n\t}\n\treturn azblob.NewClient("https://contoso.blob.core.windows.net", cred, nil)\n}\n`,
    );
    assert.deepEqual(await problems(document), []);
  });

  it('offers the keyless form where a client reads its connection string from a setting, without a squiggle', async () => {
    const text = code.replace(`'${connection}'`, 'process.env.STORAGE_CONNECTION_STRING!');
    const document = await open('setting.ts', text);
    assert.deepEqual(await problems(document), []);
    const position = document.positionAt(text.indexOf('fromConnectionString'));
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      new vscode.Range(position, position),
      vscode.CodeActionKind.RefactorRewrite.value,
      20,
    );
    const offer = actions.find(action => action.title.includes('STORAGE_CONNECTION_STRING'));
    assert.ok(offer?.edit, actions.map(action => action.title).join('; '));
    assert.ok(await vscode.workspace.applyEdit(offer.edit));
    assert.match(document.getText(), /new BlobServiceClient\(process\.env\.\w+!, new DefaultAzureCredential\(\)\)/);
    assert.ok(!document.getText().includes('CONNECTION_STRING'));
  });

  it('suppresses here with a comment', async () => {
    const document = await open('suppress.ts', code);
    const suppress = await quickFix(document, /^Suppress/);
    assert.ok(suppress.edit);
    assert.ok(await vscode.workspace.applyEdit(suppress.edit));
    assert.match(document.getText(), /keyless-ignore storage-account-key/);
    assert.deepEqual(await problems(document), []);
  });

  it('fixes all in the file with imports added once', async () => {
    const second = code
      .replace('export const blobs', 'export const backup')
      .replace(key, standIns.storageAccountKey())
      .split('\n')
      .slice(2)
      .join('\n');
    const document = await open('all.ts', code + second);
    assert.equal((await problems(document)).length, 2);
    await vscode.commands.executeCommand('keyless.fixAllInFile', document.uri);
    assert.deepEqual(await problems(document), []);
    assert.equal(document.getText().match(/from '@azure\/identity'/g)?.length, 1);
    assert.ok(!document.getText().includes(key));
  });
});
