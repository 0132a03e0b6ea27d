import type { Node } from 'web-tree-sitter';
import type { Binding } from '../languages/syntax.ts';
import { spanOf, type SyntaxFile } from '../languages/syntax.ts';
import { constantString, origin } from '../languages/constants.ts';
import { parameterDefaulting, parameterGiven, type Parameter } from '../languages/parameters.ts';
import { spanContains, type Span } from '../text/text-edit.ts';
import { heldText, type HeldBySettings } from './lookup-node.ts';
import { matchMigration, type Match } from './match.ts';
import type { CompiledMigration, PatternNode } from './pattern.ts';
import { callsIn } from './refusals.ts';
import { isSaid } from './statements.ts';

/**
 * All constructs of a file that some migration describes; several for one node when several do. `held` says what the
 * settings hold that secrets are read from.
 */
export function findMatches(
  file: SyntaxFile,
  migrations: readonly CompiledMigration[],
  held?: HeldBySettings,
): readonly Match[] {
  const known = held === undefined ? matchesOf.get(file) : undefined;
  if (known?.migrations.length === migrations.length && migrations.every((one, i) => one === known.migrations[i])) {
    return known.matches;
  }
  const matches = callsIn(file).flatMap(call => {
    const found = migrations.flatMap(compiled => {
      const node = isAwaited(compiled) ? call.parent : call;
      const match = node === null ? undefined : matchMigration(compiled, node, file);
      return match !== undefined && isMeant(match, file, held) ? match : [];
    });
    // Waiting for the call is part of what is described.
    const awaited = found.filter(({ compiled }) => isAwaited(compiled));
    return awaited.length > 0 ? awaited : found;
  });
  if (held === undefined) matchesOf.set(file, { migrations, matches });
  return matches;
}

function isAwaited({ migration }: CompiledMigration): boolean {
  return migration.before.startsWith('await ');
}

/** Whether a secret that is known looks like one of the service's, and the construct is not part of the keyless form. */
function isMeant(match: Match, file: SyntaxFile, held: HeldBySettings | undefined): boolean {
  if (isDone(match) || isSaid(match, file)) return false;
  const { notFrom = [] } = match.compiled.migration;
  if (file.imports.some(({ module }) => notFrom.includes(module))) return false;
  const { when, onlyWhen } = match.compiled.migration;
  if (when === undefined && onlyWhen === undefined) return true;
  const constants = new Map(constantArguments(match, file));
  const { capture } = match.compiled.migration.secret;
  const secret = held && secretCapture(match);
  const text = secret && !constants.has(capture) ? heldText(secret, file, held) : undefined;
  if (text !== undefined) constants.set(capture, text);
  if (onlyWhen?.(constants) === false) return false;
  const value = constants.get(capture);
  return value === undefined || when?.test(value) !== false;
}

