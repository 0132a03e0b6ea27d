import { expect, it } from 'vitest';
import { staleFiles } from '../../src/dev/generate.ts';

it('generated files are current: run `node src/dev/generate.ts`', async () => {
  expect((await staleFiles()).map(({ path }) => path)).toEqual([]);
});
