import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { connect, readIdentityModel } from '../../../src/azure/index.ts';
import type { IdentityModel } from '../../../src/core/rbac/identity-model.ts';
import { parseSiteId, sameResource } from '../../../src/core/rbac/resource-id.ts';
import { demoCompany, type DemoServer, startDemoTenant } from '../../../src/demo/index.ts';
import type { TreeNode } from '../../../src/vscode/identity/tree-node.ts';

interface Api {
  readonly identities: { tree(): Promise<readonly TreeNode[]> };
}

/** What the rows say about apps, in an order of its own. */
interface Shown {
  readonly app: string;
  readonly identities: readonly {
    readonly principalId: string;
    readonly clientId?: string;
    readonly roles: string[];
  }[];
}

describe('App Service identities', () => {
  const extension = vscode.extensions.getExtension<Api>('keyless.keyless-azure');
  const tenant = demoCompany();
  let server: DemoServer;
  let linked: readonly string[];
  let identities: Api['identities'];

  before(async () => {
    assert.ok(extension);
    identities = (await extension.activate()).identities;
    server = await startDemoTenant({ tenant });
    linked = server.apps.filter(id => /demo-toys-(?:shop|mailer)$/.test(id));
    assert.equal(linked.length, 2);
  });

  after(async () => {
    server.faults.clear();
    await setEndpoint(undefined);
    await setLinks(undefined);
    await server.close();
  });

  it('loads nothing of Azure and nothing of the demo tenant before somebody looks', async () => {
    assert.deepEqual(loadedBundles(), ['extension.js']);
    await setEndpoint(server.url);
    await setLinks(linked);
    assert.deepEqual(loadedBundles(), ['extension.js']);
    assert.equal(server.requests.size, 0);
    await identities.tree();
    assert.deepEqual(loadedBundles(), ['azure.js', 'extension.js']);
  });

  it('shows what the audit reads from the same server', async () => {
    const rows = await identities.tree();
    const model = await readIdentityModel(connect({ endpoint: server.url, signIn: 'demo' }), linked);
    assert.deepEqual(model.problems, []);
    assert.ok(model.apps.length > linked.length, 'slots are among the apps');
    assert.deepEqual(shownByRows(rows), shownByModel(model));
    assert.equal(server.sawCredential, false);
  });

  it('shows a change after a refresh, and not by itself', async () => {
    const node = await identity('System-assigned identity');
    const assignment = tenant.roleAssignments[0];
    assert.ok(assignment);
    const scope = linked[0] ?? '';
    const added = { ...assignment, guid: crypto.randomUUID(), principalId: node.subject?.principalId ?? '', scope };
    (tenant.roleAssignments as (typeof added)[]).push(added);
    const roles = ({ children }: TreeNode): number =>
      flat(children).filter(({ contextValue }) => contextValue.startsWith('role')).length;
    const before = roles(await identity('System-assigned identity'));
    assert.equal(before, roles(node));
    await vscode.commands.executeCommand('keyless.identities.refresh');
    assert.equal(roles(await identity('System-assigned identity')), before + 1);
  });

  it('says that it may not read, what to do, and keeps what it knew', async () => {
    const before = shownByRows(await identities.tree());
    server.faults.set({ path: /./, status: 403 });
    await vscode.commands.executeCommand('keyless.identities.refresh');
    const rows = flat(await identities.tree());
    const problem = rows.find(({ contextValue }) => contextValue === 'problem');
    assert.equal(problem?.label, 'No permission to read this');
    assert.match(problem.description ?? '', /may not read .* \(403.*Reader role/);
    assert.ok(problem.children.some(({ command }) => command?.id === 'keyless.identities.refresh'));
    assert.deepEqual(shownByRows(rows), before);
    server.faults.clear();
    await vscode.commands.executeCommand('keyless.identities.refresh');
    assert.ok(!flat(await identities.tree()).some(({ contextValue }) => contextValue === 'problem'));
  });

  it('stops reading when it is told to', async () => {
    server.faults.set({ path: /./, delayMilliseconds: 15_000, times: 1 });
    const refreshed = vscode.commands.executeCommand('keyless.identities.refresh');
    await until(() => server.requests.size > 0);
    const start = performance.now();
    await new Promise(resolve => setTimeout(resolve, 200));
    await vscode.commands.executeCommand('keyless.identities.cancel');
    await refreshed;
    assert.ok(performance.now() - start < 2000, 'cancelling took too long');
    assert.ok(flat(await identities.tree()).some(({ label }) => label === 'Reading was stopped'));
    server.faults.clear();
    await vscode.commands.executeCommand('keyless.identities.refresh');
  });

  it('offers what files of the workspace deploy to, and links it with what Azure adds', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const workflow = vscode.Uri.joinPath(folder.uri, '.github', 'workflows', 'deploy.yml');
    const text =
      'on: push\njobs:\n  go:\n    steps:\n      - uses: azure/webapps-deploy@v3\n        with: { app-name: demo-toys-orders, slot-name: staging }\n';
    await vscode.workspace.fs.writeFile(workflow, new TextEncoder().encode(text));
    try {
      await setLinks(linked.slice(0, 1));
      await until(async () => flat(await identities.tree()).some(({ contextValue }) => contextValue === 'foundApp'));
      const row = flat(await identities.tree()).find(({ label }) => label === 'demo-toys-orders / staging');
      assert.match(row?.description ?? '', /^GitHub workflow/);
      await vscode.commands.executeCommand('keyless.identities.linkFound', row);
      await until(async () => {
        const rows = flat(await identities.tree());
        return rows.some(
          ({ label, contextValue }) => label === 'demo-toys-orders / staging' && /linked/.test(contextValue),
        );
      });
      const offered = flat(await identities.tree()).filter(({ contextValue }) => contextValue === 'foundApp');
      assert.ok(!offered.some(({ label }) => label.startsWith('demo-toys-orders')));
    } finally {
      await vscode.workspace.fs.delete(workflow);
      await setLinks(linked);
      await vscode.commands.executeCommand('keyless.identities.refresh');
    }
  });

  it('copies exactly the id', async () => {
    const user = flat(await identities.tree()).find(({ contextValue }) => contextValue.includes('client'));
    assert.ok(user?.subject?.principalId && user.subject.clientId && user.subject.resourceId);
    await vscode.commands.executeCommand('keyless.identities.copyPrincipalId', user);
    assert.equal(await vscode.env.clipboard.readText(), user.subject.principalId);
    await vscode.commands.executeCommand('keyless.identities.copyClientId', user);
    assert.equal(await vscode.env.clipboard.readText(), user.subject.clientId);
    await vscode.commands.executeCommand('keyless.identities.copyResourceId', user);
    assert.equal(await vscode.env.clipboard.readText(), user.subject.resourceId);
  });

  it('unlinks an app in the settings of its folder', async () => {
    const row = (await identities.tree()).find(({ subject }) =>
      sameResource(subject?.resourceId ?? '', linked[1] ?? ''),
    );
    assert.ok(row);
    await vscode.commands.executeCommand('keyless.identities.unlinkApp', row);
    assert.deepEqual(vscode.workspace.getConfiguration('keyless').get('linkedApps'), [linked[0]]);
    const apps = (await identities.tree()).filter(({ contextValue }) => contextValue.startsWith('app'));
    assert.equal(apps.length, 1);
  });

  it('finds the default app of the App Service extension, and hides it when it is unlinked', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    const file = vscode.Uri.joinPath(folder.uri, '.vscode', 'settings.json');
    const write = async (settings: object): Promise<void> =>
      vscode.workspace.fs.writeFile(file, new TextEncoder().encode(JSON.stringify(settings)));
    await write({ 'appService.defaultWebAppToDeploy': linked[1] });
    await until(async () => (await identities.tree())[0]?.description?.includes('found') === true);
    const [row] = await identities.tree();
    assert.equal(row?.label, parseSiteId(linked[1] ?? '')?.site);
    await vscode.commands.executeCommand('keyless.identities.unlinkApp', row);
    assert.deepEqual(await identities.tree(), []);
    await write({ 'appService.defaultWebAppToDeploy': 'None' });
    assert.deepEqual(await identities.tree(), []);
    await write({ 'appService.defaultWebAppToDeploy': 'nonsense' });
    await until(async () => (await identities.tree())[0]?.contextValue === 'brokenLink');
    await write({});
  });

  it('asks for a sign-in by a row and never by a prompt', async () => {
    await setEndpoint(undefined);
    await setLinks(linked);
    const [row] = await identities.tree();
    assert.equal(row?.label, 'Not signed in to Azure');
    assert.equal(row.children[0]?.command?.id, 'keyless.identities.signIn');
  });

  it('refuses an endpoint that would send a token unencrypted', async () => {
    await setEndpoint('http://azure.example');
    const [row] = await identities.tree();
    assert.equal(row?.label, 'Azure could not be reached');
    assert.match(row.description ?? '', /not encrypted/);
    assert.ok(row.children.some(({ command }) => command?.id === 'keyless.identities.openEndpointSetting'));
  });

  it('shows the demo tenant on request, marked as one, and leaves it', async () => {
    await vscode.commands.executeCommand('keyless.identities.useDemoTenant');
    const rows = await identities.tree();
    assert.ok(rows.length > 0);
    assert.ok(
      rows.every(({ description, accessibilityLabel }) => /demo/i.test(`${description} ${accessibilityLabel}`)),
    );
    assert.ok(loadedBundles().includes('demo.js'));
    await vscode.commands.executeCommand('keyless.identities.leaveDemoTenant');
    assert.equal((await identities.tree())[0]?.label, 'Azure could not be reached');
  });

  async function identity(label: string): Promise<TreeNode> {
    const row = flat(await identities.tree()).find(one => one.label === label);
    assert.ok(row, `no row ${label}`);
    return row;
  }

  function loadedBundles(): string[] {
    const dist = join(extension?.extensionPath ?? '', 'dist');
    const loaded = Object.keys(require.cache).filter(file => file.startsWith(dist));
    return loaded.map(file => file.slice(dist.length + 1)).sort();
  }
});

