import type { Node } from 'web-tree-sitter';
import type { Parameter } from '../languages/parameters.ts';
import { removeFromRow, removeStatement } from '../languages/removal.ts';
import { spanOf, type SyntaxFile } from '../languages/syntax.ts';
import type { TextEdit } from '../text/text-edit.ts';
import type { ConstructEdit } from './construct-edit.ts';
import { documentation } from './endpoint-names.ts';

/** Takes parameters out of their functions, out of every call and out of what documents them. */
export function withoutParameters(file: SyntaxFile, parameters: readonly Parameter[]): ConstructEdit[] {
  const nodes = new Map<number, Node>();
  const keep = ({ parent }: Node, node: Node): void => {
    if (parent !== null) nodes.set(node.id, node);
  };
  for (const { node, calls } of parameters) {
    keep(node, node);
    for (const { argument } of calls) if (argument !== undefined) keep(argument.node, argument.node);
  }
  const holders = new Map([...nodes.values()].flatMap(({ parent }) => (parent === null ? [] : [[parent.id, parent]])));
  const gone = (node: Node): boolean => nodes.has(node.id);
  const edits = [...holders.values()].flatMap((holder): TextEdit[] => {
    // `key => …` needs its brackets without the parameter.
    if (holder.type === 'arrow_function') {
      return holder.namedChildren.filter(gone).map(node => ({ span: spanOf(node), newText: '()' }));
    }
    const names = holder.childrenForFieldName('name');
    const row = names.length > 1 ? names : holder.namedChildren.filter(node => !file.language.isComment(node));
    // The fields of a dataclass.
    if (holder.type === 'block') {
      return row.filter(gone).map(node => removeStatement(file.text, node.startIndex, node.endIndex));
    }
    return removeFromRow(row, gone);
  });
  edits.push(...parameters.flatMap(parameter => undocumented(file, parameter)));
  return edits.map(edit => ({ ...edit, keeps: [] }));
}

/** The lines of documentation that describe a parameter and nothing else. */
function undocumented(file: SyntaxFile, parameter: Parameter): TextEdit[] {
  const name = parameter.binding.name.replaceAll('$', String.raw`\$`);
  const line = new RegExp(
    `^[^\\S\\n]*(?:\\*|///|#)?[^\\S\\n]*(?:@param[^\\S\\n]+(?:\\{[^}\\n]*\\}[^\\S\\n]*)?${name}\\b|<param name="${name}">.*</param>|:param (?:\\w+ )?${name}:).*\\r?\\n`,
    'gmu',
  );
  return documentation(file, parameter).flatMap(comment => {
    const start = file.text.lastIndexOf('\n', comment.startIndex - 1) + 1;
    const text = file.text.slice(start, comment.endIndex + 1);
    return [...text.matchAll(line)].map(match => ({
      span: { start: start + match.index, end: start + match.index + match[0].length },
      newText: '',
    }));
  });
}
