import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gitIgnored, isIgnoredWithin } from '../../../src/platform/git-ignored.ts';
import { folderWith } from '../../harness/cli.ts';
import { git } from '../../harness/git.ts';

const files = {
  '.gitignore': '*.local\nbuild/\n',
  'sub/.gitignore': '!keep.local\n',
  'a.local': '',
  'a.ts': '',
  'tracked.local': '',
  'sub/keep.local': '',
  'build/deep/a.ts': '',
};
const names = Object.keys(files);

describe.each([true, false])('with git asked: %s', useGit => {
  it('knows what git leaves out', async () => {
    await using folder = await folderWith(files);
    await git(folder.path, ['init', '--quiet']);
    await git(folder.path, ['add', '--force', 'tracked.local']);
    const { isGitIgnored } = gitIgnored({ useGit });
    const ignored = await Promise.all(names.map(name => isGitIgnored(join(folder.path, name))));
    // Only git itself knows what is tracked all the same.
    const expected = ['a.local', ...(useGit ? [] : ['tracked.local']), 'build/deep/a.ts'];
    expect(names.filter((_, index) => ignored[index])).toEqual(expected);
  });

  it('goes by a folder’s own ignore files where an outer repository ignores the whole folder', async () => {
    await using folder = await folderWith({ ...files, 'build/.gitignore': '*.env\n', 'build/b.env': '' });
    await git(folder.path, ['init', '--quiet']);
    const ignored = gitIgnored({ useGit });
    const within = (root: string, name: string) => isIgnoredWithin(ignored, root, join(folder.path, name));
    const build = join(folder.path, 'build');
    expect(await within(build, 'build/deep/a.ts')).toBe(false);
    expect(await within(build, 'build/b.env')).toBe(true);
    expect(await within(folder.path, 'build/deep/a.ts')).toBe(true);
    expect(await within(join(folder.path, 'sub'), 'sub/keep.local')).toBe(false);
  });

  it('ignores nothing outside of a repository, in a file that is gone, or in a broken repository', async () => {
    await using folder = await folderWith({ '.gitignore': '*.local\n', 'a.local': '' });
    const { isGitIgnored } = gitIgnored({ useGit });
    expect(await isGitIgnored(join(folder.path, 'a.local'))).toBe(false);
    await mkdir(join(folder.path, '.git'));
    const broken = gitIgnored({ useGit });
    expect(await broken.isGitIgnored(join(folder.path, 'a.local'))).toBe(true);
    expect(await broken.isGitIgnored(join(folder.path, 'gone', 'a.ts'))).toBe(false);
  });

  it('keeps answers until told to forget, and lets go of what was given up', async () => {
    await using folder = await folderWith({ 'a.local': '' });
    await git(folder.path, ['init', '--quiet']);
    const file = join(folder.path, 'a.local');
    const { isGitIgnored, forget } = gitIgnored({ useGit });
    expect(await isGitIgnored(file)).toBe(false);
    await git(folder.path, ['config', 'core.excludesFile', '']);
    const { writeFile } = await import('node:fs/promises');
    await writeFile(join(folder.path, '.gitignore'), '*.local\n');
    expect(await isGitIgnored(file)).toBe(false);
    forget();
    expect(await isGitIgnored(file, AbortSignal.abort())).toBe(false);
    expect(await isGitIgnored(file)).toBe(true);
  });
});
