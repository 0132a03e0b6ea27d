import type { Node } from 'web-tree-sitter';
import {
  ancestor,
  walk,
  type Binding,
  type ListElement,
  type Signature,
  type SignatureParameter,
  type SyntaxFile,
} from './syntax.ts';

/** A parameter of a function of the file, with everything that the file passes to it. */
export interface Parameter extends SignatureParameter {
  readonly binding: Binding;
  readonly signature: Signature;
  /** All parameters of the function. */
  readonly row: readonly SignatureParameter[];
  readonly calls: readonly PassingCall[];
  /** Why its calls are not all known, as the end of "the function is …"; absent when they are. */
  readonly obstacle?: string;
}

export interface PassingCall {
  readonly call: Node;
  /** `undefined` where the parameter's own default is used. */
  readonly argument: ListElement | undefined;
}

const tables = new WeakMap<SyntaxFile, readonly Parameter[]>();

/** Parameters of the file's functions that some call of the file gives an argument to. */
function parametersOf(file: SyntaxFile): readonly Parameter[] {
  const known = tables.get(file);
  if (known !== undefined) return known;
  const signatures: Signature[] = [];
  walk(file.root, node => {
    const signature = file.language.signature(node);
    if (signature !== undefined) signatures.push(signature);
    return undefined;
  });
  const names = new Map<string, Node[]>(signatures.map(({ nameNode }) => [nameNode.text, []]));
  walk(file.root, node => {
    if (node.type.endsWith('identifier')) names.get(node.text)?.push(node);
    return undefined;
  });
  const made = namelessCreations(file);
  const found = signatures.flatMap(signature => ofFunction(file, signature, signatures, names, made));
  tables.set(file, found);
  return found;
}

/** The parameter that an expression is passed to. */
export function parameterGiven(file: SyntaxFile, argument: Node): Parameter | undefined {
  return parametersOf(file).find(({ calls }) => calls.some(call => call.argument?.value.id === argument.id));
}

/** The parameter that a default belongs to. */
export function parameterDefaulting(file: SyntaxFile, fallback: Node): Parameter | undefined {
  return parametersOf(file).find(parameter => parameter.fallback?.id === fallback.id);
}

/** The parameter that a name stands for. */
export function parameterNamed(file: SyntaxFile, binding: Binding): Parameter | undefined {
  return parametersOf(file).find(parameter => parameter.binding === binding);
}

/** C# `new(…)`, which takes its type from where it stands. */
function namelessCreations(file: SyntaxFile): Node[] {
  const found: Node[] = [];
  walk(file.root, node => {
    if (file.language.isCall(node) && file.language.impliedType(node) !== undefined) found.push(node);
    return undefined;
  });
  return found;
}

interface Uses {
  readonly calls: readonly Node[];
  readonly obstacle: string | undefined;
  readonly exported: boolean;
}

function ofFunction(
  file: SyntaxFile,
  signature: Signature,
  all: readonly Signature[],
  names: ReadonlyMap<string, readonly Node[]>,
  made: readonly Node[],
): Parameter[] {
  const { nameNode, parameters } = signature;
  if (parameters.length === 0) return [];
  const others = (names.get(nameNode.text) ?? []).filter(({ id }) => id !== nameNode.id);
  const implied = made.filter(call => file.language.impliedType(call)?.text === nameNode.text);
  const uses = usesOf(file, signature, others, signature.calledAs === 'type' ? implied : []);
  if (uses.calls.length === 0) return [];
  const twins = all.filter(other => other.nameNode.text === nameNode.text && other.calledAs === signature.calledAs);
  const obstacle = uses.obstacle ?? (signature.fixed ? 'bound to a signature of others' : undefined);
  const row = parameters;
  const exposure = uses.exported ? 'exported' : signature.exposure;
  const seen = { ...signature, exposure };
  return parameters.flatMap((parameter, position): Parameter[] => {
    const binding = file.symbols.bindings.find(
      each => each.nameNode.id === parameter.nameNode.id && each.kind !== 'property',
    );
    if (binding === undefined) return [];
    const calls = uses.calls.map(call => ({ call, argument: argumentFor(file, call, parameter, position) }));
    const lost = calls.some(({ argument }) => argument === 'unclear');
    const missing = calls.some(({ argument }) => argument === undefined) && parameter.fallback === undefined;
    const own =
      obstacle ??
      (twins.length > 1 ? 'declared more than once' : undefined) ??
      (parameter.special ? 'given its arguments by others' : undefined) ??
      (lost || missing ? 'called with arguments that are not known one by one' : undefined) ??
      (binding.references.some(({ write }) => write) ? 'giving its parameter another value' : undefined);
    return [
      {
        ...parameter,
        binding,
        signature: seen,
        row,
        calls: calls.map(({ call, argument }) => ({ call, argument: argument === 'unclear' ? undefined : argument })),
        ...(own === undefined ? {} : { obstacle: own }),
      },
    ];
  });
}

