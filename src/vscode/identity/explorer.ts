import * as vscode from 'vscode';
import type { AzureAccess } from './access.ts';
import type {
  AppDetails,
  AppModel,
  IdentityDetails,
  ManagedIdentity,
  OrphanedAssignment,
  OrphanReport,
} from '../../core/rbac/identity-model.ts';
import { normalizeResourceId, sameResource } from '../../core/rbac/resource-id.ts';
import { describeConnection, describeExplorer, describeStatus, type ExplorerState } from './describe.ts';
import { describeBadge } from './describe-badge.ts';
import type { ExportedModel } from './export-model.ts';
import { createDetailStore } from './detail-store.ts';
import { createFoundLinks } from './found-links.ts';
import { readLinkGroups } from './link-settings.ts';
import { demoLinks, linkedIds, type LinkGroup, type LinkSetting } from '../../core/rbac/links.ts';
import { contextKeys, viewId } from './names.ts';
import { NodeTree } from './node-tree.ts';
import type { LinkedIdentity } from '../../core/rewrite/tools.ts';
import { createSnapshotStore, userAssignedIdentities } from './snapshot.ts';
import type { LazyPart, TreeNode } from './tree-node.ts';

/** The view of linked apps, their identities and roles. Reads nothing before somebody looks at it. */
export interface Explorer {
  /** All rows once a read under way has ended; reads when nothing was read yet. */
  tree(): Promise<readonly TreeNode[]>;
  /** User-assigned identities among what was read so far; reads nothing. */
  userAssigned(): readonly LinkedIdentity[];
  /** Every app and slot that was read. */
  apps(): readonly AppModel[];
  /** An orphaned role assignment that was read. */
  orphan(assignmentId: string): OrphanedAssignment | undefined;
  /** An app or slot that was read. */
  app(resourceId: string): AppModel | undefined;
  /** Everything that was read, for an export. */
  model(): ExportedModel | undefined;
  /** Reads anew and resolves when that has ended. */
  refresh(): Promise<void>;
  /** Forgets what was read, for another account, tenant or endpoint, and reads anew when somebody is looking. */
  reconnect(): Promise<void>;
  cancel(): void;
  dispose(): void;
}

interface IdentityOfApp {
  readonly app: AppModel;
  readonly identity: ManagedIdentity;
}

/** How often the shown ages are brought up to date, in milliseconds. */
const agePeriod = 60_000;

