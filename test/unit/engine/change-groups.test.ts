import { describe, expect, it } from 'vitest';
import type { ChangeGroup } from '../../../src/core/engine/change-groups.ts';
import { fixSession, type FileChange } from '../../../src/core/engine/fix-session.ts';
import { languageOfPath } from '../../../src/core/engine/language-of-path.ts';
import { madeChanges } from '../../../src/core/engine/made-changes.ts';
import { scan } from '../../../src/core/engine/scan.ts';
import type { WorkspaceView } from '../../../src/core/rewrite/fix.ts';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';
import { applyEdits } from '../../../src/core/text/text-edit.ts';
import { languages } from '../../harness/client-examples.ts';

const standIns = createStandIns(71);
const connection = (account: string): string =>
  `DefaultEndpointsProtocol=https;AccountName=${account};AccountKey=${standIns.storageAccountKey()};EndpointSuffix=core.windows.net`;
const literal = (account: string): string =>
  `import { BlobServiceClient } from '@azure/storage-blob';\n\nexport const blobs = BlobServiceClient.fromConnectionString('${connection(account)}');\n`;
const reader = (setting: string): string =>
  `import { BlobServiceClient } from '@azure/storage-blob';\n\nexport const blobs = BlobServiceClient.fromConnectionString(process.env.${setting});\n`;
const vault = (name: string): string =>
  `import { ClientSecretCredential } from '@azure/identity';\n\nexport const ${name} = new ClientSecretCredential('tenant', 'client', '${standIns.entraClientSecret()}');\n`;
const manifest = '{\n  "dependencies": {\n    "@azure/storage-blob": "^12.0.0"\n  }\n}\n';

type Files = Readonly<Record<string, string>>;

function documentOf(files: Files, uri: string) {
  return { uri, languageId: languageOfPath(uri), text: files[uri] ?? '' };
}

/** All files are in one folder. */
function workspaceOf(files: Files): WorkspaceView {
  return {
    findUp: (_, names) => {
      const found = names.flatMap(name => Object.keys(files).filter(uri => name.test(uri)))[0];
      return Promise.resolve(found === undefined ? undefined : documentOf(files, found));
    },
    mentioning: (_, name) =>
      Promise.resolve(
        Object.keys(files)
          .filter(uri => /\.[jt]s$/.test(uri) && files[uri]?.includes(name))
          .map(uri => documentOf(files, uri)),
      ),
  };
}

async function changesOf(files: Files, order = Object.keys(files)): Promise<FileChange[]> {
  const session = fixSession({ languages, workspace: workspaceOf(files) });
  for (const uri of order) await session.fixDocument(documentOf(files, uri));
  await session.settle();
  return session.changes();
}

function groupsOf(changes: readonly FileChange[]): ChangeGroup[] {
  return [...new Set(changes.flatMap(({ edits }) => edits.map(({ group }) => group)))];
}

/** Files as they are once all groups of which `isTicked` are made. */
function made(files: Files, changes: readonly FileChange[], isTicked: (group: ChangeGroup) => boolean): Files {
  return {
    ...files,
    ...Object.fromEntries(
      changes.map(({ uri, before, edits }) => [
        uri,
        applyEdits(
          before,
          edits.filter(({ group }) => isTicked(group)),
        ),
      ]),
    ),
  };
}

const certain = ({ unsure }: ChangeGroup): boolean => unsure === undefined;