function argumentFor(
  file: SyntaxFile,
  call: Node,
  { nameNode }: SignatureParameter,
  position: number,
): ListElement | 'unclear' | undefined {
  const list = call.childForFieldName('arguments') ?? call.namedChildren.find(({ type }) => /^argument/u.test(type));
  const elements = list ? (file.language.list(list)?.elements ?? []) : [];
  const named = elements.find(({ name }) => name === nameNode.text);
  if (named !== undefined) return named;
  const firstNamed = elements.findIndex(({ name }) => name !== undefined);
  const plain = firstNamed === -1 ? elements : elements.slice(0, firstNamed);
  if (elements.some(({ spread }) => spread)) return 'unclear';
  return plain[position];
}

function usesOf(file: SyntaxFile, signature: Signature, others: readonly Node[], implied: readonly Node[]): Uses {
  const calls: Node[] = [...implied];
  let obstacle: string | undefined;
  let exported = false;
  for (const node of others) {
    const use = useOf(file, signature, node);
    if (use === 'other') obstacle ??= `used on line ${node.startPosition.row + 1} in another way than by a call`;
    else if (use === 'exported') exported = true;
    else if (use !== 'unrelated') calls.push(use);
  }
  return { calls, obstacle, exported };
}

function useOf(file: SyntaxFile, signature: Signature, node: Node): Node | 'unrelated' | 'exported' | 'other' {
  const { language } = file;
  const { parent } = node;
  if (parent === null) return 'unrelated';
  const { calledAs } = signature;
  // The type's own name, and that of its constructors.
  if (calledAs === 'type' && /(?:class|record|struct|constructor)_declaration/u.test(parent.type)) {
    if (parent.childForFieldName('name')?.id === node.id) return 'unrelated';
  }
  const object = objectOf(parent);
  const isMember = object !== undefined && object.id !== node.id;
  if (isMember && calledAs === 'function') return isExport(parent) ? 'exported' : 'unrelated';
  if (!isMember && calledAs === 'function') {
    const own = file.symbols.bindings.find(({ nameNode }) => nameNode.id === signature.nameNode.id);
    const meant = file.symbols.bindingOf(node);
    if (own !== undefined && meant !== own) {
      return parent.type === 'export_specifier' ? 'exported' : 'unrelated';
    }
  }
  const callee = isMember && !language.isCall(parent) ? parent : node;
  const call = isMember && language.isCall(parent) ? parent : callee.parent;
  const calls =
    call !== null &&
    language.isCall(call) &&
    ['function', 'constructor', 'type', 'name'].some(field => {
      const called = call.childForFieldName(field);
      return called?.id === callee.id || (called?.id === node.id && isMember);
    });
  if (calls) {
    if (calledAs !== 'member' || !isMember) return call;
    return isOwn(file, signature, object) ? call : 'other';
  }
  if (isExported(node)) return 'exported';
  if (calledAs === 'type')
    return isTypePlace(node) || (object?.id === node.id && isMemberAccess(parent)) ? 'unrelated' : 'other';
  // What another object has under this name is not this function; a label is no use of it.
  if (isMember) return isOwn(file, signature, object) ? 'other' : 'unrelated';
  return language.reference(node) === undefined || calledAs === 'member' ? 'unrelated' : 'other';
}

function objectOf(holder: Node): Node | undefined {
  for (const field of ['object', 'expression', 'operand']) {
    const found = holder.childForFieldName(field);
    if (found !== null) return found;
  }
  return undefined;
}

function isMemberAccess({ type }: Node): boolean {
  return /member|attribute|field_access|method_invocation|selector/u.test(type);
}

/** Whether a method is called on the object or type that has it, as far as the file tells. */
function isOwn(file: SyntaxFile, { node, nameNode }: Signature, object: Node): boolean {
  if (file.language.id === 'go') return true;
  const type = ancestor(node, file.language.classTypes)?.childForFieldName('name')?.text;
  if (/^(?:this|self|cls)$/u.test(object.text) || object.text === type) return true;
  const value = file.symbols.bindingOf(object)?.valueNode;
  return (
    value !== undefined &&
    file.language.isCall(value) &&
    file.language.callee(value)?.text === type &&
    nameNode.text !== ''
  );
}

function isExported(node: Node): boolean {
  const { parent } = node;
  if (parent?.type === 'export_specifier' || parent?.type === 'export_statement') return true;
  if (parent === null) return false;
  const holder = parent.type === 'pair' || parent.type === 'object' ? parent : undefined;
  const literal = holder?.type === 'pair' ? holder.parent : holder;
  const place = literal === undefined ? node : literal;
  return place?.parent?.type === 'assignment_expression' && isExport(place.parent.childForFieldName('left'));
}

function isExport(target: Node | null): boolean {
  return /^(?:module\.)?exports\b/u.test(target?.text ?? '');
}

/** A type where a value is declared and not where one is made, derived from or handed out. */
function isTypePlace(node: Node): boolean {
  let at = node;
  while (at.parent !== null && /_type$|^type$|^type_annotation$|^nullable|^array_type/u.test(at.parent.type))
    at = at.parent;
  const { parent } = at;
  if (parent === null || at.type === 'type_annotation' || at.type === 'type') return parent !== null;
  return ['type', 'returns', 'return_type', 'result'].some(field => parent.childForFieldName(field)?.id === at.id);
}
