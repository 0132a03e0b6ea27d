import { describe, expect, it } from 'vitest';
import { kqlString } from '../../src/azure/queries.ts';
import { KqlError } from '../../src/demo/kql/parse.ts';
import { runQuery, type Tables } from '../../src/demo/kql/evaluate.ts';

const tables: Tables = {
  apps: () => [
    { id: '/a/Shop', size: 3, owner: 'x', tags: { env: 'dev' }, note: null },
    { id: '/a/shop/slots/new', size: 1, owner: 'x', tags: null, note: "it's" },
    { id: '/b/mail', size: 20, owner: 'z', tags: { env: 'prod' }, note: '' },
  ],
  owners: () => [
    { owner: 'x', name: 'Xenia' },
    { owner: 'y', name: 'Yuri' },
  ],
};

const ids = (query: string): unknown[] => runQuery(query, tables).map(row => row.id ?? row);

describe('the query language', () => {
  it.each([
    ["apps | where id =~ '/A/SHOP'", ['/a/Shop']],
    ["apps | where id == '/A/SHOP'", []],
    ["apps | where owner != 'x'", ['/b/mail']],
    ['apps | where id in~ ("/A/shop", "/B/MAIL")', ['/a/Shop', '/b/mail']],
    ["apps | where id in ('/A/shop')", []],
    ["apps | where id !in~ ('/A/shop', '/b/mail')", ['/a/shop/slots/new']],
    ["apps | where split(tolower(id), '/slots/')[0] == '/a/shop'", ['/a/Shop', '/a/shop/slots/new']],
    ["apps | where id contains 'SHOP' and size < 2", ['/a/shop/slots/new']],
    ["apps | where id startswith '/B' or size == 1", ['/a/shop/slots/new', '/b/mail']],
    ["apps | where tags.env == 'dev'", ['/a/Shop']],
    ["apps | where tags['env'] == 'prod' // the live ones", ['/b/mail']],
    ['apps | where isnotempty(note)', ['/a/shop/slots/new']],
    ["apps | where tostring(note) == ''", ['/a/Shop', '/b/mail']],
    ["apps | where note == 'it\\'s'", ['/a/shop/slots/new']],
    ['apps | order by size desc', ['/b/mail', '/a/Shop', '/a/shop/slots/new']],
    ['apps | order by size asc | take 1', ['/a/shop/slots/new']],
    ['apps | count', [{ Count: 3 }]],
    [
      "apps | where size > 2 | project big = iff(size > 10, 'yes', 'no'), tags.env",
      [
        { big: 'no', tags_env: 'dev' },
        { big: 'yes', tags_env: 'prod' },
      ],
    ],
  ])('%s', (query, expected) => {
    expect(ids(query)).toEqual(expected);
  });

  it('joins, keeping rows without a partner where the join says so', () => {
    expect(runQuery('apps | join kind=leftouter (owners) on owner | project id, name', tables)).toEqual([
      { id: '/a/Shop', name: 'Xenia' },
      { id: '/a/shop/slots/new', name: 'Xenia' },
      { id: '/b/mail', name: null },
    ]);
    expect(ids('apps | join kind=inner (owners | where name == "Xenia") on owner')).toHaveLength(2);
  });

  it.each([
    '',
    '|',
    'nosuch',
    'apps | where',
    'apps | where size ==',
    'apps | where (size',
    'apps | drop',
    'apps x',
    'apps | where f(1)',
    'apps | where §',
  ])('refuses "%s"', query => {
    expect(() => runQuery(query, tables)).toThrow(KqlError);
  });

  it('takes any quoted text as one literal', () => {
    for (const text of ["'", '\\', "\\'", "') or 1 == 1 //", 'a\nb', '"', '| count', "x' | count //"]) {
      const rows = runQuery(`apps | extend text = ${kqlString(text)} | take 1`, tables);
      expect(rows).toHaveLength(1);
      expect(rows[0]?.text).toBe(text.replace('\n', ' '));
    }
  });
});
