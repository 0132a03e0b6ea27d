import { describe, expect, it } from 'vitest';
import { type AppChoice, AzureReadError, listApps, type ListAppsOptions } from '../../src/azure/index.ts';
import type { DemoServer } from '../../src/demo/index.ts';
import { connectDemo, demoTenant } from './harness.ts';

async function list(demo: DemoServer, options?: ListAppsOptions): Promise<AppChoice[]> {
  const apps: AppChoice[] = [];
  for await (const app of listApps(connectDemo(demo), options)) apps.push(app);
  return apps;
}

describe('listApps', () => {
  it('lists apps and slots of all subscriptions, page by page', async () => {
    const demo = await demoTenant({ pageSize: 2 });
    const apps = await list(demo);
    expect(apps).toHaveLength(18);
    expect(new Set(apps.map(({ subscriptionId }) => subscriptionId)).size).toBe(3);
    expect(
      apps
        .filter(({ slot }) => slot)
        .map(({ name, slot }) => `${name}/${slot!}`)
        .sort(),
    ).toEqual([
      'demo-partner-portal/staging',
      'demo-toys-api/canary',
      'demo-toys-api/staging',
      'demo-toys-lab/canary',
      'demo-toys-orders/staging',
      'demo-toys-shop/staging',
    ]);
    expect(apps.find(({ id }) => id === demo.apps[0])).toEqual({
      id: demo.apps[0],
      name: 'demo-toys-shop',
      kind: 'app,linux',
      location: 'westeurope',
      resourceGroup: 'rg-demo-shop',
      subscriptionId: demo.apps[0]!.split('/')[2],
      tags: { purpose: 'demo' },
    });
  });

  it.each([
    ['MAILER', 1],
    ['rg-demo-lab', 2],
    ['  shop ', 8],
    ["'; drop", 0],
    ['\\', 0],
  ])('narrows to "%s"', async (query, count) => {
    const demo = await demoTenant();
    expect(await list(demo, { query })).toHaveLength(count);
    demo.faults.set({ path: /ResourceGraph/, status: 403 });
    const withoutSlots = (await list(demo, { query })).length;
    expect(withoutSlots).toBeLessThanOrEqual(count);
    expect(withoutSlots > 0).toBe(count > 0);
  });

  it('lists subscription by subscription where Resource Graph is forbidden', async () => {
    const demo = await demoTenant({ pageSize: 1 });
    demo.faults.set({ path: /ResourceGraph/, status: 403 });
    expect((await list(demo)).map(({ id }) => id)).toEqual(demo.apps);
  });

  it.each([
    [{ status: 401 }, 'notSignedIn'],
    [{ status: 500 }, 'unavailable'],
    [{ malformed: true }, 'malformed'],
    [{ reset: true }, 'network'],
  ])('throws the problem for %j', async (effect, kind) => {
    const demo = await demoTenant();
    demo.faults.set({ path: /ResourceGraph/, ...effect });
    const error: unknown = await list(demo).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AzureReadError);
    expect(error).toMatchObject({ problem: { kind } });
  });

  it('throws the problem when both ways are closed', async () => {
    const demo = await demoTenant();
    demo.faults.set({ path: /./, status: 403 });
    await expect(list(demo)).rejects.toMatchObject({ problem: { kind: 'forbidden' } });
  });

  it('stops within 100 ms of its cancellation', async () => {
    const demo = await demoTenant();
    demo.faults.set({ path: /ResourceGraph/, stall: true });
    const controller = new AbortController();
    const listing = list(demo, { signal: controller.signal });
    await new Promise(resolve => setTimeout(resolve, 50));
    const start = performance.now();
    controller.abort();
    await expect(listing).rejects.toMatchObject({ problem: { kind: 'cancelled' } });
    expect(performance.now() - start).toBeLessThan(100);
  });
});
