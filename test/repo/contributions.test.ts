import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../src/dev/paths.ts';
import { settingsRead } from './settings-read.ts';

interface Setting {
  readonly type?: string | readonly string[];
  readonly scope?: string;
  readonly description?: string;
  readonly markdownDescription?: string;
}

interface Section {
  readonly properties: Readonly<Record<string, Setting>>;
}

interface MenuItem {
  readonly command?: string;
  readonly when?: string;
}

interface Contributions {
  readonly commands: readonly { readonly command: string; readonly title: string; readonly category?: string }[];
  readonly configuration: Section | readonly Section[];
  readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
  readonly snippets: readonly { readonly language: string; readonly path: string }[];
}

const manifestText = readFileSync(join(root, 'package.json'), 'utf8');
const { contributes } = JSON.parse(manifestText) as { contributes: Contributions };
const settings = new Map([contributes.configuration].flat().flatMap(section => Object.entries(section.properties)));
const vscodeSource = globSync('src/vscode/**/*.ts', { cwd: root }).map(file => readFileSync(join(root, file), 'utf8'));
const commands = contributes.commands.map(({ command }) => command);

describe('commands', () => {
  it('are each registered once in the source', () => {
    const registered = commands.map(command => [command, occurrences(`registerCommand('${command}'`)]);
    expect(registered.filter(([, count]) => count !== 1)).toEqual([]);
  });

  it('are each contributed when the source registers them', () => {
    const registered = vscodeSource.flatMap(text =>
      [...text.matchAll(/registerCommand\(\s*'(?<id>[^']+)'/g)].map(match => match.groups?.id ?? ''),
    );
    expect(registered.length).toBeGreaterThan(0);
    expect(registered.filter(command => !commands.includes(command))).toEqual([]);
  });

  it('have a title, and one category that groups them in the palette', () => {
    const bad = contributes.commands.filter(({ title, category }) => title === '' || category !== 'Keyless');
    expect(bad).toEqual([]);
  });

  it('are the only ones that menus name', () => {
    const named = Object.values(contributes.menus).flatMap(items => items.flatMap(({ command }) => command ?? []));
    expect(named.filter(command => command.startsWith('keyless.') && !commands.includes(command))).toEqual([]);
  });

  function occurrences(text: string): number {
    return vscodeSource.reduce((count, source) => count + source.replace(/\(\s+/g, '(').split(text).length - 1, 0);
  }
});

describe('settings', () => {
  const read = settingsRead();
  const ours = [...read.ids].filter(([id]) => id.startsWith('keyless.'));

  it('are each contributed when the source reads them', () => {
    expect(ours.length).toBeGreaterThan(0);
    expect(ours.filter(([id]) => !settings.has(id))).toEqual([]);
  });

  it('are named by plain strings, so that this test sees them', () => {
    expect(read.unclear).toEqual([]);
  });

  it('are each read when the manifest contributes them', () => {
    expect([...settings.keys()].filter(id => !read.ids.has(id))).toEqual([]);
  });

  it('are all described', () => {
    const undescribed = [...settings].filter(([, { description, markdownDescription }]) => {
      return (description ?? markdownDescription ?? '').length < 20;
    });
    expect(undescribed).toEqual([]);
  });

  it('that a workspace could misuse to redirect or sign in are out of its reach', () => {
    const sensitive = [...settings].filter(([id]) => id.startsWith('keyless.azure.'));
    expect(sensitive.length).toBeGreaterThan(0);
    expect(sensitive.filter(([, { scope }]) => !['application', 'machine'].includes(scope ?? 'window'))).toEqual([]);
  });
});

describe('files', () => {
  it('that the manifest names exist', () => {
    const named = [...manifestText.matchAll(/"(?:\.\/)?(?<path>(?:media|snippets)\/[^"]+)"/g)];
    expect(named.length).toBeGreaterThan(0);
    expect(named.map(match => match.groups?.path ?? '').filter(path => !existsSync(join(root, path)))).toEqual([]);
  });
});
