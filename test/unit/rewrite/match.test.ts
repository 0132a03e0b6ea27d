import { describe, expect, test } from 'vitest';
import { adapterFor } from '../../../src/core/languages/adapters.ts';
import { findMatches } from '../../../src/core/rewrite/flow.ts';
import { compileMigration } from '../../../src/core/rewrite/pattern.ts';
import type { ClientMigration } from '../../../src/core/services/service.ts';
import { languages } from '../../harness/client-examples.ts';

/** Captures of the first match of a pattern, as text; rests joined by ` | `. */
async function captures(languageId: string, before: string, module: string, text: string) {
  const language = adapterFor(languageId)!;
  const document = { uri: 'file', languageId, text };
  const migration: ClientMigration = {
    language: language.id,
    before,
    after: before,
    module,
    package: module,
    secret: { capture: 'X', form: 'key' },
    endpoint: { from: 'capture' },
    examples: [],
  };
  const compiled = await compileMigration(migration, language.grammarFor(document), language, languages);
  return languages.read(document, file => {
    const [match] = findMatches(file, [compiled]);
    if (match === undefined) return undefined;
    const rests = [...match.rests].map(([name, elements]) => [name, elements.map(({ node }) => node.text).join(' | ')]);
    return Object.fromEntries([...[...match.captures].map(([name, node]) => [name, node.text]), ...rests]) as unknown;
  });
}

describe('TypeScript', () => {
  const imported = "import { Client } from 'm';\n";
  test.each([
    ['new Client($X)', `${imported}new Client( /* why */ a, );`, { X: 'a' }],
    ['new Client($X, $$$REST)', `${imported}new Client(a as string, ...b);`, { X: 'a as string', REST: '...b' }],
    ['new Client($X, $$$REST)', `${imported}new Client(a);`, { X: 'a', REST: '' }],
    ['new Client($X, $Y)', `${imported}new Client(a);`, undefined],
    ['new Client($X)', `${imported}new Client(a, b);`, undefined],
    ['new Client($X, $$$REST)', `${imported}new Client(...a);`, undefined],
    [
      'new Client({ x: $X, y: $Y, $$$REST })',
      `${imported}new Client({ z, 'y': 1, x() {} , x: 2 });`,
      { X: '2', Y: '1', REST: 'z | x() {}' },
    ],
    [
      'new Client({ x: $X, y: $Y, $$$REST })',
      `${imported}new Client({ z, 'y': 1, x });`,
      { X: 'x', Y: '1', REST: 'z' },
    ],
    ['new Client({ x: $X })', `${imported}const o = { x: 1 };\nnew Client(o);`, { X: '1' }],
    ['new Client({ x: $X })', `${imported}let o = { x: 1 };\no = p;\nnew Client(o);`, undefined],
    ['new Client($X)', "import { Client as C } from 'm';\nnew C(1);", { X: '1' }],
    ['new Client($X)', "import * as m from 'm';\nnew m.Client(1);", { X: '1' }],
    ['new Client($X)', "import m from 'm';\nnew m.Client(1);", { X: '1' }],
    ['new Client($X)', "const m = require('m');\nnew m.Client(1);", { X: '1' }],
    ['new Client($X)', "const { Client: C } = require('m');\nnew C(1);", { X: '1' }],
    ['new Client($X)', "new (require('m').Client)(1);", { X: '1' }],
    ['new Client($X)', "const { Client } = await import('m');\nnew Client(1);", { X: '1' }],
    ['new Client($X)', "import m = require('m');\nnew m.Client(1);", { X: '1' }],
    ['new Client($X)', "import { Client } from 'other';\nnew Client(1);", undefined],
    ['Client.open($X)', `${imported}Client.close(1);`, undefined],
    ["new Client({ kind: 'a', x: $X })", `${imported}new Client({ kind: "a", x: 1 });`, { X: '1' }],
    ["new Client({ kind: 'a', x: $X })", `${imported}new Client({ kind: 'b', x: 1 });`, undefined],
  ])('%s in %j', async (pattern, text, expected) => {
    expect(await captures('typescript', pattern, 'm', text)).toEqual(expected);
  });
});

describe('Python', () => {
  test.each([
    ['Client(x=$X, y=$Y, $$$REST)', 'from m import Client\nClient(1, 2, 3)', { X: '1', Y: '2', REST: '3' }],
    ['Client(x=$X, y=$Y, $$$REST)', 'from m import Client\nClient(y=2, x=1, **k)', { X: '1', Y: '2', REST: '**k' }],
    ['Client(x=$X, y=$Y, $$$REST)', 'from m import Client\nClient(1, z=3, y=2)', { X: '1', Y: '2', REST: 'z=3' }],
    ['Client(x=$X, $$$REST)', 'from m import Client\nClient(*a)', undefined],
    ['Client($$$REST, x=$X)', 'from m import Client\nClient(1)', undefined],
    ['Client($$$REST, x=$X)', 'from m import Client\nClient(1, x=2)', { X: '2', REST: '1' }],
    ['Client({"k": $X})', "from m import *\nClient({'k': 1})", { X: '1' }],
    ['Client(x=$X)', 'from m.aio import Client\nClient(1)', { X: '1' }],
    ['Client(x=$X)', 'import m\nm.Client(1)', { X: '1' }],
    ['Client(x=$X)', 'import a.m\na.m.Client(1)', undefined],
    ['Client(x=$X)', 'from n import Client\nClient(1)', undefined],
  ])('%s in %j', async (pattern, text, expected) => {
    expect(await captures('python', pattern, 'm', text)).toEqual(expected);
  });
});

