import { readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { repositoryRoot } from './repository-root.ts';

/** The rules of one ignore file, which speak of paths relative to its folder. */
export interface IgnoreLayer {
  readonly folder: string;
  readonly rules: Ignore;
}

/** Later layers lie deeper and overrule earlier ones, as in git. */
export function isIgnored(layers: readonly IgnoreLayer[], absolutePath: string, isFolder: boolean): boolean {
  let ignored = false;
  for (const { folder, rules } of layers) {
    const path = relative(folder, absolutePath).split(sep).join('/');
    if (path === '' || path.startsWith('../')) continue;
    const verdict = rules.test(isFolder ? `${path}/` : path);
    if (verdict.ignored) ignored = true;
    else if (verdict.unignored) ignored = false;
  }
  return ignored;
}

/** Ignore files from the repository's root down to, but not including, the folder. */
export async function ignoreLayersAbove(folder: string): Promise<IgnoreLayer[]> {
  const root = await repositoryRoot(folder);
  // Outside of a repository only the ignore files below the named folder count.
  if (root === undefined) return [];
  const layers = [await readLayer(root, join(root, '.git', 'info', 'exclude'))];
  const above: string[] = [];
  for (let current = folder; current !== root;) above.push((current = dirname(current)));
  for (const parent of above.reverse()) layers.push(await readLayer(parent, join(parent, '.gitignore')));
  return layers;
}

export async function readLayer(folder: string, file: string): Promise<IgnoreLayer> {
  const rules = ignore();
  try {
    rules.add((await readFile(file, 'utf8')).replace(/^\uFEFF/u, ''));
  } catch {
    // Absent or unreadable: git ignores nothing then either.
  }
  return { folder, rules };
}

/** Whether the ignore files above a folder (absolute path) leave it out as a whole. */
export async function isFolderIgnored(folder: string): Promise<boolean> {
  return isIgnored(await ignoreLayersAbove(folder), folder, true);
}

/**
 * Whether git leaves a file out of its repository, by a rule about it or about a folder it lies in. Outside of a
 * repository the `.gitignore` files from `root` (absolute) on count, as they do for a walk that begins there.
 */
export async function isGitIgnored(absolutePath: string, root: string): Promise<boolean> {
  let layers = await ignoreLayersAbove(root);
  if (isIgnored(layers, root, true)) layers = [];
  const parts = relative(root, absolutePath).split(sep);
  if (parts[0] === '..') return false;
  let folder = root;
  for (const [index, part] of parts.entries()) {
    layers = [...layers, await readLayer(folder, join(folder, '.gitignore'))];
    folder = join(folder, part);
    if (isIgnored(layers, folder, index < parts.length - 1)) return true;
  }
  return false;
}
