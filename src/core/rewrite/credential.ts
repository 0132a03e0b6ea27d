import type { Node } from 'web-tree-sitter';
import type { NewImport, SyntaxFile } from '../languages/syntax.ts';
import { CannotEdit, type ConstructEdit } from './construct-edit.ts';

/** The token credential as a place will write it; each is asked for only where it is written, and imported then. */
export interface Credential {
  /** An expression for it; may bring statements before the place. */
  readonly text: () => string;
  /** What takes the place of `target`, where the old credential was made. */
  readonly creation: (target: Node) => string;
  /** Its type. */
  readonly type: () => string;
}

/** Statements written so far, with the scope that each is for. */
export type PreparedCredentials = { readonly name: string; readonly scope: Node }[];

/**
 * The credential for a place: a variable that already holds one and is visible there, else a new
 * `DefaultAzureCredential`. `undefined` when the name is taken by something else.
 */
export function credentialFor(
  file: SyntaxFile,
  at: Node,
  asynchronous: boolean,
  bring: (request: NewImport) => string | undefined,
  prepared: PreparedCredentials,
  edits: ConstructEdit[],
): Credential | undefined {
  const { identity, credentialStatements: statements } = file.language;
  const module = asynchronous ? (identity.asyncModule ?? identity.module) : identity.module;
  const request = { module, name: identity.creator ?? 'DefaultAzureCredential' };
  const declared = (): string | undefined => identity.declaredAs && bring(identity.declaredAs);
  const existing = file.symbols.bindings.find(binding => {
    if (binding.kind !== 'value' || !binding.constant || binding.valueNode === undefined) return false;
    if (binding.valueNode.endIndex > at.startIndex || !file.language.isCall(binding.valueNode)) return false;
    if (file.symbols.lookup(binding.name, at) !== binding) return false;
    const callee = file.language.callee(binding.valueNode);
    if (callee === undefined) return false;
    return file.language
      .resolve(callee, file)
      .some(resolved => resolved.module === module && identity.credentialTypes.includes(resolved.name));
  });
  const reused = existing?.valueNode && file.language.callee(existing.valueNode);
  if (existing !== undefined && reused !== undefined && statements === undefined) {
    const name = (): string => existing.name;
    return { text: name, creation: name, type: () => declared() ?? reused.text };
  }
  const typeName = file.language.nameFor(request, file)?.text;
  if (typeName === undefined) return undefined;
  const create = (): string => {
    bring(request);
    return file.language.create(typeName);
  };
  const type = (): string => declared() ?? typeName;
  if (statements === undefined) return { text: create, creation: create, type };
  const keep = (added: readonly { readonly span: ConstructEdit['span']; readonly newText: string }[]): void => {
    edits.push(...added.map(edit => ({ ...edit, keeps: [] })));
  };
  return {
    text() {
      const visible = prepared.find(({ scope }) => scope.startIndex <= at.startIndex && at.endIndex <= scope.endIndex);
      const known = existing?.name ?? visible?.name;
      if (known !== undefined) return known;
      const statement = statements.prepare(file, at, create());
      if ('refusal' in statement) throw new CannotEdit('statement', statement.refusal);
      prepared.push(statement);
      keep(statement.edits);
      return statement.name;
    },
    creation(target) {
      const settled = statements.settle(file, target, at);
      if ('refusal' in settled) throw new CannotEdit('statement', settled.refusal);
      keep(settled);
      return create();
    },
    type,
  };
}
