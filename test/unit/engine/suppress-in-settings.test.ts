import { describe, expect, it } from 'vitest';
import { applySettings } from '../../../src/core/engine/apply-settings.ts';
import { settingsFor } from '../../../src/core/engine/config.ts';
import { parseConfig } from '../../../src/core/engine/config-parser.ts';
import { fixesFor } from '../../../src/core/engine/fixes.ts';
import { scan } from '../../../src/core/engine/scan.ts';
import { isRefusal, type WorkspaceView } from '../../../src/core/rewrite/fix.ts';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';
import { applyEdits } from '../../../src/core/text/text-edit.ts';
import { languages } from '../../harness/client-examples.ts';

const key = createStandIns(61).storageAccountKey();
const other = createStandIns(62).storageAccountKey();
const text = JSON.stringify({ a: `AccountName=a;AccountKey=${key}`, b: `AccountName=b;AccountKey=${other}` }, null, 2);
const document = { uri: 'file:///w/my%20app/a.json', languageId: 'json', text };

/** What the first finding's offer makes of the settings file. */
async function suppressed(config: string | undefined, root: string | undefined = 'file:///w') {
  const workspace: WorkspaceView = {
    findUp: (_from, names) =>
      Promise.resolve(
        config !== undefined && names.some(name => name.test('.keyless.json'))
          ? { uri: 'file:///w/.keyless.json', languageId: 'jsonc', text: config }
          : undefined,
      ),
    rootOf: () => root,
  };
  const offers = await fixesFor(document, scan(document)[0]!, { languages, workspace });
  const offer = offers.find(({ id }) => id === 'suppress')!;
  expect(offer.title).toBe('Suppress storage-account-key in .keyless.json');
  return offer.build();
}

async function settled(
  config: string | undefined,
): Promise<{ config: string; left: number; uri: string; create: boolean }> {
  const result = await suppressed(config);
  if (isRefusal(result)) throw new Error(result.refusal);
  const [file] = result.files;
  const after = applyEdits(config ?? '', file!.edits);
  expect(after).not.toContain(key);
  const parsed = parseConfig(after);
  expect(parsed.problems).toEqual([]);
  const settings = settingsFor('/w/my app/a.json', [{ folder: '/w', config: parsed.config }]);
  const left = applySettings(document, scan(document), settings).length;
  return { config: after, left, uri: file!.uri, create: file!.create === true };
}

describe('a finding where no comment can stand', () => {
  it('is suppressed, it alone, by an entry in a new settings file', async () => {
    const { left, uri, create } = await settled(undefined);
    expect({ left, uri, create }).toEqual({ left: 1, uri: 'file:///w/.keyless.json', create: true });
  });

  it.each([
    '{}',
    '{\n  // Why\n  "rules": {}, /* keep */\n}\n',
    '{ "suppressions": [] }',
    '{\r\n\t"suppressions": [\r\n\t\t{ "rule": "entra-client-secret", "path": "x", "reason": "y" }\r\n\t]\r\n}',
  ])('is suppressed by an entry in the settings file that there is: %s', async config => {
    const { left, config: after } = await settled(config);
    expect(left).toBe(1);
    for (const part of ['// Why', '/* keep */', '"entra-client-secret"']) {
      expect(after.includes(part)).toBe(config.includes(part));
    }
  });

  it('stays where the settings file is damaged or none may be made', async () => {
    expect(await suppressed('{ "nosuch": 1 }')).toEqual({ refusal: expect.stringContaining('has errors') as string });
    expect(await suppressed('{ "rules": ')).toEqual({ refusal: expect.stringContaining('has errors') as string });
    const workspace: WorkspaceView = { findUp: () => Promise.resolve(undefined) };
    const offers = await fixesFor(document, scan(document)[0]!, { languages, workspace });
    expect(await offers.find(({ id }) => id === 'suppress')!.build()).toEqual({
      refusal: expect.stringContaining('folder above') as string,
    });
  });
});
