import type * as vscode from 'vscode';
import type { ArmEndpoint } from '../../core/rbac/arm-endpoint.ts';
import type { Place, Sessions } from './sessions.ts';

/** Which account and tenant show which subscription. A link names the subscription; the rest is known to one user alone. */
export interface Places {
  /** Where a subscription may be read, the likeliest place first; at least one. */
  of(subscriptionId: string, signal: AbortSignal | undefined): Promise<readonly Place[]>;
  /** What is remembered of a subscription; asks nobody. */
  known(subscriptionId: string): Place | undefined;
  remember(subscriptionId: string, place: Place): Promise<void>;
  /** For a subscription that was not where it was thought to be: it may have moved to another tenant. */
  forget(subscriptionId: string): Promise<void>;
}

export interface PlacesSource {
  readonly memory: Pick<vscode.Memento, 'get' | 'update'>;
  readonly sessions: Pick<Sessions, 'accounts' | 'isSignedIn'>;
  readonly endpoint: () => ArmEndpoint | undefined;
  /** Asks Azure without a token. */
  readonly tenantOf: (subscriptionId: string, signal: AbortSignal | undefined) => Promise<string | undefined>;
}

const memoryKey = 'keyless.identities.places';

export function createPlaces({ memory, sessions, endpoint, tenantOf }: PlacesSource): Places {
  const all = (): Readonly<Record<string, Place>> => memory.get<Readonly<Record<string, Place>>>(memoryKey, {});
  const known = (subscriptionId: string): Place | undefined => all()[subscriptionId.toLowerCase()];
  // One write after the other: each begins with what the one before left.
  let writing = Promise.resolve();
  const change = (subscriptionId: string, place: Place | undefined): Promise<void> => {
    writing = writing.then(() => {
      const { [subscriptionId.toLowerCase()]: before, ...others } = all();
      if (before?.accountId === place?.accountId && before?.tenantId === place?.tenantId) return;
      return memory.update(memoryKey, place ? { ...others, [subscriptionId.toLowerCase()]: place } : others);
    });
    return writing;
  };

  return {
    known,
    remember: change,
    forget: subscriptionId => change(subscriptionId, undefined),
    async of(subscriptionId, signal) {
      const at = endpoint();
      const before = known(subscriptionId);
      const tenantId = before?.tenantId ?? (await tenantOf(subscriptionId, signal));
      const tenant = tenantId === undefined ? {} : { tenantId };
      if (!at) return [tenant];
      const ids = (await sessions.accounts(at)).map(({ id }) => id);
      const [first] = ids;
      if (first === undefined) return [tenant];
      // The id of a Microsoft account ends with the tenant that it comes from.
      const likelihood = (id: string): number =>
        id === before?.accountId ? 0 : tenantId !== undefined && id.endsWith(tenantId) ? 1 : 2;
      const candidates = ids
        .toSorted((a, b) => likelihood(a) - likelihood(b))
        .map((accountId): Place => ({ accountId, ...tenant }));
      if (candidates.length === 1) return candidates;
      const signedIn = await Promise.all(candidates.map(place => sessions.isSignedIn(at, place)));
      const usable = candidates.filter((_, index) => signedIn[index]);
      return usable.length > 0 ? usable : candidates.slice(0, 1);
    },
  };
}
