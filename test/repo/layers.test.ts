import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult, type IConfiguration } from 'dependency-cruiser';
import { afterAll, describe, expect, it } from 'vitest';
import { root } from '../../src/dev/paths.ts';

const configuration = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as IConfiguration;

/** Each ban, and files that break it and nothing that it does not concern. */
const planted: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'core-is-pure': { 'src/core/a.ts': "import '../platform/b.ts';", 'src/platform/b.ts': '' },
  'core-does-no-io': { 'src/core/a.ts': "import 'node:fs';" },
  'core-knows-no-host': { 'src/core/a.ts': "import type { Uri } from 'vscode';\nexport type A = Uri;" },
  'platform-imports-core': { 'src/platform/a.ts': "import '../cli/b.ts';", 'src/cli/b.ts': '' },
  'azure-imports-core': { 'src/azure/a.ts': "import '../platform/b.ts';", 'src/platform/b.ts': '' },
  'cli-imports': { 'src/cli/a.ts': "import '../vscode/b.ts';", 'src/vscode/b.ts': '' },
  'vscode-imports': { 'src/vscode/a.ts': "import '../cli/b.ts';", 'src/cli/b.ts': '' },
  'demo-imports-core': { 'src/demo/a.ts': "import '../azure/b.ts';", 'src/azure/b.ts': '' },
  'only-vscode-imports-vscode': { 'src/cli/a.ts': "import type { Uri } from 'vscode';\nexport type A = Uri;" },
  'only-azure-imports-azure-sdks': { 'src/vscode/a.ts': "import '@azure/identity';" },
  'azure-and-demo-load-late': { 'src/cli/a.ts': "import '../azure/b.ts';", 'src/azure/b.ts': '' },
  'product-does-not-import-dev': { 'src/cli/a.ts': "import '../dev/b.ts';", 'src/dev/b.ts': '' },
  'no-circular': { 'src/core/a.ts': "import './b.ts';", 'src/core/b.ts': "import './a.ts';" },
  'no-unresolvable': { 'src/core/a.ts': "import './missing.ts';" },
};

const kept: Readonly<Record<string, string>> = {
  'src/vscode/extension.ts':
    "import * as vscode from 'vscode';\nimport '../core/a.ts';\nimport '../platform/b.ts';\nvscode;",
  'src/core/a.ts': '',
  'src/platform/b.ts': "import 'node:fs';\nimport '../core/a.ts';",
  'src/azure/index.ts': "import '@azure/identity';\nimport '../core/a.ts';\nexport type B = 1;",
  'src/cli/main.ts':
    "import '../core/a.ts';\nvoid import('../azure/index.ts');\nimport type { B } from '../azure/index.ts';\nexport type C = B;",
};

describe('the rule between rooms', () => {
  const folders: string[] = [];
  afterAll(() => folders.forEach(folder => rmSync(folder, { recursive: true, force: true })));

  it('has a planted violation for every ban', () => {
    expect(Object.keys(planted).sort()).toEqual(configuration.forbidden?.map(({ name }) => name).sort());
  });

  it('lets the rooms import what they may', async () => {
    expect(await brokenBans(kept)).toEqual([]);
  });

  it.each(Object.keys(planted))('%s', async ban => {
    expect(await brokenBans(planted[ban] ?? {})).toContain(ban);
  });

  async function brokenBans(files: Readonly<Record<string, string>>): Promise<string[]> {
    const folder = mkdtempSync(join(tmpdir(), 'keyless-layers-'));
    folders.push(folder);
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
    writeFileSync(join(folder, 'package.json'), '{ "dependencies": { "@azure/identity": "*" } }');
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const { options, ...ruleSet } = configuration;
    const { output } = await cruise(
      ['src'],
      { ...options, tsConfig: {}, ruleSet, validate: true, baseDir: folder },
      options?.enhancedResolveOptions,
    );
    return (output as ICruiseResult).summary.violations.map(({ rule }) => rule.name);
  }
});
