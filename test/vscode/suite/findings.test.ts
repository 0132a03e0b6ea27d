import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';
import type { KeylessApi } from '../../../src/vscode/extension.ts';

const standIns = createStandIns(61);
const shared = standIns.storageAccountKey();
const alone = standIns.storageAccountKey();
const text = (key: string, account = 'contoso') =>
  `connection: "DefaultEndpointsProtocol=https;AccountName=${account};AccountKey=${key};EndpointSuffix=core.windows.net"\n`;

describe('findings of the workspace', () => {
  let api: KeylessApi;
  let folder: vscode.Uri;
  const settings = () => vscode.workspace.getConfiguration('keyless');

  before(async () => {
    const extension = vscode.extensions.getExtension<KeylessApi>('keyless.keyless-azure');
    assert.ok(extension);
    api = await extension.activate();
    const root = vscode.workspace.workspaceFolders?.[0];
    assert.ok(root, 'the suite runs in a folder');
    folder = vscode.Uri.joinPath(root.uri, `findings-${Date.now()}`);
    await vscode.workspace.fs.createDirectory(folder);
    await write('.git/HEAD', 'ref: refs/heads/main\n');
    await write('.gitignore', 'local.yaml\n');
    await write('one.yaml', text(shared));
    await write('two.yaml', `# a comment\n${text(shared)}`);
    await write('three.yaml', text(alone, 'fabrikam'));
    await write('local.yaml', text(standIns.storageAccountKey(), 'local'));
    await write('clean.yaml', 'connection: none\n');
  });

  after(async () => {
    await settings().update('rules', undefined, vscode.ConfigurationTarget.Workspace);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(folder, { recursive: true });
  });

  const at = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, name);

  async function write(name: string, content: string): Promise<void> {
    await vscode.workspace.fs.writeFile(at(name), Buffer.from(content));
  }

  function problems(name: string): vscode.Diagnostic[] {
    return vscode.languages.getDiagnostics(at(name)).filter(({ source }) => source === 'Keyless');
  }

  async function until(what: string, condition: () => boolean): Promise<void> {
    for (const deadline = Date.now() + 10_000; Date.now() < deadline;) {
      if (condition()) return;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    assert.fail(`Not so after 10 s: ${what}`);
  }

  it('shows what is wrong in a settings file where it stands, open or not, until it is put right', async () => {
    await write('settings/.keyless.json', '{ "rules": { "no-such-rule": "off" } }\n');
    await write('settings/four.yaml', text(standIns.storageAccountKey(), 'four'));
    const place = 'settings/.keyless.json';
    await api.findings(await vscode.workspace.openTextDocument(at('settings/four.yaml')));
    await until('the file on disk has its problem', () => problems(place).length === 1);
    const document = await vscode.workspace.openTextDocument(at(place));
    await until('the open file has it, too', () => problems(place).length === 1);
    const [problem] = problems(place);
    assert.match(problem?.message ?? '', /no rule "no-such-rule"/);
    assert.equal(document.getText(problem?.range), '"no-such-rule"');
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, problem!.range, '"storage-account-key"');
    await vscode.workspace.applyEdit(edit);
    await until('it is put right', () => problems(place).length === 0);
    await document.save();
    const yaml = await vscode.workspace.openTextDocument(at('settings/four.yaml'));
    await until('and holds', () => problems('settings/four.yaml').length === 0);
    assert.deepEqual(await api.findings(yaml), []);
  });

  /** As an edit in VS Code, which tells of it at once; its watcher for other programs does not run everywhere. */
  async function change(describe: (edit: vscode.WorkspaceEdit) => void): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    describe(edit);
    assert.ok(await vscode.workspace.applyEdit(edit));
  }

  const create = (name: string, content: string): Promise<void> =>
    change(edit => edit.createFile(at(name), { contents: Buffer.from(content), overwrite: true }));

  /** Every word of the view. */
  function words(): string {
    return JSON.stringify(api.findingsView.tree());
  }

  it('of closed files appear in Problems after a scan, at the exact place; what git ignores is left out', async () => {
    assert.deepEqual(problems('three.yaml'), []);
    const outcome = await api.workspaceScan.scan();
    assert.equal(outcome.end, 'complete');
    assert.ok(outcome.files > 5);
    const [problem, ...more] = problems('three.yaml');
    assert.ok(problem);
    assert.equal(more.length, 0);
    const { start, end } = problem.range;
    assert.equal(text(alone, 'fabrikam').split('\n')[start.line]?.slice(start.character, end.character), alone);
    assert.match(problem.message, /fabrikam/);
    assert.deepEqual(problems('clean.yaml'), []);
    assert.deepEqual(problems('local.yaml'), []);
  });

  it('tell of the other places of their secret', async () => {
    await until('the two files know of each other', () =>
      ['one.yaml', 'two.yaml'].every(name => problems(name)[0]?.relatedInformation?.length === 1),
    );
    const [one] = problems('one.yaml');
    const [related] = one?.relatedInformation ?? [];
    assert.equal(related?.location.uri.toString(), at('two.yaml').toString());
    assert.equal(related.location.range.start.line, 1);
    assert.match(one?.message ?? '', /also in 1 other file\./);
    assert.equal(problems('three.yaml')[0]?.relatedInformation, undefined);
  });

  it('are grouped by rule, file and secret, without a word of a secret', async () => {
    await vscode.commands.executeCommand('keyless.findings.groupByRule');
    assert.ok(api.findingsView.tree().some(({ id }) => id === 'rule:storage-account-key'));
    assert.ok(!words().includes(shared.slice(0, 12)));
    await vscode.commands.executeCommand('keyless.findings.groupByFile');
    const file = api.findingsView.tree().find(({ file }) => file === at('three.yaml').toString());
    assert.equal(file?.children.length, 1);
    assert.ok(!words().includes(shared.slice(0, 12)));
    await vscode.commands.executeCommand('keyless.findings.groupBySecret');
    const group = api.findingsView
      .tree()
      .find(({ children }) => children.some(({ file }) => file === at('one.yaml').toString()));
    assert.deepEqual(
      group?.children.map(({ file }) => file),
      [at('one.yaml').toString(), at('two.yaml').toString()],
    );
    assert.match(group.description ?? '', /2 places, 2 files/);
    assert.ok(!words().includes(shared.slice(0, 12)));
    await vscode.commands.executeCommand('keyless.findings.groupByRule');
  });

  it('open at the exact range by a click', async () => {
    const row = api.findingsView
      .tree()
      .flatMap(({ children }) => children)
      .find(({ file }) => file === at('two.yaml').toString());
    assert.ok(row?.command);
    await vscode.commands.executeCommand(row.command.id, ...(row.command.arguments ?? []));
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.toString(), at('two.yaml').toString());
    assert.equal(editor.document.getText(editor.selection), shared);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('follow files that come, go and are renamed', async () => {
    await change(edit => edit.createFile(at('new.yaml'), { contents: Buffer.from(text(shared)) }));
    await until('the new file is found', () => problems('new.yaml').length === 1);
    await until('the others know of it', () => problems('one.yaml')[0]?.relatedInformation?.length === 2);
    await change(edit => edit.renameFile(at('new.yaml'), at('renamed.yaml')));
    await until('the renamed file is found', () => problems('renamed.yaml').length === 1);
    assert.deepEqual(problems('new.yaml'), []);
    await change(edit => edit.deleteFile(at('renamed.yaml')));
    await until('the deleted file is forgotten', () => problems('renamed.yaml').length === 0);
    await until('the others forget it', () => problems('one.yaml')[0]?.relatedInformation?.length === 1);
    await change(edit => edit.createFile(at('local.yaml'), { contents: Buffer.from(text(shared)), overwrite: true }));
    await api.workspaceScan.settled();
    assert.deepEqual(problems('local.yaml'), []);
  });

  it('follow files that change, and only these are read', async () => {
    const before = api.workspaceScan.outcome();
    await change(edit => {
      edit.createFile(at('clean.yaml'), { contents: Buffer.from(text(alone, 'later')), overwrite: true });
    });
    await until('the changed file is found', () => problems('clean.yaml').length === 1);
    await change(edit => {
      edit.createFile(at('clean.yaml'), { contents: Buffer.from('connection: none\n'), overwrite: true });
    });
    await until('the cleaned file is clean', () => problems('clean.yaml').length === 0);
    assert.equal(api.workspaceScan.outcome(), before, 'the whole workspace was not scanned again');
  });

  it('stay when an editor closes, as of the stored file', async () => {
    const document = await vscode.workspace.openTextDocument(at('three.yaml'));
    await vscode.window.showTextDocument(document);
    const edit = new vscode.WorkspaceEdit();
    edit.delete(document.uri, document.lineAt(0).range);
    await vscode.workspace.applyEdit(edit);
    assert.equal((await api.findings(document)).length, 0);
    assert.deepEqual(problems('three.yaml'), []);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await until('the stored file is looked at', () => problems('three.yaml').length === 1);
  });

  it('of an open file that git ignores are information: not committed, still a key', async () => {
    await vscode.commands.executeCommand('vscode.open', at('local.yaml'));
    await until('the open file is looked at', () => problems('local.yaml').length === 1);
    const [problem] = problems('local.yaml');
    assert.equal(problem?.severity, vscode.DiagnosticSeverity.Information);
    assert.match(problem.message, /not committed, but still a key/);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await until('a closed ignored file is left out again', () => problems('local.yaml').length === 0);
  });

  it('have the severity that the settings give their rule', async () => {
    const set = (value: unknown) => settings().update('rules', value, vscode.ConfigurationTarget.Workspace);
    await set({ 'storage-account-key': 'information' });
    await until('the rule is information', () => {
      return problems('one.yaml')[0]?.severity === vscode.DiagnosticSeverity.Information;
    });
    await set({ 'storage-account-key': 'off' });
    await until('the rule is silent', () => problems('one.yaml').length === 0);
    assert.ok(!words().includes('one.yaml'));
    const document = await vscode.workspace.openTextDocument(at('one.yaml'));
    assert.deepEqual(await api.findings(document), []);
    await set(undefined);
    await until('the rule is back', () => problems('one.yaml')[0]?.severity === vscode.DiagnosticSeverity.Error);
  });

  it('are suppressed and fixed from their rows', async () => {
    await create('act.ts', `// The photos.\nconst key = '${text(alone, 'fabrikam').trim().slice(13, -1)}';\n`);
    await until('the new file is found', () => problems('act.ts').length === 1);
    const row = () =>
      api.findingsView
        .tree()
        .flatMap(({ children }) => children)
        .find(({ file }) => file === at('act.ts').toString());
    await until('the view shows it', () => row() !== undefined);
    await vscode.commands.executeCommand('keyless.findings.suppress', row());
    const document = await vscode.workspace.openTextDocument(at('act.ts'));
    assert.match(document.getText(), /keyless-ignore storage-account-key/);
    assert.deepEqual(await api.findings(document), []);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');

    await create(
      'act.ts',
      `import { BlobServiceClient } from '@azure/storage-blob';\n\nexport const blobs = BlobServiceClient.fromConnectionString('${text(alone, 'fabrikam').trim().slice(13, -1)}');\n`,
    );
    await until('the finding has moved', () => problems('act.ts')[0]?.range.start.line === 2);
    await until('the view shows it', () => row()?.subject?.place?.start.line === 2);
    await vscode.commands.executeCommand('keyless.findings.fix', row());
    const fixed = await vscode.workspace.openTextDocument(at('act.ts'));
    assert.match(fixed.getText(), /new BlobServiceClient\('https:\/\/fabrikam\.blob\.core\.windows\.net', new Default/);
    assert.deepEqual(await api.findings(fixed), []);
    await vscode.window.showTextDocument(fixed);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('that were found before a scan is stopped are kept, and the view says that the rest is unknown', async () => {
    const many = vscode.Uri.joinPath(folder, 'many');
    await mkdir(many.fsPath);
    for (let index = 0; index < 1500; index++)
      await writeFile(join(many.fsPath, `${index}.yaml`), text(shared, 'many'));
    await api.workspaceScan.settled();
    const listening = api.workspaceScan.onDidChange(() => {
      if ((api.workspaceScan.progress()?.files ?? 0) > 0) api.workspaceScan.cancel();
    });
    const outcome = await api.workspaceScan.scan();
    listening.dispose();
    assert.equal(outcome.end, 'cancelled');
    assert.match(api.findingsView.status() ?? '', /stopped the scan after \d+ files?\. What was found is kept/);
    assert.equal(problems('one.yaml').length, 1);
    await change(edit => edit.deleteFile(many, { recursive: true }));
    await until(
      'the deleted folder is forgotten',
      () => !words().includes('findings-many') && !words().includes('/many'),
    );
  }).timeout(60_000);
});
