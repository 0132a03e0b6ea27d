import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GrammarSource } from '../core/languages/grammar-source.ts';

/** Grammars from a folder that holds `web-tree-sitter.wasm` and `tree-sitter-<name>.wasm`, as the packaged product does. */
export function grammarsIn(folder: string): GrammarSource {
  return {
    runtime: () => readFile(join(folder, 'web-tree-sitter.wasm')),
    grammar: name => readFile(join(folder, `tree-sitter-${name}.wasm`)),
  };
}

/** Grammars straight from the installed packages, for runs from source. */
export function grammarsInNodeModules(nodeModules: string): GrammarSource {
  return {
    runtime: () => readFile(join(nodeModules, 'web-tree-sitter', 'web-tree-sitter.wasm')),
    grammar: name => readFile(join(nodeModules, '@vscode', 'tree-sitter-wasm', 'wasm', `tree-sitter-${name}.wasm`)),
  };
}
