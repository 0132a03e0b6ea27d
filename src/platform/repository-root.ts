import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The nearest folder at or above `folder` (absolute) that holds a `.git`; `undefined` outside of repositories. */
export function repositoryRoot(folder: string): Promise<string | undefined> {
  return repositoryRoots()(folder);
}

/** As `repositoryRoot`, for many folders: each is looked at once. */
export function repositoryRoots(isRepository = holdsGit): typeof repositoryRoot {
  const known = new Map<string, Promise<string | undefined>>();
  const find = async (folder: string): Promise<string | undefined> => {
    if (await isRepository(folder)) return folder;
    const above = dirname(folder);
    return above === folder ? undefined : rootOf(above);
  };
  const rootOf = (folder: string): Promise<string | undefined> => {
    const root = known.get(folder) ?? find(folder);
    known.set(folder, root);
    return root;
  };
  return rootOf;
}

/** Whether a folder is the root of a repository. */
export async function holdsGit(folder: string): Promise<boolean> {
  try {
    await stat(join(folder, '.git'));
    return true;
  } catch {
    return false;
  }
}
