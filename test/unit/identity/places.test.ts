import { describe, expect, it } from 'vitest';
import { resolveArmEndpoint } from '../../../src/core/rbac/arm-endpoint.ts';
import { createPlaces, type Places } from '../../../src/vscode/identity/places.ts';
import type { Place } from '../../../src/vscode/identity/sessions.ts';

const contoso = '11111111-1111-4111-8111-111111111111';
const fabrikam = '22222222-2222-4222-8222-222222222222';
const subscription = 'AAAAAAAA-0000-4000-8000-000000000001';
/** As Microsoft accounts are numbered: the object, then the home tenant. */
const ada = { id: `ada.${contoso}`, label: 'ada@contoso.example' };
const grace = { id: `grace.${fabrikam}`, label: 'grace@fabrikam.example' };
const alan = { id: `alan.${fabrikam}`, label: 'alan@fabrikam.example' };

interface World {
  readonly places: Places;
  readonly lookedUp: string[];
  readonly memory: Map<string, unknown>;
}

function world(
  accounts: readonly { id: string; label: string }[],
  tenantId: string | undefined,
  signedIn: (place: Place) => boolean = () => true,
): World {
  const memory = new Map<string, unknown>();
  const lookedUp: string[] = [];
  const resolved = resolveArmEndpoint();
  const places = createPlaces({
    memory: {
      get: <T>(key: string, otherwise?: T) => (memory.get(key) as T | undefined) ?? (otherwise as T),
      update: async (key: string, value: unknown) => void memory.set(key, value),
    },
    sessions: { accounts: async () => accounts, isSignedIn: async (_, place) => signedIn(place) },
    endpoint: () => (resolved.ok ? resolved.endpoint : undefined),
    tenantOf: async id => {
      lookedUp.push(id);
      return tenantId;
    },
  });
  return { places, lookedUp, memory };
}

describe('the places of a subscription', () => {
  it('are its tenant with the only account', async () => {
    const { places } = world([ada], fabrikam);
    expect(await places.of(subscription, undefined)).toEqual([{ accountId: ada.id, tenantId: fabrikam }]);
  });

  it('begin with the account whose home the tenant is', async () => {
    const { places } = world([ada, grace, alan], fabrikam);
    expect(await places.of(subscription, undefined)).toEqual(
      [grace, alan, ada].map(({ id }) => ({ accountId: id, tenantId: fabrikam })),
    );
  });

  it('leave out accounts without a session there, unless all are without', async () => {
    const one = world([ada, grace, alan], fabrikam, ({ accountId }) => accountId === ada.id);
    expect(await one.places.of(subscription, undefined)).toEqual([{ accountId: ada.id, tenantId: fabrikam }]);
    const none = world([ada, grace], fabrikam, () => false);
    expect(await none.places.of(subscription, undefined)).toEqual([{ accountId: grace.id, tenantId: fabrikam }]);
  });

  it('are remembered: the account that served comes first, and nobody is asked for the tenant again', async () => {
    const { places, lookedUp } = world([ada, grace, alan], fabrikam);
    await places.remember(subscription, { accountId: alan.id, tenantId: fabrikam });
    expect((await places.of(subscription.toLowerCase(), undefined))[0]).toEqual({
      accountId: alan.id,
      tenantId: fabrikam,
    });
    expect(lookedUp).toEqual([]);
    await places.forget(subscription);
    await places.of(subscription, undefined);
    expect(lookedUp).toEqual([subscription]);
  });

  it('are left to VS Code where neither account nor tenant is known', async () => {
    const { places } = world([], undefined);
    expect(await places.of(subscription, undefined)).toEqual([{}]);
  });

  it('are written one after the other, so that none is lost', async () => {
    const { places } = world([ada], contoso);
    await Promise.all(['a', 'b', 'c'].map(id => places.remember(id, { tenantId: contoso })));
    expect(['a', 'b', 'c'].map(id => places.known(id))).toEqual(Array(3).fill({ tenantId: contoso }));
  });
});
