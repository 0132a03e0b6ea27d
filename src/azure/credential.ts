import type { TokenCredential } from '@azure/core-auth';
import type { ArmEndpoint } from '../core/rbac/arm-endpoint.ts';
import { accountOfToken } from './token-account.ts';

/** A token as `vscode.authentication` or a TokenCredential gives it. */
export interface AccessToken {
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly expiresOnTimestamp: number;
}

/**
 * Gives a token for the scopes, or `undefined` when nobody is signed in. It must not prompt in the background.
 * @param claims - decoded JSON of a claims challenge, when Azure asks for a stronger sign-in
 */
export type GetToken = (
  scopes: string[],
  tenantId?: string,
  claims?: string,
) => Promise<AccessToken | undefined> | PromiseLike<AccessToken | undefined>;

export interface ClaimsChallenge {
  readonly scopes: readonly string[];
  readonly tenantId?: string;
  /** Decoded JSON that the next sign-in has to carry. */
  readonly claims: string;
}

export interface SignInOptions {
  /**
   * `vscode`: tokens come from `getToken`. `default`: DefaultAzureCredential, loaded when first needed.
   * `demo`: no credential, and a loopback http endpoint only.
   */
  readonly signIn: 'vscode' | 'default' | 'demo';
  readonly getToken?: GetToken;
  /** Tenant whose tokens are asked for; the account's home tenant when absent. */
  readonly tenantId?: string;
  /** Called when Azure wants a stronger sign-in and `getToken` had no token for it. */
  readonly onClaimsChallenge?: (challenge: ClaimsChallenge) => void;
  /** Told whom DefaultAzureCredential signed in as, in words, once it is known. */
  readonly onAccount?: (account: string) => void;
}

/** Nobody is signed in, or the sign-in gave no token. */
export class NotSignedInError extends Error {
  override readonly name = 'NotSignedInError';
  /** Tenant that a token was asked of; the account's home tenant when absent. */
  readonly tenantId?: string;
  constructor(tenantId?: string) {
    super('no session');
    if (tenantId !== undefined) this.tenantId = tenantId;
  }
}

/** Azure wants a stronger sign-in (for example multi-factor authentication) that only the user can give. */
export class ClaimsChallengeError extends Error {
  override readonly name = 'ClaimsChallengeError';
}

/** The credential of a connection; `undefined` where none may be used. Nothing is asked for until a request needs it. */
export function credentialFor(endpoint: ArmEndpoint, options: SignInOptions): TokenCredential | undefined {
  if (!endpoint.tokenScope) return undefined;
  switch (options.signIn) {
    case 'demo':
      return undefined;
    case 'vscode':
      return editorCredential(options);
    case 'default':
      return defaultCredential(endpoint, options);
  }
}

function editorCredential({ getToken, tenantId, onClaimsChallenge }: SignInOptions): TokenCredential {
  let plain: AccessToken | undefined;
  // The token that answered a challenge, and the one that Azure did not take: it goes on in its place.
  let stronger: { readonly token: AccessToken; readonly insteadOf: string | undefined } | undefined;
  return {
    async getToken(scopes, { claims } = {}) {
      const wanted = typeof scopes === 'string' ? [scopes] : scopes;
      const token = await getToken?.(wanted, tenantId, claims);
      if (claims === undefined) {
        plain = token;
        if (!token) throw new NotSignedInError(tenantId);
        const known = stronger?.insteadOf === token.token && stronger.token.expiresOnTimestamp > Date.now();
        // The editor keeps the tokens itself, and only it knows when the account changes.
        return askedEveryTime(known && stronger ? stronger.token : token);
      }
      if (token) {
        stronger = { token, insteadOf: plain?.token };
        return askedEveryTime(token);
      }
      onClaimsChallenge?.({ scopes: wanted, claims, ...(tenantId ? { tenantId } : undefined) });
      throw new ClaimsChallengeError('no session for the claims');
    },
  };
}

/** The identity library is large and starts processes: it is loaded when the first token is needed. */
function defaultCredential(endpoint: ArmEndpoint, { tenantId, onAccount }: SignInOptions): TokenCredential {
  let loaded: Promise<TokenCredential> | undefined;
  let kept: AccessToken | null = null;
  return {
    async getToken(scopes, options) {
      // Some of the sources start a process for every token.
      if (kept && !options?.claims && kept.expiresOnTimestamp - Date.now() > 5 * 60_000) return askedEveryTime(kept);
      loaded ??= import('./default-credential.ts').then(({ createDefaultCredential }) =>
        createDefaultCredential(endpoint.authorityHost, tenantId),
      );
      kept = await (await loaded).getToken(scopes, options);
      const account = kept && accountOfToken(kept.token);
      if (account) onAccount?.(account);
      return kept && askedEveryTime(kept);
    },
  };
}

/**
 * Keeps the SDK from renewing the token behind the scenes in its last minutes, where a failure would be an unhandled
 * rejection: a token that seems to have expired is asked for, and awaited, before each request.
 */
function askedEveryTime({ token }: AccessToken): AccessToken {
  return { token, expiresOnTimestamp: Date.now() };
}
