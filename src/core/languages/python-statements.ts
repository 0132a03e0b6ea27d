import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../text/text-edit.ts';
import { newlineOf } from './shared-declarations.ts';
import type { StatementsAround, SyntaxFile } from './syntax.ts';

/** `engine = …`, `self.engine = …` and, where the value is handed out at once, `return …`. */
export const pythonStatements: StatementsAround = {
  /** Right before the statement, so that it runs whenever that does. */
  ahead(file, at, statements, taken) {
    const statement = statementAround(at);
    if (statement === undefined || !/^\s*$/u.test(indentOf(file, statement))) return { refusal: noPlace };
    const names = new Map<string, string>();
    const lines: string[] = [];
    for (const { as, fill } of statements) {
      const bindings = new Set(file.symbols.bindings.map(({ name }) => name));
      const name = as?.names.find(candidate => !bindings.has(candidate) && !taken.has(candidate));
      if (as !== undefined && name === undefined) return { refusal: noPlace };
      if (as !== undefined && name !== undefined) {
        names.set(as.capture, name);
        taken.add(name);
      }
      const assigned = name === undefined || as?.declares === true ? '' : `${name} = `;
      lines.push(...indentedLines(file, (assigned + fill(names)).split('\n')));
    }
    const start = statement.startIndex;
    const end = newlineOf(file) + indentOf(file, statement);
    const newText = lines.map(line => line + end).join('');
    // Lines between statements have no indentation.
    return { names, edits: [{ span: { start, end: start }, newText: newText.replace(/[ \t]+(?=\r?\n)/gu, '') }] };
  },

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

const noPlace =
  'No statement of its own runs right before the connection is opened, where a token could be asked for. Open it in a statement of a function, then run the fix again.';

/** `undefined` where what is written before the statement would not run each time. */
function statementAround(at: Node): Node | undefined {
  let node: Node | null = at;
  for (; node !== null; node = node.parent) {
    if (
      /^(?:lambda|default_parameter|decorator|.*comprehension|generator_expression|conditional_expression)$/u.test(
        node.type,
      )
    ) {
      return undefined;
    }
    if (/^(?:module|block)$/u.test(node.parent?.type ?? '')) break;
  }
  return node !== null && !/^(?:while_statement|elif_clause|function_definition|class_definition)$/u.test(node.type)
    ? node
    : undefined;
}

function indentOf(file: SyntaxFile, node: Node): string {
  return file.text.slice(file.text.lastIndexOf('\n', node.startIndex - 1) + 1, node.startIndex);
}

function restOfLine(file: SyntaxFile, node: Node): string {
  return /^[^\r\n]*/u.exec(file.text.slice(node.endIndex))?.[0] ?? '';
}

function endsItsLine(file: SyntaxFile, node: Node): boolean {
  return /^\s*(?:#.*)?$/u.test(restOfLine(file, node)) && indentOf(file, node).trim() === '';
}

/** A paragraph of its own: two blank lines around it in the module, one within functions. */
function behind(file: SyntaxFile, node: Node, lines: readonly string[]): TextEdit {
  const newline = newlineOf(file);
  const at = node.endIndex + restOfLine(file, node).length;
  const indent = indentOf(file, node);
  const blank = newline.repeat(indent === '' ? 3 : 2);
  const after = /^(?:[^\S\r\n]*(?:\r\n|\n|\r))*/u.exec(file.text.slice(at))?.[0] ?? '';
  const given = after.split(/\r\n|\n|\r/u).length - 1;
  const isLast = file.text.slice(at + after.length).trim() === '' || given === 0;
  const dedents = new RegExp(`^(?!${indent}\\S)`, 'u').test(file.text.slice(at + after.length)) && indent !== '';
  const missing = isLast || dedents ? 0 : Math.max(0, (indent === '' ? 3 : 2) - given);
  const text = indentedLines(file, lines)
    .map(line => (line === '' ? '' : indent + line))
    .join(newline);
  return { span: { start: at, end: at }, newText: blank + text + newline.repeat(missing) };
}

/** Lines that are indented by four blanks, as the file indents its own. */
function indentedLines(file: SyntaxFile, lines: readonly string[]): string[] {
  const unit = /^\t+\S/mu.test(file.text) ? '\t' : '    ';
  return lines.map(line => line.replace(/^(?: {4})+/u, own => unit.repeat(own.length / 4)));
}
