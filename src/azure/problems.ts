import { isRestError, type RestError } from '@azure/core-rest-pipeline';
import type { Problem, ProblemKind } from '../core/rbac/identity-model.ts';
import { DeadlineError, ForeignLinkError, MalformedAnswerError, ThrottledError } from './pipeline.ts';

export { MalformedAnswerError } from './pipeline.ts';

/** Carries a problem out of a function that has no model to put it in. */
export class AzureReadError extends Error {
  override readonly name = 'AzureReadError';
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

/**
 * Says what went wrong and what to do. Nothing of a response body or of a foreign error message is repeated, since
 * either may carry more than its author meant; status, error code and request id are.
 * @param scope - ARM id or scope that was read; '' for the whole connection
 * @param what - what was being read, as a noun phrase: "the apps"
 */
export function problemOf(error: unknown, scope: string, what: string): Problem {
  const { kind, message } = explain(error, what);
  const tenantId = kind === 'notSignedIn' ? (error as { readonly tenantId?: string } | null)?.tenantId : undefined;
  return { kind, scope, message, ...(tenantId ? { tenantId } : undefined) };
}

export function isForbidden(error: unknown): boolean {
  return explain(error, '').kind === 'forbidden';
}

/** True when Resource Graph is closed to the account, or is not there at all, as on Azure Stack Hub. */
export function isWithoutResourceGraph(error: unknown): boolean {
  const { kind } = explain(error, '');
  return kind === 'forbidden' || kind === 'notFound';
}

/** Says what reading without Resource Graph means, after a refusal of it. */
export function withoutResourceGraph(error: unknown): Problem {
  const { kind, message } = explain(error, 'Azure Resource Graph');
  return {
    kind,
    scope: '',
    message: `${message} Until then everything is read app by app, and roles in other subscriptions are not shown.`,
  };
}

interface Explanation {
  readonly kind: ProblemKind;
  readonly message: string;
}

function explain(error: unknown, what: string): Explanation {
  if (error instanceof AzureReadError) return error.problem;
  if (error instanceof ThrottledError) {
    return {
      kind: error.status === 429 ? 'throttled' : 'unavailable',
      message: `Azure asked to wait ${error.seconds} s before ${what} can be read. Refresh after that.`,
    };
  }
  if (error instanceof DeadlineError) {
    return { kind: 'network', message: `Azure did not answer in time while reading ${what}. Refresh to try again.` };
  }
  if (error instanceof ForeignLinkError) {
    return {
      kind: 'malformed',
      message: `An answer about ${what} linked to another server, which was not followed. Check the Azure endpoint setting.`,
    };
  }
  if (error instanceof MalformedAnswerError) return malformed(what, '');
  const name = error instanceof Error ? error.name : '';
  switch (name) {
    case 'AbortError':
      return { kind: 'cancelled', message: `Reading ${what} was cancelled. Refresh to read it.` };
    case 'NotSignedInError':
      return { kind: 'notSignedIn', message: notSignedIn(error, what) };
    case 'EndpointRefusedError':
      // Written for people: it says what to change.
      return { kind: 'network', message: error instanceof Error ? error.message : '' };
    case 'ClaimsChallengeError':
      return claimsChallenge(what);
    case 'CredentialUnavailableError':
    case 'ChainedTokenCredentialError':
    case 'AggregateAuthenticationError':
    case 'AuthenticationRequiredError':
    case 'AuthenticationError':
      return {
        kind: 'notSignedIn',
        message: `DefaultAzureCredential found no account that works. Run "az login" or "azd auth login", then read ${what} again.`,
      };
  }
  if (isRestError(error)) return explainRestError(error, what);
  // A deserializer tripped over a value of the wrong shape.
  if (error instanceof TypeError || error instanceof SyntaxError) return malformed(what, '');
  return { kind: 'unavailable', message: `Reading ${what} failed unexpectedly. Refresh to try again.` };
}

function explainRestError(error: RestError, what: string): Explanation {
  const status = error.statusCode ?? error.response?.status;
  const detail = detailOf(error, status);
  if (error.code === 'PARSE_ERROR') {
    // Without a response the body broke off; with one it was whole and no JSON.
    if (error.response || status !== undefined) return malformed(what, detail);
    return { kind: 'network', message: `The connection broke while reading ${what}. Refresh to try again.` };
  }
  if (status === undefined) {
    const reason = safeCode(error.code);
    return {
      kind: 'network',
      message: `Azure could not be reached to read ${what}${reason ? ` (${reason})` : ''}. Check the network, the proxy and the Azure endpoint setting.`,
    };
  }
  if (status === 401) {
    if (/\bclaims=/.test(error.response?.headers.get('www-authenticate') ?? '')) return claimsChallenge(what);
    return {
      kind: 'notSignedIn',
      message: `Azure did not accept the sign-in while reading ${what}${detail}. Sign in again, with an account of the tenant that holds it.`,
    };
  }
  if (status === 403) {
    return {
      kind: 'forbidden',
      message: `The signed-in account may not read ${what}${detail}. Ask for the Reader role there.`,
    };
  }
  if (status === 404) {
    return {
      kind: 'notFound',
      message: `Azure does not find ${what}${detail}. It may have been deleted or renamed, or lies in another tenant.`,
    };
  }
  if (status === 429) {
    const seconds = Number(error.response?.headers.get('retry-after') ?? NaN);
    const when = Number.isFinite(seconds) ? `in ${Math.ceil(seconds)} s` : 'in a minute';
    return { kind: 'throttled', message: `Azure limits the requests of this account${detail}. Refresh ${when}.` };
  }
  if (status >= 500 || status === 408) {
    return { kind: 'unavailable', message: `Azure failed to give ${what}${detail}. Refresh in a moment.` };
  }
  if (status >= 300 && status < 400) {
    return {
      kind: 'malformed',
      message: `Azure sent the request for ${what} to another server, which was not followed${detail}. Check the Azure endpoint setting.`,
    };
  }
  return malformed(what, detail);
}

function notSignedIn(error: unknown, what: string): string {
  const { tenantId } = error as { readonly tenantId?: string };
  return tenantId === undefined
    ? `Nobody is signed in to Azure. Sign in to read ${what}.`
    : `Nobody is signed in to tenant ${tenantId}. Sign in to read ${what}.`;
}

function claimsChallenge(what: string): Explanation {
  return {
    kind: 'claimsChallenge',
    message: `Azure wants a stronger sign-in (such as multi-factor authentication) to read ${what}. Sign in again.`,
  };
}

function malformed(what: string, detail: string): Explanation {
  return {
    kind: 'malformed',
    message: `Azure's answer about ${what} could not be understood${detail}. Refresh to try again; if it stays, check the Azure endpoint setting.`,
  };
}

function detailOf(error: RestError, status: number | undefined): string {
  const requestId = error.response?.headers.get('x-ms-request-id') ?? '';
  const parts = [
    status === undefined ? '' : String(status),
    error.code === 'PARSE_ERROR' ? '' : safeCode(error.code),
    /^[\w-]{8,64}$/.test(requestId) ? `request ${requestId}` : '',
  ].filter(Boolean);
  return parts.length > 0 ? ` (${parts.join(', ')})` : '';
}

/** ARM and Node error codes are single words; anything else is not repeated. */
function safeCode(code: unknown): string {
  return typeof code === 'string' && /^[A-Z][A-Z_]{1,59}$/i.test(code) ? code : '';
}
