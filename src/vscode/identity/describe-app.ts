import type {
  AppDetails,
  AppModel,
  IdentityDetails,
  ManagedIdentity,
  Problem,
} from '../../core/rbac/identity-model.ts';
import { type SwapGap, swapGaps } from '../../core/rbac/privilege.ts';
import { normalizeResourceId, parseSiteId, scopeLevel } from '../../core/rbac/resource-id.ts';
import { commandMarkdown } from './az-command.ts';
import { describeIdentity } from './describe-identity.ts';
import { describeAppDetails } from './describe-posture.ts';
import { describeProblem } from './describe-problem.ts';
import { describeScope, lastSegment } from './describe-scope.ts';
import type { Detail } from './detail-store.ts';
import type { AppLink } from '../../core/rbac/links.ts';
import type { ConnectionKind } from './names.ts';
import type { DatedApp } from './snapshot.ts';
import {
  age,
  count,
  documentationLink,
  markdownCode,
  markdownText,
  type NodeSubject,
  remarkRow,
  type TreeNode,
} from './tree-node.ts';

/** What an app's row needs to know about its surroundings. */
export interface AppPlace {
  readonly parent: string;
  /** URI of the workspace folder whose link it is; '' for the user's own settings. */
  readonly folder: string;
  /** The link that names this very resource, if one does. */
  readonly linkOf: (resourceId: string) => AppLink | undefined;
  /** True below the row of its own site. */
  readonly nested: boolean;
  readonly connection: ConnectionKind;
  readonly now: number;
  readonly reading: boolean;
  /** True where Microsoft Graph may be asked. */
  readonly directory: boolean;
  /** Moment of the latest read; an app that was read earlier shows its age. */
  readonly readAt: number;
  readonly problemsOf: (resourceId: string) => readonly Problem[];
  readonly slotsOf: (resourceId: string) => readonly DatedApp[];
  /** The site that a slot belongs to, where it was read. */
  readonly productionOf: (slotId: string) => AppModel | undefined;
  readonly appDetail: (app: AppModel) => Detail<AppDetails> | undefined;
  readonly identityDetail: (app: AppModel, identity: ManagedIdentity) => Detail<IdentityDetails> | undefined;
}

/** Row of an app or slot: what went wrong, its identities, its slots. */
export function describeApp({ app, readAt }: DatedApp, place: AppPlace): TreeNode {
  const id = `${place.parent}/${normalizeResourceId(app.id)}`;
  const kind = appKind(app);
  const link = place.linkOf(app.id);
  const label = app.slot === undefined ? app.name : place.nested ? app.slot : `${app.name} / ${app.slot}`;
  const identities =
    app.identities.length > 0
      ? app.identities.map(one =>
          describeIdentity(one, app, {
            parent: id,
            reading: place.reading,
            connection: place.connection,
            now: place.now,
            directory: place.directory,
            detail: place.identityDetail(app, one),
          }),
        )
      : [noIdentity(app, id)];
  const remarks = [
    ...(app.slot === undefined ? [] : ['slot']),
    ...(readAt < place.readAt ? [`as of ${age(readAt, place.now)}`] : []),
    ...linkRemark(link),
    ...(place.nested ? [] : [app.resourceGroup]),
  ];
  const demo = place.connection === 'demo' ? 'demo · ' : '';
  const holds = count(app.identities.length, 'managed identity');
  return {
    id,
    label,
    description: demo + remarks.join(' · '),
    tooltipMarkdown: appTooltip(app, kind, readAt, place),
    icon: { id: app.slot === undefined ? kind.icon : 'versions' },
    contextValue: ['app', 'resource', ...(link && link.origin !== 'demo' ? ['linked'] : [])].join(' '),
    collapsible: 'expanded',
    children: [
      ...problemRows(app.id, id, place),
      ...swapRows(app, id, place),
      ...identities,
      ...describeAppDetails(app, place.appDetail(app), { parent: id, connection: place.connection, now: place.now }),
      ...slotRows(app.id, id, place),
    ],
    accessibilityLabel: `${demo ? 'Demo: ' : ''}${kind.words} ${label}${app.slot === undefined ? '' : ', slot'}, ${holds}, resource group ${app.resourceGroup}`,
    subject: subjectOf(app.id, place),
  };
}

/** Row of a linked app that Azure has not described: being read, or with the problem that kept it from being read. */
export function describeUnreadApp(link: AppLink, place: AppPlace): TreeNode {
  const site = parseSiteId(link.resourceId);
  const id = `${place.parent}/${normalizeResourceId(link.resourceId)}`;
  const name = site?.site ?? lastSegment(link.resourceId);
  const label = site?.slot === undefined ? name : `${name} / ${site.slot}`;
  const rows = [...problemRows(link.resourceId, id, place), ...slotRows(link.resourceId, id, place)];
  const state = place.reading ? 'reading…' : 'not read';
  const demo = place.connection === 'demo' ? ['demo'] : [];
  return {
    id,
    label,
    description: [...demo, ...linkRemark(link), ...(site ? [site.resourceGroup] : [])].join(' · '),
    tooltipMarkdown: `**${markdownText(label)}** ${markdownText(state)}\n\nResource ${markdownCode(link.resourceId)}`,
    icon: { id: 'globe' },
    contextValue: link.origin === 'demo' ? 'app resource' : 'app resource linked',
    // Open from the start, as VS Code keeps a row the way it first saw it.
    collapsible: 'expanded',
    children: rows.length > 0 ? rows : [unreadRow(id, place.reading)],
    accessibilityLabel: `App ${label}, ${state}`,
    subject: subjectOf(link.resourceId, place),
  };
}

