import type { Node } from 'web-tree-sitter';
import {
  childAround,
  firstMember,
  paragraphBefore,
  withLeadingComments,
  type SharedDeclarations,
} from './shared-declarations.ts';

const typeTypes = new Set(['class_declaration', 'struct_declaration', 'record_declaration']);
const bodyTypes = new Set([
  'method_declaration',
  'local_function_statement',
  'lambda_expression',
  'anonymous_method_expression',
  'accessor_declaration',
]);

const isComment = (node: Node): boolean => node.type === 'comment';

/** What sets a host up, a singleton's factory included, is called once. */
function isSetUp(lambda: Node): boolean {
  const call = lambda.parent?.type === 'argument' ? lambda.parent.parent?.parent : undefined;
  const called = call?.childForFieldName('function')?.text ?? '';
  return /\.(?:(?:Try)?Add|Configure|Use)\w*(?:<[^(]*>)?$/u.test(called) && !/Scoped|Transient/u.test(called);
}

function isOften(node: Node): boolean {
  if (node.type === 'property_declaration') return node.childForFieldName('value')?.type === 'arrow_expression_clause';
  if (!bodyTypes.has(node.type)) return false;
  if (node.type === 'lambda_expression') return !isSetUp(node);
  return node.childForFieldName('name')?.text !== 'Main';
}

export const csharpShared: SharedDeclarations = {
  runsOften(site) {
    for (let node = site.parent; node !== null; node = node.parent) if (isOften(node)) return true;
    return false;
  },
  scopeOf(site) {
    let scope: Node = site.tree.rootNode;
    for (let node = site.parent; node !== null; node = node.parent) if (typeTypes.has(node.type)) scope = node;
    return scope;
  },
  place(file, scope, sites) {
    if (typeTypes.has(scope.type)) {
      const body = scope.childForFieldName('body');
      const isField = (node: Node): boolean => node.type === 'field_declaration';
      const at = (member: string) => body && firstMember(file, body, isComment, isField, member);
      if (!at('')) return undefined;
      return {
        names: ['Credential', 'AzureCredential', 'TokenCredential'],
        declare(name, type, value) {
          const edit = at(`private static readonly ${type} ${name} = ${value};`);
          if (!edit) throw new Error('A place that was there is gone');
          return edit;
        },
      };
    }
    const statements = scope.namedChildren.filter(node => node.type === 'global_statement');
    const inFunction = sites.some(
      site => childAround(scope, site)?.namedChildren[0]?.type === 'local_function_statement',
    );
    const around = sites.flatMap(site => childAround(scope, site) ?? []).sort((a, b) => a.startIndex - b.startIndex);
    // A function may be called from the first statement on, and a static one sees no variable at all.
    const next = inFunction ? statements[0] : around[0];
    if (next?.type !== 'global_statement') return undefined;
    if (inFunction && around.some(({ text }) => /^(?:async\s+)?static\b/u.test(text))) return undefined;
    const first = withLeadingComments(next, isComment);
    return {
      names: ['credential', 'azureCredential', 'tokenCredential'],
      declare(name, _type, value) {
        const statement = `var ${name} = ${value};`;
        if (inFunction) return paragraphBefore(file, first, 1, statement);
        const at = first.startIndex;
        const newline = file.text.includes('\r\n') ? '\r\n' : '\n';
        return { span: { start: at, end: at }, newText: statement + newline };
      },
    };
  },
};
