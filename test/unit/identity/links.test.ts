import { describe, expect, it } from 'vitest';
import {
  demoLinks,
  linkedIds,
  type LinkSettings,
  readLinks,
  withLink,
  withoutLink,
} from '../../../src/core/rbac/links.ts';
import { links, mailer, shop, staging } from './sample-model.ts';

function read(settings: Partial<LinkSettings>, hidden: readonly string[] = []) {
  const base = { folder: 'file:///a', name: 'a', linkedApps: undefined, defaultWebAppToDeploy: undefined };
  return readLinks({ ...base, ...settings }, new Set(hidden));
}

describe('readLinks', () => {
  it('takes the linked apps, then the one found in the settings of the App Service extension', () => {
    expect(read({ linkedApps: [mailer], defaultWebAppToDeploy: staging })).toEqual({
      folder: 'file:///a',
      name: 'a',
      links: [
        { resourceId: mailer, origin: 'keyless.linkedApps' },
        { resourceId: staging, origin: 'appService.defaultWebAppToDeploy' },
      ],
      broken: [],
      found: staging,
    });
  });

  it('takes an app once, however it is spelled', () => {
    const { links: found } = read({ linkedApps: [shop, ` ${shop.toUpperCase()}/ `], defaultWebAppToDeploy: shop });
    expect(found).toEqual([{ resourceId: shop, origin: 'keyless.linkedApps' }]);
  });

  it.each(['None', 'none', ' None ', '', undefined, null])('ignores a default app of %j', value => {
    expect(read({ defaultWebAppToDeploy: value })).toMatchObject({ links: [], broken: [] });
  });

  it.each([42, {}, ['x'], 'shop', '/subscriptions/s/resourceGroups/g', true])('explains a default app of %j', value => {
    const { links: found, broken } = read({ defaultWebAppToDeploy: value });
    expect(found).toEqual([]);
    expect(broken).toEqual([
      {
        origin: 'appService.defaultWebAppToDeploy',
        reason: expect.stringMatching(
          /^appService\.defaultWebAppToDeploy is not the resource id .* looks like \/sub/,
        ) as string,
      },
    ]);
  });

  it('explains each broken entry by its position, and never repeats what stands there', () => {
    const pasted = ['AccountKey', 'pasted-by-mistake'].join('=');
    const { links: found, broken } = read({ linkedApps: [shop, pasted, 7] });
    expect(found.map(({ resourceId }) => resourceId)).toEqual([shop]);
    expect(broken.map(({ reason }) => reason.slice(0, 33))).toEqual([
      'Entry 2 of keyless.linkedApps is ',
      'Entry 3 of keyless.linkedApps is ',
    ]);
    expect(JSON.stringify(broken)).not.toContain('pasted');
  });

  it('explains a value that is no list', () => {
    expect(read({ linkedApps: shop }).broken).toHaveLength(1);
    expect(read({ linkedApps: null }).broken).toEqual([]);
  });

  it('leaves out a found link that was hidden, and only that', () => {
    expect(read({ defaultWebAppToDeploy: shop }, [shop.toLowerCase()]).links).toEqual([]);
    expect(read({ linkedApps: [shop] }, [shop.toLowerCase()]).links).toHaveLength(1);
  });
});

describe('the list in settings', () => {
  it('gains an app once and loses it wholly', () => {
    expect(withLink(undefined, shop)).toEqual([shop]);
    expect(withLink([shop.toUpperCase()], shop)).toEqual([shop.toUpperCase()]);
    expect(withoutLink([shop, shop.toUpperCase(), mailer], shop)).toEqual([mailer]);
  });

  it('keeps entries that it does not understand', () => {
    expect(withLink(['x', 3], shop)).toEqual(['x', 3, shop]);
    expect(withoutLink(['x', 3, shop], shop)).toEqual(['x', 3]);
  });
});

describe('linkedIds', () => {
  it('names every app once over all folders', () => {
    expect(linkedIds([links([shop, mailer]), links([shop.toUpperCase(), staging])])).toEqual([shop, mailer, staging]);
  });
});

describe('demoLinks', () => {
  const elsewhereApp = shop.replace('00000000a', '00000000b');

  it('keeps the links into the subscriptions of the demo tenant, existing or not, and counts the others', () => {
    const { groups, elsewhere } = demoLinks([links([staging, mailer, elsewhereApp])], [shop.toUpperCase()]);
    expect(linkedIds(groups)).toEqual([staging, mailer]);
    expect(elsewhere).toBe(1);
  });

  it('offers all its apps when none of them is linked', () => {
    const { groups, elsewhere } = demoLinks([links([elsewhereApp])], [shop]);
    expect(groups.at(-1)).toEqual({
      folder: '',
      name: 'Demo tenant',
      links: [{ resourceId: shop, origin: 'demo' }],
      broken: [],
    });
    expect(linkedIds(groups)).toEqual([shop]);
    expect(elsewhere).toBe(1);
  });
});
