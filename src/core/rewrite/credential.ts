import type { Node } from 'web-tree-sitter';
import {
  clientIdSetting,
  type Binding,
  type CredentialChoice,
  type NewImport,
  type SyntaxFile,
} from '../languages/syntax.ts';
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

/** Credentials that are declared once and used in several places. */
export interface SharedCredentials {
  /** The name to use at a place; `undefined` where a credential is written on the spot. */
  readonly nameAt: (site: Node, asynchronous: boolean) => string | undefined;
  /** Declarations, and credentials written on the spot earlier that become uses of them. */
  readonly edits: (bring: (request: NewImport) => string | undefined) => ConstructEdit[];
}

export interface CredentialSite {
  readonly node: Node;
  /** What stands there runs again and again, and would make a credential each time. */
  readonly again: boolean;
  readonly asynchronous: boolean;
}

/** What the credentials of one rewrite have in common. */
export interface CredentialPlan {
  readonly choice: CredentialChoice;
  readonly shared: SharedCredentials;
  /** Places that a credential of their own was written at, and whether they cannot do with it. */
  readonly inline: CredentialSite[];
  readonly prepared: PreparedCredentials;
  /** Names that the rewrite declares. */
  readonly taken: Set<string>;
}

/** The module and name that create a credential; those of asynchronous clients are another library's. */
export function credentialRequest({ language }: SyntaxFile, asynchronous: boolean): NewImport {
  const { identity } = language;
  const module = asynchronous ? (identity.asyncModule ?? identity.module) : identity.module;
  return { module, name: identity.creator ?? 'DefaultAzureCredential' };
}

/**
 * The credential for a place: a variable that already holds one and is visible there, else a new
 * `DefaultAzureCredential`. `undefined` when the name is taken by something else.
 */
export function credentialFor(
  file: SyntaxFile,
  at: Node,
  asynchronous: boolean,
  bring: (request: NewImport) => string | undefined,
  plan: CredentialPlan,
  edits: ConstructEdit[],
  again: boolean,
): Credential | undefined {
  const { identity, credentialStatements: statements } = file.language;
  const request = credentialRequest(file, asynchronous);
  const declared = (): string | undefined => identity.declaredAs && bring(identity.declaredAs);
  const existing = existingCredential(file, at, request.module);
  const reused = existing?.valueNode && file.language.callee(existing.valueNode);
  if (existing !== undefined && reused !== undefined && statements === undefined) {
    const name = (): string => existing.name;
    return { text: name, creation: name, type: () => declared() ?? reused.text };
  }
  const typeName = file.language.nameFor(request, file)?.text;
  if (typeName === undefined) return undefined;
  const create = (): string => {
    bring(request);
    return createCredential(file, typeName, plan.choice, bring);
  };
  const type = (): string => declared() ?? typeName;
  if (statements === undefined) {
    const ownOrShared = (site: Node): string => {
      const shared = plan.shared.nameAt(site, asynchronous);
      if (shared !== undefined) return shared;
      if (asynchronous && again) throw new CannotEdit('statement', noAsynchronousCredential);
      plan.inline.push({ node: site, again, asynchronous });
      return create();
    };
    return {
      text: () => ownOrShared(at),
      // A variable that held the old credential holds the new one.
      creation: target => (isHeld(target, file) ? create() : ownOrShared(target)),
      type,
    };
  }
  const keep = (added: readonly { readonly span: ConstructEdit['span']; readonly newText: string }[]): void => {
    edits.push(...added.map(edit => ({ ...edit, keeps: [] })));
  };
  const { prepared } = plan;
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

const noAsynchronousCredential =
  'Each connection needs a token, and an asynchronous credential has to be closed. Declare one DefaultAzureCredential of azure.identity.aio above, close it when the program ends, then run the fix again.';

/** @throws CannotEdit when a name that the expression needs is taken */
export function createCredential(
  file: SyntaxFile,
  typeName: string,
  choice: CredentialChoice,
  bring: (request: NewImport) => string | undefined,
): string {
  const text = credentialText(file, typeName, choice, bring);
  if (text !== undefined) return text;
  throw new CannotEdit(
    'name',
    'A name that the credential needs stands for something else in this file. Rename that, then run the fix again.',
  );
}

/** The same, `undefined` when a name is taken. */
export function credentialText(
  file: SyntaxFile,
  typeName: string,
  choice: CredentialChoice,
  bring: (request: NewImport) => string | undefined,
): string | undefined {
  const { language } = file;
  if (choice.kind !== 'userAssigned') return language.createCredential(typeName, choice, bring);
  const clientId = choice.clientId === undefined ? fromSetting(file, bring) : language.quote(choice.clientId, file);
  return clientId && language.createCredential(typeName, { kind: 'userAssigned', clientId }, bring);
}

function fromSetting(file: SyntaxFile, bring: (request: NewImport) => string | undefined): string | undefined {
  const { environment } = file.language;
  const reader = environment.needs === undefined ? '' : bring(environment.needs);
  return reader === undefined ? undefined : environment.read(clientIdSetting, file, reader);
}

/** A variable, or a static field, that holds a credential of the app and can be used at a place. */
export function existingCredential(file: SyntaxFile, at: Node, module: string): Binding | undefined {
  return file.symbols.bindings.find(binding => {
    if (binding.kind !== 'value' && !isStaticField(binding, file)) return false;
    if (!binding.constant || binding.valueNode === undefined) return false;
    if (binding.valueNode.endIndex > at.startIndex || !file.language.isCall(binding.valueNode)) return false;
    if (file.symbols.lookup(binding.name, at) !== binding) return false;
    return isCredential(binding.valueNode, file, module);
  });
}

function isStaticField({ kind, nameNode }: Binding, file: SyntaxFile): boolean {
  if (kind !== 'field' || file.language.fieldNames !== 'bare') return false;
  const declaration = file.language.statementOf(nameNode);
  return /\bstatic\b/u.test(file.text.slice(declaration.startIndex, nameNode.startIndex));
}

/** Whether a creation makes a credential that stands for the app itself. */
export function isCredential(call: Node, file: SyntaxFile, module: string): boolean {
  const callee = file.language.callee(call);
  if (callee === undefined) return false;
  const { credentialTypes } = file.language.identity;
  return file.language
    .resolve(callee, file)
    .some(resolved => resolved.module === module && credentialTypes.includes(resolved.name));
}

/** Whether a value is given to a name, or handed out under the type that it has. */
export function isHeld(value: Node, file: SyntaxFile): boolean {
  if (file.symbols.bindingWithValue(value) !== undefined) return true;
  const { parent } = value;
  if (parent === null) return false;
  if (/assignment|declarator|arrow_expression_clause|return/u.test(parent.type)) return true;
  return parent.type === 'arrow_function' || file.language.wrapped(parent)?.id === value.id;
}
