import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import ts from 'typescript';

const inCore = /[\\/]src[\\/]core[\\/].*\.ts$/;
const looked = {};

/**
 * Nothing in core/ does anything when it is loaded but make constants: one that is not used can be left out, with all that
 * it is made of. esbuild cannot see that by itself where functions take part. Nor has every bundle a use for all that the
 * catalogue says.
 * @param isKept whether a bundle has one for a property of an object
 */
export function trimCore(isKept: (property: ts.ObjectLiteralElement) => boolean): Plugin {
  /** By path: several bundles ask for the same. */
  const known = new Map<string, { readonly text: string; readonly contents: string }>();
  return {
    name: 'trim-core',
    setup(build) {
      // The packages that core/ imports do nothing either.
      build.onResolve({ filter: /^/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
        if (kind !== 'import-statement' || pluginData === looked || !inCore.test(importer)) return undefined;
        const resolved = await build.resolve(path, { kind, importer, resolveDir, pluginData: looked });
        return { ...resolved, sideEffects: false };
      });
      build.onLoad({ filter: inCore }, async ({ path }) => {
        const text = await readFile(path, 'utf8');
        const before = known.get(path);
        const contents = before?.text === text ? before.contents : trimmed(path, text, isKept);
        known.set(path, { text, contents });
        return { contents, loader: 'ts' };
      });
    },
  };
}

/** Tests alone ask for these. What becomes of a client in its examples is also shown where its package is too old. */
export function isForProduct(property: ts.ObjectLiteralElement): boolean {
  const name = nameOf(property);
  if (name === 'examples')
    return ts.isPropertyAssignment(property) && !ts.isObjectLiteralExpression(property.initializer);
  if (name === 'before') return !isInExamples(property);
  return name !== 'standIn' && name !== 'fixExamples';
}

/** In a list of examples as it is written, each an object. */
function isInExamples({ parent: example }: ts.ObjectLiteralElement): boolean {
  const list = example.parent;
  const property = list.parent;
  return ts.isArrayLiteralExpression(list) && ts.isPropertyAssignment(property) && nameOf(property) === 'examples';
}

/** What sifts files finds, and leaves it to others to say and to rewrite what it found. */
export function isForSifting(property: ts.ObjectLiteralElement): boolean {
  return !notForSifting.has(nameOf(property) ?? '');
}

const notForSifting: ReadonlySet<string> = new Set([
  ...['examples', 'example', 'standIn', 'message', 'leak', 'remedy', 'documentation', 'revoke', 'provider'],
  ...['inSettings', 'guideInSettings', 'noIdentity'],
]);

function nameOf({ name }: ts.ObjectLiteralElement): string | undefined {
  return name !== undefined && ts.isIdentifier(name) ? name.text : undefined;
}

function trimmed(path: string, text: string, isKept: (property: ts.ObjectLiteralElement) => boolean): string {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  let kept = '';
  let end = 0;
  const put = (upTo: number, instead: string, from = upTo): void => {
    kept += text.slice(end, upTo) + instead;
    end = from;
  };
  const visit = (node: ts.Node): void => {
    if (!ts.isObjectLiteralElement(node) || isKept(node)) {
      ts.forEachChild(node, visit);
      return;
    }
    const start = node.getStart(file);
    // A debugger looks for the rest in its line.
    const lines = text.slice(start, node.end).replaceAll(/[^\n]/gu, '');
    put(start, lines, node.end + (text[node.end] === ',' ? 1 : 0));
  };
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement)) visit(statement);
    else {
      for (const { initializer } of statement.declarationList.declarations) {
        if (initializer === undefined) continue;
        put(initializer.getStart(file), '/* @__PURE__ */ (() => (');
        visit(initializer);
        put(initializer.end, '))()');
      }
    }
  }
  return kept + text.slice(end);
}
