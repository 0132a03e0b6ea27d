import { describe, expect, it } from 'vitest';
import { builtInRoleGuid } from '../../../src/core/rbac/builtin-roles.ts';
import type { AppModel, RoleAssignment, ScopeLevel } from '../../../src/core/rbac/identity-model.ts';
import type { Permissions } from '../../../src/core/rbac/permissions.ts';
import { excessOf, swapGaps } from '../../../src/core/rbac/privilege.ts';

function assignment(role: string, scopeLevel: ScopeLevel, more: Partial<RoleAssignment> = {}): RoleAssignment {
  const roleDefinitionId = builtInRoleGuid(role) ?? 'custom';
  return {
    id: `${role} ${scopeLevel}`,
    role,
    roleDefinitionId,
    scope: '/subscriptions/1',
    scopeLevel,
    inherited: false,
    ...more,
  };
}

const ids = (role: RoleAssignment): string[] => excessOf(role).map(({ id }) => id);

describe('excessive privilege', () => {
  it.each([
    ['Owner', 'subscription', ['rbac-owner', 'rbac-broad']],
    ['Owner', 'resource', ['rbac-owner', 'rbac-control-for-data']],
    ['User Access Administrator', 'resourceGroup', ['rbac-owner']],
    ['Role Based Access Control Administrator', 'resource', ['rbac-owner']],
    ['Contributor', 'subscription', ['rbac-broad']],
    ['Contributor', 'managementGroup', ['rbac-broad']],
    ['Contributor', 'resourceGroup', ['rbac-control-for-data']],
    ['Storage Account Contributor', 'resource', ['rbac-control-for-data']],
    ['Storage Account Key Operator Service Role', 'resource', ['rbac-control-for-data']],
    ['Website Contributor', 'resourceGroup', ['rbac-control-for-data']],
    ['Storage Blob Data Reader', 'subscription', ['rbac-data-wide']],
    ['Storage Blob Data Reader', 'resourceGroup', ['rbac-data-wide']],
    ['Storage Blob Data Owner', 'resource', []],
    ['Storage Blob Data Reader', 'subResource', []],
    ['Key Vault Secrets User', 'resource', []],
    ['Reader', 'subscription', []],
  ] as const)('%s on a %s: %j', (role, level, expected) => {
    expect(ids(assignment(role, level))).toEqual(expected);
  });

  it('is less under a condition', () => {
    const condition = '@Resource[…] StringEquals …';
    expect(ids(assignment('Role Based Access Control Administrator', 'resource', { condition }))).toEqual([]);
    expect(ids(assignment('Storage Blob Data Reader', 'subscription', { condition }))).toEqual([]);
  });

  it('is not claimed of a role whose permissions are unknown', () => {
    expect(ids(assignment('Toys Super Owner', 'subscription'))).toEqual([]);
  });

  it('is told of custom roles from what they allow', () => {
    const permissions: Permissions = {
      actions: ['Microsoft.Authorization/*'],
      notActions: [],
      dataActions: [],
      notDataActions: [],
    };
    const custom = assignment('Harmless Helper', 'resource');
    expect(excessOf(custom, () => permissions).map(({ id }) => id)).toEqual(['rbac-owner']);
    const without = { ...permissions, notActions: ['Microsoft.Authorization/roleAssignments/*'] };
    expect(excessOf(custom, () => without)).toEqual([]);
  });
});

describe('keys', () => {
  it('are in reach of a role where the scope has any', () => {
    const on = (type: string): string[] =>
      ids(assignment('Contributor', 'resource', { scope: `/subscriptions/1/resourceGroups/g/providers/${type}/x` }));
    expect(on('Microsoft.Storage/storageAccounts')).toEqual(['rbac-control-for-data']);
    expect(on('microsoft.servicebus/namespaces')).toEqual(['rbac-control-for-data']);
    expect(on('Microsoft.Network/virtualNetworks')).toEqual([]);
    expect(on('Microsoft.Storage/storageAccountsOfOthers')).toEqual([]);
  });
});

describe('swap safety', () => {
  const app = (assignments: readonly RoleAssignment[] | undefined): AppModel => ({
    id: '/subscriptions/1/resourceGroups/g/providers/Microsoft.Web/sites/s',
    name: 's',
    resourceGroup: 'g',
    subscriptionId: '1',
    identities: [{ kind: 'systemAssigned', principalId: 'p', ...(assignments ? { assignments } : {}) }],
  });
  const reader = assignment('Storage Blob Data Reader', 'resource', { scope: '/subscriptions/1/x' });
  const sender = assignment('Azure Service Bus Data Sender', 'resource', { scope: '/subscriptions/1/y' });

  it('names what production holds and the slot does not, in whatever case scopes are spelled', () => {
    const slot = app([{ ...reader, id: 'other', scope: reader.scope.toUpperCase() }]);
    expect(swapGaps(app([reader, sender]), slot)).toEqual([{ role: sender.role, scope: sender.scope }]);
    expect(swapGaps(slot, app([reader, sender]))).toEqual([]);
  });

  it('misses nothing where the slot holds as much: a wider role, or the role further up', () => {
    const above = (role: string, more: Partial<RoleAssignment> = {}): RoleAssignment =>
      assignment(role, 'subscription', { scope: '/subscriptions/1', ...more });
    const held = (own: RoleAssignment): string[] | undefined =>
      swapGaps(app([reader]), app([own]))?.map(({ role }) => role);
    expect(held(above('Storage Blob Data Reader'))).toEqual([]);
    expect(held(above('Storage Blob Data Owner'))).toEqual([]);
    expect(held(above('Storage Blob Data Owner', { scope: '/', scopeLevel: 'root' }))).toEqual([]);
    expect(held(above('Storage Blob Data Owner', { scope: '/subscriptions/2' }))).toEqual([reader.role]);
    expect(held(above('Storage Blob Data Owner', { condition: 'some' }))).toEqual([reader.role]);
    expect(held(above('Owner'))).toEqual([reader.role]);
    expect(held({ ...reader, scope: `${reader.scope}/below` })).toEqual([reader.role]);
  });

  it('is unknown while the roles of either are', () => {
    expect(swapGaps(app(undefined), app([]))).toBeUndefined();
    expect(swapGaps(app([reader]), app(undefined))).toBeUndefined();
  });
});
