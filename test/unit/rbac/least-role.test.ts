import { describe, expect, it } from 'vitest';
import { builtInRoleName } from '../../../src/core/rbac/builtin-roles.ts';
import { type AppRole, rolesForScope } from '../../../src/core/rbac/least-role.ts';
import { includes } from '../../../src/core/rbac/permissions.ts';
import { builtInPermissions, rolesWithKnownPermissions } from '../../../src/core/rbac/role-permissions.ts';
import { services } from '../../../src/core/services/catalogue.generated.ts';

const group = '/subscriptions/s/resourceGroups/g';
const forApps: readonly AppRole[] = services.flatMap(({ roles, keysOff }) =>
  roles.map(({ id }) => ({ id, ...(keysOff ? { resourceType: keysOff.resourceType } : {}) })),
);
const offered = (resource: string): string[] =>
  rolesForScope(`${group}/providers/${resource}`, forApps).meant.map(({ name }) => name);

describe('the roles that are offered for a scope', () => {
  it.each<[string, readonly string[]]>([
    [
      'Microsoft.ServiceBus/namespaces/x',
      ['Azure Service Bus Data Receiver', 'Azure Service Bus Data Sender', 'Azure Service Bus Data Owner'],
    ],
    [
      'microsoft.servicebus/namespaces/x/queues/q',
      ['Azure Service Bus Data Receiver', 'Azure Service Bus Data Sender', 'Azure Service Bus Data Owner'],
    ],
    [
      'Microsoft.EventHub/namespaces/x',
      ['Azure Event Hubs Data Receiver', 'Azure Event Hubs Data Sender', 'Azure Event Hubs Data Owner'],
    ],
    [
      'Microsoft.Storage/storageAccounts/x/blobServices/default/containers/c',
      ['Storage Blob Data Reader', 'Storage Blob Data Contributor', 'Storage Blob Data Owner'],
    ],
    ['Microsoft.ContainerRegistry/registries/x', ['AcrPull', 'AcrPush']],
    ['Microsoft.EventGrid/topics/x', ['EventGrid Data Sender', 'EventGrid Data Receiver']],
    ['Microsoft.Network/virtualNetworks/x', []],
  ])('for %s fit it, the least first', (resource, names) => {
    expect(offered(resource)).toEqual(names);
  });

  it('never put a role before one that allows less', () => {
    const order = rolesForScope(group, forApps);
    const position = new Map([...order.meant].map(({ id }, i) => [id, i]));
    const excess = new Map([...order.meant, ...order.others].map(role => [role.id, role.excess]));
    let pairs = 0;
    for (const wider of excess.keys()) {
      for (const less of excess.keys()) {
        const [a, b] = [builtInPermissions(wider), builtInPermissions(less)];
        if (wider === less || !a || !b || !includes(a, b) || includes(b, a)) continue;
        pairs++;
        expect(
          excess.get(wider),
          `${builtInRoleName(wider) ?? ''} and ${builtInRoleName(less) ?? ''}`,
        ).toBeGreaterThanOrEqual(excess.get(less) ?? 0);
      }
    }
    expect(pairs).toBeGreaterThan(100);
    expect(position.size).toBeGreaterThan(30);
  });
});

describe('a role that includes another', () => {
  const role = (name: string) => {
    const id = rolesWithKnownPermissions().find(each => builtInRoleName(each) === name);
    return builtInPermissions(id ?? '')!;
  };

  it.each([
    ['Owner', 'Contributor', true],
    ['Contributor', 'Owner', false],
    ['Contributor', 'Reader', true],
    ['Storage Blob Data Owner', 'Storage Blob Data Reader', true],
    ['Storage Blob Data Reader', 'Storage Blob Data Contributor', false],
    ['Owner', 'Storage Blob Data Reader', false],
  ])('%s and %s: %s', (wider, less, expected) => {
    expect(includes(role(wider), role(less))).toBe(expected);
  });
});
