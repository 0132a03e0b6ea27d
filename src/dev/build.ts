import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { thirdPartyNotices } from './notices.ts';
import { dist, root } from './paths.ts';
import { command, step } from './progress.ts';
import { isForProduct, isForSifting, trimCore } from './trim-core.ts';

/** Bundle name in dist/ → its entry point. */
const bundles = {
  extension: 'src/vscode/extension.ts',
  cli: 'src/cli/main.ts',
  'cli-scan': 'src/cli/scan.ts',
  'cli-late': 'src/cli/late.ts',
  sift: 'src/platform/sift-file.ts',
  'sift-worker': 'src/platform/sift-worker.ts',
  'scan-worker': 'src/platform/scan-worker.ts',
  azure: 'src/azure/index.ts',
  'azure-identity': 'src/azure/default-credential.ts',
  demo: 'src/demo/index.ts',
} as const;

type BundleName = keyof typeof bundles;
const bundleNames = Object.keys(bundles) as BundleName[];

/** Grammars that the language adapters load, by their name in `@vscode/tree-sitter-wasm`. */
export const grammars = ['typescript', 'tsx', 'javascript', 'python', 'c-sharp', 'java', 'go'] as const;

const grammarPackage = 'node_modules/@vscode/tree-sitter-wasm/wasm';
const runtimeFile = 'node_modules/web-tree-sitter/web-tree-sitter.wasm';

/**
 * Code that is heavy and seldom needed is a bundle of its own: `import('…/azure/index.ts')` becomes a call that loads the
 * neighbouring file when it runs, and so does the import of every other bundle's entry point.
 */
const lateRooms: Plugin = {
  name: 'late-rooms',
  setup(build) {
    build.onResolve({ filter: /\.ts$/ }, ({ kind, path, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const file = relative(root, join(resolveDir, path)).replaceAll('\\', '/');
      const name = bundleNames.find(bundle => bundles[bundle] === file);
      return name ? { path: `./${name}.js`, external: true } : undefined;
    });
  },
};

/** Scans of many files begin with formats and rules that a look is enough for; what parses is loaded by who reports. */
const rulesAtHand: Plugin = {
  name: 'rules-at-hand',
  setup(build) {
    build.onResolve({ filter: /\/rules\.generated\.ts$/ }, ({ resolveDir }) => ({
      path: join(resolveDir, '../rules/rule-heads.generated.ts'),
    }));
  },
};

const plugins = [lateRooms, trimCore(isForProduct)];
const siftPlugins = [lateRooms, rulesAtHand, trimCore(isForSifting)];

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  mainFields: ['module', 'main'],
  external: ['vscode'],
  // The module build declares a `require` of its own, which would hide the one that import() turns into here.
  alias: { 'web-tree-sitter': join(root, 'node_modules/web-tree-sitter/web-tree-sitter.cjs') },
  legalComments: 'none',
  logLevel: 'silent',
  // CommonJS has no import.meta; packages written as modules ask it where they are.
  define: { 'import.meta.url': 'importMetaUrl' },
  // An import() that is left becomes a require(), which every extension host resolves the same way.
  supported: { 'dynamic-import': false },
} as const satisfies BuildOptions;

const whereAmI = "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;";

/** Bundles everything into dist/. `forPackage`: minified, without source maps. Throws with esbuild's messages. */
export async function buildAll(forPackage: boolean): Promise<void> {
  await rm(dist, { recursive: true, force: true });
  const [inputs] = await Promise.all([
    Promise.all(
      bundleNames.map(name => bundle(name, { minify: forPackage, sourcemap: forPackage ? false : 'linked' })),
    ),
    copyGrammars(),
  ]);
  const packages = new Set([...inputs.flat(), grammarPackage, runtimeFile]);
  await writeFile(join(dist, 'THIRD-PARTY-NOTICES.txt'), await thirdPartyNotices(packages));
}

/** Makes one bundle and returns the files of which something is in it, relative to the root with `/`. */
export async function bundle(name: BundleName, options: BuildOptions): Promise<string[]> {
  const entry = bundles[name];
  const shebang = name === 'cli' && !(await readFile(join(root, entry), 'utf8')).startsWith('#!');
  const { metafile } = await build({
    ...common,
    ...options,
    metafile: true,
    entryPoints: [entry],
    outfile: join(dist, `${name}.js`),
    plugins: name === 'sift' ? siftPlugins : plugins,
    banner: { js: (shebang ? '#!/usr/bin/env node\n' : '') + whereAmI },
  });
  return Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.keys(inputs).filter(input => (inputs[input]?.bytesInOutput ?? 0) > 0),
  );
}

async function copyGrammars(): Promise<void> {
  const to = join(dist, 'grammars');
  await mkdir(to, { recursive: true });
  const names = grammars.map(grammar => `tree-sitter-${grammar}.wasm`);
  const files = [runtimeFile, ...names.map(name => `${grammarPackage}/${name}`)];
  await Promise.all(files.map(file => copyFile(join(root, file), join(to, basename(file)))));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  command(() => step('build', () => buildAll(process.argv.includes('--minify'))));
}
