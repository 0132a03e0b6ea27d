import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Language as LanguageType, Language, Parser } from 'web-tree-sitter';

const require = createRequire(import.meta.url);
const files = {
  bicep: 'tree-sitter-bicep/tree-sitter-bicep.wasm',
  terraform: '@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm',
} as const;
const languages = new Map<keyof typeof files, Promise<LanguageType>>();
let started: Promise<void> | undefined;

/** Where an independent grammar finds a template wrong: lines with their text; none when it parses. */
export async function grammarErrors(language: keyof typeof files, text: string): Promise<string[]> {
  await (started ??= Parser.init());
  let loading = languages.get(language);
  if (loading === undefined)
    languages.set(language, (loading = readFile(require.resolve(files[language])).then(bytes => Language.load(bytes))));
  const parser = new Parser();
  parser.setLanguage(await loading);
  const tree = parser.parse(text);
  const errors: string[] = [];
  const cursor = tree?.walk();
  const visit = (): void => {
    const node = cursor?.currentNode;
    if (node?.isError === true || node?.isMissing === true)
      errors.push(`${node.startPosition.row + 1}: ${node.text.slice(0, 60)}`);
    if (cursor?.gotoFirstChild() !== true) return;
    do visit();
    while (cursor.gotoNextSibling());
    cursor.gotoParent();
  };
  visit();
  tree?.delete();
  parser.delete();
  return errors;
}
