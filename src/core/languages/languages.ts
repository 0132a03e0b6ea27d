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

  async function parse(
    name: GrammarName,
    language: LanguageAdapter,
    document: SourceDocument,
  ): Promise<{ readonly file: SyntaxFile; readonly tree: TreeSitter.Tree }> {
    const loaded = await grammar(name);
    const module = await import('web-tree-sitter');
    const parser = new module.Parser();
    try {
      parser.setLanguage(loaded);
      const tree = parser.parse(document.text);
      if (tree === null) throw new Error(`The ${name} parser gave no tree`);
      return { tree, file: syntaxFile(document, tree.rootNode, language) };
    } finally {
      parser.delete();
    }
  }

  // A file with many findings is asked about many times in a row: its tree stays until another file's turn or a pause.
  let kept: KeptTree | undefined;
  const release = (): void => {
    if (kept === undefined) return;
    const old = kept;
    kept = undefined;
    clearTimeout(old.timer);
    old.replaced = true;
    if (old.readers === 0) deleteTree(old);
  };
  const keptFor = (document: SourceDocument, name: GrammarName, language: LanguageAdapter): KeptTree => {
    const same =
      kept?.name === name &&
      kept.document.uri === document.uri &&
      kept.document.languageId === document.languageId &&
      kept.document.text === document.text;
    if (kept !== undefined && same) return kept;
    release();
    const parsed = parse(name, language, document);
    kept = { document, name, parsed, readers: 0, replaced: false };
    return kept;
  };

  return {
    async read(document, reader) {
      const language = adapterFor(document.languageId);
      if (language === undefined || document.text.length > parseLimit) return undefined;
      const tree = keptFor(document, language.grammarFor(document), language);
      tree.readers++;
      clearTimeout(tree.timer);
      try {
        return await reader((await tree.parsed).file);
      } catch (error) {
        if (kept === tree) release();
        throw error;
      } finally {
        tree.readers--;
        if (tree.readers === 0) {
          if (tree.replaced) deleteTree(tree);
          else tree.timer = unreferenced(setTimeout(release, keepTime));
        }
      }
    },
    async readText(name, language, text, reader) {
      const { file, tree } = await parse(name, language, { uri: '', languageId: '', text });
      try {
        return reader(file);
      } finally {
        tree.delete();
      }
    },
  };
}

/** Milliseconds after the last question in which a tree is kept. */
const keepTime = 2_000;

interface KeptTree {
  readonly document: SourceDocument;
  readonly name: GrammarName;
  readonly parsed: Promise<{ readonly file: SyntaxFile; readonly tree: TreeSitter.Tree }>;
  readers: number;
  /** Another tree has taken its place: deleted when its last reader is done. */
  replaced: boolean;
  timer?: ReturnType<typeof setTimeout>;
}

function deleteTree({ parsed }: KeptTree): void {
  // A parse that failed has told its readers so.
  parsed.then(({ tree }) => tree.delete()).catch(() => undefined);
}

/** A tree that is kept must not keep a process alive. */
function unreferenced(timer: ReturnType<typeof setTimeout>): ReturnType<typeof setTimeout> {
  if (typeof timer === 'object') timer.unref();
  return timer;
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
