import { describe, expect, it } from 'vitest';
import { builtInRoleGuid } from '../../../src/core/rbac/builtin-roles.ts';
import type { AppDetails, IdentityDetails, RoleAssignment } from '../../../src/core/rbac/identity-model.ts';
import { describeBadge } from '../../../src/vscode/identity/describe-badge.ts';
import { describeExplorer, type ExplorerState } from '../../../src/vscode/identity/describe.ts';
import { createDetailStore, keepParts } from '../../../src/vscode/identity/detail-store.ts';
import type { TreeNode } from '../../../src/vscode/identity/tree-node.ts';
import {
  allNodes,
  app,
  group,
  model,
  outline,
  readAt,
  role,
  shop,
  staging,
  state,
  subscription,
  systemIdentity,
  userIdentity,
} from './sample-model.ts';

const storage = `${group}/providers/Microsoft.Storage/storageAccounts/stshop`;
const asOf = new Date(readAt).toISOString();

function known(name: string, scope: string): RoleAssignment {
  return role(name, scope, { roleDefinitionId: builtInRoleGuid(name) ?? '' });
}

function rowsOf(details: Partial<AppDetails>, rest: Partial<ExplorerState> = {}): readonly TreeNode[] {
  const value: AppDetails = { appId: shop, problems: [], asOf, ...details };
  return describeExplorer(
    state([shop], model([app(shop, [userIdentity([])], { site: { httpsOnly: false } })]), {
      details: { app: () => ({ value, reading: false, readAt }), identity: () => undefined },
      ...rest,
    }),
  );
}

const below = (rows: readonly TreeNode[], label: string): TreeNode => {
  const found = allNodes(rows).find(node => node.label === label);
  if (!found) throw new Error(`no row ${label}`);
  return found;
};

describe('settings', () => {
  it('show names and kinds, the dangerous first, with what cures a broken reference', () => {
    const rows = rowsOf({
      settings: [
        { name: 'A_MODE', source: 'appSetting', kind: 'other' },
        { name: 'AZURE_CLIENT_ID', source: 'appSetting', kind: 'clientId', clientId: 'client-2' },
        { name: 'Db', source: 'connectionString', kind: 'secret', secret: 'Azure SQL password', sticky: true },
        { name: 'Pay', source: 'appSetting', kind: 'keyVaultReference' },
      ],
      keyVaultReferences: [
        { setting: 'Pay', source: 'appSetting', status: 'AccessToKeyVaultDenied', vault: 'kv-shop', secretName: 'pay' },
      ],
    });
    const settings = below(rows, 'Settings');
    expect(outline([settings])).toEqual([
      'Settings | 1 secret · 1 broken reference',
      '  Db | looks like Azure SQL password · stays with the slot',
      '  Pay | AccessToKeyVaultDenied · kv-shop/pay',
      '  AZURE_CLIENT_ID | client id of id-shop',
      '  A_MODE',
    ]);
    expect(below(rows, 'Pay').tooltipMarkdown).toContain('Key Vault Secrets User');
  });

  it('that could not be read say so, and why', () => {
    const rows = rowsOf({ problems: [{ kind: 'forbidden', scope: shop, message: 'No. Ask for the role.' }] });
    expect(below(rows, 'Settings').children.map(({ label }) => label)).toEqual([
      'No permission to read this',
      'The settings could not be read',
    ]);
  });

  it('are read when somebody opens their row', () => {
    const [row] = describeExplorer(state([shop], model([app(shop)])));
    expect(below([row!], 'Settings').lazy).toEqual({ kind: 'app', appId: shop });
    expect(below([row!], 'Posture').lazy).toEqual({ kind: 'app', appId: shop });
  });
});

