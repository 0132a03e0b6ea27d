import assert from 'node:assert/strict';
import * as vscode from 'vscode';

interface Manifest {
  readonly contributes?: {
    readonly commands?: readonly { readonly command: string }[];
    readonly views?: Readonly<Record<string, readonly { readonly id: string }[]>>;
  };
}

describe('activation', () => {
  const extension = vscode.extensions.getExtension('keyless.keyless-azure');

  it('activates', async () => {
    assert.ok(extension, 'the extension is not installed in this VS Code');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('registers the contributed commands and no others', async () => {
    const manifest = extension?.packageJSON as Manifest;
    const contributed = (manifest.contributes?.commands ?? []).map(({ command }) => command);
    const views = Object.values(manifest.contributes?.views ?? {}).flatMap(all => all.map(({ id }) => id));
    // VS Code makes commands such as `<view>.focus` itself.
    const ownOfViews = (command: string): boolean => views.some(view => command.startsWith(`${view}.`));
    const registered = await vscode.commands.getCommands(true);
    const ours = registered.filter(
      command => command.startsWith('keyless.') && (contributed.includes(command) || !ownOfViews(command)),
    );
    assert.deepEqual(ours.sort(), contributed.sort());
  });
});
