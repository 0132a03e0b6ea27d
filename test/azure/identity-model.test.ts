import { describe, expect, it } from 'vitest';
import { readIdentityModel } from '../../src/azure/index.ts';
import type { AppModel, IdentityModel } from '../../src/core/rbac/identity-model.ts';
import { demoCompany, type DemoRoleAssignment, type DemoTenant, guidOf } from '../../src/demo/index.ts';
import { connectDemo, demoTenant } from './harness.ts';

function appOf(model: IdentityModel, name: string, slot?: string): AppModel {
  const found = model.apps.find(app => app.name === name && app.slot === slot);
  if (!found) throw new Error(`no ${name} ${slot ?? ''}`);
  return found;
}

describe('readIdentityModel', () => {
  it('reads apps, slots, identities and roles with two requests', async () => {
    const demo = await demoTenant();
    const model = await readIdentityModel(connectDemo(demo), demo.apps);
    expect(model.problems).toEqual([]);
    expect(Math.abs(Date.now() - Date.parse(model.asOf))).toBeLessThan(10_000);
    expect([...demo.requests]).toEqual([['POST /providers/Microsoft.ResourceGraph/resources 200', 2]]);
    expect(demo.sawCredential).toBe(false);
    expect(model.apps.map(({ name, slot }) => (slot ? `${name}/${slot}` : name))).toEqual([
      'demo-toys-shop',
      'demo-toys-shop/staging',
      'demo-toys-orders',
      'demo-toys-orders/staging',
      'demo-toys-invoices',
      'demo-toys-api',
      'demo-toys-api/canary',
      'demo-toys-api/staging',
      'demo-toys-mailer',
      'demo-toys-reports',
      'demo-toys-search',
      'demo-toys-worker',
      'demo-toys-legacy',
      'demo-toys-lab',
      'demo-toys-lab/canary',
      'demo-partner-portal',
      'demo-partner-portal/staging',
      'demo-partner-sync',
    ]);
    expect(appOf(model, 'demo-toys-mailer').kind).toBe('functionapp,linux');
    expect(appOf(model, 'demo-toys-legacy').identities).toEqual([]);
    const shop = appOf(model, 'demo-toys-shop');
    expect(shop).toMatchObject({ id: demo.apps[0], resourceGroup: 'rg-demo-shop', tenantId: demo.tenantId });
    expect(shop.identities).toMatchObject([
      { kind: 'systemAssigned', principalId: guidOf('principal demo-toys-shop') },
      {
        kind: 'userAssigned',
        principalId: guidOf('principal id-demo-shop'),
        clientId: guidOf('client id-demo-shop'),
        resourceId: expect.stringMatching(/userAssignedIdentities\/id-demo-shop$/) as string,
      },
    ]);
    expect(shop.identities[0]?.clientId).toBeUndefined();
  });

  it('tells role, level, inheritance and condition of every assignment', async () => {
    const demo = await demoTenant();
    const model = await readIdentityModel(connectDemo(demo), demo.apps);
    const roles = (app: AppModel, index = 0) =>
      app.identities[index]?.assignments
        ?.map(({ role, scopeLevel, inherited, condition }) => [role, scopeLevel, inherited, condition !== undefined])
        .sort();
    expect(roles(appOf(model, 'demo-toys-shop'))).toEqual([
      ['Azure Service Bus Data Sender', 'subResource', false, false],
      ['Key Vault Secrets User', 'resource', false, false],
      ['Reader', 'managementGroup', true, false],
      ['Storage Blob Data Contributor', 'resource', false, false],
    ]);
    expect(roles(appOf(model, 'demo-toys-shop', 'staging'))).toEqual([
      ['Contributor', 'resourceGroup', false, false],
      ['Storage Blob Data Reader', 'resource', false, true],
    ]);
    expect(roles(appOf(model, 'demo-toys-lab'))).toEqual([
      ['Owner', 'subscription', true, false],
      ['Storage Blob Data Reader', 'resource', false, false],
    ]);
    // A custom role, named by the query's join.
    expect(roles(appOf(model, 'demo-toys-orders'))).toContainEqual([
      'Demo Toys Orders Reader',
      'subResource',
      false,
      false,
    ]);
    // The same user-assigned identity holds the same roles wherever it is attached.
    expect(roles(appOf(model, 'demo-toys-shop'), 1)).toEqual(roles(appOf(model, 'demo-toys-invoices'), 0));
  });

  it('keeps to the named apps, in the order in which they were named', async () => {
    const demo = await demoTenant();
    const [shop = '', orders = ''] = demo.apps;
    const model = await readIdentityModel(connectDemo(demo), [orders, shop]);
    expect(model.apps.map(({ name, slot }) => [name, slot])).toEqual([
      ['demo-toys-orders', undefined],
      ['demo-toys-orders', 'staging'],
      ['demo-toys-shop', undefined],
      ['demo-toys-shop', 'staging'],
    ]);
  });

  it('leaves out apps that nobody named, whatever the answer holds', async () => {
    const demo = await demoTenant();
    const data = demoCompany().sites.map(({ id, identity }) => ({ id, identity }));
    demo.faults.set({ path: /ResourceGraph/, times: 1, body: { totalRecords: 9, count: 9, data } });
    const model = await readIdentityModel(connectDemo(demo), [demo.apps[1]!]);
    expect(model.apps.map(({ name, slot }) => [name, slot])).toEqual([
      ['demo-toys-orders', undefined],
      ['demo-toys-orders', 'staging'],
    ]);
  });

  it('reads a named slot alone', async () => {
    const demo = await demoTenant();
    const model = await readIdentityModel(connectDemo(demo), [`${demo.apps[0]!}/slots/staging`]);
    expect(model.apps.map(({ name, slot }) => [name, slot])).toEqual([['demo-toys-shop', 'staging']]);
    expect(model.problems).toEqual([]);
  });

  it('takes ids in any case, with or without slashes, once', async () => {
    const demo = await demoTenant();
    const id = demo.apps[0]!;
    const model = await readIdentityModel(connectDemo(demo), [id.toUpperCase(), id.slice(1), ` ${id}/ `, id]);
    expect(model.problems).toEqual([]);
    expect(model.apps.map(({ id: read }) => read)).toEqual([id, `${id}/slots/staging`]);
    expect(model.apps[0]?.identities[0]?.assignments).toHaveLength(4);
  });

  it('reads many pages', async () => {
    const demo = await demoTenant({ pageSize: 2 });
    const whole = await demoTenant();
    const model = await readIdentityModel(connectDemo(demo), demo.apps);
    const expected = await readIdentityModel(connectDemo(whole), whole.apps);
    expect(model.apps).toEqual(expected.apps);
    expect(model.problems).toEqual([]);
    expect(demo.requests.get('POST /providers/Microsoft.ResourceGraph/resources 200')).toBeGreaterThan(10);
  });

  it('needs no more requests for a thousand apps than for one, below the page size', async () => {
    const demo = await demoTenant({ tenant: largeTenant(300, 3) });
    const model = await readIdentityModel(connectDemo(demo), demo.apps);
    expect(model.apps).toHaveLength(300);
    expect(model.apps.every(app => app.identities[0]?.assignments?.length === 3)).toBe(true);
    expect([...demo.requests.values()]).toEqual([2]);
  });

  it('reports the apps first, then the roles', async () => {
    const demo = await demoTenant();
    const partial: IdentityModel[] = [];
    const model = await readIdentityModel(connectDemo(demo), demo.apps, { onProgress: each => partial.push(each) });
    expect(partial).toHaveLength(1);
    expect(partial[0]?.apps.map(({ id }) => id)).toEqual(model.apps.map(({ id }) => id));
    const identities = partial[0]?.apps.flatMap(app => app.identities) ?? [];
    expect(identities.length).toBeGreaterThan(0);
    expect(identities.every(({ assignments }) => assignments === undefined)).toBe(true);
  });

  it('asks once for the name of a role that neither the table nor the query knows', async () => {
    const company = demoCompany();
    const role = guidOf('role of nobody');
    const [first] = company.roleAssignments;
    const roleDefinitionId = `${first!.scope.split('/').slice(0, 3).join('/')}/providers/Microsoft.Authorization/roleDefinitions/${role}`;
    const extra: DemoRoleAssignment[] = [1, 2].map(n => ({ ...first!, guid: guidOf(`extra ${n}`), roleDefinitionId }));
    const demo = await demoTenant({ tenant: { ...company, roleAssignments: [...company.roleAssignments, ...extra] } });
    demo.faults.set({ path: /roleDefinitions/i, body: { name: role, properties: { roleName: 'Toy Tester' } } });
    const connection = connectDemo(demo);
    for (let run = 0; run < 2; run++) {
      const model = await readIdentityModel(connection, demo.apps);
      const named = model.apps[0]?.identities[0]?.assignments?.filter(({ roleDefinitionId: guid }) => guid === role);
      expect(named?.map(assignment => assignment.role)).toEqual(['Toy Tester', 'Toy Tester']);
    }
    const calls = [...demo.requests].filter(([path]) => /roleDefinitions/i.test(path));
    expect(calls).toEqual([[`GET ${roleDefinitionId.toLowerCase()} 200`, 1]]);
  });

  it('shows the GUID and says so when a role has no name any more', async () => {
    const company = demoCompany();
    const demo = await demoTenant({ tenant: { ...company, roleDefinitions: [] } });
    const model = await readIdentityModel(connectDemo(demo), demo.apps);
    const guid = guidOf('role Demo Toys Orders Reader');
    expect(appOf(model, 'demo-toys-orders').identities[0]?.assignments).toContainEqual(
      expect.objectContaining({ role: guid, roleDefinitionId: guid }),
    );
    expect(model.problems).toMatchObject([{ kind: 'notFound' }]);
  });
});

