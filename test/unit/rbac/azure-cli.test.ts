import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { azureCliLine, needsNoQuotes, type Shell, shellOf } from '../../../src/core/rbac/azure-cli.ts';
import type { AppModel } from '../../../src/core/rbac/identity-model.ts';
import { postureChecks } from '../../../src/core/rbac/posture.ts';
import { grantCommand, roleGrant } from '../../../src/core/rbac/role-grant.ts';

/** What Azure allows in names, and what somebody may have got into one all the same. */
const names = [
  'rg-shop',
  'rg(shop)',
  'rg.shop_1',
  '-rg',
  '--rg',
  'größe',
  '日本',
  'it’s',
  "it's",
  'a b',
  '$(touch x)',
  '`touch x`',
  '$HOME',
  'a;touch x',
  'a&b',
  'a|b',
  'a"b',
  '*',
  '~',
  '!x',
  'a\\b',
];

/** The words as a POSIX shell hands them on. */
function receivedBy(line: string): string[] {
  const script = `az() { for word in "$@"; do printf '%s\\0' "$word"; done; }; ${line}`;
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

describe('a command of the Azure CLI', () => {
  it.each(names)('reaches the CLI word for word through a POSIX shell with the name %j', name => {
    const words = ['group', 'show', '--name', name];
    const line = azureCliLine(words, 'posix') ?? '';
    const expected = name.startsWith('-') ? ['group', 'show', `--name=${name}`] : words;
    expect(receivedBy(line)).toEqual(expected);
  });

  it.each<[string, string | undefined]>([
    ['rg-shop', 'az group show --name rg-shop'],
    ['rg(shop)', `az group show --name '"rg(shop)"'`],
    ['-rg', 'az group show --name=-rg'],
    ['-r(g)', `az group show '"--name=-r(g)"'`],
    ["it's", `az group show --name '"it''s"'`],
    ['it’s', `az group show --name '"it’’s"'`],
    ['$(x)', `az group show --name '"$(x)"'`],
    ['größe', `az group show --name '"größe"'`],
    ['a"b', undefined],
    ['%PATH%', undefined],
  ])('is quoted for PowerShell and the batch file behind it with the name %j', (name, line) => {
    expect(azureCliLine(['group', 'show', '--name', name], 'powershell')).toBe(line);
  });

  it('is none where a name would break the line', () => {
    for (const shell of ['posix', 'powershell'] satisfies Shell[])
      expect(azureCliLine(['group', 'show', '--name', 'a\nb'], shell)).toBeUndefined();
  });

  it('is written for the shell of the platform', () => {
    expect([shellOf('win32'), shellOf('linux'), shellOf('darwin')]).toEqual(['powershell', 'posix', 'posix']);
    expect([needsNoQuotes(['--name', 'x']), needsNoQuotes(['--name', 'x(y)'])]).toEqual([true, false]);
  });
});

describe('commands that the product offers', () => {
  const group = "rg(it's).größe";
  const app: AppModel = {
    id: `/subscriptions/s/resourceGroups/${group}/providers/Microsoft.Web/sites/shop/slots/-blue`,
    name: 'shop',
    slot: '-blue',
    resourceGroup: group,
    subscriptionId: 's',
    identities: [],
  };

  it('name the group and slot as they are, whatever is in their names', () => {
    const commands = postureChecks.flatMap(({ command }) => (command ? [command(app)] : []));
    commands.push(grantCommand(roleGrant(app.id, 'principal', 'role')));
    expect(commands.length).toBeGreaterThan(10);
    for (const words of commands) {
      const received = receivedBy(azureCliLine(words, 'posix') ?? '');
      expect(received.join(' ')).toContain(group);
      expect(received).not.toContain('-blue');
      expect(azureCliLine(words, 'powershell')).toContain(`rg(it''s).größe`);
    }
  });
});
