import { parseArgs } from 'node:util';
import { ruleById } from '../core/engine/rules.ts';
import { rulePage } from '../core/report/rule-page.ts';
import { explainPlaces } from './explain-places.ts';
import { EXIT, UsageError, type CommandIo } from './io.ts';

/** `keyless explain RULE` prints the rule's page; `--at FILE:LINE[:COLUMN]` says what rules made of a place, and why. */
export async function explain(args: string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { at: { type: 'string', multiple: true }, baseline: { type: 'string' } },
  });
  const [id, ...more] = positionals;
  if (values.at !== undefined) {
    if (id !== undefined) throw new UsageError('explain takes a rule or --at, not both');
    await explainPlaces({ places: values.at, baseline: values.baseline }, io);
    return EXIT.clean;
  }
  if (values.baseline !== undefined) throw new UsageError('--baseline belongs to --at.');
  if (!id || more.length > 0) throw new UsageError('explain takes one rule: `keyless rules` lists them');
  const rule = ruleById(id);
  if (!rule) throw new UsageError(`There is no rule "${id}": \`keyless rules\` lists them`);
  io.stdout.write(rulePage(rule));
  return EXIT.clean;
}