describe('odd answers', () => {
  it.each([
    ['null', null, [], []],
    ['absent', undefined, [], []],
    ['none', { type: 'None' }, [], []],
    ['null fields', { type: null, principalId: null, tenantId: null, userAssignedIdentities: null }, [], []],
    ['unknown type with a principal', { type: 'Telepathic', principalId: 'p1' }, ['systemAssigned'], ['malformed']],
    ['unknown type alone', { type: 'Telepathic' }, [], ['malformed']],
    ['a text', 'SystemAssigned', [], ['malformed']],
    ['no principal yet', { type: 'SystemAssigned' }, [], ['malformed']],
    ['different spelling', { type: 'systemassigned,userassigned', principalId: 'p1' }, ['systemAssigned'], []],
    [
      'a deleted user-assigned identity',
      { type: 'UserAssigned', userAssignedIdentities: { '/u/1': null, '/u/2': {}, '/u/3': { principalId: 'p3' } } },
      ['userAssigned'],
      ['notFound', 'notFound'],
    ],
  ])('identity: %s', async (_, identity, kinds, problems) => {
    const company = demoCompany();
    const site = { ...company.sites[0]!, identity, kind: null };
    const demo = await demoTenant({ tenant: { ...company, sites: [site] } });
    for (const forbidden of [false, true]) {
      if (forbidden) demo.faults.set({ path: /ResourceGraph/, status: 403 });
      const model = await readIdentityModel(connectDemo(demo), [site.id]);
      expect(model.apps).toHaveLength(1);
      expect(model.apps[0]?.kind).toBeUndefined();
      // App Service's client itself drops an identity that is no object.
      if (typeof identity === 'string' && forbidden) continue;
      expect(model.apps[0]?.identities.map(({ kind }) => kind)).toEqual(kinds);
      expect(model.problems.map(({ kind }) => kind)).toEqual([...(forbidden ? ['forbidden'] : []), ...problems]);
    }
  });

  it('skips an empty page and goes on', async () => {
    const demo = await demoTenant({ pageSize: 3 });
    const token = Buffer.from(JSON.stringify({ offset: 0 })).toString('base64url');
    const empty = { totalRecords: 9, count: 0, resultTruncated: 'false', data: [], facets: [], $skipToken: token };
    demo.faults.set({ path: /ResourceGraph/, times: 1, body: empty });
    const model = await readIdentityModel(connectDemo(demo), demo.apps);
    expect(model.apps).toHaveLength(18);
    expect(model.problems).toEqual([]);
  });

  it('does not turn in circles when the same page comes back', async () => {
    const demo = await demoTenant();
    const body = { totalRecords: 9, count: 0, resultTruncated: 'false', data: [], facets: [], $skipToken: 'again' };
    demo.faults.set({ path: /ResourceGraph/, body });
    const model = await readIdentityModel(connectDemo(demo), demo.apps);
    expect(model.problems).toMatchObject([{ kind: 'malformed' }]);
  });

  it('takes each app once when the same id comes in different case', async () => {
    const company = demoCompany();
    const site = company.sites[0]!;
    const twin = {
      ...site,
      id: site.id.replace('resourceGroups', 'resourcegroups').replace('Microsoft.Web', 'microsoft.web'),
    };
    const demo = await demoTenant({ tenant: { ...company, sites: [site, twin] } });
    const model = await readIdentityModel(connectDemo(demo), [site.id]);
    expect(model.apps).toHaveLength(1);
  });

  it('keeps the readable rows of an answer and counts the others', async () => {
    const demo = await demoTenant();
    const principal = guidOf('principal demo-toys-shop');
    const row = {
      id: '/x/roleAssignments/1',
      principalId: principal,
      scope: '/',
      roleDefinitionId: guidOf('r'),
      roleName: 'R',
    };
    const data = [null, 7, {}, { ...row, scope: null }, { ...row, condition: '' }];
    demo.faults.set({
      path: /ResourceGraph/,
      requestBody: /roleassignments/,
      body: { totalRecords: 5, count: 5, data },
    });
    const model = await readIdentityModel(connectDemo(demo), demo.apps);
    expect(model.apps[0]?.identities[0]?.assignments).toMatchObject([
      { role: 'R', scopeLevel: 'root', inherited: true },
    ]);
    expect(model.apps[0]?.identities[0]?.assignments?.[0]?.condition).toBeUndefined();
    expect(model.problems).toMatchObject([
      { kind: 'malformed', message: expect.stringContaining('2 role assignment') as string },
    ]);
  });

  it('refuses what is no App Service id and reads the rest', async () => {
    const demo = await demoTenant();
    const model = await readIdentityModel(connectDemo(demo), ['None', '', demo.apps[0]!, '/subscriptions/x']);
    expect(model.apps).toHaveLength(2);
    expect(model.problems.map(({ kind, scope }) => [kind, scope])).toEqual([
      ['malformed', 'None'],
      ['malformed', ''],
      ['malformed', '/subscriptions/x'],
    ]);
  });

  it('reads nothing for no apps', async () => {
    const demo = await demoTenant();
    const model = await readIdentityModel(connectDemo(demo), []);
    expect(model).toMatchObject({ apps: [], problems: [] });
    expect(demo.requests.size).toBe(0);
  });
});

function largeTenant(apps: number, assignmentsEach: number): DemoTenant {
  const company = demoCompany();
  const [template] = company.sites;
  const sites = Array.from({ length: apps }, (_, n) => ({
    ...template!,
    id: template!.id.replace(/[^/]+$/, `large-${n}`),
    identity: { type: 'SystemAssigned', principalId: guidOf(`large ${n}`) },
  }));
  const [assignment] = company.roleAssignments;
  const roleAssignments = sites.flatMap((_, n) =>
    Array.from({ length: assignmentsEach }, (__, m) => ({
      ...assignment!,
      guid: guidOf(`large ${n} ${m}`),
      principalId: guidOf(`large ${n}`),
    })),
  );
  return { ...company, sites, roleAssignments };
}
