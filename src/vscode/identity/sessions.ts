import * as vscode from 'vscode';
import type { AccessToken, ClaimsChallenge } from '../../azure/index.ts';
import type { ArmEndpoint } from '../../core/rbac/arm-endpoint.ts';

/** One of VS Code's Microsoft accounts in one of its tenants. What is absent is left to VS Code and Microsoft. */
export interface Place {
  readonly accountId?: string;
  /** The account's home tenant when absent. */
  readonly tenantId?: string;
}

/** VS Code's own Microsoft sessions, asked for in the background without ever prompting, and by a click with a prompt. */
export interface Sessions {
  /** All accounts of the endpoint's provider, whether or not Keyless may use them yet. */
  accounts(endpoint: ArmEndpoint): Promise<readonly vscode.AuthenticationSessionAccountInformation[]>;
  /** Labels of the accounts that are signed in, as far as the background may know. */
  account(endpoint: ArmEndpoint): Promise<string | undefined>;
  isSignedIn(endpoint: ArmEndpoint, place: Place): Promise<boolean>;
  token(
    endpoint: ArmEndpoint,
    place: Place,
    scopes: readonly string[],
    claims?: string,
  ): Promise<AccessToken | undefined>;
  /** Remembers that Azure wants a stronger sign-in, for the next click on "sign in". */
  challenged(challenge: ClaimsChallenge, place: Place): void;
  /**
   * Prompts, for a place, or for the one that was last asked for in vain. Rejects with a message for the user; resolves to
   * false when the user gave up.
   */
  signIn(endpoint: ArmEndpoint, choose: 'account' | 'anotherAccount' | Place): Promise<boolean>;
  /** The accounts that the background sees became others. */
  readonly onDidChangeAccount: vscode.Event<void>;
  dispose(): void;
}

/** Events come in bursts: a sign-in alone fires several. */
const debounce = 400;
/**
 * Milliseconds in which VS Code answers without a prompt, its provider's start included. It waits without end for a
 * provider that itself waits, as that of sovereign clouds does for a setting to be mended.
 */
const patience = 15_000;
/** VS Code renews its tokens itself and never hands out one that is about to end, so it is asked again after a while. */
const tokenLifetime = 5 * 60_000;

/** @param current - the endpoint in use, for events */
export function createSessions(current: () => ArmEndpoint | undefined): Sessions {
  const changed = new vscode.EventEmitter<void>();
  let pending: { readonly challenge: ClaimsChallenge; readonly place: Place } | undefined;
  /** Where the background had no session. */
  let missed: Place | undefined;
  let known: string | undefined;
  let timer: NodeJS.Timeout | undefined;

  /** What VS Code answers; `undefined` when it takes too long, and then an event when it does answer. */
  const inTime = async <T>(answer: Thenable<T>): Promise<T | undefined> => {
    let late = false;
    let stop: NodeJS.Timeout | undefined;
    const tooLong = new Promise<undefined>(resolve => {
      stop = setTimeout(() => {
        late = true;
        resolve(undefined);
      }, patience);
    });
    try {
      return await Promise.race([
        answer.then(value => {
          if (late) changed.fire();
          return value;
        }),
        tooLong,
      ]);
    } finally {
      clearTimeout(stop);
    }
  };

  const accounts = async (
    endpoint: ArmEndpoint,
  ): Promise<readonly vscode.AuthenticationSessionAccountInformation[]> => {
    const provider = providerOf(endpoint);
    if (provider.obstacle !== undefined) return [];
    try {
      return (await inTime(vscode.authentication.getAccounts(provider.id))) ?? [];
    } catch {
      // As with sessions: a provider that is not there has no accounts.
      return [];
    }
  };

  const accountOption = async (
    endpoint: ArmEndpoint,
    { accountId }: Place,
  ): Promise<Pick<vscode.AuthenticationGetSessionOptions, 'account'>> => {
    if (accountId === undefined) return {};
    const account = (await accounts(endpoint)).find(({ id }) => id === accountId);
    return account ? { account } : {};
  };

  const silent = async (
    endpoint: ArmEndpoint,
    place: Place,
    scopes: readonly string[],
    claims?: string,
  ): Promise<vscode.AuthenticationSession | undefined> => {
    const provider = providerOf(endpoint);
    if (provider.obstacle !== undefined) return undefined;
    const wanted = scopesAt(place, scopes);
    const challenge = claims === undefined ? undefined : challengeOf(claims, wanted);
    if (claims !== undefined && !challenge) return undefined;
    const options = { silent: true, ...(await accountOption(endpoint, place)) };
    try {
      return await inTime(vscode.authentication.getSession(provider.id, challenge ?? wanted, options));
    } catch {
      // No such provider, no consent yet, no network: for the background all of it is "not signed in".
      return undefined;
    }
  };

  const isSignedIn = async (endpoint: ArmEndpoint, place: Place): Promise<boolean> =>
    endpoint.tokenScope !== undefined && (await silent(endpoint, place, [endpoint.tokenScope])) !== undefined;

  const account = async (endpoint: ArmEndpoint): Promise<string | undefined> => {
    const { tokenScope } = endpoint;
    if (tokenScope === undefined) return undefined;
    const all = await accounts(endpoint);
    const places: readonly Place[] = all.length < 2 ? [{}] : all.map(({ id }) => ({ accountId: id }));
    const sessions = await Promise.all(places.map(place => silent(endpoint, place, [tokenScope])));
    const labels = new Set(sessions.flatMap(session => session?.account.label ?? []));
    known = labels.size === 0 ? undefined : [...labels].join(', ');
    return known;
  };

  const listening = vscode.authentication.onDidChangeSessions(({ provider }) => {
    const endpoint = current();
    if (!endpoint || provider.id !== providerOf(endpoint).id) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const before = known;
      // A renewed token of the same accounts is no reason to read everything again.
      void account(endpoint).then(now => now !== before && changed.fire());
    }, debounce);
  });

  return {
    accounts,
    account,
    isSignedIn,
    async token(endpoint, place, scopes, claims) {
      const session = await silent(endpoint, place, scopes, claims);
      if (!session && claims === undefined) missed = place;
      return session && { token: session.accessToken, expiresOnTimestamp: Date.now() + tokenLifetime };
    },
    challenged: (challenge, place) => void (pending = { challenge, place }),
    async signIn(endpoint, choose) {
      const { id, obstacle } = providerOf(endpoint);
      if (obstacle !== undefined) throw new Error(obstacle);
      const answered = typeof choose === 'string' ? pending : undefined;
      const place = typeof choose === 'string' ? (answered?.place ?? missed ?? {}) : choose;
      const scopes = scopesAt(
        place,
        answered?.challenge.scopes ?? (endpoint.tokenScope === undefined ? [] : [endpoint.tokenScope]),
      );
      const challenge = answered && challengeOf(answered.challenge.claims, scopes);
      const account = choose === 'anotherAccount' ? {} : await accountOption(endpoint, place);
      const options: vscode.AuthenticationGetSessionOptions =
        answered && !challenge
          ? { forceNewSession: { detail: 'Azure wants a stronger sign-in.' }, ...account }
          : { createIfNone: true, clearSessionPreference: choose === 'anotherAccount', ...account };
      let session: vscode.AuthenticationSession | undefined;
      try {
        session = await vscode.authentication.getSession(id, challenge ?? scopes, options);
      } catch (error) {
        if (error instanceof Error && /cancel|did not consent/i.test(error.message)) return false;
        throw new Error(
          'VS Code could not sign in to Microsoft. Check that its Microsoft Account extension is enabled.',
          {
            cause: error,
          },
        );
      }
      if (answered) pending = undefined;
      missed = undefined;
      return session !== undefined;
    },
    onDidChangeAccount: changed.event,
    dispose() {
      clearTimeout(timer);
      listening.dispose();
      changed.dispose();
    },
  };
}

