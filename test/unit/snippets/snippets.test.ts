import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { Language, Parser } from 'web-tree-sitter';
import manifest from '../../../package.json' with { type: 'json' };
import { typeErrors } from '../../harness/type-check.ts';

interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

const LANGUAGES = ['typescript', 'python', 'csharp', 'java', 'go'];
const PREFIXES = [
  'keyless-blob',
  'keyless-servicebus',
  'keyless-keyvault',
  'keyless-cosmos',
  'keyless-sql',
  'keyless-openai',
];

async function snippets(language: string): Promise<Snippet[]> {
  const file = new URL(`../../../snippets/${language}.json`, import.meta.url);
  return Object.values(JSON.parse(await readFile(file, 'utf8')) as Record<string, Snippet>);
}

/** What a person has after pressing Tab through all stops without typing. */
function expand({ body }: Snippet): string {
  return body
    .join('\n')
    .replaceAll(/\$\{\d+:([^}]*)\}/g, '$1')
    .replaceAll(/\$\d/g, '');
}

describe.each(LANGUAGES)('%s snippets', language => {
  it('serve every service of the first six, without a key in sight', async () => {
    const all = await snippets(language);
    expect(all.map(snippet => snippet.prefix)).toEqual(PREFIXES);
    for (const snippet of all) {
      const text = expand(snippet);
      expect(text).not.toMatch(/\$|connection_?string\b|password|key\s*[=:]/i);
      expect(text).toMatch(/DefaultAzureCredential|active-?directory-?default|Active Directory Default|cred\b/i);
    }
  });

  it('are contributed', () => {
    const paths = manifest.contributes.snippets.map(snippet => [snippet.language, snippet.path]);
    expect(paths).toContainEqual([language, `./snippets/${language}.json`]);
  });
});

it('TypeScript snippets type-check against the real SDK packages', async () => {
  const sources = (await snippets('typescript')).map(snippet => [`${snippet.prefix}.ts`, expand(snippet)] as const);
  expect(typeErrors(Object.fromEntries(sources))).toEqual({});
});

it('the type check is real: it sees a wrong argument', () => {
  const wrong = "import { BlobServiceClient } from '@azure/storage-blob';\nnew BlobServiceClient(42);\n";
  expect(Object.keys(typeErrors({ 'wrong.ts': wrong }))).toEqual(['wrong.ts']);
});

it.each([
  ['typescript', 'typescript'],
  ['python', 'python'],
  ['csharp', 'c-sharp'],
  ['java', 'java'],
  ['go', 'go'],
])('%s snippets parse', async (language, grammar) => {
  const require = createRequire(import.meta.url);
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(require.resolve(`@vscode/tree-sitter-wasm/wasm/tree-sitter-${grammar}.wasm`)));
  const broken = (await snippets(language)).filter(
    snippet => parser.parse(expand(snippet))?.rootNode.hasError !== false,
  );
  expect(broken).toEqual([]);
  expect(parser.parse('(((')?.rootNode.hasError).toBe(true);
});
