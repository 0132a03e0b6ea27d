import * as vscode from 'vscode';
import { type FoundApp, linkSourceFiles } from '../../core/rbac/found-app.ts';

/** What the files of one workspace folder deploy to. */
export interface FoundInFolder {
  /** URI of the workspace folder. */
  readonly folder: string;
  readonly apps: readonly FoundApp[];
}

export interface FoundLinks {
  current(): readonly FoundInFolder[];
  /** Looks through the workspace, once unless `again`. */
  look(again?: boolean): Promise<void>;
  dispose(): void;
}

/** Larger files describe no deployment by hand. */
const largestFile = 512 * 1024;
const mostFiles = 60;
const excluded = '**/{node_modules,bin,obj,dist,out,.git,.terraform,vendor}/**';

/** Looks for deployment targets in files of trusted workspaces; reads nothing before the view asks. */
export function createFoundLinks(changed: () => void): FoundLinks {
  let found: readonly FoundInFolder[] = [];
  let looking: Promise<void> | undefined;

  const look = async (): Promise<void> => {
    const { workspaceFolders = [], isTrusted } = vscode.workspace;
    const { findApps } = await import('../../core/rbac/link-sources.ts');
    const folders: FoundInFolder[] = [];
    for (const folder of isTrusted ? workspaceFolders : []) {
      const apps: FoundApp[] = [];
      for (const pattern of linkSourceFiles) {
        const files = await vscode.workspace.findFiles(
          new vscode.RelativePattern(folder, pattern),
          excluded,
          mostFiles,
        );
        for (const file of files) {
          const path = vscode.workspace.asRelativePath(file, false);
          apps.push(...(await textOf(file).then(text => (text === undefined ? [] : findApps(path, text)))));
        }
      }
      folders.push({ folder: folder.uri.toString(), apps: oncePerApp(apps) });
    }
    found = folders;
    changed();
  };

  const saved = vscode.workspace.onDidSaveTextDocument(({ uri }) => {
    // Before the first look nobody has asked.
    if (looking && /\.(?:ya?ml|env|pubxml|bicep|tf)$|\/\.azure\/config$/i.test(uri.path)) looking = look();
  });

  return {
    current: () => found,
    look(again = false) {
      if (again || !looking) {
        looking = look();
        // Files that cannot be listed offer nothing; linking by hand still works.
        looking.catch(() => undefined);
      }
      return looking;
    },
    dispose: () => void saved.dispose(),
  };
}

async function textOf(file: vscode.Uri): Promise<string | undefined> {
  try {
    const { size } = await vscode.workspace.fs.stat(file);
    if (size > largestFile) return undefined;
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch {
    return undefined;
  }
}

/** A file that says more about the same app goes before one that only names it, and before a template. */
function oncePerApp(apps: readonly FoundApp[]): FoundApp[] {
  const told = (app: FoundApp): number =>
    (app.resourceId === undefined ? 0 : 8) +
    (app.hint ? 0 : 4) +
    (app.subscriptionId === undefined ? 0 : 2) +
    (app.resourceGroup === undefined ? 0 : 1);
  const best = new Map<string, FoundApp>();
  for (const app of apps.toSorted((a, b) => told(b) - told(a))) {
    const name = app.resourceId?.split('/')[8] ?? app.name;
    const slot = app.resourceId?.split('/')[10] ?? app.slot ?? '';
    const key = (name === undefined ? JSON.stringify(app.azd) : `${name}/${slot}`).toLowerCase();
    if (!best.has(key)) best.set(key, app);
  }
  return [...best.values()];
}
