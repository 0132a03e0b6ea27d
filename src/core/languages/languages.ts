import type * as TreeSitter from 'web-tree-sitter';
import type { SourceDocument } from '../engine/finding.ts';
import { adapterFor } from './adapters.ts';
import type { GrammarName, GrammarSource } from './grammar-source.ts';
import { symbolTable } from './symbols.ts';
import type { LanguageAdapter, SyntaxFile } from './syntax.ts';

/** Longer texts are not parsed: 1 million UTF-16 units take about a second. */
export const parseLimit = 1_000_000;

export interface Languages {
  /**
   * Parses a document and hands it to `reader`; the tree is deleted when the reader is done.
   * `undefined` when the language is not one that Keyless rewrites or the text is longer than {@link parseLimit}.
   */
  read<T>(document: SourceDocument, reader: (file: SyntaxFile) => T | Promise<T>): Promise<T | undefined>;
  /** Parses a text in the given grammar, for patterns. */
  readText<T>(
    grammar: GrammarName,
    language: LanguageAdapter,
    text: string,
    reader: (file: SyntaxFile) => T,
  ): Promise<T>;
}

let runtime: Promise<typeof TreeSitter> | undefined;

async function loadRuntime(source: GrammarSource): Promise<typeof TreeSitter> {
  const module = await import('web-tree-sitter');
  const wasmBinary = await source.runtime();
  await module.Parser.init({ wasmBinary });
  return module;
}

/** Loads the parser and each grammar when a document first needs it. */
export function createLanguages(source: GrammarSource): Languages {
  const grammars = new Map<GrammarName, Promise<TreeSitter.Language>>();

  async function grammar(name: GrammarName): Promise<TreeSitter.Language> {
    // The runtime can be set up once per process; a failed attempt may be repeated.
    runtime ??= loadRuntime(source).catch((error: unknown) => {
      runtime = undefined;
      throw error;
    });
    const module = await runtime;
    let loading = grammars.get(name);
    if (loading === undefined) {
      loading = source.grammar(name).then(bytes => module.Language.load(bytes));
      grammars.set(name, loading);
      loading.catch(() => grammars.delete(name));
    }
    return loading;
  }

  async function readWith<T>(
    name: GrammarName,
    language: LanguageAdapter,
    document: SourceDocument,
    reader: (file: SyntaxFile) => T | Promise<T>,
  ): Promise<T> {
    const loaded = await grammar(name);
    const module = await import('web-tree-sitter');
    const parser = new module.Parser();
    try {
      parser.setLanguage(loaded);
      const tree = parser.parse(document.text);
      if (tree === null) throw new Error(`The ${name} parser gave no tree`);
      try {
        return await reader(syntaxFile(document, tree.rootNode, language));
      } finally {
        tree.delete();
      }
    } finally {
      parser.delete();
    }
  }

  return {
    async read(document, reader) {
      const language = adapterFor(document.languageId);
      if (language === undefined || document.text.length > parseLimit) return undefined;
      return readWith(language.grammarFor(document), language, document, reader);
    },
    readText(name, language, text, reader) {
      return readWith(name, language, { uri: '', languageId: '', text }, reader);
    },
  };
}

function syntaxFile(document: SourceDocument, root: SyntaxFile['root'], language: LanguageAdapter): SyntaxFile {
  let symbols: SyntaxFile['symbols'] | undefined;
  let imports: SyntaxFile['imports'] | undefined;
  return {
    document,
    text: document.text,
    root,
    language,
    get symbols() {
      return (symbols ??= symbolTable(root, language));
    },
    get imports() {
      return (imports ??= language.imports(root));
    },
  };
}
