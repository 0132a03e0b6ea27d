import { describe, expect, it } from 'vitest';
import { bundle } from '../../src/dev/build.ts';
import { packageProblems, requiredFiles } from '../../src/dev/package.ts';

describe('the package check', () => {
  const good = [...requiredFiles, 'media/icon.png', 'snippets/python.json'];

  it('accepts what belongs in', () => {
    expect(packageProblems(good, 2_000_000)).toEqual([]);
  });

  it.each([
    'dist/extension.js.map',
    'dist/types.d.ts',
    'src/vscode/extension.ts',
    'test/unit/a.test.ts',
    'node_modules/diff/index.js',
    'media/screenshots/tree.png',
    '.env',
  ])('refuses %s', file => {
    expect(packageProblems([...good, file], 2_000_000)).toEqual([`must not hold ${file}`]);
  });

  it('misses any file that belongs in', () => {
    const without = requiredFiles.map(file => [file, good.filter(name => name !== file)] as const);
    expect(without.map(([, files]) => packageProblems(files, 2_000_000))).toEqual(
      requiredFiles.map(file => [`misses ${file}`]),
    );
  });

  it('refuses more than 4 MB', () => {
    expect(packageProblems(good, 4_500_000)).toEqual(['takes 4.29 MB, more than 4.00 MB']);
  });
});

describe('bundles that load at start', () => {
  it.each(['extension', 'cli', 'cli-scan', 'cli-late'] as const)(
    '%s carries nothing of Azure or the demo tenant',
    async name => {
      const inputs = await bundle(name, { write: false });
      expect(inputs.length).toBeGreaterThan(3);
      expect(inputs.filter(file => /^src\/(?:azure|demo)\/|node_modules\/@azure/.test(file))).toEqual([]);
    },
  );

  it('sift carries what finds secrets, and neither what rewrites them nor what parses', async () => {
    const inputs = await bundle('sift', { write: false });
    for (const needed of [
      'services/storage-blob',
      'secrets/third-party/cloud',
      'rules/secret-in-log',
      'rules/rule-heads',
    ])
      expect(inputs.filter(file => file.startsWith(`src/core/${needed}`))).not.toEqual([]);
    expect(
      inputs.filter(file => /^src\/core\/(?:rewrite|rbac|languages)\/|node_modules\/(?:yaml|jsonc-parser)/.test(file)),
    ).toEqual([]);
    expect(inputs).not.toContain('src/core/services/catalogue.generated.ts');
    expect(inputs).not.toContain('src/core/services/clients/storage-blob.ts');
  });

  it.each(['cli', 'cli-scan', 'sift-worker'] as const)('%s carries nothing of the catalogue', async name => {
    const inputs = await bundle(name, { write: false });
    expect(inputs.filter(file => /^src\/core\/(?:services|rules|rewrite|languages)\//.test(file))).toEqual([]);
  });

  it('azure carries the SDKs, but not the library for DefaultAzureCredential', async () => {
    const inputs = await bundle('azure', { write: false });
    expect(inputs.some(file => file.includes('node_modules/@azure/arm-appservice/'))).toBe(true);
    expect(inputs.filter(file => file.includes('node_modules/@azure/identity/'))).toEqual([]);
  });
});
