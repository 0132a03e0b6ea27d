import type {
  AppDetails,
  AppModel,
  IdentityDetails,
  ManagedIdentity,
  OrphanReport,
  Problem,
} from '../../core/rbac/identity-model.ts';
import { parseSiteId, sameResource } from '../../core/rbac/resource-id.ts';
import { type AppPlace, describeApp, describeUnreadApp } from './describe-app.ts';
import { actionRow, describeProblem } from './describe-problem.ts';
import type { BrokenLink, LinkGroup } from '../../core/rbac/links.ts';
import type { Detail } from './detail-store.ts';
import type { ConnectionKind } from './names.ts';
import { describeOrphans } from './describe-orphans.ts';
import { describeFound } from './describe-found.ts';
import type { FoundInFolder } from './found-links.ts';
import { concerns, type DatedApp, type Snapshot } from './snapshot.ts';
import { age, count, markdownText, type TreeNode } from './tree-node.ts';

/** Everything the explorer shows follows from this. */
export interface ExplorerState {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly connection: ConnectionKind;
  /** Who is signed in, in words; absent while unknown. */
  readonly account?: string;
  readonly groups: readonly LinkGroup[];
  readonly snapshot?: Snapshot;
  readonly reading: boolean;
  /** How many linked apps are left out because they are not part of the demo tenant. */
  readonly elsewhere?: number;
  /** What files of the workspace deploy to. */
  readonly found?: readonly FoundInFolder[];
  /** What close looks told; nothing when absent. */
  readonly details?: ExplorerDetails;
  /** True where Microsoft Graph may be asked. */
  readonly directory?: boolean;
}

export interface ExplorerDetails {
  readonly app: (app: AppModel) => Detail<AppDetails> | undefined;
  readonly identity: (app: AppModel, identity: ManagedIdentity) => Detail<IdentityDetails> | undefined;
  readonly orphans?: () => Detail<OrphanReport> | undefined;
}

/** The rows of the explorer; none when nothing is linked, which leaves the view to its welcome text. */
export function describeExplorer(state: ExplorerState): readonly TreeNode[] {
  const filled = state.groups.filter(group => group.links.length + group.broken.length > 0);
  const found = describeFound(state.found ?? [], state.groups);
  if (filled.length === 0) return found;
  const links = filled.flatMap(group => group.links);
  const problems = state.snapshot?.problems ?? [];
  const isLocal = (problem: Problem): boolean => links.some(link => belongsTo(problem, link.resourceId));
  const connectionProblems = problems
    .filter(problem => !isLocal(problem))
    .map((problem, i) => describeProblem(problem, { parent: `${i}`, connection: state.connection }));
  const only = filled.length === 1 ? filled[0] : undefined;
  const groups = only ? groupRows(only, '', state) : filled.map(group => groupRow(group, state));
  return [...connectionProblems, ...groups, ...orphanRows(state), ...elsewhereRow(state.elsewhere ?? 0), ...found];
}

/** Nothing is asked before there are apps whose subscriptions are in question. */
function orphanRows({ snapshot, details, connection, now, directory = false }: ExplorerState): TreeNode[] {
  if (!snapshot || snapshot.apps.length === 0) return [];
  return [describeOrphans(details?.orphans?.(), { connection, now, directory })];
}

/** True when the problem is about this app, one of its slots or something inside it. */
function belongsTo(problem: Problem, resourceId: string): boolean {
  return concerns({ ...problem, scope: resourceId }, problem.scope);
}

function groupRow(group: LinkGroup, state: ExplorerState): TreeNode {
  const id = `folder:${group.folder}:${group.name}`;
  const apps = count(group.links.length, 'app');
  const face = groupFace(group);
  return {
    id,
    label: group.name,
    description: apps,
    tooltipMarkdown: markdownText(face.words),
    icon: { id: face.icon },
    contextValue: face.contextValue,
    collapsible: 'expanded',
    children: groupRows(group, id, state),
    accessibilityLabel: `${face.words}, ${apps}`,
    subject: { folder: group.folder },
  };
}

function groupFace({ folder, name, links }: LinkGroup): { words: string; icon: string; contextValue: string } {
  if (folder !== '') return { words: `Linked by workspace folder ${name}`, icon: 'folder', contextValue: 'folder' };
  if (links.some(link => link.origin === 'demo')) {
    return { words: 'Apps of the demo tenant, as none of them is linked', icon: 'beaker', contextValue: 'demoTenant' };
  }
  return {
    words: 'Linked in your user settings: shown in every window',
    icon: 'settings-gear',
    contextValue: 'folder',
  };
}

