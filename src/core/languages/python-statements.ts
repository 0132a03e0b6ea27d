import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../text/text-edit.ts';
import { newlineOf } from './shared-declarations.ts';
import type { StatementsAround, SyntaxFile } from './syntax.ts';

/** `engine = …`, `self.engine = …` and, where the value is handed out at once, `return …`. */
export const pythonStatements: StatementsAround = {
  named(file, construct) {
    let value = construct;
    while (value.parent?.type === 'parenthesized_expression') value = value.parent;
    const { parent } = value;
    if (parent?.type === 'return_statement') {
      const name = ['engine', 'new_engine'].find(
        candidate => !file.symbols.bindings.some(binding => binding.name === candidate),
      );
      if (name === undefined || !endsItsLine(file, parent)) return undefined;
      const start = parent.startIndex;
      return {
        name,
        follow: lines => [
          { span: { start, end: value.startIndex }, newText: `${name} = ` },
          behind(file, parent, [...lines, '', `return ${name}`]),
        ],
      };
    }
    const statement = parent?.type === 'assignment' ? parent.parent : null;
    const left = parent?.childForFieldName('left');
    if (statement?.type !== 'expression_statement' || parent?.childForFieldName('right')?.id !== value.id) {
      return undefined;
    }
    if (left?.type !== 'identifier' && left?.type !== 'attribute') return undefined;
    if (!endsItsLine(file, statement)) return undefined;
    return { name: left.text, follow: lines => [behind(file, statement, lines)] };
  },
  noName:
    'What the call returns is not given to a variable of its own, so nothing can be said about it. Assign it to one, then run the fix again.',
};

function restOfLine(file: SyntaxFile, node: Node): string {
  return /^[^\r\n]*/u.exec(file.text.slice(node.endIndex))?.[0] ?? '';
}

function endsItsLine(file: SyntaxFile, node: Node): boolean {
  const before = file.text.slice(file.text.lastIndexOf('\n', node.startIndex - 1) + 1, node.startIndex);
  return /^\s*(?:#.*)?$/u.test(restOfLine(file, node)) && before.trim() === '';
}

/** A paragraph of its own: two blank lines around it in the module, one within functions. */
function behind(file: SyntaxFile, node: Node, lines: readonly string[]): TextEdit {
  const newline = newlineOf(file);
  const at = node.endIndex + restOfLine(file, node).length;
  const start = file.text.lastIndexOf('\n', node.startIndex - 1) + 1;
  const indent = file.text.slice(start, node.startIndex);
  const blank = newline.repeat(indent === '' ? 3 : 2);
  const after = /^(?:[^\S\r\n]*(?:\r\n|\n|\r))*/u.exec(file.text.slice(at))?.[0] ?? '';
  const given = after.split(/\r\n|\n|\r/u).length - 1;
  const isLast = file.text.slice(at + after.length).trim() === '' || given === 0;
  const dedents = new RegExp(`^(?!${indent}\\S)`, 'u').test(file.text.slice(at + after.length)) && indent !== '';
  const missing = isLast || dedents ? 0 : Math.max(0, (indent === '' ? 3 : 2) - given);
  const text = lines.map(line => (line === '' ? '' : indent + line)).join(newline);
  return { span: { start: at, end: at }, newText: blank + text + newline.repeat(missing) };
}
