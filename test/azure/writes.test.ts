import { describe, expect, it } from 'vitest';
import {
  assignRole,
  type AzureConnection,
  enableSystemIdentity,
  readIdentityModel,
  removeRoleAssignment,
} from '../../src/azure/index.ts';
import { builtInRoleGuid } from '../../src/core/rbac/builtin-roles.ts';
import type { AppModel } from '../../src/core/rbac/identity-model.ts';
import { grantCommand, roleGrant } from '../../src/core/rbac/role-grant.ts';
import type { DemoServer } from '../../src/demo/index.ts';
import { connectDemo, demoTenant } from './harness.ts';

const reader = builtInRoleGuid('Storage Blob Data Reader') ?? '';

async function appOf(demo: DemoServer, connection: AzureConnection, name: string, slot?: string): Promise<AppModel> {
  const { apps } = await readIdentityModel(connection, demo.apps);
  const found = apps.find(app => app.name === name && app.slot === slot);
  if (!found) throw new Error(`no ${name}`);
  return found;
}

const rolesOf = (app: AppModel, index = 0): string[] | undefined =>
  app.identities[index]?.assignments?.map(({ role }) => role).sort();

describe('turning on an identity', () => {
  it('gives an app without one a principal that roles can name after a while', async () => {
    const demo = await demoTenant();
    const connection = connectDemo(demo);
    const legacy = await appOf(demo, connection, 'demo-toys-legacy');
    expect(legacy.identities).toEqual([]);
    const principalId = await enableSystemIdentity(connection, legacy.id);
    expect(await enableSystemIdentity(connection, legacy.id)).toBe(principalId);
    const said: string[] = [];
    const grant = roleGrant(
      `/subscriptions/${legacy.subscriptionId}/resourceGroups/rg-demo-shared`,
      principalId,
      reader,
    );
    expect(await assignRole(connection, grant, { onProgress: what => said.push(what) })).toBe('assigned');
    expect(said).toEqual(Array(2).fill('Azure does not know the new identity yet; trying again'));
    const after = await appOf(demo, connection, 'demo-toys-legacy');
    expect(after.identities).toMatchObject([{ kind: 'systemAssigned', principalId }]);
    expect(rolesOf(after)).toEqual(['Storage Blob Data Reader']);
  });

  it('keeps user-assigned identities, of a slot as well', async () => {
    const demo = await demoTenant();
    const connection = connectDemo(demo);
    const before = await appOf(demo, connection, 'demo-toys-invoices');
    await enableSystemIdentity(connection, before.id);
    const after = await appOf(demo, connection, 'demo-toys-invoices');
    expect(after.identities.map(({ kind }) => kind)).toEqual(['systemAssigned', 'userAssigned', 'userAssigned']);
    const canary = await appOf(demo, connection, 'demo-toys-api', 'canary');
    await enableSystemIdentity(connection, canary.id);
    expect((await appOf(demo, connection, 'demo-toys-api', 'canary')).identities).toHaveLength(1);
  });

  it.each([
    [{ status: 403 }, 'forbidden', /Website Contributor/],
    [{ status: 409 }, 'unavailable', /another change/],
    [{ reset: true }, 'network', /not known/],
    [{ status: 404 }, 'notFound', /does not find/],
  ])('says what to do after %j', async (fault, kind, message) => {
    const demo = await demoTenant();
    const connection = connectDemo(demo);
    const legacy = await appOf(demo, connection, 'demo-toys-legacy');
    demo.faults.set({ path: /^PATCH/, ...fault });
    const failure = await enableSystemIdentity(connection, legacy.id).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'AzureReadError', problem: { kind } });
    expect((failure as Error).message).toMatch(message);
  });
});

describe('assigning a role', () => {
  it('assigns once, however often it is asked, and tells a role that is there already', async () => {
    const demo = await demoTenant();
    const connection = connectDemo(demo);
    const shop = await appOf(demo, connection, 'demo-toys-shop');
    const principalId = shop.identities[0]?.principalId ?? '';
    const scope =
      shop.identities[0]?.assignments?.find(({ role }) => role === 'Storage Blob Data Contributor')?.scope ?? '';
    const grant = roleGrant(scope, principalId, reader);
    expect(grant.roleDefinitionId).toMatch(
      /^\/subscriptions\/[^/]+\/providers\/Microsoft\.Authorization\/roleDefinitions\//,
    );
    expect(roleGrant(`${scope.toUpperCase()}/`, principalId.toUpperCase(), grant.roleDefinitionId).name).toBe(
      grant.name,
    );
    expect(await assignRole(connection, grant)).toBe('assigned');
    expect(await assignRole(connection, grant)).toBe('assigned');
    const roles = rolesOf(await appOf(demo, connection, 'demo-toys-shop'));
    expect(roles?.filter(role => role === 'Storage Blob Data Reader')).toHaveLength(1);
    const again = roleGrant(scope, principalId, builtInRoleGuid('Storage Blob Data Contributor') ?? '');
    expect(await assignRole(connection, again)).toBe('exists');
    expect(grantCommand(grant).join(' ')).toContain(`--assignee-object-id ${principalId}`);
  });

  it.each([
    [{ status: 403 }, 'forbidden', /Role Based Access Control Administrator/],
    [{ status: 429, retryAfter: 60 }, 'throttled', /60 s/],
    [{ status: 503 }, 'unavailable', /not known/],
    [{ claims: true }, 'claimsChallenge', /Sign in again/],
  ])('says what to do after %j', async (fault, kind, message) => {
    const demo = await demoTenant();
    const connection = connectDemo(demo);
    const shop = await appOf(demo, connection, 'demo-toys-shop');
    demo.faults.set({ path: /^PUT/, ...fault });
    const grant = roleGrant(shop.id, shop.identities[0]?.principalId ?? '', reader);
    const failure = await assignRole(connection, grant).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'AzureReadError', problem: { kind } });
    expect((failure as Error).message).toMatch(message);
  });

  it('stops within 100 ms when it is cancelled', async () => {
    const demo = await demoTenant();
    const connection = connectDemo(demo);
    const shop = await appOf(demo, connection, 'demo-toys-shop');
    demo.faults.set({ path: /^PUT/, delayMilliseconds: 3000 });
    const abort = new AbortController();
    const grant = roleGrant(shop.id, shop.identities[0]?.principalId ?? '', reader);
    const done = assignRole(connection, grant, { signal: abort.signal }).catch((error: unknown) => error);
    setTimeout(() => abort.abort(), 20);
    const started = performance.now();
    expect(await done).toMatchObject({ problem: { kind: 'cancelled' } });
    expect(performance.now() - started).toBeLessThan(120);
  });
});

describe('removing a role assignment', () => {
  it('removes it, and is content when it is gone', async () => {
    const demo = await demoTenant();
    const connection = connectDemo(demo);
    const before = await appOf(demo, connection, 'demo-toys-lab');
    const owner = before.identities[0]?.assignments?.find(({ role }) => role === 'Owner')?.id ?? '';
    await removeRoleAssignment(connection, owner);
    await removeRoleAssignment(connection, owner);
    expect(rolesOf(await appOf(demo, connection, 'demo-toys-lab'))).toEqual(['Storage Blob Data Reader']);
  });
});
