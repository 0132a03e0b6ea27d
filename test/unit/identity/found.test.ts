import { describe, expect, it } from 'vitest';
import type { FoundApp } from '../../../src/core/rbac/found-app.ts';
import { describeExplorer } from '../../../src/vscode/identity/describe.ts';
import { allNodes, app, links, model, outline, shop, state, systemIdentity } from './sample-model.ts';

const found = (apps: readonly FoundApp[]): { folder: string; apps: readonly FoundApp[] }[] => [
  { folder: 'file:///work', apps },
];
const workflow: FoundApp = {
  source: 'GitHub workflow',
  path: '.github/workflows/deploy.yml',
  name: 'shop',
  slot: 'staging',
};
const template: FoundApp = { source: 'Bicep', path: 'main.bicep', name: 'orders', hint: true };

describe('apps found in the workspace', () => {
  it('are offered with where they come from, and the other ways stay at hand', () => {
    const rows = describeExplorer(state([], undefined, { groups: [links([])], found: found([workflow, template]) }));
    expect(outline(rows)).toEqual([
      'Found in this workspace | 2 apps to link',
      '  shop / staging | GitHub workflow',
      '  orders | Bicep (hint)',
      'Link another App Service…',
      'Explore the demo tenant',
    ]);
    const [first] = rows[0]?.children ?? [];
    expect(first?.command?.id).toBe('keyless.identities.linkFound');
    expect(first?.subject).toEqual({ folder: 'file:///work', found: workflow });
    expect(first?.tooltipMarkdown).toContain('`.github/workflows/deploy.yml`');
  });

  it('of templates alone leave the view to its welcome text while nothing is linked', () => {
    expect(describeExplorer(state([], undefined, { groups: [links([])], found: found([template]) }))).toEqual([]);
  });

  it('stand folded below linked ones, and one that is linked is not offered', () => {
    const read = model([app(shop, [systemIdentity([])])]);
    const rows = describeExplorer(state([shop], read, { found: found([{ ...workflow, name: 'SHOP' }]) }));
    expect(rows.at(-1)).toMatchObject({ label: 'Found in this workspace', collapsible: 'collapsed' });
    const linked = { source: 'azd environment', path: '.azure/dev/.env', resourceId: `${shop}/` } as const;
    const none = describeExplorer(state([shop], read, { found: found([linked]) }));
    expect(allNodes(none).some(({ id }) => id === 'found')).toBe(false);
  });
});
