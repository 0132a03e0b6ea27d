import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/core/engine/config-parser.ts';
import { configFiles } from '../../../src/platform/config-files.ts';
import { holdsGit } from '../../../src/platform/repository-root.ts';
import { folderWith } from '../../harness/cli.ts';
import { git } from '../../harness/git.ts';

const level = (value: string): string => JSON.stringify({ rules: { 'storage-account-key': value } });

describe('settings files', () => {
  it('count from the root of the repository down, whichever folder one starts in', async () => {
    await using folder = await folderWith({
      '.keyless.json': level('warning'),
      'a/.keyless.json': level('off'),
      'a/b/x.ts': '',
    });
    await git(folder.path, ['init', '--quiet']);
    for (const root of [folder.path, join(folder.path, 'a'), join(folder.path, 'a', 'b')]) {
      const config = configFiles({ parse: parseConfig, root });
      const { levels } = await config.settingsFor(join(folder.path, 'a/b/x.ts'));
      expect(levels).toEqual({ 'storage-account-key': 'off' });
      expect((await config.settingsFor(join(folder.path, 'x.ts'))).levels).toEqual({
        'storage-account-key': 'warning',
      });
      expect(await config.stablePath(join(folder.path, 'a/b/x.ts'))).toBe('a/b/x.ts');
    }
  });

  it('outside of a repository count from the starting folder down', async () => {
    await using folder = await folderWith({ '.keyless.json': level('warning'), 'a/.keyless.json': level('off') });
    const config = configFiles({ parse: parseConfig, root: join(folder.path, 'a') });
    expect((await config.layersFor(join(folder.path, 'a/x.ts'))).map(layer => layer.folder)).toEqual([
      join(folder.path, 'a'),
    ]);
    expect(await config.stablePath(join(folder.path, 'a/x.ts'))).toBe('x.ts');
    expect((await config.layersFor(join(folder.path, 'b/x.ts'))).length).toBe(0);
  });

  it('of a repository elsewhere count from its root down, and no folder is asked twice', async () => {
    await using folder = await folderWith({
      'other/.keyless.json': level('warning'),
      'other/a/b/x.ts': '',
      'other/a/c/y.ts': '',
      'here/z.ts': '',
    });
    const other = join(folder.path, 'other');
    await git(other, ['init', '--quiet']);
    const asked: string[] = [];
    const config = configFiles({
      parse: parseConfig,
      root: join(folder.path, 'here'),
      isRepository(path) {
        asked.push(path);
        return holdsGit(path);
      },
    });
    for (const name of ['a/b/x.ts', 'a/c/y.ts', 'a/b/w.ts']) {
      expect((await config.settingsFor(join(other, name))).levels).toEqual({ 'storage-account-key': 'warning' });
      expect(await config.stablePath(join(other, name))).toBe(name);
    }
    expect(asked).toContain(other);
    expect(new Set(asked).size).toBe(asked.length);
  });

  it('overrule the settings of an editor', async () => {
    await using folder = await folderWith({ 'a/.keyless.json': level('off') });
    const outermost = {
      folder: folder.path,
      config: { rules: { 'storage-account-key': 'warning', 'entra-client-secret': 'error' } as const },
    };
    const config = configFiles({ parse: parseConfig, root: folder.path, outermost });
    expect((await config.settingsFor(join(folder.path, 'x.ts'))).levels).toEqual(outermost.config.rules);
    expect((await config.settingsFor(join(folder.path, 'a/x.ts'))).levels).toEqual({
      'storage-account-key': 'off',
      'entra-client-secret': 'error',
    });
  });

  it('that cannot be used are told of once, and never stop anything', async () => {
    await using folder = await folderWith({
      '.keyless.json': '{ "nosuch": 1, "ignore": ["x"] }',
      'a/.keyless.json/x': '',
    });
    const told: string[] = [];
    const config = configFiles({
      parse: parseConfig,
      root: folder.path,
      onProblems: (file, problems) => told.push(...problems.map(({ message }) => `${file}: ${message.slice(0, 20)}`)),
    });
    expect((await config.settingsFor(join(folder.path, 'x'))).ignoredBy).toBe(folder.path);
    expect((await config.settingsFor(join(folder.path, 'a', 'y'))).ignoredBy).toBeUndefined();
    expect(told).toEqual([
      `${join(folder.path, '.keyless.json')}: There is no setting `,
      `${join(folder.path, 'a', '.keyless.json')}: This file cannot be `,
    ]);
  });
});
