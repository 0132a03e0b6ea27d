import { describe, expect, it } from 'vitest';
import type { Problem, ProblemKind } from '../../../src/core/rbac/identity-model.ts';
import { describeExplorer } from '../../../src/vscode/identity/describe.ts';
import type { ConnectionKind } from '../../../src/vscode/identity/names.ts';
import type { TreeNode } from '../../../src/vscode/identity/tree-node.ts';
import { allNodes, app, mailer, model, shop, staging, state, subscription, systemIdentity } from './sample-model.ts';

/** Label of the row and what its clicks run, for a problem of the whole connection with VS Code's own sign-in. */
const expected: Readonly<Record<ProblemKind, readonly [label: string, ...clicks: string[]]>> = {
  notSignedIn: ['Not signed in to Azure', 'signIn', 'refresh', 'useDemoTenant'],
  claimsChallenge: ['Azure asks you to sign in again', 'signIn'],
  forbidden: ['No permission to read this', 'refresh', 'useAnotherAccount', 'chooseTenant'],
  notFound: ['Not found in Azure', 'useAnotherAccount', 'chooseTenant', 'refresh'],
  throttled: ['Azure asks to wait', 'refresh'],
  unavailable: ['Azure could not answer', 'refresh'],
  network: ['Azure could not be reached', 'refresh', 'openEndpointSetting'],
  malformed: ['Azure sent an answer that could not be read', 'refresh'],
  cancelled: ['Reading was stopped', 'refresh'],
};
const kinds = Object.keys(expected) as ProblemKind[];

function rowsWith(problem: Problem, connection: ConnectionKind = 'vscode'): readonly TreeNode[] {
  return describeExplorer(state([shop, mailer], model([app(mailer)], [problem]), { connection }));
}

function clicks(row: TreeNode | undefined): (string | undefined)[] {
  return (row?.children ?? []).map(({ command }) => command?.id.replace('keyless.identities.', ''));
}

describe('a problem', () => {
  it.each(kinds)('of kind %s says what happened and offers what to do', kind => {
    const message = `What happened with ${kind}. What to do.`;
    const [row] = rowsWith({ kind, scope: '', message });
    const [label, ...offered] = expected[kind];
    expect(row).toMatchObject({ label, description: message, accessibilityLabel: `Problem: ${label}. ${message}` });
    expect(clicks(row)).toEqual(offered);
    expect(row?.collapsible).toBe('expanded');
  });

  it.each(kinds)('of kind %s offers no sign-in where none can help', kind => {
    for (const connection of ['demo', 'testServer'] as const) {
      const [row] = rowsWith({ kind, scope: '', message: 'Words.' }, connection);
      expect(clicks(row).filter(id => /signIn|Account|Tenant$/.test(id ?? '') && id !== 'useDemoTenant')).toEqual([]);
    }
    const [row] = rowsWith({ kind, scope: '', message: 'Words.' }, 'defaultAzureCredential');
    expect(clicks(row)).not.toContain('signIn');
    expect(clicks(row).filter(id => id === 'openSignInSetting').length).toBeLessThanOrEqual(1);
  });

  it('about a linked app stands below it, and offers to unlink one that is gone', () => {
    const rows = rowsWith({ kind: 'notFound', scope: shop.toLowerCase(), message: 'It is gone.' });
    expect(rows.map(({ label }) => label)).toEqual(['shop', 'mailer', 'Orphaned role assignments']);
    const [problem] = rows[0]?.children ?? [];
    expect(clicks(problem)).toEqual(['unlinkApp', 'useAnotherAccount', 'chooseTenant', 'refresh']);
    expect(problem?.children[0]?.command?.arguments).toEqual([
      { subject: { resourceId: shop, folder: 'file:///work' } },
    ]);
  });

  it('about a slot stands below the slot alone', () => {
    const slotProblem: Problem = { kind: 'forbidden', scope: staging, message: 'Not allowed.' };
    const read = model([app(shop, [systemIdentity([])]), app(staging, [systemIdentity()])], [slotProblem]);
    const rows = describeExplorer(state([shop], read));
    const holders = allNodes(rows).filter(({ children }) =>
      children.some(({ contextValue }) => contextValue === 'problem'),
    );
    expect(holders.map(({ label }) => label)).toEqual(['staging']);
  });

  it('about a subscription or anything else stands at the top', () => {
    const rows = rowsWith({ kind: 'throttled', scope: subscription, message: 'Wait.' });
    expect(rows[0]?.contextValue).toBe('problem');
    expect(rows[0]?.tooltipMarkdown).toContain(subscription);
  });
});
