import { describe, expect, test } from 'vitest';
import { languageOfPath } from '../../../src/core/engine/language-of-path.ts';
import { clientRewrites } from '../../../src/core/rewrite/client-rewrites.ts';
import type { WorkspaceView } from '../../../src/core/rewrite/fix.ts';
import { isOlder, statedVersion } from '../../../src/core/rewrite/installed-version.ts';
import { services } from '../../../src/core/services/catalogue.generated.ts';
import type { CodeLanguage } from '../../../src/core/services/service.ts';
import { languages, preparedExamples } from '../../harness/client-examples.ts';

function folder(files: Readonly<Record<string, string>>): WorkspaceView {
  return {
    findUp: (_from, names) => {
      const name = names.flatMap(pattern => Object.keys(files).find(file => pattern.test(file)) ?? [])[0];
      const found =
        name === undefined ? undefined : { uri: name, languageId: languageOfPath(name), text: files[name] ?? '' };
      return Promise.resolve(found);
    },
  };
}

describe('the version that files state', () => {
  test.each<[CodeLanguage, string, string, Record<string, string>, string | undefined]>([
    [
      'typescript',
      'locked',
      '@a/b',
      {
        'package-lock.json': '{"packages":{"node_modules/@a/b":{"version":"4.1.2"}}}',
        'package.json': '{"dependencies":{"@a/b":"^3.0.0"}}',
      },
      '4.1.2',
    ],
    ['typescript', 'range', '@a/b', { 'package.json': '{"devDependencies":{"@a/b":"~3.2"}}' }, '3.2'],
    ['typescript', 'tag', '@a/b', { 'package.json': '{"dependencies":{"@a/b":"latest"}}' }, undefined],
    ['typescript', 'absent', '@a/b', { 'package.json': '{"dependencies":{}}' }, undefined],
    ['typescript', 'broken', '@a/b', { 'package.json': '{' }, undefined],
    ['python', 'pin', 'azure-storage-blob', { 'requirements.txt': 'azure_storage_blob[aio]==2.1.0  # old\n' }, '2.1.0'],
    ['python', 'neighbour', 'azure-storage', { 'requirements.txt': 'azure-storage-blob==2.1.0\n' }, undefined],
    ['python', 'upper bound alone', 'a', { 'requirements.txt': 'a<3\n' }, undefined],
    ['python', 'project', 'a-b', { 'pyproject.toml': '[project]\ndependencies = ["x", "a-b>=1.2"]\n' }, '1.2'],
    [
      'python',
      'poetry',
      'a-b',
      { 'pyproject.toml': '[tool.poetry.dependencies]\na-b = { version = "^12.1", extras = ["aio"] }\n' },
      '12.1',
    ],
    ['python', 'lock', 'a-b', { 'uv.lock': '[[package]]\nname = "a-b"\nversion = "12.9.0"\n' }, '12.9.0'],
    ['csharp', 'project', 'A.B', { 'x.csproj': '<PackageReference Include="A.B" Version="[1.5.0,2)" />' }, '1.5.0'],
    ['csharp', 'element', 'A.B', { 'x.csproj': '<PackageReference Include="A.B">\n<Version>1.4</Version>' }, '1.4'],
    [
      'csharp',
      'central',
      'A.B',
      {
        'x.csproj': '<PackageReference Include="A.B" />',
        'Directory.Packages.props': '<PackageVersion Include="A.B" Version="2.0.1" />',
      },
      '2.0.1',
    ],
    [
      'java',
      'pom',
      'g:a',
      { 'pom.xml': '<artifactId>a</artifactId>\n<version>${v}</version><properties><v>3.4</v></properties>' },
      '3.4',
    ],
    ['java', 'bill of materials', 'g:a', { 'pom.xml': '<artifactId>a</artifactId>\n</dependency>' }, undefined],
    ['java', 'gradle', 'g:a', { 'build.gradle': "implementation 'g:a:1.2.3'" }, '1.2.3'],
    ['go', 'module', 'github.com/a/b', { 'go.mod': 'require (\n\tgithub.com/a/b v0.3.1\n)' }, '0.3.1'],
  ])('%s: %s', async (language, _what, name, files, version) => {
    const stated = await statedVersion({ uri: 'a', languageId: '', text: '' }, language, name, folder(files));
    expect(stated?.version).toBe(version);
  });

  test.each([
    ['12.0.0', '12.0.0', false],
    ['12.0', '12.0.1', true],
    ['12.10.0', '12.9.9', false],
    ['1.2.3-beta.1', '1.2.3', false],
    ['2', '12', true],
  ])('%s before %s: %s', (version, than, older) => {
    expect(isOlder(version, than)).toBe(older);
  });
});

const demanding = preparedExamples().filter(
  ({ migration, example }) =>
    migration.since !== undefined && migration.language === 'python' && example.cursor === undefined,
);

test.each(demanding.slice(0, 3))(
  '$label: an older package gets steps and no edit',
  async ({ document, span, migration }) => {
    const rewrite = async (version: string) => {
      const workspace = folder({ 'requirements.txt': `${migration.package}==${version}\nazure-identity==1.25.0\n` });
      const [offer] = await clientRewrites(document, { span }, services, { languages, workspace });
      return offer?.build();
    };
    const old = await rewrite('0.0.1');
    if (old === undefined || !('refusal' in old)) throw new Error('it was rewritten');
    expect(old.refusal).toContain(
      `${migration.package} ${migration.since ?? ''} or newer, and requirements.txt says 0.0.1`,
    );
    expect(old.guide?.steps[0]).toContain(`pip install "${migration.package}>=`);
    expect(await rewrite('999.0')).not.toHaveProperty('refusal');
  },
);

test('an identity package that lacks the option is not used with it', async () => {
  const [example] = preparedExamples().filter(({ migration }) => migration.language === 'python');
  if (example === undefined) throw new Error('no example');
  const workspace = folder({ 'requirements.txt': 'azure-identity==1.19.0\n' });
  const offers = await clientRewrites(example.document, { span: example.span }, services, { languages, workspace });
  const result = await offers.find(({ id }) => id === 'use-credentials-of-environment')?.build();
  expect(result).toMatchObject({ refusal: expect.stringContaining('azure-identity 1.25.0 or newer') as string });
});
