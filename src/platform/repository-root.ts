import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The nearest folder at or above `folder` (absolute) that holds a `.git`; `undefined` outside of repositories. */
export async function repositoryRoot(folder: string): Promise<string | undefined> {
  for (let current = folder; ; current = dirname(current)) {
    if (await exists(join(current, '.git'))) return current;
    if (dirname(current) === current) return undefined;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}
