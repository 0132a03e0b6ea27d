import { type ParseError, parseTree } from 'jsonc-parser';
import type { SourceDocument } from '../engine/finding.ts';
import { parseBicep } from '../formats/bicep.ts';
import { parseHcl } from '../formats/hcl.ts';
import type { Fix, FixOffer, FollowUp, Refusal } from '../rewrite/fix.ts';
import { explanation } from '../rewrite/fix.ts';
import { applyEdits, type Span, type TextEdit } from '../text/text-edit.ts';

/** How a text ends its lines. */
export function lineEndOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** The end of the line that a place is on. */
export function endOfLine(text: string, offset: number): number {
  return text.slice(offset).search(/\r?\n|$/u) + offset;
}

/** White space before the first character of the line that a place is on. */
export function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/u.exec(text.slice(start, offset))?.[0] ?? '';
}

/** Whether nothing but white space stands before a place on its line. */
export function standsAlone(text: string, offset: number): boolean {
  return /^[ \t]*$/u.test(text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset));
}

/** One step of indentation, as the text uses it. */
export function indentStep(text: string): string {
  return /^(?<step>\t| {2,8})\S/mu.exec(text)?.groups?.['step'] ?? '  ';
}

/** A place with its line, when nothing else stands on it; comments of the line go with it. */
export function wholeLines(text: string, span: Span): Span {
  const before = text.lastIndexOf('\n', span.start - 1) + 1;
  const rest = /^[ \t,]*(?:\r?\n|$)/u.exec(text.slice(span.end));
  if (!standsAlone(text, span.start) || rest === null) return span;
  return { start: before, end: span.end + rest[0].length };
}

/** A declaration with its lines, and with one of the two empty lines that it stands between. */
export function declarationLines(text: string, span: Span): Span {
  const { start, end } = wholeLines(text, span);
  const before = /(?:^|\n)\r?\n$/u.test(text.slice(Math.max(0, start - 3), start)) || start === 0;
  const after = before ? (/^\r?\n/u.exec(text.slice(end))?.[0].length ?? 0) : 0;
  return { start, end: end + after };
}

/** Errors of syntax in a template's text. */
export function syntaxErrors({ languageId, text }: Pick<SourceDocument, 'languageId' | 'text'>): number {
  if (languageId === 'bicep') return parseBicep(text).problems.length;
  if (languageId === 'terraform') return parseHcl(text).problems.length;
  const errors: ParseError[] = [];
  parseTree(text, errors, { allowTrailingComma: true, disallowComments: false });
  return errors.length;
}

const comment = /[ \t]*(?:(?:\/\/|#)[^\r\n]*|\/\*[\s\S]*?\*\/)/gu;

/** Deletes the comments of a stretch of text, but for what stands in the given spans. */
export function withoutComments(text: string, kept: readonly Span[]): TextEdit[] {
  return [...text.matchAll(comment)]
    .map(({ 0: { length }, index }) => ({ span: { start: index, end: index + length }, newText: '' }))
    .filter(({ span }) => kept.every(({ start, end }) => span.end <= start || end <= span.start));
}

export interface TemplateChange {
  readonly edits: readonly TextEdit[];
  readonly followUps: readonly FollowUp[];
}

/** Hands out a change only when its result can be read as well as the text before, and says why not otherwise. */
export function templateOffer(
  document: SourceDocument,
  { id, title, isPreferred }: Pick<FixOffer, 'id' | 'title' | 'isPreferred'>,
  change: TemplateChange | Refusal,
): FixOffer {
  if ('refusal' in change) return explanation(change);
  const after = { ...document, text: applyEdits(document.text, change.edits) };
  if (syntaxErrors(after) > syntaxErrors(document)) {
    return explanation({
      refusal: 'The file is written in a way that this fix cannot change safely. Correct its syntax first.',
    });
  }
  const fix: Fix = { files: [{ uri: document.uri, edits: change.edits }], followUps: change.followUps };
  return { id, title, isPreferred, build: () => Promise.resolve(fix) };
}
