import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createVSIX } from '@vscode/vsce';
import JSZip from 'jszip';
import { buildAll, grammars } from './build.ts';
import { root, vsix } from './paths.ts';
import { command, step } from './progress.ts';

const largestSize = 4 * 1024 * 1024;

export const requiredFiles = [
  'package.json',
  'readme.md',
  'changelog.md',
  'LICENSE.txt',
  'dist/extension.js',
  'dist/cli.js',
  'dist/cli-scan.js',
  'dist/cli-late.js',
  'dist/sift.js',
  'dist/sift-worker.js',
  'dist/azure-identity.js',
  'dist/azure.js',
  'dist/demo.js',
  'dist/scan-worker.js',
  'media/keyless.schema.json',
  'dist/THIRD-PARTY-NOTICES.txt',
  'dist/grammars/web-tree-sitter.wasm',
  ...grammars.map(grammar => `dist/grammars/tree-sitter-${grammar}.wasm`),
];
const requiredFolders = ['media', 'snippets'];
const allowed = /^(?:package\.json|readme\.md|changelog\.md|LICENSE\.txt|(?:dist|media|snippets)\/.*)$/;
const unwanted = /\.(?:[cm]?ts|map)$|(?:^|\/)(?:src|test|node_modules|screenshots)\//;

/** Packs what is in dist/ into `keyless-azure.vsix` in the root, checks it and returns its size in bytes. */
export async function packBuilt(): Promise<number> {
  await withoutChatter(() => createVSIX({ cwd: root, packagePath: vsix, dependencies: false }));
  const archive = await readFile(vsix);
  const problems = packageProblems(await archivedFiles(archive), archive.length);
  if (problems.length > 0) throw new Error(`keyless-azure.vsix is not right:\n  ${problems.join('\n  ')}`);
  return archive.length;
}

/** What is wrong with a package that holds `files` (paths below `extension/`) and takes `size` bytes; empty when fine. */
export function packageProblems(files: readonly string[], size: number): string[] {
  const problems = requiredFiles.filter(file => !files.includes(file)).map(file => `misses ${file}`);
  for (const folder of requiredFolders) {
    if (!files.some(file => file.startsWith(`${folder}/`))) problems.push(`misses everything in ${folder}/`);
  }
  for (const file of files) {
    if (!allowed.test(file) || unwanted.test(file)) problems.push(`must not hold ${file}`);
  }
  if (size > largestSize) problems.push(`takes ${megabytes(size)}, more than ${megabytes(largestSize)}`);
  return problems;
}

/** Such as `2.31 MB`. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(2)} MB`;
}

async function archivedFiles(archive: Buffer): Promise<string[]> {
  const zip = await JSZip.loadAsync(archive);
  const prefix = 'extension/';
  return Object.values(zip.files)
    .filter(entry => !entry.dir && entry.name.startsWith(prefix))
    .map(entry => entry.name.slice(prefix.length));
}

/** vsce lists every file it packs on the console; that is kept for the case that it fails. */
async function withoutChatter(work: () => Promise<void>): Promise<void> {
  const { log } = console;
  const said: unknown[][] = [];
  console.log = (...args: unknown[]) => said.push(args);
  try {
    await work();
  } catch (error) {
    for (const args of said) log(...args);
    throw error;
  } finally {
    console.log = log;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  command(async () => {
    await step('build, minified', () => buildAll(true));
    const size = await step('package', packBuilt);
    console.log(`keyless-azure.vsix ${megabytes(size)}`);
  });
}
