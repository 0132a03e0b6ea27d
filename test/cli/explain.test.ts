import { describe, expect, it } from 'vitest';
import { createStandIns } from '../../src/core/secrets/stand-ins.ts';
import { folderWith, keyless } from '../harness/cli.ts';

const standIns = createStandIns(17);
const password = standIns.password();
const account = standIns.storageAccountKey();

describe('keyless explain --at', () => {
  it.each([
    ['a.ts:1', /reported: storage-account-key \(error, high confidence\): An Azure Storage account key/],
    ['a.ts:2', /silent: generic-password: /],
    ['a.ts:3', /no rule matched/],
    ['a.ts:5', /suppressed by comment on line 4: generic-password/],
    ['a.ts:6', /reported: generic-password/],
    ['a.ts:7', /silent: generic-api-key: identifier \(GUID\)/],
    ['package-lock.json:1', /not looked at: lock, generated or minified file/],
  ])('%s', async (place, expected) => {
    await using folder = await folderWith({
      'a.ts': [
        `const cs = "AccountName=contoso;AccountKey=${account}";`,
        'const password = "<your-password>";',
        'const answer = 42;',
        '// keyless-ignore generic-password -- made up',
        `const password = "${password}";`,
        `const password = "${password}";`,
        'const apiKey = "0f7a5f0e-2a1c-4b8e-8f65-6c1d9a3b7e42";',
      ].join('\n'),
      'package-lock.json': `{ "password": "${password}" }\n`,
    });
    const { code, stdout, stderr } = await keyless(['explain', '--at', place], folder.path);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(expected);
    expect(stdout).not.toContain(password);
    expect(stdout).not.toContain(account);
  });
  it('refuses what is no place, and what does not exist', async () => {
    await using folder = await folderWith({ 'a.ts': '' });
    for (const place of ['a.ts', 'nowhere.ts:1']) {
      const { code, stderr } = await keyless(['explain', '--at', place], folder.path);
      expect(code).toBe(2);
      expect(stderr).not.toBe('');
    }
  });
});
