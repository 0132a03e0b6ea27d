import type { Node } from 'web-tree-sitter';
import { walk, type SyntaxFile } from '../languages/syntax.ts';
import type { Refusal } from './fix.ts';
import { findMatches, traceValue } from './flow.ts';
import type { ServiceMigration } from './migrations.ts';
import { lineOf } from './refusals.ts';

/** Why nothing is edited where a secret is passed to a function of the same file that connects with its parameter. */
export function refuseConnector(
  file: SyntaxFile,
  uses: readonly Node[],
  migrations: readonly ServiceMigration[],
): Refusal | undefined {
  for (const use of uses) {
    const passed = passedTo(file, use);
    const parameter = passed && parameterOf(file, passed.name, passed.position);
    if (passed === undefined || parameter === undefined) continue;
    const starts = parameter.references.filter(({ write }) => !write).map(({ node }) => node);
    const [consumer] = traceValue(file, starts, findMatches(file, migrations)).consumers;
    if (consumer === undefined) continue;
    const { service } = consumer.compiled as ServiceMigration;
    return {
      refusal: `Line ${lineOf(use)} passes the secret to ${passed.name}, which connects to ${service.name} with its parameter ${parameter.name} on line ${lineOf(consumer.node)}. Move the secret into ${passed.name} when all its callers pass the same one, and run the fix again; else let ${passed.name} take the endpoint and use DefaultAzureCredential there.`,
    };
  }
  return undefined;
}

/** The name of the function that a call gives an argument to, and the argument's place among those without a name. */
function passedTo(file: SyntaxFile, use: Node): { readonly name: string; readonly position: number } | undefined {
  const { language } = file;
  for (let node: Node | null = use.parent; node !== null && !language.scopeTypes.has(node.type); node = node.parent) {
    const list = language.list(node);
    if (list?.kind !== 'arguments') continue;
    const name = node.parent !== null && language.isCall(node.parent) ? language.calledName(node.parent) : undefined;
    const position = list.elements.findIndex(({ value }) => value.id === use.id);
    const named = list.elements.slice(0, position + 1).some(element => element.name !== undefined || element.spread);
    return name === undefined || position === -1 || named ? undefined : { name, position };
  }
  return undefined;
}

/** A parameter of the one function that the file declares under a name. */
function parameterOf(
  file: SyntaxFile,
  name: string,
  position: number,
): SyntaxFile['symbols']['bindings'][number] | undefined {
  const { language, symbols } = file;
  const functions: Node[] = [];
  walk(file.root, node => {
    const holder =
      node.childForFieldName('name') === null && node.parent?.type === 'variable_declarator' ? node.parent : node;
    const hasParameters = node.childForFieldName('parameters') !== null;
    if (hasParameters && holder.childForFieldName('name')?.text === name) functions.push(node);
    return undefined;
  });
  const [declared, ...more] = functions;
  if (declared === undefined || more.length > 0) return undefined;
  const parameters = declared
    .childForFieldName('parameters')
    ?.namedChildren.filter(node => !language.isComment(node) && !/^(?:self|cls)$/u.test(node.text));
  const place = parameters?.[position];
  // Go declares several at once: `a, b string`.
  if (place === undefined || parameters?.some(node => node.childrenForFieldName('name').length > 1)) return undefined;
  return symbols.bindings.find(
    ({ kind, nameNode }) =>
      kind === 'opaque' && nameNode.startIndex >= place.startIndex && nameNode.endIndex <= place.endIndex,
  );
}
