import type { Node } from 'web-tree-sitter';
import type { SourceDocument } from '../engine/finding.ts';
import type { CodeLanguage } from '../services/service.ts';
import type { Span, TextEdit } from '../text/text-edit.ts';
import type { SharedDeclarations } from './shared-declarations.ts';
import type { GrammarName } from './grammar-source.ts';

/** A parsed document. Nodes are valid only until the reader that received it returns. */
export interface SyntaxFile {
  readonly document: SourceDocument;
  readonly text: string;
  readonly root: Node;
  readonly language: LanguageAdapter;
  /** Built on first use. */
  readonly symbols: SymbolTable;
  /** Built on first use. */
  readonly imports: readonly ImportedName[];
}

/** A piece of a string expression: text with the place it is written at, or an expression put in between. */
export type StringPiece =
  | { readonly kind: 'text'; readonly value: string; readonly span: Span }
  | { readonly kind: 'expression'; readonly node: Node };

/** A member of an argument list or of an object literal. */
export interface ListElement {
  /** The whole element, name included. */
  readonly node: Node;
  readonly name: string | undefined;
  readonly value: Node;
  /** `...x`, `*x`, `**x`: stands for any number of elements. */
  readonly spread: boolean;
  /** `{ key }` for `{ key: key }`. */
  readonly shorthand: boolean;
}

/** `root.a(x).b(y)` as what it starts from and the calls made on it, first call first. */
export interface CallChain {
  readonly root: Node;
  readonly links: readonly ChainLink[];
  /** Nothing more is called on the result. */
  readonly complete: boolean;
}

export interface ChainLink {
  readonly name: string;
  /** The call with everything before it. */
  readonly node: Node;
  /** What it is called on. */
  readonly receiver: Node;
  readonly nameNode: Node;
  readonly list: Node;
}

/** Statements that bring a credential into being, and the name that holds it. */
export interface CredentialStatement {
  readonly name: string;
  /** Where the name can be used from then on. */
  readonly scope: Node;
  readonly edits: readonly TextEdit[];
}

export interface ElementList {
  /** Arguments may be given by position; members of an object have names only. */
  readonly kind: 'arguments' | 'object';
  readonly node: Node;
  readonly elements: readonly ListElement[];
}

/** A name that a file takes from a module, package or namespace. */
export interface ImportedName {
  readonly local: string;
  readonly module: string;
  /** `*` for a whole module (namespace or default import, `import a.b`, `using N`). */
  readonly exported: string;
  /** The import statement. */
  readonly statement: Node;
  /** The part of the statement that brings this name alone. */
  readonly specifier: Node;
  readonly nameNode: Node | undefined;
  readonly typeOnly: boolean;
}

/** A setting read at run time, such as `process.env.NAME`. */
export interface SettingLookup {
  readonly name: string;
  /** Span of the name alone, without quotes. */
  readonly nameSpan: Span;
  /** Levels at the start of the name that the look-up implies and does not write there, with `:` at the end. */
  readonly section?: string;
}

export interface NewImport {
  readonly module: string;
  readonly name: string;
}

/** The setting that names a user-assigned identity; every Azure SDK reads it. */
export const clientIdSetting = 'AZURE_CLIENT_ID';
/** The setting that says which credentials DefaultAzureCredential may use: `prod`, `dev` or the name of one. */
export const credentialsSetting = 'AZURE_TOKEN_CREDENTIALS';

/** How new code signs in; always through `DefaultAzureCredential`, so that developers' own sign-ins work as well. */
export type CredentialChoice =
  | { readonly kind: 'default' }
  /** In Azure as one user-assigned identity: that with the client id, else that of the setting `AZURE_CLIENT_ID`. */
  | { readonly kind: 'userAssigned'; readonly clientId?: string }
  /** Only as `AZURE_TOKEN_CREDENTIALS` says; without that setting it fails at the start instead of guessing. */
  | { readonly kind: 'fromEnvironment' };

