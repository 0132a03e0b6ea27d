import type { Node } from 'web-tree-sitter';
import {
  childAround,
  newlineOf,
  paragraphBefore,
  withLeadingComments,
  type SharedDeclarations,
} from './shared-declarations.ts';
import { ancestor } from './syntax.ts';

const isComment = (node: Node): boolean => node.type === 'comment';

/** Statements that make the module ready: a credential created before them would miss what they load. */
function prepares(statement: Node): boolean {
  if (/^(?:future_)?import_(?:from_)?statement$/u.test(statement.type)) return true;
  return (
    statement.type === 'expression_statement' &&
    /^(?:["'rRfFbBuU]{1,3}["']|(?:\w+\.)?load_dotenv\()/u.test(statement.text)
  );
}

export const pythonShared: SharedDeclarations = {
  runsOften(site) {
    for (let node = site.parent; node !== null; node = node.parent) {
      if (node.type === 'lambda') return true;
      if (node.type !== 'function_definition') continue;
      const name = node.childForFieldName('name')?.text;
      if (name !== '__init__' && name !== 'main') return true;
    }
    return false;
  },
  scopeOf: site => site.tree.rootNode,
  place(file, scope, sites) {
    const statements = scope.namedChildren.filter(node => !isComment(node));
    const last = statements.findLastIndex(prepares);
    const next = statements[last + 1];
    if (last < 0 || next === undefined) return undefined;
    if (sites.some(site => (childAround(scope, site)?.startIndex ?? 0) < next.startIndex)) return undefined;
    const isDefinition = /_definition$/u.test(next.type);
    return {
      names: ['credential', 'azure_credential', 'token_credential'],
      declare: (name, _type, value) =>
        paragraphBefore(file, withLeadingComments(next, isComment), isDefinition ? 2 : 1, `${name} = ${value}`),
    };
  },
  functionOf: site => ancestor(site, new Set(['function_definition'])),
  placeInFunction(file, scope, sites) {
    const body = scope.childForFieldName('body');
    const first = [...sites].sort((a, b) => a.startIndex - b.startIndex)[0];
    const statement = body && first && childAround(body, first);
    if (!statement) return undefined;
    const at = withLeadingComments(statement, isComment).startIndex;
    const indent = /[ \t]*$/u.exec(file.text.slice(0, at))?.[0] ?? '';
    return {
      names: ['credential', 'azure_credential', 'token_credential'],
      declare: (name, _type, value) => ({
        span: { start: at, end: at },
        newText: `${name} = ${value}${newlineOf(file)}${indent}`,
      }),
    };
  },
};
