import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { root } from './paths.ts';

/**
 * The licences of every npm package that `inputs` (paths relative to the root, `/`) come from, as one text.
 * Throws when a package states no licence: it could not be shipped.
 */
export async function thirdPartyNotices(inputs: Iterable<string>): Promise<string> {
  const folders = new Set<string>();
  for (const input of inputs) {
    const folder = packageFolder(input);
    if (folder !== undefined) folders.add(folder);
  }
  const notices = await Promise.all([...folders].sort().map(notice));
  return ['Keyless for Azure contains these packages.', ...new Set(notices)].join('\n\n');
}

async function notice(folder: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8')) as Manifest;
  const files = (await readdir(join(root, folder))).filter(name => /^(?:licen[cs]e|copying)/i.test(name));
  if (manifest.license === undefined && files.length === 0) {
    throw new Error(`${folder} states no licence, so it cannot be part of the package.`);
  }
  const texts = await Promise.all(files.map(name => readFile(join(root, folder, name), 'utf8')));
  const title = `${manifest.name ?? folder} ${manifest.version ?? ''} (${manifest.license ?? 'see below'})`;
  return [`--- ${title}`, ...texts.map(text => text.trim())].join('\n\n');
}

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
}

/** The folder of the package that holds `input`: the nearest one upwards whose manifest has a name. */
function packageFolder(input: string): string | undefined {
  const inside = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
  if (inside === undefined) return undefined;
  return existsSync(join(root, inside, 'package.json')) ? inside : dirname(inside);
}