export function createExplorer(access: AzureAccess, memory: vscode.Memento): Explorer {
  let account: string | undefined;
  const store = createSnapshotStore({
    read: async (signal, onProgress) => access.read(linkedIds((await links()).groups), signal, onProgress),
    explain: error => access.explain(error),
    changed: () => update(),
  });
  const appDetails = createDetailStore<AppModel, AppDetails>({
    idOf: app => normalizeResourceId(app.id),
    read: (app, signal) => access.readApp(app, signal),
    changed: () => update(),
  });
  const identityDetails = createDetailStore<IdentityOfApp, IdentityDetails>({
    idOf: ({ app, identity }) => `${normalizeResourceId(app.id)} ${identity.principalId}`,
    read: ({ app, identity }, signal) => access.readIdentity(app, identity, signal),
    changed: () => update(),
  });
  const orphans = createDetailStore<'all', OrphanReport>({
    idOf: () => 'all',
    read: (_, signal) => access.readOrphans(appsRead(), signal),
    changed: () => update(),
  });
  const details = [appDetails, identityDetails, orphans] as const;
  const appsRead = (): readonly AppModel[] => store.snapshot()?.apps.map(({ app }) => app) ?? [];
  const provider = new NodeTree(async () => {
    const { groups } = await links();
    // The rows come at once from what is known; what is read then updates them.
    if (hasLinks(groups)) void showProgress(store.load());
    void found.look();
    return describeExplorer(await state());
  }, look);
  const view = vscode.window.createTreeView(viewId, { treeDataProvider: provider, showCollapseAll: true });

  /** Somebody opened a row that holds more than was read at first. */
  function look(part: LazyPart): void {
    if (part.kind === 'orphans') {
      orphans.load('all');
      return;
    }
    const app = store.snapshot()?.apps.find(each => sameResource(each.app.id, part.appId))?.app;
    if (!app) return;
    if (part.kind === 'app') {
      appDetails.load(app);
      return;
    }
    const identity = app.identities.find(({ principalId }) => principalId === part.principalId);
    if (identity) identityDetails.load({ app, identity });
  }

  const found = createFoundLinks(() => provider.update());

  async function links(): Promise<Pick<ExplorerState, 'groups' | 'elsewhere'>> {
    const groups = readLinkGroups(memory);
    if (access.kind() !== 'demo') return { groups };
    // Where the demo cannot start, reading says so beside the links as they are.
    return access.demo().then(
      ({ apps }) => demoLinks(groups, apps),
      () => ({ groups }),
    );
  }

  async function state(): Promise<ExplorerState> {
    const linked = await links();
    const snapshot = store.snapshot();
    return {
      now: Date.now(),
      connection: access.kind(),
      reading: store.isReading(),
      ...(account === undefined ? {} : { account }),
      ...(snapshot ? { snapshot } : {}),
      ...linked,
      // The demo company is nobody's deployment target.
      ...(access.kind() === 'demo' ? {} : { found: found.current() }),
      details: {
        app: app => appDetails.get(app),
        identity: (app, identity) => identityDetails.get({ app, identity }),
        orphans: () => orphans.get('all'),
      },
      directory: access.asksDirectory(),
    };
  }

  async function showProgress(done: Promise<void>): Promise<void> {
    if (store.isReading()) await vscode.window.withProgress({ location: { viewId } }, () => done);
  }

  function update(): void {
    provider.update();
    void showTitle();
  }

  async function showTitle(): Promise<void> {
    // Whom it signs in as is known once it has read something.
    if (access.kind() === 'defaultAzureCredential') account = await access.account();
    const current = await state();
    view.description = describeConnection(current);
    view.message = describeStatus(current);
    view.badge = describeBadge(current);
    setContext(contextKeys.demo, current.connection === 'demo');
    setContext(contextKeys.reading, current.reading);
    setContext(contextKeys.signedIn, current.connection !== 'vscode' || account !== undefined);
  }

  async function lookUpAccount(): Promise<void> {
    account = await access.account();
    await showTitle();
  }

  async function refresh(): Promise<void> {
    const { groups } = await links();
    if (!hasLinks(groups)) {
      update();
      return;
    }
    const done = store.refresh();
    for (const each of [appDetails, identityDetails]) each.refresh();
    void showProgress(done);
    await done;
    // They are those of the subscriptions that have apps now.
    orphans.refresh();
  }

  async function reconnect(): Promise<void> {
    store.clear();
    for (const each of details) each.clear();
    account = undefined;
    provider.update();
    await lookUpAccount();
  }

  /** What is known of apps that stay linked is kept. Nothing is read for a view that nobody has opened. */
  const relink = (): void => {
    void found.look(true);
    if (store.snapshot() || store.isReading()) void refresh();
    else update();
  };

  const ticking = setInterval(() => {
    if (view.visible && !store.isReading() && store.snapshot()) update();
  }, agePeriod);
  setContext(contextKeys.demo, access.kind() === 'demo');
  const subscriptions = [
    found,
    provider,
    view,
    access.sessions.onDidChangeAccount(() => void reconnect()),
    vscode.workspace.onDidGrantWorkspaceTrust(relink),
    vscode.workspace.onDidChangeWorkspaceFolders(relink),
    vscode.workspace.onDidChangeConfiguration(change => {
      if (connectionSettings.some(setting => change.affectsConfiguration(setting))) void reconnect();
      else if (linkSettings.some(setting => change.affectsConfiguration(setting))) relink();
    }),
    view.onDidChangeVisibility(({ visible }) => {
      if (visible) void lookUpAccount();
    }),
  ];

  return {
    async tree() {
      if (hasLinks((await links()).groups)) await store.load();
      await Promise.all([...details.map(each => each.settled()), found.look()]);
      return describeExplorer(await state());
    },
    apps: appsRead,
    orphan: id => orphans.get('all')?.value?.orphans?.find(each => sameResource(each.id, id)),
    app: resourceId => store.snapshot()?.apps.find(({ app }) => sameResource(app.id, resourceId))?.app,
    model() {
      const snapshot = store.snapshot();
      if (!snapshot) return undefined;
      const apps = snapshot.apps.map(({ app }) => app);
      const known = orphans.get('all')?.value;
      return {
        model: { apps, problems: snapshot.problems, asOf: new Date(snapshot.readAt).toISOString() },
        look: {
          app: app => appDetails.get(app)?.value,
          identity: (app, identity) => identityDetails.get({ app, identity })?.value,
          ...(known ? { orphans: known } : {}),
        },
      };
    },
    userAssigned: () => userAssignedIdentities(store.snapshot()),
    refresh,
    reconnect,
    cancel() {
      store.cancel();
      for (const each of details) each.cancel();
    },
    dispose() {
      clearInterval(ticking);
      store.clear();
      for (const each of details) each.clear();
      for (const one of subscriptions) one.dispose();
    },
  };
}

const linkSettings: readonly LinkSetting[] = ['keyless.linkedApps', 'appService.defaultWebAppToDeploy'];

/** The second is VS Code's own, and names the cloud. */
const connectionSettings: readonly string[] = ['keyless.azure', 'microsoft-sovereign-cloud'];

function hasLinks(groups: readonly LinkGroup[]): boolean {
  return groups.some(group => group.links.length > 0);
}

function setContext(key: string, value: boolean): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