/** A choice as it is written: with the expression that gives the client id. */
export type CredentialForm =
  | { readonly kind: 'default' }
  | { readonly kind: 'fromEnvironment' }
  | { readonly kind: 'userAssigned'; readonly clientId: string };

/** What a name of the file stands for outside it. */
export interface ResolvedName {
  readonly module: string;
  readonly name: string;
}

export interface RawBinding {
  readonly name: string;
  readonly nameNode: Node;
  /** What the name is given where it is declared. */
  readonly valueNode: Node | undefined;
  /** The node to remove when the name is no longer needed; absent when it cannot be removed alone. */
  readonly declaration: Node | undefined;
  /** A helper is a function that only returns the value; its references are the calls. */
  readonly kind: 'value' | 'field' | 'property' | 'helper' | 'opaque' | 'import';
  /** Never assigned again by the language's own rule (`const`, `readonly`), or not yet seen to be. */
  readonly exposure: 'file' | 'importable' | 'exported';
  /** Scope that the name belongs to, when it is not the innermost around the declaration. */
  readonly scope?: Node;
  /** The type that a constructor's parameter is a field of as well. */
  readonly fieldOf?: Node;
}

/** A declared name of a file with every place that mentions it. */
export interface Binding extends Omit<RawBinding, 'scope'> {
  readonly scope: Node;
  readonly references: readonly Reference[];
  /** Given a value once: where it is declared or, a field, in the constructor. */
  readonly constant: boolean;
  /** The statement of the constructor that gives a field its value, and what it writes to. */
  readonly assignment?: { readonly statement: Node; readonly target: Node };
}

/** The only thing that a function does is to return this value. */
export interface ReturnedValue {
  readonly nameNode: Node;
  readonly value: Node;
  /** Names of members are called on an object or type; other functions by their name alone. */
  readonly isMember: boolean;
  /** What goes when the function goes. */
  readonly declaration: Node;
  readonly exposure: Binding['exposure'];
}

/** A function as its callers see it. */
export interface Signature {
  /** What calls name: the function or, of a constructor, its type. */
  readonly nameNode: Node;
  readonly calledAs: 'function' | 'member' | 'type';
  /** The function itself, with what stands above its name. */
  readonly node: Node;
  /** In order, without the object itself. */
  readonly parameters: readonly SignatureParameter[];
  readonly exposure: RawBinding['exposure'];
  /** Others than plain calls decide what it takes: it is an override, or decorated. */
  readonly fixed: boolean;
}

export interface SignatureParameter {
  /** All that is written of it. */
  readonly node: Node;
  readonly nameNode: Node;
  /** Used where a call gives no argument. */
  readonly fallback: Node | undefined;
  /** Takes any number of arguments, or is given by a framework. */
  readonly special: boolean;
}

export interface Reference {
  readonly node: Node;
  /** The name alone, where the reference is a call. */
  readonly name?: Node;
  readonly write: boolean;
  /** A member of this name on an object whose type is not known. */
  readonly uncertain: boolean;
}

export interface SymbolTable {
  /** The binding that a name or member expression refers to. */
  bindingOf(node: Node): Binding | undefined;
  /** The binding whose declared value is this very node. */
  bindingWithValue(value: Node): Binding | undefined;
  /** What a bare name would mean at a place. */
  lookup(name: string, at: Node): Binding | undefined;
  readonly bindings: readonly Binding[];
}

export type RawReference =
  | { readonly kind: 'name'; readonly name: string }
  /** `this.name`, `self.name`, `Type.name`; `owner` undefined means the enclosing type, `unknown` any other object. */
  | { readonly kind: 'member'; readonly name: string; readonly owner: string | undefined; readonly unknown: boolean };

export interface IdentityLibrary {
  readonly module: string;
  readonly asyncModule?: string;
  readonly package: string;
  /** Credential types that stand for the app itself; a variable holding one is used again. */
  readonly credentialTypes: readonly string[];
  /** What is named to create a `DefaultAzureCredential`, where that is not the type. */
  readonly creator?: string;
  /** The type that variables of a credential are declared with, where that is not the credential's own. */
  readonly declaredAs?: NewImport;
}

