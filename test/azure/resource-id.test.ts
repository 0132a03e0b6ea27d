import { describe, expect, it } from 'vitest';
import { builtInRoleGuid, builtInRoleName } from '../../src/core/rbac/builtin-roles.ts';
import {
  isInheritedBy,
  normalizeResourceId,
  parseSiteId,
  roleDefinitionGuid,
  sameResource,
  scopeLevel,
} from '../../src/core/rbac/resource-id.ts';

const site = '/subscriptions/s1/resourceGroups/rg-shop/providers/Microsoft.Web/sites/shop';

describe('parseSiteId', () => {
  it.each([
    [site, { subscriptionId: 's1', resourceGroup: 'rg-shop', site: 'shop' }],
    [site + '/slots/staging', { subscriptionId: 's1', resourceGroup: 'rg-shop', site: 'shop', slot: 'staging' }],
    [site.slice(1).toUpperCase() + '/', { subscriptionId: 'S1', resourceGroup: 'RG-SHOP', site: 'SHOP' }],
    [`  ${site}\n`, { subscriptionId: 's1', resourceGroup: 'rg-shop', site: 'shop' }],
  ])('reads %s', (id, parts) => {
    expect(parseSiteId(id)).toEqual(parts);
  });

  it.each([
    '',
    '/',
    'shop',
    'None',
    '/subscriptions/s1',
    '/subscriptions/s1/resourceGroups/rg/providers/Microsoft.Web/serverfarms/plan',
    '/subscriptions/s1/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/st',
    site + '/config/web',
    site + '/slots/',
    '/subscriptions//resourceGroups/rg/providers/Microsoft.Web/sites/shop',
  ])('takes %s for no App Service', id => {
    expect(parseSiteId(id)).toBeUndefined();
  });
});

describe('resource ids', () => {
  it.each([
    ['/Subscriptions/S/', '/subscriptions/s'],
    ['subscriptions/s', '/subscriptions/s'],
    ['//subscriptions/s//', '/subscriptions/s'],
    ['/', '/'],
  ])('%s is normalized to %s', (id, normal) => {
    expect(normalizeResourceId(id)).toBe(normal);
  });

  it('are the same whatever their case and slashes', () => {
    expect(sameResource(site, site.slice(1).toUpperCase() + '/')).toBe(true);
    expect(sameResource(site, site + '2')).toBe(false);
  });
});

describe('scopeLevel', () => {
  it.each([
    ['/', 'root'],
    ['', 'root'],
    ['/providers/Microsoft.Management/managementGroups/corp', 'managementGroup'],
    ['/subscriptions/s1', 'subscription'],
    ['subscriptions/s1/', 'subscription'],
    ['/subscriptions/s1/resourceGroups/rg', 'resourceGroup'],
    ['/SUBSCRIPTIONS/s1/RESOURCEGROUPS/rg', 'resourceGroup'],
    [site, 'resource'],
    [site + '/slots/staging', 'subResource'],
    ['/subscriptions/s1/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/st', 'resource'],
    [
      '/subscriptions/s1/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/st/blobServices/default/containers/c',
      'subResource',
    ],
    ['/subscriptions/s1/providers/Microsoft.Authorization/policyAssignments/p', 'resource'],
    ['/subscriptions', 'unknown'],
    ['/subscriptions/s1/resourceGroups', 'unknown'],
    ['/subscriptions/s1/resourceGroups/rg/providers/Microsoft.Web', 'unknown'],
    ['/subscriptions/s1/resourceGroups/rg/providers/Microsoft.Web/sites', 'unknown'],
    ['/providers/Microsoft.Management/managementGroups', 'unknown'],
    ['nonsense', 'unknown'],
  ])('%s is %s', (scope, level) => {
    expect(scopeLevel(scope)).toBe(level);
  });
});

describe('isInheritedBy', () => {
  it.each([
    ['/', true],
    ['/providers/Microsoft.Management/managementGroups/corp', true],
    ['/subscriptions/S1', true],
    ['/subscriptions/s1/', true],
    ['/subscriptions/s', false],
    ['/subscriptions/s2', false],
    ['/subscriptions/s1/resourceGroups/rg-shop', false],
    [site, false],
    ['/subscriptions/s1/resourceGroups/rg-shop/providers/Microsoft.Storage/storageAccounts/st', false],
  ])('%s: %s', (scope, inherited) => {
    expect(isInheritedBy(scope, site)).toBe(inherited);
  });
});

describe('built-in roles', () => {
  const guid = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe';

  it('are found whatever prefix the role definition id carries', () => {
    for (const id of [guid, guid.toUpperCase(), `/providers/Microsoft.Authorization/roleDefinitions/${guid}`]) {
      expect(builtInRoleName(id)).toBe('Storage Blob Data Contributor');
      expect(roleDefinitionGuid(id)).toBe(guid);
    }
    expect(builtInRoleName(`/subscriptions/s1/providers/Microsoft.Authorization/roleDefinitions/${guid}`)).toBe(
      'Storage Blob Data Contributor',
    );
  });

  it('are not guessed', () => {
    expect(builtInRoleName('constructor')).toBeUndefined();
    expect(builtInRoleName('00000000-0000-0000-0000-000000000000')).toBeUndefined();
    expect(builtInRoleGuid('No such role')).toBeUndefined();
  });
});
