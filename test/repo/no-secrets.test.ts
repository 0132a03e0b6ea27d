import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { languageOfPath } from '../../src/core/engine/language-of-path.ts';
import { ruleById } from '../../src/core/engine/rules.ts';
import { scan } from '../../src/core/engine/scan.ts';
import { walkFiles } from '../../src/platform/file-walk.ts';

it('nothing secret-shaped is committed', async () => {
  const found: string[] = [];
  let files = 0;
  for await (const entry of walkFiles(['.'], { cwd: fileURLToPath(new URL('../../', import.meta.url)) })) {
    if (entry.kind !== 'file') continue;
    files++;
    const document = { uri: entry.path, languageId: languageOfPath(entry.path), text: entry.text };
    // Mistakes are code to show rules on; what no file may hold is a secret.
    const secrets = scan(document).filter(({ ruleId }) => ruleById(ruleId)?.kind === 'secret');
    found.push(...secrets.map(({ ruleId, span }) => `${entry.path}:${span.start} ${ruleId}`));
  }
  expect(files).toBeGreaterThan(100);
  expect(found).toEqual([]);
});
