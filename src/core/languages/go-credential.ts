import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../text/text-edit.ts';
import { ancestor, walk, type CredentialStatement, type SyntaxFile } from './syntax.ts';

const functionTypes = new Set(['function_declaration', 'method_declaration', 'func_literal']);
const blockTypes = new Set(['block', 'expression_case', 'default_case', 'type_case', 'communication_case']);

export interface Place {
  /** The statement of a list that a node stands in. */
  readonly statement: Node;
  /** The scope that the statement belongs to. */
  readonly block: Node;
  readonly function: Node;
}

export const elsewhere =
  'No function surrounds the client, so a failed sign-in could not be handled there. Make the client in a function, then run the fix again.';
export const notUnderstood =
  'How this function reports errors is not clear, and a failed sign-in must not go unnoticed. Return an error or stop the program there, then run the fix again.';

/** A statement before the one at `at` that signs in, with the errors handled as they are around it. */
export function prepareGoCredential(
  file: SyntaxFile,
  at: Node,
  creation: string,
): CredentialStatement | { readonly refusal: string } {
  const place = placeOf(at);
  if (place === undefined) return { refusal: elsewhere };
  const name = freeName(['cred', 'credential', 'azureCredential', 'tokenCredential'], place, file);
  const handling = name === undefined ? undefined : handlingAt(place, at, place, file);
  if (name === undefined || handling === undefined) return { refusal: notUnderstood };
  const { newline, indent } = layout(place.statement, file);
  const start = place.statement.startIndex;
  const lines = [`${name}, ${handling.error} := ${creation}`, ...handling.lines];
  const newText = lines.map(line => line + newline + indent).join('');
  return { name, scope: place.block, edits: [{ span: { start, end: start }, newText }] };
}

/**
 * What else must change where an old credential is made and a new one takes its place: `x := old(…)` has no error to
 * look at, `new(…)` has one.
 */
export function settleGoCredential(
  file: SyntaxFile,
  target: Node,
  at: Node,
): readonly TextEdit[] | { readonly refusal: string } {
  const list = target.parent?.type === 'expression_list' ? target.parent : undefined;
  const declaration = list?.parent;
  if (declaration?.type === 'return_statement') {
    return list?.namedChildCount === 1 ? [] : { refusal: notUnderstood };
  }
  const names = leftOf(declaration ?? target);
  if (list?.namedChildCount !== 1 || names.length === 0 || names.length > 2) return { refusal: notUnderstood };
  if (names.length === 2) return [];
  const place = placeOf(target);
  const user = placeOf(at);
  if (place === undefined || declaration?.type !== 'short_var_declaration') return { refusal: elsewhere };
  const handling = handlingAt(place, target, user ?? place, file);
  const [only] = names;
  if (handling === undefined || only === undefined) return { refusal: notUnderstood };
  const { newline, indent } = layout(place.statement, file);
  const after = place.statement.endIndex;
  return [
    { span: { start: only.endIndex, end: only.endIndex }, newText: `, ${handling.error}` },
    { span: { start: after, end: after }, newText: handling.lines.map(line => newline + indent + line).join('') },
  ];
}

export function leftOf(declaration: Node): Node[] {
  if (declaration.type === 'var_spec') return declaration.childrenForFieldName('name');
  const left = declaration.childForFieldName('left');
  return left?.type === 'expression_list' ? left.namedChildren.filter(({ type }) => type !== 'comment') : [];
}

export function placeOf(at: Node): Place | undefined {
  let statement: Node | null = at;
  while (statement !== null && statement.parent?.type !== 'statement_list') statement = statement.parent;
  const block = statement === null ? undefined : ancestor(statement, blockTypes);
  const around = statement === null ? undefined : ancestor(statement, functionTypes);
  if (statement === null || block === undefined || around === undefined) return undefined;
  return { statement, block, function: around };
}

export function layout(statement: Node, file: SyntaxFile): { readonly newline: string; readonly indent: string } {
  const newline = file.text.includes('\r\n') ? '\r\n' : '\n';
  const line = file.text.slice(file.text.lastIndexOf('\n', statement.startIndex - 1) + 1, statement.startIndex);
  return { newline, indent: /^[^\S\r\n]*/u.exec(line)?.[0] ?? '' };
}