function unreadRow(parent: string, reading: boolean): TreeNode {
  const [label, why] = reading
    ? ['Reading identities…', 'Azure has been asked.']
    : ['Not read yet', 'Refresh to read this app from Azure.'];
  return remarkRow(`${parent}/unread`, label, why, reading ? 'loading~spin' : 'circle-outline');
}

function subjectOf(resourceId: string, place: AppPlace): NodeSubject {
  return { resourceId, folder: place.folder };
}

function slotRows(siteId: string, parent: string, place: AppPlace): TreeNode[] {
  return place.slotsOf(siteId).map(slot => describeApp(slot, { ...place, parent, nested: true }));
}

/** Warns where a slot lacks roles of production: its code runs with its own identities after a swap. */
function swapRows(app: AppModel, parent: string, place: AppPlace): TreeNode[] {
  const production = app.slot === undefined ? undefined : place.productionOf(app.id);
  const gaps = production && swapGaps(production, app);
  if (!gaps || gaps.length === 0) return [];
  const label = `Swap: lacks ${count(gaps.length, 'role')} of production`;
  const why =
    'Identities do not move in a swap. Code that needs these roles is refused once it runs with the identities of this slot.';
  const where = ({ role, scope }: SwapGap): string => `${role} on ${describeScope(scope, scopeLevel(scope))}`;
  return [
    {
      id: `${parent}/swap`,
      label,
      description: gaps.map(({ role }) => role).join(', '),
      tooltipMarkdown: [markdownText(why), ...gaps.map(gap => `\\- ${markdownText(where(gap))}`)].join('\n\n'),
      icon: { id: 'arrow-swap', color: 'list.warningForeground' },
      contextValue: 'swap',
      collapsible: 'none',
      children: [],
      accessibilityLabel: `${label}: ${gaps.map(where).join('; ')}`,
    },
  ];
}

function problemRows(resourceId: string, parent: string, place: AppPlace): TreeNode[] {
  const { connection } = place;
  const link = place.linkOf(resourceId) && subjectOf(resourceId, place);
  return place
    .problemsOf(resourceId)
    .map((problem, i) => describeProblem(problem, { parent: `${parent}/${i}`, connection, ...(link ? { link } : {}) }));
}

/** Where a link was found, when it is not one that was made here. */
function linkRemark(link: AppLink | undefined): string[] {
  return link?.origin === 'appService.defaultWebAppToDeploy' ? ['found: deploy target'] : [];
}

function appKind(app: AppModel): { words: string; icon: string } {
  const kind = app.kind?.toLowerCase() ?? '';
  if (kind.includes('workflowapp')) return { words: 'Logic app', icon: 'type-hierarchy-sub' };
  if (kind.includes('functionapp')) return { words: 'Function app', icon: 'zap' };
  return { words: 'Web app', icon: 'globe' };
}

function appTooltip(app: AppModel, kind: { words: string }, readAt: number, place: AppPlace): string {
  const full = app.slot === undefined ? app.name : `${app.name} / ${app.slot}`;
  const facts = [
    `**${markdownText(full)}** ${markdownText(kind.words.toLowerCase())}${app.slot === undefined ? '' : ' slot'}`,
    `Resource group ${markdownCode(app.resourceGroup)}`,
    `Subscription ${markdownCode(app.subscriptionId)}`,
  ];
  if (app.tenantId) facts.push(`Tenant ${markdownCode(app.tenantId)}`);
  if (app.location) facts.push(`Location ${markdownText(app.location)}`);
  const link = place.linkOf(app.id);
  if (link) facts.push(linkedBy(link));
  facts.push(`Read ${age(readAt, place.now)}`);
  if (place.connection === 'demo')
    facts.push('**Demo tenant**: invented data served by this computer\\. This app does not exist\\.');
  return facts.join('\n\n');
}

function linkedBy({ origin }: AppLink): string {
  const setting = markdownCode(origin);
  switch (origin) {
    case 'keyless.linkedApps':
      return `Linked by the setting ${setting}`;
    case 'appService.defaultWebAppToDeploy':
      return `Found in the setting ${setting}, where the App Service extension keeps its default app`;
    case 'demo':
      return 'Shown because no app of the demo tenant is linked';
  }
}

function noIdentity(app: AppModel, parent: string): TreeNode {
  const what = app.slot === undefined ? 'app' : 'slot';
  const why = `This ${what} cannot sign in to other services without a secret. Turn on its identity here, in the Azure portal (Settings, Identity) or with the Azure CLI.`;
  const names = ['--resource-group', app.resourceGroup, '--name', app.name];
  const slot = app.slot === undefined ? [] : ['--slot', app.slot];
  const turnOn = ['webapp', 'identity', 'assign', ...names, ...slot];
  return {
    id: `${parent}/no-identity`,
    label: 'No managed identity',
    description: 'turn one on to go keyless',
    tooltipMarkdown: [
      markdownText(why),
      ...commandMarkdown(turnOn),
      'Slots have identities of their own: turn them on for each\\.',
      documentationLink('How to turn it on', 'https://learn.microsoft.com/azure/app-service/overview-managed-identity'),
    ].join('\n\n'),
    icon: { id: 'warning', color: 'list.warningForeground' },
    contextValue: 'noIdentity resource fixable',
    collapsible: 'none',
    children: [],
    accessibilityLabel: `No managed identity. ${why}`,
    subject: { resourceId: app.id, azureCli: turnOn },
  };
}