/** All that the engines need to know about one language, over its syntax tree. */
export interface LanguageAdapter {
  readonly id: CodeLanguage;
  grammarFor(document: SourceDocument): GrammarName;
  /** Text around a pattern that makes it a file of its own. */
  readonly patternFrame: { readonly before: string; readonly after: string };
  readonly identity: IdentityLibrary;

  isComment(node: Node): boolean;
  /** Nodes that creations and calls are made of. */
  isCall(node: Node): boolean;
  /** Parentheses, casts, non-null marks: the value inside is the value of the node. */
  wrapped(node: Node): Node | undefined;
  pieces(node: Node): readonly StringPiece[] | undefined;
  list(node: Node): ElementList | undefined;
  /** Calls on a builder, for languages whose clients are made that way. */
  chain?(node: Node): CallChain | undefined;
  /** The type written where a value's name is declared, unless it is inferred. */
  declaredType(value: Node): Node | undefined;
  /** Name of the type of a value that a call creates, where that is not what the call names. */
  createdType?(value: Node): string | undefined;
  /** Name of the type that a place demands of a value and that no edit there could change. */
  demandedType?(value: Node, file: SyntaxFile): string | undefined;
  /** The type name of `new(…)` without one. */
  impliedType(node: Node): Node | undefined;
  /** A value and what is used when it is missing: `x ?? y`; a look-up with a default is its own value. */
  defaulted(node: Node): { readonly value: Node; readonly fallback: Node } | undefined;
  /** Whether a reference gives its target another value. */
  isWrite(reference: Node): boolean;
  /** The names that `const { a, b: c } = object` takes from an object; `undefined` when it is used in another way. */
  destructured(object: Node): readonly { readonly property: string; readonly nameNode: Node }[] | undefined;
  /** The name of the member that is read of an object: `b` for `a` in `a.b`, `a['b']`. */
  memberOf(object: Node): string | undefined;
  /** A place that only asks whether there is a value. */
  isTest(node: Node): boolean;
  settingLookup(node: Node): SettingLookup | undefined;
  /** What a call or creation calls or creates. */
  callee(call: Node): Node | undefined;
  /** Last name of what a call calls. */
  calledName(call: Node): string | undefined;
  /** Innermost statement, field or import around a node. */
  statementOf(node: Node): Node;

  readonly scopeTypes: ReadonlySet<string>;
  readonly classTypes: ReadonlySet<string>;
  /** Where a field may be named without `this`, `self` or its type. */
  readonly fieldNames: 'bare' | 'bareInClassBody' | 'qualified';
  bindings(node: Node): readonly RawBinding[];
  reference(node: Node): RawReference | undefined;
  /** What a function without parameters returns when it does nothing else. */
  returnedValue(node: Node): ReturnedValue | undefined;
  /** What a function takes, for one that the file may call by its name. */
  signature(node: Node): Signature | undefined;

  imports(root: Node): readonly ImportedName[];
  /** Module and name that an expression in the place of a type or function stands for. */
  resolve(node: Node, file: SyntaxFile): readonly ResolvedName[];
  /** Expression for an imported name as the file would write it, and whether it must be imported first. */
  nameFor(request: NewImport, file: SyntaxFile): { readonly text: string; readonly missing: boolean } | undefined;
  /**
   * Edits that add and remove imports in the file's own style. `neighbour` is a module whose import shows that style.
   */
  importEdits(
    file: SyntaxFile,
    add: readonly NewImport[],
    remove: readonly ImportedName[],
    neighbour: readonly string[],
  ): readonly TextEdit[];

