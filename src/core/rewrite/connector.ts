import type { Node } from 'web-tree-sitter';
import { parameterDefaulting, parameterGiven } from '../languages/parameters.ts';
import type { SyntaxFile } from '../languages/syntax.ts';
import type { Refusal } from './fix.ts';
import { findMatches, traceValue } from './flow.ts';
import type { ServiceMigration } from './migrations.ts';
import { lineOf } from './refusals.ts';

/** Why nothing is edited where a secret is passed to a function whose callers are not all known. */
export function refuseConnector(
  file: SyntaxFile,
  uses: readonly Node[],
  migrations: readonly ServiceMigration[],
): Refusal | undefined {
  for (const use of uses) {
    const parameter = parameterGiven(file, use) ?? parameterDefaulting(file, use);
    if (parameter?.obstacle === undefined) continue;
    const starts = parameter.binding.references.filter(({ write }) => !write).map(({ node }) => node);
    const [consumer] = traceValue(file, starts, findMatches(file, migrations)).consumers;
    if (consumer === undefined) continue;
    const { service } = consumer.compiled as ServiceMigration;
    const name = parameter.signature.nameNode.text;
    return {
      refusal: `Line ${lineOf(use)} passes the secret to ${name}, which connects to ${service.name} with its parameter ${parameter.binding.name} on line ${lineOf(consumer.node)}. ${name} is ${parameter.obstacle}, so its parameter cannot become the endpoint everywhere at once. Let ${name} take the endpoint and use DefaultAzureCredential there, and change its callers along.`,
    };
  }
  return undefined;
}
