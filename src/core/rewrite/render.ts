import type { Node } from 'web-tree-sitter';
import { plainValue } from '../languages/escapes.ts';
import { spanOf, type SyntaxFile } from '../languages/syntax.ts';
import { spanContains, type Span } from '../text/text-edit.ts';
import type { Credential } from './credential.ts';
import { isName, type Match } from './match.ts';
import { splitAtCaptures, type PatternElement, type PatternList, type PatternNode } from './pattern.ts';

/** A value for `$ENDPOINT`: known text, or an expression that yields it at run time. */
export type Endpoint =
  | {
      readonly kind: 'literal';
      readonly value: string;
      /** What `$ENTITY` stands for. */
      readonly entity?: string | undefined;
    }
  | { readonly kind: 'expression'; readonly text: string; readonly from: Span };

export interface Rendering {
  readonly file: SyntaxFile;
  readonly match: Match;
  readonly endpoint: Endpoint | undefined;
  /** The literal that the new strings stand in for. */
  readonly like: Node;
  readonly credential: Credential;
  /** Expression for the setting that the keyless form reads; asked for only where it is written. */
  readonly setting: () => string;
  /** TypeScript would widen a literal in a variable without a declared type. */
  readonly literalsNeedConst: boolean;
  /** Names that the keyless form brings in, as this file will write them. */
  readonly imported: ReadonlyMap<string, string>;
  /** Names of statements before the construct's own, by capture. */
  readonly prepared?: ReadonlyMap<string, string>;
  /** Changes inside captured expressions that are carried over: settings renamed. */
  readonly renamed: (span: Span) => string;
}

/** New text, and which spans of the old text it carries over unchanged. */
export interface Rendered {
  readonly text: string;
  readonly keeps: readonly Span[];
}

export function render(pattern: PatternNode, rendering: Rendering): Rendered {
  const keeps: Span[] = [];
  return { text: node(pattern, rendering, keeps), keeps };
}

/** A member or argument; `bare` leaves its name out. */
export function renderElement(element: PatternElement, rendering: Rendering, bare: boolean): Rendered {
  return render(bare ? element.value : element.node, rendering);
}

/** The part of a call before its arguments. */
export function renderHead(pattern: PatternNode, list: PatternNode, rendering: Rendering): Rendered {
  const keeps: Span[] = [];
  const whole = children(pattern, rendering, keeps, child => child.start < list.start);
  return { text: whole, keeps };
}

/** The part of a creation behind its arguments, such as an initializer. */
export function renderTail(pattern: PatternNode, list: PatternNode, rendering: Rendering): Rendered {
  const keeps: Span[] = [];
  let at = list.start + list.text.length - pattern.start;
  let text = '';
  for (const child of pattern.children) {
    const start = child.start - pattern.start;
    if (start < at) continue;
    text += pattern.text.slice(at, start) + node(child, rendering, keeps);
    at = start + child.text.length;
  }
  return { text: text + pattern.text.slice(at), keeps };
}

function node(pattern: PatternNode, rendering: Rendering, keeps: Span[]): string {
  const { file, match, endpoint } = rendering;
  if (pattern.capture === 'CREDENTIAL') return rendering.credential.text();
  if (pattern.capture === 'SETTING') return rendering.setting();
  if (pattern.capture === 'ENDPOINT' && endpoint !== undefined) {
    if (endpoint.kind === 'literal') return file.language.quote(endpoint.value, file, rendering.like);
    keeps.push(endpoint.from);
    return endpoint.text;
  }
  if (pattern.capture === 'ENTITY' && endpoint?.kind === 'literal' && endpoint.entity !== undefined) {
    return file.language.quote(endpoint.entity, file, rendering.like);
  }
  const prepared = pattern.capture === undefined ? undefined : rendering.prepared?.get(pattern.capture);
  if (prepared !== undefined) return prepared;
  if (pattern.capture !== undefined) {
    const captured = match.captures.get(pattern.capture);
    if (captured === undefined) throw new Error(`Pattern has no capture ${pattern.capture}`);
    const span = { start: captured.startIndex, end: captured.endIndex };
    keeps.push(span);
    return rendering.renamed(span);
  }
  if (isName(pattern) || pattern.type === 'package_identifier') {
    const own = match.names.get(pattern.text);
    if (own === undefined) return rendering.imported.get(pattern.text) ?? pattern.text;
    keeps.push(spanOf(own));
    return own.text;
  }
  if (pattern.pieces !== undefined) {
    const text = stringExpression(pattern.pieces, rendering, keeps);
    return rendering.literalsNeedConst && pattern.field === 'value' ? `${text} as const` : text;
  }
  if (pattern.list !== undefined) return list(pattern, pattern.list, rendering, keeps);
  return children(pattern, rendering, keeps, () => true);
}