function groupRows(group: LinkGroup, parent: string, state: ExplorerState): TreeNode[] {
  const { snapshot, connection, now, reading } = state;
  const apps = snapshot?.apps ?? [];
  const problems = snapshot?.problems ?? [];
  const slotsOf = (resourceId: string): readonly DatedApp[] =>
    parseSiteId(resourceId)?.slot === undefined ? apps.filter(({ app }) => isSlotOf(app.id, resourceId)) : [];
  // A slot stands below its site when both are linked.
  const outermost = group.links.filter(link => !group.links.some(other => isSlotOf(link.resourceId, other.resourceId)));
  const place: AppPlace = {
    parent,
    folder: group.folder,
    linkOf: id => group.links.find(link => sameResource(link.resourceId, id)),
    nested: false,
    connection,
    now,
    reading,
    directory: state.directory ?? false,
    readAt: snapshot?.readAt ?? now,
    slotsOf,
    productionOf: slotId => apps.find(({ app }) => isSlotOf(slotId, app.id))?.app,
    appDetail: app => state.details?.app(app),
    identityDetail: (app, identity) => state.details?.identity(app, identity),
    problemsOf: id => problems.filter(problem => isAbout(problem, id, slotsOf(id))),
  };
  const rows = outermost.map(link => {
    const dated = apps.find(({ app }) => sameResource(app.id, link.resourceId));
    return dated ? describeApp(dated, place) : describeUnreadApp(link, place);
  });
  return [...group.broken.map((link, i) => brokenRow(link, group.folder, `${parent}/broken/${i}`)), ...rows];
}

/** A problem inside a slot that has a row of its own is shown there. */
function isAbout(problem: Problem, resourceId: string, slots: readonly DatedApp[]): boolean {
  return belongsTo(problem, resourceId) && !slots.some(({ app }) => belongsTo(problem, app.id));
}

function isSlotOf(slotId: string, siteId: string): boolean {
  const slot = parseSiteId(slotId);
  if (slot?.slot === undefined || parseSiteId(siteId)?.slot !== undefined) return false;
  return sameResource(slotId.replace(/\/slots\/[^/]+\/?$/i, ''), siteId);
}

function elsewhereRow(elsewhere: number): TreeNode[] {
  if (elsewhere === 0) return [];
  const label = `${count(elsewhere, 'linked app')} outside the demo tenant`;
  const title = 'Leave the demo tenant';
  return [
    {
      ...actionRow('elsewhere', label, 'link', { id: 'keyless.identities.leaveDemoTenant', title }),
      description: 'leave the demo to see more',
    },
  ];
}

function brokenRow({ origin, reason }: BrokenLink, folder: string, id: string): TreeNode {
  const subject = { folder };
  return {
    id,
    label: 'A link that cannot be read',
    description: reason,
    tooltipMarkdown: `**${markdownText(origin)}**\n\n${markdownText(reason)}`,
    icon: { id: 'warning', color: 'list.warningForeground' },
    contextValue: 'brokenLink',
    collapsible: 'none',
    children: [],
    accessibilityLabel: `Problem: ${reason} Press Enter to open the setting.`,
    command: { id: 'keyless.identities.openLinkSetting', title: 'Open the setting', arguments: [{ subject }] },
    subject,
  };
}

/** What stands beside the view's title: how it is connected, and how old the data is. */
export function describeConnection(state: ExplorerState): string {
  const words: Readonly<Record<ConnectionKind, string>> = {
    vscode: state.account ?? 'not signed in',
    defaultAzureCredential:
      state.account === undefined ? 'DefaultAzureCredential' : `DefaultAzureCredential: ${state.account}`,
    demo: 'demo tenant',
    testServer: 'test server without sign-in',
  };
  const read = readAge(state);
  return words[state.connection] + (read === undefined ? '' : ` · read ${read}`);
}

/** The line above the rows; '' when there are none. Says the same, as a view that is alone shows nothing beside its title. */
export function describeStatus(state: ExplorerState): string {
  if (state.groups.every(group => group.links.length === 0)) return '';
  const words: Readonly<Record<ConnectionKind, string>> = {
    vscode: state.account === undefined ? 'Not signed in to Azure.' : `Signed in as ${state.account}.`,
    defaultAzureCredential: `Signed in by DefaultAzureCredential${state.account === undefined ? '' : ` as ${state.account}`}.`,
    demo: 'Demo tenant: an invented company served by this computer. Nothing here exists in Azure.',
    testServer: 'Test server on this computer, without sign-in.',
  };
  const read = readAge(state);
  return words[state.connection] + (read === undefined ? '' : ` Read ${read}.`);
}

function readAge({ snapshot, now }: ExplorerState): string | undefined {
  return snapshot && snapshot.apps.length > 0 ? age(snapshot.readAt, now) : undefined;
}
