import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { createVSIX } from '@vscode/vsce';
import { generate } from 'selfsigned';
import { parseSiteId } from '../../../src/core/rbac/resource-id.ts';
import { temporaryFolder } from '../../../src/dev/temporary.ts';
import { demoCompany, type DemoServer, startDemoTenant } from '../../../src/demo/index.ts';
import { openOwnWorkbench, openSideBar, patience, screenshot, type Workbench, widenSideBar } from './workbench.ts';

const company = demoCompany();
const home = company.tenantId;
const partner = company.otherTenants?.[0]?.tenantId ?? '';
const ada = { id: `ada.${home}`, label: 'ada@demo-toys.example' };
const tenantOf = (subscriptionId: string | undefined): string =>
  company.subscriptions.find(each => each.subscriptionId === subscriptionId)?.tenantId ?? home;

/** Milliseconds for a server of the test's own and what is installed in it. */
const ownServer = 180_000;

describe('Signing in', () => {
  let demos: ReadonlyMap<string, DemoServer>;
  let azure: Server;
  let workbench: Workbench;
  let sideBar: Locator;
  /** What each request to Azure carried. */
  const received: { readonly path: string; readonly authorization: string | undefined }[] = [];

  before(async function () {
    this.timeout(ownServer);
    demos = new Map(
      await Promise.all(
        [home, partner].map(async tenantId => {
          const sites = company.sites.filter(({ id }) => tenantOf(parseSiteId(id)?.subscriptionId) === tenantId);
          return [tenantId, await startDemoTenant({ tenant: { ...company, sites } })] as const;
        }),
      ),
    );
    const folder = temporaryFolder('sign-in');
    const provider = join(folder, 'provider.vsix');
    const options = { allowMissingRepository: true, skipLicense: true, dependencies: false };
    await createVSIX({
      ...options,
      cwd: join(import.meta.dirname, 'stand-ins', 'microsoft-accounts'),
      packagePath: provider,
    });
    const certificate = await generate([{ name: 'commonName', value: 'localhost' }], {
      extensions: [
        { name: 'basicConstraints', cA: true },
        { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
      ],
    });
    await writeFile(join(folder, 'azure.pem'), certificate.cert);
    azure = createServer({ key: certificate.private, cert: certificate.cert }, (request, response) => {
      void answer(request.method ?? 'GET', request.url ?? '/', request.headers.authorization, request).then(
        ({ status, headers, body }) => response.writeHead(status, headers).end(body),
      );
    });
    azure.listen(0, '127.0.0.1');
    await once(azure, 'listening');
    const { port } = azure.address() as AddressInfo;
    const linked = [home, partner].map(tenantId => demos.get(tenantId)?.apps[0]);
    workbench = await openOwnWorkbench(
      { '.vscode/settings.json': JSON.stringify({ 'keyless.linkedApps': linked }) },
      {
        others: [provider],
        userSettings: {
          'microsoft-sovereign-cloud.environment': 'custom',
          'microsoft-sovereign-cloud.customEnvironment': { resourceManagerEndpointUrl: `https://localhost:${port}` },
        },
        env: { NODE_EXTRA_CA_CERTS: join(folder, 'azure.pem'), KEYLESS_TEST_ACCOUNTS: JSON.stringify([ada]) },
      },
    );
    // Before that VS Code would wait for its own provider, which wants more settings.
    await workbench.page.locator('.part.statusbar').getByText('Accounts are ready').waitFor();
    sideBar = await openSideBar(workbench, 'Keyless');
    await widenSideBar(workbench, 560);
  });

  after(async () => {
    azure.close();
    for (const demo of demos.values()) await demo.close();
    await workbench.close();
  });

  /** Azure Resource Manager as two tenants see it: a token opens its own tenant, and none tells which one is wanted. */
  async function answer(
    method: string,
    path: string,
    authorization: string | undefined,
    body: AsyncIterable<Buffer>,
  ): Promise<{ status: number; headers: Record<string, string>; body: string }> {
    received.push({ path, authorization });
    const chunks: Buffer[] = [];
    for await (const chunk of body) chunks.push(chunk);
    const json = { 'Content-Type': 'application/json' };
    const subscriptionId = /^\/subscriptions\/([^/?]+)/.exec(path)?.[1];
    const tenant = authorization?.split(' ').at(-1);
    if (tenant === undefined) {
      const wanted = `Bearer authorization_uri="https://login.windows.net/${tenantOf(subscriptionId)}", error="invalid_token"`;
      return { status: 401, headers: { ...json, 'WWW-Authenticate': wanted }, body: '{}' };
    }
    if (path.startsWith('/tenants?')) {
      const value = [
        { tenantId: home, displayName: company.displayName },
        { tenantId: partner, displayName: company.otherTenants?.[0]?.displayName },
      ];
      return { status: 200, headers: json, body: JSON.stringify({ value }) };
    }
    const response = await fetch(`${demos.get(tenant)?.url ?? ''}${path}`, {
      method,
      headers: json,
      ...(chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}),
    });
    return { status: response.status, headers: json, body: await response.text() };
  }

  const rows = (): Locator => sideBar.locator('.monaco-list-row');
  const row = (text: string): Locator => rows().filter({ hasText: text }).first();

  it('asks for nothing before a click, and says who is not signed in', async () => {
    await row('Not signed in to a tenant').waitFor();
    await screenshot(workbench, 'not-signed-in');
    assert.deepEqual(
      received.filter(({ authorization }) => authorization !== undefined),
      [],
    );
  });

  it('reads the apps of one tenant, and asks for the sign-in that the other one wants', async () => {
    const { page } = workbench;
    await row('Sign in…').click();
    const allow = page.locator('.monaco-dialog-box').getByRole('button', { name: 'Allow' });
    await allow.click();
    await row('System-assigned identity').waitFor();
    await row(`tenant ${partner}`).waitFor();
    await screenshot(workbench, 'signed-in-to-one-tenant');
    await row('Sign in…').click();
    // VS Code asks again for every account that it does not know to be the same.
    await allow.click();
    await row('Not signed in to a tenant').waitFor({ state: 'detached' });
    const asked = (tenant: string): boolean => received.some(each => each.authorization?.endsWith(tenant) === true);
    const last = Date.now() + patience;
    while (!asked(partner) && Date.now() < last) await page.waitForTimeout(100);
    await row('Not read yet').waitFor({ state: 'detached' });
    await sideBar.getByText(`Signed in as ${ada.label}`).waitFor();
    await screenshot(workbench, 'signed-in');
    const tenants = new Set(received.map(({ authorization }) => authorization?.split(' ').at(-1)));
    assert.deepEqual(tenants, new Set([undefined, home, partner]));
    assert.ok(!received.some(({ path }) => path.startsWith('/subscriptions?')), 'no subscriptions are listed');
  });
});
