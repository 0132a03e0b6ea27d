import { describe, expect, it } from 'vitest';
import { demoTenant } from './harness.ts';

async function get(url: string): Promise<{ status: number; headers: Headers; body: Record<string, unknown> }> {
  const response = await fetch(url);
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
}

async function query(url: string, body: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${url}/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('the demo tenant', () => {
  it('says that it is a demo', async () => {
    const demo = await demoTenant();
    expect(demo.displayName).toBe('Keyless demo tenant');
    const { headers, body } = await get(`${demo.url}/tenants?api-version=2022-12-01`);
    expect(headers.get('server')).toBe('Keyless demo tenant');
    expect(headers.get('x-ms-request-id')).toMatch(/^[\w-]{36}$/);
    expect(body.value).toMatchObject([
      { displayName: 'Keyless demo tenant', tenantId: demo.tenantId },
      { displayName: 'Keyless demo partner tenant' },
    ]);
    const subscriptions = await get(`${demo.url}/subscriptions?api-version=2022-12-01`);
    for (const { displayName } of subscriptions.body.value as { displayName: string }[]) {
      expect(displayName).toContain('(demo)');
    }
  });

  it('listens on the loopback interface alone and gives the same ids on every start', async () => {
    const [first, second] = [await demoTenant(), await demoTenant()];
    expect(new URL(first.url).hostname).toBe('127.0.0.1');
    expect(first.url).not.toBe(second.url);
    expect(first.apps).toEqual(second.apps);
    expect(first.apps.length).toBeGreaterThanOrEqual(6);
  });

  it.each([
    ['/subscriptions', 400, 'MissingApiVersionParameter'],
    ['/subscriptions?api-version=latest', 400, 'InvalidApiVersionParameter'],
    ['/subscriptions/none?api-version=2022-12-01', 404, 'SubscriptionNotFound'],
    ['/nowhere?api-version=2022-12-01', 404, 'InvalidResourceType'],
    ['/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01', 405, 'MethodNotAllowed'],
  ])('answers %s with %d %s', async (path, status, code) => {
    const demo = await demoTenant();
    const response = await get(demo.url + path);
    expect(response.status).toBe(status);
    expect(response.body).toMatchObject({ error: { code } });
  });

  it('tells a missing app from a missing resource group', async () => {
    const demo = await demoTenant();
    const app = demo.apps[0]!;
    const missing = await get(`${demo.url}${app}-missing?api-version=2025-05-01`);
    expect(missing).toMatchObject({ status: 404, body: { error: { code: 'ResourceNotFound' } } });
    const group = await get(`${demo.url}${app.replace('rg-demo-shop', 'rg-none')}?api-version=2025-05-01`);
    expect(group).toMatchObject({ status: 404, body: { error: { code: 'ResourceGroupNotFound' } } });
  });

  it('serves a site, its slots and its identities under ids of any case', async () => {
    const demo = await demoTenant();
    const app = demo.apps[0]!.toUpperCase().replace('/SUBSCRIPTIONS', '/subscriptions');
    const site = await get(`${demo.url}${app}?api-version=2025-05-01`);
    expect(site.status).toBe(200);
    expect(site.body).toMatchObject({ id: demo.apps[0], type: 'Microsoft.Web/sites', kind: 'app,linux' });
    const slots = await get(`${demo.url}${app}/slots?api-version=2025-05-01`);
    expect(slots.body.value).toMatchObject([{ name: 'demo-toys-shop/staging', type: 'Microsoft.Web/sites/slots' }]);
    const { userAssignedIdentities, principalId } = site.body.identity as {
      principalId: string;
      userAssignedIdentities: Record<string, { principalId: string; clientId: string }>;
    };
    const [[id, facts]] = Object.entries(userAssignedIdentities) as [
      [string, { principalId: string; clientId: string }],
    ];
    const userAssigned = await get(`${demo.url}${id}?api-version=2024-11-30`);
    expect(userAssigned.body.properties).toMatchObject(facts);
    const own = await get(
      `${demo.url}${app}/providers/Microsoft.ManagedIdentity/identities/default?api-version=2024-11-30`,
    );
    expect(own.body.properties).toMatchObject({ principalId });
  });

  it('pages with links that lead through the whole list', async () => {
    const demo = await demoTenant({ pageSize: 2 });
    const group = demo.apps[0]!.slice(0, demo.apps[0]!.lastIndexOf('/'));
    const names: string[] = [];
    let link: string | undefined = `${demo.url}${group}?includeSlots=true&api-version=2025-05-01`;
    let pages = 0;
    while (link) {
      const { body } = await get(link);
      names.push(...(body.value as { name: string }[]).map(({ name }) => name));
      link = body.nextLink as string | undefined;
      pages++;
    }
    expect(pages).toBe(4);
    expect(new Set(names).size).toBe(8);
  });

  it('filters role assignments by principal, and by scope', async () => {
    const demo = await demoTenant();
    const app = demo.apps[0]!;
    const { body } = await get(`${demo.url}${app}?api-version=2025-05-01`);
    const { principalId } = body.identity as { principalId: string };
    const [, , subscription = ''] = app.split('/');
    const list = async (
      scope: string,
      filter: string,
    ): Promise<{ properties: { scope: string; principalId: string } }[]> => {
      const path = `${scope}/providers/Microsoft.Authorization/roleAssignments`;
      const response = await get(`${demo.url}${path}?api-version=2022-04-01&$filter=${encodeURIComponent(filter)}`);
      return response.body.value as { properties: { scope: string; principalId: string } }[];
    };
    const direct = await list(`/subscriptions/${subscription}`, `principalId eq '${principalId}'`);
    expect(direct).toHaveLength(4);
    expect(direct.every(({ properties }) => properties.principalId === principalId)).toBe(true);
    expect(await list(`/subscriptions/${subscription}`, `assignedTo('${principalId}')`)).toHaveLength(4);
    const atScope = await list(app, 'atScope()');
    expect(atScope.map(({ properties }) => properties.scope).sort()).toEqual([
      '/providers/Microsoft.Management/managementGroups/demo-toys',
      `/subscriptions/${subscription}`,
      ...Array.from({ length: 4 }, () => expect.stringMatching(/rg-demo-shop$/) as string),
    ]);
    const refused = await get(
      `${demo.url}/subscriptions/${subscription}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01&$filter=x`,
    );
    expect(refused.status).toBe(400);
  });
});

describe('its Resource Graph', () => {
  it('runs queries and pages them by skip token', async () => {
    const demo = await demoTenant();
    const text = "resources | where type =~ 'Microsoft.Web/sites' | project id, name | order by name asc";
    const first = await query(demo.url, { query: text, options: { $top: 8 } });
    expect(first.body).toMatchObject({ totalRecords: 12, count: 8 });
    const second = await query(demo.url, { query: text, options: { $top: 8, $skipToken: first.body.$skipToken } });
    expect(second.body).toMatchObject({ totalRecords: 12, count: 4 });
    expect(second.body.$skipToken).toBeUndefined();
    const rows = [...(first.body.data as { name: string }[]), ...(second.body.data as { name: string }[])];
    const names = rows.map(({ name }) => name);
    expect(names).toEqual([...names].sort());
    expect(names).toHaveLength(12);
  });

  it('keeps to the subscriptions asked for', async () => {
    const demo = await demoTenant();
    const [, , lab = ''] = demo.apps.find(id => id.includes('lab'))!.split('/');
    const { body } = await query(demo.url, { query: 'resources | where type contains "sites"', subscriptions: [lab] });
    expect(body.data).toHaveLength(2);
  });

  it.each([
    [{}, 'InvalidPayload'],
    [{ query: 'resources', options: { $top: 5000 } }, 'InvalidPayload'],
    [{ query: 'resources', options: { $skipToken: 'nonsense' } }, 'InvalidPayload'],
    [{ query: 'nothing' }, 'InvalidQuery'],
    [{ query: 'resources | summarise' }, 'InvalidQuery'],
    [{ query: 'resources | where (' }, 'InvalidQuery'],
    [{ query: 'resources | where nosuch == 1' }, 'InvalidQuery'],
  ])('refuses %j as %s', async (body, code) => {
    const demo = await demoTenant();
    const response = await query(demo.url, body);
    expect(response.status).toBe(400);
    expect(response.body).toMatchObject({ error: { code: 'BadRequest', details: [{ code }] } });
  });
});
