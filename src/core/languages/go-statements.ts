import type { Node } from 'web-tree-sitter';
import {
  elsewhere,
  freeName,
  handlingAt,
  layout,
  leftOf,
  notUnderstood,
  ownCheck,
  placeOf,
  returned,
  type Place,
} from './go-credential.ts';
import type { StatementsAround } from './syntax.ts';

const noName =
  'What the call returns is not given to a variable of its own, so nothing can be set on it. Declare one, then run the fix again.';

export const goStatements: StatementsAround = {
  ahead(file, at, statements, taken) {
    const place = placeOf(at);
    if (place === undefined) return { refusal: elsewhere };
    const handling = handlingAt(place, at, place, file, 'cannot prepare the connection');
    if (handling === undefined) return { refusal: notUnderstood };
    const names = new Map<string, string>();
    const lines: string[] = [];
    for (const { as, fallible, fill } of statements) {
      const name = as && freeName(unused(as.names, taken), place, file);
      if (as !== undefined && name === undefined) return { refusal: notUnderstood };
      if (as !== undefined && name !== undefined) {
        names.set(as.capture, name);
        taken.add(name);
      }
      const value = fill(names);
      const assigned = fallible
        ? name === undefined
          ? `${handling.error} = `
          : `${name}, ${handling.error} := `
        : name === undefined
          ? ''
          : `${name} := `;
      lines.push(...(assigned + value).split('\n'), ...(fallible ? handling.lines : []));
    }
    const { newline, indent } = layout(place.statement, file);
    const start = place.statement.startIndex;
    const newText = lines.map(line => line + newline + indent).join('');
    return { names, edits: [{ span: { start, end: start }, newText }] };
  },

  becomes(file, construct, names, value, taken) {
    const list = construct.parent?.type === 'expression_list' ? construct.parent : undefined;
    const statement = list?.parent;
    const place = placeOf(construct);
    if (place === undefined) return { refusal: elsewhere };
    if (list?.namedChildCount !== 1 || statement === null || statement === undefined) return { refusal: notUnderstood };
    const plain = place.statement.id === statement.id;
    const { newline, indent } = layout(place.statement, file);
    const inPlace = (made: string): string => `${made.replaceAll('\n', newline + indent)}, nil`;
    if (plain && statement.type === 'return_statement') {
      return returned(place.function)?.length === 1 ? { inPlace } : { refusal: notUnderstood };
    }
    const [own, error] = leftOf(statement);
    if (own === undefined || error === undefined) return { refusal: notUnderstood };
    const inBranch = place.statement.childForFieldName('initializer')?.id === statement.id;
    if (inBranch && place.statement.type === 'if_statement') return { inPlace };
    if (!plain) return { refusal: notUnderstood };
    if (statement.type === 'assignment_statement') return { inPlace };
    const isNew = file.symbols.bindings.some(({ nameNode }) => nameNode.id === own.id);
    const made = freeName(unused(names, taken), place, file);
    const checked = ownCheck(statement);
    const body = checked?.body.text ?? '';
    const usesName = new RegExp(`(?<![\\w."])${own.text}(?!\\w)`, 'u').test(body);
    if (statement.type !== 'short_var_declaration' || own.text === '_' || !isNew || made === undefined || usesName) {
      return { refusal: notUnderstood };
    }
    taken.add(made);
    return {
      edits: [
        { span: { start: own.startIndex, end: own.endIndex }, newText: made },
        behind(place, checked?.body.parent ?? statement, `${own.text} := ${value(made)}`.split('\n'), file),
      ],
    };
  },

  named(file, construct) {
    const list = construct.parent?.type === 'expression_list' ? construct.parent : undefined;
    const statement = list?.parent;
    const place = placeOf(construct);
    if (list?.namedChildCount !== 1 || place === undefined || place.statement.id !== statement?.id) return undefined;
    if (!/^(?:short_var_declaration|assignment_statement)$/u.test(statement.type)) return undefined;
    const [own] = leftOf(statement);
    if (own === undefined || own.text === '_') return undefined;
    const last = ownCheck(statement)?.body.parent ?? statement;
    return { name: own.text, follow: lines => [behind(place, last, lines, file)] };
  },

  noName,
};

function unused(names: readonly string[], taken: ReadonlySet<string>): string[] {
  return names.filter(name => !taken.has(name));
}

function behind(
  place: Place,
  last: Node,
  lines: readonly string[],
  file: Parameters<StatementsAround['named']>[0],
): { readonly span: { readonly start: number; readonly end: number }; readonly newText: string } {
  const { newline, indent } = layout(place.statement, file);
  const at = last.endIndex;
  return { span: { start: at, end: at }, newText: lines.map(line => newline + indent + line).join('') };
}
