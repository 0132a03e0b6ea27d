import type { Node } from 'web-tree-sitter';
import { childAround, paragraphBefore, withLeadingComments, type SharedDeclarations } from './shared-declarations.ts';

const functionTypes = new Set([
  'function_declaration',
  'function_expression',
  'generator_function_declaration',
  'generator_function',
  'arrow_function',
  'method_definition',
]);

const isComment = (node: Node): boolean => node.type === 'comment';

/** Constructors, `main` and functions that are called where they are written run once. */
function runsOnce(around: Node): boolean {
  const name = around.childForFieldName('name')?.text;
  if (name === 'constructor' || name === 'main') return true;
  let value = around;
  while (value.parent?.type === 'parenthesized_expression') value = value.parent;
  if (value.parent?.type === 'variable_declarator') return value.parent.childForFieldName('name')?.text === 'main';
  return value.parent?.type === 'call_expression' && value.parent.childForFieldName('function')?.id === value.id;
}

/** Statements that make the file ready: a credential created before them would miss what they load. */
function prepares(statement: Node): boolean {
  if (statement.type === 'import_statement' || statement.type === 'hash_bang_line') return true;
  if (statement.type === 'lexical_declaration' || statement.type === 'variable_declaration') {
    return statement.namedChildren.every(declarator =>
      /^(?:await\s+import|require)\s*\(/u.test(declarator.childForFieldName('value')?.text ?? ''),
    );
  }
  if (statement.type !== 'expression_statement') return false;
  return /^(?:["']|require\s*\(|(?:[\w.]*\.)?config\s*\()/u.test(statement.text);
}

export const typescriptShared: SharedDeclarations = {
  runsOften(site) {
    for (let node = site.parent; node !== null; node = node.parent) {
      if (functionTypes.has(node.type) && !runsOnce(node)) return true;
    }
    return false;
  },
  scopeOf: site => site.tree.rootNode,
  place(file, scope, sites) {
    const statements = scope.namedChildren.filter(node => !isComment(node));
    const last = statements.findLastIndex(prepares);
    const model = statements[last];
    const next = statements[last + 1];
    if (model === undefined || next === undefined) return undefined;
    if (sites.some(site => (childAround(scope, site)?.startIndex ?? 0) < next.startIndex)) return undefined;
    const end = model.type !== 'hash_bang_line' && !model.text.endsWith(';') ? '' : ';';
    return {
      names: ['credential', 'azureCredential', 'tokenCredential'],
      declare: (name, _type, value) =>
        paragraphBefore(file, withLeadingComments(next, isComment), 1, `const ${name} = ${value}${end}`),
    };
  },
};
