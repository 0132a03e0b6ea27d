import type { Node } from 'web-tree-sitter';
import type { Span } from '../text/text-edit.ts';
import { spanOf, walk, type ListElement, type SyntaxFile } from './syntax.ts';

/** A file's text in which constants stand where they are used, and the way back to where they are written. */
export interface JoinedText {
  readonly text: string;
  /**
   * Where a stretch of `text` is written: of one that several literals share, the longest part. `undefined` when it is
   * of no literal that the joining moved.
   */
  toLiteral(span: Span): Span | undefined;
}

/** A stretch as it is written, escapes included; without a span it stands for a value that is not known. */
interface Part {
  readonly text: string;
  readonly span?: Span;
}

/** Deep enough for any sane chain of constants, and an end to circular ones. */
const depthLimit = 12;
/** Longer values are texts, not secrets; more of them are data. */
const longestValue = 4_000;
const mostSites = 2_000;

/**
 * Puts constants into the strings and arguments that use them: `"…;AccountKey=" + key`, `` `…${key}` ``,
 * `String.format("…%s", key)`, `new AzureKeyCredential(key)`. `undefined` when there is none.
 */
export function joinConstants(file: SyntaxFile): JoinedText | undefined {
  const sites: { readonly span: Span; readonly parts: readonly Part[] }[] = [];
  const add = (span: Span, parts: readonly Part[] | undefined, before = ''): boolean => {
    const quoted = parts && inQuotes(parts);
    if (quoted === undefined || sites.length >= mostSites) return false;
    sites.push({ span, parts: before === '' ? quoted : [{ text: before }, ...quoted] });
    return true;
  };
  walk(file.root, node => {
    if (file.language.isComment(node)) return false;
    const parts = isComposed(node, file) ? partsOf(node, file, 0) : undefined;
    // A string of which nothing is known besides its own text is the same as it stands.
    if (parts !== undefined && movesText(parts, node)) return !add(spanOf(node), parts);
    for (const { value, name, shorthand } of file.language.list(node)?.elements ?? []) {
      if (shorthand && name !== undefined) add(spanOf(value), constantParts(value, file, 0), `${name}: `);
      else if (isPlainName(value, file)) add(spanOf(value), constantParts(value, file, 0));
    }
    return undefined;
  });
  return sites.length === 0 ? undefined : assemble(file.text, sites);
}

function isPlainName(node: ListElement['value'], file: SyntaxFile): boolean {
  return file.language.pieces(node) === undefined && file.symbols.bindingOf(node)?.constant === true;
}

/** Whether a string is put together from something other than its own text. */
function isComposed(node: Node, file: SyntaxFile): boolean {
  const pieces = file.language.pieces(node);
  return pieces === undefined ? formatOf(node, file) !== undefined : pieces.some(({ kind }) => kind === 'expression');
}

function movesText(parts: readonly Part[], { startIndex, endIndex }: Node): boolean {
  return (
    parts.some(({ span }) => span !== undefined && (span.start < startIndex || span.end > endIndex)) ||
    // A format joins what stands apart in its own arguments.
    parts.filter(({ span }) => span !== undefined).length > 1
  );
}

/** What a string expression is made of; names and calls that are not known are parts without a span. */
function partsOf(node: Node, file: SyntaxFile, depth: number): Part[] | undefined {
  if (depth > depthLimit) return undefined;
  const pieces = file.language.pieces(node);
  if (pieces !== undefined) {
    return pieces.flatMap((piece): Part[] =>
      piece.kind === 'text'
        ? [{ text: file.text.slice(piece.span.start, piece.span.end), span: piece.span }]
        : (partsOf(piece.node, file, depth + 1) ?? [unknown]),
    );
  }
  const format = formatOf(node, file);
  if (format !== undefined) return fill(format, file, depth);
  return constantParts(node, file, depth);
}

function constantParts(node: Node, file: SyntaxFile, depth: number): Part[] | undefined {
  const inner = file.language.wrapped(node);
  if (inner !== undefined) return partsOf(inner, file, depth + 1);
  const binding = file.symbols.bindingOf(node);
  if (!binding?.constant || binding.valueNode === undefined) return undefined;
  return partsOf(binding.valueNode, file, depth + 1);
}

/** Filled in at run time: reads as a variable to all rules. */
const unknown: Part = { text: '${value}' };

interface Format {
  /** Absent where the arguments are put one behind the other. */
  readonly template?: Node;
  readonly values: readonly ListElement[];
}

const formats: ReadonlySet<string> = new Set(['format', 'Format', 'formatted', 'Sprintf', 'string.Format']);
const concatenations: ReadonlySet<string> = new Set(['Concat', 'concat', 'string.Concat']);

