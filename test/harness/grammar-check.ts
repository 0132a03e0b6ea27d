import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Language as LanguageType, Language, Parser } from 'web-tree-sitter';

const require = createRequire(import.meta.url);
const files = {
  bicep: 'tree-sitter-bicep/tree-sitter-bicep.wasm',
  terraform: '@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm',
} as const;
type Grammars = Readonly<Record<keyof typeof files, LanguageType>>;
let loading: Promise<Grammars> | undefined;

/** Both at once: a grammar that is loaded after another one has parsed finds the runtime's functions elsewhere. */
async function load(): Promise<Grammars> {
  await Parser.init();
  const bicep = await Language.load(await readFile(require.resolve(files.bicep)));
  return { bicep, terraform: await Language.load(await readFile(require.resolve(files.terraform))) };
}

/** Where an independent grammar finds a template wrong: lines with their text; none when it parses. */
export async function grammarErrors(language: keyof typeof files, text: string): Promise<string[]> {
  const grammars = await (loading ??= load());
  const parser = new Parser();
  parser.setLanguage(grammars[language]);
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