/** VS Code takes the tenant as one more scope. */
function scopesAt({ tenantId }: Place, scopes: readonly string[]): string[] {
  return tenantId === undefined ? [...scopes] : [...scopes, `VSCODE_TENANT:${tenantId}`];
}

/** Names that VS Code's setting `microsoft-sovereign-cloud.environment` uses. */
const sovereignClouds = { usGovernment: 'USGovernment', china: 'ChinaCloud', custom: 'custom' } as const;

/**
 * Resource Manager of the cloud that the user's own settings of VS Code name; `undefined` for the public one. What a
 * workspace says of it is not looked at: it could lead tokens elsewhere.
 */
export function cloudOfEditor(): string | undefined {
  const settings = vscode.workspace.getConfiguration('microsoft-sovereign-cloud');
  const environment: string | undefined = settings.inspect<string>('environment')?.globalValue;
  switch (environment) {
    case sovereignClouds.usGovernment:
      return 'https://management.usgovcloudapi.net';
    case sovereignClouds.china:
      return 'https://management.chinacloudapi.cn';
    case sovereignClouds.custom: {
      const custom = settings.inspect<Readonly<Record<string, unknown>>>('customEnvironment')?.globalValue;
      const url = custom?.['resourceManagerEndpointUrl'];
      return typeof url === 'string' ? url : undefined;
    }
    case undefined:
    default:
      return undefined;
  }
}

/** The provider of VS Code that signs in to the endpoint's cloud, and what is in the way of using it. */
function providerOf(endpoint: ArmEndpoint): { id: string; obstacle?: string } {
  if (endpoint.cloud === 'loopback') return { id: 'microsoft', obstacle: 'A loopback server takes no sign-in.' };
  if (endpoint.cloud === 'public') return { id: 'microsoft' };
  const id = 'microsoft-sovereign-cloud';
  const wanted = sovereignClouds[endpoint.cloud];
  const set = vscode.workspace.getConfiguration(id).get<string>('environment');
  if (set === wanted) return { id };
  return {
    id,
    obstacle: `To sign in to ${endpoint.url}, set ${id}.environment to "${wanted}" in the user settings first.`,
  };
}

/**
 * A claims challenge in the form that VS Code 1.105 and later take instead of scopes; `undefined` for older ones.
 * Typed as scopes because the API this extension is compiled against does not know it yet.
 */
function challengeOf(claims: string, fallbackScopes: readonly string[]): readonly string[] | undefined {
  const [major = 0, minor = 0] = vscode.version.split('.').map(Number);
  if (major === 1 && minor < 105) return undefined;
  const wwwAuthenticate = `Bearer error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`;
  return { wwwAuthenticate, fallbackScopes } as unknown as readonly string[];
}
