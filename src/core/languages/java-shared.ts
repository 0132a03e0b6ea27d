import type { Node } from 'web-tree-sitter';
import { firstMember, type SharedDeclarations } from './shared-declarations.ts';

const isComment = (node: Node): boolean => node.type === 'line_comment' || node.type === 'block_comment';

/** `main`, and methods that a container calls once for the bean that they make. */
function runsOnce(method: Node): boolean {
  if (method.childForFieldName('name')?.text === 'main') return true;
  const modifiers = method.namedChildren.find(({ type }) => type === 'modifiers')?.text ?? '';
  return /@(?:Bean|Singleton|PostConstruct)\b/u.test(modifiers);
}

export const javaShared: SharedDeclarations = {
  runsOften(site) {
    for (let node = site.parent; node !== null; node = node.parent) {
      if (node.type === 'lambda_expression') return true;
      if (node.type === 'method_declaration' && !runsOnce(node)) return true;
    }
    return false;
  },
  scopeOf(site) {
    let scope: Node | undefined;
    for (let node = site.parent; node !== null; node = node.parent) if (node.type === 'class_declaration') scope = node;
    return scope;
  },
  place(file, scope) {
    const body = scope.childForFieldName('body');
    const isField = (node: Node): boolean => node.type === 'field_declaration';
    const at = (member: string) => body && firstMember(file, body, isComment, isField, member);
    if (!at('')) return undefined;
    return {
      names: ['CREDENTIAL', 'AZURE_CREDENTIAL', 'TOKEN_CREDENTIAL'],
      declare(name, type, value) {
        const edit = at(`private static final ${type} ${name} = ${value};`);
        if (!edit) throw new Error('A place that was there is gone');
        return edit;
      },
    };
  },
};
