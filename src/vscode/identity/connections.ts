import type * as vscode from 'vscode';
import type { AzureConnection, ConnectOptions } from '../../azure/index.ts';
import type { ArmEndpoint } from '../../core/rbac/arm-endpoint.ts';
import { createPlaces, type Places } from './places.ts';
import type { Place, Sessions } from './sessions.ts';

/** Connections to Azure: one for each account and tenant that something was read by. */
export interface Connections {
  readonly places: Places;
  /** The same one for the same place, as long as the settings stay: role names read once belong to it. */
  at(place: Place): Promise<AzureConnection>;
  /** Those by which a subscription may be read, the likeliest first. */
  of(subscriptionId: string, signal: AbortSignal | undefined): Promise<readonly AzureConnection[]>;
  /** The likeliest of them. */
  for(subscriptionId: string, signal: AbortSignal | undefined): Promise<AzureConnection>;
  placeOf(connection: AzureConnection): Place | undefined;
}

export interface ConnectionsSource {
  readonly memory: vscode.Memento;
  readonly sessions: Sessions;
  readonly endpoint: () => ArmEndpoint | undefined;
  /** Without anything that depends on the place. Rejects when the demo tenant cannot start. */
  readonly options: () => Promise<ConnectOptions>;
}

export function createConnections({ memory, sessions, endpoint, options }: ConnectionsSource): Connections {
  const open = new Map<string, AzureConnection>();
  const placed = new Map<AzureConnection, Place>();
  let settings = '';

  const at = async (place: Place): Promise<AzureConnection> => {
    const [azure, chosen] = [await import('../../azure/index.ts'), await options()];
    const current = JSON.stringify([chosen.endpoint, chosen.signIn, chosen.directory]);
    if (current !== settings) open.clear();
    settings = current;
    const key = JSON.stringify([place.accountId, place.tenantId]);
    let connection = open.get(key);
    if (!connection) {
      connection = azure.connect({
        ...chosen,
        ...(place.tenantId === undefined ? {} : { tenantId: place.tenantId }),
        getToken: async (scopes, _tenant, claims) => {
          const resolved = endpoint();
          return resolved && sessions.token(resolved, place, scopes, claims);
        },
        onClaimsChallenge: challenge => sessions.challenged(challenge, place),
      });
      open.set(key, connection);
      placed.set(connection, place);
    }
    return connection;
  };

  const places = createPlaces({
    memory,
    sessions,
    endpoint,
    tenantOf: async (subscriptionId, signal) => {
      const [azure, anywhere] = [await import('../../azure/index.ts'), await at({})];
      return azure.tenantOfSubscription(anywhere, subscriptionId, signal);
    },
  });

  const of = async (subscriptionId: string, signal: AbortSignal | undefined): Promise<readonly AzureConnection[]> => {
    const { signIn } = await options();
    switch (signIn) {
      case 'demo':
        return [await at({})];
      case 'default': {
        // DefaultAzureCredential has one account, whose token still has to be of the right tenant.
        const anywhere = await at({});
        const { tenantOfSubscription } = await import('../../azure/index.ts');
        const tenantId = subscriptionId && (await tenantOfSubscription(anywhere, subscriptionId, signal));
        return [tenantId ? await at({ tenantId }) : anywhere];
      }
      case 'vscode':
        if (subscriptionId === '') return [await at({})];
        return Promise.all((await places.of(subscriptionId, signal)).map(at));
    }
  };

  return {
    places,
    at,
    of,
    async for(subscriptionId, signal) {
      const [first] = await of(subscriptionId, signal);
      return first ?? at({});
    },
    placeOf: connection => placed.get(connection),
  };
}
