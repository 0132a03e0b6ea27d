import * as vscode from 'vscode';
import type { AccessToken, ClaimsChallenge } from '../../azure/index.ts';
import type { ArmEndpoint } from '../../core/rbac/arm-endpoint.ts';

/** VS Code's own Microsoft sessions, asked for in the background without ever prompting, and by a click with a prompt. */
export interface Sessions {
  /** Label of the account that is signed in, if the background may know. */
  account(endpoint: ArmEndpoint): Promise<string | undefined>;
  token(endpoint: ArmEndpoint, scopes: readonly string[], claims?: string): Promise<AccessToken | undefined>;
  /** Remembers that Azure wants a stronger sign-in, for the next click on "sign in". */
  challenged(challenge: ClaimsChallenge): void;
  /** Prompts. Rejects with a message for the user; resolves to false when the user gave up. */
  signIn(endpoint: ArmEndpoint, choose: 'account' | 'anotherAccount'): Promise<boolean>;
  /** The account that the background sees became another one. */
  readonly onDidChangeAccount: vscode.Event<void>;
  dispose(): void;
}

/** Events come in bursts: a sign-in alone fires several. */
const debounce = 400;
/** VS Code renews its tokens itself and never hands out one that is about to end, so it is asked again after a while. */
const tokenLifetime = 5 * 60_000;

/**
 * @param tenant - the tenant the user chose; the account's home tenant when undefined
 * @param current - the endpoint in use, for events
 */
export function createSessions(tenant: () => string | undefined, current: () => ArmEndpoint | undefined): Sessions {
  const changed = new vscode.EventEmitter<void>();
  let pending: ClaimsChallenge | undefined;
  let known: string | undefined;
  let timer: NodeJS.Timeout | undefined;

  const request = (scopes: readonly string[]): string[] => {
    const chosen = tenant();
    return chosen === undefined ? [...scopes] : [...scopes, `VSCODE_TENANT:${chosen}`];
  };

  const silent = async (
    endpoint: ArmEndpoint,
    scopes: readonly string[],
    claims?: string,
  ): Promise<vscode.AuthenticationSession | undefined> => {
    const provider = providerOf(endpoint);
    if (provider.obstacle !== undefined) return undefined;
    const challenge = claims === undefined ? undefined : challengeOf(claims, request(scopes));
    if (claims !== undefined && !challenge) return undefined;
    try {
      return await vscode.authentication.getSession(provider.id, challenge ?? request(scopes), { silent: true });
    } catch {
      // No such provider, no consent yet, no network: for the background all of it is "not signed in".
      return undefined;
    }
  };

  const account = async (endpoint: ArmEndpoint): Promise<string | undefined> => {
    if (endpoint.tokenScope === undefined) return undefined;
    known = (await silent(endpoint, [endpoint.tokenScope]))?.account.label;
    return known;
  };

  const listening = vscode.authentication.onDidChangeSessions(({ provider }) => {
    const endpoint = current();
    if (!endpoint || provider.id !== providerOf(endpoint).id) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const before = known;
      // A renewed token of the same account is no reason to read everything again.
      void account(endpoint).then(now => now !== before && changed.fire());
    }, debounce);
  });

  return {
    account,
    async token(endpoint, scopes, claims) {
      const session = await silent(endpoint, scopes, claims);
      return session && { token: session.accessToken, expiresOnTimestamp: Date.now() + tokenLifetime };
    },
    challenged: challenge => void (pending = challenge),
    async signIn(endpoint, choose) {
      const { id, obstacle } = providerOf(endpoint);
      if (obstacle !== undefined) throw new Error(obstacle);
      const scopes = request(pending?.scopes ?? (endpoint.tokenScope === undefined ? [] : [endpoint.tokenScope]));
      const clearSessionPreference = choose === 'anotherAccount';
      const challenge = pending && challengeOf(pending.claims, scopes);
      const options: vscode.AuthenticationGetSessionOptions =
        pending && !challenge
          ? { forceNewSession: { detail: 'Azure wants a stronger sign-in.' } }
          : { createIfNone: true, clearSessionPreference };
      try {
        known = (await vscode.authentication.getSession(id, challenge ?? scopes, options))?.account.label;
      } catch (error) {
        if (error instanceof Error && /cancel|did not consent/i.test(error.message)) return false;
        throw new Error(
          'VS Code could not sign in to Microsoft. Check that its Microsoft Account extension is enabled.',
          {
            cause: error,
          },
        );
      }
      pending = undefined;
      return known !== undefined;
    },
    onDidChangeAccount: changed.event,
    dispose() {
      clearTimeout(timer);
      listening.dispose();
      changed.dispose();
    },
  };
}

/** Names that VS Code's setting `microsoft-sovereign-cloud.environment` uses. */
const sovereignClouds = { usGovernment: 'USGovernment', china: 'ChinaCloud', custom: 'custom' } as const;

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
