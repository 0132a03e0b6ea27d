/** Names as in the files `tree-sitter-<name>.wasm`. */
export type GrammarName = 'typescript' | 'tsx' | 'javascript' | 'python' | 'c-sharp' | 'java' | 'go';

/** Where grammar bytes come from; each file is asked for once, when a document first needs it. */
export interface GrammarSource {
  /** The parser runtime, `web-tree-sitter.wasm`. */
  runtime(): Promise<Uint8Array>;
  grammar(name: GrammarName): Promise<Uint8Array>;
}
