import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { builtInRoleName } from '../../src/core/rbac/builtin-roles.ts';
import { allows } from '../../src/core/rbac/permissions.ts';
import { builtInPermissions } from '../../src/core/rbac/role-permissions.ts';
import { services } from '../../src/core/services/catalogue.generated.ts';
import { coverageTable, uncoveredServices } from '../../src/dev/coverage.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** The row of a service as cells, without the padding. */
function rowOf(table: string, name: string): string[] {
  const row = table.split('\n').find(line => line.startsWith(`| ${name} `)) ?? '';
  return row
    .split('|')
    .slice(1, -1)
    .map(text => text.trim());
}

describe('the coverage table', () => {
  const table = coverageTable(services);

  it('stands in the README as it is computed', () => {
    expect(readme).toContain(table);
  });

  it.each(['typescript', 'python', 'csharp', 'java', 'go'] as const)(
    'shows a hole where %s clients are taken away',
    id => {
      const search = services.find(service => service.id === 'app-configuration');
      if (search === undefined) throw new Error('no such service');
      const clients = search.clients.filter(({ language }) => language !== id);
      const [name, ...cells] = rowOf(coverageTable([{ ...search, clients }]), search.name);
      expect(name).toBe(search.name);
      expect(cells.filter(text => text === '**open**')).toHaveLength(1);
      expect(cells.filter(text => text === 'rewrite')).toHaveLength(4);
    },
  );

  it('tells what a service without tokens, an SDK without keys and a language without an SDK need', () => {
    expect(rowOf(table, 'Azure Notification Hubs').slice(1, 4)).toEqual(['Key Vault', 'no SDK', 'Key Vault']);
    expect(rowOf(table, 'Azure Digital Twins').slice(1, 6)).toEqual([...Array<string>(4).fill('token only'), 'no SDK']);
  });

  it('names every service with roles of its own in the table or below it', () => {
    const below = uncoveredServices(services);
    for (const { id, name, roles } of services) {
      if (roles.length === 0 || id === 'ai-services') continue;
      expect(rowOf(table, name).length > 0 || below.includes(name), name).toBe(true);
    }
  });
});

const rewritten = services.filter(({ clients }) => clients.length > 0);

test.each(rewritten)('$id: documentation and roles are those of Microsoft', ({ documentation, roles }) => {
  expect(documentation).toMatch(/^https:\/\/learn\.microsoft\.com\/(?:azure|entra)\//);
  for (const { id, name, plane = 'arm' } of roles) {
    if (plane === 'arm') expect(builtInRoleName(id)).toBe(name);
  }
});

test.each(rewritten)('$id: one of its roles allows what its calls need', ({ operations, roles }) => {
  const known = roles.flatMap(({ id, plane = 'arm' }) => (plane === 'arm' ? (builtInPermissions(id) ?? []) : []));
  if (known.length === 0) return;
  for (const { dataActions } of operations) {
    const allowed = known.some(role => dataActions.every(action => allows(role, action, 'data')));
    expect(allowed, dataActions.join(', ')).toBe(true);
  }
});