function formatOf(node: Node, file: SyntaxFile): Format | undefined {
  if (node.type === 'binary_operator' && node.childForFieldName('operator')?.text === '%') {
    const template = node.childForFieldName('left');
    const right = node.childForFieldName('right');
    if (template === null || right === null || file.language.pieces(template) === undefined) return undefined;
    const values = right.type === 'tuple' ? right.namedChildren : [right];
    return { template, values: values.map(plainElement) };
  }
  if (!file.language.isCall(node)) return undefined;
  const name = file.language.calledName(node) ?? '';
  const list = node.childForFieldName('arguments');
  const values = list === null ? undefined : file.language.list(list)?.elements;
  if (values === undefined) return undefined;
  if (formats.has(name)) {
    const receiver =
      node.childForFieldName('object') ?? node.childForFieldName('function')?.childForFieldName('object');
    if (receiver && isString(receiver, file)) return { template: receiver, values };
    const first = values.findIndex(({ value }) => isString(value, file));
    const template = values[first]?.value;
    return template === undefined || first > 1 ? undefined : { template, values: values.slice(first + 1) };
  }
  return concatenations.has(name) ? { values } : undefined;
}

function plainElement(value: Node): ListElement {
  return { node: value, name: undefined, value, spread: false, shorthand: false };
}

function isString(node: Node, file: SyntaxFile): boolean {
  if (file.language.pieces(node) !== undefined) return true;
  const value = file.symbols.bindingOf(node)?.valueNode;
  return value !== undefined && file.language.pieces(value) !== undefined;
}

/** `%s`, `%1$s`, `{}`, `{0}`, `{0:N}`, `{name}`. */
const hole = /%(?:(?<nth>\d{1,2})\$)?[svqd]|\{(?:(?<index>\d{1,2})|(?<name>[A-Za-z_]\w{0,60}))?(?::[^{}]{0,20})?\}/gu;

function fill({ template, values }: Format, file: SyntaxFile, depth: number): Part[] | undefined {
  const valueOf = (element: ListElement | undefined): Part[] =>
    element === undefined ? [unknown] : (partsOf(element.value, file, depth + 1) ?? [unknown]);
  if (template === undefined) return values.flatMap(valueOf);
  let next = 0;
  return partsOf(template, file, depth + 1)?.flatMap((part): Part[] => {
    if (part.span === undefined) return [part];
    const { text, span } = part;
    const filled: Part[] = [];
    let position = 0;
    const copy = (end: number): void => {
      if (end <= position) return;
      filled.push({ text: text.slice(position, end), span: { start: span.start + position, end: span.start + end } });
    };
    for (const match of text.matchAll(hole)) {
      copy(match.index);
      position = match.index + match[0].length;
      const { nth, index, name } = match.groups ?? {};
      if (name !== undefined) filled.push(...valueOf(values.find(element => element.name === name)));
      else if (nth !== undefined) filled.push(...valueOf(values[Number(nth) - 1]));
      else filled.push(...valueOf(values[index === undefined ? next++ : Number(index)]));
    }
    copy(text.length);
    return filled;
  });
}

function inQuotes(parts: readonly Part[]): Part[] | undefined {
  const value = parts.map(({ text }) => text).join('');
  if (value.length > longestValue || value === '') return undefined;
  const quote = ['"', "'", '`'].find(each => !value.includes(each));
  return quote === undefined ? undefined : [{ text: quote }, ...parts, { text: quote }];
}

function assemble(source: string, sites: readonly { span: Span; parts: readonly Part[] }[]): JoinedText {
  let text = '';
  /** Stretches of `text` that were moved there, in order. */
  const moved: { readonly at: Span; readonly from: Span }[] = [];
  let position = 0;
  for (const { span, parts } of [...sites].sort((a, b) => a.span.start - b.span.start)) {
    if (span.start < position) continue;
    text += source.slice(position, span.start);
    for (const part of parts) {
      const at = { start: text.length, end: text.length + part.text.length };
      text += part.text;
      if (part.span !== undefined) moved.push({ at, from: part.span });
    }
    position = span.end;
  }
  text += source.slice(position);
  return {
    text,
    toLiteral({ start, end }) {
      let longest: Span | undefined;
      for (const { at, from } of moved) {
        const first = Math.max(start, at.start);
        const last = Math.min(end, at.end);
        if (last <= first || (longest !== undefined && last - first <= longest.end - longest.start)) continue;
        longest = { start: from.start + first - at.start, end: from.start + last - at.start };
      }
      return longest;
    },
  };
}
