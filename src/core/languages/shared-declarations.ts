import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../text/text-edit.ts';
import type { SyntaxFile } from './syntax.ts';

/** Where a value that several places of a file share is declared. */
export interface SharedDeclaration {
  /** Names for it in the language's style, best first. */
  readonly names: readonly string[];
  readonly declare: (name: string, type: string, value: string) => TextEdit;
}

/** How a language shares one value between places that each run many times. */
export interface SharedDeclarations {
  /** Whether the code at a place may run many times in one process. */
  runsOften(site: Node): boolean;
  /** The file, or the type around a place, which the value would belong to. */
  scopeOf(site: Node): Node | undefined;
  /** `undefined` where no declaration would come before all sites. */
  place(file: SyntaxFile, scope: Node, sites: readonly Node[]): SharedDeclaration | undefined;
  /** The function around a place, for values that it has to close. */
  functionOf?(site: Node): Node | undefined;
  placeInFunction?(file: SyntaxFile, scope: Node, sites: readonly Node[]): SharedDeclaration | undefined;
}

export function newlineOf(file: SyntaxFile): string {
  return file.text.includes('\r\n') ? '\r\n' : '\n';
}

/** The child of `holder` that a node lies in. */
export function childAround(holder: Node, node: Node): Node | undefined {
  return holder.namedChildren.find(child => child.startIndex <= node.startIndex && node.endIndex <= child.endIndex);
}

/** A node with the comments that stand right above it: a declaration put before them leaves them where they belong. */
export function withLeadingComments(node: Node, isComment: (node: Node) => boolean): Node {
  let first = node;
  for (let above = first.previousNamedSibling; above !== null && isComment(above); above = first.previousNamedSibling) {
    const ownLine = above.previousSibling === null || above.previousSibling.endPosition.row < above.startPosition.row;
    if (!ownLine || first.startPosition.row - above.endPosition.row > 1) break;
    first = above;
  }
  return first;
}

/** A statement of its own paragraph right before `next`, at file level. */
export function paragraphBefore(file: SyntaxFile, next: Node, blankLines: number, statement: string): TextEdit {
  const newline = newlineOf(file);
  const at = next.startIndex;
  const above = file.text.slice(0, at);
  const parted = above.trim() === '' || /\n[^\S\n]*\n[^\S\n]*$/u.test(above);
  return {
    span: { start: at, end: at },
    newText: (parted ? '' : newline) + statement + newline.repeat(blankLines + 1),
  };
}

/** The first member of a type, when each member has its own lines; the new one gets lines like it. */
export function firstMember(
  file: SyntaxFile,
  body: Node,
  isComment: (node: Node) => boolean,
  isField: (node: Node) => boolean,
  member: string,
): TextEdit | undefined {
  const first = body.namedChildren[0];
  const open = body.children[0];
  if (first === undefined || open === undefined || first.startPosition.row === open.startPosition.row) return undefined;
  const newline = newlineOf(file);
  const indent = /[ \t]*$/u.exec(file.text.slice(0, first.startIndex))?.[0] ?? '';
  let declared: Node | null = first;
  while (declared !== null && isComment(declared)) declared = declared.nextNamedSibling;
  const blank = declared === null || !isField(declared) ? newline : '';
  const at = first.startIndex - indent.length;
  return { span: { start: at, end: at }, newText: indent + member + newline + blank };
}