describe('posture', () => {
  it('shows what failed with the fix, and folds the rest away', () => {
    const rows = rowsOf({ configuration: { ftpsState: 'AllAllowed', corsAllowedOrigins: [] } });
    const posture = below(rows, 'Posture');
    const labels = posture.children.map(({ label }) => label);
    expect(labels.slice(0, 2)).toEqual(['Requests over HTTP are redirected', 'Plain FTP is off']);
    expect(labels.at(-1)).toMatch(/unknown$/);
    const https = below(rows, 'Requests over HTTP are redirected');
    expect(https.description).toBe('plain HTTP is answered · grave');
    const line = 'az webapp update --resource-group rg-shop --name shop --set httpsOnly=true';
    expect(['az', ...(https.subject?.azureCli ?? [])].join(' ')).toBe(line);
    expect(https.tooltipMarkdown).toContain(line);
    expect(https.subject?.documentation).toMatch(/^https:\/\/learn\.microsoft\.com\//);
    expect(https.contextValue.split(' ')).toContain('fixable');
  });
});

describe('a close look at an identity', () => {
  const details: IdentityDetails = {
    principalId: 'principal-1',
    clientId: 'client-1',
    groupAssignments: [{ ...known('Storage Blob Data Reader', storage), viaGroup: 'group-1', principalType: 'Group' }],
    eligible: [known('Storage Blob Data Contributor', storage)],
    deny: [
      {
        id: `${group}/deny`,
        name: 'No deletes',
        scope: group,
        scopeLevel: 'resourceGroup',
        actions: ['*/delete'],
        systemProtected: true,
      },
    ],
    dataPlaneRoles: [
      {
        kind: 'cosmosSql',
        role: 'Cosmos DB Built-in Data Reader',
        scope: `${group}/providers/Microsoft.DocumentDB/databaseAccounts/orders/dbs/shop`,
      },
    ],
    federatedCredentials: [{ name: 'main', issuer: 'https://token.example.org/x', subject: 'repo:a/b' }],
    sharedWith: [`${group}/providers/Microsoft.Web/sites/other`],
    problems: [],
    asOf,
  };
  const rows = (detail: IdentityDetails | undefined): readonly TreeNode[] =>
    describeExplorer(
      state([shop], model([app(shop, [systemIdentity([])])]), {
        details: {
          app: () => undefined,
          identity: () => ({ reading: !detail, ...(detail ? { value: detail, readAt } : {}) }),
        },
      }),
    );

  it('tells groups, eligible roles, denials, data roles, federation and who shares it', () => {
    const identity = below(rows(details), 'System-assigned identity');
    expect(outline(identity.children)).toEqual([
      'No role assignments | No Azure role is assigned to this identity itself: what no group, data role or access policy lets it do is refused.',
      'Storage Blob Data Reader | stshop (storage account) · via group group-1',
      'Show group names…',
      'Storage Blob Data Contributor | stshop (storage account) · eligible, not active',
      'Denied: */delete | rg-shop (resource group)',
      'Cosmos DB Built-in Data Reader | orders (Cosmos DB data role)',
      'Federated: repo:a/b | from token.example.org',
      'Also used by 1 resource | other',
      'SQL, PostgreSQL, MySQL | not visible from Azure Resource Manager',
      'Principal ID | principal-1',
      'Client ID | client-1',
    ]);
  });

  it('says that it is under way', () => {
    const labels = below(rows(undefined), 'System-assigned identity').children.map(({ label }) => label);
    expect(labels).toContain('Reading more…');
  });

  it('gives every row an id of its own', () => {
    const ids = allNodes(rows(details)).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('roles', () => {
  it('of one scope stand below it, and one that allows too much says what', () => {
    const roles = [known('Owner', subscription), known('Storage Blob Data Reader', storage), known('Reader', storage)];
    const shown = describeExplorer(state([shop], model([app(shop, [systemIdentity(roles)])])));
    const identity = below(shown, 'System-assigned identity');
    expect(outline(identity.children).slice(0, 4)).toEqual([
      expect.stringMatching(/^Owner \| inherited from .* · can grant itself any role in this scope$/),
      'stshop (storage account) | 2 roles',
      '  Reader | stshop (storage account)',
      '  Storage Blob Data Reader | stshop (storage account)',
    ]);
    expect(below(shown, 'Owner').tooltipMarkdown).toContain('An app never needs to grant access');
  });

  it('that production has and a slot lacks are a warning beside the slot', () => {
    const read = model([
      app(shop, [systemIdentity([known('Storage Blob Data Reader', storage)])]),
      app(staging, [systemIdentity([], 'principal-3')]),
    ]);
    const rows = describeExplorer(state([shop], read));
    expect(below(rows, 'Swap: lacks 1 role of production').description).toBe('Storage Blob Data Reader');
    expect(describeBadge(state([shop], read))).toEqual({ value: 1, tooltip: '1 slot that lacks roles of production' });
  });

  it('that allow too much are counted on the badge', () => {
    const read = model([
      app(shop, [systemIdentity([known('Owner', subscription), known('Contributor', subscription)])]),
    ]);
    expect(describeBadge(state([shop], read))).toEqual({ value: 2, tooltip: '2 roles that allow too much' });
    expect(describeBadge(state([], read))).toBeUndefined();
    expect(describeBadge(state([shop], model([app(shop, [systemIdentity([])])])))).toBeUndefined();
  });
});

describe('the store of close looks', () => {
  it('reads once, keeps what was known while it reads anew, and forgets a read that was stopped', async () => {
    let reads = 0;
    let changes = 0;
    const store = createDetailStore<string, { n: number; problems: []; asOf: string }>({
      idOf: key => key,
      read: (_, signal) =>
        new Promise((resolve, reject) => {
          reads++;
          const value = { n: reads, problems: [], asOf } as const;
          signal.addEventListener('abort', () => reject(new Error('stopped')));
          setTimeout(() => resolve({ ...value, problems: [] }), 5);
        }),
      changed: () => changes++,
    });
    store.load('a');
    store.load('a');
    expect(store.get('a')).toEqual({ reading: true });
    await store.settled();
    expect(store.get('a')).toMatchObject({ reading: false, value: { n: 1 } });
    store.refresh();
    expect(store.get('a')).toMatchObject({ reading: true, value: { n: 1 } });
    await store.settled();
    expect(store.get('a')?.value?.n).toBe(2);
    store.load('b');
    await Promise.resolve();
    store.cancel();
    await store.settled();
    expect(store.get('b')).toBeUndefined();
    expect(changes).toBe(3);
    expect(reads).toBe(3);
  });
});

describe('what a second look could not read', () => {
  const first: AppDetails = { appId: shop, settings: [], configuration: { ftpsState: 'Disabled' }, problems: [], asOf };
  const later = '2026-03-04T09:00:00.000Z';
  const problem = (kind: 'network' | 'notFound') => ({ kind, scope: shop, message: 'no' });

  it('stays with its age, beside what was read anew and the reason', () => {
    const second: AppDetails = { appId: shop, settings: [], problems: [problem('network')], asOf: later };
    expect(keepParts(first, second)).toEqual({ ...first, problems: second.problems });
    const rows = describeExplorer(
      state([shop], model([app(shop)]), {
        now: readAt + 3_600_000,
        details: {
          app: () => ({ value: keepParts(first, second), reading: false, readAt }),
          identity: () => undefined,
        },
      }),
    );
    expect(below(rows, 'Posture').description).toContain('as of 1 hour ago');
    expect(below(rows, 'Settings').children[0]?.label).toBe('Azure could not be reached');
  });

  it('goes where nothing failed, or where it is there no more', () => {
    const whole: AppDetails = { appId: shop, settings: [], problems: [], asOf: later };
    expect(keepParts(first, whole)).toBe(whole);
    const gone: AppDetails = { appId: shop, problems: [problem('notFound')], asOf: later };
    expect(keepParts(first, gone)).toBe(gone);
    expect(keepParts(undefined, gone)).toBe(gone);
  });
});

describe('tooltips', () => {
  const owner = known('Owner', subscription);
  const rows = describeExplorer(
    state([shop], model([app(shop, [systemIdentity([owner, known('Storage Blob Data Reader', storage)])])]), {
      details: {
        app: () => ({
          value: {
            appId: shop,
            problems: [],
            asOf,
            basicPublishing: { scm: true },
            settings: [{ name: 'Db', source: 'connectionString', kind: 'secret', secret: 'a password' }],
          },
          reading: false,
          readAt,
        }),
        identity: () => ({
          value: { principalId: 'principal-1', eligible: [{ ...owner, id: 'eligible' }], problems: [], asOf },
          reading: false,
          readAt,
        }),
      },
    }),
  );
  const tooltip = (label: string): string => below(rows, label).tooltipMarkdown;

  it('say what it is, why it matters and what to do, with a command and where to read on', () => {
    expect(tooltip('System-assigned identity')).toMatch(
      /signs in as by default.*\[About managed identities\]\(https:/s,
    );
    expect(tooltip('Owner')).toMatch(
      /can grant itself any role.*What to do:.*az role assignment delete --ids .*\[About roles\]/s,
    );
    expect(tooltip('Storage Blob Data Reader')).toMatch(/Allows: /);
    expect(tooltip('Storage Blob Data Reader')).not.toMatch(/Too much|az role/);
    expect(tooltip('Db')).toMatch(/Whoever may read the settings.*What to do:.*Key Vault.*\[Documentation\]/s);
    expect(tooltip('Publishing takes no password')).toMatch(/Weight:.*az resource update --ids .*\[How to fix it\]/s);
  });

  it('offer no command that would not work', () => {
    const eligible = allNodes(rows).filter(({ label }) => label === 'Owner')[1];
    expect(eligible?.description).toContain('eligible');
    expect(eligible?.tooltipMarkdown).not.toContain('az role assignment delete');
  });

  it('make a link of nothing that Azure says', () => {
    const named = describeExplorer(
      state([shop], model([app(shop, [systemIdentity([role('[x](https://evil.example)', storage)])])])),
    );
    const links = allNodes(named).flatMap(({ tooltipMarkdown }) => [
      ...tooltipMarkdown.matchAll(/(?<!\\)\]\(([^)]+)\)/g),
    ]);
    expect(links.length).toBeGreaterThan(0);
    for (const [, address] of links) expect(address).toMatch(/^https:\/\/learn\.microsoft\.com\//);
  });

  it('and every row has words to hear', () => {
    for (const node of allNodes(rows)) expect(node.accessibilityLabel, node.id).toMatch(/\w{2}/);
  });
});
