import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../../src/dev/paths.ts';

/** Settings that source files read through VS Code's configuration API, and places where that cannot be told. */
export interface SettingsRead {
  /** Full ids, such as `keyless.azure.endpoint`, each with a place that reads it. */
  readonly ids: ReadonlyMap<string, string>;
  /** Places whose section or key is not a plain string: `file:line`. */
  readonly unclear: readonly string[];
}

const readers = new Set(['get', 'inspect', 'update', 'has', 'affectsConfiguration']);

/** Reads every file under src/ that speaks to the configuration API. */
export function settingsRead(): SettingsRead {
  const ids = new Map<string, string>();
  const unclear: string[] = [];
  for (const file of globSync('src/**/*.ts', { cwd: root })) {
    const text = readFileSync(join(root, file), 'utf8');
    if (!text.includes('getConfiguration')) continue;
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    const strings = constantStrings(source);
    const sections = namedSections(source, strings);
    visit(source, node => {
      if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return;
      const { name, expression: receiver } = node.expression;
      if (!readers.has(name.text)) return;
      const section = sectionOf(receiver, sections, strings);
      if (section === undefined) return;
      const key = node.arguments[0] === undefined ? undefined : stringOf(node.arguments[0], strings);
      const place = `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
      if (section === 'unclear' || key === undefined) unclear.push(place);
      else ids.set(section === '' ? key : `${section}.${key}`, place);
    });
  }
  return { ids, unclear };
}

function sectionOf(
  node: ts.Expression,
  sections: ReadonlyMap<string, string>,
  strings: ReadonlyMap<string, string>,
): string | undefined {
  if (ts.isIdentifier(node)) return sections.get(node.text);
  if (!ts.isCallExpression(node)) return undefined;
  if (ts.isIdentifier(node.expression)) return sections.get(node.expression.text);
  if (!ts.isPropertyAccessExpression(node.expression)) return undefined;
  if (node.expression.name.text !== 'getConfiguration') return undefined;
  const [section] = node.arguments;
  return section === undefined ? '' : (stringOf(section, strings) ?? 'unclear');
}

/** Names that stand for a configuration: `const c = getConfiguration('x')`, also as a function that returns it. */
function namedSections(source: ts.SourceFile, strings: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const sections = new Map<string, string>();
  visit(source, node => {
    if (!ts.isVariableDeclaration(node) || !ts.isIdentifier(node.name) || node.initializer === undefined) return;
    const value = ts.isArrowFunction(node.initializer) ? node.initializer.body : node.initializer;
    if (!ts.isExpression(value)) return;
    const section = sectionOf(value, sections, strings);
    if (section !== undefined) sections.set(node.name.text, section);
  });
  return sections;
}

function constantStrings(source: ts.SourceFile): ReadonlyMap<string, string> {
  const strings = new Map<string, string>();
  visit(source, node => {
    if (!ts.isVariableDeclaration(node) || !ts.isIdentifier(node.name) || node.initializer === undefined) return;
    const value = stringOf(node.initializer, strings);
    if (value !== undefined) strings.set(node.name.text, value);
  });
  return strings;
}

function stringOf(node: ts.Expression, strings: ReadonlyMap<string, string>): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  return ts.isIdentifier(node) ? strings.get(node.text) : undefined;
}

function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  ts.forEachChild(node, child => visit(child, see));
}
