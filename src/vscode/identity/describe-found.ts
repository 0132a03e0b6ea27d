import { type FoundApp, foundName } from '../../core/rbac/found-app.ts';
import type { LinkGroup } from '../../core/rbac/links.ts';
import { parseSiteId } from '../../core/rbac/resource-id.ts';
import { actionRow } from './describe-problem.ts';
import type { FoundInFolder } from './found-links.ts';
import { count, markdownCode, markdownText, type TreeNode } from './tree-node.ts';

/** Offers the apps that files of the workspace deploy to and that are not linked yet. */
export function describeFound(found: readonly FoundInFolder[], groups: readonly LinkGroup[]): readonly TreeNode[] {
  const rows = found.flatMap(({ folder, apps }) =>
    apps.filter(app => !isLinked(app, groups)).map(app => foundRow(app, folder)),
  );
  const nothingLinked = groups.every(group => group.links.length === 0);
  // A template alone does not say where anything runs: the welcome text helps more.
  const onlyHints = found.every(({ apps }) => apps.every(({ hint }) => hint));
  if (rows.length === 0 || (nothingLinked && onlyHints)) return [];
  const offered = count(rows.length, 'app');
  return [
    {
      id: 'found',
      label: 'Found in this workspace',
      description: `${offered} to link`,
      tooltipMarkdown: markdownText(
        'Apps that files of this workspace deploy to. Nothing is read of them before you link them.',
      ),
      icon: { id: 'search' },
      contextValue: 'found',
      collapsible: nothingLinked ? 'expanded' : 'collapsed',
      children: rows,
      accessibilityLabel: `Found in this workspace: ${offered} to link`,
    },
    // The welcome text gives way to rows: what it offers must stay within reach.
    ...(nothingLinked
      ? [
          actionRow('found/link', 'Link another App Service…', 'add', {
            id: 'keyless.identities.linkApp',
            title: 'Link an App Service',
          }),
          actionRow('found/demo', 'Explore the demo tenant', 'beaker', {
            id: 'keyless.identities.useDemoTenant',
            title: 'Explore the demo tenant',
          }),
        ]
      : []),
  ];
}

function isLinked(app: FoundApp, groups: readonly LinkGroup[]): boolean {
  const site = app.resourceId === undefined ? undefined : parseSiteId(app.resourceId);
  const name = (site?.site ?? app.name)?.toLowerCase();
  const slot = (site?.slot ?? app.slot ?? '').toLowerCase();
  if (name === undefined) return false;
  return groups
    .flatMap(({ links }) => links)
    .some(({ resourceId }) => {
      const linked = parseSiteId(resourceId);
      return linked?.site.toLowerCase() === name && (linked.slot ?? '').toLowerCase() === slot;
    });
}

function foundRow(app: FoundApp, folder: string): TreeNode {
  const name = foundName(app);
  const subject = { folder, found: app };
  const where = app.resourceGroup === undefined ? '' : ` · ${app.resourceGroup}`;
  return {
    id: `found/${folder}/${app.path}/${name}`,
    label: name,
    description: `${app.source}${app.hint ? ' (hint)' : ''}${where}`,
    tooltipMarkdown: [
      `**${markdownText(name)}** in ${markdownCode(app.path)}`,
      app.resourceId === undefined
        ? 'The file does not tell everything: Azure is asked for the app before it is linked\\.'
        : `Resource ${markdownCode(app.resourceId)}`,
      'Click to link it\\.',
    ].join('\n\n'),
    icon: { id: app.hint ? 'lightbulb' : 'rocket' },
    contextValue: 'foundApp',
    collapsible: 'none',
    children: [],
    accessibilityLabel: `${name}, found in ${app.path}, ${app.source}. Press Enter to link it.`,
    command: { id: 'keyless.identities.linkFound', title: 'Link this app', arguments: [{ subject }] },
    subject,
  };
}