/** A keyless form may be the old construct with a method called on it, as it is here then. */
function isDone({ node, compiled }: Match): boolean {
  const method = /^(?:new )?[\w.]+\(\$ENDPOINT\)\.(\w+)\(/u.exec(compiled.migration.after)?.[1];
  return method !== undefined && node.parent?.childForFieldName('name')?.text === method;
}

/** Every finding of a file asks for the same matches. */
const matchesOf = new WeakMap<
  SyntaxFile,
  { readonly migrations: readonly CompiledMigration[]; readonly matches: readonly Match[] }
>();

export function secretCapture(match: Match): Node | undefined {
  return match.captures.get(match.compiled.migration.secret.capture);
}

/** Arguments whose text is known, by capture or argument name. */
export function constantArguments(match: Match, file: SyntaxFile): ReadonlyMap<string, string> {
  const constants = new Map<string, string>();
  for (const [name, node] of match.captures) {
    const value = constantText(node, file);
    if (value !== undefined) constants.set(name, value);
  }
  for (const { name, value } of [...match.rests.values()].flat()) {
    const known = name === undefined ? undefined : constantText(value, file);
    if (name !== undefined && known !== undefined) constants.set(name, known);
  }
  return constants;
}

/** The constant text of an argument, or of the address that an argument such as `new Uri("https://…")` is made of. */
function constantText(node: Node, file: SyntaxFile): string | undefined {
  const text = constantString(node, file)?.value;
  if (text !== undefined) return text;
  const { language } = file;
  const source = origin(node, file).node;
  if (!language.isCall(source)) return undefined;
  const named = [language.calledName(source), language.callee(source)?.text];
  if (!named.some(name => name !== undefined && /^(?:Uri|UR[IL])$|\bURI\.create$/u.test(name))) return undefined;
  const [only, ...others] = source.namedChildren.flatMap(child => language.list(child)?.elements ?? []);
  return only === undefined || others.length > 0 ? undefined : constantString(only.value, file)?.value;
}

/** Where a secret goes within its file. */
export interface Trace {
  /** Constructs that take it and have a keyless form, in source order. */
  readonly consumers: readonly Match[];
  /** Names that hold it, or something made of it. */
  readonly bindings: ReadonlySet<Binding>;
  /** Parameters of the file's functions that it is passed to. */
  readonly parameters: ReadonlySet<Parameter>;
  /** Places that use it in another way. */
  readonly unknownUses: readonly Node[];
}

/** The string expression around a span; `undefined` when the span is not inside one. */
export function literalAt(file: SyntaxFile, span: Span): Node | undefined {
  const last = Math.max(span.start, span.end - 1);
  for (let node = file.root.descendantForIndex(span.start, last); node !== null; node = node.parent) {
    if (file.language.pieces(node) !== undefined) return spanContains(spanOf(node), span) ? node : undefined;
  }
  return undefined;
}

/** Follows a value from the expressions that state it through names and string expressions to every use. */
export function traceValue(file: SyntaxFile, starts: readonly Node[], matches: readonly Match[]): Trace {
  const bySecret = new Map<number, Match[]>();
  const byUse = new Map<number, Match[]>();
  const add = (map: Map<number, Match[]>, id: number, match: Match): void => {
    map.set(id, [...(map.get(id) ?? []), match]);
  };
  for (const match of matches) {
    const secret = secretCapture(match);
    if (secret !== undefined) add(bySecret, secret.id, match);
    for (const { use } of match.through) add(byUse, use.id, match);
  }
  const consumers = new Map<number, Match>();
  const bindings = new Set<Binding>();
  const parameters = new Set<Parameter>();
  const unknownUses: Node[] = [];

  /** Uses of the names between a construct and the secret that no construct accounts for. */
  const strayUses = (match: Match): Node[] =>
    match.through.flatMap(({ binding }) =>
      binding.references
        .map(reference => reference.node)
        .filter(use => !readsOther(file, match, binding, use))
        .filter(use => !(byUse.get(use.id) ?? []).some(other => sameSecret(other, match))),
    );
  const consume = (takers: readonly Match[]): void => {
    const direct = takers.filter(match => match.through.length === 0);
    for (const match of takers) {
      // The catalogue lists the closer description first.
      if (consumers.has(match.node.id)) continue;
      const stray = strayUses(match);
      // What is built from the secret can be replaced where it is built, whoever uses it.
      if (stray.length > 0 && direct.length > 0) continue;
      consumers.set(match.node.id, match);
      unknownUses.push(...stray);
      const uses = match.through.flatMap(({ binding }) => binding.references);
      consume(uses.flatMap(use => (byUse.get(use.node.id) ?? []).filter(other => sameSecret(other, match))));
    }
  };
  const follow = (from: Node): void => {
    let node = from;
    for (;;) {
      const takers = bySecret.get(node.id);
      if (takers !== undefined) {
        consume(takers);
        return;
      }
      const { parent } = node;
      if (parent === null || !carries(file, parent, node)) break;
      node = parent;
    }
    const parameter = parameterGiven(file, node) ?? parameterDefaulting(file, node);
    const passed = parameter?.obstacle === undefined ? parameter : undefined;
    if (passed !== undefined) parameters.add(passed);
    const binding = passed?.binding ?? file.symbols.bindingWithValue(node);
    if (binding === undefined) {
      unknownUses.push(node);
      return;
    }
    if (bindings.has(binding)) return;
    bindings.add(binding);
    if (!binding.constant && passed === undefined)
      unknownUses.push(...binding.references.filter(use => use.write).map(use => use.node));
    for (const reference of binding.references) {
      if (reference.uncertain) unknownUses.push(reference.node);
      else if (!reference.write) follow(reference.node);
    }
  };
  starts.forEach(follow);
  return {
    consumers: [...consumers.values()].sort((a, b) => a.node.startIndex - b.node.startIndex),
    bindings,
    parameters,
    unknownUses,
  };
}

/** `config.server` where the construct takes `config` and the server stays what it is. */
function readsOther(file: SyntaxFile, match: Match, { valueNode }: Binding, use: Node): boolean {
  const member = file.language.memberOf(use);
  const isObject = valueNode !== undefined && file.language.list(valueNode)?.kind === 'object';
  if (member === undefined || !isObject) return false;
  const names = (pattern: PatternNode): string[] => [
    ...(pattern.list?.elements.flatMap(element => element.name ?? []) ?? []),
    ...pattern.children.flatMap(names),
  ];
  const { before, after } = match.compiled;
  return !names(before.root).includes(member) || names(after.root).includes(member);
}

function sameSecret(a: Match, b: Match): boolean {
  return secretCapture(a)?.id === secretCapture(b)?.id;
}

/** Whether the parent's value is the child's, or a string that the child is a part of. */
function carries(file: SyntaxFile, parent: Node, child: Node): boolean {
  const inner = file.language.wrapped(parent);
  if (inner !== undefined) return inner.id === child.id;
  if (file.language.pieces(parent) !== undefined) return true;
  const grandparent = parent.parent;
  // A fallback is the value whenever the look-up before it has none.
  for (const holder of [parent, grandparent]) {
    const backed = holder === null ? undefined : file.language.defaulted(holder);
    if (backed?.fallback.id === child.id) return true;
  }
  if (file.language.defaulted(parent)?.fallback.parent?.id === child.id) return true;
  // An interpolation stands between a template and the expression in it.
  return grandparent !== null && file.language.pieces(grandparent) !== undefined;
}