function setEndpoint(url: string | undefined): Thenable<void> {
  return vscode.workspace.getConfiguration('keyless.azure').update('endpoint', url, vscode.ConfigurationTarget.Global);
}

function setLinks(ids: readonly string[] | undefined): Thenable<void> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  return vscode.workspace
    .getConfiguration('keyless', folder)
    .update('linkedApps', ids, vscode.ConfigurationTarget.WorkspaceFolder);
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 10_000; !(await condition());) {
    if (Date.now() > deadline) throw new Error('It did not happen within 10 s.');
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

function flat(rows: readonly TreeNode[]): TreeNode[] {
  return rows.flatMap(row => [row, ...flat(row.children)]);
}

function shownByRows(rows: readonly TreeNode[]): Shown[] {
  const words = (row: TreeNode): string[] => row.contextValue.split(' ');
  const apps = flat(rows).filter(row => words(row).includes('app'));
  return sorted(
    apps.map(row => ({
      app: row.subject?.resourceId?.toLowerCase() ?? '',
      identities: row.children
        .filter(child => words(child).includes('identity'))
        .map(({ subject, children }) => ({
          principalId: subject?.principalId ?? '',
          ...(subject?.clientId === undefined ? {} : { clientId: subject.clientId }),
          roles: flat(children)
            .filter(child => words(child).includes('role'))
            .map(child => `${child.label} at ${child.subject?.resourceId ?? ''}`)
            .sort(),
        })),
    })),
  );
}

function shownByModel(model: IdentityModel): Shown[] {
  return sorted(
    model.apps.map(app => ({
      app: app.id.toLowerCase(),
      identities: app.identities.map(({ principalId, clientId, assignments }) => ({
        principalId,
        ...(clientId === undefined ? {} : { clientId }),
        roles: (assignments ?? []).map(({ role, scope }) => `${role} at ${scope}`).sort(),
      })),
    })),
  );
}

function sorted(shown: readonly Shown[]): Shown[] {
  return [...new Map(shown.map(one => [one.app, one])).values()].sort((a, b) => (a.app < b.app ? -1 : 1));
}