/** The pattern's own text with its children rendered in place. */
function children(
  pattern: PatternNode,
  rendering: Rendering,
  keeps: Span[],
  wanted: (child: PatternNode) => boolean,
): string {
  let text = '';
  let at = 0;
  for (const child of pattern.children) {
    const start = child.start - pattern.start;
    text += pattern.text.slice(at, start);
    at = start + child.text.length;
    if (!wanted(child)) return text;
    text += node(child, rendering, keeps);
  }
  return text + pattern.text.slice(at);
}

function list(pattern: PatternNode, content: PatternList, rendering: Rendering, keeps: Span[]): string {
  const inner = content.elements.flatMap(element => {
    if (element.node.rest === undefined) return [node(element.node, rendering, keeps)];
    return (rendering.match.rests.get(element.node.rest) ?? []).map(kept => {
      const span = { start: kept.node.startIndex, end: kept.node.endIndex };
      keeps.push(span);
      return rendering.renamed(span);
    });
  });
  const open = /^\S\s*/u.exec(pattern.text)?.[0] ?? '';
  const close = /\s*\S$/u.exec(pattern.text)?.[0] ?? '';
  return inner.length === 0 ? open.trim() + close.trim() : open + inner.join(', ') + close;
}

type Part = string | { readonly expression: string };

/** Joins known text; what is known only at run time stays an expression inside a template. */
function stringExpression(pieces: readonly (string | PatternNode)[], rendering: Rendering, keeps: Span[]): string {
  const { language } = rendering.file;
  const parts: Part[] = pieces.flatMap(piece => {
    if (typeof piece !== 'string') return [folded(piece, rendering, keeps)];
    return splitAtCaptures(piece).map((text, i): Part => {
      if (i % 2 === 0) return text;
      if (text !== 'ENDPOINT' || rendering.endpoint === undefined)
        throw new Error(`Unknown capture ${text} in a string`);
      if (rendering.endpoint.kind === 'literal') return rendering.endpoint.value;
      keeps.push(rendering.endpoint.from);
      return { expression: rendering.endpoint.text };
    });
  });
  const joined: Part[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
    else joined.push(part);
  }
  const [only = ''] = joined;
  if (joined.length <= 1 && typeof only === 'string') return language.quote(only, rendering.file, rendering.like);
  return language.template(joined, rendering.file);
}

function folded(pattern: PatternNode, rendering: Rendering, keeps: Span[]): Part {
  const { language } = rendering.file;
  const callee = pattern.children[0];
  const fold = callee === undefined ? undefined : language.foldable[callee.text];
  const argument = fold === undefined ? pattern : pattern.children[1]?.list?.elements[0]?.value;
  if (argument?.capture !== undefined) {
    const captured = rendering.match.captures.get(argument.capture);
    const known = captured === undefined ? undefined : plainValue(language.pieces(captured));
    if (known !== undefined) return fold === undefined ? known : fold(known);
  }
  return { expression: node(pattern, rendering, keeps) };
}

/** Whether a span's text survives an edit that replaces `edited`. */
export function survives(span: Span, edited: Span, keeps: readonly Span[]): boolean {
  return !spanContains(edited, span) || keeps.some(keep => spanContains(keep, span));
}
