import type { Node } from 'web-tree-sitter';
import { spanOf, type SyntaxFile } from '../languages/syntax.ts';
import type { Span } from '../text/text-edit.ts';
import { CannotEdit, type ConstructEdit } from './construct-edit.ts';
import type { Rendered, Rendering } from './render.ts';

/** The new credential is made where the old one was; a variable declared to hold that is declared to hold this. */
export function replaceCredential(target: Node, rendering: Rendering, edits: ConstructEdit[]): void {
  const text = rendering.credential.creation(target);
  replace(spanOf(target), { text, keeps: [] }, target, rendering, edits);
  const { file } = rendering;
  const { language } = file;
  const type = language.declaredType(target);
  const created = language.createdType?.(target) ?? language.callee(target)?.text;
  if (created !== undefined && language.demandedType?.(target, file) === created) throw new CannotEdit('type');
  if (type === undefined || created !== type.text) return;
  edits.push({ span: spanOf(type), newText: rendering.credential.type(), keeps: [] });
}

export function replace(
  span: Span,
  rendered: Rendered,
  around: Node,
  rendering: Rendering,
  edits: ConstructEdit[],
): void {
  refuseLostComments(around, span, rendered.keeps, rendering.file);
  edits.push({ span, newText: rendered.text, keeps: rendered.keeps });
}

/** @throws CannotEdit when a comment inside `span` would be gone. */
export function refuseLostComments(around: Node, span: Span, keeps: readonly Span[], file: SyntaxFile): void {
  const inside = (node: Node): boolean => {
    if (node.endIndex <= span.start || node.startIndex >= span.end) return false;
    if (keeps.some(keep => keep.start <= node.startIndex && node.endIndex <= keep.end)) return false;
    return file.language.isComment(node) || node.namedChildren.some(inside);
  };
  if (inside(around)) throw new CannotEdit('comment');
}
