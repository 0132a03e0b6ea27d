import { parseArgs } from 'node:util';
import { rules } from '../core/engine/rules.ts';
import { EXIT, UsageError, type CommandIo } from './io.ts';
import { write } from './output.ts';

export async function listRules(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { format: { type: 'string', default: 'text' }, output: { type: 'string' } },
  });
  if (values.format !== 'text' && values.format !== 'json') throw new UsageError('--format takes text or json');
  const all = rules();
  if (values.format === 'json') {
    await write(JSON.stringify({ rules: all }, null, 2) + '\n', values.output, io);
  } else {
    const width = Math.max(...all.map(rule => rule.id.length));
    const lines = all.map(rule => `${rule.id.padEnd(width)}  ${rule.severity.padEnd(11)}  ${rule.title}`);
    await write(lines.join('\n') + '\n', values.output, io);
  }
  return EXIT.clean;
}