export function freeName(names: readonly string[], place: Place, file: SyntaxFile): string | undefined {
  return names.find(name => {
    if (file.symbols.lookup(name, place.block) !== undefined) return false;
    return !file.symbols.bindings.some(
      ({ name: other, nameNode }) =>
        other === name &&
        nameNode.startIndex >= place.function.startIndex &&
        nameNode.endIndex <= place.function.endIndex,
    );
  });
}

interface Handling {
  /** Name of the error variable. */
  readonly error: string;
  /** The check, without the indentation of its first line. */
  readonly lines: readonly string[];
}

/** The check that the client's own error gets, else one that the function's results or its other checks suggest. */
export function handlingAt(
  place: Place,
  at: Node,
  user: Place,
  file: SyntaxFile,
  failure = 'cannot get an Azure credential',
): Handling | undefined {
  const own = user.function.id === place.function.id ? ownCheck(user.statement) : undefined;
  if (own !== undefined) {
    const error = errorName(own.error, place, file);
    const body = error === undefined ? undefined : bodyOf(own.body, own.error, error, failure);
    if (error !== undefined && body !== undefined) return { error, lines: check(error, body) };
  }
  const error = errorName('err', place, file);
  const result = returned(place.function);
  if (error === undefined) return undefined;
  if (result !== undefined) return { error, lines: check(error, `return ${[...result, error].join(', ')}`) };
  if (returnsError(place.function)) return undefined;
  const stop = stopIn(place.function, at);
  const body = stop && bodyOf(stop.body, stop.error, error, failure);
  return body === undefined ? undefined : { error, lines: check(error, body) };
}

function check(error: string, body: string): string[] {
  return [`if ${error} != nil {`, `\t${body}`, '}'];
}

/** A name for the error that neither hides another one nor makes a later declaration invalid. */
function errorName(wanted: string, place: Place, file: SyntaxFile): string | undefined {
  const known = file.symbols.lookup(wanted, place.block);
  if (known === undefined) return wanted;
  const sameScope = known.scope.id === place.block.id;
  if (sameScope && (known.nameNode.startIndex < place.statement.startIndex || staysValid(known.nameNode, file))) {
    return wanted;
  }
  return freeName(['credErr', 'credentialErr'], place, file);
}

/** `client, err := f()` is valid where `err` exists, as long as `client` does not. */
function staysValid(nameNode: Node, file: SyntaxFile): boolean {
  const declaration = nameNode.parent?.parent;
  if (declaration?.type !== 'short_var_declaration') return false;
  return leftOf(declaration).some(
    other => other.id !== nameNode.id && file.symbols.bindings.some(binding => binding.nameNode.id === other.id),
  );
}

interface Check {
  readonly error: string;
  readonly body: Node;
  /** What the checked statement declares besides. */
  readonly others: readonly string[];
}

/** `if err != nil { … }` right behind a statement, or around it. */
export function ownCheck(statement: Node): Check | undefined {
  if (statement.type === 'if_statement') return errorCheck(statement, statement.childForFieldName('initializer'));
  let next = statement.nextNamedSibling;
  while (next?.type === 'comment') next = next.nextNamedSibling;
  if (next?.type !== 'if_statement' || next.childForFieldName('initializer') !== null) return undefined;
  const spec = statement.type === 'var_declaration' ? statement.namedChildren[0] : statement;
  return errorCheck(next, spec ?? null);
}

function errorCheck(branch: Node, declaration: Node | null): Check | undefined {
  const condition = branch.childForFieldName('condition');
  const left = condition?.childForFieldName('left');
  const body = branch.childForFieldName('consequence');
  if (condition?.type !== 'binary_expression' || left?.type !== 'identifier' || body === null) return undefined;
  if (condition.childForFieldName('operator')?.text !== '!=') return undefined;
  if (condition.childForFieldName('right')?.type !== 'nil') return undefined;
  const names = declaration === null ? [] : leftOf(declaration).map(({ text }) => text);
  if (declaration !== null && !names.includes(left.text)) return undefined;
  return { error: left.text, body, others: names.filter(name => name !== left.text && name !== '_') };
}

