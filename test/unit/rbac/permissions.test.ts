import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtInRoleGuid, builtInRoleName } from '../../../src/core/rbac/builtin-roles.ts';
import { leastRoles, rolesThatAllow } from '../../../src/core/rbac/least-role.ts';
import { allows, covers, overlaps, type Permissions } from '../../../src/core/rbac/permissions.ts';
import { builtInPermissions, rolesWithKnownPermissions } from '../../../src/core/rbac/role-permissions.ts';

const blobs = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs';

function builtIn(name: string): Permissions {
  const permissions = builtInPermissions(builtInRoleGuid(name) ?? '');
  if (!permissions) throw new Error(`the permissions of ${name} are not known`);
  return permissions;
}

describe('permissions', () => {
  it.each([
    ['*', `${blobs}/read`, true],
    ['*/read', `${blobs}/read`, true],
    ['*/read', `${blobs}/write`, false],
    [`${blobs}/*`, `${blobs}/add/action`, true],
    ['microsoft.storage/*', 'Microsoft.Storage/storageAccounts/listKeys/action', true],
    ['Microsoft.Storage/*', 'Microsoft.StorageSync/x', false],
    ['Microsoft.ServiceBus/*/send/action', 'Microsoft.ServiceBus/namespaces/messages/send/action', true],
    [`${blobs}/read`, `${blobs}/*`, false],
    ['a.b', 'axb', false],
  ])('%s takes in %s: %s', (wider, narrower, expected) => {
    expect(covers(wider, narrower)).toBe(expected);
  });

  it('leaves out what a role excludes', () => {
    const contributor = builtIn('Contributor');
    expect(allows(contributor, 'Microsoft.Storage/storageAccounts/listKeys/action', 'control')).toBe(true);
    expect(allows(contributor, 'Microsoft.Authorization/roleAssignments/write', 'control')).toBe(false);
    expect(allows(contributor, `${blobs}/read`, 'data')).toBe(false);
    expect(allows(builtIn('Owner'), 'Microsoft.Authorization/roleAssignments/write', 'control')).toBe(true);
    expect(overlaps(contributor, '*/listKeys/action', 'control')).toBe(true);
    expect(overlaps(contributor, 'Microsoft.Authorization/*/write', 'control')).toBe(false);
    expect(overlaps(builtIn('Reader'), '*/listKeys/action', 'control')).toBe(false);
  });

  it('finds an overlap exactly where some action is described twice', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 5 });
    const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*'), maxLength: 5 });
    fc.assert(
      fc.property(patterns, patterns, letters, (one, other, action) => {
        const role: Permissions = { actions: [one], notActions: [], dataActions: [], notDataActions: [] };
        if (covers(one, action) && covers(other, action)) expect(overlaps(role, other, 'control')).toBe(true);
        expect(overlaps(role, other, 'control')).toBe(overlaps({ ...role, actions: [other] }, one, 'control'));
        if (!one.includes('*')) expect(overlaps(role, other, 'control')).toBe(covers(other, one));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('built-in roles with known permissions', () => {
  it('are built-in roles that allow something', () => {
    const roles = rolesWithKnownPermissions();
    expect(roles.length).toBeGreaterThan(200);
    for (const id of roles) {
      expect(builtInRoleName(id), id).toBeDefined();
      const role = builtInPermissions(id);
      expect((role?.actions.length ?? 0) + (role?.dataActions.length ?? 0), id).toBeGreaterThan(0);
      for (const action of [...(role?.actions ?? []), ...(role?.dataActions ?? [])])
        expect(action).toMatch(/^[\w.*/:-]+$/);
    }
  });

  it('are found with any scope prefix', () => {
    const id = builtInRoleGuid('Storage Blob Data Reader') ?? '';
    const prefixed = `/subscriptions/x/providers/Microsoft.Authorization/roleDefinitions/${id.toUpperCase()}`;
    expect(builtInPermissions(prefixed)).toBe(builtInPermissions(id));
    expect(builtInPermissions('00000000-0000-0000-0000-000000000000')).toBeUndefined();
  });
});

describe('the least role', () => {
  it.each([
    [[`${blobs}/read`], ['Storage Blob Data Reader']],
    [['Microsoft.KeyVault/vaults/secrets/getSecret/action'], ['Key Vault Secrets User']],
    [['Microsoft.ServiceBus/namespaces/messages/send/action'], ['Azure Service Bus Data Sender']],
    [['Microsoft.ServiceBus/namespaces/messages/receive/action'], ['Azure Service Bus Data Receiver']],
    [['Microsoft.EventHub/namespaces/messages/send/action'], ['Azure Event Hubs Data Sender']],
    [['Microsoft.AppConfiguration/configurationStores/keyValues/read'], ['App Configuration Data Reader']],
    [
      ['Microsoft.KeyVault/vaults/secrets/getSecret/action', `${blobs}/read`],
      ['Key Vault Secrets User', 'Storage Blob Data Reader'],
    ],
  ])('for %s is %s', (needed, expected) => {
    expect(
      leastRoles(needed)
        ?.map(({ name }) => name)
        .sort(),
    ).toEqual(expected);
  });

  it('is one of the preferred where those suffice', () => {
    const preferred = ['Storage Blob Data Reader', 'Storage Blob Data Contributor', 'Storage Blob Data Owner'].map(
      name => builtInRoleGuid(name) ?? '',
    );
    expect(leastRoles([`${blobs}/read`, `${blobs}/write`], preferred)?.[0]?.name).toBe('Storage Blob Data Contributor');
    expect(rolesThatAllow([`${blobs}/read`], preferred).map(({ name }) => name)).toEqual([
      'Storage Blob Data Reader',
      'Storage Blob Data Contributor',
      'Storage Blob Data Owner',
    ]);
  });

  it('is unknown for an action of no known role', () => {
    expect(leastRoles(['Contoso.Toys/trains/read'])).toBeUndefined();
    expect(rolesThatAllow([])).toEqual([]);
  });
});