describe('C#', () => {
  test.each([
    ['new Client(x: $X, $$$REST)', 'using M;\n_ = new Client(1, b: 2);', { X: '1', REST: 'b: 2' }],
    ['new Client(x: $X, $$$REST)', 'using M;\n_ = new Client(b: 2, x: 1);', { X: '1', REST: 'b: 2' }],
    ['new Client(x: $X)', 'using M;\nClient c = new(1);', { X: '1' }],
    ['new Client(x: $X)', 'using M;\nclass A { Client C { get; } = new(1); }', { X: '1' }],
    ['new Client(x: $X)', 'using C = M.Client;\n_ = new C(1);', { X: '1' }],
    ['new Client(x: $X)', '_ = new M.Client(1);', { X: '1' }],
    ['new Client(x: $X)', '_ = new global::M.Client(1);', { X: '1' }],
    ['new Client(x: $X)', '_ = new N.Client(1);', undefined],
    ['new Client(x: $X)', '_ = new Client(1);', { X: '1' }],
    ['new Client(x: $X)', 'class Client { }\nclass B { object C = new Client(1); }', undefined],
    ['new Client(x: $X)', 'using M;\n_ = new Client(1) { P = 2 };', undefined],
  ])('%s in %j', async (pattern, text, expected) => {
    expect(await captures('csharp', pattern, 'M', text)).toEqual(expected);
  });
});

describe('Java', () => {
  const imported = 'import m.Builder;\nvar c = ';
  const pattern = 'new Builder().x($X).$$$CALLS()';
  test.each([
    [pattern, `${imported}new Builder().x(1);`, { X: '1', CALLS: '' }],
    [
      pattern,
      `${imported}new Builder().a(2).x(1).b().build();`,
      { X: '1', CALLS: 'new Builder().a(2) | new Builder().a(2).x(1).b() | new Builder().a(2).x(1).b().build()' },
    ],
    [pattern, `${imported}(new Builder()).x(1).b;`, { X: '1', CALLS: '' }],
    [pattern, 'import m.*;\nvar c = new Builder().x(1);', { X: '1', CALLS: '' }],
    [pattern, 'var c = new m.Builder().x(1);', { X: '1', CALLS: '' }],
    [
      pattern,
      'import m.Builder;\nclass A { void f() { Builder b = new Builder().a(); b.x(1); b.c(); } }',
      { X: '1', CALLS: 'new Builder().a() | b.c()' },
    ],
    [pattern, 'import m.Builder;\nclass A { void f(Builder b) { b.x(1); } }', undefined],
    [pattern, `${imported}new Builder().y(1);`, undefined],
    [pattern, `${imported}new Builder().x(1, 2);`, undefined],
    [pattern, 'import n.Builder;\nvar c = new Builder().x(1);', undefined],
    [pattern, 'import m.*;\nclass Builder {}\nvar c = new Builder().x(1);', undefined],
    ['new Builder().x($X).y($Y).build()', `${imported}new Builder().y(2).x(1).build();`, { X: '1', Y: '2' }],
    ['new Builder().x($X).y($Y).build()', `${imported}new Builder().y(2).x(1).build().get();`, { X: '1', Y: '2' }],
    ['new Builder().x($X).build()', `${imported}new Builder().y(2).x(1).build();`, undefined],
    ['new Builder().x($X).build()', `${imported}new Builder().build().x(1);`, undefined],
  ])('%s in %j', async (before, text, expected) => {
    expect(await captures('java', before, 'm', text)).toEqual(expected);
  });
});

describe('Go', () => {
  const source = (importSpec: string, body: string): string =>
    `package p\n\nimport ${importSpec}\n\nfunc f() {\n\t${body}\n}\n`;
  const module = 'example.com/sdk/m';
  const pattern = 'm.New($X, $$$REST)';
  test.each([
    [pattern, source(`"${module}"`, 'm.New(1, nil)'), { X: '1', REST: 'nil' }],
    [pattern, source(`"${module}"`, 'm.New(1)'), { X: '1', REST: '' }],
    [pattern, source(`other "${module}"`, 'other.New(1, opts...)'), { X: '1', REST: 'opts...' }],
    [pattern, source(`"${module}"`, 'm.New(all...)'), undefined],
    [pattern, source('"example.com/other/m"', 'm.New(1)'), undefined],
    [pattern, source(`"${module}"`, 'm := g()\n\tm.New(1)'), undefined],
    [pattern, source(`_ "${module}"`, 'm.New(1)'), undefined],
    ['m.New(m.Key($X))', source(`"${module}"`, 'k, err := m.Key(1)\n\tm.New(k)'), { X: '1' }],
    ['m.New(m.Key($X))', source(`"${module}"`, 'k, err := m.Key(1)\n\tk = nil\n\tm.New(k)'), undefined],
    ['m.New($X, nil)', source(`"${module}"`, 'm.New(1, opts)'), undefined],
  ])('%s in %j', async (before, text, expected) => {
    expect(await captures('go', before, module, text)).toEqual(expected);
  });
});

test('a pattern that does not parse is a mistake of the catalogue', async () => {
  await expect(captures('typescript', 'new Client($X', 'm', '')).rejects.toThrow('does not parse');
});