/** The one statement of a check that leaves the function, about another error; `undefined` for anything else. */
function bodyOf(body: Node, old: string, error: string, failure: string): string | undefined {
  const statements = body.namedChildren.find(({ type }) => type === 'statement_list')?.namedChildren ?? [];
  const [only, ...more] = statements;
  if (only === undefined || more.length > 0 || !leaves(only)) return undefined;
  const declaredThere = ownNames(body);
  const edits: { start: number; end: number; text: string }[] = [];
  const unclear: Node[] = [];
  walk(only, node => {
    if (node.type === 'comment' || node.type === 'func_literal') unclear.push(node);
    if (node.type === 'identifier' && node.text === old) edits.push({ ...offsets(node, only), text: error });
    else if (node.type === 'identifier' && declaredThere.includes(node.text)) unclear.push(node);
    const message = node.type === 'interpreted_string_literal' ? /^"[^%]*(%\+?[vws](?:\\n)?)"$/u.exec(node.text) : null;
    if (message !== null) edits.push({ ...offsets(node, only), text: `"${failure}: ${message[1] ?? ''}"` });
    return message === null;
  });
  if (unclear.length > 0 || only.text.includes('\n')) return undefined;
  return edits.reduceRight((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), only.text);
}

/** Names that the checked statement declares, which do not exist before it. */
function ownNames(body: Node): string[] {
  const branch = body.parent;
  if (branch === null) return [];
  const before = branch.childForFieldName('initializer') ?? branch.previousNamedSibling;
  const declaration = before?.type === 'var_declaration' ? before.namedChildren[0] : before;
  return declaration === null || declaration === undefined ? [] : leftOf(declaration).map(({ text }) => text);
}

function offsets(node: Node, within: Node): { readonly start: number; readonly end: number } {
  return { start: node.startIndex - within.startIndex, end: node.endIndex - within.startIndex };
}

function leaves(statement: Node): boolean {
  return statement.type === 'return_statement' || stops(statement);
}

function stops(statement: Node): boolean {
  const call = statement.type === 'expression_statement' ? statement.namedChildren[0] : undefined;
  const called = call?.type === 'call_expression' ? call.childForFieldName('function') : undefined;
  return called?.text === 'panic' || /^(?:Fatal|Panic)(?:f|ln)?$/u.test(called?.childForFieldName('field')?.text ?? '');
}

/** Another check of the function whose body stops the program. */
function stopIn(around: Node, at: Node): Check | undefined {
  let found: Check | undefined;
  walk(around, node => {
    if (found !== undefined || (functionTypes.has(node.type) && node.id !== around.id)) return false;
    const candidate = node.type === 'if_statement' ? errorCheck(node, null) : undefined;
    const only = candidate?.body.namedChildren.find(({ type }) => type === 'statement_list')?.namedChildren[0];
    if (candidate !== undefined && only !== undefined && stops(only) && node.startIndex !== at.startIndex) {
      found = candidate;
    }
    return undefined;
  });
  return found;
}

function resultTypes(around: Node): Node[] {
  const result = around.childForFieldName('result');
  if (result === null) return [];
  if (result.type !== 'parameter_list') return [result];
  return result.namedChildren.flatMap(parameter => {
    const type = parameter.childForFieldName('type');
    const count = Math.max(1, parameter.childrenForFieldName('name').length);
    return type === null ? [] : Array.from({ length: count }, () => type);
  });
}

function returnsError(around: Node): boolean {
  return resultTypes(around).at(-1)?.text === 'error';
}

/** Zero values of what a function returns before its error; `undefined` when it returns none, or one is not known. */
export function returned(around: Node): string[] | undefined {
  if (!returnsError(around)) return undefined;
  const zeros = resultTypes(around).slice(0, -1).map(zero);
  return zeros.every(value => value !== undefined) ? zeros : undefined;
}

function zero(type: Node): string | undefined {
  if (/^(?:pointer|slice|map|channel|function|interface)_type$/u.test(type.type)) return 'nil';
  if (type.type !== 'type_identifier') return undefined;
  if (/^(?:error|any)$/u.test(type.text)) return 'nil';
  if (/^u?int(?:8|16|32|64|ptr)?$|^float(?:32|64)$|^byte$|^rune$/u.test(type.text)) return '0';
  return type.text === 'string' ? '""' : type.text === 'bool' ? 'false' : undefined;
}
