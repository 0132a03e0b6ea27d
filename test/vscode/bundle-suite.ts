import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../../src/dev/paths.ts';

/** Bundles the extension-host suite to CommonJS, which every VS Code loads, and returns the folder to run. */
export async function bundleSuite(): Promise<string> {
  const suite = join(root, 'test', 'vscode', 'suite');
  const outdir = join(root, 'out', 'suite');
  const names = (await readdir(suite)).filter(name => name === 'index.ts' || name.endsWith('.test.ts'));
  await rm(outdir, { recursive: true, force: true });
  await build({
    entryPoints: names.map(name => join(suite, name)),
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outdir;
}
