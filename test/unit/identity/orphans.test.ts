import { describe, expect, it } from 'vitest';
import type { OrphanedAssignment, OrphanReport } from '../../../src/core/rbac/identity-model.ts';
import { describeBadge } from '../../../src/vscode/identity/describe-badge.ts';
import { describeExplorer, type ExplorerState } from '../../../src/vscode/identity/describe.ts';
import type { TreeNode } from '../../../src/vscode/identity/tree-node.ts';
import { allNodes, app, group, model, readAt, role, shop, state, systemIdentity } from './sample-model.ts';

const orphan: OrphanedAssignment = {
  id: `${group}/providers/Microsoft.Authorization/roleAssignments/one`,
  role: 'Owner',
  roleDefinitionId: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
  scope: group,
  scopeLevel: 'resourceGroup',
  principalId: 'gone',
  principalType: 'ServicePrincipal',
};

function stateWith(report: Partial<OrphanReport> | undefined, rest: Partial<ExplorerState> = {}): ExplorerState {
  const value: OrphanReport = { problems: [], asOf: new Date(readAt).toISOString(), ...report };
  return state([shop], model([app(shop, [systemIdentity([])])]), {
    directory: true,
    details: {
      app: () => undefined,
      identity: () => undefined,
      orphans: () => (report ? { value, reading: false, readAt } : undefined),
    },
    ...rest,
  });
}

function row(shown: ExplorerState): TreeNode {
  const found = describeExplorer(shown).find(({ id }) => id === 'orphans');
  if (!found) throw new Error('no row of orphans');
  return found;
}

describe('the row of orphaned role assignments', () => {
  it('reads nothing, and offers to ask, before somebody agreed to it', () => {
    const shown = row(stateWith({ orphans: [orphan] }, { directory: false }));
    expect(shown).not.toHaveProperty('lazy');
    expect(shown.description).toBeUndefined();
    expect(shown.children.map(({ command }) => command?.id)).toEqual(['keyless.identities.askDirectory']);
  });

  it('is read when it is opened, and shows what is gone, where, and what to do', () => {
    expect(row(stateWith(undefined))).toMatchObject({ lazy: { kind: 'orphans' }, collapsible: 'collapsed' });
    expect(row(stateWith(undefined)).children[0]?.label).toBe('Reading…');
    const shown = row(stateWith({ orphans: [orphan] }));
    expect(shown.description).toBe('1 orphan');
    expect(row(stateWith({ orphans: [orphan] }, { connection: 'demo' })).description).toBe('demo · 1 orphan');
    expect(shown.children).toMatchObject([
      {
        label: 'Owner',
        description: 'rg-shop (resource group) · its identity or application is gone',
        subject: { roleAssignmentId: orphan.id, azureCli: ['role', 'assignment', 'delete', '--ids', orphan.id] },
      },
    ]);
    expect(shown.children[0]?.tooltipMarkdown).toContain('az role assignment delete --ids');
    expect(shown.children[0]?.contextValue.split(' ')).toEqual(expect.arrayContaining(['assigned', 'fixable']));
  });

  it('tells none from not known', () => {
    expect(row(stateWith({ orphans: [] })).children[0]?.label).toBe('None');
    expect(row(stateWith({})).children[0]?.label).toBe('Not known');
    const problem = { kind: 'forbidden', scope: '', message: 'no' } as const;
    const refused = row(stateWith({ problems: [problem] }));
    expect(refused.children.map(({ label }) => label)).toEqual(['No permission to read this']);
    expect(refused.description).toBeUndefined();
  });

  it('counts on the badge once it is known, and keeps its age', () => {
    const before = describeBadge(stateWith(undefined))?.value ?? 0;
    expect(describeBadge(stateWith({ orphans: [orphan] }))).toMatchObject({
      value: before + 1,
      tooltip: expect.stringContaining('1 orphaned role assignment') as string,
    });
    expect(row(stateWith({ orphans: [] }, { now: readAt + 3_600_000 })).description).toBe(
      'no orphans · as of 1 hour ago',
    );
  });

  it('is not there before an app was read', () => {
    expect(describeExplorer(state([shop], undefined)).some(({ id }) => id === 'orphans')).toBe(false);
  });
});

describe('roles through groups', () => {
  const viaGroup = role('Reader', group, { viaGroup: 'group-1', principalType: 'Group' });
  const rows = (name: string | undefined, directory: boolean): readonly TreeNode[] => {
    const held = name === undefined ? viaGroup : { ...viaGroup, viaGroupName: name };
    const value = { principalId: 'principal-1', groupAssignments: [held], problems: [], asOf: '2026-03-04T05:06:07Z' };
    return allNodes(
      describeExplorer(
        state([shop], model([app(shop, [systemIdentity([])])]), {
          directory,
          details: { app: () => undefined, identity: () => ({ value, reading: false, readAt }) },
        }),
      ),
    );
  };

  it('show the name where it is known, else the id with an offer to ask', () => {
    expect(rows('Readers', true).some(({ description }) => description?.endsWith('via group Readers'))).toBe(true);
    const unnamed = rows(undefined, false);
    expect(unnamed.some(({ description }) => description?.endsWith('via group group-1'))).toBe(true);
    expect(unnamed.find(({ label }) => label === 'Show group names…')?.command?.id).toBe(
      'keyless.identities.askDirectory',
    );
    expect(rows(undefined, true).some(({ label }) => label === 'Show group names…')).toBe(false);
    expect(rows('Readers', false).some(({ label }) => label === 'Show group names…')).toBe(false);
  });
});