  /** How an environment variable is read; `needs` is the import that `read` gets the name of. */
  readonly environment: {
    readonly needs?: NewImport;
    read(variable: string, file: SyntaxFile, imported: string): string;
  };
  /**
   * Source text that creates a credential. `type` is the imported creator as this file writes it; `bring` gives the
   * file's text for other names. `undefined` when a name is taken.
   */
  createCredential(
    type: string,
    form: CredentialForm,
    bring: (request: NewImport) => string | undefined,
  ): string | undefined;
  /** For languages in which a credential can be declared outside of functions. */
  readonly shared?: SharedDeclarations;
  /** For languages in which creating a credential is a statement and not an expression. */
  readonly credentialStatements?: {
    /** What to write before the statement around `at`. */
    prepare(file: SyntaxFile, at: Node, creation: string): CredentialStatement | { readonly refusal: string };
    /** What else changes where `target`, the creation of the old credential that `at` takes, becomes a new one's. */
    settle(file: SyntaxFile, target: Node, at: Node): readonly TextEdit[] | { readonly refusal: string };
  };
  /** For languages in which statements can be written around the one that a construct stands in. */
  readonly statements?: StatementsAround;
  /** The compiler takes no variable that nothing uses. */
  readonly refusesUnusedNames?: true;
  /** A string literal with the quotes of `like`, else with those that the file uses most. */
  quote(value: string, file: SyntaxFile, like?: Node): string;
  /** A string with expressions in it, `parts` alternating in any order. */
  template(parts: readonly (string | { readonly expression: string })[], file: SyntaxFile): string;
  /** Functions that a template may fold when their argument is constant, by their pattern text. */
  readonly foldable: Readonly<Record<string, (value: string) => string>>;
  /** Edits that remove declarations, as given by {@link RawBinding.declaration}, and nothing else. */
  removeDeclarations(file: SyntaxFile, declarations: readonly Node[]): readonly TextEdit[];
}

/** A statement before another one; `fill` gives the text of its value once names are chosen. */
export interface StatementAhead {
  /** Names for the value, and what they are called in later statements; without names an error is all there is. */
  readonly as?: { readonly capture: string; readonly names: readonly string[]; readonly declares?: true };
  readonly fallible: boolean;
  readonly fill: (names: ReadonlyMap<string, string>) => string;
}

/** The statement that gives a construct's value its name. */
export interface NamedConstruct {
  /** As written, e.g. `engine` or `self.engine`. */
  readonly name: string;
  /** Edits that put lines behind it, which have no indentation of their own. */
  readonly follow: (lines: readonly string[]) => readonly TextEdit[];
}

export interface StatementsAround {
  /** Writes statements before the one around `at`; `taken` are names that other edits declare, and gets the new ones. */
  ahead?(
    file: SyntaxFile,
    at: Node,
    statements: readonly StatementAhead[],
    taken: Set<string>,
  ):
    { readonly edits: readonly TextEdit[]; readonly names: ReadonlyMap<string, string> } | { readonly refusal: string };
  /** Gives a construct's value another name, and its own name to `value`, which is made of it. */
  becomes?(
    file: SyntaxFile,
    construct: Node,
    names: readonly string[],
    value: (made: string) => string,
    taken: Set<string>,
  ):
    | { readonly edits: readonly TextEdit[] }
    /** The construct goes before its statement; this stands in its place. */
    | { readonly inPlace: (value: string) => string }
    | { readonly refusal: string };
  /** `undefined` when the construct's value has no name of its own, or nothing can be written behind. */
  named(file: SyntaxFile, construct: Node): NamedConstruct | undefined;
  /** Said where it has none. */
  readonly noName: string;
}

export function spanOf(node: Node): Span {
  return { start: node.startIndex, end: node.endIndex };
}

/** Depth-first, parents first. `visit` returns false to skip a node's children. */
export function walk(node: Node, visit: (node: Node) => boolean | undefined): void {
  if (visit(node) === false) return;
  for (const child of node.namedChildren) walk(child, visit);
}

export function ancestor(node: Node, types: ReadonlySet<string>): Node | undefined {
  for (let at = node.parent; at !== null; at = at.parent) if (types.has(at.type)) return at;
  return undefined;
}

/** The sides of `x ?? y` and the like. */
export function operands(node: Node): { readonly value: Node; readonly fallback: Node } | undefined {
  const value = node.childForFieldName('left');
  const fallback = node.childForFieldName('right');
  return value === null || fallback === null ? undefined : { value, fallback };
}
