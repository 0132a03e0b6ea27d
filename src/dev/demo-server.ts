import { parseArgs } from 'node:util';
import { largeCompany, startDemoTenant } from '../demo/index.ts';
import { command } from './progress.ts';

/**
 * A demo tenant of any size in a process of its own, for benchmarks: `--apps N --assignments N`. Told `stop` by its
 * parent, it tells what it served and ends.
 */
command(async () => {
  const { values } = parseArgs({ options: { apps: { type: 'string' }, assignments: { type: 'string' } } });
  const tenant = largeCompany(Number(values.apps ?? 10), Number(values.assignments ?? 20));
  const demo = await startDemoTenant({ tenant });
  process.on('message', () => {
    const calls = [...demo.requests.values()].reduce((sum, times) => sum + times, 0);
    process.send?.({ calls, bytes: demo.sentBytes });
    void demo.close().then(() => process.disconnect());
  });
  process.send?.({ url: demo.url, apps: demo.apps });
});