describe('groups of changes', () => {
  it('hold code and the settings that it reads together, apart from code that reads none', async () => {
    const files = {
      '.env': `A=1\nFIRST__STORAGE=${connection('one')}\nSECOND__STORAGE=${connection('two')}\nB=2\n`,
      'a.ts': reader('FIRST__STORAGE'),
      'b.ts': reader('SECOND__STORAGE'),
      'c.ts': literal('three'),
      'package.json': manifest,
    };
    const changes = await changesOf(files);
    const groups = groupsOf(changes);
    expect(groups.map(({ files: names, unsure }) => [names.toSorted().join(' '), unsure]).toSorted()).toEqual([
      ['.env a.ts', 'Other programs may read FIRST__STORAGE'],
      ['.env b.ts', 'Other programs may read SECOND__STORAGE'],
      ['c.ts', undefined],
      ['package.json', undefined],
    ]);
    const plain = made(files, changes, certain);
    expect(plain['.env']).toBe(files['.env']);
    expect(plain['a.ts']).toBe(files['a.ts']);
    expect(plain['c.ts']).toContain('DefaultAzureCredential');
    expect(plain['package.json']).toContain('@azure/identity');
    // Either of the two settings goes with its reader, without the other.
    const [second] = groups.filter(({ unsure }) => unsure?.includes('SECOND'));
    const one = made(files, changes, group => group === second || group.files.includes('package.json'));
    expect(one['.env']).toContain('SECOND__BlobEndpoint=https://two.blob.core.windows.net\nB=2\n');
    expect(one['.env']).toContain('A=1\nFIRST__STORAGE=Default');
    expect(one['b.ts']).toContain('SECOND__BlobEndpoint');
    expect(one['a.ts']).toBe(files['a.ts']);
  });

  it('hold all together that would run against a setting which one of them takes away', async () => {
    const files = {
      '.env': `AZURE_CLIENT_SECRET=${standIns.entraClientSecret()}\n`,
      'a.ts': vault('a'),
      'b.ts': vault('b'),
      'package.json': '{\n  "dependencies": { "@azure/identity": "^4.13.0" }\n}\n',
    };
    const changes = await changesOf(files, ['a.ts', 'b.ts', '.env']);
    const [group, ...others] = groupsOf(changes);
    expect(others).toEqual([]);
    expect(group?.files.toSorted()).toEqual(['.env', 'a.ts', 'b.ts']);
    expect(group?.unsure).toBe('Other programs may read AZURE_CLIENT_SECRET');
    expect(made(files, changes, certain)).toEqual(files);
  });

  it('do not tie code together for a setting that nobody has', async () => {
    const files = { 'a.ts': vault('a'), 'b.ts': vault('b') };
    expect(groupsOf(await changesOf(files)).map(({ files: names }) => names)).toEqual([['a.ts'], ['b.ts']]);
  });

  it('keep a package with whom it is for, whoever added it', async () => {
    const files = {
      '.env': `FIRST=${connection('one')}\n`,
      'a.ts': reader('FIRST'),
      'c.ts': literal('three'),
      'package.json': manifest,
    };
    for (const order of [Object.keys(files), Object.keys(files).toReversed()]) {
      const plain = made(files, await changesOf(files, order), certain);
      expect(plain['package.json']).toContain('@azure/identity');
      expect(plain['a.ts']).toBe(files['a.ts']);
    }
    const unsureAlone = { '.env': files['.env'], 'a.ts': files['a.ts'], 'package.json': manifest };
    const changes = await changesOf(unsureAlone);
    expect(groupsOf(changes).map(({ files: names }) => names.length)).toEqual([3]);
    expect(made(unsureAlone, changes, certain)).toEqual(unsureAlone);
  });

  it('of which a part was left out are told, with the texts that make them whole or take them back', async () => {
    const files = {
      '.env': `FIRST=${connection('one')}\n`,
      'a.ts': reader('FIRST'),
      'c.ts': literal('three'),
      'package.json': manifest,
    };
    const changes = await changesOf(files);
    const all = made(files, changes, () => true);
    const half: Files = { ...all, '.env': files['.env'], 'package.json': files['package.json'] };
    const result = madeChanges(changes, uri => half[uri] ?? '');
    expect(result.partly.map(({ group, missing }) => [group.files.includes('a.ts'), missing.toSorted()])).toEqual([
      [true, ['.env', 'package.json']],
      [false, ['package.json']],
    ]);
    expect({ ...half, ...Object.fromEntries(result.whole) }).toEqual(all);
    expect({ ...half, ...Object.fromEntries(result.back) }).toEqual(files);
    expect(madeChanges(changes, uri => all[uri] ?? '').partly).toEqual([]);
    const none = madeChanges(changes, uri => files[uri as keyof typeof files]);
    expect([none.partly, none.changed, none.none.size]).toEqual([[], [], groupsOf(changes).length]);
    // A formatter may have been at work when the file was stored.
    expect(madeChanges(changes, uri => `${all[uri] ?? ''}\n`).partly).toEqual([]);
  });

  it('are settled: what a later fix took away is not left', async () => {
    const files = {
      '.env': `AZURE_CLIENT_SECRET=${standIns.entraClientSecret()}\n`,
      'a.ts': vault('a'),
    };
    const session = fixSession({ languages, workspace: workspaceOf(files) });
    const first = await session.fixDocument(documentOf(files, '.env'));
    expect(first.unfixed).toHaveLength(1);
    await session.fixDocument(documentOf(files, 'a.ts'));
    const settled = await session.settle();
    expect(settled.map(({ fixed, unfixed }) => [fixed, unfixed.length])).toEqual([
      [1, 0],
      [1, 0],
    ]);
    const texts = new Map(session.changes().map(({ uri, after }) => [uri, after]));
    expect(await session.leftIn(uri => texts.get(uri))).toBe(0);
    expect(await session.leftIn(() => undefined)).toBe(2);
    expect(scan(documentOf(Object.fromEntries(texts), '.env'))).toEqual([]);
  });
});
