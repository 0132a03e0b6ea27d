import { describe, expect, it } from 'vitest';
import { describeConnection, describeExplorer, describeStatus } from '../../../src/vscode/identity/describe.ts';
import {
  allNodes,
  app,
  group,
  links,
  mailer,
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
const corp = '/providers/Microsoft.Management/managementGroups/mg-corp';

const shopModel = model([
  app(shop, [
    systemIdentity([
      role('Storage Blob Data Reader', storage),
      role('Reader', corp),
      role('Storage Blob Data Contributor', `${storage}/blobServices/default/containers/orders`, {
        condition: "@Resource[name] StringEquals 'orders'",
      }),
      role('Contributor', subscription),
    ]),
    userIdentity([]),
  ]),
  app(staging, [systemIdentity(undefined, 'principal-3')]),
]);

/** Stands below the apps as soon as one was read. */
const orphaned = 'Orphaned role assignments';

describe('an app', () => {
  it('shows its identities, their roles broadest scope first, and its slots', () => {
    expect(outline(describeExplorer(state([shop], shopModel)))).toEqual([
      'shop | rg-shop',
      '  System-assigned identity | 4 roles',
      '    Reader | inherited from mg-corp (management group)',
      '    Contributor | inherited from 00000000-0000-4000-8000-00000000000a (subscription)',
      '    Storage Blob Data Reader | stshop (storage account)',
      '    Storage Blob Data Contributor | stshop/orders (container) · conditional',
      '    Principal ID | principal-1',
      '  id-shop | user-assigned · no roles',
      '    No role assignments | No Azure role is assigned to this identity itself: what no group, data role or access policy lets it do is refused.',
      '    Principal ID | principal-2',
      '    Client ID | client-2',
      '  Settings',
      '    Reading settings… | Azure has been asked.',
      '  Posture',
      '    Reading checks… | Azure has been asked.',
      '  staging | slot',
      '    System-assigned identity | roles not read',
      '      Role assignments could not be read | Azure did not say which roles this identity holds. It may hold some: the reason stands beside the app.',
      '      Principal ID | principal-3',
      '    Settings',
      '      Reading settings… | Azure has been asked.',
      '    Posture',
      '      Reading checks… | Azure has been asked.',
      'Orphaned role assignments',
      '  Ask Microsoft Graph which principals are gone…',
    ]);
  });

  it('without an identity says what to do, for a slot in its own words', () => {
    const rows = allNodes(describeExplorer(state([shop], model([app(shop), app(staging)]))));
    const bare = rows.filter(({ label }) => label === 'No managed identity');
    expect(bare.map(({ accessibilityLabel }) => accessibilityLabel)).toEqual([
      expect.stringMatching(/This app cannot sign in .*Turn on its identity/),
      expect.stringMatching(/This slot cannot sign in .*Turn on its identity/),
    ]);
    expect(bare[0]?.subject?.resourceId).toBe(shop);
  });

  it('is shown from its link before Azure has answered, and opens by itself', () => {
    const [row] = describeExplorer(state([mailer], undefined, { reading: true }));
    expect(row).toMatchObject({ label: 'mailer', description: 'rg-mail', collapsible: 'expanded' });
    expect(row?.children.map(({ label }) => label)).toEqual(['Reading identities…']);
    const [later] = describeExplorer(state([mailer], model([app(mailer, [systemIdentity([])])])));
    expect(later?.id).toBe(row?.id);
  });

  it('whose roles are on their way says so', () => {
    const rows = allNodes(describeExplorer(state([shop], model([app(shop, [systemIdentity()])]), { reading: true })));
    expect(rows.map(({ label }) => label)).toContain('Reading role assignments…');
    expect(rows.map(({ label }) => label)).not.toContain('Role assignments could not be read');
  });

  it('takes letter case and slashes of its link as ARM does', () => {
    const written = `${shop.toUpperCase().replace('/SUBSCRIPTIONS', 'subscriptions')}/`;
    const rows = describeExplorer(state([written], shopModel));
    expect(rows.map(({ label }) => label)).toEqual(['shop', orphaned]);
    expect(rows[0]?.contextValue).toContain('linked');
  });

  it('shows a linked slot below its linked site, and alone otherwise', () => {
    expect(describeExplorer(state([staging, shop], shopModel)).map(({ label }) => label)).toEqual(['shop', orphaned]);
    const [alone] = describeExplorer(state([staging], model([app(staging, [systemIdentity([])])])));
    expect(alone).toMatchObject({ label: 'shop / staging', description: 'slot · rg-shop' });
  });

  it('tells where a found link comes from', () => {
    const found = { ...links([]), links: [{ resourceId: shop, origin: 'appService.defaultWebAppToDeploy' as const }] };
    const [row] = describeExplorer(state([], shopModel, { groups: [found] }));
    expect(row?.description).toBe('found: deploy target · rg-shop');
    expect(row?.tooltipMarkdown).toContain('`appService.defaultWebAppToDeploy`');
  });

  it('carries the ids that its commands copy', () => {
    const rows = allNodes(describeExplorer(state([shop], shopModel)));
    const user = rows.find(({ label }) => label === 'id-shop');
    expect(user?.subject).toMatchObject({ principalId: 'principal-2', clientId: 'client-2' });
    expect(user?.contextValue.split(' ')).toEqual(['identity', 'principal', 'client', 'resource']);
    const system = rows.find(({ label }) => label === 'System-assigned identity');
    expect(system?.contextValue.split(' ')).toEqual(['identity', 'principal']);
  });
});

describe('links', () => {
  it('of one folder stand at the top, of several below their folders', () => {
    expect(describeExplorer(state([], undefined, { groups: [links([])] }))).toEqual([]);
    const several = [
      links([shop], 'file:///a', 'a'),
      links([shop, mailer], 'file:///b', 'b'),
      links([], '', 'User settings'),
    ];
    const read = model([app(shop, [systemIdentity([])]), app(mailer)]);
    const rows = describeExplorer(state([], read, { groups: several }));
    expect(rows.map(({ label, description }) => [label, description])).toEqual([
      ['a', '1 app'],
      ['b', '2 apps'],
      [orphaned, undefined],
    ]);
    expect(rows[1]?.children.map(({ label }) => label)).toEqual(['shop', 'mailer']);
  });

  it('that cannot be read are explained and open their setting', () => {
    const reason = 'Entry 1 of keyless.linkedApps is no resource id.';
    const broken = { ...links([]), broken: [{ origin: 'keyless.linkedApps' as const, reason }] };
    const [row] = describeExplorer(state([], undefined, { groups: [broken] }));
    expect(row).toMatchObject({
      description: reason,
      command: { id: 'keyless.identities.openLinkSetting', arguments: [{ subject: { folder: 'file:///work' } }] },
    });
  });

  it('outside the demo tenant are counted, with the way out', () => {
    const rows = describeExplorer(state([shop], shopModel, { connection: 'demo', elsewhere: 2 }));
    expect(rows.at(-1)).toMatchObject({
      label: '2 linked apps outside the demo tenant',
      command: { id: 'keyless.identities.leaveDemoTenant' },
    });
  });
});

describe('every row', () => {
  const states = [
    state([shop, mailer], shopModel),
    state([shop, mailer], shopModel, { connection: 'demo' }),
    state([], shopModel, { groups: [links([shop], 'file:///a', 'a'), links([shop], 'file:///b', 'b')] }),
    state([shop], undefined),
    state(
      [shop],
      model(
        [],
        [
          { kind: 'network', scope: '', message: 'One.' },
          { kind: 'network', scope: '', message: 'Two.' },
          { kind: 'forbidden', scope: shop, message: 'Three.' },
          { kind: 'forbidden', scope: shop, message: 'Four.' },
        ],
      ),
    ),
  ];

  it.each(states.map((one, i) => [i, one] as const))(
    'of state %i has its own id, an icon and words to be read aloud',
    (_, one) => {
      const rows = allNodes(describeExplorer(one));
      expect(rows.length).toBeGreaterThan(0);
      expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
      for (const row of rows) {
        expect(row.label).not.toBe('');
        expect(row.icon.id).not.toBe('');
        expect(row.accessibilityLabel.length).toBeGreaterThanOrEqual(row.label.length);
        expect(row.tooltipMarkdown).not.toBe('');
        expect(row.collapsible === 'none').toBe(row.children.length === 0);
      }
    },
  );

  it('of an app of the demo tenant is marked as such', () => {
    const apps = allNodes(describeExplorer(state([shop, mailer], shopModel, { connection: 'demo' }))).filter(row =>
      row.contextValue.split(' ').includes('app'),
    );
    expect(apps.map(({ label }) => label)).toEqual(['shop', 'staging', 'mailer']);
    for (const row of apps) expect(row.description).toMatch(/^demo · /);
    expect(apps[0]?.tooltipMarkdown).toContain('invented data');
    expect(apps[0]?.accessibilityLabel).toMatch(/^Demo: /);
  });

  it('shows words from Azure literally, whatever Markdown they hold', () => {
    const evil = '[x](command:evil) <img> `b` **c**';
    const read = model([app(shop, [systemIdentity([role(evil, group, { condition: '`` ` ```' })])])]);
    const row = allNodes(describeExplorer(state([shop], read))).find(({ label }) => label === evil);
    expect(row?.tooltipMarkdown).toContain('\\[x\\]\\(command:evil\\) \\<img\\> \\`b\\` \\*\\*c\\*\\*');
    expect(row?.tooltipMarkdown).toContain('```` `` ` ``` ````');
  });
});

describe('the title', () => {
  it('says how Azure is reached and how old the data is', () => {
    const at = (minutes: number) => ({ now: readAt + minutes * 60_000 });
    expect(describeConnection(state([shop], shopModel, { account: 'ada@contoso.com', ...at(0) }))).toBe(
      'ada@contoso.com · read just now',
    );
    expect(describeConnection(state([shop], shopModel, at(3)))).toBe('not signed in · read 3 minutes ago');
    expect(describeConnection(state([shop], shopModel, { connection: 'demo', ...at(150) }))).toBe(
      'demo tenant · read 3 hours ago',
    );
    expect(describeConnection(state([shop], undefined, { connection: 'defaultAzureCredential' }))).toBe(
      'DefaultAzureCredential',
    );
  });

  it('is repeated above the rows, where the demo tenant says plainly what it is', () => {
    expect(describeStatus(state([], shopModel))).toBe('');
    expect(describeStatus(state([shop], shopModel, { account: 'ada@contoso.com' }))).toBe(
      'Signed in as ada@contoso.com. Read 1 minute ago.',
    );
    expect(describeStatus(state([shop], undefined, { connection: 'demo' }))).toMatch(
      /^Demo tenant: an invented company/,
    );
  });

  it('names the type of a scope in words', () => {
    const scopes = [
      'Microsoft.KeyVault/vaults/kv',
      'Microsoft.ServiceBus/namespaces/sb/queues/q',
      'Microsoft.New/fancyThings/f',
    ];
    const roles = scopes.map(scope => role(`R ${scope}`, `${group}/providers/${scope}`));
    const rows = allNodes(describeExplorer(state([shop], model([app(shop, [systemIdentity(roles)])]))));
    const described = rows.filter(({ contextValue }) => contextValue.startsWith('role')).map(row => row.description);
    expect(described).toEqual(['kv (key vault)', 'f (fancy thing)', 'sb/q (queue)']);
  });
});
