import type { Node } from 'web-tree-sitter';
import type { NewImport, SyntaxFile } from '../languages/syntax.ts';
import { CannotEdit, type ConstructEdit } from './construct-edit.ts';
import { createCredential, credentialRequest } from './credential.ts';
import type { Match } from './match.ts';

/**
 * Lets the builder that registers clients sign in for all of them: one statement in the function that gets the
 * builder, unless it has one. A builder that came another way signs in by default.
 */
export function signInOf(
  file: SyntaxFile,
  consumers: readonly Match[],
  choice: Parameters<typeof createCredential>[2],
  bring: (request: NewImport) => string | undefined,
): ConstructEdit[] {
  const edits: ConstructEdit[] = [];
  const done = new Set<number>();
  for (const match of consumers) {
    const { signsInBy } = match.compiled.migration;
    const builder = match.captures.get('CLIENTS');
    const lambda = builder && lambdaOf(match.node, builder.text);
    if (signsInBy === undefined || builder === undefined || lambda === undefined || done.has(lambda.id)) continue;
    done.add(lambda.id);
    if (lambda.text.includes(`.${signsInBy}(`)) continue;
    const type = bring(credentialRequest(file, false));
    if (type === undefined)
      throw new CannotEdit('name', 'The file uses the name of the credential for something else.');
    const statement = `${builder.text}.${signsInBy}(${createCredential(file, type, choice, bring)});`;
    edits.push(...statementAfter(file, lambda, match.node, statement));
  }
  return edits;
}

/** The function whose parameter is the builder. */
function lambdaOf(node: Node, builder: string): Node | undefined {
  for (let at = node.parent; at !== null; at = at.parent) {
    if (at.type !== 'lambda_expression') continue;
    const parameters = at.childForFieldName('parameters');
    if (parameters !== null && new RegExp(`(?:^|\\W)${builder}\\W*$`, 'u').test(parameters.text)) return at;
  }
  return undefined;
}

function statementAfter(file: SyntaxFile, lambda: Node, node: Node, statement: string): ConstructEdit[] {
  const body = lambda.childForFieldName('body');
  if (body === null) return [];
  if (body.type !== 'block') {
    return [
      { span: { start: body.startIndex, end: body.startIndex }, newText: '{ ', keeps: [] },
      { span: { start: body.endIndex, end: body.endIndex }, newText: `; ${statement} }`, keeps: [] },
    ];
  }
  let own = node;
  while (own.parent !== null && own.parent.id !== body.id) own = own.parent;
  const line = file.text.slice(file.text.lastIndexOf('\n', own.startIndex - 1) + 1, own.startIndex);
  const newline = file.text.includes('\r\n') ? '\r\n' : '\n';
  const lead = line.trim() === '' && own.startPosition.row > body.startPosition.row ? newline + line : ' ';
  return [{ span: { start: own.endIndex, end: own.endIndex }, newText: lead + statement, keeps: [] }];
}
