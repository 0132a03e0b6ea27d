import * as vscode from 'vscode';
import { parseConfig } from '../../core/engine/config-parser.ts';
import { configFileName, type FileSettings } from '../../core/engine/config.ts';
import { configFiles, type ConfigFiles } from '../../platform/config-files.ts';
import { gitIgnored, isIgnoredWithin } from '../../platform/git-ignored.ts';
import type { ConfigProblems } from './config-problems.ts';
import { readScanSettings, ruleLevels } from './settings.ts';

/** What holds for an open file: VS Code's settings, the settings files around it, and whether git ignores it. */
export interface OpenFileSettings {
  readonly settings: FileSettings;
  /** See `SourceDocument.path`. */
  readonly path?: string;
}

export interface FileSettingsReader {
  of(uri: vscode.Uri): Promise<OpenFileSettings>;
  /** Fires when what was said may no longer hold. */
  readonly onDidChange: vscode.Event<void>;
  dispose(): void;
}

/** Reads settings files when they are needed and again when they change. */
export function fileSettingsReader(
  log: vscode.LogOutputChannel,
  settingsProblems: Pick<ConfigProblems, 'found' | 'forget'>,
): FileSettingsReader {
  const changed = new vscode.EventEmitter<void>();
  const folders = new Map<string, ConfigFiles>();
  let git = gitIgnored({ useGit: vscode.workspace.isTrusted });

  const configOf = ({ uri }: vscode.WorkspaceFolder): ConfigFiles => {
    const key = uri.toString();
    const known = folders.get(key);
    if (known !== undefined) return known;
    const files = configFiles({
      parse: parseConfig,
      root: uri.fsPath,
      outermost: readScanSettings(uri).layer,
      onProblems(file, problems) {
        settingsProblems.found(file, problems);
        const name = vscode.workspace.asRelativePath(vscode.Uri.file(file));
        for (const { message, position } of problems) log.warn(`${name}:${position.line + 1}: ${message}`);
      },
    });
    folders.set(key, files);
    return files;
  };
  const forget = (): void => {
    folders.clear();
    settingsProblems.forget();
    git = gitIgnored({ useGit: vscode.workspace.isTrusted });
    changed.fire();
  };

  const watcher = vscode.workspace.createFileSystemWatcher(`**/{${configFileName},.gitignore}`);
  const isSettingsFile = ({ path }: vscode.Uri): boolean => /\/(?:\.keyless\.json|\.gitignore)$/.test(path);
  const forgetFor = (uris: readonly vscode.Uri[]): void => {
    if (uris.some(isSettingsFile)) forget();
  };
  const subscriptions = vscode.Disposable.from(
    changed,
    watcher,
    watcher.onDidCreate(forget),
    watcher.onDidChange(forget),
    watcher.onDidDelete(forget),
    vscode.workspace.onDidSaveTextDocument(({ uri }) => forgetFor([uri])),
    vscode.workspace.onDidCreateFiles(({ files }) => forgetFor(files)),
    vscode.workspace.onDidDeleteFiles(({ files }) => forgetFor(files)),
    vscode.workspace.onDidRenameFiles(({ files }) =>
      forgetFor(files.flatMap(({ oldUri, newUri }) => [oldUri, newUri])),
    ),
    vscode.workspace.onDidGrantWorkspaceTrust(forget),
    vscode.workspace.onDidChangeWorkspaceFolders(forget),
    vscode.workspace.onDidChangeConfiguration(change => {
      if (change.affectsConfiguration('keyless.rules')) forget();
    }),
  );
  return {
    async of(uri) {
      const folder = vscode.workspace.getWorkspaceFolder(uri);
      if (uri.scheme !== 'file' || folder === undefined) {
        return { settings: { levels: ruleLevels(uri), suppressions: [] } };
      }
      const files = configOf(folder);
      const [settings, path, ignored] = await Promise.all([
        files.settingsFor(uri.fsPath),
        files.stablePath(uri.fsPath),
        isIgnoredWithin(git, folder.uri.fsPath, uri.fsPath),
      ]);
      return { settings: { ...settings, gitIgnored: ignored }, path };
    },
    onDidChange: changed.event,
    dispose: () => void subscriptions.dispose(),
  };
}
