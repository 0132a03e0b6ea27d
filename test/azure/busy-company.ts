import { demoCompany, type DemoRoleAssignment, type DemoTenant, guidOf } from '../../src/demo/index.ts';

/** The sample company, with so many of everything around its first app: slots, roles, groups' roles, settings, … */
export function busyCompany(many: number): DemoTenant {
  const company = demoCompany();
  const times = <T>(make: (n: number) => T): T[] => Array.from({ length: many }, (_, n) => make(n));
  const [shop] = company.sites;
  const identity = shop?.identity as {
    readonly principalId: string;
    readonly userAssignedIdentities: Readonly<Record<string, unknown>>;
  };
  const [userAssigned = ''] = Object.keys(identity.userAssignedIdentities);
  const custom = company.roleDefinitions[0]?.guid ?? '';
  const template = company.roleAssignments.find(each => each.principalId === identity.principalId);
  if (!shop || !template) throw new Error('the sample company has no shop');
  const subscription = shop.id.split('/').slice(0, 3).join('/');
  const group = shop.id.split('/').slice(0, 5).join('/');
  const held = (what: string, n: number, principalId = identity.principalId): DemoRoleAssignment => ({
    ...template,
    guid: guidOf(`${what} ${n}`),
    scope: `${group}/providers/Microsoft.Storage/storageAccounts/st${what}${n}`,
    principalId,
  });
  const toVault = (n: number): string => `@Microsoft.KeyVault(VaultName=kv;SecretName=s${n})`;
  const crowd = guidOf('group of many roles');
  return {
    ...company,
    sites: [
      {
        ...shop,
        details: {
          ...shop.details,
          appSettings: { ...shop.details?.appSettings, ...Object.fromEntries(times(n => [`Setting${n}`, toVault(n)])) },
          connectionStrings: Object.fromEntries(times(n => [`Db${n}`, { type: 'Custom', value: toVault(n) }])),
        },
      },
      ...times(n => ({ ...shop, id: `${shop.id}/slots/slot${n}`, identity: null })),
      ...company.sites.slice(2),
    ],
    roleAssignments: [
      ...company.roleAssignments,
      ...times(n => held('own', n)),
      ...times(n => held('group', n, crowd)),
      {
        ...held('custom', 0),
        roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${custom}`,
      },
    ],
    groups: [...(company.groups ?? []), { principalId: crowd, displayName: 'Crowd', members: [identity.principalId] }],
    eligibleRoles: times(n => held('eligible', n)),
    denyAssignments: times(n => ({
      guid: guidOf(`deny ${n}`),
      name: `Denial ${n}`,
      scope: group,
      actions: [`*/delete${n}`],
      dataActions: [],
      principals: [{ id: identity.principalId, type: 'ServicePrincipal' }],
      excludePrincipals: [],
    })),
    federatedCredentials: times(n => ({
      identityId: userAssigned,
      name: `credential${n}`,
      issuer: 'https://token.actions.githubusercontent.com',
      subject: `repo:demo/shop:environment:e${n}`,
    })),
    vaults: times(n => ({
      id: `${group}/providers/Microsoft.KeyVault/vaults/kv${n}`,
      location: 'westeurope',
      enableRbacAuthorization: false,
      accessPolicies: [{ objectId: identity.principalId, permissions: { secrets: ['Get'] } }],
    })),
    cosmosAccounts: times(n => ({
      id: `${group}/providers/Microsoft.DocumentDB/databaseAccounts/cosmos${n}`,
      location: 'westeurope',
      // The pages of one account's roles, and those of the accounts.
      roleAssignments: Array.from({ length: n === 0 ? many : 1 }, (_, m) => ({
        guid: guidOf(`cosmos ${n} ${m}`),
        principalId: identity.principalId,
        roleDefinition: '00000000-0000-0000-0000-000000000001',
        below: `/dbs/db${m}`,
      })),
    })),
    otherResources: times(n => ({
      id: `${group}/providers/Microsoft.Storage/storageAccounts/other${n}`,
      type: 'microsoft.storage/storageaccounts',
      location: 'westeurope',
      identity: { type: 'UserAssigned', userAssignedIdentities: { [userAssigned]: {} } },
    })),
  };
}
